//! A room as the homeserver has it: who may do what in it, who is in it, and all that happened.

use std::collections::BTreeMap;

use lodge_channel::homeserver::{EventRef, Membership};
use lodge_channel::room::{RoomSpec, Speech};
use lodge_core::id::EffectId;
use lodge_core::input::Trust;
use lodge_core::introduction::RoomRef;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use serde_json::{Value, json};

/// What a room is for, from whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The porter's, for a conversation with one member.
    Conversation(EffectId),
    /// The porter's, for an introduction.
    Introduction(EffectId),
    /// A person's own.
    Own(Address),
}

/// When the key of a message comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// With it.
    Here,
    /// At this moment.
    Later(Timestamp),
    /// Never.
    Never,
}

/// Something that happened in a room.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EventRef,
    /// Its place in the order of everything on the homeserver.
    pub pos: u64,
    /// The event, decrypted.
    pub plain: Value,
    /// When it can be read.
    pub key: Key,
    /// Whether its device is known.
    pub trust: Trust,
}

/// A room.
#[derive(Debug, Clone)]
pub struct Room {
    /// Its id.
    pub id: RoomRef,
    /// What it is for.
    pub kind: Kind,
    /// Who made it, with power above all levels.
    pub creator: Address,
    /// Who stands in it how.
    pub members: BTreeMap<Address, Membership>,
    /// All that happened, oldest first.
    pub events: Vec<Event>,
    /// The power levels.
    pub levels: Value,
}

impl Room {
    /// How somebody stands in it.
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
        *who == self.creator || self.levels["users_default"].as_i64() >= self.levels[what].as_i64()
    }

    /// Whether members may speak.
    pub fn is_open(&self) -> bool {
        self.levels["events_default"] == json!(0)
    }

    /// The levels that a person's client gives a room it makes.
    pub fn persons_levels() -> Value {
        let mut levels = RoomSpec::introduction().power_levels(Speech::Open);
        levels["invite"] = json!(50);
        levels
    }
}
