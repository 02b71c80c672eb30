//! Rooms as the homeserver has them: their whole state, who may do what in them, and who can read them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use lodge_demo::Person;
use lodge_demo::household::Guest;
use lodge_plumbing::store::MasterKey;
use matrix_sdk::ruma::{RoomId, UserId};
use matrix_sdk_crypto::{MegolmError, OlmMachine};
use serde_json::{Value, json};

use crate::house;
use crate::keys::{self, decrypt, encrypted, event_of};
use crate::lodging::{Lodging, agreed, call, invitations, meet, request, talk};

/// A room's state by type and key.
type State = BTreeMap<(String, String), Value>;

/// A room's whole state, as an administrator of the homeserver sees it.
async fn state(room: &RoomId) -> Result<State> {
    let administrator = house::homeserver().await.administrator().await?;
    let state = administrator.get(&format!("/_synapse/admin/v1/rooms/{room}/state")).await?.ok()?;
    let events = state["state"].as_array().context("a room has a state")?.iter();
    let text = |event: &Value, field: &str| event[field].as_str().unwrap_or_default().to_owned();
    Ok(events.map(|event| ((text(event, "type"), text(event, "state_key")), event["content"].clone())).collect())
}

/// The state that the porter promises of every room it makes. Nothing else is ever in it: no name, no topic, no alias.
fn promised(levels: Value, effect: &Value, members: &[(&UserId, Value)]) -> State {
    let create = json!({ "room_version": "12", "m.federate": true, "org.lodge.effect": effect });
    let encryption =
        json!({ "algorithm": "m.megolm.v1.aes-sha2", "rotation_period_ms": 604_800_000, "rotation_period_msgs": 100 });
    let settings = [
        ("m.room.create", create),
        ("m.room.power_levels", levels),
        ("m.room.join_rules", json!({ "join_rule": "invite" })),
        ("m.room.history_visibility", json!({ "history_visibility": "joined" })),
        ("m.room.guest_access", json!({ "guest_access": "forbidden" })),
        ("m.room.encryption", encryption),
    ];
    let settings = settings.into_iter().map(|(kind, content)| ((kind.to_owned(), String::new()), content));
    let members = members.iter().map(|(who, content)| (("m.room.member".to_owned(), who.to_string()), content.clone()));
    settings.chain(members).collect()
}

/// The powers in a room: nobody invites, removes, bans or changes anything, and everybody may take back their own
/// words.
fn levels(speak: u32, call: u32) -> Value {
    json!({
        "users": {},
        "users_default": 0,
        "events_default": speak,
        "state_default": 100,
        "invite": 100,
        "kick": 100,
        "ban": 100,
        "redact": 100,
        "notifications": { "room": 100 },
        "events": {
            "m.room.redaction": 0,
            "m.room.tombstone": 150,
            "m.bridge": 100,
            "uk.half-shot.bridge": 100,
            "m.widget": 100,
            "im.vector.modular.widgets": 100,
            "io.element.functional_members": 100,
            "m.call": call,
            "m.call.member": call,
            "org.matrix.msc3401.call.member": call,
        },
    })
}

/// The same levels as long as nobody has changed them: Synapse adds a key to those that a room is created with.
fn at_first(mut levels: Value) -> Value {
    levels["historical"] = json!(100);
    levels
}

fn joined(name: &str) -> Value {
    json!({ "membership": "join", "displayname": name })
}

/// The effect that a room is marked with, which is opaque.
fn marker(state: &State) -> Result<Value> {
    let create = &state[&("m.room.create".to_owned(), String::new())];
    let marker = create["org.lodge.effect"].clone();
    let opaque = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    ensure!(marker.as_str().is_some_and(opaque), "the room is marked with {marker}");
    Ok(marker)
}

/// The state of a room, in which the porter shows a picture while it is there.
async fn state_with_picture(room: &RoomId) -> Result<State> {
    let mut found = state(room).await?;
    for (_, content) in found.iter_mut().filter(|((kind, _), _)| kind == "m.room.member") {
        if content["displayname"] == "The porter" && content["membership"] == "join" {
            let picture = content.as_object_mut().and_then(|content| content.remove("avatar_url"));
            let is_one = picture.as_ref().and_then(Value::as_str).is_some_and(|picture| picture.starts_with("mxc://"));
            ensure!(is_one, "the porter's picture is {picture:?}");
        }
    }
    Ok(found)
}

async fn assert_state(room: &RoomId, levels: Value, members: &[(&UserId, Value)]) -> Result<()> {
    let found = state_with_picture(room).await?;
    assert_eq!(found, promised(levels, &marker(&found)?, members));
    Ok(())
}

/// The same of a room of two, which has this name and a topic.
async fn assert_state_named(room: &RoomId, levels: Value, members: &[(&UserId, Value)], name: &str) -> Result<()> {
    let mut found = state_with_picture(room).await?;
    let mut take = |kind: &str| found.remove(&(kind.to_owned(), String::new()));
    assert_eq!(take("m.room.name"), Some(json!({ "name": name })));
    let topic = "A room for two people. Writing begins when both are in it, and the porter leaves then.";
    assert_eq!(take("m.room.topic"), Some(json!({ "topic": topic })));
    assert_eq!(found, promised(levels, &marker(&found)?, members));
    Ok(())
}

