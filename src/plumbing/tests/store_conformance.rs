//! The promises of every store: one suite, run against the one in memory and the durable one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, Memory, Owners, Row, Store, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, RestoreFrom, SledStore, restore};
use proptest::prelude::*;
use tempfile::TempDir;

/// A kind of store under test.
trait Kind {
    type Kept: Store;
    /// A copy of a store, from which it can be restored.
    type Copy;

    fn new() -> Self;
    fn open(&self) -> Self::Kept;
    /// The store as it is after its program ended and began again.
    fn reopen(&self, store: Self::Kept) -> Self::Kept;
    fn copy(&self, store: &mut Self::Kept) -> Self::Copy;
    /// The store that an earlier copy alone gives after all else is lost but the list of the forgotten.
    fn restore(&self, lost: Self::Kept, copy: Self::Copy) -> Self::Kept;
    /// The store that an earlier copy and all that was kept since give after the rows are lost.
    fn go_on(&self, lost: Self::Kept, copy: Self::Copy) -> Self::Kept;
}

struct InMemory;

impl Kind for InMemory {
    type Kept = Memory;
    type Copy = Memory;

    fn new() -> Self {
        Self
    }

    fn open(&self) -> Memory {
        Memory::default()
    }

    fn reopen(&self, store: Memory) -> Memory {
        store
    }

    fn copy(&self, store: &mut Memory) -> Memory {
        store.clone()
    }

    fn restore(&self, lost: Memory, copy: Memory) -> Memory {
        lost.restored_from(&copy)
    }

    fn go_on(&self, lost: Memory, _: Memory) -> Memory {
        lost
    }
}

struct OnDisk(TempDir);

impl OnDisk {
    fn path(&self) -> PathBuf {
        self.0.path().join("store")
    }

    fn restored(&self, lost: SledStore, export: PathBuf, without_log: bool) -> SledStore {
        drop(lost);
        let (to, master) = (self.0.path().join("restored"), MasterKey::from_bytes([9; 32]));
        let from = RestoreFrom { export, keys: self.path(), erasures: None, without_log };
        restore(&to, &master, &Options::default(), &from, &mut |_| {}).expect("a restore");
        SledStore::open(&to, &master, Options::default()).expect("the store opens")
    }
}

impl Kind for OnDisk {
    type Kept = SledStore;
    type Copy = PathBuf;

    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    fn open(&self) -> SledStore {
        SledStore::open(&self.path(), &MasterKey::from_bytes([9; 32]), Options::default()).expect("the store opens")
    }

    fn reopen(&self, store: SledStore) -> SledStore {
        drop(store);
        self.open()
    }

    fn copy(&self, store: &mut SledStore) -> PathBuf {
        let copy = self.0.path().join("export");
        store.export(&copy, &MasterKey::from_bytes([9; 32]), Timestamp::from_millis(0)).expect("an export");
        copy
    }

    fn restore(&self, lost: SledStore, export: PathBuf) -> SledStore {
        self.restored(lost, export, true)
    }

    fn go_on(&self, lost: SledStore, export: PathBuf) -> SledStore {
        self.restored(lost, export, false)
    }
}

