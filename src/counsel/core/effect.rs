//! The effects: everything that the service can do in the world, and the lane each is done in.

use std::collections::BTreeSet;

use lodge_ground::venue::Venue;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, EffectId, PersonId};
use crate::say::Say;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The id, which is also the transaction id of a message and the marker of a room.
    pub id: EffectId,
    /// The people whose data is in it.
    pub owners: BTreeSet<PersonId>,
    /// The thing to be done.
    pub act: Act,
}

/// A thing that the service can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Say something to somebody, in their conversation with the service.
    Tell(PersonId, Say),
    /// Make the room of a case, for this counsellor, and read back all that it is.
    MakeRoom(CaseId, PersonId),
    /// Invite somebody into it.
    Invite(CaseId, Venue, PersonId),
    /// Take somebody out of it, or their invitation back.
    Remove(CaseId, Venue, PersonId),
    /// Say something in it.
    Note(CaseId, Venue, Say),
    /// Let both speak in it.
    OpenSpeech(CaseId, Venue),
    /// Leave the room, which belongs to the two from then on.
    Leave(CaseId, Venue),
    /// Forget somebody: their conversation is left, and their key destroyed.
    Forget(PersonId),
}

/// A lane of effects that happen in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The conversation with somebody.
    Conversation(PersonId),
    /// The room of a case.
    Case(CaseId),
    /// The forgetting of somebody.
    Forgetting(PersonId),
}

impl Act {
    /// The lane it belongs to.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Tell(person, _) => Lane::Conversation(*person),
            Self::MakeRoom(id, _)
            | Self::Invite(id, _, _)
            | Self::Remove(id, _, _)
            | Self::Note(id, _, _)
            | Self::OpenSpeech(id, _)
            | Self::Leave(id, _) => Lane::Case(*id),
            Self::Forget(person) => Lane::Forgetting(*person),
        }
    }
}
