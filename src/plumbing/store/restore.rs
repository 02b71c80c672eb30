//! From an export back to a store, without those who were forgotten since.
//!
//! The export has the rows; the keys come from a key file, which is kept apart and always as it is now; the erasure
//! journal makes sure that an older key file brings nobody back. The new store is built beside its place and put there
//! when it is complete.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, Restored, Row, Store, StoreError, Table, Write};

use super::durable;
use super::export::{self, Exported};
use super::journal::{Entries, KeptRow, Sealed};
use super::keyring::{Held, Keyring};
use super::master::MasterKey;
use super::rows::Rows;
use super::seal::RowSeal;
use super::sled_store::{Options, Places, SledStore, failed, lock};

/// How many rows are put back at once.
const ROWS_AT_ONCE: usize = 500;

/// What a restore is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The export.
    pub export: PathBuf,
    /// A directory with the key file and the erasure journal, both as they are now: the mirror of a store, or the
    /// directory of one that is damaged.
    pub keys: PathBuf,
    /// Another erasure journal, where one is kept elsewhere too.
    pub erasures: Option<PathBuf>,
}

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// What was restored.
    pub export: Exported,
    /// How many rows were left out, because they were of members who were forgotten since.
    pub left_out: usize,
}

/// Makes a store in the directory `dir` from an export. It takes nothing from a store that is there: `dir` must be
/// empty, or not exist.
///
/// The store is marked as restored; what that asks of whoever opens it stands with [`Restored`].
pub fn restore(dir: &Path, master: &MasterKey, options: &Options, from: &From) -> Result<Rebuilt, StoreError> {
    require_empty(dir)?;
    let (header, rows) = export::read(&from.export, master)?;
    let store = export::store_of(&header);
    let (keyring, journals) = keys(from, master, store)?;
    let forgotten: Owners =
        journals.iter().flat_map(|journal| &journal.forgotten).copied().chain(keyring.forgotten()).collect();
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
    let (mut rows, left_out) = without(&forgotten, rows, &seal)?;
    let kept: Vec<KeptRow> = journals.into_iter().flat_map(|journal| journal.kept).collect();
    // Rows that were kept before the export was made are in it as they became.
    let newer = kept.iter().filter(|row| row.after >= header.commit).map(|row| (row.place.clone(), row.sealed.clone()));
    rows.extend(without(&forgotten, newer.collect(), &seal)?.0);
    require_keys(&rows, &seal, &keyring, from)?;
    let keyring = |paths| keyring.move_to(paths, &forgotten);
    let aside = aside(dir)?;
    build(&aside, master, options, keyring, &header, (&rows, &kept))?;
    durable::put_directory(&aside, dir).map_err(|cause| failed("put the restored store in its place", &cause))?;
    Ok(Rebuilt { export: header, left_out })
}

/// The key file, and every erasure journal there is, all of the same store.
fn keys(from: &From, master: &MasterKey, store: Option<[u8; 16]>) -> Result<(Keyring, Vec<Entries>), StoreError> {
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

/// The rows without those of any member who was forgotten, and how many these are.
fn without(forgotten: &Owners, rows: Sealed, seal: &RowSeal) -> Result<(Sealed, usize), StoreError> {
    let before = rows.len();
    let mut stay = Sealed::with_capacity(before);
    for (place, sealed) in rows {
        if seal.owners(&place, &sealed)?.is_disjoint(forgotten) {
            stay.push((place, sealed));
        }
    }
    let left_out = before - stay.len();
    Ok((stay, left_out))
}

/// Makes sure that every row can be read with the keys at hand.
fn require_keys(rows: &Sealed, seal: &RowSeal, keyring: &Keyring, from: &From) -> Result<(), StoreError> {
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

fn build(
    dir: &Path,
    master: &MasterKey,
    options: &Options,
    keyring: impl FnOnce(Vec<PathBuf>) -> Result<Keyring, StoreError>,
    header: &Exported,
    (rows, kept): (&Sealed, &[KeptRow]),
) -> Result<(), StoreError> {
    let places = Places::of(dir, options)?;
    let lock = lock(dir)?;
    let keyring = keyring(places.keys.clone())?;
    let opened = Rows::open(&places.rows, options.cache_bytes)?;
    let mut store = SledStore::begin(&places, master, keyring, opened, lock, header.commit)?;
    for some in rows.chunks(ROWS_AT_ONCE) {
        store.put_sealed(some)?;
    }
    store.journal_again(kept)?;
    // An export of a store that was still being restored itself goes back further.
    let singles = store.load(Table::Singles)?;
    let earlier = singles.iter().find(|row| row.key == Restored::KEY).map(Row::read::<Restored>).transpose()?;
    let restored = earlier.unwrap_or(Restored { from: header.made, lost: false });
    store.commit(&vec![Write::Put(restored.row()?)])?;
    store.found()
}

fn require_empty(dir: &Path) -> Result<(), StoreError> {
    let empty = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => true,
        Err(cause) => return Err(failed("look into the directory of the new store", &cause)),
    };
    if empty {
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
    // What an earlier attempt left behind is no store.
    match fs::remove_dir_all(&aside) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove what an earlier restore left behind", &cause))
        }
        Ok(()) | Err(_) => Ok(aside),
    }
}
