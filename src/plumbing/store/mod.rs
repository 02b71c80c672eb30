//! The durable store: sled underneath, sealed rows, a key for each member, and an fsync before anything counts.
//!
//! A store is a directory, open to its owner alone:
//!
//! | entry | what it is |
//! |---|---|
//! | `rows/` | sled's own files. Every row in them is sealed and its key is opaque |
//! | `keys` | the members' keys, sealed by the master key and written whole; see the warning below |
//! | `last-commit` | the number of the last commit, so that a log cut short or put back is noticed |
//!
//! `keys` must not be copied to where old copies are kept: whoever has the master key and an old `keys` can read whoever
//! was forgotten since. Back up with the logical export instead.
//!
//! Who holds the disk without the master key sees how many rows each table has, how long they are and when they were
//! written; no more. Who may also write to it can put an older version of a single row back: rows are bound to their
//! place, not to their time.

pub(crate) mod durable;
mod keyring;
mod last_commit;
mod master;
mod rows;
mod seal;
mod sled_store;

pub use master::MasterKey;
pub use rows::LONGEST_ROW;
pub use sled_store::{Options, SledStore};
