//! The form of the commit log on disk, and the reading of one of its segments; `docs/commit-log.md` is the same for a
//! reader without this code.
//!
//! A segment is a head and then records, one for each commit. Each record is sealed, and bound to its store, to its
//! number and to the record before it: none can be changed, left out, moved or put in from another store.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use lodge_ground::store::StoreError;

use super::durable::if_there;
use super::master::MasterKey;
use super::seal::{self, Key};

const FORMAT: &[u8; 16] = b"lodge commit log";
const VERSION: u32 = 1;
/// The end of the part of a head that its keyed hash is about.
const HASHED: usize = 16 + 4 + 16 + 16 + 8 + 16 + 1;
const HEAD: usize = HASHED + 32;
/// The length of the sealed part, and the number of the commit.
const RECORD_HEAD: usize = 4 + 8;
/// The parts of a segment's name: the number of the commit that it begins after, and this.
const SUFFIX: &str = ".log";
const REMOVED: u8 = 0;
const PUT: u8 = 1;

/// The link from one record to the next: the last bytes of its sealed part.
pub(super) type Link = [u8; 16];

/// Rows that were put or taken away: their places, and their sealed content now.
pub(super) type Changes = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// A position in the history of a store: the number of a commit, and the link of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Position {
    pub(super) number: u64,
    pub(super) link: Link,
}

/// The head of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The commit after which it begins.
    pub(super) after: Position,
    /// Whether it began with an export. If not, no log goes before it, and no export from before it goes with it.
    pub(super) at_export: bool,
}

/// Seals and opens the records of one store.
#[derive(Clone)]
pub(super) struct LogSeal {
    key: Key,
    mark: [u8; 16],
    store: [u8; 16],
}

/// A commit as it stands in the log: its number and its sealed batch.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// The commit, and the link to the next.
    pub(super) position: Position,
    pub(super) changes: Changes,
}

/// The next part of a segment.
#[derive(Debug)]
pub(super) enum Next {
    Record(Record),
    /// The segment ends here, with a whole record.
    End,
    /// The beginning of a record that never was whole: a loss of power came between. It was not acknowledged.
    Torn,
}

/// The name of the segment that begins after this commit.
pub(super) fn name_of(after: u64) -> String {
    format!("{after:020}{SUFFIX}")
}

