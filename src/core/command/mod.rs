//! Reads words as a request. Forgiving about politeness, strict about consent.

mod answer;
pub(crate) mod clauses;
pub(crate) mod courtesy;
mod examples;
pub(crate) mod mentioned;
pub mod overheard;
pub mod phrases;
pub mod row;
pub mod wish;

use lodge_ground::link;

use crate::name::clean_text;
use crate::people::member::{Field, Fields};

pub use answer::Answer;

pub use crate::arranging::words::ArrangingCommand;
pub use crate::conduct::words::{About, ModerationCommand};
pub use crate::desk::words::DeskCommand;
pub use crate::events::words::EventsCommand;
pub use crate::interview::words::InterviewCommand;
pub(crate) use crate::introduction::words::answers::whole;
pub use crate::introduction::words::introducing::address_in;
pub use crate::introduction::words::own::{Chosen, RequestCommand};
pub use crate::mentors::words::{MentorsCommand, Profile};
pub use crate::notes::words::NotesCommand;
pub use crate::people::spoken::{Unread, Verify};
pub use crate::people::words::PeopleCommand;
pub use crate::rights::words::RightsCommand;
pub use crate::rooms::words::RoomCommand;

/// A request that somebody's words make, as far as the words alone tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// They ask what can be asked.
    Help,
    /// They greet, and say no more than that.
    Greeting,
    /// Something about rooms for many.
    Room(RoomCommand),
    /// Something about conduct in them.
    Moderation(ModerationCommand),
    /// Something about questions to the staff.
    Desk(DeskCommand),
    /// Something about events.
    Events(EventsCommand),
    /// A word for help with an information interview.
    Interview(InterviewCommand),
    /// Something about the time at which they meet somebody.
    Arranging(ArrangingCommand),
    /// Something about notes that they keep for themselves.
    Notes(NotesCommand),
    /// They ask something about their card.
    Profile(Profile),
    /// A word about requests of one's own.
    Request(RequestCommand),
    /// A word about joining, or about the requests that one is brought.
    People(PeopleCommand),
    /// A word about the mentors' list.
    Mentors(MentorsCommand),
    /// A word about what is kept about one.
    Rights(RightsCommand),
    /// They want something to stop.
    Stop {
        /// Whether they said just that, which is enough for a draft. Otherwise they are asked.
        plainly: bool,
    },
    /// They ask how something is here.
    Explain(Topic),
    /// Words by which people close a talk, such as "ok, thanks". They answer nothing.
    Closing,
    /// An answer to a prompt.
    Answer {
        /// The number of the prompt, if given.
        number: Option<u32>,
        /// The answer itself.
        answer: Answer,
    },
    /// Anything else: the answer to a question of the porter's, or not understood.
    Text(String),
}

row::rows! {
    Command {
        Self::Help => "help" [Visitors, KeepsList, Steers];
        Self::Greeting => "hello" [Visitors, KeepsList, Undocumented];
        Self::Stop { plainly: true } => "stop" [KeepsList, Steers, Undocumented];
        Self::Stop { .. } => "stop everything" [KeepsList, Undocumented];
        Self::Explain(Topic::Outcome) => "how it ends" [KeepsList, Undocumented];
        Self::Explain(Topic::Advice) => "an example" [KeepsList, Undocumented];
        Self::Explain(Topic::Language) => "other languages" [Visitors, KeepsList, Undocumented];
        Self::Explain(Topic::Trouble) => "something is wrong" [Visitors, Bystanders, Former, KeepsList, Undocumented];
        Self::Explain(Topic::Code) => "where is my code" [Visitors, Bystanders, Former, KeepsList, Undocumented];
        Self::Explain(Topic::HardTime) => "a hard time" [Visitors, Bystanders, Former, KeepsList, Undocumented];
        Self::Explain(Topic::Figures) => "the figures" [KeepsList, Undocumented];
        Self::Explain(Topic::Announcements) => "an announcement" [KeepsList, Undocumented];
        Self::Explain(Topic::Events) => "an event" [KeepsList, Undocumented];
        Self::Closing => "ok thanks" [Visitors, KeepsList, Undocumented];
        Self::Text(_) => "good morning everybody" [KeepsList, Undocumented];
    }
    of {
        Self::Request(command) => command: RequestCommand;
        Self::People(command) => command: PeopleCommand;
        Self::Mentors(command) => command: MentorsCommand;
        Self::Rights(command) => command: RightsCommand;
        Self::Room(command) => command: RoomCommand;
        Self::Moderation(command) => command: ModerationCommand;
        Self::Desk(command) => command: DeskCommand;
        Self::Events(command) => command: EventsCommand;
        Self::Interview(command) => command: InterviewCommand;
        Self::Arranging(command) => command: ArrangingCommand;
        Self::Notes(command) => command: NotesCommand;
        Self::Profile(profile) => profile: Profile;
        Self::Answer { answer, .. } => answer: Answer;
    }
}

