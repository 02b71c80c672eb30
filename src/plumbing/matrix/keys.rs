//! The porter's identity: cross-signing keys, without which clients refuse its device, and a way to recover them.

use std::path::Path;

use matrix_sdk::Client;
use matrix_sdk::encryption::Encryption;
use matrix_sdk::encryption::recovery::RecoveryState;

use super::keepsake::{Keepsake, Kept};
use super::session::{SessionError, failed};

/// Makes sure that the device is cross-signed and that the key to recover its keys is kept.
pub(super) async fn ensure(
    client: &Client,
    kept: &mut Kept,
    keepsake: &Keepsake,
    directory: &Path,
) -> Result<(), SessionError> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    encryption.bootstrap_cross_signing_if_needed(None).await.map_err(failed("publish its cross-signing keys"))?;
    ensure_identity(&encryption, kept, directory).await?;
    ensure_signed(client, &encryption).await?;
    if kept.recovery_key.is_none() {
        kept.recovery_key = Some(recovery_key(&encryption).await?);
        keepsake.save(kept)?;
    }
    Ok(())
}

/// The secret halves of the identity are here, or come from where they were put for recovery.
async fn ensure_identity(encryption: &Encryption, kept: &Kept, directory: &Path) -> Result<(), SessionError> {
    if holds_identity(encryption).await {
        return Ok(());
    }
    if let Some(key) = &kept.recovery_key {
        encryption.recovery().recover(key).await.map_err(failed("recover its keys"))?;
    }
    let missing = || SessionError::Identity { directory: directory.to_owned() };
    if holds_identity(encryption).await { Ok(()) } else { Err(missing()) }
}

async fn holds_identity(encryption: &Encryption) -> bool {
    encryption.cross_signing_status().await.is_some_and(|status| status.is_complete())
}

/// The device bears the identity's signature: an earlier start may have been cut off before it was made.
async fn ensure_signed(client: &Client, encryption: &Encryption) -> Result<(), SessionError> {
    let reading = failed("read its own keys");
    if is_signed(encryption).await.map_err(&reading)? {
        return Ok(());
    }
    if let Some(user) = client.user_id() {
        encryption.request_user_identity(user).await.map_err(failed("ask for its own keys"))?;
    }
    if is_signed(encryption).await.map_err(&reading)? {
        return Ok(());
    }
    match encryption.get_own_device().await.map_err(&reading)? {
        Some(device) => device.verify().await.map_err(failed("sign itself")),
        None => {
            let cause = "it is not in its own store".to_owned();
            Err(SessionError::Device { doing: "find itself", cause, call: None })
        }
    }
}

async fn is_signed(encryption: &Encryption) -> Result<bool, matrix_sdk::encryption::CryptoStoreError> {
    Ok(encryption.get_own_device().await?.is_some_and(|device| device.is_cross_signed_by_owner()))
}

async fn recovery_key(encryption: &Encryption) -> Result<String, SessionError> {
    let recovery = encryption.recovery();
    let key = match recovery.state() {
        RecoveryState::Disabled | RecoveryState::Unknown => recovery.enable().await,
        // Made by an earlier start, which was cut off before it could keep the key.
        RecoveryState::Enabled | RecoveryState::Incomplete => recovery.reset_key().await,
    };
    key.map_err(failed("make its keys recoverable"))
}
