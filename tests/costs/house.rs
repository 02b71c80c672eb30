//! A porter's session, its directory and its homeserver.

use std::path::Path;

use lodge_core::id::{EffectId, Ids};
use lodge_fake::Fake;
use lodge_ground::name::Address;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::room::{EFFECT_KEY, Encryption};
use lodge_plumbing::matrix::{Credentials, Devices, Listener, Picture, Session, SessionOptions};
use lodge_plumbing::store::MasterKey;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::{Client, SessionMeta, SessionTokens, SqliteStoreConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use super::A_MOMENT;

pub const PORTER: &str = "@porter:example.org";
pub const MEMBER: &str = "@sam:example.org";

/// Written bytes are counted for the whole process, so one house is open at a time.
static ALONE: Mutex<()> = Mutex::const_new(());

pub struct House {
    pub fake: Fake,
    directory: TempDir,
    session: Option<(Session, Listener)>,
    since: Option<String>,
    let_go: usize,
    _alone: MutexGuard<'static, ()>,
}

impl House {
    pub async fn new() -> Self {
        let alone = ALONE.lock().await;
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let fake = Fake::start().await.unwrap();
        Self { fake, directory, session: None, since: None, let_go: 0, _alone: alone }
    }

    pub async fn open(&mut self) {
        let options = SessionOptions {
            homeserver: self.fake.url().parse().unwrap(),
            user: Address::exact(PORTER).unwrap(),
            credentials: Credentials::AppService { as_token: "a token".into() },
            directory: self.directory().to_owned(),
            copies: Vec::new(),
            new_identity: false,
            key: key(),
            picture: Picture::read(None, include_bytes!("../../config/pictures/porter.png")).unwrap(),
            display_name: "The porter".to_owned(),
            devices: Devices::All,
            encryption: Encryption::EndToEnd,
        };
        let session = Session::open(options).await.unwrap();
        let listener = Listener::new(&session, 50);
        self.session = Some((session, listener));
    }

    pub fn close(&mut self) {
        self.session = None;
    }

    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub fn session(&self) -> &Session {
        &self.session.as_ref().unwrap().0
    }

    /// The rooms that the porter is in.
    pub fn rooms(&self) -> Vec<RoomRef> {
        self.fake.rooms_of(PORTER).into_iter().map(RoomRef).collect()
    }

    pub fn calls(&self, kind: &str) -> usize {
        self.fake.count(PORTER, kind)
    }

    /// Hears all that is new.
    pub async fn hear_all(&mut self) {
        let Some((_, listener)) = &mut self.session else { unreachable!("it is open") };
        loop {
            let received = listener.next(self.since.as_deref(), A_MOMENT).await.unwrap();
            let token = Some(received.delivery.token);
            if self.since == token {
                break;
            }
            self.since = token;
        }
    }

    /// Hears that the porter has left one more room, and waits until it is let go of.
    pub async fn lets_go(&mut self) {
        self.hear_all().await;
        self.let_go += 1;
        let gone = |fake: &Fake| fake.count(PORTER, "POST rooms forget") >= self.let_go;
        self.fake.until("the porter to let go of a room", gone).await.unwrap();
    }

    /// Opens the directory as earlier versions did, with all of the SDK's databases, and hears all that is new.
    pub async fn hears_as_earlier_versions_did(&self) {
        let store = SqliteStoreConfig::new(self.directory().join("sdk")).key(Some(&*key().derive("matrix sdk")));
        let client = Client::builder()
            .homeserver_url(self.fake.url())
            .respect_login_well_known(false)
            .sqlite_store_with_config_and_cache_path(store, None::<&Path>)
            .cross_process_store_config(CrossProcessLockConfig::SingleProcess)
            .build()
            .await
            .unwrap();
        let device = self.fake.devices(PORTER);
        let [(token, device)] = device.try_into().unwrap();
        let meta = SessionMeta { user_id: PORTER.try_into().unwrap(), device_id: device.into() };
        let tokens = SessionTokens { access_token: token, refresh_token: None };
        client.restore_session(MatrixSession { meta, tokens }).await.unwrap();
        client.sync_once(SyncSettings::new().timeout(A_MOMENT)).await.unwrap();
    }

    pub fn spent(&self) -> Spent {
        let calls = self.fake.calls(PORTER);
        let calls = calls.iter().filter(|(kind, _)| *kind != "GET sync").map(|(_, count)| count).sum();
        let counts = std::fs::read_to_string("/proc/self/io").unwrap();
        let written = counts.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap();
        Spent { written: written.parse().unwrap(), calls }
    }
}

/// The bytes that were written, to disks and connections, and how many calls made.
pub struct Spent {
    pub written: usize,
    pub calls: usize,
}

impl Spent {
    pub fn since(&self, before: &Self) -> Self {
        Self { written: self.written - before.written, calls: self.calls - before.calls }
    }
}

fn key() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

pub fn notice(effect: EffectId) -> Value {
    json!({ "msgtype": "m.notice", "body": "Good morning", EFFECT_KEY: effect.to_string() })
}

/// The id of an effect that is the same in no two tests.
pub fn effect(seed: &str) -> EffectId {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.bytes()).for_each(|(byte, letter)| *byte = letter);
    Ids::from_seed(bytes).draw()
}
