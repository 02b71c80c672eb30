//! One step: an input comes in, the state changes, and what is to be done goes out.

mod addressee;
mod outcome;
mod people;
mod requester;

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::{self, Command};
use crate::dialogue::Dialogue;
use crate::effect::{Act, Effect};
use crate::id::{EffectId, Ids, IntroductionId, MemberId};
use crate::input::{Input, Reply, Said, Trust};
use crate::introduction::{Happening, Introduction};
use crate::member::{Member, Standing};
use crate::policy::Settings;
use crate::say::Say;
use crate::state::{Changes, State, Timer, Wait};
use crate::time::Timestamp;

/// How many requests a message lists, so that it is read and fits.
const LISTED_MAX: usize = 20;

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
}

/// Takes one step.
///
/// The state is changed in place, so a caller that cannot commit what comes out must not go on with it.
pub fn step(state: &mut State, settings: &Settings, input: Input, now: Timestamp, ids: &mut Ids) -> Step {
    let mut turn = Turn { state, settings, now, ids, step: Step::default() };
    match input {
        Input::People(people) => turn.people(people),
        Input::Said(said) => turn.said(&said),
        Input::Unreadable(member) => {
            turn.tell(member, Say::Unreadable);
        }
        Input::CameIn(introduction, member) => turn.moved(introduction, member, Happening::Joined),
        Input::WentOut(introduction, member) => turn.moved(introduction, member, Happening::Left),
        Input::Performed(act, performed) => turn.performed(&act, performed),
        Input::Due(timer) => turn.due(timer),
    }
    turn.step
}

/// A step being taken.
struct Turn<'a> {
    state: &'a mut State,
    settings: &'a Settings,
    now: Timestamp,
    ids: &'a mut Ids,
    step: Step,
}

impl Turn<'_> {
    fn said(&mut self, said: &Said) {
        let Some(member) = self.state.member(said.member).filter(|member| member.standing == Standing::Current) else {
            return;
        };
        if !member.person.role.takes_part() {
            self.tell(said.member, Say::TakesNoPart);
            return;
        }
        let command = command::read(&said.text);
        if self.is_overtaken(said, &command) {
            return;
        }
        if self.is_for_draft(said, &command) {
            return self.draft_text(said, said.text.trim());
        }
        match command {
            Command::Help => {
                self.tell(said.member, Say::Help);
            }
            Command::Introduce { to, purpose, message } => self.introduce(said, to, purpose, message),
            Command::Send => self.send(said),
            Command::Change => self.change(said.member),
            Command::Cancel => self.cancel(said.member),
            Command::Add(fields) => self.add(said.member, fields),
            Command::Hide(fields) => self.hide(said.member, &fields),
            Command::Requests => self.requests(said.member),
            Command::Again => self.again(said.member),
            Command::Answer { number, answer } => self.answer(said, number, answer),
            Command::Text(text) => self.draft_text(said, &text),
        }
    }

    /// Says something to a member.
    fn tell(&mut self, to: MemberId, say: Say) -> EffectId {
        let mut owners: BTreeSet<MemberId> = say.disclosures().iter().map(|disclosure| disclosure.of()).collect();
        owners.insert(to);
        self.effect(owners, Act::Tell(to, say))
    }

    fn effect(&mut self, owners: BTreeSet<MemberId>, act: Act) -> EffectId {
        let id = self.ids.draw();
        self.step.effects.push(Effect { id, owners, act });
        id
    }

    /// Whether these words were written before what they would now be taken for: their key came late, and the
    /// conversation has moved on. If so, their writer hears that they do not count.
    fn is_overtaken(&mut self, said: &Said, command: &Command) -> bool {
        let Reply::Late(since) = said.reply else { return false };
        let turned_at = self.state.member(said.member).and_then(|member| member.dialogue.turned_at);
        let overtaken = turned_at.is_some_and(|turned_at| since <= turned_at);
        let say = match command {
            Command::Help | Command::Introduce { .. } | Command::Requests | Command::Again => return false,
            Command::Answer { .. } => Say::TooLate,
            Command::Send | Command::Change | Command::Cancel | Command::Add(_) | Command::Hide(_) => Say::Unreadable,
            Command::Text(_) => Say::Unreadable,
        };
        if overtaken {
            self.tell(said.member, say);
        }
        overtaken
    }

    /// The draft or the prompts of a member, to be changed.
    fn dialogue(&mut self, id: MemberId) -> Option<&mut Dialogue> {
        let now = self.now;
        let dialogue = &mut self.member(id)?.dialogue;
        dialogue.turned_at = Some(now);
        Some(dialogue)
    }

    /// A member, to be changed.
    fn member(&mut self, id: MemberId) -> Option<&mut Member> {
        let member = self.state.member_mut(id)?;
        self.step.changes.members.insert(id);
        Some(member)
    }

    fn add_introduction(&mut self, introduction: Introduction) {
        self.step.changes.introductions.insert(introduction.id);
        self.state.put_introduction(introduction);
    }

    fn wait(&mut self, introduction: IntroductionId, due: Timestamp, wait: Wait) {
        let timer = Timer { id: self.ids.draw(), due, introduction, wait };
        self.step.changes.timers.insert(timer.id);
        self.state.put_timer(timer);
    }

    /// Stops waiting for whatever of this introduction `stop` picks out.
    fn stop_waiting(&mut self, introduction: IntroductionId, stop: impl Fn(Wait) -> bool) {
        for id in self.state.timers_of(introduction) {
            if self.state.timer(id).is_some_and(|timer| stop(timer.wait)) {
                self.state.take_timer(id);
                self.step.changes.timers.insert(id);
            }
        }
    }

    /// Whether the device that sent this could be told; if not, its owner hears what to do.
    fn is_tied(&mut self, said: &Said) -> bool {
        match said.trust {
            Trust::Tied => true,
            Trust::Untied => {
                self.tell(said.member, Say::DeviceUnknown);
                false
            }
        }
    }
}
