//! The store on sled.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, Owners, Row, Store, StoreError, Table, Write};

use super::durable;
use super::journal::{Journal, KeptRow, Sealed};
use super::keyring::Keyring;
use super::last_commit::LastCommit;
use super::master::MasterKey;
use super::rows::{LONGEST_ROW, Rows};
use super::seal::RowSeal;

/// Where the number of the store is, among the rows, to show that key file and rows belong together.
const STORE_PLACE: &[u8] = &[0, 0];
/// Where the number of the last commit is.
const NUMBER_PLACE: &[u8] = &[0, 1];
/// Where the number of members is who were forgotten, to show an older key file for what it is.
const FORGOTTEN_PLACE: &[u8] = &[0, 2];

/// How a store is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How much of the rows sled keeps in memory, in bytes.
    pub cache_bytes: u64,
    /// A directory on another disk in which the key file and the erasure journal are kept a second time, always as they
    /// are now. It must not be one whose older states are kept.
    pub mirror: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { cache_bytes: 64 * 1024 * 1024, mirror: None }
    }
}

/// Where the parts of a store are.
pub(super) struct Places {
    pub(super) rows: PathBuf,
    pub(super) last_commit: PathBuf,
    pub(super) keys: Vec<PathBuf>,
    pub(super) erasures: Vec<PathBuf>,
}

impl Places {
    /// Those of a store in `dir`, whose directories are made where they are missing.
    pub(super) fn of(dir: &Path, options: &Options) -> Result<Self, StoreError> {
        let homes: Vec<&Path> = std::iter::once(dir).chain(options.mirror.as_deref()).collect();
        for home in &homes {
            durable::create_directory(home).map_err(|cause| failed("make its directory", &cause))?;
        }
        let each = |name: &str| homes.iter().map(|home| home.join(name)).collect();
        let (keys, erasures) = (each("keys"), each("erasures"));
        Ok(Self { rows: dir.join("rows"), last_commit: dir.join("last-commit"), keys, erasures })
    }
}

/// The durable store. See the module's text for what it keeps where.
///
/// After an error it takes nothing more: what the disk has is then unknown, and an fsync that failed once can succeed
/// later without having saved anything.
pub struct SledStore {
    rows: Rows,
    keyring: Keyring,
    journal: Journal,
    seal: RowSeal,
    last: LastCommit,
    stopped: bool,
    /// Held until the rest is closed.
    _lock: File,
}

impl SledStore {
    /// Opens the store in the directory `dir`, or makes a new one there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Held`] when another program has it open; [`StoreError::Locked`] when the master key is not the
    /// store's, or when a part of it is missing; [`StoreError::Damaged`] when it cannot be read or lost commits.
    pub fn open(dir: &Path, master: &MasterKey, options: Options) -> Result<Self, StoreError> {
        let places = Places::of(dir, &options)?;
        let lock = lock(dir)?;
        let keyring = Keyring::read(&dir.join("keys"), master)?;
        let rows = Rows::open(&places.rows, options.cache_bytes)?;
        let seal = RowSeal::new(master);
        let Some(mark) = rows.get(STORE_PLACE)? else {
            if !rows.is_empty()? || keyring.as_ref().is_some_and(|ring| !ring.is_empty()) {
                let why = format!(
                    "{} has keys of members without their rows or rows of no store; restore an export into a new \
                     directory",
                    dir.display()
                );
                return Err(StoreError::Locked { why });
            }
            let keyring = keyring.map_or_else(|| Keyring::create(&dir.join("keys"), master), Ok)?;
            let mut store = Self::begin(&places, master, keyring, rows, lock, 0)?;
            store.found()?;
            return Ok(store);
        };
        let Some(mut keyring) = keyring else {
            let keys = dir.join("keys");
            let why = format!("its key file {} is missing; nothing can be read without it", keys.display());
            return Err(StoreError::Locked { why });
        };
        if *seal.open_raw(STORE_PLACE, &mark)? != keyring.store() {
            let why = format!("the key file and the rows in {} belong to different stores", dir.display());
            return Err(StoreError::Locked { why });
        }
        let mut last = LastCommit::read(&dir.join("last-commit"), master)?;
        let number = stored_number(&rows, &seal)?;
        if number < last.number() {
            let what = format!("its rows end at commit {number}, but commit {} was made", last.number());
            return Err(StoreError::Damaged { what });
        }
        last.reached(number)?;
        let journal = Journal::open(&places.erasures, master, keyring.store())?;
        if let [_, mirror] = &places.keys[..] {
            keyring.mirror_to(mirror.clone())?;
        }
        let mut store = Self { rows, keyring, journal, seal, last, stopped: false, _lock: lock };
        store.hold_to_erasures()?;
        Ok(store)
    }

