//! Commands about conduct in rooms for many: what everybody can report, and what staff can do.

use lodge_ground::link;

use crate::command::Command;
use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::conduct::MessageRef;
use crate::introduction::Venue;
use crate::name::Address;

/// A request about conduct in rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModerationCommand {
    /// Take my message away that I wrote in a room by mistake.
    TakeAway,
    /// This is not right; whom or what, and their words.
    Report(About, String),
    /// Staff ask for the reports that are to be judged.
    Reports,
    /// Staff warn the person whom this report is about, in these words.
    Warn(u32, String),
    /// Nothing is to be done about this report.
    Dismiss(u32),
    /// Staff keep somebody from writing in a room: the account, the room's name, and the end in their words.
    Mute(Address, String, String),
    /// Let them write again.
    Unmute(Address, String),
    /// Take somebody out of a room, for good.
    Remove(Address, String),
    /// Let them come in again.
    Allow(Address, String),
    /// Take somebody out of everything.
    Ban(Address),
    /// Let them be a member again.
    LiftBan(Address),
    /// It began like one of these, and went on in a way that is not understood.
    How,
}

rows! {
    ModerationCommand {
        Self::TakeAway => "take it away" [Needs(Rooms), Bystanders];
        Self::Report(..) => "report @alex:example.org in pharma: they shout" [Needs(Rooms), Bystanders, InHelp]
            InPublic::COMMAND;
        Self::Reports => "reports" [Bystanders, InHelp] InPublic::COMMAND;
        Self::Warn(..) => "warn 3: more softly please" [Needs(Rooms), Bystanders, InHelp] InPublic::COMMAND;
        Self::Dismiss(_) => "dismiss 3" [Bystanders] InPublic::COMMAND;
        Self::Mute(..) => "mute @alex:example.org in pharma for 2 days" [Needs(Rooms), Bystanders] InPublic::COMMAND;
        Self::Unmute(..) => "unmute @alex:example.org in pharma" [Needs(Rooms), Bystanders] InPublic::COMMAND;
        Self::Remove(..) => "remove @alex:example.org from pharma" [Needs(Rooms), Bystanders] InPublic::COMMAND;
        Self::Allow(..) => "allow @alex:example.org in pharma" [Needs(Rooms), Bystanders] InPublic::COMMAND;
        Self::Ban(_) => "ban @alex:example.org" [Bystanders] InPublic::COMMAND;
        Self::LiftBan(_) => "allow @alex:example.org" [Bystanders] InPublic::COMMAND;
        Self::How => "mute" [Needs(Rooms), Bystanders, Undocumented];
    }
}

/// The thing that is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Somebody, in the room of this short name.
    Person(Address, String),
    /// A message, by a link to it.
    Message(Venue, MessageRef),
}

/// Reads a request about conduct in rooms. `text` is the original that the words were taken from.
pub(crate) fn moderation(words: &[&str], text: &str) -> Option<Command> {
    let address = |word: &&str| link::to_account(word).ok();
    let command = match words {
        ["take", "it" | "that" | "this", "away"] | ["take", "away"] | ["take", "the" | "my", "message", "away"] => {
            ModerationCommand::TakeAway
        }
        ["report", first, ..] => return report(first, words, text).map(Command::Moderation),
        ["reports"] | ["the", "reports"] => ModerationCommand::Reports,
        ["warn" | "mute" | "unmute" | "ban" | "allow" | "dismiss"] => ModerationCommand::How,
        ["warn", number, ..] => ModerationCommand::Warn(number.parse().ok()?, after(text, 2)),
        ["dismiss", number] => ModerationCommand::Dismiss(number.parse().ok()?),
        ["ban", who] => ModerationCommand::Ban(address(who)?),
        ["allow" | "unban", who] => ModerationCommand::LiftBan(address(who)?),
        [verb @ ("mute" | "unmute" | "remove" | "allow"), who, rest @ ..] => {
            let who = address(who)?;
            let Some((room, rest)) = room(rest) else { return Some(Command::Moderation(ModerationCommand::How)) };
            match *verb {
                "mute" => ModerationCommand::Mute(who, room, rest.join(" ")),
                "unmute" => ModerationCommand::Unmute(who, room),
                "remove" => ModerationCommand::Remove(who, room),
                _ => ModerationCommand::Allow(who, room),
            }
        }
        _ => return None,
    };
    Some(Command::Moderation(command))
}

/// `report @id in pharma: words`, or a link to a message and words.
fn report(first: &str, words: &[&str], text: &str) -> Option<ModerationCommand> {
    if let Ok(who) = link::to_account(first) {
        let Some((room, _)) = room(&words[2..]) else { return Some(ModerationCommand::How) };
        let said = text.split_once(['\n', ' ']).map_or("", |(_, rest)| rest);
        let said = behind(said, &room);
        return Some(ModerationCommand::Report(About::Person(who, room), said));
    }
    let link = text.split_whitespace().find_map(linked);
    let (room, message) = link?;
    let words = text.split_whitespace().skip(1).filter(|word| linked(word).is_none());
    Some(ModerationCommand::Report(About::Message(room, message), words.collect::<Vec<_>>().join(" ")))
}

