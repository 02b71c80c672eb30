//! The porter's session: from credentials and a directory to an encrypted device that can be spoken through.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use lodge_ground::name::Address;
use lodge_ground::time::Timestamp;
use lodge_matrix::homeserver::{CallError, Called, RoomRef};
use lodge_matrix::room::Encryption;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::{RequestConfig, StoreConfig};
use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::ruma::UserId;
use matrix_sdk::{Client, SessionMeta, SessionTokens};
use matrix_sdk_crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use super::api::{ANSWER_WITHIN, Api};
use super::keepsake::{Keepsake, Kept, put_keys_aside};
use super::keys::Anew;
use super::picture::Picture;
use super::rooms::{KEYS_DIRECTORY, Rooms};
use super::{failure, keys, login};
use crate::store::MasterKey;

/// Everything that a session needs before it can be opened.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// The homeserver's address, as clients use it.
    pub homeserver: Url,
    /// The porter's account.
    pub user: Address,
    /// The proof of who the porter is, for a new session.
    pub credentials: Credentials,
    /// The directory of the session and of the SDK's own store. One process at a time may use it.
    pub directory: PathBuf,
    /// Other directories, beside that one and on another disk, with a copy of the part that a new device needs if it is lost.
    pub copies: Vec<PathBuf>,
    /// Whether new cross-signing keys are made where those that the account has, and the key that recovers them, are lost.
    pub new_identity: bool,
    /// The key that seals everything in that directory.
    pub key: MasterKey,
    /// The name that members' clients show for the porter.
    pub display_name: String,
    /// The picture that they show.
    pub picture: Picture,
    /// The devices of a member that get to read, and are listened to.
    pub devices: Devices,
    /// Whether conversations are encrypted. In that case unencrypted words are tied to nobody, and nothing is said
    /// unencrypted in a room that is not somebody else's.
    pub encryption: Encryption,
}

/// The proof of who the porter is.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// As a user of an application service: registered if it is missing, and logged in the first time.
    AppService {
        /// The application service's own token.
        as_token: SecretString,
    },
    /// By a token made elsewhere, for homeservers without application-service log-in. The device must be one that no
    /// other program uses.
    Token {
        /// The access token that an administrator was given.
        access_token: SecretString,
        /// The device that the token belongs to.
        device_id: String,
    },
}

impl Credentials {
    /// The token that shows the homeserver who it is.
    pub fn token(&self) -> &SecretString {
        match self {
            Self::AppService { as_token: token } | Self::Token { access_token: token, .. } => token,
        }
    }
}

/// The devices of a member that get to read, and are listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Devices {
    /// Every device: many people never finish cross-signing.
    All,
    /// Those their owner has cross-signed.
    CrossSigned,
}

/// The ways in which opening or using a session fails.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The homeserver refused a call, or did not answer.
    #[error("the homeserver did not {doing}: {cause}")]
    Homeserver {
        /// The call, as a verb phrase.
        doing: &'static str,
        /// The outcome of the call.
        cause: CallError,
    },
    /// The token, which was given by hand, was good once.
    #[error(
        "the homeserver has ended the session of the account's device {device}: log in as a new device, and put its token \
         and its id into the configuration; nothing else has to be done"
    )]
    LoggedOut {
        /// The device that is gone.
        device: String,
    },
    /// The token is good, but for something else.
    #[error("the token is not one for the porter's account and device; check both in the configuration")]
    NotItsToken,
    /// The directory holds another session.
    #[error("{} holds the session of another account; move it aside, or name that one", directory.display())]
    Another {
        /// The session's directory.
        directory: PathBuf,
    },
    /// The session could not be kept, or read back.
    #[error("the session kept in {} cannot be used: {why}", path.display())]
    Kept {
        /// The path of the file.
        path: PathBuf,
        /// The system's or the parser's message.
        why: String,
    },
    /// The SDK failed at something.
    #[error("the porter's device cannot {doing}: {cause}")]
    Device {
        /// The task it failed at, as a verb phrase.
        doing: &'static str,
        /// The SDK's own words.
        cause: String,
        /// The end of a call, where a call to the homeserver was the reason.
        call: Option<CallError>,
    },
    /// The token is that of a device whose keys are lost.
    #[error(
        "the account's device {device} has lost its keys: log in as a new device, and put its token and its id into the \
         configuration; nothing else has to be done"
    )]
    KeysLost {
        /// The device that the session was opened for.
        device: String,
    },
    /// The homeserver does not know the application service.
    #[error(
        "the homeserver does not take the registration's token: it has not been told of the registration, or of another one; \
         name the file in its configuration (app_service_config_files in Synapse's) and restart it"
    )]
    Unregistered,
    /// The account has an identity whose keys are not here.
    #[error(
        "the account's cross-signing keys, and the key that recovers them, are lost: start once with --new-identity for new \
         ones, and people's apps say that its identity has changed; or put {}/session back, if there is a copy of it",
        directory.display()
    )]
    Identity {
        /// The directory in which the keys were looked for.
        directory: PathBuf,
    },
    /// The homeserver lets nobody replace an identity with this token alone.
    #[error(
        "the homeserver does not let the account's cross-signing keys be replaced with a token that was given by hand: have \
         its administrator allow it, or take that token out of the configuration; then start with --new-identity again"
    )]
    IdentityStays,
}

