//! The counselling service on a real homeserver, with people's real encrypted clients.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_counsel::config::{self, Loaded};
use lodge_counsel::{run, setup};
use lodge_demo::homeserver::{Environment, Settings, shared_environment};
use lodge_demo::household::Guest;
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_sdk_crypto::MegolmError;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::house;
use crate::keys::{decrypt, encrypted, event_of, kept};
use crate::lodging::talk;

const PATIENCE: Duration = Duration::from_mins(2);

/// A homeserver with a counselling service beside it.
struct Quiet {
    homeserver: Homeserver,
    account: OwnedUserId,
    configuration: PathBuf,
    running: Option<(oneshot::Sender<()>, JoinHandle<Result<()>>)>,
    directory: TempDir,
}

impl Quiet {
    /// One for which Kim and Lee counsel. It is running.
    async fn open(set: &[&str]) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let server = Settings::default().server_name;
        let account = UserId::parse(format!("@quiet:{server}"))?;
        let at = |name: &str| directory.path().join(name);
        let accounts = include_str!("../../config/accounts.example.toml").replace("example.org", &server);
        std::fs::write(at("accounts.toml"), accounts)?;
        let example = include_str!("../../config/counsel.example.toml").replace("example.org", &server);
        std::fs::write(at("counsel.toml"), example)?;
        setup::setup(&config::load(&at("counsel.toml"), &[])?.config)?;
        let environment = Environment::install(&shared_environment(), &|line| eprintln!("{line}"))?;
        let settings = Settings { registrations: vec![at("counsel-registration.yaml")], ..Settings::default() };
        let homeserver = Homeserver::start(&environment, &house::own_directory(), &settings).await?;
        let mut quiet = Self { homeserver, account, configuration: at("counsel.toml"), running: None, directory };
        quiet.start(set)?;
        Ok(quiet)
    }

    fn loaded(&self, set: &[&str]) -> Result<Loaded> {
        let homeserver = format!("matrix.homeserver={}", self.homeserver.url());
        let set = set.iter().copied().chain([homeserver.as_str()]).map(str::parse).collect::<Result<Vec<_>, _>>()?;
        Ok(config::load(&self.configuration, &set)?)
    }

    fn start(&mut self, set: &[&str]) -> Result<()> {
        let loaded = self.loaded(set)?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            run::run(loaded, async {
                drop(stopped.await);
            })
            .await
        });
        self.running = Some((stop, task));
        Ok(())
    }

    async fn stop(&mut self) -> Result<()> {
        let Some((stop, task)) = self.running.take() else { return Ok(()) };
        drop(stop);
        task.await?
    }

    async fn person(&self, who: &str) -> Result<Person> {
        self.homeserver.register(who, house::PASSWORD, false).await?;
        let mut person = Person::log_in(&self.homeserver.url(), who, house::PASSWORD).await?;
        person.set_patience(PATIENCE);
        Ok(person)
    }

    /// A counsellor, in the conversation that the service opened at its start.
    async fn counsellor(&self, who: &str) -> Result<Guest> {
        let guest = Guest::come_in(self.person(who).await?, &self.account).await?;
        guest.hears("counsellor-welcome").await?;
        Ok(guest)
    }

    /// Somebody who writes to the service and has read the terms.
    async fn visitor(&self, who: &str) -> Result<Guest> {
        let guest = Guest::visit(self.person(who).await?, &self.account).await?;
        guest.hears("terms").await?;
        Ok(guest)
    }

    /// What the homeserver answers somebody about a room.
    async fn ask(&self, person: &Person, path: &str) -> Result<Value> {
        let api = self.homeserver.api()?.with_token(person.access_token());
        api.get(&format!("/_matrix/client/v3/{path}")).await?.ok()
    }
}

/// From the terms to a room in which both are: the client first, then the counsellor.
async fn until_open(quiet: &Quiet, sam: &Guest, kim: &Guest) -> Result<OwnedRoomId> {
    sam.asks("yes", "ask-whom").await?;
    sam.asks("anybody", "ask-about").await?;
    sam.asks("I would like to leave my course.", "ask-showing").await?;
    sam.asks("no", "asking").await?;
    let offer = kim.hears("counsellor-offer").await?;
    ensure!(!offer.contains("sam") && !offer.contains("course"), "this tells too much: {offer}");
    kim.asks("claim", "counsellor-claimed").await?;
    sam.hears("claimed").await?;
    let room = sam.person.invited_by(&quiet.account).await?.room;
    sam.person.join(&room).await?;
    ensure!(kim.person.invited_by(&quiet.account).await?.room == room, "they were invited to different rooms");
    kim.person.join(&room).await?;
    for guest in [sam, kim] {
        let note = guest.person.hears("opening-note").await?;
        ensure!(note.room == room && note.sender == quiet.account, "the opening note was said elsewhere: {note}");
        guest.person.sees_leaving(&room, &quiet.account).await?;
    }
    Ok(room)
}