macro_rules! for_every_store {
    ($($behaviour:ident),* $(,)?) => {
        mod in_memory {
            $(#[test] fn $behaviour() { super::$behaviour::<super::InMemory>(); })*
        }
        mod on_disk {
            $(#[test] fn $behaviour() { super::$behaviour::<super::OnDisk>(); })*
        }
    };
}

for_every_store![
    rows_come_back_in_the_order_of_their_keys_each_in_its_table,
    a_later_change_replaces_an_earlier_one,
    an_empty_batch_changes_nothing,
    keys_and_values_may_be_empty_or_have_any_bytes,
    a_forgotten_members_rows_are_gone_and_nobody_elses,
    several_are_forgotten_at_once_each_with_all_their_rows,
    rows_that_changed_hands_go_with_whoever_owns_them_now,
    a_forgotten_member_stays_forgotten,
    what_was_committed_after_a_copy_is_there_when_the_rows_are_lost,
    what_outlives_somebody_is_in_every_store_restored_from_an_earlier_copy_and_they_are_not,
    after_an_error_a_store_takes_nothing_more,
    any_history_leaves_what_a_plain_map_would_hold,
];

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn row(table: Table, key: &[u8], owners: &[u8], value: &[u8]) -> Row {
    let owners = owners.iter().copied().map(member).collect();
    Row { table, key: key.to_vec(), owners, value: value.to_vec() }
}

fn put(rows: &[&Row]) -> Batch {
    rows.iter().map(|row| Write::Put((*row).clone())).collect()
}

fn delete(table: Table, key: &[u8]) -> Write {
    Write::Delete { table, key: key.to_vec() }
}

fn load(store: &impl Store, table: Table) -> Vec<Row> {
    store.load(table).expect("the table loads")
}

fn rows_come_back_in_the_order_of_their_keys_each_in_its_table<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let rows: Vec<Row> = Table::ALL
        .into_iter()
        .flat_map(|table| {
            [&b"b"[..], b"a", b"ab", &[0xff, 0], &[0]].map(|key| row(table, key, &[1], &[table as u8, key[0]]))
        })
        .collect();
    store.commit(&put(&rows.iter().collect::<Vec<_>>())).expect("commit");
    let store = kind.reopen(store);
    for table in Table::ALL {
        let loaded = load(&store, table);
        let keys: Vec<&[u8]> = loaded.iter().map(|row| row.key.as_slice()).collect();
        assert_eq!(keys, [&[0][..], b"a", b"ab", b"b", &[0xff, 0]]);
        assert!(loaded.iter().all(|row| rows.contains(row)));
    }
}

fn what_outlives_somebody_is_in_every_store_restored_from_an_earlier_copy_and_they_are_not<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let (theirs, others) = (row(Table::Members, b"1", &[1], b"one"), row(Table::Members, b"2", &[2], b"two"));
    let (old, new) = (row(Table::Marks, b"mark", &[], b"old"), row(Table::Marks, b"mark", &[], b"new"));
    store.commit(&put(&[&theirs, &others, &old])).expect("commit");
    let copy = kind.copy(&mut store);
    let (own, shared) = (row(Table::Timers, b"t", &[], b"kept"), row(Table::Introductions, b"i", &[2], b"another's"));
    store.outlive(&[new.clone(), own.clone(), shared.clone()]).expect("kept");
    assert_eq!((load(&store, Table::Marks), load(&store, Table::Timers)), (vec![old], vec![]), "it is no row here");
    store.forget(&[member(1)].into()).expect("forgotten");
    let store = kind.restore(store, copy);
    assert_eq!(load(&store, Table::Members), [others]);
    let kept = [Table::Marks, Table::Timers, Table::Introductions].map(|table| load(&store, table));
    assert_eq!(kept, [vec![new], vec![own], vec![shared]]);
    assert_eq!(store.forgotten(), Owners::from([member(1)]));
}

fn what_was_committed_after_a_copy_is_there_when_the_rows_are_lost<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let (old, theirs) = (row(Table::Members, b"2", &[2], b"old"), row(Table::Members, b"1", &[1], b"one"));
    let (new, other) = (row(Table::Members, b"2", &[2], b"new"), row(Table::Timers, b"t", &[], b"t"));
    store.commit(&put(&[&old, &theirs, &row(Table::Seen, b"gone", &[], b"")])).expect("commit");
    let copy = kind.copy(&mut store);
    store.commit(&put(&[&new, &other])).expect("commit");
    store.commit(&vec![delete(Table::Seen, b"gone")]).expect("commit");
    store.forget(&[member(1)].into()).expect("forget");
    let store = kind.go_on(store, copy);
    assert_eq!(
        [Table::Members, Table::Timers, Table::Seen].map(|table| load(&store, table)),
        [vec![new], vec![other], vec![]]
    );
    assert_eq!((load(&store, Table::Singles), store.forgotten()), (vec![], Owners::from([member(1)])));
}

