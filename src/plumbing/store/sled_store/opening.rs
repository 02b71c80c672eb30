//! Opening a store, or making a new one, and that its parts belong together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lodge_ground::store::{Owners, StoreError};

use super::super::behind::{Behind, NUMBER_PLACE};
use super::super::commit_log::{CommitLog, MirrorFault};
use super::super::durable;
use super::super::journal::Journal;
use super::super::keyring::{Held, Keyring};
use super::super::last_commit::LastCommit;
use super::super::log_format::{Changes, LogSeal, Position};
use super::super::master::MasterKey;
use super::super::owned::Owned;
use super::super::places::{Options, Places};
use super::super::row_format::{self, FORMAT_PLACE};
use super::super::rows::Rows;
use super::super::seal::RowSeal;
use super::{DirectoryLock, FORGOTTEN_PLACE, STORE_PLACE, SledStore, failed, lock};

impl SledStore {
    /// Opens the store in the directory `dir`, or makes a new one there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Held`] when another program has it open; [`StoreError::Locked`] when the master key is not the
    /// store's, when a part of it is missing, or when a newer edition of Lodge has opened it; [`StoreError::Damaged`] when it cannot be read or lost commits.
    pub fn open(dir: &Path, master: &MasterKey, options: Options) -> Result<Self, StoreError> {
        Self::open_knowing(dir, master, options, row_format::FORMAT)
    }

    /// [`Self::open`], of a program that knows formats of rows up to `known`.
    fn open_knowing(dir: &Path, master: &MasterKey, options: Options, known: u64) -> Result<Self, StoreError> {
        let places = Places::of(dir, &options)?;
        let lock = lock(dir)?;
        let keyring = Keyring::open(&dir.join("keys"), master)?;
        let rows = match Rows::open(&places.rows, options.cache_bytes, options.segment_bytes) {
            // A disk was full while the store was made, and there was none yet.
            Err(StoreError::Damaged { .. }) if keyring.is_none() && !places.last_commit.exists() => {
                durable::set_aside(&places.rows, "unfinished")
                    .map_err(|cause| failed("begin its rows anew", &cause))?;
                Rows::open(&places.rows, options.cache_bytes, options.segment_bytes)?
            }
            opened => opened?,
        };
        let seal = Arc::new(RowSeal::new(master));
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
            return Self::make(&places, master, &options, (keyring, rows), lock);
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
        let last = LastCommit::read(&dir.join("last-commit"), master)?;
        let journal = Journal::open(&places.erasures, master, keyring.store())?;
        let owned = Owned::of(&rows, &seal)?;
        require_keys(&owned, &keyring)?;
        keyring.wipe_torn()?;
        if let [_, mirror] = &places.keys[..] {
            keyring.mirror_to(mirror.clone())?;
        }
        let keyring = keyring.on_fault(options.mirror_fault);
        let copies = options.copies();
        let (log, stopped) = (None, false);
        let behind = writing(rows, &seal, owned)?;
        let mut store = Self { behind, keyring, journal, seal, last, log, copies, stopped, _lock: lock };
        if options.log {
            store.open_log(&places.logs, master, options.mirror_fault)?;
        }
        store.require_all_commits()?;
        store.hold_to_format(known)?;
        store.hold_to_erasures()?;
        store.clear_retired()?;
        Ok(store)
    }

    /// Makes a new store.
    fn make(
        places: &Places,
        master: &MasterKey,
        options: &Options,
        (keyring, rows): (Keyring, Rows),
        lock: DirectoryLock,
    ) -> Result<Self, StoreError> {
        let mut store = Self::begin(places, master, keyring.on_fault(options.mirror_fault), rows, lock, 0)?;
        store.copies = options.copies();
        if options.log {
            let (seal, nothing) = (LogSeal::new(master, store.number()), Position::default());
            store.log = Some(Box::new(CommitLog::begin(&places.logs, seal, nothing, options.mirror_fault)?));
        }
        store.found()?;
        Ok(store)
    }

