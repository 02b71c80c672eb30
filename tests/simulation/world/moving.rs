//! Coming into a room and going out of it, as Synapse handles it.

use lodge_channel::homeserver::{CallError, Called, Membership, Refusal};
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;
use serde_json::json;

use super::log::{Sight, What};
use super::room::{Kind, Room};
use super::{KEPT_IN, World, forbidden};

impl World {
    /// Invites somebody, as Synapse does it.
    pub fn invite(&mut self, by: &Address, id: &RoomRef, who: &Address) -> Called<()> {
        self.may_be_invited(by, who)?;
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        if !room.has(by) || !room.may(by, "invite") {
            return Err(forbidden());
        }
        match room.membership(who) {
            Membership::Joined => Err(forbidden()),
            // The same state again is no new event.
            Membership::Invited => Ok(()),
            Membership::Left if self.blocks(who) => Err(CallError::Refused { why: Refusal::InviteBlocked }),
            Membership::Left => {
                self.note(What::Invited(who.clone(), id.clone()));
                self.set_membership(id, by, who, Membership::Invited);
                self.saw(who, id, Sight::Invitation(by.clone()));
                Ok(())
            }
        }
    }

    /// Removes somebody, or takes an invitation back.
    pub fn kick(&mut self, by: &Address, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        let kept = who.as_str() == KEPT_IN;
        if !room.has(by) || !room.may(by, "kick") || room.membership(who) == Membership::Left || kept {
            return Err(forbidden());
        }
        self.set_membership(id, by, who, Membership::Left);
        self.saw(who, id, Sight::Removed);
        Ok(())
    }

    /// Comes into a room, by invitation.
    pub fn join(&mut self, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        match room.membership(who) {
            Membership::Joined => Ok(()),
            Membership::Left => Err(forbidden()),
            Membership::Invited => {
                self.set_membership(id, who, who, Membership::Joined);
                Ok(())
            }
        }
    }

    /// Puts somebody into a room whom nobody invited, as only who runs the homeserver can.
    pub fn force_in(&mut self, id: &RoomRef, who: &Address) {
        self.set_membership(id, who, who, Membership::Joined);
    }

    /// Leaves a room, or turns its invitation down.
    pub fn leave(&mut self, id: &RoomRef, who: &Address) -> Called<()> {
        let room = self.rooms.get(id).ok_or_else(forbidden)?;
        if room.membership(who) == Membership::Left {
            return Err(forbidden());
        }
        self.set_membership(id, who, who, Membership::Left);
        Ok(())
    }

    pub(super) fn set_membership(&mut self, id: &RoomRef, by: &Address, who: &Address, membership: Membership) {
        let word = match membership {
            Membership::Joined => "join",
            Membership::Invited => "invite",
            Membership::Left => "leave",
        };
        // Somebody who goes is told by their own deed; those in the room see it.
        let everybody: Vec<Address> = self.rooms.get(id).map(Room::joined).unwrap_or_default();
        let before = self.rooms.get_mut(id).and_then(|room| room.members.insert(who.clone(), membership));
        self.state(id, by, "m.room.member", who.as_str(), json!({ "membership": word }));
        if membership != Membership::Invited {
            self.note(What::Moved(who.clone(), id.clone(), membership == Membership::Joined));
        }
        if membership == Membership::Joined || before == Some(Membership::Joined) {
            self.devices_move(id, who, membership == Membership::Joined);
        }
        // Rooms for many may hold thousands; who sees whom come and go there is no secret to watch over.
        if self.rooms.get(id).is_some_and(|room| matches!(room.kind, Kind::ForMany(_))) {
            return;
        }
        for other in everybody {
            if other != *who && !self.is_service(&other) {
                self.saw(&other, id, Sight::Other(who.clone(), word));
            }
        }
    }
}