/// The porter's session. Clones are the same session.
///
/// It is the homeserver, as the porter sees it; [`Listener`](super::Listener) is how it hears.
#[derive(Clone)]
pub struct Session {
    pub(super) client: Client,
    pub(super) api: Api,
    pub(super) own: Address,
    pub(super) encryption: Encryption,
    /// The facts about rooms that must be known after a restart.
    pub(super) rooms: Arc<Rooms>,
    /// Rooms of other people that the porter came into; words in them need not be encrypted.
    pub(super) guest_in: Arc<Mutex<BTreeSet<RoomRef>>>,
}

impl SessionError {
    /// The end of a call to the homeserver, if it may end otherwise later: the homeserver did not answer, was at its
    /// limits, or something before it answered. `None` where an administrator has to do something first.
    pub fn passing(&self) -> Option<&CallError> {
        let call = match self {
            Self::Homeserver { cause, .. } => Some(cause),
            Self::Device { call, .. } => call.as_ref(),
            Self::LoggedOut { .. }
            | Self::NotItsToken
            | Self::Another { .. }
            | Self::Kept { .. }
            | Self::KeysLost { .. }
            | Self::Unregistered
            | Self::Identity { .. }
            | Self::IdentityStays => None,
        };
        call.filter(|call| match call {
            CallError::Limited { .. } | CallError::Unknown { .. } => true,
            CallError::Refused { .. } => false,
        })
    }
}

impl Session {
    /// Logs in, or takes up the session kept from last time; makes sure that the device is cross-signed, that its keys
    /// can be recovered, and that the porter goes by its name.
    pub async fn open(options: SessionOptions) -> Result<Self, SessionError> {
        let SessionOptions { homeserver, user, directory, key, .. } = &options;
        let keepsake = Keepsake::new(directory, &options.copies, key)?;
        let api = Api::new(homeserver.clone()).map_err(failed("make connections"))?;
        let sdk = directory.join(KEYS_DIRECTORY);
        let mut kept = Box::pin(options.taken_up(&keepsake, &api, &sdk)).await?;
        let api = api.with_token(SecretString::from(kept.token.clone()));
        login::check(&api, &kept).await?;
        keepsake.save(&kept)?;

        // The future that opens a database is large, so it is boxed.
        let rooms = Box::pin(Rooms::open(&sdk, key)).await?;
        let state = rooms.state(login::joined_rooms(&api).await?, &api).await?;
        // Every store that is not set here is in memory: nothing reads the events and media that the SDK would keep.
        let store =
            StoreConfig::new(CrossProcessLockConfig::SingleProcess).crypto_store(rooms.keys()).state_store(state);
        let client = client(homeserver, &api, store, options.devices).await?;
        restore(&client, &kept).await?;
        Box::pin(keys::ensure(&client, &mut kept, &keepsake, &Anew { options: &options, api: &api, rooms: &rooms }))
            .await?;
        ensure_name(&api, user, &options.display_name).await?;
        Box::pin(options.picture.show(&client)).await;
        let SessionOptions { user: own, encryption, .. } = options;
        Ok(Self { client, api, own, encryption, rooms: Arc::new(rooms), guest_in: Arc::default() })
    }

    /// The device id of the porter's session; `None` before it logged in.
    pub fn device(&self) -> Option<String> {
        self.client.device_id().map(ToString::to_string)
    }

