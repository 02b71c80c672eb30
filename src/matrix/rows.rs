//! The rows about Matrix that both services keep in the same form: the stage of a conversation, and the messages that
//! were heard.

use serde::{Deserialize, Serialize};

use crate::anew::Anchors;
use crate::device::{Device, Pinned};
use crate::homeserver::{Membership, RoomRef};
use crate::ledger::Ciphers;
use crate::news::InThread;
use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::name::Address;
use lodge_ground::time::Timestamp;

/// The stage that a conversation with a member is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The room is to be created, marked with this id.
    Creating(EffectId),
    /// The member is to be invited to this room.
    Inviting(RoomRef),
    /// The member was invited and has not come in.
    Invited(RoomRef),
    /// The member is in it.
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

    /// Their invitation was accepted by the homeserver, or cannot be made; `None` where they came in, or went, before that was
    /// known.
    pub fn invited(&self, accepted: bool) -> Option<Self> {
        match self {
            Self::Inviting(room) => Some(if accepted { Self::Invited(room.clone()) } else { Self::Left(room.clone()) }),
            Self::Creating(_) | Self::Invited(_) | Self::Open(_) | Self::Left(_) => None,
        }
    }

    /// They came into this room, or left it; `None` where that changes nothing. A conversation that was given up since moves
    /// nobody.
    pub fn moved(&self, room: &RoomRef, now: Membership) -> Option<Self> {
        match now {
            _ if self.room() != Some(room) => None,
            Membership::Joined => Some(Self::Open(room.clone())),
            Membership::Left => Some(Self::Left(room.clone())),
            Membership::Invited => None,
        }
    }

    /// They ask for the service elsewhere: they are invited again if they were and are not here.
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::Left(room) | Self::Invited(room) => Some(Self::Inviting(room.clone())),
            Self::Creating(_) | Self::Inviting(_) | Self::Open(_) => None,
        }
    }
}

/// A message whose key is not here yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The id of the encrypted event.
    pub event: String,
    /// The room that it was sent to.
    pub room: RoomRef,
    /// The member who sent it.
    pub member: MemberId,
    /// The event as JSON, as the homeserver delivered it.
    pub sealed: String,
    /// The time at which it came in.
    pub since: Timestamp,
    /// Whether they were asked to say it again.
    pub asked_again: bool,
    /// The number of the account's messages that stood before it in its room. Older rows did not count.
    #[serde(default)]
    pub position: u64,
    /// The time since which its writer is to be told of messages that were given up to make room for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Timestamp>,
}

/// A message that is read later, since its writer wrote many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its place in the order of all such messages.
    pub number: u64,
    /// The id of the event.
    pub event: String,
    /// The room that it was sent to.
    pub room: RoomRef,
    /// The member who sent it.
    pub member: MemberId,
    /// The time at which it came in.
    pub since: Timestamp,
    /// The account that sent it.
    pub sender: Address,
    /// The words, without a quotation of the message that they reply to.
    pub body: String,
    /// The message it replies to.
    pub reply_to: Option<String>,
    /// The thread it was written in; older rows have kept none.
    #[serde(default)]
    pub thread: Option<InThread>,
    /// The accounts that it mentions.
    pub mentions: Vec<Address>,
    /// Whether it can be tied to a device of its sender.
    #[serde(rename = "is_tied")]
    pub is_proven: bool,
    /// The number of the account's messages that stood before it in its room. Older rows did not count.
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
    /// The id of the event.
    pub event: String,
    /// The time at which it was dealt with.
    pub at: Timestamp,
    /// The room that it stands in, as a part of a hash of its id. Older rows do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u64>,
}

/// The point from which the next sync response goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token that the homeserver gave with the last response.
    pub token: String,
    /// Events by which it shows whether the homeserver still knows what was heard. Older rows name none.
    #[serde(default)]
    pub anchors: Anchors,
    /// The time at which the response was taken in. Older rows do not say.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

lodge_ground::stored! {
    |it: Waiting| Waiting, key it.event.clone().into_bytes(), of [it.member];
    |it: Unread| Unread, key it.number.to_be_bytes().to_vec(), of [it.member];
    |it: Ciphers| Ciphers, key it.member.to_bytes().into_iter().chain(it.number.to_be_bytes()).collect(), of [it.member];
    |it: Seen| Seen, key it.event.clone().into_bytes(), of [];
    |it: Pinned| Pinned, key it.member.to_bytes().to_vec(), of [it.member];
    Token, b"token";
}
