//! A second store, to which all is done that is done to the hub's own in memory, so that it can take its place.

use lodge_channel::store::{Batch, Memory, Owners, Row};
use lodge_core::time::Timestamp;

/// A store that can be lost and come back.
pub trait Twin {
    /// The same batch is committed.
    fn commit(&mut self, batch: &Batch);

    /// The same rows are kept for whoever is forgotten.
    fn outlive(&mut self, rows: &[Row]);

    /// The same members are forgotten.
    fn forget(&mut self, members: &Owners);

    /// An export is made.
    fn export(&mut self, now: Timestamp);

    /// The disk is lost. Gives back the store that comes of the export and of the commit log, which goes on from there.
    fn lose(&mut self) -> Memory;
}
