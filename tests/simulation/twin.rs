//! A second store, to which all is done that is done to the hub's own in memory, so that it can take its place.

use std::collections::BTreeSet;
use std::fmt;

use lodge_channel::store::{Batch, Memory, Owners, Row, Store as _};
use lodge_core::time::Timestamp;

/// A store that can be lost and come back.
pub trait Twin {
    /// The same batch is committed.
    fn commit(&mut self, batch: &Batch);

    /// Keeps the same rows beyond the forgetting of their members.
    fn outlive(&mut self, rows: &[Row]);

    /// The same members are forgotten.
    fn forget(&mut self, members: &Owners);

    /// An export is made.
    fn export(&mut self, now: Timestamp);

    /// The disk is lost. Gives back the store that comes of the export and of the commit log, which goes on from there.
    fn lose(&mut self) -> Memory;
}

/// The loss of a disk.
#[derive(Debug, Clone, Copy)]
pub struct Loss {
    /// The step after which an export is made.
    pub export: u64,
    /// The step after which the disk is lost.
    pub at: u64,
    /// The outcome of the loss.
    pub then: Then,
}

/// The way in which it goes on when a disk is lost.
#[derive(Clone, Copy)]
pub enum Then {
    /// Nothing is lost after all: the program dies, and is started again.
    Nothing,
    /// Export and commit log give the store back. This makes the store to which that happens.
    WithLog(fn() -> Box<dyn Twin>),
    /// The commit log is lost too, and the store goes back to the export.
    WithoutLog,
}

impl fmt::Debug for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::WithLog(_) => "WithLog",
            Self::WithoutLog => "WithoutLog",
        })
    }
}

/// The rows that one of two stores has and the other has not, or has otherwise.
pub(crate) fn differences(lost: &Memory, back: &Memory) -> Vec<String> {
    let only = |one: &Memory, other: &Memory, whose: &str| {
        let others: BTreeSet<String> = other.rows().map(|row| format!("{row:?}")).collect();
        let rows = one.rows().map(|row| format!("{row:?}")).filter(|row| !others.contains(row));
        rows.map(|row| format!("{whose}: {row}")).collect::<Vec<_>>()
    };
    let mut found = [only(lost, back, "lost"), only(back, lost, "new")].concat();
    if lost.forgotten() != back.forgotten() {
        found.push("others are forgotten".to_owned());
    }
    found
}
