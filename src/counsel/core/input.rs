//! Everything that can come in.

use lodge_ground::homeserver::RoomRef;
use lodge_ground::name::Address;
use lodge_ground::news::Trust;

use crate::effect::Act;
use crate::id::{CaseId, PersonId, TimerId};
use crate::people::Named;

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// These are the counsellors that the service names.
    Counsellors(Vec<Named>),
    /// Somebody would like to talk with the service.
    Visited(Address),
    /// Somebody said something in their conversation with the service.
    Said(Said),
    /// Somebody said something that could not be read in time, for want of its key.
    Unreadable(PersonId),
    /// Somebody came into the room of a case.
    CameIn(CaseId, PersonId),
    /// Somebody left it, or turned its invitation down.
    WentOut(CaseId, PersonId),
    /// An effect of this kind was performed.
    Performed(Act, Performed),
    /// A moment that was waited for has come.
    Due(TimerId),
}

/// What somebody said: one original message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub person: PersonId,
    /// Their words.
    pub text: String,
    /// Whether it can be tied to a device of theirs.
    pub trust: Trust,
}

/// How an effect turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Performed {
    /// It is done.
    Done,
    /// The room exists, and everything in it is as it should be.
    RoomMade(RoomRef),
    /// The homeserver refuses it for good, or made a room that is not as it should be.
    Refused,
}
