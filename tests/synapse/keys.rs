//! The keys that an account has kept open some messages, and do not open others.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use lodge_demo::{Homeserver, Person};
use lodge_plumbing::store::MasterKey;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{EventId, OwnedEventId, RoomId, UserId};
use matrix_sdk::{SqliteCryptoStore, SqliteStoreConfig};
use matrix_sdk_crypto::types::events::room::encrypted::EncryptedEvent;
use matrix_sdk_crypto::{DecryptionSettings, OlmMachine, TrustRequirement};
use serde_json::Value;

/// All the keys that the account of a service which has stopped was ever given.
pub async fn kept(directory: &Path, master: &MasterKey, user: &UserId, device: &str) -> Result<OlmMachine> {
    let key = master.derive("matrix sdk");
    let store = SqliteStoreConfig::new(directory.join("matrix/sdk")).key(Some(&*key));
    let store = SqliteCryptoStore::open_with_config(&store).await?;
    Ok(OlmMachine::with_store(user, device.into(), store, None).await?)
}

/// Tries to open an event.
pub async fn decrypt(keys: &OlmMachine, room: &RoomId, event: &Raw<EncryptedEvent>) -> Result<Value> {
    let settings = DecryptionSettings { sender_device_trust_requirement: TrustRequirement::Untrusted };
    let event = keys.decrypt_room_event(event, room, &settings).await?.event;
    Ok(event.deserialize_as_unchecked()?)
}

/// An event as the homeserver has it.
pub async fn encrypted(
    homeserver: &Homeserver,
    person: &Person,
    room: &RoomId,
    event: &EventId,
) -> Result<Raw<EncryptedEvent>> {
    let api = homeserver.api()?.with_token(person.access_token());
    let event = api.get(&format!("/_matrix/client/v3/rooms/{room}/event/{event}")).await?.ok()?;
    ensure!(event["type"] == "m.room.encrypted", "the homeserver can read this: {event}");
    Ok(Raw::new(&event)?.cast_unchecked())
}

/// The event with these very words, as somebody read it.
pub fn event_of(person: &Person, text: &str) -> Result<OwnedEventId> {
    let seen = person.seen().into_iter().find(|seen| seen.body() == Some(text));
    seen.and_then(|seen| seen.event_id).with_context(|| format!("nobody said {text:?}"))
}
