//! Names and addresses as they come from outside, made safe to show.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;
use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection};

use crate::unseen::{beginning, without_unseen};

/// The account at which a member is reached: today a full Matrix id such as `@sam:example.org`, in the characters of
/// ASCII that can be seen.
///
/// Two that differ in the case of a letter are two accounts. It is always shown beside a name, for a name can be
/// anybody's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Address(String);

/// Text that should have been a full Matrix id and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a full Matrix id: expected one such as \"@sam:example.org\", found \"{0}\"")]
pub struct NotAnAddress(String);

/// Longest Matrix id in bytes (Matrix specification, appendices, "User identifiers").
const ADDRESS_BYTES_MAX: usize = 255;

impl Address {
    /// The id that a homeserver gives, to the letter: of a sender, a state key, a member, or of a row that was kept.
    /// Older accounts may have any visible character of ASCII in their local part (Matrix specification, appendices,
    /// "Historical User IDs").
    ///
    /// # Errors
    /// When it is none, or has characters that cannot be seen or are not of ASCII. Where people are counted, a channel's own
    /// type holds their ids instead, so that none is lost.
    pub fn exact(text: &str) -> Result<Self, NotAnAddress> {
        let (local, server) = parts(text).ok_or_else(|| NotAnAddress::of(text))?;
        let fits = local.bytes().all(|b| b.is_ascii_graphic()) && is_server(server);
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnAddress::of(text)) }
    }

    /// The id that a person typed, in a message, a list of people or a configuration: upper-case letters are put in
    /// lower case, and there are none but the characters that an account made today can have. Not for ids that a
    /// homeserver gives, for `@Sam:example.org` may be somebody else than `@sam:example.org` is.
    ///
    /// # Errors
    /// When it is none.
    pub fn typed(text: &str) -> Result<Self, NotAnAddress> {
        let (local, server) = parts(text).ok_or_else(|| NotAnAddress::of(text))?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._=-/+".contains(&b);
        if local.bytes().all(plain) && is_server(server) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAnAddress::of(text))
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The server that the account is on.
    pub fn server(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, server)| server)
    }

    /// The part that names the account on its server.
    pub fn local(&self) -> &str {
        self.0.strip_prefix('@').and_then(|rest| rest.split_once(':')).map_or("", |(local, _)| local)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::exact(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl NotAnAddress {
    fn of(text: &str) -> Self {
        Self(shown(text))
    }
}

/// The local part and the server of a Matrix id; `None` where one is empty, or the whole is too long for an id.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (local, server) = text.strip_prefix('@')?.split_once(':')?;
    (!local.is_empty() && text.len() <= ADDRESS_BYTES_MAX).then_some((local, server))
}

fn is_server(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b))
        && name.bytes().any(|b| b.is_ascii_alphanumeric())
}

/// A person's name, safe to show: no control, formatting or bidirectional characters, no word that mixes alphabets so as
/// to look like another name, and no longer than a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DisplayName(String);

/// A name longer than this, in characters, is cut.
const NAME_CHARS_MAX: usize = 80;

/// A name of which nothing can be shown: it was empty, or could be read as another's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnfitName {
    /// Nothing is left when invisible characters are taken out.
    #[error("the name has no visible characters")]
    Empty,
    /// A word of it mixes alphabets that nobody's name mixes (Unicode Technical Standard 39, "Highly Restrictive"), or
    /// seems to be in another than it is.
    #[error("the name \"{0}\" mixes alphabets so that it can be read as another name; write each word in one alphabet")]
    Mixed(String),
}

impl DisplayName {
    /// Makes a name safe to show.
    pub fn parse(raw: &str) -> Result<Self, UnfitName> {
        let name = beginning(&visible(raw), NAME_CHARS_MAX).trim().to_owned();
        if name.is_empty() {
            return Err(UnfitName::Empty);
        }
        if mixes_alphabets(&name) { Err(UnfitName::Mixed(name)) } else { Ok(Self(name)) }
    }

