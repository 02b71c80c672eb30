//! The few calls that a service makes on a homeserver, and the ways in which each can fail.

use std::collections::BTreeMap;
use std::future::Future;

use crate::occupant::Occupant;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::venue::Venue;
use lodge_ground::wording::File;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::news::News;
use crate::room::{Direct, RoomSpec};

/// The id of a Matrix room.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomRef(pub String);

impl RoomRef {
    /// Whether it is this venue.
    pub fn is(&self, venue: &Venue) -> bool {
        self.0 == venue.0
    }
}

impl From<RoomRef> for Venue {
    fn from(room: RoomRef) -> Self {
        Self(room.0)
    }
}

impl From<&Venue> for RoomRef {
    fn from(venue: &Venue) -> Self {
        Self(venue.0.clone())
    }
}

impl From<Venue> for RoomRef {
    fn from(venue: Venue) -> Self {
        Self(venue.0)
    }
}

/// The state of a room: the content of each event by its type and state key.
pub type RoomState = BTreeMap<(String, String), Value>;

/// A Matrix event's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventRef(pub String);

/// The reasons for which a call did not do its work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The homeserver asks to wait.
    #[error("the homeserver asks to wait {retry_after_ms} ms")]
    Limited {
        /// The time to wait before another try, in milliseconds.
        retry_after_ms: u64,
    },
    /// Nobody knows whether it was done: no answer came, or one that says nothing about it.
    #[error("no answer that tells whether it was done: {why}")]
    Unknown {
        /// The answer or the failure that came instead.
        why: String,
    },
    /// The homeserver refuses it, and will refuse it again.
    #[error("refused: {why}")]
    Refused {
        /// The kind of refusal.
        why: Refusal,
    },
}

/// The reasons for which the homeserver refuses a call for good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The invited account turns invitations away (Matrix 1.18, `M_INVITE_BLOCKED`).
    #[error("the account turns invitations away")]
    InviteBlocked,
    /// It takes no such file, so that it is not said. Nothing is wrong with the room.
    #[error("it takes no such file: {code}")]
    NoFile {
        /// The Matrix error code, such as `M_TOO_LARGE`.
        code: String,
    },
    /// Any other reason, in the homeserver's code.
    #[error("{code}")]
    Other {
        /// The Matrix error code, such as `M_FORBIDDEN`.
        code: String,
    },
}

impl Refusal {
    /// Whether the account has no place in the room that the call was for, so that the words themselves are not at fault.
    pub fn shuts_out(&self) -> bool {
        match self {
            Self::Other { code } => code == "M_FORBIDDEN" || code == "M_NOT_FOUND",
            Self::InviteBlocked | Self::NoFile { .. } => false,
        }
    }
}

/// Somebody's membership of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Membership {
    /// Invited, and has not answered.
    Invited,
    /// They are in it.
    Joined,
    /// Not in it: left, removed, banned, or turned the invitation down.
    Left,
}

/// The kinds of events for which a room's history is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Events {
    /// Every event.
    All,
    /// State events alone: the members and the settings of the room. The words of thousands in a room for many are
    /// passed over.
    States,
}

/// A page of a room's history, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The news on this page, the newest first.
    pub news: Vec<News>,
    /// The token at which the next, older page begins; `None` on the last.
    pub next: Option<String>,
}

/// The result of a call.
pub type Called<T> = Result<T, CallError>;

/// The answer to a call; `None` where the homeserver refuses it.
///
/// # Errors
/// The same call may be answered otherwise later.
pub fn unless_refused<T>(called: Called<T>) -> Called<Option<T>> {
    match called {
        Ok(answer) => Ok(Some(answer)),
        Err(CallError::Refused { .. }) => Ok(None),
        Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => Err(error),
    }
}

/// A homeserver, as the porter's account sees it.
///
/// Every call may be made again after an unknown outcome: the performer reads the state first where a call has no id.
pub trait Homeserver: Sync {
    /// Creates a room with exactly these settings, marked with `marker` in its creation content.
    fn create_room(&self, spec: &RoomSpec, marker: EffectId) -> impl Future<Output = Called<RoomRef>> + Send;
    /// Invites somebody to a room. The invitation says whether it is one to a conversation of two.
    fn invite(&self, room: &RoomRef, who: &Address, direct: Direct) -> impl Future<Output = Called<()>> + Send;
    /// Removes somebody, or takes their invitation back.
    fn remove(&self, room: &RoomRef, who: &Occupant) -> impl Future<Output = Called<()>> + Send;
    /// Comes into a room that the porter was invited to.
    fn join(&self, room: &RoomRef) -> impl Future<Output = Called<()>> + Send;
    /// Leaves a room, or turns its invitation down.
    fn leave(&self, room: &RoomRef) -> impl Future<Output = Called<()>> + Send;
    /// Sends a message, with `effect` as its transaction id.
    fn send(&self, room: &RoomRef, effect: EffectId, content: Value) -> impl Future<Output = Called<EventRef>> + Send;
    /// Hands over the bytes of a file, unreadable to the homeserver where conversations are encrypted. The answer is the part of a
    /// message's content by which its readers get them. A file that no message names is one that nobody can read.
    fn upload(&self, file: &File) -> impl Future<Output = Called<Value>> + Send;
    /// Takes a message away, with `effect` as transaction id: nobody can read it there any more. It is the porter's own,
    /// or in a room for many one whose writer asks for it.
    fn redact(&self, room: &RoomRef, event: &EventRef, effect: EffectId) -> impl Future<Output = Called<()>> + Send;
    /// Lets members speak who were silent, in a room that was made with these settings.
    fn open_speech(&self, room: &RoomRef, spec: &RoomSpec) -> impl Future<Output = Called<()>> + Send;
    /// Everybody who is in a room or invited, as the homeserver has it now. Ids that cannot be read are among them:
    /// none may be left out.
    fn members(&self, room: &RoomRef) -> impl Future<Output = Called<Vec<(Occupant, Membership)>>> + Send;
    /// Whether no more than a few are in a room. However many there are, no more of them is read than it takes to know.
    fn is_small(&self, room: &RoomRef) -> impl Future<Output = Called<bool>> + Send;
    /// Somebody's membership of a room, looked up by itself.
    fn standing(&self, room: &RoomRef, who: &Occupant) -> impl Future<Output = Called<Membership>> + Send;
    /// Creates a room for many by a call with this body.
    fn make_room(&self, creation: &Value) -> impl Future<Output = Called<RoomRef>> + Send;
    /// The whole state of a room.
    fn state(&self, room: &RoomRef) -> impl Future<Output = Called<RoomState>> + Send;
    /// Puts a state event in its place. The same again changes nothing.
    fn put_state(
        &self,
        room: &RoomRef,
        kind: &str,
        key: &str,
        content: &Value,
    ) -> impl Future<Output = Called<()>> + Send;
    /// Says something in a room for many, encrypted or not as the room is.
    fn post(&self, room: &RoomRef, effect: EffectId, content: Value) -> impl Future<Output = Called<EventRef>> + Send;
    /// A message as it stands in a room; `None` where it is not there, was taken away, or is no text that can be read.
    fn message(&self, room: &RoomRef, event: &EventRef) -> impl Future<Output = Called<Option<News>>> + Send;
    /// A page of history, going back from `from` and no further than `to`.
    fn history(
        &self,
        room: &RoomRef,
        events: Events,
        from: &str,
        to: Option<&str>,
    ) -> impl Future<Output = Called<Page>> + Send;
}
