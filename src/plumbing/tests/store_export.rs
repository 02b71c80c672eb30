//! Exports, the stores that are restored from them, and the members who do not come back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use lodge_ground::id::MemberId;
use lodge_ground::store::{Restored, Row, Store, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, Rebuilt, RestoreFrom, SledStore, restore};
use tempfile::TempDir;

const MADE: Timestamp = Timestamp::from_millis(1_700_000_000_000);

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

    fn open(&self, name: &str) -> SledStore {
        SledStore::open(&self.at(name), &master(), Options::default()).expect("the store opens")
    }

    /// A store with rows of members 1 and 2, of both and of nobody.
    fn furnished(&self) -> SledStore {
        let mut store = self.open("store");
        store.commit(&vec![row(b"1", &[1]), row(b"2", &[2]), row(b"both", &[1, 2])]).expect("commit");
        store.commit(&vec![row(b"nobody's", &[])]).expect("commit");
        store
    }

    fn export(&self, store: &mut SledStore, name: &str) {
        store.export(&self.at(name), &master(), MADE).expect("an export");
    }

    fn from(&self, export: &str) -> RestoreFrom {
        RestoreFrom { export: self.at(export), keys: self.at("store"), erasures: None, without_log: true }
    }

    /// Takes the commit log away, as stores of earlier programs have none.
    fn lose_log(&self, store: &str) {
        fs::remove_dir_all(self.at(store).join("log")).expect("a log");
    }

    fn restore(&self, export: &str, to: &str) -> Result<Rebuilt, StoreError> {
        restore(&self.at(to), &master(), &Options::default(), &self.from(export), &mut |_| {})
    }

    fn why_not(&self, export: &str) -> String {
        let error = self.restore(export, "new").expect_err("it was restored").to_string();
        assert!(!self.at("new").exists(), "something was put there: {error}");
        error
    }
}

fn master() -> MasterKey {
    MasterKey::from_bytes([42; 32])
}

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn row(key: &[u8], owners: &[u8]) -> Write {
    let owners = owners.iter().copied().map(member).collect();
    Write::Put(Row { table: Table::Members, key: key.to_vec(), owners, value: [b"of ", key].concat() })
}

fn keys_in(store: &SledStore) -> Vec<String> {
    let rows = store.load(Table::Members).expect("rows");
    rows.into_iter().map(|row| String::from_utf8(row.key).expect("text")).collect()
}

#[test]
fn without_its_log_what_was_exported_is_restored_and_marked_as_such() {
    let house = House::new();
    let mut store = house.furnished();
    house.export(&mut store, "export");
    store.commit(&vec![row(b"later", &[1])]).expect("commit");
    drop(store);
    house.lose_log("store");
    let rebuilt = house.restore("export", "new").expect("a restore");
    assert_eq!((rebuilt.rows, rebuilt.left_out, rebuilt.log), (4, 0, None));
    let mut new = house.open("new");
    assert_eq!(keys_in(&new), ["1", "2", "both", "nobody's"]);
    let singles = new.load(Table::Singles).expect("rows");
    assert_eq!(singles[0].read::<Restored>().expect("the mark"), Restored { from: MADE, seen_to: false });
    new.commit(&vec![row(b"3", &[3])]).expect("it goes on");
    drop(new);
    assert_eq!(keys_in(&house.open("new")).len(), 5);
}

#[test]
fn an_export_is_its_owners_alone_and_takes_no_other_files_place() {
    let house = House::new();
    let mut store = house.furnished();
    house.export(&mut store, "export");
    assert_eq!(fs::metadata(house.at("export")).expect("the file").permissions().mode() & 0o777, 0o600);
    let before = fs::read(house.at("export")).expect("the file");
    let again = store.export(&house.at("export"), &master(), MADE).expect_err("a second export");
    assert!(again.to_string().contains("there is such a file already"), "{again}");
    assert_eq!(fs::read(house.at("export")).expect("the file"), before);
    assert!(!house.at("export.part").exists());
    let mut lines = Vec::new();
    store.export_to(&mut lines, &master(), MADE).expect("an export");
    assert_eq!(lines, before, "the same rows, sealed as they are");
}

