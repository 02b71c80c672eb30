//! How fast somebody is listened to. Whoever writes more in a minute than the service allows hears once that the porter
//! reads on later, and holds up nobody else: what they write is kept and read in the minutes that follow.
//!
//! What is kept is bounded too, so of somebody who goes on and on the porter reads only the first. What is read late
//! answers nothing that was asked since it was written.

use std::collections::{BTreeMap, VecDeque};

use lodge_core::effect::Act;
use lodge_core::id::MemberId;
use lodge_core::input::Trust;
use lodge_core::introduction::RoomRef;
use lodge_core::say::Say;
use lodge_core::time::{Span, Timestamp};

use super::Engine;
use super::cause::Cause;
use crate::homeserver::EventRef;
use crate::news::Text;
use crate::outbox::Errand;
use crate::store::StoreError;
use crate::tables::{self, Kept, Unread};

const MINUTE: Span = Span::from_millis(60_000);

/// How many messages of one member's wait at most to be read, and how many bytes of words.
const UNREAD_MAX: usize = 1000;
const UNREAD_BYTES_MAX: usize = 262_144;

/// How much was read of whom, and what is still to be read.
#[derive(Debug, Default)]
pub(super) struct Paces {
    read: BTreeMap<MemberId, Minute>,
    unread: BTreeMap<MemberId, VecDeque<Unread>>,
    next: u64,
}

/// A minute of reading what one member writes.
#[derive(Debug, Clone, Copy)]
struct Minute {
    from: Timestamp,
    read: usize,
}

impl Paces {
    /// What was still to be read when the last process ended.
    pub(super) fn new(rows: Vec<Unread>) -> Self {
        let mut paces = Self::default();
        for row in rows {
            paces.next = paces.next.max(row.number + 1);
            paces.unread.entry(row.member).or_default().push_back(row);
        }
        paces
    }

    /// When something is to be read on.
    pub(super) fn next_wake(&self) -> Option<Timestamp> {
        let over = |member: &MemberId| {
            self.read.get(member).map_or(Timestamp::from_millis(0), |minute| minute.from.after(MINUTE))
        };
        self.unread.keys().map(over).min()
    }

    /// Whether one more message of this member's may be read now.
    fn may_read(&mut self, member: MemberId, limit: usize, now: Timestamp) -> bool {
        let minute = self.read.entry(member).or_insert(Minute { from: now, read: 0 });
        if minute.from.after(MINUTE) <= now {
            *minute = Minute { from: now, read: 0 };
        }
        let may = minute.read < limit;
        minute.read += usize::from(may);
        may
    }

    /// Keeps a message for later, unless as much waits as may; whether it is the first.
    fn keep(&mut self, mut message: Unread) -> (bool, Option<Unread>) {
        let waiting = self.unread.entry(message.member).or_default();
        let first = waiting.is_empty();
        let bytes: usize = waiting.iter().map(|unread| unread.body.len()).sum();
        if waiting.len() >= UNREAD_MAX || bytes + message.body.len() > UNREAD_BYTES_MAX {
            return (first, None);
        }
        message.number = self.next;
        self.next += 1;
        waiting.push_back(message.clone());
        (first, Some(message))
    }

    /// Takes this message out of what is still to be read.
    pub(super) fn take_out(&mut self, member: MemberId, event: &EventRef) -> Option<Unread> {
        let waiting = self.unread.get_mut(&member)?;
        let at = waiting.iter().position(|unread| unread.event == event.0)?;
        let message = waiting.remove(at);
        if waiting.is_empty() {
            self.unread.remove(&member);
        }
        message
    }

    fn take(&mut self, member: MemberId) -> Option<Unread> {
        let waiting = self.unread.get_mut(&member)?;
        let message = waiting.pop_front();
        if waiting.is_empty() {
            self.unread.remove(&member);
        }
        message
    }

    /// Lets go of everything of somebody's.
    pub(super) fn forget(&mut self, member: MemberId) -> impl Iterator<Item = Unread> + use<> {
        self.read.remove(&member);
        self.unread.remove(&member).into_iter().flatten()
    }
}

impl Engine {
    /// Whether one more message of this member's is listened to now.
    pub(super) fn hears_more_of(&mut self, member: MemberId, now: Timestamp) -> bool {
        let limit = self.options.messages_a_minute;
        let is_behind = self.paces.unread.contains_key(&member);
        !is_behind && self.paces.may_read(member, limit, now)
    }

    /// Words that have just come in, if they are read now; otherwise they are kept.
    pub(super) fn read_now(
        &mut self,
        member: MemberId,
        (room, event): (&RoomRef, &EventRef),
        text: Text,
        now: Timestamp,
    ) -> Result<Option<Text>, StoreError> {
        if self.hears_more_of(member, now) {
            return Ok(Some(text));
        }
        // In a conversation of two nobody else is called.
        let Text { sender, body, reply_to, thread, mentions, everybody: _, trust, cipher: _, device } = text;
        let (room, event, is_tied) = (room.clone(), event.clone(), trust == Trust::Tied);
        let reply_to = reply_to.map(|event| event.0);
        let id = self.ids(Cause::Hurried(&event)).draw();
        let answer = thread.as_ref().map(|thread| thread.answering(&room, &event));
        let (position, since) = (self.position(member), now);
        let event = event.0;
        let number = 0;
        let message = Unread {
            number,
            event,
            room,
            member,
            since,
            sender,
            body,
            reply_to,
            thread,
            mentions,
            is_tied,
            position,
            device,
        };
        let (first, kept) = self.paces.keep(message);
        if let Some(message) = kept {
            self.batch.push(tables::put(&message)?);
        }
        if first {
            self.add_answer(id, [member].into(), Errand::Act(Act::Tell(member, Say::Hurried)), answer)?;
        }
        Ok(None)
    }