#[tokio::test(flavor = "multi_thread")]
async fn c10_from_the_terms_to_a_conversation_that_the_service_cannot_read() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let (kim, lee) = (quiet.counsellor("kim-quiet").await?, quiet.counsellor("lee-quiet").await?);
    let sam = quiet.visitor("sam").await?;
    let room = until_open(&quiet, &sam, &kim).await?;
    lee.hears("counsellor-offer").await?;
    let taken = lee.hears("counsellor-taken").await?;
    ensure!(!taken.contains("sam") && !taken.contains("Kim"), "this tells too much: {taken}");
    talk(&sam.person, &kim.person, &room, "I have not told anybody yet.").await?;
    talk(&kim.person, &sam.person, &room, "Thank you for telling me.").await?;
    assert_state(&quiet, &sam, &kim, &room).await?;
    let first = sam.person.seen().into_iter().find(|seen| seen.is_wording("terms")).context("the terms")?;
    ensure!(
        first.body().is_some_and(|body| body.starts_with("Quiet room\n")),
        "what shows first is not neutral: {first}"
    );
    let more = [sam.person.unexpected().await?, kim.person.unexpected().await?, lee.person.unexpected().await?];
    ensure!(more.iter().all(Vec::is_empty), "more was said: {more:?}");
    cannot_be_read(&mut quiet, &sam, &room).await
}

/// With the account's own token and all its keys, nothing opens that was said after it had left; what was said before does.
async fn cannot_be_read(quiet: &mut Quiet, sam: &Guest, room: &RoomId) -> Result<()> {
    let devices = sam.person.client().encryption().get_user_devices(&quiet.account).await?;
    let device = devices.keys().next().context("the service has a device")?.to_string();
    quiet.stop().await?;
    let loaded = quiet.loaded(&[])?;
    let store = &loaded.config.store;
    let keys = kept(&store.directory, &store.key_file, &quiet.account, &device).await?;
    let note = sam.person.seen().into_iter().find(|seen| seen.is_wording("opening-note"));
    let note = note.and_then(|seen| seen.event_id).context("there is an opening note")?;
    // What it said itself shows that these are its keys.
    let own = decrypt(&keys, room, &encrypted(&quiet.homeserver, &sam.person, room, &note).await?).await?;
    ensure!(own["content"]["body"].as_str().is_some_and(|body| body.starts_with("Quiet room")), "{own}");
    for text in ["I have not told anybody yet.", "Thank you for telling me."] {
        let sealed = encrypted(&quiet.homeserver, &sam.person, room, &event_of(&sam.person, text)?).await?;
        let error = decrypt(&keys, room, &sealed).await.err().with_context(|| format!("{text:?} could be read"))?;
        let error = error.downcast_ref::<MegolmError>();
        assert!(matches!(error, Some(MegolmError::MissingRoomKey(_))), "{text:?}: {error:?}");
    }
    Ok(())
}

/// The whole state of a room, as it must be when the service has left it.
async fn assert_state(quiet: &Quiet, sam: &Guest, kim: &Guest, room: &RoomId) -> Result<()> {
    let events = quiet.ask(&sam.person, &format!("rooms/{room}/state")).await?;
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
        "m.room.power_levels",
    ];
    assert_eq!(kinds, expected, "and no name, topic, alias, picture or Space");
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
    for (who, membership) in
        [(sam.person.user_id(), "join"), (kim.person.user_id(), "join"), (&*quiet.account, "leave")]
    {
        assert_eq!(of(member, who.as_str())["membership"], membership, "{who}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn c09_closing_and_being_forgotten() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let kim = quiet.counsellor("kim-quiet").await?;
    let sam = quiet.visitor("sam").await?;
    let room = until_open(&quiet, &sam, &kim).await?;
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
    ensure!(quiet.directory.path().join("counsel-data").exists(), "its data is its own");
    Ok(())
}
