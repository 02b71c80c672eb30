//! The homeserver and its clock: rooms with Synapse's checks, what each person sees in them, and a record of it all.

pub mod account;
pub mod cipher;
pub mod faults;
pub mod limiter;
pub mod log;
pub mod looking;
mod files;
mod moving;
pub mod room;
pub mod session;
pub mod slowness;
pub mod strain;
pub mod sync;

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::community::RoomState;
use lodge_channel::homeserver::{CallError, Called, EventRef, Membership, Refusal};
use lodge_channel::room::{EFFECT_KEY, RoomSpec, Speech, WORDING_KEY};
use lodge_core::id::EffectId;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::counsel::leaks::Leaking;
use crate::mishearing;
use crate::planted::Planted;
use cipher::Cipher;
use faults::Faults;
use log::{Entry, Form, Meaning, Message, Sight, Spoken, Typed, What};
use looking::Outward;
use room::{Event, Key, Kind, Room};
use session::Session;
use slowness::Slowness;

/// The homeserver's operator keeps this account in the rooms that it was put into.
pub const KEPT_IN: &str = "@kept:example.org";

/// The beginning of every life: a Monday in November, at nine.
pub const START: Timestamp = Timestamp::from_millis(1_793_610_000_000);

/// A message that a person sends.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// The words as they are typed.
    pub text: String,
    /// Their meaning to the writer.
    pub meaning: Meaning,
    /// The form in which they are sent.
    pub form: Form,
    /// The proof of their device.
    pub proof: Proof,
    /// The time at which their key comes.
    pub key: Key,
}

/// The homeserver, with everybody's accounts and rooms.
#[derive(Debug)]
pub struct World {
    /// The time now.
    pub now: Timestamp,
    /// The address of the porter.
    pub porter: Address,
    /// The bug that is planted, if any.
    pub planted: Option<Planted>,
    /// The record of everything that happened.
    pub log: Vec<Entry>,
    /// The things it shows beside its rooms.
    pub outward: Outward,
    /// The knowledge of a planted leak.
    pub leaking: Leaking,
    /// The purpose of the porter's next call, where that decides its fate.
    pub errand: String,
    views: BTreeMap<Address, BTreeMap<Address, Vec<usize>>>,
    sessions: BTreeMap<Address, Session>,
    rooms: BTreeMap<RoomRef, Room>,
    blocking: BTreeSet<Address>,
    twins: BTreeMap<RoomRef, RoomRef>,
    /// The last ciphertext of each person's device in each room.
    outgoing: BTreeMap<(Address, RoomRef), Cipher>,
    /// The delays of the porter's messages.
    pub slowness: Slowness,
    /// The values in the service's list now, by those that stood there when a life began.
    pub present: BTreeMap<String, String>,
    /// The files that it was given.
    files: Vec<String>,
    /// Transaction ids are remembered this long.
    remembers: Span,
    last: u64,
}

impl World {
    /// A homeserver with the porter's account, and nothing else on it.
    pub fn new(porter: Address, faults: Faults, remembers: Span, planted: Option<Planted>, chance: Chance) -> Self {
        let sessions = BTreeMap::from([(porter.clone(), Session::new(faults, chance))]);
        Self {
            now: START,
            porter,
            planted,
            log: Vec::new(),
            outward: Outward::default(),
            leaking: Leaking::default(),
            errand: String::new(),
            views: BTreeMap::new(),
            rooms: BTreeMap::new(),
            blocking: BTreeSet::new(),
            sessions,
            twins: BTreeMap::new(),
            outgoing: BTreeMap::new(),
            slowness: Slowness::default(),
            present: BTreeMap::new(),
            files: Vec::new(),
            remembers,
            last: 0,
        }
    }

