//! The operator's command: it closes the rooms that this hub's porter made and left, and no others.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use lodge_channel::homeserver::Homeserver as _;
use lodge_channel::room::{Direct, Encryption, RoomSpec};
use lodge_core::id::{Ids, ReportId};
use lodge_core::time::Timestamp;
use lodge_demo::homeserver::Api;
use lodge_demo::{Person, household};
use lodge_hub::config::Config;
use lodge_hub::reports::{CloseError, Closing, Reported, close, list};
use lodge_matrix::homeserver::RoomRef;
use matrix_sdk::ruma::RoomId;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::house::{self, Porter, address, effect, person, room_id};
use crate::lodging::{Lodging, call};

/// A hub's configuration and its list of reports, and tokens for who would close their rooms. The hub itself need not run.
struct Office {
    config: Config,
    configuration: PathBuf,
    administrator: PathBuf,
    directory: TempDir,
}

impl Office {
    async fn open(porter: &Porter) -> Result<Self> {
        let homeserver = house::homeserver().await;
        let directory = tempfile::tempdir()?;
        let configuration = household::configure(directory.path(), &homeserver.url(), &porter.user_id())?;
        let config = household::prepare(&configuration, &[])?;
        fs::create_dir(&config.store.directory)?;
        let administrator = homeserver.register("closing-operator", house::PASSWORD, true).await?.access_token;
        let administrator = token_file(directory.path(), "administrator", &administrator)?;
        Ok(Self { config, configuration, administrator, directory })
    }

    /// Puts a report of each of these rooms on the list.
    fn reported(&self, rooms: &[&RoomRef]) -> Result<Vec<ReportId>> {
        let mut ids = Ids::from_seed([9; 32]);
        let report = |room: &&RoomRef| {
            let at = Timestamp::from_millis(1_793_613_600_000);
            Reported { report: ids.draw(), introduction: ids.draw(), room: (*room).clone(), at }
        };
        let reports: Vec<Reported> = rooms.iter().map(report).collect();
        fs::write(self.config.store.directory.join("reports.json"), serde_json::to_vec(&reports)?)?;
        Ok(reports.iter().map(|reported| reported.report).collect())
    }

    /// `lodge reports` as a program of its own: whether it did as it was asked, and its output.
    async fn program(&self, words: &[&str]) -> Result<(bool, String)> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
        let output = command.arg("reports").args(words).arg("--config").arg(&self.configuration).output().await?;
        let said = [output.stdout, output.stderr].concat();
        Ok((output.status.success(), String::from_utf8(said)?))
    }
}

fn token_file(directory: &Path, name: &str, token: &SecretString) -> Result<PathBuf> {
    let path = directory.join(name);
    fs::write(&path, format!("{}\n", token.expose_secret()))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok(path)
}

/// The room of an introduction in which both are, and which the porter has left.
async fn met(porter: &Porter, marker: &str, two: [&Person; 2]) -> Result<RoomRef> {
    let room = porter.session.create_room(&lodge_channel::room::introduction(), effect(marker)).await?;
    for person in two {
        porter.session.invite(&room, &address(person), Direct::No).await?;
        person.invited_by(&porter.user_id()).await?;
        person.join(&room_id(&room)).await?;
    }
    porter.session.open_speech(&room, &lodge_channel::room::introduction()).await?;
    porter.session.leave(&room).await?;
    Ok(room)
}

/// Whether the homeserver says that somebody is in a room.
async fn is_in(person: &Person, room: &RoomId) -> Result<bool> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    let rooms = api.get("/_matrix/client/v3/joined_rooms").await?.ok()?;
    Ok(rooms["joined_rooms"].as_array().context("a list of rooms")?.iter().any(|found| *found == *room.as_str()))
}

