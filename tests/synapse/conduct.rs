//! Conduct in rooms for many on a real homeserver: words that were meant for the porter are taken away, reports reach
//! staff, and decisions of staff really hold.

use anyhow::{Context, Result, ensure};
use lodge_core::people::member::Role;
use lodge_demo::Person;
use lodge_demo::household::{Guest, Resident};
use lodge_demo::person::{Kind, Seen};
use matrix_sdk::ruma::{EventId, RoomId};
use serde_json::{Value, json};

use crate::community::{ROOMS, join, levels, until_state};
use crate::house;
use crate::lodging::{Lodging, nothing_more};

const MEMBERS: [Resident; 3] = [
    Resident { localpart: "sam", name: "Sam", role: Role::Student, details: &[] },
    Resident { localpart: "noor", name: "Noor", role: Role::Student, details: &[] },
    Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] },
];

const POWER: &str = "m.room.power_levels";

/// A hub with the rooms of the other tests: two students and somebody on the staff.
async fn open(name: &str, set: &[&str]) -> Result<(Lodging, [Guest; 3])> {
    let homeserver = house::homeserver().await;
    let set = [&[ROOMS], set].concat();
    let mut lodging = Lodging::prepare_for(homeserver, name, &MEMBERS, &set).await?;
    lodging.start();
    let mut guests = Vec::new();
    for member in MEMBERS {
        let person = lodging.person(homeserver, name, member.localpart).await?;
        guests.push(Guest::arrive(person, &lodging.porter).await?);
    }
    Ok((lodging, guests.try_into().ok().context("as many guests as members")?))
}

/// An event as the homeserver gives it to somebody in the room.
async fn event(person: &Person, room: &RoomId, event: &EventId) -> Result<Value> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    api.get(&format!("/_matrix/client/v3/rooms/{room}/event/{event}")).await?.ok()
}

/// Somebody writes something that rings at everybody's.
async fn rings(person: &Person, room: &RoomId) -> Result<()> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    let content = json!({ "msgtype": "m.text", "body": "Free coffee!", "m.mentions": { "room": true } });
    let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/ringing");
    api.put(&path, &content).await?.ok().map(drop)
}

/// Each state that the power levels of a room ever had, newest first: the powers of people's own.
async fn powers_so_far(person: &Person, room: &RoomId) -> Result<Vec<Value>> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    let filter = r#"{"types":["m.room.power_levels"]}"#.replace('"', "%22").replace('{', "%7B").replace('}', "%7D");
    let page =
        api.get(&format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50&filter={filter}")).await?.ok()?;
    let events = page["chunk"].as_array().context("a page has events")?;
    Ok(events.iter().map(|event| event["content"]["users"].clone()).collect())
}

