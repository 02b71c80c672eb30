//! Rooms for many: who is let in, who is taken out, and what becomes of the rooms themselves.

use std::collections::BTreeSet;

use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::RoomId;
use lodge_core::input::{InRoom, Input, Performed, Proof, Reply, Tended};
use lodge_core::introduction::Venue;
use lodge_core::people::member::Role;
use lodge_core::people::roster::Roster;
use lodge_core::rooms::{
    Aspect, Bridge, Declared, Encryption, History, Key, Place, Purpose, RoomSettings, Stage, Users, powers,
};
use lodge_core::say::{RoomDesk, RoomStanding, Rooms, Say};
use lodge_core::time::Span;

use crate::talk::{START, Talk, address, people, person};

pub const EVERYBODY: [Role; 4] = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];

pub fn room(key: &str, purpose: Purpose, joins: &[Role], posts: &[Role]) -> Declared {
    let staff_room = purpose == Purpose::Staff;
    Declared {
        key: Key::parse(key).unwrap(),
        name: format!("The {key}"),
        topic: "What it is about.".to_owned(),
        purpose,
        joins: joins.iter().copied().collect(),
        cohorts: BTreeSet::new(),
        posts: posts.iter().copied().collect(),
        encryption: if staff_room { Encryption::EndToEnd } else { Encryption::None },
        history: if staff_room { History::FromJoining } else { History::Shared },
        bridged: false,
        federated: false,
        space: None,
    }
}

pub fn id(key: &str) -> RoomId {
    Key::parse(key).unwrap().id()
}

pub fn rooms() -> RoomSettings {
    let bridged = Declared { bridged: true, ..room("law", Purpose::Interest, &EVERYBODY, &EVERYBODY) };
    RoomSettings {
        declared: vec![
            room("lobby", Purpose::Lobby, &EVERYBODY, &EVERYBODY),
            room("news", Purpose::Announcements, &EVERYBODY, &[Role::Staff]),
            room("openings", Purpose::Opportunities, &EVERYBODY, &[Role::Staff]),
            room("students", Purpose::Interest, &[Role::Student], &[Role::Student]),
            bridged,
            room("staff", Purpose::Staff, &[Role::Staff], &[Role::Staff]),
        ],
        standby: Some(address("standby")),
        bridges: vec![Bridge { sender: address("heisenbridge"), users: Users::parse("@irc_.*").unwrap() }],
        ..RoomSettings::default()
    }
}

/// A service with rooms, an adviser, an administrator and two employers.
pub fn service() -> Talk {
    let mut talk = Talk::new();
    talk.settings.rooms = rooms();
    let firm = [(lodge_core::people::member::Field::Organisation, "City Museum")];
    let mut listed = people();
    listed.extend([
        person("casey", Role::Staff, &[]),
        person("adviser", Role::Staff, &[]),
        person("admin", Role::Administrator, &[]),
        person("erin", Role::Employer, &firm),
        person("firm", Role::Employer, &[]),
    ]);
    talk.input(Input::Roster(Roster::whole(listed)));
    for who in ["casey", "adviser", "admin", "firm"] {
        talk.types(who, "agree");
    }
    talk.types("casey", "approve organisation City Museum");
    talk.types("erin", "agree");
    talk.input(Input::Rooms);
    talk.perform();
    talk.forget();
    talk
}

fn place(talk: &Talk, who: &str, key: &str) -> Option<Place> {
    talk.state.member(talk.id(who)).unwrap().rooms.at.get(&id(key)).copied()
}

pub fn happens(talk: &mut Talk, key: &str, happened: InRoom) {
    talk.input(Input::InRoom(id(key), happened));
}

/// Somebody asks for a room, and comes in.
fn joins(talk: &mut Talk, who: &str, key: &str) {
    assert_eq!(talk.says(who, &format!("join {key}")), ["room-invitation"]);
    talk.perform();
    happens(talk, key, InRoom::Invited(address(who)));
    happens(talk, key, InRoom::Came(address(who)));
    assert_eq!(place(talk, who, key), Some(Place::In));
}

fn drifts(talk: &mut Talk, key: &str, changed: &[Aspect]) {
    let room = talk.state.room(id(key)).unwrap();
    let (act, edition) = (RoomAct::Tend(room.place().unwrap().clone()), room.edition);
    let tended = Tended { edition, changed: changed.iter().copied().collect(), ..Tended::default() };
    talk.input(Input::Performed(Act::Room(id(key), act), Performed::Tended(tended)));
}

