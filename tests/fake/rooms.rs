//! Rooms: what happened in each, and who is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::{SERVER, Said, State};

/// Monday 2 November 2026, ten in the morning in London, in milliseconds.
const START: usize = 1_793_613_600_000;

/// All rooms of the homeserver.
#[derive(Default)]
pub(crate) struct Rooms {
    all: BTreeMap<String, Room>,
    /// The rooms that each account is in.
    joined: BTreeMap<String, BTreeSet<String>>,
    /// The events that were sent with each account's transaction ids.
    transactions: BTreeMap<(String, String), String>,
    /// The number of messages of each wording, by sender and room.
    said: BTreeMap<(String, String), BTreeMap<String, usize>>,
    events: usize,
}

#[derive(Default)]
struct Room {
    state: BTreeMap<(String, String), Arc<Value>>,
    timeline: Vec<Arc<Value>>,
}

impl Rooms {
    /// Those in which somebody is.
    pub(crate) fn of(&self, who: &str) -> BTreeSet<String> {
        self.joined.get(who).cloned().unwrap_or_default()
    }

    /// Everybody who is in a room with somebody, and they themselves.
    pub(crate) fn beside(&self, who: &str) -> BTreeSet<String> {
        let rooms = self.joined.get(who).into_iter().flatten();
        let others = rooms.flat_map(|room| self.members(room)).filter(|(_, stands)| *stands == "join");
        others.map(|(user, _)| user.to_owned()).chain([who.to_owned()]).collect()
    }

    pub(crate) fn said(&self, who: &str, room: Option<&str>, wording: &str) -> usize {
        let by = self.said.get(&(who.to_owned(), wording.to_owned())).into_iter().flatten();
        by.filter(|(at, _)| room.is_none_or(|room| room == *at)).map(|(_, count)| count).sum()
    }

    /// A part of a room's state is gone, and nobody is told.
    pub(crate) fn lose(&mut self, room: &str, kind: &str) {
        self.all.get_mut(room).and_then(|room| room.state.remove(&(kind.to_owned(), String::new())));
    }

    /// The types of the events that somebody has sent in a room, in order.
    pub(crate) fn sent(&self, who: &str, room: &str) -> Vec<String> {
        let events = self.all.get(room).into_iter().flat_map(|room| &room.timeline);
        let own = events.filter(|event| event["sender"] == who && event.get("state_key").is_none());
        own.filter_map(|event| event["type"].as_str().map(str::to_owned)).collect()
    }

    pub(crate) fn state_of(&self, room: &str) -> impl Iterator<Item = &Arc<Value>> {
        self.all.get(room).into_iter().flat_map(|room| room.state.values())
    }

    /// The summary of a room for a sync response: the numbers of its members.
    pub(crate) fn summary(&self, room: &str) -> Value {
        let count = |stands: &str| self.members(room).filter(|(_, now)| *now == stands).count();
        json!({ "m.joined_member_count": count("join"), "m.invited_member_count": count("invite") })
    }

    fn members(&self, room: &str) -> impl Iterator<Item = (&str, &str)> {
        let members = self.state_of(room).filter(|event| event["type"] == "m.room.member");
        members.filter_map(|event| Some((event["state_key"].as_str()?, event["content"]["membership"].as_str()?)))
    }
}

/// A room with the settings asked for; its id.
pub(crate) fn create(state: &mut State, who: &str, settings: &Value) -> String {
    let room = format!("!room{}:{SERVER}", state.rooms.all.len());
    state.rooms.all.insert(room.clone(), Room::default());
    let mut creation = settings.get("creation_content").cloned().unwrap_or_else(|| json!({}));
    creation["room_version"] = json!("12");
    happens(state, &room, who, "m.room.create", Some(""), creation);
    stands(state, &room, who, who, "join");
    let levels = settings.get("power_level_content_override").cloned().unwrap_or_else(|| json!({}));
    happens(state, &room, who, "m.room.power_levels", Some(""), levels);
    for event in settings["initial_state"].as_array().into_iter().flatten() {
        let key = event["state_key"].as_str().unwrap_or_default();
        happens(state, &room, who, event["type"].as_str().unwrap_or_default(), Some(key), event["content"].clone());
    }
    for (field, kind) in [("name", "m.room.name"), ("topic", "m.room.topic")] {
        if let Some(text) = settings.get(field) {
            happens(state, &room, who, kind, Some(""), json!({ field: text }));
        }
    }
    room
}

/// Sets somebody's membership of a room to `now`, by `by`. People without a client come in when they are invited.
pub(crate) fn stands(state: &mut State, room: &str, by: &str, who: &str, now: &str) {
    if now == "join" && by == who && !state.rooms.of(who).contains(room) && !is_creator(state, room, who) {
        state.rooms.joined.entry(who.to_owned()).or_default().insert(room.to_owned());
        state.logs.entry(who.to_owned()).and_modify(|log| log.came(room));
    }
    let content = json!({ "membership": now, "displayname": state.names.get(who) });
    happens(state, room, by, "m.room.member", Some(who), content);
    match now {
        "join" => {
            state.rooms.joined.entry(who.to_owned()).or_default().insert(room.to_owned());
        }
        "invite" => match state.logs.get_mut(who) {
            Some(log) => log.invited(room),
            None => stands(state, room, who, who, "join"),
        },
        _ => {
            state.rooms.joined.entry(who.to_owned()).or_default().remove(room);
        }
    }
}

