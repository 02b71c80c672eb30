//! The homeserver and its clock: rooms with Synapse's checks, what each person sees in them, and a record of it all.

pub mod faults;
pub mod log;
pub mod porter;
pub mod room;
pub mod sync;

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::community::RoomState;
use lodge_channel::homeserver::{CallError, Called, EventRef, Membership, Refusal};
use lodge_channel::room::{EFFECT_KEY, RoomSpec, Speech, WORDING_KEY};
use lodge_core::id::EffectId;
use lodge_core::input::Trust;
use lodge_core::introduction::RoomRef;
use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::planted::Planted;
use faults::Faults;
use log::{Entry, Form, Meaning, Message, Sight, Typed, What};
use room::{Event, Key, Kind, Room};

/// Whoever runs the homeserver keeps this account in the rooms that it was put into.
pub const KEPT_IN: &str = "@kept:example.org";

/// When every life begins: a Monday in November, at nine.
pub const START: Timestamp = Timestamp::from_millis(1_793_610_000_000);

/// What a person sends.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// The words.
    pub text: String,
    /// What they mean.
    pub meaning: Meaning,
    /// In which form.
    pub form: Form,
    /// From what device.
    pub trust: Trust,
    /// When it can be read.
    pub key: Key,
}

/// The homeserver.
#[derive(Debug)]
pub struct World {
    /// The moment.
    pub now: Timestamp,
    /// The porter's account.
    pub porter: Address,
    /// What goes wrong.
    pub faults: Faults,
    /// What is broken on purpose.
    pub planted: Option<Planted>,
    /// The record.
    pub log: Vec<Entry>,
    /// For each person, where in the record stands what they saw.
    pub views: BTreeMap<Address, Vec<usize>>,
    rooms: BTreeMap<RoomRef, Room>,
    blocking: BTreeSet<Address>,
    sent: BTreeMap<EffectId, (EventRef, Timestamp)>,
    twins: BTreeMap<RoomRef, RoomRef>,
    /// Rooms that the porter has left and let go of.
    lost_sight_of: BTreeSet<RoomRef>,
    /// How long transaction ids are remembered.
    remembers: Span,
    last: u64,
    chance: Chance,
}

impl World {
    /// A homeserver with nothing on it.
    pub fn new(porter: Address, faults: Faults, remembers: Span, planted: Option<Planted>, chance: Chance) -> Self {
        Self {
            now: START,
            porter,
            faults,
            planted,
            log: Vec::new(),
            views: BTreeMap::new(),
            rooms: BTreeMap::new(),
            blocking: BTreeSet::new(),
            sent: BTreeMap::new(),
            twins: BTreeMap::new(),
            lost_sight_of: BTreeSet::new(),
            remembers,
            last: 0,
            chance,
        }
    }

