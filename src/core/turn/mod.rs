//! A step being taken, and what every flow may do in it: say, wait, mark, take a word.

mod asking;
mod ids;
mod marks;
mod people;
mod proof;

use std::collections::BTreeSet;

use lodge_ground::proof::DeviceWord;

use crate::audit::Noted;
use crate::dialogue::{Counts, Dialogue};
use crate::effect::{Act, Effect};
use crate::id::{EffectId, Ids, IntroductionId, MemberId};
use crate::introduction::Introduction;
use crate::people::member::Member;
use crate::policy::Settings;
use crate::say::Say;
use crate::state::{Changes, State};
use crate::time::Timestamp;
use crate::timer::{Subject, Timer, Wait};

pub(crate) use asking::InHand;

/// Of the messages about one introduction, the last ones are kept so that they can be taken back, at most this many.
const SHOWN_MAX: usize = 300;

/// The outcome of one step. All of it is committed together, before any effect leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// The rows of the state that changed.
    pub changes: Changes,
    /// The effects, in the order in which they are to be done.
    pub effects: Vec<Effect>,
    /// Effects that are not to be done any more, if they have not been.
    pub cancelled: Vec<EffectId>,
    /// The entries for the audit log.
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
    /// The thing that somebody's words have counted for in it.
    pub(crate) counts: Option<Counts>,
}

impl Turn<'_> {
    /// Says something to a member.
    pub(crate) fn tell(&mut self, to: MemberId, say: impl Into<Say>) -> EffectId {
        let say = say.into();
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
        if let Act::Tell(to, say) = &act
            && say.gives_numbers()
        {
            self.desk_is_older(*to, id);
        }
        self.step.effects.push(Effect { id, owners, act });
        id
    }

    /// A message gives proposals or reports numbers of their own: from there on those of the desk are not meant.
    fn desk_is_older(&mut self, staff: MemberId, message: EffectId) {
        let shown = self.state.member(staff).and_then(|own| own.dialogue.tray.shown.as_ref());
        if shown.is_some_and(|shown| shown.newer.is_none())
            && let Some(dialogue) = self.dialogue(staff)
            && let Some(shown) = &mut dialogue.tray.shown
        {
            shown.newer = Some(message);
        }
    }

    /// The draft or the prompts of a member, to be changed.
    pub(crate) fn dialogue(&mut self, id: MemberId) -> Option<&mut Dialogue> {
        Some(&mut self.member(id)?.dialogue)
    }

    /// A member, to be changed.
    pub(crate) fn member(&mut self, id: MemberId) -> Option<&mut Member> {
        self.state.members.get_mut(id)
    }

    /// Changes an introduction, if it is there.
    pub(crate) fn introduction(&mut self, id: IntroductionId, change: impl FnOnce(&mut Introduction)) {
        if let Some(introduction) = self.state.introductions.get_mut(id) {
            change(introduction);
        }
    }

    pub(crate) fn add_introduction(&mut self, introduction: Introduction) {
        self.state.introductions.put(introduction);
    }

    pub(crate) fn wait(&mut self, due: Timestamp, wait: Wait) {
        self.state.timers.put(Timer { id: self.ids.draw(), due, wait });
    }

    /// Takes every timer away that is for this.
    pub(crate) fn stop_waiting(&mut self, wait: Wait) {
        self.stop_timers(wait.subject(), |of_same| of_same == wait);
    }

    /// Takes those timers of a subject away that `stop` picks out.
    pub(crate) fn stop_timers(&mut self, subject: Subject, stop: impl Fn(Wait) -> bool) {
        let stopped = self.state.timers_of(subject).filter(|timer| stop(timer.wait)).map(|timer| timer.id);
        for id in stopped.collect::<Vec<_>>() {
            self.state.timers.take(id);
        }
    }

    /// Notes that a message showed a member something of the other's, so that it can be taken back.
    pub(crate) fn has_shown(&mut self, id: IntroductionId, to: MemberId, effect: EffectId) {
        self.introduction(id, |introduction| {
            introduction.shown.insert(effect, to);
            if introduction.shown.len() > SHOWN_MAX {
                introduction.shown.pop_first();
            }
        });
    }
}
