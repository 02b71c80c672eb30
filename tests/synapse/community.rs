//! Rooms for many on a real homeserver: made as declared, joined by asking, repaired when somebody changes them, and
//! lost with the role that opened them.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use lodge_core::people::member::Role;
use lodge_demo::Person;
use lodge_demo::household::{Guest, Listed, Resident};
use lodge_demo::person::{Kind, Seen};
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::house;
use crate::lodging::{Lodging, invitations};

/// The hub has this long to do something that no person sees.
const PATIENCE: Duration = Duration::from_mins(4);

const MEMBERS: [Resident; 3] = [
    Resident { localpart: "sam", name: "Sam", role: Role::Student, details: &[] },
    Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] },
    Resident { localpart: "dana", name: "Dana", role: Role::Administrator, details: &[] },
];

/// The rooms of these tests, as they stand in a configuration.
pub const ROOMS: &str = r#"rooms=[
    { key = "lobby", name = "Lobby", topic = "Say hello.", purpose = "lobby", joins = ["student", "alumnus", "employer", "staff"],
      posts = ["student", "alumnus", "employer", "staff"], encrypted = false, history = "shared" },
    { key = "news", name = "News", topic = "What is on.", purpose = "announcements", joins = ["student", "staff"], posts = ["staff"],
      encrypted = false, history = "shared" },
    { key = "students", name = "Students", topic = "Among students.", purpose = "interest", joins = ["student"],
      posts = ["student"], encrypted = false, history = "from-joining" },
    { key = "staff", name = "Staff", topic = "Among staff.", purpose = "staff", joins = ["staff"], posts = ["staff"],
      encrypted = true, history = "from-joining" },
]"#;

/// A hub with these rooms that does not run yet, and the standby account.
async fn prepare(name: &str) -> Result<(Lodging, Person)> {
    let homeserver = house::homeserver().await;
    let standby = format!("community.standby=\"@{name}-standby:{}\"", homeserver.server_name());
    let lodging = Lodging::prepare_for(homeserver, name, &MEMBERS, &[ROOMS, &standby]).await?;
    let standby = lodging.person(homeserver, name, "standby").await?;
    Ok((lodging, standby))
}

/// The same running, with its members in their conversations.
async fn open(name: &str) -> Result<(Lodging, [Guest; 3], Person)> {
    let homeserver = house::homeserver().await;
    let (mut lodging, standby) = prepare(name).await?;
    lodging.start();
    let mut guests = Vec::new();
    for member in MEMBERS {
        let person = lodging.person(homeserver, name, member.localpart).await?;
        guests.push(Guest::arrive(person, &lodging.porter).await?);
    }
    let guests = guests.try_into().ok().context("as many guests as members")?;
    Ok((lodging, guests, standby))
}

/// Somebody asks for a room and comes in.
pub async fn join(guest: &Guest, key: &str) -> Result<OwnedRoomId> {
    // With shared history, an invitation shows once more when its room is seen from within.
    let (before, me) = (invitations(&guest.person), guest.person.user_id());
    guest.asks(&format!("join {key}"), "room-invitation").await?;
    let new = |seen: &Seen| matches!(&seen.kind, Kind::Invited { who } if who == me) && !before.contains(&seen.room);
    let room = guest.person.expect("an invitation to another room", new).await?.room;
    guest.person.join(&room).await?;
    Ok(room)
}

/// The events of a room's state, as an administrator of the homeserver sees them, by type and key.
async fn state(room: &RoomId) -> Result<BTreeMap<(String, String), Value>> {
    let administrator = house::homeserver().await.administrator().await?;
    let state = administrator.get(&format!("/_synapse/admin/v1/rooms/{room}/state")).await?.ok()?;
    let text = |event: &Value, field: &str| event[field].as_str().unwrap_or_default().to_owned();
    let events = state["state"].as_array().context("a room has a state")?;
    Ok(events.iter().map(|event| ((text(event, "type"), text(event, "state_key")), event.clone())).collect())
}

/// The content of a state event without a key, once it is as expected.
pub async fn until_state(room: &RoomId, kind: &str, expected: &Value) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let state = state(room).await?;
        let found = state.get(&(kind.to_owned(), String::new())).map(|event| &event["content"]);
        if found == Some(expected) {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("{kind} should be {expected} and is still {found:?}");
        }
    }
}