    /// All rooms.
    pub fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.rooms.values()
    }

    /// A room.
    pub fn room(&self, id: &RoomRef) -> Option<&Room> {
        self.rooms.get(id)
    }

    /// How much has happened.
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

    /// Makes a room of the porter's with these settings.
    pub fn create(&mut self, spec: &RoomSpec, marker: EffectId) -> RoomRef {
        let kind = match spec.speech {
            Speech::Open => Kind::Conversation(marker),
            Speech::Withheld => Kind::Introduction(marker),
        };
        let creation = json!({ EFFECT_KEY: marker.to_string() });
        self.make(self.porter.clone(), kind, spec.power_levels(spec.speech), creation)
    }

    /// Makes a room of a person's own and invites the porter to it.
    pub fn create_own(&mut self, who: &Address) -> RoomRef {
        let room = self.make(who.clone(), Kind::Own(who.clone()), Room::persons_levels(), json!({}));
        let porter = self.porter.clone();
        self.set_membership(&room, who, &porter, Membership::Invited);
        room
    }

    /// Makes a room for many by a call with this body.
    pub fn make_for_many(&mut self, body: &Value) -> RoomRef {
        let porter = self.porter.clone();
        let creation = body["creation_content"].clone();
        let marker = creation[EFFECT_KEY].as_str().and_then(|marker| marker.parse().ok());
        let mut creation = creation;
        creation["room_version"] = body["room_version"].clone();
        let levels = body["power_level_content_override"].clone();
        let kind = Kind::ForMany(marker.expect("a room of the porter's is marked"));
        let id = self.make(porter.clone(), kind, levels.clone(), creation);
        if let Some(room) = self.rooms.get_mut(&id) {
            room.state.remove(&("m.room.encryption".to_owned(), String::new()));
        }
        self.state(&id, &porter, "m.room.power_levels", "", levels);
        for event in body["initial_state"].as_array().into_iter().flatten() {
            let text = |key: &str| event[key].as_str().unwrap_or_default();
            self.state(&id, &porter, text("type"), text("state_key"), event["content"].clone());
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

    fn make(&mut self, creator: Address, kind: Kind, levels: Value, creation: Value) -> RoomRef {
        let id = RoomRef(format!("!{}:example.org", self.rooms.len()));
        let room = Room {
            id: id.clone(),
            kind: kind.clone(),
            creator: creator.clone(),
            members: BTreeMap::new(),
            events: Vec::new(),
            levels,
            state: RoomState::new(),
        };
        self.rooms.insert(id.clone(), room);
        self.note(What::Made(id.clone(), kind));
        self.state(&id, &creator, "m.room.create", "", creation);
        self.set_membership(&id, &creator, &creator, Membership::Joined);
        for kind in ["m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.encryption"] {
            self.state(&id, &creator, kind, "", json!({}));
        }
        id
    }

    /// Invites somebody, as Synapse does it.
    pub fn invite(&mut self, by: &Address, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        if !room.has(by) || !room.may(by, "invite") {
            return Err(forbidden());
        }
        match room.membership(who) {
            Membership::Joined => Err(forbidden()),
            // The same state again is no new event.
            Membership::Invited => Ok(()),
            Membership::Left if self.blocks(who) => Err(CallError::Refused { why: Refusal::InviteBlocked }),
            Membership::Left => {
                self.note(What::Invited(who.clone(), id.clone()));
                self.set_membership(id, by, who, Membership::Invited);
                self.saw(who, id, Sight::Invitation(by.clone()));
                Ok(())
            }
        }
    }

    /// Removes somebody, or takes an invitation back.
    pub fn kick(&mut self, by: &Address, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        let kept = who.as_str() == KEPT_IN;
        if !room.has(by) || !room.may(by, "kick") || room.membership(who) == Membership::Left || kept {
            return Err(forbidden());
        }
        self.set_membership(id, by, who, Membership::Left);
        self.saw(who, id, Sight::Removed);
        Ok(())
    }

    /// Comes into a room, by invitation.
    pub fn join(&mut self, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        match room.membership(who) {
            Membership::Joined => Ok(()),
            Membership::Left => Err(forbidden()),
            Membership::Invited => {
                self.set_membership(id, who, who, Membership::Joined);
                Ok(())
            }
        }
    }

    /// Puts somebody into a room whom nobody invited, as only who runs the homeserver can.
    pub fn force_in(&mut self, id: &RoomRef, who: &Address) {
        self.set_membership(id, who, who, Membership::Joined);
    }

    /// Leaves a room, or turns its invitation down.
    pub fn leave(&mut self, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        if room.membership(who) == Membership::Left {
            return Err(forbidden());
        }
        self.set_membership(id, who, who, Membership::Left);
        Ok(())
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

    /// Sends a message of the porter's, once for each effect while it is remembered.
    pub fn send(&mut self, id: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        let porter = self.porter.clone();
        if let Some((event, at)) = self.sent.get(&effect)
            && at.after(self.remembers) > self.now
        {
            return Ok(event.clone());
        }
        if !self.rooms.get(id).is_some_and(|room| room.has(&porter)) {
            return Err(forbidden());
        }
        let plain = json!({ "type": "m.room.message", "sender": porter.as_str(), "content": content });
        let event = self.append(id, plain, Key::Here, Trust::Tied);
        self.sent.insert(effect, (event.clone(), self.now));
        let text = content["body"].as_str().unwrap_or_default().to_owned();
        // A planted bug writes below the value.
        if let Ok(say) = serde_json::from_str(text.lines().next().unwrap_or_default()) {
            let wording = content[WORDING_KEY].as_str().unwrap_or_default().to_owned();
            let message = Message { event: event.clone(), effect, wording, say, text };
            self.note(What::Said(id.clone(), message.clone()));
            self.everybody_else_saw(id, &porter, &Sight::Porter(message));
        }
        Ok(event)
    }

    /// Takes a message of the porter's back: whoever reads the room from now on finds nothing in it. What was taken back
    /// can be taken back again; nobody sees that.
    pub fn redact(&mut self, id: &RoomRef, event: &EventRef) -> Called<()> {
        let porter = self.porter.clone();
        let room = self.rooms.get_mut(id).filter(|room| room.has(&porter)).ok_or_else(forbidden)?;
        let taken_back = room.events.iter_mut().find(|found| found.id == *event).ok_or_else(not_found)?;
        if std::mem::replace(&mut taken_back.plain["content"], json!({})) == json!({}) {
            return Ok(());
        }
        let redaction = json!({ "redacts": event.0 });
        let plain = json!({ "type": "m.room.redaction", "sender": porter.as_str(), "content": redaction });
        self.append(id, plain, Key::Here, Trust::Tied);
        self.everybody_else_saw(id, &porter, &Sight::TakenBack(event.clone()));
        Ok(())
    }

    /// Lets a person type something; nothing when they may not speak there.
    pub fn utter(&mut self, id: &RoomRef, who: &Address, utterance: Utterance) -> Option<EventRef> {
        let room = self.rooms.get(id)?;
        if !room.has(who) || !room.may(who, "events_default") {
            return None;
        }
        let Utterance { text, meaning, form, trust, key } = utterance;
        let mut plain = content(&form, &text);
        plain["sender"] = json!(who.as_str());
        let event = self.append(id, plain, key, trust);
        let typed = Typed { event: event.clone(), text: text.clone(), meaning, form, trust, key };
        self.note(What::Typed(who.clone(), id.clone(), typed));
        self.everybody_else_saw(id, who, &Sight::Words(who.clone(), text));
        Some(event)
    }

    fn set_membership(&mut self, id: &RoomRef, by: &Address, who: &Address, membership: Membership) {
        let word = match membership {
            Membership::Joined => "join",
            Membership::Invited => "invite",
            Membership::Left => "leave",
        };
        // Who goes is told by what they did; those in the room see it.
        let everybody: Vec<Address> = self.rooms.get(id).map(Room::joined).unwrap_or_default();
        if let Some(room) = self.rooms.get_mut(id) {
            room.members.insert(who.clone(), membership);
        }
        self.state(id, by, "m.room.member", who.as_str(), json!({ "membership": word }));
        if membership != Membership::Invited {
            self.note(What::Moved(who.clone(), id.clone(), membership == Membership::Joined));
        }
        // Rooms for many may hold thousands; who sees whom come and go there is no secret to watch over.
        if self.rooms.get(id).is_some_and(|room| matches!(room.kind, Kind::ForMany(_))) {
            return;
        }
        for other in everybody {
            if other != *who && other != self.porter {
                self.saw(&other, id, Sight::Other(who.clone(), word));
            }
        }
    }

    fn state(&mut self, id: &RoomRef, by: &Address, kind: &str, key: &str, content: Value) {
        if let Some(room) = self.rooms.get_mut(id) {
            room.state.insert((kind.to_owned(), key.to_owned()), content.clone());
        }
        let plain = json!({ "type": kind, "state_key": key, "sender": by.as_str(), "content": content });
        self.append(id, plain, Key::Here, Trust::Tied);
    }

    fn append(&mut self, id: &RoomRef, mut plain: Value, key: Key, trust: Trust) -> EventRef {
        self.last += 1;
        let event = EventRef(format!("${}", self.last));
        plain["event_id"] = json!(event.0);
        plain["origin_server_ts"] = json!(self.now.as_millis());
        if let Some(room) = self.rooms.get_mut(id) {
            room.events.push(Event { id: event.clone(), pos: self.last, plain, key, trust });
        }
        event
    }

    fn everybody_else_saw(&mut self, id: &RoomRef, by: &Address, sight: &Sight) {
        for who in self.rooms.get(id).map(Room::joined).unwrap_or_default() {
            if who != *by && who != self.porter {
                self.saw(&who, id, sight.clone());
            }
        }
    }

    fn saw(&mut self, who: &Address, room: &RoomRef, sight: Sight) {
        self.views.entry(who.clone()).or_default().push(self.log.len());
        self.note(What::Saw(who.clone(), room.clone(), sight));
    }
}

/// The homeserver's answer to whatever is not allowed.
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
