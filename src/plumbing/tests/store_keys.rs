//! The file of the members' keys: a key that was destroyed is nowhere on the disk, after any writes in between.
//!
//! `older/` was written by the version before this one: a store of the members 1, 2 and 3 and its mirror, an export,
//! and 2 forgotten after it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, Row, Store, Table, Write};
use lodge_plumbing::store::{MasterKey, Options, RestoreFrom, SledStore, restore};
use tempfile::TempDir;

const SLOT: usize = 128;

struct House {
    dir: TempDir,
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        fs::create_dir(dir.path().join("sectors")).expect("a directory");
        Self { dir }
    }

    fn older() -> Self {
        let house = Self::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/older"), house.dir.path());
        house
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn options(&self) -> Options {
        Options { mirror: Some(self.at("mirror")), ..Options::default() }
    }

    fn open(&self) -> SledStore {
        SledStore::open(&self.at("store"), &master(), self.options()).expect("the store opens")
    }

    /// Each file that is beside a key file now under a name like its own gets a second name, by which it can be read for ever.
    fn look(&self) {
        for place in ["store", "mirror"] {
            for entry in fs::read_dir(self.at(place)).expect("a directory").map(|entry| entry.expect("an entry")) {
                if entry.file_name().to_string_lossy().starts_with("keys") {
                    let name = entry.metadata().expect("its metadata").ino().to_string();
                    match fs::hard_link(entry.path(), self.at("sectors").join(name)) {
                        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => panic!("{cause}"),
                        Ok(()) | Err(_) => {}
                    }
                }
            }
        }
    }

    /// The bytes of every file that was ever beside a key file, and whether it is the key file now.
    fn sectors(&self) -> BTreeMap<u64, (bool, Vec<u8>)> {
        let now = ["store/keys", "mirror/keys"].map(|name| fs::metadata(self.at(name)).expect("a key file").ino());
        let seen = fs::read_dir(self.at("sectors")).expect("a directory").map(|entry| entry.expect("an entry"));
        seen.map(|entry| {
            let number = entry.metadata().expect("its metadata").ino();
            (number, (now.contains(&number), fs::read(entry.path()).expect("its content")))
        })
        .collect()
    }
}

fn master() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn members(numbers: &[u8]) -> Owners {
    numbers.iter().copied().map(member).collect()
}

fn put(number: u8) -> Write {
    let owners = members(&[number]);
    Write::Put(Row { table: Table::Members, key: vec![number], owners, value: vec![number; 3] })
}

fn owners(store: &SledStore) -> Owners {
    store.load(Table::Members).expect("rows").into_iter().flat_map(|row| row.owners).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory").map(|entry| entry.expect("an entry")) {
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}

fn slots(file: &Path) -> Vec<Vec<u8>> {
    fs::read(file).expect("the key file").chunks(SLOT).map(<[u8]>::to_vec).collect()
}

#[test]
fn a22_no_file_that_held_a_key_is_given_back_to_the_disk_before_it_is_wiped() {
    let house = House::new();
    let mut store = house.open();
    house.look();
    // Alex, and then somebody who joins in between.
    for number in [1, 2] {
        store.commit(&vec![put(number)]).expect("commit");
        house.look();
    }
    drop(store);
    let mut store = house.open();
    house.look();
    store.forget(&members(&[1])).expect("forget");
    house.look();
    store.commit(&vec![put(3)]).expect("commit");
    house.look();
    assert_eq!(owners(&store), members(&[2, 3]));
    for (number, (current, content)) in house.sectors() {
        assert!(current || content.iter().all(|byte| *byte == 0), "{number} was a key file and was not wiped");
    }
}

