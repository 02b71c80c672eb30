//! Each kind of row in its table, under its key, with its owners: as they stand on disk.

use lodge_counsel_core::id::PersonId;
use lodge_ground::store::{Owners, Table};

use crate::talk::Talk;

#[test]
fn each_kind_has_its_table_its_key_and_its_owners() {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    let (sam, kim) = (talk.id("sam"), talk.id("kim"));
    let owners = |table: Table, key: &[u8]| {
        talk.kept.rows().find(|row| row.table == table && row.key == key).map(|row| row.owners.clone())
    };
    let of = |owners: &[PersonId]| Some(owners.iter().copied().collect::<Owners>());
    assert_eq!(owners(Table::Clients, &sam.to_bytes()), of(&[sam]));
    assert_eq!(owners(Table::Counsellors, &kim.to_bytes()), of(&[kim]));
    assert_eq!(owners(Table::Counsel, &talk.case("sam").id.to_bytes()), of(&[sam]));
    let timer = talk.state.timers().next().expect("something is waited for");
    assert_eq!(owners(Table::Timers, &timer.id.to_bytes()), of(&[]));
    assert_eq!(owners(Table::Singles, b"tally"), of(&[]));
}