/// Nobody may write there but those who could before.
async fn cannot_write(person: &Person, room: &RoomId) -> Result<()> {
    let refused = person.say(room, "May I?").await.map_err(|error| format!("{error:#}"));
    ensure!(refused.as_ref().is_err_and(|error| error.contains("M_FORBIDDEN")), "{refused:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn b05_a_command_in_a_room_is_answered_in_private_and_its_message_goes_when_its_writer_says_so() -> Result<()> {
    let (lodging, [sam, noor, casey]) = open("overheard", &[]).await?;
    let lobby = join(&sam, "lobby").await?;
    ensure!(join(&noor, "lobby").await? == lobby, "there are two lobbies");
    let staff = join(&casey, "staff").await?;

    let typed = sam.person.say(&lobby, "forget me").await?;
    let told = sam.hears("overheard").await?;
    ensure!(told.contains("Lobby") && told.contains("> forget me"), "{told}");
    ensure!(event(&noor.person, &lobby, &typed).await?["content"]["body"] == "forget me", "it went unasked");
    sam.asks("take it away", "taken-away").await?;
    let gone = event(&noor.person, &lobby, &typed).await?;
    assert_eq!(
        (&gone["content"], &gone["unsigned"]["redacted_because"]["sender"]),
        (&json!({}), &json!(lodging.porter))
    );
    sam.asks("take it away", "nothing-to-take-away").await?;

    // In an encrypted room it is the same.
    let typed = casey.person.say(&staff, &format!("ban {}", sam.person.user_id())).await?;
    casey.hears("overheard").await?;
    casey.asks("take it away", "taken-away").await?;
    assert_eq!(event(&casey.person, &staff, &typed).await?["content"], json!({}));

    // Others saw two things of it all: the words, and their going.
    noor.person.settle().await?;
    let seen: Vec<Seen> = noor.person.seen().into_iter().filter(|seen| seen.room == lobby).collect();
    let said: Vec<_> = seen.iter().filter(|seen| seen.message().is_some()).map(|seen| seen.sender.clone()).collect();
    assert_eq!(said, [sam.person.user_id()]);
    let gone = |seen: &&Seen| matches!(seen.kind, Kind::Redacted { .. }) && seen.sender == lodging.porter;
    assert_eq!(seen.iter().filter(gone).count(), 1);
    noor.person.next_from(sam.person.user_id()).await?;
    nothing_more(&noor).await?;
    sam.asks("rooms", "rooms").await?;
    lodging.close(&[&sam, &casey]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_reaches_staff_and_what_they_decide_holds_on_the_homeserver() -> Result<()> {
    let (lodging, [sam, noor, casey]) = open("conduct", &[]).await?;
    let lobby = join(&sam, "lobby").await?;
    join(&noor, "lobby").await?;
    let who = sam.person.user_id();

    let rude = sam.person.say(&lobby, "You are all wrong.").await?;
    let words = format!("report {who} in lobby: they shout");
    noor.asks(&words, "report-kept").await?;
    let told = casey.hears("conduct-reported").await?;
    ensure!(told.contains("they shout") && told.contains(noor.person.user_id().as_str()), "{told}");
    noor.asks(&format!("report https://matrix.to/#/{lobby}/{rude} unkind"), "report-kept").await?;
    let told = casey.hears("conduct-reported").await?;
    ensure!(told.contains("You are all wrong.") && told.contains(who.as_str()), "{told}");
    casey.asks("warn 1: More softly, please.", "staff-warned").await?;
    ensure!(sam.hears("warned").await?.contains("More softly, please."), "a warning says what staff wrote");

    casey.asks(&format!("mute {who} in lobby for 2 days"), "staff-muted").await?;
    sam.hears("muted").await?;
    until_state(&lobby, POWER, &levels(json!({ who.as_str(): -1 }), 0)).await?;
    cannot_write(&sam.person, &lobby).await?;
    casey.asks(&format!("unmute {who} in lobby"), "staff-unmuted").await?;
    sam.hears("speech-back").await?;
    until_state(&lobby, POWER, &levels(json!({}), 0)).await?;
    sam.person.say(&lobby, "I am sorry.").await?;

    casey.asks(&format!("remove {who} from lobby"), "staff-removed").await?;
    sam.hears("removed").await?;
    sam.person.sees_leaving(&lobby, who).await?;
    sam.asks("join lobby", "room-not-there").await?;
    casey.asks(&format!("allow {who} in lobby"), "staff-allowed").await?;
    sam.hears("allowed-back").await?;
    let news = join(&sam, "news").await?;
    sam.asks("join lobby", "room-invitation").await?;

    casey.asks(&format!("ban {who}"), "staff-banned").await?;
    sam.hears("banned").await?;
    sam.person.sees_leaving(&news, who).await?;
    sam.asks("rooms", "no-longer-member").await?;
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_rings_at_everybodys_cannot_write_for_a_while_and_then_can_again() -> Result<()> {
    let (lodging, [sam, _, casey]) = open("ringing", &["moderation.mute=15s"]).await?;
    let lobby = join(&sam, "lobby").await?;
    rings(&sam.person, &lobby).await?;
    sam.hears("flooded-mentions").await?;
    casey.hears("flooding-mentions").await?;
    sam.hears("speech-back").await?;
    until_state(&lobby, POWER, &levels(json!({}), 0)).await?;
    let so_far = powers_so_far(&sam.person, &lobby).await?;
    let muted = json!({ sam.person.user_id().as_str(): -1 });
    ensure!(so_far.contains(&muted), "the power to write was never gone: {so_far:?}");
    sam.person.say(&lobby, "Good morning.").await?;
    lodging.close(&[&sam, &casey]).await
}
