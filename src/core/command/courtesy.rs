//! The courtesies around a request: a greeting, the porter's name, "could you", "please" and thanks.

use crate::command::{
    Answer, Command, DeskCommand, InterviewCommand, MentorsCommand, ModerationCommand, NotesCommand, PeopleCommand,
    Profile, RequestCommand, RightsCommand, RoomCommand, is_mark,
};
use crate::introduction::words::introducing::after_words;

/// Words by which somebody greets.
const GREETINGS: [&str; 23] = [
    "hey there",
    "how are you doing",
    "how are you",
    "hi there",
    "hello there",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    "hello again",
    "hope you are well",
    "hope you're well",
    "hope youre well",
    "hope ur well",
    "hope all is well",
    "hi again",
    "dear porter",
    "hello",
    "hiya",
    "hey",
    "hi",
    "greetings",
    "morning",
];

/// Words by which the porter is called, and a request is begun.
const CALLS: [&str; 7] = ["@porter", "the porter", "porter", "please", "pls", "plz", "kindly"];

/// Words by which somebody asks for something to be done.
const ASKING: [&str; 23] = [
    "i want to see",
    "id like to see",
    "can u",
    "could u",
    "let me see",
    "show me",
    "i would like you to",
    "i\u{2019}d like you to",
    "i'd like you to",
    "i want you to",
    "i would like to",
    "i\u{2019}d like to",
    "i'd like to",
    "id like to",
    "i want to",
    "i wish to",
    "i need to",
    "i wanna",
    "could you",
    "can you",
    "would you",
    "will you",
    "let me",
];

/// Words by which somebody asks whether, or how, something can be done.
const WONDERING: [&str; 13] = [
    "could i please see",
    "can i see",
    "could i see",
    "may i see",
    "can i have",
    "how do i",
    "how can i",
    "can i",
    "could i",
    "may i",
    "how to",
    "how would i",
    "where do i",
];

/// The way in which something was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// To be done.
    Asking,
    /// Whether it can be done, or how.
    Wondering,
}

/// The text behind a greeting and the porter's name, and the command that a greeting alone is.
pub(crate) fn unaddressed(text: &str) -> (&str, Option<Command>) {
    let mut rest = behind_marks(text);
    let mut greets = None;
    loop {
        if let Some(after) = GREETINGS.iter().find_map(|words| after_words(rest, words)) {
            greets = Some(Command::Greeting);
            rest = after;
        } else if let Some(after) = CALLS.iter().find_map(|words| after_words(rest, words)) {
            rest = after;
        } else {
            let rest = behind_marks(rest);
            // A greeting's own question mark asks nothing.
            return (if greets.is_some() && rest.chars().all(|c| "?!".contains(c)) { "" } else { rest }, greets);
        }
    }
}

/// The text behind "could you" and the like.
pub(crate) fn asked(text: &str) -> Option<(&str, How)> {
    let asking = ASKING.iter().find_map(|words| after_words(text, words)).map(|rest| (rest, How::Asking));
    asking.or_else(|| Some((WONDERING.iter().find_map(|words| after_words(text, words))?, How::Wondering)))
}

/// The words before the thanks and the like at their end; all of them, where there is nothing else.
pub(crate) fn without_thanks<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let mut rest = words;
    while let [before @ .., "many", "thanks"]
    | [before @ .., "please" | "pls" | "plz" | "thanks" | "thx" | "ta" | "cheers" | "porter"]
    | [before @ .., "thank", "you"]
    | [before @ .., "if", "possible"] = rest
    {
        rest = before;
    }
    if rest.is_empty() { words } else { rest }
}

impl How {
    /// Whether this command can be asked for so. A consent is said in plain words, and so are words for somebody else.
    pub(crate) fn allows(self, command: &Command) -> bool {
        let consents = matches!(
            command,
            Command::Request(RequestCommand::Send)
                | Command::Profile(Profile::List { sure: true })
                | Command::People(PeopleCommand::Agree)
                | Command::Rights(RightsCommand::Forget { sure: true })
                | Command::Closing
        );
        let answers =
            matches!(command, Command::Answer { answer, .. } if !matches!(answer, Answer::Report(_) | Answer::Block));
        match self {
            Self::Asking => !consents && !answers,
            Self::Wondering => shows(command),
        }
    }
}

/// Whether this shows or begins something, and changes nothing by itself.
pub(crate) fn shows(command: &Command) -> bool {
    matches!(
        command,
        Command::Help
            | Command::People(
                PeopleCommand::About
                    | PeopleCommand::Boundaries
                    | PeopleCommand::Organisations
                    | PeopleCommand::OwnSettings
                    | PeopleCommand::OwnDevice(None)
                    | PeopleCommand::BlockCalled(_)
            )
            | Command::Mentors(MentorsCommand::Find(_) | MentorsCommand::More)
            | Command::Interview(InterviewCommand::ThankYou)
            | Command::Notes(
                NotesCommand::Reflect(_)
                    | NotesCommand::List(_)
                    | NotesCommand::Export
                    | NotesCommand::Delete(None)
                    | NotesCommand::Network
            )
            | Command::Rights(RightsCommand::Policy | RightsCommand::MyData | RightsCommand::Forget { sure: false })
            | Command::Profile(Profile::Show | Profile::List { sure: false })
            | Command::Room(RoomCommand::List)
            | Command::Desk(DeskCommand::Desk { plainly: false })
            | Command::Moderation(ModerationCommand::Reports | ModerationCommand::How)
            | Command::Request(
                RequestCommand::Introduce { .. }
                    | RequestCommand::Requests
                    | RequestCommand::Drafts
                    | RequestCommand::Again
                    | RequestCommand::Change
            )
    )
}

/// A text without the marks at its beginning, but those that are part of what stands behind them.
pub(crate) fn behind_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || (is_mark(c) && !"@#?<[".contains(c)))
}
