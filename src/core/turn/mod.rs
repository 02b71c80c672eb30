//! A step being taken, and what every flow may do in it: say, wait, mark, take a word.

mod asking;
mod ids;
mod marks;
mod people;
mod trust;

use std::collections::BTreeSet;

use lodge_ground::device::DeviceWord;

use crate::audit::Noted;
use crate::dialogue::{Counts, Dialogue};
use crate::effect::{Act, Effect};
use crate::id::{EffectId, Ids, IntroductionId, MemberId};
use crate::introduction::Introduction;
use crate::member::Member;
use crate::policy::Settings;
use crate::say::Say;
use crate::state::{Changes, State, Subject, Timer, Wait};
use crate::time::Timestamp;

pub(crate) use asking::InHand;

/// What one step brought about. All of it is committed together, before any effect leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Which rows of the state changed.
    pub changes: Changes,
    /// What to do, in order.
    pub effects: Vec<Effect>,
    /// Effects that are not to be done any more, if they have not been.
    pub cancelled: Vec<EffectId>,
    /// What to write in the audit log.
    pub noted: Vec<Noted>,
    /// Somebody's devices, as they are known from here on.
    pub devices: Vec<(MemberId, DeviceWord)>,
}

/// A step being taken.
pub(crate) struct Turn<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) settings: &'a Settings,
    pub(crate) now: Timestamp,
    pub(crate) ids: &'a mut Ids,
    pub(crate) step: Step,
    /// For what somebody's words have counted in it.
    pub(crate) counts: Option<Counts>,
}

impl Turn<'_> {
    /// Says something to a member.
    pub(crate) fn tell(&mut self, to: MemberId, say: Say) -> EffectId {
        let disclosed: Vec<(MemberId, IntroductionId)> =
            say.disclosures().iter().map(|disclosure| (disclosure.of(), disclosure.introduction())).collect();
        let mut owners: BTreeSet<MemberId> = disclosed.iter().map(|(of, _)| *of).collect();
        owners.extend(say.published());
        owners.insert(to);
        let effect = self.effect(owners, Act::Tell(to, say));
        for (_, introduction) in disclosed {
            self.has_shown(introduction, to, effect);
        }
        effect
    }

    pub(crate) fn effect(&mut self, owners: BTreeSet<MemberId>, act: Act) -> EffectId {
        let id = self.ids.draw();
        self.step.effects.push(Effect { id, owners, act });
        id
    }

    /// The draft or the prompts of a member, to be changed.
    pub(crate) fn dialogue(&mut self, id: MemberId) -> Option<&mut Dialogue> {
        Some(&mut self.member(id)?.dialogue)
    }

    /// A member, to be changed.
    pub(crate) fn member(&mut self, id: MemberId) -> Option<&mut Member> {
        let member = self.state.member_mut(id)?;
        self.step.changes.members.insert(id);
        Some(member)
    }

    /// Changes an introduction, if it is there.
    pub(crate) fn introduction(&mut self, id: IntroductionId, change: impl FnOnce(&mut Introduction)) {
        if let Some(introduction) = self.state.introduction_mut(id) {
            change(introduction);
            self.step.changes.introductions.insert(id);
        }
    }

    pub(crate) fn add_introduction(&mut self, introduction: Introduction) {
        self.step.changes.introductions.insert(introduction.id);
        self.state.put_introduction(introduction);
    }

    pub(crate) fn wait(&mut self, introduction: IntroductionId, due: Timestamp, wait: Wait) {
        self.wait_for(Subject::Introduction(introduction), due, wait);
    }

    pub(crate) fn wait_for(&mut self, of: Subject, due: Timestamp, wait: Wait) {
        let timer = Timer { id: self.ids.draw(), due, of, wait };
        self.step.changes.timers.insert(timer.id);
        self.state.put_timer(timer);
    }

    /// Stops waiting for whatever of this introduction `stop` picks out.
    pub(crate) fn stop_waiting(&mut self, introduction: IntroductionId, stop: impl Fn(Wait) -> bool) {
        for id in self.state.timers_of(Subject::Introduction(introduction)) {
            if self.state.timer(id).is_some_and(|timer| stop(timer.wait)) {
                self.state.take_timer(id);
                self.step.changes.timers.insert(id);
            }
        }
    }

    pub(crate) fn stop_waiting_for(&mut self, subject: Subject) {
        for id in self.state.timers_of(subject) {
            self.state.take_timer(id);
            self.step.changes.timers.insert(id);
        }
    }
}
