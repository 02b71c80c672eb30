//! The porter's session beside a homeserver in memory: its costs, and the words of a homeserver that it must not take
//! for granted, with more rooms than there could be in a test with Synapse.

#![cfg(test)]

mod house;

use std::fs;
use std::time::Duration;

use lodge_channel::homeserver::Homeserver as _;
use lodge_channel::room::{Direct, RoomSpec};
use lodge_fake::{FILE_BYTES_MAX, SERVER};
use lodge_ground::name::Address;
use lodge_ground::wording::File;
use lodge_matrix::homeserver::{CallError, Refusal, RoomRef};
use lodge_matrix::room::Encryption;

use house::{House, MEMBER, PORTER, effect, notice};

/// The number of times that each thing is done.
const TIMES: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn letting_go_of_a_room_costs_the_same_with_ten_times_as_many_others() {
    let few = costs(30).await;
    let many = costs(300).await;
    for (what, few, many) in [("an invitation", few.0, many.0), ("an introduction", few.1, many.1)] {
        let (more, less) = (many.calls.max(few.calls), many.calls.min(few.calls));
        assert!(more - less < TIMES, "{what}: {} calls with few rooms, {} with many", few.calls, many.calls);
        assert!(
            many.written < few.written * 2,
            "{what}: {} bytes with few rooms, {} with many",
            few.written,
            many.written
        );
    }
}

/// The cost of invitations that are turned down, and on rooms that are opened for two and left, among so many
/// others.
async fn costs(others: usize) -> (house::Spent, house::Spent) {
    let mut house = House::new().await;
    house.fake.furnish(others, PORTER, MEMBER, true);
    house.open().await;
    house.hear_all().await;
    // The first times, and the news of the account's own keys, are not counted.
    for number in [0, TIMES + 1] {
        turn_down(&mut house, number).await;
        introduce(&mut house, number).await;
    }
    let before = house.spent();
    for number in 1..=TIMES {
        turn_down(&mut house, number).await;
    }
    let between = house.spent();
    for number in 1..=TIMES {
        introduce(&mut house, number).await;
    }
    (between.since(&before), house.spent().since(&between))
}

async fn turn_down(house: &mut House, number: usize) {
    let room = RoomRef(house.fake.invites(&format!("@stranger{number}:{SERVER}"), PORTER));
    house.hear_all().await;
    house.session().leave(&room).await.unwrap();
    house.lets_go().await;
}

async fn introduce(house: &mut House, number: usize) {
    let own = |part: &str| effect(&format!("{part} {number}"));
    let room = house.session().create_room(&RoomSpec::conversation(Encryption::EndToEnd), own("room")).await.unwrap();
    house.session().invite(&room, &Address::exact(MEMBER).unwrap(), Direct::No).await.unwrap();
    house.hear_all().await;
    house.session().send(&room, own("note"), notice(own("note"))).await.unwrap();
    house.session().leave(&room).await.unwrap();
    house.lets_go().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_a_conversation_is_encrypted_whatever_the_homeserver_says_and_for_who_is_there_now() {
    let mut house = House::new().await;
    house.fake.furnish(1, PORTER, MEMBER, true);
    house.open().await;
    house.hear_all().await;
    let room = house.rooms().remove(0);
    house.session().send(&room, effect("before"), notice(effect("before"))).await.unwrap();
    let asked = house.calls("GET rooms members");

    house.close();
    let newcomer = format!("@newcomer:{SERVER}");
    house.fake.comes_into(&newcomer, &room.0);
    house.fake.denies_encryption(&room.0);
    house.open().await;
    house.session().send(&room, effect("after"), notice(effect("after"))).await.unwrap();
    assert_eq!(house.fake.sent(PORTER, &room.0), ["m.room.encrypted", "m.room.encrypted"]);
    // Nothing was heard yet, so this is the only way to know of the newcomer, who is to read it.
    assert_eq!(house.calls("GET rooms members"), asked + 1);
    assert!(house.fake.was_asked_for_devices_of(&newcomer));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_room_that_is_not_known_any_more_the_homeserver_is_asked_and_nothing_is_said_in_the_clear() {
    for denies in [false, true] {
        let mut house = House::new().await;
        // It was there before the device.
        house.fake.furnish(1, PORTER, MEMBER, true);
        let room = house.rooms().remove(0);
        if denies {
            house.fake.denies_encryption(&room.0);
        }
        house.open().await;
        let sent = house.session().send(&room, effect("blind"), notice(effect("blind"))).await;
        let expected: &[&str] = if denies { &[] } else { &["m.room.encrypted"] };
        assert_eq!(house.fake.sent(PORTER, &room.0), expected, "{sent:?}");
        assert_eq!(sent.is_ok(), !denies, "{sent:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_homeserver_gets_a_file_sealed_each_time_with_a_key_that_it_is_not_told() {
    let mut house = House::new().await;
    house.open().await;
    let bytes = b"BEGIN:VCALENDAR with Sam, who wants to keep it".to_vec();
    let file = File { name: "meeting.ics", media_type: "text/calendar", bytes: bytes.clone() };
    let mut sealed = Vec::new();
    for _ in 0..2 {
        let stored = house.session().upload(&file).await.unwrap();
        assert!(stored["file"]["key"].is_object() && stored.get("url").is_none(), "{stored}");
        sealed.push((house.fake.last_file().unwrap(), stored["file"]["url"].clone()));
    }
    let [(first, first_at), (second, second_at)] = &sealed[..] else { unreachable!("two") };
    assert_eq!((first.len(), second.len()), (bytes.len(), bytes.len()));
    assert!(first != &bytes && second != &bytes && first != second && first_at != second_at);

    // The SDK does not even try. Nothing will ever come of it, so it is not tried again and again.
    let large = File { bytes: vec![b'x'; FILE_BYTES_MAX + 1], ..file };
    let code = "M_TOO_LARGE".to_owned();
    assert_eq!(house.session().upload(&large).await, Err(CallError::Refused { why: Refusal::Other { code } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_databases_of_an_earlier_version_are_taken_over_and_then_removed() {
    let mut house = House::new().await;
    house.fake.furnish(3, PORTER, MEMBER, true);
    house.open().await;
    let device = house.session().device();
    house.close();
    house.hears_as_earlier_versions_did().await;
    let (sdk, older) = (house.directory().join("sdk"), ["state", "event-cache", "media"]);
    let there = |name: &str| sdk.join(format!("matrix-sdk-{name}.sqlite3")).exists();
    assert!(older.iter().all(|name| there(name)) && there("crypto"));
    let [first, second, third] = house.rooms().try_into().unwrap();
    // Since then the porter has left one of the rooms, by another way.
    house.fake.leaves(PORTER, &third.0);

    house.open().await;
    assert_eq!(house.session().device(), device);
    assert!(!older.iter().any(|name| there(name)) && there("crypto"), "{:?}", fs::read_dir(&sdk).unwrap());
    for room in [&first, &second] {
        house.fake.denies_encryption(&room.0);
        let id = effect(&room.0);
        house.session().send(room, id, notice(id)).await.unwrap();
        assert_eq!(house.fake.sent(PORTER, &room.0), ["m.room.encrypted"]);
    }
    assert!(house.session().send(&third, effect("gone"), notice(effect("gone"))).await.is_err());
    house.hear_all().await;
    house
        .fake
        .until("the third room to be let go of", |fake| fake.count(PORTER, "POST rooms forget") == 1)
        .await
        .unwrap();
}

/// The time for which the homeserver holds a response while nothing is new.
const A_MOMENT: Duration = Duration::ZERO;
