//! The hub as it shows itself to its operator: its acts and their times, its log, its rows before they are sealed, the
//! number of everything, and the content of an export.

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use lodge_channel::store::{Batch, Memory, Row, Store, Table, Write};
use lodge_core::time::Timestamp;

use crate::hub::Act;
use crate::world::START;

/// The journal of a life, in lines.
#[derive(Debug, Clone, Default)]
pub struct Journal(Vec<String>);

impl Journal {
    /// The lines, oldest first.
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// The hub does something.
    pub fn acted(&mut self, now: Timestamp, act: Act) {
        self.line(now, format!("does {act:?}"));
    }

    /// The hub logs something.
    pub fn note(&mut self, now: Timestamp, what: &impl Display) {
        self.line(now, format!("logs {what}"));
    }

    /// The hub writes this to its disk. A hash of it is enough to show a difference.
    pub fn wrote(&mut self, now: Timestamp, batch: &Batch) {
        let mut hasher = DefaultHasher::new();
        for write in batch {
            match write {
                Write::Put(row) if is_token(row) => {}
                Write::Put(row) => (row.table, &row.key, &row.owners, &row.value).hash(&mut hasher),
                Write::Delete { table, key } => (table, key).hash(&mut hasher),
            }
        }
        self.line(now, format!("writes {:016x}", hasher.finish()));
    }

    /// Enters the number of members, introductions, jobs and messages without a key; and that of calls.
    pub fn counted(&mut self, now: Timestamp, counts: Option<[usize; 4]>, calls: usize) {
        self.line(now, format!("has {counts:?} after {calls} calls"));
    }

    /// An export holds this, before it is sealed.
    pub fn exported(&mut self, now: Timestamp, disk: &Memory) {
        for row in Table::ALL.into_iter().flat_map(|table| disk.load(table).expect("the store reads")) {
            if !is_token(&row) {
                let (key, value) = (String::from_utf8_lossy(&row.key), String::from_utf8_lossy(&row.value));
                self.line(now, format!("exports {:?} {key:?} {value}", row.table));
            }
        }
    }

    fn line(&mut self, now: Timestamp, what: String) {
        self.0.push(format!("{} {what}", now.as_millis() - START.as_millis()));
    }
}

/// Whether a row holds the token of the next sync response. A homeserver counts everything on it in its tokens, for
/// everybody, so they tell how busy it is and nothing of with what.
fn is_token(row: &Row) -> bool {
    row.table == Table::Singles && row.key == b"token"
}
