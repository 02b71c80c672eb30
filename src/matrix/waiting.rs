//! Messages whose key has not come. Nobody can tell what they say, or whether there is anything in them at all, so they
//! are bounded for each person, in number, in bytes and in time; and the writer of one that may have been lost is told.
//!
//! Of each person the newest are kept. They are told once for all that waits, some time after the first of it came; and
//! again only when something has come since and waits as long. A message that was given up before they were told of it
//! is owed to them still: the newest message that waits says so, for as long as it does.

use std::collections::BTreeMap;

use crate::homeserver::EventRef;
use crate::rows::Waiting;
use lodge_ground::bounded::{AtMost, Bulk, Shares};
use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, StoreError, Write};
use lodge_ground::stored::{gone, put};
use lodge_ground::time::{Span, Timestamp};

/// At most this many messages of one person wait for their keys.
pub const WAITING_MAX: usize = 100;

/// Those messages have at most this many bytes together. One event has at most 65,536 (Matrix 1.18, "Size limits").
pub const WAITING_BYTES_MAX: usize = 262_144;

/// A message waits this long for its key. The key comes with the message, or when a device that was off comes on again.
pub const WAITS: Span = Span::from_days(30);

impl Bulk for Waiting {
    fn bytes(&self) -> usize {
        self.sealed.len()
    }
}

/// Everybody's messages that wait for their keys.
#[derive(Debug, Default)]
pub struct Sealed {
    shares: Shares<Waiting, WAITING_MAX, WAITING_BYTES_MAX>,
    whose: BTreeMap<EventRef, MemberId>,
    /// The members who are to be asked to say it again, each with the time since when a message of theirs waits.
    untold: BTreeMap<MemberId, Timestamp>,
}

/// Somebody is to be asked to say again what could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The member who is to be asked.
    pub member: MemberId,
    /// The message by which they are asked: the first of which they were not told.
    pub of: Waiting,
    /// Whether it is more than that one.
    pub several: bool,
}

/// A message that waited no longer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The message.
    pub waiting: Waiting,
    /// Whether its writer is to be told now of others that were given up, for nothing else of theirs waits.
    pub owes: bool,
}

impl Sealed {
    /// Takes up the messages that waited when the last process ended. An older process may have left more than the
    /// bound allows; the surplus is given up with the next batch.
    pub fn new(mut rows: Vec<Waiting>, batch: &mut Batch) -> Result<Self, StoreError> {
        rows.sort_by_key(|row| (row.since, row.position));
        let (mut sealed, mut changes) = (Self::default(), Batch::new());
        for row in rows {
            sealed.add(row, &mut changes)?;
        }
        let is_gone = |change: &Write| matches!(change, Write::Delete { .. });
        if changes.iter().any(is_gone) {
            batch.extend(changes.into_iter().filter(is_gone));
            // The others stand in the store already, as they are.
            for owing in sealed.all().filter(|one| one.owed.is_some()) {
                batch.push(put(owing)?);
            }
        }
        Ok(sealed)
    }

    /// Adds a message. Where there is no room for it, the oldest of its writer's are given up.
    pub fn add(&mut self, mut waiting: Waiting, batch: &mut Batch) -> Result<(), StoreError> {
        if waiting.bytes() > WAITING_BYTES_MAX {
            // No event is so big. Its writer is asked to say it again all the same.
            waiting.sealed.clear();
        }
        let (member, event) = (waiting.member, EventRef(waiting.event.clone()));
        if let Some(since) = untold_since(&waiting) {
            let first = self.untold.entry(member).or_insert(since);
            *first = (*first).min(since);
        }
        batch.push(put(&waiting)?);
        self.whose.insert(event, member);
        let over = self.shares.push(member, waiting);
        let owed = over.iter().filter_map(untold_since).min();
        self.let_go(&over, batch);
        self.owe(member, owed, batch)
    }

    /// The message with this event, while it waits.
    pub fn get(&self, event: &EventRef) -> Option<&Waiting> {
        self.shares.of(*self.whose.get(event)?)?.iter().find(|one| one.event == event.0)
    }

    /// Takes out a message: it was read, or is not to be read any more.
    pub fn take(&mut self, event: &EventRef, batch: &mut Batch) -> Result<Option<Taken>, StoreError> {
        let Some(member) = self.whose.get(event).copied() else { return Ok(None) };
        let Some(waiting) = self.shares.take(member, |one| one.event == event.0) else { return Ok(None) };
        self.let_go(std::slice::from_ref(&waiting), batch);
        let others = self.shares.of(member).is_some();
        self.owe(member, waiting.owed, batch)?;
        self.see_who_is_untold(member);
        Ok(Some(Taken { owes: waiting.owed.is_some() && !others, waiting }))
    }

    /// Finds the members who are to be asked now to say it again, for something of theirs has waited so long. They are
    /// asked about all that waits by now.
    pub fn ask_again(&mut self, after: Span, now: Timestamp, batch: &mut Batch) -> Result<Vec<Again>, StoreError> {
        let due: Vec<MemberId> =
            self.untold.iter().filter(|(_, since)| since.after(after) <= now).map(|(member, _)| *member).collect();
        let mut all = Vec::new();
        for member in due {
            let untold = self.was_asked(member, batch)?;
            let several = untold.len() > 1 || untold.iter().any(|one| one.owed.is_some());
            all.extend(untold.into_iter().next().map(|of| Again { member, of, several }));
        }
        Ok(all)
    }

