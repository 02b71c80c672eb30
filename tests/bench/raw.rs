//! Matrix by bare calls: a long poll, a send, and nothing else.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use lodge_demo::Homeserver;
use lodge_demo::homeserver::{Account, Api};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// Nothing is waited for longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// The word at which the echo opens a room.
pub const MEET: &str = "yes";

/// An account without a device that encrypts.
pub struct Raw {
    pub user: OwnedUserId,
    api: Api,
    filter: String,
    since: Option<String>,
    sent: u64,
}

/// Something in a sync response.
pub enum News {
    Invited { room: String, by: String },
    Happened { room: String, event: Value },
}

impl Raw {
    pub async fn new(homeserver: &Homeserver, account: Account) -> Result<Self> {
        let api = homeserver.api()?.with_token(account.access_token);
        let user = account.user_id;
        let nothing = json!({ "not_types": ["*"] });
        let filter = json!({
            "presence": nothing,
            "account_data": nothing,
            "room": {
                "account_data": nothing,
                "ephemeral": nothing,
                "state": { "lazy_load_members": true },
                "timeline": { "limit": 50 },
            },
        });
        let made = api.post(&format!("/_matrix/client/v3/user/{user}/filter"), &filter).await?.ok()?;
        let filter = text(&made["filter_id"])?;
        let mut raw = Self { user, api, filter, since: None, sent: 0 };
        raw.sync(Duration::ZERO).await?;
        Ok(raw)
    }

    /// Calls of its own.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// Says something upon which it is invited to a room, and comes into that.
    pub async fn asks_in(&mut self, room: &str, text: &str, who: &UserId) -> Result<String> {
        self.send(room, "m.text", text).await?;
        let room = self.invited_by(who).await?;
        self.join(&room).await?;
        Ok(room)
    }

    /// The news since the last call.
    pub async fn sync(&mut self, wait: Duration) -> Result<Vec<News>> {
        let since = self.since.as_ref().map(|since| format!("&since={since}")).unwrap_or_default();
        let path = format!(
            "/_matrix/client/v3/sync?filter={}&timeout={}&set_presence=offline{since}",
            self.filter,
            wait.as_millis()
        );
        let response = self.api.get(&path).await?.ok()?;
        self.since = Some(text(&response["next_batch"])?);
        let mut news = Vec::new();
        for (room, update) in response["rooms"]["invite"].as_object().into_iter().flatten() {
            let mut events = update["invite_state"]["events"].as_array().into_iter().flatten();
            let by = events.rfind(|event| event["state_key"] == self.user.as_str());
            news.extend(
                by.map(|event| News::Invited { room: room.clone(), by: text(&event["sender"]).unwrap_or_default() }),
            );
        }
        for (room, update) in response["rooms"]["join"].as_object().into_iter().flatten() {
            let events = update["timeline"]["events"].as_array().into_iter().flatten();
            news.extend(events.map(|event| News::Happened { room: room.clone(), event: event.clone() }));
        }
        Ok(news)
    }

    pub async fn send(&mut self, room: &str, kind: &str, body: &str) -> Result<()> {
        self.sent += 1;
        let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{}", self.sent);
        self.api.put(&path, &json!({ "msgtype": kind, "body": body })).await?.ok()?;
        Ok(())
    }

    pub async fn join(&self, room: &str) -> Result<()> {
        self.api.post(&format!("/_matrix/client/v3/rooms/{room}/join"), &json!({})).await?.ok().map(drop)
    }

    /// Says something, and waits for this answer from `from`; returns the time it took.
    pub async fn exchange(&mut self, room: &str, text: &str, from: &UserId, wording: &str) -> Result<Duration> {
        let began = Instant::now();
        self.send(room, "m.text", text).await?;
        self.hears(room, from, wording).await?;
        Ok(began.elapsed())
    }

