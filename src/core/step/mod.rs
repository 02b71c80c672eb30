//! One step: an input comes in, the state changes, and effects go out.

pub(crate) mod asides;
pub(crate) mod asking;
mod fan_out;

use std::collections::BTreeSet;

use crate::command::row::{Row, Trait};
use crate::command::{
    self, Answer, Command, DeskCommand, InterviewCommand, PeopleCommand, RequestCommand, RoomCommand, mentioned,
    plain_words,
};
use crate::domain_event::DomainEvent;
use crate::expecting::{Meant, expectations, meaning};
use crate::id::{Ids, MemberId};
use crate::input::{Input, Said};
use crate::introduction::Happening;
use crate::introduction::flow::choosing::{Called, Kind};
use crate::name::clean_text;
use crate::people::member::{Member, Role, Standing};
use crate::policy::{Offers, Settings};
use crate::say::{Cards, Joining, NotTaken, Rights, Say, Unfit};
use crate::state::State;
use crate::time::Timestamp;
use crate::turn::Turn;

use lodge_ground::proof::DeviceWord;

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
/// use lodge_core::input::{Input, Said, Proof};
/// use lodge_core::people::member::{Details, Person, Role};
/// use lodge_core::name::{Address, DisplayName};
/// use lodge_core::people::roster::Roster;
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
/// let words = Said::heard(sam, WordsId::from_bytes([2; 16]), "help".to_owned(), Proof::Proven);
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
            turn.show_on_further_devices(&said);
        }
        Input::Edited(member, words) => turn.edited(member, words),
        Input::TakenAway(member, words) => turn.words_taken_away(member, words),
        Input::Wordless(member) => turn.wordless(member),
        Input::Unreadable(member) => {
            turn.tell(member, Say::Unreadable);
        }
        Input::LeftOut(member, what) => {
            turn.tell(member, NotTaken::LeftOut(what));
        }
        Input::CameIn(introduction, member) => turn.moved(introduction, member, Happening::Joined),
        Input::WentOut(introduction, member) => turn.moved(introduction, member, Happening::Left),
        Input::Performed(act, performed) => turn.performed(&act, performed),
        Input::Unsaid(member, message) => turn.unsaid(member, message),
        Input::Due(timer) => turn.due(timer),
        Input::WentBack(to) => turn.announce(DomainEvent::WentBack(to)),
        Input::Tidy => {
            turn.tidy();
            turn.tidy_enquiries();
        }
        Input::Rooms => turn.rooms(),
        Input::AuditHead(room, head) => turn.post_head(&room, head),
        Input::Intruded(who) => turn.tell_of_third(&who),
        Input::InRoom(room, happened) => turn.in_room(room, happened),
    }
    turn.step.changes = turn.state.take_changes();
    turn.step
}