#[test]
fn a_room_is_joined_and_left_by_its_short_name_or_its_whole_one() {
    let mut talk = service();
    assert_eq!(talk.says("sam", "join The Lobby"), ["room-invitation"]);
    assert_eq!(talk.says("sam", "leave the lobby room please"), ["room-left"]);
    assert_eq!(talk.says("sam", "join lobby"), ["room-invitation"]);
    assert_eq!(talk.says("sam", "join the staff room"), ["room-not-there"]);
}

#[test]
fn every_declared_room_is_made_once_and_tended() {
    let mut talk = service();
    assert!(talk.state.rooms().all(|room| matches!(room.stage, Stage::Open(_))));
    talk.input(Input::Rooms);
    let acts = talk.perform();
    assert!(acts.iter().all(|act| matches!(act, Act::Room(_, RoomAct::Tend(_)))), "{acts:?}");
    assert_eq!(acts.len(), rooms().declared.len());
}

#[test]
fn a02_the_list_shows_the_rooms_meant_for_a_role_and_who_reads_them() {
    let mut talk = service();
    let listed = |talk: &mut Talk, who: &str| {
        talk.types(who, "rooms");
        let [(_, Say::Rooms(Rooms::List { rooms }))] = &talk.hears_whole(who)[..] else { panic!("no list") };
        rooms.iter().map(|line| (line.key.to_string(), line.standing)).collect::<Vec<_>>()
    };
    let outside = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), RoomStanding::Outside)).collect::<Vec<_>>();
    assert_eq!(listed(&mut talk, "sam"), outside(&["lobby", "news", "openings", "students", "law"]));
    assert_eq!(listed(&mut talk, "casey"), outside(&["lobby", "news", "openings", "law", "staff"]));
    assert_eq!(listed(&mut talk, "ivy"), outside(&[]));
    joins(&mut talk, "sam", "lobby");
    assert_eq!(listed(&mut talk, "sam")[0].1, RoomStanding::In);
}

#[test]
fn c12_a_room_that_is_not_meant_for_somebody_and_one_that_there_is_not_are_the_same() {
    let mut talk = service();
    for key in ["staff", "chess"] {
        let said = [format!("join {key}"), format!("leave {key}")].map(|words| {
            talk.types("sam", &words);
            talk.hears_whole("sam").into_iter().map(|(_, say)| say).collect::<Vec<_>>()
        });
        let there_is_none = vec![Say::from(Rooms::NotThere { key: key.to_owned() })];
        assert_eq!(said, [there_is_none.clone(), there_is_none]);
    }
    assert_eq!(talk.perform(), []);
}

#[test]
fn who_asks_is_invited_and_who_leaves_is_taken_out() {
    let mut talk = service();
    joins(&mut talk, "sam", "lobby");
    assert_eq!(talk.says("sam", "join lobby"), ["room-in-already"]);
    assert_eq!(talk.says("sam", "leave lobby"), ["room-left"]);
    assert!(matches!(&talk.perform()[..], [Act::Room(_, RoomAct::Expel(..))]));
    happens(&mut talk, "lobby", InRoom::Went(address("sam")));
    assert_eq!(place(&talk, "sam", "lobby"), None);
}

#[test]
fn i07_nobody_is_let_into_a_room_at_the_word_of_a_device_that_is_not_known() {
    let mut talk = service();
    for (proof, said) in [(Proof::Unproven, "device-unknown"), (Proof::Unconfirmed, "device-new")] {
        assert_eq!(talk.says_as("sam", "join lobby", Reply::None, proof), [said]);
    }
    assert_eq!(place(&talk, "sam", "lobby"), None);
}

#[test]
fn who_comes_back_before_they_are_out_is_invited_again() {
    let mut talk = service();
    joins(&mut talk, "sam", "lobby");
    talk.says("sam", "leave lobby");
    assert_eq!(talk.says("sam", "join lobby"), ["room-invitation"]);
    assert_eq!(place(&talk, "sam", "lobby"), Some(Place::Returning));
    talk.acts();
    happens(&mut talk, "lobby", InRoom::Went(address("sam")));
    assert_eq!(place(&talk, "sam", "lobby"), Some(Place::Asked));
    assert!(matches!(&talk.acts()[..], [Act::Room(_, RoomAct::Admit(..))]));
}