    /// This person is asked to say again all that waits. Gives, as they were, the messages of which they were not told.
    pub fn was_asked(&mut self, member: MemberId, batch: &mut Batch) -> Result<Vec<Waiting>, StoreError> {
        self.untold.remove(&member);
        let own = self.shares.of_mut(member).into_iter().flat_map(AtMost::iter_mut);
        let mut untold = Vec::new();
        for one in own.filter(|one| untold_since(one).is_some()) {
            untold.push(one.clone());
            (one.asked_again, one.owed) = (true, None);
            batch.push(put(one)?);
        }
        Ok(untold)
    }

    /// Gives up what has waited for too long. Its writers were told when they were asked to say it again.
    pub fn expire(&mut self, now: Timestamp, batch: &mut Batch) {
        for member in self.shares.people().collect::<Vec<_>>() {
            let over = self.shares.retain(member, |one| !one.asked_again || one.since.after(WAITS) > now);
            self.let_go(&over, batch);
        }
    }

    /// Lets go of everything of somebody's. Gives the first message of which they were not told.
    pub fn forget(&mut self, member: MemberId, batch: &mut Batch) -> Option<EventRef> {
        let all: Vec<Waiting> = self.shares.forget(member).collect();
        self.untold.remove(&member);
        self.let_go(&all, batch);
        all.into_iter().find(|one| untold_since(one).is_some()).map(|first| EventRef(first.event))
    }

    /// The next time at which somebody is to be asked, if that is done after so long.
    pub fn next_wake(&self, after: Span) -> Option<Timestamp> {
        self.untold.values().min().map(|since| since.after(after))
    }

    /// Every message that waits, of everybody.
    pub fn all(&self) -> impl Iterator<Item = &Waiting> {
        self.shares.all()
    }

    /// The number of messages that wait.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// Whether no message waits.
    pub fn is_empty(&self) -> bool {
        self.shares.is_empty()
    }

    fn let_go(&mut self, over: &[Waiting], batch: &mut Batch) {
        for one in over {
            self.whose.remove(&EventRef(one.event.clone()));
            batch.push(gone(one));
        }
    }

    /// The newest message of this person's that waits stands for others of which they were not told.
    fn owe(&mut self, member: MemberId, since: Option<Timestamp>, batch: &mut Batch) -> Result<(), StoreError> {
        let newest = self.shares.of_mut(member).and_then(|own| own.last_mut());
        if let (Some(since), Some(newest)) = (since, newest) {
            newest.owed = Some(newest.owed.map_or(since, |before| before.min(since)));
            batch.push(put(newest)?);
        }
        Ok(())
    }

    fn see_who_is_untold(&mut self, member: MemberId) {
        match self.shares.of(member).and_then(|own| own.iter().filter_map(untold_since).min()) {
            Some(since) => drop(self.untold.insert(member, since)),
            None => drop(self.untold.remove(&member)),
        }
    }
}

