//! The causes that ids follow from: every id that an engine draws is drawn for a cause, and comes again when the cause
//! does. So a step that a crash kept from the disk leads to the same ids when it is taken again.

use lodge_core::id::{EffectId, IdSecret, Ids, TimerId};
use lodge_core::input::Performed;
use lodge_core::time::Timestamp;

/// A cause for which ids are needed, whatever the channel. No cause comes twice in one history of the store. A channel has
/// causes of its own beside these, for what it hears ([`Engine::ids_of`](crate::Engine::ids_of)).
#[derive(Debug, Clone, Copy)]
pub enum Cause<'a> {
    /// The service's list was read. The ids for each person on it are drawn apart.
    List,
    /// A timer is due.
    Due(TimerId),
    /// This came of an effect.
    Performed(EffectId, &'a Performed),
    /// The message of an effect cannot be said.
    Unsaid(EffectId),
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
    pub(crate) fn ids(self, secret: &IdSecret) -> Ids {
        match self {
            Self::List => secret.ids(&[b"list"]),
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
            Self::WentBack(to) => secret.ids(&[b"went back", &to.as_millis().to_be_bytes()]),
            Self::Tidied(at) => secret.ids(&[b"tidied", &at.as_millis().to_be_bytes()]),
            Self::Rooms(at) => secret.ids(&[b"rooms", &at.as_millis().to_be_bytes()]),
            Self::Head(number, at) => {
                secret.ids(&[b"audit head", &number.to_be_bytes(), &at.as_millis().to_be_bytes()])
            }
        }
    }
}
