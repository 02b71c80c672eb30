//! The commit log: every commit, sealed as it is in the rows, in a file beside the store and in one on another disk.
//!
//! A commit is in the log, synced, before it is among the rows, and acknowledged then; a thread writes the
//! rows, several commits at once where they come fast. So the log may have some commits more than the rows when power is lost, at most
//! [`BEHIND_MAX`], which the rows then take over; and it never has fewer. With the newest export it gives back the store as it was at its last commit. A new segment begins with each export, and those before it are taken away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use lodge_ground::store::StoreError;
use serde::Deserialize;
use tracing::{error, warn};

use super::behind::BEHIND_MAX;
use super::durable;
use super::log_format::{Changes, Head, LogSeal, Next, Position, Record, Segment, name_of, segments};

/// The directory of the log, in a store's and in its mirror.
pub(super) const DIRECTORY: &str = "log";

/// The fate of commits that the mirror does not take: it is full, read-only or gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MirrorFault {
    /// The store stops. Nothing is acknowledged that is not kept twice.
    #[default]
    Stop,
    /// The store goes on without its mirror, which is logged as an error, until it is opened again. Nobody can be
    /// forgotten meanwhile: the mirror would keep their key.
    GoOn,
}

/// A log that is being kept.
pub(super) struct CommitLog {
    seal: LogSeal,
    /// The one beside the store, and then the one in the mirror.
    copies: Vec<Kept>,
    /// The position that was logged last.
    position: Position,
    on_fault: MirrorFault,
    /// Whether no export goes with this log yet.
    pub(super) wants_export: bool,
}

struct Kept {
    directory: PathBuf,
    newest: PathBuf,
    file: Arc<File>,
    syncing: Syncing,
}

/// A thread that syncs a file when it is told to. It ends with this.
struct Syncing {
    orders: Sender<()>,
    done: Receiver<io::Result<()>>,
}

/// A newest segment that leads to where the rows are.
struct Fit {
    directory: PathBuf,
    newest: PathBuf,
    /// The end of its last whole record.
    length: u64,
    head: Head,
    position: Position,
    /// The commits that the rows lack.
    ahead: Vec<Record>,
}

impl CommitLog {
    /// Opens the log of a store whose rows are at `rows`, and makes its copies equal. Returns the commits that the log
    /// has and the rows have not; `None` where no log leads there, such as beside an older store.
    pub(super) fn open(
        directories: &[PathBuf],
        seal: LogSeal,
        rows: Position,
        on_fault: MirrorFault,
    ) -> Result<Option<(Self, Vec<Record>)>, StoreError> {
        let mut fit = None;
        for directory in directories {
            if fit.is_none() {
                fit = look(directory, &seal, rows)?;
            }
        }
        let Some(mut fit) = fit else { return Ok(None) };
        let ahead = std::mem::take(&mut fit.ahead);
        let cut = OpenOptions::new().write(true).open(&fit.newest).and_then(|file| {
            if file.metadata()?.len() == fit.length {
                return Ok(());
            }
            file.set_len(fit.length)?;
            file.sync_all()
        });
        cut.map_err(|cause| failed(&fit.newest, &cause))?;
        let (position, wants_export) = (fit.position, !fit.head.at_export);
        let mut log = Self { seal, copies: Vec::new(), position, on_fault, wants_export };
        for (index, directory) in directories.iter().enumerate() {
            let opened = if *directory == fit.directory { Ok(()) } else { copy(&fit, directory) };
            let kept = opened.and_then(|()| Kept::open(directory, &fit.newest));
            log.taken(index, directory, kept)?;
        }
        Ok(Some((log, ahead)))
    }

    /// Begins a log at this position. Older logs in these directories do not lead here and are put aside.
    pub(super) fn begin(
        directories: &[PathBuf],
        seal: LogSeal,
        at: Position,
        on_fault: MirrorFault,
    ) -> Result<Self, StoreError> {
        let mut log = Self { seal, copies: Vec::new(), position: at, on_fault, wants_export: true };
        let head = log.seal.head(Head { after: at, at_export: false });
        for (index, directory) in directories.iter().enumerate() {
            let aside = segments(directory).and_then(|old| old.iter().try_for_each(|path| set_aside(path)));
            let begun = aside.and_then(|()| Kept::begin(directory, at.number, &head));
            log.taken(index, directory, begun)?;
        }
        Ok(log)
    }

