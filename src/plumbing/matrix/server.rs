//! The homeserver, as the porter's session reaches it.

use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::wording::File;
use lodge_matrix::homeserver::{
    CallError, Called, EventRef, Events, Homeserver, Membership, Page, Refusal, RoomRef, RoomState, unless_refused,
};
use lodge_matrix::news::News;
use lodge_matrix::occupant::Occupant;
use lodge_matrix::room::{Direct, Encryption, RoomSpec, Speech};
use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, RoomId, TransactionId};
use serde_json::{Value, json};

use super::failure;
use super::reading::Reader;
use super::session::Session;

/// A page of history holds this many events.
const PAGE: u32 = 100;

/// A small room has at most this many members; longer lists are not read.
pub(super) const SMALL_MAX: usize = 20;
const SMALL_BYTES_MAX: usize = 65_536;

impl Homeserver for Session {
    async fn create_room(&self, spec: &RoomSpec, marker: EffectId) -> Called<RoomRef> {
        created(&self.api.post(&["createRoom"], &spec.creation(&marker.to_string())).await?)
    }

    async fn invite(&self, room: &RoomRef, who: &Address, direct: Direct) -> Called<()> {
        let invited = match direct {
            // The plain call has no place for the word. That of the room's creation goes to those alone whom that call invites.
            Direct::Yes => {
                let content = json!({ "membership": "invite", "is_direct": true });
                self.api.put(&["rooms", &room.0, "state", "m.room.member", who.as_str()], &content).await
            }
            Direct::No => self.api.post(&["rooms", &room.0, "invite"], &json!({ "user_id": who.as_str() })).await,
        };
        invited.map(drop)
    }

    async fn remove(&self, room: &RoomRef, who: &Occupant) -> Called<()> {
        self.api.post(&["rooms", &room.0, "kick"], &json!({ "user_id": who.id() })).await.map(drop)
    }

    async fn join(&self, room: &RoomRef) -> Called<()> {
        let id = RoomId::parse(&room.0).map_err(|_| no_room())?;
        // Through the SDK, so that it knows the room before the next sync and the porter can speak at once.
        self.client.join_room_by_id(&id).await.map_err(|error| self.failed(&error))?;
        self.guest_in().insert(room.clone());
        Ok(())
    }

    async fn leave(&self, room: &RoomRef) -> Called<()> {
        // Not through the SDK: it would leave every room that this one claims to have replaced. It learns of it, and
        // forgets the room, with the next sync response.
        self.api.post(&["rooms", &room.0, "leave"], &json!({})).await?;
        self.guest_in().remove(room);
        Ok(())
    }

    async fn send(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        let known = self.room(room)?;
        self.ensure_private(room, &known).await?;
        self.say(&known, effect, content).await
    }

    async fn upload(&self, file: &File) -> Called<Value> {
        let stored = match self.encryption {
            // The key is in the answer, for the message alone.
            Encryption::EndToEnd => {
                let sealed = self.client.upload_encrypted_file(&mut file.bytes.as_slice()).await;
                sealed.map(|sealed| json!({ "file": sealed }))
            }
            Encryption::None => {
                let kind: mime::Mime = file.media_type.parse().unwrap_or(mime::APPLICATION_OCTET_STREAM);
                let stored = self.client.media().upload(&kind, file.bytes.clone(), None).await;
                stored.map(|stored| json!({ "url": stored.content_uri }))
            }
        };
        stored.map_err(|error| self.failed(&error))
    }

    async fn redact(&self, room: &RoomRef, event: &EventRef, effect: EffectId) -> Called<()> {
        self.api.put(&["rooms", &room.0, "redact", &event.0, &effect.to_string()], &json!({})).await.map(drop)
    }

    async fn open_speech(&self, room: &RoomRef, spec: &RoomSpec) -> Called<()> {
        let levels = spec.power_levels(Speech::Open);
        self.api.put(&["rooms", &room.0, "state", "m.room.power_levels", ""], &levels).await.map(drop)
    }

    async fn members(&self, room: &RoomRef) -> Called<Vec<(Occupant, Membership)>> {
        let members = self.api.get(&["rooms", &room.0, "members"], &[("not_membership", "leave")]).await?;
        let events =
            members["chunk"].as_array().ok_or_else(|| failure::unknown("a list of members without members"))?;
        events.iter().map(member).collect()
    }

    async fn is_small(&self, room: &RoomRef) -> Called<bool> {
        let read = self.api.get_at_most(&["rooms", &room.0, "joined_members"], SMALL_BYTES_MAX).await?;
        let joined = read.as_ref().and_then(|read| read["joined"].as_object());
        Ok(joined.is_some_and(|joined| joined.len() <= SMALL_MAX))
    }

    async fn standing(&self, room: &RoomRef, who: &Occupant) -> Called<Membership> {
        let path = ["rooms", &room.0, "state", "m.room.member", who.id()];
        match self.api.get(&path, &[]).await {
            Ok(content) => Ok(membership(&content)),
            Err(CallError::Refused { why: Refusal::Other { code } }) if code == "M_NOT_FOUND" => Ok(Membership::Left),
            Err(error) => Err(error),
        }
    }

    async fn make_room(&self, creation: &Value) -> Called<RoomRef> {
        created(&self.api.post(&["createRoom"], creation).await?)
    }

    async fn state(&self, room: &RoomRef) -> Called<RoomState> {
        let state = self.api.get(&["rooms", &room.0, "state"], &[]).await?;
        let events = state.as_array().ok_or_else(|| failure::unknown("the state of a room that is no list"))?;
        Ok(events.iter().filter_map(state_event).collect())
    }

    async fn put_state(&self, room: &RoomRef, kind: &str, key: &str, content: &Value) -> Called<()> {
        self.api.put(&["rooms", &room.0, "state", kind, key], content).await.map(drop)
    }

