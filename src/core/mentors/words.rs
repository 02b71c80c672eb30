//! Requests about one's card and the mentors' list.

use crate::command::Command;
use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::mentors::card::Audience;
use crate::name::clean_line;
use crate::people::member::Field;

/// A request about one's own card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// To see it, with the audience of each field.
    Show,
    /// This is to stand in a field; nothing empties it.
    Write(Field, String),
    /// This audience is to see a field; nothing, where it was not understood.
    ShowTo(Field, Option<Audience>),
    /// Put me in the mentors' list.
    List {
        /// Whether they have seen the entry that it would show.
        sure: bool,
    },
    /// Take me out of it.
    Unlist,
    /// Something else, in their words.
    Unclear(String),
}

rows! {
    Profile {
        Self::Show => "profile" [KeepsList, InHelp]
            InPublic::If(|words| words.len() > 1 || words.starts_with(&["profile"]));
        Self::Write(..) => "profile headline: Museum curator" [KeepsList] InPublic::COMMAND;
        Self::ShowTo(..) => "profile show headline to members" [KeepsList] InPublic::COMMAND;
        Self::List { sure: false } => "list me" [Needs(Mentors), KeepsList, InHelp] InPublic::COMMAND;
        Self::List { sure: true } => "list me now" [Needs(Mentors), KeepsList, OnceAgreed] InPublic::COMMAND;
        Self::Unlist => "unlist me" [KeepsList, InHelp] InPublic::If(|words| words.starts_with(&["unlist"]));
        Self::Unclear(_) => "profile shoe size: 9" [KeepsList, Undocumented];
    }
}

/// A request about the mentors' list, as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentorsCommand {
    /// They ask for the mentors' list, or for those in it with this topic.
    Find(Option<String>),
    /// Show me more of it.
    More,
    /// I would like to stay in it.
    Stay,
}

rows! {
    MentorsCommand {
        Self::Find(_) => "mentors in museums" [Needs(Mentors), KeepsList, InHelp] InPublic::If(|words| {
            let named = words.iter().position(|word| matches!(*word, "mentors" | "mentor" | "directory"));
            let next = named.and_then(|at| words.get(at + 1));
            next.is_none_or(|word| matches!(*word, "in" | "for" | "about" | "from"))
        });
        Self::More => "more" [Needs(Mentors), KeepsList];
        Self::Stay => "stay" [];
    }
}

impl From<MentorsCommand> for Command {
    fn from(command: MentorsCommand) -> Self {
        Self::Mentors(command)
    }
}

/// Reads a request about a card or the mentors' list. `text` is the original that the words were taken from.
pub(crate) fn cards(words: &[&str], text: &str) -> Option<Command> {
    if let Some(listing) = listing(words) {
        return Some(Command::Profile(listing));
    }
    match words {
        ["card"] | ["my", "profile" | "card"] => Some(Command::Profile(Profile::Show)),
        ["profile", rest @ ..] => Some(Command::Profile(profile(rest, text))),
        ["more" | "next"] | ["show", "more"] => Some(MentorsCommand::More.into()),
        ["stay"] | ["still", "here"] | ["i'm" | "i", "still", "here"] => Some(MentorsCommand::Stay.into()),
        ["find" | "show" | "list", "mentors" | "mentor", rest @ ..]
        | ["the" | "all", "mentors", rest @ ..]
        | ["mentors" | "mentor" | "directory", rest @ ..] => Some(MentorsCommand::Find(topic(rest)).into()),
        _ => None,
    }
}

fn listing(words: &[&str]) -> Option<Profile> {
    let words = words.strip_prefix(&["profile"]).unwrap_or(words);
    match words {
        ["list", "me"] => Some(Profile::List { sure: false }),
        ["list", "me", "now"] => Some(Profile::List { sure: true }),
        ["unlist" | "delist"] | ["unlist" | "delist", "me"] | ["leave", "list"] | ["leave", "the", "list"] => {
            Some(Profile::Unlist)
        }
        _ => None,
    }
}

/// The topic in these words, without those by which people come to it.
pub(crate) fn topic(words: &[&str]) -> Option<String> {
    const BEFORE: [&str; 47] = [
        "in",
        "for",
        "about",
        "from",
        "on",
        "who",
        "at",
        "with",
        "list",
        "please",
        "a",
        "an",
        "the",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "people",
        "person",
        "is",
        "are",
        "was",
        "that",
        "works",
        "work",
        "working",
        "worked",
        "has",
        "have",
        "does",
        "doing",
        "knows",
        "experience",
        "experienced",
        "job",
        "jobs",
        "field",
        "area",
        "to",
        "talk",
        "of",
        "into",
        "me",
        "alumni",
        "alumnus",
        "mentor",
        "mentors",
    ];
    let rest: Vec<&str> = words.iter().copied().skip_while(|word| BEFORE.contains(word)).collect();
    (!rest.is_empty()).then(|| rest.join(" "))
}

