//! Names and addresses as they come from outside, made safe to show.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection};

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
#[error("not a full Matrix id: expected one such as \"@sam:example.org\", found {0:?}")]
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
        Self(text.chars().take(80).collect())
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

/// A person's name, safe to show: no control, formatting or bidirectional characters, nothing that mixes scripts so
/// as to look like another name, and no longer than a line.
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
    /// It mixes alphabets that nobody's name mixes (Unicode Technical Standard 39, "Highly Restrictive").
    #[error("the name {0:?} mixes alphabets so that it can be read as another name; write it in one alphabet")]
    Mixed(String),
}

impl DisplayName {
    /// Makes a name safe to show.
    pub fn parse(raw: &str) -> Result<Self, UnfitName> {
        let visible: String = clean_line(raw).nfkc().collect();
        let name: String = visible.chars().take(NAME_CHARS_MAX).collect::<String>().trim().to_owned();
        if name.is_empty() {
            return Err(UnfitName::Empty);
        }
        let letters: String = name.chars().filter(|c| c.identifier_allowed()).collect();
        if letters.detect_restriction_level() > RestrictionLevel::HighlyRestrictive {
            return Err(UnfitName::Mixed(name));
        }
        Ok(Self(name))
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

/// A letter keeps this many marks above and below it. No language needs more, and a tower of them hides other lines.
const MARKS_MAX: usize = 4;

/// One line of somebody's words without characters that are not seen but change how the rest reads.
pub fn clean_line(raw: &str) -> String {
    let mut marks = 0;
    let spaced: String = raw
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_unseen(*c))
        .filter(|c| {
            marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
            marks <= MARKS_MAX
        })
        .collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Several lines of somebody's words, cleaned like [`clean_line`], with the line breaks kept; of empty lines, one at a
/// time.
pub fn clean_text(raw: &str) -> String {
    let mut lines: Vec<String> = raw.lines().map(clean_line).collect();
    lines.dedup_by(|next, last| next.is_empty() && last.is_empty());
    lines.join("\n").trim().to_owned()
}

/// Control, formatting, bidirectional, tag and private-use characters, and the invisible fillers.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
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
        // Latin letters with Cyrillic ones that look the same.
        for raw in ["S\u{0430}m", "\u{0410}lex", "p\u{043E}rter"] {
            assert!(matches!(DisplayName::parse(raw), Err(UnfitName::Mixed(_))), "{raw:?}");
        }
        assert_eq!(DisplayName::parse("\u{200B}\u{202E}"), Err(UnfitName::Empty));
    }

    #[test]
    fn nobodys_words_push_others_off_the_screen() {
        assert_eq!(clean_text(&format!("Dear Alex,{}Sam", "\n".repeat(400))), "Dear Alex,\n\nSam");
        let tower = format!("a{} b", "\u{301}".repeat(900));
        assert_eq!(clean_text(&tower), format!("a{} b", "\u{301}".repeat(MARKS_MAX)));
    }

    #[test]
    fn text_keeps_its_lines() {
        assert_eq!(clean_text("Dear\u{202E} Alex,\r\n\r\n  I read\tyour talk. \n"), "Dear Alex,\n\nI read your talk.");
    }
}
