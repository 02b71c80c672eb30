//! Codes: how somebody shows the porter that they are the one on the roster.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MailAddress;
use crate::mark::{MarkId, MarkKey, Marked};

/// A code from the roster, which its owner gives to the porter once: sixty bits, in letters and digits that nobody
/// confuses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Code(String);

/// Crockford's base 32: no I, L, O or U.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code has this many letters, five bits each.
const CODE_LENGTH: usize = 12;

impl Code {
    /// The code of the person with this email address. It follows from the address, so it is the same each time it is
    /// asked for.
    pub fn of(mail: &MailAddress, key: &MarkKey) -> Self {
        let bytes = key.id(Marked::Code(mail.as_str())).to_bytes();
        let number = u128::from_be_bytes(bytes);
        let letter = |place: usize| char::from(CODE_LETTERS[(number >> (5 * place) & 31) as usize]);
        Self((0..CODE_LENGTH).map(letter).collect())
    }

    /// The code in these words, when they are nothing else: however it is grouped and capitalised, and with the letters
    /// that are confused taken for the digits they look like.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches(['.', '!']);
        let lower = text.to_lowercase();
        let openers = ["my code is", "the code is", "code is", "my code", "code"];
        let begins = openers.iter().find(|opener| lower.starts_with(**opener)).map_or(0, |opener| opener.len());
        let text = text.get(begins..)?.trim_matches(|c: char| c.is_whitespace() || ":*`\"".contains(c));
        let groups: Vec<&str> = text.split(|c: char| c.is_whitespace() || "-\u{2013}".contains(c)).collect();
        // Any other text of twelve letters is words.
        let lengths: Vec<usize> = groups.iter().map(|group| group.chars().count()).collect();
        if lengths != [CODE_LENGTH] && lengths != [4, 4, 4] {
            return None;
        }
        let letters = groups.iter().flat_map(|group| group.chars());
        let code: Option<String> = letters
            .map(|c| match c.to_ascii_uppercase() {
                'O' => Some('0'),
                'I' | 'L' => Some('1'),
                c => u8::try_from(c).ok().filter(|byte| CODE_LETTERS.contains(byte)).map(char::from),
            })
            .collect();
        // A word of twelve letters is hardly a code; one with a digit in it may be.
        let digits = text.chars().any(|c| c.is_ascii_digit());
        code.filter(|_| digits || begins > 0 || groups.len() > 1).map(Self)
    }

    /// The id of the mark that the code is found by.
    pub fn mark(&self, key: &MarkKey) -> MarkId {
        key.id(Marked::CodeGiven(&self.0))
    }

    /// The code without the marks between its groups, as it is taken for a registration token.
    pub fn bare(&self) -> &str {
        &self.0
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).ok_or_else(|| "not a code: expected three groups of four letters and digits".to_owned())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at(4);
        let (second, third) = rest.split_at(4);
        write!(f, "{first}-{second}-{third}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KEY: MarkKey = MarkKey::from_bytes([3; 32]);

    #[test]
    fn a_code_is_read_however_it_is_written() {
        let code = Code::of(&MailAddress::parse("sam@mail.example").unwrap(), &KEY);
        let shown = code.to_string();
        let texts = [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', ""),
            format!("my code is {shown}."),
            format!("Code: {shown}"),
            shown.replace('0', "O").replace('1', "l"),
        ];
        for text in texts {
            assert_eq!(Code::read(&text), Some(code.clone()), "{text}");
        }
    }

    #[test]
    fn words_are_no_codes() {
        for text in ["yes", "help", "professional", "code of conduct", "I have no code", "", "1234-5678", "my code is"]
        {
            assert_eq!(Code::read(text), None, "{text}");
        }
    }

    #[test]
    fn a01_codes_differ_from_person_to_person_and_stay_the_same() {
        let codes: BTreeSet<Code> =
            (0..1_000).map(|n| Code::of(&MailAddress::parse(&format!("p{n}@mail.example")).unwrap(), &KEY)).collect();
        assert_eq!(codes.len(), 1_000);
        let sam = MailAddress::parse("sam@mail.example").unwrap();
        assert_eq!(Code::of(&sam, &KEY), Code::of(&sam, &KEY));
        assert_ne!(Code::of(&sam, &KEY), Code::of(&sam, &MarkKey::from_bytes([4; 32])));
    }
}
