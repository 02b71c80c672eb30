//! The facts that the SDK must know of rooms before it hears of them again.
//!
//! The SDK has its state in memory only: in a database it would write the whole of it anew for each room that is left.
//! Facts that must not be asked anew after a restart are kept here, in one row for each room that the account is in, beside the
//! keys: whether the room is encrypted, and who may read what was said before. A row is written when that changes,
//! and it is on the disk before the response that told of it is handed on. Who is in a room is never kept: the
//! SDK asks the homeserver, before it encrypts there the first time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use lodge_matrix::homeserver::unless_refused;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::store::{MemoryStore, RoomLoadSettings};
use matrix_sdk::{
    RoomInfo, RoomState, STATE_STORE_DATABASE_NAME, SqliteCryptoStore, SqliteStateStore, SqliteStoreConfig,
    StateChanges, StateStore as _,
};
use matrix_sdk_crypto::UserIdentityData;
use matrix_sdk_crypto::store::CryptoStore as _;
use serde_json::{Value, json};

use super::api::Api;
use super::key_store::KeyStore;
use super::server::SMALL_MAX;
use super::session::{SessionError, failed};
use crate::store::{MasterKey, hex};

/// The number of rows that are read at once.
const AT_ONCE: usize = 16;

/// The directory of the SDK's databases, in a session's.
pub(super) const KEYS_DIRECTORY: &str = "sdk";

/// The SDK's database of the keys.
const KEYS: &str = "matrix-sdk-crypto.sqlite3";

/// The databases of the SDK that earlier versions had beside the keys, and the files that belong to each.
const OLDER: [&str; 3] = [STATE_STORE_DATABASE_NAME, "matrix-sdk-event-cache.sqlite3", "matrix-sdk-media.sqlite3"];
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// The events of a room's state that its row holds. All else either changes more often or tells more than is needed.
const NEEDED: [&str; 3] = ["create", "encryption", "history_visibility"];

/// The other parts of the SDK's form that are left out: it has nothing of these in the beginning.
const PASSING: [&str; 4] = ["latest_event_value", "read_receipts", "cached_display_name", "recency_stamp"];

/// The rows of the rooms that the account is in.
pub(super) struct Rooms {
    store: SqliteCryptoStore,
    key: MasterKey,
    /// The content of the rows that were read or written.
    rows: Mutex<BTreeMap<OwnedRoomId, Arc<str>>>,
}

impl Rooms {
    /// Opens the database of the keys, with the rows in it. Those of an older version are made of the
    /// database it had, which is then removed with the others that nothing reads.
    pub(super) async fn open(directory: &Path, key: &MasterKey) -> Result<Self, SessionError> {
        let config = SqliteStoreConfig::new(directory).key(Some(&*key.derive("matrix sdk")));
        let store = SqliteCryptoStore::open_with_config(&config).await.map_err(failed("open its store"))?;
        let rooms = Self { store, key: key.clone(), rows: Mutex::default() };
        if directory.join(STATE_STORE_DATABASE_NAME).exists() {
            let older = SqliteStateStore::open_with_config(&config).await.map_err(failed("open its older store"))?;
            let known = older.get_room_infos(&RoomLoadSettings::All).await.map_err(failed("read its older store"))?;
            for room in known.into_iter().filter(|room| room.state() == RoomState::Joined) {
                rooms.keep(room).await.map_err(failed("keep what it knows of rooms"))?;
            }
        }
        for file in OLDER.iter().flat_map(|name| PARTS.map(|part| directory.join(format!("{name}{part}")))) {
            if file.exists() {
                std::fs::remove_file(&file).map_err(failed("remove its older store"))?;
            }
        }
        Ok(rooms)
    }

