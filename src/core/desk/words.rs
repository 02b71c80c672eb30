//! Commands about questions to the staff.

use crate::command::Command;
use crate::command::overheard::InPublic;
use crate::command::row::rows;

/// A word about questions to the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskCommand {
    /// They take back the question that they asked the staff last.
    TakeBack,
}

rows! {
    DeskCommand {
        Self::TakeBack => "take my question back" [Visitors, KeepsList] InPublic::COMMAND;
    }
}

impl From<DeskCommand> for Command {
    fn from(command: DeskCommand) -> Self {
        Self::Desk(command)
    }
}

/// Reads a word about questions to the staff.
pub(crate) fn desk(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["take" | "withdraw", rest @ .., "back"] | ["take", "back", rest @ ..] | ["withdraw", rest @ ..]
            if is_own_question(rest) =>
        {
            DeskCommand::TakeBack
        }
        _ => return None,
    };
    Some(command.into())
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
