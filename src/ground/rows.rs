//! What both services keep about Matrix in the same form: how far a conversation is, and what was heard.

use serde::{Deserialize, Serialize};

use crate::anew::Anchors;
use crate::homeserver::RoomRef;
use crate::id::{EffectId, MemberId};
use crate::time::Timestamp;

/// How far a conversation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The room is to be created, marked with this id.
    Creating(EffectId),
    /// They are to be invited.
    Inviting(RoomRef),
    /// They were invited and have not come in.
    Invited(RoomRef),
    /// They are in it.
    Open(RoomRef),
    /// They left, or turned the invitation down. They are invited again when they ask.
    Left(RoomRef),
}

impl Stage {
    /// The room, once there is one.
    pub fn room(&self) -> Option<&RoomRef> {
        match self {
            Self::Creating(_) => None,
            Self::Inviting(room) | Self::Invited(room) | Self::Open(room) | Self::Left(room) => Some(room),
        }
    }
}

/// A message whose key is not here yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The event's id.
    pub event: String,
    /// Where it was said.
    pub room: RoomRef,
    /// By whom.
    pub member: MemberId,
    /// The event as it came.
    pub sealed: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// Whether they were asked to say it again.
    pub asked_again: bool,
    /// How many of the account's messages stood before it in its room. Older rows did not count.
    #[serde(default)]
    pub position: u64,
}

/// An event that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The event's id.
    pub event: String,
    /// When.
    pub at: Timestamp,
}

/// Where the next sync response goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The homeserver's token.
    pub token: String,
    /// Events by which it shows whether the homeserver still knows what was heard. Older rows name none.
    #[serde(default)]
    pub anchors: Anchors,
    /// When the response was taken in. Older rows do not say.
    #[serde(default)]
    pub at: Option<Timestamp>,
}
