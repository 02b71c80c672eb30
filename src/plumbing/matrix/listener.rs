//! Sync responses, each from the token that the caller has committed.

use std::collections::BTreeSet;
use std::time::Duration;

use lodge_ground::name::Address;
use lodge_matrix::homeserver::{CallError, Called, EventRef, RoomRef};
use lodge_matrix::news::{Delivery, Heard, Invitation, News, RoomNews};
use lodge_matrix::room::EFFECT_KEY;
use matrix_sdk::config::{SyncSettings, SyncToken};
use matrix_sdk::deserialized_responses::{ProcessedToDeviceEvent, TimelineEventKind};
use matrix_sdk::ruma::OwnedRoomId;
use matrix_sdk::ruma::api::client::filter::{Filter, FilterDefinition, LazyLoadOptions, RoomEventFilter};
use matrix_sdk::ruma::api::client::sync::sync_events;
use matrix_sdk::ruma::events::AnySyncTimelineEvent;
use matrix_sdk::ruma::presence::PresenceState;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::store::{StateStoreDataKey, StateStoreDataValue};
use matrix_sdk::sync::{State, SyncResponse, Timeline};
use matrix_sdk::{Room, RoomState};
use serde_json::Value;
use tokio::task::JoinHandle;

use super::failure;
use super::reading::Reader;
use super::server::SMALL_MAX;
use super::session::Session;

/// The content of one sync response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The news for the engine, with the token to go on from.
    pub delivery: Delivery,
    /// The Megolm sessions whose keys came with it, so that messages sealed in them are worth another try.
    pub keys: BTreeSet<String>,
    /// Encrypted words in small rooms of which it is not known yet from which ciphertext they were read. Until
    /// [`Session::prove`] has found out, they are tied to nobody.
    pub unproved: Vec<(RoomRef, EventRef)>,
}

/// Asks for sync responses, one after the other. A session has one listener at a time.
///
/// The SDK handles each response once and writes down its token before anybody else has seen it. Two things make up for
/// that here: the caller's token counts, not the SDK's; and a response stays at hand until the caller goes on from its
/// end, so that asking again from the same token gives the same again.
pub struct Listener {
    session: Session,
    filter: FilterDefinition,
    /// The id that the homeserver gave the filter; `None` until it was told of it.
    filter_id: Option<String>,
    running: Option<(Since, JoinHandle<Called<Answer>>)>,
    last: Option<(Since, Received)>,
    /// Rooms of which something was told, and perhaps not kept yet.
    told: BTreeSet<OwnedRoomId>,
}

type Since = Option<String>;

enum Answer {
    New(Received, BTreeSet<OwnedRoomId>),
    /// The SDK passed over the response, having handled it before. It ends at this token.
    Again(String),
}

impl Listener {
    /// A listener for `session`. Each response holds at most `timeline` events of a room; there is a gap before them
    /// if there were more.
    pub fn new(session: &Session, timeline: u32) -> Self {
        Self {
            session: session.clone(),
            filter: filter(timeline),
            filter_id: None,
            running: None,
            last: None,
            told: BTreeSet::new(),
        }
    }

    /// The news since the response that ended at `since`; all there is without it. Waits up to `long_poll` for
    /// something to be new.
    ///
    /// The call may be dropped at any moment: the next one goes on with it.
    pub async fn next(&mut self, since: Option<&str>, long_poll: Duration) -> Called<Received> {
        let since = since.map(str::to_owned);
        // One that was asked for from elsewhere must be over before the next begins.
        if self.running.as_ref().is_some_and(|(running, _)| *running != since) {
            self.finish().await?;
        }
        if self.running.is_none() {
            let filter = self.filter_id().await?;
            let sync = sync(self.session.clone(), since.clone(), filter, long_poll);
            self.running = Some((since.clone(), tokio::spawn(sync)));
        }
        let finished = self.finish().await;
        if let Err(CallError::Refused { .. }) = &finished {
            // It may be the filter that the homeserver does not know any more.
            self.filter_id = None;
        }
        let answer = finished?;
        // Before it is handed on, since it is not told again once its end is committed.
        self.keep().await?;
        match answer {
            Some(Answer::New(received, _)) => Ok(received),
            Some(Answer::Again(token)) if since.as_ref() == Some(&token) => Ok(nothing(token)),
            Some(Answer::Again(token)) => self.again(&since, &token),
            None => Err(failure::unknown("no sync was begun")),
        }
    }