    /// Waits for words: the porter's have a wording, the echo's are those that it repeats.
    pub async fn hears(&mut self, room: &str, from: &UserId, wording: &str) -> Result<()> {
        let fits = |news: &News| match news {
            News::Happened { room: at, event } => {
                let content = &event["content"];
                let words = content.get("org.lodge.wording").unwrap_or(&content["body"]);
                at == room && event["sender"] == from.as_str() && words == wording
            }
            News::Invited { .. } => false,
        };
        self.until(wording, fits).await.map(drop)
    }

    /// Waits for an invitation; its room.
    pub async fn invited_by(&mut self, who: &UserId) -> Result<String> {
        let invitation = |news: &News| matches!(news, News::Invited { by, .. } if by == who.as_str());
        match self.until("an invitation", invitation).await? {
            News::Invited { room, .. } | News::Happened { room, .. } => Ok(room),
        }
    }

    /// The conversation that the porter opens, once its welcome was heard there and agreed to.
    pub async fn welcomed_by(&mut self, porter: &UserId) -> Result<String> {
        // The invitation may have come before the first look.
        let before = self.since.take();
        let room = self.invited_by(porter).await.with_context(|| format!("after {before:?}"))?;
        self.join(&room).await?;
        self.hears(&room, porter, "welcome").await?;
        self.exchange(&room, "agree", porter, "agreed").await?;
        Ok(room)
    }

    /// A room with the echo, which has come in.
    pub async fn room_with(&mut self, echo: &UserId) -> Result<String> {
        let room = json!({ "preset": "private_chat", "invite": [echo] });
        let made = self.api.post("/_matrix/client/v3/createRoom", &room).await?.ok()?;
        let room = text(&made["room_id"])?;
        let came = |news: &News| match news {
            News::Happened { room: at, event } => *at == room && joins(event, echo),
            News::Invited { .. } => false,
        };
        self.until("the echo to come in", came).await?;
        Ok(room)
    }

    async fn until(&mut self, what: &str, fits: impl Fn(&News) -> bool) -> Result<News> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(found) = self.sync(PATIENCE).await?.into_iter().find(&fits) {
                return Ok(found);
            }
        }
        bail!("{} waited in vain for {what}", self.user)
    }

    /// Opens a room for two, as the hub does for an introduction.
    async fn introduce(&self, people: &[OwnedUserId]) -> Result<()> {
        let creation = lodge_channel::room::introduction().creation("a bare call");
        let made = self.api.post("/_matrix/client/v3/createRoom", &creation).await?.ok()?;
        let path = format!("/_matrix/client/v3/rooms/{}/invite", text(&made["room_id"])?);
        for person in people {
            self.api.post(&path, &json!({ "user_id": person })).await?.ok()?;
        }
        Ok(())
    }
}

/// A program that repeats the words it hears; at the word [`MEET`] it opens a room for everybody it knows instead.
pub struct Echo {
    pub user: OwnedUserId,
    task: JoinHandle<Result<()>>,
}

impl Echo {
    pub fn start(raw: Raw) -> Self {
        Self { user: raw.user.clone(), task: tokio::spawn(repeat(raw)) }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn repeat(mut raw: Raw) -> Result<()> {
    let mut known: Vec<OwnedUserId> = Vec::new();
    loop {
        for news in raw.sync(PATIENCE).await? {
            match news {
                News::Invited { room, by } => {
                    raw.join(&room).await?;
                    known.push(by.try_into()?);
                }
                News::Happened { room, event } => {
                    let heard = event["content"]["body"].as_str().filter(|_| event["content"]["msgtype"] == "m.text");
                    match heard {
                        Some(MEET) => raw.introduce(&known).await?,
                        Some(words) => raw.send(&room, "m.notice", words).await?,
                        None => {}
                    }
                }
            }
        }
    }
}

fn joins(event: &Value, who: &UserId) -> bool {
    event["type"] == "m.room.member" && event["state_key"] == who.as_str() && event["content"]["membership"] == "join"
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("the homeserver gave {value} instead of text"))
}
