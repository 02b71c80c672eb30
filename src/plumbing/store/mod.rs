//! The durable store: sled underneath, sealed rows, a key for each member, and an fsync before anything counts.
//!
//! A store is a directory, open to its owner alone:
//!
//! | entry | what it is |
//! |---|---|
//! | `rows/` | sled's own files. Every row in them is sealed and its key is opaque |
//! | `keys` | the members' keys, sealed by the master key, each written over where it lies; see the warning below |
//! | `erasures` | who was forgotten, in a journal to which is only ever added |
//! | `log/` | every commit since the newest export, sealed as it is in the rows; `docs/commit-log.md` says how |
//! | `last-commit` | the number of the last commit, so that a log cut short or put back is noticed |
//!
//! `keys` must not be copied to where old copies are kept: whoever has the master key and an old `keys` can read whoever
//! was forgotten since. What is needed to restore after the loss of the disk:
//!
//! | what | how it is kept |
//! |---|---|
//! | the master key | where none of the other things are, and not with a backup of them |
//! | `keys` and `erasures` | in one place elsewhere, always as they are now ([`Options::mirror`]), never as older copies |
//! | the commit log | in the same place, always as it is now; with the newest export it is the whole store |
//! | exports ([`SledStore::export`]) | as many as one likes, wherever; each loses whoever is forgotten later |
//!
//! [`restore()`] puts them together. An older `keys` brings nobody back: the journal, the rows and every export say who or
//! how many were forgotten, and what does not fit is put right or refused.
//!
//! A reader of the disk without the master key sees how many rows each table has, how long they are and when they were
//! written; no more. Who may also write to it can put an older version of a single row back: rows are bound to their
//! place, not to their time.

mod master;
mod keyring;
mod slots;
mod in_place;
mod owned;
pub(crate) mod seal;
mod row_format;
mod rows;
mod behind;
mod watch;
pub mod durable;
mod last_commit;
mod sled_store;
mod places;
mod commit_log;
mod log_format;
mod log_replay;
mod journal;
mod export;
mod restore;
mod retired;

pub use commit_log::MirrorFault;
pub use export::Exported;
pub use log_replay::{Progress, Replayed};
pub use master::MasterKey;
pub(crate) use master::hex;
pub use places::Options;
pub use restore::{Rebuilt, RestoreFrom, restore};
pub use rows::LONGEST_ROW;
pub use sled_store::SledStore;
