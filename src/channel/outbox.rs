//! Jobs of the hub's outbox, and the order in which they are done.

use lodge_core::effect::{Act, Lane};
use lodge_core::id::MemberId;
use lodge_ground::outbox;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;
use serde::{Deserialize, Serialize};

/// Something to be done, as it stands in the store.
pub type Job = outbox::Job<Errand>;

/// The jobs that are still to be done.
pub type Outbox = outbox::Outbox<Errand>;

/// A thing to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// An act that the core decided on.
    Act(Act),
    /// In a room that a member made: say where the porter is to be found, and leave.
    Greet(RoomRef, MemberId),
    /// Leave a room that the hub has no use for.
    Leave(RoomRef),
    /// Turn a stranger's invitation to a room down. It is tried once.
    Decline(RoomRef),
    /// Take somebody out of one of the hub's rooms: one for two, of whom they are none, or any where their id cannot be read.
    Oust(RoomRef, Occupant),
}

/// A line of jobs that happen in order.
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

impl outbox::Errand for Errand {
    type Line = Line;

    fn line(&self) -> Line {
        match self {
            Self::Act(act) => Line::Lane(act.lane()),
            Self::Greet(_, member) => Line::Greeting(*member),
            Self::Leave(room) | Self::Oust(room, _) => Line::Other(room.clone()),
            Self::Decline(room) => Line::declining(room),
        }
    }

    fn names(&self) -> Option<MemberId> {
        match self {
            Self::Act(Act::Invite(_, _, who) | Act::Remove(_, _, who)) | Self::Greet(_, who) => Some(*who),
            Self::Act(_) | Self::Leave(_) | Self::Decline(_) | Self::Oust(..) => None,
        }
    }
}

impl Errand {
    /// The member who is forgotten by it.
    pub fn forgets(&self) -> Option<MemberId> {
        if let Self::Act(Act::Forget(member)) = self { Some(*member) } else { None }
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
