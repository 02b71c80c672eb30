//! Commands about rooms for many, and about proposals to staff.

use crate::command::overheard::{InPublic, Seems};
use crate::command::row::rows;
use crate::command::{Command, is_mark};
use crate::introduction::words::introducing::after_words;
use crate::name::clean_text;

/// The name of a room has no more words than this, by which somebody asks for it.
const NAME_WORDS_MAX: usize = 5;

/// A request about rooms, as somebody's words make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomCommand {
    /// They ask for the rooms that are open to them.
    List,
    /// Let me into this one.
    Join(String),
    /// Take me out of this one.
    Leave(String),
    /// I would like a room: its name, and what for.
    Suggest(String, String),
    /// I offer an opportunity, in these words.
    Offer(String),
    /// Staff approve the proposal with this number, or decline it.
    Decide {
        /// The number, if given.
        number: Option<u32>,
        /// Whether it is to be.
        approve: bool,
        /// Words of theirs for the proposer, if there are any.
        because: String,
    },
}

rows! {
    RoomCommand {
        Self::List => "rooms" [Needs(Rooms), Bystanders, InHelp] InPublic::COMMAND;
        Self::Join(room) => "join pharma" [Needs(Rooms), Bystanders, OnceAgreed] InPublic::about(room);
        Self::Leave(room) => "leave pharma" [Needs(Rooms), Bystanders] InPublic::about(room);
        Self::Suggest(..) => "suggest room Museums: about museums" [Needs(Rooms), Bystanders] InPublic::COMMAND;
        Self::Offer(_) => "opportunity: A summer at the archive" [Needs(Rooms)] InPublic::Is(Seems::Offer);
        Self::Decide { number, approve: true, .. } => "approve 3" [Needs(Rooms), InHelp] InPublic::command_if(number.is_some());
        Self::Decide { number, .. } => "decline 3" [Needs(Rooms), InHelp] InPublic::command_if(number.is_some());
    }
}

/// Reads a request about rooms. `text` is the original that the words were taken from.
pub(crate) fn rooms(words: &[&str], text: &str) -> Option<Command> {
    let decide = |number: Option<&str>, approve| {
        let number = number.map(str::parse).transpose().ok()?;
        Some(RoomCommand::Decide { number, approve, because: String::new() })
    };
    let command = match words {
        ["rooms" | "room" | "join" | "leave"] | ["list" | "my" | "the", "rooms"] => RoomCommand::List,
        ["join", key] | ["join", "the" | "room", key] | ["join", "the", key, "room"] | ["join", key, "room"] => {
            RoomCommand::Join((*key).to_owned())
        }
        // A room's name has several words; people who join somebody for something say more, or "me".
        ["join", rest @ ..] if is_name(rest) => RoomCommand::Join(rest.join(" ")),
        ["leave", rest @ ..] if is_name(rest) => RoomCommand::Leave(rest.join(" ")),
        // "The list" is the mentors', and no room.
        ["leave", key] | ["leave", "the" | "room", key] | ["leave", "the", key, "room"] | ["leave", key, "room"]
            if *key != "list" =>
        {
            RoomCommand::Leave((*key).to_owned())
        }
        ["suggest", "room", ..] => suggestion(after_words(text, "suggest room").unwrap_or_default()),
        ["suggest", "a", "room", ..] => suggestion(after_words(text, "suggest a room").unwrap_or_default()),
        ["opportunity"] => RoomCommand::Offer(String::new()),
        ["opportunity", ..] => RoomCommand::Offer(offer(text)?),
        ["approve", rest @ ..] if rest.len() <= 1 => decide(rest.first().copied(), true)?,
        ["decline", rest @ ..] if rest.len() <= 1 => decide(rest.first().copied(), false)?,
        ["decline", ..] => {
            let (number, because) = reason(after_words(text, "decline")?)?;
            RoomCommand::Decide { number, approve: false, because }
        }
        _ => return None,
    };
    Some(Command::Room(command))
}

/// Whether these may be the name of a room.
fn is_name(words: &[&str]) -> bool {
    const NO_NAMES: [&str; 15] = [
        "me",
        "us",
        "you",
        "them",
        "list",
        "now",
        "today",
        "tomorrow",
        "this",
        "service",
        "everything",
        "out",
        "off",
        "my",
        "it",
    ];
    (2..=NAME_WORDS_MAX).contains(&words.len()) && !words.iter().any(|word| NO_NAMES.contains(word))
}