/// A room's power levels, with these of people's own, and this level needed to write.
pub fn levels(users: Value, writing: u32) -> Value {
    json!({
        "users": users, "users_default": 0, "events_default": writing, "state_default": 100,
        "invite": 100, "kick": 100, "ban": 100, "redact": 100, "notifications": { "room": 100 },
        "events": {
            "m.room.redaction": 0, "m.room.tombstone": 150, "m.bridge": 100, "uk.half-shot.bridge": 100, "m.widget": 100,
            "im.vector.modular.widgets": 100, "io.element.functional_members": 100,
        },
    })
}

const LOBBY_TOPIC: &str =
    "Say hello. This room can be read by everyone at the Careers Service, including earlier messages.";

/// The lobby's state beside its members and its creation.
fn lobby_state() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("m.room.power_levels", levels(json!({}), 0)),
        ("m.room.join_rules", json!({ "join_rule": "invite" })),
        ("m.room.history_visibility", json!({ "history_visibility": "shared" })),
        ("m.room.guest_access", json!({ "guest_access": "forbidden" })),
        ("m.room.name", json!({ "name": "Lobby" })),
        ("m.room.topic", json!({ "topic": LOBBY_TOPIC })),
    ])
}

/// Somebody puts a state event in its place.
async fn put(person: &Person, room: &RoomId, kind: &str, content: &Value) -> Result<u16> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    Ok(api.put(&format!("/_matrix/client/v3/rooms/{room}/state/{kind}/"), content).await?.status)
}

