//! The counselling service on a real homeserver, with people's real encrypted clients.

use anyhow::{Context, Result, ensure};
use lodge_counsel::run;
use lodge_demo::household::Guest;
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use matrix_sdk_crypto::MegolmError;
use serde_json::{Value, json};

use crate::house;
use crate::keys::{decrypt, encrypted, event_of, kept};
use crate::quiet::{Quiet, ask_anybody, come_together};
use crate::stranger::Stranger;

/// From the first word to a room in which both are: the client first, then the counsellor.
async fn until_open(quiet: &Quiet, sam: &mut Stranger, kim: &Guest) -> Result<(String, OwnedRoomId)> {
    let service = quiet.account.as_str();
    sam.invites(service).await?;
    sam.sees("where the service is to be found, in the room that they made", |seen| seen["wording"] == "elsewhere")
        .await?;
    let conversation = sam.comes_in(service).await?;
    let terms = sam.hears(&conversation, service, Some("terms")).await?;
    ensure!(terms.starts_with("Quiet room\n"), "what shows first is not neutral: {terms}");
    for (says, wording) in [
        ("yes", "ask-whom"),
        ("anybody", "ask-about"),
        ("I would like to leave my course.", "ask-showing"),
        ("no", "asking"),
    ] {
        sam.says(&conversation, says).await?;
        sam.hears(&conversation, service, Some(wording)).await?;
    }
    let offer = kim.hears("counsellor-offer").await?;
    ensure!(!offer.contains("sam") && !offer.contains("course"), "this tells too much: {offer}");
    kim.asks("claim", "counsellor-claimed").await?;
    sam.hears(&conversation, service, Some("claimed")).await?;
    let room = sam.comes_in(service).await?;
    sam.hears(&room, service, Some("first-here")).await?;
    ensure!(kim.person.invited_by(&quiet.account).await?.room == room, "they were invited to different rooms");
    let room = OwnedRoomId::try_from(room)?;
    kim.person.join(&room).await?;
    sam.hears(room.as_str(), service, Some("opening-note")).await?;
    let note = kim.person.hears("opening-note").await?;
    ensure!(note.room == room && note.sender == quiet.account, "the opening note was said elsewhere: {note}");
    sam.sees_leaving(room.as_str(), service).await?;
    kim.person.sees_leaving(&room, &quiet.account).await?;
    Ok((conversation, room))
}

#[tokio::test(flavor = "multi_thread")]
async fn c10_from_the_terms_to_a_conversation_that_the_service_cannot_read() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let (kim, lee) = (quiet.counsellor("kim-quiet").await?, quiet.counsellor("lee-quiet").await?);
    let account = quiet.homeserver.register("sam", house::PASSWORD, false).await?.user_id;
    let mut sam = Stranger::log_in(&quiet.homeserver, account.as_str()).await?;
    let (conversation, room) = until_open(&quiet, &mut sam, &kim).await?;
    lee.hears("counsellor-offer").await?;
    let taken = lee.hears("counsellor-taken").await?;
    ensure!(!taken.contains("sam") && !taken.contains("Kim"), "this tells too much: {taken}");
    sam.says(room.as_str(), "I have not told anybody yet.").await?;
    ensure!(kim.person.next_from(&account).await?.body() == Some("I have not told anybody yet."));
    kim.person.say(&room, "Thank you for telling me.").await?;
    ensure!(sam.hears(room.as_str(), kim.person.user_id().as_str(), None).await? == "Thank you for telling me.");
    assert_state(&quiet, account.as_str(), &kim, &room).await?;
    cannot_be_read(&mut quiet, &kim, &room).await?;
    quiet.start(&[])?;
    depart(&quiet, &mut sam, &kim, (&conversation, &room)).await?;
    let more = [kim.person.unexpected().await?, lee.person.unexpected().await?];
    ensure!(more.iter().all(Vec::is_empty), "more was said: {more:?}");
    sam.ends().await
}

/// They close it, and each says that they have left.
async fn depart(quiet: &Quiet, sam: &mut Stranger, kim: &Guest, at: (&str, &RoomId)) -> Result<()> {
    let ((conversation, room), service) = (at, quiet.account.as_str());
    sam.says(conversation, "close").await?;
    sam.hears(conversation, service, Some("closing")).await?;
    kim.hears("counsellor-closing").await?;
    sam.leaves(room.as_str()).await?;
    sam.says(conversation, "left").await?;
    sam.hears(conversation, service, Some("left")).await?;
    kim.person.leave(room).await?;
    kim.asks("left", "counsellor-left").await?;
    Ok(())
}

