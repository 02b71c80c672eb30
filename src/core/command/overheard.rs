//! Whether words in a room for many are meant for the porter. Small talk is not, even where the porter would take it for
//! a word to itself in its own conversation.

use super::{Answer, Command, ModerationCommand, Profile, RoomCommand, read};
use crate::introduction::Went;
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

/// Judges the likely meaning of these words in a room.
pub fn seems(text: &str) -> Seems {
    let flat = text.trim().to_lowercase();
    let words: Vec<&str> = flat.split_whitespace().map(super::bare).filter(|word| !word.is_empty()).collect();
    let first = words.first().copied().unwrap_or_default();
    let only = words.len() == 1;
    let is = |command: bool| if command { Seems::Command } else { Seems::Talk };
    match read(text) {
        Command::Introduce { to, .. } => is(matches!(to, Some(Ok(_))) || (to.is_none() && first == "introduce")),
        // People say "take it back" of many things.
        Command::Withdraw(_) => is(first == "withdraw"),
        Command::Pause(_) => is(only || matches!(words.get(1), Some(&("until" | "for")))),
        // In a careers room, "resume" is a document.
        Command::Resume => is(!only || first == "unpause"),
        Command::Limit(_) => is(first == "limit"),
        Command::MyData => is(!only),
        Command::OwnDevice(code) | Command::DeviceOf(_, code) => is(code.is_some()),
        // Three short words, or one long one, look like a code to the porter, who expects one.
        Command::Code(_) => is(flat.contains("code") || flat.contains(|c: char| c == '-' || c.is_ascii_digit())),
        Command::Profile(profile) => match profile {
            Profile::Show => is(!only || first == "profile"),
            Profile::Write(..) | Profile::ShowTo(..) | Profile::List { .. } => Seems::Command,
            Profile::Unlist => is(first == "unlist"),
            Profile::Unclear(_) => Seems::Talk,
        },
        Command::Mentors(_) => {
            let named = words.iter().position(|word| matches!(*word, "mentors" | "mentor" | "directory"));
            let next = named.and_then(|at| words.get(at + 1));
            is(next.is_none_or(|word| matches!(*word, "in" | "for" | "about" | "from")))
        }
        Command::Send
        | Command::Add(_)
        | Command::Hide(_)
        | Command::Requests
        | Command::Drafts
        | Command::BlockAddress(_)
        | Command::Unblock(_)
        | Command::OwnSettings
        | Command::Forget { .. }
        | Command::AskStaff(_)
        | Command::Verify(_)
        | Command::EndRole(_)
        | Command::Approve(_)
        | Command::Organisations => Seems::Command,
        Command::Help
        | Command::Change
        | Command::Cancel
        | Command::Again
        | Command::More
        | Command::Stay
        | Command::Policy
        | Command::Agree
        | Command::Boundaries
        | Command::Undo
        | Command::Closing
        | Command::Text(_) => Seems::Talk,
        Command::Room(command) => match command {
            RoomCommand::Join(key) | RoomCommand::Leave(key) => Seems::About(key),
            RoomCommand::Offer(_) => Seems::Offer,
            RoomCommand::List | RoomCommand::Suggest(..) => Seems::Command,
            RoomCommand::Decide { number, .. } => is(number.is_some()),
        },
        Command::Moderation(command) => match command {
            ModerationCommand::TakeAway | ModerationCommand::How => Seems::Talk,
            ModerationCommand::Report(..)
            | ModerationCommand::Reports
            | ModerationCommand::Warn(..)
            | ModerationCommand::Dismiss(_)
            | ModerationCommand::Mute(..)
            | ModerationCommand::Unmute(..)
            | ModerationCommand::Remove(..)
            | ModerationCommand::Allow(..)
            | ModerationCommand::Ban(_)
            | ModerationCommand::LiftBan(_) => Seems::Command,
        },
        Command::Answer { number: Some(_), .. } => Seems::Command,
        Command::Answer { number: None, answer } => match answer {
            Answer::Yes(fields) => is(!fields.is_empty()),
            Answer::NoBecause(words) => is(!words.is_empty()),
            Answer::Ask(_) => is(first == "ask" && !only),
            Answer::Report(_) | Answer::Block => Seems::Command,
            Answer::Went(Went::Well | Went::NotWell | Went::NotYet)
            | Answer::No
            | Answer::Tell(_)
            | Answer::Later(_)
            | Answer::Ignore
            | Answer::Unclear => Seems::Talk,
        },
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