fn a_later_change_replaces_an_earlier_one<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let (old, new) = (row(Table::Members, b"k", &[1], b"old"), row(Table::Members, b"k", &[2], b"new"));
    let back = row(Table::Members, b"back", &[], b"back");
    let mut batch = put(&[&old, &new, &back]);
    batch.insert(2, delete(Table::Members, b"back"));
    batch.insert(0, delete(Table::Members, b"k"));
    store.commit(&batch).expect("commit");
    let mut store = kind.reopen(store);
    assert_eq!(load(&store, Table::Members), [back.clone(), new]);
    store.commit(&vec![delete(Table::Members, b"k"), delete(Table::Members, b"never was")]).expect("commit");
    store.commit(&put(&[&old])).expect("commit");
    store.commit(&vec![Write::Put(old.clone()), delete(Table::Members, b"k")]).expect("commit");
    assert_eq!(load(&kind.reopen(store), Table::Members), [back]);
}

fn an_empty_batch_changes_nothing<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let one = row(Table::Singles, b"token", &[], b"s1");
    store.commit(&Batch::new()).expect("commit");
    store.commit(&put(&[&one])).expect("commit");
    store.commit(&Batch::new()).expect("commit");
    assert_eq!(load(&kind.reopen(store), Table::Singles), [one]);
}

fn keys_and_values_may_be_empty_or_have_any_bytes<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let every: Vec<u8> = (0..=255).collect();
    let rows = [
        row(Table::Waiting, b"", &[1], b""),
        row(Table::Waiting, &every, &[1, 2, 3, 4], &every),
        row(Table::Waiting, &[1; 300], &[], &vec![7; 65_536]),
    ];
    store.commit(&put(&rows.iter().collect::<Vec<_>>())).expect("commit");
    assert_eq!(load(&kind.reopen(store), Table::Waiting), rows);
}

fn a_forgotten_members_rows_are_gone_and_nobody_elses<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let theirs = row(Table::Members, b"1", &[1], b"one's");
    let shared = row(Table::Introductions, b"i", &[1, 2], b"of both");
    let other = row(Table::Members, b"2", &[2], b"two's");
    let nobodys = row(Table::Singles, b"token", &[], b"s1");
    store.commit(&put(&[&theirs, &shared, &other, &nobodys])).expect("commit");
    store.forget(&[member(1)].into()).expect("forget");
    store.forget(&[member(3)].into()).expect("forgetting somebody who has nothing");
    for _ in 0..2 {
        assert_eq!(load(&store, Table::Members), std::slice::from_ref(&other));
        assert_eq!(load(&store, Table::Introductions), []);
        assert_eq!(load(&store, Table::Singles), std::slice::from_ref(&nobodys));
        store = kind.reopen(store);
    }
    let again = row(Table::Introductions, b"i", &[2], b"of one");
    store.commit(&put(&[&again])).expect("commit");
    assert_eq!(load(&kind.reopen(store), Table::Introductions), [again]);
}

fn several_are_forgotten_at_once_each_with_all_their_rows<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let rows = [1, 2, 3, 4, 5].map(|number| row(Table::Members, &[number], &[number], b"own"));
    let shared = [1, 2, 3, 4].map(|number| row(Table::Introductions, &[number], &[number, number + 1], b"of both"));
    store.commit(&put(&rows.iter().chain(&shared).collect::<Vec<_>>())).expect("commit");
    store.forget(&Owners::new()).expect("forgetting nobody");
    // One of them has nothing, and one is forgotten already.
    store.forget(&[member(5)].into()).expect("forget");
    store.forget(&[1, 2, 5, 9].map(member).into()).expect("forget");
    for _ in 0..2 {
        assert_eq!(load(&store, Table::Members), rows[2..4]);
        assert_eq!(load(&store, Table::Introductions), shared[2..3]);
        assert_eq!(store.forgotten(), Owners::from([1, 2, 5, 9].map(member)));
        store = kind.reopen(store);
    }
}

fn rows_that_changed_hands_go_with_whoever_owns_them_now<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    let ones = row(Table::Introductions, b"i", &[1, 2], b"of both");
    let twos = row(Table::Introductions, b"i", &[2], b"of one");
    let gone = row(Table::Asked, b"g", &[1], b"taken away");
    let [one, two] = [1, 2].map(|number| row(Table::Members, &[number], &[number], b"own"));
    store.commit(&put(&[&one, &two, &ones, &gone])).expect("commit");
    let mut changed = put(&[&twos]);
    changed.push(delete(Table::Asked, b"g"));
    store.commit(&changed).expect("commit");
    store.commit(&put(&[&row(Table::Asked, b"g", &[2], b"another's")])).expect("commit");
    store.forget(&[member(1)].into()).expect("forget");
    assert_eq!((load(&store, Table::Introductions), load(&store, Table::Asked).len()), (vec![twos], 1));
    let mut store = kind.reopen(store);
    store.forget(&[member(2)].into()).expect("forget");
    let left = [Table::Introductions, Table::Asked, Table::Members].map(|table| load(&store, table).len());
    assert_eq!(left, [0, 0, 0]);
}