    /// A store without rows. It is none before [`Self::found`].
    pub(super) fn begin(
        places: &Places,
        master: &MasterKey,
        keyring: Keyring,
        rows: Rows,
        lock: File,
        number: u64,
    ) -> Result<Self, StoreError> {
        let mut last = LastCommit::create(&places.last_commit, master)?;
        last.reached(number)?;
        let keyring = keyring.move_to(places.keys.clone(), &Owners::new())?;
        let journal = Journal::open(&places.erasures, master, keyring.store())?;
        Ok(Self { rows, keyring, journal, seal: RowSeal::new(master), last, stopped: false, _lock: lock })
    }

    /// Makes it a store: the mark among the rows comes last.
    pub(super) fn found(&mut self) -> Result<(), StoreError> {
        self.hold_to_erasures()?;
        let mut first = sled::Batch::default();
        first.insert(FORGOTTEN_PLACE, self.seal_number(FORGOTTEN_PLACE, self.keyring.forgotten().len() as u64)?);
        first.insert(STORE_PLACE, self.seal.seal_raw(STORE_PLACE, &self.keyring.store())?);
        self.write(first)
    }

    /// Makes key file and journal say the same of who was forgotten: an older copy of either changes nothing.
    fn hold_to_erasures(&mut self) -> Result<(), StoreError> {
        let (expected, known) = (self.erasures()?, self.keyring.forgotten());
        for member in self.journal.forgotten().difference(&known).copied().collect::<Owners>() {
            self.forget_rows(member)?;
        }
        for member in known {
            self.journal.forget(member)?;
        }
        let known = self.keyring.forgotten().len();
        if known < expected {
            let why = format!(
                "its key file is an older copy: {expected} members were forgotten and it knows of {known}; put the \
                 current one in its place, or the erasure journal beside it"
            );
            return Err(StoreError::Locked { why });
        }
        Ok(())
    }

    /// How many members had been forgotten when the rows were last written for one.
    fn erasures(&self) -> Result<usize, StoreError> {
        let Some(sealed) = self.rows.get(FORGOTTEN_PLACE)? else { return Ok(0) };
        let number = self.seal.open_raw(FORGOTTEN_PLACE, &sealed)?;
        let number = number.as_slice().try_into().map(u64::from_be_bytes).ok();
        number.and_then(|number| usize::try_from(number).ok()).ok_or_else(|| StoreError::Damaged {
            what: "the number of members who were forgotten does not read as one".to_owned(),
        })
    }

    /// All rows as they lie there, with their places; and the number of the last commit.
    pub(super) fn sealed(&self) -> Result<(Sealed, u64), StoreError> {
        self.still_running()?;
        let mut rows = Vec::new();
        for table in Table::ALL {
            let found = self.rows.starting_with(table as u8)?;
            rows.extend(found.into_iter().map(|(place, sealed)| (place.to_vec(), sealed.to_vec())));
        }
        Ok((rows, self.last.number()))
    }

    /// Puts rows back as they lay in another copy of this store.
    pub(super) fn put_sealed(&mut self, rows: &[(Vec<u8>, Vec<u8>)]) -> Result<(), StoreError> {
        let mut changes = sled::Batch::default();
        for (place, sealed) in rows {
            changes.insert(place.as_slice(), sealed.as_slice());
        }
        self.write(changes)
    }

    /// Keeps rows in the journal that were in the journal of another copy of this store.
    pub(super) fn journal_again(&mut self, rows: &[KeptRow]) -> Result<(), StoreError> {
        rows.iter().try_for_each(|row| self.journal.keep(row.clone()))
    }

    /// The number of the store, which its exports have too.
    pub(super) const fn number(&self) -> [u8; 16] {
        self.keyring.store()
    }

    /// Writes a batch and its number, and returns when both are safe.
    fn write(&mut self, mut batch: sled::Batch) -> Result<(), StoreError> {
        let number = self.last.number() + 1;
        batch.insert(NUMBER_PLACE, self.seal_number(NUMBER_PLACE, number)?);
        self.rows.write(batch)?;
        self.last.reached(number)
    }

