//! Commands about joining, those by which staff verify others, and those about the requests that somebody is brought.

use lodge_ground::link;
use lodge_ground::proof::DeviceCode;

use crate::command::Command;
use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::introduction::words::introducing::after_words;
use crate::name::Address;
use crate::people::monthly::{Monthly, monthly};
use crate::people::roster::Code;
use crate::people::spoken::{self, Verify};

/// A name has no more words than this.
const NAME_WORDS_MAX: usize = 3;

/// "Approve" and the name of an organisation, without that word, have no more words than this.
const APPROVED_WORDS_MAX: usize = 5;

/// A request about joining, about others who do, or about the requests that its writer is brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleCommand {
    /// They ask who it is that they write to.
    About,
    /// I agree to what holds here.
    Agree,
    /// They ask for the boundaries.
    Boundaries,
    /// My code from the roster.
    Code(Code),
    /// They vouch for the device with this code, or ask how to vouch for one.
    OwnDevice(Option<DeviceCode>),
    /// The device of this account's with this code is its owner's.
    DeviceOf(Address, Option<DeviceCode>),
    /// Please pass these words on to the staff.
    AskStaff(String),
    /// They ask the staff what they think of their draft.
    AskFeedback,
    /// Staff answer somebody who asked them, in these words.
    Tell(Address, String),
    /// Staff say somebody's role.
    Verify(Verify),
    /// They ask how a role is said.
    VerifyHow,
    /// Somebody's role is over.
    EndRole(Address),
    /// This organisation's people may be verified.
    Approve(String),
    /// They ask for the organisations that wait to be approved.
    Organisations,
    /// They want nothing brought to them until then, in their words.
    Pause(String),
    /// Bring me requests again.
    Resume,
    /// They want this many requests a month at most; `None` restores the service's number.
    Limit(Option<Monthly>),
    /// They want nothing brought to them from the person behind this address.
    BlockAddress(Address),
    /// The same, from somebody whom they name in their own words.
    BlockCalled(String),
    /// Take the block of this number away.
    Unblock(Option<usize>),
    /// They ask for their settings of requests they are brought.
    OwnSettings,
}

rows! {
    PeopleCommand {
        Self::About => "who are you" [Visitors, Bystanders, Former, KeepsList, Undocumented];
        Self::Agree => "agree" [Bystanders, KeepsList];
        Self::Boundaries => "boundaries" [Visitors, Bystanders, KeepsList, InHelp];
        // Three short words, or one long one, look like a code to the porter, who expects one.
        Self::Code(_) => "2345-AAAA-6789" [Visitors] InPublic::If(|words| {
            words.iter().any(|word| word.contains("code") || word.contains(|c: char| c == '-' || c.is_ascii_digit()))
        });
        Self::OwnDevice(code) => "my new device K7QM" [Visitors, Bystanders, Former] InPublic::command_if(code.is_some());
        Self::DeviceOf(_, code) => "new device @alex:example.org K7QM" [InHelp] InPublic::command_if(code.is_some());
        Self::AskStaff(_) => "ask staff: may I come by?" [Visitors, KeepsList, InHelp] InPublic::COMMAND;
        Self::AskFeedback => "ask for feedback" [KeepsList, Steers] InPublic::COMMAND;
        Self::Tell(..) => "tell @alex:example.org: yes, come by" [InHelp] InPublic::COMMAND;
        Self::Verify(_) => "verify @alex:example.org as student until 30 June" [InHelp] InPublic::COMMAND;
        Self::VerifyHow => "verify" [Undocumented];
        Self::EndRole(_) => "end @alex:example.org" [InHelp] InPublic::COMMAND;
        Self::Approve(_) => "approve organisation City Museum" [InHelp]
            InPublic::If(|words| words.get(1).is_some_and(|word| word.starts_with("organi")));
        Self::Organisations => "organisations" [InHelp] InPublic::COMMAND;
        Self::Pause(_) => "pause until 2 May" [InHelp]
            InPublic::If(|words| matches!(words, [_] | [_, "until" | "for", ..]));
        // In a careers room, "resume" is a document.
        Self::Resume => "resume" [] InPublic::If(|words| words.len() > 1 || words == ["unpause"]);
        Self::Limit(_) => "limit 2 a month" [InHelp] InPublic::If(|words| words.starts_with(&["limit"]));
        Self::BlockAddress(_) => "block @alex:example.org" [AtOnce] InPublic::COMMAND;
        Self::BlockCalled(_) => "block alex" [AtOnce, Undocumented];
        Self::Unblock(_) => "unblock" [] InPublic::COMMAND;
        Self::OwnSettings => "my settings" [InHelp] InPublic::COMMAND;
    }
}

