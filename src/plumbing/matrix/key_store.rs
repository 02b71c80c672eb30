//! The SDK's keys on disk, written when they change.
//!
//! With each sync response the SDK writes its device's account and the token of the response, in two transactions for which
//! the disk is waited. Hardly ever is anything of the account new, and nothing reads that token: the caller of the
//! [`Listener`](super::Listener) has one of its own. So neither is written here unless something else changed.

#![expect(clippy::disallowed_types, reason = "the SDK's trait answers with one; nothing here looks at its order")]

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use matrix_sdk::SqliteCryptoStore;
use matrix_sdk::cross_process_lock::CrossProcessLockGeneration;
use matrix_sdk::ruma::events::secret::request::SecretName;
use matrix_sdk::ruma::{DeviceId, OwnedDeviceId, RoomId, TransactionId, UserId};
use matrix_sdk_crypto::olm::{
    InboundGroupSession, OlmMessageHash, OutboundGroupSession, PrivateCrossSigningIdentity, SenderDataType, Session,
};
use matrix_sdk_crypto::store::CryptoStore;
use matrix_sdk_crypto::store::types::{
    BackupKeys, Changes, DehydratedDeviceKey, PendingChanges, RoomKeyCounts, RoomKeyWithheldEntry,
    RoomPendingKeyBundleDetails, RoomSettings, StoredRoomKeyBundleData, TrackedUser,
};
use matrix_sdk_crypto::vodozemac::Curve25519PublicKey;
use matrix_sdk_crypto::{Account, DeviceData, GossipRequest, SecretInfo, UserIdentityData};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// The database of the keys, as the SDK uses it.
#[derive(Debug, Clone)]
pub(super) struct KeyStore {
    database: SqliteCryptoStore,
    /// A hash of the account that was written last by this process.
    written: Arc<Mutex<Option<[u8; 32]>>>,
}

impl KeyStore {
    pub(super) fn of(database: SqliteCryptoStore) -> Self {
        Self { database, written: Arc::default() }
    }
}

/// A hash of all that would be written of an account; `None` where that cannot be told.
fn hash(account: &Account) -> Option<[u8; 32]> {
    let written = serde_json::to_vec(&account.pickle()).map(Zeroizing::new).ok()?;
    Some(Sha256::digest(written.as_slice()).into())
}

/// Whether there is nothing in these changes but, perhaps, a token.
fn are_empty(changes: &mut Changes) -> bool {
    let token = changes.next_batch_token.take();
    let empty = changes.is_empty()
        && changes.rooms_pending_key_bundle.is_empty()
        && changes.room_key_backups_fully_downloaded.is_empty();
    changes.next_batch_token = token;
    empty
}

