//! The way to a private conversation, on a homeserver as small as can be: once from end to end, and once for every moment
//! at which the service can die.

mod positions;
mod world;

use std::collections::BTreeSet;

use lodge_counsel_channel::Fault;
use lodge_counsel_core::case::Stage;
use lodge_ground::store::{Store as _, Table};
use lodge_ground::time::Span;
use lodge_matrix::homeserver::{EventRef, Membership, RoomRef};
use lodge_matrix::news::InThread;
use serde_json::{Value, json};
use world::{Room, Service, address};

/// Somebody comes into the one room that they are invited to and not in yet.
fn comes_in(service: &mut Service, who: &str) -> RoomRef {
    let invited = service.world.rooms_of(&address(who), Membership::Invited);
    let [room] = invited.as_slice() else { panic!("{who} is invited to {invited:?}") };
    service.world.join(&address(who), room);
    service.settle();
    room.clone()
}

fn says(service: &mut Service, who: &str, room: &RoomRef, text: &str) {
    service.world.say(&address(who), room, text);
    service.settle();
}

/// The wording ids of the service's messages in a room.
fn heard(service: &Service, room: &RoomRef) -> Vec<String> {
    let own = address("quiet");
    service.world.room(room).said.into_iter().filter(|(who, ..)| *who == own).map(|(_, id, _)| id).collect()
}

/// From the first word to the conversation, and the rooms in which Sam and Kim talk with the service, and with each other.
fn until_open(service: &mut Service) -> [RoomRef; 3] {
    service.settle();
    let kim = comes_in(service, "kim");
    service.world.knock(&address("sam"));
    service.settle();
    let sam = comes_in(service, "sam");
    for text in ["yes", "anybody", "I would like to leave my course", "no"] {
        says(service, "sam", &sam, text);
    }
    says(service, "kim", &kim, "claim");
    let room = comes_in(service, "sam");
    assert!(service.world.rooms_of(&address("kim"), Membership::Invited).contains(&room), "the client is in first");
    assert!(!service.world.room(&room).speech, "nobody speaks before both are in");
    assert_eq!(comes_in(service, "kim"), room);
    [sam, kim, room]
}

/// Fails unless two people and nobody else are in a room, they can speak, and the service is gone.
fn is_theirs(room: &Room) {
    let joined: BTreeSet<_> = room.members.iter().filter(|(_, m)| **m != Membership::Left).map(|(a, _)| a).collect();
    assert_eq!(joined, BTreeSet::from([&address("sam"), &address("kim")]));
    assert!(room.speech);
}

/// A service with which Sam has talked in these words, one after the other, having read each answer.
fn after(words: &[&str]) -> (Service, RoomRef, RoomRef) {
    let mut service = Service::new(None);
    service.settle();
    let kim = comes_in(&mut service, "kim");
    service.world.knock(&address("sam"));
    service.settle();
    let sam = comes_in(&mut service, "sam");
    for text in words {
        says(&mut service, "sam", &sam, text);
    }
    (service, sam, kim)
}

#[test]
fn a_client_and_a_counsellor_come_to_a_room_of_their_own_and_the_service_is_gone() {
    let mut service = Service::new(None);
    let [_, _, room] = until_open(&mut service);
    let at = service.world.room(&room);
    is_theirs(&at);
    assert_eq!(heard(&service, &room), ["first-here", "opening-note"]);
    let create = &at.state[&("m.room.create".to_owned(), String::new())];
    assert_eq!(create["m.federate"], json!(false));
    assert_eq!(create["additional_creators"], json!(["@kim:example.org"]));
    let is = |kind: &str, key: &str| at.state[&(kind.to_owned(), String::new())][key].clone();
    assert_eq!(is("m.room.history_visibility", "history_visibility"), "joined");
    assert_eq!(is("m.room.guest_access", "guest_access"), "forbidden");
    assert_eq!(is("m.room.join_rules", "join_rule"), "invite");
    assert_eq!(is("m.room.encryption", "algorithm"), "m.megolm.v1.aes-sha2");
    assert_eq!(is("m.room.power_levels", "invite"), 100);
    assert_eq!(is("m.room.name", "name"), "", "the room is named after the other now");
    assert!(is("m.room.topic", "topic").is_string());
    for kind in ["m.room.canonical_alias", "m.space.parent"] {
        assert!(!at.state.contains_key(&(kind.to_owned(), String::new())), "{kind}");
    }
    assert_eq!(service.faults, []);
}

#[test]
fn a_room_that_shows_before_the_call_that_made_it_is_answered_is_the_room() {
    let mut service = Service::new(None);
    service.shows_first = true;
    let [_, _, room] = until_open(&mut service);
    is_theirs(&service.world.room(&room));
    assert_eq!(service.faults, []);
}

