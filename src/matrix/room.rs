//! The rooms that the porter creates. Every setting is written out; none is left to a preset or a default.

pub use lodge_ground::privacy::{Encryption, History};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::homeserver::RoomState;
use lodge_ground::name::Address;

/// The key in a room's creation content, and in every message, that holds the id of the effect that made it.
pub const EFFECT_KEY: &str = "org.lodge.effect";

/// The key in every message's content that holds the id of its wording.
pub const WORDING_KEY: &str = "org.lodge.wording";

/// The room version. In version 12 the creator's power is above all levels and cannot be taken away
/// (Matrix 1.16, room version 12), so the porter does not stand in the power levels.
pub const ROOM_VERSION: &str = "12";

/// All settings of a room. There is no default: each room says each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomSpec {
    /// The people who can speak from the start.
    pub speech: Speech,
    /// Whether messages are encrypted.
    pub encryption: Encryption,
    /// The people who see earlier messages.
    pub history: History,
    /// Whether clients show it as a conversation of two.
    pub direct: Direct,
    /// Whether members may start a call.
    pub calls: Calls,
    /// Whether people of other servers can be in it.
    pub federation: Federation,
    /// The words at its top; `None` for a room that clients name after the people in it.
    pub sign: Option<Sign>,
    /// The accounts with a creator's power beside the account that makes the room: above all levels, and for good.
    pub creators: Vec<Address>,
}

/// The words at the top of a room. The invitation shows them, and so does the homeserver to its operator, so they are the
/// same for every room of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The room's name.
    pub name: String,
    /// The room's topic.
    pub topic: String,
}

/// Whether people of other servers can be in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Federation {
    /// Any server's accounts can.
    Open,
    /// Only accounts of the room's own server can.
    Closed,
}

/// The people who can speak from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// Everybody in the room.
    Open,
    /// Only the porter, until it opens speech.
    Withheld,
}

/// Whether clients show the room as a conversation of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direct {
    /// They show it as a conversation of two.
    Yes,
    /// They show it like any other room.
    No,
}

/// Whether members may start a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// Every member may start a call.
    Allowed,
    /// Only the porter has the power, and it starts none.
    No,
}

/// State events by which a call is held: legacy calls need none; `MatrixRTC` announces each member (MSC3401, MSC4143).
const CALL_STATE: [&str; 3] = ["m.call", "m.call.member", "org.matrix.msc3401.call.member"];

/// State events that would let another program into the room.
pub const BRIDGES_AND_WIDGETS: [&str; 5] =
    ["m.bridge", "uk.half-shot.bridge", "m.widget", "im.vector.modular.widgets", "io.element.functional_members"];

/// State events that a service acts on, beside those above.
const STATE: [&str; 12] = [
    "m.room.create",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.guest_access",
    "m.room.history_visibility",
    "m.room.encryption",
    "m.room.name",
    "m.room.topic",
    "m.space.child",
    "m.space.parent",
    "m.room.tombstone",
];

/// The types of all state events that say who is in a room and how it is.
pub fn states() -> impl Iterator<Item = &'static str> {
    STATE.into_iter().chain(BRIDGES_AND_WIDGETS)
}

impl RoomSpec {
    /// A conversation of the porter with one member.
    pub fn conversation(encryption: Encryption) -> Self {
        Self {
            speech: Speech::Open,
            encryption,
            history: History::FromJoining,
            direct: Direct::Yes,
            calls: Calls::No,
            federation: Federation::Open,
            sign: None,
            creators: Vec::new(),
        }
    }

    /// The body of the room-creation call, marked with `marker`.
    pub fn creation(&self, marker: &str) -> Value {
        json!({
            "preset": "private_chat",
            "visibility": "private",
            "room_version": ROOM_VERSION,
            "is_direct": self.direct == Direct::Yes,
            "creation_content": self.creation_content(marker),
            "power_level_content_override": self.power_levels(self.speech),
            "initial_state": self.initial_state(),
        })
    }

    fn creation_content(&self, marker: &str) -> Value {
        let mut content = json!({ "m.federate": self.federation == Federation::Open, EFFECT_KEY: marker });
        if !self.creators.is_empty() {
            content["additional_creators"] = self.creators.iter().map(Address::as_str).collect();
        }
        content
    }