/// The text after a room's name.
fn behind(text: &str, room: &str) -> String {
    let lower = text.to_ascii_lowercase();
    // An address comes first, and may hold the room's name too.
    let from = lower.find(char::is_whitespace).unwrap_or_default();
    let at = lower[from..].find(room).map_or(text.len(), |at| from + at + room.len());
    let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || ":,-".contains(c));
    rest.to_owned()
}

/// The room of `in pharma`, `from the pharma room`, and the words behind it.
fn room<'a>(words: &'a [&'a str]) -> Option<(String, &'a [&'a str])> {
    match words {
        ["in" | "from" | "into" | "to", "the", key, "room", rest @ ..]
        | ["in" | "from" | "into" | "to", "the" | "room", key, rest @ ..]
        | ["in" | "from" | "into" | "to", key, rest @ ..] => Some(((*key).to_owned(), rest)),
        _ => None,
    }
}

/// The text after this many words.
fn after(text: &str, words: usize) -> String {
    let mut rest = text.trim_start();
    for _ in 0..words {
        rest = rest.find(char::is_whitespace).map_or("", |end| rest[end..].trim_start());
    }
    rest.trim_start_matches([':', ',', '-', ' ']).to_owned()
}

/// The message that a link names, and its room.
fn linked(word: &str) -> Option<(Venue, MessageRef)> {
    link::to_message(word).map(|(room, message)| (room, MessageRef(message)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Answer, RequestCommand, read};

    fn sam() -> Address {
        Address::exact("@sam:example.org").unwrap()
    }

    fn is(text: &str) -> ModerationCommand {
        let read = read(text);
        let Command::Moderation(command) = read else { panic!("{text} was read as {read:?}") };
        command
    }

    #[test]
    fn a_person_is_reported_with_the_room_and_ones_own_words() {
        let about =
            |words: &str| ModerationCommand::Report(About::Person(sam(), "pharma".to_owned()), words.to_owned());
        assert_eq!(is("report @sam:example.org in pharma: He Shouts"), about("He Shouts"));
        assert_eq!(is("Report @sam:example.org in pharma, they shout"), about("they shout"));
        assert_eq!(is("report @sam:example.org in pharma"), about(""));
        assert_eq!(is("report @sam:example.org"), ModerationCommand::How);
    }

    #[test]
    fn a_message_is_reported_by_its_link_as_clients_write_it() {
        let about = |words: &str| {
            let (room, message) = (Venue("!Abc:example.org".to_owned()), MessageRef("$Xyz_1-2".to_owned()));
            ModerationCommand::Report(About::Message(room, message), words.to_owned())
        };
        for link in [
            "https://matrix.to/#/!Abc:example.org/$Xyz_1-2?via=example.org",
            "https://matrix.to/#/%21Abc%3Aexample.org/%24Xyz_1-2",
            "<https://matrix.to/#/!Abc:example.org/$Xyz_1-2>",
        ] {
            assert_eq!(is(&format!("report {link} This is Rude")), about("This is Rude"), "{link}");
        }
        assert_eq!(is("report https://matrix.to/#/!Abc:example.org/$Xyz_1-2"), about(""));
    }

    #[test]
    fn reporting_a_request_is_as_it_was() {
        for text in ["report", "report 2", "report 2: spam", "report this is spam"] {
            assert!(matches!(read(text), Command::Answer { answer: Answer::Report(_), .. }), "{text}");
        }
    }

    #[test]
    fn a19_staff_act_in_one_line() {
        let room = || "pharma".to_owned();
        assert_eq!(is("reports"), ModerationCommand::Reports);
        assert_eq!(is("warn 3: Please be Kind."), ModerationCommand::Warn(3, "Please be Kind.".to_owned()));
        assert_eq!(is("dismiss 3"), ModerationCommand::Dismiss(3));
        let mute = ModerationCommand::Mute(sam(), room(), "for 2 days".to_owned());
        assert_eq!(is("mute @sam:example.org in pharma for 2 days"), mute);
        assert_eq!(is("unmute @sam:example.org in pharma"), ModerationCommand::Unmute(sam(), room()));
        assert_eq!(is("remove @sam:example.org from pharma"), ModerationCommand::Remove(sam(), room()));
        assert_eq!(is("allow @sam:example.org in pharma"), ModerationCommand::Allow(sam(), room()));
        assert_eq!(is("ban @sam:example.org"), ModerationCommand::Ban(sam()));
        assert_eq!(is("allow @sam:example.org"), ModerationCommand::LiftBan(sam()));
    }

    #[test]
    fn what_takes_a_message_away_is_no_consent_and_no_withdrawal() {
        for text in ["take it away", "Take it away.", "take the message away"] {
            assert_eq!(is(text), ModerationCommand::TakeAway, "{text}");
        }
        assert!(matches!(read("take it back"), Command::Request(RequestCommand::Withdraw(_))));
        assert!(matches!(read("yes"), Command::Answer { .. }));
    }
}
