//! What differs between how a room is and how it is to be, and what to do about it.

use lodge_core::name::Address;
use lodge_core::room::Aspect;
use serde_json::{Value, json};

use super::{Goal, RoomState};
use crate::room::{BRIDGES_AND_WIDGETS, ROOM_VERSION};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What of the room it is about.
    pub aspect: Aspect,
    /// What there is now; nothing where nothing is.
    pub found: Option<Value>,
    /// What to do about it.
    pub doing: Doing,
}

/// What to do about something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Put this state event in its place.
    Put {
        /// Its type.
        kind: String,
        /// Its state key.
        key: String,
        /// Its content.
        content: Value,
    },
    /// Invite the standby account, or a bridge.
    Invite(Address),
    /// Take an account of a bridge out.
    Remove(Address),
    /// Nothing can be done; this is how it should be.
    Nothing(Value),
}

/// Everything that differs, in the order in which it is to be changed: first who may do what.
pub fn difference(goal: &Goal, found: &RoomState) -> Vec<Change> {
    let mut changes: Vec<Change> = making(goal, found).into_iter().collect();
    changes.extend(goal.state.iter().filter_map(|(place, wanted)| differs(place, wanted, found.get(place))));
    changes.extend(found.iter().filter_map(|(place, content)| surplus(goal, place, content)));
    changes.extend(standby(goal, found));
    changes.extend(bridges(goal, found));
    changes.sort_by_key(|change| change.aspect);
    changes
}

/// What was settled for good when the room was made.
fn making(goal: &Goal, found: &RoomState) -> Option<Change> {
    let made = found.get(&("m.room.create".to_owned(), String::new()))?;
    let kept = ["m.federate", "additional_creators", "type"];
    let version = made.get("room_version").and_then(Value::as_str) == Some(ROOM_VERSION);
    let same = kept.iter().all(|key| made.get(key) == goal.making.get(key));
    (!version || !same).then(|| Change {
        aspect: Aspect::Making,
        found: Some(made.clone()),
        doing: Doing::Nothing(goal.making.clone()),
    })
}

/// A state event that is to be there, and is not, or says something else.
fn differs(place: &(String, String), wanted: &Value, found: Option<&Value>) -> Option<Change> {
    let same = match place.0.as_str() {
        // How often keys rotate cannot be told from outside, and may be changed by nobody anyway.
        "m.room.encryption" => found.is_some_and(|found| found.get("algorithm") == wanted.get("algorithm")),
        _ => found == Some(wanted),
    };
    (!same).then(|| Change { aspect: aspect(&place.0), found: found.cloned(), doing: put(place, wanted.clone()) })
}

/// A state event that is not to be there.
fn surplus(goal: &Goal, place: &(String, String), content: &Value) -> Option<Change> {
    let empty = content.as_object().is_none_or(serde_json::Map::is_empty);
    if empty || goal.state.contains_key(place) {
        return None;
    }
    let kind = place.0.as_str();
    let doing = match kind {
        // Nothing makes a room unencrypted again, or brings it back from another that replaced it.
        "m.room.encryption" | "m.room.tombstone" => Doing::Nothing(json!({})),
        "m.space.child" | "m.space.parent" => put(place, json!({})),
        _ if BRIDGES_AND_WIDGETS.contains(&kind) && !goal.bridged => put(place, json!({})),
        _ => return None,
    };
    Some(Change { aspect: aspect(kind), found: Some(content.clone()), doing })
}

/// The standby account is of use only if it can come in.
fn standby(goal: &Goal, found: &RoomState) -> Option<Change> {
    let standby = goal.standby.as_ref()?;
    // In a room that was made without it, it is a stranger.
    let made = found.get(&("m.room.create".to_owned(), String::new()))?;
    let creators = made.get("additional_creators").and_then(Value::as_array);
    if !creators.is_some_and(|creators| creators.iter().any(|creator| creator == standby.as_str())) {
        return None;
    }
    let member = found.get(&member(standby));
    let here = member.is_some_and(is_here);
    (!here).then(|| Change { aspect: Aspect::Standby, found: member.cloned(), doing: Doing::Invite(standby.clone()) })
}

/// Bridges are invited where a room is bridged, and none of their accounts stays where it is not.
fn bridges(goal: &Goal, found: &RoomState) -> Vec<Change> {
    let change = |found: Option<&Value>, doing| Change { aspect: Aspect::Programs, found: found.cloned(), doing };
    if goal.bridged {
        let outside = |sender: &&Address| !found.get(&member(sender)).is_some_and(is_here);
        let senders = goal.bridges.iter().map(|bridge| &bridge.sender).filter(outside);
        return senders.map(|sender| change(found.get(&member(sender)), Doing::Invite(sender.clone()))).collect();
    }
    let theirs = |((kind, key), content): (&(String, String), &Value)| {
        let who = Address::parse(key).ok().filter(|_| kind == "m.room.member" && is_here(content))?;
        let theirs = goal.bridges.iter().any(|bridge| bridge.has(&who));
        theirs.then(|| change(Some(content), Doing::Remove(who)))
    };
    found.iter().filter_map(theirs).collect()
}

/// Where a room's state says how somebody stands in it.
fn member(who: &Address) -> (String, String) {
    ("m.room.member".to_owned(), who.to_string())
}

fn is_here(member: &Value) -> bool {
    matches!(member.get("membership").and_then(Value::as_str), Some("invite" | "join"))
}

fn put(place: &(String, String), content: Value) -> Doing {
    Doing::Put { kind: place.0.clone(), key: place.1.clone(), content }
}

fn aspect(kind: &str) -> Aspect {
    match kind {
        "m.room.power_levels" => Aspect::Powers,
        "m.room.join_rules" => Aspect::Joining,
        "m.room.guest_access" => Aspect::Guests,
        "m.room.history_visibility" => Aspect::History,
        "m.room.encryption" => Aspect::Encryption,
        "m.room.name" => Aspect::Name,
        "m.room.topic" => Aspect::Topic,
        "m.space.child" | "m.space.parent" => Aspect::Space,
        "m.room.tombstone" => Aspect::Replaced,
        _ => Aspect::Programs,
    }
}
