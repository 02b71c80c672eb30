//! The rows of events and of the people on their lists, as each commit left them.

use std::collections::BTreeMap;

use lodge_channel::store::{Batch, Memory, Row, Store, Table, Write};
use lodge_core::events::{Event, SignUp};
use lodge_core::id::{EventId, SignUpId};
use lodge_core::time::Timestamp;

/// Everything that was committed about events, oldest first.
#[derive(Debug, Default)]
pub struct Lists(Vec<Commit>);

/// The rows of events after a commit that changed some.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The time of the commit, by the hub's clock.
    pub at: Timestamp,
    /// Whether an older copy of the store took the place of the present one.
    pub restored: bool,
    /// The events.
    pub events: BTreeMap<EventId, Event>,
    /// The people on their lists.
    pub sign_ups: BTreeMap<SignUpId, SignUp>,
}

impl Lists {
    /// The commits that changed anything about events.
    pub fn commits(&self) -> &[Commit] {
        &self.0
    }

    /// A batch is committed.
    pub(super) fn wrote(&mut self, at: Timestamp, batch: &Batch) {
        let table = |write: &Write| match write {
            Write::Put(row) => row.table,
            Write::Delete { table, .. } => *table,
        };
        if !batch.iter().any(|write| [Table::Events, Table::SignUps].contains(&table(write))) {
            return;
        }
        let before = self.0.last().map(|last| (last.events.clone(), last.sign_ups.clone()));
        let (events, sign_ups) = before.unwrap_or_default();
        let mut next = Commit { at, restored: false, events, sign_ups };
        for write in batch {
            match write {
                Write::Put(row) => next.put(row),
                Write::Delete { table: Table::Events, key } => next.events.retain(|id, _| id.to_bytes() != key[..]),
                Write::Delete { table: Table::SignUps, key } => next.sign_ups.retain(|id, _| id.to_bytes() != key[..]),
                Write::Delete { .. } => {}
            }
        }
        self.0.push(next);
    }

    /// An older copy of the store takes the place of the present one.
    pub(super) fn went_back(&mut self, at: Timestamp, disk: &Memory) {
        let mut next = Commit { at, restored: true, events: BTreeMap::new(), sign_ups: BTreeMap::new() };
        for table in [Table::Events, Table::SignUps] {
            for row in disk.load(table).expect("the store reads") {
                next.put(&row);
            }
        }
        self.0.push(next);
    }
}

impl Commit {
    /// The people on the list of an event.
    pub fn list(&self, event: EventId) -> impl Iterator<Item = &SignUp> {
        self.sign_ups.values().filter(move |one| one.event == event)
    }

    fn put(&mut self, row: &Row) {
        if row.table == Table::Events {
            let event: Event = row.read().expect("an event");
            self.events.insert(event.id, event);
        }
        if row.table == Table::SignUps {
            let own: SignUp = row.read().expect("a place on a list");
            self.sign_ups.insert(own.id, own);
        }
    }
}
