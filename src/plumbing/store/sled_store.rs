//! The store on sled.

mod opening;

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Arc;

use lodge_ground::store::{Batch, Owners, Row, Store, StoreError, Table, Write};

use super::behind::{Behind, Commit, LINK_PLACE};
use super::commit_log::CommitLog;
use super::journal::{Journal, KeptRow, Sealed};
use super::keyring::Keyring;
use super::last_commit::LastCommit;
use super::log_format::{Changes, Link, Position};
use super::seal::RowSeal;

/// The place of the store's number among the rows. It shows that key file and rows belong together.
const STORE_PLACE: &[u8] = &[0, 0];
/// The place of the number of members who were forgotten. It shows an older key file for what it is.
const FORGOTTEN_PLACE: &[u8] = &[0, 2];

/// The durable store. The module's text says what it keeps, and where.
///
/// After an error it takes nothing more: what the disk has is then unknown, and an fsync that failed once can succeed
/// later without having saved anything.
///
/// # Examples
///
/// ```
/// use lodge_ground::store::{Owners, Row, Store, Table, Write};
/// use lodge_plumbing::store::{MasterKey, Options, SledStore};
///
/// # let house = tempfile::tempdir()?;
/// # let directory = house.path();
/// let master = MasterKey::from_bytes([7; 32]);
/// let row = Row { table: Table::Singles, key: b"token".to_vec(), owners: Owners::new(), value: b"s1".to_vec() };
/// let mut store = SledStore::open(directory, &master, Options::default())?;
/// // It survives a loss of power once this has returned.
/// store.commit(&vec![Write::Put(row.clone())])?;
/// drop(store);
///
/// let store = SledStore::open(directory, &master, Options::default())?;
/// assert_eq!(store.load(Table::Singles)?, [row]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SledStore {
    pub(super) behind: Behind,
    keyring: Keyring,
    journal: Journal,
    seal: Arc<RowSeal>,
    last: LastCommit,
    log: Option<Box<CommitLog>>,
    /// The number of places in which it is kept if nothing is wrong.
    copies: usize,
    stopped: bool,
    /// Held until the rest is closed.
    _lock: DirectoryLock,
}

impl SledStore {
    /// The link of the last commit's record in the commit log, if that commit was logged.
    pub(super) fn link(&self) -> Result<Option<Link>, StoreError> {
        let Some(sealed) = self.behind.rows()?.get(LINK_PLACE)? else { return Ok(None) };
        let found = self.seal.open_raw(LINK_PLACE, &sealed)?;
        let (number, link) = found.split_first_chunk::<8>().unzip();
        // A commit that was made without a log left an older link there.
        let reached = opening::stored_number(self.behind.rows()?, &self.seal)?;
        let is_last = number.is_some_and(|number| u64::from_be_bytes(*number) == reached);
        Ok(link.filter(|_| is_last).and_then(|link| Link::try_from(link).ok()))
    }

    /// Whether an export should be made soon: the commit log began without one, so nothing can be restored with it yet.
    #[must_use]
    pub fn wants_export(&self) -> bool {
        self.log.as_ref().is_some_and(|log| log.wants_export)
    }

    /// An export has all commits so far.
    pub(super) fn is_covered(&mut self) -> Result<(), StoreError> {
        self.or_stop(|store| {
            // From here on the log has nothing of the commits before.
            store.behind.finish()?;
            store.log.as_mut().map_or(Ok(()), |log| log.covered())
        })
    }

    fn how_many_forgotten(&self) -> Result<(Vec<u8>, Option<Vec<u8>>), StoreError> {
        self.numbered(FORGOTTEN_PLACE, self.keyring.forgotten().len() as u64)
    }

    /// All rows as they lie there, with their places; and the number of the last commit.
    pub(super) fn sealed(&self) -> Result<(Sealed, u64), StoreError> {
        self.still_running()?;
        let mut rows = Vec::new();
        for table in Table::ALL {
            let found = self.behind.rows()?.starting_with(table as u8)?;
            rows.extend(found.into_iter().map(|(place, sealed)| (place.to_vec(), sealed.to_vec())));
        }
        Ok((rows, self.last.number()))
    }

    /// Puts rows back as they lay in another copy of this store. It is no commit.
    pub(super) fn put_sealed(&mut self, rows: &[(Vec<u8>, Vec<u8>)]) -> Result<(), StoreError> {
        let changes = rows.iter().map(|(place, sealed)| (place.clone(), Some(sealed.clone()))).collect();
        self.put(Position { number: self.last.number(), ..Position::default() }, changes, false)
    }

    /// Keeps rows in the journal that were in the journal of another copy of this store.
    pub(super) fn journal_again(&mut self, rows: &[KeptRow]) -> Result<(), StoreError> {
        self.journal.keep_again(rows)
    }