    /// Reads on what was kept, as much of each member's as a minute allows.
    pub(super) fn read_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let limit = self.options.messages_a_minute;
        for member in self.paces.unread.keys().copied().collect::<Vec<_>>() {
            while self.paces.unread.contains_key(&member) && self.paces.may_read(member, limit, now) {
                let Some(message) = self.paces.take(member) else { break };
                self.batch.push(tables::delete::<Unread>(message.key()));
                let Unread { event, room, position, sender, body, reply_to, thread, mentions, is_tied, device, .. } =
                    message;
                let trust = if is_tied { Trust::Tied } else { Trust::Untied };
                let reply_to = reply_to.map(EventRef);
                let text =
                    Text { sender, body, reply_to, thread, mentions, everybody: false, trust, cipher: None, device };
                self.heard_text(&room, &EventRef(event), text, Some(position), now)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::name::Address;

    use super::super::trial::{NOW, Trial, words};
    use super::*;
    use crate::news::{Heard, News, RoomNews};
    use crate::perform::{Task, What};
    use crate::store::{Store, Table};

    /// So many messages of somebody's, in one response.
    fn messages(trial: &Trial, who: &str, from: usize, count: usize) -> RoomNews {
        let sender = Address::exact(&format!("@{who}:example.org")).unwrap();
        let member = trial.engine.state().member_at(&sender).unwrap().id;
        let message = |number: usize| {
            let text = words(sender.clone(), "help");
            News { event: EventRef(format!("${who}{number}")), at: NOW, heard: Heard::Text(text) }
        };
        RoomNews { room: trial.room(member), gap: None, news: (from..from + count).map(message).collect() }
    }

    fn answers(trial: &mut Trial) -> Vec<Say> {
        trial.done.clear();
        trial.settle();
        let said = |done: &What| if let What::Say { say, .. } = done { Some(say.clone()) } else { None };
        trial.done.iter().filter_map(said).collect()
    }

    fn helps(said: &[Say]) -> usize {
        said.iter().filter(|say| matches!(say, Say::Help { .. })).count()
    }

    fn unread(trial: &Trial) -> usize {
        trial.store.load(Table::Unread).unwrap().len()
    }

    #[test]
    fn who_writes_a_thousand_messages_in_a_minute_holds_up_nobody_else() {
        let mut trial = Trial::new();
        for batch in 0..20 {
            let (flood, other) = (messages(&trial, "sam", batch * 50, 50), messages(&trial, "alex", batch, 1));
            trial.deliver(vec![flood, other], vec![]);
            let tasks = trial.tasks();
            let to_alex: Vec<&Task> = tasks.iter().filter(|task| said_to(task, "alex")).collect();
            assert_eq!((to_alex.len(), tasks.len() <= 2), (1, true), "{tasks:#?}");
            for task in &tasks {
                trial.succeed(task);
            }
        }
        assert_eq!(answers(&mut trial).len(), 60 + 1 - 20);
    }

    fn said_to(task: &Task, who: &str) -> bool {
        matches!(&task.what, What::Say { to, .. } if to.iter().any(|to| to.local() == who))
    }

    #[test]
    fn what_is_beyond_a_minutes_reading_is_read_in_the_minutes_that_follow() {
        let mut trial = Trial::new();
        let flood = messages(&trial, "sam", 0, 2000);
        trial.deliver(vec![flood], vec![]);
        let said = answers(&mut trial);
        assert_eq!(helps(&said), 60);
        assert_eq!(said.iter().filter(|say| **say == Say::Hurried).count(), 1);
        assert_eq!(unread(&trial), UNREAD_MAX);
        assert_eq!(trial.engine.next_wake(), Some(NOW.after(MINUTE)));
        trial.engine.tick(NOW.after(Span::from_millis(59_999))).unwrap();
        assert_eq!(answers(&mut trial), []);
        trial.engine.tick(NOW.after(MINUTE)).unwrap();
        let said = answers(&mut trial);
        assert_eq!((said.len(), helps(&said), unread(&trial)), (60, 60, UNREAD_MAX - 60));
        trial.restart();
        trial.nothing_new();
        trial.engine.tick(NOW.after(MINUTE)).unwrap();
        let said = answers(&mut trial);
        assert_eq!((said.len(), helps(&said), unread(&trial)), (60, 60, UNREAD_MAX - 120));
    }

    #[test]
    fn what_is_kept_goes_with_whoever_wrote_it() {
        let mut trial = Trial::new();
        let (sam, flood) = (trial.sam(), messages(&trial, "sam", 0, 100));
        trial.deliver(vec![flood], vec![]);
        trial.settle();
        assert!(unread(&trial) > 0 && trial.tables_of(sam).contains(&Table::Unread));
        trial.step(vec![(9, &[], Act::Forget(sam))], &[]);
        trial.settle();
        trial.store.forget(&[sam].into()).unwrap();
        trial.engine.forgotten(&[sam].into(), NOW).unwrap();
        trial.commit();
        trial.engine.tick(NOW.after(MINUTE)).unwrap();
        trial.settle();
        assert_eq!((trial.tables_of(sam), unread(&trial)), (vec![], 0));
    }
}
