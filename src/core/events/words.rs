//! Commands about events: by which members find them and come, and staff make them.

use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::command::{Command, is_mark};
use crate::mentors::words::topic;

/// A word about events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventsCommand {
    /// They look at the events that are ahead, or at those on this topic.
    List(Option<String>),
    /// They look at the event with this number.
    Show(u32),
    /// They sign up for it.
    Come(Option<u32>),
    /// They give up their place at it, or stop waiting for one.
    NotComing(Option<u32>),
    /// They would like its host to have their contact.
    StayInTouch {
        /// The number, if given.
        number: Option<u32>,
        /// Whether the email address on their card goes with it.
        with_email: bool,
    },
    /// They take their contact back from its host.
    TakeBackContact(Option<u32>),
    /// They are at its door, where this code was said.
    Here(u16),
    /// Staff make one.
    Make,
    /// Staff announce the one that they have made or changed.
    Announce,
    /// Staff change it.
    Change(Option<u32>),
    /// Staff call it off.
    CallOff {
        /// The number, if given.
        number: Option<u32>,
        /// Whether they have been asked whether they are sure.
        sure: bool,
    },
    /// Staff ask who comes.
    Guests(Option<u32>),
}

rows! {
    EventsCommand {
        Self::List(_) => "events" [Needs(Events), Bystanders, KeepsList, InHelp] InPublic::COMMAND;
        Self::Show(_) => "event 4" [Needs(Events), Bystanders, KeepsList] InPublic::COMMAND;
        Self::Come(number) => "come 4" [Needs(Events), Bystanders, OnceAgreed] InPublic::command_if(number.is_some());
        Self::NotComing(number) => "not coming 4" [Bystanders] InPublic::command_if(number.is_some());
        Self::StayInTouch { with_email: true, number } => "stay in touch 4" [Needs(Events), Bystanders, OnceAgreed]
            InPublic::command_if(number.is_some());
        Self::StayInTouch { .. } => "stay in touch 4 without email" [Needs(Events), Bystanders, OnceAgreed] InPublic::COMMAND;
        Self::TakeBackContact(_) => "take back contact 4" [Bystanders] InPublic::COMMAND;
        Self::Here(_) => "here 7351" [Needs(Events), Bystanders, OnceAgreed] InPublic::COMMAND;
        Self::Make => "new event" [Needs(Events), InHelp] InPublic::COMMAND;
        Self::Announce => "announce" [Needs(Events)];
        Self::Change(_) => "change event 4" [Needs(Events)] InPublic::COMMAND;
        Self::CallOff { sure: false, .. } => "call off event 4" [] InPublic::COMMAND;
        Self::CallOff { .. } => "call off event 4 now" [] InPublic::COMMAND;
        Self::Guests(_) => "guests 4" [Needs(Events)];
    }
}

impl From<EventsCommand> for Command {
    fn from(command: EventsCommand) -> Self {
        Self::Events(command)
    }
}

/// Reads a word about events.
pub(crate) fn events(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["events" | "event"] | ["all" | "the" | "list" | "show" | "upcoming", "events"] => EventsCommand::List(None),
        ["events", number] if let Some(number) = number_of(&[*number]) => EventsCommand::Show(number),
        ["events", "in" | "about" | "on" | "for" | "with", rest @ ..] if !rest.is_empty() => {
            EventsCommand::List(topic(rest))
        }
        ["event", rest @ ..] | ["show" | "see", "event", rest @ ..] if let Some(number) = number_of(rest) => {
            EventsCommand::Show(number)
        }
        ["guests" | "attendees"] => EventsCommand::Guests(None),
        ["guests" | "attendees", rest @ ..] if number_of(without_of(rest)).is_some() => {
            EventsCommand::Guests(number_of(without_of(rest)))
        }
        ["here", code] => EventsCommand::Here(code_of(code)?),
        ["i'm" | "im", "here", code] | ["i", "am", "here", code] => EventsCommand::Here(code_of(code)?),
        ["new" | "make" | "create" | "add", "event"] | ["new" | "make" | "create" | "add", "an" | "a", "event"] => {
            EventsCommand::Make
        }
        ["make" | "create" | "add", "a", "new", "event"] => EventsCommand::Make,
        ["announce"] | ["announce", "it" | "event" | "now"] | ["announce", "it", "now"] => EventsCommand::Announce,
        ["change" | "edit", "event", rest @ ..] if rest.is_empty() || number_of(rest).is_some() => {
            EventsCommand::Change(number_of(rest))
        }
        ["call", "off", "event", rest @ ..] | ["cancel", "event", rest @ ..] | ["call", "event", rest @ .., "off"] => {
            call_off(rest)?
        }
        _ => return own(words),
    };
    Some(command.into())
}

