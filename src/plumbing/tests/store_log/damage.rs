//! A log that was cut, changed, or is another store's.

use std::fs;

use lodge_ground::store::Store;
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{Options, SledStore};

use super::house::{House, copy, furnished, master, put, record_ends};

#[test]
fn a_log_that_is_cut_anywhere_gives_the_commits_before_and_names_the_place() {
    let house = House::new();
    drop(furnished(&house));
    let (newest, whole) = (house.newest(), fs::read(house.newest()).expect("a segment"));
    let ends = record_ends(&whole);
    assert_eq!(ends.len(), 4);
    for length in (ends[0]..=whole.len()).step_by(7).chain(ends.iter().copied()) {
        fs::write(&newest, &whole[..length]).expect("a change");
        let rebuilt = house.restore("export", "new").expect("a restore");
        let log = rebuilt.log.expect("the log was read");
        let there = ends.iter().filter(|end| **end <= length).count() - 1;
        assert_eq!(log.commits, u64::try_from(there).expect("a number"), "cut at {length}");
        let torn = (!ends.contains(&length)).then(|| (newest.clone(), u64::try_from(ends[there]).expect("an offset")));
        assert_eq!(log.torn, torn, "cut at {length}");
        fs::remove_dir_all(house.at("new")).expect("a directory");
    }
}

#[test]
fn a_changed_byte_in_the_middle_is_damage_with_file_and_offset() {
    let house = House::new();
    drop(furnished(&house));
    let (newest, whole) = (house.newest(), fs::read(house.newest()).expect("a segment"));
    let ends = record_ends(&whole);
    for at in 0..ends[2] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&newest, changed).expect("a change");
        let why = house.why_not("export");
        if at >= ends[0] {
            let begins = ends.iter().rfind(|end| **end <= at).expect("a record");
            let place = format!("{} at byte {begins}: commit", newest.display());
            assert!(why.contains(&place), "byte {at}: {why}");
        }
    }
}

#[test]
fn a_log_of_another_store_key_or_history_is_refused() {
    let (house, other) = (House::new(), House::new());
    drop(furnished(&house));
    drop(furnished(&other));
    let (newest, whole) = (house.newest(), fs::read(house.newest()).expect("a segment"));
    fs::copy(other.newest(), &newest).expect("a copy");
    let why = house.why_not("export");
    assert!(why.contains("belongs to another store"), "{why}");
    // Two stores that go on from one copy.
    fs::write(&newest, &whole).expect("the file as it was");
    copy(&house.dir.path().join("store"), &house.at("twin"));
    let mut twin = SledStore::open(&house.at("twin"), &master(), Options::default()).expect("the twin opens");
    twin.commit(&vec![put(7, &[], b"the twin's")]).expect("commit");
    twin.export(&house.at("twin's"), &master(), Timestamp::from_millis(1)).expect("an export");
    house.open().commit(&vec![put(8, &[], b"ours")]).expect("commit");
    let why = house.why_not("twin's");
    assert!(why.contains("the export is of another history than the commit log"), "{why}");
    twin.commit(&vec![put(9, &[], b"later")]).expect("commit");
    twin.export(&house.at("later"), &master(), Timestamp::from_millis(1)).expect("an export");
    let why = house.why_not("later");
    assert!(why.contains("ends at commit 6 and the export is of commit 7"), "{why}");
}
