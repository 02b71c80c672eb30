//! One step: an input comes in, the state changes, and effects go out.

pub(crate) mod asking;
mod fan_out;

use crate::command::{self, Answer, Command, Profile, RoomCommand};
use crate::dialogue::Question;
use crate::event::DomainEvent;
use crate::id::{Ids, MemberId};
use crate::input::{Input, Reply, Said};
use crate::introduction::Happening;
use crate::introduction::flow::choosing::Kind;
use crate::member::{Member, Role, Standing};
use crate::policy::{Offers, Settings};
use crate::say::{Cards, Joining, NotTaken, Say, Unfit};
use crate::state::State;
use crate::time::Timestamp;
use crate::turn::Turn;

pub use crate::turn::Step;

pub use crate::conduct::flow::overheard::meant_for_porter;
pub use crate::introduction::flow::requester::sent_standing;
pub use crate::introduction::flow::tidying::outlived;

/// A message lists this many requests, so that it is read and fits.
pub(crate) const LISTED_MAX: usize = 20;

/// Takes one step.
///
/// The state is changed in place, so a caller that cannot commit the outcome must not go on with it.
///
/// # Examples
///
/// Sam is on the service's list, and writes "help".
///
/// ```
/// # mod settings {
/// #     include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flow/settings.rs"));
/// # }
/// # use settings::settings;
/// use lodge_core::effect::Act;
/// use lodge_core::id::{Ids, WordsId};
/// use lodge_core::input::{Input, Said, Trust};
/// use lodge_core::member::{Details, Person, Role};
/// use lodge_core::name::{Address, DisplayName};
/// use lodge_core::roster::Roster;
/// use lodge_core::say::Say;
/// use lodge_core::state::{Changes, State};
/// use lodge_core::step::step;
/// use lodge_core::time::Timestamp;
///
/// let (mut state, settings, mut ids) = (State::default(), settings(), Ids::from_seed([1; 32]));
/// let now = Timestamp::from_millis(1_793_613_600_000);
///
/// let address = Address::exact("@sam:example.org")?;
/// let sam = Person { address, name: DisplayName::parse("Sam")?, role: Role::Student, details: Details::default() };
/// let listed = step(&mut state, &settings, Input::Roster(Roster::whole(vec![sam])), now, &mut ids);
/// assert_ne!(listed.changes, Changes::default(), "these rows are committed before anything is done");
///
/// let sam = state.members().next().expect("Sam").id;
/// let words = Said::heard(sam, WordsId::from_bytes([2; 16]), "help".to_owned(), Trust::Tied);
/// let heard = step(&mut state, &settings, Input::Said(words), now, &mut ids);
/// assert!(matches!(&heard.effects[0].act, Act::Tell(to, Say::Help { .. }) if *to == sam));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
        Input::WentBack(to) => turn.announce(DomainEvent::WentBack(to)),
        Input::Tidy => turn.tidy(),
        Input::Rooms => turn.rooms(),
        Input::AuditHead(room, head) => turn.post_head(&room, head),
        Input::Intruded(who) => turn.tell_of_third(&who),
        Input::InRoom(room, happened) => turn.in_room(room, happened),
    }
    turn.step
}

