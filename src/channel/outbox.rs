//! Jobs that the channel does of its own accord, and the lines in which these and the acts of the core are done.

use lodge_core::effect::Lane;
use lodge_core::id::MemberId;
use lodge_ground::outbox;
use lodge_ground::store::{StoreError, Table};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A chore, as it stands in the store.
pub type Job = outbox::Job<Chore>;

/// The chores that are still to be done.
pub type Chores = outbox::Outbox<Chore>;

/// A thing to be done on Matrix that the core did not decide on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chore {
    /// In a room that a member made: say where the porter is to be found, and leave.
    Greet(RoomRef, MemberId),
    /// Leave a room that the hub has no use for.
    Leave(RoomRef),
    /// Turn a stranger's invitation to a room down. It is tried once.
    Decline(RoomRef),
    /// Take somebody out of one of the hub's rooms: one for two, of whom they are none, or any where their id cannot be read.
    Oust(RoomRef, Occupant),
}

/// A line of jobs that happen in order: a lane of the core's acts, or one of the lines of chores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// A lane of the core's.
    Lane(Lane),
    /// A room that is none of the hub's, or no longer.
    Other(RoomRef),
    /// The greeting of a member who asks for the porter elsewhere. They ask as often as they like, and are greeted once at
    /// a time.
    Greeting(MemberId),
    /// Invitations that are turned down. There are few such lines, so however many come, few are on their way.
    Declining(u8),
}

/// Invitations are turned down in this many lines.
const DECLINING_LINES: u8 = 2;

impl outbox::Errand for Chore {
    const TABLE: Table = Table::Chores;

    type Line = Line;

    fn line(&self) -> Line {
        match self {
            Self::Greet(_, member) => Line::Greeting(*member),
            Self::Leave(room) | Self::Oust(room, _) => Line::Other(room.clone()),
            Self::Decline(room) => Line::declining(room),
        }
    }

    fn names(&self) -> Option<MemberId> {
        match self {
            Self::Greet(_, who) => Some(*who),
            Self::Leave(_) | Self::Decline(_) | Self::Oust(..) => None,
        }
    }
}

impl Line {
    /// The line in which the invitation to this room is turned down.
    fn declining(room: &RoomRef) -> Self {
        Self::Declining(room.0.bytes().fold(0_u8, u8::wrapping_add) % DECLINING_LINES)
    }
}

/// The lines in which invitations are turned down.
pub fn declining() -> impl Iterator<Item = Line> {
    (0..DECLINING_LINES).map(Line::Declining)
}

/// Chores that an earlier program kept among the acts, as chores that follow on `kept`.
pub(crate) fn from_strays(strays: Vec<outbox::Job<Value>>, kept: &[Job]) -> Result<Vec<Job>, StoreError> {
    let next = kept.iter().map(|job| job.number + 1).max().unwrap_or_default();
    let chore = |(number, stray): (u64, outbox::Job<Value>)| {
        let outbox::Job { number: _, id, owners, errand, withdrawn, beside } = stray;
        let errand = serde_json::from_value(errand).map_err(|error| StoreError::Damaged {
            what: format!("a row of {:?} is neither an act nor a chore: {error}", Table::Outbox),
        })?;
        Ok(Job { number, id, owners, errand, withdrawn, beside })
    };
    (next..).zip(strays).map(chore).collect()
}