    /// The number of characters in a name that is longer than a line, and so is cut; `None` where it fits.
    pub fn too_long(raw: &str) -> Option<usize> {
        let length = visible(raw).chars().count();
        (length > NAME_CHARS_MAX).then_some(length)
    }

    /// A name for somebody of whom only the account is known: the part that names it on its server, which is letters,
    /// digits and marks of ASCII.
    pub fn of_account(address: &Address) -> Self {
        Self(address.local().chars().take(NAME_CHARS_MAX).collect())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DisplayName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A name in one spelling, without what nobody sees.
fn visible(raw: &str) -> String {
    clean_line(raw).nfkc().collect()
}

/// Whether a name could be taken for one in another alphabet. Names of two alphabets, such as "Иван Петров (Ivan
/// Petrov)", are fine where each word is of one, and each alphabet shows in at least one word that it is none of the
/// letters of ASCII: a Cyrillic "Сох" behind a Latin "Sam" does not.
fn mixes_alphabets(name: &str) -> bool {
    let mixes = |text: &str| {
        let letters: String = text.chars().filter(|c| c.identifier_allowed()).collect();
        letters.detect_restriction_level() > RestrictionLevel::HighlyRestrictive
    };
    if !mixes(name) {
        return false;
    }
    let words = || name.split(|c: char| !c.is_alphabetic() && !is_combining_mark(c)).filter(|word| !word.is_empty());
    let script = |word: &str| word.chars().map(|c| c.script()).find(|script| !is_any(*script));
    let looks_latin = |word: &str| {
        let letters = |c: &char| !is_combining_mark(*c);
        script(word) != Some(Script::Latin) && skeleton(word).filter(letters).all(|c| c.is_ascii_alphabetic())
    };
    let shows = |word: &str| words().any(|other| script(other) == script(word) && !looks_latin(other));
    words().any(|word| mixes(word) || (looks_latin(word) && !shows(word)))
}

/// Whether characters of it stand in every alphabet.
fn is_any(script: Script) -> bool {
    script == Script::Common || script == Script::Inherited
}

/// So much of a text as fits into a line about it, without what nobody sees.
pub fn shown(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 80;
    beginning(&clean_line(text), SHOWN_CHARS_MAX)
}

/// One line of somebody's words without characters that are not seen but change how the rest reads.
pub fn clean_line(raw: &str) -> String {
    // Most words are plain already.
    if raw.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && !raw.contains("  ") {
        return raw.trim_matches(' ').to_owned();
    }
    let spaced: String = raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    without_unseen(&spaced).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Empty lines that follow one another in somebody's words. More would push what stands below from the screen.
const EMPTY_LINES_MAX: usize = 2;

/// Several lines of somebody's words, cleaned like [`clean_line`], with the line breaks kept.
pub fn clean_text(raw: &str) -> String {
    let mut empty = 0;
    let mut lines: Vec<String> = raw.lines().map(clean_line).collect();
    lines.retain(|line| {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        empty <= EMPTY_LINES_MAX
    });
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_matrix_ids_are_read_and_others_named() {
        let long = format!("@{}:x.org", "a".repeat(255));
        for read in [Address::exact, Address::typed] {
            assert_eq!(read("@a.b-c=1/+:[::1]:8448").unwrap().as_str(), "@a.b-c=1/+:[::1]:8448");
            for wrong in [
                "sam",
                "@sam",
                "@:example.org",
                "@sam:",
                "@sa m:x.org",
                "@sam:x.org\u{202E}",
                "@s\u{0430}m:x.org",
                &long,
            ] {
                assert!(read(wrong).is_err(), "{wrong:?} was taken for an address");
            }
        }
    }

    #[test]
    fn what_people_type_is_folded_and_what_a_homeserver_gives_is_not() {
        assert_eq!(Address::typed("@Sam:Example.org").unwrap().as_str(), "@sam:example.org");
        for id in ["@Sam:Example.org", "@a!b:example.org", "@<b>*x*</b>\"'`:example.org", "@@sam:example.org"] {
            let address = Address::exact(id).unwrap();
            assert_eq!(address.as_str(), id);
            assert_eq!(format!("@{}:{}", address.local(), address.server()), id);
            let row = serde_json::to_string(&address).unwrap();
            assert_eq!(serde_json::from_str::<Address>(&row).unwrap(), address, "a row is read as it was written");
        }
        assert_ne!(Address::exact("@Alex:example.org"), Address::exact("@alex:example.org"));
        assert!(Address::typed("@a!b:example.org").is_err());
    }

    #[test]
    fn unseen_characters_leave_a_name() {
        for (raw, shown) in [
            ("Sam", "Sam"),
            ("  Sam \u{202E}nosluB\u{202C} ", "Sam nosluB"),
            ("Sa\u{200B}m\u{0007}", "Sam"),
            ("S\u{FEFF}am\nSmith", "Sam Smith"),
            ("Zoë Müller-O'Neill", "Zoë Müller-O'Neill"),
            ("Иван Петров", "Иван Петров"),
            ("田中さくら", "田中さくら"),
            ("Ｓａｍ", "Sam"),
        ] {
            assert_eq!(DisplayName::parse(raw).unwrap().as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn a_name_that_can_be_read_as_another_is_refused() {
        // Latin letters with Cyrillic or Greek ones that look the same; also those of a whole word, or of a short one.
        for raw in [
            "S\u{0430}m",
            "\u{0410}lex",
            "p\u{043E}rter",
            "Sam \u{0421}\u{043E}\u{0445}",
            "Sam (\u{0421}\u{043E}\u{0445})",
            "S \u{0430} m",
            "Sam-\u{0430}",
            "Иван P\u{0435}trov",
            "शर्म\u{0061}",
            "Sam \u{039F}",
        ] {
            let Err(mixed @ UnfitName::Mixed(_)) = DisplayName::parse(raw) else { panic!("{raw:?}") };
            assert!(!mixed.to_string().contains("\\u"), "{mixed}");
        }
        assert_eq!(DisplayName::parse("\u{200B}\u{202E}"), Err(UnfitName::Empty));
    }

    #[test]
    fn a_name_in_two_alphabets_is_fine_where_each_word_is_of_one() {
        for name in [
            "Иван Петров (Ivan Petrov)",
            "Сара Иванова (Sara Ivanova)",
            "محمد Ali",
            "Prakash शर्मा",
            "דוד Cohen",
            "Νίκος Smith",
            "Anna-Мария O'Neill",
            "李 Lei",
            "Nguyễn Văn A",
            "김 Kim",
            "Sam 👩\u{200D}🎓",
            "سارا\u{200C}جان",
            "ශ්\u{200D}රී Perera",
        ] {
            let name: String = name.nfkc().collect();
            assert_eq!(DisplayName::parse(&name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_cut_between_letters() {
        let long = format!("{}e\u{301}e\u{325}\u{301} and so on", "x".repeat(78));
        assert_eq!(DisplayName::too_long(&long), Some(91));
        let name = DisplayName::parse(&long).unwrap();
        assert_eq!(name.as_str(), format!("{}é", "x".repeat(78)));
        assert_eq!(DisplayName::too_long(name.as_str()), None);
    }

    #[test]
    fn text_keeps_its_lines() {
        for (raw, clean) in
            [(" a  b ", "a b"), (" a b ", "a b"), ("a\tb", "a b"), ("a\u{200B}b ", "ab"), ("  ", ""), ("", "")]
        {
            assert_eq!(clean_line(raw), clean, "{raw:?}");
        }
        assert_eq!(clean_text("Dear\u{202E} Alex,\r\n\r\n  I read\tyour talk. \n"), "Dear Alex,\n\nI read your talk.");
        for empty in [3, 400] {
            assert_eq!(clean_text(&format!("Dear Alex,{}Sam", "\n \t\u{200B}".repeat(empty))), "Dear Alex,\n\n\nSam");
        }
    }
}