/// A name and, behind a colon or on the next line, what for.
fn suggestion(rest: &str) -> RoomCommand {
    let (name, what) = rest.split_once([':', '\n']).unwrap_or((rest, ""));
    RoomCommand::Suggest(name.trim().to_owned(), what.trim().to_owned())
}

/// The words of an offer. Only a colon or a line's end begins them, for a message may well begin with this word.
fn offer(text: &str) -> Option<String> {
    let (first, words) = text.trim_start().split_once([':', '\n'])?;
    first.trim().eq_ignore_ascii_case("opportunity").then(|| words.trim().to_owned())
}

/// The number and the reason behind "decline": "3: please add the salary", "because it is there already".
fn reason(rest: &str) -> Option<(Option<u32>, String)> {
    let digits: String = rest.trim_start_matches('#').chars().take_while(char::is_ascii_digit).collect();
    let words =
        rest.trim_start_matches('#')[digits.len()..].trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
    let because = after_words(words, "because").or_else(|| after_words(words, "since"));
    let number = digits.parse().ok();
    let because = because.or_else(|| number.is_some().then_some(words))?;
    Some((number, clean_text(because)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    #[test]
    fn a_room_is_asked_for_by_its_name_too() {
        for text in ["join Museums and archives", "Join Museums and Archives, please", "join: museums and archives"] {
            assert_eq!(read(text), Command::Room(RoomCommand::Join("museums and archives".to_owned())), "{text}");
        }
        for text in ["join us for a coffee", "join me at the fair", "leave me alone please", "leave me a message"] {
            assert!(!matches!(read(text), Command::Room(_)), "{text}");
        }
    }

    #[test]
    fn rooms_are_asked_for_in_a_word_or_two() {
        let join = |key: &str| Command::Room(RoomCommand::Join(key.to_owned()));
        for text in ["join pharma", "Join Pharma.", "join the pharma room", "join room pharma"] {
            assert_eq!(read(text), join("pharma"), "{text}");
        }
        assert_eq!(read("leave pharma"), Command::Room(RoomCommand::Leave("pharma".to_owned())));
        assert_eq!(read("rooms"), Command::Room(RoomCommand::List));
        assert_eq!(read("join"), Command::Room(RoomCommand::List));
        assert!(matches!(read("join me for a talk about museums"), Command::Text(_)));
    }

    #[test]
    fn a_suggestion_is_a_name_and_what_for() {
        let suggest = Command::Room(RoomCommand::Suggest(
            "Careers in Pharma".to_owned(),
            "Jobs, and how to find them".to_owned(),
        ));
        assert_eq!(read("suggest room Careers in Pharma: Jobs, and how to find them"), suggest);
        assert_eq!(read("Suggest a room Careers in Pharma\nJobs, and how to find them"), suggest);
        assert_eq!(read("suggest room"), Command::Room(RoomCommand::Suggest(String::new(), String::new())));
    }

    #[test]
    fn an_offer_begins_with_a_colon() {
        let offer = |words: &str| Command::Room(RoomCommand::Offer(words.to_owned()));
        assert_eq!(read("opportunity: A summer at the archive"), offer("A summer at the archive"));
        assert_eq!(read("Opportunity"), offer(""));
        assert!(matches!(read("Opportunity knocks but once: may I ask you?"), Command::Text(_)));
    }

    #[test]
    fn staff_decide_by_number() {
        let because = |number, approve, because: &str| {
            Command::Room(RoomCommand::Decide { number, approve, because: because.to_owned() })
        };
        let decide = |number, approve| because(number, approve, "");
        assert_eq!(read("decline 3: please add the salary"), because(Some(3), false, "please add the salary"));
        assert_eq!(read("Decline #3 because there is no pay"), because(Some(3), false, "there is no pay"));
        assert_eq!(read("decline because it is there already"), because(None, false, "it is there already"));
        assert_eq!(read("decline 3 - 2 rooms are like it"), because(Some(3), false, "2 rooms are like it"));
        assert_eq!(read("approve 3"), decide(Some(3), true));
        assert_eq!(read("Decline #3."), decide(Some(3), false));
        assert_eq!(read("approve"), decide(None, true));
        assert!(matches!(read("decline politely"), Command::Text(_)));
    }
}