#[test]
fn an_export_that_was_cut_short_or_changed_is_refused() {
    let house = House::new();
    house.export(&mut house.furnished(), "export");
    let whole = fs::read_to_string(house.at("export")).expect("the file");
    let lines: Vec<&str> = whole.lines().collect();
    let without = |index: usize| [&lines[..index], &lines[index + 1..]].concat().join("\n") + "\n";
    let mut wrong: Vec<String> = (0..lines.len()).map(without).collect();
    wrong.extend([0, 1, whole.len() / 2, whole.len() - 1].map(|end| whole[..end].to_owned()));
    wrong.push(whole.replacen("\"rows\":4", "\"rows\":3", 1));
    wrong.push(whole.replacen("\"forgotten\":0", "\"forgotten\":1", 1));
    let (one, two) = (lines[1], lines[2]);
    wrong.push(whole.replace(one, "…").replace(two, one).replace('…', two));
    for content in wrong {
        fs::write(house.at("changed"), &content).expect("a file");
        let why = house.why_not("changed");
        assert!(why.contains("cannot be used") || why.contains("reads format"), "{why}:\n{content}");
    }
    let other = MasterKey::from_bytes([1; 32]);
    let error = restore(&house.at("new"), &other, &Options::default(), &house.from("export"), &mut |_| {});
    assert!(error.expect_err("another master key").to_string().contains("the master key is another one"));
}

#[test]
fn a_restore_puts_nothing_over_what_is_there() {
    let house = House::new();
    house.export(&mut house.furnished(), "export");
    fs::create_dir(house.at("full")).expect("a directory");
    fs::write(house.at("full/something"), "").expect("a file");
    let error = house.restore("export", "full").expect_err("it is not empty").to_string();
    assert!(error.contains("full is not empty"), "{error}");
    fs::create_dir(house.at("empty")).expect("a directory");
    // An earlier attempt's leftover is no obstacle.
    fs::create_dir(house.at("empty.restoring")).expect("a directory");
    fs::write(house.at("empty.restoring/rows"), "half").expect("a file");
    house.restore("export", "empty").expect("a restore");
    assert_eq!(keys_in(&house.open("empty")).len(), 4);
    assert!(!house.at("empty.restoring").exists());
}

#[test]
fn whoever_was_forgotten_since_the_export_does_not_come_back() {
    let house = House::new();
    let mut store = house.furnished();
    house.export(&mut store, "export");
    store.forget(&[member(1)].into()).expect("forget");
    drop(store);
    house.lose_log("store");
    let rebuilt = house.restore("export", "new").expect("a restore");
    assert_eq!(rebuilt.left_out, 2);
    let new = house.open("new");
    assert_eq!(keys_in(&new), ["2", "nobody's"]);
    assert_eq!(new.forgotten(), [member(1)].into());
}

#[test]
fn an_older_key_file_brings_nobody_back_where_there_is_a_journal() {
    let house = House::new();
    let mut store = house.furnished();
    house.export(&mut store, "export");
    fs::create_dir(house.at("old")).expect("a directory");
    fs::copy(house.at("store/keys"), house.at("old/keys")).expect("a copy");
    store.forget(&[member(1)].into()).expect("forget");
    house.export(&mut store, "later export");
    drop(store);

    // Without the journal an export from after the erasure still says that there was one.
    let only_old = RestoreFrom { keys: house.at("old"), ..house.from("later export") };
    let error =
        restore(&house.at("new"), &master(), &Options::default(), &only_old, &mut |_| {}).expect_err("older keys");
    assert!(error.to_string().contains("older than the export"), "{error}");

    let from =
        RestoreFrom { erasures: Some(house.at("store/erasures")), keys: house.at("old"), ..house.from("export") };
    restore(&house.at("new"), &master(), &Options::default(), &from, &mut |_| {}).expect("a restore");
    let new = house.open("new");
    assert_eq!(keys_in(&new), ["2", "nobody's"]);
    drop(new);
    // The new store has the new key file only: the old one, put in its place, is put right by the journal.
    fs::copy(house.at("old/keys"), house.at("new/keys")).expect("a copy");
    assert_eq!(house.open("new").forgotten(), [member(1)].into());
    let keys = fs::read(house.at("new/keys")).expect("the key file");
    assert_ne!(keys, fs::read(house.at("old/keys")).expect("the key file"));
    // And without a journal it is noticed.
    fs::copy(house.at("old/keys"), house.at("new/keys")).expect("a copy");
    fs::remove_file(house.at("new/erasures")).expect("a file");
    let opened = SledStore::open(&house.at("new"), &master(), Options::default());
    assert!(opened.expect_err("older keys").to_string().contains("1 members were forgotten and it knows of 0"));
}