    /// The time by the homeserver's clock now, from the date of the last answer that had one; `None` where none had.
    pub fn time(&self) -> Option<Timestamp> {
        self.api.time()
    }

    /// The same, by an answer that is asked for now.
    pub async fn ask_time(&self) -> Called<Option<Timestamp>> {
        self.api.get(&["account", "whoami"], &[]).await.map(|_| self.api.time())
    }

    /// Whether the homeserver has said that the token is no longer good. Nothing can be done any more then.
    pub fn is_logged_out(&self) -> bool {
        self.api.logged_out().get()
    }
}

impl SessionOptions {
    /// The session to take up: the kept one, or that of a device in the place of one that is lost, or the first.
    async fn taken_up(&self, keepsake: &Keepsake, api: &Api, sdk: &Path) -> Result<Kept, SessionError> {
        let Self { user, credentials, directory, key, new_identity, .. } = self;
        let kept = match keepsake.load()? {
            Some(kept) if kept.user != user.as_str() => {
                return Err(SessionError::Another { directory: directory.clone() });
            }
            kept => kept.or_else(|| keepsake.load_copy(user.as_str())),
        };
        let Some(kept) = kept else {
            if login::has_identity(api, user, credentials).await? {
                if !new_identity {
                    return Err(SessionError::Identity { directory: directory.clone() });
                }
                login::log_out_others(api, user, credentials).await?;
            }
            // Keys without a session are nobody's.
            put_keys_aside(directory)?;
            return login::first(api, user, credentials).await;
        };
        // A copy never has the keys.
        let has_keys = Rooms::are_of(sdk, key, &kept.device).await?;
        let again = if has_keys { login::again(api, &kept, credentials).await? } else { None };
        match again {
            Some(kept) => Ok(kept),
            None => login::in_the_place_of(&kept, api, user, credentials, directory).await,
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

async fn client(homeserver: &Url, api: &Api, store: StoreConfig, devices: Devices) -> Result<Client, SessionError> {
    let (recipients, requirement) = match devices {
        Devices::All => (CollectStrategy::AllDevices, TrustRequirement::Untrusted),
        Devices::CrossSigned => (CollectStrategy::IdentityBasedStrategy, TrustRequirement::CrossSignedOrLegacy),
    };
    Client::builder()
        .homeserver_url(homeserver)
        .respect_login_well_known(false)
        .http_client(api.http().clone())
        // Retries are the outbox's business; here they would hide how long the homeserver asks to wait.
        .request_config(RequestConfig::new().disable_retry().timeout(ANSWER_WITHIN))
        .store_config(store)
        .cross_process_store_config(CrossProcessLockConfig::SingleProcess)
        .with_enable_share_history_on_invite(false)
        .with_encryption_settings(EncryptionSettings {
            // A new device reads the messages to the one before.
            backup_download_strategy: BackupDownloadStrategy::OneShot,
            ..EncryptionSettings::default()
        })
        .with_room_key_recipient_strategy(recipients)
        .with_decryption_settings(DecryptionSettings { sender_device_trust_requirement: requirement })
        .build()
        .await
        .map_err(failed("open its store"))
}

async fn restore(client: &Client, kept: &Kept) -> Result<(), SessionError> {
    let user_id = UserId::parse(&kept.user).map_err(failed("read the porter's address"))?;
    let meta = SessionMeta { user_id, device_id: kept.device.as_str().into() };
    let tokens = SessionTokens { access_token: kept.token.clone(), refresh_token: None };
    client.restore_session(MatrixSession { meta, tokens }).await.map_err(failed("take up its session"))
}

/// Sets the name if it is another one; it would be announced in every room.
async fn ensure_name(api: &Api, user: &Address, name: &str) -> Result<(), SessionError> {
    let path = ["profile", user.as_str(), "displayname"];
    let found = api.get(&path, &[]).await;
    if found.is_ok_and(|found| found["displayname"] == name) {
        return Ok(());
    }
    let doing = "take the porter's display name";
    let set = api.put(&path, &json!({ "displayname": name })).await;
    set.map(|_| ()).map_err(|cause| SessionError::Homeserver { doing, cause })
}

/// Makes an error of the SDK into one of the session, in the SDK's own words.
pub(super) fn failed<E: Error + 'static>(doing: &'static str) -> impl Fn(E) -> SessionError {
    move |cause| SessionError::Device { doing, cause: cause.to_string(), call: failure::call_in(&cause) }
}