#[test]
fn i05_wherever_the_service_dies_there_is_one_room_with_both_in_it() {
    let mut whole = Service::new(None);
    until_open(&mut whole);
    for beat in 1..=whole.beats {
        let mut service = Service::new(Some(beat));
        let [sam, kim, room] = until_open(&mut service);
        is_theirs(&service.world.room(&room));
        for (id, other) in service.world.rooms() {
            let with_people = other.members.iter().any(|(who, m)| *who != address("quiet") && *m != Membership::Left);
            assert!(!with_people || other.created.is_none() || [&sam, &kim, &room].contains(&&id) || is_lees(&other));
            let theirs = [&sam, &kim].contains(&&id) || is_lees(&other);
            let there = other.members.get(&address("quiet")) == Some(&Membership::Joined);
            assert_eq!(there, theirs, "beat {beat}: the service in {id:?}");
            if other.created.is_none() {
                assert_eq!(heard(&service, &id), ["elsewhere"], "beat {beat}: in the room that Sam made");
            }
        }
        for (whose, conversation) in [("sam", &sam), ("kim", &kim)] {
            let said = heard(&service, conversation);
            let different: BTreeSet<&String> = said.iter().collect();
            assert_eq!(different.len(), said.len(), "beat {beat}: {whose} heard something twice: {said:?}");
        }
    }
}

#[test]
fn the_first_to_write_hears_where_to_go_on_once_for_each_stranger_and_again_for_each_client() {
    let mut service = Service::new(None);
    service.settle();
    let greetings = |service: &mut Service| {
        service.world.knock(&address("sam"));
        service.settle();
        let made: Vec<_> = service.world.rooms().into_iter().filter(|(_, room)| room.created.is_none()).collect();
        for (id, room) in &made {
            assert_eq!(room.members[&address("quiet")], Membership::Left, "the service stays in {id:?}");
        }
        made.iter().flat_map(|(id, _)| heard(service, id)).collect::<Vec<_>>()
    };
    assert_eq!(greetings(&mut service), ["elsewhere"]);
    assert_eq!(greetings(&mut service), ["elsewhere"], "a stranger is told once");
    let sam = comes_in(&mut service, "sam");
    says(&mut service, "sam", &sam, "yes");
    assert_eq!(greetings(&mut service), ["elsewhere", "elsewhere"]);
    assert_eq!(service.faults, []);
}

/// Whether this is the room in which the service would talk with the other counsellor, who never comes.
fn is_lees(room: &Room) -> bool {
    room.members.get(&address("lee")) == Some(&Membership::Invited)
}

#[test]
fn nobody_is_invited_to_a_room_that_is_not_as_it_should_be() {
    for (kind, content) in [
        ("m.room.history_visibility", json!({ "history_visibility": "shared" })),
        ("m.room.name", json!({ "name": "Counselling" })),
        ("m.room.join_rules", json!({ "join_rule": "public" })),
        ("m.space.parent", json!({ "via": ["example.org"] })),
    ] {
        let (mut service, _, kim) = after(&["yes", "anybody", "skip"]);
        service.world.spoil(kind, content);
        says(&mut service, "kim", &kim, "claim");
        assert_eq!(service.world.rooms_of(&address("sam"), Membership::Invited), [], "{kind}");
        let [Fault::Unfit { differences, .. }] = service.faults.as_slice() else { panic!("{:?}", service.faults) };
        assert_eq!(differences, &[kind.to_owned()]);
        assert_eq!(service.engine().state().cases().count(), 0, "both were told, and it is over");
    }
}

#[test]
fn c09_what_is_closed_is_erased_in_time_and_the_client_with_it() {
    let mut service = Service::new(None);
    let [sam, kim, room] = until_open(&mut service);
    says(&mut service, "sam", &sam, "close");
    for (who, conversation) in [("sam", &sam), ("kim", &kim)] {
        service.world.leave(&address(who), &room);
        says(&mut service, who, conversation, "left");
    }
    let stages: Vec<_> = service.engine().state().cases().map(|case| case.stage.clone()).collect();
    assert!(matches!(stages.as_slice(), [Stage::Closed { .. }]), "{stages:?}");
    assert!(service.rows().contains("@sam:example.org"));
    service.wait(Span::from_days(91));
    assert_eq!(service.engine().state().cases().count(), 0);
    assert!(!service.rows().contains("@sam:example.org"), "{}", service.rows());
    assert_eq!(service.world.room(&sam).members[&address("quiet")], Membership::Left);
}

#[test]
fn who_left_the_service_without_a_word_is_forgotten_all_the_same() {
    let mut service = Service::new(None);
    let [sam, kim, room] = until_open(&mut service);
    service.world.leave(&address("sam"), &sam);
    says(&mut service, "kim", &kim, "close");
    service.world.leave(&address("kim"), &room);
    says(&mut service, "kim", &kim, "left");
    service.wait(Span::from_days(8));
    let sams = service.engine().state().person_at(&address("sam")).unwrap();
    let waiting = |service: &Service| service.engine().outbox().jobs().filter(|job| job.owners.contains(&sams)).count();
    assert!(waiting(&service) > 0, "words wait for Sam, who is not there");
    assert!(heard(&service, &kim).iter().any(|id| id == "counsellor-still-there"), "{:?}", heard(&service, &kim));
    service.wait(Span::from_days(98));
    assert!(!service.rows().contains("@sam:example.org"), "{}", service.rows());
    assert_eq!(waiting(&service), 0);
}

