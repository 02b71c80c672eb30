//! Commands about joining, and those by which staff verify others.

use lodge_ground::proof::DeviceCode;

use crate::command::{Command, Verify};
use crate::name::Address;
use crate::people::member::Role;
use crate::people::roster::Code;

/// Reads a request that has to do with joining. `text` is the original that the words were taken from.
pub(crate) fn joining(words: &[&str], text: &str) -> Option<Command> {
    let command = match words {
        ["agree" | "agreed"] | ["i", "agree" | "agreed"] | ["yes", "i", "agree"] => Command::Agree,
        ["boundaries" | "welcome"] | ["the", "boundaries"] => Command::Boundaries,
        ["my" | "a" | "the", "new" | "other", "device", rest @ ..] | ["my", "device", rest @ ..] => own_device(rest)?,
        ["new", "device"] => Command::OwnDevice(None),
        ["new", "device", rest @ ..] => device(rest)?,
        ["ask", "staff", ..] => Command::AskStaff(rest(text, "ask staff")),
        ["ask", "the", "staff", ..] => Command::AskStaff(rest(text, "ask the staff")),
        ["verify", ..] => return verify(words, text),
        ["end", who] | ["end", "role", who] => Command::EndRole(Address::typed(who).ok()?),
        ["approve", "organisation" | "organization", ..] => {
            let name = text.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
            if name.is_empty() { Command::Organisations } else { Command::Approve(name) }
        }
        ["organisations" | "organizations"] => Command::Organisations,
        _ => return Code::read(text).map(Command::Code),
    };
    Some(command)
}

fn rest(text: &str, opener: &str) -> String {
    text.get(opener.len()..).unwrap_or_default().trim_start_matches([':', ',', '-', ' ', '\n']).to_owned()
}

/// `my new device K7QM`. Anything longer is words.
fn own_device(words: &[&str]) -> Option<Command> {
    match words {
        [] => Some(Command::OwnDevice(None)),
        [code] | ["is" | "code", code] => DeviceCode::read(code).map(|code| Command::OwnDevice(Some(code))),
        _ => None,
    }
}

/// `new device @id K7QM`, or one's own.
fn device(words: &[&str]) -> Option<Command> {
    let who = |who: &str| Address::typed(who).ok();
    match words {
        [one] if one.starts_with('@') => Some(Command::DeviceOf(who(one)?, None)),
        ["of" | "for", one] => Some(Command::DeviceOf(who(one)?, None)),
        [one, code] | ["of" | "for", one, code] => Some(Command::DeviceOf(who(one)?, Some(DeviceCode::read(code)?))),
        [code] => own_device(&[code]),
        _ => None,
    }
}

/// `verify @id as employer at City Museum until 30 June`.
fn verify(words: &[&str], text: &str) -> Option<Command> {
    let who = Address::typed(words.get(1)?).ok()?;
    let place = |word: &str| words.iter().position(|found| *found == word);
    let role = words.iter().skip(2).find_map(|word| Role::from_word(word));
    let typed: Vec<&str> = text.split_whitespace().collect();
    let until_at = place("until").unwrap_or(typed.len());
    let between = |from: usize, to: usize| {
        let words = typed.get(from..to.min(typed.len())).unwrap_or_default();
        (!words.is_empty()).then(|| words.join(" ").trim_matches(['.', ',']).to_owned())
    };
    let at = place("at").or_else(|| place("of")).or_else(|| place("for"));
    let organisation = at.filter(|at| *at < until_at).and_then(|at| between(at + 1, until_at));
    let until = between(until_at + 1, typed.len());
    Some(Command::Verify(Verify { who, role, organisation, until }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    fn verified(text: &str) -> (Option<Role>, Option<String>, Option<String>) {
        let Command::Verify(Verify { role, organisation, until, .. }) = read(text) else {
            panic!("{text} is not read as a verification");
        };
        (role, organisation, until)
    }

    #[test]
    fn a19_staff_verify_in_one_line() {
        assert_eq!(verified("verify @sam:example.org as student"), (Some(Role::Student), None, None));
        assert_eq!(
            verified("Verify @erin:example.org as employer at City Museum until 30 June"),
            (Some(Role::Employer), Some("City Museum".to_owned()), Some("30 June".to_owned()))
        );
        assert_eq!(
            verified("verify @ivy:example.org as intern until 2 May"),
            (Some(Role::Intern), None, Some("2 May".to_owned()))
        );
        assert_eq!(verified("verify @sam:example.org"), (None, None, None));
    }

    #[test]
    fn b01_agreeing_takes_one_word() {
        for text in ["agree", "Agree.", "I agree", "agreed", "yes, I agree"] {
            assert_eq!(read(text), Command::Agree, "{text}");
        }
    }

    #[test]
    fn a_device_is_confirmed_by_its_code_in_one_line() {
        let (code, alex) = (DeviceCode::read("K7QM").unwrap(), Address::typed("@alex:example.org").unwrap());
        for text in ["my new device K7QM", "My new device: k7qm.", "new device **K7QM**", "my device is K7QM"] {
            assert_eq!(read(text), Command::OwnDevice(Some(code.clone())), "{text}");
        }
        for text in ["my new device", "new device"] {
            assert_eq!(read(text), Command::OwnDevice(None), "{text}");
        }
        for text in ["new device @alex:example.org K7QM", "New device for @alex:example.org, k7qm"] {
            assert_eq!(read(text), Command::DeviceOf(alex.clone(), Some(code.clone())), "{text}");
        }
        assert_eq!(read("new device @alex:example.org"), Command::DeviceOf(alex, None));
        for text in ["my new device broke, can we talk next week?", "new device @alex:example.org K7"] {
            assert_eq!(read(text), Command::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn words_for_staff_are_kept_as_they_were_typed() {
        assert_eq!(read("ask staff: I am Sam Reed"), Command::AskStaff("I am Sam Reed".to_owned()));
        assert_eq!(read("Ask the staff I lost my code"), Command::AskStaff("I lost my code".to_owned()));
        assert_eq!(read("approve organisation City Museum"), Command::Approve("City Museum".to_owned()));
    }
}