fn a_forgotten_member_stays_forgotten<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    store.forget(&[member(1)].into()).expect("forget");
    let mut store = kind.reopen(store);
    store.forget(&[member(1)].into()).expect("forgetting twice");
    let batch = put(&[&row(Table::Members, b"2", &[2], b"x"), &row(Table::Asked, b"i", &[1, 2], b"late")]);
    let refused = store.commit(&batch);
    assert!(matches!(refused, Err(StoreError::Forgotten { member: named }) if named == member(1)));
}

fn after_an_error_a_store_takes_nothing_more<K: Kind>() {
    let kind = K::new();
    let mut store = kind.open();
    store.forget(&[member(1)].into()).expect("forget");
    store.commit(&put(&[&row(Table::Asked, b"i", &[1], b"late")])).expect_err("the member was forgotten");
    let fine = put(&[&row(Table::Members, b"2", &[2], b"x")]);
    assert!(matches!(store.commit(&fine), Err(StoreError::Stopped)));
    assert!(matches!(store.forget(&[member(2)].into()), Err(StoreError::Stopped)));
    assert!(matches!(store.load(Table::Members), Err(StoreError::Stopped)));
}

#[derive(Debug, Clone)]
enum Step {
    Commit(Batch),
    Forget(BTreeSet<u8>),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let table = prop::sample::select(&Table::ALL[..]);
    let key = prop::collection::vec(0..3_u8, 0..3);
    let owners = prop::collection::btree_set(1..6_u8, 0..3);
    let value = prop::collection::vec(any::<u8>(), 0..64);
    let write =
        (table, key, prop::option::weighted(0.8, (owners, value))).prop_map(|(table, key, content)| match content {
            Some((owners, value)) => Write::Put(row(table, &key, &Vec::from_iter(owners), &value)),
            None => Write::Delete { table, key },
        });
    let step = prop_oneof![
        12 => prop::collection::vec(write, 0..8).prop_map(Step::Commit),
        1 => prop::collection::btree_set(1..6_u8, 1..4).prop_map(Step::Forget),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 0..30)
}

fn any_history_leaves_what_a_plain_map_would_hold<K: Kind>() {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in steps())| {
        let kind = K::new();
        let mut store = kind.open();
        let mut expected = BTreeMap::new();
        let mut forgotten = BTreeSet::new();
        for step in steps {
            match step {
                Step::Commit(batch) => {
                    let batch = without(&forgotten, batch);
                    store.commit(&batch).expect("commit");
                    apply(&mut expected, batch);
                }
                Step::Forget(numbers) => {
                    let members: Owners = numbers.into_iter().map(member).collect();
                    store.forget(&members).expect("forget");
                    expected.retain(|_, row: &mut Row| row.owners.is_disjoint(&members));
                    forgotten.extend(members);
                }
                Step::Reopen => store = kind.reopen(store),
            }
        }
        let found: Vec<Row> = Table::ALL.into_iter().flat_map(|table| load(&store, table)).collect();
        prop_assert_eq!(found, expected.into_values().collect::<Vec<_>>());
    });
}

fn without(forgotten: &Owners, batch: Batch) -> Batch {
    let late = |write: &Write| matches!(write, Write::Put(row) if !row.owners.is_disjoint(forgotten));
    batch.into_iter().filter(|write| !late(write)).collect()
}

fn apply(rows: &mut BTreeMap<(Table, Vec<u8>), Row>, batch: Batch) {
    for write in batch {
        match write {
            Write::Put(row) => drop(rows.insert((row.table, row.key.clone()), row)),
            Write::Delete { table, key } => drop(rows.remove(&(table, key))),
        }
    }
}