    /// The filter by its id: Synapse examines one that is written out anew each time, which takes it some milliseconds.
    async fn filter_id(&mut self) -> Called<String> {
        if let Some(id) = &self.filter_id {
            return Ok(id.clone());
        }
        let filter =
            serde_json::to_value(&self.filter).map_err(|_| failure::unknown("the filter cannot be written"))?;
        let made = self.session.api.post(&["user", self.session.own.as_str(), "filter"], &filter).await?;
        let id = made["filter_id"].as_str().map(str::to_owned);
        self.filter_id.clone_from(&id);
        id.ok_or_else(|| failure::unknown("a filter without an id"))
    }

    async fn finish(&mut self) -> Called<Option<Answer>> {
        let Some((since, task)) = &mut self.running else { return Ok(None) };
        let answer = task.await;
        let since = since.take();
        self.running = None;
        let answer = answer.map_err(|_| failure::unknown("the SDK stopped in the middle of a sync"))??;
        if let Answer::New(received, told) = &answer {
            self.last = Some((since, received.clone()));
            self.told.extend(told.iter().cloned());
        }
        Ok(Some(answer))
    }

    /// Writes the facts about rooms that were told, and lets go of rooms that the account has left.
    async fn keep(&mut self) -> Called<()> {
        let rooms = &self.session.rooms;
        while let Some(id) = self.told.first() {
            let known = self.session.client.get_room(id).map(|room| room.clone_info());
            let done = match known.filter(|known| known.state() == RoomState::Joined) {
                Some(known) => rooms.keep(known).await,
                None => rooms.remove(id).await,
            };
            done.map_err(|_| failure::unknown("what was told of rooms cannot be kept"))?;
            self.told.pop_first();
        }
        Ok(())
    }