#[test]
fn who_turns_invitations_away_is_told_and_can_ask_again() {
    let mut talk = service();
    talk.says("sam", "join lobby");
    let [act] = &talk.acts()[..] else { panic!("one invitation") };
    talk.input(Input::Performed(act.clone(), Performed::Blocked));
    assert_eq!(talk.hears("sam"), ["room-you-block"]);
    assert_eq!(talk.says("sam", "join lobby"), ["room-invitation"]);
}

#[test]
fn whom_another_account_bans_from_a_room_stays_a_member_and_can_ask_again() {
    let mut talk = service();
    joins(&mut talk, "sam", "lobby");
    talk.forget();
    happens(&mut talk, "lobby", InRoom::Went(address("sam")));
    assert_eq!((place(&talk, "sam", "lobby"), talk.acts()), (None, vec![]), "nobody puts it right");
    for _ in 0..2 {
        assert_eq!(talk.says("sam", "join lobby"), ["room-invitation"]);
        let [act] = &talk.acts()[..] else { panic!("one invitation") };
        talk.input(Input::Performed(act.clone(), Performed::Refused));
        assert_eq!(talk.hears("sam"), ["fault"]);
    }
}

#[test]
fn who_asks_before_the_room_is_there_is_invited_when_it_is() {
    let mut talk = service();
    talk.settings.rooms.declared.push(room("chess", Purpose::Interest, &EVERYBODY, &EVERYBODY));
    talk.input(Input::Rooms);
    let acts = talk.acts();
    assert_eq!(talk.says("sam", "join chess"), ["room-invitation"]);
    assert_eq!(talk.acts(), []);
    let make = acts.into_iter().find(|act| matches!(act, Act::Room(_, RoomAct::Make))).unwrap();
    talk.input(Input::Performed(make, Performed::RoomMade(Venue("!chess".to_owned()))));
    assert!(talk.acts().iter().any(|act| matches!(act, Act::Room(_, RoomAct::Admit(..)))));
}

#[test]
fn a_role_that_changes_closes_the_rooms_that_it_had_opened() {
    let mut talk = service();
    joins(&mut talk, "sam", "students");
    joins(&mut talk, "sam", "lobby");
    let mut listed = people();
    listed[0].role = Role::Alumnus;
    talk.input(Input::Roster(Roster::whole(listed)));
    assert_eq!(talk.hears("sam"), ["rooms-closed", "role-changed"]);
    assert_eq!(place(&talk, "sam", "students"), Some(Place::Leaving));
    assert_eq!(place(&talk, "sam", "lobby"), Some(Place::In));
    let acts = talk.perform();
    let expelled =
        acts.iter().filter(|act| matches!(act, Act::Room(room, RoomAct::Expel(..)) if *room == id("students")));
    assert_eq!(expelled.count(), 1);
    happens(&mut talk, "students", InRoom::Went(address("sam")));
    assert_eq!(talk.hears("sam"), [""; 0]);
}

#[test]
fn a_membership_that_ends_ends_all_rooms_and_is_told_kindly_once() {
    let mut talk = service();
    joins(&mut talk, "sam", "students");
    joins(&mut talk, "sam", "lobby");
    talk.input(Input::Roster(Roster::whole(people().split_off(1))));
    let told = talk.hears_whole("sam");
    let closed = told
        .iter()
        .filter_map(|(_, say)| if let Say::Rooms(Rooms::Closed { names }) = say { Some(names) } else { None });
    let [names] = closed.collect::<Vec<_>>()[..] else { panic!("told once") };
    assert_eq!(names.len(), 2);
    talk.input(Input::Rooms);
    assert_eq!(talk.hears("sam"), [""; 0]);
}

#[test]
fn who_comes_uninvited_is_taken_out_and_staff_are_told_once_an_hour() {
    let mut talk = service();
    let stranger = address("stranger");
    for (who, key) in [("sam", "staff"), ("noor", "lobby"), ("stranger", "lobby"), ("irc_ghost", "lobby")] {
        happens(&mut talk, key, InRoom::Came(address(who)));
        let acts = talk.acts();
        assert!(
            matches!(&acts[..], [Act::Room(_, RoomAct::Oust(..) | RoomAct::OustStranger(..))]),
            "{who} in {key}: {acts:?}"
        );
        talk.input(Input::Performed(acts[0].clone(), Performed::Ousted));
    }
    // One room, one word within an hour.
    assert_eq!(talk.hears("casey"), ["room-intruder", "room-intruder"]);
    talk.now = START.after(Span::from_millis(3_600_000));
    happens(&mut talk, "lobby", InRoom::Came(stranger));
    let acts = talk.acts();
    talk.input(Input::Performed(acts[0].clone(), Performed::Done));
    assert_eq!(talk.hears("adviser"), ["room-intruder", "room-intruder"], "who was not there is no news");
}

