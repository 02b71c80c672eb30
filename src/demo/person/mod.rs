//! People with real encrypted clients, who notice what reaches them.

mod listening;
mod seen;
mod expecting;
mod files;

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use matrix_sdk::{
    Client, Room, RoomState,
    config::RequestConfig,
    ruma::{OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId, api::client::room::create_room, serde::Raw},
};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};

use self::listening::{Listener, Listening, Log};
pub use self::seen::{Kind, Message, Seen};

/// A person waits this long for something unless told otherwise: also on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// One person at one encrypted device, cross-signed, that follows all their rooms in the background and writes down
/// everything it sees.
pub struct Person {
    client: Client,
    user_id: OwnedUserId,
    log: Arc<watch::Sender<Log>>,
    listening: Mutex<Listening>,
    /// The number of marks that this device has left.
    marks: Mutex<u64>,
    patience: Duration,
}

impl Person {
    /// Logs in with a new device, cross-signs it when it is the person's first, and starts to listen. Returns when
    /// all that happened before has been seen.
    ///
    /// # Errors
    /// When the homeserver cannot be reached, or refuses.
    pub async fn log_in(homeserver_url: &str, localpart: &str, password: &str) -> Result<Self> {
        let client = Client::builder()
            .homeserver_url(homeserver_url)
            .respect_login_well_known(false)
            .request_config(RequestConfig::short_retry())
            .with_enable_share_history_on_invite(false)
            .build()
            .await
            .with_context(|| format!("{localpart} finds no homeserver at {homeserver_url}"))?;
        client
            .matrix_auth()
            .login_username(localpart, password)
            .initial_device_display_name("Lodge demo")
            .send()
            .await
            .with_context(|| format!("{localpart} cannot log in"))?;
        cross_sign(&client).await.with_context(|| format!("{localpart} cannot set up cross-signing"))?;
        let user_id = client.user_id().context("the log-in made no session")?.to_owned();
        let log = Arc::new(watch::Sender::new(Log::default()));
        let mut listener = Listener::new(client.clone(), log.clone());
        listener.listen(Duration::ZERO).await.with_context(|| format!("{localpart} cannot sync"))?;
        Ok(Self {
            client,
            user_id,
            log,
            listening: Mutex::new(listener.start()),
            marks: Mutex::new(0),
            patience: PATIENCE,
        })
    }

    /// Sets how long this person waits before an expectation fails.
    pub fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// Their full Matrix id.
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// The token of this device.
    pub fn access_token(&self) -> SecretString {
        self.client.access_token().unwrap_or_default().into()
    }

    /// Their client, for acts that a person seldom does.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Says something in a room; encrypted where the room is.
    pub async fn say(&self, room: &RoomId, text: &str) -> Result<OwnedEventId> {
        self.send(room, "m.room.message", json!({ "msgtype": "m.text", "body": text })).await
    }

    /// Sends an event of any type; encrypted where the room is.
    pub async fn send(&self, room: &RoomId, event_type: &str, content: Value) -> Result<OwnedEventId> {
        let sent = self.room(room).await?.send_raw(event_type, content).await;
        Ok(sent.with_context(|| format!("{} cannot send to {room}", self.user_id()))?.response.event_id)
    }

    /// Accepts an invitation. Returns when the person sees that they are in.
    pub async fn join(&self, room: &RoomId) -> Result<()> {
        let joined = self.client.join_room_by_id(room).await;
        joined.with_context(|| format!("{} cannot join {room}", self.user_id()))?;
        self.settle().await
    }

    /// Leaves a room, or rejects the invitation to it.
    pub async fn leave(&self, room: &RoomId) -> Result<()> {
        let room = self.client.get_room(room).with_context(|| format!("{} knows no room {room}", self.user_id()))?;
        Ok(room.leave().await?)
    }

    /// Creates a room from an explicit request (see [`private_room`]). Returns when the person sees that they are in.
    pub async fn create_room(&self, request: create_room::v3::Request) -> Result<OwnedRoomId> {
        let room = self.client.create_room(request).await;
        let room = room.with_context(|| format!("{} cannot create a room", self.user_id()))?.room_id().to_owned();
        self.settle().await?;
        Ok(room)
    }

    async fn room(&self, id: &RoomId) -> Result<Room> {
        let joined = || self.client.get_room(id).filter(|room| room.state() == RoomState::Joined);
        if let Some(room) = joined() {
            return Ok(room);
        }
        self.settle().await?;
        joined().with_context(|| format!("{} is not in {id}", self.user_id()))
    }
}

/// An encrypted room for invited people, with every setting that matters said aloud. Its creator alone may invite.
///
/// # Errors
/// Never in practice: when a constant part of the request cannot be written as JSON.
pub fn private_room(invite: &[&UserId]) -> Result<create_room::v3::Request> {
    let power_levels = json!({
        "users": {},
        "users_default": 0,
        "events": {},
        "events_default": 0,
        "state_default": 100,
        "invite": 100,
        "kick": 100,
        "ban": 100,
        "redact": 100,
    });
    let state = |event_type: &str, content: Value| {
        Raw::new(&json!({ "type": event_type, "state_key": "", "content": content })).map(Raw::cast_unchecked)
    };
    let mut request = create_room::v3::Request::new();
    request.preset = Some(create_room::v3::RoomPreset::PrivateChat);
    request.room_version = Some("12".try_into().context("room version 12 is unknown")?);
    request.creation_content = Some(Raw::new(&json!({ "m.federate": false }))?.cast_unchecked());
    request.power_level_content_override = Some(Raw::new(&power_levels)?.cast_unchecked());
    request.initial_state = vec![
        state("m.room.encryption", json!({ "algorithm": "m.megolm.v1.aes-sha2" }))?,
        state("m.room.history_visibility", json!({ "history_visibility": "joined" }))?,
        state("m.room.guest_access", json!({ "guest_access": "forbidden" }))?,
        state("m.room.join_rules", json!({ "join_rule": "invite" }))?,
    ];
    request.invite = invite.iter().map(|&user| user.to_owned()).collect();
    Ok(request)
}

/// Gives the person an identity if they have none. Somebody who has one but is in no room yet is not shown it by a
/// homeserver that guards keys; it then wants the password before it replaces the identity, which nobody wants to do.
async fn cross_sign(client: &Client) -> Result<()> {
    match client.encryption().bootstrap_cross_signing_if_needed(None).await {
        Err(error) if error.as_uiaa_response().is_none() => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}
