//! What is presumed of a room that the porter has left, after a restore: it does not show any more. Messages bear witness
//! that it was made, and of what became of it as far as anything was said since; the rest is presumed.

use lodge_core::effect::Act;
use lodge_core::id::{IntroductionId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Introduction, RoomRef, Stage};
use lodge_core::time::Timestamp;

use super::Engine;
use super::cause::Cause;
use crate::outbox::{Errand, Job};
use crate::store::StoreError;

impl Engine {
    /// The porter leaves a room when both have come: those who have not are taken to have come into a room that it left.
    pub(super) fn leave_them_to_it(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let Some(restoring) = &self.restoring else { return Ok(()) };
        let left = |introduction: &&Introduction| match &introduction.stage {
            Stage::Invited { room, .. } => restoring.gone.contains(room),
            Stage::Waiting(_) | Stage::Opening { .. } | Stage::Met { .. } | Stage::Ended { .. } => false,
        };
        let left: Vec<IntroductionId> = self.state.introductions().filter(left).map(|left| left.id).collect();
        for id in left {
            for member in self.parties_of(id) {
                self.step(Cause::Unconfirmed(id), Input::CameIn(id, member), now)?;
            }
        }
        while let Some(job) = self.job_in_gone_room() {
            self.done(job, Performed::Done, now)?;
        }
        self.recognise(now)
    }

    pub(super) fn parties_of(&self, id: IntroductionId) -> Vec<MemberId> {
        self.state.introduction(id).into_iter().flat_map(Introduction::owners).collect()
    }

    /// Whether this is to be done in a room that does not show any more.
    pub(super) fn is_in_a_gone_room(&self, act: &Act) -> bool {
        match act {
            Act::Invite(_, room, _)
            | Act::Remove(_, room, _)
            | Act::Note(_, room, _)
            | Act::OpenSpeech(_, room)
            | Act::Leave(_, room) => self.restoring.as_ref().is_some_and(|restoring| restoring.gone.contains(room)),
            Act::Tell(..) | Act::CreateRoom(_) | Act::TakeBack(..) | Act::Forget(_) | Act::Room(..) => false,
        }
    }

    fn job_in_gone_room(&self) -> Option<lodge_core::id::EffectId> {
        let gone = |job: &&Job| match &job.errand {
            Errand::Act(act) => self.is_in_a_gone_room(act),
            Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => false,
        };
        self.outbox.jobs().find(gone).map(|job| job.id)
    }
}

/// What stands for a room that the porter does not see any more.
pub(super) fn gone_room(id: IntroductionId) -> RoomRef {
    RoomRef(format!("gone:{id}"))
}
