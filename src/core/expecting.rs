//! The meaning of somebody's next words, by what they are expected to be.
//!
//! The expectations stand in an order, and the first that takes the words decides. Words that none takes are the command as
//! which they are read. A new guided dialogue is one more expectation.

use crate::command::row::{Row, Trait};
use crate::command::{
    Answer, ArrangingCommand, Command, DeskCommand, EventsCommand, InterviewCommand, MentorsCommand, ModerationCommand,
    NotesCommand, PeopleCommand, Profile, RequestCommand, plain_words,
};
use crate::dialogue::{Asked, Asks, Dialogue, Draft, Prompt, Question};
use crate::events::making::Making;
use crate::id::EnquiryId;
use crate::input::{Reply, Said};
use crate::notes::reflection::Reflecting;
use crate::notes::words::{Move, moves};

/// Something that a member's next words may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation<'a> {
    /// The answer to the question about their request that they reply to, by its number.
    Question(u32),
    /// The answer to somebody's question that they were brought, as a member of staff, and reply to.
    Enquiry(EnquiryId),
    /// More to the staff, whose answer to this question they reply to. Some answers are to none.
    ToStaff(Option<EnquiryId>),
    /// Something about the message that they reply to.
    Reply,
    /// The words that they would like to be passed on to the staff.
    Staff,
    /// The answer to a question of the reflection that they have begun.
    Reflection(&'a Reflecting, &'a Dialogue),
    /// More of the questions for an information interview that were shown immediately before.
    Questions,
    /// More about the request that was brought last, while no list is shown of which there could be more.
    Choices,
    /// The next part of the event that they are making.
    Event(&'a Making, &'a Dialogue),
    /// The next part of the draft.
    Draft(&'a Draft, &'a Dialogue),
    /// Their words on how a meeting went, to the question with this number.
    Meeting(u32),
}

/// The meaning of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This command.
    Command(Command),
    /// The answer to this question, which somebody had asked the staff.
    Enquiry(EnquiryId),
    /// A further question to the staff, after their answer to this one.
    ToStaff(Option<EnquiryId>),
    /// Something about the message replied to that is not understood.
    Reply,
    /// The next part of the event that they are making.
    Event(String),
    /// The next part of the draft.
    Draft(String),
    /// A move in the reflection that they have begun.
    Reflection(Move),
    /// Their words on how a meeting went, to the question with this number.
    Meeting(u32),
}