/// Something that people ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The end of a request, and who hears what of it.
    Outcome,
    /// The words of a request.
    Advice,
    /// Other languages than the porter's.
    Language,
    /// Help with somebody's conduct, where nobody knows yet whose.
    Trouble,
    /// Somebody to turn to in a hard time.
    HardTime,
    /// The code of a letter by which they are let in.
    Code,
    /// For staff: figures of the service.
    Figures,
    /// For staff: words to many at once.
    Announcements,
    /// For staff: events.
    Events,
}

/// Reads a member's words.
pub fn read(raw: &str) -> Command {
    let clean = clean_text(raw);
    let text = link::bare_links(&clean);
    let (rest, greets) = courtesy::unaddressed(&text);
    // A thumb, or a smile, and nothing else.
    let smiles = || (rest.is_empty() && text.chars().any(is_picture)).then_some(Command::Closing);
    let read = grammar(rest).or_else(|| asked_kindly(rest)).or_else(|| greets.filter(|_| rest.is_empty()));
    let read = read.or_else(smiles);
    read.unwrap_or(Command::Text(clean))
}

/// Reads what stands behind "could you" and the like. That never is a consent, nor words for somebody else.
fn asked_kindly(text: &str) -> Option<Command> {
    let (rest, how) = courtesy::asked(text)?;
    let command = grammar(courtesy::unaddressed(rest).0)?;
    how.allows(&command).then_some(command)
}

/// Reads words that are nearly a command: one with a letter wrong in its first word, or a question how one is given.
/// Neither is a consent, or throws anything away.
pub(crate) fn roughly(text: &str) -> Option<Command> {
    let (text, _) = courtesy::unaddressed(text);
    if let Some((rest, courtesy::How::Wondering)) = courtesy::asked(text) {
        let command = grammar(courtesy::unaddressed(rest).0)?;
        let ends = matches!(
            command,
            Command::Request(RequestCommand::Withdraw(_) | RequestCommand::Cancel)
                | Command::People(PeopleCommand::Pause(_) | PeopleCommand::Limit(_))
                | Command::Profile(Profile::Unlist)
        );
        if matches!(command, Command::Room(RoomCommand::Join(_) | RoomCommand::Leave(_))) {
            return Some(Command::Room(RoomCommand::List));
        }
        let help = courtesy::How::Asking.allows(&command).then_some(Command::Help);
        return if ends { Some(Command::Stop { plainly: false }) } else { help };
    }
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let first = bare(first).to_lowercase();
    let verb = VERBS.iter().find(|verb| **verb != first && phrases::is_spelt(verb, &first))?;
    let command = grammar(&format!("{verb} {rest}"))?;
    courtesy::How::Asking.allows(&command).then_some(command)
}

/// First words of commands that people may spell with a letter wrong.
const VERBS: [&str; 22] = [
    "introduce",
    "mentors",
    "mentor",
    "requests",
    "drafts",
    "withdraw",
    "profile",
    "policy",
    "report",
    "block",
    "unblock",
    "pause",
    "limit",
    "resume",
    "again",
    "settings",
    "rooms",
    "forget",
    "unlist",
    "boundaries",
    "verify",
    "reports",
];

/// Reads words that have no courtesies before them; those behind them are passed over where the words need none.
fn grammar(text: &str) -> Option<Command> {
    let flat = text.to_lowercase().replace('\u{2019}', "'");
    let all: Vec<&str> = flat.split(divides).map(bare).filter(|w| is_word(w)).collect();
    let words = courtesy::without_thanks(&all);
    command(words, text).or_else(|| if words.len() < all.len() { command(&all, text) } else { None })
}

fn command(words: &[&str], text: &str) -> Option<Command> {
    general(words, text)
        .or_else(|| crate::desk::words::desk(words, text))
        .or_else(|| crate::events::words::events(words))
        .or_else(|| crate::interview::words::interview(words, text))
        .or_else(|| crate::arranging::words::arranging(words, text))
        .or_else(|| crate::notes::words::notes(words, text))
        .or_else(|| crate::introduction::words::own::own(words))
        .or_else(|| crate::rights::words::rights(words))
        .or_else(|| crate::people::words::receiving(words))
        .or_else(|| crate::people::words::joining(words, text))
        .or_else(|| crate::rooms::words::rooms(words, text))
        .or_else(|| crate::conduct::words::moderation(words, text))
        .or_else(|| crate::mentors::words::cards(words, text))
        .or_else(|| crate::introduction::words::own::fields_of_draft(words))
        .or_else(|| crate::introduction::words::answers::answer(words, text))
        .or_else(|| crate::introduction::words::answers::closes(words).then_some(Command::Closing))
        .or_else(|| crate::introduction::words::introducing::introduce(text))
}

