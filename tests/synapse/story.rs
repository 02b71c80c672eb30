//! Introductions from the first word to the last, as the people in them see it, every word encrypted.

use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_demo::homeserver::shared_environment;
use lodge_demo::household::Guest;
use matrix_sdk::ruma::RoomId;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::acting::Acts as _;
use crate::house;
use crate::lodging::{Lodging, agreed, details_in, invitations, meet, request, request_in, talk};
use crate::reading::as_read_by_another;

/// Patience for things that no person sees; people have a patience of their own.
const PATIENCE: Duration = Duration::from_mins(4);

#[tokio::test(flavor = "multi_thread")]
async fn a_guided_request_that_gets_a_yes_leads_to_a_room_for_two() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("guided", ["sam", "alex"], &[]).await?;
    let to = alex.person.user_id();
    sam.asks("help", "help").await?;
    sam.asks("introduce", "ask-whom").await?;
    sam.asks(to.as_str(), "ask-purpose").await?;
    sam.asks("2", "ask-known-how").await?;
    sam.asks("We talked after the museum evening.", "ask-message").await?;
    sam.asks("Dear Alex,\nhow does one begin in a museum?\n\nSam", "preview").await?;
    let shown = sam.asks("add course and email", "preview").await?;
    let words = [
        "Name: Sam",
        "Course: History, second year",
        "Purpose: career advice",
        "",
        "How you know each other:",
        "> We talked after the museum evening.",
        "",
        "Message:",
        "> Dear Alex,",
        "> how does one begin in a museum?",
        ">",
        "> Sam",
    ];
    assert_eq!(request_in(&shown), words);
    sam.asks("send", "sent").await?;

    let asked = alex.hears("asked").await?;
    assert_eq!(request_in(&asked), words, "what Alex reads is what Sam was shown");
    alex.asks("yes with email", "yes-recorded").await?;
    let of_alex = sam.hears("agreed-requester").await?;
    let alex_id = format!("Address: {to}");
    assert_eq!(details_in(&of_alex), ["Name: Alex", &alex_id, "Email: alex@mail.example"]);
    let of_sam = alex.hears("agreed-addressee").await?;
    let sam_id = format!("Address: {}", sam.person.user_id());
    let expected = ["Name: Sam", &sam_id, "Course: History, second year", "Email: sam@mail.example"];
    assert_eq!(details_in(&of_sam), expected);

    let room = sam.person.invited_by(&sam.porter).await?.room;
    assert_eq!(alex.person.invited_by(&alex.porter).await?.room, room);
    meet(&sam, &alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "Thank you for saying yes.").await?;
    talk(&alex.person, &sam.person, &room, "How about Thursday?").await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_one_line_shows_no_more_than_the_name_until_both_have_said_yes() -> Result<()> {
    let (lodging, [noor, robin]) = Lodging::open("oneline", ["noor", "robin"], &[]).await?;
    let to = robin.person.user_id();
    let line =
        format!("Hi, could you introduce me to {to} for information interview: What is <b>a day</b> in court like?");
    noor.asks(&line, "ask-known-how").await?;
    noor.asks("no", "ask-questions").await?;
    noor.asks("Who decides what is <i>shown</i>?", "ask-time").await?;
    let shown = noor.asks("30 minutes, in person", "preview").await?;
    noor.asks("send", "sent").await?;
    let heard = robin.person.hears("asked").await?;
    let asked = heard.body().unwrap_or_default();
    assert_eq!(request_in(asked), request_in(&shown));
    assert!(request_in(asked).contains(&"> What is <b>a day</b> in court like?"), "{asked}");
    let html = heard.message().and_then(|message| message.html.as_deref()).context("it is formatted")?;
    assert!(html.contains("What is &lt;b&gt;a day&lt;/b&gt; in court like?"), "{html}");
    assert!(html.contains("Who decides what is &lt;i&gt;shown&lt;/i&gt;?"), "{html}");
    assert!(!asked.contains(noor.person.user_id().as_str()), "{asked}");
    robin.asks("Yes, please", "yes-recorded").await?;
    let room = agreed(&noor, &robin).await?;
    meet(&noor, &robin, &room).await?;
    talk(&robin.person, &noor.person, &room, "Come and see.").await?;
    lodging.close(&[&noor, &robin]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i03_a_no_silence_and_an_address_that_nobody_has_are_one_answer_at_the_deadline() -> Result<()> {
    const WITHIN_MS: u64 = 60_000;
    let set = ["introductions.answer_within=1m", "introductions.reminders=[\"30s\"]"];
    let (lodging, [noor, alex, robin]) = Lodging::open("oneanswer", ["noor", "alex", "robin"], &set).await?;
    let nobody = format!("@nobody:{}", robin.person.user_id().server_name());
    let asked_for = [alex.person.user_id(), robin.person.user_id(), nobody.as_str().try_into()?];
    for to in asked_for {
        request(&noor, to).await?;
    }
    alex.hears("asked").await?;
    robin.hears("asked").await?;
    robin.asks("no", "no-recorded").await?;
    alex.hears("reminder").await?;

    let mut answers = Vec::new();
    for to in asked_for {
        let answer = noor.person.hears("no-introduction").await?;
        let text = answer.body().unwrap_or_default();
        ensure!(text.contains(to.as_str()), "expected the answer about {to}, found {text}");
        answers.push((text.replace(to.as_str(), "them"), answer.at));
    }
    let begun = sent_at(&noor);
    for ((text, told), sent) in answers.iter().zip(begun) {
        assert_eq!(*text, answers[0].0);
        assert!(*told >= sent + WITHIN_MS, "answered {} ms after it was sent", told - sent);
    }
    alex.asks("yes", "nothing-to-answer").await?;
    assert_eq!(invitations(&noor.person).len(), 1, "to her conversation and nowhere else");
    lodging.close(&[&noor, &alex, &robin]).await
}

/// The times at which somebody said "send", in milliseconds since 1970.
fn sent_at(guest: &Guest) -> Vec<u64> {
    let seen = guest.person.seen();
    let own = seen.iter().filter(|seen| seen.sender == guest.person.user_id() && seen.body() == Some("send"));
    own.map(|seen| seen.at).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn several_requests_are_answered_by_number_or_by_reply() -> Result<()> {
    let (lodging, [sam, noor, alex]) = Lodging::open("several", ["sam", "noor", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    let first = alex.person.hears("asked").await?;
    request(&noor, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "which-one").await?;
    alex.asks("yes 3", "no-such-number").await?;
    alex.asks("no 2", "no-recorded").await?;
    let event = first.event_id.context("a message has an id")?;
    alex.person.reply(&alex.room, &event, "yes").await?;
    alex.hears("yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    assert_eq!(invitations(&noor.person).len(), 1, "to her conversation and nowhere else");
    lodging.close(&[&sam, &noor, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_a_device_and_kept_the_recovery_key_asks_again_and_answers_from_a_new_one() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("again", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    let asked = alex.hears("asked").await?;
    let key = alex.person.client().encryption().recovery().enable().wait_for_backups_to_upload().await?;
    alex.person.offline().await?;
    let person = alex.person.log_in_again(house::PASSWORD).await?;
    person.client().encryption().recovery().recover(&key).await?;
    ensure!(person.is_cross_signed().await?, "the recovery key vouches for the device");
    let alex = Guest { person: person.into(), room: alex.room.clone(), porter: alex.porter.clone() };
    let again = alex.asks("again", "asked").await?;
    assert_eq!(request_in(&again), request_in(&asked));
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    talk(&alex.person, &sam.person, &room, "Here I am.").await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_turned_down_closes_the_room_and_is_told_to_the_other() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("turned", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    sam.person.join(&room).await?;
    alex.person.leave(&room).await?;
    sam.hears("withdrawn-by-other").await?;
    sam.person.sees_leaving(&room, sam.person.user_id()).await?;
    porter_leaves(&room, &lodging).await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a08_a_room_into_which_not_both_come_in_time_is_closed_and_both_are_told() -> Result<()> {
    // Long enough for one of the two to come in first, on a busy machine too.
    let set = ["introductions.join_within=45s"];
    let (lodging, [sam, alex]) = Lodging::open("notmet", ["sam", "alex"], &set).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    sam.person.join(&room).await?;
    for guest in [&sam, &alex] {
        guest.hears("not-met").await?;
        guest.person.sees_leaving(&room, guest.person.user_id()).await?;
    }
    porter_leaves(&room, &lodging).await?;
    lodging.close(&[&sam, &alex]).await
}

/// Waits until the porter is no longer in a room that nobody of the test is in either.
pub async fn porter_leaves(room: &RoomId, lodging: &Lodging) -> Result<()> {
    let administrator = house::homeserver().await.administrator().await?;
    let path = format!("/_synapse/admin/v1/rooms/{room}/members");
    let empty = async {
        loop {
            let members = administrator.get(&path).await?.ok()?;
            if members["members"] == json!([]) {
                return Ok(());
            }
            ensure!(members["members"] == json!([lodging.porter]), "somebody is in the room: {members}");
        }
    };
    tokio::time::timeout(PATIENCE, empty).await.context("the porter does not leave")?
}

#[tokio::test(flavor = "multi_thread")]
async fn i03_who_turns_the_porters_invitations_away_is_told_alone_and_the_other_gets_the_one_answer() -> Result<()> {
    let set = ["introductions.answer_within=45s", "introductions.reminders=[]"];
    let (lodging, [sam, alex]) = Lodging::open("blocks", ["sam", "alex"], &set).await?;
    let api = house::homeserver().await.api()?.with_token(alex.person.access_token());
    let path = format!("/_matrix/client/v3/user/{}/account_data/m.invite_permission_config", alex.person.user_id());
    api.put(&path, &json!({ "default_action": "block" })).await?.ok()?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    alex.hears("you-block").await?;
    let answer = sam.person.hears("no-introduction").await?;
    assert!(answer.at >= sent_at(&sam)[0] + 45_000, "before the deadline");
    assert_eq!((invitations(&sam.person).len(), invitations(&alex.person).len()), (1, 1), "to their conversations");
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_sees_every_step_happen_and_writes_down_who_is_who() -> Result<()> {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let output = demonstrated(&directory, &[]).await?;
    let script = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{errors}");
    assert!(script.contains("Every step was seen from the people's side"), "{script}");
    assert!(!directory.path().join("synapse").exists(), "nothing was installed a second time");
    calendars_follow_the_play(&directory)?;

    let accounts: Value = serde_json::from_slice(&std::fs::read(directory.path().join("demo.json"))?)?;
    let (homeserver, name) = (accounts["homeserver"].clone(), accounts["server_name"].clone());
    assert!(homeserver.as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")), "{homeserver}");
    let people = [
        ("sam", "student"),
        ("noor", "student"),
        ("alex", "alumnus"),
        ("robin", "alumnus"),
        ("erin", "employer"),
        ("casey", "staff"),
    ];
    let people = people.iter().zip(&accounts["people"].as_array().context("people")?[..]);
    let people: Vec<Value> = people.map(|((who, role), found)| person(&name, found, who, Some(role))).collect();
    let counsellors = accounts["quiet_room"]["counsellors"].as_array().context("counsellors")?;
    let counsellors = ["kim-quiet", "lee-quiet"].iter().zip(counsellors);
    let counsellors: Vec<Value> = counsellors.map(|(who, found)| person(&name, found, who, None)).collect();
    assert_eq!((people.len(), counsellors.len()), (6, 2));
    let service = |who: &str| format!("@{who}:{}", name.as_str().unwrap_or_default());
    let quiet_room = json!({ "user_id": service("quiet"), "counsellors": counsellors });
    let hub = json!({ "user_id": service("porter") });
    let expected = json!({
        "homeserver": homeserver, "server_name": name, "hub": hub, "people": people, "quiet_room": quiet_room,
    });
    assert_eq!(accounts, expected);
    Ok(())
}

/// Each calendar in the play, by another program, at the last file of its owner's: Sam's and Alex's have taken the meeting in and out again.
fn calendars_follow_the_play(directory: &TempDir) -> Result<()> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(directory.path().join("files"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    for (who, name, expected) in [
        ("sam", "meeting", &["REQUEST", "CANCEL"][..]),
        ("alex", "meeting", &["REQUEST", "CANCEL"]),
        ("sam", "event", &["REQUEST", "CANCEL"]),
        ("noor", "event", &["REQUEST", "REQUEST"]),
    ] {
        let of_theirs = |path: &&PathBuf| path.to_string_lossy().contains(&format!("-{who}-{name}"));
        let texts: Vec<String> =
            files.iter().filter(of_theirs).map(std::fs::read_to_string).collect::<Result<_, _>>()?;
        let read = as_read_by_another(&texts);
        let methods: Vec<&Value> = read.iter().map(|file| &file["method"]).collect();
        let kept = read.last().and_then(|file| file["kept"].as_array()).map_or(0, Vec::len);
        let stays = usize::from(expected.last() == Some(&"REQUEST"));
        assert!(methods == expected && kept == stays, "{who}: {read:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_can_be_had_without_the_play_for_whoever_wants_to_play_it_themselves() -> Result<()> {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let output = demonstrated(&directory, &["--no-play"]).await?;
    let script = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(!script.contains("Every step was seen"), "{script}");
    let accounts: Value = serde_json::from_slice(&std::fs::read(directory.path().join("demo.json"))?)?;
    let people: Vec<&str> =
        accounts["people"].as_array().into_iter().flatten().filter_map(|person| person["name"].as_str()).collect();
    assert_eq!(people, ["sam", "noor", "alex", "robin", "erin", "casey"]);
    Ok(())
}

/// Runs the demonstration in this directory, and gives its output.
async fn demonstrated(directory: &TempDir, arguments: &[&str]) -> Result<Output> {
    let demo = Command::new(env!("CARGO_BIN_EXE_lodge"))
        .args(["demo", "--dir"])
        .arg(directory.path())
        .args(arguments)
        .env("LODGE_SYNAPSE_DIR", shared_environment())
        .kill_on_drop(true)
        .output();
    Ok(tokio::time::timeout(PATIENCE, demo).await.context("the demonstration does not end")??)
}

/// The entry that somebody should have in `demo.json`, with the secrets that were found there.
fn person(server: &Value, found: &Value, name: &str, role: Option<&str>) -> Value {
    for secret in ["password", "access_token"] {
        assert!(found[secret].as_str().is_some_and(|secret| secret.len() > 8), "{name} has no {secret}");
    }
    let mut one = json!({
        "name": name,
        "user_id": format!("@{name}:{}", server.as_str().unwrap_or_default()),
        "password": found["password"],
        "access_token": found["access_token"],
    });
    if let Some(role) = role {
        one["role"] = json!(role);
    }
    one
}
