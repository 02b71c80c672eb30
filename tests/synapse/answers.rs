//! Answers beside yes and no, taking them back, and the rights of members, each as the people in it see it.

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use lodge_demo::person::{Kind, Seen};
use lodge_hub::reports::list;
use matrix_sdk::ruma::{EventId, OwnedEventId};
use serde_json::{Value, json};

use crate::acting::Acts as _;
use crate::house;
use crate::lodging::{Lodging, agreed, details_in, invitations, meet, nothing_more, request, talk};
use crate::story::porter_leaves;

#[tokio::test(flavor = "multi_thread")]
async fn a07_a_question_by_reply_is_answered_by_reply_and_leads_to_a_room() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("asking", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    replies(&alex, "asked", "ask Which year are you in?").await?;
    assert!(alex.hears("carry-preview").await?.contains("> Which year are you in?"));
    alex.asks("send", "question-passed-on").await?;
    let question = sam.hears("question-came").await?;
    assert!(question.contains("> Which year are you in?") && !question.contains("Alex"), "{question}");
    // While somebody has a question open, a reply that looks like another word is still the answer to it.
    replies(&sam, "question-came", "no").await?;
    sam.hears("answer-noted").await?;
    let answer = alex.hears("answer-came").await?;
    assert!(answer.contains("> Which year are you in?") && answer.contains("> no"), "{answer}");
    alex.asks("ask Is it the second?", "carry-preview").await?;
    alex.asks("send", "question-passed-on").await?;
    sam.hears("question-came").await?;
    sam.asks("answer Yes, the second.", "answer-noted").await?;
    alex.hears("answer-came").await?;
    replies(&alex, "answer-came", "yes with email").await?;
    alex.hears("yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "Thank you for asking.").await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a07_a_reason_comes_at_once_and_in_the_words_it_was_given_in() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("reason", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("No, because I am on leave until May.\nDo ask me then.", "carry-preview").await?;
    alex.asks("send", "reason-passed-on").await?;
    let told = sam.hears("said-no").await?;
    assert!(told.contains("\n> I am on leave until May.\n> Do ask me then.\n"), "{told}");
    assert!(details_in(&told).is_empty(), "{told}");
    assert!(sam.asks("requests", "requests").await?.contains("they said no this time"));
    alex.asks("yes", "nothing-to-answer").await?;
    assert_eq!(invitations(&sam.person).len(), 1, "to the conversation and nowhere else");
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_a_yes_in_a_thread_is_about_what_the_thread_hangs_on_and_answered_in_it() -> Result<()> {
    let (lodging, [sam, noor, alex]) = Lodging::open("threads", ["sam", "noor", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let sams = event(&alex, "asked")?;
    sam.asks("withdraw", "withdrawn").await?;
    alex.hears("taken-back").await?;
    let over = event(&alex, "taken-back")?;
    request(&noor, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let noors = event(&alex, "asked")?;
    ensure!(sams != noors, "there are two requests");
    // Nothing was asked where these two threads hang.
    for root in [&over, &sams] {
        in_thread(&alex, root, "yes").await?;
        alex.hears("which-one").await?;
        assert_answered_in(&alex, "which-one", root)?;
    }
    in_thread(&alex, &noors, "yes").await?;
    alex.hears("yes-recorded").await?;
    assert_answered_in(&alex, "yes-recorded", &noors)?;
    agreed(&noor, &alex).await?;
    ensure!(invitations(&sam.person).len() == 1, "Sam was invited to the conversation and nowhere else");
    // Messages to somebody else stand in no thread of theirs.
    let told = noor.person.seen().into_iter().filter_map(|seen| seen.message().map(|message| message.content.clone()));
    ensure!(
        told.filter(|content| content["org.lodge.wording"].is_string())
            .all(|content| content["m.relates_to"].is_null())
    );
    lodging.close(&[&sam, &noor, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i08_a_request_taken_back_is_gone_from_the_conversation_it_was_brought_to() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("unasked", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    sam.asks("withdraw", "withdrawn").await?;
    alex.hears("taken-back").await?;
    // It was acknowledged, so it is done.
    assert_taken_back(&alex, "asked").await?;
    alex.asks("yes", "nothing-to-answer").await?;
    sam.asks("withdraw", "nothing-to-withdraw").await?;
    assert_eq!(invitations(&alex.person).len(), 1, "to the conversation and nowhere else");
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i08_a_yes_taken_back_takes_the_details_with_it_and_the_room() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("unsaid", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes with email", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    sam.person.join(&room).await?;
    sam.person.hears("first-here").await?;
    alex.asks("withdraw", "withdrawn-room-closed").await?;
    sam.hears("withdrawn-by-other").await?;
    assert_taken_back(&sam, "agreed-requester").await?;
    for guest in [&sam, &alex] {
        guest.person.sees_leaving(&room, guest.person.user_id()).await?;
    }
    porter_leaves(&room, &lodging).await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_after_the_meeting_is_on_the_operators_list_with_the_room() -> Result<()> {
    let (mut lodging, [sam, alex]) = Lodging::open("reporting", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    sam.asks("report She asked me for money.", "reported-met").await?;
    alex.hears("withdrawn-by-other-after-meeting").await?;
    sam.hears("withdrawn-after-meeting").await?;
    for shown in ["asked", "agreed-addressee"] {
        assert_taken_back(&alex, shown).await?;
    }
    lodging.stop().await?;
    let listed = list(&lodging.config)?;
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(listed[0].reported.room.0, room.as_str());
    let directory = &lodging.config.store.directory;
    let file = std::fs::read_to_string(directory.join("reports.json"))?;
    assert!(!file.contains("money"), "the operator needs no words: {file}");
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn c15_my_data_comes_as_json_that_a_program_reads() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("mydata", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    sam.says("my data").await?;
    let seen = sam.person.hears("my-data").await?;
    let message = seen.message().context("it is a message")?;
    let html = message.html.as_deref().context("it is formatted")?;
    assert!(html.contains("<pre><code>{"), "{html}");
    let data = json_in(&message.body)?;
    let kinds: Vec<&str> = records(&data).filter_map(|record| record["kind"].as_str()).collect();
    assert_eq!(kinds, ["you", "how the service lists you", "your card", "a request you sent"]);
    let sent = records(&data).last().context("the request")?;
    assert_eq!(sent["to"], alex.person.user_id().as_str());
    assert_eq!(sent["stands"], "waiting");
    assert!(sent["consent"]["header"]["schema_version"].to_string().contains("27560"), "{sent}");
    assert!(!data.to_string().contains("alex@mail.example"), "{data}");
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a22_whoever_is_forgotten_is_left_alone_and_the_others_are_served() -> Result<()> {
    let set = ["rights.forget_within=3s"];
    let (lodging, [sam, noor, alex]) = Lodging::open("forgotten", ["sam", "noor", "alex"], &set).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    sam.asks("forget me", "forget-ask").await?;
    sam.asks("forget me now", "forgetting").await?;
    alex.hears("taken-back").await?;
    sam.person.sees_leaving(&sam.room, &sam.porter).await?;
    assert_taken_back(&alex, "asked").await?;
    sam.says("help").await?;
    noor.asks("help", "help").await?;
    request(&noor, sam.person.user_id()).await?;
    nothing_more(&sam).await?;
    assert_eq!(invitations(&sam.person).len(), 1, "to the conversation that was");
    lodging.close(&[&sam, &noor, &alex]).await
}

/// Replies to the last message with this wording, as a client does.
async fn replies(guest: &Guest, to: &str, text: &str) -> Result<()> {
    guest.person.reply(&guest.room, &event(guest, to)?, text).await.map(drop)
}

/// Writes in the thread on a message, as a client does.
async fn in_thread(guest: &Guest, root: &EventId, text: &str) -> Result<()> {
    let content = json!({
        "msgtype": "m.text", "body": text,
        "m.relates_to": {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": { "event_id": root },
        },
    });
    guest.person.send(&guest.room, "m.room.message", content).await.map(drop)
}

/// The last message with this wording stands in the thread on that one, after words of theirs.
fn assert_answered_in(guest: &Guest, wording: &str, root: &EventId) -> Result<()> {
    let answer = guest.person.seen().into_iter().rfind(|seen| seen.is_wording(wording));
    let message = answer.as_ref().and_then(Seen::message).context("it is a message")?;
    let relation = &message.content["m.relates_to"];
    ensure!(
        message.encrypted && relation["rel_type"] == "m.thread" && relation["event_id"] == root.as_str(),
        "{relation}"
    );
    ensure!(relation["is_falling_back"] == true, "{relation}");
    let words =
        guest.person.seen().into_iter().find(|seen| seen.event_id.is_some() && seen.event_id == message.in_reply_to);
    ensure!(words.is_some_and(|seen| seen.body() == Some("yes")), "{relation}");
    Ok(())
}

/// The last message with this wording.
fn event(guest: &Guest, wording: &str) -> Result<OwnedEventId> {
    let seen = guest.person.seen().into_iter().rfind(|seen| seen.is_wording(wording));
    seen.and_then(|seen| seen.event_id).with_context(|| format!("nobody said {wording}"))
}

/// The message with this wording was taken back: the client was told so, and the homeserver has nothing of it any more.
async fn assert_taken_back(guest: &Guest, wording: &str) -> Result<()> {
    let event = event(guest, wording)?;
    nothing_more(guest).await?;
    let redacts = |seen: &Seen| matches!(&seen.kind, Kind::Redacted { event: redacted } if *redacted == event);
    ensure!(guest.person.seen().iter().any(redacts), "{wording} was not taken back");
    let kept = kept_of(guest, &event).await?;
    ensure!(kept["content"] == json!({}), "the homeserver still has {wording}: {kept}");
    Ok(())
}

/// A message in the conversation, as the homeserver keeps it.
async fn kept_of(guest: &Guest, event: &EventId) -> Result<Value> {
    let api = house::homeserver().await.api()?.with_token(guest.person.access_token());
    api.get(&format!("/_matrix/client/v3/rooms/{}/event/{event}", guest.room)).await?.ok()
}

/// The document in a message of the porter's.
pub fn json_in(text: &str) -> Result<Value> {
    let start = text.find('{').context("there is a document in it")?;
    Ok(serde_json::from_str(&text[start..])?)
}

fn records(data: &Value) -> impl Iterator<Item = &Value> {
    data["records"].as_array().into_iter().flatten()
}