/// The homeserver forbids it.
async fn assert_forbidden(person: &Person, path: &str, body: Value) -> Result<()> {
    let answer = call(person, path, &body).await?;
    assert_eq!((answer.status, answer.error_code()), (403, Some("M_FORBIDDEN")), "{path}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_what_was_promised_and_its_member_can_change_nothing() -> Result<()> {
    let (lodging, [sam]) = Lodging::open("conversation", ["sam"], &[]).await?;
    let (room, me) = (&sam.room, sam.person.user_id());
    let members = [(&*lodging.porter, joined("The porter")), (me, joined("conversation-sam"))];
    assert_state(room, at_first(levels(0, 100)), &members).await?;
    let noor = house::person("conversation-noor").await;
    let invite = json!({ "user_id": noor.user_id() });
    assert_forbidden(&sam.person, &format!("rooms/{room}/invite"), invite).await?;
    let porter = json!({ "user_id": lodging.porter });
    assert_forbidden(&sam.person, &format!("rooms/{room}/kick"), porter).await?;
    assert_forbidden(&sam.person, &format!("rooms/{room}/upgrade"), json!({ "new_version": "12" })).await?;
    assert_forbidden(&noor, &format!("rooms/{room}/join"), json!({})).await?;
    assert_state(room, at_first(levels(0, 100)), &members).await?;
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_introductions_room_is_for_two_and_silent_until_both_are_in() -> Result<()> {
    let (lodging, [sam, alex, noor]) = Lodging::open("room", ["sam", "alex", "noor"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    let (porter, one, other) = (&*lodging.porter, sam.person.user_id(), alex.person.user_id());
    let invited = json!({ "membership": "invite" });
    let before = [(porter, joined("The porter")), (one, invited.clone()), (other, invited.clone())];
    assert_state_named(&room, at_first(levels(50, 100)), &before, "An introduction").await?;

    alex.person.join(&room).await?;
    let half = [(porter, joined("The porter")), (one, invited), (other, joined("room-alex"))];
    assert_state_named(&room, at_first(levels(50, 100)), &half, "An introduction").await?;
    let third = json!({ "user_id": noor.person.user_id() });
    assert_forbidden(&alex.person, &format!("rooms/{room}/invite"), third.clone()).await?;
    let early = alex.person.say(&room, "Is anybody there?").await;
    let refused = early.map(|event| event.to_string()).map_err(|error| format!("{error:#}"));
    assert!(refused.as_ref().is_err_and(|error| error.contains("M_FORBIDDEN")), "{refused:?}");

    assert_eq!(alex.person.hears("first-here").await?.room, room);
    sam.person.join(&room).await?;
    for guest in [&sam, &alex] {
        let note = guest.person.hears("opening-note").await?;
        assert_eq!(note.room, room);
        assert_eq!(note.message().context("a note")?.mentions, [] as [&UserId; 0]);
        guest.person.sees_leaving(&room, porter).await?;
    }
    let left = json!({ "membership": "leave" });
    let after = [(porter, left), (one, joined("room-sam")), (other, joined("room-alex"))];
    assert_state_named(&room, levels(0, 0), &after, "").await?;
    for guest in [&sam, &alex] {
        assert_forbidden(&guest.person, &format!("rooms/{room}/invite"), third.clone()).await?;
    }
    assert_forbidden(&noor.person, &format!("rooms/{room}/join"), json!({})).await?;
    talk(&alex.person, &sam.person, &room, "Now we can.").await?;
    noor.person.settle().await?;
    assert_eq!(invitations(&noor.person), [&*noor.room], "to her conversation and nowhere else");
    lodging.close(&[&sam, &alex, &noor]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_porters_own_keys_do_not_open_what_is_said_after_it_has_left() -> Result<()> {
    let (mut lodging, [sam, alex]) = Lodging::open("keys", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "Between the two of us.").await?;
    talk(&alex.person, &sam.person, &room, "And nobody else.").await?;
    sam.asks("help", "help").await?;
    lodging.stop().await?;

    let porter = keys_of_porter(&lodging).await?;
    // Words to the porter and by it, in the same room too, are read with them, which shows that these are its keys.
    for (said, place, text) in
        [(event_of(&sam.person, "help")?, &sam.room, "help"), (note(&sam)?, &room, "Welcome, both")]
    {
        let read =
            decrypt(&porter, place, &encrypted(house::homeserver().await, &sam.person, place, &said).await?).await?;
        let body = read["content"]["body"].as_str().unwrap_or_default().to_owned();
        assert!(body.starts_with(text), "{body}");
    }
    for text in ["Between the two of us.", "And nobody else."] {
        let sealed = encrypted(house::homeserver().await, &sam.person, &room, &event_of(&sam.person, text)?).await?;
        let error = decrypt(&porter, &room, &sealed).await.unwrap_err();
        let error = error.downcast_ref::<MegolmError>();
        assert!(matches!(error, Some(MegolmError::MissingRoomKey(_))), "{text:?}: {error:?}");
    }
    Ok(())
}

/// All the keys that a hub which has stopped was ever given.
async fn keys_of_porter(lodging: &Lodging) -> Result<OlmMachine> {
    let (store, user) = (&lodging.config.store, &lodging.porter);
    let device = lodging.config.matrix.device_id.as_deref().context("the hub has a device")?;
    keys::kept(&store.directory, &MasterKey::read(&store.key_file)?, user, device).await
}

/// The event of the opening note.
fn note(guest: &Guest) -> Result<matrix_sdk::ruma::OwnedEventId> {
    let seen = guest.person.seen().into_iter().find(|seen| seen.is_wording("opening-note"));
    seen.and_then(|seen| seen.event_id).context("there is an opening note")
}
