//! The secrets that the durable store keeps from anybody who holds its files, and the files that it refuses to take for
//! its own.

use std::fs;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Row, Store, StoreError, Table, Write};
use lodge_plumbing::store::{LONGEST_ROW, MasterKey, Options, SledStore};
use tempfile::TempDir;

const SECRET: &[u8] = b"canary: alex would like to meet robin";

struct House {
    dir: TempDir,
}

impl House {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a directory") }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn open(&self, name: &str) -> Result<SledStore, StoreError> {
        wait_for_sled(&self.at(name).join("rows"));
        SledStore::open(&self.at(name), &master(), Options::default())
    }

    /// A store with a secret of members 1 and 2 each, closed again.
    fn furnished(&self, name: &str) {
        let mut store = self.open(name).expect("a new store");
        for number in [1, 2] {
            store.commit(&vec![secret(number)]).expect("commit");
        }
    }
}

fn master() -> MasterKey {
    MasterKey::from_bytes([42; 32])
}

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn secret(number: u8) -> Write {
    let value = [SECRET, &[b'0' + number]].concat();
    let key = [&b"canary key "[..], &[b'0' + number]].concat();
    Write::Put(Row { table: Table::Members, key, owners: [member(number)].into(), value })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}

fn every_file(under: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(under).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(every_file(&path));
        } else {
            let content = fs::read(&path).expect("a file");
            files.push((path, content));
        }
    }
    files
}

fn contains(content: &[u8], what: &[u8]) -> bool {
    content.windows(what.len()).any(|window| window == what)
}

fn why(opened: Result<SledStore, StoreError>) -> String {
    opened.expect_err("it opened").to_string()
}

/// Waits until a database that was dropped is closed: a thread of sled's can hold its file for a moment longer.
fn wait_for_sled(rows: &Path) {
    if let Ok(file) = fs::File::open(rows.join("db")) {
        file.lock().expect("the file can be locked");
    }
}

/// The store's rows underneath its seals, for tampering.
fn raw(rows: &Path) -> sled::Db {
    wait_for_sled(rows);
    sled::Config::new().path(rows).segment_size(16 * 1024 * 1024).flush_every_ms(None).open().expect("sled opens")
}

#[test]
fn neither_content_nor_keys_nor_ids_stand_readable_in_any_file() {
    let house = House::new();
    house.furnished("store");
    for (path, content) in every_file(&house.at("store")) {
        for what in [SECRET, b"canary key", &member(1).to_bytes()] {
            assert!(!contains(&content, what), "{} stands in {}", String::from_utf8_lossy(what), path.display());
        }
    }
}

#[test]
fn copies_made_before_somebody_was_forgotten_are_unreadable_after() {
    let house = House::new();
    house.furnished("store");
    copy(&house.at("store"), &house.at("backup"));
    let mut store = house.open("store").expect("the store opens");
    assert_eq!(store.load(Table::Members).expect("rows").len(), 2);
    store.forget(&[member(1)].into()).expect("forget");
    drop(store);

    for (path, content) in every_file(&house.at("store")) {
        assert!(!contains(&content, SECRET), "{}", path.display());
    }
    fs::copy(house.at("store/keys"), house.at("backup/keys")).expect("the key file as it is now");
    let backup = house.open("backup").expect("the backup opens");
    let rows = backup.load(Table::Members).expect("rows");
    assert_eq!(rows.len(), 1, "the backup still has what was forgotten");
    assert_eq!(rows[0].owners, [member(2)].into());
}

