//! What is presumed of a room that the porter has left, after a restore: it does not show any more, and what became of it
//! is known from what the two were told.

use lodge_core::effect::{Act, Effect};
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Introduction, RoomRef};
use lodge_core::state::{self, State};
use lodge_core::step::step;
use lodge_core::time::Timestamp;

use super::Engine;
use super::cause::Cause;
use crate::outbox::{Errand, Job};
use crate::store::StoreError;

/// What shows of a room that does not show itself.
#[derive(Debug, Default)]
struct Traces {
    /// The two were told of it, or of its end.
    any: bool,
    /// They were told that not both came.
    not_met: bool,
    /// Who left it, and by when.
    left: Vec<(Timestamp, MemberId)>,
}

impl Engine {
    /// Takes the room of an introduction to be made and left, if what the two were told shows it.
    pub(super) fn presume(&mut self, id: IntroductionId, job: EffectId, now: Timestamp) -> Result<(), StoreError> {
        let first = match self.outbox.job(job).map(|job| job.errand.clone()) {
            Some(Errand::Act(act @ Act::CreateRoom(_))) => (job, act, Performed::RoomMade(gone_room(id))),
            Some(Errand::Act(act @ Act::Invite(..))) => (job, act, Performed::Done),
            Some(Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..))
            | None => return Ok(()),
        };
        let room = if let (_, Act::Invite(_, room, _), _) = &first { room.clone() } else { gone_room(id) };
        let traces = self.traces(id, first.clone());
        if !traces.any {
            return Ok(());
        }
        if let Some(restoring) = &mut self.restoring {
            restoring.gone.insert(room);
        }
        self.done(job, first.2, now)?;
        while let Some(job) = self.job_in_gone_room() {
            self.done(job, Performed::Done, now)?;
        }
        if !traces.left.is_empty() || traces.not_met {
            let left = traces.left.into_iter().map(|(at, member)| (at, id, member));
            self.restoring.iter_mut().for_each(|restoring| restoring.left.extend(left.clone()));
            return Ok(());
        }
        for member in self.parties_of(id) {
            let mut ids = self.ids(Cause::Unconfirmed(id)).apart(&[&member.to_bytes()]);
            let came = step(&mut self.state, &self.options.settings, Input::CameIn(id, member), now, &mut ids);
            self.keep_step(came, now)?;
        }
        Ok(())
    }

    /// Lets those leave who are known to have left a room that does not show, by this time.
    pub(super) fn leave_unseen(&mut self, until: Timestamp) -> Result<(), StoreError> {
        let Some(restoring) = &mut self.restoring else { return Ok(()) };
        let left: Vec<_> = restoring.left.extract_if(.., |(at, ..)| *at <= until).collect();
        for (at, id, member) in left {
            let mut ids = self.ids(Cause::Unconfirmed(id)).apart(&[b"left", &member.to_bytes()]);
            let went = step(&mut self.state, &self.options.settings, Input::WentOut(id, member), at, &mut ids);
            self.keep_step(went, at)?;
            self.recognise(at)?;
        }
        Ok(())
    }

    /// What the messages to the two show of their room.
    fn traces(&self, id: IntroductionId, first: (EffectId, Act, Performed)) -> Traces {
        let Some(restoring) = &self.restoring else { return Traces::default() };
        let since = |told: &EffectId| restoring.said.get(told).map(|said| said.at);
        let (mut state, now) = (self.alone(id), restoring.from());
        let any = self.told_of_room(&mut state, first, now).iter().any(|told| since(told).is_some());
        let mut traces = Traces { any, ..Traces::default() };
        for member in self.parties_of(id) {
            let told = self.told_by(&mut state.clone(), Input::WentOut(id, member), now);
            traces.left.extend(told.iter().filter_map(since).map(|at| (at, member)));
        }
        if let Some((due, join_by)) = state.next_due() {
            let told = self.told_by(&mut state, Input::Due(join_by), due);
            traces.not_met = told.iter().any(|told| since(told).is_some());
        }
        traces.any |= traces.not_met || !traces.left.is_empty();
        traces
    }

    /// A state with nothing but an introduction and its parties.
    fn alone(&self, id: IntroductionId) -> State {
        let introduction = self.state.introduction(id).cloned().map(state::Row::Introduction);
        let parties = self.parties_of(id).into_iter().filter_map(|member| self.state.member(member).cloned());
        State::from_rows(parties.map(state::Row::Member).chain(introduction))
    }

    fn parties_of(&self, id: IntroductionId) -> Vec<MemberId> {
        self.state.introduction(id).into_iter().flat_map(Introduction::owners).collect()
    }

    /// The effects that tell the two of their room, as they would come of it and of both invitations.
    fn told_of_room(&self, state: &mut State, first: (EffectId, Act, Performed), now: Timestamp) -> Vec<EffectId> {
        let mut next = Some(first);
        let mut told = Vec::new();
        while let Some((effect, act, performed)) = next.take() {
            let mut ids = self.ids(Cause::Performed(effect, &performed));
            let came = step(state, &self.options.settings, Input::Performed(act, performed), now, &mut ids);
            told.extend(came.effects.iter().filter(|effect| tells(effect)).map(|effect| effect.id));
            let mut invitations = came.effects.into_iter().filter(|effect| matches!(effect.act, Act::Invite(..)));
            next = invitations.next().map(|invitation| (invitation.id, invitation.act, Performed::Done));
        }
        told
    }

    /// What would be told when this happens to an introduction, whose words to its parties have ids of their own.
    fn told_by(&self, state: &mut State, input: Input, now: Timestamp) -> Vec<EffectId> {
        let came = step(state, &self.options.settings, input, now, &mut self.ids(Cause::List));
        came.effects.iter().filter(|effect| tells(effect)).map(|effect| effect.id).collect()
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

    fn job_in_gone_room(&self) -> Option<EffectId> {
        let gone = |job: &&Job| match &job.errand {
            Errand::Act(act) => self.is_in_a_gone_room(act),
            Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => false,
        };
        self.outbox.jobs().find(gone).map(|job| job.id)
    }
}

fn tells(effect: &Effect) -> bool {
    matches!(effect.act, Act::Tell(..))
}

/// What stands for a room that the porter does not see any more.
fn gone_room(id: IntroductionId) -> RoomRef {
    RoomRef(format!("gone:{id}"))
}
