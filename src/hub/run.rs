//! `lodge run`: the parts of a hub put together from its configuration.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use lodge_channel::community::{Intended, plan, plan_new};
use lodge_channel::room::Encryption;
use lodge_channel::{Channel, Options};
use lodge_core::id::IdSecret;
use lodge_core::time::Timestamp;
use lodge_plumbing::clock::Clock;
use lodge_plumbing::files::read_secret;
use lodge_plumbing::matrix::{Credentials, Devices, NoPicture, Picture, Session, SessionOptions};
use lodge_plumbing::observe::{Answering, Observed, Places, Which};
use lodge_plumbing::registration::Registration;
use lodge_plumbing::store::{self, MasterKey, SledStore};
use lodge_plumbing::wording::Wordings;
use tracing::{info, warn};

use crate::accounts::nobody_does_both;
use crate::config::{Config, Matrix};
use crate::control::{Answer, Door, looked};
use crate::export::Exports;
use crate::reports::Desk;
use crate::service::{Hub, ToldHeads};
use crate::voice::PorterVoice;

pub use lodge_plumbing::service::clock;

/// Runs the hub until `stop` is done. It waits for a homeserver that does not answer yet.
///
/// # Errors
/// When it cannot start, or cannot go on.
pub async fn run(config: &Config, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let mut stop = pin!(stop);
    let parts = prepare(config)?;
    let observed = Observed::new(Which::Hub, places(config));
    let answering = Answering::begin(observed.clone(), &config.store.directory, &config.observe).await;
    let _answering = answering.context("nobody could ask how the hub is")?;
    let Some(session) = Session::open_when_there(parts.session.clone(), stop.as_mut()).await? else {
        info!("stopped while waiting for the homeserver");
        return Ok(());
    };
    parts.with(config, session, observed)?.run(config.roster(), stop).await.context("the hub stopped")
}

/// A hub that is ready to run, and can be asked for something as soon as it does.
///
/// # Errors
/// When it cannot start, also where that is because the homeserver does not answer.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Hub> {
    let parts = prepare(config)?;
    let session = Session::open(parts.session.clone()).await?;
    parts.with(config, session, Observed::new(Which::Hub, places(config)))
}

/// The places of its data, to be measured.
fn places(config: &Config) -> Places {
    let store = store_directory(config);
    let homes = [Some(store.clone()), config.store.mirror.clone()];
    let logs = homes.into_iter().flatten().map(|home| home.join("log")).collect();
    Places { store, logs, exports: config.store.export_directory.clone() }
}

/// All parts of a hub but its session.
struct Parts {
    session: SessionOptions,
    /// This machine's clock, judged when the engine was opened.
    clock: Clock,
    wordings: Wordings,
    engine: Channel,
    store: SledStore,
    exports: Option<Exports>,
    door: Door,
}

fn prepare(config: &Config) -> anyhow::Result<Parts> {
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
    let watched = Clock::start();
    let engine = open_engine(config, &master, &wordings, &store, clock())?;
    nobody_does_both(config, &engine, clock())?;
    if config.matrix.encrypt_conversations {
        let (known, weakly) = engine.hearing().known_by_devices();
        info!(members_known = known, members_weakly_known = weakly, "by their devices");
    }
    let door = Door::open(&config.store.directory).context("commands could not ask the hub for anything")?;
    let exports = Exports::of(config, &master, &store)?;
    let session = session_options(config, master)?;
    Ok(Parts { session, clock: watched, wordings, engine, store, exports, door })
}

impl Parts {
    /// The hub with its session. By a clock that cannot be right there is none.
    fn with(self, config: &Config, session: Session, observed: Observed) -> anyhow::Result<Hub> {
        let Self { session: _, clock, wordings, engine, store, mut exports, door } = self;
        clock.judge(&session, engine.hearing().kept_at().filter(|_| !config.clock_is_right))?;
        info!(session = "ready");
        Ok(Hub {
            session: Arc::new(session),
            observed,
            clock,
            voice: Arc::new(PorterVoice::new(wordings, config.service.zone.clone())),
            engine,
            store,
            maintenance: Box::new(move |store, now| exports_due(exports.as_mut(), store, now)),
            desk: Desk::new(&config.store.directory),
            heads: ToldHeads::new(&config.audit),
            own: config.matrix.user.clone(),
            door,
            rooms: config.room_settings(),
        })
    }
}

