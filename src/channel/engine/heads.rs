//! The end of the audit log is told from time to time where the store is not. Somebody who cuts the log and writes on has
//! not changed the ends that were told.

use lodge_core::id::RoomId;
use lodge_core::input::Input;
use lodge_core::rooms::{Key, Stage};
use lodge_core::time::{Span, Timestamp};

use super::Engine;
use super::cause::Cause;
use crate::store::StoreError;
use crate::tables::{self, HeadTold};

/// The way in which the ends of the audit log are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// At most how often. Nothing is told as long as nothing was added to the log.
    pub every: Span,
    /// The room for many in which they are said.
    pub room: Option<Key>,
}

impl Engine {
    /// The time at which the end of the audit log is to be told next; `None` as long as there is nothing new, or no
    /// room to say it in.
    pub fn head_due(&self, heads: &Heads) -> Option<Timestamp> {
        let open = |room: RoomId| self.state.room(room).is_some_and(|room| matches!(room.stage, Stage::Open(_)));
        let can_be_said = heads.room.as_ref().is_none_or(|room| open(room.id()));
        let told = self.head_told;
        let is_new = self.chain.head() != told.map(|told| told.audit).unwrap_or_default();
        let due = told.map_or(Timestamp::from_millis(0), |told| told.at.after(heads.every));
        (can_be_said && is_new).then_some(due)
    }

    /// Tells the end of the audit log, if that is due: the message for the room goes out after the next commit, and the
    /// end that is returned may be written elsewhere then.
    pub fn tell_head(&mut self, heads: &Heads, now: Timestamp) -> Result<Option<HeadTold>, StoreError> {
        if self.head_due(heads).is_none_or(|due| due > now) {
            return Ok(None);
        }
        let told = HeadTold { audit: self.chain.head(), at: now };
        if let Some(room) = &heads.room {
            self.step(Cause::Head(told.audit.number, now), Input::AuditHead(room.clone(), told.audit), now)?;
        }
        self.batch.push(tables::put(&told)?);
        self.head_told = Some(told);
        Ok(Some(told))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::people::member::Role;
    use lodge_core::rooms::{Declared, Encryption, History, Purpose, RoomSettings};
    use lodge_core::say::{Posted, Say};

    use super::*;
    use crate::engine::trial::{NOW, Trial};
    use crate::perform::What;

    fn desk() -> Declared {
        Declared {
            key: Key::parse("desk").unwrap(),
            name: "The desk".to_owned(),
            topic: "For those who work here.".to_owned(),
            purpose: Purpose::Staff,
            joins: BTreeSet::from([Role::Staff]),
            cohorts: BTreeSet::new(),
            posts: BTreeSet::from([Role::Staff]),
            encryption: Encryption::EndToEnd,
            history: History::FromJoining,
            bridged: false,
            federated: false,
            space: None,
        }
    }

    /// The ends that were said in rooms so far.
    fn said(trial: &Trial) -> Vec<u64> {
        let number = |what: &What| {
            let What::Post(_, Say::Posted(Posted::AuditHead { head })) = what else { return None };
            Some(head.number)
        };
        trial.done.iter().filter_map(number).collect()
    }

    #[test]
    fn the_end_of_the_log_is_said_once_in_a_while_and_only_when_it_is_another() {
        let mut trial = Trial::new();
        let heads = Heads { every: Span::from_days(1), room: Some(desk().key) };
        assert_eq!(trial.engine.head_due(&heads), None, "there is no such room yet");
        assert_eq!(trial.engine.tell_head(&heads, NOW).unwrap(), None);
        trial.engine.rooms(RoomSettings { declared: vec![desk()], ..RoomSettings::default() }, NOW).unwrap();
        trial.settle();
        let first = trial.engine.tell_head(&heads, NOW).unwrap().expect("it is due at once");
        trial.settle();
        assert_eq!(said(&trial), [first.audit.number]);
        let later = NOW.after(Span::from_days(2));
        assert_eq!(trial.engine.head_due(&heads), None, "nothing is new");
        assert_eq!(trial.engine.tell_head(&heads, later).unwrap(), None);
        trial.restart();
        assert_eq!(trial.engine.head_due(&heads), None, "that it was told outlives a start");
        trial
            .engine
            .roster(lodge_core::people::roster::Roster::whole(Vec::<lodge_core::people::member::Person>::new()), NOW)
            .unwrap();
        trial.settle();
        assert_eq!(trial.engine.head_due(&heads), Some(NOW.after(heads.every)));
        assert_eq!(trial.engine.tell_head(&heads, NOW).unwrap(), None, "not before its time");
        let second = trial.engine.tell_head(&heads, later).unwrap().unwrap();
        assert!(second.audit.number > first.audit.number);
        trial.settle();
        assert_eq!(said(&trial), [first.audit.number, second.audit.number]);
    }
}
