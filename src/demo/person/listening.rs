//! A person follows their rooms.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use matrix_sdk::{
    Client, Room,
    config::SyncSettings,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{
        OwnedRoomId, RoomId,
        api::client::filter::FilterDefinition,
        events::{AnySyncTimelineEvent, room::encrypted::OriginalSyncRoomEncryptedEvent},
        serde::Raw,
        uint,
    },
    sync::{State, SyncResponse},
};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

use super::{Kind, Person, Seen};

/// The homeserver may hold a sync open this long when there is nothing to tell.
const LONG_POLL: Duration = Duration::from_secs(30);

/// A failed sync is followed by a wait of this length.
const AFTER_TROUBLE: Duration = Duration::from_millis(200);

/// Everything that a person has seen so far.
#[derive(Default)]
pub(super) struct Log {
    pub(super) seen: Vec<Seen>,
    /// For each room, where the part begins that nothing has been expected of yet.
    pub(super) passed: BTreeMap<OwnedRoomId, usize>,
    /// The latest mark of this device that came back.
    marker: u64,
    /// The reason for which the last sync failed, if it did.
    pub(super) trouble: Option<String>,
}

/// Whether a person follows their rooms at the moment.
pub(super) enum Listening {
    On {
        task: JoinHandle<Listener>,
        go_on: watch::Sender<bool>,
    },
    Off(Box<Listener>),
    /// The task has failed and taken all with it.
    Broken,
}

/// Follows the rooms of one device.
pub(super) struct Listener {
    client: Client,
    log: Arc<watch::Sender<Log>>,
    /// Events that could not be decrypted yet.
    waiting: Vec<(OwnedRoomId, Raw<AnySyncTimelineEvent>)>,
    /// The rooms whose invitation is open. One that is told again is the same: Synapse tells one that comes during a first sync
    /// with that sync and with the next.
    invited: BTreeSet<OwnedRoomId>,
}

impl Person {
    /// Stops following the rooms, as a client that is closed. The homeserver keeps the events that come.
    pub async fn offline(&self) -> Result<()> {
        let mut listening = self.listening.lock().await;
        *listening = match std::mem::replace(&mut *listening, Listening::Broken) {
            Listening::On { task, go_on } => {
                go_on.send_replace(false);
                // Ends the long poll, rather than cutting off a response that may be in the middle of being taken in.
                // When the homeserver is down there is no poll to end.
                if let Err(error) = self.mark().await {
                    tracing::debug!(%error, "the mark that ends listening was not taken");
                }
                Listening::Off(Box::new(task.await.context("the task that listens has failed")?))
            }
            already @ (Listening::Off(_) | Listening::Broken) => already,
        };
        Ok(())
    }

    /// Follows the rooms again after [`Self::offline`]. Returns when all that happened meanwhile has been seen.
    pub async fn online(&self) -> Result<()> {
        {
            let mut listening = self.listening.lock().await;
            *listening = match std::mem::replace(&mut *listening, Listening::Broken) {
                Listening::Off(mut listener) => {
                    // A homeserver that was put back from a backup does not know how far this device had listened.
                    // Synapse takes that for the moment of the sync, and never shows the messages from just before it.
                    listener.listen(Duration::ZERO).await?;
                    listener.start()
                }
                already @ (Listening::On { .. } | Listening::Broken) => already,
            };
        }
        self.settle().await
    }

    /// Waits until everything that the homeserver accepted before this call has been seen, so that a message that is
    /// not seen then was not sent. The person must be online.
    pub async fn settle(&self) -> Result<()> {
        let marker = self.mark().await?;
        let mut log = self.log.subscribe();
        let reached = log.wait_for(|log| log.marker >= marker);
        match tokio::time::timeout(self.patience, reached).await {
            Ok(reached) => reached.map(drop).context("nobody listens any more"),
            Err(_) => Err(self.failure("for their own mark to come back (are they online?)")),
        }
    }

    /// Puts a mark behind everything the homeserver has accepted so far: it comes back in a sync of its own or with the
    /// events before it.
    async fn mark(&self) -> Result<u64> {
        let event_type = marker_type(&self.client);
        // Held until the homeserver has it, so that no mark overtakes a later one.
        let mut marks = self.marks.lock().await;
        *marks += 1;
        let marker = *marks;
        let content = Raw::new(&json!({ "marker": marker }))?.cast_unchecked();
        let put = self.client.account().set_account_data_raw(event_type.into(), content).await;
        put.with_context(|| format!("{} cannot leave a mark", self.user_id()))?;
        Ok(marker)
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        if let Listening::On { task, .. } = self.listening.get_mut() {
            task.abort();
        }
    }
}

impl Listener {
    pub(super) fn new(client: Client, log: Arc<watch::Sender<Log>>) -> Self {
        Self { client, log, waiting: Vec::new(), invited: BTreeSet::new() }
    }

