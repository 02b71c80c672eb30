//! Acts of people with their clients that the play has none of.

use anyhow::{Context, Result};
use lodge_demo::Person;
use matrix_sdk::ruma::{EventId, OwnedEventId, RoomId};
use serde_json::{Value, json};

/// Acts of a person at their device.
pub trait Acts {
    /// The same person at one more device. It knows no earlier keys, and nobody has verified it.
    async fn log_in_again(&self, password: &str) -> Result<Person>;

    /// Whether other people's clients can tie this device to the person.
    async fn is_cross_signed(&self) -> Result<bool>;

    /// Replies to one message.
    async fn reply(&self, room: &RoomId, to: &EventId, text: &str) -> Result<OwnedEventId>;

    /// Changes an earlier message of theirs.
    async fn edit(&self, room: &RoomId, message: &EventId, text: &str) -> Result<OwnedEventId>;

    /// Reacts to a message, as with a thumb.
    async fn react(&self, room: &RoomId, to: &EventId, key: &str) -> Result<OwnedEventId>;

    /// Takes back a message.
    async fn redact(&self, room: &RoomId, event: &EventId) -> Result<OwnedEventId>;
}

impl Acts for Person {
    async fn log_in_again(&self, password: &str) -> Result<Person> {
        Person::log_in(self.client().homeserver().as_str(), self.user_id().localpart(), password).await
    }

    async fn is_cross_signed(&self) -> Result<bool> {
        let device = self.client().encryption().get_own_device().await?;
        Ok(device.is_some_and(|device| device.is_cross_signed_by_owner()))
    }

    async fn reply(&self, room: &RoomId, to: &EventId, text: &str) -> Result<OwnedEventId> {
        let mut content = words(text);
        content["m.relates_to"] = json!({ "m.in_reply_to": { "event_id": to } });
        self.send(room, "m.room.message", content).await
    }

    async fn edit(&self, room: &RoomId, message: &EventId, text: &str) -> Result<OwnedEventId> {
        let mut content = words(&format!("* {text}"));
        content["m.new_content"] = words(text);
        content["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": message });
        self.send(room, "m.room.message", content).await
    }

    async fn react(&self, room: &RoomId, to: &EventId, key: &str) -> Result<OwnedEventId> {
        let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": to, "key": key } });
        self.send(room, "m.reaction", content).await
    }

    async fn redact(&self, room: &RoomId, event: &EventId) -> Result<OwnedEventId> {
        self.settle().await?;
        let room = self.client().get_room(room).context("they are not in that room")?;
        Ok(room.redact(event, None, None).await?.event_id)
    }
}

fn words(text: &str) -> Value {
    json!({ "msgtype": "m.text", "body": text })
}