/// All that these words may be, in the order in which it is considered:
///
/// 1. A question that is replied to takes words of any kind, so it comes before all that takes fewer. So does a question
///    that somebody asked the staff, and an answer of the staff.
/// 2. Words in reply to one person do not become part of a request to another, so a reply comes before the draft.
/// 3. Words for the staff are asked for at once, so they come before a draft that is older.
/// 4. A reflection takes words of any kind while its question is the last thing said. Whoever is asked one has not begun a draft
///    since, so it comes before that.
/// 5. Whoever was shown questions can ask for more of them, and whoever was asked something for more about it.
/// 6. An event that somebody makes takes words of any kind while it was asked about last.
/// 7. The draft takes what is left.
/// 8. Words of no other use may tell how a meeting went, where that was asked last.
pub fn expectations<'a>(dialogue: &'a Dialogue, said: &Said) -> Vec<Expectation<'a>> {
    let replied = if let Reply::To(message) = said.reply { Some(message) } else { None };
    let mut prompts = dialogue.prompts.iter().filter(|(_, prompt)| matches!(prompt.question, Question::Tell { .. }));
    let question = prompts.find(|(_, prompt)| replied.is_some_and(|message| prompt.asked.contains(&message)));
    let question = question.map(|(number, _)| Expectation::Question(*number));
    let enquiry = replied.and_then(|message| dialogue.tray.brought_by(message)).map(Expectation::Enquiry);
    let staff_said = dialogue.staff_said.iter().find(|said| replied == Some(said.message));
    let to_staff = staff_said.map(|said| Expectation::ToStaff(said.answers));
    let meeting = meeting_asked(dialogue, said).map(Expectation::Meeting);
    let reflecting = dialogue.reflecting.as_ref();
    let reflected = reflecting.filter(|one| replied.map_or(!one.saved, |message| one.asked_by(message).is_some()));
    let makes = asked_about_event(dialogue, said);
    let reply = replied.filter(|_| reflected.is_none() && meeting.is_none() && !makes).map(|_| Expectation::Reply);
    let reflection = reflected.map(|reflecting| Expectation::Reflection(reflecting, dialogue));
    let shown = dialogue.reading.as_ref().map(|reading| reading.message);
    let reads = shown.is_some() && (said.before.last() == shown || replied == shown);
    let questions = reads.then_some(Expectation::Questions);
    let event = dialogue.making.as_ref().map(|making| Expectation::Event(making, dialogue));
    let draft = dialogue.draft.as_ref().map(|draft| Expectation::Draft(draft, dialogue));
    let for_staff = replied.is_none() && dialogue.asked_last(&said.before) == Some(Asked::Other(Asks::Staff));
    let staff = for_staff.then_some(Expectation::Staff);
    let asked = matches!(dialogue.asked_last(&said.before), Some(Asked::Prompt(_)));
    let open = dialogue.browsing.is_none() && dialogue.prompts.values().any(Prompt::is_open_request);
    let [choices, others] = [asked, open].map(|is_so| is_so.then_some(Expectation::Choices));
    let about_replied = question.into_iter().chain(enquiry).chain(to_staff).chain(reply);
    about_replied
        .chain(staff)
        .chain(reflection)
        .chain(questions)
        .chain(choices)
        .chain(event)
        .chain(draft)
        .chain(others)
        .chain(meeting)
        .collect()
}

/// The number of the question how a meeting went that these words reply to, or that was the last thing said before them.
fn meeting_asked(dialogue: &Dialogue, said: &Said) -> Option<u32> {
    let asked = match said.reply {
        Reply::To(message) => dialogue.asked_by(message),
        Reply::None => dialogue.asked_last(&said.before),
        Reply::Elsewhere => None,
    };
    let Some(Asked::Prompt(number)) = asked else { return None };
    dialogue.prompts.get(&number).filter(|prompt| prompt.question == Question::HowWasIt).map(|_| number)
}

/// The meaning of words that are read as this command, by the first of the expectations that takes them.
pub fn meaning(expectations: &[Expectation<'_>], said: &Said, command: Command) -> Meant {
    let meant = expectations.iter().find_map(|expectation| expectation.take(said, &command));
    meant.unwrap_or(Meant::Command(command))
}

impl Expectation<'_> {
    fn take(&self, said: &Said, command: &Command) -> Option<Meant> {
        match self {
            Self::Question(number) => is_carried(command).then(|| {
                let answer = Answer::Tell(said.text.clone());
                Meant::Command(Command::Answer { number: Some(*number), answer })
            }),
            Self::Enquiry(id) => (!is_for_porter(command)).then_some(Meant::Enquiry(*id)),
            Self::ToStaff(after) => is_for_staff(command, &said.text).then_some(Meant::ToStaff(*after)),
            Self::Staff => {
                let Command::Text(words) = command else { return None };
                Some(Meant::Command(PeopleCommand::AskStaff(words.clone()).into()))
            }
            Self::Questions => (*command == Command::Mentors(MentorsCommand::More))
                .then(|| Meant::Command(InterviewCommand::MoreQuestions.into())),
            Self::Choices => (*command == Command::Mentors(MentorsCommand::More))
                .then(|| Meant::Command(RequestCommand::Choices.into())),
            Self::Reflection(reflecting, dialogue) => is_for_reflection(reflecting, dialogue, said, command)
                .then(|| Meant::Reflection(moves(&said.text, command))),
            Self::Meeting(number) => matches!(command, Command::Text(_)).then_some(Meant::Meeting(*number)),
            Self::Reply => matches!(command, Command::Text(_)).then_some(Meant::Reply),
            Self::Event(making, dialogue) => {
                is_for_event(making, dialogue, said, command).then(|| Meant::Event(said.text.clone()))
            }
            Self::Draft(draft, dialogue) => {
                is_for_draft(draft, dialogue, said, command).then(|| Meant::Draft(said.text.trim().to_owned()))
            }
        }
    }
}