    /// The settings in which `state` differs from these: none, in a room that `own` has just made with them and this
    /// marker. Each difference is named by its type of event.
    ///
    /// A homeserver adds two things by itself: the room's version, and the usual entries of the power levels.
    pub fn differences(&self, state: &RoomState, own: &Address, marker: &str) -> Vec<String> {
        let at = |kind: &str, key: &str| (kind.to_owned(), key.to_owned());
        let mut expected = RoomState::new();
        let mut creation = self.creation_content(marker);
        creation["room_version"] = json!(ROOM_VERSION);
        expected.insert(at("m.room.create", ""), creation);
        expected.insert(at("m.room.power_levels", ""), self.power_levels(self.speech));
        for event in self.initial_state() {
            let kind = event["type"].as_str().unwrap_or_default();
            expected.insert(at(kind, ""), event["content"].clone());
        }
        let mut found: Vec<String> = Vec::new();
        for (place, content) in state {
            let here = place.0 == "m.room.member" && place.1 == own.as_str();
            let fits = match expected.remove(place) {
                Some(wanted) => holds(content, &wanted, &place.0),
                None => here && content["membership"] == "join",
            };
            if !fits {
                found.push(place.0.clone());
            }
        }
        found.extend(expected.into_keys().map(|(kind, _)| kind));
        found
    }

    fn initial_state(&self) -> Vec<Value> {
        let visibility = match self.history {
            History::Shared => "shared",
            History::FromJoining => "joined",
            History::FromInvitation => "invited",
        };
        let state = |kind: &str, content: Value| json!({ "type": kind, "state_key": "", "content": content });
        let mut states = vec![
            state("m.room.join_rules", json!({ "join_rule": "invite" })),
            state("m.room.history_visibility", json!({ "history_visibility": visibility })),
            state("m.room.guest_access", json!({ "guest_access": "forbidden" })),
        ];
        if let Some(Sign { name, topic }) = &self.sign {
            states.push(state("m.room.name", json!({ "name": name })));
            states.push(state("m.room.topic", json!({ "topic": topic })));
        }
        match self.encryption {
            Encryption::EndToEnd => {
                states.push(state("m.room.encryption", encryption()));
            }
            Encryption::None => {}
        }
        states
    }

    /// The power levels, with speech as given. Nobody but the creator may invite, remove, ban or change anything.
    pub fn power_levels(&self, speech: Speech) -> Value {
        let speak = match speech {
            Speech::Open => 0,
            Speech::Withheld => 50,
        };
        let call = match (self.calls, speech) {
            (Calls::Allowed, Speech::Open) => 0,
            (Calls::Allowed, Speech::Withheld) | (Calls::No, Speech::Open | Speech::Withheld) => 100,
        };
        let mut events = serde_json::Map::new();
        for kind in BRIDGES_AND_WIDGETS {
            events.insert(kind.to_owned(), json!(100));
        }
        for kind in CALL_STATE {
            events.insert(kind.to_owned(), json!(call));
        }
        events.insert("m.room.tombstone".to_owned(), json!(150));
        // One's own message can always be taken back.
        events.insert("m.room.redaction".to_owned(), json!(0));
        json!({
            "users": {},
            "users_default": 0,
            "events": events,
            "events_default": speak,
            "state_default": 100,
            "invite": 100,
            "kick": 100,
            "ban": 100,
            "redact": 100,
            "notifications": { "room": 100 },
        })
    }
}

/// Whether the content of an event is as it was wanted, with nothing but what a homeserver adds of itself.
fn holds(content: &Value, wanted: &Value, kind: &str) -> bool {
    let (Some(content), Some(wanted)) = (content.as_object(), wanted.as_object()) else { return content == wanted };
    // Synapse lets nobody but moderators write into the past, by a level of its own (MSC2716).
    let added = |key: &str| kind == "m.room.power_levels" && key == "historical";
    wanted.iter().all(|(key, value)| content.get(key) == Some(value))
        && content.keys().all(|key| wanted.contains_key(key) || added(key))
}

/// The content of the event that turns encryption on. Keys rotate after a week or a hundred messages (Matrix
/// specification, "m.room.encryption").
pub fn encryption() -> Value {
    json!({
        "algorithm": "m.megolm.v1.aes-sha2",
        "rotation_period_ms": 604_800_000_u64,
        "rotation_period_msgs": 100,
    })
}
