//! Rooms as the service declares them: every setting is written out, and what would surprise anybody is refused.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use super::Bridge;
use crate::conduct::Limits;
use crate::id::RoomId;
use crate::name::Address;
use crate::people::member::Role;
use crate::time::Span;

pub use lodge_ground::privacy::{Encryption, History};

/// The short name by which people ask for a room, such as `pharma`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Key(String);

/// Text that should have been a room's short name and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a short name of lower-case letters, digits and hyphens, such as \"pharma\", found \"{0}\"")]
pub struct NotAKey(String);

/// The longest short name, in characters.
const KEY_CHARS_MAX: usize = 32;

impl Key {
    /// Reads a short name.
    ///
    /// # Errors
    /// When it is not made of lower-case letters, digits and single hyphens, begins with no letter, or is too long.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let fits = (1..=KEY_CHARS_MAX).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.split('-').all(|part| !part.is_empty())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAKey(text.chars().take(80).collect())) }
    }

    /// The short name that is nearest to somebody's words: "Pharma & Biotech" is `pharma-biotech`.
    pub fn from_words(words: &str) -> Option<Self> {
        let plain: String =
            words.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let mut key = String::new();
        for word in plain.split_whitespace() {
            if key.len() + word.len() + 1 > KEY_CHARS_MAX {
                break;
            }
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(word);
        }
        Self::parse(&key).ok()
    }

    /// The short name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The room's id, which follows from its short name.
    pub fn id(&self) -> RoomId {
        let hash = Sha256::new().chain_update(b"lodge room ").chain_update(self.0.as_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        RoomId::from_bytes(bytes)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The purpose of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A room where everybody meets.
    Lobby,
    /// The service's news.
    Announcements,
    /// For those who came together, such as a year's students.
    Cohort,
    /// A room for an interest or a field of work.
    Interest,
    /// Placements and openings (requirement D6).
    Opportunities,
    /// A room for the service's own people.
    Staff,
    /// No room to talk in, but a list of rooms that clients show as a Space. Somebody in it sees who else is.
    Space,
}

/// A room as it is to be. There is no default: each says everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// The short name by which members ask for it.
    pub key: Key,
    /// The name that clients show.
    pub name: String,
    /// The topic, in the service's words. A word on who can read the room is added, from these settings.
    pub topic: String,
    /// The purpose, which decides what else is allowed.
    pub purpose: Purpose,
    /// The roles that may come in.
    pub joins: BTreeSet<Role>,
    /// The cohorts, in a room for some.
    pub cohorts: BTreeSet<String>,
    /// The roles that may write.
    pub posts: BTreeSet<Role>,
    /// Whether messages are encrypted.
    pub encryption: Encryption,
    /// The people who see earlier messages.
    pub history: History,
    /// Whether a bridge may bring it to another network.
    pub bridged: bool,
    /// Whether people with accounts elsewhere may be in it.
    pub federated: bool,
    /// The Space that lists it.
    pub space: Option<Key>,
}

impl Declared {
    /// The room's id, which follows from its key.
    pub fn id(&self) -> RoomId {
        self.key.id()
    }

    /// Whether somebody with this role, who came with this cohort, may be in it.
    pub fn opens_to(&self, role: Role, cohort: Option<&str>) -> bool {
        let of_cohort = self.cohorts.is_empty() || cohort.is_some_and(|cohort| self.cohorts.contains(cohort));
        // People who work for the service come with no cohort.
        role != Role::Unverified && self.joins.contains(&role) && (of_cohort || works_here(role))
    }

    /// Whether everybody who is in it may write.
    pub fn everybody_posts(&self) -> bool {
        self.joins.is_subset(&self.posts)
    }
}

/// The service's settings for its rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSettings {
    /// The rooms, in the order in which people are shown them.
    pub declared: Vec<Declared>,
    /// An account that is kept sealed, and can take the rooms over if the porter's account is lost.
    pub standby: Option<Address>,
    /// After how long without a word a room that somebody suggested is quiet.
    pub quiet_after: Span,
    /// Members are warned this long before a quiet room is archived.
    pub quiet_warning: Span,
    /// The bridges. Their accounts may be in rooms that are bridged, and in no others.
    pub bridges: Vec<Bridge>,
    /// The limits on conduct in them.
    pub conduct: Limits,
}

impl Default for RoomSettings {
    /// No rooms at all.
    fn default() -> Self {
        Self {
            declared: Vec::new(),
            standby: None,
            quiet_after: Span::from_days(180),
            quiet_warning: Span::from_days(14),
            bridges: Vec::new(),
            conduct: Limits::default(),
        }
    }
}

/// Something about a declared room that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The room, by its place in the list.
    pub room: usize,
    /// The name of the setting.
    pub setting: &'static str,
    /// The value that was found and the values that are allowed.
    pub what: String,
}

/// The longest name of a room and the longest topic, in characters.
const NAME_CHARS_MAX: usize = 80;
const TOPIC_CHARS_MAX: usize = 500;

impl RoomSettings {
    /// The room with this short name, if it is declared.
    pub fn declared(&self, key: &Key) -> Option<&Declared> {
        self.declared.iter().find(|room| room.key == *key)
    }

    /// Whether this account belongs to a bridge.
    pub fn is_bridge(&self, who: &Address) -> bool {
        self.bridges.iter().any(|bridge| bridge.has(who))
    }