    /// The number of the store, which its exports have too.
    pub(super) const fn number(&self) -> [u8; 16] {
        self.keyring.store()
    }

    /// Makes a commit of these changes, and returns when it is safe: in the log, which never has less than the rows, or, where
    /// there is none, among the rows.
    pub(super) fn write(&mut self, changes: Changes) -> Result<(), StoreError> {
        match &mut self.log {
            Some(log) => {
                let position = log.append(&changes)?;
                self.put(position, changes, true)
            }
            None => self.put(Position { number: self.last.number() + 1, ..Position::default() }, changes, false),
        }
    }

    /// Writes changes among the rows, and which commit is reached with them. Unless they are logged, they are safe then.
    fn put(&mut self, position: Position, changes: Changes, is_logged: bool) -> Result<(), StoreError> {
        let commit = Commit { position, changes, is_logged };
        if is_logged {
            self.behind.write_soon(commit)?;
        } else {
            self.behind.write(commit)?;
        }
        self.last.reached(position.number)
    }

    /// The change that puts this number at a place of the store's own.
    fn numbered(&self, place: &[u8], number: u64) -> Result<(Vec<u8>, Option<Vec<u8>>), StoreError> {
        Ok((place.to_vec(), Some(self.seal.seal_raw(place, &number.to_be_bytes())?)))
    }

    fn commit_rows(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.keyring.admit(&owners_in(batch))?;
        let mut changes = Changes::new();
        for write in batch {
            match write {
                Write::Put(row) => {
                    let (place, sealed) = self.seal.seal(row, &self.keyring)?;
                    let longest = self.behind.longest();
                    if sealed.len() > longest {
                        let cause = format!("it has {} bytes, and {longest} is the most", sealed.len());
                        return Err(StoreError::Engine { doing: "take a row", cause });
                    }
                    changes.push((place, Some(sealed)));
                }
                Write::Delete { table, key } => changes.push((self.seal.place(*table, key), None)),
            }
        }
        self.write(changes)
    }

    /// The journal comes first, so that it never knows of less than the key file; then the keys: from there on the rows
    /// are unreadable in any case. Taking them away is tidiness.
    fn forget_rows(&mut self, members: &Owners) -> Result<(), StoreError> {
        self.require_every_copy()?;
        self.journal.forget(members)?;
        self.keyring.forget(members)?;
        let mut changes = vec![self.how_many_forgotten()?];
        changes.extend(self.behind.places_of(members)?.into_iter().map(|place| (place, None)));
        self.write(changes)
    }

    /// A mirror that is not written any more would keep the key of somebody who is forgotten.
    fn require_every_copy(&self) -> Result<(), StoreError> {
        let logs = self.log.as_ref().map_or(self.copies, |log| log.copies());
        if self.keyring.copies().min(logs) == self.copies {
            return Ok(());
        }
        let cause = "its mirror was lost; put it right and start again".to_owned();
        Err(StoreError::Engine { doing: "forget somebody", cause })
    }

    fn still_running(&self) -> Result<(), StoreError> {
        if self.stopped { Err(StoreError::Stopped) } else { Ok(()) }
    }

    pub(super) fn or_stop(&mut self, act: impl FnOnce(&mut Self) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.still_running()?;
        let done = act(self);
        if done.is_err() {
            self.stopped = true;
            self.behind.abandon();
        }
        done
    }
}

impl Store for SledStore {
    fn load(&self, table: Table) -> Result<Vec<Row>, StoreError> {
        self.still_running()?;
        let mut rows = Vec::new();
        for (place, sealed) in self.behind.rows()?.starting_with(table as u8)? {
            rows.extend(self.seal.open(&place, &sealed, &self.keyring)?);
        }
        rows.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        Ok(rows)
    }

    /// Several batches put together cost one flush and one fsync.
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.or_stop(|store| if batch.is_empty() { Ok(()) } else { store.commit_rows(batch) })
    }

    fn forgotten(&self) -> Owners {
        self.keyring.forgotten().clone()
    }

    /// Copies rows into the erasure journal, where they outlive their members.
    fn outlive(&mut self, rows: &[Row]) -> Result<(), StoreError> {
        self.or_stop(|store| {
            let after = store.last.number();
            let kept = rows.iter().map(|row| {
                let (place, sealed) = store.seal.seal(row, &store.keyring)?;
                Ok(KeptRow { after, place, sealed })
            });
            let kept = kept.collect::<Result<Vec<_>, StoreError>>()?;
            store.journal.keep(&kept)
        })
    }

    /// It reads their rows and no others, and costs the same few writes to disk for one of them as for all.
    fn forget(&mut self, members: &Owners) -> Result<(), StoreError> {
        self.or_stop(|store| if members.is_empty() { Ok(()) } else { store.forget_rows(members) })
    }
}

