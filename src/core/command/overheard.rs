//! Whether words in a room for many are meant for the porter. Small talk is not, even where the porter would take it for
//! a word to itself in its own conversation.

use super::{Command, read};
use crate::name::Address;

/// The likely meaning of words in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seems {
    /// Something for the porter.
    Command,
    /// Words for the porter, if there is a room of this short name for their writer.
    About(String),
    /// Something for the porter, if an employer wrote it.
    Offer,
    /// Something for the others in the room.
    Talk,
}

/// The likely meaning of a command in a room.
#[derive(Debug, Clone)]
pub enum InPublic {
    /// This, in whatever words.
    Is(Seems),
    /// A command in such words, in small letters and without the marks around them; talk in any others.
    If(fn(&[&str]) -> bool),
}

impl InPublic {
    pub(crate) const COMMAND: Self = Self::Is(Seems::Command);

    pub(crate) fn command_if(is_command: bool) -> Self {
        if is_command { Self::COMMAND } else { Self::Is(Seems::Talk) }
    }

    pub(crate) fn about(room: &str) -> Self {
        Self::Is(Seems::About(room.to_owned()))
    }
}

/// Judges the likely meaning of these words in a room.
pub fn seems(text: &str) -> Seems {
    let flat = text.trim().to_lowercase();
    let words: Vec<&str> = flat.split_whitespace().map(super::bare).filter(|word| !word.is_empty()).collect();
    let command = read(text);
    if matches!(command, Command::Answer { number: Some(_), .. }) {
        return Seems::Command;
    }
    match command.row().in_public {
        InPublic::Is(seems) => seems,
        InPublic::If(is_command) if is_command(&words) => Seems::Command,
        InPublic::If(_) => Seems::Talk,
    }
}

/// Whether words in a room call the porter by name: a client's own mention, unless it comes with a reply; its whole
/// address; or a first word such as "@porter".
pub fn calls(porter: &Address, text: &str, mentions: &[Address], replies: bool) -> bool {
    let flat = text.trim_start().to_lowercase();
    let first = flat.split_whitespace().next().unwrap_or_default();
    let named = first.strip_prefix('@').map(|rest| rest.trim_end_matches([':', ',', '.', '!', '?']));
    (!replies && mentions.contains(porter)) || flat.contains(porter.as_str()) || named == Some(porter.local())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b05_what_is_meant_for_the_porter_is_told_from_small_talk() {
        for text in [
            "introduce @alex:example.org for career advice: Dear Alex",
            "please introduce me to @alex:example.org",
            "introduce",
            "withdraw",
            "withdraw 2",
            "block @sam:example.org",
            "forget me",
            "my data",
            "requests",
            "drafts",
            "pause until Friday",
            "limit 3",
            "report @sam:example.org in pharma: rude",
            "report: this is spam",
            "ask staff: may I talk to you",
            "ask Which year are you in?",
            "no because I am away",
            "yes 2",
            "3 no",
            "yes with email",
            "verify @sam:example.org as student",
            "approve 3",
            "mute @sam:example.org in pharma for 2 days",
            "suggest room Museums: about museums",
            "rooms",
            "2345-AAAA-6789",
            "profile",
            "mentors in law",
            "list me",
        ] {
            assert_eq!(seems(text), Seems::Command, "{text}");
        }
        assert_eq!(seems("join pharma"), Seems::About("pharma".to_owned()));
        assert_eq!(seems("join us"), Seems::About("us".to_owned()));
        for text in [
            "yes",
            "no",
            "ok",
            "hello",
            "help",
            "stop",
            "again",
            "I agree",
            "well",
            "not yet",
            "take it back",
            "take it away",
            "no limit",
            "resume",
            "later today would suit me",
            "ignore that",
            "Question about the fair: when is it?",
            "meet at five?",
            "no problem, happy to",
            "welcome",
            "the rules",
            "good luck Alex",
            "professional",
            "the mentors were kind",
            "show more",
            "leave the list",
            "Pause and think",
            "I reported it to the landlord",
            "The hotel porter job is open until Friday",
            "",
        ] {
            assert_eq!(seems(text), Seems::Talk, "{text}");
        }
    }

    #[test]
    fn b05_the_porter_is_called_by_a_mention_or_its_name_and_not_by_a_reply() {
        let porter = Address::exact("@porter:example.org").unwrap();
        let mention = std::slice::from_ref(&porter);
        assert!(calls(&porter, "could you let me in?", mention, false));
        assert!(calls(&porter, "@porter: let me in", &[], false));
        assert!(calls(&porter, "I asked @porter:example.org twice", &[], true));
        assert!(!calls(&porter, "what a lovely offer", mention, true));
        assert!(!calls(&porter, "a porter at a hotel", &[], false));
        assert!(!calls(&porter, "@porterhouse is my favourite", &[], false));
    }
}
