//! A word counts once: the bytes of an encrypted message, put into a room again without any key, do nothing.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use lodge_channel::homeserver::{Events, Homeserver as _};
use lodge_channel::news::Heard;
use lodge_core::input::Proof;
use lodge_core::people::member::Role;
use lodge_demo::household::{Guest, Resident};
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedEventId, RoomId};
use serde_json::Value;

use crate::house::{Porter, effect, homeserver, person, room_id};
use crate::keys::event_of;
use crate::lodging::{Lodging, agreed, meet, nothing_more, request};
use crate::logs::Running;
use crate::quiet::{Quiet, ask_anybody, come_together};

const MEMBERS: [Resident; 4] = [
    Resident { localpart: "sam", name: "Sam", role: Role::Student, details: &[] },
    Resident { localpart: "noor", name: "Noor", role: Role::Student, details: &[] },
    Resident { localpart: "alex", name: "Alex", role: Role::Alumnus, details: &[] },
    Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] },
];

/// Puts the first message with these words into a room again, as anybody can do with the sender's token and no key.
async fn copy(homeserver: &Homeserver, of: &Person, words: &str, from: &RoomId, into: &RoomId) -> Result<OwnedEventId> {
    static COPIES: AtomicU32 = AtomicU32::new(0);
    let api = homeserver.api()?.with_token(of.access_token());
    let said = event_of(of, words)?;
    let event = api.get(&format!("/_matrix/client/v3/rooms/{from}/event/{said}")).await?.ok()?;
    ensure!(event["type"] == "m.room.encrypted", "the homeserver can read this: {event}");
    let path =
        format!("/_matrix/client/v3/rooms/{into}/send/m.room.encrypted/copy{}", COPIES.fetch_add(1, Ordering::Relaxed));
    let sent: Value = api.put(&path, &event["content"]).await?.ok()?;
    Ok(sent["event_id"].as_str().context("an id")?.try_into()?)
}

/// The ids of all that somebody was told.
fn told(guest: &Guest) -> Vec<String> {
    let seen = guest.person.seen();
    let words = seen.iter().filter(|seen| seen.sender == guest.porter).filter_map(|seen| seen.message());
    words.filter_map(|message| message.wording.clone()).collect()
}

