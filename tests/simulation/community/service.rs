//! The careers service of these lives: its people and its rooms.

use std::collections::BTreeSet;

use lodge_channel::Options;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Details, Person, Role};
use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, RoomSettings};

use crate::life::Script;
use crate::people::plan::Answering;

/// The short names of the rooms, and one that comes only when somebody suggests it.
pub const KEYS: [&str; 8] = ["lobby", "news", "openings", "students", "alumni", "staff", "folder", "chess"];

/// Everybody who comes in from outside, or works here.
const EVERYBODY: [Role; 4] = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];

/// The service's settings in these lives.
pub fn options() -> Options {
    let mut options = crate::service::options(&Script::plain(0, Answering::No));
    options.settings.rooms = rooms();
    options
}

/// The account that is kept sealed.
pub fn standby() -> Address {
    Address::exact("@standby:example.org").expect("an address")
}

/// The person of this number.
pub fn person(number: usize) -> Person {
    let role = match number % 5 {
        0 | 3 => Role::Student,
        1 => Role::Alumnus,
        2 => Role::Staff,
        _ => Role::Employer,
    };
    Person {
        address: Address::exact(&format!("@p{number}:example.org")).expect("an address"),
        name: DisplayName::parse(&format!("Person {number}")).expect("a name"),
        role,
        details: Details::default(),
    }
}

/// The rooms that the service declares.
pub fn rooms() -> RoomSettings {
    let all = &EVERYBODY;
    let mut declared = vec![
        room("lobby", Purpose::Lobby, all, all),
        room("news", Purpose::Announcements, all, &[Role::Staff]),
        room("openings", Purpose::Opportunities, all, &[Role::Staff]),
        room("students", Purpose::Interest, &[Role::Student, Role::Staff], &[Role::Student, Role::Staff]),
        room("alumni", Purpose::Interest, &[Role::Alumnus], &[Role::Alumnus]),
        room("staff", Purpose::Staff, &[Role::Staff], &[Role::Staff]),
        room("folder", Purpose::Space, &[Role::Student], &[]),
    ];
    declared[3].space = Some(Key::parse("folder").expect("a short name"));
    RoomSettings { declared, standby: Some(standby()), ..RoomSettings::default() }
}

/// The rooms without the one of this number, and with what that brings along.
pub fn rooms_without(number: usize) -> RoomSettings {
    let mut rooms = rooms();
    if number < rooms.declared.len() {
        rooms.declared.remove(number);
    } else {
        "Another topic.".clone_into(&mut rooms.declared[0].topic);
    }
    for room in &mut rooms.declared {
        room.space = room.space.take().filter(|_| KEYS.get(number) != Some(&"folder"));
    }
    rooms
}

/// The declaration of one room.
pub fn room(key: &str, purpose: Purpose, joins: &[Role], posts: &[Role]) -> Declared {
    let staff = purpose == Purpose::Staff;
    Declared {
        key: Key::parse(key).expect("a short name"),
        name: format!("The {key}"),
        topic: "What it is about.".to_owned(),
        purpose,
        joins: joins.iter().copied().collect(),
        cohorts: BTreeSet::new(),
        posts: posts.iter().copied().collect(),
        encryption: if staff { Encryption::EndToEnd } else { Encryption::None },
        history: if staff { History::FromJoining } else { History::Shared },
        bridged: false,
        federated: false,
        space: None,
    }
}
