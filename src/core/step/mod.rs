//! One step: an input comes in, the state changes, and what is to be done goes out.

mod addressee;
mod afterwards;
mod answering;
mod asking;
mod bringing;
mod cards;
mod community;
mod conduct;
mod devices;
mod directory;
mod going_back;
mod joining;
mod moderating;
mod outcome;
mod overheard;
mod people;
mod policies;
mod proposing;
mod questions;
mod reporting;
mod requester;
mod retouching;
mod rights;
mod rooms;
mod roster;
mod sending;
mod tidying;
mod verifying;
mod withdrawing;

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::row::{Row, Trait};
use crate::command::{self, Command};
use crate::dialogue::{Counts, Dialogue};
use crate::effect::{Act, Effect};
use crate::expecting::{Meant, expectations, meaning};
use crate::id::{EffectId, Ids, IntroductionId, MemberId};
use crate::input::{Input, Said};
use crate::introduction::{Happening, Introduction};
use crate::member::{Member, Role, Standing};
use crate::policy::{Offers, Settings};
use crate::say::{Cards, Joining, NotTaken, Say, Unfit};
use crate::state::{Changes, State};
use crate::time::Timestamp;
use crate::timer::{Subject, Timer, Wait};

use lodge_ground::device::DeviceWord;

use answering::Kind;

pub use overheard::meant_for_porter;
pub use requester::sent_standing;
pub use tidying::outlived;

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
    /// Somebody's devices, as they are known from here on.
    pub devices: Vec<(MemberId, DeviceWord)>,
}

