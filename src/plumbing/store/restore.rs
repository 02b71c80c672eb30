//! From an export and the commit log back to a store, without those who were forgotten since.
//!
//! The export has the rows and the log has what became of them. The keys come from a key file, which is kept apart and always
//! as it is now; the erasure journal makes sure that an older key file brings nobody back. The new store is built beside its place and put there
//! when it is complete.

use std::fs;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, Restored, Store, StoreError, Table};
use lodge_ground::stored;

use super::commit_log;
use super::durable::{self, if_there};
use super::export::{self, Exported};
use super::journal::{Entries, KeptRow, Sealed};
use super::keyring::{Held, Keyring};
use super::log_format::LogSeal;
use super::log_replay::{self, Log, Progress, Replayed, Rows};
use super::master::MasterKey;
use super::places::{Options, Places};
use super::row_format::{self, FORMAT_PLACE};
use super::rows as sled_rows;
use super::seal::RowSeal;
use super::sled_store::{SledStore, failed, lock};

/// Rows are put back this many at a time.
const ROWS_AT_ONCE: usize = 500;

/// The progress of a restore is told after this many times that number of rows.
const SAID_EVERY: usize = 20;

/// The sources of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreFrom {
    /// The file of the export.
    pub export: PathBuf,
    /// A directory with the key file, the erasure journal and the commit log, all as they are now: the mirror of a store,
    /// or the directory of one that is damaged.
    pub keys: PathBuf,
    /// Another erasure journal, where one is kept elsewhere too.
    pub erasures: Option<PathBuf>,
    /// Whether the commit log is lost, so that the store goes back to the export.
    pub without_log: bool,
}

/// The outcome of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// The first line of the export that was restored.
    pub export: Exported,
    /// The part that the commit log added to it; `None` where the log is lost.
    pub log: Option<Replayed>,
    /// Whether there is an erasure journal. Without one nobody can tell who was forgotten since the key file was copied.
    pub has_journal: bool,
    /// The number of rows in the store.
    pub rows: usize,
    /// The number of rows that were left out, because they were of members who were forgotten since.
    pub left_out: usize,
}

/// Makes a store in the directory `dir` from an export and the commit log since. It takes nothing from a store that is
/// there: `dir` must be empty, or not exist. `progress` is told meanwhile how far it is.
///
/// With the log, which lies beside the keys, the store is the one that was lost, as it was after its last commit. Where
/// the log is said to be lost, it is as it was when the export was made, and is marked as [`Restored`].
///
/// # Errors
///
/// [`StoreError::Locked`] when the parts do not belong together or one of them is missing, such as the log, if it is not said
/// to be lost; [`StoreError::Damaged`] when
/// one is not what was written, with file and byte. Nothing is in `dir` then.
pub fn restore(
    dir: &Path,
    master: &MasterKey,
    options: &Options,
    from: &RestoreFrom,
    progress: &mut dyn FnMut(Progress),
) -> Result<Rebuilt, StoreError> {
    require_empty(dir)?;
    let (header, rows) = export::read(&from.export, master)?;
    let store = export::store_of(&header);
    let (keyring, journals) = keys(from, master, store)?;
    let forgotten: Owners =
        journals.iter().flat_map(|journal| &journal.forgotten).chain(keyring.forgotten()).copied().collect();
    if forgotten.len() < header.forgotten {
        let why = format!(
            "when the export was made {} members were forgotten, but key file and journal in {} know of {}: they are \
             older than the export; give the current ones",
            header.forgotten,
            from.keys.display(),
            forgotten.len()
        );
        return Err(StoreError::Locked { why });
    }
    let seal = RowSeal::new(master);
    let mut rows: Rows = rows.into_iter().collect();
    let (logs, log_seal) = (from.keys.join(commit_log::DIRECTORY), LogSeal::new(master, keyring.store()));
    let at_export = (header.commit, export::position_of(&header));
    let log = if from.without_log {
        None
    } else {
        let log = log_replay::replay(&logs, &log_seal, at_export, &mut rows, progress)?;
        Some(log.ok_or_else(|| StoreError::Locked {
            why: format!(
                "there is no commit log in {}, which has all that came after the export; name the directory that has \
                 it with --keys, or, if it is lost, go back to the export with --without-log",
                logs.display()
            ),
        })?)
    };
    // A newer program may have gone on after an export of this one.
    row_format::require(row_format::read(&seal, rows.remove(FORMAT_PLACE).as_deref())?, row_format::FORMAT)?;
    let has_journal = !journals.is_empty();
    let left_out = leave_out(&forgotten, &mut rows, &seal)?;
    let kept: Vec<KeptRow> = journals.into_iter().flat_map(|journal| journal.kept).collect();
    let first_newer = log.as_ref().map_or(header.commit, |log| log.position.number + 1);
    // Rows that were kept before that are among the others as they became.
    let newer = kept.iter().filter(|row| row.after >= first_newer).map(|row| (row.place.clone(), row.sealed.clone()));
    let mut newer = newer.collect();
    leave_out(&forgotten, &mut newer, &seal)?;
    rows.extend(newer);
    let rows: Sealed = rows.into_iter().collect();
    require_keys(&rows, &seal, &keyring, from)?;
    let keyring = |paths| keyring.move_to(paths, &forgotten);
    let aside = aside(dir)?;
    let building = Building { master, options, header: &header, rows: &rows, kept: &kept, log: log.as_ref() };
    building.build(&aside, keyring, progress)?;
    durable::put_directory(&aside, dir).map_err(|cause| failed("put the restored store in its place", &cause))?;
    Ok(Rebuilt { export: header, log: log.map(|log| log.replayed), has_journal, rows: rows.len(), left_out })
}