    /// Every room, in the order of ids.
    pub fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.rooms.values()
    }

    /// The room with this id.
    pub fn room(&self, id: &RoomRef) -> Option<&Room> {
        self.rooms.get(id)
    }

    /// The number of things that have happened.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Adds a line to the record.
    pub fn note(&mut self, what: What) {
        self.log.push(Entry { at: self.now, what });
    }

    /// From now on this person turns invitations away.
    pub fn block(&mut self, who: &Address) {
        self.blocking.insert(who.clone());
    }

    /// Whether this person turns invitations away.
    pub fn blocks(&self, who: &Address) -> bool {
        self.blocking.contains(who)
    }

    /// The places in the record of everything that this person saw in the rooms of this service.
    pub fn view(&self, service: &Address, who: &Address) -> &[usize] {
        self.views.get(service).and_then(|views| views.get(who)).map_or(&[], Vec::as_slice)
    }

    /// Makes a room of a service's with these settings.
    pub fn create(&mut self, own: &Address, spec: &RoomSpec, marker: EffectId) -> RoomRef {
        let kind = match spec.speech {
            Speech::Open => Kind::Conversation(marker),
            Speech::Withheld => Kind::Introduction(marker),
        };
        if *own != self.porter {
            return self.make_whole(own, kind, &spec.creation(&marker.to_string()));
        }
        let creation = json!({ EFFECT_KEY: marker.to_string() });
        self.make(own, own, kind, spec.power_levels(spec.speech), creation)
    }

    /// Makes a room of a person's own and invites a service to it.
    pub fn create_own(&mut self, who: &Address, service: &Address) -> RoomRef {
        let room = self.make(service, who, Kind::Own(who.clone()), Room::persons_levels(), json!({}));
        self.set_membership(&room, who, service, Membership::Invited);
        self.knocked(who, &room, service);
        room
    }

    /// Makes a room of a person's own that anybody can come into and read.
    pub fn create_open(&mut self, who: &Address) -> RoomRef {
        let porter = self.porter.clone();
        let room = self.make(&porter, who, Kind::Own(who.clone()), Room::persons_levels(), json!({}));
        self.state(&room, who, "m.room.join_rules", "", json!({ "join_rule": "public" }));
        self.state(&room, who, "m.room.name", "", json!({ "name": "Notices" }));
        room
    }

    /// Makes a room for many by a call with this body.
    pub fn make_for_many(&mut self, own: &Address, body: &Value) -> RoomRef {
        let marker = body["creation_content"][EFFECT_KEY].as_str().and_then(|marker| marker.parse().ok());
        self.make_whole(own, Kind::ForMany(marker.expect("a service's room is marked")), body)
    }

    /// Makes a room by a call with this body, with every event of its state as Synapse makes it.
    fn make_whole(&mut self, own: &Address, kind: Kind, body: &Value) -> RoomRef {
        let mut creation = body["creation_content"].clone();
        creation["room_version"] = body["room_version"].clone();
        let levels = body["power_level_content_override"].clone();
        let id = self.make(own, own, kind, levels.clone(), creation);
        if let Some(room) = self.rooms.get_mut(&id) {
            room.state.remove(&("m.room.encryption".to_owned(), String::new()));
        }
        self.state(&id, own, "m.room.power_levels", "", levels);
        for event in body["initial_state"].as_array().into_iter().flatten() {
            let text = |key: &str| event[key].as_str().unwrap_or_default();
            self.state(&id, own, text("type"), text("state_key"), event["content"].clone());
        }
        id
    }

    /// Puts a state event in its place, as Synapse does it.
    pub fn put_state(&mut self, by: &Address, id: &RoomRef, place: (&str, &str), content: &Value) -> Called<()> {
        let room = self.rooms.get_mut(id).ok_or_else(forbidden)?;
        if !room.has(by) || !room.may_put(by, place.0) {
            return Err(forbidden());
        }
        // The same state again is no new event.
        if room.state.get(&(place.0.to_owned(), place.1.to_owned())) == Some(content) {
            return Ok(());
        }
        if place.0 == "m.room.power_levels" {
            room.levels = content.clone();
        }
        self.state(id, by, place.0, place.1, content.clone());
        Ok(())
    }

    fn make(&mut self, service: &Address, creator: &Address, kind: Kind, levels: Value, creation: Value) -> RoomRef {
        let id = self.next_room(service);
        let room = Room {
            id: id.clone(),
            kind: kind.clone(),
            service: service.clone(),
            creator: creator.clone(),
            members: BTreeMap::new(),
            events: Vec::new(),
            levels,
            state: RoomState::new(),
        };
        self.rooms.insert(id.clone(), room);
        self.note(What::Made(id.clone(), kind));
        self.state(&id, creator, "m.room.create", "", creation);
        self.set_membership(&id, creator, creator, Membership::Joined);
        for kind in ["m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.encryption"] {
            self.state(&id, creator, kind, "", json!({}));
        }
        id
    }

    /// Lets the members speak.
    pub fn open_speech(&mut self, by: &Address, id: &RoomRef, spec: &RoomSpec) -> Called<()> {
        let room = self.rooms.get_mut(id).ok_or_else(forbidden)?;
        if !room.has(by) || *by != room.creator {
            return Err(forbidden());
        }
        let levels = spec.power_levels(Speech::Open);
        if room.levels == levels {
            return Ok(());
        }
        room.levels = levels;
        self.state(id, by, "m.room.power_levels", "", json!({}));
        self.note(What::SpeechOpened(id.clone()));
        self.everybody_else_saw(id, by, &Sight::Speech);
        Ok(())
    }

    /// Sends a service's message, once for each effect while it is remembered.
    pub fn send(&mut self, own: &Address, id: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        let (remembers, now) = (self.remembers, self.now);
        if let Some((event, at)) = self.session(own).sent.get(&effect)
            && at.after(remembers) > now
        {
            return Ok(event.clone());
        }
        if !self.rooms.get(id).is_some_and(|room| room.has(own)) {
            return Err(forbidden());
        }
        let content = mishearing::said(self, self.twisted(own, content));
        let plain = json!({ "type": "m.room.message", "sender": own.as_str(), "content": content });
        let shows = mishearing::shows(self, &content);
        let event = self.append(id, plain, (Key::Here, Proof::Proven, None));
        self.session(own).sent.insert(effect, (event.clone(), now));
        if shows {
            self.said(own, id, &event, effect, &content);
        }
        Ok(event)
    }

    /// Shows a service's words to everybody who is there.
    fn said(&mut self, own: &Address, id: &RoomRef, event: &EventRef, effect: EffectId, content: &Value) {
        let text = self.file_in(content).unwrap_or_else(|| content["body"].as_str().unwrap_or_default().to_owned());
        let wording = content[WORDING_KEY].as_str().unwrap_or_default().to_owned();
        // A planted bug writes below the value.
        let value = text.lines().next().unwrap_or_default();
        let event = event.clone();
        if *own != self.porter {
            if let Ok(say) = serde_json::from_str(value) {
                let spoken = Spoken { event, wording, say, text };
                self.everybody_else_saw(id, own, &Sight::Counsel(spoken));
            }
        } else if let Ok(say) = serde_json::from_str(value) {
            let message = Message { event, effect, wording, say, text };
            self.note(What::Said(id.clone(), message.clone()));
            self.everybody_else_saw(id, own, &Sight::Porter(message));
        }
    }

    /// Takes a service's message back: people who read the room from now on find nothing in it. A message can be taken
    /// back twice; nobody sees that.
    pub fn redact(&mut self, own: &Address, id: &RoomRef, event: &EventRef) -> Called<()> {
        let room = self.rooms.get_mut(id).filter(|room| room.has(own)).ok_or_else(forbidden)?;
        let taken_back = room.events.iter_mut().find(|found| found.id == *event).ok_or_else(not_found)?;
        if std::mem::replace(&mut taken_back.plain["content"], json!({})) == json!({}) {
            return Ok(());
        }
        let redaction = json!({ "redacts": event.0 });
        let plain = json!({ "type": "m.room.redaction", "sender": own.as_str(), "content": redaction });
        self.append(id, plain, (Key::Here, Proof::Proven, None));
        self.everybody_else_saw(id, own, &Sight::TakenBack(event.clone()));
        Ok(())
    }

    /// Lets a person take a message of theirs away.
    pub fn take_away(&mut self, id: &RoomRef, who: &Address, event: &EventRef) {
        let Some(room) = self.rooms.get_mut(id).filter(|room| room.has(who)) else { return };
        let Some(message) = room.events.iter_mut().find(|found| found.id == *event) else { return };
        message.plain["content"] = json!({});
        (message.cipher, message.key) = (None, Key::Here);
        let redaction = json!({ "redacts": event.0 });
        let plain = json!({ "type": "m.room.redaction", "sender": who.as_str(), "content": redaction });
        self.append(id, plain, (Key::Here, Proof::Unproven, None));
        self.note(What::TookAway(who.clone(), id.clone(), event.clone()));
    }

    /// Lets a person type something; `None` when they may not speak there.
    pub fn utter(&mut self, id: &RoomRef, who: &Address, utterance: Utterance) -> Option<EventRef> {
        let room = self.rooms.get(id)?;
        if !room.has(who) || !room.may(who, "events_default") {
            return None;
        }
        self.says_much(who);
        self.spoke(who, id);
        let Utterance { text, meaning, form, proof, key } = utterance;
        let mut plain = content(&form, &text);
        plain["sender"] = json!(who.as_str());
        let cipher = self.encrypt(id, who);
        let event = self.append(id, plain, (key, proof, Some(cipher)));
        let typed = Typed { event: event.clone(), text: text.clone(), meaning, form, proof, key };
        self.note(What::Typed(who.clone(), id.clone(), typed));
        self.everybody_else_saw(id, who, &Sight::Words(who.clone(), text));
        Some(event)
    }

    pub(crate) fn state(&mut self, id: &RoomRef, by: &Address, kind: &str, key: &str, content: Value) {
        if let Some(room) = self.rooms.get_mut(id) {
            room.state.insert((kind.to_owned(), key.to_owned()), content.clone());
        }
        let plain = json!({ "type": kind, "state_key": key, "sender": by.as_str(), "content": content });
        self.append(id, plain, (Key::Here, Proof::Proven, None));
    }

    /// Something happens in a room: when it can be read, whether its device is known, which ciphertext it is.
    fn append(
        &mut self,
        id: &RoomRef,
        mut plain: Value,
        (key, proof, cipher): (Key, Proof, Option<Cipher>),
    ) -> EventRef {
        self.last += 1;
        let service = self.rooms.get(id).map_or_else(|| self.porter.clone(), |room| room.service.clone());
        let event = self.next_event(&service, id, plain.get("state_key").is_none());
        plain["event_id"] = json!(event.0);
        plain["origin_server_ts"] = json!(self.now.as_millis());
        if let Some(room) = self.rooms.get_mut(id) {
            room.events.push(Event { id: event.clone(), pos: self.last, plain, key, proof, cipher });
            for (own, session) in &mut self.sessions {
                if *own == room.service || room.membership(own) != Membership::Left {
                    session.last = self.last;
                }
            }
        }
        event
    }

    fn everybody_else_saw(&mut self, id: &RoomRef, by: &Address, sight: &Sight) {
        for who in self.rooms.get(id).map(Room::joined).unwrap_or_default() {
            if who != *by && !self.is_service(&who) {
                self.saw(&who, id, sight.clone());
            }
        }
    }

    /// Somebody sees something in a room of a service's.
    pub fn saw(&mut self, who: &Address, room: &RoomRef, sight: Sight) {
        let service = self.rooms.get(room).map_or_else(|| self.porter.clone(), |room| room.service.clone());
        self.views.entry(service).or_default().entry(who.clone()).or_default().push(self.log.len());
        self.note(What::Saw(who.clone(), room.clone(), sight));
    }
}