/// The account's own token and all its keys open no message from after it had left; messages from before they open.
async fn cannot_be_read(quiet: &mut Quiet, kim: &Guest, room: &RoomId) -> Result<()> {
    let devices = kim.person.client().encryption().get_user_devices(&quiet.account).await?;
    let device = devices.keys().next().context("the service has a device")?.to_string();
    quiet.stop().await?;
    let config = quiet.loaded(&[])?.config;
    let keys = kept(&config.store.directory, &run::master_key(&config)?, &quiet.account, &device).await?;
    let note = kim.person.seen().into_iter().find(|seen| seen.is_wording("opening-note"));
    let note = note.and_then(|seen| seen.event_id).context("there is an opening note")?;
    // The service's own words are read with them, which shows that these are its keys.
    let own = decrypt(&keys, room, &encrypted(&quiet.homeserver, &kim.person, room, &note).await?).await?;
    ensure!(own["content"]["body"].as_str().is_some_and(|body| body.starts_with("Quiet room")), "{own}");
    for text in ["I have not told anybody yet.", "Thank you for telling me."] {
        let sealed = encrypted(&quiet.homeserver, &kim.person, room, &event_of(&kim.person, text)?).await?;
        let error = decrypt(&keys, room, &sealed).await.err().with_context(|| format!("{text:?} could be read"))?;
        let error = error.downcast_ref::<MegolmError>();
        assert!(matches!(error, Some(MegolmError::MissingRoomKey(_))), "{text:?}: {error:?}");
    }
    Ok(())
}

/// The whole state of a room, as it must be when the service has left it.
async fn assert_state(quiet: &Quiet, sam: &str, kim: &Guest, room: &RoomId) -> Result<()> {
    let events = quiet.ask(&kim.person, &format!("rooms/{room}/state")).await?;
    let mut found: Vec<(String, String, Value)> = Vec::new();
    for event in events.as_array().context("a list of events")? {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        found.push((text("type"), text("state_key"), event["content"].clone()));
    }
    let of = |kind: &str, key: &str| {
        let mut fitting = found.iter().filter(|(of, at, _)| of == kind && at == key);
        fitting.next().map(|(.., content)| content.clone()).unwrap_or_default()
    };
    let mut kinds: Vec<&str> = found.iter().map(|(kind, ..)| kind.as_str()).collect();
    kinds.sort_unstable();
    let member = "m.room.member";
    let expected = [
        "m.room.create",
        "m.room.encryption",
        "m.room.guest_access",
        "m.room.history_visibility",
        "m.room.join_rules",
        member,
        member,
        member,
        "m.room.name",
        "m.room.power_levels",
        "m.room.topic",
    ];
    assert_eq!(kinds, expected, "and no alias, picture or Space");
    assert_eq!(of("m.room.name", ""), json!({ "name": "" }), "clients name it after the other");
    let topic = "A room for two people. Writing begins when both are in it, and whoever opened it leaves then.";
    assert_eq!(of("m.room.topic", ""), json!({ "topic": topic }));
    let create = of("m.room.create", "");
    assert_eq!(create["m.federate"], json!(false));
    assert_eq!(create["room_version"], "12");
    assert_eq!(create["additional_creators"], json!([kim.person.user_id()]));
    assert_eq!(of("m.room.history_visibility", ""), json!({ "history_visibility": "joined" }));
    assert_eq!(of("m.room.guest_access", ""), json!({ "guest_access": "forbidden" }));
    assert_eq!(of("m.room.join_rules", ""), json!({ "join_rule": "invite" }));
    assert_eq!(of("m.room.encryption", "")["algorithm"], "m.megolm.v1.aes-sha2");
    let levels = of("m.room.power_levels", "");
    assert_eq!((&levels["invite"], &levels["events_default"], &levels["users"]), (&json!(100), &json!(0), &json!({})));
    for (who, membership) in [(sam, "join"), (kim.person.user_id().as_str(), "join"), (quiet.account.as_str(), "leave")]
    {
        assert_eq!(of(member, who)["membership"], membership, "{who}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn c09_closing_and_being_forgotten() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let kim = quiet.counsellor("kim-quiet").await?;
    let sam = quiet.visitor("sam").await?;
    ask_anybody(&sam, &kim).await?;
    kim.asks("claim", "counsellor-claimed").await?;
    sam.hears("claimed").await?;
    let room = come_together(&sam, &kim).await?;
    kim.asks("time tomorrow 14:00", "counsellor-time-passed-on").await?;
    sam.hears("time-suggested").await?;
    sam.asks("yes", "time-agreed").await?;
    kim.hears("counsellor-time-agreed").await?;
    sam.asks("close", "closing").await?;
    kim.hears("counsellor-closing").await?;
    for (guest, wording) in [(&sam, "left"), (&kim, "counsellor-left")] {
        guest.person.leave(&room).await?;
        guest.asks("left", wording).await?;
    }
    sam.asks("forget me", "forget-how").await?;
    sam.asks("forget me now", "forgetting").await?;
    sam.person.sees_leaving(&sam.room, &quiet.account).await?;
    quiet.stop().await?;
    ensure!(quiet.directory().join("counsel-data").exists(), "its data is its own");
    Ok(())
}
