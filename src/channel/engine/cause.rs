//! The causes that ids follow from: every id that the engine draws is drawn for a cause, and comes again when the cause
//! does. So a step that a crash kept from the disk leads to the same ids when it is taken again.

use lodge_core::id::{EffectId, IdSecret, Ids, MemberId, TimerId};
use lodge_core::input::Performed;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use crate::homeserver::EventRef;

/// The cause for which ids are needed. No cause comes twice in one history of the store.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cause<'a> {
    /// The service's list was read. The ids for each person on it are drawn apart.
    List,
    /// An event was heard.
    Heard(&'a EventRef),
    /// A message was heard that had come before: its key was not here yet, or its sender wrote many.
    Late(&'a EventRef),
    /// This event waited too long for its key, among others of its sender.
    Unreadable(&'a EventRef),
    /// A timer is due.
    Due(TimerId),
    /// This came of an effect.
    Performed(EffectId, &'a Performed),
    /// The message of an effect cannot be said.
    Unsaid(EffectId),
    /// The sender's messages are read later from this one on.
    Hurried(&'a EventRef),
    /// This event showed that words of its sender's were left out.
    LeftOut(&'a EventRef),
    /// By this event somebody came into a room for two who is none of them.
    Intruded(&'a EventRef),
    /// A member has no conversation yet, after this many were given up.
    Conversation(MemberId, u32),
    /// A room is left.
    Leaving(&'a RoomRef),
    /// The porter was invited to a room, in the response that ends at this token.
    Invited(&'a RoomRef, &'a str),
    /// Somebody unknown invited the porter to this room, in the response that ends at this token.
    Visited(&'a RoomRef, &'a str),
    /// Things that have been kept for long enough are let go of, at this moment.
    Tidied(Timestamp),
    /// The settings for the rooms were read, at this moment.
    Rooms(Timestamp),
    /// The store went back to how it was at this moment.
    WentBack(Timestamp),
    /// The end of the audit log is told, with this number, at this time.
    Head(u64, Timestamp),
}

impl Cause<'_> {
    /// The ids that follow from it.
    pub(super) fn ids(self, secret: &IdSecret) -> Ids {
        match self {
            Self::List => secret.ids(&[b"list"]),
            Self::Heard(event) | Self::Late(event) => secret.ids(&[b"heard", event.0.as_bytes()]),
            Self::Unreadable(event) => secret.ids(&[b"unreadable", event.0.as_bytes()]),
            Self::LeftOut(event) => secret.ids(&[b"left-out", event.0.as_bytes()]),
            Self::Hurried(event) => secret.ids(&[b"hurried", event.0.as_bytes()]),
            Self::Intruded(event) => secret.ids(&[b"intruded", event.0.as_bytes()]),
            Self::Due(timer) => secret.ids(&[b"due", &timer.to_bytes()]),
            Self::Performed(effect, performed) => {
                let how = match performed {
                    Performed::Done => "done",
                    // The room's id makes no difference: there is one room.
                    Performed::RoomMade(_) => "made",
                    Performed::Blocked => "blocked",
                    Performed::Refused => "refused",
                    Performed::Ousted => "ousted",
                    Performed::Tended(_) => "tended",
                    Performed::Looked(_) => "looked",
                };
                secret.ids(&[b"performed", &effect.to_bytes(), how.as_bytes()])
            }
            Self::Unsaid(effect) => secret.ids(&[b"unsaid", &effect.to_bytes()]),
            Self::Conversation(member, 0) => secret.ids(&[b"conversation", &member.to_bytes()]),
            Self::Conversation(member, given_up) => {
                secret.ids(&[b"conversation", &member.to_bytes(), &given_up.to_be_bytes()])
            }
            Self::Leaving(room) => secret.ids(&[b"leaving", room.0.as_bytes()]),
            Self::Invited(room, token) => secret.ids(&[b"invited", room.0.as_bytes(), token.as_bytes()]),
            Self::Visited(room, token) => secret.ids(&[b"visited", room.0.as_bytes(), token.as_bytes()]),
            Self::WentBack(to) => secret.ids(&[b"went back", &to.as_millis().to_be_bytes()]),
            Self::Tidied(at) => secret.ids(&[b"tidied", &at.as_millis().to_be_bytes()]),
            Self::Rooms(at) => secret.ids(&[b"rooms", &at.as_millis().to_be_bytes()]),
            Self::Head(number, at) => {
                secret.ids(&[b"audit head", &number.to_be_bytes(), &at.as_millis().to_be_bytes()])
            }
        }
    }
}
