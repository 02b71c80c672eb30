//! The rooms that the porter creates. Every setting is written out; none is left to a preset or a default.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The key in a room's creation content, and in every message, that holds the id of the effect that made it.
pub const EFFECT_KEY: &str = "org.lodge.effect";

/// The key in a message's content that holds what it bears witness of.
pub const WITNESS_KEY: &str = "org.lodge.witness";

/// The key in every message's content that holds the id of its wording.
pub const WORDING_KEY: &str = "org.lodge.wording";

/// The room version. In version 12 the creator's power is above all levels and cannot be taken away
/// (Matrix 1.16, room version 12), so the porter does not stand in the power levels.
pub const ROOM_VERSION: &str = "12";

/// Whether what is said is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// From end to end.
    EndToEnd,
    /// Not at all.
    None,
}

/// Who sees what was said before they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum History {
    /// Everybody in the room.
    Shared,
    /// Those who were invited already see what is said from the invitation on.
    FromInvitation,
    /// Nobody: it begins for each when they come in.
    FromJoining,
}

/// All settings of a room. There is no default: each room says each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomSpec {
    /// Who can speak from the start.
    pub speech: Speech,
    /// Whether what is said is encrypted.
    pub encryption: Encryption,
    /// Who sees what was said before they came.
    pub history: History,
    /// Whether clients show it as a conversation of two.
    pub direct: Direct,
    /// Whether members may start a call.
    pub calls: Calls,
}

/// Who can speak from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// Everybody in the room.
    Open,
    /// Only the porter, until it opens speech.
    Withheld,
}

/// Whether clients show it as a conversation of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direct {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// Whether members may start a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// They may.
    Allowed,
    /// They may not.
    No,
}

/// State events by which a call is held: legacy calls need none; `MatrixRTC` announces each member (MSC3401, MSC4143).
const CALL_STATE: [&str; 3] = ["m.call", "m.call.member", "org.matrix.msc3401.call.member"];

/// State events that would let another program into the room.
pub const BRIDGES_AND_WIDGETS: [&str; 5] =
    ["m.bridge", "uk.half-shot.bridge", "m.widget", "im.vector.modular.widgets", "io.element.functional_members"];

impl RoomSpec {
    /// A conversation of the porter with one member.
    pub fn conversation(encryption: Encryption) -> Self {
        Self { speech: Speech::Open, encryption, history: History::FromJoining, direct: Direct::Yes, calls: Calls::No }
    }

    /// The body of the room-creation call, marked with `marker`.
    pub fn creation(&self, marker: &str) -> Value {
        json!({
            "preset": "private_chat",
            "visibility": "private",
            "room_version": ROOM_VERSION,
            "is_direct": self.direct == Direct::Yes,
            "creation_content": { "m.federate": true, EFFECT_KEY: marker },
            "power_level_content_override": self.power_levels(self.speech),
            "initial_state": self.initial_state(),
        })
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

/// How what is said is encrypted. Keys rotate after a week or a hundred messages (Matrix specification,
/// "m.room.encryption").
pub fn encryption() -> Value {
    json!({
        "algorithm": "m.megolm.v1.aes-sha2",
        "rotation_period_ms": 604_800_000_u64,
        "rotation_period_msgs": 100,
    })
}