#[test]
fn bridges_may_be_in_bridged_rooms_and_the_standby_account_everywhere() {
    let mut talk = service();
    happens(&mut talk, "law", InRoom::Came(address("irc_ghost")));
    happens(&mut talk, "staff", InRoom::Invited(address("standby")));
    assert_eq!(talk.acts(), []);
}

#[test]
fn only_those_in_a_room_who_may_write_have_power_in_it() {
    let mut talk = service();
    let of = |talk: &Talk, key: &str| powers(&talk.state, talk.state.room(id(key)).unwrap());
    let before = talk.state.room(id("news")).unwrap().edition;
    assert!(of(&talk, "news").is_empty());
    joins(&mut talk, "casey", "news");
    joins(&mut talk, "sam", "news");
    joins(&mut talk, "casey", "lobby");
    assert_eq!(of(&talk, "news").into_iter().collect::<Vec<_>>(), [(address("casey"), 50)]);
    assert!(of(&talk, "lobby").is_empty());
    assert_eq!(talk.state.room(id("news")).unwrap().edition, before + 1);
}

#[test]
fn a_role_that_changes_changes_who_may_write() {
    let mut talk = service();
    joins(&mut talk, "casey", "news");
    talk.perform();
    let mut listed = people();
    listed.push(person("casey", Role::Student, &[]));
    talk.input(Input::Roster(Roster::whole(listed)));
    assert_eq!(place(&talk, "casey", "news"), Some(Place::In));
    assert!(powers(&talk.state, talk.state.room(id("news")).unwrap()).is_empty());
    assert!(talk.acts().iter().any(|act| matches!(act, Act::Room(room, RoomAct::Tend(_)) if *room == id("news"))));
}

#[test]
fn what_the_service_changes_is_no_drift_and_what_others_change_is_told() {
    let mut talk = service();
    drifts(&mut talk, "lobby", &[]);
    assert_eq!(talk.hears("admin"), [""; 0]);
    talk.settings.rooms.declared[0].topic = "Another topic.".to_owned();
    talk.input(Input::Rooms);
    drifts(&mut talk, "lobby", &[Aspect::Topic]);
    assert_eq!(talk.hears("admin"), [""; 0]);
    drifts(&mut talk, "lobby", &[Aspect::Powers]);
    assert_eq!(talk.hears("admin"), ["room-mended"]);
    happens(&mut talk, "lobby", InRoom::Changed);
    talk.settings.rooms.declared[0].topic = "A third.".to_owned();
    talk.input(Input::Rooms);
    drifts(&mut talk, "lobby", &[Aspect::Topic]);
    assert_eq!(talk.hears("admin"), ["room-mended"], "somebody's change is told even beside the service's own");
}

#[test]
fn a_room_taken_out_of_the_configuration_is_archived_and_put_back_it_is_open_again() {
    let mut talk = service();
    joins(&mut talk, "sam", "lobby");
    let lobby = talk.settings.rooms.declared.remove(0);
    talk.input(Input::Rooms);
    assert!(talk.state.room(id("lobby")).unwrap().is_archived());
    assert_eq!(place(&talk, "sam", "lobby"), Some(Place::In), "members stay");
    assert_eq!(talk.says("noor", "join lobby"), ["room-not-there"]);
    talk.settings.rooms.declared.insert(0, lobby);
    talk.input(Input::Rooms);
    assert!(!talk.state.room(id("lobby")).unwrap().is_archived());
    assert_eq!(talk.says("noor", "join lobby"), ["room-invitation"]);
}

