//! The places where the ends of the audit log are told, so that the log can be checked by them later.

use std::path::PathBuf;

use lodge_channel::Heads;
use lodge_core::rooms::Key;
use lodge_core::time::Span;
use serde::Deserialize;

use super::introductions::lasting;
use super::rooms::Room;

/// The places where the ends of the audit log are told, and the time between.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Audit {
    /// A file to whose end each is added.
    pub heads_file: Option<PathBuf>,
    /// A room of the staff's in which each is said.
    pub heads_room: Option<Key>,
    /// The ends are told at most this often.
    pub heads_every: Span,
}

impl Default for Audit {
    fn default() -> Self {
        Self { heads_file: None, heads_room: None, heads_every: Span::from_days(1) }
    }
}

impl Audit {
    /// The way in which the ends are told, if they are.
    pub(crate) fn heads(&self) -> Option<Heads> {
        let told = self.heads_file.is_some() || self.heads_room.is_some();
        told.then(|| Heads { every: self.heads_every, room: self.heads_room.clone() })
    }

    /// The mistakes, each with its key. The number of entries tells how much happens, and so it is for those alone who
    /// work for the service.
    pub(super) fn problems(&self, rooms: &[Room]) -> Vec<String> {
        let mut problems: Vec<String> = lasting("audit.heads_every", self.heads_every).into_iter().collect();
        if let Some(key) = &self.heads_room {
            match rooms.iter().find(|room| room.key == *key) {
                None => problems.push(format!("audit.heads_room: expected the key of one of the rooms, found \"{key}\"")),
                Some(room) if !room.joins.iter().all(|role| role.is_staff()) => problems.push(format!(
                    "audit.heads_room: expected a room that only staff and administrators join, found \"{key}\", which others \
                     join too"
                )),
                Some(_) => {}
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(key: &str, joins: &str) -> Room {
        toml::from_str(&format!(
            "key = \"{key}\"\nname = \"A room\"\ntopic = \"Hello.\"\npurpose = \"interest\"\njoins = {joins}\nposts = \
             [\"staff\"]\nencrypted = true\nhistory = \"from-joining\""
        ))
        .unwrap()
    }

    #[test]
    fn the_ends_of_the_audit_log_are_told_to_none_but_staff() {
        let rooms = [room("desk", "[\"staff\", \"administrator\"]"), room("lobby", "[\"staff\", \"student\"]")];
        let problems = |set: &str| toml::from_str::<Audit>(set).unwrap().problems(&rooms);
        assert_eq!(problems("heads_room = \"desk\"\nheads_file = \"heads.txt\""), [""; 0]);
        assert_eq!(problems(""), [""; 0]);
        for (set, expected) in [
            ("heads_room = \"dusk\"", "audit.heads_room: expected the key of one of the rooms, found \"dusk\""),
            (
                "heads_room = \"lobby\"",
                "audit.heads_room: expected a room that only staff and administrators join, found \"lobby\", which others join too",
            ),
            ("heads_every = \"0s\"", "audit.heads_every: expected more than nothing, found 0"),
        ] {
            assert_eq!(problems(set), [expected]);
        }
    }
}
