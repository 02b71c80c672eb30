//! What the porter says is noticed, by the rules that clients and homeservers have from the start: what is unasked rings,
//! and an answer to words just typed does not.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use lodge_channel::content::{Voice, message};
use lodge_channel::homeserver::Homeserver as _;
use lodge_channel::room::{Direct, introduction};
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::people::member::Role;
use lodge_core::say::Say;
use lodge_core::say::samples::everything;
use lodge_core::wording::Manner;
use lodge_demo::Person;
use lodge_demo::household::{Guest, Listed, Resident};
use lodge_demo::person::Message;
use lodge_matrix::calls;
use lodge_plumbing::wording::Rendered;
use matrix_sdk::ruma::events::AnySyncTimelineEvent;
use matrix_sdk::ruma::push::{Action, PushConditionRoomCtx, Ruleset};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{UInt, UserId, user_id};
use serde_json::{Value, json};

use crate::house;
use crate::lodging::{Lodging, agreed, meet, nothing_more, request};

/// Whether a message of the porter's is of the type that its manner asks for.
pub fn is_in_its_manner(message: &Message) -> bool {
    let said = |say: &Say| message.wording.as_deref() == Some(say.wording().id);
    let kind = |say: &Say| match say.manner() {
        _ if say.drawing(&Words.render(say)).is_some() => "m.image",
        _ if say.is_file() => "m.file",
        Manner::Rings => "m.text",
        Manner::Silent => "m.notice",
    };
    everything().iter().find(|say| said(say)).map(kind) == Some(&message.msgtype)
}

struct Words;

impl Voice for Words {
    fn render(&self, say: &Say) -> Rendered {
        Rendered { plain: say.wording().id.to_owned(), html: format!("<p>{}</p>", say.wording().id) }
    }
}