#[test]
fn a22_who_is_forgotten_leaves_every_room_first() {
    let mut talk = service();
    joins(&mut talk, "sam", "lobby");
    talk.says("sam", "suggest room Pharma: working in pharma");
    let records = lodge_core::rights::data::about(&talk.state, &talk.settings, talk.id("sam"), talk.now);
    let records = serde_json::to_string(&records).unwrap();
    assert!(records.contains("The lobby") && records.contains("a room you suggested"), "{records}");
    talk.forget();
    assert_eq!(talk.says("sam", "forget me now"), ["forgetting"]);
    assert!(matches!(&talk.acts()[..], [Act::Room(_, RoomAct::Expel(..))]));
    talk.until(START.after(Span::from_days(2)));
    talk.perform();
    assert_eq!(talk.state.proposals().count(), 0);
    assert_eq!(talk.state.member_at(&address("sam")), None);
}

#[test]
fn what_cannot_be_changed_back_is_told_once() {
    let mut talk = service();
    let place = talk.state.room(id("lobby")).unwrap().place().unwrap().clone();
    let fixed = BTreeSet::from([Aspect::Encryption]);
    let tended = Performed::Tended(Tended { fixed: fixed.clone(), ..Tended::default() });
    let tended = Input::Performed(Act::Room(id("lobby"), RoomAct::Tend(place)), tended);
    talk.input(tended.clone());
    let [(_, Say::RoomDesk(RoomDesk::Mended { fixed: told, .. }))] = &talk.hears_whole("admin")[..] else {
        panic!("told")
    };
    assert_eq!(*told, fixed);
    talk.input(tended);
    assert_eq!(talk.hears("admin"), [""; 0]);
}

#[test]
fn other_words_of_the_services_are_no_drift() {
    let mut talk = service();
    drifts(&mut talk, "lobby", &[]);
    talk.settings.versions.wording = "w2".to_owned();
    talk.input(Input::Rooms);
    drifts(&mut talk, "lobby", &[Aspect::Topic]);
    assert_eq!(talk.hears("admin"), [""; 0]);
}

type Change<'a> = &'a dyn Fn(&mut Vec<Declared>);

#[test]
fn declarations_that_would_surprise_anybody_are_refused() {
    let refused = |change: &dyn Fn(&mut Vec<Declared>)| {
        let mut settings = rooms();
        change(&mut settings.declared);
        settings.problems().into_iter().map(|problem| problem.setting).collect::<Vec<_>>()
    };
    assert_eq!(refused(&|_| {}), [""; 0]);
    let space = |joins: &[Role]| room("space", Purpose::Space, joins, &[]);
    let table: [(&str, Change<'_>); 15] = [
        ("encrypted", &|rooms| {
            rooms[0].encryption = Encryption::EndToEnd;
        }),
        ("history", &|rooms| rooms[1].history = History::FromJoining),
        ("encrypted", &|rooms| rooms[5].encryption = Encryption::None),
        ("history", &|rooms| rooms[5].history = History::Shared),
        ("bridged", &|rooms| rooms[0].bridged = true),
        ("posts", &|rooms| {
            rooms[1].posts.insert(Role::Student);
        }),
        ("joins", &|rooms| {
            rooms[5].joins.insert(Role::Student);
        }),
        ("posts", &|rooms| {
            rooms[3].posts.insert(Role::Alumnus);
        }),
        ("joins", &|rooms| {
            rooms[3].joins.clear();
            rooms[3].posts.clear();
        }),
        ("cohorts", &|rooms| {
            rooms[0].cohorts.insert("2026".to_owned());
        }),
        ("cohorts", &|rooms| rooms[3].purpose = Purpose::Cohort),
        ("key", &|rooms| rooms.push(rooms[0].clone())),
        ("name", &|rooms| rooms[0].name = " ".to_owned()),
        ("space", &|rooms| rooms[0].space = Some(Key::parse("news").unwrap())),
        ("joins", &|rooms| rooms.push(space(&[Role::Student, Role::Alumnus]))),
    ];
    for (setting, change) in table {
        let found = refused(change);
        assert!(found.contains(&setting), "{setting}: {found:?}");
    }
    let in_space = |joins: &[Role]| {
        let mut settings = rooms();
        settings.declared.push(space(&[Role::Student]));
        let space = Some(Key::parse("space").unwrap());
        settings.declared.push(Declared { space, ..room("inside", Purpose::Interest, joins, joins) });
        settings.problems()
    };
    assert_eq!(in_space(&[Role::Student, Role::Staff]), []);
    assert_eq!(in_space(&[Role::Alumnus])[0].setting, "space");
}