/// Whether words in reply to a question are its answer: all are but those by which somebody names it themselves, asks for
/// help, or looks after themselves.
fn is_carried(command: &Command) -> bool {
    let named = matches!(
        command,
        Command::Help
            | Command::Request(RequestCommand::Cancel)
            | Command::Answer { number: Some(_), .. }
            | Command::Answer { answer: Answer::Tell(_), .. }
    );
    !named && !is_safety(command)
}

/// Whether words in reply to a question to the staff are for the porter all the same: they ask for help, let go of something,
/// or name the person whom they are about, as the message that brings the question says.
fn is_for_porter(command: &Command) -> bool {
    matches!(
        command,
        Command::Help
            | Command::Request(RequestCommand::Cancel)
            | Command::People(PeopleCommand::Tell(..) | PeopleCommand::Verify(_))
            | Command::Desk(
                DeskCommand::Tell(..) | DeskCommand::Take(None) | DeskCommand::PutBack(None) | DeskCommand::Done(_)
            )
    )
}

/// Whether words in reply to an answer of the staff are for them: all are but thanks, and those by which somebody asks the
/// porter for help, names something else, or looks after themselves.
fn is_for_staff(command: &Command, text: &str) -> bool {
    let for_porter = matches!(
        command,
        Command::Help
            | Command::Request(RequestCommand::Cancel)
            | Command::Answer { number: Some(_), .. }
            | Command::People(PeopleCommand::AskStaff(_))
            | Command::Desk(DeskCommand::TakeBack)
    );
    let is_thanks = |word: &String| word.starts_with("thank") || ["thx", "cheers", "ta"].contains(&word.as_str());
    let thanks = *command == Command::Closing && plain_words(text).iter().any(is_thanks);
    !for_porter && !thanks && !is_safety(command)
}

/// Whether these words are what the draft's question asked for. Where it asked for words of their own, all are but the few
/// that steer a draft, and those that somebody needs at once.
fn is_for_draft(draft: &Draft, dialogue: &Dialogue, said: &Said, command: &Command) -> bool {
    match draft {
        // Somebody who asks whom they write to hears it.
        Draft::KnownHow { .. } if *command == Command::People(PeopleCommand::About) => false,
        Draft::KnownHow { .. } | Draft::Message { .. } | Draft::Plan(_) => {
            let steers = command.row().is(Trait::Steers) || is_safety(command);
            !steers && !answers_another(dialogue, said, command)
        }
        Draft::Whom(_) | Draft::WhatFor { .. } | Draft::Ready(_) => matches!(command, Command::Text(_)),
    }
}

/// Whether the event that somebody is making was asked about last, or in the message that these words reply to.
fn asked_about_event(dialogue: &Dialogue, said: &Said) -> bool {
    let asked = match said.reply {
        Reply::To(message) => dialogue.asked_by(message),
        Reply::None => dialogue.asked_last(&said.before),
        Reply::Elsewhere => None,
    };
    asked == Some(Asked::Other(Asks::Making))
}

