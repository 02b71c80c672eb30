//! The differences between a room as it is and as it is to be, and the remedy for each.

use lodge_core::name::Address;
use lodge_core::rooms::Aspect;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Goal, RoomState};
use crate::room::{BRIDGES_AND_WIDGETS, ROOM_VERSION};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The side of the room that differs.
    pub aspect: Aspect,
    /// The content there now; `None` where there is none.
    pub found: Option<Value>,
    /// The remedy.
    pub doing: Doing,
}

/// The remedy for a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doing {
    /// Put this state event in its place.
    Put {
        /// The event's type.
        kind: String,
        /// The event's state key.
        key: String,
        /// The content to put there.
        content: Value,
    },
    /// Invite the standby account, or a bridge.
    Invite(Address),
    /// Take an account of a bridge out.
    Remove(Address),
    /// Nothing can be done; this is how it should be.
    Nothing(Value),
}

/// Every difference, in the order in which they are to be removed: the powers of people first.
pub fn difference(goal: &Goal, found: &RoomState) -> Vec<Change> {
    let mut changes: Vec<Change> = making(goal, found).into_iter().collect();
    changes.extend(goal.state.iter().filter_map(|(place, wanted)| differs(place, wanted, found.get(place))));
    changes.extend(found.iter().filter_map(|(place, content)| surplus(goal, place, content)));
    changes.extend(standby(goal, found));
    changes.extend(bridges(goal, found));
    changes.sort_by_key(|change| change.aspect);
    changes
}

/// The difference in settings that were made for good with the room.
fn making(goal: &Goal, found: &RoomState) -> Option<Change> {
    let made = found.get(&("m.room.create".to_owned(), String::new()))?;
    let mut wanted = goal.making.clone();
    wanted["room_version"] = json!(ROOM_VERSION);
    let kept = ["m.federate", "additional_creators", "type", "room_version"];
    let kept = |of: &Value| -> Value {
        let pair = |key: &&str| Some(((*key).to_owned(), of.get(key)?.clone()));
        kept.iter().filter_map(pair).collect::<serde_json::Map<_, _>>().into()
    };
    let (found, wanted) = (kept(made), kept(&wanted));
    (found != wanted).then_some(Change { aspect: Aspect::Making, found: Some(found), doing: Doing::Nothing(wanted) })
}

/// A state event that is to be there, and is not, or says something else.
fn differs(place: &(String, String), wanted: &Value, found: Option<&Value>) -> Option<Change> {
    let same = match place.0.as_str() {
        // The rotation of keys cannot be told from outside, and may be changed by nobody anyway.
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
        let who = Address::exact(key).ok().filter(|_| kind == "m.room.member" && is_here(content))?;
        let theirs = goal.bridges.iter().any(|bridge| bridge.has(&who));
        theirs.then(|| change(Some(content), Doing::Remove(who)))
    };
    found.iter().filter_map(theirs).collect()
}