/// The time since which there is something in this that its writer was not told of.
fn untold_since(waiting: &Waiting) -> Option<Timestamp> {
    let own = (!waiting.asked_again).then_some(waiting.since);
    own.into_iter().chain(waiting.owed).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::homeserver::RoomRef;
    use lodge_ground::store::{Memory, Store};

    const SAM: MemberId = MemberId::from_bytes([1; 16]);
    const AFTER: Span = Span::from_millis(1000);

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    fn message(number: i64, bytes: usize) -> Waiting {
        Waiting {
            event: format!("${number}"),
            room: RoomRef("!room".to_owned()),
            member: SAM,
            sealed: "x".repeat(bytes),
            since: at(number),
            asked_again: false,
            position: 0,
            owed: None,
        }
    }

    /// The messages that wait, and the store that has their rows.
    #[derive(Default)]
    struct Held(Sealed, Memory);

    impl Held {
        fn change<R>(&mut self, change: impl FnOnce(&mut Sealed, &mut Batch) -> R) -> R {
            let mut batch = Batch::new();
            let changed = change(&mut self.0, &mut batch);
            self.1.commit(&batch).unwrap();
            // A restart reads from the rows exactly the messages that are kept in memory.
            let read = Sealed::new(self.rows(), &mut Batch::new()).unwrap();
            assert_eq!(read.all().collect::<Vec<_>>(), self.0.all().collect::<Vec<_>>());
            assert_eq!(read.untold, self.0.untold);
            changed
        }

        fn add(&mut self, number: i64, bytes: usize) {
            self.change(|sealed, batch| sealed.add(message(number, bytes), batch)).unwrap();
        }

        fn asks(&mut self, now: i64) -> Vec<(String, bool)> {
            let asked = self.change(|sealed, batch| sealed.ask_again(AFTER, at(now), batch)).unwrap();
            asked.into_iter().map(|again| (again.of.event, again.several)).collect()
        }

        fn take(&mut self, number: i64) -> Option<bool> {
            let event = EventRef(format!("${number}"));
            self.change(|sealed, batch| sealed.take(&event, batch)).unwrap().map(|taken| taken.owes)
        }

        fn rows(&self) -> Vec<Waiting> {
            lodge_ground::stored::load(&self.1).unwrap()
        }
    }

    #[test]
    fn the_newest_are_kept_and_their_writer_is_told_once_that_others_were_not() {
        let mut held = Held::default();
        (0..1500).for_each(|number| held.add(number, 2000));
        assert_eq!(held.rows().len(), WAITING_MAX);
        assert!(held.0.all().all(|one| one.since >= at(1400)), "the newest");
        // The first came at 0 and was given up, and its writer is told as soon as if it waited still.
        assert_eq!(held.0.next_wake(AFTER), Some(at(1000)));
        assert_eq!(held.asks(999), []);
        assert_eq!(held.asks(1000), [("$1400".to_owned(), true)]);
        assert_eq!((held.asks(1_000_000), held.0.next_wake(AFTER)), (vec![], None));
        // More come, for which others are given up of which their writer knows.
        (2000..2050).for_each(|number| held.add(number, 2000));
        assert_eq!(held.asks(3000), [("$2000".to_owned(), true)]);
        assert_eq!(held.asks(1_000_000), []);
    }

    #[test]
    fn who_wrote_one_that_cannot_be_read_is_asked_for_that_one() {
        let mut held = Held::default();
        held.add(0, 10);
        assert_eq!(held.asks(1000), [("$0".to_owned(), false)]);
        held.add(1500, 10);
        assert_eq!(held.asks(2499), []);
        assert_eq!(held.asks(2500), [("$1500".to_owned(), false)]);
    }

    #[test]
    fn many_bytes_count_as_many_messages_do() {
        let mut held = Held::default();
        (0..20).for_each(|number| held.add(number, 40_000));
        assert_eq!(held.rows().len(), WAITING_BYTES_MAX / 40_000);
        held.add(20, WAITING_BYTES_MAX + 1);
        assert!(held.0.all().map(Bulk::bytes).sum::<usize>() <= WAITING_BYTES_MAX);
        assert_eq!(held.asks(2000).len(), 1);
    }

    #[test]
    fn what_was_given_up_is_told_of_even_where_all_that_waits_is_read() {
        let mut held = Held::default();
        (0..=100).for_each(|number| held.add(number, 10));
        for number in 1..100 {
            assert_eq!(held.take(number), Some(false), "{number}");
        }
        assert_eq!(held.take(100), Some(true), "the first of all was given up, and nobody was told");
        assert_eq!((held.take(100), held.0.next_wake(AFTER)), (None, None));
    }

    #[test]
    fn what_is_owed_passes_on_to_what_waits_still() {
        let mut held = Held::default();
        (0..=100).for_each(|number| held.add(number, 10));
        assert_eq!(held.take(100), Some(false));
        assert_eq!(held.0.next_wake(AFTER), Some(at(1000)));
        assert_eq!(held.asks(1000), [("$1".to_owned(), true)]);
        for number in 1..100 {
            assert_eq!(held.take(number), Some(false), "{number}");
        }
    }

    #[test]
    fn nothing_waits_for_ever_and_nothing_ends_of_which_nobody_was_told() {
        let mut held = Held::default();
        held.add(0, 10);
        let over = at(0).after(WAITS);
        held.change(|sealed, batch| sealed.expire(over, batch));
        assert_eq!(held.rows().len(), 1);
        assert_eq!(held.asks(1000).len(), 1);
        held.change(|sealed, batch| sealed.expire(Timestamp::from_millis(over.as_millis() - 1), batch));
        assert_eq!(held.rows().len(), 1);
        held.change(|sealed, batch| sealed.expire(over, batch));
        assert_eq!((held.rows(), held.take(0)), (vec![], None));
    }

    #[test]
    fn what_an_older_process_left_over_the_bound_is_given_up_at_the_start() {
        let mut store = Memory::default();
        let rows: Batch = (0..300).map(|number| put(&message(number, 10)).unwrap()).collect();
        store.commit(&rows).unwrap();
        let read = |store: &Memory| lodge_ground::stored::load::<Waiting>(store).unwrap();
        let mut batch = Batch::new();
        let sealed = Sealed::new(read(&store), &mut batch).unwrap();
        store.commit(&batch).unwrap();
        assert_eq!((sealed.len(), read(&store).len()), (WAITING_MAX, WAITING_MAX));
        let mut held = Held(sealed, store);
        assert_eq!(held.asks(2000), [("$200".to_owned(), true)]);
    }

    #[test]
    fn what_waits_goes_with_whoever_wrote_it() {
        let mut held = Held::default();
        (0..3).for_each(|number| held.add(number, 10));
        held.change(|sealed, batch| sealed.forget(SAM, batch));
        assert_eq!((held.rows(), held.0.next_wake(AFTER), held.0.is_empty()), (vec![], None, true));
    }
}
