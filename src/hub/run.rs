//! `lodge run`: the parts of a hub put together from its configuration.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use lodge_channel::community::{Intended, plan, plan_new};
use lodge_channel::engine::{Engine, Options};
use lodge_channel::room::Encryption;
use lodge_core::id::IdSecret;
use lodge_core::time::Timestamp;
use lodge_plumbing::matrix::{Credentials, Devices, Session, SessionOptions};
use lodge_plumbing::registration::Registration;
use lodge_plumbing::store::{self, MasterKey, SledStore};
use lodge_plumbing::wording::Wordings;
use secrecy::SecretString;
use tracing::{info, warn};

use crate::accounts::nobody_does_both;
use crate::config::{Config, Matrix};
use crate::control::{Answer, Door, looked};
use crate::export::Exports;
use crate::reports::Desk;
use crate::service::Hub;
use crate::voice::PorterVoice;

pub use lodge_plumbing::service::clock;

/// Runs the hub until `stop` is done.
pub async fn run(config: &Config, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    open(config).await?.run(config.roster(), stop).await.context("the hub stopped")
}

/// A hub that is ready to run, and can be asked for something as soon as it does.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Hub> {
    if !config.matrix.encrypt_conversations {
        warn!("matrix.encrypt_conversations is false: the homeserver can read what members and the porter say");
    }
    let master = MasterKey::read(&config.store.key_file)?;
    let wordings = Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref())?;
    let store = open_store(config, &master)?;
    if store.wants_export() && config.store.export_directory.is_none() {
        warn!(
            "store.export_directory is not set: nothing can be restored, and the commit log grows, until an export is made"
        );
    }
    let engine = open_engine(config, &master, &wordings, &store, clock())?;
    nobody_does_both(config, &engine, clock())?;
    if config.matrix.encrypt_conversations {
        let (known, weakly) = engine.known_by_devices();
        info!(members_known = known, members_weakly_known = weakly, "by their devices");
    }
    let door = Door::open(&config.store.directory).context("commands could not ask the hub for anything")?;
    let mut exports = Exports::of(config, &master, &store)?;
    let session = Session::open(session_options(config, master)?).await?;
    info!(session = "ready");
    Ok(Hub {
        session: Arc::new(session),
        voice: Arc::new(PorterVoice::new(wordings, config.service.zone.clone())),
        engine,
        store,
        chores: Box::new(move |store, now| exports_due(exports.as_mut(), store, now)),
        desk: Desk::new(&config.store.directory),
        own: config.matrix.user.clone(),
        door,
        rooms: config.room_settings(),
    })
}

/// How these rooms are on the homeserver, looked at without a hub.
pub(crate) async fn look(config: &Config, intended: &[Intended]) -> anyhow::Result<Answer> {
    let wordings = Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref())?;
    let voice = PorterVoice::new(wordings, config.service.zone.clone());
    if let Some(planned) = plan_new(&voice, intended) {
        return Ok(Answer::Rooms(planned));
    }
    let session = Session::open(session_options(config, MasterKey::read(&config.store.key_file)?)?).await?;
    Ok(looked(plan(&session, &voice, intended).await))
}

/// The engine with all that the store keeps.
pub(crate) fn open_engine(
    config: &Config,
    master: &MasterKey,
    wordings: &Wordings,
    store: &SledStore,
    now: Timestamp,
) -> anyhow::Result<Engine> {
    let options = Options {
        settings: config.settings(wordings.version().to_owned(), master)?,
        encryption: encryption(config),
        servers: config.joining.servers.clone(),
        unreadable_after: config.matrix.unreadable_after,
        messages_a_minute: config.limits.messages_a_minute,
        audit_kept_for: config.store.audit_kept_for,
    };
    let secret = IdSecret::from_bytes(*master.derive("ids"));
    Ok(Engine::open(store, options, secret, now)?)
}

fn encryption(config: &Config) -> Encryption {
    if config.matrix.encrypt_conversations { Encryption::EndToEnd } else { Encryption::None }
}

/// Makes the export that is due, if one is; says when the next is.
fn exports_due(exports: Option<&mut Exports>, store: &mut SledStore, now: Timestamp) -> Option<Timestamp> {
    let exports = exports?;
    if exports.due() <= now {
        exports.make(store, now);
    }
    Some(exports.due())
}

/// Opens the store that the configuration names.
pub fn open_store(config: &Config, master: &MasterKey) -> anyhow::Result<SledStore> {
    Ok(SledStore::open(&store_directory(config), master, store_options(config))?)
}

/// Where the store is.
pub(crate) fn store_directory(config: &Config) -> PathBuf {
    config.store.directory.join("store")
}

/// How it is opened.
pub(crate) fn store_options(config: &Config) -> store::Options {
    let config = &config.store;
    store::Options {
        cache_bytes: config.cache_mb * 1024 * 1024,
        mirror: config.mirror.clone(),
        mirror_fault: config.mirror_fault,
        // Only exports take old commits away.
        log: config.mirror.is_some() || config.export_directory.is_some(),
    }
}

/// How the porter's session is opened.
fn session_options(config: &Config, master: MasterKey) -> anyhow::Result<SessionOptions> {
    let matrix = &config.matrix;
    Ok(SessionOptions {
        homeserver: matrix.homeserver.clone(),
        user: matrix.user.clone(),
        credentials: credentials(matrix)?,
        directory: config.store.directory.join("matrix"),
        key: master,
        devices: if matrix.strict_devices { Devices::CrossSigned } else { Devices::All },
        display_name: matrix.display_name.to_string(),
        encryption: encryption(config),
    })
}

/// How the porter shows the homeserver who it is.
pub fn credentials(matrix: &Matrix) -> anyhow::Result<Credentials> {
    match (&matrix.token_file, &matrix.device_id) {
        (Some(file), Some(device_id)) => {
            let token = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
            let access_token = SecretString::from(token.trim().to_owned());
            Ok(Credentials::Token { access_token, device_id: device_id.clone() })
        }
        (Some(_) | None, _) => {
            let registration = Registration::read(&matrix.registration, &matrix.user)?;
            Ok(Credentials::AppService { as_token: registration.token().clone() })
        }
    }
}