/// The segments in a directory, oldest first; none where there is no such directory.
pub(super) fn segments(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in if_there(std::fs::read_dir(dir))?.into_iter().flatten() {
        let path = entry?.path();
        if number_in(&path).is_some() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The number of the commit after which a segment of this name begins.
pub(super) fn number_in(path: &Path) -> Option<u64> {
    let digits = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    (digits.len() == 20).then(|| digits.parse().ok()).flatten()
}

impl LogSeal {
    pub(super) fn new(master: &MasterKey, store: [u8; 16]) -> Self {
        Self { key: master.derive("store commit log"), mark: master.marker("store commit log mark", b""), store }
    }

    pub(super) fn head(&self, head: Head) -> Vec<u8> {
        let Head { after, at_export } = head;
        let said = [
            FORMAT,
            &VERSION.to_be_bytes()[..],
            &self.mark,
            &self.store,
            &after.number.to_be_bytes(),
            &after.link,
            &[u8::from(at_export)],
        ]
        .concat();
        let hash = seal::mac(&self.key, &[&said]);
        [&said[..], &hash].concat()
    }

    /// The record of the commit after `before`, and the position that it leads to.
    pub(super) fn record(&self, before: Position, changes: &Changes) -> Result<(Vec<u8>, Position), StoreError> {
        let number = before.number + 1;
        let sealed = seal::seal(&self.key, &self.about(number, before.link), &encode(changes))?;
        let length = u32::try_from(sealed.len())
            .map_err(|_| StoreError::Engine { doing: "log a commit", cause: "it has more than 4 GiB".to_owned() })?;
        let link = link_of(&sealed).unwrap_or_default();
        Ok(([&length.to_be_bytes()[..], &number.to_be_bytes(), &sealed].concat(), Position { number, link }))
    }

    fn open(&self, number: u64, before: Link, sealed: &[u8]) -> Option<Record> {
        let body = seal::open(&self.key, &self.about(number, before), sealed)?;
        let link = link_of(sealed)?;
        Some(Record { position: Position { number, link }, changes: decode(&body)? })
    }

    fn about(&self, number: u64, before: Link) -> Vec<u8> {
        [&self.store[..], &number.to_be_bytes(), &before].concat()
    }

    fn read_head(&self, path: &Path, head: &[u8]) -> Result<Head, StoreError> {
        let damaged = || damage(path, 0, "its head is not what was written");
        let locked = |why: String| StoreError::Locked { why };
        let (said, hash) = head.split_at_checked(HASHED).ok_or_else(damaged)?;
        let (format, said_after) = said.split_at(FORMAT.len());
        let (version, after_version) = said_after.split_at(4);
        let (mark, after_mark) = after_version.split_at(16);
        let (store, rest) = after_mark.split_at(16);
        if format != FORMAT {
            return Err(damaged());
        }
        if version != VERSION.to_be_bytes() {
            let found = version.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
            let why = format!("{} has format {found} and this version reads format {VERSION}", path.display());
            return Err(locked(why));
        }
        if mark != self.mark {
            return Err(locked(format!("the master key is not the one that {} was made with", path.display())));
        }
        if store != self.store {
            return Err(locked(format!("the commit log {} belongs to another store", path.display())));
        }
        if seal::mac(&self.key, &[said]) != hash {
            return Err(damaged());
        }
        let (number, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (link, at_export) = rest.split_first_chunk::<16>().ok_or_else(damaged)?;
        let after = Position { number: u64::from_be_bytes(*number), link: *link };
        Ok(Head { after, at_export: at_export == [1] })
    }
}

/// A segment that is being read.
pub(super) struct Segment {
    seal: LogSeal,
    path: PathBuf,
    file: BufReader<File>,
    length: u64,
    /// The offset up to which it was read.
    pub(super) offset: u64,
    /// The position that was read last.
    pub(super) position: Position,
    pub(super) head: Head,
}

impl Segment {
    pub(super) fn open(path: &Path, seal: &LogSeal) -> Result<Self, StoreError> {
        let unreadable = |cause: &std::io::Error| unreadable(path, cause);
        let file = File::open(path).map_err(|cause| unreadable(&cause))?;
        let length = file.metadata().map_err(|cause| unreadable(&cause))?.len();
        let mut file = BufReader::new(file);
        let mut head = Vec::with_capacity(HEAD);
        file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|cause| unreadable(&cause))?;
        let head = seal.read_head(path, &head)?;
        if number_in(path).is_some_and(|named| named != head.after.number) {
            return Err(damage(path, 0, "its name is that of another segment"));
        }
        let (seal, path, offset) = (seal.clone(), path.to_owned(), HEAD as u64);
        Ok(Self { seal, path, file, length, offset, position: head.after, head })
    }

    /// Reads the next record.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], with file and offset, when a record is not as it was written and others come after it.
    pub(super) fn next(&mut self) -> Result<Next, StoreError> {
        let left = self.length - self.offset;
        if left == 0 {
            return Ok(Next::End);
        }
        let mut head = [0; RECORD_HEAD];
        if left < RECORD_HEAD as u64 {
            return Ok(Next::Torn);
        }
        self.read(&mut head)?;
        let (length, number) = told(&head);
        let expected = self.position.number + 1;
        if length > left - RECORD_HEAD as u64 || number != expected {
            return self.end_or_damage(&head);
        }
        let mut sealed = vec![0; usize::try_from(length).map_err(|_| self.damaged())?];
        self.read(&mut sealed)?;
        let Some(record) = self.seal.open(number, self.position.link, &sealed) else {
            return self.end_or_damage(&[&head[..], &sealed].concat());
        };
        self.offset += RECORD_HEAD as u64 + length;
        self.position = record.position;
        Ok(Next::Record(record))
    }

    /// A record that does not read is the end if nothing comes after it: only one record at a time is on its way to the disk.
    /// `begun` was read of it already.
    fn end_or_damage(&mut self, begun: &[u8]) -> Result<Next, StoreError> {
        let mut rest = begun.to_vec();
        let path = self.path.clone();
        self.file.read_to_end(&mut rest).map_err(|cause| unreadable(&path, &cause))?;
        let (length, number) = told(&rest);
        let whole = RECORD_HEAD as u64 + length;
        let is_followed = number == self.position.number + 1 && length > 0 && whole < rest.len() as u64;
        if is_followed || (1..rest.len()).any(|at| self.is_record(&rest, at)) {
            return Err(self.damaged());
        }
        Ok(Next::Torn)
    }

    /// Whether a later record stands there; what binds it to the one before stands before it.
    fn is_record(&self, rest: &[u8], at: usize) -> bool {
        let Some(found) = rest.get(at..).filter(|found| found.len() > RECORD_HEAD) else { return false };
        let (length, number) = told(found);
        if number <= self.position.number || number - self.position.number > rest.len() as u64 {
            return false;
        }
        let before = at.checked_sub(16).and_then(|start| link_of(&rest[start..at]));
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let sealed = found[RECORD_HEAD..].get(..length);
        before.zip(sealed).is_some_and(|(before, sealed)| self.seal.open(number, before, sealed).is_some())
    }

    /// The error for a record that is wrong at the place which was reached.
    pub(super) fn damage(&self, why: &str) -> StoreError {
        damage(&self.path, self.offset, why)
    }

    fn read(&mut self, into: &mut [u8]) -> Result<(), StoreError> {
        self.file.read_exact(into).map_err(|cause| unreadable(&self.path, &cause))
    }

    fn damaged(&self) -> StoreError {
        self.damage(&format!("commit {} is not what was written", self.position.number + 1))
    }
}

/// The head of a record: the length of the sealed part, and the commit's number. Zeros where there is less.
fn told(head: &[u8]) -> (u64, u64) {
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    head.split_at_checked(4).map_or((0, 0), |(length, rest)| (number(length), rest.get(..8).map_or(0, number)))
}

fn link_of(sealed: &[u8]) -> Option<Link> {
    sealed.last_chunk::<16>().copied()
}

fn encode(changes: &Changes) -> Vec<u8> {
    let mut body = Vec::new();
    let counted = |body: &mut Vec<u8>, bytes: &[u8]| {
        body.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        body.extend_from_slice(bytes);
    };
    for (place, sealed) in changes {
        body.push(if sealed.is_some() { PUT } else { REMOVED });
        counted(&mut body, place);
        if let Some(sealed) = sealed {
            counted(&mut body, sealed);
        }
    }
    body
}

fn decode(mut body: &[u8]) -> Option<Changes> {
    let mut changes = Changes::new();
    while let Some((kind, rest)) = body.split_first() {
        let (place, rest) = counted(rest)?;
        let (sealed, rest) = match *kind {
            REMOVED => (None, rest),
            PUT => counted(rest).map(|(sealed, rest)| (Some(sealed.to_vec()), rest))?,
            _ => return None,
        };
        changes.push((place.to_vec(), sealed));
        body = rest;
    }
    Some(changes)
}

fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

pub(super) fn damage(path: &Path, offset: u64, why: &str) -> StoreError {
    StoreError::Damaged { what: format!("the commit log {} at byte {offset}: {why}", path.display()) }
}

fn unreadable(path: &Path, cause: &std::io::Error) -> StoreError {
    StoreError::Engine { doing: "read the commit log", cause: format!("{}: {cause}", path.display()) }
}