    fn again(&self, since: &Since, token: &str) -> Called<Received> {
        match &self.last {
            Some((from, received)) if from == since && received.delivery.token == token => Ok(received.clone()),
            // Nothing is lost: the token does not advance, and the next response that ends elsewhere holds it all.
            Some(_) | None => Err(failure::unknown("a sync response was handled, but not handed on")),
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some((_, task)) = &self.running {
            task.abort();
        }
    }
}

fn nothing(token: String) -> Received {
    let delivery = Delivery { token, rooms: Vec::new(), invitations: Vec::new() };
    Received { delivery, keys: BTreeSet::new(), unproved: Vec::new() }
}

/// A filter for rooms only: the events that are acted on, and those that encryption needs.
fn filter(timeline: u32) -> FilterDefinition {
    let mut filter = FilterDefinition::default();
    filter.presence = Filter::ignore_all();
    filter.account_data = Filter::ignore_all();
    filter.room.account_data = RoomEventFilter::ignore_all();
    filter.room.ephemeral = RoomEventFilter::ignore_all();
    filter.room.state.lazy_load_options = LazyLoadOptions::Enabled { include_redundant_members: false };
    filter.room.timeline.limit = Some(timeline.into());
    filter
}

async fn sync(session: Session, since: Since, filter: String, long_poll: Duration) -> Called<Answer> {
    let token = since.map_or(SyncToken::NoToken, SyncToken::Specific);
    let settings = SyncSettings::new().token(token).timeout(long_poll).set_presence(PresenceState::Offline);
    let settings = settings.filter(sync_events::v3::Filter::FilterId(filter));
    let handled = session.client.state_store().get_kv_data(StateStoreDataKey::SyncToken).await;
    let handled = handled.map_err(|_| failure::unknown("the SDK's store failed"))?;
    let response = session.client.sync_once(settings).await.map_err(|error| session.api.logged_out().sdk(&error))?;
    if handled.and_then(StateStoreDataValue::into_sync_token).as_ref() == Some(&response.next_batch) {
        return Ok(Answer::Again(response.next_batch));
    }
    // Anybody can send invitations, however many, and nothing reads their rooms' state.
    for room in response.rooms.invited.keys() {
        let passed_over = session.client.state_store().remove_room(room).await;
        passed_over.map_err(|_| failure::unknown("the SDK's store failed"))?;
    }
    let told = response.rooms.joined.keys().chain(response.rooms.left.keys()).cloned().collect();
    Ok(Answer::New(received(&session, response), told))
}

fn received(session: &Session, response: SyncResponse) -> Received {
    let reader = Reader::new(session);
    let joined = response.rooms.joined.iter().map(|(id, update)| (id, &update.state, &update.timeline));
    let left = response.rooms.left.iter().map(|(id, update)| (id, &update.state, &update.timeline));
    let (mut rooms, mut unproved) = (Vec::new(), Vec::new());
    for (id, state, timeline) in joined.chain(left) {
        let Some(room) = session.client.get_room(id) else { continue };
        let (news, words) = room_news(&reader, &room, state, timeline);
        rooms.extend(news);
        unproved.extend(words.into_iter().map(|event| (RoomRef(id.to_string()), event)));
    }
    let invited = response.rooms.invited.iter();
    let invitations = invited.filter_map(|(id, update)| {
        let shown: Vec<Value> =
            update.invite_state.events.iter().filter_map(|event| event.deserialize_as().ok()).collect();
        // Two services that invited each other would never end, so a room of another service's is left unanswered.
        if shown.iter().any(is_of_service) {
            return None;
        }
        let from = shown.iter().find_map(|event| inviter(event, &reader))?;
        Some(Invitation { room: RoomRef(id.to_string()), from })
    });
    let invitations = invitations.collect();
    let left: Vec<_> = response.rooms.left.into_keys().collect();
    if !left.is_empty() {
        tokio::spawn(forget(session.clone(), left));
    }
    let delivery = Delivery { token: response.next_batch, rooms, invitations };
    let keys = response.to_device.iter().filter_map(session_of_key).collect();
    Received { delivery, keys, unproved }
}

/// The session whose key this message brought, if it brought one (Matrix 1.18, `m.room_key` and `m.forwarded_room_key`).
/// Anybody can send the account's device something else, as much as they like.
fn session_of_key(event: &ProcessedToDeviceEvent) -> Option<String> {
    let ProcessedToDeviceEvent::Decrypted { raw, .. } = event else { return None };
    let event: Value = raw.deserialize_as().ok()?;
    let is_key = ["m.room_key", "m.forwarded_room_key"].contains(&event.get("type")?.as_str()?);
    event.get("content")?.get("session_id")?.as_str().filter(|_| is_key).map(str::to_owned)
}

/// The news of one room, if there are any, and the encrypted words among them that have to be proved. In a room of
/// many, words answer nothing.
fn room_news(reader: &Reader, room: &Room, state: &State, timeline: &Timeline) -> (Option<RoomNews>, Vec<EventRef>) {
    let gap = timeline.prev_batch.clone().filter(|_| timeline.limited);
    let (mut news, mut unproved) = (first_state(reader, state, timeline), Vec::new());
    let is_small = room.joined_members_count() <= SMALL_MAX as u64;
    for event in &timeline.events {
        let Some(read) = reader.news(room, event) else { continue };
        let was_sealed = matches!(event.kind, TimelineEventKind::Decrypted(_));
        if is_small && was_sealed && matches!(read.heard, Heard::Text(_)) {
            unproved.push(read.event.clone());
        }
        news.push(read);
    }
    let is_news = gap.is_some() || !news.is_empty();
    (is_news.then(|| RoomNews { room: RoomRef(room.room_id().to_string()), gap, news }), unproved)
}

/// The maker and the members of a room that the porter has just come to know, from its state.
///
/// Later on the timeline says it all; the state then only repeats members, so that clients can show their names.
fn first_state(reader: &Reader, state: &State, timeline: &Timeline) -> Vec<News> {
    let (State::Before(events) | State::After(events)) = state;
    let id = |event: &Raw<AnySyncTimelineEvent>| event.get_field::<String>("event_id").ok().flatten();
    let in_timeline: BTreeSet<String> = timeline.events.iter().filter_map(|event| id(event.raw())).collect();
    let states: Vec<Value> = events.iter().filter_map(|event| event.deserialize_as().ok()).collect();
    if !states.iter().any(|state| state["type"] == "m.room.create") {
        return Vec::new();
    }
    let news = states.iter().filter_map(|state| reader.state(state));
    news.filter(|news| news.heard != Heard::Nothing && !in_timeline.contains(&news.event.0)).collect()
}

/// Whether an event shows that a service of Lodge made the room.
fn is_of_service(event: &Value) -> bool {
    event["type"] == "m.room.create" && event["content"].get(EFFECT_KEY).is_some()
}

/// The sender of an invitation to the porter; `None` for any other event.
fn inviter(event: &Value, reader: &Reader) -> Option<Address> {
    let invites = event["type"] == "m.room.member"
        && event["state_key"] == reader.own.as_str()
        && event["content"]["membership"] == "invite";
    if invites { Address::exact(event["sender"].as_str()?).ok() } else { None }
}

/// Lets go of rooms that the porter has left, here and on the homeserver, one after the other. It does not matter if that
/// fails.
async fn forget(session: Session, left: Vec<OwnedRoomId>) {
    for room in left.iter().filter_map(|id| session.client.get_room(id)) {
        if let Err(error) = room.forget().await {
            tracing::debug!(%error, "a room that was left could not be forgotten");
        }
    }
}
