//! sled, made to keep every write that it acknowledges, and to answer damage with an error.

use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lodge_ground::store::StoreError;
use tracing::error;

use super::durable::{Files, if_there};
use super::sled_store::failed;
use super::watch::Watch;

/// The longest row, sealed, in bytes, where segments are sled's largest; a Matrix event has at most 65,536.
///
/// sled moves a page of more than a quarter of a segment into a file of its own and deletes that file when it writes
/// the page anew, before the new page is safe: a crash in between loses both. So pages are kept from ever growing to
/// that size: a leaf has some twenty rows.
pub const LONGEST_ROW: usize = SEGMENT / ROWS_A_SEGMENT;

/// So many of the longest rows fit into a segment at least.
const ROWS_A_SEGMENT: usize = 128;

/// sled's largest. See [`LONGEST_ROW`]. It is an upper limit of how the log grows, not a size that each commit writes.
pub(super) const SEGMENT: usize = 16 * 1024 * 1024;

/// The place of a row: a key as sled has it, which needs no memory of its own up to 22 bytes.
pub(super) type Place = sled::IVec;

/// sled's one tree, and its files. The tree goes first when they are dropped, for the files wait for it.
pub(super) struct Rows {
    db: Option<sled::Db>,
    watch: Option<Watch>,
    files: Mutex<Files>,
    longest: usize,
}

impl Rows {
    /// Opens the database in the directory `path`, or makes it. Everything in it is synced then.
    ///
    /// `Mode` is left as it is: this version of sled has the setting and does nothing with it.
    pub(super) fn open(path: &Path, cache_bytes: u64, segment_bytes: usize) -> Result<Self, StoreError> {
        discard_unfinished_snapshots(path).map_err(|cause| failed("tidy up its rows", &cause))?;
        let config = sled::Config::new()
            .path(path)
            .cache_capacity(cache_bytes)
            .segment_size(segment_bytes)
            // The commit flushes; a flush at another time would only hide a missing one.
            .flush_every_ms(None);
        let db = engine("open its rows", || config.open())?;
        let files = Files::open(path).map_err(|cause| failed("sync its rows", &cause))?;
        let watch = Watch::over(db.clone()).map_err(|cause| failed("watch over its rows", &cause))?;
        let (watch, files) = (Some(watch), Mutex::new(files));
        Ok(Self { db: Some(db), watch, files, longest: segment_bytes / ROWS_A_SEGMENT })
    }

    /// The longest row that is safe here, sealed, in bytes. See [`LONGEST_ROW`].
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Writes all of `batch` or nothing, and returns when it is safe.
    pub(super) fn write(&self, batch: sled::Batch) -> Result<(), StoreError> {
        engine("write a batch", || self.db()?.apply_batch(batch))?;
        let flush = || engine("flush its log", || self.db()?.flush());
        self.watch.as_ref().map_or_else(flush, |watch| watch.during(flush))?;
        self.files().sync().map_err(|cause| failed("sync its rows", &cause))
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<sled::IVec>, StoreError> {
        engine("read a row", || self.db()?.get(key))
    }

    pub(super) fn starting_with(&self, first: u8) -> Result<Vec<(Place, sled::IVec)>, StoreError> {
        engine("read its rows", || self.db()?.scan_prefix([first]).collect())
    }

    pub(super) fn is_empty(&self) -> Result<bool, StoreError> {
        engine("read its rows", || Ok(self.db()?.is_empty()))
    }

    /// The database, which is there until this is dropped.
    fn db(&self) -> sled::Result<&sled::Db> {
        self.db.as_ref().ok_or_else(|| sled::Error::Unsupported("it is closed".to_owned()))
    }

    /// Keeps sled from writing its unwritten rows, which it does when it is dropped. It stays in memory, with its lock,
    /// until the program ends.
    pub(super) fn abandon(&self) {
        std::mem::forget(self.db.clone());
        self.files().abandon();
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a file in the place of the log's that cannot be synced.
    #[cfg(test)]
    pub(super) fn break_log(&self) {
        self.files().break_log();
    }
}

impl Drop for Rows {
    /// sled panics where its last sync fails. All that was acknowledged was synced before.
    fn drop(&mut self) {
        self.watch = None;
        let db = self.db.take();
        let closed = engine("close its rows", || {
            drop(db);
            Ok(())
        });
        if let Err(error) = closed {
            error!(%error, "the store's disk failed when the store was closed; what was committed is there");
        }
    }
}

/// sled writes a snapshot of its page table when it opens, and takes one that was cut short for damage. The log and
/// the snapshot before still say everything.
fn discard_unfinished_snapshots(path: &Path) -> io::Result<()> {
    for entry in if_there(fs::read_dir(path))?.into_iter().flatten() {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Calls sled, which answers some kinds of damage with a panic.
fn engine<T>(doing: &'static str, call: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    let damaged = |cause: String| StoreError::Damaged { what: format!("sled could not {doing}: {cause}") };
    match panic::catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(sled::Error::Io(cause))) if cause.kind() != io::ErrorKind::UnexpectedEof => Err(failed(doing, &cause)),
        Ok(Err(sled::Error::Unsupported(cause))) => Err(StoreError::Engine { doing, cause }),
        Ok(Err(cause)) => Err(damaged(cause.to_string())),
        Err(panic) => Err(damaged(words_of(panic.as_ref()))),
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}