impl From<PeopleCommand> for Command {
    fn from(command: PeopleCommand) -> Self {
        Self::People(command)
    }
}

/// Reads a request that has to do with joining. `text` is the original that the words were taken from.
pub(crate) fn joining(words: &[&str], text: &str) -> Option<Command> {
    let command = match words {
        ["who" | "what", "are", "you"] | ["what", "is", "this"] | ["what's", "this"] => PeopleCommand::About,
        ["are", "you", "human" | "real"] => PeopleCommand::About,
        ["are", "you", "a" | "an", "person" | "human" | "robot" | "bot" | "program" | "machine" | "ai"] => {
            PeopleCommand::About
        }
        ["agree" | "agreed"] | ["i", "agree" | "agreed"] | ["yes", "i", "agree"] => PeopleCommand::Agree,
        ["boundaries" | "welcome"] | ["the", "boundaries"] => PeopleCommand::Boundaries,
        ["my" | "a" | "the", "new" | "other", "device", rest @ ..] | ["my", "device", rest @ ..] => own_device(rest)?,
        ["new", "device"] => PeopleCommand::OwnDevice(None),
        ["new", "device", rest @ ..] => device(rest)?,
        ["feedback"] | ["ask" | "get", "for" | "some", "feedback"] | ["ask", "for", "some", "feedback"] => {
            PeopleCommand::AskFeedback
        }
        ["ask", "staff", "for", .., "feedback"] | ["ask", "the", "staff", "for", .., "feedback"] => {
            PeopleCommand::AskFeedback
        }
        ["ask", "staff", ..] => PeopleCommand::AskStaff(rest(text, "ask staff")?),
        ["ask", "the", "staff", ..] => PeopleCommand::AskStaff(rest(text, "ask the staff")?),
        ["tell", who, ..] | ["reply", "to", who, ..] if link::to_account(who).is_ok() => {
            PeopleCommand::Tell(link::to_account(who).ok()?, behind_address(text))
        }
        ["verify"] => PeopleCommand::VerifyHow,
        ["verify", ..] => PeopleCommand::Verify(spoken::verify(text)?),
        ["end", who] | ["end", "role", who] => PeopleCommand::EndRole(link::to_account(who).ok()?),
        ["approve", "organisation" | "organization", ..] => {
            let name = spoken::named(&text.split_whitespace().skip(2).collect::<Vec<_>>().join(" "));
            if name.is_empty() { PeopleCommand::Organisations } else { PeopleCommand::Approve(name) }
        }
        // One word could be the number of a suggestion.
        ["approve", first, _, ..]
            if words.len() <= APPROVED_WORDS_MAX && !["the", "this", "my", "of"].contains(first) =>
        {
            PeopleCommand::Approve(spoken::named(&text.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")))
        }
        ["organisations" | "organizations"] => PeopleCommand::Organisations,
        _ => PeopleCommand::Code(Code::read(text)?),
    };
    Some(command.into())
}

/// Reads a request about what its writer is brought.
pub(crate) fn receiving(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["settings" | "blocks"] | ["my", "settings" | "blocks"] => PeopleCommand::OwnSettings,
        ["resume" | "unpause"] | ["pause", "off"] | ["end" | "stop", "pause"] => PeopleCommand::Resume,
        ["pause", rest @ ..] => PeopleCommand::Pause(rest.join(" ")),
        ["limit", "off" | "none"] | ["no", "limit"] => PeopleCommand::Limit(None),
        ["block", rest @ ..] if rest.len() <= NAME_WORDS_MAX && !rest.is_empty() => {
            match (link::to_account(rest[0]), rest) {
                (Ok(who), [_]) => PeopleCommand::BlockAddress(who),
                (Ok(_), _) => return None,
                // A number, and a word in the place of a name, mean a request that was brought.
                (Err(_), ["them" | "him" | "her" | "it" | "this" | "that" | "the", ..]) => return None,
                (Err(_), [number, ..]) if number.parse::<u32>().is_ok() => return None,
                (Err(_), _) => PeopleCommand::BlockCalled(rest.join(" ")),
            }
        }
        ["unblock"] => PeopleCommand::Unblock(None),
        // The settings show the numbers of the blocks.
        ["unblock", which, ..] => match which.parse() {
            Ok(number) => PeopleCommand::Unblock(Some(number)),
            Err(_) => PeopleCommand::OwnSettings,
        },
        _ => PeopleCommand::Limit(Some(monthly(words)?)),
    };
    Some(command.into())
}

fn rest(text: &str, opener: &str) -> Option<String> {
    after_words(text, opener).map(str::to_owned)
}

/// The words behind `tell @id` or `reply to @id`.
fn behind_address(text: &str) -> String {
    let behind = |text: &str| text.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest).to_owned();
    let rest = behind(text);
    let rest = if rest.to_lowercase().trim_start().starts_with("to ") { behind(&rest) } else { rest };
    behind(&rest).trim_start_matches([':', ',', '-', ' ', '\n']).to_owned()
}

