//! The first start after an older copy of the store was put back without the commits since: nobody knows what was said
//! meanwhile, so nothing of that time may count, and no consent from before it counts for anything new.
//!
//! Ids are made anew too: none is one of the time that is lost, so nothing that shows of it is taken for something that is
//! done now.

use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::Input;
use lodge_core::time::Timestamp;
use lodge_ground::store::{Restored, StoreError};
use lodge_ground::stored;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::engine::Engine;
use crate::tables::Era;

/// An act that was to be done when the copy was made, by its fate.
enum Old {
    /// It is still to be done, and does no harm if it was.
    Stands,
    /// It was to be said to this member, and is not said.
    Unsaid(MemberId),
    /// It is of an introduction that goes no further, or it is asked for again.
    Dropped,
}

impl Engine {
    /// Goes back to how things stood when the copy was made, in the era that began when the engine was opened, now. The channel
    /// goes back first, and does so only where that was not seen to ([`Restored::seen_to`]).
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn go_back(&mut self, restored: &Restored, now: Timestamp) -> Result<Consequences, StoreError> {
        let to = restored.from;
        self.batch.push(stored::put(&Era { began: now })?);
        let mut consequences = self.drop_old_jobs(now)?;
        consequences.extend(self.step(self.ids(Cause::WentBack(to)), Input::WentBack(to), now)?);
        self.batch.push(stored::put(&Restored { seen_to: true, ..restored.clone() })?);
        Ok(consequences)
    }

    fn drop_old_jobs(&mut self, now: Timestamp) -> Result<Consequences, StoreError> {
        let jobs: Vec<(EffectId, Old)> = self.outbox.jobs().map(|job| (job.id, Old::of(job.errand.act()))).collect();
        let mut consequences = Consequences::default();
        for (id, old) in jobs {
            match old {
                Old::Stands => {}
                Old::Unsaid(member) => {
                    self.drop_job(id);
                    consequences.extend(self.step(self.ids(Cause::Unsaid(id)), Input::Unsaid(member, id), now)?);
                }
                Old::Dropped => drop(self.drop_job(id)),
            }
        }
        Ok(consequences)
    }
}

impl Old {
    fn of(act: &Act) -> Self {
        match act {
            Act::Tell(member, _) => Self::Unsaid(*member),
            // A room for many that is still to be made is asked for again, under another id.
            Act::CreateRoom(_) | Act::Invite(..) | Act::Room(_, RoomAct::Make) => Self::Dropped,
            Act::Remove(..)
            | Act::Note(..)
            | Act::OpenSpeech(..)
            | Act::Leave(..)
            | Act::TakeBack(..)
            | Act::Forget(_)
            | Act::Room(..) => Self::Stands,
        }
    }
}
