//! Rooms for many: finding them, coming in, losing them; suggestions and opportunities.

use std::collections::BTreeSet;

use lodge_core::input::InRoom;
use lodge_core::people::member::{Field, Role};
use lodge_core::rooms::{Aspect, Declared, Encryption, History, Key, Purpose};

use crate::play::{Play, Story};

fn room(key: &str, name: &str, topic: &str, purpose: Purpose, joins: &[Role]) -> Declared {
    let joins: BTreeSet<Role> = joins.iter().copied().collect();
    let posts = match purpose {
        Purpose::Announcements | Purpose::Opportunities => BTreeSet::from([Role::Staff]),
        Purpose::Lobby | Purpose::Cohort | Purpose::Interest | Purpose::Staff | Purpose::Space => joins.clone(),
    };
    Declared {
        key: Key::parse(key).unwrap(),
        name: name.to_owned(),
        topic: topic.to_owned(),
        purpose,
        joins,
        cohorts: BTreeSet::new(),
        posts,
        encryption: Encryption::None,
        history: History::Shared,
        bridged: false,
        federated: false,
        space: None,
    }
}

/// A service with a few rooms, an employer, an adviser and an administrator.
fn open(play: &mut Play) {
    let all = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];
    play.settings.rooms.declared = vec![
        room("lobby", "The lobby", "A place to say hello.", Purpose::Lobby, &all),
        room("openings", "Openings", "Placements and jobs.", Purpose::Opportunities, &all),
        room("students", "Students", "Among ourselves.", Purpose::Interest, &[Role::Student]),
    ];
    play.joined_by("Casey", Role::Staff, &[]);
    play.joined_by("Dana", Role::Administrator, &[]);
    play.joined_by("Erin", Role::Employer, &[(Field::Organisation, "City Museum")]);
    play.offstage(|play| {
        play.says("Casey", "approve organisation City Museum");
        for who in ["Casey", "Dana", "Erin"] {
            play.says(who, "agree");
        }
    });
    play.rooms_are_declared();
}

#[test]
fn rooms() {
    let mut story = Story::default();

    let play = story.scene("Looking for a room and coming in");
    open(play);
    play.says("Sam", "rooms");
    play.says("Sam", "join students");
    play.in_room("students", |who| InRoom::Invited(who("Sam")));
    play.says("Sam", "join students");
    play.in_room("students", |who| InRoom::Came(who("Sam")));
    play.says("Sam", "join students");
    play.says("Sam", "rooms");
    play.says("Sam", "leave students");
    play.says("Alex", "join students");
    play.says("Alex", "join chess");

    let play = story.scene("A role that changes");
    open(play);
    play.offstage(|play| {
        play.says("Sam", "join students");
        play.in_room("students", |who| InRoom::Came(who("Sam")));
    });
    play.becomes("Sam", Role::Alumnus);

    let play = story.scene("Somebody who was not invited, and somebody who changes a room");
    open(play);
    play.in_room("students", |who| InRoom::Came(who("Alex")));
    play.is_found_changed("lobby", &[Aspect::Powers, Aspect::Name]);
    story.is_as_reviewed("community_rooms");
}

#[test]
fn proposals() {
    let mut story = Story::default();

    let play = story.scene("A room that somebody would like");
    open(play);
    play.says("Sam", "suggest room");
    play.says("Sam", "suggest room Museums: working in museums and archives");
    play.says("Casey", "approve 1");
    play.says("Casey", "decline 1");
    play.says("Sam", "join museums");

    let play = story.scene("A room that staff would rather not have");
    open(play);
    play.says("Sam", "suggest room Lobby: another lobby");
    play.says("Casey", "approve");
    play.says("Casey", "decline");

    let play = story.scene("A room that is quiet");
    open(play);
    play.offstage(|play| {
        play.says("Sam", "suggest room Museums: working in museums and archives");
        play.says("Casey", "approve 1");
    });
    play.passes("185d");
    play.passes("15d");
    play.says("Sam", "join museums");

    let play = story.scene("An opportunity");
    open(play);
    play.says("Sam", "opportunity: a friend is looking for somebody");
    play.says("Erin", "opportunity");
    play.says("Erin", "opportunity: A summer in our archive.\nWrite to us by March.");
    play.says("Erin", "send");
    play.says("Erin", "opportunity: Another.");
    play.says("Erin", "send");
    play.says("Casey", "approve");
    play.says("Erin", "cancel");

    let play = story.scene("An opportunity that staff decline");
    open(play);
    play.offstage(|play| {
        play.says("Erin", "opportunity: Unpaid work for a year.");
        play.says("Erin", "send");
    });
    play.says("Casey", "decline 1");
    story.is_as_reviewed("community_proposals");
}
