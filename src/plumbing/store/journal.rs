//! The erasure journal: the members who were forgotten, in a file to which is only ever added.
//!
//! The key ring says the same, but is one file that can be put back whole. The journal is kept in a second place as
//! well, where the service names one, and it prevails: when a store opens, or an export is restored, with a ring that
//! still has a key which the journal says was destroyed, that key is destroyed again. Beside ids it holds rows that
//! must outlive the people they are about, so that a restore of an older export has them too.
//!
//! The file begins with a format, a mark of the master key and the number of the store. Each entry is its length and
//! then, sealed and bound to its place in the order, a kind and its content.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, StoreError};

use super::durable::{self, if_there};
use super::master::MasterKey;
use super::seal::{self, Key};

const FORMAT: &[u8; 16] = b"lodge erasures 1";
const HEAD: usize = FORMAT.len() + 16 + 16;
const FORGOTTEN: u8 = 1;
const KEPT: u8 = 2;
/// A part that reaches a disk as a whole, or later than the rest.
const PAGE: usize = 4096;

/// Rows as they lie in a store: their places, and their sealed content.
pub(super) type Sealed = Vec<(Vec<u8>, Vec<u8>)>;

/// A row that outlives whom it was kept for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeptRow {
    /// The number of the last commit then. An export from after a later one has the row as it became.
    pub(super) after: u64,
    pub(super) place: Vec<u8>,
    pub(super) sealed: Vec<u8>,
}

/// The entries of a journal, as they were read.
#[derive(Default)]
pub(super) struct Entries {
    /// The store it belongs to.
    pub(super) store: [u8; 16],
    /// The members who were forgotten.
    pub(super) forgotten: Owners,
    /// Rows that outlive them; a later one of the same place counts.
    pub(super) kept: Vec<KeptRow>,
    /// The number of entries.
    count: u64,
    /// The bytes of the file that they take, with its head.
    length: usize,
}

/// A journal that is being kept.
pub(super) struct Journal {
    copies: Vec<File>,
    key: Key,
    entries: Entries,
}

impl Journal {
    /// Opens the journal in the first of these files, or begins it there, and makes the others equal to it.
    pub(super) fn open(paths: &[PathBuf], master: &MasterKey, store: [u8; 16]) -> Result<Self, StoreError> {
        let mut longest: Option<(Entries, Vec<u8>)> = None;
        for path in paths {
            if let Some((found, content)) = read(path, master)? {
                if found.store != store {
                    let why = format!("the erasure journal {} belongs to another store", path.display());
                    return Err(StoreError::Locked { why });
                }
                // One of them may have missed the last entry, in a loss of power.
                if longest.as_ref().is_none_or(|(known, _)| known.count < found.count) {
                    longest = Some((found, content));
                }
            }
        }
        let (entries, content) = match longest {
            Some((entries, content)) => (entries, content),
            None => (Entries { store, length: HEAD, ..Entries::default() }, head(master, store)),
        };
        let content = &content[..entries.length];
        let open = |path: &PathBuf| {
            if fs::read(path).ok().as_deref() != Some(content) {
                durable::replace(path, content)?;
            }
            OpenOptions::new().append(true).open(path)
        };
        let copies = paths.iter().map(open).collect::<io::Result<_>>().map_err(|cause| failed(&cause))?;
        Ok(Self { copies, key: key(master), entries })
    }

    /// The members who were forgotten.
    pub(super) fn forgotten(&self) -> &Owners {
        &self.entries.forgotten
    }

    /// Adds that these members were forgotten, as far as it does not say so. It is on disk, in every copy, when this returns.
    pub(super) fn forget(&mut self, members: &Owners) -> Result<(), StoreError> {
        let new: Owners = members.difference(&self.entries.forgotten).copied().collect();
        self.add(new.iter().map(|member| [&[FORGOTTEN], &member.to_bytes()[..]].concat()))?;
        self.entries.forgotten.extend(new);
        Ok(())
    }

    /// Adds rows that outlive whom they are about. They are on disk, in every copy, when this returns.
    pub(super) fn keep(&mut self, rows: &[KeptRow]) -> Result<(), StoreError> {
        self.add(rows.iter().map(|row| {
            let length = u8::try_from(row.place.len()).unwrap_or(u8::MAX);
            [&[KEPT][..], &row.after.to_be_bytes(), &[length], &row.place, &row.sealed].concat()
        }))
    }