/// Whether words divide here.
pub(crate) fn divides(c: char) -> bool {
    c.is_whitespace() || ",;\u{2014}\u{2026}".contains(c)
}

/// A word without the marks people put around it.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| is_mark(c) && c != '@' && c != '\'')
}

/// Whether this is a mark that people put around words or between them, or a picture.
pub(crate) fn is_mark(c: char) -> bool {
    let typographic = matches!(c, '\u{a1}' | '\u{ab}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2000}'..='\u{2bff}');
    let picture = matches!(c, '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    c.is_ascii_punctuation() || typographic || picture
}

/// Whether this is a picture, or a sign that is one.
fn is_picture(c: char) -> bool {
    is_mark(c) && matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether this holds more than marks and pictures.
fn is_word(word: &str) -> bool {
    !word.chars().all(is_mark)
}

/// The words of a text as they are compared where apostrophes do not matter: in small letters, without marks.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let flat = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words = flat.split(divides).map(bare).filter(|word| is_word(word));
    words.map(str::to_owned).collect()
}

/// Numbers as words, from one on.
pub(crate) const NUMBER_WORDS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A number of a list, as people say it: "2", "#2", "number 2", "the second one".
pub(crate) fn numbered(words: &str) -> Option<usize> {
    const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    let plain = plain_words(words);
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let word = match courtesy::without_thanks(&plain) {
        ["the" | "number" | "option", word] | ["the", word, "one"] | ["the", "number" | "option", word] => *word,
        [word, "one"] if ORDINALS.contains(word) => *word,
        [word] => *word,
        _ => return None,
    };
    let place = |among: &[&str]| among.iter().position(|one| *one == word).map(|at| at + 1);
    word.parse().ok().or_else(|| place(&ORDINALS)).or_else(|| place(&NUMBER_WORDS[..6]))
}

/// Words to the porter as such.
fn general(words: &[&str], text: &str) -> Option<Command> {
    let asks = text.starts_with('?') && text.chars().all(|c| "?! ".contains(c));
    Some(match words {
        _ if asks => Command::Help,
        ["help" | "menu" | "start" | "commands"] | ["help", "me"] => Command::Help,
        ["stop"] | ["stop", "it" | "this"] => Command::Stop { plainly: true },
        ["stop", "everything"] => Command::Stop { plainly: false },
        ["how", "it", "ends"] => Command::Explain(Topic::Outcome),
        ["an", "example"] | ["example"] => Command::Explain(Topic::Advice),
        ["where", "is", "my", "code"] => Command::Explain(Topic::Code),
        ["other", "languages"] => Command::Explain(Topic::Language),
        ["something", "is", "wrong"] => Command::Explain(Topic::Trouble),
        ["a", "hard", "time"] => Command::Explain(Topic::HardTime),
        ["the", "figures"] => Command::Explain(Topic::Figures),
        ["an", "announcement"] => Command::Explain(Topic::Announcements),
        ["an", "event"] => Command::Explain(Topic::Events),
        _ => return None,
    })
}

/// The fields that all these words name; `None` when one of them names none.
pub(crate) fn fields(words: &[&str]) -> Option<Fields> {
    let mut found = Fields::new();
    for word in words {
        match (Field::from_word(word), *word) {
            (Some(field), _) => {
                found.insert(field);
            }
            (None, "and" | "my" | "the" | "too" | "also" | "as" | "well") => {}
            (None, _) => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Address;

    fn alex() -> Address {
        Address::exact("@alex:example.org").unwrap()
    }

    #[test]
    fn an_introduction_is_understood_however_it_is_asked_for() {
        for text in [
            "introduce @alex:example.org",
            "Introduce me to @alex:example.org",
            "please introduce me to @Alex:example.org.",
            "Hi, I'd like to meet @alex:example.org",
            "I\u{2019}d like to meet @alex:example.org",
            "could you introduce me to https://matrix.to/#/@alex:example.org",
            "meet <@alex:example.org>",
            "introduce me to @ALEX:example.org",
            "introduce me to @Alex:Example.org",
        ] {
            let expected =
                Command::from(RequestCommand::Introduce { to: Some(Ok(alex())), purpose: None, message: None });
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn all_of_a_request_can_be_given_at_once() {
        let whole = |purpose: Option<&str>| {
            Command::from(RequestCommand::Introduce {
                to: Some(Ok(alex())),
                purpose: purpose.map(str::to_owned),
                message: Some("Dear Alex, may I ask you about law?".to_owned()),
            })
        };
        let message = "Dear Alex, may I ask you about law?";
        assert_eq!(
            read(&format!("introduce @alex:example.org for career advice: {message}")),
            whole(Some("career advice"))
        );
        assert_eq!(
            read(&format!("introduce @alex:example.org for career advice\n{message}")),
            whole(Some("career advice"))
        );
        assert_eq!(read(&format!("introduce @alex:example.org: {message}")), whole(None));
        assert_eq!(read("introduce"), RequestCommand::Introduce { to: None, purpose: None, message: None }.into());
        let wrong =
            Command::from(RequestCommand::Introduce { to: Some(Err("alex".to_owned())), purpose: None, message: None });
        assert_eq!(read("introduce alex"), wrong);
    }

    #[test]
    fn one_word_answers_are_enough() {
        let yes = |number| Command::Answer { number, answer: Answer::Yes(Fields::new()) };
        let no = |number| Command::Answer { number, answer: Answer::No };
        for text in [
            "yes",
            "Yes.",
            "y",
            "sure!",
            "yes please",
            "Yes, of course",
            "Yes, happy to",
            "absolutely",
            "Of course!",
            "happy to",
            "Happy to chat",
            "go ahead",
            "sounds good",
            "Yes \u{1f60a}",
            "yes \u{1f44d}",
            "ok yes",
            "ok great, yes",
            "Yes \u{2014} happy to",
            "\u{201c}Yes\u{201d}",
            "yes\u{2026}",
            "yes, that's fine",
            "sure, happy to help",
            "yes no problem",
            "Yes I would love to",
        ] {
            assert_eq!(read(text), yes(None), "{text}");
        }
        for text in
            ["no", "No.", "nope", "nah", "no thanks", "No, thank you.", "no, sorry", "sorry, no", "oops, I meant no"]
        {
            assert_eq!(read(text), no(None), "{text}");
        }
        for text in ["yes 2", "2 yes", "2: yes", "#2 yes"] {
            assert_eq!(read(text), yes(Some(2)), "{text}");
        }
        assert_eq!(read("no 3"), no(Some(3)));
    }

    #[test]
    fn a_word_that_closes_a_talk_is_no_yes() {
        for text in
            ["ok", "OK", "okay", "k", "thanks", "Thank you so much!", "ok thanks", "ok, thanks", "fine", "got it"]
        {
            assert_eq!(read(text), Command::Closing, "{text}");
        }
    }

    #[test]
    fn c14_a_yes_names_the_fields_it_adds() {
        for text in ["yes with email", "Yes, with my email", "yes and e-mail", "yes and my email please"] {
            let with_email = Answer::Yes(Fields::from([Field::Email]));
            assert_eq!(read(text), Command::Answer { number: None, answer: with_email }, "{text}");
        }
        assert_eq!(read("add email and phone"), RequestCommand::Add(Fields::from([Field::Email, Field::Phone])).into());
        assert_eq!(read("hide my phone"), RequestCommand::Hide(Fields::from([Field::Phone])).into());
    }

    #[test]
    fn what_could_turn_an_answer_round_is_no_answer() {
        for text in [
            "yes but not this month",
            "no problem, happy to",
            "yes with my sister",
            "ok yes but later",
            "no no yes",
            "maybe",
        ] {
            assert_eq!(read(text), Command::Answer { number: None, answer: Answer::Unclear }, "{text}");
        }
        for text in ["yesterday I wrote", "know", "noted down", "not sure"] {
            assert_eq!(read(text), Command::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_other_commands() {
        for (text, command) in [
            ("help", Command::Help),
            ("?", Command::Help),
            ("help me", Command::Help),
            ("Hello!", Command::Greeting),
            ("send", RequestCommand::Send.into()),
            ("**send**", RequestCommand::Send.into()),
            ("Cancel", RequestCommand::Cancel.into()),
            ("change the message", RequestCommand::Change.into()),
            ("my requests", RequestCommand::Requests.into()),
            ("again", RequestCommand::Again.into()),
        ] {
            assert_eq!(read(text), command, "{text}");
        }
    }
}