#[test]
fn rows_cannot_change_places() {
    let house = House::new();
    house.furnished("store");
    let db = raw(&house.at("store/rows"));
    let rows: Vec<_> = db.scan_prefix([Table::Members as u8]).map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 2);
    db.insert(&rows[0].0, &rows[1].1).expect("a swap");
    db.insert(&rows[1].0, &rows[0].1).expect("a swap");
    db.flush().expect("flush");
    drop(db);
    assert!(matches!(house.open("store"), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_row_moved_to_another_table_is_damage() {
    let house = House::new();
    house.furnished("store");
    let db = raw(&house.at("store/rows"));
    let (place, sealed) = db.scan_prefix([Table::Members as u8]).next().expect("a row").expect("a row");
    let mut elsewhere = place.to_vec();
    elsewhere[0] = Table::Asked as u8;
    db.insert(elsewhere, sealed).expect("a copy");
    drop(db);
    assert!(matches!(house.open("store"), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_changed_byte_anywhere_in_a_row_is_damage() {
    let house = House::new();
    house.furnished("store");
    let db = raw(&house.at("store/rows"));
    let (place, sealed) = db.scan_prefix([Table::Members as u8]).next().expect("a row").expect("a row");
    drop(db);
    for at in [0, 24, 30, 44, sealed.len() / 2, sealed.len() - 1] {
        let mut changed = sealed.to_vec();
        changed[at] ^= 1;
        let db = raw(&house.at("store/rows"));
        db.insert(&place, changed).expect("a change");
        drop(db);
        let loaded = house.open("store").and_then(|store| store.load(Table::Members));
        assert!(matches!(loaded, Err(StoreError::Damaged { .. })), "byte {at}: {loaded:?}");
    }
}

#[test]
fn a_second_lodge_on_the_same_directory_is_told_of_the_first() {
    let house = House::new();
    let first = house.open("store").expect("a new store");
    let second = SledStore::open(&house.at("store"), &master(), Options::default());
    assert!(matches!(second, Err(StoreError::Held { .. })));
    assert!(why(second).contains("another lodge may be running"));
    drop(first);
    assert!(house.open("store").is_ok());
}

#[test]
fn a_wrong_master_key_is_named_as_such_and_changes_nothing() {
    let house = House::new();
    house.furnished("store");
    let before = every_file(&house.at("store"));
    let opened = SledStore::open(&house.at("store"), &MasterKey::from_bytes([1; 32]), Options::default());
    assert!(matches!(opened, Err(StoreError::Locked { .. })));
    assert!(why(opened).contains("master key"));
    assert!(every_file(&house.at("store")) == before, "a file was changed");
    assert!(house.open("store").is_ok());
}

#[test]
fn parts_that_are_missing_or_of_another_store_are_named() {
    let house = House::new();
    for name in ["one", "other", "keyless", "rowless", "numberless"] {
        house.furnished(name);
    }
    fs::copy(house.at("other/keys"), house.at("one/keys")).expect("a copy");
    assert!(why(house.open("one")).contains("belong to different stores"));
    fs::remove_file(house.at("keyless/keys")).expect("a file");
    assert!(why(house.open("keyless")).contains("keyless/keys is missing"));
    fs::remove_dir_all(house.at("rowless/rows")).expect("a directory");
    assert!(why(house.open("rowless")).contains("keys of members without their rows"));
    fs::remove_file(house.at("numberless/last-commit")).expect("a file");
    assert!(why(house.open("numberless")).contains("last-commit is missing"));
}

#[test]
fn a_changed_key_file_is_damage() {
    let house = House::new();
    house.furnished("store");
    let whole = fs::read(house.at("store/keys")).expect("the key file");
    for at in [0, 30, 60, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(house.at("store/keys"), &changed).expect("a change");
        assert!(matches!(house.open("store"), Err(StoreError::Damaged { .. })), "byte {at}");
    }
    fs::write(house.at("store/keys"), &whole[..40]).expect("a change");
    assert!(matches!(house.open("store"), Err(StoreError::Damaged { .. })));
}

#[test]
fn an_old_key_file_that_lacks_an_owner_is_damage_and_not_a_forgotten_member() {
    let house = House::new();
    drop(house.open("store").expect("a new store"));
    fs::copy(house.at("store/keys"), house.at("old keys")).expect("a copy");
    house.furnished("store");
    fs::copy(house.at("old keys"), house.at("store/keys")).expect("a copy");
    let why = why(house.open("store"));
    assert!(why.contains("has no key of 0101") && why.contains("an old copy"), "{why}");
}

/// With a commit log, of which it takes over the last 64 commits and no more; and without one.
#[test]
fn an_older_copy_of_the_rows_put_back_brings_nothing_back() {
    for (log, taken_over, rounds) in [(true, 64, [1, 63, 1]), (false, 0, [1, 1, 1])] {
        let house = House::new();
        let open = || {
            wait_for_sled(&house.at("store/rows"));
            SledStore::open(&house.at("store"), &master(), Options { log, ..Options::default() })
        };
        open().expect("a new store").commit(&vec![secret(1)]).expect("commit");
        copy(&house.at("store/rows"), &house.at("old rows"));
        let mut commits = 0;
        for more in rounds {
            let mut store = open().expect("the store opens");
            for _ in 0..more {
                commits += 1;
                store.commit(&vec![secret(1 + commits)]).expect("commit");
            }
            drop(store);
            let newest = open().expect("the store opens").load(Table::Members).expect("rows");
            wait_for_sled(&house.at("store/rows"));
            copy(&house.at("store/rows"), &house.at("new rows"));
            fs::remove_dir_all(house.at("store/rows")).expect("a directory");
            copy(&house.at("old rows"), &house.at("store/rows"));
            match open() {
                Ok(store) => {
                    assert!(commits <= taken_over, "{commits} commits are lost");
                    assert_eq!(store.load(Table::Members).expect("rows"), newest);
                }
                refused @ Err(_) => {
                    assert!(commits > taken_over, "{}", why(refused));
                    let why = why(open());
                    let number = 2 + commits;
                    assert!(why.contains(&format!("rows end at commit 2, but commit {number} was made")), "{why}");
                    fs::remove_dir_all(house.at("store/rows")).expect("a directory");
                    copy(&house.at("new rows"), &house.at("store/rows"));
                }
            }
            fs::remove_dir_all(house.at("new rows")).expect("a directory");
        }
    }
}

/// sled itself goes on without the part at the end of its log that it cannot read.
#[test]
fn a_changed_byte_anywhere_in_the_log_never_takes_commits_away_unseen() {
    let house = House::new();
    house.furnished("whole");
    let log = fs::read(house.at("whole/rows/db")).expect("the log");
    let written = log.iter().rposition(|byte| *byte != 0).expect("something was written") + 1;
    let expected = house.open("whole").expect("the store opens").load(Table::Members).expect("rows");
    let mut noticed = 0;
    for at in (0..written).step_by(written / 30) {
        copy(&house.at("whole"), &house.at("changed"));
        let mut changed = log.clone();
        changed[at] ^= 0x10;
        fs::write(house.at("changed/rows/db"), changed).expect("a change");
        match house.open("changed").and_then(|store| store.load(Table::Members)) {
            Ok(rows) => assert_eq!(rows, expected, "byte {at} of the log"),
            Err(error) => {
                noticed += 1;
                assert!(matches!(error, StoreError::Damaged { .. }), "byte {at} of the log: {error}");
            }
        }
        fs::remove_dir_all(house.at("changed")).expect("a directory");
    }
    assert!(noticed > 5, "only {noticed} changes were noticed: they do not reach what is in use");
}

#[test]
fn a_snapshot_that_was_cut_short_does_not_lock_the_store() {
    let house = House::new();
    house.furnished("store");
    fs::write(house.at("store/rows/snap.00000000FFFFFFFF.generating"), b"cut").expect("a file");
    let store = house.open("store").expect("the store opens");
    assert_eq!(store.load(Table::Members).expect("rows").len(), 2);
}

#[test]
fn the_longest_rows_stay_within_the_log_and_longer_ones_are_refused() {
    let house = House::new();
    let mut store = house.open("store").expect("a new store");
    let long = |number: u8, length: usize| {
        let value = vec![number; length];
        Write::Put(Row { table: Table::Waiting, key: vec![number], owners: [member(1)].into(), value })
    };
    for round in 0..2 {
        for number in 0..40 {
            store.commit(&vec![long(number, LONGEST_ROW - 200 - round)]).expect("commit");
        }
    }
    assert_eq!(fs::read_dir(house.at("store/rows/blobs")).expect("a directory").count(), 0);
    drop(store);
    let mut store = house.open("store").expect("the store opens");
    assert_eq!(store.load(Table::Waiting).expect("rows").len(), 40);
    let error = store.commit(&vec![long(0, LONGEST_ROW)]).expect_err("too long").to_string();
    assert!(error.contains("131072 is the most"), "{error}");
}