    /// The same for rows of another copy of the journal, some of which may have been in this one when it was opened.
    pub(super) fn keep_again(&mut self, rows: &[KeptRow]) -> Result<(), StoreError> {
        let known: BTreeSet<&KeptRow> = self.entries.kept.iter().collect();
        let new: Vec<KeptRow> = rows.iter().filter(|row| !known.contains(row)).cloned().collect();
        self.keep(&new)
    }

    /// Adds these entries in one write.
    fn add(&mut self, bodies: impl Iterator<Item = Vec<u8>>) -> Result<(), StoreError> {
        let mut added = Vec::new();
        for body in bodies {
            let sealed = seal::seal(&self.key, &about(&self.entries), &body)?;
            let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
            added.extend_from_slice(&length.to_be_bytes());
            added.extend_from_slice(&sealed);
            self.entries.count += 1;
        }
        if added.is_empty() {
            return Ok(());
        }
        for copy in &mut self.copies {
            copy.write_all(&added).and_then(|()| copy.sync_all()).map_err(|cause| failed(&cause))?;
        }
        self.entries.length += added.len();
        Ok(())
    }
}

impl Entries {
    /// Reads a journal; `None` when there is no file.
    pub(super) fn read(path: &Path, master: &MasterKey) -> Result<Option<Self>, StoreError> {
        Ok(read(path, master)?.map(|(entries, _)| entries))
    }
}

fn read(path: &Path, master: &MasterKey) -> Result<Option<(Entries, Vec<u8>)>, StoreError> {
    let content = if_there(fs::read(path));
    let content =
        content.map_err(|cause| StoreError::Engine { doing: "read the erasure journal", cause: cause.to_string() })?;
    let Some(content) = content else { return Ok(None) };
    let damaged =
        || StoreError::Damaged { what: format!("the erasure journal {} is not what was written", path.display()) };
    let store = content.get(FORMAT.len() + 16..HEAD).and_then(|store| store.try_into().ok()).ok_or_else(damaged)?;
    if !content.starts_with(FORMAT) {
        return Err(damaged());
    }
    if content[..HEAD] != head(master, store) {
        let why = format!("the master key is not the one that {} was made with", path.display());
        return Err(StoreError::Locked { why });
    }
    let mut entries = Entries { store, length: HEAD, ..Entries::default() };
    let key = key(master);
    while let Some(sealed) = next(&content[entries.length..]) {
        let body = match seal::open(&key, &about(&entries), sealed) {
            Some(body) => body,
            None if has_gap(&content, entries.length) => break,
            None => return Err(damaged()),
        };
        if !entries.take(&body) {
            return Err(damaged());
        }
        entries.count += 1;
        entries.length += 4 + sealed.len();
    }
    Ok(Some((entries, content)))
}

/// The next entry; nothing at the end, or where a loss of power cut the last entry short.
fn next(rest: &[u8]) -> Option<&[u8]> {
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.get(..length).filter(|sealed| !sealed.is_empty())
}

/// Whether a page of the file, as far as it is from here on, never reached the disk. Nothing that was acknowledged is there.
fn has_gap(content: &[u8], start: usize) -> bool {
    let first = start / PAGE * PAGE;
    let mut pages = (first..content.len()).step_by(PAGE);
    pages.any(|page| content[page.max(start)..(page + PAGE).min(content.len())].iter().all(|byte| *byte == 0))
}

impl Entries {
    fn take(&mut self, body: &[u8]) -> bool {
        match body.split_first() {
            Some((&FORGOTTEN, id)) => {
                let id = <[u8; 16]>::try_from(id).map(MemberId::from_bytes);
                id.map(|member| self.forgotten.insert(member)).is_ok()
            }
            Some((&KEPT, row)) => {
                let row = kept_row(row);
                row.map(|row| self.kept.push(row)).is_some()
            }
            Some(_) | None => false,
        }
    }
}

fn kept_row(bytes: &[u8]) -> Option<KeptRow> {
    let (after, rest) = bytes.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first()?;
    let (place, sealed) = rest.split_at_checked(usize::from(*length))?;
    Some(KeptRow { after: u64::from_be_bytes(*after), place: place.to_vec(), sealed: sealed.to_vec() })
}

fn head(master: &MasterKey, store: [u8; 16]) -> Vec<u8> {
    [FORMAT.as_slice(), &master.marker("store erasures mark", b""), &store].concat()
}

fn key(master: &MasterKey) -> Key {
    master.derive("store erasures")
}

fn about(before: &Entries) -> Vec<u8> {
    [&before.store[..], &before.count.to_be_bytes()].concat()
}

fn failed(cause: &io::Error) -> StoreError {
    StoreError::Engine { doing: "write the erasure journal", cause: cause.to_string() }
}