    /// Goes on in the background until told otherwise.
    pub(super) fn start(mut self) -> Listening {
        let (go_on, wanted) = watch::channel(true);
        let task = tokio::spawn(async move {
            while *wanted.borrow() {
                if let Err(error) = self.listen(LONG_POLL).await {
                    tracing::debug!(%error, "a sync failed");
                    self.log.send_modify(|log| log.trouble = Some(format!("{error:#}")));
                    tokio::time::sleep(AFTER_TROUBLE).await;
                }
            }
            self
        });
        Listening::On { task, go_on }
    }

    /// One sync, and all that is in it. The SDK's own loop would pause for a second between two of them.
    pub(super) async fn listen(&mut self, long_poll: Duration) -> Result<()> {
        let settings = SyncSettings::new().timeout(long_poll).filter(filter().into());
        let response = self.client.sync_once(settings).await?;
        let mut seen = Vec::new();
        seen.extend(self.decrypt_the_waiting().await);
        seen.extend(self.invitations(&response)?);
        for (room, update) in &response.rooms.joined {
            seen.extend(update.timeline.events.iter().filter_map(|event| self.read(room, event)));
        }
        for (room, update) in &response.rooms.left {
            let timeline: Vec<_> = update.timeline.events.iter().filter_map(|event| self.read(room, event)).collect();
            let leave = self.own_leave(room, &update.state).filter(|leave| !timeline.contains(leave));
            seen.extend(timeline.into_iter().chain(leave));
        }
        let marker = marker_in(&response, &marker_type(&self.client));
        self.log.send_modify(|log| {
            log.seen.extend(seen);
            log.marker = log.marker.max(marker);
            log.trouble = None;
        });
        Ok(())
    }

    fn read(&mut self, room: &RoomId, event: &TimelineEvent) -> Option<Seen> {
        let value = event.raw().deserialize_as::<Value>().ok()?;
        let mut seen = Seen::read(room, &value, event.encryption_info().is_some())?;
        if let TimelineEventKind::UnableToDecrypt { event, .. } = &event.kind {
            self.waiting.push((room.to_owned(), event.clone()));
            seen.kind = Kind::Undecryptable;
        }
        Some(seen)
    }

    /// Tries again what had no key, for keys may have come.
    async fn decrypt_the_waiting(&mut self) -> Vec<Seen> {
        let mut seen = Vec::new();
        for (id, event) in std::mem::take(&mut self.waiting) {
            let decrypted = match self.client.get_room(&id) {
                Some(room) => decrypt(&room, &event).await,
                None => None,
            };
            match decrypted {
                Some(event) => seen.extend(self.read(&id, &event)),
                None => self.waiting.push((id, event)),
            }
        }
        seen
    }

    fn invitations(&mut self, response: &SyncResponse) -> Result<Vec<Seen>> {
        let me = self.client.user_id().context("nobody is logged in")?;
        let mut seen = Vec::new();
        for room in response.rooms.joined.keys().chain(response.rooms.left.keys()) {
            self.invited.remove(room);
        }
        for (room, update) in &response.rooms.invited {
            if !self.invited.insert(room.clone()) {
                continue;
            }
            let events = update.invite_state.events.iter().filter_map(|event| event.deserialize_as::<Value>().ok());
            let mine = |event: &Value| event["type"] == "m.room.member" && event["state_key"] == me.as_str();
            seen.extend(events.filter(mine).filter_map(|event| Seen::read(room, &event, false)));
        }
        Ok(seen)
    }

    /// A rejected invitation and a removal may come as state alone.
    fn own_leave(&self, room: &RoomId, state: &State) -> Option<Seen> {
        let (State::Before(events) | State::After(events)) = state;
        let me = self.client.user_id()?;
        events
            .iter()
            .filter_map(|event| Seen::read(room, &event.deserialize_as::<Value>().ok()?, false))
            .find(|seen| matches!(&seen.kind, Kind::Left { who } if who == me))
    }
}

async fn decrypt(room: &Room, event: &Raw<AnySyncTimelineEvent>) -> Option<TimelineEvent> {
    let event = room.decrypt_event(event.cast_ref_unchecked::<OriginalSyncRoomEncryptedEvent>(), None).await.ok()?;
    (!event.kind.is_utd()).then_some(event)
}

/// A filter for everything that happens in rooms, as much at once as the homeserver gives; no typing, receipts or
/// presence.
fn filter() -> FilterDefinition {
    let mut filter = FilterDefinition::empty();
    filter.room.timeline.limit = Some(uint!(1000));
    filter.room.ephemeral.not_types = vec!["*".to_owned()];
    filter.presence.not_types = vec!["*".to_owned()];
    filter
}

/// Account data belongs to the person, not the device, so each device has a mark of its own.
fn marker_type(client: &Client) -> String {
    let device = client.device_id().map(ToString::to_string).unwrap_or_default();
    format!("org.lodge.demo.mark.{device}")
}

fn marker_in(response: &SyncResponse, event_type: &str) -> u64 {
    let events = response.account_data.iter().filter_map(|event| event.deserialize_as::<Value>().ok());
    let markers = events.filter(|event| event["type"] == event_type).map(|event| event["content"]["marker"].as_u64());
    markers.flatten().max().unwrap_or(0)
}
