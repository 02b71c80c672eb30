//! The pace at which somebody is listened to. A person who writes more in a minute than the service allows holds up
//! nobody else: the rest of their words is kept and read in the minutes that follow.
//!
//! The words that wait are bounded too, in number and in bytes: of somebody who goes on and on the first are read, and
//! they are told, when that is done, that there were more.

use std::collections::{BTreeMap, BTreeSet};

use crate::homeserver::EventRef;
use crate::rows::Unread;
use lodge_ground::bounded::{AtMost, Bulk, Shares};
use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, StoreError};
use lodge_ground::stored::{gone, put};
use lodge_ground::time::{Span, Timestamp};

/// A count of messages that were read holds this long.
pub const MINUTE: Span = Span::from_millis(60_000);

/// An answer to something without words, or to an edit of one message, is not given again within this time.
const HOUR: Span = Span::from_millis(3_600_000);

/// At most this many of one person's edited messages are answered within that time.
const EDITS_MAX: usize = 30;

/// At most this many messages of one person wait to be read.
pub const UNREAD_MAX: usize = 1000;

/// Those messages have at most this many bytes together.
pub const UNREAD_BYTES_MAX: usize = 262_144;

impl Bulk for Unread {
    fn bytes(&self) -> usize {
        self.body.len()
    }
}

/// The messages that were read of each person in this minute, and those that are still to be read.
#[derive(Debug, Default)]
pub struct Paces {
    read: BTreeMap<MemberId, Minute>,
    /// The time of the last answer to something without words, by person.
    wordless: BTreeMap<MemberId, Timestamp>,
    /// The edited messages about which each person heard.
    edits: BTreeMap<MemberId, Edits>,
    unread: Shares<Unread, UNREAD_MAX, UNREAD_BYTES_MAX>,
    next: u64,
}

/// A minute of reading what one person writes.
#[derive(Debug, Clone, Copy)]
struct Minute {
    from: Timestamp,
    read: usize,
}

/// The messages of one person's whose edits were answered since they last wrote words.
#[derive(Debug)]
struct Edits {
    from: Timestamp,
    of: BTreeSet<EventRef>,
}

impl Paces {
    /// Takes up the messages that were still to be read when the last process ended.
    pub fn new(rows: Vec<Unread>) -> Self {
        let mut paces = Self::default();
        for row in rows {
            paces.next = paces.next.max(row.number + 1);
            paces.unread.push(row.member, row);
        }
        paces
    }

    /// The next time at which a message can be read that waits now.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let over = |member: MemberId| {
            self.read.get(&member).map_or(Timestamp::from_millis(0), |minute| minute.from.after(MINUTE))
        };
        self.unread.people().map(over).min()
    }

    /// Whether one more message of this person's, beside what waits to be read, may be read now: at most `limit` are in a
    /// minute.
    pub fn may_hear(&mut self, member: MemberId, limit: usize, now: Timestamp) -> bool {
        self.unread.of(member).is_none() && self.may_read(member, limit, now)
    }

    /// Whether this person is answered now for something that is not in words: once in an hour, however much they send.
    pub fn answers_wordless(&mut self, member: MemberId, now: Timestamp) -> bool {
        let is_due = self.wordless.get(&member).is_none_or(|last| now < *last || last.after(HOUR) <= now);
        if is_due {
            self.wordless.insert(member, now);
        }
        is_due
    }

    /// Whether this person is answered now for an edit of this message: once in an hour, however often they edit it.
    pub fn answers_edit(&mut self, member: MemberId, message: &EventRef, now: Timestamp) -> bool {
        let anew = || Edits { from: now, of: BTreeSet::new() };
        let edits = self.edits.entry(member).or_insert_with(anew);
        if now < edits.from || edits.from.after(HOUR) <= now {
            *edits = anew();
        }
        edits.of.len() < EDITS_MAX && edits.of.insert(message.clone())
    }

    /// New words of this person's can change what an edit leaves standing, so that the next edit is answered.
    pub fn words_came(&mut self, member: MemberId) {
        self.edits.remove(&member);
    }

    /// Keeps a message for later, if there is room; returns whether it is the first. Where there is none, the last that
    /// is kept says that more came.
    pub fn keep(&mut self, message: Unread, batch: &mut Batch) -> Result<bool, StoreError> {
        let (member, number) = (message.member, self.next);
        let is_first = self.unread.of(member).is_none();
        if self.unread.offer(member, Unread { number, ..message }).is_err() {
            self.more_came(member, batch)?;
        } else if let Some(kept) = self.unread.of(member).and_then(AtMost::last) {
            batch.push(put(kept)?);
            self.next += 1;
        }
        Ok(is_first)
    }

    /// Those of whom something is to be read.
    pub fn behind(&self) -> Vec<MemberId> {
        self.unread.people().collect()
    }

    /// The next message of this person's, if it may be read now.
    pub fn read_on(&mut self, member: MemberId, limit: usize, now: Timestamp, batch: &mut Batch) -> Option<Unread> {
        if self.unread.of(member).is_none() || !self.may_read(member, limit, now) {
            return None;
        }
        let message = self.unread.pop(member)?;
        batch.push(gone(&message));
        Some(message)
    }

    /// Takes this message out of those that are still to be read. Returns it, and whether its writer is to be told now
    /// that there was more than was kept.
    pub fn take_out(
        &mut self,
        member: MemberId,
        event: &EventRef,
        batch: &mut Batch,
    ) -> Result<Option<(Unread, bool)>, StoreError> {
        let Some(message) = self.unread.take(member, |unread| unread.event == event.0) else { return Ok(None) };
        batch.push(gone(&message));
        if message.more {
            self.more_came(member, batch)?;
        }
        let owes = message.more && self.unread.of(member).is_none();
        Ok(Some((message, owes)))
    }

    /// Lets go of everything of somebody's. Gives the first message that was still to be read.
    pub fn forget(&mut self, member: MemberId, batch: &mut Batch) -> Option<EventRef> {
        self.read.remove(&member);
        self.wordless.remove(&member);
        self.edits.remove(&member);
        let all: Vec<Unread> = self.unread.forget(member).collect();
        batch.extend(all.iter().map(gone));
        all.into_iter().next().map(|first| EventRef(first.event))
    }

    /// The number of messages that wait to be read.
    pub fn len(&self) -> usize {
        self.unread.len()
    }

    /// Whether no message waits to be read.
    pub fn is_empty(&self) -> bool {
        self.unread.is_empty()
    }

    fn may_read(&mut self, member: MemberId, limit: usize, now: Timestamp) -> bool {
        let minute = self.read.entry(member).or_insert(Minute { from: now, read: 0 });
        if minute.from.after(MINUTE) <= now {
            *minute = Minute { from: now, read: 0 };
        }
        let may = minute.read < limit;
        minute.read += usize::from(may);
        may
    }

    fn more_came(&mut self, member: MemberId, batch: &mut Batch) -> Result<(), StoreError> {
        let Some(own) = self.unread.of_mut(member).filter(|own| own.last().is_some_and(|last| !last.more)) else {
            return Ok(());
        };
        // It is told once, with the last of them.
        for before in own.iter_mut().filter(|before| before.more) {
            before.more = false;
            batch.push(put(before)?);
        }
        if let Some(last) = own.last_mut() {
            last.more = true;
            batch.push(put(last)?);
        }
        Ok(())
    }
}
