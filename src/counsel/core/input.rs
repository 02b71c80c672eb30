//! The inputs: everything that the core can be told.

use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_ground::venue::Venue;
use serde::{Deserialize, Serialize};

use crate::effect::Act;
use crate::id::{CaseId, EffectId, PersonId, TimerId};
use crate::people::Named;

pub use lodge_ground::bounded::LeftOut;
pub use lodge_ground::positions::{Before, Reply};

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// These are the counsellors that the service names.
    Counsellors(Vec<Named>),
    /// Somebody would like to talk with the service.
    Visited(Address),
    /// Somebody said something in their conversation with the service.
    Said(Said),
    /// Somebody edited words of theirs, or took some away. The new words are not read.
    Retouched(PersonId, Retouch),
    /// Somebody sent something that is not in words.
    Wordless(PersonId),
    /// Somebody said something that could not be read in time, for want of its key.
    Unreadable(PersonId),
    /// Words of somebody's were left out at a bound, and count for nothing.
    LeftOut(PersonId, LeftOut),
    /// Somebody writes more in a minute than is read in one; the rest is read later.
    Hurried(PersonId),
    /// Somebody came into the room of a case.
    CameIn(CaseId, PersonId),
    /// Somebody left it, or turned its invitation down.
    WentOut(CaseId, PersonId),
    /// An effect of this kind was performed.
    Performed(Act, Performed),
    /// The message of this effect to somebody does not stand in their conversation, and never will.
    Unsaid(PersonId, EffectId),
    /// A moment that was waited for has come.
    Due(TimerId),
}

/// A change that somebody made to a message of theirs afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retouch {
    /// They edited it.
    Edit,
    /// They took them away, or their homeserver says so.
    Redaction,
}

/// One original message of somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The person who wrote it.
    pub person: PersonId,
    /// The words as they wrote them.
    pub text: String,
    /// The service's message that they replied to, by their client's own means.
    pub reply: Reply,
    /// The service's messages that stood in the conversation before it, as far as they await an answer
    /// ([`State::awaited`](crate::state::State::awaited)).
    pub before: Before,
    /// Whether it can be tied to a device of theirs.
    pub proof: Proof,
    /// Whether it is the first from one more device of theirs, which cannot show what was said before.
    pub is_further_device: bool,
}

/// The outcome of an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Performed {
    /// It is done, with nothing more to tell.
    Done,
    /// The room exists, and everything in it is as it should be.
    RoomMade(Venue),
    /// The homeserver refuses it for good, or made a room that is not as it should be.
    Refused,
}