/// Whether these words are a part of the event that somebody is making. Those that follow its question are, but for the few that
/// name something else; later, words that are no command are, unless a request is being written.
fn is_for_event(making: &Making, dialogue: &Dialogue, said: &Said, command: &Command) -> bool {
    let named = |number: &u32| dialogue.prompts.contains_key(number);
    // An event may well be called "Events in law".
    let is_title = making.asks.is_some() && matches!(command, Command::Events(EventsCommand::List(_)));
    let names_another = matches!(command, Command::Answer { number: Some(number), .. } if named(number))
        || matches!(command, Command::Help | Command::Events(_) | Command::Desk(_))
        || matches!(command, Command::People(PeopleCommand::Approve(_) | PeopleCommand::Organisations))
        || is_safety(command);
    let later = dialogue.draft.is_none() && said.reply == Reply::None && matches!(command, Command::Text(_));
    (is_title || !names_another) && (later || asked_about_event(dialogue, said))
}

/// Whether these words are about the question of a reflection: all are that follow it, but those that somebody needs at once or
/// that name something else. Where anything was said since, only words that are no command can be.
fn is_for_reflection(reflecting: &Reflecting, dialogue: &Dialogue, said: &Said, command: &Command) -> bool {
    let replies = matches!(said.reply, Reply::To(_));
    if is_safety(command) || (!replies && answers_another(dialogue, said, command)) {
        return false;
    }
    let last = said.before.last();
    let is_asked_last = last.is_some_and(|message| reflecting.asked_by(message).is_some());
    let asks_nothing = || last.is_none_or(|message| dialogue.asked_by(message).is_none());
    replies || is_asked_last || (matches!(command, Command::Text(_)) && asks_nothing())
}

/// Whether these words answer something else, which was asked after the draft's question, or which they name.
fn answers_another(dialogue: &Dialogue, said: &Said, command: &Command) -> bool {
    let named = |number: &u32| dialogue.prompts.contains_key(number);
    let last = dialogue.asked_last(&said.before).filter(|last| *last != Asked::Other(Asks::Draft));
    match (command, said.reply) {
        (Command::Answer { number: Some(number), .. }, _) if named(number) => true,
        (
            Command::Answer { .. } | Command::Closing | Command::Arranging(ArrangingCommand::Times { .. }),
            Reply::To(_),
        ) => true,
        // Words for the one who had asked something there are not for the one to whom they are writing now.
        (Command::Answer { answer, .. }, Reply::Elsewhere) => answer.is_for_another() || !dialogue.prompts.is_empty(),
        (
            Command::Answer { .. }
            | Command::Closing
            | Command::Moderation(ModerationCommand::TakeAway)
            | Command::Mentors(MentorsCommand::Stay)
            | Command::Arranging(ArrangingCommand::Times { .. })
            | Command::Profile(Profile::List { .. })
            | Command::People(PeopleCommand::Agree | PeopleCommand::OwnDevice(Some(_))),
            Reply::None,
        ) => last.is_some(),
        _ => false,
    }
}

/// Whether somebody looks after themselves with these words, which are nothing but that: they are never taken for others.
fn is_safety(command: &Command) -> bool {
    let reports = matches!(command, Command::Answer { answer: Answer::Report(words), .. } if words.is_empty());
    reports || command.row().is(Trait::AtOnce)
}

