//! Opening a store, or making a new one, and that its parts belong together.

use std::fs::File;
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
use super::super::rows::Rows;
use super::super::seal::RowSeal;
use super::{FORGOTTEN_PLACE, STORE_PLACE, SledStore, failed, lock};

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
        lock: File,
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
        lock: File,
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
        Ok(vec![self.how_many_forgotten()?, (STORE_PLACE.to_vec(), Some(store))])
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
