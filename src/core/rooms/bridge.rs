//! Bridges to other networks: which accounts are theirs, so that they are let in where a room is bridged and nowhere else.

use serde::{Deserialize, Serialize};

use crate::name::Address;

/// A bridge, by its registration with the server that it brings people to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    /// Its own account, which brings the others in.
    pub sender: Address,
    /// The accounts that it makes for people on the other network.
    pub users: Users,
}

/// The accounts of a bridge: all whose ids begin in this way, and are on this server where one is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    begin: String,
    server: Option<String>,
}

/// A pattern that is not one of a bridge's accounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected the pattern of the bridge's registration, such as \"@irc_.*\" or \"@irc_.*:example\\.org\", \
     with at least two characters that only its accounts begin with, found \"{0}\""
)]
pub struct NotUsers(String);

/// Fewer than these would be half of everybody.
const BEGIN_CHARS_MIN: usize = 3;

impl Bridge {
    /// Whether this account is its own, or one that it makes.
    pub fn has(&self, who: &Address) -> bool {
        *who == self.sender || self.users.hold(who)
    }
}

impl Users {
    /// Reads the regular expression of a registration, as far as registrations of bridges need them: a beginning, then
    /// anything, then perhaps a server.
    ///
    /// # Errors
    /// When it is any other expression, or one that fits too many.
    pub fn parse(pattern: &str) -> Result<Self, NotUsers> {
        let fail = || NotUsers(pattern.to_owned());
        let whole = pattern.strip_prefix('^').unwrap_or(pattern);
        let whole = whole.strip_suffix('$').unwrap_or(whole);
        let (begin, server) = whole.split_once(".*").or_else(|| whole.split_once(".+")).ok_or_else(fail)?;
        let begin = literal(begin).filter(|begin| begin.starts_with('@')).ok_or_else(fail)?;
        let server = match server.strip_prefix(':') {
            Some(server) => Some(literal(server).filter(|server| !server.is_empty()).ok_or_else(fail)?),
            None if server.is_empty() => None,
            None => return Err(fail()),
        };
        let fits = begin.len() >= BEGIN_CHARS_MIN && !begin.contains(':');
        fits.then_some(Self { begin, server }).ok_or_else(fail)
    }

    fn hold(&self, who: &Address) -> bool {
        who.as_str().starts_with(&self.begin) && self.server.as_ref().is_none_or(|server| who.server() == server)
    }
}

/// The text that an expression without anything special in it stands for.
fn literal(expression: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = expression.chars();
    while let Some(next) = characters.next() {
        match next {
            '\\' => text.push(characters.next().filter(char::is_ascii_punctuation)?),
            '@' | ':' | '_' | '-' | '=' | '/' => text.push(next),
            next if next.is_ascii_alphanumeric() => text.push(next),
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::exact(text).unwrap()
    }

    #[test]
    fn a_bridges_accounts_are_those_of_its_registration_and_no_others() {
        let sender = address("@heisenbridge:example.org");
        for pattern in ["@irc_.*", "^@irc_.*:example\\.org$", "@irc_.+"] {
            let bridge = Bridge { sender: sender.clone(), users: Users::parse(pattern).unwrap() };
            for theirs in ["@heisenbridge:example.org", "@irc_robin:example.org"] {
                assert!(bridge.has(&address(theirs)), "{pattern} {theirs}");
            }
            for not in ["@sam:example.org", "@irc:example.org", "@heisenbridge:elsewhere.example"] {
                assert!(!bridge.has(&address(not)), "{pattern} {not}");
            }
        }
        let elsewhere = address("@irc_robin:elsewhere.example");
        assert!(Users::parse("@irc_.*").unwrap().hold(&elsewhere));
        assert!(!Users::parse("@irc_.*:example\\.org").unwrap().hold(&elsewhere));
    }

    #[test]
    fn a_pattern_that_would_take_people_for_a_bridge_is_refused() {
        for pattern in
            ["", "@.*", "@s.*", ".*", "@irc_", "irc_.*", "@(irc|s)_.*", "@irc.x_.*", "@irc_.*:", "@a:b.*", "@irc_.*x"]
        {
            assert!(Users::parse(pattern).is_err(), "{pattern}");
        }
    }
}