impl Meant {
    /// The row of the command that this is or takes the place of.
    pub fn row(&self) -> Row {
        match self {
            Self::Command(command) => command.row(),
            Self::ToStaff(_) => Command::from(PeopleCommand::AskStaff(String::new())).row(),
            Self::Reflection(_) => Command::from(NotesCommand::Reflect(None)).row(),
            Self::Event(_) => Command::from(EventsCommand::Announce).row(),
            Self::Reply | Self::Enquiry(_) | Self::Draft(_) | Self::Meeting(_) => Command::Text(String::new()).row(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;
    use crate::dialogue::{Given, Prompt};
    use crate::id::{EffectId, IntroductionId, MemberId, PromptId, WordsId};
    use crate::input::{Before, Proof};
    use crate::name::Address;
    use crate::policy::PurposeId;

    const QUESTION: EffectId = EffectId::from_bytes([1; 16]);
    const OTHER: EffectId = EffectId::from_bytes([2; 16]);

    /// Somebody who writes a request, and was asked a question about another.
    fn dialogue(draft: Draft) -> Dialogue {
        let (id, introduction) = (PromptId::from_bytes([3; 16]), IntroductionId::from_bytes([4; 16]));
        let question = Question::Tell { place: 0 };
        let mut prompt = Prompt { id, introduction, asked: <_>::default(), question };
        prompt.asked_by(QUESTION, true);
        let mut dialogue = Dialogue::default();
        (dialogue.draft, dialogue.prompts) = (Some(draft), [(4, prompt)].into());
        dialogue
    }

    fn message() -> Draft {
        let (named, purpose) = (Address::exact("@alex:example.org").unwrap().into(), PurposeId::new("advice"));
        Draft::Message { named, purpose, known_how: None, ticked: None }
    }

    fn said(text: &str, reply: Reply) -> Said {
        let (member, words) = (MemberId::from_bytes([5; 16]), WordsId::from_bytes([6; 16]));
        let (before, mentions, proof) = (Before::default(), vec![], Proof::Proven);
        Said { member, words, text: text.to_owned(), reply, before, mentions, proof, from_further_device: false }
    }

    fn meant(dialogue: &Dialogue, said: &Said) -> Meant {
        meaning(&expectations(dialogue, said), said, read(&said.text))
    }

    fn part(text: &str) -> Meant {
        Meant::Draft(text.to_owned())
    }

    fn told(text: &str) -> Meant {
        Meant::Command(Command::Answer { number: Some(4), answer: Answer::Tell(text.to_owned()) })
    }

    #[test]
    fn the_order_of_the_expectations_decides() {
        let own = dialogue(message());
        let answer = Command::Answer { number: Some(4), answer: Answer::Tell("the second".to_owned()) };
        // A question before a reply, and a reply before the draft.
        for (reply, right) in [(QUESTION, Meant::Command(answer)), (OTHER, Meant::Reply)] {
            let said = said("the second", Reply::To(reply));
            let mut order = expectations(&own, &said);
            assert_eq!(meaning(&order, &said, read(&said.text)), right);
            order.swap(0, 1);
            assert_ne!(meaning(&order, &said, read(&said.text)), right, "{order:?}");
        }
    }

    #[test]
    fn words_are_for_what_expects_them_and_commands_stay_commands() {
        let own = dialogue(message());
        let mut free = own.clone();
        free.prompts.clear();
        let Draft::Message { named, purpose, .. } = message() else { unreachable!() };
        let draft = Some(Draft::KnownHow { named, purpose, given: Given::default() });
        let mut known_how = free.clone();
        known_how.draft = draft;
        for (dialogue, text, reply, right) in [
            (&own, "Dear Alex", Reply::None, part("Dear Alex")),
            (&own, "send", Reply::To(QUESTION), told("send")),
            (&own, "withdraw", Reply::To(QUESTION), Meant::Command(read("withdraw"))),
            (&own, "no", Reply::None, part("no")),
            (&own, "no", Reply::Elsewhere, Meant::Command(read("no"))),
            (&own, "4 no", Reply::None, Meant::Command(read("4 no"))),
            (&own, "5 no", Reply::None, part("5 no")),
            (&free, "no because I moved", Reply::None, part("no because I moved")),
            (&free, "no because I moved", Reply::Elsewhere, Meant::Command(read("no because I moved"))),
            (&free, "mentors in law", Reply::None, part("mentors in law")),
            (&free, "help", Reply::None, Meant::Command(Command::Help)),
            (&free, "block @sam:example.org", Reply::None, Meant::Command(read("block @sam:example.org"))),
            (&known_how, "no", Reply::None, part("no")),
            (&known_how, "no", Reply::To(OTHER), Meant::Command(read("no"))),
            (&Dialogue::default(), "Dear Alex", Reply::None, Meant::Command(read("Dear Alex"))),
        ] {
            assert_eq!(meant(dialogue, &said(text, reply)), right, "{text} {reply:?}");
        }
    }
}
