//! `lodge counsel run`: the parts of the service put together from its configuration.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use anyhow::{Context, bail};
use lodge_counsel_channel::engine::{Engine, Fault, Options};
use lodge_counsel_channel::perform::{Task, Tried, perform};
use lodge_counsel_core::id::Ids;
use lodge_ground::homeserver::{Called, Events, RoomRef};
use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::name::Address;
use lodge_ground::news::{Delivery, News, Wanted};
use lodge_ground::room::Encryption;
use lodge_ground::store::{Batch, Row, StoreError};
use lodge_ground::time::Timestamp;
use lodge_plumbing::matrix::{Credentials, Devices, Session, SessionOptions};
use lodge_plumbing::registration::Registration;
use lodge_plumbing::service::{self, Performer, Service, clock};
use lodge_plumbing::store::{self, MasterKey, SledStore};
use lodge_plumbing::wording::Wordings;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tracing::info;

use crate::config::{Config, Loaded};
use crate::voice::QuietVoice;

/// Runs the service until `stop` is done.
///
/// # Errors
/// When it cannot start, or cannot go on.
pub async fn run(loaded: Loaded, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let Loaded { config, counsellors } = loaded;
    let master = master_key(&config)?;
    let wordings = Wordings::load(lodge_counsel_core::wording::ENGLISH, config.wording.directory.as_deref())?;
    let store = open_store(&config, &master)?;
    let options = Options {
        settings: config.settings(wordings.version().to_owned()),
        federation: config.matrix.federation,
        unreadable_after: config.matrix.unreadable_after,
        messages_a_minute: config.limits.messages_a_minute,
    };
    let mut engine = Engine::open(&store, options, ids()?, clock())?;
    engine.counsellors(counsellors, clock())?;
    let session = Session::open(session_options(&config, master)?).await?;
    info!(session = "ready");
    let voice = QuietVoice::new(wordings, config.service.zone.clone(), config.service.name.clone());
    let performer = Quiet { voice, own: config.matrix.user.clone() };
    let (_, notes) = mpsc::channel(1);
    let (session, engine) = (Arc::new(session), Decides(engine));
    let service = Service { session, performer, engine, store, chores: Box::new(|_, _| None), notes };
    service.run(stop).await.context("the service stopped")
}

/// The service's master key. It opens nothing of the hub's, and the hub opens nothing with it, whatever file both are given.
///
/// # Errors
/// When its file cannot be read, is no key, or is open to others.
pub fn master_key(config: &Config) -> anyhow::Result<MasterKey> {
    Ok(MasterKey::read(&config.store.key_file)?.of_service("counsel"))
}

/// Opens the store that the configuration names.
///
/// # Errors
/// When it cannot be opened, or another program has it open.
pub fn open_store(config: &Config, master: &MasterKey) -> anyhow::Result<SledStore> {
    // Its store is not restored, so nothing would ever take a log away.
    let cache_bytes = config.store.cache_mb * 1024 * 1024;
    let options = store::Options { cache_bytes, log: false, ..store::Options::default() };
    Ok(SledStore::open(&config.store.directory.join("store"), master, options)?)
}

fn session_options(config: &Config, master: MasterKey) -> anyhow::Result<SessionOptions> {
    let matrix = &config.matrix;
    let registration = Registration::read(&matrix.registration, &matrix.user)?;
    Ok(SessionOptions {
        homeserver: matrix.homeserver.clone(),
        user: matrix.user.clone(),
        credentials: Credentials::AppService { as_token: registration.token().clone() },
        directory: config.store.directory.join("matrix"),
        key: master,
        devices: Devices::All,
        display_name: config.service.name.to_string(),
        encryption: Encryption::EndToEnd,
    })
}

/// A stream of ids that nothing else follows from: neither who came first nor how many there were.
fn ids() -> anyhow::Result<Ids> {
    let mut seed = [0_u8; 32];
    if let Err(error) = getrandom::fill(&mut seed) {
        bail!("the operating system gives no random numbers: {error}");
    }
    Ok(Ids::from_seed(seed))
}

/// How tasks are tried.
struct Quiet {
    voice: QuietVoice,
    own: Address,
}

impl Performer<Decides> for Quiet {
    async fn perform(&self, session: &Session, task: &Task, _: Instant) -> Called<Tried> {
        perform(session, &self.voice, &self.own, task).await
    }
}

/// The engine, as the runner sees it.
struct Decides(Engine);

impl service::Engine for Decides {
    type Task = Task;
    type Tried = Tried;
    type Fault = Fault;
    type Note = Infallible;

    fn effect(task: &Task) -> EffectId {
        task.id
    }

    fn comes_last(&self, task: &Task) -> bool {
        self.0.comes_last(task)
    }

    fn deliver(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        self.0.deliver(delivery, now)
    }

    fn cannot_go_on(&mut self) -> Result<(), StoreError> {
        self.0.cannot_go_on();
        Ok(())
    }

    fn must_fill(&self, room: &RoomRef) -> Option<Events> {
        self.0.knows(room).then_some(Events::All)
    }

    fn sealed(&self) -> Vec<(RoomRef, String)> {
        self.0.sealed().map(|(room, _, sealed)| (room.clone(), sealed.to_owned())).collect()
    }

    fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        self.0.unsealed(news, now)
    }

    fn take_faults(&mut self) -> Vec<Fault> {
        self.0.take_faults()
    }

    fn noted(&mut self, note: Infallible, _: Timestamp) -> Result<(), StoreError> {
        match note {}
    }

    fn tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.0.tick(now)
    }

    fn next_wake(&self) -> Option<Timestamp> {
        self.0.next_wake()
    }

    fn take_batch(&mut self) -> Result<Batch, StoreError> {
        self.0.take_batch()
    }

    fn committed(&mut self) {
        self.0.committed();
    }

    fn to_forget(&self) -> Vec<MemberId> {
        self.0.to_forget()
    }

    fn outlives(&self, _: MemberId) -> Result<Vec<Row>, StoreError> {
        Ok(Vec::new())
    }

    fn forgotten(&mut self, person: MemberId, now: Timestamp) -> Result<(), StoreError> {
        self.0.forgotten(person, now)
    }

    fn ready(&mut self, now: Timestamp) -> Vec<Task> {
        self.0.ready(now)
    }

    fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        self.0.report(task, outcome, now)
    }

    fn token(&self) -> Option<&str> {
        self.0.token()
    }

    fn news_wanted(&self) -> Wanted {
        self.0.news_wanted()
    }

    fn waiting(&self) -> usize {
        self.0.outbox().len()
    }

    fn is_restoring(&self) -> bool {
        false
    }
}
