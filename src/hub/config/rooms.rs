//! The rooms for many: what each says, and what holds for all of them.

use std::collections::BTreeSet;

use lodge_core::name::Address;
use lodge_core::people::member::Role;
use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, RoomSettings};
use lodge_core::time::Span;
use serde::Deserialize;

use super::introductions::lasting;
use super::moderation::Moderation;

/// The settings of all rooms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    /// A sealed account that can take the rooms over.
    #[serde(deserialize_with = "lodge_plumbing::config::address_if_any")]
    pub standby: Option<Address>,
    /// A suggested room is quiet after this long without a word.
    pub quiet_after: Span,
    /// The members of a quiet room are warned this long before it is archived.
    pub quiet_warning: Span,
}

impl Default for Community {
    fn default() -> Self {
        let RoomSettings { standby, quiet_after, quiet_warning, .. } = RoomSettings::default();
        Self { standby, quiet_after, quiet_warning }
    }
}

/// A room, as it is declared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// The key that names the room for good, in the configuration and in commands.
    pub key: Key,
    /// The name that people see.
    pub name: String,
    /// The topic that clients show.
    pub topic: String,
    /// The purpose, which decides the room's settings.
    pub purpose: Purpose,
    /// The roles that may come in.
    pub joins: BTreeSet<Role>,
    /// The cohorts that may come in; all where none is named.
    #[serde(default)]
    pub cohorts: BTreeSet<String>,
    /// The roles that may write.
    pub posts: BTreeSet<Role>,
    /// Whether messages are encrypted.
    pub encrypted: bool,
    /// The people who see earlier messages.
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

/// The core's settings for the rooms, with what holds for conduct in them.
pub(super) fn settings(community: &Community, rooms: &[Room], moderation: &Moderation) -> RoomSettings {
    let Community { standby, quiet_after, quiet_warning } = community.clone();
    RoomSettings {
        declared: rooms.iter().map(Room::declared).collect(),
        standby,
        quiet_after,
        quiet_warning,
        bridges: Vec::new(),
        conduct: moderation.limits(),
    }
}

/// The mistakes in the rooms, each with its key.
pub(super) fn problems(community: &Community, rooms: &[Room], porter: &Address) -> Vec<String> {
    let settings = settings(community, rooms, &Moderation::default());
    let mut problems: Vec<String> = settings
        .problems()
        .into_iter()
        .map(|problem| format!("rooms[{}].{}: {}", problem.room, problem.setting, problem.what))
        .collect();
    if community.standby.as_ref() == Some(porter) {
        problems.push("community.standby: expected another account than the porter's own".to_owned());
    }
    problems.extend(lasting("community.quiet_after", settings.quiet_after));
    problems.extend(lasting("community.quiet_warning", settings.quiet_warning));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOBBY: &str = r#"
        key = "lobby"
        name = "Lobby"
        topic = "Hello."
        purpose = "lobby"
        joins = ["student"]
        posts = ["student"]
        encrypted = true
        history = "shared"
    "#;

    fn wrong(community: &str) -> Vec<String> {
        let porter = Address::exact("@porter:example.org").unwrap();
        problems(&toml::from_str(community).unwrap(), &[toml::from_str(LOBBY).unwrap()], &porter)
    }

    #[test]
    fn what_is_wrong_with_a_room_is_named_with_its_key() {
        let found = wrong("");
        let expected =
            "rooms[0].encrypted: a lobby, announcements, opportunities and a Space are not encrypted: expected false";
        assert_eq!(found[0], expected);
    }

    #[test]
    fn what_is_wrong_for_all_rooms_is_named_with_its_key() {
        for (set, expected) in [
            ("standby = \"@porter:example.org\"", "community.standby: expected another account than the porter's own"),
            ("quiet_after = \"0s\"", "community.quiet_after: expected more than nothing, found 0"),
        ] {
            assert!(wrong(set).iter().any(|problem| problem == expected), "{:?}", wrong(set));
        }
    }

    #[test]
    fn a_room_says_everything_or_is_refused() {
        let settings = ["name", "topic", "purpose", "joins", "posts", "encrypted", "history"];
        for setting in settings {
            let without: Vec<&str> = LOBBY.lines().filter(|line| !line.trim().starts_with(setting)).collect();
            let error = toml::from_str::<Room>(&without.join("\n")).unwrap_err();
            assert!(error.message().contains(&format!("missing field `{setting}`")), "{error}");
        }
    }
}
