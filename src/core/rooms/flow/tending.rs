//! The rooms for many themselves: made, tended, repaired, and archived when they are not wanted any more.

use std::collections::BTreeSet;

use lodge_ground::audit::Head;

use crate::audit::Noted;
use crate::effect::{Act, RoomAct};
use crate::id::RoomId;
use crate::input::Tended;
use crate::introduction::Venue;
use crate::people::member::Role;
use crate::rooms::{CommunityRoom, Declared, Key, Origin, Purpose, Stage};
use crate::say::{Posted, RoomDesk};
use crate::time::Span;
use crate::timer::Wait;
use crate::turn::Turn;

/// Each room is looked after this often.
const DAY: Span = Span::from_days(1);

impl Turn<'_> {
    /// Brings the rooms in line with the settings: missing rooms are made, differences are changed, rooms that are not
    /// declared any more are archived.
    pub(crate) fn rooms(&mut self) {
        self.put_in_words();
        for declared in self.settings.rooms.declared.clone() {
            self.declare(declared, Origin::Configuration);
        }
        let declared: BTreeSet<RoomId> = self.settings.rooms.declared.iter().map(Declared::id).collect();
        let others = self.state.rooms().filter(|room| !declared.contains(&room.id));
        let others: Vec<(RoomId, Origin)> = others.map(|room| (room.id, room.origin)).collect();
        for (id, origin) in others {
            match origin {
                Origin::Configuration => self.archive(id),
                Origin::Suggested => {}
            }
            self.tend(id);
        }
        self.close_rooms_of_all();
    }

    /// The service's wording has another edition: what rooms say of themselves differs for a reason of its own.
    fn put_in_words(&mut self) {
        let wording = self.settings.versions.wording.clone();
        let others = self.state.rooms().filter(|room| room.wording != wording).map(|room| room.id);
        for id in others.collect::<Vec<_>>() {
            if let Some(room) = self.room(id) {
                room.wording.clone_from(&wording);
                room.edition += 1;
            }
        }
    }

    /// Begins a room with this declaration.
    pub(super) fn declare(&mut self, declared: Declared, origin: Origin) {
        let id = declared.id();
        if self.state.room(id).is_none() {
            let wording = self.settings.versions.wording.clone();
            let room = CommunityRoom { wording, ..CommunityRoom::new(declared, origin, self.now) };
            self.state.rooms.put(room);
            self.apart_of_cause(&[b"room day", &id.to_bytes()], |turn| {
                let due = turn.now.after(DAY);
                turn.wait(due, Wait::RoomDay { room: id });
            });
            return self.make_room(id);
        }
        let now = self.now;
        let Some(room) = self.room(id) else { return };
        room.origin = origin;
        let reopened = room.is_archived();
        if let Stage::Archived(place) = &room.stage {
            room.stage = Stage::Open(place.clone());
            room.warned = None;
            room.spoken = now;
        }
        let changed = room.declared != declared || reopened;
        room.declared = declared;
        if reopened {
            self.step.noted.push(Noted::RoomReopened(id));
        }
        match (self.state.room(id).map(|room| &room.stage), changed) {
            (Some(Stage::Creating), _) => self.make_room(id),
            (Some(Stage::Open(_) | Stage::Archived(_)), true) => self.changed_room(id),
            (Some(Stage::Open(_) | Stage::Archived(_)), false) => self.tend(id),
            (None, _) => {}
        }
    }

    /// Has a room made, by an effect that is the same for every cause.
    fn make_room(&mut self, id: RoomId) {
        self.apart_of_cause(&[b"make room", &id.to_bytes()], |turn| {
            turn.effect(BTreeSet::new(), Act::Room(id, RoomAct::Make));
        });
    }

    /// Has rooms made that were being made when nobody knows whether they were.
    pub(crate) fn make_rooms_again(&mut self) {
        let creating = self.state.rooms().filter(|room| matches!(room.stage, Stage::Creating)).map(|room| room.id);
        for id in creating.collect::<Vec<_>>() {
            self.make_room(id);
        }
    }

    /// Does something of which the ids are the same for every cause.
    fn apart_of_cause(&mut self, what: &[&[u8]], act: impl FnOnce(&mut Self)) {
        let own = self.ids.once(what);
        let of_cause = std::mem::replace(self.ids, own);
        act(self);
        *self.ids = of_cause;
    }

    /// The room exists.
    pub(crate) fn room_made(&mut self, id: RoomId, place: Venue) {
        let declared = self.settings.rooms.declared.iter().any(|declared| declared.id() == id);
        let Some(room) = self.room(id) else { return };
        room.stage = Stage::Open(place.clone());
        let (wanted, space) = (declared || room.origin == Origin::Suggested, room.declared.space.clone());
        self.step.noted.push(Noted::RoomMade(id));
        self.tend(id);
        // A Space and its rooms name each other, so each waits for the other to exist.
        let beside = self.state.rooms().filter(|other| {
            let in_it = other.declared.space.as_ref().is_some_and(|space| space.id() == id);
            in_it || space.as_ref().is_some_and(|space| space.id() == other.id)
        });
        for other in beside.map(|other| other.id).collect::<Vec<_>>() {
            self.changed_room(other);
        }
        self.admit_waiting(id, &place);
        if !wanted {
            self.archive(id);
        }
    }

    /// A room is closed to everybody's words. Its members stay.
    pub(crate) fn archive(&mut self, id: RoomId) {
        let Some(Stage::Open(place)) = self.state.room(id).map(|room| room.stage.clone()) else { return };
        if let Some(room) = self.room(id) {
            room.stage = Stage::Archived(place);
        }
        self.step.noted.push(Noted::RoomArchived(id));
        self.changed_room(id);
        let space = self.state.room(id).and_then(|room| room.declared.space.as_ref().map(Key::id));
        if let Some(space) = space {
            self.changed_room(space);
        }
    }

    /// Counts a change to how a room should be.
    pub(crate) fn changed_room(&mut self, id: RoomId) {
        if let Some(room) = self.room(id) {
            room.edition += 1;
        }
        self.tend(id);
    }

    /// A room is to be made as it should be.
    pub(crate) fn tend(&mut self, id: RoomId) {
        let Some(place) = self.state.room(id).and_then(|room| room.place().cloned()) else { return };
        self.effect(BTreeSet::new(), Act::Room(id, RoomAct::Tend(place)));
    }

    /// Somebody else has changed how a room is.
    pub(crate) fn disturbed(&mut self, id: RoomId) {
        if let Some(room) = self.room(id) {
            room.disturbed = true;
        }
        self.tend(id);
    }

    /// A room is as it should be. Administrators hear of differences that had no reason of the hub's own.
    pub(crate) fn tended(&mut self, id: RoomId, tended: &Tended) {
        let Some(room) = self.room(id) else { return };
        let explained = room.explains(tended);
        room.disturbed = false;
        room.fixed.clone_from(&tended.fixed);
        room.tended = Some(room.tended.unwrap_or_default().max(tended.edition));
        let name = room.declared.name.clone();
        if explained {
            return;
        }
        self.step.noted.push(Noted::RoomMended(id));
        for administrator in self.those_who(|role| role == Role::Administrator) {
            let (changed, fixed) = (tended.changed.clone(), tended.fixed.clone());
            self.tell(administrator, RoomDesk::Mended { room: name.clone(), changed, fixed });
        }
    }

    /// Somebody wrote something in a room.
    pub(crate) fn spoken(&mut self, id: RoomId) {
        let now = self.now;
        if let Some(room) = self.room(id) {
            room.spoken = now;
            room.warned = None;
        }
    }

    /// A room is looked after: it is as it should be, and if nobody has a word for it, it is archived in time.
    pub(crate) fn room_day(&mut self, id: RoomId) {
        let Some(room) = self.state.room(id).cloned() else { return };
        let due = self.now.after(DAY);
        self.wait(due, Wait::RoomDay { room: id });
        self.tend(id);
        let (Origin::Suggested, Stage::Open(place)) = (room.origin, &room.stage) else { return };
        let (quiet, warning) = (self.settings.rooms.quiet_after, self.settings.rooms.quiet_warning);
        match room.warned {
            Some(warned) if warned.after(warning) <= self.now => self.archive(id),
            Some(_) => {}
            None if room.spoken.after(quiet) <= self.now => {
                let now = self.now;
                if let Some(room) = self.room(id) {
                    room.warned = Some(now);
                }
                let say = Posted::Quiet { until: now.after(warning) };
                self.effect(BTreeSet::new(), Act::Room(id, RoomAct::Post(place.clone(), say.into())));
            }
            None => {}
        }
    }

    /// The room in which opportunities are posted, if it is open.
    pub(super) fn opportunities(&self) -> Option<(RoomId, Venue)> {
        let mut rooms = self.state.rooms().filter(|room| room.declared.purpose == Purpose::Opportunities);
        rooms.find_map(|room| match &room.stage {
            Stage::Open(place) => Some((room.id, place.clone())),
            Stage::Creating | Stage::Archived(_) => None,
        })
    }

    /// Says in a room how the audit log ends, so that it is written down where the store is not.
    pub(crate) fn post_head(&mut self, room: &Key, head: Head) {
        let id = room.id();
        if let Some(Stage::Open(place)) = self.state.room(id).map(|room| room.stage.clone()) {
            self.effect(BTreeSet::new(), Act::Room(id, RoomAct::Post(place, Posted::AuditHead { head }.into())));
        }
    }

    /// A room, to be changed.
    pub(crate) fn room(&mut self, id: RoomId) -> Option<&mut CommunityRoom> {
        self.state.rooms.get_mut(id)
    }
}