/// A store that hands everything on to the database but for these two.
macro_rules! handing_on {
    ($($name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl CryptoStore for KeyStore {
            type Error = <SqliteCryptoStore as CryptoStore>::Error;

            async fn save_changes(&self, mut changes: Changes) -> Result<(), Self::Error> {
                if are_empty(&mut changes) { Ok(()) } else { self.database.save_changes(changes).await }
            }

            async fn save_pending_changes(&self, changes: PendingChanges) -> Result<(), Self::Error> {
                // Held until it is written, so that of two the later is compared with the earlier.
                let mut written = self.written.lock().await;
                let account = changes.account.as_ref().and_then(hash);
                if account.is_some() && *written == account {
                    return Ok(());
                }
                // A write that fails leaves unknown what is there.
                *written = None;
                self.database.save_pending_changes(changes).await?;
                *written = account;
                Ok(())
            }

            $(async fn $name(&self, $($argument: $of),*) -> Result<$answer, Self::Error> {
                self.database.$name($($argument),*).await
            })*
        }
    };
}

handing_on! {
    load_account() -> Option<Account>;
    load_identity() -> Option<PrivateCrossSigningIdentity>;
    save_inbound_group_sessions(sessions: Vec<InboundGroupSession>, backed_up_to_version: Option<&str>) -> ();
    get_sessions(sender_key: &str) -> Option<Vec<Session>>;
    get_inbound_group_session(room: &RoomId, session: &str) -> Option<InboundGroupSession>;
    get_withheld_info(room: &RoomId, session: &str) -> Option<RoomKeyWithheldEntry>;
    get_withheld_sessions_by_room_id(room: &RoomId) -> Vec<RoomKeyWithheldEntry>;
    get_inbound_group_sessions() -> Vec<InboundGroupSession>;
    inbound_group_session_counts(backup_version: Option<&str>) -> RoomKeyCounts;
    get_inbound_group_sessions_by_room_id(room: &RoomId) -> Vec<InboundGroupSession>;
    get_inbound_group_sessions_for_device_batch(
        key: Curve25519PublicKey, sender: SenderDataType, after: Option<String>, limit: usize
    ) -> Vec<InboundGroupSession>;
    inbound_group_sessions_for_backup(backup_version: &str, limit: usize) -> Vec<InboundGroupSession>;
    mark_inbound_group_sessions_as_backed_up(backup_version: &str, sessions: &[(&RoomId, &str)]) -> ();
    reset_backup_state() -> ();
    load_backup_keys() -> BackupKeys;
    load_dehydrated_device_pickle_key() -> Option<DehydratedDeviceKey>;
    delete_dehydrated_device_pickle_key() -> ();
    get_outbound_group_session(room: &RoomId) -> Option<OutboundGroupSession>;
    load_tracked_users() -> Vec<TrackedUser>;
    save_tracked_users(users: &[(&UserId, bool)]) -> ();
    get_device(user: &UserId, device: &DeviceId) -> Option<DeviceData>;
    get_user_devices(user: &UserId) -> HashMap<OwnedDeviceId, DeviceData>;
    get_own_device() -> DeviceData;
    get_user_identity(user: &UserId) -> Option<UserIdentityData>;
    is_message_known(message: &OlmMessageHash) -> bool;
    get_outgoing_secret_requests(request: &TransactionId) -> Option<GossipRequest>;
    get_secret_request_by_info(secret: &SecretInfo) -> Option<GossipRequest>;
    get_unsent_secret_requests() -> Vec<GossipRequest>;
    delete_outgoing_secret_requests(request: &TransactionId) -> ();
    get_secrets_from_inbox(secret: &SecretName) -> Vec<Zeroizing<String>>;
    delete_secrets_from_inbox(secret: &SecretName) -> ();
    get_room_settings(room: &RoomId) -> Option<RoomSettings>;
    get_received_room_key_bundle_data(room: &RoomId, user: &UserId) -> Option<StoredRoomKeyBundleData>;
    get_pending_key_bundle_details_for_room(room: &RoomId) -> Option<RoomPendingKeyBundleDetails>;
    get_all_rooms_pending_key_bundles() -> Vec<RoomPendingKeyBundleDetails>;
    has_downloaded_all_room_keys(room: &RoomId) -> bool;
    get_custom_value(key: &str) -> Option<Vec<u8>>;
    set_custom_value(key: &str, value: Vec<u8>) -> ();
    remove_custom_value(key: &str) -> ();
    try_take_leased_lock(lease_ms: u32, key: &str, holder: &str) -> Option<CrossProcessLockGeneration>;
    next_batch_token() -> Option<String>;
    close() -> ();
    reopen() -> ();
    get_size() -> Option<usize>;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use matrix_sdk::ruma::api::client::sync::sync_events::DeviceLists;
    use matrix_sdk::ruma::{OneTimeKeyAlgorithm, UInt};
    use matrix_sdk_crypto::{DecryptionSettings, EncryptionSyncChanges, OlmMachine, TrustRequirement};

    use super::*;

    /// A response comes that ends at this token, with so many keys left on the homeserver.
    async fn hears(machine: &OlmMachine, token: &str, keys_left: u32) {
        let keys = BTreeMap::from([(OneTimeKeyAlgorithm::SignedCurve25519, UInt::from(keys_left))]);
        let changes = EncryptionSyncChanges {
            to_device_events: Vec::new(),
            changed_devices: &DeviceLists::new(),
            one_time_keys_counts: &keys,
            unused_fallback_keys: None,
            next_batch_token: Some(token.to_owned()),
        };
        let settings = DecryptionSettings { sender_device_trust_requirement: TrustRequirement::Untrusted };
        machine.receive_sync_changes(changes, &settings).await.unwrap();
    }

    #[tokio::test]
    async fn an_account_is_on_the_disk_when_it_has_changed_and_is_not_written_when_only_a_token_came() {
        let directory = tempfile::tempdir().unwrap();
        let database = SqliteCryptoStore::open(directory.path(), None).await.unwrap();
        let (user, device) = (UserId::parse("@porter:example.org").unwrap(), DeviceId::new());
        let machine = OlmMachine::with_store(&user, &device, KeyStore::of(database.clone()), None).await.unwrap();
        let written = || std::fs::metadata(directory.path().join("matrix-sdk-crypto.sqlite3-wal")).unwrap().len();
        hears(&machine, "first", 50).await;
        let before = written();
        for token in ["second", "third"] {
            hears(&machine, token, 50).await;
        }
        assert_eq!((written(), database.next_batch_token().await.unwrap()), (before, None));
        for keys_left in [49, 0] {
            let before = hash(&database.load_account().await.unwrap().unwrap());
            hears(&machine, "later", keys_left).await;
            let after = hash(&database.load_account().await.unwrap().unwrap());
            assert!(after.is_some() && after != before, "{keys_left} left");
        }
    }
}