    /// Logs the next commit. It is on disk, in every copy, when this returns.
    pub(super) fn append(&mut self, changes: &Changes) -> Result<Position, StoreError> {
        let (record, position) = self.seal.record(self.position, changes)?;
        // The disks are waited for together: each copy but the first has a thread for that.
        self.each_copy(|kept| (&*kept.file).write_all(&record))?;
        self.copies.iter().skip(1).for_each(|kept| kept.syncing.begin());
        let first = self.copies.first().map(|kept| kept.file.sync_data());
        let mut first = first.into_iter();
        self.each_copy(|kept| first.next().unwrap_or_else(|| kept.syncing.finish()))?;
        self.position = position;
        Ok(position)
    }

    /// Begins a new segment, since an export has all commits so far, and takes away the segments before it.
    pub(super) fn covered(&mut self) -> Result<(), StoreError> {
        let after = self.position;
        let head = self.seal.head(Head { after, at_export: true });
        self.each_copy(|kept| {
            *kept = Kept::begin(&kept.directory, after.number, &head)?;
            kept.remove_all_but_newest()
        })?;
        self.wants_export = false;
        Ok(())
    }

    /// The number of directories it is kept in.
    pub(super) fn copies(&self) -> usize {
        self.copies.len()
    }

    /// Does this in every copy; the first must succeed.
    fn each_copy(&mut self, mut act: impl FnMut(&mut Kept) -> io::Result<()>) -> Result<(), StoreError> {
        for (index, mut kept) in std::mem::take(&mut self.copies).into_iter().enumerate() {
            let directory = kept.directory.clone();
            let done = act(&mut kept).map(|()| kept);
            self.taken(index, &directory, done)?;
        }
        Ok(())
    }

    /// Keeps this copy from now on, if it could be written; and if not, acts on the fault of the mirror as the options
    /// say.
    fn taken(&mut self, index: usize, directory: &Path, kept: io::Result<Kept>) -> Result<(), StoreError> {
        match (kept, self.on_fault) {
            (Ok(kept), _) => self.copies.push(kept),
            (Err(cause), MirrorFault::GoOn) if index > 0 => alert(directory, &cause),
            (Err(cause), _) => return Err(failed(directory, &cause)),
        }
        Ok(())
    }

    /// Puts a file that is always full in the place of the newest in one of the copies.
    #[cfg(test)]
    pub(super) fn fill(&mut self, copy: usize) {
        self.copies[copy].file = Arc::new(OpenOptions::new().append(true).open("/dev/full").unwrap());
    }
}

/// Says to the operator that there is no second copy any more.
pub(super) fn alert(directory: &Path, cause: &dyn std::fmt::Display) {
    error!(
        mirror = %directory.display(),
        %cause,
        "the mirror cannot be written: a lost disk would take with it what is said from now on, and nobody can be \
         forgotten; put it right and start again"
    );
}

impl Kept {
    fn open(directory: &Path, newest: &Path) -> io::Result<Self> {
        let newest = directory.join(newest.file_name().unwrap_or_default());
        let file = Arc::new(OpenOptions::new().append(true).open(&newest)?);
        let syncing = Syncing::of(file.clone())?;
        Ok(Self { directory: directory.to_owned(), newest, file, syncing })
    }

    fn begin(directory: &Path, after: u64, head: &[u8]) -> io::Result<Self> {
        durable::create_directory(directory)?;
        let newest = directory.join(name_of(after));
        durable::replace(&newest, head)?;
        Self::open(directory, &newest)
    }

