//! The end of the audit log is said in a room for many from time to time.

use lodge_core::time::Timestamp;
use lodge_engine::Heads;

use super::Channel;
use crate::store::StoreError;
use crate::tables::HeadTold;

impl Channel {
    /// The time at which the end of the audit log is to be told next; `None` as long as there is nothing new, or no
    /// room to say it in.
    pub fn head_due(&self, heads: &Heads) -> Option<Timestamp> {
        self.engine.head_due(heads)
    }

    /// Tells the end of the audit log, if that is due: the message for the room goes out after the next commit, and the
    /// end that is returned may be written elsewhere then.
    pub fn tell_head(&mut self, heads: &Heads, now: Timestamp) -> Result<Option<HeadTold>, StoreError> {
        let Some((told, consequences)) = self.engine.tell_head(heads, now)? else { return Ok(None) };
        self.attend(consequences)?;
        Ok(Some(told))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::people::member::Role;
    use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, RoomSettings};
    use lodge_core::say::{Posted, Say};
    use lodge_core::time::Span;

    use super::*;
    use crate::channel::trial::{NOW, Trial};
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
