//! The porter's identity: cross-signing keys, without which clients refuse its device, and a way to recover them.

use matrix_sdk::Client;
use matrix_sdk::encryption::Encryption;
use matrix_sdk::encryption::recovery::RecoveryState;
use tracing::warn;

use super::api::Api;
use super::keepsake::{Keepsake, Kept};
use super::rooms::Rooms;
use super::session::{Credentials, SessionError, SessionOptions, failed};

/// The means by which an identity that is lost is replaced.
pub(super) struct Anew<'a> {
    pub(super) options: &'a SessionOptions,
    pub(super) api: &'a Api,
    pub(super) rooms: &'a Rooms,
}

/// Makes sure that the device is cross-signed and that the key to recover its keys is kept.
pub(super) async fn ensure(
    client: &Client,
    kept: &mut Kept,
    keepsake: &Keepsake,
    anew: &Anew<'_>,
) -> Result<(), SessionError> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    if let Err(cause) = encryption.bootstrap_cross_signing_if_needed(None).await {
        if cause.as_uiaa_response().is_none() {
            return Err(failed("publish its cross-signing keys")(cause));
        }
        // The account has such keys: a homeserver tells of none while no device of it has any, as this one has now.
        ask_for_identity(client, &encryption).await?;
    }
    if !recovered(&encryption, kept).await? {
        if !anew.options.new_identity {
            return Err(anew.lost());
        }
        anew.replace_identity(client, &encryption).await?;
        kept.recovery_key = None;
    }
    ensure_signed(client, &encryption, anew).await?;
    if kept.recovery_key.is_none() {
        kept.recovery_key = Some(recovery_key(&encryption).await?);
        keepsake.save(kept)?;
    }
    Ok(())
}

impl Anew<'_> {
    fn lost(&self) -> SessionError {
        SessionError::Identity { directory: self.options.directory.clone() }
    }

    /// Makes new cross-signing keys in the place of those that are lost. A homeserver asks for a password before it takes
    /// them; an application service may put its users' keys there without.
    async fn replace_identity(&self, client: &Client, encryption: &Encryption) -> Result<(), SessionError> {
        let making = failed("make new cross-signing keys");
        if encryption.reset_cross_signing().await.map_err(making)?.is_some() {
            let SessionOptions { credentials, user, .. } = self.options;
            let Credentials::AppService { as_token } = credentials else { return Err(SessionError::IdentityStays) };
            let own = client.user_id().ok_or(SessionError::NotItsToken)?;
            let keys = self.rooms.identity(own).await?;
            let api = self.api.with_token(as_token.clone());
            let put = api.post_as(user.as_str(), &["keys", "device_signing", "upload"], &keys).await;
            put.map_err(|cause| SessionError::Homeserver { doing: "take new cross-signing keys", cause })?;
            // The same keys again are no change; with them go the signatures.
            encryption.bootstrap_cross_signing(None).await.map_err(failed("sign its new keys"))?;
        }
        warn!("the account has new cross-signing keys: people's apps say that its identity has changed");
        Ok(())
    }
}

/// Whether the secret halves of the identity are here, or come from where they were put for recovery.
async fn recovered(encryption: &Encryption, kept: &Kept) -> Result<bool, SessionError> {
    if holds_identity(encryption).await {
        return Ok(true);
    }
    if let Some(key) = &kept.recovery_key
        && let Err(cause) = encryption.recovery().recover(key).await
    {
        let error = failed("recover its keys")(cause);
        if error.passing().is_some() {
            return Err(error);
        }
        warn!(%error, "the key that is kept for it does not recover the identity");
    }
    Ok(holds_identity(encryption).await)
}

async fn holds_identity(encryption: &Encryption) -> bool {
    encryption.cross_signing_status().await.is_some_and(|status| status.is_complete())
}

/// The device bears the identity's signature: an earlier start may have been cut off before it was made.
async fn ensure_signed(client: &Client, encryption: &Encryption, anew: &Anew<'_>) -> Result<(), SessionError> {
    let reading = failed("read its own keys");
    if is_signed(encryption).await.map_err(&reading)? {
        return Ok(());
    }
    ask_for_identity(client, encryption).await?;
    if is_signed(encryption).await.map_err(&reading)? {
        return Ok(());
    }
    // An earlier start may have made keys that the homeserver did not take.
    if !holds_identity(encryption).await {
        return Err(anew.lost());
    }
    match encryption.get_own_device().await.map_err(&reading)? {
        Some(device) => device.verify().await.map_err(failed("sign itself")),
        None => {
            let cause = "it is not in its own store".to_owned();
            Err(SessionError::Device { doing: "find itself", cause, call: None })
        }
    }
}

/// Takes the account's identity as the homeserver has it for the right one; secret halves of another are dropped.
async fn ask_for_identity(client: &Client, encryption: &Encryption) -> Result<(), SessionError> {
    let user = client.user_id().ok_or(SessionError::NotItsToken)?;
    encryption.request_user_identity(user).await.map(|_| ()).map_err(failed("ask for its own keys"))
}

async fn is_signed(encryption: &Encryption) -> Result<bool, matrix_sdk::encryption::CryptoStoreError> {
    Ok(encryption.get_own_device().await?.is_some_and(|device| device.is_cross_signed_by_owner()))
}

async fn recovery_key(encryption: &Encryption) -> Result<String, SessionError> {
    let (recovery, backups) = (encryption.recovery(), encryption.backups());
    let making = failed("make its keys recoverable");
    // A backup of before, whose key is lost with the identity, cannot be read and is in the way of a new one.
    if !backups.are_enabled().await {
        backups.disable_and_delete().await.map_err(failed("take away a backup that is lost"))?;
        return recovery.enable().await.map_err(making);
    }
    let key = match recovery.state() {
        RecoveryState::Disabled | RecoveryState::Unknown => recovery.enable().await,
        // Made by an earlier start, which was cut off before it could keep the key.
        RecoveryState::Enabled | RecoveryState::Incomplete => recovery.reset_key().await,
    };
    key.map_err(making)
}
