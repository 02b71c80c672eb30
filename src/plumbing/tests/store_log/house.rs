//! A store with a mirror and exports, and the losses it suffers.

use std::fs;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Row, Store, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, Rebuilt, RestoreFrom, SledStore, restore};
use tempfile::TempDir;

/// A house with a store, its mirror, and exports.
pub struct House {
    pub dir: TempDir,
    pub options: Options,
}

impl House {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let options = Options { mirror: Some(dir.path().join("mirror")), ..Options::default() };
        Self { dir, options }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn try_open(&self) -> Result<SledStore, StoreError> {
        SledStore::open(&self.at("store"), &master(), self.options.clone())
    }

    pub fn open(&self) -> SledStore {
        self.try_open().expect("the store opens")
    }

    /// The store after the loss of its disk.
    pub fn restored(&self, export: &str) -> (SledStore, Rebuilt) {
        fs::remove_dir_all(self.at("store")).expect("the disk is lost");
        let rebuilt = self.restore(export, "store").expect("a restore");
        (self.open(), rebuilt)
    }

    pub fn restore(&self, export: &str, to: &str) -> Result<Rebuilt, StoreError> {
        self.restore_from("mirror", export, to)
    }

    pub fn restore_from(&self, keys: &str, export: &str, to: &str) -> Result<Rebuilt, StoreError> {
        self.restore_as(
            RestoreFrom { export: self.at(export), keys: self.at(keys), erasures: None, without_log: false },
            to,
        )
    }

    pub fn restore_without_log(&self, export: &str, to: &str) -> Result<Rebuilt, StoreError> {
        self.restore_as(
            RestoreFrom { export: self.at(export), keys: self.at("mirror"), erasures: None, without_log: true },
            to,
        )
    }

    fn restore_as(&self, from: RestoreFrom, to: &str) -> Result<Rebuilt, StoreError> {
        let options = Options { mirror: None, ..self.options.clone() };
        restore(&self.at(to), &master(), &options, &from, &mut |_| {})
    }

    pub fn why_not(&self, export: &str) -> String {
        let error = self.restore(export, "new").expect_err("it was restored").to_string();
        assert!(!self.at("new").exists(), "something was put there: {error}");
        error
    }

    pub fn export(&self, store: &mut SledStore, name: &str) {
        store.export(&self.at(name), &master(), Timestamp::from_millis(1)).expect("an export");
    }

    /// The segments in the mirror, oldest first.
    pub fn segments(&self) -> Vec<PathBuf> {
        let mut found = entries(&self.at("mirror/log"));
        found.sort();
        found
    }

    pub fn newest(&self) -> PathBuf {
        self.segments().pop().expect("a segment")
    }
}

pub fn master() -> MasterKey {
    MasterKey::from_bytes([42; 32])
}

pub fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

pub fn put(key: u8, owners: &[u8], value: &[u8]) -> Write {
    let owners = owners.iter().copied().map(member).collect();
    Write::Put(Row { table: Table::Members, key: vec![key], owners, value: value.to_vec() })
}

pub fn entries(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("an entry").path()).collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for path in entries(from) {
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).expect("a copy");
        }
    }
}

pub fn all(store: &SledStore) -> Vec<Row> {
    Table::ALL.into_iter().flat_map(|table| store.load(table).expect("rows")).collect()
}

/// A store with an export after its first commit, and three commits since.
pub fn furnished(house: &House) -> SledStore {
    let mut store = house.open();
    store.commit(&vec![put(0, &[1], b"zero"), put(1, &[2], b"one")]).expect("commit");
    house.export(&mut store, "export");
    for batch in [vec![put(2, &[1, 2], b"two")], vec![put(1, &[], b"one again")], vec![put(3, &[3], b"three")]] {
        store.commit(&batch).expect("commit");
    }
    store
}

/// The offsets at which records begin and end in a segment.
pub fn record_ends(segment: &[u8]) -> Vec<usize> {
    let mut ends = vec![109];
    while let Some(head) = segment.get(ends[ends.len() - 1]..).and_then(<[u8]>::first_chunk::<4>) {
        ends.push(ends[ends.len() - 1] + 12 + usize::try_from(u32::from_be_bytes(*head)).expect("a length"));
    }
    assert_eq!(ends.last(), Some(&segment.len()));
    ends
}
