//! Rooms for many: the service's declarations, the stage of each room, and the standing of each member.

mod bridge;
mod declared;
pub(crate) mod flow;
mod proposal;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::conduct::MUTED;
use crate::id::{MemberId, RoomId};
use crate::input::Tended;
use crate::introduction::Venue;
use crate::name::Address;
use crate::people::member::{Member, Role, Standing};
use crate::state::State;
use crate::time::Timestamp;

pub use bridge::{Bridge, NotUsers, Users};
pub use declared::{Declared, Encryption, History, Key, NotAKey, Problem, Purpose, RoomSettings};
pub use proposal::{Decided, Matter, Proposal, Suggested};

/// A room for many, as the hub keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityRoom {
    /// Its id, which follows from its short name.
    pub id: RoomId,
    /// The room as it is to be.
    pub declared: Declared,
    /// The reason for which there is one.
    pub origin: Origin,
    /// The stage that it is at.
    pub stage: Stage,
    /// The number of changes to how the room is to be.
    pub edition: u64,
    /// The edition that the room was last made to match.
    pub tended: Option<u64>,
    /// Whether somebody else has changed something since.
    pub disturbed: bool,
    /// The aspects that were found different and cannot be changed, so that they are told once.
    #[serde(default)]
    pub fixed: BTreeSet<Aspect>,
    /// The edition of the words in which it was last put.
    #[serde(default)]
    pub wording: String,
    /// The time at which somebody last wrote in it, to the day.
    pub spoken: Timestamp,
    /// Since when its members are warned that it is quiet.
    pub warned: Option<Timestamp>,
    /// The time at which staff were last told that somebody came into it uninvited.
    pub told: Option<Timestamp>,
}

/// The reason for which there is a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The configuration declares it.
    Configuration,
    /// A member suggested it and staff agreed. Their name is not kept with it.
    Suggested,
}

/// The stage of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The room is to be made.
    Creating,
    /// The room exists under this id.
    Open(Venue),
    /// It is there, and nobody may write in it any more.
    Archived(Venue),
}

impl CommunityRoom {
    /// A room that is to be made.
    pub fn new(declared: Declared, origin: Origin, now: Timestamp) -> Self {
        Self {
            id: declared.id(),
            declared,
            origin,
            stage: Stage::Creating,
            edition: 0,
            tended: None,
            disturbed: false,
            fixed: BTreeSet::new(),
            wording: String::new(),
            spoken: now,
            warned: None,
            told: None,
        }
    }

    /// Whether the changes that made it as it should be have a reason of the hub's own, or there is nothing to tell.
    pub fn explains(&self, tended: &Tended) -> bool {
        let ours = !self.disturbed && self.tended.is_none_or(|before| before < tended.edition);
        tended.fixed.is_subset(&self.fixed) && (ours || tended.changed.is_empty())
    }

    /// The place where it is, once it is made.
    pub fn place(&self) -> Option<&Venue> {
        match &self.stage {
            Stage::Creating => None,
            Stage::Open(room) | Stage::Archived(room) => Some(room),
        }
    }

    /// Whether nobody may write in it any more.
    pub fn is_archived(&self) -> bool {
        match self.stage {
            Stage::Archived(_) => true,
            Stage::Creating | Stage::Open(_) => false,
        }
    }
}

/// A member's standing in a room. Somebody who is not in it and did not ask for it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// They asked for it and are to be invited.
    Asked,
    /// They are invited and have not come in.
    Invited,
    /// They are in it.
    In,
    /// They are to be taken out.
    Leaving,
    /// They are to be taken out, and asked for it again before they were.
    Returning,
}

impl Place {
    /// Whether they are in it or on their way in.
    pub fn is_in(self) -> bool {
        match self {
            Self::Asked | Self::Invited | Self::In => true,
            Self::Leaving | Self::Returning => false,
        }
    }
}

/// The rooms of a member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    /// Their standing in each room.
    pub at: BTreeMap<RoomId, Place>,
    /// The number of times that rooms were closed to them.
    #[serde(default)]
    pub closed: u32,
    /// The rooms in which they may not write, each with the time until which.
    #[serde(default)]
    pub muted: BTreeMap<RoomId, Timestamp>,
    /// The rooms that staff took them out of, so that they may not come in again.
    #[serde(default)]
    pub barred: BTreeSet<RoomId>,
    /// The role by which they stand there: it decides where they may write.
    #[serde(default)]
    pub role: Option<Role>,
}

/// Something about a room that can be as it should be, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// The powers of people.
    Powers,
    /// The people who may come in.
    Joining,
    /// Whether guests may come in.
    Guests,
    /// The people who see earlier messages.
    History,
    /// Whether messages are encrypted.
    Encryption,
    /// The name that clients show.
    Name,
    /// The topic that clients show.
    Topic,
    /// The Space that lists it, or the rooms that a Space lists.
    Space,
    /// Bridges and other programs that were announced in it.
    Programs,
    /// Whether the standby account is invited.
    Standby,
    /// The settings that were made for good with the room.
    Making,
    /// Its replacement by another room.
    Replaced,
}

/// The power of those who may write where not everybody may.
pub const WRITES: i64 = 50;

/// The power of each account that has one of its own in this room.
pub fn powers(state: &State, room: &CommunityRoom) -> BTreeMap<Address, i64> {
    if room.is_archived() {
        return BTreeMap::new();
    }
    let all = room.declared.everybody_posts();
    let power = |member: &Member| {
        let here = member.rooms.at.get(&room.id).is_some_and(|place| place.is_in());
        let writes = !all && opens_to(state, room, member) && room.declared.posts.contains(&member.person.role);
        match member.rooms.muted.contains_key(&room.id) {
            true if here => Some(MUTED),
            false if here && writes => Some(WRITES),
            true | false => None,
        }
    };
    state.members().filter_map(|member| Some((member.person.address.clone(), power(member)?))).collect()
}

/// Whether this member may be in this room.
pub fn opens_to(state: &State, room: &CommunityRoom, member: &Member) -> bool {
    let allowed = member.standing == Standing::Current && !member.rooms.barred.contains(&room.id);
    allowed && room.declared.opens_to(member.person.role, state.cohort_of(member.id))
}

/// The members who have a standing in a room, with that.
pub fn people(state: &State, room: RoomId) -> Vec<(MemberId, Place)> {
    state.members().filter_map(|member| Some((member.id, *member.rooms.at.get(&room)?))).collect()
}

/// The people who can read a room, as they are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readers {
    /// The roles among them; empty where it is everybody.
    pub roles: BTreeSet<Role>,
    /// The cohorts among them; empty where it is all.
    pub cohorts: BTreeSet<String>,
    /// Whether they see messages from before they came.
    pub history: History,
    /// Whether people on another network can read it too.
    pub bridged: bool,
    /// The service's name.
    pub service: String,
}

impl Readers {
    /// The people who can read this room.
    pub fn of(room: &Declared, service: &str) -> Self {
        let everybody = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];
        let all = everybody.iter().all(|role| room.joins.contains(role));
        Self {
            roles: if all { BTreeSet::new() } else { room.joins.clone() },
            cohorts: room.cohorts.clone(),
            history: room.history,
            bridged: room.bridged,
            service: service.to_owned(),
        }
    }
}
