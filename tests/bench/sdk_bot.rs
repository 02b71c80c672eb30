//! The least that a bot can do with the Matrix SDK: its own loop on `sync_once`, and the SDK's store on disk.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::events::room::message::{MessageType, RoomMessageEventContent};
use matrix_sdk::ruma::events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use matrix_sdk::sync::SyncResponse;
use matrix_sdk::{Client, Room};
use tokio::task::JoinHandle;

/// As many replies are on their way at once as the hub has tasks.
const AT_ONCE: usize = 16;

/// A bot that repeats each message as a notice, and asks for more when all of a response are answered.
pub struct Bot {
    pub user: OwnedUserId,
    task: JoinHandle<Result<()>>,
}

impl Bot {
    pub async fn start(url: &str, name: &str, password: &str, directory: &Path) -> Result<Self> {
        let client = Client::builder().homeserver_url(url).sqlite_store(directory, None).build().await?;
        client.matrix_auth().login_username(name, password).send().await?;
        let user = client.user_id().context("the bot is not logged in")?.to_owned();
        Ok(Self { user, task: tokio::spawn(run(client)) })
    }

    /// Waits for as long as it runs.
    pub async fn ended(mut self) -> Result<()> {
        (&mut self.task).await?
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(client: Client) -> Result<()> {
    let own = client.user_id().context("the bot is not logged in")?.to_owned();
    loop {
        let response = client.sync_once(SyncSettings::new().timeout(Duration::from_secs(30))).await?;
        for room in response.rooms.invited.keys() {
            client.join_room_by_id(room).await?;
        }
        let replies = said(&client, &own, &response)?;
        let replies = replies.into_iter().map(|(room, words)| async move { room.send(words).await });
        stream::iter(replies).buffer_unordered(AT_ONCE).try_for_each(|_| async { Ok(()) }).await?;
    }
}

/// The rooms in which anybody else said something, each with the reply.
fn said(client: &Client, own: &UserId, response: &SyncResponse) -> Result<Vec<(Room, RoomMessageEventContent)>> {
    let mut replies = Vec::new();
    for (id, update) in &response.rooms.joined {
        for event in &update.timeline.events {
            if let (Some(words), Some(room)) = (words(&event.raw().deserialize()?, own), client.get_room(id)) {
                replies.push((room, RoomMessageEventContent::notice_plain(words)));
            }
        }
    }
    Ok(replies)
}

/// The words of anybody else in an event.
fn words(event: &AnySyncTimelineEvent, own: &UserId) -> Option<String> {
    let AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::RoomMessage(SyncMessageLikeEvent::Original(
        message,
    ))) = event
    else {
        return None;
    };
    if message.sender == own {
        return None;
    }
    if let MessageType::Text(text) = &message.content.msgtype { Some(text.body.clone()) } else { None }
}