/// `my new device K7QM`. Anything longer is words.
fn own_device(words: &[&str]) -> Option<PeopleCommand> {
    match words {
        [] => Some(PeopleCommand::OwnDevice(None)),
        [code] | ["is" | "code", code] => DeviceCode::read(code).map(|code| PeopleCommand::OwnDevice(Some(code))),
        _ => None,
    }
}

/// `new device @id K7QM`, or one's own.
fn device(words: &[&str]) -> Option<PeopleCommand> {
    let who = |who: &str| link::to_account(who).ok();
    match words {
        [one] if who(one).is_some() => Some(PeopleCommand::DeviceOf(who(one)?, None)),
        ["of" | "for", one] => Some(PeopleCommand::DeviceOf(who(one)?, None)),
        [one, code] | ["of" | "for", one, code] => {
            Some(PeopleCommand::DeviceOf(who(one)?, Some(DeviceCode::read(code)?)))
        }
        [code] => own_device(&[code]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Unread, read};
    use crate::people::member::Role;

    #[test]
    fn a19_staff_verify_in_one_line() {
        let verified = |text: &str| {
            let Command::People(PeopleCommand::Verify(Verify { role, organisation, until, .. })) = read(text) else {
                panic!("{text} is not read as a verification");
            };
            (role, organisation, until)
        };
        let (museum, june) = (Some("City Museum".to_owned()), Some("30 June".to_owned()));
        assert_eq!(verified("verify @sam:example.org as student"), (Ok(Role::Student), None, None));
        assert_eq!(
            verified("Verify @erin:example.org as employer at City Museum until 30 June"),
            (Ok(Role::Employer), museum, june)
        );
        assert_eq!(verified("verify @sam:example.org").0, Err(Unread::NoRole));
    }

    #[test]
    fn somebody_can_ask_whom_they_write_to() {
        for text in
            ["who are you", "Who are you?", "what is this", "What\u{2019}s this?", "are you a bot?", "Are you human?"]
        {
            assert_eq!(read(text), PeopleCommand::About.into(), "{text}");
        }
        for text in ["who are you looking for?", "what is this about, please?"] {
            assert_eq!(read(text), Command::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn b01_agreeing_takes_one_word() {
        for text in ["agree", "Agree.", "I agree", "agreed", "yes, I agree"] {
            assert_eq!(read(text), PeopleCommand::Agree.into(), "{text}");
        }
    }

    #[test]
    fn a_device_is_confirmed_by_its_code_in_one_line() {
        let (code, alex) = (DeviceCode::read("K7QM").unwrap(), Address::typed("@alex:example.org").unwrap());
        for text in ["my new device K7QM", "My new device: k7qm.", "new device **K7QM**", "my device is K7QM"] {
            assert_eq!(read(text), PeopleCommand::OwnDevice(Some(code.clone())).into(), "{text}");
        }
        for text in ["my new device", "new device"] {
            assert_eq!(read(text), PeopleCommand::OwnDevice(None).into(), "{text}");
        }
        for text in ["new device @alex:example.org K7QM", "New device for @alex:example.org, k7qm"] {
            assert_eq!(read(text), PeopleCommand::DeviceOf(alex.clone(), Some(code.clone())).into(), "{text}");
        }
        assert_eq!(read("new device @alex:example.org"), PeopleCommand::DeviceOf(alex, None).into());
        for text in ["my new device broke, can we talk next week?", "new device @alex:example.org K7"] {
            assert_eq!(read(text), Command::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn words_for_staff_are_kept_as_they_were_typed() {
        assert_eq!(read("ask staff: I am Sam Reed"), PeopleCommand::AskStaff("I am Sam Reed".to_owned()).into());
        assert_eq!(read("Ask the staff I lost my code"), PeopleCommand::AskStaff("I lost my code".to_owned()).into());
        assert_eq!(read("approve organisation City Museum"), PeopleCommand::Approve("City Museum".to_owned()).into());
        let quoted = "Approve organisation: “Marks & Spencer, London”.";
        assert_eq!(read(quoted), PeopleCommand::Approve("Marks & Spencer, London".to_owned()).into());
    }
}
