//! The rows that the channel keeps beside the core's state, and how rows are written and read.

use lodge_core::id::{EffectId, MemberId};
use lodge_core::time::Timestamp;
use lodge_ground::positions::Places;
use lodge_matrix::homeserver::RoomRef;
use serde::{Deserialize, Serialize};

use crate::audit::{Head, Kept as AuditParts};
use crate::homeserver::EventRef;

pub use lodge_ground::store::Restored;
pub use lodge_ground::stored::{delete, delete_single, gone, load, put, row, single};
pub use lodge_matrix::ledger::Ciphers;
pub use lodge_matrix::rows::{Seen, Stage, Token, Unread, Waiting};

/// The room in which the porter talks with a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The one beside the porter in it.
    pub member: MemberId,
    /// The stage that it is at.
    pub stage: Stage,
    /// The number of conversations that were given up before it. Older rows have not counted.
    #[serde(default)]
    pub given_up: u32,
    /// The number of the porter's messages in it, those in earlier ones included, and the places of those that await an
    /// answer.
    #[serde(flatten)]
    pub stands: Places,
}

/// A message of the porter's that shows details: where it stands, for answers by reply and for taking it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The id of the event.
    pub event: String,
    /// The effect that said it.
    pub effect: EffectId,
    /// The member it was said to.
    pub member: MemberId,
    /// The room it stands in; in older rows, the conversation with them.
    #[serde(default)]
    pub room: Option<RoomRef>,
    /// Whether it can be answered by a reply. In older rows all are prompts.
    #[serde(default = "yes")]
    pub prompt: bool,
    /// The thread of that room that it stands in, by its root.
    #[serde(default)]
    pub thread: Option<EventRef>,
}

fn yes() -> bool {
    true
}

lodge_ground::stored! {
    |it: Conversation| Conversations, key it.member.to_bytes().to_vec(), of [it.member];
    |it: Asked| Asked, key it.event.clone().into_bytes(), of [it.member];
    AuditHead, b"audit";
    HeadTold, b"audit-told";
    AuditKept, b"audit-kept";
    Era, b"era";
}

/// An era of ids: an older copy of the store was put back when it began, and no id of the time that is lost comes
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Era {
    /// The time at which it began.
    pub began: Timestamp,
}

/// The end of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Its number and hash.
    pub audit: Head,
}

/// The end of the audit log that was told last where the store is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadTold {
    /// Its number and hash.
    pub audit: Head,
    /// The time at which it was told.
    pub at: Timestamp,
}

/// The part of the audit log that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditKept {
    /// The part of the log that is kept, and the ends of its parts.
    pub audit_kept: AuditParts,
}