    fn seal_number(&self, place: &[u8], number: u64) -> Result<Vec<u8>, StoreError> {
        self.seal.seal_raw(place, &number.to_be_bytes())
    }

    fn commit_rows(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.keyring.admit(&owners_in(batch))?;
        let mut changes = sled::Batch::default();
        for write in batch {
            match write {
                Write::Put(row) => {
                    let (place, sealed) = self.seal.seal(row, &self.keyring)?;
                    if sealed.len() > LONGEST_ROW {
                        let cause = format!("it has {} bytes, and {LONGEST_ROW} is the most", sealed.len());
                        return Err(StoreError::Engine { doing: "take a row", cause });
                    }
                    changes.insert(place, sealed);
                }
                Write::Delete { table, key } => changes.remove(self.seal.place(*table, key)),
            }
        }
        self.write(changes)
    }

    /// The journal comes first, so that it never knows of less than the key file; then the key: whatever happens after
    /// that, the rows are unreadable. Taking them away is tidiness.
    fn forget_rows(&mut self, member: MemberId) -> Result<(), StoreError> {
        self.journal.forget(member)?;
        self.keyring.forget(member)?;
        let mut changes = sled::Batch::default();
        changes.insert(FORGOTTEN_PLACE, self.seal_number(FORGOTTEN_PLACE, self.keyring.forgotten().len() as u64)?);
        for table in Table::ALL {
            for (place, sealed) in self.rows.starting_with(table as u8)? {
                if self.seal.owners(&place, &sealed)?.contains(&member) {
                    changes.remove(place);
                }
            }
        }
        self.write(changes)
    }

    fn still_running(&self) -> Result<(), StoreError> {
        if self.stopped { Err(StoreError::Stopped) } else { Ok(()) }
    }

    fn or_stop(&mut self, act: impl FnOnce(&mut Self) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.still_running()?;
        let done = act(self);
        if done.is_err() {
            self.stopped = true;
            self.rows.abandon();
        }
        done
    }
}

impl Store for SledStore {
    fn load(&self, table: Table) -> Result<Vec<Row>, StoreError> {
        self.still_running()?;
        let mut rows = Vec::new();
        for (place, sealed) in self.rows.starting_with(table as u8)? {
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
        self.keyring.forgotten()
    }

    /// They go to the erasure journal.
    fn outlive(&mut self, rows: &[Row]) -> Result<(), StoreError> {
        self.or_stop(|store| {
            let after = store.last.number();
            rows.iter().try_for_each(|row| {
                let (place, sealed) = store.seal.seal(row, &store.keyring)?;
                store.journal.keep(KeptRow { after, place, sealed })
            })
        })
    }

    /// It reads every row, to find whose they are.
    fn forget(&mut self, member: MemberId) -> Result<(), StoreError> {
        self.or_stop(|store| store.forget_rows(member))
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

pub(super) fn lock(dir: &Path) -> Result<File, StoreError> {
    let file = File::open(dir).map_err(|cause| failed("open its directory", &cause))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(in_use(dir)),
        Err(TryLockError::Error(cause)) => Err(failed("lock its directory", &cause)),
    }
}

fn in_use(dir: &Path) -> StoreError {
    StoreError::Held { place: dir.display().to_string() }
}

fn stored_number(rows: &Rows, seal: &RowSeal) -> Result<u64, StoreError> {
    let damaged = || StoreError::Damaged { what: "the number of its last commit is missing".to_owned() };
    let sealed = rows.get(NUMBER_PLACE)?.ok_or_else(damaged)?;
    let number = seal.open_raw(NUMBER_PLACE, &sealed)?;
    number.as_slice().try_into().map(u64::from_be_bytes).map_err(|_| damaged())
}

pub(super) fn failed(doing: &'static str, cause: &io::Error) -> StoreError {
    StoreError::Engine { doing, cause: cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        store.rows.break_log();
        assert!(matches!(store.commit(&put(b"failed")), Err(StoreError::Engine { doing: "sync its rows", .. })));
        let log = std::fs::read(dir.path().join("rows/db")).unwrap();
        assert!(matches!(store.commit(&put(b"after")), Err(StoreError::Stopped)));
        assert!(matches!(store.forget(MemberId::from_bytes([1; 16])), Err(StoreError::Stopped)));
        assert!(matches!(store.load(Table::Singles), Err(StoreError::Stopped)));
        drop(store);
        assert_eq!(std::fs::read(dir.path().join("rows/db")).unwrap(), log, "it was written to after the error");
    }
}