#[test]
fn a_key_file_older_than_the_export_is_named() {
    let house = House::new();
    let mut store = house.furnished();
    fs::create_dir(house.at("old")).expect("a directory");
    fs::copy(house.at("store/keys"), house.at("old/keys")).expect("a copy");
    store.commit(&vec![row(b"3", &[3])]).expect("commit");
    house.export(&mut store, "export");
    let from = RestoreFrom { keys: house.at("old"), ..house.from("export") };
    let error = restore(&house.at("new"), &master(), &Options::default(), &from, &mut |_| {})
        .expect_err("older keys")
        .to_string();
    assert!(error.contains("has no keys of 1 members") && error.contains("give the current one"), "{error}");
    let nowhere = RestoreFrom { keys: house.at("nowhere"), ..house.from("export") };
    let error = restore(&house.at("new"), &master(), &Options::default(), &nowhere, &mut |_| {})
        .expect_err("no keys")
        .to_string();
    assert!(error.contains("there is no key file"), "{error}");
}

#[test]
fn the_mirror_has_all_that_a_restore_needs_beside_the_export() {
    let house = House::new();
    let options = Options { mirror: Some(house.at("mirror")), ..Options::default() };
    let mut store = SledStore::open(&house.at("store"), &master(), options.clone()).expect("a new store");
    store.commit(&vec![row(b"1", &[1]), row(b"2", &[2])]).expect("commit");
    house.export(&mut store, "export");
    let kept = Row { table: Table::Marks, key: b"mark".to_vec(), owners: [].into(), value: b"forgotten".to_vec() };
    store.outlive(std::slice::from_ref(&kept)).expect("an entry");
    store.forget(&[member(1)].into()).expect("forget");
    drop(store);
    house.lose_log("mirror");
    fs::remove_dir_all(house.at("store")).expect("the disk is lost");
    let from = RestoreFrom { keys: house.at("mirror"), ..house.from("export") };
    restore(&house.at("store"), &master(), &options, &from, &mut |_| {}).expect("a restore");
    let store = SledStore::open(&house.at("store"), &master(), options).expect("the store opens");
    assert_eq!(keys_in(&store), ["2"]);
    assert_eq!(store.load(Table::Marks).expect("rows"), [kept], "what outlives the forgotten came with the journal");
    drop(store);
    for name in ["keys", "erasures"] {
        let read = |home: &str| fs::read(house.at(home).join(name)).expect("a file");
        assert_eq!(read("store").len(), read("mirror").len(), "{name}");
    }
}

#[test]
fn a_journal_cut_short_by_a_loss_of_power_is_mended_and_a_changed_one_is_damage() {
    let house = House::new();
    let mut store = house.furnished();
    store.forget(&[member(1)].into()).expect("forget");
    store.forget(&[member(2)].into()).expect("forget");
    drop(store);
    let whole = fs::read(house.at("store/erasures")).expect("the journal");
    fs::write(house.at("store/erasures"), &whole[..whole.len() - 5]).expect("a change");
    drop(house.open("store"));
    assert_eq!(fs::read(house.at("store/erasures")).expect("the journal").len(), whole.len());
    for at in [3, 20, 40, 60, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(house.at("store/erasures"), changed).expect("a change");
        let opened = SledStore::open(&house.at("store"), &master(), Options::default());
        assert!(opened.is_err(), "byte {at} was changed and nobody noticed");
    }
}