#[tokio::test(flavor = "multi_thread")]
async fn declared_rooms_are_there_and_each_role_sees_its_own() -> Result<()> {
    let (lodging, [sam, casey, dana], _) = open("community").await?;
    let lobby = join(&sam, "lobby").await?;
    until_state(&lobby, "m.room.power_levels", &lobby_state()["m.room.power_levels"]).await?;
    let found = state(&lobby).await?;
    let plain = found.iter().filter(|((kind, _), _)| !["m.room.create", "m.room.member"].contains(&kind.as_str()));
    let plain: BTreeMap<&str, Value> =
        plain.map(|((kind, _), event)| (kind.as_str(), event["content"].clone())).collect();
    assert_eq!(plain, lobby_state());
    let made = &found[&("m.room.create".to_owned(), String::new())]["content"];
    let standby = format!("@community-standby:{}", sam.person.user_id().server_name());
    assert_eq!((&made["m.federate"], &made["additional_creators"]), (&json!(false), &json!([standby])));
    assert_eq!(found[&("m.room.member".to_owned(), standby)]["content"]["membership"], "invite");

    let news = join(&sam, "news").await?;
    ensure!(sam.person.say(&news, "May I?").await.is_err(), "a student writes in announcements");
    assert_eq!(join(&casey, "news").await?, news);
    let writes = json!({ casey.person.user_id().as_str(): 50 });
    until_state(&news, "m.room.power_levels", &levels(writes, 50)).await?;
    casey.person.say(&news, "The fair is on Friday.").await?;
    let read = sam.person.next_from(casey.person.user_id()).await?;
    assert_eq!((read.room.clone(), read.body()), (news, Some("The fair is on Friday.")));

    let staff = join(&casey, "staff").await?;
    sam.asks("join staff", "room-not-there").await?;
    let listed = sam.asks("rooms", "rooms").await?;
    ensure!(!listed.contains("Staff") && listed.contains("Students"), "{listed}");
    let api = house::homeserver().await.api()?.with_token(sam.person.access_token());
    for path in ["state", "members", "messages?dir=b"] {
        let answer = api.get(&format!("/_matrix/client/v3/rooms/{staff}/{path}")).await?;
        assert_eq!(answer.status, 403, "{path}");
    }
    drop((dana, lodging));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changes_in_a_room_is_changed_back_and_told() -> Result<()> {
    let (mut lodging, [sam, _, dana], standby) = open("drift").await?;
    let lobby = join(&sam, "lobby").await?;
    until_state(&lobby, "m.room.power_levels", &lobby_state()["m.room.power_levels"]).await?;
    standby.join(&lobby).await?;
    let mut open_to_all = levels(json!({}), 0);
    open_to_all["users"] = json!({ sam.person.user_id().as_str(): 100 });
    for (kind, content) in [
        ("m.room.name", json!({ "name": "Free coffee" })),
        ("m.room.join_rules", json!({ "join_rule": "public" })),
        ("m.room.power_levels", open_to_all),
    ] {
        assert_eq!(put(&standby, &lobby, kind, &content).await?, 200);
        until_state(&lobby, kind, &lobby_state()[kind]).await?;
        dana.hears("room-mended").await?;
        assert_eq!(put(&sam.person, &lobby, kind, &content).await?, 403);
    }

    // Nothing else is touched by another start, though it puts right what has changed while the hub was away.
    lodging.stop().await?;
    let topic = json!({ "topic": "Free coffee" });
    let before = state(&lobby).await?;
    assert_eq!(put(&standby, &lobby, "m.room.topic", &topic).await?, 200);
    lodging.start();
    until_state(&lobby, "m.room.topic", &lobby_state()["m.room.topic"]).await?;
    let after = state(&lobby).await?;
    let same = |(place, event): (&(String, String), &Value)| {
        (place.0 != "m.room.topic").then(|| (place.clone(), event["event_id"].clone()))
    };
    let events = |state: &BTreeMap<_, _>| state.iter().filter_map(same).collect::<Vec<_>>();
    assert_eq!(events(&after), events(&before));
    lodging.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_ends_loses_its_rooms_and_who_is_put_into_a_room_is_taken_out() -> Result<()> {
    let (mut lodging, [sam, casey, _], _) = open("ends").await?;
    let students = join(&sam, "students").await?;
    let lobby = join(&sam, "lobby").await?;
    let staff = join(&casey, "staff").await?;
    let administrator = house::homeserver().await.administrator().await?;
    let into = format!("/_synapse/admin/v1/join/{staff}");
    // Synapse lets an administrator of the homeserver do this only where they are in the room and may invite.
    let forced = administrator.post(&into, &json!({ "user_id": sam.person.user_id() })).await?;
    ensure!(forced.status != 200, "the homeserver put somebody into a room that it is not in");

    let resident = MEMBERS.into_iter().find(|resident| resident.role == Role::Student).context("Sam is a member")?;
    let graduate = Resident { role: Role::Alumnus, ..resident };
    let listed = Listed { user_id: Some(sam.person.user_id().to_owned()), ..graduate.into() };
    lodging.take_in(&[listed], false, None).await?;
    sam.hears("rooms-closed").await?;
    sam.hears("role-changed").await?;
    sam.person.sees_leaving(&students, sam.person.user_id()).await?;
    sam.person.say(&lobby, "I am still here.").await?;
    sam.asks("join students", "room-not-there").await?;
    lodging.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_rooms_are_made_at_the_first_start() -> Result<()> {
    const SIXTY: usize = 60;
    let homeserver = house::homeserver().await;
    let room = |number: usize| {
        format!(
            "{{ key = \"room-{number}\", name = \"Room {number}\", topic = \"Of sixty.\", purpose = \"interest\", joins = [\"student\"], \
             posts = [\"student\"], encrypted = false, history = \"shared\" }}"
        )
    };
    let rooms = format!("rooms=[{}]", (1..=SIXTY).map(room).collect::<Vec<_>>().join(", "));
    let mut lodging = Lodging::prepare_for(homeserver, "sixty", &MEMBERS[..1], &[&rooms]).await?;
    lodging.start();
    let sam = Guest::arrive(lodging.person(homeserver, "sixty", "sam").await?, &lodging.porter).await?;
    let deadline = Instant::now() + PATIENCE;
    while rooms_of(&lodging.porter).await?.len() < SIXTY + 1 {
        ensure!(Instant::now() < deadline, "{} rooms were made in time", rooms_of(&lodging.porter).await?.len());
    }
    join(&sam, "room-60").await?;
    lodging.stop().await?;
    assert_eq!(rooms_of(&lodging.porter).await?.len(), SIXTY + 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_change_is_shown_and_what_is_applied_is_done_with_a_hub_running_or_not() -> Result<()> {
    let (mut lodging, standby) = prepare("applied").await?;
    let said = plan(&lodging).await?;
    assert_eq!(said[0], format!("make        lobby     \"Lobby\": {LOBBY_TOPIC}"));
    assert_eq!(said[4..], ["4 things to do. Nothing has changed yet; \"lodge rooms apply\" does it."]);
    assert!(rooms_of(&lodging.porter).await?.is_empty(), "it was only looked at");
    let done = "All 4 are done. The rooms are as the configuration says.";
    let and_stopped = "The hub was not running; it ran for this, and has stopped again.";
    assert_eq!(apply(&lodging).await?[4..], [format!("{done} {and_stopped}")]);
    assert_eq!(plan(&lodging).await?, ["Nothing to do."]);

    let lobby = room_named(&lodging.porter, "Lobby").await?;
    let before = events(&lobby).await?;
    assert_eq!(apply(&lodging).await?, [format!("Nothing to do. {and_stopped}")]);
    assert_eq!(events(&lobby).await?, before);

    // Somebody changes a room while the hub is stopped.
    standby.join(&lobby).await?;
    let mut powers = levels(json!({}), 0);
    powers["invite"] = json!(0);
    for (kind, content) in [
        ("m.room.name", json!({ "name": "Free coffee" })),
        ("m.room.join_rules", json!({ "join_rule": "public" })),
        ("m.room.power_levels", powers),
    ] {
        assert_eq!(put(&standby, &lobby, kind, &content).await?, 200);
    }
    let drift = [
        "change      lobby  power levels: invite 0 → 100",
        "change      lobby  join rule: \"public\" → \"invite\"",
        "change      lobby  name: \"Free coffee\" → \"Lobby\"",
    ];
    assert_eq!(plan(&lodging).await?[..3], drift);
    assert_eq!(apply(&lodging).await?[..3], drift);
    for kind in ["m.room.name", "m.room.join_rules", "m.room.power_levels"] {
        assert_eq!(state(&lobby).await?[&(kind.to_owned(), String::new())]["content"], lobby_state()[kind]);
    }

    // The configuration changes while the hub runs.
    lodging.start();
    let sam = lodging.person(house::homeserver().await, "applied", "sam").await?;
    Guest::arrive(sam, &lodging.porter).await?;
    lodging.config.rooms.retain(|room| room.key.as_str() != "news");
    lodging.config.rooms[0].name = "Foyer".to_owned();
    let said = plan(&lodging).await?;
    assert_eq!(said[0], "change      lobby  name: \"Lobby\" → \"Foyer\"");
    assert!(said[1].starts_with("archive     news "), "{said:?}");
    assert_eq!(state(&lobby).await?[&("m.room.name".to_owned(), String::new())]["content"]["name"], "Lobby");
    apply(&lodging).await?;
    room_named(&lodging.porter, "Foyer").await?;
    assert_eq!(plan(&lodging).await?, ["Nothing to do."]);
    lodging.stop().await
}

/// The ids of the events of a room's state.
async fn events(room: &RoomId) -> Result<Vec<Value>> {
    Ok(state(room).await?.into_values().map(|event| event["event_id"].clone()).collect())
}

/// The lines of `lodge rooms plan`.
async fn plan(lodging: &Lodging) -> Result<Vec<String>> {
    lodge_hub::rooms::plan(&lodging.config).await
}

/// The lines of `lodge rooms apply`.
async fn apply(lodging: &Lodging) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    lodge_hub::rooms::apply(&lodging.config, |line| lines.push(line.to_owned())).await?;
    Ok(lines)
}

/// The room of somebody that has this name.
async fn room_named(who: &UserId, name: &str) -> Result<OwnedRoomId> {
    for room in rooms_of(who).await? {
        let named = state(&room).await?.remove(&("m.room.name".to_owned(), String::new()));
        if named.is_some_and(|event| event["content"]["name"] == name) {
            return Ok(room);
        }
    }
    bail!("{who} is in no room called {name:?}")
}

/// The rooms that somebody is in.
async fn rooms_of(who: &UserId) -> Result<Vec<OwnedRoomId>> {
    let administrator = house::homeserver().await.administrator().await?;
    let rooms = administrator.get(&format!("/_synapse/admin/v1/users/{who}/joined_rooms")).await?.ok()?;
    let rooms = rooms["joined_rooms"].as_array().context("somebody has a list of rooms")?;
    Ok(rooms.iter().filter_map(Value::as_str).map(RoomId::parse).collect::<Result<_, _>>()?)
}