fn is_creator(state: &State, room: &str, who: &str) -> bool {
    state.rooms.state_of(room).any(|event| event["type"] == "m.room.create" && event["sender"] == who)
}

/// Something happens in a room: everybody there is told, and the person it is about. Returns the event's id.
pub(crate) fn happens(
    state: &mut State,
    room: &str,
    by: &str,
    kind: &str,
    key: Option<&str>,
    content: Value,
) -> String {
    let State { rooms, logs, listeners, .. } = state;
    rooms.events += 1;
    let id = format!("$event{}", rooms.events);
    if let Some(wording) = content.get("org.lodge.wording").and_then(Value::as_str) {
        let said = rooms.said.entry((by.to_owned(), wording.to_owned())).or_default();
        *said.entry(room.to_owned()).or_default() += 1;
    }
    let mut event = json!({
        "type": kind,
        "event_id": id,
        "room_id": room,
        "sender": by,
        "origin_server_ts": START + rooms.events,
        "content": content,
    });
    if let Some(key) = key {
        event["state_key"] = json!(key);
    }
    let event = Arc::new(event);
    let Some(there) = rooms.all.get_mut(room) else { return id };
    there.timeline.push(event.clone());
    if let Some(key) = key {
        there.state.insert((kind.to_owned(), key.to_owned()), event.clone());
    }
    if let Some(listener) = listeners.get(by).filter(|_| key.is_none()) {
        // The listener may be gone.
        drop(listener.send(Said { room: room.to_owned(), event: event.clone() }));
    }
    let about = |user: &str| {
        let is_member = rooms.joined.get(user).is_some_and(|rooms| rooms.contains(room));
        let membership = event["content"]["membership"].as_str();
        let is_own = kind == "m.room.member" && key == Some(user) && membership != Some("invite");
        is_member || is_own || kind == "m.room.create" && by == user
    };
    logs.iter_mut().filter(|(user, _)| about(user)).for_each(|(_, log)| log.event(room, event.clone()));
    id
}

/// The requests about rooms.
pub(crate) fn answer(state: &mut State, user: &str, request: &Request, path: &[&str]) -> Option<Answer> {
    let body = &request.body;
    let answer = match (request.method.as_str(), path) {
        ("POST", ["createRoom"]) => {
            let room = create(state, user, body);
            for who in body["invite"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                stands(state, &room, user, who, "invite");
            }
            json!({ "room_id": room })
        }
        ("POST", ["join", room] | ["rooms", room, "join"]) => {
            stands(state, room, user, user, "join");
            json!({ "room_id": room })
        }
        ("POST", ["rooms", room, "leave"]) => {
            stands(state, room, user, user, "leave");
            json!({})
        }
        ("POST", ["rooms", _, "forget"]) => json!({}),
        ("POST", ["rooms", room, "invite"]) => {
            stands(state, room, user, body["user_id"].as_str()?, "invite");
            json!({})
        }
        ("POST", ["rooms", room, "kick"]) => {
            stands(state, room, user, body["user_id"].as_str()?, "leave");
            json!({})
        }
        ("PUT", ["rooms", room, "send", kind, transaction]) => {
            let transaction = (user.to_owned(), (*transaction).to_owned());
            let sent = state.rooms.transactions.get(&transaction).cloned();
            let id = sent.unwrap_or_else(|| happens(state, room, user, kind, None, body.clone()));
            state.rooms.transactions.insert(transaction, id.clone());
            json!({ "event_id": id })
        }
        // An invitation that says that the room is a conversation of two is made so.
        ("PUT", ["rooms", room, "state", "m.room.member", who]) => {
            stands(state, room, user, who, body["membership"].as_str()?);
            let own = |event: &&Arc<Value>| event["type"] == "m.room.member" && event["state_key"] == *who;
            json!({ "event_id": state.rooms.state_of(room).find(own)?["event_id"] })
        }
        ("PUT", ["rooms", room, "state", kind, rest @ ..]) => {
            let key = rest.first().copied().unwrap_or_default();
            json!({ "event_id": happens(state, room, user, kind, Some(key), body.clone()) })
        }
        ("GET", ["rooms", room, what, rest @ ..]) => look(&state.rooms, room, what, rest)?,
        _ => return None,
    };
    Some((200, answer))
}

fn look(rooms: &Rooms, room: &str, what: &str, rest: &[&str]) -> Option<Value> {
    let events = |of: &mut dyn Iterator<Item = &Arc<Value>>| of.map(|event| event.as_ref().clone()).collect::<Vec<_>>();
    Some(match (what, rest) {
        ("members", []) => {
            let mut members = rooms.state_of(room).filter(|event| event["type"] == "m.room.member");
            json!({ "chunk": events(&mut members) })
        }
        ("joined_members", []) => {
            let joined = rooms.members(room).filter(|(_, stands)| *stands == "join");
            let joined: serde_json::Map<String, Value> = joined.map(|(user, _)| (user.to_owned(), json!({}))).collect();
            json!({ "joined": joined })
        }
        ("state", []) => events(&mut rooms.state_of(room)).into(),
        ("state", [kind, rest @ ..]) => {
            let key = rest.first().copied().unwrap_or_default();
            rooms.all.get(room)?.state.get(&((*kind).to_owned(), key.to_owned()))?["content"].clone()
        }
        ("event", [id]) => {
            rooms.all.get(room)?.timeline.iter().rfind(|event| event["event_id"] == *id)?.as_ref().clone()
        }
        ("messages", []) => json!({ "chunk": [], "start": "0" }),
        _ => return None,
    })
}
