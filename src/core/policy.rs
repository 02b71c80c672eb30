//! The service's rules and settings, as the core needs them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::consent::Versions;
use crate::name::Address;
use crate::time::{OfficeHour, Span};

/// A purpose from the service's closed list, by its short name, such as `information-interview`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PurposeId(String);

impl PurposeId {
    /// The purpose with this short name.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The short name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PurposeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that people may be introduced for. The list is closed; personal purposes are not on it (requirement C5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Its short name, which is kept in consents.
    pub id: PurposeId,
    /// How people read it, such as "an information interview".
    pub label: String,
}

/// What the service decided. Every duration and limit of the core is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The service's name.
    pub service: String,
    /// The porter's own address.
    pub porter: Address,
    /// How long an addressee has (requirement A8).
    pub answer_within: Span,
    /// When in the day a wait ends.
    pub office: OfficeHour,
    /// How long after the request each reminder to the addressee goes.
    pub reminders: Vec<Span>,
    /// How long two people have to come into the room that was opened for them.
    pub join_within: Span,
    /// How many requests one member may have waiting (requirement A9).
    pub waiting_requests_max: usize,
    /// The longest message in a request, in characters.
    pub message_chars_max: usize,
    /// The closed list of purposes. Never empty.
    pub purposes: Vec<Purpose>,
    /// The editions in force.
    pub versions: Versions,
}

impl Settings {
    /// The purpose with this id, if the service still offers it.
    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }

    /// The purpose that a person means: by its number in the list, its short name, or words from its label.
    pub fn purpose_meant(&self, words: &str) -> Option<&Purpose> {
        let words = words.trim().trim_end_matches(['.', '!']).to_lowercase();
        if let Ok(number) = words.parse::<usize>() {
            return number.checked_sub(1).and_then(|index| self.purposes.get(index));
        }
        let plain = |text: &str| text.to_lowercase().replace('-', " ");
        let words = plain(&words);
        let words = ["an ", "a ", "the ", "some "].iter().find_map(|a| words.strip_prefix(a)).unwrap_or(&words);
        if words.len() < 3 {
            return None;
        }
        self.purposes.iter().find(|p| plain(p.id.as_str()) == words).or_else(|| {
            let mut hits = self
                .purposes
                .iter()
                .filter(|p| plain(&p.label).contains(words) || plain(p.id.as_str()).contains(words));
            let first = hits.next();
            if hits.next().is_none() { first } else { None }
        })
    }
}
