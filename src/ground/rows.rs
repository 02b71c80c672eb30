//! What both services keep about Matrix in the same form: how far a conversation is, and what was heard.

use serde::{Deserialize, Serialize};

use crate::anew::Anchors;
use crate::device::Device;
use crate::homeserver::RoomRef;
use crate::id::{EffectId, MemberId};
use crate::name::Address;
use crate::news::InThread;
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
    /// Since when its writer is to be told of messages that were given up to make room for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Timestamp>,
}

/// A message that is read later, since whoever wrote it wrote many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its place in the order of all such messages.
    pub number: u64,
    /// The event's id.
    pub event: String,
    /// Where it was said.
    pub room: RoomRef,
    /// By whom.
    pub member: MemberId,
    /// When it came in.
    pub since: Timestamp,
    /// Its sender.
    pub sender: Address,
    /// The words.
    pub body: String,
    /// The message it replies to.
    pub reply_to: Option<String>,
    /// The thread it was written in; older rows have kept none.
    #[serde(default)]
    pub thread: Option<InThread>,
    /// Whom it mentions.
    pub mentions: Vec<Address>,
    /// Whether it can be tied to a device of its sender.
    pub is_tied: bool,
    /// How many of the account's messages stood before it in its room. Older rows did not count.
    #[serde(default)]
    pub position: u64,
    /// The device it was written from. Older rows name none.
    #[serde(default)]
    pub device: Option<Device>,
    /// Whether more came after it that were left out, of which their writer is to be told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// An event that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The event's id.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// In which room: a part of a hash of its id. Older rows do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u64>,
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
