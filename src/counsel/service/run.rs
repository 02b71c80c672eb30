//! `lodge counsel run`: the parts of the service put together from its configuration.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

use anyhow::{Context, bail};
use lodge_counsel_channel::perform::{Task, Tried, perform};
use lodge_counsel_channel::{Channel, Fault, Options};
use lodge_counsel_core::id::Ids;
use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::name::Address;
use lodge_ground::store::{Batch, Owners, Row, StoreError};
use lodge_ground::time::Timestamp;
use lodge_matrix::hearing::Hearing;
use lodge_matrix::homeserver::{Called, Events, RoomRef};
use lodge_matrix::news::{Delivery, News, Wanted};
use lodge_matrix::room::Encryption;
use lodge_plumbing::clock::Clock;
use lodge_plumbing::matrix::{Credentials, Devices, Picture, Session, SessionOptions};
use lodge_plumbing::observe::{Answering, Members, Observed, Places, Vitals, Which};
use lodge_plumbing::random;
use lodge_plumbing::registration::Registration;
use lodge_plumbing::service::{self, Performer, Service, clock};
use lodge_plumbing::store::{self, MasterKey, SledStore};
use lodge_plumbing::wording::Wordings;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tracing::info;

use crate::config::{Config, Loaded};
use crate::voice::QuietVoice;

/// Runs the service until `stop` is done. It waits for a homeserver that does not answer yet.
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
    let watched = Clock::start();
    let mut engine = Channel::open(&store, options, ids()?, clock())?;
    let mut stop = pin!(stop);
    let places = Places { store: config.store.directory.join("store"), ..Places::default() };
    let observed = Observed::new(Which::Counsel, places);
    let _answering = observed_at(&config, &observed).await?;
    let Some(session) = Session::open_when_there(session_options(&config, master)?, stop.as_mut()).await? else {
        info!("stopped while waiting for the homeserver");
        return Ok(());
    };
    watched.judge(&session, engine.hearing().kept_at().filter(|_| !config.clock_is_right))?;
    engine.counsellors(counsellors, clock())?;
    info!(session = "ready");
    let voice = QuietVoice::new(wordings, config.service.zone.clone(), config.service.name.clone());
    let performer = Quiet { voice, own: config.matrix.user.clone() };
    let (_, notes) = mpsc::channel(1);
    let (session, engine) = (Arc::new(session), CounselEngine(engine));
    let clock = watched;
    let service =
        Service { session, observed, clock, performer, engine, store, maintenance: Box::new(|_, _| None), notes };
    service.run(stop).await.context("the service stopped")
}

async fn observed_at(config: &Config, observed: &Observed) -> anyhow::Result<Answering> {
    let answering = Answering::begin(observed.clone(), &config.store.directory, &config.observe).await;
    answering.context("nobody could ask how the service is")
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
        copies: vec![config.store.directory.join("store")],
        new_identity: config.new_identity,
        key: master,
        devices: Devices::All,
        display_name: config.service.name.to_string(),
        picture: Picture::read(matrix.picture.as_deref(), include_bytes!("../../../config/pictures/quiet.png"))?,
        encryption: Encryption::EndToEnd,
    })
}

/// A stream of ids that nothing else follows from: neither who came first nor how many there were.
fn ids() -> anyhow::Result<Ids> {
    let mut seed = [0_u8; 32];
    if let Err(error) = random::fill(&mut seed) {
        bail!("the operating system gives no random numbers: {error}");
    }
    Ok(Ids::from_seed(seed))
}

/// The service's tries of tasks on the homeserver.
struct Quiet {
    voice: QuietVoice,
    own: Address,
}

impl Performer<CounselEngine> for Quiet {
    async fn perform(&self, session: &Session, task: &Task, _: Instant) -> Called<Tried> {
        perform(session, &self.voice, &self.own, task).await
    }
}

/// The engine, as the runner sees it.
struct CounselEngine(Channel);

impl service::Engine for CounselEngine {
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

    fn cannot_go_on(&mut self, _: Timestamp) -> Result<(), StoreError> {
        self.0.cannot_go_on()
    }

    fn must_fill(&self, room: &RoomRef) -> Option<Events> {
        self.0.knows(room).then_some(Events::All)
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

    fn to_forget(&mut self, at_most: usize) -> Result<Owners, StoreError> {
        self.0.to_forget(at_most)
    }

    fn outlives(&self, _: MemberId) -> Result<Vec<Row>, StoreError> {
        Ok(Vec::new())
    }

    fn forgotten(&mut self, people: &Owners, now: Timestamp) -> Result<(), StoreError> {
        self.0.forgotten(people, now)
    }

    fn ready(&mut self, now: Timestamp) -> Vec<Task> {
        self.0.ready(now)
    }

    fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        self.0.report(task, outcome, now)
    }

    fn hearing(&self) -> &Hearing {
        self.0.hearing()
    }

    fn news_wanted(&self) -> Wanted {
        self.0.news_wanted()
    }

    fn vitals(&self) -> Vitals {
        Vitals {
            jobs: [self.0.outbox().numbers(), None],
            to_do: self.0.outbox().len(),
            // Nothing of it is told.
            without_key: 0,
            next_due: self.0.next_due(),
        }
    }

    fn members(&self) -> Members {
        Members::new()
    }
}
