//! The rows that the channel keeps beside the core's state, and how rows are written and read.

use lodge_core::id::{EffectId, MemberId};
use lodge_ground::positions::Places;
use lodge_matrix::homeserver::RoomRef;
use serde::{Deserialize, Serialize};

use crate::homeserver::EventRef;

pub use lodge_engine::tables::{AuditHead, AuditKept, Era, HeadTold};
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
}
