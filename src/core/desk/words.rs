//! Commands about questions to the staff, and about what waits for them.

use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::command::{Command, bare};

/// A word about what waits for the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskCommand {
    /// They ask for the staff's desk.
    Desk {
        /// Whether they used its name. Other words for it may mean their own requests, where somebody has no desk.
        plainly: bool,
    },
    /// They put their name on the line of this number, or on what they were just shown.
    Take(Option<u32>),
    /// They take their name off it again.
    PutBack(Option<u32>),
    /// These words answer the question on the line of this number.
    Tell(u32, String),
    /// The question on the line of this number needs no answer any more.
    Done(u32),
    /// They take back the question that they asked the staff last.
    TakeBack,
}

rows! {
    DeskCommand {
        Self::Desk { .. } => "desk" [InHelp];
        Self::Take(_) => "take 2" [];
        Self::PutBack(_) => "put back 2" [];
        Self::Tell(..) => "tell 3: yes, come by" [] InPublic::COMMAND;
        Self::Done(_) => "done 3" [];
        Self::TakeBack => "take my question back" [Visitors, KeepsList] InPublic::COMMAND;
    }
}

impl From<DeskCommand> for Command {
    fn from(command: DeskCommand) -> Self {
        Self::Desk(command)
    }
}

/// Reads a word about what waits for the staff. `text` is the original that the words were taken from.
pub(crate) fn desk(words: &[&str], text: &str) -> Option<Command> {
    let command = match words {
        ["desk"] | ["the" | "my" | "our" | "show", "desk"] | ["show", "me", "the" | "my", "desk"] => {
            DeskCommand::Desk { plainly: true }
        }
        ["take", rest @ ..] | ["i'll" | "i", "take", rest @ ..] if is_line(rest) => DeskCommand::Take(line(rest)),
        ["put", rest @ .., "back"] | ["put", "back", rest @ ..] if is_line(rest) => DeskCommand::PutBack(line(rest)),
        ["tell", "number", number, ..] | ["tell", number, ..] | ["reply", "to", number, ..] => {
            DeskCommand::Tell(number.parse().ok()?, behind_number(text))
        }
        ["done" | "close", "with", rest @ ..]
        | ["done" | "close", rest @ ..]
        | ["mark", rest @ .., "as", "done"]
        | ["mark", rest @ .., "done"]
            if line(rest).is_some() =>
        {
            DeskCommand::Done(line(rest)?)
        }
        ["take" | "withdraw", rest @ .., "back"] | ["take", "back", rest @ ..] | ["withdraw", rest @ ..]
            if is_own_question(rest) =>
        {
            DeskCommand::TakeBack
        }
        _ => return None,
    };
    Some(command.into())
}

/// Whether these words name a line: by its number, or by "it".
fn is_line(words: &[&str]) -> bool {
    let is_it = matches!(words, ["it" | "this" | "that"] | ["this" | "that", "one"]);
    is_it || line(words).is_some()
}

/// The number of the line that is meant; none where "it" is.
fn line(words: &[&str]) -> Option<u32> {
    match words {
        ["number", number] | [number] => number.parse().ok(),
        _ => None,
    }
}

/// The words behind the first number.
fn behind_number(text: &str) -> String {
    let is_number = |word: &str| bare(word).parse::<u32>().is_ok();
    let words = text.split_inclusive(char::is_whitespace).skip_while(|word| !is_number(word.trim())).skip(1);
    let rest: String = words.collect();
    rest.trim_start_matches([':', ',', '-', ' ', '\n']).to_owned()
}

fn is_own_question(words: &[&str]) -> bool {
    let words = words.strip_suffix(&["staff"]).map_or(words, |words| words.strip_suffix(&["the"]).unwrap_or(words));
    let words = words.strip_suffix(&["to"]).or_else(|| words.strip_suffix(&["for"])).unwrap_or(words);
    matches!(words, ["my" | "the" | "that" | "this", "question"] | ["my", "last", "question"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{RequestCommand, read};

    #[test]
    fn a19_what_waits_is_taken_put_back_and_answered_in_a_line() {
        for text in ["desk", "Desk.", "the desk", "show me the desk, please"] {
            assert_eq!(read(text), DeskCommand::Desk { plainly: true }.into(), "{text}");
        }
        for (text, number) in
            [("take 2", Some(2)), ("Take #2.", Some(2)), ("I'll take number 2", Some(2)), ("take it", None)]
        {
            assert_eq!(read(text), DeskCommand::Take(number).into(), "{text}");
        }
        for (text, number) in [("put back 2", Some(2)), ("put 2 back", Some(2)), ("Put it back, please", None)] {
            assert_eq!(read(text), DeskCommand::PutBack(number).into(), "{text}");
        }
        for text in
            ["tell 3: Yes, at Two.", "Tell 3 Yes, at Two.", "tell number 3: Yes, at Two.", "tell #3, Yes, at Two."]
        {
            assert_eq!(read(text), DeskCommand::Tell(3, "Yes, at Two.".to_owned()).into(), "{text}");
        }
        for text in ["done 3", "Done #3.", "done with 3", "close 3", "close number 3", "mark 3 as done"] {
            assert_eq!(read(text), DeskCommand::Done(3).into(), "{text}");
        }
        for text in [
            "done",
            "I'm done",
            "close it",
            "done by 3",
            "take it away",
            "take it back",
            "tell me more",
            "take 2 of them",
            "put it in my profile",
        ] {
            assert!(!matches!(read(text), Command::Desk(_)), "{text}");
        }
    }

    #[test]
    fn a_question_to_the_staff_is_taken_back_in_so_many_words() {
        for text in [
            "take my question back",
            "Please take back my question",
            "withdraw my question",
            "withdraw my question to the staff",
            "take my question to staff back, please",
            "take that question back",
        ] {
            assert_eq!(read(text), DeskCommand::TakeBack.into(), "{text}");
        }
        for text in ["take it back", "withdraw", "withdraw 2", "take back my request"] {
            assert!(matches!(read(text), Command::Request(RequestCommand::Withdraw(_))), "{text}");
        }
    }
}