#[test]
fn whoever_asks_to_be_forgotten_is_at_once_wherever_the_service_dies() {
    let story = |dies_after: Option<u32>| {
        let mut service = Service::new(dies_after);
        let [sam, kim, _] = until_open(&mut service);
        says(&mut service, "sam", &sam, "forget me now");
        service.settle();
        assert!(!service.rows().contains("@sam:example.org"), "{dies_after:?}: {}", service.rows());
        assert_eq!(service.world.room(&sam).members[&address("quiet")], Membership::Left, "{dies_after:?}");
        let kims = heard(&service, &kim);
        assert_eq!(kims.last().map(String::as_str), Some("counsellor-over"), "{dies_after:?}: {kims:?}");
        service.beats
    };
    let beats = story(None);
    for beat in 1..=beats {
        story(Some(beat));
    }
}

#[test]
fn a_word_that_is_put_into_its_room_again_does_nothing_wherever_the_service_dies() {
    let story = |dies_after: Option<u32>| {
        let mut service = Service::new(dies_after);
        let [sam, kim, _] = until_open(&mut service);
        says(&mut service, "sam", &sam, "close");
        let before = [heard(&service, &sam), heard(&service, &kim)];
        service.faults.clear();
        // Asking for a counsellor, releasing a line, closing; and a counsellor's taking it.
        for words in ["anybody", "I would like to leave my course", "no", "close"] {
            service.world.copy(words, &sam);
        }
        service.world.copy("claim", &kim);
        service.settle();
        assert_eq!([heard(&service, &sam), heard(&service, &kim)], before, "{dies_after:?}");
        assert_eq!(service.engine().state().cases().count(), 1, "{dies_after:?}");
        if dies_after.is_none() {
            assert_eq!(service.faults, [Fault::Copied { times: 5 }]);
        }
        service.beats
    };
    for beat in 1..=story(None) {
        story(Some(beat));
    }
}

#[test]
fn what_was_heard_of_somebody_goes_with_them() {
    let mut service = Service::new(None);
    let [sam, ..] = until_open(&mut service);
    let sams = service.engine().state().person_at(&address("sam")).unwrap();
    let ciphers = |service: &Service| {
        let rows = service.store.load(Table::Ciphers).unwrap();
        rows.iter().filter(|row| row.owners.contains(&sams)).count()
    };
    assert!(ciphers(&service) > 0);
    says(&mut service, "sam", &sam, "forget me now");
    assert_eq!(ciphers(&service), 0);
}

#[test]
fn i09_nothing_is_said_beside_somebody_whose_id_cannot_be_read_and_another_conversation_is_opened() {
    let mut service = Service::new(None);
    service.settle();
    service.world.knock(&address("sam"));
    service.settle();
    let room = comes_in(&mut service, "sam");
    let before = heard(&service, &room);
    service.world.intrude("@\u{430}lex:example.org", &room);
    says(&mut service, "sam", &room, "help");
    assert_eq!(heard(&service, &room), before);
    let [Fault::Overheard { .. }] = service.faults.as_slice() else { panic!("{:?}", service.faults) };
    let another = comes_in(&mut service, "sam");
    assert_ne!(another, room);
    assert!(!heard(&service, &another).is_empty());
}

#[test]
fn who_writes_in_a_thread_is_answered_there_and_nobody_else_is() {
    let (mut service, sam, kim) = after(&["yes", "anybody", "I would like to leave my course"]);
    let [to_sam, to_kim] = [&sam, &kim].map(|room| service.world.room(room).relations.len());
    let root = EventRef("$root".to_owned());
    let thread = |last: EventRef| Some(InThread { root: root.clone(), last: Some(last) });
    // The thread hangs on a message that asked nothing, so they are asked there; and that question is the one they
    // answer there.
    service.world.say_in(&address("sam"), &sam, "no", thread(root.clone()));
    service.settle();
    assert_eq!(service.engine().state().cases().count(), 0);
    let question = service.world.newest(&sam);
    service.world.say_in(&address("sam"), &sam, "no", thread(question));
    service.settle();
    assert_eq!(service.engine().state().cases().count(), 1);
    let [sams, kims] = [&sam, &kim].map(|room| service.world.room(room).relations);
    let threaded = |relation: &&Value| relation["rel_type"] == "m.thread" && relation["event_id"] == "$root";
    assert!(sams.len() > to_sam && sams[to_sam..].iter().all(|relation| threaded(&relation)), "{sams:?}");
    assert!(kims.len() > to_kim && kims.iter().all(Value::is_null), "{kims:?}");
}
