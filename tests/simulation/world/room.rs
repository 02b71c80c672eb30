//! A room as the homeserver has it: who may do what in it, who is in it, and all that happened.

use std::collections::BTreeMap;

use lodge_channel::community::RoomState;
use lodge_channel::homeserver::{EventRef, Membership};
use lodge_channel::room::Speech;
use lodge_core::id::EffectId;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;
use serde_json::{Value, json};

use super::cipher::Cipher;

/// The purpose of a room, and its maker. The porter here stands for any service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The porter's, for a conversation with one member.
    Conversation(EffectId),
    /// The porter's, for an introduction.
    Introduction(EffectId),
    /// A room that a person made.
    Own(Address),
    /// The porter's, for many.
    ForMany(EffectId),
}

/// The time at which the key of a message comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Together with the message.
    Here,
    /// Later, at this moment.
    Later(Timestamp),
    /// Never at all.
    Never,
}

/// Something that happened in a room.
#[derive(Debug, Clone)]
pub struct Event {
    /// The event's id.
    pub id: EventRef,
    /// Its place in the order of everything on the homeserver.
    pub pos: u64,
    /// The event, decrypted.
    pub plain: Value,
    /// The time at which its key comes.
    pub key: Key,
    /// Whether its device is known.
    pub proof: Proof,
    /// The ciphertext, where a person sent it.
    pub cipher: Option<Cipher>,
}

/// A Matrix room on the homeserver.
#[derive(Debug, Clone)]
pub struct Room {
    /// The room's id.
    pub id: RoomRef,
    /// The purpose of the room.
    pub kind: Kind,
    /// The service that it belongs to: which made it, or for which it was made.
    pub service: Address,
    /// The account that made it, with power above all levels.
    pub creator: Address,
    /// The membership of everybody who was ever in it or invited.
    pub members: BTreeMap<Address, Membership>,
    /// Everything that happened in it, oldest first.
    pub events: Vec<Event>,
    /// The content of `m.room.power_levels`.
    pub levels: Value,
    /// The content of each state event as it is now.
    pub state: RoomState,
}

impl Room {
    /// Somebody's membership of it.
    pub fn membership(&self, who: &Address) -> Membership {
        self.members.get(who).copied().unwrap_or(Membership::Left)
    }

    /// Whether somebody is in it.
    pub fn has(&self, who: &Address) -> bool {
        self.membership(who) == Membership::Joined
    }

    /// Everybody who is in it.
    pub fn joined(&self) -> Vec<Address> {
        self.standing(Membership::Joined)
    }

    /// Everybody who is in it or invited, other than `but`.
    pub fn here_but(&self, but: &Address) -> Vec<Address> {
        self.members
            .iter()
            .filter(|(who, m)| **m != Membership::Left && *who != but)
            .map(|(who, _)| who.clone())
            .collect()
    }

    fn standing(&self, as_this: Membership) -> Vec<Address> {
        self.members.iter().filter(|(_, m)| **m == as_this).map(|(who, _)| who.clone()).collect()
    }

    /// Whether somebody may do what takes the level of this name.
    pub fn may(&self, who: &Address, what: &str) -> bool {
        self.is_creator(who) || self.power(who) >= self.levels[what].as_i64()
    }

    /// Whether somebody may put a state event of this type.
    pub fn may_put(&self, who: &Address, kind: &str) -> bool {
        let own = self.levels["events"].get(kind).and_then(Value::as_i64);
        self.is_creator(who) || self.power(who) >= own.or(self.levels["state_default"].as_i64())
    }

    /// Whether this account made it, or is one of the further creators: these have power above all levels.
    fn is_creator(&self, who: &Address) -> bool {
        let creation = self.state.get(&("m.room.create".to_owned(), String::new()));
        let others = creation.and_then(|creation| creation.get("additional_creators")).and_then(Value::as_array);
        *who == self.creator || others.is_some_and(|others| others.iter().any(|other| other == who.as_str()))
    }

    fn power(&self, who: &Address) -> Option<i64> {
        let own = self.levels["users"].get(who.as_str()).and_then(Value::as_i64);
        own.or(self.levels["users_default"].as_i64())
    }

    /// Whether members may speak.
    pub fn is_open(&self) -> bool {
        self.levels["events_default"] == json!(0)
    }

    /// The levels that a person's client gives a room it makes.
    pub fn persons_levels() -> Value {
        let mut levels = lodge_channel::room::introduction().power_levels(Speech::Open);
        levels["invite"] = json!(50);
        levels
    }
}
