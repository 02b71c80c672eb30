//! The rooms for many: what is to be done in them, and what is heard of them.

use lodge_core::effect::{Act, Lane, RoomAct};
use lodge_core::id::{EffectId, RoomId};
use lodge_core::input::{InRoom, Input, Tended};
use lodge_core::introduction::RoomRef;
use lodge_core::name::Address;
use lodge_core::policy::Settings;
use lodge_core::room::{CommunityRoom, RoomSettings};
use lodge_core::step::step;
use lodge_core::time::{Span, Timestamp};

use super::cause::Cause;
use super::{Engine, Fault, Place};
use crate::community::{Intended, Wanted};
use crate::homeserver::{EventRef, Membership};
use crate::outbox::{Errand, Job, Line};
use crate::perform::What;
use crate::store::StoreError;

/// That somebody wrote in a room is noted at most this often.
const SPOKEN_AGAIN: Span = Span::from_days(1);

impl Engine {
    /// Takes the settings for the rooms: what is missing is made, what differs is changed, what is not declared any more
    /// is archived.
    pub fn rooms(&mut self, rooms: RoomSettings, now: Timestamp) -> Result<(), StoreError> {
        self.options.settings.rooms = rooms;
        self.step(Cause::Rooms(now), Input::Rooms, now)
    }

    /// Every room as it would be with these settings. Nothing changes by asking.
    pub fn intended(&self, rooms: RoomSettings, now: Timestamp) -> Vec<Intended> {
        let settings = Settings { rooms, ..self.options.settings.clone() };
        let mut state = self.state.clone();
        step(&mut state, &settings, Input::Rooms, now, &mut self.ids(Cause::Rooms(now)));
        let intended = |room: &CommunityRoom| Intended {
            room: room.place().cloned(),
            archived: room.is_archived(),
            wanted: Wanted::of(&state, &settings, room),
        };
        state.rooms().map(intended).collect()
    }

    /// What to try for something that is to be done in a room.
    pub(super) fn room_task(&self, id: RoomId, act: &RoomAct) -> Option<What> {
        let wanted = || {
            let room = self.state.room(id)?;
            Some(Box::new(Wanted::of(&self.state, &self.options.settings, room)))
        };
        Some(match act {
            RoomAct::Make => What::Make(wanted()?),
            RoomAct::Tend(room) => What::Tend(room.clone(), wanted()?),
            RoomAct::Admit(room, member) => What::Invite(room.clone(), self.address(*member)?),
            RoomAct::Expel(room, member) | RoomAct::Oust(room, member) => {
                What::Oust(room.clone(), self.address(*member)?)
            }
            RoomAct::OustStranger(room, who) => What::Oust(room.clone(), who.clone()),
            RoomAct::Post(room, say) => What::Post(room.clone(), say.clone()),
        })
    }

    /// Whether a room is to be tended anyway, by a try that has not begun: that one sees what this one would.
    pub(super) fn is_tended_anyway(&self, id: RoomId, act: &RoomAct) -> bool {
        let waits = |job: &Job| {
            matches!(job.errand, Errand::Act(Act::Room(_, RoomAct::Tend(_)))) && self.outbox.is_waiting(job)
        };
        matches!(act, RoomAct::Tend(_)) && self.outbox.in_line(&Line::Lane(Lane::Room(id))).any(waits)
    }

    /// Who is to be taken out is not invited first, by a try that waited.
    pub(super) fn drop_admission(&mut self, id: RoomId, act: &RoomAct) {
        let (RoomAct::Expel(_, member) | RoomAct::Oust(_, member)) = act else { return };
        let admits = |job: &&Job| matches!(job.errand, Errand::Act(Act::Room(_, RoomAct::Admit(..))));
        let line = Line::Lane(Lane::Place(id, *member));
        for job in self.outbox.in_line(&line).filter(admits).map(|job| job.id).collect::<Vec<EffectId>>() {
            self.drop_job(job);
        }
    }

    /// Somebody came, went or was invited in a room.
    pub(super) fn moved_in_room(
        &mut self,
        id: RoomId,
        event: &EventRef,
        (who, membership): (&Address, Membership),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let who = who.clone();
        let happened = match membership {
            Membership::Invited => InRoom::Invited(who),
            Membership::Joined => InRoom::Came(who),
            Membership::Left => InRoom::Went(who),
        };
        self.step(Cause::Heard(event), Input::InRoom(id, happened), now)
    }

    /// Somebody wrote something in a room. What, nobody here looks at.
    pub(super) fn spoken_in(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        let due = |room: &CommunityRoom| room.warned.is_some() || room.spoken.after(SPOKEN_AGAIN) <= now;
        if self.state.room(id).is_some_and(due) && self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, InRoom::Spoken), now);
        }
        Ok(())
    }

    /// Somebody other than the porter changed how a room is.
    pub(super) fn changed_in(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        if self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, InRoom::Changed), now);
        }
        Ok(())
    }

    /// What an administrator should know of a room that was tended.
    pub(super) fn drift(&self, job: EffectId, tended: &Tended) -> Option<Fault> {
        let Some(Errand::Act(Act::Room(room, _))) = self.outbox.job(job).map(|job| &job.errand) else { return None };
        let explained = self.state.room(*room).is_none_or(|room| room.explains(tended));
        (!explained).then_some(Fault::Drift { room: *room })
    }
}

/// Where a room is, once it is made.
pub(super) fn place(room: &CommunityRoom) -> Option<(RoomRef, Place)> {
    room.place().map(|place| (place.clone(), Place::Room(room.id)))
}