#[test]
fn a22_a_destroyed_key_is_overwritten_in_every_copy_and_nobody_elses_moves() {
    let house = House::new();
    let mut store = house.open();
    store.commit(&[1, 2, 3, 4].map(put).to_vec()).expect("commit");
    let before = slots(&house.at("store/keys"));
    house.look();
    store.forget(&members(&[1, 3])).expect("forget");
    let after = slots(&house.at("store/keys"));
    assert_eq!(before.len(), 5);
    let same: Vec<bool> = before.iter().zip(&after).map(|(before, after)| before == after).collect();
    assert_eq!(same, [true, false, true, false, true]);
    assert_eq!(slots(&house.at("mirror/keys")), after);
    for (_, content) in house.sectors().values() {
        for key in [&before[1], &before[3]] {
            assert!(!content.windows(16).any(|window| key.windows(16).any(|part| part == window)));
        }
    }
}

#[test]
fn an_older_store_opens_and_its_older_key_files_are_written_over() {
    let house = House::older();
    house.look();
    let store = house.open();
    assert_eq!((owners(&store), store.forgotten()), (members(&[1, 3]), members(&[2])));
    drop(store);
    let ring = fs::read(house.at("store/keys")).expect("the key file");
    assert!(ring.starts_with(b"lodge keys 2") && ring.len() == 4 * SLOT);
    assert!(fs::read(house.at("mirror/keys")).expect("its copy") == ring);
    for (number, (_, content)) in house.sectors() {
        assert!(content == ring, "{number} was a key file and still holds what it held");
    }
    let mut store = house.open();
    store.forget(&members(&[3])).expect("forget");
    store.commit(&vec![put(4)]).expect("commit");
    drop(store);
    assert_eq!(owners(&house.open()), members(&[1, 4]));
}

#[test]
fn an_older_mirror_and_export_are_restored() {
    let house = House::older();
    let from = RestoreFrom { export: house.at("export"), keys: house.at("mirror"), erasures: None, without_log: true };
    restore(&house.at("new"), &master(), &Options::default(), &from, &mut |_| {}).expect("a restore");
    let store = SledStore::open(&house.at("new"), &master(), Options::default()).expect("the store opens");
    assert_eq!((owners(&store), store.forgotten()), (members(&[1, 3]), members(&[2])));
}

#[test]
fn a_slot_that_never_was_whole_is_wiped_and_stays_nobodys() {
    let house = House::new();
    house.open().commit(&[1, 2].map(put).to_vec()).expect("commit");
    let mut ring = fs::read(house.at("store/keys")).expect("the key file");
    for torn in [vec![9; SLOT], vec![0; SLOT], vec![9; 50]] {
        let whole = ring.len();
        ring.extend(&torn);
        fs::write(house.at("store/keys"), &ring).expect("a change");
        let mut store = house.open();
        store.commit(&vec![put(u8::try_from(whole % 251).expect("a number"))]).expect("commit");
        drop(store);
        ring = fs::read(house.at("store/keys")).expect("the key file");
        let wiped = torn.len() / SLOT * SLOT;
        assert!(ring[whole..whole + wiped].iter().all(|byte| *byte == 0), "{torn:?}");
        assert_eq!(ring.len(), whole + wiped + SLOT);
        assert!(fs::read(house.at("mirror/keys")).expect("its copy") == ring);
    }
    assert_eq!(owners(&house.open()).len(), 5);
}

#[test]
fn a_changed_slot_of_somebody_who_has_rows_is_damage() {
    let house = House::new();
    house.open().commit(&[1, 2].map(put).to_vec()).expect("commit");
    let whole = fs::read(house.at("store/keys")).expect("the key file");
    for at in [SLOT, 2 * SLOT + 30, 3 * SLOT - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(house.at("store/keys"), &changed).expect("a change");
        let why = SledStore::open(&house.at("store"), &master(), house.options()).expect_err("damage").to_string();
        assert!(why.contains("has no key of") && why.contains("who owns a row"), "byte {at}: {why}");
        assert!(fs::read(house.at("store/keys")).expect("the key file") == changed, "it was changed");
    }
}