/// The place of somebody's membership in a room's state.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::people::member::Role;
    use lodge_core::rooms::{CommunityRoom, Declared, Encryption, History, Key, Origin, Purpose, Stage};
    use lodge_core::say::Say;
    use lodge_core::state::State;
    use lodge_core::time::Timestamp;
    use lodge_ground::store::Memory;
    use lodge_matrix::homeserver::RoomRef;

    use super::*;
    use crate::channel::trial::settings;
    use crate::community::Wanted;
    use crate::content::{Rendered, Voice};

    struct Json;

    impl Voice for Json {
        fn render(&self, say: &Say) -> Rendered {
            Rendered { plain: serde_json::to_string(say).unwrap(), html: String::new() }
        }
    }

    fn everybody() -> BTreeSet<Role> {
        BTreeSet::from([Role::Student, Role::Staff])
    }

    fn declared(key: &str, purpose: Purpose) -> Declared {
        Declared {
            key: Key::parse(key).unwrap(),
            name: "A room".to_owned(),
            topic: "What it is about.".to_owned(),
            purpose,
            joins: everybody(),
            cohorts: BTreeSet::new(),
            posts: BTreeSet::from([Role::Staff]),
            encryption: Encryption::None,
            history: History::Shared,
            bridged: false,
            federated: false,
            space: Some(Key::parse("folder").unwrap()),
        }
    }

    fn standby() -> Address {
        Address::exact("@standby:example.org").unwrap()
    }

    /// The goal for this room, in a Space of its own.
    fn goal(declared: Declared, archived: bool) -> Goal {
        let mut settings = settings();
        settings.rooms.standby = Some(standby());
        let made = |declared: Declared, archived| {
            let place = RoomRef(format!("!{}", declared.key));
            let stage = if archived { Stage::Archived(place.into()) } else { Stage::Open(place.into()) };
            CommunityRoom { stage, ..CommunityRoom::new(declared, Origin::Configuration, Timestamp::from_millis(0)) }
        };
        let folder = Declared { space: None, ..self::declared("folder", Purpose::Space) };
        let room = made(declared, archived);
        let state = State::load(&Memory::of([made(folder, false), room.clone()])).unwrap();
        Wanted::of(&state, &settings, &room).in_words(&Json)
    }

    fn news() -> Goal {
        goal(declared("news", Purpose::Announcements), false)
    }

    /// A room as a homeserver has it that did everything it was asked to.
    fn as_made(goal: &Goal) -> RoomState {
        let mut state = goal.state.clone();
        let mut made = goal.making.clone();
        made["room_version"] = json!(ROOM_VERSION);
        made["org.lodge.effect"] = json!("0");
        state.insert(("m.room.create".to_owned(), String::new()), made);
        let standby = ("m.room.member".to_owned(), standby().to_string());
        state.insert(standby, json!({ "membership": "invite" }));
        state
    }

    fn aspects(goal: &Goal, found: &RoomState) -> Vec<Aspect> {
        difference(goal, found).into_iter().map(|change| change.aspect).collect()
    }

    #[test]
    fn a_room_that_is_as_it_was_made_differs_in_nothing() {
        for goal in [
            news(),
            goal(declared("news", Purpose::Announcements), true),
            goal(Declared { space: None, ..declared("folder", Purpose::Space) }, false),
            goal(Declared { encryption: Encryption::EndToEnd, ..declared("staff", Purpose::Staff) }, false),
        ] {
            assert_eq!(difference(&goal, &as_made(&goal)), []);
        }
    }

    #[test]
    fn whatever_is_missing_or_changed_is_put_in_its_place() {
        let goal = news();
        for place in goal.state.keys() {
            let mut found = as_made(&goal);
            found.remove(place);
            let missing = difference(&goal, &found);
            found.insert(place.clone(), json!({ "changed": true }));
            let changed = difference(&goal, &found);
            let expected =
                Doing::Put { kind: place.0.clone(), key: place.1.clone(), content: goal.state[place].clone() };
            assert_eq!((missing.len(), changed.len()), (1, 1), "{place:?}");
            assert_eq!((&missing[0].doing, &changed[0].doing), (&expected, &expected));
        }
    }

    #[test]
    fn who_may_do_what_is_put_right_first() {
        let goal = news();
        let mut found = as_made(&goal);
        found.retain(|(kind, _), _| kind == "m.room.create");
        assert_eq!(aspects(&goal, &found)[0], Aspect::Powers);
    }

    #[test]
    fn programs_and_strange_listings_are_taken_away_and_other_state_is_let_be() {
        let goal = news();
        let with = |kind: &str, content: Value| {
            let mut found = as_made(&goal);
            found.insert((kind.to_owned(), "x".to_owned()), content);
            aspects(&goal, &found)
        };
        assert_eq!(with("im.vector.modular.widgets", json!({ "url": "x" })), [Aspect::Programs]);
        assert_eq!(with("m.space.child", json!({ "via": ["x"] })), [Aspect::Space]);
        assert_eq!(with("m.space.child", json!({})), []);
        assert_eq!(with("m.room.pinned_events", json!({ "pinned": ["$1"] })), []);
        assert_eq!(with("m.room.server_acl", json!({ "allow": ["*"], "deny": ["spam.example"] })), []);
        assert_eq!(with("m.room.member", json!({ "membership": "ban" })), []);
        let bridged = Declared { bridged: true, ..declared("news", Purpose::Announcements) };
        let bridged = self::goal(bridged, false);
        let mut found = as_made(&bridged);
        found.insert(("m.bridge".to_owned(), "x".to_owned()), json!({ "protocol": {} }));
        assert_eq!(aspects(&bridged, &found), []);
    }

    #[test]
    fn what_was_settled_for_good_is_named_and_not_tried() {
        let goal = news();
        let with = |kind: &str, content: Value| {
            let mut found = as_made(&goal);
            found.insert((kind.to_owned(), String::new()), content);
            difference(&goal, &found)
        };
        let made = json!({ "room_version": "10", "m.federate": true });
        for (aspect, changes) in [
            (Aspect::Encryption, with("m.room.encryption", json!({ "algorithm": "m.megolm.v1.aes-sha2" }))),
            (Aspect::Replaced, with("m.room.tombstone", json!({ "replacement_room": "!x" }))),
            (Aspect::Making, with("m.room.create", made)),
        ] {
            let [change] = &changes[..] else { panic!("{changes:?}") };
            assert_eq!(change.aspect, aspect);
            assert!(matches!(change.doing, Doing::Nothing(_)));
        }
    }

    #[test]
    fn the_standby_account_is_invited_where_it_is_a_creator() {
        let goal = news();
        let mut found = as_made(&goal);
        let member = ("m.room.member".to_owned(), standby().to_string());
        for stands in ["leave", "ban"] {
            found.insert(member.clone(), json!({ "membership": stands }));
            assert_eq!(difference(&goal, &found)[0].doing, Doing::Invite(standby()));
        }
        found.insert(member, json!({ "membership": "join" }));
        assert_eq!(difference(&goal, &found), []);
    }

    #[test]
    fn in_an_archived_room_nobody_writes() {
        let levels = |goal: &Goal| goal.state[&("m.room.power_levels".to_owned(), String::new())].clone();
        let archived = goal(declared("news", Purpose::Announcements), true);
        assert_eq!(levels(&archived)["events_default"], 100);
        assert_eq!(levels(&news())["events_default"], 50);
    }

    #[test]
    fn a_room_is_made_with_all_of_it_and_nobody_stands_in_its_power_levels() {
        let body = news().creation("marker");
        assert_eq!(body["creation_content"]["additional_creators"], json!(["@standby:example.org"]));
        assert_eq!(body["creation_content"]["m.federate"], false);
        assert_eq!(body["creation_content"]["org.lodge.effect"], "marker");
        assert_eq!(body["power_level_content_override"]["users"], json!({}));
        let kinds: Vec<&str> =
            body["initial_state"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert_eq!(
            kinds,
            [
                "m.room.guest_access",
                "m.room.history_visibility",
                "m.room.join_rules",
                "m.room.name",
                "m.room.topic",
                "m.space.parent",
            ]
        );
    }
}
