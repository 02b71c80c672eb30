//! Commands by which people tell when they meet.

use crate::command::row::rows;
use crate::command::{Command, bare, numbered as numbered_one, plain_words};

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
    /// They are free then: the words for the times, and before them the number of an introduction, if there is one. A number
    /// alone is a choice among the moments that they were shown.
    Times {
        /// The words.
        times: String,
        /// Whether they began with the command itself. Other words for it may be about anybody.
        plainly: bool,
    },
}

rows! {
    ArrangingCommand {
        Self::Arranged { .. } => "arranged Thursday 17:00" [Chooses];
        Self::NotArranged { .. } => "not arranged" [Chooses];
        Self::Times { .. } => "times Tue or Thu after 4" [Chooses];
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
    if let Some(times) = times(words, text) {
        return Some(times.into());
    }
    let (begins, plainly) = match words {
        ["move" | "reschedule", "it", "to", ..] => (3, false),
        ["move" | "reschedule", "the" | "our" | "my" | "this", "meeting", "to", ..] => (4, false),
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

/// Free times: of words that say so in another way, all are for the reader of times.
fn times(words: &[&str], text: &str) -> Option<ArrangingCommand> {
    let (begins, plainly) = match words {
        ["times"] | ["my" | "free", "times"] => (words.len(), true),
        ["times", ..] => (1, true),
        ["my" | "free", "times", "are", ..] => (3, true),
        ["my" | "free", "times", ..] => (2, true),
        ["find" | "let's", "find", "a", "time"] | ["find", "a", "time"] => (words.len(), true),
        ["i'm" | "im", "free" | "available" | "around", ..]
        | ["i", "am", "free" | "available" | "around", ..]
        | ["i", "can" | "could", "do" | "make" | "meet" | "talk", ..]
        | ["i", "have", "time", ..]
        | ["free", _, ..] => (0, false),
        _ => return None,
    };
    Some(ArrangingCommand::Times { times: behind(text, begins), plainly })
}

/// The number of a moment among those that were shown, as people choose it: "2", "the second works for me".
pub(super) fn chosen(text: &str) -> Option<usize> {
    const BESIDE: [&str; 28] = [
        "a", "best", "fine", "for", "go", "good", "great", "i", "ill", "is", "it", "lets", "me", "number", "ok",
        "okay", "one", "option", "please", "suits", "sounds", "take", "thanks", "that", "the", "with", "works", "yes",
    ];
    let words = plain_words(text);
    let rest: Vec<&str> = words.iter().map(String::as_str).filter(|word| !BESIDE.contains(word)).collect();
    match rest[..] {
        [word] => numbered_one(word),
        // "One" is a number, and stands beside others: "the second one".
        [] if words.iter().any(|word| word == "one") => Some(1),
        _ => None,
    }
}

/// Whether somebody who was shown moments says that none of them suits.
pub(super) fn refuses(text: &str) -> bool {
    const BESIDE: [&str; 14] = [
        "of",
        "these",
        "those",
        "them",
        "suits",
        "suit",
        "works",
        "work",
        "me",
        "for",
        "im",
        "afraid",
        "sorry",
        "unfortunately",
    ];
    let words = plain_words(text);
    let (refusals, rest): (Vec<&str>, Vec<&str>) =
        words.iter().map(String::as_str).partition(|word| ["none", "neither"].contains(word));
    refusals.len() == 1 && rest.iter().all(|word| BESIDE.contains(word))
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
        ["cancel" | "drop" | "move" | "reschedule", "the" | "our" | "my" | "this", "meeting"]
        | ["reschedule"]
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
            ("move it to Friday 3pm", "Friday 3pm", false),
            ("Please move our meeting to Friday, 3pm", "Friday, 3pm", false),
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
            ("move the meeting", None, false),
        ] {
            assert_eq!(read(text), ArrangingCommand::NotArranged { number, plainly }.into(), "{text}");
        }
        for text in ["cancel", "not yet", "no", "cancel my request", "not well"] {
            assert!(!matches!(read(text), Command::Arranging(_)), "{text}");
        }
    }

    #[test]
    fn free_times_are_given_as_people_type_them() {
        for (text, rest, plainly) in [
            ("times Tue or Thu after 4", "Tue or Thu after 4", true),
            ("Times: Tue, Thu after 4", "Tue, Thu after 4", true),
            ("times 2 Thursday", "2 Thursday", true),
            ("times 2", "2", true),
            ("times", "", true),
            ("my times are Friday morning", "Friday morning", true),
            ("find a time", "", true),
            ("I’m free Tuesday afternoon or Thursday after 4", "I’m free Tuesday afternoon or Thursday after 4", false),
            ("I can do Thursday at 5", "I can do Thursday at 5", false),
            ("free Monday morning", "free Monday morning", false),
        ] {
            let command = ArrangingCommand::Times { times: rest.to_owned(), plainly };
            assert_eq!(read(text), command.into(), "{text}");
        }
        for text in ["I can do that", "I'm free", "free", "the times are hard"] {
            assert!(!matches!(read(text), Command::Arranging(ArrangingCommand::Times { plainly: true, .. })), "{text}");
        }
    }

    #[test]
    fn a_moment_is_chosen_by_its_number() {
        for (text, number) in [
            ("2", Some(2)),
            ("2 please", Some(2)),
            ("number 3", Some(3)),
            ("the second works for me", Some(2)),
            ("2 suits me, thanks", Some(2)),
            ("Yes, 1", Some(1)),
            ("the first one", Some(1)),
            ("one", Some(1)),
            ("2 or 3", None),
            ("2pm", None),
            ("Thursday 2", None),
            ("yes", None),
            ("not 2", None),
        ] {
            assert_eq!(chosen(text), number, "{text}");
        }
        for (text, is_no) in [
            ("none", true),
            ("None of these, sorry", true),
            ("I’m afraid neither works for me", true),
            ("none before Thursday", false),
            ("these suit me", false),
        ] {
            assert_eq!(refuses(text), is_no, "{text}");
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
