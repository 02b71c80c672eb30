//! The meaning of somebody's next words, by what they are expected to be.
//!
//! The expectations stand in an order, and the first that takes the words decides. Words that none takes are the command as
//! which they are read. A new guided dialogue is one more expectation.

use crate::command::row::Row;
use crate::command::{Answer, Command, MentorsCommand, Profile};
use crate::dialogue::{Asked, Dialogue, Draft, Question};
use crate::input::{Reply, Said};

/// A command about the mentors' list or a card has no more words than this.
const COMMAND_WORDS_MAX: usize = 8;

/// Something that a member's next words may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation<'a> {
    /// The answer to the question about their request that they reply to, by its number.
    Question(u32),
    /// Something about the message that they reply to.
    Reply,
    /// The next part of the draft.
    Draft(&'a Draft, &'a Dialogue),
}

/// The meaning of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This command.
    Command(Command),
    /// Something about the message replied to that is not understood.
    Reply,
    /// The next part of the draft.
    Draft {
        /// The words.
        text: String,
        /// Whether they read like a command.
        like_command: bool,
    },
}

/// All that these words may be, in the order in which it is considered:
///
/// 1. A question that is replied to takes words of any kind, so it comes before all that takes fewer.
/// 2. Words in reply to one person do not become part of a request to another, so a reply comes before the draft.
/// 3. The draft takes what is left.
pub fn expectations<'a>(dialogue: &'a Dialogue, said: &Said) -> Vec<Expectation<'a>> {
    let replied = if let Reply::To(message) = said.reply { Some(message) } else { None };
    let mut prompts = dialogue.prompts.iter().filter(|(_, prompt)| matches!(prompt.question, Question::Tell { .. }));
    let question = prompts.find(|(_, prompt)| replied.is_some_and(|message| prompt.asked.contains(&message)));
    let question = question.map(|(number, _)| Expectation::Question(*number));
    let reply = replied.map(|_| Expectation::Reply);
    let draft = dialogue.draft.as_ref().map(|draft| Expectation::Draft(draft, dialogue));
    question.into_iter().chain(reply).chain(draft).collect()
}

/// The meaning of words that are read as this command, by the first of the expectations that takes them.
pub fn meaning(expectations: &[Expectation<'_>], said: &Said, command: Command) -> Meant {
    let meant = expectations.iter().find_map(|expectation| expectation.take(said, &command));
    meant.unwrap_or(Meant::Command(command))
}

impl Expectation<'_> {
    fn take(&self, said: &Said, command: &Command) -> Option<Meant> {
        match (self, command) {
            (Self::Question(_), Command::Answer { answer: Answer::Tell(_), .. }) => None,
            (Self::Question(number), Command::Text(_) | Command::Answer { number: None, .. }) => {
                let answer = Answer::Tell(said.text.clone());
                Some(Meant::Command(Command::Answer { number: Some(*number), answer }))
            }
            (Self::Reply, Command::Text(_)) => Some(Meant::Reply),
            (Self::Draft(..), Command::Text(text)) => Some(Meant::Draft { text: text.clone(), like_command: false }),
            (Self::Draft(draft, dialogue), _) if is_for_draft(draft, dialogue, said, command) => {
                Some(Meant::Draft { text: said.text.trim().to_owned(), like_command: true })
            }
            _ => None,
        }
    }
}

/// Whether these words, which read like a command, are what the draft's question asked for.
fn is_for_draft(draft: &Draft, dialogue: &Dialogue, said: &Said, command: &Command) -> bool {
    let nothing_open = dialogue.prompts.is_empty();
    match (draft, command) {
        // "No" to "do you know each other?" is not a no to somebody's request, unless that was brought since; nor is it where
        // the question is replied to, or answered in a thread, as long as no request is open.
        (Draft::KnownHow { .. }, Command::Answer { number: None, answer }) => match said.reply {
            Reply::None => !matches!(dialogue.asked_last(&said.before), Some(Asked::Prompt(_))),
            // Words for the one who had asked something there are not for the one to whom they are writing now.
            Reply::Elsewhere => !answer.is_for_another() && nothing_open,
            Reply::To(_) => false,
        },
        // A message that begins like an answer, while nothing is open that it could answer.
        (Draft::Message { .. }, Command::Answer { number: None, answer }) => match said.reply {
            Reply::None => nothing_open,
            Reply::Elsewhere => !answer.is_for_another() && nothing_open,
            Reply::To(_) => false,
        },
        // A message that begins with "mentors" or "profile", and goes on as no command does.
        (
            Draft::Message { .. },
            Command::Mentors(MentorsCommand::Find(Some(_))) | Command::Profile(Profile::Unclear(_)),
        ) => said.text.split_whitespace().count() > COMMAND_WORDS_MAX,
        _ => false,
    }
}

impl Meant {
    /// The row of the command that this is or takes the place of; none where words only read like one.
    pub fn row(&self) -> Option<Row> {
        match self {
            Self::Command(command) => Some(command.row()),
            Self::Reply | Self::Draft { like_command: false, .. } => Some(Command::Text(String::new()).row()),
            Self::Draft { like_command: true, .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{RequestCommand, read};
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
        Draft::Message { named, purpose, known_how: None }
    }

    fn said(text: &str, reply: Reply) -> Said {
        let (member, words) = (MemberId::from_bytes([5; 16]), WordsId::from_bytes([6; 16]));
        let (before, mentions, proof) = (Before::default(), vec![], Proof::Proven);
        Said { member, words, text: text.to_owned(), reply, before, mentions, proof }
    }

    fn meant(dialogue: &Dialogue, said: &Said) -> Meant {
        meaning(&expectations(dialogue, said), said, read(&said.text))
    }

    fn part(text: &str, like_command: bool) -> Meant {
        Meant::Draft { text: text.to_owned(), like_command }
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
        let long = "mentors like you helped me to find out what I would like to do";
        for (dialogue, text, reply, right) in [
            (&own, "Dear Alex", Reply::None, part("Dear Alex", false)),
            (&own, "send", Reply::To(QUESTION), Meant::Command(RequestCommand::Send.into())),
            (&own, "no", Reply::None, Meant::Command(read("no"))),
            (&free, "no because I moved", Reply::None, part("no because I moved", true)),
            (&free, "no because I moved", Reply::Elsewhere, Meant::Command(read("no because I moved"))),
            (&free, long, Reply::None, part(long, true)),
            (&free, "mentors in law", Reply::None, Meant::Command(read("mentors in law"))),
            (&known_how, "no", Reply::None, part("no", true)),
            (&known_how, "no", Reply::To(OTHER), Meant::Command(read("no"))),
            (&Dialogue::default(), "Dear Alex", Reply::None, Meant::Command(read("Dear Alex"))),
        ] {
            assert_eq!(meant(dialogue, &said(text, reply)), right, "{text} {reply:?}");
        }
    }
}
