//! A person opens a file that somebody sent.

use anyhow::{Context, Result};
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::ruma::events::room::MediaSource;
use serde_json::Value;

use super::{Message, Person};

impl Message {
    /// The name of the file that it is, if it is one.
    pub fn file_name(&self) -> Option<&str> {
        self.content["filename"].as_str().filter(|_| ["m.file", "m.image"].contains(&self.msgtype.as_str()))
    }

    /// Whether the homeserver has the file in it encrypted.
    pub fn is_sealed_file(&self) -> bool {
        self.content["file"].is_object() && self.content.get("url").is_none()
    }
}

impl Person {
    /// Everything in the file that a message is: fetched from the homeserver, and decrypted where it is encrypted.
    pub async fn open(&self, message: &Message) -> Result<Vec<u8>> {
        let source: MediaSource = serde_json::from_value(Value::clone(&message.content))
            .with_context(|| format!("{} is sent no file", self.user_id()))?;
        let wanted = MediaRequestParameters { source, format: MediaFormat::File };
        let file = self.client().media().get_media_content(&wanted, false).await;
        file.with_context(|| format!("{} cannot open the file", self.user_id()))
    }
}