/// The homeserver's answer to anything that is not allowed.
pub fn forbidden() -> CallError {
    CallError::Refused { why: Refusal::Other { code: "M_FORBIDDEN".to_owned() } }
}

fn not_found() -> CallError {
    CallError::Refused { why: Refusal::Other { code: "M_NOT_FOUND".to_owned() } }
}

fn content(form: &Form, text: &str) -> Value {
    let message = |content: Value| json!({ "type": "m.room.message", "content": content });
    match form {
        Form::Original => message(json!({ "msgtype": "m.text", "body": text })),
        Form::Reply(to) => message(json!({
            "msgtype": "m.text", "body": format!("> <@porter:example.org> Dear\n> reader\n\n{text}"),
            "m.relates_to": { "m.in_reply_to": { "event_id": to.0 } },
        })),
        Form::Thread(root) => message(json!({
            "msgtype": "m.text", "body": text,
            "m.relates_to": {
                "rel_type": "m.thread", "event_id": root.0, "is_falling_back": true,
                "m.in_reply_to": { "event_id": root.0 },
            },
        })),
        Form::Edit(of) => message(json!({
            "msgtype": "m.text", "body": format!("* {text}"),
            "m.new_content": { "msgtype": "m.text", "body": text },
            "m.relates_to": { "rel_type": "m.replace", "event_id": of.0 },
        })),
        Form::Notice => message(json!({ "msgtype": "m.notice", "body": text })),
        Form::Reaction(to) => json!({
            "type": "m.reaction",
            "content": { "m.relates_to": { "rel_type": "m.annotation", "event_id": to.0, "key": text } },
        }),
    }
}