impl Turn<'_> {
    /// Brings what waits for somebody's answer to a device of theirs that was not there when it was said: the one that they
    /// write from, or one that was just confirmed.
    fn show_on_further_devices(&mut self, said: &Said) {
        let confirmed = self.step.devices.iter().filter(|(_, word)| matches!(word, DeviceWord::IsTheirs(_)));
        let confirmed = confirmed.map(|(member, _)| *member);
        let writers = said.from_further_device.then_some(said.member);
        let members: BTreeSet<MemberId> = confirmed.chain(writers).collect();
        for member in members {
            self.say_once_more(member);
        }
    }

    pub(crate) fn said(&mut self, said: &Said) {
        let Some(member) = self.state.member(said.member) else { return };
        // The state of the conversation comes before the grammar: it says whether the words are a command at all.
        let meant = meaning(&expectations(&member.dialogue, said), said, self.understood(member, said));
        let meant = self.phrased(&member.dialogue, said, meant);
        let row = meant.row();
        if let Some(refusal) = refusal(member, &row) {
            let waits = self.still_waits(said.member).filter(|_| refusal == Joining::NotVerified.into());
            self.tell(said.member, waits.map_or(refusal, Say::from));
            return;
        }
        if let Some(first) = self.needs_agreement(member, &row) {
            return self.agree_first(said, &meant, first);
        }
        if let Some(offers) = self.switched_off(&row) {
            self.tell(said.member, Cards::NotOffered { offers });
            return;
        }
        self.note_activity(said.member);
        self.forget_choices(said.member, &row);
        self.note_miss(said.member, matches!(meant, Meant::Command(Command::Text(_)) | Meant::Draft(_)));
        match meant {
            Meant::Command(command) => self.dispatch(said, command),
            Meant::Draft(text) => self.draft_text(said, &text),
            Meant::Reply => self.unclear_reply(said),
            Meant::Enquiry(id) => self.answer_enquiry(said, id, said.text()),
            Meant::ToStaff(after) => self.ask_staff_more(said.member, said.text(), after),
            Meant::Reflection(what) => self.reflects(said, what),
            Meant::Event(words) => self.words_for_event(said, &words),
            Meant::Meeting(number) => self.tell_of_meeting_in_words(said, number),
        }
    }

    /// The command as which a member's words are read.
    fn understood(&self, member: &Member, said: &Said) -> Command {
        let mut mentioned = said.mentions.iter().filter(|who| **who != self.settings.porter);
        let only = mentioned.next().filter(|_| mentioned.next().is_none());
        let spelled_out = only.and_then(|who| mentioned::spelled_out(&said.text, who));
        let command = command::read(spelled_out.as_deref().unwrap_or(&said.text));
        let is_code = matches!(command, Command::People(PeopleCommand::Code(_)));
        let has_digit = said.text.chars().any(|c| c.is_ascii_digit());
        // A visitor is expected to give a code. Three short words of a member's are words.
        if is_code && !has_digit && member.person.role != Role::Unverified {
            return Command::Text(clean_text(&said.text));
        }
        // Somebody who writes nothing is back from a pause.
        if command == RequestCommand::Back.into() && member.dialogue.draft.is_none() {
            return Command::Text(clean_text(&said.text));
        }
        if let Some(times) = self.times_meant(said, &command) {
            return times;
        }
        if let Some(yes) = self.yes_with_times(said, &command) {
            return yes;
        }
        if let Command::Arranging(arranging) = &command
            && !self.is_about_meeting(said, arranging)
        {
            return Command::Text(clean_text(&said.text));
        }
        // Somebody who has talked with nobody here only says thanks.
        if command == InterviewCommand::ThankYou.into()
            && self.last_met(said.member).is_none()
            && plain_words(&said.text).len() == 1
        {
            return Command::Closing;
        }
        if matches!(command, Command::Answer { answer: Answer::Missed(_), .. }) && self.last_met(said.member).is_none()
        {
            return Command::Text(clean_text(&said.text));
        }
        if let Command::Room(RoomCommand::Leave(room)) = &command
            && let Some(number) = self.line_left(said, room)
        {
            return DeskCommand::PutBack(Some(number)).into();
        }
        let Command::People(PeopleCommand::BlockCalled(name)) = &command else { return command };
        if let Some(address) = self.on_own_server(name) {
            return PeopleCommand::BlockAddress(address).into();
        }
        match self.other_called(said, name) {
            Some(Called::Sender(number)) => Command::Answer { number: Some(number), answer: Answer::Block },
            Some(Called::Met(address)) => PeopleCommand::BlockAddress(address).into(),
            None => command,
        }
    }

    /// A member of staff declines a proposal, with words for the proposer.
    fn decline_in_words(&mut self, said: &Said, number: Option<u32>, because: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        let Some(words) = self.words_of_staff(said, because) else { return };
        if let Some(by) = self.decide(said, number, false).filter(|by| *by != said.member) {
            self.pass_on(said, by, words, &[]);
        }
    }

    fn dispatch(&mut self, said: &Said, command: Command) {
        match command {
            Command::Help => self.help(said.member),
            Command::Greeting => self.greet(said),
            Command::Stop { plainly } => self.stop(said, plainly),
            Command::Explain(topic) => self.explain(said.member, topic),
            Command::Closing => self.closing(said),
            Command::Answer { number, answer } => self.answer(said, number, answer),
            Command::Request(command) => self.request_command(said, command),
            Command::People(command) => self.people_command(said, command),
            Command::Mentors(command) => self.mentors_command(said, command),
            Command::Profile(profile) => self.profile(said, profile),
            Command::Rights(command) => self.rights_command(said, command),
            // "Decline" is a no where somebody was asked, and has nothing to decide.
            Command::Room(RoomCommand::Decide { number, approve: false, because })
                if !self.role(said.member).is_some_and(Role::is_staff) =>
            {
                let answer = if because.is_empty() { Answer::No } else { Answer::NoBecause(because) };
                self.answer(said, number, answer);
            }
            Command::Room(RoomCommand::Decide { number, approve: false, because }) if !because.is_empty() => {
                self.decline_in_words(said, number, &because);
            }
            Command::Room(RoomCommand::Decide { number: None, approve: true, .. })
                if !self.role(said.member).is_some_and(Role::is_staff) =>
            {
                self.answer(said, None, Answer::Unclear);
            }
            Command::Room(command) => self.room_command(said, command),
            Command::Moderation(command) => self.moderation(said, command),
            // Somebody else asks by the same words what waits for them.
            Command::Desk(DeskCommand::Desk { plainly: false })
                if !self.role(said.member).is_some_and(Role::is_staff) =>
            {
                self.request_command(said, RequestCommand::Requests);
            }
            Command::Desk(command) => self.desk_command(said, &command),
            Command::Events(command) => self.events_command(said, command),
            Command::Interview(command) => self.interview_command(said, command),
            Command::Arranging(command) => self.arranging_command(said, &command),
            Command::Notes(command) => self.notes_command(said, &command),
            Command::Text(text) => self.not_understood(said, &text),
        }
    }

    /// Words in reply to one of the porter's messages, that are no answer.
    fn unclear_reply(&mut self, said: &Said) {
        match self.prompt_meant(said, None, Kind::Meet) {
            Ok(meant) => self.tell_about(said.member, meant.number, Say::AnswerUnclear),
            Err(why) => self.not_taken(said, if why == Say::NotTaken(NotTaken::Early) { why } else { Say::TooLate }),
        }
    }

    /// Lists the commands that somebody of this role can use.
    pub(crate) fn help(&mut self, member: MemberId) {
        let Some(role) = self.role(member) else { return };
        let say = match role {
            Role::Unverified => {
                let visitor = || Joining::VisitorHelp { service: self.settings.service.clone() };
                self.still_waits(member).unwrap_or_else(visitor).into()
            }
            Role::Student | Role::Alumnus | Role::Employer | Role::Staff | Role::Intern | Role::Administrator => {
                Say::Help { offers: self.settings.offers, role }
            }
        };
        self.tell(member, say);
    }

    /// The offers of the service, where a command needs something that is none of them.
    pub(crate) fn switched_off(&self, row: &Row) -> Option<Offers> {
        let offers = self.settings.offers;
        let lacks = |it: &Trait| matches!(it, Trait::Needs(feature) if !offers.has(*feature));
        row.traits.iter().any(lacks).then_some(offers)
    }

    /// Somebody would like to stay in the mentors' list. Any words of theirs are enough.
    pub(crate) fn stay(&mut self, member: MemberId) {
        let listed = self.state.member(member).is_some_and(Member::is_listed);
        self.tell(member, if listed { Say::from(Cards::StillListed) } else { Unfit::NotListed.into() });
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
}

/// The reason why somebody cannot use a command now, by what they are here. Their rights do not depend on it.
fn refusal(member: &Member, row: &Row) -> Option<Say> {
    match (member.standing, member.person.role) {
        (Standing::Leaving(by), _) => Some(Say::Rights(Rights::Forgetting { by })),
        (Standing::Ended, _) => (!row.is(Trait::Former)).then_some(Say::Rights(Rights::NoLongerMember)),
        (Standing::Current, Role::Unverified) => (!row.is(Trait::Visitors)).then(|| Joining::NotVerified.into()),
        (Standing::Current, role) => (!role.takes_part() && !row.is(Trait::Bystanders)).then_some(Say::TakesNoPart),
    }
}