    /// Takes away all else, which an export has.
    fn remove_all_but_newest(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.directory)? {
            let path = entry?.path();
            if path != self.newest {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

impl Syncing {
    fn of(file: Arc<File>) -> io::Result<Self> {
        let (orders, ordered) = mpsc::channel();
        let (say, done) = mpsc::channel();
        let work = move || while ordered.recv().is_ok() && say.send(file.sync_data()).is_ok() {};
        thread::Builder::new().name("log".to_owned()).spawn(work)?;
        Ok(Self { orders, done })
    }

    fn begin(&self) {
        // If the thread has ended, `finish` says so.
        self.orders.send(()).unwrap_or_default();
    }

    fn finish(&self) -> io::Result<()> {
        self.done.recv().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs it has ended")))
    }
}

/// The log in this directory, if it leads to where the rows are or a few commits further.
fn look(directory: &Path, seal: &LogSeal, rows: Position) -> Result<Option<Fit>, StoreError> {
    let found = segments(directory).map_err(|cause| failed(directory, &cause))?;
    let Some(newest) = found.last() else { return Ok(None) };
    match read(directory, newest, seal, rows) {
        // The rows are whole without it, and so is another copy, perhaps.
        Err(StoreError::Damaged { what }) => {
            warn!(what, "the commit log cannot go on as it is");
            Ok(None)
        }
        read => read,
    }
}

fn read(directory: &Path, newest: &Path, seal: &LogSeal, rows: Position) -> Result<Option<Fit>, StoreError> {
    let mut segment = Segment::open(newest, seal)?;
    let mut leads_there = segment.position == rows;
    let mut ahead = Vec::new();
    while let Next::Record(record) = segment.next()? {
        if record.position.number > rows.number + BEHIND_MAX as u64 && leads_there {
            let why = format!("its rows end at commit {}, but commit {} was made", rows.number, record.position.number);
            return Err(StoreError::Locked { why: why + "; keep its directory as it is and restore an export" });
        }
        leads_there |= record.position == rows;
        if record.position.number > rows.number && leads_there {
            ahead.push(record);
        }
    }
    let (directory, newest) = (directory.to_owned(), newest.to_owned());
    let Segment { offset: length, head, position, .. } = segment;
    Ok(leads_there.then_some(Fit { directory, newest, length, head, position, ahead }))
}

/// Makes the log in `directory` equal to the one that fits. Segments that are equal end alike, for each record is bound
/// to the one before it.
fn copy(fit: &Fit, directory: &Path) -> io::Result<()> {
    durable::create_directory(directory)?;
    let end_of = |path: &Path| -> io::Result<Vec<u8>> {
        let content = fs::read(path)?;
        Ok([&content.len().to_be_bytes()[..], &content[content.len().saturating_sub(16)..]].concat())
    };
    let right = segments(&fit.directory)?;
    for path in &right {
        let to = directory.join(path.file_name().unwrap_or_default());
        if end_of(&to).ok() != Some(end_of(path)?) {
            durable::replace(&to, &fs::read(path)?)?;
        }
    }
    // Newer segments belong to a history that this store did not take.
    let newer = |path: &PathBuf| path.file_name() > fit.newest.file_name();
    segments(directory)?.iter().filter(|path| newer(path)).try_for_each(|path| set_aside(path))
}

/// Sets a segment aside, to be taken away with the next export.
fn set_aside(path: &Path) -> io::Result<()> {
    fs::rename(path, path.with_extension("left"))
}

fn failed(path: &Path, cause: &io::Error) -> StoreError {
    StoreError::Engine { doing: "write the commit log", cause: format!("{}: {cause}", path.display()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MasterKey;

    fn log(directories: &[PathBuf], on_fault: MirrorFault) -> CommitLog {
        let seal = LogSeal::new(&MasterKey::from_bytes([1; 32]), [2; 16]);
        CommitLog::begin(directories, seal, Position::default(), on_fault).unwrap()
    }

    #[test]
    fn a_full_mirror_stops_the_log_or_is_done_without_as_is_set() {
        for (on_fault, copies) in [(MirrorFault::Stop, None), (MirrorFault::GoOn, Some(1))] {
            let dir = tempfile::tempdir().unwrap();
            let directories = ["store", "mirror"].map(|name| dir.path().join(name));
            let mut log = log(&directories, on_fault);
            log.append(&vec![(b"place".to_vec(), None)]).unwrap();
            log.fill(1);
            match log.append(&vec![(b"place".to_vec(), None)]) {
                Ok(position) => assert_eq!((Some(log.copies()), position.number), (copies, 2)),
                Err(error) => {
                    let error = error.to_string();
                    assert!(copies.is_none() && error.contains("mirror: No space left on device"), "{error}");
                }
            }
        }
    }

    #[test]
    fn a_full_disk_under_the_store_stops_it_whatever_is_set_about_the_mirror() {
        let dir = tempfile::tempdir().unwrap();
        let directories = ["store", "mirror"].map(|name| dir.path().join(name));
        let mut log = log(&directories, MirrorFault::GoOn);
        log.fill(0);
        let error = log.append(&vec![(b"place".to_vec(), None)]).unwrap_err().to_string();
        assert!(error.contains("could not write the commit log") && error.contains("store: No space"), "{error}");
    }
}