/// Whether the homeserver lets nobody into a room.
async fn is_blocked(room: &RoomId) -> Result<bool> {
    let administrator: Api = house::homeserver().await.administrator().await?;
    let answer = administrator.get(&format!("/_synapse/admin/v1/rooms/{room}/block")).await?.ok()?;
    answer["block"].as_bool().context("blocked or not")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_room_is_closed_both_are_out_and_neither_comes_back() -> Result<()> {
    let porter = Porter::open("closing").await;
    let (sam, alex) = (person("closing-sam").await, person("closing-alex").await);
    let room = met(&porter, "a room to be closed", [&sam, &alex]).await?;
    let office = Office::open(&porter).await?;
    let id = room_id(&room);
    let [report, again] = office.reported(&[&room, &room])?[..] else { unreachable!("as many reports as rooms") };

    let (well, said) = office.program(&[]).await?;
    assert!(well && said.contains(&format!("{report}  {id}  open")), "{said}");
    let file = office.administrator.to_str().context("a path as text")?;
    let (well, said) = office.program(&["close", &report.to_string(), "--admin-token-file", file]).await?;
    assert!(well && said.starts_with("The room is closed: 2 "), "{said}");

    for person in [&sam, &alex] {
        assert!(!is_in(person, &id).await?, "{} is still in the room", person.user_id());
        let answer = call(person, &format!("rooms/{id}/join"), &json!({})).await?;
        // Synapse says this of a blocked room; of one that nobody is left in it says 404.
        assert_eq!((answer.status, answer.error_code()), (403, Some("M_UNKNOWN")));
    }
    assert!(is_blocked(&id).await?);
    for report in [report, again] {
        let error = close(&office.config, report, &office.administrator).await.unwrap_err();
        assert!(matches!(error, CloseError::AlreadyClosed { .. }), "{error}");
    }
    let (well, said) = office.program(&[]).await?;
    assert!(well && said.lines().count() == 2 && said.lines().all(|line| line.contains("  closed 20")), "{said}");

    // As if the program had ended before it could note the closing.
    fs::remove_file(office.config.store.directory.join("reports-closed.json"))?;
    assert_eq!(close(&office.config, report, &office.administrator).await?, Closing::WasEmpty);
    assert!(list(&office.config)?.iter().all(|listed| listed.closed.is_some()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_not_the_hubs_is_refused_and_left_as_it_is() -> Result<()> {
    let porter = Porter::open("refusing").await;
    let other = Porter::open("refused").await;
    let (sam, alex) = (person("refusing-sam").await, person("refusing-alex").await);
    let office = Office::open(&porter).await?;
    let marker = json!({ "org.lodge.effect": effect("a room that looks like the hub's").to_string() });
    // Made by somebody with a marker like the hub's; by another hub; by the porter itself without a marker.
    let forged = made(&sam.access_token(), "", marker, &alex).await?;
    let theirs = met(&other, "another hub's room", [&sam, &alex]).await?;
    let as_porter = format!("?user_id={}", porter.user_id());
    let unmarked = made(&house::AS_TOKEN.into(), &as_porter, json!({}), &alex).await?;
    let rooms = [&forged, &theirs, &unmarked];
    for (report, room) in office.reported(&rooms)?.into_iter().zip(rooms) {
        let error = close(&office.config, report, &office.administrator).await.unwrap_err();
        assert!(matches!(error, CloseError::NotOurs { .. }), "{error}");
        assert!(is_in(&alex, &room_id(room)).await? && !is_blocked(&room_id(room)).await?);
    }
    assert!(list(&office.config)?.iter().all(|listed| listed.closed.is_none()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_closes_a_room_and_each_mistake_is_named() -> Result<()> {
    let porter = Porter::open("trying").await;
    let (sam, alex) = (person("trying-sam").await, person("trying-alex").await);
    let room = met(&porter, "a room that stays", [&sam, &alex]).await?;
    let office = Office::open(&porter).await?;
    let gone = RoomRef("!nowhere".to_owned());
    let [report, nowhere] = office.reported(&[&room, &gone])?[..] else { unreachable!("as many reports as rooms") };
    let directory = office.directory.path();
    let member = token_file(directory, "member", &sam.access_token())?;
    let nobody = token_file(directory, "nobody", &"syt_nobody".into())?;
    let open = token_file(directory, "open", &"syt_open".into())?;
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644))?;
    let unknown: ReportId = Ids::from_seed([1; 32]).draw();
    for (report, file, expected) in [
        (report, &member, "the token must be that of one of its administrators"),
        (report, &nobody, "the homeserver does not know the token"),
        (report, &open, "is open to others (mode 644); chmod it to 600"),
        (report, &directory.join("missing"), "missing: cannot be read"),
        (nowhere, &office.administrator, "is matrix.homeserver the address of Synapse itself?"),
        (unknown, &office.administrator, "`lodge reports` lists those there are"),
    ] {
        let error = close(&office.config, report, file).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    for person in [&sam, &alex] {
        assert!(is_in(person, &room_id(&room)).await?);
    }
    let (well, said) = office.program(&["close", "42", "--admin-token-file", "x"]).await?;
    assert!(!well && said.contains("expected 32 hexadecimal digits"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_hub_keeps_the_list_for_the_operator() -> Result<()> {
    let (lodging, [sam]) = Lodging::open("listing", ["sam"], &[]).await?;
    assert_eq!(list(&lodging.config)?, []);
    lodging.close(&[&sam]).await
}

/// A room of somebody's own into which one other has come.
async fn made(token: &SecretString, query: &str, creation_content: Value, other: &Person) -> Result<RoomRef> {
    let api = house::homeserver().await.api()?.with_token(token.clone());
    let mut request = RoomSpec::conversation(Encryption::None).creation("");
    request["creation_content"] = creation_content;
    request["invite"] = json!([other.user_id()]);
    let made = api.post(&format!("/_matrix/client/v3/createRoom{query}"), &request).await?.ok()?;
    let room = RoomRef(made["room_id"].as_str().context("a room")?.to_owned());
    other.join(&room_id(&room)).await?;
    ensure!(is_in(other, &room_id(&room)).await?, "nobody came in");
    Ok(room)
}
