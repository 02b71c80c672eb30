//! From the SDK's events to news, and how far each can be tied to a device of its sender.

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_matrix::device::Device;
use lodge_matrix::homeserver::{CallError, Called, EventRef, RoomRef, unless_refused};
use lodge_matrix::news::{self, Cipher, Heard, News, RoomNews};
use lodge_matrix::room::Encryption;
use matrix_sdk::deserialized_responses::{
    AlgorithmInfo, DeviceLinkProblem, EncryptionInfo, TimelineEvent, TimelineEventKind, VerificationLevel,
    VerificationState,
};
use matrix_sdk::ruma::RoomId;
use matrix_sdk::ruma::events::room::encrypted::OriginalSyncRoomEncryptedEvent;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::{EncryptionState, Room};
use matrix_sdk_crypto::vodozemac::megolm::MegolmMessage;
use serde_json::Value;

use super::listener::Received;
use super::session::Session;

/// Events are fetched this many at once.
const AT_ONCE: usize = 8;

/// Reads events as the porter.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The porter's address.
    pub(super) own: Address,
    encryption: Encryption,
}

impl Reader {
    pub(super) fn new(session: &Session) -> Self {
        Self { own: session.own.clone(), encryption: session.encryption }
    }

    /// Reads an event that the SDK has decrypted. It does not tell from which ciphertext, so the words of anybody but
    /// the porter are tied to no device: see [`Session::prove`].
    pub(super) fn news(&self, room: &Room, event: &TimelineEvent) -> Option<News> {
        let value = event.raw().deserialize_as::<Value>().ok()?;
        let proof = match &event.kind {
            TimelineEventKind::Decrypted(decrypted) if self.is_own(room, &decrypted.encryption_info) => Proof::Proven,
            TimelineEventKind::Decrypted(_) | TimelineEventKind::UnableToDecrypt { .. } => Proof::Unproven,
            TimelineEventKind::PlainText { .. } => self.clear(room),
        };
        news::read(&value, &self.own, proof)
    }

    /// Reads an event as the homeserver keeps it. An encrypted one is decrypted here, so that the ciphertext is known
    /// from which it was read; without its key it stays sealed.
    pub(super) async fn open(&self, room: &Room, event: &Value) -> Option<News> {
        if event["type"] != ENCRYPTED || event.get("state_key").is_some() {
            return news::read(event, &self.own, self.clear(room));
        }
        let Some((plain, info)) = decrypted(room, event).await else {
            return news::read(event, &self.own, Proof::Unproven);
        };
        if info.sender.as_str() == self.own.as_str() {
            let proof = if self.is_own(room, &info) { Proof::Proven } else { Proof::Unproven };
            return news::read(&plain, &self.own, proof);
        }
        // A key out of the backup tells nobody's hand: their app sends it once more, or a new one.
        if info.verification_state == FROM_BACKUP {
            return news::read(event, &self.own, Proof::Unproven);
        }
        let (proof, device) = device_proof(room, &info).await;
        match cipher(event, &info) {
            Some(cipher) => Some(news::read(&plain, &self.own, proof)?.read_from(cipher, device)),
            None => news::read(&plain, &self.own, Proof::Unproven),
        }
    }

    /// Reads a state event; state is never encrypted.
    pub(super) fn state(&self, event: &Value) -> Option<News> {
        news::read(event, &self.own, Proof::Unproven)
    }

    /// A homeserver could put anything in the clear into anybody's mouth.
    fn clear(&self, room: &Room) -> Proof {
        match self.encryption {
            Encryption::EndToEnd => Proof::Unproven,
            Encryption::None => match room.encryption_state() {
                EncryptionState::NotEncrypted => Proof::Proven,
                EncryptionState::Encrypted | EncryptionState::Unknown => Proof::Unproven,
            },
        }
    }

    /// Whether a decrypted event is the account's own, from this very device. Another device of the account's may be
    /// the homeserver's.
    fn is_own(&self, room: &Room, info: &EncryptionInfo) -> bool {
        let this = room.client().device_id().map(ToOwned::to_owned);
        let own = info.sender.as_str() == self.own.as_str() && info.sender_device == this && this.is_some();
        own && tied(&info.verification_state) == Proof::Proven
    }
}

/// The state of an event that was read with a key which the homeserver kept: a device that takes the place of a lost
/// one has such keys.
const FROM_BACKUP: VerificationState =
    VerificationState::Unverified(VerificationLevel::None(DeviceLinkProblem::InsecureSource));

/// The type of encrypted events.
const ENCRYPTED: &str = "m.room.encrypted";

/// The content of an encrypted event, with the facts about its encryption; `None` without its key.
async fn decrypted(room: &Room, event: &Value) -> Option<(Value, EncryptionInfo)> {
    let sealed = Raw::<OriginalSyncRoomEncryptedEvent>::from_json_string(event.to_string()).ok()?;
    match room.decrypt_event(&sealed, None).await.ok()?.kind {
        TimelineEventKind::Decrypted(decrypted) => {
            Some((decrypted.event.deserialize_as().ok()?, (*decrypted.encryption_info).clone()))
        }
        TimelineEventKind::UnableToDecrypt { .. } | TimelineEventKind::PlainText { .. } => None,
    }
}

/// The ciphertext of an event that was decrypted. Its index is the one it was decrypted with, and is covered by the
/// signature of the session's owner, so nobody else can give a copy another one.
fn cipher(event: &Value, info: &EncryptionInfo) -> Option<Cipher> {
    let session = info.session_id()?.to_owned();
    let ciphertext = event.get("content")?.get("ciphertext")?.as_str()?;
    let index = MegolmMessage::from_base64(ciphertext).ok()?.message_index();
    Some(Cipher { session, index })
}

