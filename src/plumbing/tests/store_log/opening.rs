//! The deeds of a store with its log when it opens, and about a mirror that is lost.

use std::fs;

use lodge_ground::store::{Store, Table};
use lodge_plumbing::store::{MirrorFault, SledStore};

use super::house::{House, all, copy, entries, furnished, master, member, put};

/// The number of commits that the rows may lack after a loss of power.
const BEHIND_MAX: u8 = 64;

#[test]
fn as_many_commits_as_the_rows_may_lack_are_taken_over_from_the_log_and_one_more_is_not() {
    let house = House::new();
    let mut store = furnished(&house);
    drop(store);
    let [rows, last] = ["store/rows", "store/last-commit"].map(|name| house.at(name));
    copy(&rows, &house.at("rows before"));
    fs::copy(&last, house.at("last before")).expect("a copy");
    let back = |with_number: bool| {
        fs::remove_dir_all(&rows).expect("a directory");
        copy(&house.at("rows before"), &rows);
        if with_number {
            fs::copy(house.at("last before"), &last).expect("a copy");
        }
    };
    for more in [1, BEHIND_MAX - 1] {
        store = house.open();
        for number in 0..more {
            // Some of them in the same place, and some about somebody else there.
            let owners: &[u8] = if number % 3 == 0 { &[] } else { &[number % 3 + 4] };
            store.commit(&vec![put(number % 5 + 5, owners, &[more, number])]).expect("commit");
        }
        let whole = all(&store);
        drop(store);
        // Whether or not it was noted which commit was made.
        for with_number in [true, false] {
            back(with_number);
            assert_eq!(all(&house.open()), whole);
        }
    }
    house.open().commit(&vec![put(7, &[], b"seven")]).expect("it goes on");
    // More is no loss of power.
    back(true);
    let why = house.try_open().expect_err("older rows").to_string();
    assert!(why.contains("rows end at commit 5, but commit 70 was made"), "{why}");
}

#[test]
fn rows_that_lack_a_commit_which_no_log_has_are_refused_and_what_there_is_of_a_log_stays() {
    let house = House::new();
    let mut store = furnished(&house);
    drop(store);
    copy(&house.at("store/rows"), &house.at("rows before"));
    let before = fs::read(house.newest()).expect("a segment");
    store = house.open();
    store.commit(&vec![put(5, &[5], b"five")]).expect("commit");
    drop(store);
    fs::remove_dir_all(house.at("store/rows")).expect("a directory");
    copy(&house.at("rows before"), &house.at("store/rows"));
    let newest = house.newest();
    for log in [newest.clone(), house.at("store/log").join(newest.file_name().expect("a name"))] {
        fs::write(log, &before).expect("an older log");
    }
    for _ in 0..2 {
        let why = house.try_open().expect_err("older rows").to_string();
        assert!(why.contains("rows end at commit 5, but commit 6 was made"), "{why}");
        assert_eq!(fs::read(&newest).expect("a segment"), before);
    }
}

#[test]
fn copies_of_the_log_are_made_equal_when_the_store_opens() {
    let house = House::new();
    drop(furnished(&house));
    let newest = house.newest();
    let ours = house.at("store/log").join(newest.file_name().expect("a name"));
    let whole = fs::read(&newest).expect("a segment");
    for (behind, length) in [(&newest, 150), (&newest, 109), (&ours, 150), (&ours, 0)] {
        fs::write(behind, &whole[..length]).expect("a change");
        drop(house.open());
        assert!(fs::read(behind).expect("a segment") == whole, "{} cut to {length}", behind.display());
    }
    for gone in ["store/log", "mirror/log"] {
        fs::remove_dir_all(house.at(gone)).expect("a directory");
        assert!(!house.open().wants_export());
        assert!(fs::read(&newest).expect("a segment") == whole && fs::read(&ours).expect("a segment") == whole);
    }
}

#[test]
fn an_older_store_opens_and_its_log_counts_from_the_next_export() {
    let mut house = House::new();
    house.options.log = false;
    let store = furnished(&house);
    assert!(!store.wants_export() && !house.at("mirror/log").exists());
    drop(store);
    let why = house.why_not("export");
    assert!(why.contains("there is no commit log in") && why.contains("--without-log"), "{why}");
    assert_eq!(house.restore_without_log("export", "old").expect("an older export is restored").log, None);
    house.options.log = true;
    let mut store = house.open();
    assert!(store.wants_export(), "what went before is in no log");
    store.commit(&vec![put(5, &[5], b"five")]).expect("commit");
    assert!(house.why_not("export").contains("begins after commit 5"));
    house.export(&mut store, "second");
    assert!(!store.wants_export());
    let lost = all(&store);
    drop(store);
    let (store, _) = house.restored("second");
    assert_eq!(all(&store), lost);
    drop(store);
    // A time without a log again, as with an older program.
    house.options.log = false;
    house.open().commit(&vec![put(6, &[], b"six")]).expect("commit");
    house.options.log = true;
    let mut store = house.open();
    assert!(store.wants_export() && store.load(Table::Members).expect("rows").len() == all(&store).len());
    house.export(&mut store, "third");
    assert_eq!(house.segments().len(), 1);
}

#[test]
fn a_mirror_that_cannot_be_written_stops_the_store_or_is_done_without_as_is_set() {
    let mut house = House::new();
    let lost = all(&furnished(&house));
    fs::rename(house.at("mirror"), house.at("away")).expect("the disk is gone");
    fs::write(house.at("mirror"), "no directory").expect("a file");
    let why = house.try_open().expect_err("there is no mirror").to_string();
    assert!(why.contains("could not write to its mirror") && why.contains(&*house.at("mirror").to_string_lossy()));
    house.options.mirror_fault = MirrorFault::GoOn;
    let mut store = house.open();
    assert_eq!(all(&store), lost);
    store.commit(&vec![put(5, &[5], b"of somebody new")]).expect("it goes on");
    let lost = all(&store);
    copy(&house.at("store"), &house.at("copy"));
    let mut twin = SledStore::open(&house.at("copy"), &master(), house.options.clone()).expect("the copy opens");
    let why = twin.forget(&[member(1)].into()).expect_err("their key is in the mirror").to_string();
    assert!(why.contains("forget somebody: its mirror was lost"), "{why}");
    drop(store);
    fs::remove_file(house.at("mirror")).expect("a file");
    fs::rename(house.at("away"), house.at("mirror")).expect("the disk is back");
    let mut store = house.open();
    assert_eq!(all(&store), lost);
    assert_eq!(fs::read(house.newest()).ok(), fs::read(entries(&house.at("store/log")).remove(0)).ok());
    store.forget(&[member(1)].into()).expect("forget");
}
