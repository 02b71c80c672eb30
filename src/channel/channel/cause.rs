//! The causes that ids follow from, of those that are this channel's own ([`lodge_engine::Cause`] has the others).

use lodge_core::id::{EffectId, Ids, MemberId};
use lodge_core::input::Performed;
use lodge_core::time::Timestamp;
use lodge_engine::Engine;
use lodge_matrix::homeserver::RoomRef;

use crate::homeserver::EventRef;

/// The cause for which ids are needed. No cause comes twice in one history of the store.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cause<'a> {
    /// An event was heard.
    Heard(&'a EventRef),
    /// This event waited too long for its key, among others of its sender.
    Unreadable(&'a EventRef),
    /// This came of a chore.
    Performed(EffectId, &'a Performed),
    /// The sender's messages are read later from this one on.
    Hurried(&'a EventRef),
    /// This event showed that words of its sender's were left out.
    LeftOut(&'a EventRef),
    /// By this event somebody came into a room for two who is none of them.
    Intruded(&'a EventRef),
    /// The homeserver no longer knew, at this moment, how far it was heard.
    Anew(Timestamp),
    /// These words need a name that the core can know them by.
    Words(&'a EventRef),
    /// A member has no conversation yet, after this many were given up.
    Conversation(MemberId, u32),
    /// A room is left.
    Leaving(&'a RoomRef),
    /// The porter was invited to a room, in the response that ends at this token.
    Invited(&'a RoomRef, &'a str),
    /// Somebody unknown invited the porter to this room, in the response that ends at this token.
    Visited(&'a RoomRef, &'a str),
}

impl Cause<'_> {
    /// The ids that follow from it.
    pub(super) fn ids(self, engine: &Engine) -> Ids {
        match self {
            Self::Heard(event) => engine.ids_of(&[b"heard", event.0.as_bytes()]),
            Self::Unreadable(event) => engine.ids_of(&[b"unreadable", event.0.as_bytes()]),
            Self::LeftOut(event) => engine.ids_of(&[b"left-out", event.0.as_bytes()]),
            Self::Hurried(event) => engine.ids_of(&[b"hurried", event.0.as_bytes()]),
            Self::Intruded(event) => engine.ids_of(&[b"intruded", event.0.as_bytes()]),
            Self::Performed(chore, performed) => engine.ids(lodge_engine::Cause::Performed(chore, performed)),
            Self::Conversation(member, 0) => engine.ids_of(&[b"conversation", &member.to_bytes()]),
            Self::Conversation(member, given_up) => {
                engine.ids_of(&[b"conversation", &member.to_bytes(), &given_up.to_be_bytes()])
            }
            Self::Leaving(room) => engine.ids_of(&[b"leaving", room.0.as_bytes()]),
            Self::Invited(room, token) => engine.ids_of(&[b"invited", room.0.as_bytes(), token.as_bytes()]),
            Self::Visited(room, token) => engine.ids_of(&[b"visited", room.0.as_bytes(), token.as_bytes()]),
            Self::Anew(at) => engine.ids_of(&[b"anew", &at.as_millis().to_be_bytes()]),
            Self::Words(event) => engine.ids_of(&[b"words", event.0.as_bytes()]),
        }
    }
}
