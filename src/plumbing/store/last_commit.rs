//! The number of the last commit, kept beside the rows.
//!
//! sled takes an end of its log that it cannot read for something that was never finished, and goes on without it; so
//! does a copy of an older day that somebody puts back. Either would bring back a consent that was withdrawn. Hence
//! every commit has a number among its rows, and this file says which number was reached. It is written after the
//! commit is safe and not synced itself: it may fall behind when power is lost, and is never ahead.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use lodge_ground::store::StoreError;

use super::durable::{self, if_there};
use super::master::MasterKey;
use super::seal::{self, Key};

/// The number and a keyed hash of it, within one sector, so that no loss of power tears them apart.
const LENGTH: usize = 8 + 32;

pub(super) struct LastCommit {
    file: File,
    key: Key,
    number: u64,
}

impl LastCommit {
    /// Makes the file for a new store, at number 0. It is on disk when this returns.
    pub(super) fn create(path: &Path, master: &MasterKey) -> Result<Self, StoreError> {
        let key = key(master);
        durable::replace(path, &content(&key, 0)).map_err(|cause| failed(&cause))?;
        let file = OpenOptions::new().write(true).open(path).map_err(|cause| failed(&cause))?;
        Ok(Self { file, key, number: 0 })
    }

    pub(super) fn read(path: &Path, master: &MasterKey) -> Result<Self, StoreError> {
        let key = key(master);
        let found = if_there(fs::read(path)).map_err(|cause| failed(&cause))?;
        let number = found
            .and_then(|found| number_in(&key, &found))
            .ok_or_else(|| StoreError::Damaged { what: format!("{} is missing or was changed", path.display()) })?;
        let file = OpenOptions::new().write(true).open(path).map_err(|cause| failed(&cause))?;
        Ok(Self { file, key, number })
    }

    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Takes note that the commit with this number is safe.
    pub(super) fn reached(&mut self, number: u64) -> Result<(), StoreError> {
        self.file.write_all_at(&content(&self.key, number), 0).map_err(|cause| failed(&cause))?;
        self.number = number;
        Ok(())
    }
}

fn key(master: &MasterKey) -> Key {
    master.derive("store last commit")
}

fn content(key: &Key, number: u64) -> Vec<u8> {
    let number = number.to_be_bytes();
    [&number[..], &seal::mac(key, &[&number])].concat()
}

fn number_in(key: &Key, found: &[u8]) -> Option<u64> {
    let (number, _) = found.split_first_chunk::<8>()?;
    let number = u64::from_be_bytes(*number);
    (found.len() == LENGTH && found == content(key, number)).then_some(number)
}

fn failed(cause: &io::Error) -> StoreError {
    StoreError::Engine { doing: "note the number of the last commit", cause: cause.to_string() }
}
