//! Files that survive a loss of power: their content is synced, and so is the directory that holds their names.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Closing waits at most this long for sled; it takes some milliseconds when all is well.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// The outcome of a call about a file or a directory; `None` where there is none of that name.
pub fn if_there<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Puts `content` in the place of the file at `path`: after a loss of power there is the old file or the new one, and
/// once this returned the new one.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    // One that a loss of power left behind says nothing that counts.
    if_there(fs::remove_file(&new))?;
    write_new(&new, content)?;
    fs::rename(&new, path)?;
    sync_directory_of(path)
}

/// Writes a new file, for its owner alone; an error when there is one at `path` already.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    create_whole(path, |file| file.write_all(content))
}

/// Adds a line to the end of a file; one that is not there yet is made, for its owner alone. Once this returned the
/// line is on the disk, on a line of its own even if the last one was broken off.
pub fn append(path: &Path, line: &str) -> io::Result<()> {
    let is_new = !path.try_exists()?;
    let ends_well = is_new || fs::read(path)?.last().is_none_or(|last| *last == b'\n');
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    file.write_all(format!("{}{line}\n", if ends_well { "" } else { "\n" }).as_bytes())?;
    file.sync_all()?;
    if is_new { sync_directory_of(path) } else { Ok(()) }
}

/// Puts a file of this name there once `write` has written all of it: there is no file before that, and none at all
/// where it fails. An error when there is one already.
pub(crate) fn create_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.try_exists()? {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is such a file already"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    // One that was cut short earlier is of no use.
    if_there(fs::remove_file(&part))?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    let mut buffered = io::BufWriter::new(file);
    let written = write(&mut buffered).and_then(|()| buffered.into_inner().map_err(io::Error::from)?.sync_all());
    if let Err(cause) = written {
        // A leftover is removed at the next attempt, if not now.
        drop(fs::remove_file(&part));
        return Err(cause);
    }
    fs::rename(&part, path)?;
    sync_directory_of(path)
}

/// Puts a directory that is complete in the place of one that is empty or not there.
pub(crate) fn put_directory(complete: &Path, path: &Path) -> io::Result<()> {
    fs::rename(complete, path)?;
    sync_directory_of(path)
}

/// Gives a directory that is of no use another name, which ends so; one that had that name before goes.
pub(crate) fn set_aside(path: &Path, extension: &str) -> io::Result<()> {
    let aside = path.with_extension(extension);
    if_there(fs::remove_dir_all(&aside))?;
    put_directory(path, &aside)
}

/// Makes the directory, for its owner alone, and those above it that are not there.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        create_directory(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(path) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => return Err(cause),
        Ok(()) | Err(_) => {}
    }
    sync_directory_of(path)
}

/// Makes the directory, and makes sure that files can be written there.
pub(crate) fn writable_directory(path: &Path) -> io::Result<()> {
    create_directory(path)?;
    let probe = path.join("probe");
    replace(&probe, b"probe")?;
    fs::remove_file(probe)
}

/// sled's files, held open, so that a commit costs one sync of the log.
///
/// sled itself asks Linux to write its log (`sync_file_range`), which neither waits for the disk's own cache nor saves
/// the records of where the file's blocks are. Its directories are listed at each commit, for a new segment is not in
/// the log.
pub(super) struct Files {
    log: File,
    directories: [Directory; 2],
    abandoned: bool,
}

struct Directory {
    path: PathBuf,
    handle: File,
    synced: BTreeSet<OsString>,
}

impl Files {
    /// Opens the files of the sled database at `path`, which sled has just opened too, and syncs all of them.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut directories = [Directory::open(path)?, Directory::open(&path.join("blobs"))?];
        directories.iter_mut().try_for_each(Directory::sync_new_entries)?;
        Ok(Self { log: File::open(path.join("db"))?, directories, abandoned: false })
    }

    /// Syncs what sled wrote since the last time.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.directories.iter_mut().try_for_each(Directory::sync_new_entries)?;
        self.log.sync_data()
    }

    /// sled will not let go of its files; do not wait for it.
    pub(super) fn abandon(&mut self) {
        self.abandoned = true;
    }

    /// Puts a file in the place of the log's that cannot be synced.
    #[cfg(test)]
    pub(super) fn break_log(&mut self) {
        self.log = File::open("/dev/null").unwrap();
    }
}

impl Drop for Files {
    /// sled's own threads have its log open, and locked, for a moment after the last handle to it is gone. This waits
    /// for them, so that the next opener of the store finds it free.
    fn drop(&mut self) {
        let began = Instant::now();
        while !self.abandoned && self.log.try_lock().is_err() && began.elapsed() < LONGEST_CLOSE {
            thread::sleep(Duration::from_micros(100));
        }
        // A child process that another thread has just started may have a copy of the file, and with it the lock.
        drop(self.log.unlock());
    }
}

impl Directory {
    fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), handle: File::open(path)?, synced: BTreeSet::new() })
    }

    fn sync_new_entries(&mut self) -> io::Result<()> {
        let names = fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
        let mut new = false;
        for name in BTreeSet::difference(&names, &self.synced) {
            new = true;
            // It may have been taken away again meanwhile.
            if_there(File::open(self.path.join(name)).and_then(|file| file.sync_all()))?;
        }
        if new {
            self.handle.sync_all()?;
        }
        self.synced = names;
        Ok(())
    }
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

pub(super) fn sync_directory_of(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()
}
