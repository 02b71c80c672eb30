//! From the SDK's events to news, and how far each can be tied to a device of its sender.

use lodge_ground::device::Device;
use lodge_ground::homeserver::RoomRef;
use lodge_ground::name::Address;
use lodge_ground::news::Trust;
use lodge_ground::news::{self, News};
use lodge_ground::room::Encryption;
use matrix_sdk::deserialized_responses::{
    AlgorithmInfo, DeviceLinkProblem, EncryptionInfo, TimelineEvent, TimelineEventKind, VerificationLevel,
    VerificationState,
};
use matrix_sdk::ruma::RoomId;
use matrix_sdk::ruma::events::room::encrypted::OriginalSyncRoomEncryptedEvent;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::{EncryptionState, Room};
use serde_json::Value;

use super::session::Session;

/// Reads events as the porter.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    own: Address,
    encryption: Encryption,
}

impl Reader {
    pub(super) fn new(session: &Session) -> Self {
        Self { own: session.own.clone(), encryption: session.encryption }
    }

    /// The porter's address.
    pub(super) fn own(&self) -> &Address {
        &self.own
    }

    /// What an event says.
    pub(super) async fn news(&self, room: &Room, event: &TimelineEvent) -> Option<News> {
        let value = event.raw().deserialize_as::<Value>().ok()?;
        let (trust, device) = self.trust(room, event).await;
        Some(news::read(&value, &self.own, trust)?.written_from(device))
    }

    /// What a state event says; state is never encrypted.
    pub(super) fn state(&self, event: &Value) -> Option<News> {
        news::read(event, &self.own, Trust::Untied)
    }

    async fn trust(&self, room: &Room, event: &TimelineEvent) -> (Trust, Option<Device>) {
        let trust = match &event.kind {
            TimelineEventKind::Decrypted(decrypted) => return device_trust(room, &decrypted.encryption_info).await,
            TimelineEventKind::UnableToDecrypt { .. } => Trust::Untied,
            // A homeserver could put anything in the clear into anybody's mouth.
            TimelineEventKind::PlainText { .. } => match self.encryption {
                Encryption::EndToEnd => Trust::Untied,
                Encryption::None => match room.encryption_state() {
                    EncryptionState::NotEncrypted => Trust::Tied,
                    EncryptionState::Encrypted | EncryptionState::Unknown => Trust::Untied,
                },
            },
        };
        (trust, None)
    }
}

impl Session {
    /// Tries once more to read a message whose key had not come: the room, and the event as it came.
    pub async fn unseal(&self, room: &RoomRef, sealed: &str) -> Option<News> {
        let room = self.client.get_room(&RoomId::parse(&room.0).ok()?)?;
        let sealed = Raw::<OriginalSyncRoomEncryptedEvent>::from_json_string(sealed.to_owned()).ok()?;
        let event = room.decrypt_event(&sealed, None).await.ok()?;
        match event.kind {
            TimelineEventKind::Decrypted(_) => Reader::new(self).news(&room, &event).await,
            TimelineEventKind::UnableToDecrypt { .. } | TimelineEventKind::PlainText { .. } => None,
        }
    }
}

/// Whether what was decrypted came from a device of its sender, be that device cross-signed or not, and from which.
async fn device_trust(room: &Room, info: &EncryptionInfo) -> (Trust, Option<Device>) {
    let missing = VerificationState::Unverified(VerificationLevel::None(DeviceLinkProblem::MissingDevice));
    if info.verification_state != missing {
        return tied_to(room, info).await;
    }
    // A new device's first message can come together with the news of that device, which is known by now.
    let session = info.session_id().unwrap_or_default();
    match room.get_encryption_info(session, &info.sender).await {
        Some(info) => tied_to(room, &info).await,
        None => (Trust::Untied, None),
    }
}

async fn tied_to(room: &Room, info: &EncryptionInfo) -> (Trust, Option<Device>) {
    match (tied(&info.verification_state), &info.algorithm_info) {
        (Trust::Tied, AlgorithmInfo::MegolmV1AesSha2 { curve25519_key, .. }) => {
            let signed_by = signed_by(room, info, curve25519_key).await;
            (Trust::Tied, Some(Device { key: curve25519_key.clone(), signed_by }))
        }
        (_, AlgorithmInfo::MegolmV1AesSha2 { .. } | AlgorithmInfo::OlmV1Curve25519AesSha2 { .. }) => {
            (Trust::Untied, None)
        }
    }
}

/// The identity that signs the device with this key, as the homeserver shows both now.
///
/// What the SDK says of a session does not tell it: that stays as it was when the session came, so a homeserver could show
/// an identity of its own for a moment, and the person's again after that.
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

fn tied(state: &VerificationState) -> Trust {
    match state {
        VerificationState::Verified => Trust::Tied,
        VerificationState::Unverified(level) => match level {
            VerificationLevel::UnverifiedIdentity
            | VerificationLevel::VerificationViolation
            | VerificationLevel::UnsignedDevice => Trust::Tied,
            VerificationLevel::None(_) | VerificationLevel::MismatchedSender => Trust::Untied,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tied_to_its_sender_by_a_device_of_theirs_and_nothing_less() {
        let of = |level| tied(&VerificationState::Unverified(level));
        assert_eq!(tied(&VerificationState::Verified), Trust::Tied);
        assert_eq!(of(VerificationLevel::UnverifiedIdentity), Trust::Tied);
        assert_eq!(of(VerificationLevel::UnsignedDevice), Trust::Tied);
        assert_eq!(of(VerificationLevel::MismatchedSender), Trust::Untied);
        assert_eq!(of(VerificationLevel::None(DeviceLinkProblem::MissingDevice)), Trust::Untied);
        assert_eq!(of(VerificationLevel::None(DeviceLinkProblem::InsecureSource)), Trust::Untied);
    }
}
