//! Names and addresses as they come from outside, made safe to show.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection};

/// Where a member is reached: today a full Matrix id such as `@sam:example.org`.
///
/// It is always shown beside a name, for a name can be anybody's.
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
    /// Reads a full Matrix id. Upper-case letters in the local part are put in lower case, as people type them.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let wrong = || NotAnAddress(text.chars().take(80).collect());
        let rest = text.strip_prefix('@').ok_or_else(wrong)?;
        let (local, server) = rest.split_once(':').ok_or_else(wrong)?;
        let local = local.to_ascii_lowercase();
        let local_fits = !local.is_empty()
            && local.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._=-/+".contains(&b));
        let server_fits = !server.is_empty()
            && server.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b))
            && server.bytes().any(|b| b.is_ascii_alphanumeric());
        if !local_fits || !server_fits || text.len() > ADDRESS_BYTES_MAX {
            return Err(wrong());
        }
        Ok(Self(format!("@{local}:{}", server.to_ascii_lowercase())))
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
        self.0.trim_start_matches('@').split(':').next().unwrap_or_default()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
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
    /// Cleans a name.
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

    /// What somebody is called of whom only the account is known: the part that names it on its server, which is plain
    /// letters, digits and marks.
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

/// One line of somebody's words without characters that are not seen but change how the rest reads.
pub fn clean_line(raw: &str) -> String {
    let spaced: String =
        raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_unseen(*c)).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Several lines of somebody's words, cleaned like [`clean_line`], with the line breaks kept.
pub fn clean_text(raw: &str) -> String {
    let lines: Vec<String> = raw.lines().map(clean_line).collect();
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
        assert_eq!(Address::parse("@Sam:Example.org").unwrap().as_str(), "@sam:example.org");
        assert_eq!(Address::parse("@a.b-c=1/+:[::1]:8448").unwrap().as_str(), "@a.b-c=1/+:[::1]:8448");
        for wrong in ["sam", "@sam", "@:example.org", "@sam:", "@sa m:x.org", "@sam:x.org\u{202E}", "@s\u{0430}m:x.org"]
        {
            assert!(Address::parse(wrong).is_err(), "{wrong:?} was taken for an address");
        }
        assert!(Address::parse(&format!("@{}:x.org", "a".repeat(255))).is_err());
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
    fn text_keeps_its_lines() {
        assert_eq!(clean_text("Dear\u{202E} Alex,\r\n\r\n  I read\tyour talk. \n"), "Dear Alex,\n\nI read your talk.");
    }
}