    /// Opens the commit log, and takes over from it the last commits, which the rows lack where the program or the power ended
    /// before they were synced.
    fn open_log(&mut self, logs: &[PathBuf], master: &MasterKey, on_fault: MirrorFault) -> Result<(), StoreError> {
        let (seal, number) = (LogSeal::new(master, self.number()), stored_number(self.behind.rows()?, &self.seal)?);
        let position = self.link()?.map(|link| Position { number, link });
        let found = position.map(|position| CommitLog::open(logs, seal.clone(), position, on_fault)).transpose()?;
        let Some((log, ahead)) = found.flatten() else {
            // Without this commit the rows are incomplete, and whatever there is of a log stays as it is.
            self.require_all_commits()?;
            let position = position.unwrap_or(Position { number, ..Position::default() });
            self.log = Some(Box::new(CommitLog::begin(logs, seal, position, on_fault)?));
            return Ok(());
        };
        self.log = Some(Box::new(log));
        for record in ahead {
            self.put(record.position, record.changes, true)?;
        }
        self.behind.finish()
    }

    /// Fails unless the rows have every commit that was made.
    fn require_all_commits(&mut self) -> Result<(), StoreError> {
        let (number, made) = (stored_number(self.behind.rows()?, &self.seal)?, self.last.number());
        if number < made {
            let what =
                format!("its rows end at commit {number}, but commit {made} was made, and no commit log here has it");
            return Err(StoreError::Damaged { what });
        }
        self.last.reached(number)
    }

    /// A store without rows. It is none before [`Self::found`].
    pub(in crate::store) fn begin(
        places: &Places,
        master: &MasterKey,
        keyring: Keyring,
        rows: Rows,
        lock: DirectoryLock,
        number: u64,
    ) -> Result<Self, StoreError> {
        let mut last = LastCommit::create(&places.last_commit, master)?;
        last.reached(number)?;
        let keyring = keyring.move_to(places.keys.clone(), &Owners::new())?;
        let journal = Journal::open(&places.erasures, master, keyring.store())?;
        let (seal, copies) = (Arc::new(RowSeal::new(master)), places.keys.len());
        let (behind, log, stopped) = (writing(rows, &seal, Owned::default())?, None, false);
        Ok(Self { behind, keyring, journal, seal, last, log, copies, stopped, _lock: lock })
    }

    /// Makes it a store: the mark among the rows comes last.
    pub(in crate::store) fn found(&mut self) -> Result<(), StoreError> {
        self.hold_to_erasures()?;
        self.write(self.first()?)
    }

    /// Makes it a store that goes on in the history of another, at this position.
    pub(in crate::store) fn found_at(&mut self, position: Position) -> Result<(), StoreError> {
        self.hold_to_erasures()?;
        self.put(position, self.first()?, true)?;
        self.behind.finish()
    }

    fn first(&self) -> Result<Changes, StoreError> {
        let store = self.seal.seal_raw(STORE_PLACE, &self.keyring.store())?;
        let format = self.numbered(FORMAT_PLACE, row_format::FORMAT)?;
        Ok(vec![format, self.how_many_forgotten()?, (STORE_PLACE.to_vec(), Some(store))])
    }

    /// Makes sure that its rows can be read by a program that knows formats up to `known`, which is theirs from now on.
    fn hold_to_format(&mut self, known: u64) -> Result<(), StoreError> {
        let sealed = self.behind.rows()?.get(FORMAT_PLACE)?;
        let found = row_format::read(&self.seal, sealed.as_deref())?;
        row_format::require(found, known)?;
        if found < known { self.write(vec![self.numbered(FORMAT_PLACE, known)?]) } else { Ok(()) }
    }