/// Takes one step.
///
/// The state is changed in place, so a caller that cannot commit what comes out must not go on with it.
pub fn step(state: &mut State, settings: &Settings, input: Input, now: Timestamp, ids: &mut Ids) -> Step {
    let mut turn = Turn { state, settings, now, ids, step: Step::default(), counts: None };
    match input {
        Input::Roster(list) => {
            turn.roster(list);
            turn.tell_of_policy();
            turn.tell_of_boundaries();
        }
        Input::Unlisted(by, members) => turn.unlisted(by, &members),
        Input::Visited(address) => turn.visited(address),
        Input::Said(said) => {
            turn.said(&said);
            turn.count(&said);
        }
        Input::Edited(member, words) => turn.edited(member, words),
        Input::Redacted(member, words) => turn.redacted(member, words),
        Input::Unreadable(member) => {
            turn.tell(member, Say::Unreadable);
        }
        Input::LeftOut(member, what) => {
            turn.tell(member, NotTaken::LeftOut(what).into());
        }
        Input::CameIn(introduction, member) => turn.moved(introduction, member, Happening::Joined),
        Input::WentOut(introduction, member) => turn.moved(introduction, member, Happening::Left),
        Input::Performed(act, performed) => turn.performed(&act, performed),
        Input::Unsaid(member, message) => turn.unsaid(member, message),
        Input::Due(timer) => turn.due(timer),
        Input::WentBack(to) => turn.went_back(to),
        Input::Tidy => turn.tidy(),
        Input::Rooms => turn.rooms(),
        Input::Policies => turn.heed_policies(),
        Input::AuditHead(room, head) => turn.post_head(&room, head),
        Input::Intruded(who) => turn.tell_of_third(&who),
        Input::InRoom(room, happened) => turn.in_room(room, happened),
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
    /// For what somebody's words have counted in it.
    counts: Option<Counts>,
}

impl Turn<'_> {
    fn said(&mut self, said: &Said) {
        let Some(member) = self.state.member(said.member) else { return };
        let command = command::read(&said.text);
        let row = command.row();
        if let Some(refusal) = refusal(member, &row) {
            self.tell(said.member, refusal);
            return;
        }
        if let Some(first) = self.needs_agreement(member, &row) {
            return self.agree_first(said, &command, first);
        }
        if let Some(offers) = self.lacking(&row) {
            self.tell(said.member, Cards::NotOffered { offers }.into());
            return;
        }
        let meant = meaning(&expectations(&member.dialogue, said), said, command);
        self.silence_ends(said.member);
        if let Some(row) = meant.row() {
            self.forget_choices(said.member, &row);
        }
        match meant {
            Meant::Command(command) => self.dispatch(said, command),
            Meant::Draft { text, .. } => self.draft_text(said, &text),
            Meant::Reply => self.unclear_reply(said),
        }
    }

    fn dispatch(&mut self, said: &Said, command: Command) {
        match command {
            Command::Help => self.help(said.member),
            Command::Agree => self.agree(said),
            Command::Boundaries => self.read_boundaries(said.member),
            Command::Code(code) => self.code(said, &code),
            Command::OwnDevice(code) => self.own_device(said, code.as_ref()),
            Command::DeviceOf(who, code) => self.device_of(said, who, code.as_ref()),
            Command::AskStaff(words) => self.ask_staff(said.member, &words),
            Command::Verify(verify) => self.verify(said, verify),
            Command::EndRole(who) => self.end_role(said, &who),
            Command::Approve(name) => self.approve(said, &name),
            Command::Organisations => self.organisations(said),
            Command::Introduce { to, purpose, message } => self.introduce(said, to, purpose, message),
            Command::Send => self.send_in_hand(said),
            Command::Change => self.change(said.member),
            Command::Cancel => self.cancel_in_hand(said.member),
            Command::Undo => self.undo(said),
            Command::Closing => self.closing(said),
            Command::Add(fields) => self.add(said.member, fields),
            Command::Hide(fields) => self.hide(said.member, &fields),
            Command::Requests => self.requests(said.member),
            Command::Drafts => self.drafts(said.member),
            Command::Again => self.again(said.member),
            Command::Answer { number, answer } => self.answer(said, number, answer),
            Command::Withdraw(chosen) => self.withdraw(said, &chosen),
            Command::Pause(words) => self.pause(said.member, &words),
            Command::Resume => self.resume(said.member),
            Command::Limit(limit) => self.limit(said.member, limit),
            Command::BlockAddress(who) => self.block_address(said, who),
            Command::Unblock(number) => self.unblock(said.member, number),
            Command::OwnSettings => self.own_settings(said.member),
            Command::Policy => self.policy(said.member),
            Command::MyData => self.my_data(said.member),
            Command::Forget { sure } => self.forget_me(said, sure),
            Command::Room(command) => self.room_command(said, command),
            Command::Moderation(command) => self.moderation(said, command),
            Command::Profile(profile) => self.profile(said, profile),
            Command::Mentors(topic) => self.mentors(said.member, topic),
            Command::More => self.more(said.member),
            Command::Stay => self.stay(said.member),
            Command::Text(_) => self.not_understood(said.member),
        }
    }

    /// Words in reply to one of the porter's messages, that are no answer.
    fn unclear_reply(&mut self, said: &Said) {
        match self.prompt_meant(said, None, Kind::Meet) {
            Ok(meant) => self.tell_about(said.member, meant.number, Say::AnswerUnclear),
            Err(why) => self.not_taken(said, if why == Say::NotTaken(NotTaken::Early) { why } else { Say::TooLate }),
        }
    }

    /// Words that nothing had asked for.
    fn not_understood(&mut self, member: MemberId) {
        let question = self.open_questions(member).first().map(|(number, ..)| *number);
        self.tell(member, question.map_or(Say::NotUnderstood, |number| Say::MaybeAnAnswer { number }));
    }

    /// What somebody can do here.
    fn help(&mut self, member: MemberId) {
        let Some(role) = self.role(member) else { return };
        let say = match role {
            Role::Unverified => Joining::VisitorHelp { service: self.settings.service.clone() }.into(),
            Role::Student | Role::Alumnus | Role::Employer | Role::Staff | Role::Intern | Role::Administrator => {
                Say::Help { offers: self.settings.offers, role }
            }
        };
        self.tell(member, say);
    }

    /// The offers of the service, where a command needs something that is none of them.
    fn lacking(&self, row: &Row) -> Option<Offers> {
        let offers = self.settings.offers;
        let lacks = |it: &Trait| matches!(it, Trait::Needs(feature) if !offers.has(*feature));
        row.traits.iter().any(lacks).then_some(offers)
    }

    /// Somebody would like to stay in the mentors' list. That they said anything is enough.
    fn stay(&mut self, member: MemberId) {
        let listed = self.state.member(member).is_some_and(Member::is_listed);
        self.tell(member, if listed { Cards::StillListed.into() } else { Unfit::NotListed.into() });
    }

    /// A list of things to choose among holds for the next thing that somebody says, and not for a number long after;
    /// the mentors' list for as long as they look at it or write to somebody in it.
    fn forget_choices(&mut self, member: MemberId, row: &Row) {
        let Some(own) = self.state.member(member) else { return };
        let list = own.dialogue.browsing.is_some() && !row.is(Trait::KeepsList);
        let choice = !own.dialogue.choosing.is_empty() && !row.is(Trait::Chooses);
        if (list || choice)
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.browsing.take_if(|_| list);
            dialogue.choosing.retain(|_| !choice);
        }
    }

    /// Says something to a member.
    fn tell(&mut self, to: MemberId, say: Say) -> EffectId {
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

    fn effect(&mut self, owners: BTreeSet<MemberId>, act: Act) -> EffectId {
        let id = self.ids.draw();
        self.step.effects.push(Effect { id, owners, act });
        id
    }

    /// The draft or the prompts of a member, to be changed.
    fn dialogue(&mut self, id: MemberId) -> Option<&mut Dialogue> {
        Some(&mut self.member(id)?.dialogue)
    }

    /// A member, to be changed.
    fn member(&mut self, id: MemberId) -> Option<&mut Member> {
        let member = self.state.member_mut(id)?;
        self.step.changes.members.insert(id);
        Some(member)
    }

    /// Changes an introduction, if it is there.
    fn introduction(&mut self, id: IntroductionId, change: impl FnOnce(&mut Introduction)) {
        if let Some(introduction) = self.state.introduction_mut(id) {
            change(introduction);
            self.step.changes.introductions.insert(id);
        }
    }

    fn add_introduction(&mut self, introduction: Introduction) {
        self.step.changes.introductions.insert(introduction.id);
        self.state.put_introduction(introduction);
    }

    fn wait(&mut self, due: Timestamp, wait: Wait) {
        let timer = Timer { id: self.ids.draw(), due, wait };
        self.step.changes.timers.insert(timer.id);
        self.state.put_timer(timer);
    }

    /// Takes every timer away that is for this.
    fn stop_waiting(&mut self, wait: Wait) {
        self.stop_timers(wait.subject(), |of_same| of_same == wait);
    }

    /// Takes those timers of a subject away that `stop` picks out.
    fn stop_timers(&mut self, subject: Subject, stop: impl Fn(Wait) -> bool) {
        let stopped = self.state.timers_of(subject).filter(|timer| stop(timer.wait)).map(|timer| timer.id);
        for id in stopped.collect::<Vec<_>>() {
            self.state.take_timer(id);
            self.step.changes.timers.insert(id);
        }
    }
}

/// The reason why somebody cannot use a command now, by what they are here. Their rights do not depend on it.
fn refusal(member: &Member, row: &Row) -> Option<Say> {
    match (member.standing, member.person.role) {
        (Standing::Leaving(by), _) => Some(Say::Forgetting { by }),
        (Standing::Ended, _) => (!row.is(Trait::Former)).then_some(Say::NoLongerMember),
        (Standing::Current, Role::Unverified) => (!row.is(Trait::Visitors)).then(|| Joining::NotVerified.into()),
        (Standing::Current, role) => (!role.takes_part() && !row.is(Trait::Bystanders)).then_some(Say::TakesNoPart),
    }
}
