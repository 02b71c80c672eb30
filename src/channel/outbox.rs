//! What is to be done for the hub, and in which order.

use lodge_core::effect::{Act, Lane};
use lodge_core::id::MemberId;
use lodge_core::introduction::RoomRef;
use lodge_ground::outbox;
use serde::{Deserialize, Serialize};

/// Something to be done, as it stands in the store.
pub type Job = outbox::Job<Errand>;

/// What is still to be done.
pub type Outbox = outbox::Outbox<Errand>;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// What the core asked for.
    Act(Act),
    /// In a room that a member made: say where the porter is to be found, and leave.
    Greet(RoomRef, MemberId),
    /// Leave a room, or turn its invitation down.
    Leave(RoomRef),
}

/// What must happen in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// A lane of the core's.
    Lane(Lane),
    /// A room that is none of the hub's.
    Other(RoomRef),
}

impl outbox::Errand for Errand {
    type Line = Line;

    fn line(&self) -> Line {
        match self {
            Self::Act(act) => Line::Lane(act.lane()),
            Self::Greet(room, _) | Self::Leave(room) => Line::Other(room.clone()),
        }
    }
}

impl Errand {
    /// Who is forgotten by it.
    pub fn forgets(&self) -> Option<MemberId> {
        if let Self::Act(Act::Forget(member)) = self { Some(*member) } else { None }
    }
}