impl std::fmt::Debug for SledStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SledStore").field("commits", &self.last.number()).finish_non_exhaustive()
    }
}

fn owners_in(batch: &Batch) -> Owners {
    batch
        .iter()
        .flat_map(|write| match write {
            Write::Put(row) => row.owners.clone(),
            Write::Delete { .. } => Owners::new(),
        })
        .collect()
}

/// The lock of a store's directory.
///
/// A call lets go of it. Closing its file would not always: a child process that another thread has just started holds a
/// copy of every open file, and the lock with it, until it runs its own program.
pub(super) struct DirectoryLock(File);

impl Drop for DirectoryLock {
    fn drop(&mut self) {
        // Nothing is left to do where this fails: the lock ends with the process.
        drop(self.0.unlock());
    }
}

pub(super) fn lock(dir: &Path) -> Result<DirectoryLock, StoreError> {
    let file = File::open(dir).map_err(|cause| failed("open its directory", &cause))?;
    match file.try_lock() {
        Ok(()) => Ok(DirectoryLock(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Held { place: dir.display().to_string() }),
        Err(TryLockError::Error(cause)) => Err(failed("lock its directory", &cause)),
    }
}

pub(super) fn failed(doing: &'static str, cause: &io::Error) -> StoreError {
    StoreError::Engine { doing, cause: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use lodge_ground::id::MemberId;

    use super::super::master::MasterKey;
    use super::super::places::Options;
    use super::super::seal;
    use super::*;

    #[test]
    fn forgetting_looks_at_the_rows_of_the_forgotten_alone_and_is_one_commit_for_all_of_them() {
        const FORGOTTEN: u8 = 20;
        const ROWS: u8 = 3;
        let opened = |others: u8| {
            let dir = tempfile::tempdir().unwrap();
            let master = MasterKey::from_bytes([5; 32]);
            // Without a log it all happens in this thread, where opened rows are counted.
            let options = Options { log: false, ..Options::default() };
            let mut store = SledStore::open(dir.path(), &master, options).unwrap();
            let row = |table, number: u8| {
                let owners = [MemberId::from_bytes([number; 16])].into();
                Write::Put(Row { table, key: vec![number], owners, value: vec![number; 100] })
            };
            let of = |number: u8| [Table::Members, Table::Listings, Table::Timers].map(|table| row(table, number));
            store.commit(&(0..FORGOTTEN + others).flat_map(of).collect()).unwrap();
            let forgotten: Owners = (0..FORGOTTEN).map(|number| MemberId::from_bytes([number; 16])).collect();
            let (commits, before) = (store.last.number(), seal::OPENED.get());
            store.forget(&forgotten).unwrap();
            assert_eq!(store.last.number() - commits, 1);
            seal::OPENED.get() - before
        };
        let (few, many) = (opened(10), opened(200));
        assert_eq!(few, many, "it looks at rows of others");
        assert!(few <= usize::from(FORGOTTEN * ROWS), "{few} rows were opened for {FORGOTTEN} people");
    }

    #[test]
    fn a_directory_can_be_locked_again_while_a_child_has_a_copy_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let first = lock(dir.path()).unwrap();
        let copy = first.0.try_clone().unwrap();
        assert!(lock(dir.path()).is_err());
        drop(first);
        drop((lock(dir.path()).unwrap(), copy));
    }

    #[test]
    fn after_a_failed_sync_nothing_more_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let master = MasterKey::from_bytes([5; 32]);
        let mut store = SledStore::open(dir.path(), &master, Options::default()).unwrap();
        let put = |key: &[u8]| {
            vec![Write::Put(Row {
                table: Table::Singles,
                key: key.to_vec(),
                owners: Owners::new(),
                value: b"value".to_vec(),
            })]
        };
        store.commit(&put(b"before")).unwrap();
        store.behind.finish().unwrap();
        store.behind.break_log();
        // It is in the commit log.
        store.commit(&put(b"kept")).unwrap();
        assert!(matches!(store.load(Table::Singles), Err(StoreError::Engine { doing: "sync its rows", .. })));
        assert!(matches!(store.commit(&put(b"failed")), Err(StoreError::Stopped)));
        let log = std::fs::read(dir.path().join("rows/db")).unwrap();
        assert!(matches!(store.commit(&put(b"after")), Err(StoreError::Stopped)));
        assert!(matches!(store.forget(&[MemberId::from_bytes([1; 16])].into()), Err(StoreError::Stopped)));
        assert!(matches!(store.load(Table::Singles), Err(StoreError::Stopped)));
        drop(store);
        assert_eq!(std::fs::read(dir.path().join("rows/db")).unwrap(), log, "it was written to after the error");
    }
}
