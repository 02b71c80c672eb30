//! The time that an encrypted reply takes, beside the least that a bot can do with the Matrix SDK.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use lodge_demo::household::Guest;
use lodge_demo::person::private_room;
use matrix_sdk::Client;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::events::room::message::{MessageType, RoomMessageEventContent};
use matrix_sdk::ruma::events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use matrix_sdk::sync::SyncResponse;
use tokio::task::JoinHandle;

use crate::figures::{Figures, Times, progress};
use crate::grounds::{Grounds, PASSWORD};
use crate::replies::WARM_UP;
use crate::settings::count;

pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let replies = count("LODGE_BENCH_REPLIES", 100)?;
    progress(&format!("replies: {replies} of the hub and of an SDK bot, encrypted, by turns"));
    let (hub, porter) = grounds.hub("porter_sealed", &["sealed-sam"], &[]).await?;
    let bot = Bot::start(grounds, "sealed-bot").await?;
    let sam = Guest::arrive(grounds.person("sealed-sam").await?, &porter).await?;
    let room = sam.person.create_room(private_room(&[&bot.user])?).await?;
    sam.person.sees_joining(&room, &bot.user).await?;
    let (mut by_hub, mut by_bot) = (Times::default(), Times::default());
    for number in 0..WARM_UP + replies {
        let began = Instant::now();
        sam.asks("help", "help").await?;
        let answered = began.elapsed();
        let began = Instant::now();
        sam.person.say(&room, "help").await?;
        sam.person.next_from(&bot.user).await?;
        let echoed = began.elapsed();
        if number >= WARM_UP {
            by_hub.add(answered);
            by_bot.add(echoed);
        }
    }
    figures.beside("reply, encrypted", &by_hub, &by_bot, "SDK bot", 1.05);
    hub.stop().await
}

/// A bot with its own loop on `sync_once`, which replies to each message before it asks for more.
struct Bot {
    user: OwnedUserId,
    task: JoinHandle<Result<()>>,
}

impl Bot {
    async fn start(grounds: &Grounds, name: &str) -> Result<Self> {
        grounds.account(name).await?;
        let client = Client::builder()
            .homeserver_url(grounds.homeserver.url())
            .sqlite_store(grounds.directory(name), None)
            .build()
            .await?;
        client.matrix_auth().login_username(name, PASSWORD).send().await?;
        let user = client.user_id().context("the bot is not logged in")?.to_owned();
        Ok(Self { user, task: tokio::spawn(run(client)) })
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
        reply(&client, &own, &response).await?;
    }
}

async fn reply(client: &Client, own: &UserId, response: &SyncResponse) -> Result<()> {
    for (id, update) in &response.rooms.joined {
        for event in &update.timeline.events {
            if let (Some(words), Some(room)) = (words(&event.raw().deserialize()?, own), client.get_room(id)) {
                room.send(RoomMessageEventContent::notice_plain(words)).await?;
            }
        }
    }
    Ok(())
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