impl Turn<'_> {
    pub(crate) fn said(&mut self, said: &Said) {
        let Some(member) = self.state.member(said.member) else { return };
        let command = command::read(&said.text);
        if let Some(refusal) = refusal(member, &command) {
            self.tell(said.member, refusal);
            return;
        }
        if let Some(first) = self.needs_agreement(member, &command) {
            return self.agree_first(said, &command, first);
        }
        if let Some(offers) = self.lacking(&command) {
            self.tell(said.member, Cards::NotOffered { offers }.into());
            return;
        }
        self.silence_ends(said.member);
        if self.is_for_draft(said, &command) {
            return self.draft_text(said, said.text.trim());
        }
        let command = self.as_answer(said, command);
        self.let_go_of_offer(said.member, &command);
        self.forget_choices(said.member, &command);
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
            // Words for one person do not become part of a request to another.
            Command::Text(_) if matches!(said.reply, Reply::To(_)) => match self.prompt_meant(said, None, Kind::Meet) {
                Ok(meant) => self.tell_about(said.member, meant.number, Say::AnswerUnclear),
                Err(why) => {
                    self.not_taken(said, if why == Say::NotTaken(NotTaken::Early) { why } else { Say::TooLate });
                }
            },
            Command::Text(text) => self.draft_text(said, &text),
        }
    }

    /// What somebody can do here.
    pub(crate) fn help(&mut self, member: MemberId) {
        let Some(role) = self.role(member) else { return };
        let say = match role {
            Role::Unverified => Joining::VisitorHelp { service: self.settings.service.clone() }.into(),
            Role::Student | Role::Alumnus | Role::Employer | Role::Staff | Role::Intern | Role::Administrator => {
                Say::Help { offers: self.settings.offers, role }
            }
        };
        self.tell(member, say);
    }

    /// Reads a reply to a question about somebody's request as the answer to it, even if it looks like a command.
    pub(crate) fn as_answer(&self, said: &Said, command: Command) -> Command {
        let Reply::To(effect) = said.reply else { return command };
        let told = matches!(command, Command::Answer { answer: Answer::Tell(_), .. });
        if told || !matches!(command, Command::Text(_) | Command::Answer { number: None, .. }) {
            return command;
        }
        let prompts = self.state.member(said.member).into_iter().flat_map(|member| &member.dialogue.prompts);
        let asked = prompts.filter(|(_, prompt)| matches!(prompt.question, Question::Tell { .. }));
        match asked.into_iter().find(|(_, prompt)| prompt.asked.contains(&effect)) {
            Some((number, _)) => Command::Answer { number: Some(*number), answer: Answer::Tell(said.text.clone()) },
            None => command,
        }
    }

    /// What the service offers, where this is none of it. What was begun can be brought to its end.
    pub(crate) fn lacking(&self, command: &Command) -> Option<Offers> {
        let offers = self.settings.offers;
        let offered = match command {
            Command::Introduce { .. } | Command::Send | Command::Change | Command::Add(_) | Command::Hide(_) => {
                offers.introductions
            }
            Command::Mentors(_) | Command::More | Command::Profile(Profile::List { .. }) => offers.mentors,
            Command::Room(_) | Command::Moderation(_) => offers.rooms,
            Command::Help
            | Command::Cancel
            | Command::Requests
            | Command::Drafts
            | Command::Again
            | Command::Withdraw(_)
            | Command::Pause(_)
            | Command::Resume
            | Command::Limit(_)
            | Command::BlockAddress(_)
            | Command::Unblock(_)
            | Command::OwnSettings
            | Command::Policy
            | Command::MyData
            | Command::Forget { .. }
            | Command::Agree
            | Command::Boundaries
            | Command::Code(_)
            | Command::OwnDevice(_)
            | Command::DeviceOf(..)
            | Command::AskStaff(_)
            | Command::Verify(_)
            | Command::EndRole(_)
            | Command::Approve(_)
            | Command::Organisations
            | Command::Profile(_)
            | Command::Stay
            | Command::Undo
            | Command::Closing
            | Command::Answer { .. }
            | Command::Text(_) => true,
        };
        (!offered).then_some(offers)
    }

    /// Somebody would like to stay in the mentors' list. Any words of theirs are enough.
    pub(crate) fn stay(&mut self, member: MemberId) {
        let listed = self.state.member(member).is_some_and(Member::is_listed);
        self.tell(member, if listed { Cards::StillListed.into() } else { Unfit::NotListed.into() });
    }

    /// A list of things to choose among holds for the next thing that somebody says, and not for a number long after;
    /// the mentors' list for as long as they look at it or write to somebody in it.
    pub(crate) fn forget_choices(&mut self, member: MemberId, command: &Command) {
        let looks = match command {
            Command::Introduce { .. }
            | Command::Mentors(_)
            | Command::More
            | Command::Text(_)
            | Command::Help
            | Command::Policy
            | Command::Agree
            | Command::Boundaries
            | Command::AskStaff(_)
            | Command::Profile(_)
            | Command::Change
            | Command::Cancel
            | Command::Add(_)
            | Command::Hide(_)
            | Command::Drafts
            | Command::Closing
            | Command::Answer { .. } => true,
            Command::Undo
            | Command::Send
            | Command::Requests
            | Command::Again
            | Command::Withdraw(_)
            | Command::Pause(_)
            | Command::Resume
            | Command::Limit(_)
            | Command::BlockAddress(_)
            | Command::Unblock(_)
            | Command::OwnSettings
            | Command::MyData
            | Command::Code(_)
            | Command::OwnDevice(_)
            | Command::DeviceOf(..)
            | Command::Verify(_)
            | Command::EndRole(_)
            | Command::Approve(_)
            | Command::Organisations
            | Command::Stay
            | Command::Room(_)
            | Command::Moderation(_)
            | Command::Forget { .. } => false,
        };
        let shown = self.state.member(member).is_some_and(|member| member.dialogue.browsing.is_some());
        if shown
            && !looks
            && let Some(own) = self.member(member)
        {
            own.dialogue.browsing = None;
        }
        let chooses = matches!(command, Command::Withdraw(_) | Command::Answer { answer: Answer::Report(_), .. });
        let listed = self.state.member(member).is_some_and(|member| !member.dialogue.choosing.is_empty());
        if listed
            && !chooses
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.choosing.clear();
        }
    }
}

/// Why somebody cannot do this now, by what they are here. Their rights do not depend on it.
fn refusal(member: &Member, command: &Command) -> Option<Say> {
    let rooms = matches!(
        command,
        Command::Room(RoomCommand::List | RoomCommand::Join(_) | RoomCommand::Leave(_) | RoomCommand::Suggest(..))
            | Command::Moderation(_)
    );
    let always = matches!(
        command,
        Command::Policy | Command::MyData | Command::Forget { .. } | Command::Withdraw(_) | Command::OwnDevice(_)
    );
    match member.standing {
        Standing::Leaving(by) => Some(Say::Forgetting { by }),
        Standing::Ended if !always => Some(Say::NoLongerMember),
        Standing::Current if member.person.role == Role::Unverified => {
            crate::people::flow::joining::unverified(member, command)
        }
        Standing::Current if !always && !rooms && !member.person.role.takes_part() => Some(Say::TakesNoPart),
        Standing::Current | Standing::Ended => None,
    }
}
