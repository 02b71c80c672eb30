//! The rules by which the acts of a step are taken up: an act that another makes needless is dropped, and an effect that is
//! cancelled is not done any more.

use lodge_core::effect::{Act, Effect, Lane, RoomAct};
use lodge_core::id::{EffectId, IntroductionId, MemberId, RoomId};
use lodge_core::say::Say;
use lodge_ground::store::StoreError;
use lodge_ground::stored;

use crate::engine::{Answer, Engine};
use crate::outbox::{Errand, Job};

impl Engine {
    /// Takes up an act of a step.
    pub(crate) fn take_up(&mut self, effect: Effect, answer: Option<&Answer>) -> Result<(), StoreError> {
        // An invitation of somebody who is to be removed is dropped: a try that waited would invite them first.
        if let Act::Remove(id, _, member) = &effect.act
            && let Some(invitation) = self.invitation(*id, *member)
        {
            self.drop_job(invitation);
        }
        if let Act::Room(room, act) = &effect.act {
            if self.is_tended_anyway(*room, act) {
                return Ok(());
            }
            self.drop_admission(*room, act);
        }
        let forgets = if let Act::Forget(member) = &effect.act { Some(*member) } else { None };
        // Two moments can come at once at which they are to be forgotten.
        if forgets.is_some_and(|member| self.is_forgetting(member)) {
            return Ok(());
        }
        let is_answer = |(writer, _): &&Answer| matches!(&effect.act, Act::Tell(to, _) if to == writer);
        let beside = answer.filter(is_answer).map(|(_, beside)| beside.clone());
        let id = effect.id;
        self.add(effect, beside)?;
        forgets.map_or(Ok(()), |member| self.begin_forgetting(member, id))
    }

    /// The job that invites this member into the room of an introduction, if it is still to be done.
    pub fn invitation(&self, id: IntroductionId, who: MemberId) -> Option<EffectId> {
        let invites =
            |job: &&Job| matches!(job.errand.act(), Act::Invite(of, _, member) if (*of, *member) == (id, who));
        self.outbox.in_line(&Lane::Introduction(id)).find(invites).map(|job| job.id)
    }

    /// Whether something is still to be done for the rooms for many to be as the settings say.
    pub fn is_at_rooms(&self) -> bool {
        let at_rooms =
            |job: &Job| matches!(job.errand.act(), Act::Room(_, RoomAct::Make | RoomAct::Tend(_) | RoomAct::Expel(..)));
        self.outbox.jobs().any(at_rooms)
    }

    /// Whether a room is to be tended anyway, by a try that has not begun: that one sees everything that this one
    /// would.
    fn is_tended_anyway(&self, id: RoomId, act: &RoomAct) -> bool {
        let waits =
            |job: &Job| matches!(job.errand.act(), Act::Room(_, RoomAct::Tend(_))) && self.outbox.is_waiting(job);
        matches!(act, RoomAct::Tend(_)) && self.outbox.in_line(&Lane::Room(id)).any(waits)
    }

    /// Drops the invitation of somebody who is to be taken out: a try that waited would invite them first.
    fn drop_admission(&mut self, id: RoomId, act: &RoomAct) {
        let (RoomAct::Expel(_, member) | RoomAct::Oust(_, member)) = act else { return };
        let admits = |job: &&Job| matches!(job.errand.act(), Act::Room(_, RoomAct::Admit(..)));
        let lane = Lane::Place(id, *member);
        for job in self.outbox.in_line(&lane).filter(admits).map(|job| job.id).collect::<Vec<EffectId>>() {
            self.drop_job(job);
        }
    }

    /// An effect is not to be done any more. Words whose try is on its way, or may still show, stay until it is known
    /// what became of them; everything else is dropped.
    pub(crate) fn withdraw(&mut self, id: EffectId) -> Result<(), StoreError> {
        let tells = |job: &Job| matches!(job.errand.act(), Act::Tell(..));
        if self.outbox.is_in_doubt(id) && self.outbox.job(id).is_some_and(tells) {
            let withdrawn = self.outbox.withdraw(id).map(stored::put).transpose()?;
            self.batch.extend(withdrawn);
        } else {
            self.drop_job(id);
        }
        Ok(())
    }

    /// An act is done or not to be done any more.
    pub(crate) fn drop_job(&mut self, id: EffectId) -> Option<Job> {
        let job = self.outbox.take(id)?;
        self.batch.push(stored::gone(&job));
        self.outbox.wake(Lane::TakingBack(id));
        if let Lane::Conversation(member) = job.errand.act().lane() {
            self.outbox.wake(Lane::Files(member));
        }
        self.ripen(job.people());
        Some(job)
    }

    /// The member in whose conversation this message is to be taken back, if it is.
    pub fn to_be_taken_back(&self, said: EffectId) -> Option<MemberId> {
        self.outbox
            .in_line(&Lane::TakingBack(said))
            .find_map(|job| if let Act::TakeBack(member, _) = job.errand.act() { Some(*member) } else { None })
    }

    /// The words of an effect that is still to be done, and the member to whom they are said.
    pub fn words(&self, id: EffectId) -> Option<(MemberId, &Say)> {
        let Errand::Act(act) = &self.outbox.job(id)?.errand;
        if let Act::Tell(member, say) = act { Some((*member, say)) } else { None }
    }
}
