//! The commit log: with the newest export it is the store that was lost, row for row; and where it is not, the error
//! says so.

mod damage;
mod histories;
mod house;
mod opening;

use std::fs;

use lodge_ground::store::{Owners, Store, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{Options, SledStore};

use house::{House, all, copy, entries, furnished, master, member, put, record_ends};

#[test]
fn an_export_and_the_log_are_the_store_that_was_lost_and_it_goes_on() {
    let house = House::new();
    let mut store = furnished(&house);
    let gone = Write::Delete { table: Table::Members, key: vec![0] };
    store.commit(&vec![gone, put(4, &[4], b"four")]).expect("commit");
    let lost = all(&store);
    drop(store);
    let (mut store, rebuilt) = house.restored("export");
    assert_eq!(rebuilt.log.map(|log| (log.commits, log.torn)), Some((4, None)));
    assert_eq!(all(&store), lost, "and nothing says that it was restored");
    // The same export and the log that went on.
    store.commit(&vec![put(5, &[5], b"five")]).expect("commit");
    let lost = all(&store);
    drop(store);
    let (store, rebuilt) = house.restored("export");
    assert_eq!((all(&store), rebuilt.log.map(|log| log.commits)), (lost, Some(5)));
}

#[test]
fn a_new_segment_begins_with_each_export_and_older_ones_go() {
    let house = House::new();
    let mut store = furnished(&house);
    let before = house.newest();
    assert_eq!(house.segments().len(), 1);
    let taken = store.export(&house.at("export"), &master(), Timestamp::from_millis(1));
    assert!(taken.is_err(), "there is such a file already");
    assert_eq!(house.segments(), std::slice::from_ref(&before), "no export, no new segment");
    house.export(&mut store, "second");
    assert!(house.segments().len() == 1 && house.newest() > before);
    assert_eq!(entries(&house.at("store/log")).len(), 1);
    store.commit(&vec![put(6, &[], b"six")]).expect("commit");
    let lost = all(&store);
    drop(store);
    let why = house.why_not("export");
    assert!(why.contains("begins after commit 5 and the export is of commit 2"), "{why}");
    assert_eq!(all(&house.restored("second").0), lost);
}

#[test]
fn segments_that_a_broken_off_export_left_are_read_one_after_the_other() {
    let house = House::new();
    let mut store = furnished(&house);
    let first = house.newest();
    fs::copy(&first, house.at("kept")).expect("a copy");
    house.export(&mut store, "second");
    store.commit(&vec![put(6, &[], b"six")]).expect("commit");
    let lost = all(&store);
    drop(store);
    fs::rename(house.at("kept"), &first).expect("the file as it was");
    for export in ["export", "second"] {
        house.restore(export, &export.to_uppercase()).expect("a restore");
        let store = SledStore::open(&house.at(&export.to_uppercase()), &master(), Options::default()).expect("opens");
        assert_eq!(all(&store), lost, "{export}");
    }
    // The one before is cut short: there is a gap.
    let whole = fs::read(&first).expect("a segment");
    fs::write(&first, &whole[..whole.len() - 3]).expect("a change");
    let why = house.why_not("export");
    assert!(why.contains("a commit was cut short, and later segments follow"), "{why}");
    fs::write(&first, &whole[..record_ends(&whole)[2]]).expect("a change");
    let why = house.why_not("export");
    assert!(why.contains("ends at commit 4 and it begins after commit 5: one is missing"), "{why}");
}

#[test]
fn whoever_was_forgotten_does_not_come_back_with_the_log() {
    let house = House::new();
    let mut store = furnished(&house);
    store.forget(&[member(1)].into()).expect("forget");
    store.commit(&vec![put(5, &[2], b"five")]).expect("commit");
    let lost = all(&store);
    drop(store);
    // Cut before the erasure was logged: the journal knows.
    let whole = fs::read(house.newest()).expect("a segment");
    copy(&house.at("mirror"), &house.at("cut"));
    let cut = house.at("cut/log").join(house.newest().file_name().expect("a name"));
    fs::write(cut, &whole[..record_ends(&whole)[3]]).expect("a change");
    let rebuilt = house.restore_from("cut", "export", "early").expect("a restore");
    assert_eq!((rebuilt.left_out, rebuilt.log.map(|log| log.commits)), (2, Some(3)));
    let early = SledStore::open(&house.at("early"), &master(), Options::default()).expect("the store opens");
    assert!(all(&early).iter().all(|row| !row.owners.contains(&member(1))));
    assert_eq!(early.forgotten(), Owners::from([member(1)]));
    let (store, _) = house.restored("export");
    assert_eq!((all(&store), store.forgotten()), (lost, Owners::from([member(1)])));
}
