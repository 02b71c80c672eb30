//! Any history, with a lost disk at any moment of it.

use std::fs;

use lodge_ground::store::{Batch, Row, Store, Table, Write};
use lodge_plumbing::store::{Options, SledStore};
use proptest::prelude::*;

use super::house::{House, all, master, member};

#[derive(Debug, Clone)]
enum Step {
    Commit(Batch),
    Forget(u8),
    Export,
    Reopen,
    LoseDisk,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let table = prop::sample::select(&[Table::Members, Table::Outbox, Table::Audit, Table::Singles][..]);
    let key = prop::collection::vec(0..3_u8, 1..3);
    let content = prop::option::weighted(
        0.8,
        (prop::collection::btree_set(1..6_u8, 0..3), prop::collection::vec(any::<u8>(), 0..64)),
    );
    let write = (table, key, content).prop_map(|(table, key, content)| match content {
        None => Write::Delete { table, key },
        Some((owners, value)) => {
            Write::Put(Row { table, key, owners: owners.into_iter().map(member).collect(), value })
        }
    });
    let step = prop_oneof![
        12 => prop::collection::vec(write, 1..6).prop_map(Step::Commit),
        1 => (1..6_u8).prop_map(Step::Forget),
        2 => Just(Step::Export),
        1 => Just(Step::Reopen),
        1 => Just(Step::LoseDisk),
    ];
    prop::collection::vec(step, 1..25)
}

/// Row for row when the log is whole; and a state that the store had, when it is cut.
#[test]
fn any_history_comes_back_after_a_lost_disk_and_a_cut_log_is_an_earlier_moment_of_it() {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in steps(), cut in any::<prop::sample::Index>())| {
        let house = House::new();
        let mut store = house.open();
        house.export(&mut store, "0");
        let (mut exports, mut states) = (0, vec![all(&store)]);
        for step in steps {
            match step {
                Step::Commit(mut batch) => {
                    let forgotten = store.forgotten();
                    batch.retain(|write| {
                        !matches!(write, Write::Put(row) if !row.owners.is_disjoint(&forgotten))
                    });
                    store.commit(&batch).expect("commit");
                }
                Step::Forget(number) => store.forget(&[member(number)].into()).expect("forget"),
                Step::Export => {
                    exports += 1;
                    house.export(&mut store, &exports.to_string());
                    states.clear();
                }
                Step::Reopen => {
                    drop(store);
                    store = house.open();
                }
                Step::LoseDisk => {
                    drop(store);
                    store = house.restored(&exports.to_string()).0;
                }
            }
            states.push(all(&store));
        }
        let (forgotten, lost) = (store.forgotten(), all(&store));
        drop(store);
        let (store, _) = house.restored(&exports.to_string());
        prop_assert_eq!(all(&store), lost);
        prop_assert_eq!(store.forgotten(), forgotten.clone());
        drop(store);
        let whole = fs::read(house.newest()).expect("a segment");
        fs::write(house.newest(), &whole[..109 + cut.index(whole.len() - 108)]).expect("a cut");
        house.restore(&exports.to_string(), "earlier").expect("a restore");
        let earlier = SledStore::open(&house.at("earlier"), &master(), Options::default()).expect("the store opens");
        let without = |rows: &Vec<Row>| -> Vec<Row> {
            rows.iter().filter(|row| row.owners.is_disjoint(&forgotten)).cloned().collect()
        };
        prop_assert!(states.iter().any(|state| without(state) == all(&earlier)));
    });
}