/// Puts old words of somebody's into their conversation again, and fails if they are told anything because of it. When
/// their next words are answered, in this way, the copy has been dealt with.
async fn nothing_comes_of(homeserver: &Homeserver, words: &str, guest: &Guest, help: &[&str]) -> Result<()> {
    let mut expected = told(guest);
    copy(homeserver, &guest.person, words, &guest.room, &guest.room).await?;
    guest.says("help").await?;
    for wording in help {
        guest.hears(wording).await?;
        expected.push((*wording).to_owned());
    }
    assert_eq!(told(guest), expected, "{words:?} was put into the room again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_old_words_that_are_put_into_their_room_again_do_nothing() -> Result<()> {
    let homeserver = homeserver().await;
    let set = ["limits.cooldown=0s", "rights.forget_within=1s"];
    let lodging = Lodging::prepare_for(homeserver, "copied", &MEMBERS, &set).await?;
    let hub = Running::start(&lodging, &["log.level=info"]).await?;
    let mut guests = Vec::new();
    for member in MEMBERS {
        let person = lodging.person(homeserver, "copied", member.localpart).await?;
        guests.push(Guest::arrive(person, &lodging.porter).await?);
    }
    let [sam, noor, alex, casey] = &guests[..] else { unreachable!("four were named") };
    request(sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(sam, alex).await?;
    meet(sam, alex, &room).await?;

    // The yes that Sam had is not one to Noor.
    request(noor, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    nothing_comes_of(homeserver, "yes", alex, &["help"]).await?;
    // The word that sent something else does not send the draft that Sam has now.
    let draft = format!("introduce {} for career advice: May I ask you too?", noor.person.user_id());
    sam.asks(&draft, "ask-known-how").await?;
    sam.asks("no", "preview").await?;
    nothing_comes_of(homeserver, "send", sam, &["help"]).await?;
    // The word that withdrew the first request does not withdraw the second.
    noor.asks("withdraw", "withdrawn").await?;
    request(noor, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    nothing_comes_of(homeserver, "withdraw", noor, &["help"]).await?;
    alex.asks("no", "no-recorded").await?;
    // Staff verify somebody once.
    let rey = Guest::visit(person("copied-rey").await, &lodging.porter).await?;
    rey.person.hears("elsewhere").await?;
    rey.hears("visitor").await?;
    let verify = format!("verify {} as student until 30 June", rey.person.user_id());
    casey.asks(&verify, "verified").await?;
    rey.hears("welcome").await?;
    nothing_comes_of(homeserver, &verify, casey, &["help"]).await?;
    let rest = [sam, noor, alex, casey, &rey];
    for guest in rest {
        nothing_more(guest).await?;
    }

    // Somebody who comes back after having been forgotten is in another room, where nobody's old words can be read.
    let left = sam.room.clone();
    sam.asks("forget me now", "forgetting").await?;
    sam.person.sees_leaving(&left, &sam.porter).await?;
    let sam = Guest::visit(sam.person.clone(), &sam.porter).await?;
    sam.person.hears("elsewhere").await?;
    sam.hears("visitor").await?;
    copy(homeserver, &sam.person, "forget me now", &left, &sam.room).await?;
    sam.asks("help", "visitor-help").await?;
    ensure!(told(&sam).ends_with(&["visitor".to_owned(), "visitor-help".to_owned()]), "{:?}", told(&sam));
    ensure!(sam.person.unexpected().await?.is_empty());

    let log = hub.stop().await?;
    let faults: Vec<&str> = log.lines().filter(|line| line.contains("came again under new ids, 1 in all")).collect();
    ensure!(faults.len() == 4 && faults.iter().all(|line| line.contains("ERROR")), "an administrator is told: {log}");
    for secret in ["@", "!", "$", "copied"] {
        ensure!(!faults.iter().any(|line| line.contains(secret)), "{secret:?} stands in the log: {faults:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clients_old_words_that_are_put_into_their_room_again_do_nothing() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let kim = quiet.counsellor("kim-quiet").await?;
    let sam = quiet.visitor("sam").await?;
    ask_anybody(&sam, &kim).await?;
    sam.asks("withdraw", "taken-back").await?;
    kim.hears("counsellor-taken").await?;
    // The words that asked for a counsellor ask for nobody now.
    for words in ["anybody", "I would like to leave my course.", "no"] {
        nothing_comes_of(&quiet.homeserver, words, &sam, &["help", "ask-whom"]).await?;
    }
    sam.asks("anybody", "ask-about").await?;
    sam.asks("skip", "asking").await?;
    kim.hears("counsellor-offer").await?;
    // The word that took the first question back does not take the second back.
    nothing_comes_of(&quiet.homeserver, "withdraw", &sam, &["help"]).await?;
    kim.asks("claim", "counsellor-claimed").await?;
    sam.hears("claimed").await?;
    let room = come_together(&sam, &kim).await?;
    sam.asks("close", "closing").await?;
    kim.hears("counsellor-closing").await?;
    for (guest, wording) in [(&sam, "left"), (&kim, "counsellor-left")] {
        guest.person.leave(&room).await?;
        guest.asks("left", wording).await?;
    }
    sam.asks("hello", "help").await?;
    sam.hears("ask-whom").await?;
    sam.asks("anybody", "ask-about").await?;
    sam.asks("skip", "asking").await?;
    kim.hears("counsellor-offer").await?;
    nothing_comes_of(&quiet.homeserver, "claim", &kim, &["counsellor-help"]).await?;
    quiet.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_the_ciphertext_of_what_it_copies_however_it_comes() -> Result<()> {
    let sam = person("cipher-sam").await;
    let mut porter = Porter::open("cipher").await;
    let (room, other) = (porter.converse(&sam, effect("cipher")).await, porter.converse(&sam, effect("other")).await);
    let since = porter.since.clone();
    for words in ["yes", "no"] {
        sam.say(&room_id(&room), words).await?;
    }
    let [yes, no] = [porter.next_text(&room).await, porter.next_text(&room).await];
    ensure!([yes.proof, no.proof] == [Proof::Proven; 2] && yes.cipher.is_some() && yes.cipher != no.cipher);
    let homeserver = homeserver().await;
    copy(homeserver, &sam, "yes", &room_id(&room), &room_id(&room)).await?;
    let copied = porter.next_text(&room).await;
    ensure!(copied == yes, "{copied:?}");
    // Nor does it count for anything else in the history that fills a gap.
    let from = porter.since.clone().context("a token")?;
    let page = porter.session.history(&room, Events::All, &from, since.as_deref()).await.unwrap();
    let texts = page.news.iter().filter_map(|news| if let Heard::Text(text) = &news.heard { Some(text) } else { None });
    ensure!(texts.eq([&yes, &no, &yes]), "{page:?}");

    // In another room it cannot be read, however long it waits.
    copy(homeserver, &sam, "yes", &room_id(&room), &room_id(&other)).await?;
    let news = porter.until("a copy", |at, heard| *at == other && matches!(heard, Heard::Sealed(_))).await;
    let Heard::Sealed(sealed) = &news.heard else { unreachable!("only what is sealed fits") };
    ensure!(porter.session.unseal(&other, sealed).await.is_none());
    ensure!(porter.session.unseal(&room, sealed).await.is_some(), "the key is here");
    Ok(())
}
