//! The messages that wait for their keys: only those for which a key came are tried again, and one such look is taken
//! at a time, whatever is sent to the account's devices.

use std::collections::BTreeSet;

use lodge_matrix::homeserver::RoomRef;
use serde_json::Value;

/// The rooms and keys that are still to be tried.
#[derive(Debug, Default)]
pub(super) struct Looking {
    /// Whether a look is on.
    is_on: bool,
    /// The Megolm sessions whose keys came since it began.
    sessions: BTreeSet<String>,
    /// Whether everything is to be tried, for keys may have come that nobody heard of.
    all: bool,
}

impl Looking {
    /// Everything is to be tried once: what an earlier process left.
    pub(super) fn at_everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Keys came, of these sessions.
    pub(super) fn came(&mut self, sessions: BTreeSet<String>) {
        self.sessions.extend(sessions);
    }

    /// Whether a look is wanted that can begin.
    pub(super) fn can_begin(&self) -> bool {
        !self.is_on && (self.all || !self.sessions.is_empty())
    }

    /// Begins a look at the messages for which a key came; empty where there are none.
    pub(super) fn begin<'a>(&mut self, sealed: impl Iterator<Item = (&'a RoomRef, &'a str)>) -> Vec<(RoomRef, String)> {
        let (all, sessions) = (std::mem::take(&mut self.all), std::mem::take(&mut self.sessions));
        let is_meant = |sealed: &str| all || session(sealed).is_some_and(|session| sessions.contains(&session));
        let meant = sealed.filter(|(_, sealed)| is_meant(sealed));
        let meant: Vec<_> = meant.map(|(room, sealed)| (room.clone(), sealed.to_owned())).collect();
        self.is_on = !meant.is_empty();
        meant
    }

    /// The look that was on has ended.
    pub(super) fn ended(&mut self) {
        self.is_on = false;
    }
}

/// The session that a message names as the one it was encrypted in (Matrix 1.18, `m.room.encrypted`).
fn session(sealed: &str) -> Option<String> {
    let event: Value = serde_json::from_str(sealed).ok()?;
    event.get("content")?.get("session_id")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(looking: &mut Looking, sealed: &[(RoomRef, String)]) -> Vec<(RoomRef, String)> {
        looking.begin(sealed.iter().map(|(room, sealed)| (room, sealed.as_str())))
    }

    fn sealed(session: &str) -> (RoomRef, String) {
        (RoomRef("!room".to_owned()), format!(r#"{{"content":{{"session_id":"{session}"}}}}"#))
    }

    fn keys(sessions: &[&str]) -> BTreeSet<String> {
        sessions.iter().map(|&session| session.to_owned()).collect()
    }

    #[test]
    fn only_what_a_key_came_for_is_tried_and_one_look_is_on_at_a_time() {
        let waiting =
            || vec![sealed("one"), sealed("two"), sealed("two"), (RoomRef("!room".to_owned()), String::new())];
        let mut looking = Looking::default();
        assert!(!looking.can_begin(), "no key came");
        looking.came(keys(&["two", "other"]));
        assert!(looking.can_begin());
        assert_eq!(begin(&mut looking, &waiting()), [sealed("two"), sealed("two")]);
        looking.came(keys(&["one"]));
        assert!(!looking.can_begin(), "one is on");
        looking.ended();
        assert!(looking.can_begin());
        assert_eq!(begin(&mut looking, &waiting()), [sealed("one")]);
        looking.ended();
        assert!(!looking.can_begin());
    }

    #[test]
    fn a_key_that_nothing_waits_for_leads_to_no_look() {
        let mut looking = Looking::default();
        looking.came(keys(&["other"]));
        assert_eq!(begin(&mut looking, &[sealed("one")]), []);
        looking.came(keys(&["one"]));
        assert!(looking.can_begin(), "none is on");
    }

    #[test]
    fn what_an_earlier_process_left_is_tried_once() {
        let mut looking = Looking::at_everything();
        assert_eq!(begin(&mut looking, &[sealed("one"), sealed("two")]).len(), 2);
        looking.ended();
        assert!(!looking.can_begin());
    }
}