    /// Whether there is a database of keys in this directory, and nothing shows that they are those of another device.
    pub(super) async fn are_of(directory: &Path, key: &MasterKey, device: &str) -> Result<bool, SessionError> {
        if !directory.join(KEYS).exists() {
            return Ok(false);
        }
        let rooms = Box::pin(Self::open(directory, key)).await?;
        let account = rooms.store.load_account().await.map_err(failed("read its keys"))?;
        Ok(account.is_none_or(|account| account.device_id() == device))
    }

    /// The public halves of this account's cross-signing keys, as the device has them, in the form of a request.
    pub(super) async fn identity(&self, user: &UserId) -> Result<Value, SessionError> {
        let known = self.store.get_user_identity(user).await.map_err(failed("read its keys"))?;
        Ok(match known {
            Some(UserIdentityData::Own(own)) => json!({
                "master_key": own.master_key(),
                "self_signing_key": own.self_signing_key(),
                "user_signing_key": own.user_signing_key(),
            }),
            Some(UserIdentityData::Other(_)) | None => json!({}),
        })
    }

    /// The database of the keys.
    pub(super) fn keys(&self) -> KeyStore {
        KeyStore::of(self.store.clone())
    }

    /// The SDK's state as it begins, with the facts about the rooms that the account is in. A new device asks the
    /// homeserver for them.
    pub(super) async fn state(&self, joined: Vec<OwnedRoomId>, api: &Api) -> Result<MemoryStore, SessionError> {
        let read = stream::iter(joined).map(|room| self.known(room, api)).buffer_unordered(AT_ONCE);
        let known: Vec<Option<RoomInfo>> = read.try_collect().await?;
        let mut changes = StateChanges::default();
        known.into_iter().flatten().for_each(|room| changes.add_room(room));
        let state = MemoryStore::new();
        state.save_changes(&changes).await.map_err(failed("prepare its state"))?;
        Ok(state)
    }

    /// The facts about a room: from its row, or from the homeserver where there is none that reads. `None` where the
    /// account is not in it any more.
    async fn known(&self, room: OwnedRoomId, api: &Api) -> Result<Option<RoomInfo>, SessionError> {
        if let Some(known) = self.read(room.clone()).await.map_err(failed("read what it knows of rooms"))? {
            return Ok(Some(known));
        }
        let state = unless_refused(api.get(&["rooms", room.as_str(), "state"], &[]).await)
            .map_err(|cause| SessionError::Homeserver { doing: "say how a room is", cause })?;
        let Some(state) = state else { return Ok(None) };
        let info = info(&room, state.as_array().map(Vec::as_slice).unwrap_or_default());
        let info = info.map_err(failed("read how a room is"))?;
        self.keep(info.clone()).await.map_err(failed("keep what it knows of rooms"))?;
        Ok(Some(info))
    }

    /// The facts about a room from its row; `None` where it is missing or does not read.
    async fn read(&self, room: OwnedRoomId) -> Result<Option<RoomInfo>, matrix_sdk::encryption::CryptoStoreError> {
        let Some(row) = self.store.get_custom_value(&self.name(&room)).await? else { return Ok(None) };
        let info = serde_json::from_slice::<RoomInfo>(&row).ok().filter(|info| info.room_id() == room);
        if info.is_some() {
            self.rows().insert(room, String::from_utf8_lossy(&row).into());
        }
        Ok(info)
    }

    /// Keeps what must be known of a room that the account is in. It is on the disk when this returns.
    pub(super) async fn keep(&self, info: RoomInfo) -> Result<(), matrix_sdk::encryption::CryptoStoreError> {
        let room = info.room_id().to_owned();
        let row: Arc<str> = row(info).into();
        if self.rows().get(&room) != Some(&row) {
            self.store.set_custom_value(&self.name(&room), row.as_bytes().to_vec()).await?;
            self.rows().insert(room, row);
        }
        Ok(())
    }

    /// Removes the row of a room that the account is not in.
    pub(super) async fn remove(&self, room: &OwnedRoomId) -> Result<(), matrix_sdk::encryption::CryptoStoreError> {
        self.store.remove_custom_value(&self.name(room)).await?;
        self.rows().remove(room);
        Ok(())
    }