    /// Makes key file and journal say the same of who was forgotten: an older copy of either changes nothing.
    fn hold_to_erasures(&mut self) -> Result<(), StoreError> {
        let expected = self.erasures()?;
        let missed: Owners = self.journal.forgotten().difference(self.keyring.forgotten()).copied().collect();
        if !missed.is_empty() {
            self.forget_rows(&missed)?;
        }
        self.journal.forget(self.keyring.forgotten())?;
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

    /// The number of members who had been forgotten when the rows were last written for one.
    fn erasures(&self) -> Result<usize, StoreError> {
        let Some(sealed) = self.behind.rows()?.get(FORGOTTEN_PLACE)? else { return Ok(0) };
        let number = self.seal.open_raw(FORGOTTEN_PLACE, &sealed)?;
        let number = number.as_slice().try_into().map(u64::from_be_bytes).ok();
        number.and_then(|number| usize::try_from(number).ok()).ok_or_else(|| StoreError::Damaged {
            what: "the number of members who were forgotten does not read as one".to_owned(),
        })
    }
}

fn writing(rows: Rows, seal: &Arc<RowSeal>, owned: Owned) -> Result<Behind, StoreError> {
    Behind::begin(rows, seal.clone(), owned).map_err(|cause| failed("write its rows", &cause))
}

/// Makes sure that there is a key for every row, or was one.
fn require_keys(owned: &Owned, keyring: &Keyring) -> Result<(), StoreError> {
    match owned.owners().find(|member| matches!(keyring.held(*member), Held::Never)) {
        None => Ok(()),
        Some(member) => Err(StoreError::Damaged {
            what: format!("the key file has no key of {member}, who owns a row; it may be an old copy"),
        }),
    }
}

/// The commit that the rows have reached.
pub(super) fn stored_number(rows: &Rows, seal: &RowSeal) -> Result<u64, StoreError> {
    let damaged = || StoreError::Damaged { what: "the number of its last commit is missing".to_owned() };
    let sealed = rows.get(NUMBER_PLACE)?.ok_or_else(damaged)?;
    let number = seal.open_raw(NUMBER_PLACE, &sealed)?;
    number.as_slice().try_into().map(u64::from_be_bytes).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use lodge_ground::store::{Row, Store, Table, Write};
    use lodge_ground::time::Timestamp;

    use super::super::super::restore::{RestoreFrom, restore};
    use super::*;

    const NEWER: u64 = row_format::FORMAT + 1;

    fn master() -> MasterKey {
        MasterKey::from_bytes([5; 32])
    }

    fn open(dir: &Path) -> Result<SledStore, StoreError> {
        SledStore::open(dir, &master(), Options::default())
    }

    fn put(store: &mut SledStore, value: &[u8]) {
        let row = Row { table: Table::Singles, key: b"one".to_vec(), owners: Owners::new(), value: value.to_vec() };
        store.commit(&vec![Write::Put(row)]).unwrap();
    }

    fn names_both(refused: &StoreError) {
        let refused = refused.to_string();
        assert!(
            refused.contains("rows have format 2") && refused.contains("formats up to 1: a newer one"),
            "{refused}"
        );
    }

    #[test]
    fn a_store_that_a_newer_edition_has_opened_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = open(dir.path()).unwrap();
        put(&mut store, b"row");
        // The newer edition numbers a store of this one, and an older one in which no number stands.
        for number_before in [true, false] {
            if !number_before {
                store.write(vec![(FORMAT_PLACE.to_vec(), None)]).unwrap();
                drop(store);
                store = open(dir.path()).unwrap();
                assert_eq!(store.load(Table::Singles).unwrap()[0].value, b"row");
            }
            store.hold_to_format(NEWER).unwrap();
            drop(store);
            names_both(&open(dir.path()).unwrap_err());
            store = SledStore::open_knowing(dir.path(), &master(), Options::default(), NEWER).unwrap();
        }
    }

    #[test]
    fn a_log_in_which_a_newer_edition_went_on_is_refused_and_the_export_before_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (at, lost) = (|name: &str| dir.path().join(name), "store");
        std::fs::create_dir(at(lost)).unwrap();
        let mut store = open(&at(lost)).unwrap();
        put(&mut store, b"before");
        store.export(&at("export"), &master(), Timestamp::from_millis(0)).unwrap();
        store.hold_to_format(NEWER).unwrap();
        put(&mut store, b"after");
        drop(store);
        let mut from = RestoreFrom { export: at("export"), keys: at(lost), erasures: None, without_log: false };
        names_both(&restore(&at("new"), &master(), &Options::default(), &from, &mut |_| {}).unwrap_err());
        from.without_log = true;
        restore(&at("new"), &master(), &Options::default(), &from, &mut |_| {}).unwrap();
        let rows = open(&at("new")).unwrap().load(Table::Singles).unwrap();
        assert!(rows.iter().any(|row| row.value == b"before"), "{rows:?}");
    }
}
