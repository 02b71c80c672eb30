//! The porter's session: it sends the messages that were asked for, and hears the messages that were sent, once and in
//! order.

use std::collections::BTreeMap;
use std::time::Duration;

use lodge_channel::gaps::{self, Back};
use lodge_channel::homeserver::{CallError, EventRef, Events, Homeserver as _, Membership, Refusal};
use lodge_channel::news::{Heard, Invitation, News};
use lodge_channel::room::{Direct, EFFECT_KEY, Encryption, RoomSpec, Speech};
use lodge_core::input::Proof;
use lodge_demo::Person;
use lodge_demo::person::{Kind, Seen, private_room};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;
use lodge_plumbing::matrix::{Credentials, Listener, Picture, Session, SessionError, SessionOptions, retire_device};
use lodge_plumbing::store::MasterKey;
use serde_json::{Value, json};

use crate::acting::Acts as _;
use crate::house::{AS_TOKEN, PASSWORD, Porter, address, effect, homeserver, learns_of, person, room_id};

fn notice(effect: lodge_core::id::EffectId, body: &str) -> Value {
    json!({ "msgtype": "m.notice", "body": body, EFFECT_KEY: effect.to_string() })
}

/// A room's whole state, by type and key, as an administrator of the homeserver sees it.
async fn state(room: &RoomRef) -> BTreeMap<(String, String), Value> {
    let administrator = homeserver().await.administrator().await.unwrap();
    let state = administrator.get(&format!("/_synapse/admin/v1/rooms/{}/state", room.0)).await.unwrap().ok().unwrap();
    let events = state["state"].as_array().unwrap().iter();
    let text = |event: &Value, field: &str| event[field].as_str().unwrap().to_owned();
    events.map(|event| ((text(event, "type"), text(event, "state_key")), event["content"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_the_device_and_what_it_can_read() {
    let sam = person("restart-sam").await;
    let mut porter = Porter::open("restart").await;
    let room = porter.converse(&sam, effect("restart")).await;
    let device = porter.session.device().unwrap();
    sam.say(&room_id(&room), "before").await.unwrap();
    assert_eq!(porter.next_text(&room).await.body, "before");

    let mut porter = porter.reopen().await;
    assert_eq!(porter.session.device().unwrap(), device);
    sam.say(&room_id(&room), "after").await.unwrap();
    assert_eq!(porter.next_text(&room).await.body, "after");
    porter.session.send(&room, effect("restart-say"), notice(effect("restart-say"), "Good morning")).await.unwrap();
    assert_eq!(sam.next_from(&porter.user_id()).await.unwrap().body(), Some("Good morning"));

    let seen = sam.client().encryption().get_user_devices(&porter.user_id()).await.unwrap();
    let devices: Vec<_> = seen.devices().map(|d| (d.device_id().to_string(), d.is_cross_signed_by_owner())).collect();
    assert_eq!(devices, [(device, true)]);
    let name = sam.client().get_room(&room_id(&room)).unwrap().get_member(&porter.user_id()).await.unwrap().unwrap();
    assert_eq!(name.display_name(), Some("The porter"));
}

/// The picture in the profile of a porter, by its address.
async fn shown_picture(porter: &Porter) -> String {
    let administrator = homeserver().await.administrator().await.unwrap();
    let path = format!("/_synapse/admin/v2/users/{}", porter.user_id());
    administrator.get(&path).await.unwrap().ok().unwrap()["avatar_url"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_porter_has_a_picture_which_is_announced_again_only_when_it_changes() {
    let sam = person("picture-sam").await;
    let mut porter = Porter::open("picture").await;
    let room = porter.converse(&sam, effect("picture")).await;
    let room = sam.client().get_room(&room_id(&room)).unwrap();
    let member = room.get_member(&porter.user_id()).await.unwrap().unwrap();
    let first = member.avatar_url().map(ToString::to_string);
    assert!(first.is_some(), "their client shows a letter in the place of the picture");
    let mut porter = porter.reopen().await;
    assert_eq!(Some(shown_picture(&porter).await), first, "a restart announces nothing");
    porter.options.picture = Picture::read(None, include_bytes!("../../config/pictures/quiet.png")).unwrap();
    let porter = porter.reopen().await;
    assert_ne!(Some(shown_picture(&porter).await), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_device_takes_the_place_of_one_whose_keys_are_lost_and_reads_and_is_read() {
    let sam = person("lostkeys-sam").await;
    let mirror = tempfile::tempdir().unwrap();
    let mut porter = Porter::open_with("lostkeys", |options| options.copies = vec![mirror.path().to_owned()]).await;
    let room = porter.converse(&sam, effect("lostkeys")).await;
    let lost = porter.session.device().unwrap();
    let say = async |porter: &Porter, what: &str| {
        porter.session.send(&room, effect(what), notice(effect(what), what)).await.unwrap();
        assert_eq!(sam.next_from(&porter.user_id()).await.unwrap().body(), Some(what));
    };
    say(&porter, "first").await;
    sam.say(&room_id(&room), "before").await.unwrap();
    assert_eq!(porter.next_text(&room).await.body, "before");
    // The key of these words is put where the next device finds it, without anybody waiting for that.
    let backup = format!("/_matrix/client/v3/room_keys/version?user_id={}", porter.user_id());
    let api = homeserver().await.api().unwrap().with_token(AS_TOKEN);
    while api.get(&backup).await.unwrap().ok().unwrap()["count"] == 0 {
        porter.hear().await;
    }
    let mut porter = porter
        .reopen_after(async |options| {
            std::fs::remove_dir_all(&options.directory).unwrap();
            sam.say(&room_id(&room), "meanwhile").await.unwrap();
            assert!(retire_device(&options.directory, &options.key, &[mirror.path().to_owned()]).unwrap());
        })
        .await;
    // A key from the backup is no proof of who wrote: it is as if the key had not come.
    porter.until("the words of meanwhile", |at, heard| *at == room && matches!(heard, Heard::Sealed(_))).await;
    let device = porter.session.device().unwrap();
    assert_ne!(device, lost);
    learns_of(&sam, &porter.user_id(), &device).await;
    sam.say(&room_id(&room), "after").await.unwrap();
    let text = porter.next_text(&room).await;
    assert_eq!((text.body.as_str(), text.proof), ("after", Proof::Proven));
    say(&porter, "second").await;
    let seen = sam.client().encryption().request_user_identity(&porter.user_id()).await.unwrap();
    assert!(seen.is_some_and(|seen| !seen.has_verification_violation()));
    let seen = sam.client().encryption().get_user_devices(&porter.user_id()).await.unwrap();
    let devices: Vec<_> = seen.devices().map(|d| (d.device_id().to_string(), d.is_cross_signed_by_owner())).collect();
    assert_eq!(devices, [(device.clone(), true)]);
    let porter = porter.reopen().await;
    assert_eq!(porter.session.device(), Some(device.clone()));
    // As where the session is put back by hand, without the keys.
    let keys = |options: &SessionOptions| options.directory.join("sdk");
    let mut porter = porter.reopen_after(async |options| std::fs::remove_dir_all(keys(options)).unwrap()).await;
    // It tells of its keys when it first listens.
    porter.hear().await;
    let third = porter.session.device().unwrap();
    assert_ne!(third, device);
    learns_of(&sam, &porter.user_id(), &third).await;
    say(&porter, "third").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_has_the_settings_asked_for_and_no_others() {
    let porter = Porter::open("settings").await;
    let marker = effect("settings");
    let spec = RoomSpec::conversation(Encryption::EndToEnd);
    let room = porter.session.create_room(&spec, marker).await.unwrap();
    let mut expected: BTreeMap<_, _> = spec.creation(&marker.to_string())["initial_state"]
        .as_array()
        .unwrap()
        .iter()
        .map(|state| ((state["type"].as_str().unwrap().to_owned(), String::new()), state["content"].clone()))
        .collect();
    let own = porter.options.user.as_str().to_owned();
    let mut expect =
        |kind: &str, key: &str, content: Value| expected.insert((kind.to_owned(), key.to_owned()), content);
    expect("m.room.create", "", json!({ "room_version": "12", "m.federate": true, EFFECT_KEY: marker.to_string() }));
    let picture = shown_picture(&porter).await;
    expect("m.room.member", &own, json!({ "membership": "join", "displayname": "The porter", "avatar_url": picture }));
    let mut levels = spec.power_levels(Speech::Open);
    // Synapse's own: the level of a proposal that came to nothing (MSC2716).
    levels["historical"] = json!(100);
    expect("m.room.power_levels", "", levels);
    assert_eq!(state(&room).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn speech_in_an_introductions_room_is_withheld_and_then_opened() {
    let sam = person("speech-sam").await;
    let mut porter = Porter::open("speech").await;
    let marker = effect("speech");
    let spec = lodge_channel::room::introduction();
    let room = porter.session.create_room(&spec, marker).await.unwrap();
    porter.session.invite(&room, &address(&sam), Direct::Yes).await.unwrap();
    sam.invited_by(&porter.user_id()).await.unwrap();
    sam.join(&room_id(&room)).await.unwrap();
    assert!(sam.say(&room_id(&room), "too early").await.is_err());
    porter.session.open_speech(&room, &lodge_channel::room::introduction()).await.unwrap();
    let levels = state(&room).await.remove(&("m.room.power_levels".to_owned(), String::new()));
    assert_eq!(levels, Some(spec.power_levels(Speech::Open)));
    sam.say(&room_id(&room), "now").await.unwrap();
    let created = porter.until("its own room", |at, heard| *at == room && matches!(heard, Heard::Created(_))).await;
    assert_eq!(created.heard, Heard::Created(marker));
    porter.session.leave(&room).await.unwrap();
    sam.sees_leaving(&room_id(&room), &porter.user_id()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_arrive_tied_to_their_sender_and_the_porters_own_with_their_effect() {
    let sam = person("words-sam").await;
    let mut porter = Porter::open("words").await;
    let room = porter.converse(&sam, effect("words")).await;
    let id = effect("words-say");
    let event = porter.session.send(&room, id, notice(id, "Good morning")).await.unwrap();
    // The same effect again is the same message: nobody knew whether the first one had arrived.
    assert_eq!(porter.session.send(&room, id, notice(id, "Good morning")).await, Ok(event.clone()));
    let heard = sam.next_from(&porter.user_id()).await.unwrap();
    assert!(heard.message().unwrap().encrypted);
    assert_eq!(sam.unexpected().await.unwrap(), []);
    let echo = porter.until("its own words", |at, heard| *at == room && matches!(heard, Heard::Own(_))).await;
    assert_eq!((echo.heard, &echo.event), (Heard::Own(id), &event));

    sam.reply(&room_id(&room), &heard.event_id.unwrap(), "yes").await.unwrap();
    let text = porter.next_text(&room).await;
    assert_eq!((text.body.as_str(), text.proof, text.reply_to), ("yes", Proof::Proven, Some(event)));

    // A device that nobody has cross-signed is one of Sam's all the same.
    let newcomer = sam.log_in_again(PASSWORD).await.unwrap();
    assert!(!newcomer.is_cross_signed().await.unwrap());
    newcomer.say(&room_id(&room), "yes again").await.unwrap();
    let text = porter.next_text(&room).await;
    assert_eq!((text.body.as_str(), text.proof), ("yes again", Proof::Proven));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_taken_back_is_gone_for_who_has_it() {
    let sam = person("back-sam").await;
    let mut porter = Porter::open("back").await;
    let room = porter.converse(&sam, effect("back")).await;
    let (first, second, back) = (effect("back 1"), effect("back 2"), effect("back 3"));
    let told = porter.session.send(&room, first, notice(first, "Alex's telephone number")).await.unwrap();
    let stays = porter.session.send(&room, second, notice(second, "Good morning")).await.unwrap();
    assert_eq!(sam.next_from(&porter.user_id()).await.unwrap().body(), Some("Alex's telephone number"));
    // A second try, after an answer that was lost, changes nothing.
    for _ in 0..2 {
        assert_eq!(porter.session.redact(&room, &told, back).await, Ok(()));
    }
    let taken_back = |seen: &Seen| matches!(&seen.kind, Kind::Redacted { event } if event.as_str() == told.0);
    sam.expect("the message to be taken back", taken_back).await.unwrap();
    assert_eq!(sam.unexpected().await.unwrap(), []);
    let api = homeserver().await.api().unwrap().with_token(sam.access_token());
    let event = async |event: &EventRef| {
        let path = format!("/_matrix/client/v3/rooms/{}/event/{}", room.0, event.0);
        api.get(&path).await.unwrap().ok().unwrap()
    };
    assert_eq!(event(&told).await["content"], json!({}));
    assert_ne!(event(&stays).await["content"], json!({}));

    porter.session.leave(&room).await.unwrap();
    let forbidden = CallError::Refused { why: Refusal::Other { code: "M_FORBIDDEN".to_owned() } };
    assert_eq!(porter.session.redact(&room, &stays, effect("back 4")).await, Err(forbidden));
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_what_is_not_encrypted_in_a_conversation_is_not_tied_to_its_sender() {
    let sam = person("plain-sam").await;
    let mut porter = Porter::open("plain").await;
    let room = porter.converse(&sam, effect("plain")).await;
    let path = format!("/_matrix/client/v3/rooms/{}/send/m.room.message/1", room.0);
    let api = homeserver().await.api().unwrap().with_token(sam.access_token());
    api.put(&path, &json!({ "msgtype": "m.text", "body": "yes" })).await.unwrap().ok().unwrap();
    let text = porter.next_text(&room).await;
    assert_eq!((text.body.as_str(), text.proof), ("yes", Proof::Unproven));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_token_gives_the_same_again_and_breaks_nothing() {
    let sam = person("older-sam").await;
    let mut porter = Porter::open("older").await;
    let room = porter.converse(&sam, effect("older")).await;
    porter.session.send(&room, effect("older-say"), notice(effect("older-say"), "Hello")).await.unwrap();
    sam.next_from(&porter.user_id()).await.unwrap();
    porter.until("its own words", |_, heard| matches!(heard, Heard::Own(_))).await;
    let token = porter.since.clone();
    sam.say(&room_id(&room), "yes").await.unwrap();
    let is_answer =
        |heard: &Heard| matches!(heard, Heard::Text(text) if text.body == "yes" && text.proof == Proof::Proven);
    porter.until("the answer", |_, heard| is_answer(heard)).await;

    // The response was not committed: the same listener is asked again.
    porter.since.clone_from(&token);
    porter.until("the answer", |_, heard| is_answer(heard)).await;
    // The program ended before it was committed.
    porter.since.clone_from(&token);
    let mut porter = porter.reopen().await;
    porter.until("the answer", |_, heard| is_answer(heard)).await;
    // From the very beginning.
    porter.since = None;
    let mut porter = porter.reopen().await;
    porter.until("the answer", |_, heard| is_answer(heard)).await;

    sam.say(&room_id(&room), "and more").await.unwrap();
    let text = porter.next_text(&room).await;
    assert_eq!((text.body.as_str(), text.proof), ("and more", Proof::Proven));
    porter.session.send(&room, effect("older-end"), notice(effect("older-end"), "Goodbye")).await.unwrap();
    assert_eq!(sam.next_from(&porter.user_id()).await.unwrap().body(), Some("Goodbye"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_response_that_nobody_waited_for_to_the_end_is_not_lost() {
    let sam = person("dropped-sam").await;
    let mut porter = Porter::open("dropped").await;
    let room = porter.converse(&sam, effect("dropped")).await;
    let since = porter.since.clone();
    let waiting = porter.listener.next(since.as_deref(), Duration::from_secs(30));
    let said = async {
        sam.say(&room_id(&room), "yes").await.unwrap();
    };
    // The first to end ends the other; here nobody reads the listener's news.
    tokio::select! { _ = waiting => {}, () = said => {} }
    assert_eq!(porter.next_text(&room).await.body, "yes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_is_filled_with_exactly_what_is_missing() {
    const COUNT: usize = 130;
    let (sam, alex) = (person("gap-sam").await, person("gap-alex").await);
    let mut porter = Porter::open("gap").await;
    let room = porter.converse(&sam, effect("gap")).await;
    let other = porter.converse(&alex, effect("gap-other")).await;
    sam.say(&room_id(&room), "before").await.unwrap();
    assert_eq!(porter.next_text(&room).await.body, "before");
    let since = porter.since.clone();
    for number in 0..COUNT {
        sam.say(&room_id(&room), &number.to_string()).await.unwrap();
        if number % 40 == 0 {
            alex.say(&room_id(&other), "elsewhere").await.unwrap();
        }
    }
    let mut received = porter.listener.next(since.as_deref(), Duration::ZERO).await.unwrap();
    porter.session.prove(&mut received).await.unwrap();
    let mut delivery = received.delivery;
    let gap = delivery.rooms.iter().find(|news| news.room == room).unwrap().gap.clone();
    assert!(gap.is_some(), "{COUNT} messages leave a gap");
    let back = since.as_deref().map(Back::To).unwrap();
    gaps::fill(&porter.session, back, |_| Some(Events::All), &mut delivery).await.unwrap();
    let ours = delivery.rooms.iter().find(|news| news.room == room).unwrap();
    let words = |news: &News| match &news.heard {
        Heard::Text(text) => Some((text.body.clone(), text.proof)),
        Heard::Own(_)
        | Heard::Echo(_)
        | Heard::Created(_)
        | Heard::Moved(..)
        | Heard::Sealed(_)
        | Heard::Edited(_)
        | Heard::Redacted(_)
        | Heard::Wordless(_)
        | Heard::Changed
        | Heard::Nothing => None,
    };
    let expected: Vec<_> = (0..COUNT).map(|number| Some((number.to_string(), Proof::Proven))).collect();
    assert_eq!(ours.news.iter().map(words).collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_comes_late_opens_what_waited_for_it() {
    let sam = person("late-sam").await;
    let mut porter = Porter::open("late").await;
    let room = porter.converse(&sam, effect("late")).await;
    sam.say(&room_id(&room), "yes").await.unwrap();
    // The message is read before the sync response that brings its key.
    let token = now(&sam).await;
    let page = porter.session.history(&room, Events::All, &token, porter.since.as_deref()).await.unwrap();
    let Heard::Sealed(sealed) = &page.news[0].heard else { panic!("not sealed: {:?}", page.news) };
    assert_eq!(porter.session.unseal(&room, sealed).await, None);
    while porter.hear().await.keys.is_empty() {}
    let news = porter.session.unseal(&room, sealed).await.unwrap();
    let Heard::Text(text) = news.heard else { panic!("not words: {news:?}") };
    assert_eq!((news.event, text.body.as_str(), text.proof), (page.news[0].event.clone(), "yes", Proof::Proven));
}

/// A token for this very moment.
async fn now(person: &Person) -> String {
    let api = homeserver().await.api().unwrap().with_token(person.access_token());
    let response = api.get("/_matrix/client/v3/sync?timeout=0").await.unwrap().ok().unwrap();
    response["next_batch"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_says_how_long_to_wait() {
    let sam = person("limit-sam").await;
    let mut porter = Porter::open("limit").await;
    let room = porter.converse(&sam, effect("limit")).await;
    let path = format!("/_synapse/admin/v1/users/{}/override_ratelimit", porter.user_id());
    let one = json!({ "messages_per_second": 1, "burst_count": 1 });
    homeserver().await.administrator().await.unwrap().post(&path, &one).await.unwrap().ok().unwrap();
    let limited = |error: &CallError| matches!(error, CallError::Limited { retry_after_ms: 1..=30_000 });
    let mut by_sdk = None;
    for number in 0..20 {
        let id = effect(&format!("limit {number}"));
        by_sdk = porter.session.send(&room, id, notice(id, "Hello")).await.err();
        if by_sdk.is_some() {
            break;
        }
    }
    assert!(by_sdk.as_ref().is_some_and(limited), "{by_sdk:?}");
    let mut plain = None;
    for number in 0..20 {
        let spec = lodge_channel::room::introduction();
        plain = porter.session.create_room(&spec, effect(&format!("limit room {number}"))).await.err();
        if plain.is_some() {
            break;
        }
    }
    assert!(plain.as_ref().is_some_and(limited), "{plain:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_turns_invitations_away_is_told_apart_from_any_other_refusal() {
    let (sam, alex) = (person("blocked-sam").await, person("blocked-alex").await);
    let porter = Porter::open("blocked").await;
    let room = porter.session.create_room(&lodge_channel::room::introduction(), effect("blocked")).await.unwrap();
    let api = homeserver().await.api().unwrap().with_token(sam.access_token());
    let path = format!("/_matrix/client/v3/user/{}/account_data/m.invite_permission_config", sam.user_id());
    api.put(&path, &json!({ "default_action": "block" })).await.unwrap().ok().unwrap();
    let stranger = RoomRef("!nowhere".to_owned());
    let forbidden = CallError::Refused { why: Refusal::Other { code: "M_FORBIDDEN".to_owned() } };
    for direct in [Direct::Yes, Direct::No] {
        let blocked = porter.session.invite(&room, &address(&sam), direct).await;
        assert_eq!(blocked, Err(CallError::Refused { why: Refusal::InviteBlocked }));
        assert_eq!(porter.session.invite(&stranger, &address(&alex), direct).await, Err(forbidden.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_listed_as_they_stand_now() {
    let (sam, alex) = (person("members-sam").await, person("members-alex").await);
    let mut porter = Porter::open("members").await;
    let room = porter.converse(&sam, effect("members")).await;
    porter.session.invite(&room, &address(&alex), Direct::Yes).await.unwrap();
    let mut members = porter.session.members(&room).await.unwrap();
    members.sort();
    let standing = |person: &Person, membership| (Occupant::from(address(person)), membership);
    let own = (Occupant::from(&porter.options.user), Membership::Joined);
    let mut expected = [standing(&alex, Membership::Invited), own.clone(), standing(&sam, Membership::Joined)];
    expected.sort();
    assert_eq!(members, expected);
    porter.session.remove(&room, &address(&alex).into()).await.unwrap();
    porter.session.remove(&room, &address(&sam).into()).await.unwrap();
    assert_eq!(porter.session.members(&room).await.unwrap(), [own]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_room_is_entered_greeted_and_left() {
    let sam = person("guest-sam").await;
    let mut porter = Porter::open("guest").await;
    porter.hear().await;
    let theirs = sam.create_room(private_room(&[&porter.user_id()]).unwrap()).await.unwrap();
    let theirs = RoomRef(theirs.to_string());
    let mut invitations = Vec::new();
    while invitations.is_empty() {
        invitations = porter.hear().await.delivery.invitations;
    }
    assert_eq!(invitations, [Invitation { room: theirs.clone(), from: address(&sam) }]);
    porter.session.join(&theirs).await.unwrap();
    let id = effect("guest-say");
    porter.session.send(&theirs, id, notice(id, "We talk elsewhere")).await.unwrap();
    porter.session.leave(&theirs).await.unwrap();
    let heard = sam.next_from(&porter.user_id()).await.unwrap();
    assert_eq!((heard.body(), heard.message().unwrap().encrypted), (Some("We talk elsewhere"), true));
    sam.sees_leaving(&room_id(&theirs), &porter.user_id()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_ended_says_so_and_another_key_is_named() {
    let porter = Porter::open("ended").await;
    let options = porter.options.clone();
    let wrong = MasterKey::from_bytes([8; 32]);
    let error = Session::open(SessionOptions { key: wrong, ..options.clone() }).await;
    assert!(matches!(error, Err(SessionError::Kept { .. })), "{error:?}");

    let path = format!("/_synapse/admin/v2/users/{}/delete_devices", porter.user_id());
    let device = json!({ "devices": [porter.session.device()] });
    homeserver().await.administrator().await.unwrap().post(&path, &device).await.unwrap().ok().unwrap();
    assert!(!porter.session.is_logged_out());
    let made = porter.session.create_room(&lodge_channel::room::introduction(), effect("ended")).await;
    assert!(matches!(made, Err(CallError::Unknown { .. })) && porter.session.is_logged_out(), "{made:?}");
    let mut listener = Listener::new(&porter.session, 50);
    assert!(matches!(listener.next(None, Duration::ZERO).await, Err(CallError::Unknown { .. })));
    // An application service logs in again by itself; a token that was given by hand is at its end.
    drop((porter.session, porter.listener, listener));
    let session = Session::open(options.clone()).await.unwrap();
    let device_id = session.device().unwrap();
    drop(session);
    let credentials = Credentials::Token { access_token: "expired".into(), device_id };
    let error = Session::open(SessionOptions { credentials, ..options }).await.unwrap_err();
    assert!(matches!(error, SessionError::LoggedOut { .. }), "{error}");
}
