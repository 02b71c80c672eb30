//! What the porter says is noticed, by the rules that clients and homeservers have from the start: what is unasked rings,
//! and an answer to words just typed does not.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use lodge_channel::content::{Voice, message};
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::say::Say;
use lodge_core::say::samples::everything;
use lodge_core::wording::Manner;
use lodge_demo::Person;
use lodge_demo::household::Guest;
use lodge_demo::person::Message;
use lodge_plumbing::wording::Rendered;
use matrix_sdk::ruma::events::AnySyncTimelineEvent;
use matrix_sdk::ruma::push::{Action, PushConditionRoomCtx, Ruleset};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{UInt, user_id};
use serde_json::{Value, json};

use crate::house;
use crate::lodging::{Lodging, agreed, meet, request};

/// Whether a message of the porter's is of the type that its manner asks for.
pub fn is_in_its_manner(message: &Message) -> bool {
    let said = |say: &Say| message.wording.as_deref() == Some(say.wording().id);
    let rings = everything().iter().find(|say| said(say)).map(|say| say.manner() == Manner::Rings);
    rings.map(|rings| if rings { "m.text" } else { "m.notice" }) == Some(&message.msgtype)
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
        for members in [2, 3] {
            let members = UInt::from(members as u32);
            let context = PushConditionRoomCtx::new("!two:example.org".try_into()?, members, sam.into(), "Sam".into());
            let rings = rules.get_actions(&event, &context).await.iter().any(Action::should_notify);
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
    let (lodging, [sam, alex]) = Lodging::open("ringing", ["sam", "alex"], &set).await?;
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
    sam.asks("1 Not yet.", "answer-noted").await?;
    alex.hears("answer-came").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    for guest in [&sam, &alex] {
        let notified = notified(&guest.person).await?;
        let said: Vec<_> = guest.person.seen().into_iter().filter(|seen| seen.sender == guest.porter).collect();
        let mut both = BTreeSet::new();
        for seen in &said {
            let (Some(message), Some(event)) = (seen.message(), &seen.event_id) else { continue };
            ensure!(is_in_its_manner(message), "{message:?}");
            // The note in the room of two is there before the one who comes last has come in.
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
    // Synapse answers the same request with the same response for two minutes.
    static ASKED: AtomicU64 = AtomicU64::new(0);
    let sync = get(&guest.person, &format!("sync?timeout={}", ASKED.fetch_add(1, Ordering::Relaxed))).await?;
    let room = &sync["rooms"]["join"][guest.room.as_str()];
    room["unread_notifications"]["notification_count"].as_u64().context("a count of notifications")
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
