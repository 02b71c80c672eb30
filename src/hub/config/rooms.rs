//! The rooms for many: what each says, and what holds for all of them.

use std::collections::BTreeSet;

use lodge_core::member::Role;
use lodge_core::name::Address;
use lodge_core::room::{Declared, Encryption, History, Key, Purpose, RoomSettings};
use lodge_core::time::Span;
use serde::Deserialize;

/// What holds for all rooms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    /// A sealed account that can take the rooms over.
    pub standby: Option<Address>,
    /// After how long without a word a suggested room is quiet.
    #[serde(default)]
    pub quiet_after: Option<Span>,
    /// How long its members are warned before it is archived.
    #[serde(default)]
    pub quiet_warning: Option<Span>,
}

/// A room, as it is declared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Its short name.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Who may come in.
    pub joins: BTreeSet<Role>,
    /// Of which cohorts.
    #[serde(default)]
    pub cohorts: BTreeSet<String>,
    /// Who may write.
    pub posts: BTreeSet<Role>,
    /// Whether what is said is encrypted.
    pub encrypted: bool,
    /// Who sees what was said before they came.
    pub history: History,
    /// Whether a bridge may bring it to another network.
    #[serde(default)]
    pub bridged: bool,
    /// Whether accounts on other homeservers may be in it.
    #[serde(default)]
    pub federated: bool,
    /// The Space that lists it.
    #[serde(default)]
    pub space: Option<Key>,
}

impl Room {
    fn declared(&self) -> Declared {
        Declared {
            key: self.key.clone(),
            name: self.name.clone(),
            topic: self.topic.clone(),
            purpose: self.purpose,
            joins: self.joins.clone(),
            cohorts: self.cohorts.clone(),
            posts: self.posts.clone(),
            encryption: if self.encrypted { Encryption::EndToEnd } else { Encryption::None },
            history: self.history,
            bridged: self.bridged,
            federated: self.federated,
            space: self.space.clone(),
        }
    }
}

/// The core's settings for the rooms.
pub(super) fn settings(community: &Community, rooms: &[Room]) -> RoomSettings {
    let usual = RoomSettings::default();
    RoomSettings {
        declared: rooms.iter().map(Room::declared).collect(),
        standby: community.standby.clone(),
        quiet_after: community.quiet_after.unwrap_or(usual.quiet_after),
        quiet_warning: community.quiet_warning.unwrap_or(usual.quiet_warning),
        bridges: Vec::new(),
    }
}

/// What is wrong, each with its key.
pub(super) fn problems(community: &Community, rooms: &[Room], porter: &Address) -> Vec<String> {
    let settings = settings(community, rooms);
    let mut problems: Vec<String> = settings
        .problems()
        .into_iter()
        .map(|problem| format!("rooms[{}].{}: {}", problem.room, problem.setting, problem.what))
        .collect();
    if community.standby.as_ref() == Some(porter) {
        problems.push("community.standby: expected another account than the porter's own".to_owned());
    }
    for (key, span) in [("quiet_after", settings.quiet_after), ("quiet_warning", settings.quiet_warning)] {
        if span.as_millis() == 0 {
            problems.push(format!("community.{key}: expected more than nothing, found 0"));
        }
    }
    problems
}