fn profile(words: &[&str], text: &str) -> Profile {
    let unclear = || Profile::Unclear(clean_line(after_profile(text)).chars().take(80).collect());
    match words {
        [] | ["show"] => Profile::Show,
        ["clear" | "empty" | "remove" | "delete", rest @ ..] => match Field::at_start(rest) {
            Some((field, many)) if many == rest.len() => Profile::Write(field, String::new()),
            Some(_) | None => unclear(),
        },
        ["hide", rest @ ..] => match Field::at_start(rest) {
            Some((field, many)) if many == rest.len() => Profile::ShowTo(field, Some(Audience::Nobody)),
            Some(_) | None => unclear(),
        },
        ["show", rest @ ..] => match Field::at_start(rest) {
            Some((field, many)) => Profile::ShowTo(field, Audience::from_words(&rest[many..])),
            None => unclear(),
        },
        _ => match Field::at_start(words) {
            // The field's name alone neither writes nor empties it.
            Some((_, many)) if many == words.len() && !text.contains(':') => Profile::Show,
            Some((field, many)) => Profile::Write(field, value(after_profile(text), many)),
            None => unclear(),
        },
    }
}

/// The text behind "profile".
fn after_profile(text: &str) -> &str {
    let end = text.to_ascii_lowercase().find("profile").map_or(0, |at| at + "profile".len());
    text.get(end..).unwrap_or_default().trim_start_matches([' ', ':', ','])
}

/// The text after the colon, or else after this many words.
fn value(text: &str, many: usize) -> String {
    let name_ends = text.split_whitespace().take(many).map(str::len).sum::<usize>() + many.saturating_sub(1);
    let rest = match text.find(':') {
        Some(at) if at <= name_ends + 1 => &text[at + 1..],
        Some(_) | None => text.get(name_ends..).unwrap_or_default(),
    };
    clean_line(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{RequestCommand, read};

    #[test]
    fn a_card_is_written_in_the_words_that_come_to_mind() {
        let write = |field, text: &str| Command::Profile(Profile::Write(field, text.to_owned()));
        let show_to = |field, audience| Command::Profile(Profile::ShowTo(field, audience));
        for (text, command) in [
            ("profile", Command::Profile(Profile::Show)),
            ("My profile", Command::Profile(Profile::Show)),
            ("profile headline", Command::Profile(Profile::Show)),
            ("profile headline: Museum curator", write(Field::Headline, "Museum curator")),
            ("Profile Headline : Museum: a curator", write(Field::Headline, "Museum: a curator")),
            ("profile: headline: Curator", write(Field::Headline, "Curator")),
            ("profile headline Museum curator", write(Field::Headline, "Museum curator")),
            ("profile field of work: museums", write(Field::Work, "museums")),
            (
                "profile gladly: starting out; and, yes, failing",
                write(Field::Gladly, "starting out; and, yes, failing"),
            ),
            ("profile what I gladly talk about: starting", write(Field::Gladly, "starting")),
            ("profile rather not: CVs", write(Field::RatherNot, "CVs")),
            ("profile answer time: Sundays, at 9:30", write(Field::AnswerTime, "Sundays, at 9:30")),
            ("profile headline:", write(Field::Headline, "")),
            ("profile clear headline", write(Field::Headline, "")),
            ("profile show headline to members", show_to(Field::Headline, Some(Audience::Members))),
            ("profile show field of work to mentors list", show_to(Field::Work, Some(Audience::Directory))),
            ("profile show email to people I meet", show_to(Field::Email, Some(Audience::Meeting))),
            ("profile hide phone", show_to(Field::Phone, Some(Audience::Nobody))),
            ("profile show headline to my friends", show_to(Field::Headline, None)),
            ("profile list me", Command::Profile(Profile::List { sure: false })),
            ("list me now", Command::Profile(Profile::List { sure: true })),
            ("profile unlist me", Command::Profile(Profile::Unlist)),
            ("unlist me.", Command::Profile(Profile::Unlist)),
            ("profile shoe size: 9", Command::Profile(Profile::Unclear("shoe size: 9".to_owned()))),
        ] {
            assert_eq!(read(text), command, "{text}");
        }
    }

    #[test]
    fn mentors_are_asked_for_with_or_without_a_topic() {
        let mentors = |topic: Option<&str>| Command::from(MentorsCommand::Find(topic.map(str::to_owned)));
        for (text, command) in [
            ("mentors", mentors(None)),
            ("Mentors in museums", mentors(Some("museums"))),
            ("mentors for law and banking", mentors(Some("law and banking"))),
            ("find mentors in pharma", mentors(Some("pharma"))),
            ("more", MentorsCommand::More.into()),
            ("stay", MentorsCommand::Stay.into()),
        ] {
            assert_eq!(read(text), command, "{text}");
        }
        assert_eq!(
            read("introduce number 3 for career advice"),
            RequestCommand::Introduce {
                to: Some(Err("3".to_owned())),
                purpose: Some("career advice".to_owned()),
                message: None
            }
            .into()
        );
    }
}