/// Words about one's own coming.
fn own(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["sorry" | "sadly" | "unfortunately", rest @ ..] if !rest.is_empty() => return own(rest),
        ["come"] | ["i'll" | "i", "come"] => EventsCommand::Come(None),
        ["come" | "attend", rest @ ..]
        | ["i'll" | "i", "come" | "attend", rest @ ..]
        | ["i'd", "like", "to", "come" | "attend", rest @ ..]
        | ["i", "would", "like", "to", "come" | "attend", rest @ ..]
        | ["sign", "up", rest @ ..]
        | ["sign", "me", "up", rest @ ..]
        | ["count", "me", "in", rest @ ..]
            if number_of(without_of(rest)).is_some() =>
        {
            EventsCommand::Come(number_of(without_of(rest)))
        }
        ["not", "coming"] | ["i'm", "not", "coming"] => EventsCommand::NotComing(None),
        ["not", "coming", rest @ ..]
        | ["i'm", "not", "coming", rest @ ..]
        | ["can't" | "cannot" | "cant", "come" | "make", rest @ ..]
        | ["i", "can't" | "cannot" | "cant", "come" | "make", rest @ ..]
            if number_of(without_of(rest)).is_some() =>
        {
            EventsCommand::NotComing(number_of(without_of(rest)))
        }
        ["stay" | "keep", "in", "touch", rest @ ..]
        | ["i'd", "like", "to", "stay" | "keep", "in", "touch", rest @ ..]
        | ["i", "would", "like", "to", "stay" | "keep", "in", "touch", rest @ ..] => return staying(rest),
        ["take", "back", "contact", rest @ ..]
        | ["take", "back", "my", "contact", rest @ ..]
        | ["take", "my", "contact", "back", rest @ ..]
        | ["withdraw", "my", "contact", rest @ ..]
            if rest.is_empty() || number_of(without_of(rest)).is_some() =>
        {
            EventsCommand::TakeBackContact(number_of(without_of(rest)))
        }
        _ => return None,
    };
    Some(command.into())
}

/// Words behind "stay in touch".
fn staying(rest: &[&str]) -> Option<Command> {
    let (rest, with_email) = match rest {
        [rest @ .., "but" | "and", "no" | "without", "email" | "mail" | "e-mail"]
        | [rest @ .., "without", "my" | "the", "email" | "mail" | "e-mail"]
        | [rest @ .., "without" | "no", "email" | "mail" | "e-mail"] => (rest, false),
        rest => (rest, true),
    };
    let rest = if let ["after", rest @ ..] = rest { rest } else { rest };
    let number = number_of(without_of(rest));
    (rest.is_empty() || number.is_some()).then(|| EventsCommand::StayInTouch { number, with_email }.into())
}

fn call_off(rest: &[&str]) -> Option<EventsCommand> {
    let (rest, sure) = rest.strip_suffix(&["now"]).map_or((rest, false), |rest| (rest, true));
    let number = number_of(rest);
    (rest.is_empty() || number.is_some()).then_some(EventsCommand::CallOff { number, sure })
}

/// The words behind "to" and the like.
fn without_of<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["to" | "for" | "of" | "at", "event", rest @ ..] | ["to" | "for" | "of" | "at" | "event", rest @ ..] => rest,
        rest => rest,
    }
}

/// The number that these words are.
fn number_of(words: &[&str]) -> Option<u32> {
    match words {
        ["number" | "no" | "nr", number] | [number] => number.trim_matches(is_mark).parse().ok(),
        _ => None,
    }
}

/// The code of a door, which has four digits.
fn code_of(word: &str) -> Option<u16> {
    let digits = word.trim_matches(is_mark);
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    #[test]
    fn events_are_found_and_joined_in_a_word_and_a_number() {
        for (text, command) in [
            ("events", EventsCommand::List(None)),
            ("Events please", EventsCommand::List(None)),
            ("events in law", EventsCommand::List(Some("law".to_owned()))),
            ("event 4", EventsCommand::Show(4)),
            ("Event #4.", EventsCommand::Show(4)),
            ("events 4", EventsCommand::Show(4)),
            ("come 4", EventsCommand::Come(Some(4))),
            ("I'll come to 4", EventsCommand::Come(Some(4))),
            ("I\u{2019}d like to come to event 4", EventsCommand::Come(Some(4))),
            ("sign me up for 4 please", EventsCommand::Come(Some(4))),
            ("not coming 4", EventsCommand::NotComing(Some(4))),
            ("I can't come to 4", EventsCommand::NotComing(Some(4))),
            ("sorry, I can't make event 4", EventsCommand::NotComing(Some(4))),
            ("not coming", EventsCommand::NotComing(None)),
            ("stay in touch 4", EventsCommand::StayInTouch { number: Some(4), with_email: true }),
            ("I\u{2019}d like to stay in touch", EventsCommand::StayInTouch { number: None, with_email: true }),
            ("stay in touch after event 4", EventsCommand::StayInTouch { number: Some(4), with_email: true }),
            ("Stay in touch 4 without email.", EventsCommand::StayInTouch { number: Some(4), with_email: false }),
            ("keep in touch, no email", EventsCommand::StayInTouch { number: None, with_email: false }),
            ("take back contact 4", EventsCommand::TakeBackContact(Some(4))),
            ("take my contact back", EventsCommand::TakeBackContact(None)),
            ("here 7351", EventsCommand::Here(7351)),
            ("I'm here: 7351", EventsCommand::Here(7351)),
            ("new event", EventsCommand::Make),
            ("make an event", EventsCommand::Make),
            ("announce it", EventsCommand::Announce),
            ("change event 4", EventsCommand::Change(Some(4))),
            ("cancel event 4", EventsCommand::CallOff { number: Some(4), sure: false }),
            ("call event 4 off", EventsCommand::CallOff { number: Some(4), sure: false }),
            ("call off event 4 now", EventsCommand::CallOff { number: Some(4), sure: true }),
            ("guests of 4", EventsCommand::Guests(Some(4))),
        ] {
            assert_eq!(read(text), command.into(), "{text}");
        }
        for text in [
            "stay in touch with Alex",
            "come by on Tuesday",
            "not coming to the office today",
            "here we are",
            "call it off",
            "eventually",
        ] {
            assert!(!matches!(read(text), Command::Events(_)), "{text}");
        }
    }
}