impl Session {
    /// Tries once more to read a message whose key had not come: the room, and the event as it came.
    pub async fn unseal(&self, room: &RoomRef, sealed: &str) -> Option<News> {
        let room = self.client.get_room(&RoomId::parse(&room.0).ok()?)?;
        let news = Reader::new(self).open(&room, &serde_json::from_str(sealed).ok()?).await?;
        (!matches!(news.heard, Heard::Sealed(_))).then_some(news)
    }

    /// Gets the ciphertext of each encrypted word in a sync response, and puts the words that it decrypts to in the
    /// place of those in the response. The SDK decrypts before anybody sees the ciphertext, and a homeserver could give
    /// another one for the same event here; so the words that are acted on are those that were read from this one.
    ///
    /// # Errors
    /// If the homeserver does not answer: nothing of the response may be acted on then, and the same may be tried
    /// again. Words that it refuses to show stay tied to nobody.
    pub async fn prove(&self, received: &mut Received) -> Called<()> {
        let unproved = std::mem::take(&mut received.unproved);
        let proving = unproved.into_iter().map(|(room, event)| async move {
            let news = self.event(&room, &event).await?;
            Ok::<_, CallError>(news.map(|news| ((room, event), news)))
        });
        let proved: Vec<_> = stream::iter(proving).buffered(AT_ONCE).try_collect().await?;
        let mut proved: BTreeMap<_, _> = proved.into_iter().flatten().collect();
        for RoomNews { room, news, .. } in &mut received.delivery.rooms {
            for news in news {
                if let Some(proved) = proved.remove(&(room.clone(), news.event.clone())) {
                    *news = proved;
                }
            }
        }
        Ok(())
    }

    /// Fetches an event as the homeserver keeps it; `None` when it does not show it.
    async fn event(&self, room: &RoomRef, event: &EventRef) -> Called<Option<News>> {
        let id = RoomId::parse(&room.0).ok();
        let Some(known) = id.and_then(|id| self.client.get_room(&id)) else { return Ok(None) };
        let found = unless_refused(self.api.get(&["rooms", &room.0, "event", &event.0], &[]).await)?;
        let Some(found) = found else { return Ok(None) };
        Ok(Reader::new(self).open(&known, &found).await.filter(|news| news.event == *event))
    }
}

/// Whether a decrypted event came from a device of its sender, be that device cross-signed or not, and from which.
async fn device_proof(room: &Room, info: &EncryptionInfo) -> (Proof, Option<Device>) {
    let missing = VerificationState::Unverified(VerificationLevel::None(DeviceLinkProblem::MissingDevice));
    if info.verification_state != missing {
        return tied_to(room, info).await;
    }
    // A new device's first message can come together with the news of that device, which is known by now.
    let session = info.session_id().unwrap_or_default();
    match room.get_encryption_info(session, &info.sender).await {
        Some(info) => tied_to(room, &info).await,
        None => (Proof::Unproven, None),
    }
}

async fn tied_to(room: &Room, info: &EncryptionInfo) -> (Proof, Option<Device>) {
    match (tied(&info.verification_state), &info.algorithm_info) {
        (Proof::Proven, AlgorithmInfo::MegolmV1AesSha2 { curve25519_key, .. }) => {
            let signed_by = signed_by(room, info, curve25519_key).await;
            (Proof::Proven, Some(Device { key: curve25519_key.clone(), signed_by }))
        }
        (_, AlgorithmInfo::MegolmV1AesSha2 { .. } | AlgorithmInfo::OlmV1Curve25519AesSha2 { .. }) => {
            (Proof::Unproven, None)
        }
    }
}

/// The identity that signs the device with this key, as the homeserver shows both now.
///
/// The SDK's knowledge of a session does not tell it: that stays as it was when the session came, so a homeserver could
/// show an identity of its own for a moment, and the person's again after that.
async fn signed_by(room: &Room, info: &EncryptionInfo, key: &str) -> Option<String> {
    let client = room.client();
    let encryption = client.encryption();
    let identity = async || {
        let identity = encryption.get_user_identity(&info.sender).await.ok()??;
        Some(identity.master_key().get_first_key()?.to_base64())
    };
    let shown = identity().await?;
    let device = encryption.get_device(&info.sender, info.sender_device.as_ref()?).await.ok()??;
    let is_sender = device.curve25519_key().is_some_and(|own| own.to_base64() == key);
    let is_signed = is_sender && device.is_cross_signed_by_owner();
    // They are looked up one after the other; another answer of the homeserver's may have come in between.
    (is_signed && identity().await.as_ref() == Some(&shown)).then_some(shown)
}

fn tied(state: &VerificationState) -> Proof {
    match state {
        VerificationState::Verified => Proof::Proven,
        VerificationState::Unverified(level) => match level {
            VerificationLevel::UnverifiedIdentity
            | VerificationLevel::VerificationViolation
            | VerificationLevel::UnsignedDevice => Proof::Proven,
            VerificationLevel::None(_) | VerificationLevel::MismatchedSender => Proof::Unproven,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tied_to_its_sender_by_a_device_of_theirs_and_nothing_less() {
        let of = |level| tied(&VerificationState::Unverified(level));
        assert_eq!(tied(&VerificationState::Verified), Proof::Proven);
        assert_eq!(of(VerificationLevel::UnverifiedIdentity), Proof::Proven);
        assert_eq!(of(VerificationLevel::UnsignedDevice), Proof::Proven);
        assert_eq!(of(VerificationLevel::MismatchedSender), Proof::Unproven);
        assert_eq!(of(VerificationLevel::None(DeviceLinkProblem::MissingDevice)), Proof::Unproven);
        assert_eq!(of(VerificationLevel::None(DeviceLinkProblem::InsecureSource)), Proof::Unproven);
    }
}
