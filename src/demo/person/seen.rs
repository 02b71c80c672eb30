//! The things that a person sees.

use std::fmt;

use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId, OwnedUserId, RoomId};
use serde_json::Value;

/// One thing that a person saw in a room.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The room that it happened in.
    pub room: OwnedRoomId,
    /// The event's id; `None` for an invitation, which reaches the invited without it.
    pub event_id: Option<OwnedEventId>,
    /// The account that did it.
    pub sender: OwnedUserId,
    /// The time by the homeserver's clock, in milliseconds since 1970; 0 where it does not say.
    pub at: u64,
    /// The kind of thing, with its details.
    pub kind: Kind,
}

/// The kinds of things there are to see.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Somebody said something.
    Message(Box<Message>),
    /// Somebody reacted to a message.
    Reaction {
        /// The message that they reacted to.
        to: OwnedEventId,
        /// The sign, such as a thumb.
        key: String,
    },
    /// Somebody was invited.
    Invited {
        /// The account that was invited.
        who: OwnedUserId,
    },
    /// Somebody came in.
    Joined {
        /// The account that came in.
        who: OwnedUserId,
    },
    /// Somebody left, was removed or banned, or rejected an invitation.
    Left {
        /// The account that is out.
        who: OwnedUserId,
    },
    /// Something was taken back.
    Redacted {
        /// The event that was taken back.
        event: OwnedEventId,
    },
    /// Something that this device has no key for. When the key comes, it is seen again with its content.
    Undecryptable,
    /// Anything else, such as a setting of the room.
    Other {
        /// The Matrix event type.
        event_type: String,
        /// The content of the event.
        content: Value,
    },
}

/// A message, as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The Matrix message type, such as `m.text` or `m.notice`.
    pub msgtype: String,
    /// The plain text; of an edit, the new text.
    pub body: String,
    /// The formatted text, when there is one.
    pub html: Option<String>,
    /// The id of its wording, when the hub said it.
    pub wording: Option<String>,
    /// The id of the effect that said it, when the hub did.
    pub effect: Option<String>,
    /// Whether it came encrypted.
    pub encrypted: bool,
    /// The accounts it mentions by `m.mentions`.
    pub mentions: Vec<OwnedUserId>,
    /// The message it answers.
    pub in_reply_to: Option<OwnedEventId>,
    /// The message it takes the place of.
    pub replaces: Option<OwnedEventId>,
    /// The whole content.
    pub content: Value,
}

impl Seen {
    /// The message, if it is one.
    pub fn message(&self) -> Option<&Message> {
        if let Kind::Message(message) = &self.kind { Some(message) } else { None }
    }

    /// The plain text, if it is a message.
    pub fn body(&self) -> Option<&str> {
        self.message().map(|message| message.body.as_str())
    }

    /// Whether it is a message with this wording.
    pub fn is_wording(&self, id: &str) -> bool {
        self.message().is_some_and(|message| message.wording.as_deref() == Some(id))
    }

    /// Reads an event as it stands in a timeline, in the clear or decrypted. None if it is malformed.
    pub(super) fn read(room: &RoomId, event: &Value, encrypted: bool) -> Option<Self> {
        Some(Self {
            room: room.to_owned(),
            event_id: event["event_id"].as_str().and_then(|id| id.try_into().ok()),
            sender: event["sender"].as_str()?.try_into().ok()?,
            at: event["origin_server_ts"].as_u64().unwrap_or(0),
            kind: Kind::read(event, encrypted)?,
        })
    }
}

impl Kind {
    fn read(event: &Value, encrypted: bool) -> Option<Self> {
        let content = &event["content"];
        let event_type = event["type"].as_str()?;
        let known = match event_type {
            "m.room.message" => Message::read(content, encrypted).map(|message| Self::Message(Box::new(message))),
            "m.room.member" => Self::read_membership(event),
            "m.room.redaction" => {
                // Room version 11 moved the field into the content.
                id(&content["redacts"]).or_else(|| id(&event["redacts"])).map(|event| Self::Redacted { event })
            }
            "m.reaction" => Self::read_reaction(&content["m.relates_to"]),
            _ => None,
        };
        Some(known.unwrap_or_else(|| Self::Other { event_type: event_type.to_owned(), content: content.clone() }))
    }

