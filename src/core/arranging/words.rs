//! Commands by which people tell when they meet.

use crate::command::row::rows;
use crate::command::{Command, bare};

/// A word about the time at which two people meet who were introduced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArrangingCommand {
    /// They meet then: the words for the time, and before them the number of an introduction, if there is one.
    Arranged {
        /// The words.
        when: String,
        /// Whether they began with the command itself. Other words for it may be about anybody.
        plainly: bool,
    },
    /// They do not meet after all.
    NotArranged {
        /// The number of the introduction, if they gave one.
        number: Option<usize>,
        /// Whether they used the command itself. Other words for it may be about anybody.
        plainly: bool,
    },
}

rows! {
    ArrangingCommand {
        Self::Arranged { .. } => "arranged Thursday 17:00" [Chooses];
        Self::NotArranged { .. } => "not arranged" [Chooses];
    }
}

impl From<ArrangingCommand> for Command {
    fn from(command: ArrangingCommand) -> Self {
        Self::Arranging(command)
    }
}

/// Reads a word about when two people meet. `text` is the original that the words were taken from.
pub(crate) fn arranging(words: &[&str], text: &str) -> Option<Command> {
    if let Some(command) = not_arranged(words) {
        return Some(command.into());
    }
    let (begins, plainly) = match words {
        ["arranged", ..] => (1, true),
        ["we've" | "it's", "arranged", ..] => (2, false),
        ["we", "have", "arranged", ..] => (3, false),
        ["we're" | "we'll", "meeting" | "meet", ..] => (2, false),
        ["we", "are" | "will", "meeting" | "meet", ..] => (3, false),
        ["we", "meet", ..] => (2, false),
        _ => return None,
    };
    let when = behind(text, begins).trim_end_matches(is_beside).to_owned();
    Some(ArrangingCommand::Arranged { when, plainly }.into())
}

fn not_arranged(words: &[&str]) -> Option<ArrangingCommand> {
    const AFTER: [&[&str]; 4] = [&["after", "all"], &["anymore"], &["any", "more"], &["any", "longer"]];
    let number = match words {
        ["not", "arranged"] => None,
        ["not", "arranged", "number", number] | ["not", "arranged", number] => Some(number.parse().ok()?),
        ["we're" | "we", rest @ ..] => {
            let rest = AFTER.iter().find_map(|after| rest.strip_suffix(*after)).unwrap_or(rest);
            let meets = matches!(rest, ["not" | "aren't", "meeting"] | ["are", "not", "meeting"]);
            return meets.then_some(ArrangingCommand::NotArranged { number: None, plainly: false });
        }
        ["cancel" | "drop", "the" | "our" | "my" | "this", "meeting"]
        | ["call", "off", "the" | "our" | "my" | "this", "meeting"]
        | ["call", "the" | "our" | "my" | "this", "meeting", "off"] => {
            return Some(ArrangingCommand::NotArranged { number: None, plainly: false });
        }
        _ => return None,
    };
    Some(ArrangingCommand::NotArranged { number, plainly: true })
}

/// The text behind its first words, and behind the marks after those.
pub(crate) fn behind(text: &str, words: usize) -> String {
    let mut seen = 0;
    let parts = text.split_inclusive(char::is_whitespace).skip_while(|part| {
        let more = seen < words;
        seen += usize::from(!bare(part.trim()).is_empty());
        more
    });
    let rest: String = parts.collect();
    rest.trim_start_matches(is_beside).trim_end().to_owned()
}

fn is_beside(c: char) -> bool {
    c.is_whitespace() || ":,;-.!".contains(c)
}

/// The number of an introduction before words, and the words behind it.
pub(super) fn numbered(words: &str) -> Option<(usize, &str)> {
    let words = words.strip_prefix("number ").unwrap_or(words);
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let number = first.trim_start_matches('#').trim_end_matches([':', ',', '.', ')']).parse().ok()?;
    Some((number, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    #[test]
    fn a_time_is_told_as_people_type_it() {
        for (text, rest, plain) in [
            ("arranged Thursday 17:00", "Thursday 17:00", true),
            ("Arranged: Thursday, 5pm", "Thursday, 5pm", true),
            ("arranged 2 Thursday 17:00", "2 Thursday 17:00", true),
            ("arranged", "", true),
            ("We’re meeting on Thursday at 5", "on Thursday at 5", false),
            ("we are meeting tomorrow at 11.", "tomorrow at 11", false),
            ("We'll meet Friday 3pm", "Friday 3pm", false),
            ("we've arranged Friday 3pm", "Friday 3pm", false),
        ] {
            let command = ArrangingCommand::Arranged { when: rest.to_owned(), plainly: plain };
            assert_eq!(read(text), command.into(), "{text}");
        }
    }

    #[test]
    fn a_meeting_is_called_off_in_so_many_words() {
        for (text, number, plainly) in [
            ("not arranged", None, true),
            ("Not arranged, please", None, true),
            ("not arranged 2", Some(2), true),
            ("We're not meeting after all", None, false),
            ("we aren’t meeting any more", None, false),
            ("cancel the meeting", None, false),
            ("Please call off our meeting", None, false),
        ] {
            assert_eq!(read(text), ArrangingCommand::NotArranged { number, plainly }.into(), "{text}");
        }
        for text in ["cancel", "not yet", "no", "cancel my request", "not well"] {
            assert!(!matches!(read(text), Command::Arranging(_)), "{text}");
        }
    }

    #[test]
    fn a_number_stands_before_the_time() {
        assert_eq!(numbered("2 Thursday 17:00"), Some((2, "Thursday 17:00")));
        assert_eq!(numbered("#2: Thursday"), Some((2, "Thursday")));
        assert_eq!(numbered("2"), Some((2, "")));
        assert_eq!(numbered("17:00 Thursday"), None);
    }
}
