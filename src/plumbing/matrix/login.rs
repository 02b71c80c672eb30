//! From credentials to a session: a log-in the first time, a look at the token every time.

use std::path::Path;

use lodge_ground::name::Address;
use lodge_matrix::homeserver::{CallError, Refusal, unless_refused};
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tracing::warn;

use super::api::Api;
use super::failure;
use super::keepsake::{Kept, put_keys_aside};
use super::session::{Credentials, SessionError};

/// The kind of registration and log-in that an application service does.
const BY_SERVICE: &str = "m.login.application_service";

/// The kept session, if it can be taken up again; `None` where a new device has to take the place of its own: the
/// configuration names another, or the homeserver has ended the session and lets this account log in by itself.
///
/// A token that was changed in the configuration takes the place of the one kept, if it is for the same device.
pub(super) async fn again(api: &Api, kept: &Kept, credentials: &Credentials) -> Result<Option<Kept>, SessionError> {
    let mut kept = kept.clone();
    let logs_in = match credentials {
        Credentials::Token { device_id, .. } if kept.device != *device_id => return Ok(None),
        Credentials::Token { access_token, .. } => {
            access_token.expose_secret().clone_into(&mut kept.token);
            false
        }
        Credentials::AppService { .. } => true,
    };
    match check(&api.with_token(SecretString::from(kept.token.clone())), &kept).await {
        Ok(()) => Ok(Some(kept)),
        Err(SessionError::LoggedOut { .. }) if logs_in => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the account has cross-signing keys on the homeserver.
pub(super) async fn has_identity(api: &Api, user: &Address, credentials: &Credentials) -> Result<bool, SessionError> {
    let api = api.with_token(credentials.token().clone());
    let (path, query) = (["keys", "query"], json!({ "device_keys": { user.as_str(): [] } }));
    let answer = match credentials {
        Credentials::AppService { .. } => api.post_as(user.as_str(), &path, &query).await,
        Credentials::Token { .. } => api.post(&path, &query).await,
    };
    // It refuses where there is no such account yet. Of a token that it does not know, the log-in says more.
    if api.logged_out().get() {
        return Ok(false);
    }
    let failed = |cause| SessionError::Homeserver { doing: "say which keys the account has", cause };
    let answer = unless_refused(answer).map_err(failed)?;
    Ok(answer.is_some_and(|answer| answer["master_keys"][user.as_str()].is_object()))
}

/// The session of a device that nothing is kept of.
pub(super) async fn first(api: &Api, user: &Address, credentials: &Credentials) -> Result<Kept, SessionError> {
    match credentials {
        Credentials::AppService { as_token } => by_service(api, user, as_token).await,
        Credentials::Token { access_token, device_id } => Ok(Kept {
            user: user.as_str().to_owned(),
            device: device_id.clone(),
            token: access_token.expose_secret().to_owned(),
            recovery_key: None,
        }),
    }
}

/// The session of a new device, which can recover the identity that the lost one had. The lost one is logged out, and its
/// keys, if there are any, are put aside.
pub(super) async fn in_the_place_of(
    lost: &Kept,
    api: &Api,
    user: &Address,
    credentials: &Credentials,
    directory: &Path,
) -> Result<Kept, SessionError> {
    if let Credentials::Token { device_id, .. } = credentials
        && *device_id == lost.device
    {
        return Err(SessionError::KeysLost { device: device_id.clone() });
    }
    // Then members' apps make new keys, which they give to the new device alone.
    let old = api.with_token(SecretString::from(lost.token.clone()));
    if let Err(cause) = old.post(&["logout"], &json!({})).await {
        // A start that was cut off may have logged it out.
        let is_out = old.logged_out().get() || matches!(cause, CallError::Refused { .. });
        if !is_out {
            return Err(SessionError::Homeserver { doing: "log out the device that is lost", cause });
        }
    }
    put_keys_aside(directory)?;
    let mut new = first(api, user, credentials).await?;
    warn!(device = %new.device, lost = %lost.device, "a new device takes the place of one that is lost");
    new.recovery_key.clone_from(&lost.recovery_key);
    Ok(new)
}

/// Logs out all devices of an account that logs in by itself: nothing is kept of them, and people's apps would go on
/// writing to them.
pub(super) async fn log_out_others(api: &Api, user: &Address, credentials: &Credentials) -> Result<(), SessionError> {
    let Credentials::AppService { as_token } = credentials else { return Ok(()) };
    let out = api.with_token(as_token.clone()).post_as(user.as_str(), &["logout", "all"], &json!({})).await;
    out.map(|_| ()).map_err(|cause| SessionError::Homeserver { doing: "log out the devices that are lost", cause })
}

/// Makes sure that the homeserver takes the token for that of this account and device.
pub(super) async fn check(api: &Api, kept: &Kept) -> Result<(), SessionError> {
    let who = api.get(&["account", "whoami"], &[]).await.map_err(|cause| {
        if api.logged_out().get() {
            SessionError::LoggedOut { device: kept.device.clone() }
        } else {
            SessionError::Homeserver { doing: "say whose its token is", cause }
        }
    })?;
    let is_kept = who["user_id"] == kept.user.as_str() && who["device_id"] == kept.device.as_str();
    if is_kept { Ok(()) } else { Err(SessionError::NotItsToken) }
}

/// The rooms in which the account is now.
pub(super) async fn joined_rooms(api: &Api) -> Result<Vec<OwnedRoomId>, SessionError> {
    let failed = |cause| SessionError::Homeserver { doing: "say in which rooms the account is", cause };
    let answer = api.get(&["joined_rooms"], &[]).await.map_err(failed)?;
    let rooms = answer["joined_rooms"].as_array();
    let rooms = rooms.ok_or_else(|| failed(failure::unknown("a list of rooms without rooms")))?;
    Ok(rooms.iter().filter_map(|room| RoomId::parse(room.as_str()?).ok()).collect())
}

async fn by_service(api: &Api, user: &Address, as_token: &SecretString) -> Result<Kept, SessionError> {
    let api = api.with_token(as_token.clone());
    let failed = |doing: &'static str| {
        let unknown = api.logged_out().get();
        move |cause| if unknown { SessionError::Unregistered } else { SessionError::Homeserver { doing, cause } }
    };
    let local = user.as_str().trim_start_matches('@').split(':').next().unwrap_or_default();
    let register = json!({ "type": BY_SERVICE, "username": local, "inhibit_login": true });
    match api.post(&["register"], &register).await {
        Ok(_) => {}
        Err(CallError::Refused { why: Refusal::Other { code } }) if code == "M_USER_IN_USE" => {}
        Err(cause) => return Err(failed("register its account as an application service")(cause)),
    }
    let log_in = json!({
        "type": BY_SERVICE,
        "identifier": { "type": "m.id.user", "user": user.as_str() },
        "initial_device_display_name": "Lodge",
    });
    let logging_in = "log in as an application service";
    let session = api.post(&["login"], &log_in).await.map_err(|cause| failed(logging_in)(cause))?;
    let field = |name: &str| session[name].as_str().map(str::to_owned);
    match (field("user_id"), field("device_id"), field("access_token")) {
        (Some(found), Some(device), Some(token)) if found == user.as_str() => {
            Ok(Kept { user: found, device, token, recovery_key: None })
        }
        _ => Err(SessionError::NotItsToken),
    }
}