    fn read_membership(event: &Value) -> Option<Self> {
        let who = event["state_key"].as_str()?.try_into().ok()?;
        let membership = event["content"]["membership"].as_str()?;
        let before = event["unsigned"]["prev_content"]["membership"].as_str();
        match membership {
            "invite" => Some(Self::Invited { who }),
            // A new name or picture looks like a second join.
            "join" if before != Some("join") => Some(Self::Joined { who }),
            "leave" | "ban" => Some(Self::Left { who }),
            _ => None,
        }
    }

    fn read_reaction(relation: &Value) -> Option<Self> {
        Some(Self::Reaction { to: id(&relation["event_id"])?, key: text(&relation["key"])? })
    }
}

impl Message {
    fn read(content: &Value, encrypted: bool) -> Option<Self> {
        let relation = &content["m.relates_to"];
        let replaces = (relation["rel_type"] == "m.replace").then(|| id(&relation["event_id"])).flatten();
        let shown = if replaces.is_some() { &content["m.new_content"] } else { content };
        let mentions = shown["m.mentions"]["user_ids"].as_array();
        Some(Self {
            msgtype: text(&shown["msgtype"])?,
            body: text(&shown["body"])?,
            html: text(&shown["formatted_body"]),
            wording: text(&content["org.lodge.wording"]),
            effect: text(&content["org.lodge.effect"]),
            encrypted,
            mentions: mentions.into_iter().flatten().filter_map(|user| user.as_str()?.try_into().ok()).collect(),
            in_reply_to: id(&relation["m.in_reply_to"]["event_id"]),
            replaces,
            content: content.clone(),
        })
    }
}

impl fmt::Display for Seen {
    /// The form of a line in a script.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sender = self.sender.localpart();
        match &self.kind {
            Kind::Message(message) => {
                let lock = if message.encrypted { "" } else { " (unencrypted)" };
                let edited = if message.replaces.is_some() { " (changed)" } else { "" };
                write!(f, "{sender}{lock}{edited}: {}", message.body)?;
                message.wording.iter().try_for_each(|wording| write!(f, " [{wording}]"))
            }
            Kind::Reaction { key, .. } => write!(f, "({sender} reacts with {key})"),
            Kind::Invited { who } => write!(f, "({sender} invites {})", who.localpart()),
            Kind::Joined { who } => write!(f, "({} comes in)", who.localpart()),
            Kind::Left { who } if *who == self.sender => write!(f, "({} leaves)", who.localpart()),
            Kind::Left { who } => write!(f, "({sender} removes {})", who.localpart()),
            Kind::Redacted { .. } => write!(f, "({sender} takes a message back)"),
            Kind::Undecryptable => write!(f, "({sender} says something that cannot be decrypted)"),
            Kind::Other { event_type, .. } => write!(f, "({sender} sets {event_type})"),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn id(value: &Value) -> Option<OwnedEventId> {
    value.as_str()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::room_id;
    use serde_json::json;

    use super::*;

    fn read(event: &Value) -> Seen {
        Seen::read(room_id!("!room:example.org"), event, true).unwrap()
    }

    #[test]
    fn an_edit_is_read_as_its_new_text() {
        let seen = read(&json!({
            "type": "m.room.message", "sender": "@sam:example.org", "event_id": "$two", "origin_server_ts": 5,
            "content": {
                "msgtype": "m.text", "body": "* new",
                "m.new_content": { "msgtype": "m.text", "body": "new" },
                "m.relates_to": { "rel_type": "m.replace", "event_id": "$one" },
            },
        }));
        let message = seen.message().unwrap();
        assert_eq!((message.body.as_str(), message.replaces.as_ref().unwrap().as_str()), ("new", "$one"));
    }

    #[test]
    fn a_new_display_name_is_no_second_arrival() {
        let seen = read(&json!({
            "type": "m.room.member", "sender": "@sam:example.org", "state_key": "@sam:example.org",
            "content": { "membership": "join", "displayname": "Sam" },
            "unsigned": { "prev_content": { "membership": "join" } },
        }));
        assert!(matches!(seen.kind, Kind::Other { .. }), "{seen:?}");
    }

    #[test]
    fn a_message_that_was_taken_back_is_no_message() {
        let seen = read(&json!({ "type": "m.room.message", "sender": "@sam:example.org", "content": {} }));
        assert!(seen.message().is_none(), "{seen:?}");
    }
}