    /// The settings that are not allowed.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, room) in self.declared.iter().enumerate() {
            let mut add = |setting, what: String| problems.push(Problem { room: index, setting, what });
            if self.declared[..index].iter().any(|other| other.key == room.key) {
                add("key", format!("\"{}\" is declared twice; each room once", room.key));
            }
            if let Some(what) = length(&room.name, NAME_CHARS_MAX) {
                add("name", what);
            }
            if let Some(what) = length(&room.topic, TOPIC_CHARS_MAX) {
                add("topic", what);
            }
            readers(room, &mut add);
            people(room, &mut add);
            self.space(room, &mut add);
        }
        problems
    }

    fn space(&self, room: &Declared, add: &mut impl FnMut(&'static str, String)) {
        let Some(key) = &room.space else { return };
        let space = self.declared(key).filter(|space| space.purpose == Purpose::Space);
        match space {
            _ if room.purpose == Purpose::Space => add("space", "a Space stands in no other".to_owned()),
            None => add("space", format!("expected the key of a room whose purpose is \"space\", found \"{key}\"")),
            // Somebody in a Space sees that there is a room, so it lists none that they may not join.
            Some(space) if !space.joins.is_subset(&room.joins) => {
                add("space", format!("everybody who may join \"{key}\" must be allowed to join the rooms in it"));
            }
            Some(_) => {}
        }
    }
}

/// Examines who can read the room, and how.
fn readers(room: &Declared, add: &mut impl FnMut(&'static str, String)) {
    let for_all = match room.purpose {
        Purpose::Lobby | Purpose::Announcements | Purpose::Opportunities | Purpose::Space => true,
        Purpose::Cohort | Purpose::Interest | Purpose::Staff => false,
    };
    let may_be_bridged = match room.purpose {
        Purpose::Announcements | Purpose::Opportunities | Purpose::Interest => true,
        Purpose::Lobby | Purpose::Cohort | Purpose::Staff | Purpose::Space => false,
    };
    let encrypted = room.encryption == Encryption::EndToEnd;
    if for_all && encrypted {
        add(
            "encrypted",
            "a lobby, announcements, opportunities and a Space are not encrypted: expected false".to_owned(),
        );
    }
    if for_all && room.history != History::Shared {
        let what = "in a lobby, announcements, opportunities and a Space everybody sees what was said before they came";
        add("history", format!("{what}: expected \"shared\""));
    }
    if room.purpose == Purpose::Staff && !encrypted {
        add("encrypted", "a staff room is encrypted: expected true".to_owned());
    }
    if encrypted && room.history == History::Shared {
        let what = "who comes into an encrypted room cannot read what was said before";
        add("history", format!("{what}: expected \"from-joining\" or \"from-invitation\""));
    }
    if room.bridged && !may_be_bridged {
        add("bridged", "only announcements, opportunities and rooms for an interest can be bridged".to_owned());
    }
    if room.bridged && encrypted {
        add("bridged", "a bridge reads all that is said, so an encrypted room has none".to_owned());
    }
}

/// Examines who may be in the room and who may write.
fn people(room: &Declared, add: &mut impl FnMut(&'static str, String)) {
    if room.joins.is_empty() {
        add("joins", "expected at least one role, found none".to_owned());
    }
    if room.joins.contains(&Role::Unverified) {
        add("joins", "rooms are for people whose role is verified: expected no \"unverified\"".to_owned());
    }
    if !room.posts.is_subset(&room.joins) {
        add("posts", "whoever may write in a room must be among those who may join it".to_owned());
    }
    let of_the_service = |roles: &BTreeSet<Role>| roles.iter().all(|role| works_here(*role));
    let others = room.joins.iter().filter(|role| !works_here(**role)).count();
    match room.purpose {
        Purpose::Announcements | Purpose::Opportunities if !of_the_service(&room.posts) => {
            add("posts", "only staff, interns and administrators write in announcements and opportunities".to_owned());
        }
        Purpose::Staff if !of_the_service(&room.joins) => {
            add("joins", "a staff room is for staff, interns and administrators".to_owned());
        }
        Purpose::Space if others > 1 => {
            add(
                "joins",
                "whoever is in a Space sees who else is, so it is for one role beside the service's own people"
                    .to_owned(),
            );
        }
        Purpose::Space if !room.posts.is_empty() => add("posts", "nobody writes in a Space: expected []".to_owned()),
        Purpose::Lobby
        | Purpose::Announcements
        | Purpose::Cohort
        | Purpose::Interest
        | Purpose::Opportunities
        | Purpose::Staff
        | Purpose::Space => {}
    }
    match room.purpose {
        Purpose::Cohort if room.cohorts.is_empty() => {
            add("cohorts", "expected at least one cohort, found none".to_owned());
        }
        Purpose::Cohort => {}
        Purpose::Lobby
        | Purpose::Announcements
        | Purpose::Interest
        | Purpose::Opportunities
        | Purpose::Staff
        | Purpose::Space => {
            if !room.cohorts.is_empty() {
                add("cohorts", "only a room whose purpose is \"cohort\" is for certain cohorts".to_owned());
            }
        }
    }
}

/// Whether this role is one of the service's own.
fn works_here(role: Role) -> bool {
    match role {
        Role::Staff | Role::Intern | Role::Administrator => true,
        Role::Unverified | Role::Student | Role::Alumnus | Role::Employer => false,
    }
}

fn length(text: &str, most: usize) -> Option<String> {
    let found = text.trim().chars().count();
    (!(1..=most).contains(&found)).then(|| format!("expected 1 to {most} characters, found {found}"))
}
