//! The ledger of events that were dealt with, so that none is dealt with twice when a response comes again.
//!
//! A homeserver may repeat events that it told of: the last response, or, where it does not know any more how far it
//! had come, the last events of each room. So of each room the newest are kept, and those only for a time. Words that
//! are put into a room again long after are known by their ciphertext ([`crate::ledger`]).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::homeserver::{EventRef, RoomRef};
use crate::rows::Seen;
use lodge_ground::bounded::{Bulk, Shares};
use lodge_ground::store::{Batch, StoreError};
use lodge_ground::stored::{gone, put};
use lodge_ground::time::{Span, Timestamp};

/// An event is known for this long at most. A homeserver does not deliver older ones again.
pub const SEEN_KEPT: Span = Span::from_days(90);

/// At most this many events of one room are known: a hundred times as many as a response brings.
pub const SEEN_MAX: usize = 5000;

impl Bulk for Seen {
    fn bytes(&self) -> usize {
        0
    }
}

/// The events that were dealt with.
#[derive(Debug, Default)]
pub struct SeenEvents {
    events: BTreeSet<EventRef>,
    rooms: Shares<Seen, SEEN_MAX, { usize::MAX }, u64>,
}

impl SeenEvents {
    /// Reads these rows. Rows that are too old or too many are deleted with the next batch.
    pub fn new(mut rows: Vec<Seen>, now: Timestamp, batch: &mut Batch) -> Self {
        rows.sort_by_key(|row| row.at);
        let mut seen = Self::default();
        for row in rows {
            // Rows that do not tell their room are spread over some that there are not.
            let place = row.place.unwrap_or_else(|| number(&row.event) % 256);
            seen.events.insert(EventRef(row.event.clone()));
            let over = seen.rooms.push(place, row);
            seen.let_go(&over, batch);
        }
        seen.expire(now, batch);
        seen
    }

    /// Whether this event was dealt with.
    pub fn contains(&self, event: &EventRef) -> bool {
        self.events.contains(event)
    }

    /// Enters an event of a room; false when it stands there already.
    pub fn enter(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<bool, StoreError> {
        if !self.events.insert(event.clone()) {
            return Ok(false);
        }
        let place = number(&room.0);
        let row = Seen { event: event.0.clone(), at: now, place: Some(place) };
        batch.push(put(&row)?);
        let over = self.rooms.push(place, row);
        self.let_go(&over, batch);
        Ok(true)
    }

    /// The time since which each event of this room that was dealt with is known, if one was let go of for want of
    /// room.
    pub fn known_since(&self, room: &RoomRef) -> Option<Timestamp> {
        let room = self.rooms.of(number(&room.0)).filter(|room| room.len() >= SEEN_MAX)?;
        room.iter().next().map(|oldest| oldest.at)
    }

    /// Lets go of events that are too old.
    pub fn expire(&mut self, now: Timestamp, batch: &mut Batch) {
        let is_over = |seen: &Seen| seen.at.after(SEEN_KEPT) < now;
        for place in self.rooms.people().collect::<Vec<_>>() {
            // The oldest come first.
            while self.rooms.of(place).and_then(|room| room.iter().next()).is_some_and(is_over) {
                let over = self.rooms.pop(place);
                self.let_go(over.as_slice(), batch);
            }
        }
    }

    /// The number of events that are known.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    fn let_go(&mut self, over: &[Seen], batch: &mut Batch) {
        for seen in over {
            self.events.remove(&EventRef(seen.event.clone()));
            batch.push(gone(seen));
        }
    }
}

/// A part of a hash.
fn number(text: &str) -> u64 {
    Sha256::digest(text).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use lodge_ground::store::{Memory, Store};

    const NOW: Timestamp = Timestamp::from_millis(1_793_610_000_000);

    fn event(number: usize) -> EventRef {
        EventRef(format!("${number}"))
    }

    fn rows(store: &Memory) -> Vec<Seen> {
        lodge_ground::stored::load(store).unwrap()
    }

    #[test]
    fn an_event_is_new_once_and_of_each_room_the_newest_are_known() {
        let (mut seen, mut store) = (SeenEvents::default(), Memory::default());
        let (busy, quiet) = (RoomRef("!busy".to_owned()), RoomRef("!quiet".to_owned()));
        let mut enter = |room: &RoomRef, number: usize, at: Timestamp| {
            let mut batch = Batch::new();
            let is_new = seen.enter(room, &event(number), at, &mut batch).unwrap();
            store.commit(&batch).unwrap();
            is_new
        };
        assert!(enter(&quiet, 0, NOW) && !enter(&quiet, 0, NOW));
        for number in 1..=2 * SEEN_MAX {
            assert!(enter(&busy, number, NOW));
        }
        assert!((SEEN_MAX + 1..=2 * SEEN_MAX).all(|number| !enter(&busy, number, NOW)));
        assert!(!enter(&quiet, 0, NOW), "a busy room takes no place of a quiet one");
        assert_eq!(rows(&store).len(), SEEN_MAX + 1);
        let mut batch = Batch::new();
        let read = SeenEvents::new(rows(&store), NOW, &mut batch);
        assert_eq!((read.events, batch), (seen.events, vec![]));
    }

    #[test]
    fn what_is_too_old_goes_while_the_service_runs_and_at_its_start() {
        let room = RoomRef("!room".to_owned());
        let (mut seen, mut batch) = (SeenEvents::default(), Batch::new());
        let later = NOW.after(Span::from_days(1));
        for (number, at) in [NOW, later].into_iter().enumerate() {
            seen.enter(&room, &event(number), at, &mut batch).unwrap();
        }
        let mut store = Memory::default();
        store.commit(&batch).unwrap();
        let over = NOW.after(SEEN_KEPT).after(Span::from_millis(1));
        let mut at_the_start = Batch::new();
        let read = SeenEvents::new(rows(&store), over, &mut at_the_start);
        let mut while_it_runs = Batch::new();
        seen.expire(over, &mut while_it_runs);
        assert_eq!((read.events, &at_the_start), (seen.events.clone(), &while_it_runs));
        assert_eq!((seen.contains(&event(0)), seen.contains(&event(1))), (false, true));
        store.commit(&while_it_runs).unwrap();
        assert_eq!(rows(&store).len(), 1);
    }

    #[test]
    fn an_older_row_does_not_tell_its_room() {
        let row: Seen = serde_json::from_str(r#"{"event":"$1","at":5}"#).unwrap();
        let mut batch = Batch::new();
        let seen = SeenEvents::new(vec![row], Timestamp::from_millis(5), &mut batch);
        assert_eq!((seen.contains(&event(1)), batch), (true, vec![]));
    }
}