/// The key file, and every erasure journal there is, all of the same store.
fn keys(
    from: &RestoreFrom,
    master: &MasterKey,
    store: Option<[u8; 16]>,
) -> Result<(Keyring, Vec<Entries>), StoreError> {
    let path = from.keys.join("keys");
    let of_another = |path: &Path| StoreError::Locked {
        why: format!("{} belongs to another store than the export {}", path.display(), from.export.display()),
    };
    let keyring = Keyring::read(&path, master)?.ok_or_else(|| StoreError::Locked {
        why: format!("there is no key file {}; without the members' keys no export can be read", path.display()),
    })?;
    if Some(keyring.store()) != store {
        return Err(of_another(&path));
    }
    let mut journals = Vec::new();
    let beside = from.keys.join("erasures");
    for (path, needed) in [(Some(&beside), false), (from.erasures.as_ref(), true)] {
        let Some(path) = path else { continue };
        match Entries::read(path, master)? {
            Some(journal) if Some(journal.store) == store => journals.push(journal),
            Some(_) => return Err(of_another(path)),
            None if needed => {
                return Err(StoreError::Locked { why: format!("there is no erasure journal {}", path.display()) });
            }
            None => {}
        }
    }
    Ok((keyring, journals))
}

/// Takes away the rows of any member who was forgotten, and says how many these are.
fn leave_out(forgotten: &Owners, rows: &mut Rows, seal: &RowSeal) -> Result<usize, StoreError> {
    let mut theirs = Vec::new();
    for (place, sealed) in &*rows {
        if !seal.owners(place, sealed)?.is_disjoint(forgotten) {
            theirs.push(place.clone());
        }
    }
    for place in &theirs {
        rows.remove(place);
    }
    Ok(theirs.len())
}

/// Makes sure that every row can be read with the keys at hand.
fn require_keys(rows: &Sealed, seal: &RowSeal, keyring: &Keyring, from: &RestoreFrom) -> Result<(), StoreError> {
    let mut missing = Owners::new();
    for (place, sealed) in rows {
        let owners = seal.owners(place, sealed)?;
        let lacking: Vec<MemberId> =
            owners.into_iter().filter(|owner| matches!(keyring.held(*owner), Held::Never)).collect();
        if lacking.is_empty() {
            seal.open(place, sealed, keyring)?;
        }
        missing.extend(lacking);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let why = format!(
        "{} has no keys of {} members whose rows are in the export: it is older than the export; give the current one, \
         or an export from before",
        from.keys.join("keys").display(),
        missing.len()
    );
    Err(StoreError::Locked { why })
}

/// The parts that a store is built of.
struct Building<'a> {
    master: &'a MasterKey,
    options: &'a Options,
    header: &'a Exported,
    rows: &'a Sealed,
    kept: &'a [KeptRow],
    log: Option<&'a Log>,
}

impl Building<'_> {
    fn build(
        &self,
        dir: &Path,
        keyring: impl FnOnce(Vec<PathBuf>) -> Result<Keyring, StoreError>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), StoreError> {
        let places = Places::of(dir, self.options)?;
        let lock = lock(dir)?;
        let keyring = keyring(places.keys.clone())?;
        let opened = sled_rows::Rows::open(&places.rows, self.options.cache_bytes, self.options.segment_bytes)?;
        let reached = self.log.map_or(self.header.commit, |log| log.position.number);
        let mut store = SledStore::begin(&places, self.master, keyring, opened, lock, reached)?;
        for (some, done) in self.rows.chunks(ROWS_AT_ONCE).zip(1_usize..) {
            store.put_sealed(some)?;
            if done.is_multiple_of(SAID_EVERY) {
                progress(Progress::Writing { rows: done * ROWS_AT_ONCE, of: self.rows.len() });
            }
        }
        store.journal_again(self.kept)?;
        if let Some(log) = self.log {
            log.copy_to(&dir.join(commit_log::DIRECTORY))?;
            return store.found_at(log.position);
        }
        // An export of a store that was still being restored itself goes back further.
        let singles = store.load(Table::Singles)?;
        let earlier = stored::single::<Restored>(&singles)?;
        let from = earlier.map_or(self.header.made, |earlier| earlier.from);
        let restored = Restored { from, seen_to: false };
        store.commit(&vec![stored::put(&restored)?])?;
        store.found()
    }
}

fn require_empty(dir: &Path) -> Result<(), StoreError> {
    let found = if_there(fs::read_dir(dir));
    let found = found.map_err(|cause| failed("look into the directory of the new store", &cause))?;
    if found.is_none_or(|mut entries| entries.next().is_none()) {
        return Ok(());
    }
    let why = format!("{} is not empty; move what is there aside, for a restore puts nothing over it", dir.display());
    Err(StoreError::Locked { why })
}

/// A new directory beside the one to be, for a store that is not complete yet.
fn aside(dir: &Path) -> Result<PathBuf, StoreError> {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    let aside = dir.with_file_name(name);
    // An earlier attempt's leftover is no store, so it may go.
    let removed = if_there(fs::remove_dir_all(&aside));
    removed.map_err(|cause| failed("remove what an earlier restore left behind", &cause))?;
    Ok(aside)
}