    /// The name of a room's row, which tells nothing of the room.
    fn name(&self, room: &OwnedRoomId) -> String {
        format!("lodge.room.{}", hex(&self.key.marker("matrix rooms", room.as_bytes())))
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<OwnedRoomId, Arc<str>>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The facts about a room that the account is in, by the events of its state.
fn info(room: &RoomId, state: &[Value]) -> serde_json::Result<RoomInfo> {
    let mut info = RoomInfo::new(room, RoomState::Joined);
    info.mark_state_fully_synced();
    info.mark_encryption_state_synced();
    let mut form = serde_json::to_value(info)?;
    let is_of = |kind: &'static str| move |event: &&Value| event["type"] == kind && event["state_key"] == "";
    if let Some(event) = state.iter().find(is_of("m.room.encryption")) {
        form["base_info"]["encryption"] = event["content"].clone();
    }
    if let Some(event) = state.iter().find(is_of("m.room.history_visibility")) {
        let (content, id) = (&event["content"], &event["event_id"]);
        form["base_info"]["history_visibility"] = json!({ "PossiblyRedacted": { "content": content, "event_id": id } });
    }
    if let Some(event) = state.iter().find(is_of("m.room.create")) {
        let mut content = event["content"].clone();
        content["creator"] = event["sender"].clone();
        form["base_info"]["create"] =
            json!({ "PossiblyRedacted": { "content": content, "event_id": event["event_id"] } });
    }
    let joined = |event: &&Value| event["type"] == "m.room.member" && event["content"]["membership"] == "join";
    form["summary"]["joined_member_count"] = json!(state.iter().filter(joined).count());
    serde_json::from_value(form)
}

/// The facts that are kept of a room: the SDK's own form, without what changes with each message, who is there, or is called how.
fn row(mut info: RoomInfo) -> String {
    let is_small = info.joined_members_count() <= SMALL_MAX as u64;
    info.mark_members_missing();
    info.set_prev_batch(None);
    let mut row = serde_json::to_value(&info).unwrap_or_default();
    if let Some(parts) = row.as_object_mut() {
        parts.retain(|name, _| !PASSING.contains(&name.as_str()));
    }
    row["notification_counts"] = json!({ "highlight_count": 0, "notification_count": 0 });
    row["summary"] = json!({
        "room_heroes": [],
        "joined_member_count": if is_small { 0 } else { SMALL_MAX + 1 },
        "invited_member_count": 0,
    });
    row["base_info"]["max_power_level"] = json!(0);
    if let Some(state) = row["base_info"].as_object_mut() {
        state.retain(|name, part| !part.is_object() || NEEDED.contains(&name.as_str()));
    }
    row.to_string()
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::room::history_visibility::HistoryVisibility;

    use super::*;

    /// A room as matrix-sdk 0.18 writes it, with everything in it that it learns of a conversation.
    fn known() -> Value {
        let event = |content: Value| json!({ "PossiblyRedacted": { "content": content, "event_id": "$event" } });
        json!({
            "data_format_version": 1,
            "room_id": "!conversation:example.org",
            "room_state": "Joined",
            "notification_counts": { "highlight_count": 0, "notification_count": 3 },
            "summary": {
                "room_heroes": [{ "user_id": "@sam:example.org", "display_name": "Sam", "avatar_url": null }],
                "joined_member_count": 2,
                "invited_member_count": 0,
            },
            "members_synced": true,
            "last_prev_batch": "token",
            "sync_info": "FullySynced",
            "encryption_state_synced": true,
            "latest_event_value": "None",
            "read_receipts": {
                "num_unread": 5, "num_mentions": 0, "num_notifications": 0, "latest_active": null, "pending": [],
            },
            "base_info": {
                "avatar": null,
                "canonical_alias": null,
                "create": event(json!({ "room_version": "12", "creator": "@porter:example.org" })),
                "dm_targets": [],
                "encryption": { "algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 100 },
                "guest_access": null,
                "history_visibility": event(json!({ "history_visibility": "joined" })),
                "join_rules": event(json!({ "join_rule": "invite" })),
                "max_power_level": 100,
                "member_hints": null,
                "name": event(json!({ "name": "Sam and the porter" })),
                "tombstone": null,
                "topic": event(json!({ "topic": "Careers" })),
                "pinned_events": { "pinned": ["$event"] },
            },
            "cached_display_name": { "Calculated": "Sam" },
        })
    }

    fn kept(known: Value) -> (RoomInfo, String) {
        let row = row(serde_json::from_value(known).unwrap());
        (serde_json::from_str(&row).unwrap(), row)
    }

    #[test]
    fn a_row_says_that_a_room_is_encrypted_and_who_may_read_and_not_who_is_there() {
        let (room, row) = kept(known());
        assert_eq!(room.room_id(), "!conversation:example.org");
        assert!(room.state() == RoomState::Joined && room.encryption_state().is_encrypted());
        assert_eq!(room.history_visibility(), Some(&HistoryVisibility::Joined));
        assert!(!room.are_members_synced());
        for told in ["sam", "Sam", "Careers", "token"] {
            assert!(!row.contains(told), "{told}: {row}");
        }
    }

    #[test]
    fn a_new_device_has_by_the_homeserver_the_row_that_the_one_before_had() {
        let event = |kind: &str, content: Value| {
            json!({
                "type": kind, "state_key": "", "content": content, "event_id": "$event", "sender": "@porter:example.org",
            })
        };
        let mut sam = event("m.room.member", json!({ "membership": "join" }));
        sam["state_key"] = json!("@sam:example.org");
        let mut porter = sam.clone();
        porter["state_key"] = json!("@porter:example.org");
        let mut gone = event("m.room.member", json!({ "membership": "leave" }));
        gone["state_key"] = json!("@alex:example.org");
        let state = [
            event("m.room.create", json!({ "room_version": "12" })),
            event("m.room.encryption", json!({ "algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 100 })),
            event("m.room.history_visibility", json!({ "history_visibility": "joined" })),
            event("m.room.topic", json!({ "topic": "Careers" })),
            sam,
            porter,
            gone,
        ];
        let known = known();
        let room: OwnedRoomId = known["room_id"].as_str().unwrap().try_into().unwrap();
        let info = info(&room, &state).unwrap();
        assert_eq!((info.joined_members_count(), info.encryption_state().is_encrypted()), (2, true));
        // Some parts are there and empty, or not there.
        let told = |row: &str| {
            let mut row: Value = serde_json::from_str(row).unwrap();
            row["base_info"].as_object_mut().unwrap().retain(|_, part| !part.is_null());
            row
        };
        assert_eq!(told(&row(info)), told(&kept(known).1));
    }

    #[test]
    fn a_row_changes_with_nothing_that_happens_in_every_room() {
        let (_, before) = kept(known());
        let mut later = known();
        later["last_prev_batch"] = json!("another");
        later["notification_counts"]["notification_count"] = json!(4);
        later["summary"]["joined_member_count"] = json!(1);
        later["base_info"]["max_power_level"] = json!(50);
        assert_eq!(kept(later.clone()).1, before);
        later["base_info"]["encryption"]["rotation_period_msgs"] = json!(10);
        assert_ne!(kept(later).1, before);
    }

    #[test]
    fn a_room_of_many_is_one_of_many_after_a_restart() {
        let is_small = |joined: usize| {
            let mut known = known();
            known["summary"]["joined_member_count"] = json!(joined);
            kept(known).0.joined_members_count() <= SMALL_MAX as u64
        };
        assert!(is_small(2) && is_small(SMALL_MAX));
        assert!(!is_small(SMALL_MAX + 1) && !is_small(50_000));
    }
}
