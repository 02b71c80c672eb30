//! The bytes of an encrypted message, which a homeserver holds and can put into a room again. They decrypt again to the
//! same words of the same sender, under an event id that nobody has seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use lodge_channel::homeserver::EventRef;
use lodge_channel::news::{self, News};
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;
use serde_json::json;

use super::World;
use super::log::What;
use super::room::{Event, Key};

/// The mark that tells a ciphertext from all others: the Megolm session of its sender in its room, and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cipher {
    /// The session. No two senders and no two rooms share one.
    pub session: u64,
    /// The message's index in it, from 0.
    pub index: u64,
}

/// A session serves this many messages; Matrix's default is 100. Here they are few, so that the same index comes again.
const MESSAGES_A_SESSION: u64 = 7;

impl World {
    /// A person's message is encrypted on their device: the next one of their session in this room.
    pub(super) fn encrypt(&mut self, id: &RoomRef, who: &Address) -> Cipher {
        let key = (who.clone(), id.clone());
        let next = self.outgoing.get(&key).filter(|last| last.index + 1 < MESSAGES_A_SESSION);
        let next = next.map(|last| Cipher { index: last.index + 1, ..*last });
        // A session's id is random, and tells nothing of how many others there are.
        let following = |session: u64| {
            let mut hasher = DefaultHasher::new();
            (&key, session).hash(&mut hasher);
            hasher.finish()
        };
        let last = self.outgoing.get(&key).map_or(0, |last| last.session);
        let cipher = next.unwrap_or_else(|| Cipher { session: following(last), index: 0 });
        self.outgoing.insert(key, cipher);
        cipher
    }

    /// The homeserver puts the bytes of an earlier message into a room again, as a new event. In another room than its
    /// own nobody has a key for them. Returns the new event; `None` where there was no such message.
    pub fn replay(&mut self, from: &RoomRef, event: &EventRef, into: &RoomRef) -> Option<EventRef> {
        let found = self.room(from)?.events.iter().find(|found| found.id == *event)?;
        let Event { plain, key, proof, cipher: Some(cipher), .. } = found.clone() else { return None };
        self.room(into)?;
        let key = if from == into { key } else { Key::Never };
        let again = self.append(into, plain, (key, proof, Some(cipher)));
        self.note(What::Replayed { room: into.clone(), event: again.clone(), of: event.clone() });
        Some(again)
    }

    /// Somebody's messages in this room that the homeserver could put there again, oldest first.
    pub fn encrypted_in(&self, id: &RoomRef) -> impl Iterator<Item = &Event> {
        let events = self.room(id).map(|room| room.events.as_slice()).unwrap_or_default();
        events.iter().filter(|event| event.cipher.is_some())
    }
}

/// An encrypted message as it comes when nobody can read it.
pub fn sealed(event: &Event) -> serde_json::Value {
    json!({
        "type": "m.room.encrypted", "event_id": event.id.0, "sender": event.plain["sender"],
        "content": { "ciphertext": event.cipher.map(|cipher| format!("{}:{}", cipher.session, cipher.index)) },
        "origin_server_ts": event.plain["origin_server_ts"],
    })
}

/// The news of an event, with the ciphertext that it was decrypted from. This is the one place in which the world hands
/// that to the hub.
pub fn with_cipher(mut news: News, cipher: Option<Cipher>) -> News {
    if let (news::Heard::Text(text), Some(Cipher { session, index })) = (&mut news.heard, cipher) {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        text.cipher = Some(news::Cipher { session: session.to_string(), index });
    }
    news
}