/// Looks at these rooms on the homeserver, without a hub.
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
) -> anyhow::Result<Channel> {
    let options = Options {
        settings: config.settings(wordings.version().to_owned(), master)?,
        encryption: encryption(config),
        servers: config.joining.servers.clone(),
        unreadable_after: config.matrix.unreadable_after,
        messages_a_minute: config.limits.messages_a_minute,
        audit_kept_for: config.store.audit_kept_for,
    };
    let secret = IdSecret::from_bytes(*master.derive("ids"));
    Ok(Channel::open(store, options, secret, now)?)
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

/// The place of the rows, below the configured directory.
pub(crate) fn store_directory(config: &Config) -> PathBuf {
    config.store.directory.join("store")
}

/// The options with which the store is opened.
pub(crate) fn store_options(config: &Config) -> store::Options {
    let config = &config.store;
    store::Options {
        cache_bytes: config.cache_mb * 1024 * 1024,
        mirror: config.mirror.clone(),
        mirror_fault: config.mirror_fault,
        // Only exports take old commits away.
        log: config.mirror.is_some() || config.export_directory.is_some(),
        ..store::Options::default()
    }
}

/// The directory of the porter's session.
pub(crate) fn session_directory(config: &Config) -> PathBuf {
    config.store.directory.join("matrix")
}

/// The porter's picture: the service's own, or the one with which the program comes.
pub(crate) fn picture(config: &Config) -> Result<Picture, NoPicture> {
    Picture::read(config.matrix.picture.as_deref(), include_bytes!("../../config/pictures/porter.png"))
}

/// The options with which the porter's session is opened.
fn session_options(config: &Config, master: MasterKey) -> anyhow::Result<SessionOptions> {
    let matrix = &config.matrix;
    Ok(SessionOptions {
        homeserver: matrix.homeserver.clone(),
        user: matrix.user.clone(),
        credentials: credentials(matrix)?,
        directory: session_directory(config),
        copies: [config.store.mirror.clone(), Some(store_directory(config))].into_iter().flatten().collect(),
        new_identity: config.new_identity,
        key: master,
        devices: if matrix.strict_devices { Devices::CrossSigned } else { Devices::All },
        display_name: matrix.display_name.to_string(),
        picture: picture(config)?,
        encryption: encryption(config),
    })
}

/// The proof by which the porter shows the homeserver who it is.
pub fn credentials(matrix: &Matrix) -> anyhow::Result<Credentials> {
    match (&matrix.token_file, &matrix.device_id) {
        (Some(file), Some(device_id)) => {
            let access_token = read_secret(file).map_err(|error| anyhow!("matrix.token_file: {error}"))?;
            Ok(Credentials::Token { access_token, device_id: device_id.clone() })
        }
        (Some(_) | None, _) => {
            let registration = Registration::read(&matrix.registration, &matrix.user)?;
            Ok(Credentials::AppService { as_token: registration.token().clone() })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    #[test]
    fn neither_a_token_nor_a_registration_is_used_that_others_can_read() {
        let directory = tempfile::tempdir().unwrap();
        let by_registration = crate::setup::smallest(directory.path(), &[]);
        let set = ["matrix.token_file=porter.token", "matrix.device_id=DEVICE"];
        let by_token = crate::setup::smallest(directory.path(), &set);
        let token = directory.path().join("porter.token");
        fs::write(&token, "syt_secret\n").unwrap();
        let chmod = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for (config, path) in [(by_token, token), (by_registration.clone(), by_registration.matrix.registration)] {
            chmod(&path, 0o644);
            let error = format!("{:#}", credentials(&config.matrix).unwrap_err());
            let named = error.contains(&path.display().to_string()) && error.contains("chmod it to 600");
            assert!(named && error.contains("is open to others (mode 644)"), "{error}");
            chmod(&path, 0o600);
            assert!(credentials(&config.matrix).is_ok());
        }
    }
}
