//! The homeserver that the tests share, people on it, and porters.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use lodge_channel::homeserver::{Homeserver as _, Membership};
use lodge_channel::news::{Heard, News};
use lodge_channel::room::{Direct, Encryption, RoomSpec};
use lodge_core::id::{EffectId, Ids};
use lodge_core::name::Address;
use lodge_demo::homeserver::{Environment, Settings, shared_environment};
use lodge_demo::{Homeserver, Person};
use lodge_matrix::homeserver::RoomRef;
use lodge_plumbing::matrix::{Credentials, Devices, Listener, Picture, Received, Session, SessionOptions};
use lodge_plumbing::store::MasterKey;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, UserId};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};

pub const AS_TOKEN: &str = "a-token-for-these-tests-and-for-nothing-else";

pub const PASSWORD: &str = "open sesame";
/// A response brings this many events of a room. Few, so that a gap soon needs more than one page to fill.
const TIMELINE: u32 = 20;

const PATIENCE: Duration = Duration::from_mins(1);

/// The homeserver, started when it is first asked for.
pub async fn homeserver() -> &'static Homeserver {
    static SHARED: OnceCell<Homeserver> = OnceCell::const_new();
    SHARED.get_or_init(another_homeserver).await
}

/// A homeserver of a test's own, for what would disturb the others.
pub async fn another_homeserver() -> Homeserver {
    homeserver_with(&[]).await
}

/// The same, on which other services are registered beside the porters'.
pub async fn homeserver_with(others: &[PathBuf]) -> Homeserver {
    let environment = Environment::install(&shared_environment(), &|line| eprintln!("{line}")).unwrap();
    let directory = own_directory();
    let registration = directory.join("registration.yaml");
    fs::write(&registration, service().to_string()).unwrap();
    let registrations = [&[registration], others].concat();
    let settings = Settings { registrations, ..Settings::default() };
    Homeserver::start(&environment, &directory, &settings).await.unwrap()
}

/// An empty directory that no other run uses at the same time.
pub fn own_directory() -> PathBuf {
    // Held for as long as this process lives.
    static LOCKS: Mutex<Vec<File>> = Mutex::new(Vec::new());
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let free = (0..).find_map(|number| {
        let lock = File::create(base.join(format!("synapse-{number}.lock"))).unwrap();
        lock.try_lock().ok().map(|()| (base.join(format!("synapse-{number}")), lock))
    });
    let (directory, lock) = free.unwrap();
    LOCKS.lock().unwrap().push(lock);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// The application service that every porter of a test belongs to.
pub fn service() -> serde_json::Value {
    json!({
        "id": "lodge",
        "url": null,
        "as_token": AS_TOKEN,
        "hs_token": "never used",
        "sender_localpart": "lodge",
        "rate_limited": false,
        "namespaces": { "users": [{ "exclusive": true, "regex": "@porter_.*" }], "rooms": [], "aliases": [] },
    })
}

/// Somebody with an account and an encrypted client.
pub async fn person(localpart: &str) -> Person {
    let homeserver = homeserver().await;
    homeserver.register(localpart, PASSWORD, false).await.unwrap();
    Person::log_in(&homeserver.url(), localpart, PASSWORD).await.unwrap()
}

/// Somebody's app knows that this is the porter's one device, as it does soon after it is told that there is news.
pub async fn learns_of(person: &Person, porter: &UserId, device: &str) {
    let encryption = person.client().encryption();
    let deadline = Instant::now() + PATIENCE;
    loop {
        encryption.request_user_identity(porter).await.unwrap();
        let known = encryption.get_user_devices(porter).await.unwrap();
        let known: Vec<_> = known.devices().map(|known| known.device_id().to_string()).collect();
        if known == [device] {
            return;
        }
        assert!(Instant::now() < deadline, "waited in vain for {device}; known are {known:?}");
    }
}

/// The Matrix id of a person, as the hub knows it.
pub fn address(person: &Person) -> Address {
    Address::exact(person.user_id().as_str()).unwrap()
}

/// A room's id in the SDK's own type.
pub fn room_id(room: &RoomRef) -> OwnedRoomId {
    room.0.as_str().try_into().unwrap()
}

/// The id of an effect that is the same in no two tests.
pub fn effect(seed: &str) -> EffectId {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.bytes()).for_each(|(byte, letter)| *byte = letter);
    Ids::from_seed(bytes).draw()
}