    async fn post(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        self.say(&self.room(room)?, effect, content).await
    }

    async fn message(&self, room: &RoomRef, event: &EventRef) -> Called<Option<News>> {
        let Ok(id) = EventId::parse(&event.0) else { return Ok(None) };
        let room = self.room(room)?;
        let event = unless_refused(room.event(&id, None).await.map_err(|error| self.failed(&error)))?;
        Ok(event.and_then(|event| Reader::new(self).news(&room, &event)))
    }

    async fn history(&self, room: &RoomRef, events: Events, from: &str, to: Option<&str>) -> Called<Page> {
        let known = self.room(room)?;
        let limit = PAGE.to_string();
        let types: Vec<_> = lodge_matrix::room::states().collect();
        let filter = json!({ "types": types }).to_string();
        let mut query = vec![("dir", "b"), ("from", from), ("limit", &limit)];
        query.extend(to.map(|to| ("to", to)));
        query.extend(match events {
            Events::All => None,
            Events::States => Some(("filter", filter.as_str())),
        });
        // Not through the SDK: its decrypted events do not tell from which ciphertext they were read.
        let page = self.api.get(&["rooms", &room.0, "messages"], &query).await?;
        let chunk = page["chunk"].as_array().ok_or_else(|| failure::unknown("a page of history without events"))?;
        let reader = Reader::new(self);
        let mut news = Vec::new();
        for event in chunk {
            news.extend(reader.open(&known, event).await);
        }
        let next =
            page["end"].as_str().filter(|end| !chunk.is_empty() && *end != from && Some(*end) != to).map(str::to_owned);
        Ok(Page { news, next })
    }
}

impl Session {
    /// The room, if the SDK has heard of it: the homeserver tells in the sync response after the porter came in.
    fn room(&self, room: &RoomRef) -> Called<Room> {
        let id = RoomId::parse(&room.0).map_err(|_| no_room())?;
        self.client.get_room(&id).ok_or_else(|| failure::unknown("no sync response has told of the room yet"))
    }

    /// Fails where conversations are encrypted and the homeserver says that this room of the porter's own is not:
    /// nothing is said in it then. Encryption of a room is the homeserver's word.
    async fn ensure_private(&self, room: &RoomRef, known: &Room) -> Called<()> {
        match self.encryption {
            Encryption::None => return Ok(()),
            Encryption::EndToEnd if self.guest_in().contains(room) => return Ok(()),
            Encryption::EndToEnd => {}
        }
        let state = known.latest_encryption_state().await.map_err(|error| self.failed(&error))?;
        if state.is_encrypted() { Ok(()) } else { Err(refused("ORG.LODGE.NOT_ENCRYPTED")) }
    }

    async fn say(&self, room: &Room, effect: EffectId, content: Value) -> Called<EventRef> {
        let transaction = effect.to_string();
        let message = room.send_raw("m.room.message", content);
        let sent = message.with_transaction_id(<&TransactionId>::from(transaction.as_str())).await;
        let sent = sent.map_err(|error| self.failed(&error))?;
        Ok(EventRef(sent.response.event_id.to_string()))
    }

    fn guest_in(&self) -> std::sync::MutexGuard<'_, std::collections::BTreeSet<RoomRef>> {
        self.guest_in.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn failed(&self, error: &matrix_sdk::Error) -> CallError {
        self.api.logged_out().sdk(error)
    }
}

fn no_room() -> CallError {
    refused("M_INVALID_PARAM")
}

fn refused(code: &str) -> CallError {
    CallError::Refused { why: Refusal::Other { code: code.to_owned() } }
}

/// One of a list of members. A list of which part cannot be read says nothing about who is there.
fn member(event: &Value) -> Called<(Occupant, Membership)> {
    let who = event["state_key"].as_str();
    let who = who.ok_or_else(|| failure::unknown("a list of members with one that has no id"))?;
    Ok((Occupant::named(who), membership(&event["content"])))
}

/// The membership that an event's content sets. Unless it is plain that somebody is not in the room, they count as
/// being there.
fn membership(content: &Value) -> Membership {
    match content["membership"].as_str() {
        Some("leave" | "ban" | "knock") => Membership::Left,
        Some("invite") => Membership::Invited,
        Some(_) | None => Membership::Joined,
    }
}

fn created(answer: &Value) -> Called<RoomRef> {
    let room = answer["room_id"].as_str();
    room.map(|room| RoomRef(room.to_owned())).ok_or_else(|| failure::unknown("a created room without an id"))
}

fn state_event(event: &Value) -> Option<((String, String), Value)> {
    let text = |key: &str| event[key].as_str().map(str::to_owned);
    Some(((text("type")?, text("state_key")?), event.get("content")?.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i09_no_member_is_left_out_of_a_list_whatever_they_are_called_and_however_they_stand() {
        let listed = |id: &str, stands: Value| member(&json!({ "state_key": id, "content": { "membership": stands } }));
        for id in ["@a!b:example.org", "@Alex:example.org", "@alex:", "@\u{430}lex:example.org", ""] {
            assert_eq!(listed(id, json!("join")), Ok((Occupant::named(id), Membership::Joined)), "{id:?}");
        }
        for stands in [json!(null), json!(5), json!("there")] {
            assert_eq!(
                listed("@alex:example.org", stands.clone()).map(|(_, now)| now),
                Ok(Membership::Joined),
                "{stands}"
            );
        }
        for stands in ["leave", "ban", "knock"] {
            assert_eq!(
                listed("@alex:example.org", json!(stands)).map(|(_, now)| now),
                Ok(Membership::Left),
                "{stands}"
            );
        }
        assert!(member(&json!({ "content": { "membership": "join" } })).is_err());
    }
}
