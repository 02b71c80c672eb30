//! Reading the commit log on top of an export: the rows as they were after the last commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lodge_ground::store::{StoreError, Table};

use super::durable;
use super::log_format::{LogSeal, Next, Position, Segment, damage, name_of, number_in, segments};
use super::row_format::FORMAT_PLACE;

/// The progress of a restore is told after this many commits.
const SAID_EVERY: u64 = 5_000;

/// The progress of a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The log is being read.
    Reading {
        /// Commits that were read by now.
        commits: u64,
        /// Bytes that were read by now.
        bytes: u64,
        /// Bytes of the whole log.
        of: u64,
    },
    /// The new store is being written.
    Writing {
        /// Rows that were written by now.
        rows: usize,
        /// Rows that are to be written.
        of: usize,
    },
}

/// The part that a log added to an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The number of commits.
    pub commits: u64,
    /// The last one: the store is as it was after it.
    pub last: u64,
    /// The file and offset of a record that was cut short, as by a loss of power: it was not acknowledged.
    pub torn: Option<(PathBuf, u64)>,
}

/// The segments that go with an export, and how much of each.
pub(super) struct Log {
    segments: Vec<(PathBuf, u64)>,
    pub(super) position: Position,
    pub(super) replayed: Replayed,
}

/// Rows as they lie in a store, by their places.
pub(super) type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Makes of an export's rows those after the last commit in the log in `directory`; `None` where there is no log.
pub(super) fn replay(
    directory: &Path,
    seal: &LogSeal,
    export: (u64, Option<Position>),
    rows: &mut Rows,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Log>, StoreError> {
    let found = segments(directory).map_err(|cause| failed(directory, &cause))?;
    let (commit, position) = export;
    if found.is_empty() {
        return Ok(None);
    }
    let begins = |path: &&PathBuf| number_in(path).is_some_and(|after| after <= commit);
    let skipped = found.iter().take_while(begins).count().checked_sub(1);
    let Some(needed) = skipped.and_then(|skipped| found.get(skipped..)) else {
        let first = found.first().and_then(|path| number_in(path)).unwrap_or_default();
        let why = format!("begins after commit {first} and the export is of commit {commit}");
        return Err(does_not_fit(directory, &why));
    };
    let mut reading = Reading { commit, rows, progress, commits: 0, bytes: 0, of: size(needed)? };
    let mut log: Option<Log> = None;
    for path in needed {
        let mut segment = Segment::open(path, seal)?;
        if let Some(before) = &log {
            if let Some((torn, offset)) = &before.replayed.torn {
                return Err(damage(torn, *offset, "a commit was cut short, and later segments follow"));
            }
            if segment.position != before.position {
                let (ends, begins) = (before.position.number, segment.position.number);
                let what = format!("the segment before it ends at commit {ends} and it begins after commit {begins}");
                return Err(damage(path, 0, &format!("{what}: one is missing or of another history")));
            }
        }
        let torn = reading.read(&mut segment, position)?.then(|| (path.clone(), segment.offset));
        let mut segments = log.map_or_else(Vec::new, |log| log.segments);
        segments.push((path.clone(), segment.offset));
        let replayed = Replayed { commits: reading.commits, last: segment.position.number, torn };
        log = Some(Log { segments, position: segment.position, replayed });
    }
    match log {
        Some(log) if log.position.number < commit => {
            let why = format!("ends at commit {} and the export is of commit {commit}", log.position.number);
            Err(does_not_fit(directory, &why))
        }
        log => Ok(log),
    }
}

struct Reading<'a> {
    commit: u64,
    rows: &'a mut Rows,
    progress: &'a mut dyn FnMut(Progress),
    commits: u64,
    bytes: u64,
    of: u64,
}

impl Reading<'_> {
    /// Reads a segment to its end; whether that is torn.
    fn read(&mut self, segment: &mut Segment, export: Option<Position>) -> Result<bool, StoreError> {
        let before = self.bytes;
        loop {
            if export.is_some_and(|export| export.number == segment.position.number && export != segment.position) {
                return Err(segment.damage("the export is of another history than the commit log"));
            }
            self.bytes = before + segment.offset;
            let record = match segment.next()? {
                Next::End => return Ok(false),
                Next::Torn => return Ok(true),
                Next::Record(record) => record,
            };
            if record.position.number <= self.commit {
                continue;
            }
            self.commits += 1;
            for (place, sealed) in
                record.changes.into_iter().filter(|(place, _)| is_row(place) || place == FORMAT_PLACE)
            {
                match sealed {
                    Some(sealed) => drop(self.rows.insert(place, sealed)),
                    None => drop(self.rows.remove(&place)),
                }
            }
            if self.commits.is_multiple_of(SAID_EVERY) {
                (self.progress)(Progress::Reading { commits: self.commits, bytes: self.bytes, of: self.of });
            }
        }
    }
}

impl Log {
    /// Puts the log beside the new store, without a record that was cut short, so that it goes on where it ended.
    pub(super) fn copy_to(&self, directory: &Path) -> Result<(), StoreError> {
        durable::create_directory(directory).map_err(|cause| failed(directory, &cause))?;
        self.segments.iter().try_for_each(|(path, length)| {
            let to = directory.join(name_of(number_in(path).unwrap_or_default()));
            fs::read(path)
                .and_then(|content| {
                    let length = usize::try_from(*length).unwrap_or(usize::MAX).min(content.len());
                    durable::replace(&to, &content[..length])
                })
                .map_err(|cause| failed(&to, &cause))
        })
    }
}

/// Whether a row of a table is there; the store's own numbers are written anew.
pub(super) fn is_row(place: &[u8]) -> bool {
    Table::ALL.into_iter().any(|table| place.first() == Some(&(table as u8)))
}

fn size(segments: &[PathBuf]) -> Result<u64, StoreError> {
    segments.iter().try_fold(0, |sum, path| {
        let found = fs::metadata(path).map_err(|cause| failed(path, &cause))?;
        Ok(sum + found.len())
    })
}

fn does_not_fit(directory: &Path, why: &str) -> StoreError {
    let directory = directory.display();
    StoreError::Locked {
        why: format!(
            "the commit log {directory} {why}, so the two do not meet; give the newest export (or, to go back to this \
             one and lose what came later, move {directory} aside)"
        ),
    }
}

fn failed(path: &Path, cause: &std::io::Error) -> StoreError {
    StoreError::Engine { doing: "read the commit log", cause: format!("{}: {cause}", path.display()) }
}
