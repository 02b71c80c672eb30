//! Things go wrong on the way, and each ends well for the people, once and in order.

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use lodge_demo::person::{Seen, private_room};
use matrix_sdk::ruma::api::client::room::create_room;
use matrix_sdk::ruma::{RoomId, UserId};
use serde_json::json;

use crate::acting::Acts as _;
use crate::gate::Gate;
use crate::house;
use crate::lodging::{Lodging, agreed, invitations, meet, nothing_more, request, talk, times_told};

/// A lodging in which Sam's client reaches the homeserver through a gate.
async fn gated(name: &str, set: &[&str]) -> Result<(Lodging, Gate, Guest)> {
    let homeserver = house::homeserver().await;
    let mut lodging = Lodging::prepare(homeserver, name, &["sam", "noor"], set).await?;
    lodging.start();
    let gate = Gate::before(homeserver.port()).await?;
    let sam = lodging.person_through(homeserver, &gate.url(), name, "sam").await?;
    // Nothing said yet: the first words come with a new key.
    let sam = Guest::come_in(sam, &lodging.porter).await?;
    sam.hears("welcome").await?;
    Ok((lodging, gate, sam))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_before_its_key_is_answered_once_the_key_comes() -> Result<()> {
    let (lodging, gate, sam) = gated("latekey", &[]).await?;
    let noor = lodging.person(house::homeserver().await, "latekey", "noor").await?;
    let noor = Guest::arrive(noor, &lodging.porter).await?;
    gate.shut()?;
    sam.says("help").await?;
    // Everything that came before a message that was answered has come too.
    noor.asks("requests", "requests").await?;
    nothing_more(&sam).await?;
    assert_ne!(gate.open().await?, 0, "no key was kept back");
    sam.hears("help").await?;
    sam.asks("requests", "requests").await?;
    assert_eq!(times_told(&sam, "help"), 1);
    lodging.close(&[&sam, &noor]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_what_cannot_be_read_is_asked_to_say_it_again_and_told_so_once() -> Result<()> {
    let (mut lodging, gate, sam) = gated("nokey", &["matrix.unreadable_after=2s"]).await?;
    gate.shut()?;
    sam.says("help").await?;
    sam.hears("unreadable").await?;
    lodging.stop().await?;
    lodging.start();
    // The key was only very late after all; nothing was lost by the wait, nor by the restart.
    assert_ne!(gate.open().await?, 0, "no key was kept back");
    sam.hears("help").await?;
    sam.asks("requests", "requests").await?;
    assert_eq!((times_told(&sam, "unreadable"), times_told(&sam, "help")), (1, 1));
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_messages_while_the_hub_is_away_are_each_answered_once_and_in_order() -> Result<()> {
    const COUNT: usize = 200;
    let (mut lodging, [sam]) = Lodging::open("away", ["sam"], &["limits.messages_a_minute=1000"]).await?;
    lodging.kill().await;
    for number in 0..COUNT {
        sam.says(&format!("introduce somebody-{number}")).await?;
    }
    lodging.start();
    for number in 0..COUNT {
        let answer = sam.hears("not-an-address").await?;
        assert!(answer.contains(&format!("somebody-{number}”")), "expected number {number}: {answer}");
    }
    sam.asks("cancel", "draft-dropped").await?;
    assert_eq!(times_told(&sam, "not-an-address"), COUNT);
    lodging.close(&[&sam]).await
}

/// A request for a room like [`private_room`]'s, and not encrypted.
fn open_room(invite: &UserId) -> Result<create_room::v3::Request> {
    let mut request = private_room(&[invite])?;
    request.initial_state.retain(|event| !event.json().get().contains("m.room.encryption"));
    Ok(request)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_to_the_porter_from_a_room_of_their_own_is_greeted_there_and_invited_where_it_talks() -> Result<()> {
    let (lodging, [sam]) = Lodging::open("elsewhere", ["sam"], &[]).await?;
    for (encrypted, request) in [(true, private_room(&[&lodging.porter])?), (false, open_room(&lodging.porter)?)] {
        sam.person.leave(&sam.room).await?;
        sam.person.sees_leaving(&sam.room, sam.person.user_id()).await?;
        let theirs = sam.person.create_room(request).await?;
        // Words that are said before the porter has come in are said all the same.
        sam.person.say(&theirs, "yes").await?;
        let greeting = sam.person.hears("elsewhere").await?;
        assert_eq!(greeting.room, theirs);
        assert_eq!(greeting.message().map(|message| message.encrypted), Some(encrypted));
        sam.person.sees_leaving(&theirs, &lodging.porter).await?;
        assert_eq!(sam.person.invited_by(&lodging.porter).await?.room, sam.room);
        sam.person.join(&sam.room).await?;
        sam.hears("help").await?;
        sam.asks("requests", "requests").await?;
    }
    let rooms = invitations(&sam.person);
    assert_eq!(rooms, [&*sam.room; 3], "at first, and once after each time");
    lodging.close(&[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_more_strangers_may_come_their_invitation_is_turned_down_without_a_word() -> Result<()> {
    let (lodging, [sam]) = Lodging::open("stranger", ["sam"], &["joining.visitors=0"]).await?;
    let stranger = house::person("stranger-nobody").await;
    let theirs = stranger.create_room(private_room(&[&lodging.porter])?).await?;
    stranger.sees_leaving(&theirs, &lodging.porter).await?;
    sam.asks("help", "help").await?;
    assert_eq!(stranger.unexpected().await?, []);
    assert_eq!(invitations(&stranger), [] as [&RoomId; 0]);
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_an_edit_a_notice_an_emote_or_a_thumb_is_no_answer() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("noanswer", ["sam", "alex"], &[]).await?;
    alex.says("help").await?;
    alex.hears("help").await?;
    let own = said_by(&alex, "help")?;
    request(&sam, alex.person.user_id()).await?;
    let asked = alex.person.hears("asked").await?.event_id.context("a message has an id")?;
    let room = &alex.room;
    alex.person.edit(room, &own, "yes").await?;
    alex.hears("edit-not-read").await?;
    for kind in ["m.notice", "m.emote"] {
        let content = json!({ "msgtype": kind, "body": "yes" });
        alex.person.send(room, "m.room.message", content).await?;
    }
    let told = alex.hears("wordless-open").await?;
    assert!(told.contains("1 yes"), "{told}");
    // It is said once in a while, however much comes.
    alex.person.react(room, &asked, "👍").await?;
    alex.person.react(room, &asked, "yes").await?;
    let open = alex.asks("requests", "requests").await?;
    assert!(open.contains("Number 1, from Sam"), "{open}");
    nothing_more(&alex).await?;
    // So that it is not for want of a yes.
    alex.asks("1 yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i02_words_written_while_the_hub_is_away_answer_only_what_their_writer_could_see() -> Result<()> {
    let (mut lodging, [sam, alex]) = Lodging::open("paused", ["sam", "alex"], &[]).await?;
    sam.asks(&format!("introduce {} for career advice: How did you begin?", alex.person.user_id()), "ask-known-how")
        .await?;
    sam.asks("no", "preview").await?;
    lodging.stop().await?;
    // The homeserver decides which of the two rooms comes first in the response.
    for early in ["ok", "Yes, please", "1 yes", "yes with email"] {
        alex.says(early).await?;
    }
    sam.says("send").await?;
    lodging.start();
    sam.hears("sent").await?;
    alex.hears("asked").await?;
    nothing_came_of_early_words(&alex).await?;
    assert_eq!(times_told(&alex, "yes-recorded"), 0);
    assert_eq!((invitations(&sam.person).len(), invitations(&alex.person).len()), (1, 1), "to their conversations");
    alex.asks("1 yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    lodging.close(&[&sam, &alex]).await
}

/// Somebody who wrote an answer before anything was asked hears no more than that nothing was, whichever came first.
async fn nothing_came_of_early_words(guest: &Guest) -> Result<()> {
    guest.says("requests").await?;
    loop {
        let told = guest.person.next_from(&guest.porter).await?;
        if told.is_wording("requests") {
            let open = told.body().unwrap_or_default();
            ensure!(open.contains("Number 1, from Sam"), "{open}");
            return Ok(());
        }
        ensure!(["nothing-to-answer", "not-asked-yet", "do-you-mean"].iter().any(|why| told.is_wording(why)), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn i08_a_yes_that_is_taken_away_is_taken_back_and_an_edit_is_answered() -> Result<()> {
    let (mut lodging, [sam, alex]) = Lodging::open("retouch", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    sam.person.edit(&sam.room, &said_by(&sam, "send")?, "cancel").await?;
    assert!(sam.hears("request-unchanged").await?.contains("stands as you sent it"));
    // A yes that is taken away before it was read counts for nothing.
    lodging.stop().await?;
    let unread = alex.person.say(&alex.room, "1 yes").await?;
    alex.person.redact(&alex.room, &unread).await?;
    lodging.start();
    assert!(alex.asks("requests", "requests").await?.contains("Number 1, from Sam"));
    alex.asks("again", "asked").await?;
    alex.asks("Yes please", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    alex.person.edit(&alex.room, &said_by(&alex, "Yes please")?, "No").await?;
    assert!(alex.hears("yes-unchanged").await?.contains("your yes stands"));
    alex.person.redact(&alex.room, &said_by(&alex, "Yes please")?).await?;
    alex.hears("withdrawn-room-closed").await?;
    sam.hears("withdrawn-by-other").await?;
    for guest in [&sam, &alex] {
        guest.person.sees_leaving(&room, guest.person.user_id()).await?;
    }
    lodging.close(&[&sam, &alex]).await
}

/// Somebody's own message with these words.
fn said_by(guest: &Guest, text: &str) -> Result<matrix_sdk::ruma::OwnedEventId> {
    let own = |seen: &&Seen| seen.sender == guest.person.user_id() && seen.body() == Some(text);
    guest.person.seen().iter().find(own).and_then(|seen| seen.event_id.clone()).context("it was said")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_stopped_in_the_middle_of_things_goes_on_where_it_was() -> Result<()> {
    let (mut lodging, [sam, alex]) = Lodging::open("stopped", ["sam", "alex"], &[]).await?;
    sam.asks(&format!("introduce {} for career advice: How does one begin?", alex.person.user_id()), "ask-known-how")
        .await?;
    restart(&mut lodging).await?;
    sam.asks("no", "preview").await?;
    sam.says("send").await?;
    restart(&mut lodging).await?;
    sam.hears("sent").await?;
    alex.hears("asked").await?;
    alex.says("yes").await?;
    restart(&mut lodging).await?;
    alex.hears("yes-recorded").await?;
    restart(&mut lodging).await?;
    let room = agreed(&sam, &alex).await?;
    alex.person.join(&room).await?;
    restart(&mut lodging).await?;
    meet(&sam, &alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "All is well.").await?;
    for (guest, wordings) in [
        (&sam, ["ask-known-how", "preview", "sent", "agreed-requester", "opening-note", "welcome"]),
        (&alex, ["asked", "yes-recorded", "agreed-addressee", "opening-note", "welcome", "welcome"]),
    ] {
        for wording in wordings {
            assert_eq!(times_told(guest, wording), 1, "{wording}");
        }
        assert_eq!(invitations(&guest.person).len(), 2, "to the conversation and the room");
    }
    lodging.close(&[&sam, &alex]).await
}

async fn restart(lodging: &mut Lodging) -> Result<()> {
    lodging.stop().await?;
    lodging.start();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_that_goes_away_and_comes_back_loses_nothing() -> Result<()> {
    let mut homeserver = house::another_homeserver().await;
    let mut lodging = Lodging::prepare(&homeserver, "outage", &["sam", "alex"], &[]).await?;
    lodging.start();
    let mut guests = Vec::new();
    for who in ["sam", "alex"] {
        let person = lodging.person(&homeserver, "outage", who).await?;
        guests.push(Guest::arrive(person, &lodging.porter).await?);
    }
    let [sam, alex] = &guests[..] else { unreachable!("two were named") };
    request(sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.says("yes").await?;
    homeserver.stop().await?;
    homeserver.resume().await?;
    alex.hears("yes-recorded").await?;
    let room = agreed(sam, alex).await?;
    homeserver.stop().await?;
    homeserver.resume().await?;
    meet(sam, alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "All is well.").await?;
    for (guest, wording) in [(sam, "sent"), (sam, "agreed-requester"), (alex, "asked"), (alex, "yes-recorded")] {
        assert_eq!(times_told(guest, wording), 1, "{wording}");
    }
    lodging.close(&[sam, alex]).await
}