/// A porter of a test's own, with the news that it has heard and that were not asked for yet.
pub struct Porter {
    pub session: Session,
    pub listener: Listener,
    pub since: Option<String>,
    pub options: SessionOptions,
    heard: VecDeque<(RoomRef, News)>,
    directory: TempDir,
}

impl Porter {
    /// Logs in the first time.
    pub async fn open(name: &str) -> Self {
        Self::open_with(name, |_| {}).await
    }

    /// The same, with other options.
    pub async fn open_with(name: &str, change: impl FnOnce(&mut SessionOptions)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut options = options(name, directory.path()).await;
        change(&mut options);
        let session = Session::open(options.clone()).await.unwrap();
        let listener = Listener::new(&session, TIMELINE);
        Self { session, listener, since: None, options, heard: VecDeque::new(), directory }
    }

    /// Starts again with the rows that were committed, as after a crash: everything else that was heard is gone.
    pub async fn reopen(self) -> Self {
        self.reopen_after(async |_| {}).await
    }

    /// The same, after something was done meanwhile.
    pub async fn reopen_after(self, meanwhile: impl AsyncFnOnce(&SessionOptions)) -> Self {
        let Self { session, listener, since, options, directory, .. } = self;
        drop((session, listener));
        meanwhile(&options).await;
        let session = Session::open(options.clone()).await.unwrap();
        let listener = Listener::new(&session, TIMELINE);
        Self { session, listener, since, options, heard: VecDeque::new(), directory }
    }

    /// The porter's account, in the SDK's own type.
    pub fn user_id(&self) -> OwnedUserId {
        self.options.user.as_str().try_into().unwrap()
    }

    /// Hears the next response and goes on from its end.
    pub async fn hear(&mut self) -> Received {
        let mut received = self.listener.next(self.since.as_deref(), Duration::from_secs(1)).await.unwrap();
        self.session.prove(&mut received).await.unwrap();
        self.since = Some(received.delivery.token.clone());
        for room in &received.delivery.rooms {
            self.heard.extend(room.news.iter().map(|news| (room.room.clone(), news.clone())));
        }
        received
    }

    /// Hears until there is something that fits, which is then taken out of the news that were heard.
    pub async fn until(&mut self, what: &str, fits: impl Fn(&RoomRef, &Heard) -> bool) -> News {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.heard.iter().position(|(room, news)| fits(room, &news.heard)) {
                return self.heard.remove(at).unwrap().1;
            }
            let heard = timeout_at(deadline, self.hear()).await;
            assert!(heard.is_ok(), "waited in vain for {what}; heard {:?}", self.heard);
        }
    }

    /// The next words in a room.
    pub async fn next_text(&mut self, room: &RoomRef) -> lodge_channel::news::Text {
        let news = self.until("words", |at, heard| at == room && matches!(heard, Heard::Text(_))).await;
        let Heard::Text(text) = news.heard else { unreachable!("only words fit") };
        text
    }

    /// A conversation with somebody, who has come in; the porter has seen it.
    pub async fn converse(&mut self, person: &Person, marker: EffectId) -> RoomRef {
        let spec = RoomSpec::conversation(Encryption::EndToEnd);
        let room = self.session.create_room(&spec, marker).await.unwrap();
        let who = address(person);
        self.session.invite(&room, &who, Direct::Yes).await.unwrap();
        person.invited_by(&self.user_id()).await.unwrap();
        person.join(&room_id(&room)).await.unwrap();
        self.until("somebody to come in", |at, heard| {
            *at == room && *heard == Heard::Moved((&who).into(), Membership::Joined)
        })
        .await;
        room
    }
}

/// The picture with which the program comes.
pub fn picture() -> Picture {
    Picture::read(None, include_bytes!("../../config/pictures/porter.png")).unwrap()
}

/// The options for the session of a porter of this name.
pub async fn options(name: &str, directory: &Path) -> SessionOptions {
    let homeserver = homeserver().await;
    SessionOptions {
        homeserver: homeserver.url().parse().unwrap(),
        user: Address::exact(&format!("@porter_{name}:{}", homeserver.server_name())).unwrap(),
        credentials: Credentials::AppService { as_token: AS_TOKEN.into() },
        directory: directory.join("matrix"),
        copies: Vec::new(),
        new_identity: false,
        key: MasterKey::from_bytes([7; 32]),
        display_name: "The porter".to_owned(),
        picture: picture(),
        devices: Devices::All,
        encryption: Encryption::EndToEnd,
    }
}
