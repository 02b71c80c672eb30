//! Jobs of the outbox, and the order in which they are done.

use lodge_counsel_core::effect::{Act, Lane};
use lodge_counsel_core::id::{CaseId, EffectId, PersonId};
use lodge_ground::outbox;
use lodge_matrix::homeserver::RoomRef;
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
    /// Read back the room that was made for this case and counsellor with this marker. Nobody is invited before.
    Check(CaseId, PersonId, RoomRef, EffectId),
    /// Leave a room, or turn its invitation down.
    Leave(RoomRef),
    /// Come into a room that this person made, say where the service is to be found, and leave.
    Greet(RoomRef, PersonId),
}

/// A line of jobs that happen in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// A lane of the core's.
    Lane(Lane),
    /// A room that is none of the service's, or no longer.
    Other(RoomRef),
}

impl outbox::Errand for Errand {
    type Line = Line;

    fn line(&self) -> Line {
        match self {
            Self::Act(act) => Line::Lane(act.lane()),
            Self::Check(case, ..) => Line::Lane(Lane::Case(*case)),
            Self::Leave(room) | Self::Greet(room, _) => Line::Other(room.clone()),
        }
    }

    fn names(&self) -> Option<PersonId> {
        match self {
            Self::Greet(_, person) => Some(*person),
            Self::Act(_) | Self::Check(..) | Self::Leave(_) => None,
        }
    }
}

impl Errand {
    /// The person who is forgotten by it.
    pub fn forgets(&self) -> Option<PersonId> {
        if let Self::Act(Act::Forget(person)) = self { Some(*person) } else { None }
    }

    /// The person to whom it says something.
    pub fn tells(&self) -> Option<PersonId> {
        if let Self::Act(Act::Tell(person, _)) = self { Some(*person) } else { None }
    }
}
