//! The news for each account: a log of events, in their order.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::State;

/// The log of an account; a token is the length of it that was told.
#[derive(Default)]
pub(crate) struct Log(Vec<Item>);

enum Item {
    /// Something happened in a room that the account is in, or has just left.
    Event {
        room: String,
        event: Arc<Value>,
    },
    /// The account came into a room that had been there before.
    Came {
        room: String,
    },
    Invited {
        room: String,
    },
    ToDevice {
        device: String,
        event: Value,
    },
    /// Something that the account keeps for itself.
    Data {
        kind: String,
        content: Value,
    },
    /// The devices of an account changed.
    Devices {
        of: String,
    },
}

impl Log {
    pub(crate) fn event(&mut self, room: &str, event: Arc<Value>) {
        self.0.push(Item::Event { room: room.to_owned(), event });
    }

    pub(crate) fn came(&mut self, room: &str) {
        self.0.push(Item::Came { room: room.to_owned() });
    }

    pub(crate) fn kept(&mut self, kind: &str, content: Value) {
        self.0.push(Item::Data { kind: kind.to_owned(), content });
    }

    pub(crate) fn invited(&mut self, room: &str) {
        self.0.push(Item::Invited { room: room.to_owned() });
    }
}

impl State {
    pub(crate) fn is_up_to_date(&self, user: &str, since: usize) -> bool {
        self.logs.get(user).is_none_or(|log| log.0.len() <= since)
    }

    /// The response for everything that is new since then.
    pub(crate) fn news(&self, user: &str, device: &str, since: usize) -> Value {
        let items = self.logs.get(user).map(|log| log.0.as_slice()).unwrap_or_default();
        let (mut join, mut leave, mut invite) = (Map::new(), Map::new(), Map::new());
        let (mut to_device, mut changed, mut data) = (Vec::new(), Vec::new(), Vec::new());
        for item in items.get(since..).unwrap_or_default() {
            match item {
                Item::Event { room, event } => {
                    let is_own = event["type"] == "m.room.member" && event["state_key"] == user;
                    let gone = is_own && event["content"]["membership"] == "leave";
                    if gone {
                        join.remove(room);
                        invite.remove(room);
                    }
                    let update = if gone { &mut leave } else { &mut join };
                    add(update, room, "timeline", event);
                    if event["type"] == "m.room.member" && !gone {
                        join[room]["summary"] = self.rooms.summary(room);
                    }
                }
                Item::Came { room } => {
                    invite.remove(room);
                    self.rooms.state_of(room).for_each(|event| add(&mut join, room, "state", event));
                }
                Item::Invited { room } => {
                    let events: Vec<&Value> = self.rooms.state_of(room).map(AsRef::as_ref).collect();
                    invite.insert(room.clone(), json!({ "invite_state": { "events": events } }));
                }
                Item::ToDevice { device: to, event } if to == device => to_device.push(event.clone()),
                Item::ToDevice { .. } => {}
                Item::Data { kind, content } => data.push(json!({ "type": kind, "content": content })),
                Item::Devices { of } => changed.push(of.clone()),
            }
        }
        json!({
            "next_batch": items.len().to_string(),
            "rooms": { "join": join, "leave": leave, "invite": invite },
            "account_data": { "events": data },
            "to_device": { "events": to_device },
            "device_lists": { "changed": changed },
            "device_one_time_keys_count": { "signed_curve25519": self.keys.one_time_left(user, device) },
            "device_unused_fallback_key_types": ["signed_curve25519"],
        })
    }
}

fn add(updates: &mut Map<String, Value>, room: &str, part: &str, event: &Arc<Value>) {
    let empty = || json!({ "timeline": { "events": [] }, "state": { "events": [] } });
    let update = updates.entry(room.to_owned()).or_insert_with(empty);
    if let Some(events) = update[part]["events"].as_array_mut() {
        events.push(event.as_ref().clone());
    }
}

/// Brings messages to devices, and the changes of devices, into the logs of the accounts they are for.
pub(crate) fn after(state: &mut State) {
    for (user, device, event) in state.keys.take_sent() {
        if let Some(log) = state.logs.get_mut(&user) {
            log.0.push(Item::ToDevice { device, event });
        }
    }
    for of in state.keys.take_changed() {
        for user in state.rooms.beside(&of) {
            if let Some(log) = state.logs.get_mut(&user) {
                log.0.push(Item::Devices { of: of.clone() });
            }
        }
    }
}