#[tokio::test]
async fn by_the_rules_that_everybody_begins_with_what_is_unasked_rings_and_nothing_else_does() -> Result<()> {
    let (porter, sam) = (user_id!("@porter:example.org"), user_id!("@sam:example.org"));
    let rules = Ruleset::server_default(sam);
    let mut rang = BTreeSet::new();
    for say in everything() {
        let content = message(&Words, &say, EffectId::from_bytes([1; 16]), &[Address::exact(sam.as_str())?]);
        ensure!(content["m.mentions"] == json!({ "user_ids": [sam] }), "{content}");
        let event = json!({
            "type": "m.room.message", "event_id": "$said", "room_id": "!two:example.org", "sender": porter,
            "origin_server_ts": 0, "content": content,
        });
        let event = Raw::<AnySyncTimelineEvent>::from_json_string(event.to_string())?;
        // Two are in a conversation, and three in the room of an introduction before the porter leaves.
        for members in [2_u32, 3] {
            let room = "!two:example.org".try_into()?;
            let there = PushConditionRoomCtx::new(room, UInt::from(members), sam.into(), "Sam".into());
            let rings = rules.get_actions(&event, &there).await.iter().any(Action::should_notify);
            ensure!(rings == (say.manner() == Manner::Rings), "{} rings: {rings}", say.wording().id);
            rang.extend(rings.then_some(say.wording().id));
        }
    }
    let expected =
        ["asked", "question-came", "answer-came", "reminder", "no-introduction", "agreed-requester", "welcome"];
    ensure!(expected.iter().all(|expected| rang.contains(expected)), "{rang:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_homeserver_what_is_unasked_counts_as_unread_and_what_answers_does_not() -> Result<()> {
    let set = ["matrix.encrypt_conversations=false", "introductions.reminders=[]"];
    let (lodging, [sam, alex]) = Lodging::open("notified", ["sam", "alex"], &set).await?;
    let before = unread(&alex).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    ensure!(unread(&alex).await? == before + 1, "{} and {before} before", unread(&alex).await?);
    alex.asks("help", "help").await?;
    alex.asks("ask Do you know the archive?", "carry-preview").await?;
    let before = unread(&sam).await?;
    alex.asks("send", "question-passed-on").await?;
    sam.hears("question-came").await?;
    ensure!(unread(&sam).await? == before + 1, "{} and {before} before", unread(&sam).await?);
    sam.asks("answer Not yet.", "answer-noted").await?;
    alex.hears("answer-came").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    let sees = sync(&sam.person).await?;
    let shown = sees["rooms"]["invite"][room.as_str()]["invite_state"]["events"].as_array().context("an invitation")?;
    let says =
        |kind: &str, key: &str| shown.iter().find(|event| event["type"] == kind).map(|event| &event["content"][key]);
    ensure!(says("m.room.name", "name") == Some(&json!("An introduction")), "{shown:?}");
    let topic = says("m.room.topic", "topic").and_then(Value::as_str).context("a topic")?;
    ensure!(topic.starts_with("A room for two people.") && !topic.contains("notified"), "{topic}");
    meet(&sam, &alex, &room).await?;
    let name = get(&sam.person, &format!("rooms/{room}/state/m.room.name")).await?;
    ensure!(name["name"] == "", "the room is named after the other from now on: {name}");
    for guest in [&sam, &alex] {
        let notified = notified(&guest.person).await?;
        let said: Vec<_> = guest.person.seen().into_iter().filter(|seen| seen.sender == guest.porter).collect();
        let mut both = BTreeSet::new();
        for seen in &said {
            let (Some(message), Some(event)) = (seen.message(), &seen.event_id) else { continue };
            ensure!(is_in_its_manner(message), "{message:?}");
            // Of what is encrypted the homeserver cannot tell, and their client decides.
            if seen.room != guest.room {
                continue;
            }
            let rings = message.msgtype == "m.text";
            ensure!(notified.contains(event.as_str()) == rings, "{message:?}");
            both.insert(rings);
        }
        ensure!(both.len() == 2, "{} was told of one kind alone", guest.person.user_id());
    }
    drop(lodging);
    Ok(())
}

/// The notifications that a client which comes online now shows at somebody's conversation with the porter.
async fn unread(guest: &Guest) -> Result<u64> {
    let sync = sync(&guest.person).await?;
    let room = &sync["rooms"]["join"][guest.room.as_str()];
    room["unread_notifications"]["notification_count"].as_u64().context("a count of notifications")
}

/// All that a client learns which comes online now.
async fn sync(person: &Person) -> Result<Value> {
    // Synapse answers the same request with the same response for two minutes.
    static ASKED: AtomicU64 = AtomicU64::new(0);
    get(person, &format!("sync?timeout={}", ASKED.fetch_add(1, Ordering::Relaxed))).await
}

/// The events that somebody was notified of.
async fn notified(person: &Person) -> Result<BTreeSet<String>> {
    let listed = get(person, "notifications?limit=100").await?;
    let events = listed["notifications"].as_array().context("a list of notifications")?;
    Ok(events.iter().filter_map(|one| one["event"]["event_id"].as_str().map(str::to_owned)).collect())
}

async fn get(person: &Person, path: &str) -> Result<Value> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    api.get(&format!("/_matrix/client/v3/{path}")).await?.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_says_whether_it_is_to_a_conversation_of_two() {
    let sam = house::person("direct-sam").await;
    let porter = house::Porter::open("direct").await;
    for (direct, says) in [(Direct::Yes, json!(true)), (Direct::No, Value::Null)] {
        let marker = house::effect(&format!("direct {direct:?}"));
        let room = porter.session.create_room(&introduction(), marker).await.unwrap();
        porter.session.invite(&room, &house::address(&sam), direct).await.unwrap();
        // The same once more, as after a lost answer, changes nothing.
        calls::invite(&porter.session, &room, (&house::address(&sam), direct), true).await.unwrap();
        let sync = sync(&sam).await.unwrap();
        let shown = sync["rooms"]["invite"][&room.0]["invite_state"]["events"].as_array().unwrap();
        let own = |event: &&Value| event["type"] == "m.room.member" && event["state_key"] == sam.user_id().as_str();
        let invitation = shown.iter().find(own).unwrap();
        assert_eq!(invitation["content"]["membership"], "invite");
        assert_eq!(invitation["content"]["is_direct"], says, "{invitation}");
        sam.leave(&house::room_id(&room)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_services_that_meet_leave_each_other_alone() -> Result<()> {
    let homeserver = house::homeserver().await;
    let (mut one, [sam]) = Lodging::open("loopone", ["sam"], &[]).await?;
    let (other, [alex]) = Lodging::open("looptwo", ["alex"], &[]).await?;
    // One's list names the other's porter, by mistake or by malice.
    let porter = Resident { localpart: "porter", name: "Robin", role: Role::Alumnus, details: &[] };
    one.take_in(&[Listed { user_id: Some(other.porter.clone()), ..porter.into() }], false, None).await?;
    let api = homeserver.api()?.with_token(house::AS_TOKEN);
    let invitations = async |porter: &UserId, round: u32| {
        let path = format!("/_matrix/client/v3/sync?timeout={round}&user_id={porter}");
        let sync = api.get(&path).await?.ok()?;
        anyhow::Ok(sync["rooms"]["invite"].as_object().map_or(0, serde_json::Map::len))
    };
    let mut round = 0;
    while invitations(&other.porter, round).await? == 0 {
        round += 1;
        ensure!(round < 1000, "nobody was invited");
        sam.asks("help", "help").await?;
    }
    // The other hears of it before it hears these, and is done with it before it says the last.
    for _ in 0..5 {
        alex.asks("help", "help").await?;
    }
    ensure!(invitations(&one.porter, 1001).await? == 0, "it was invited in its turn");
    // Words that a service says are nobody's, in whatever room they come.
    let told = sam.person.seen().into_iter().rfind(|seen| seen.is_wording("help")).context("it was said")?;
    let mut content = told.message().context("words")?.content.clone();
    content["msgtype"] = json!("m.text");
    content["body"] = json!("help");
    sam.person.send(&sam.room, "m.room.message", content).await?;
    one.stop().await?;
    sam.person.settle().await?;
    one.start();
    sam.asks("requests", "requests").await?;
    nothing_more(&sam).await
}
