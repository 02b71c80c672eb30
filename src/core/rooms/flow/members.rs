//! Members and rooms for many: asking for one, leaving it, and losing it with a role.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::{RoomCommand, plain_words};
use crate::effect::{Act, RoomAct};
use crate::id::{MemberId, RoomId};
use crate::input::Said;
use crate::introduction::Venue;
use crate::name::Address;
use crate::people::member::Standing;
use crate::rooms::{CommunityRoom, Declared, Place, Readers, opens_to, people};
use crate::say::{RoomDesk, RoomLine, RoomStanding, Rooms, Say};
use crate::time::Span;
use crate::turn::Turn;

/// Staff are told at most this often that people come uninvited into a room.
const TELL_AGAIN: Span = Span::from_millis(3_600_000);

impl Turn<'_> {
    /// Somebody says something about rooms.
    pub(crate) fn room_command(&mut self, said: &Said, command: RoomCommand) {
        match command {
            RoomCommand::List => self.list_rooms(said.member),
            // Everybody in a room sees who is there, and staff whose suggestion it is.
            RoomCommand::Join(_) | RoomCommand::Suggest(..) if !self.is_proven(said) => {}
            RoomCommand::Join(key) => self.join_room(said.member, key),
            RoomCommand::Leave(key) => self.leave_room(said.member, key),
            RoomCommand::Suggest(name, what) => self.suggest_room(said.member, &name, &what),
            RoomCommand::Offer(words) => self.offer(said.member, words),
            RoomCommand::Decide { number, approve, .. } => {
                self.decide(said, number, approve);
            }
        }
    }

    /// The rooms that are meant for somebody, in the service's order; those that members suggested come last.
    fn list_rooms(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let order = |room: &CommunityRoom| {
            let declared = self.settings.rooms.declared.iter().position(|declared| declared.id() == room.id);
            (declared.unwrap_or(usize::MAX), room.declared.key.clone())
        };
        let meant = self.state.rooms().filter(|room| !room.is_archived() && opens_to(self.state, room, own));
        let mut meant: Vec<&CommunityRoom> = meant.collect();
        meant.sort_by_cached_key(|room| order(room));
        let line = |room: &&CommunityRoom| RoomLine {
            key: room.declared.key.clone(),
            name: room.declared.name.clone(),
            topic: room.declared.topic.clone(),
            readers: Readers::of(&room.declared, &self.settings.service),
            standing: match own.rooms.at.get(&room.id) {
                Some(Place::Asked | Place::Invited | Place::Returning) => RoomStanding::Invited,
                Some(Place::In) => RoomStanding::In,
                Some(Place::Leaving) | None => RoomStanding::Outside,
            },
        };
        let rooms = meant.iter().map(line).collect();
        self.tell(member, Rooms::List { rooms });
    }

    /// The room that somebody means, if it is meant for them. One that is not, and one that there is not, are the same.
    fn room_meant(&self, member: MemberId, key: &str) -> Option<&CommunityRoom> {
        let own = self.state.member(member)?;
        let mut rooms = self.state.rooms();
        rooms.find(|room| is_called(&room.declared, key) && !room.is_archived() && opens_to(self.state, room, own))
    }

    fn join_room(&mut self, member: MemberId, key: String) {
        let Some(room) = self.room_meant(member, &key) else {
            self.tell(member, Rooms::NotThere { key });
            return;
        };
        let (id, key, name) = (room.id, room.declared.key.to_string(), room.declared.name.clone());
        let readers = Readers::of(&room.declared, &self.settings.service);
        let place = self.place_of(member, id);
        if matches!(place, Some(Place::Invited | Place::In)) {
            let invited = place == Some(Place::Invited);
            self.tell(member, Rooms::Already { name, invited });
            return;
        }
        match place {
            Some(Place::Leaving) => self.set_place(member, id, Some(Place::Returning)),
            Some(Place::Asked | Place::Returning | Place::Invited | Place::In) => {}
            None => self.ask_in(member, id),
        }
        self.tell(member, Rooms::Invitation { key, name, readers });
    }

    fn leave_room(&mut self, member: MemberId, key: String) {
        let theirs = self.state.member(member).map(|own| own.rooms.at.clone()).unwrap_or_default();
        let mut rooms = theirs.iter().filter_map(|(id, place)| Some((self.state.room(*id)?, *place)));
        let meant = rooms.find(|(room, place)| is_called(&room.declared, &key) && *place != Place::Leaving);
        let Some((id, name)) = meant.map(|(room, _)| (room.id, room.declared.name.clone())) else {
            self.tell(member, Rooms::NotThere { key });
            return;
        };
        self.take_out(member, id);
        self.tell(member, Rooms::Left { name });
    }

    fn place_of(&self, member: MemberId, room: RoomId) -> Option<Place> {
        self.state.member(member)?.rooms.at.get(&room).copied()
    }

    /// Somebody is to be in a room: they are invited, now or when it is made.
    fn ask_in(&mut self, member: MemberId, room: RoomId) {
        self.set_place(member, room, Some(Place::Asked));
        self.step.noted.push(Noted::Admitted(room, member));
        if let Some(place) = self.state.room(room).and_then(|room| room.place().cloned()) {
            self.room_act(room, member, RoomAct::Admit(place, member));
        }
    }

    /// Invites those who asked for a room before it was made.
    pub(super) fn admit_waiting(&mut self, room: RoomId, place: &Venue) {
        for (member, stands) in people(self.state, room) {
            if stands == Place::Asked {
                self.room_act(room, member, RoomAct::Admit(place.clone(), member));
            }
        }
    }

    /// Somebody is to be in a room no longer.
    pub(crate) fn take_out(&mut self, member: MemberId, room: RoomId) {
        self.step.noted.push(Noted::TakenOut(room, member));
        match self.state.room(room).and_then(|room| room.place().cloned()) {
            Some(place) => {
                self.set_place(member, room, Some(Place::Leaving));
                self.room_act(room, member, RoomAct::Expel(place, member));
            }
            None => self.set_place(member, room, None),
        }
    }

    /// Somebody is to be in no room for many any longer.
    pub(crate) fn take_out_of_all(&mut self, member: MemberId) {
        let rooms = self.state.member(member).map(|own| own.rooms.at.clone()).unwrap_or_default();
        for room in rooms.into_iter().filter(|(_, place)| *place != Place::Leaving).map(|(room, _)| room) {
            self.take_out(member, room);
        }
    }

    fn room_act(&mut self, room: RoomId, member: MemberId, act: RoomAct) {
        self.effect(BTreeSet::from([member]), Act::Room(room, act));
    }

    /// Notes somebody's standing in a room. Where only some may write, that changes who may.
    fn set_place(&mut self, member: MemberId, room: RoomId, place: Option<Place>) {
        let before = self.place_of(member, room);
        let Some(own) = self.member(member) else { return };
        match place {
            Some(place) => own.rooms.at.insert(room, place),
            None => own.rooms.at.remove(&room),
        };
        let role = own.person.role;
        let muted = own.rooms.muted.contains_key(&room);
        own.rooms.role = Some(role);
        let moves = before.is_some_and(Place::is_in) != place.is_some_and(Place::is_in);
        let writes = self.state.room(room).map(|room| &room.declared);
        let writes = writes.is_some_and(|room| !room.everybody_posts() && room.posts.contains(&role));
        if moves && (writes || muted) {
            self.changed_room(room);
        }
    }

    /// Somebody's role, cohort or standing may have changed: they are taken out of every room that is not meant for them
    /// any more, and where they stay they may write as they may now.
    pub(crate) fn review_rooms(&mut self, member: MemberId) {
        self.close_rooms(member);
        let Some(own) = self.state.member(member) else { return };
        let (before, now) = (own.rooms.role, own.person.role);
        if own.rooms.at.is_empty() || before == Some(now) {
            return;
        }
        let writes = |room: &CommunityRoom, role| room.declared.posts.contains(&role);
        let here = own.rooms.at.iter().filter(|(_, place)| place.is_in());
        let rooms = here.filter_map(|(id, _)| self.state.room(*id)).filter(|room| {
            let changes = before.is_none_or(|before| writes(room, before) != writes(room, now));
            changes && !room.declared.everybody_posts()
        });
        let rooms: Vec<RoomId> = rooms.map(|room| room.id).collect();
        if let Some(own) = self.member(member) {
            own.rooms.role = Some(now);
        }
        for room in rooms {
            self.apart(&[b"writes", &room.to_bytes()], |turn| turn.changed_room(room));
        }
    }

    /// Takes somebody out of every room that is not meant for them any more, and tells them kindly, once.
    fn close_rooms(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let (standing, times) = (own.standing, own.rooms.closed);
        let closed = own.rooms.at.iter().filter(|(id, place)| {
            let open = self.state.room(**id).is_some_and(|room| opens_to(self.state, room, own));
            !open && **place != Place::Leaving
        });
        let closed: Vec<RoomId> = closed.map(|(id, _)| *id).collect();
        if closed.is_empty() {
            return;
        }
        let names = closed.iter().filter_map(|id| self.state.room(*id)).map(|room| room.declared.name.clone());
        let names: Vec<String> = names.collect();
        self.apart(&[b"rooms closed", &member.to_bytes(), &times.to_be_bytes()], |turn| {
            for room in closed {
                turn.take_out(member, room);
            }
            if let Some(own) = turn.member(member) {
                own.rooms.closed += 1;
            }
            match standing {
                Standing::Current | Standing::Ended => drop(turn.tell(member, Rooms::Closed { names })),
                // They asked for it, and are told what becomes of everything.
                Standing::Leaving(_) => {}
            }
        });
    }

    /// The same for everybody, after the rooms themselves have changed.
    pub(super) fn close_rooms_of_all(&mut self) {
        let members: Vec<MemberId> =
            self.state.members().filter(|own| !own.rooms.at.is_empty()).map(|own| own.id).collect();
        for member in members {
            self.review_rooms(member);
        }
    }

    /// Somebody was invited or came in. A person who did not ask for it, or may not be there, is taken out.
    pub(crate) fn arrives(&mut self, id: RoomId, who: &Address, arrived: Place) {
        let Some(room) = self.state.room(id).cloned() else { return };
        let Some(place) = room.place() else { return };
        let member = self.state.member_at(who).map(|own| (own.id, opens_to(self.state, &room, own)));
        match member.map(|(member, open)| (member, open, self.place_of(member, id))) {
            Some((_, _, Some(Place::Leaving | Place::Returning))) => {}
            Some((member, true, Some(Place::Asked | Place::Invited))) => self.set_place(member, id, Some(arrived)),
            Some((_, true, Some(Place::In))) => {}
            Some((member, false, Some(Place::Asked | Place::Invited | Place::In))) => self.close_rooms(member),
            Some((member, _, None)) => self.room_act(id, member, RoomAct::Oust(place.clone(), member)),
            None if self.is_welcome_stranger(&room, who) => {}
            None => {
                let act = RoomAct::OustStranger(place.clone(), who.clone());
                self.effect(BTreeSet::new(), Act::Room(id, act));
            }
        }
    }

    /// Whether an account that is no member's may be in this room.
    fn is_welcome_stranger(&self, room: &CommunityRoom, who: &Address) -> bool {
        let rooms = &self.settings.rooms;
        let ours = *who == self.settings.porter || rooms.standby.as_ref() == Some(who);
        ours || (room.declared.bridged && rooms.is_bridge(who))
    }

    /// Somebody left, was taken out, or turned the invitation down.
    pub(crate) fn goes(&mut self, id: RoomId, who: &Address) {
        let Some(member) = self.state.member_at(who).map(|own| own.id) else { return };
        match self.place_of(member, id) {
            Some(Place::Invited | Place::In | Place::Leaving) => self.set_place(member, id, None),
            Some(Place::Returning) => self.ask_in(member, id),
            // They left before they asked for it.
            Some(Place::Asked) | None => {}
        }
    }

    pub(crate) fn not_admitted(&mut self, id: RoomId, member: MemberId, blocks: bool) {
        if self.place_of(member, id) != Some(Place::Asked) {
            return;
        }
        self.set_place(member, id, None);
        let Some(name) = self.state.room(id).map(|room| room.declared.name.clone()) else { return };
        self.tell(member, if blocks { Rooms::Blocks { name }.into() } else { Say::Fault });
    }

    /// Somebody who was to be taken out was not there.
    pub(crate) fn was_out(&mut self, id: RoomId, member: MemberId) {
        match self.place_of(member, id) {
            Some(Place::Leaving) => self.set_place(member, id, None),
            Some(Place::Returning) => self.ask_in(member, id),
            Some(Place::Asked | Place::Invited | Place::In) | None => {}
        }
    }

    pub(crate) fn tell_of_intruder(&mut self, id: RoomId, who: Address, member: Option<MemberId>) {
        let now = self.now;
        let Some(room) = self.room(id) else { return };
        if room.told.is_some_and(|told| told.after(TELL_AGAIN) > now) {
            return;
        }
        room.told = Some(now);
        let name = room.declared.name.clone();
        for staff in self.staff() {
            let say = RoomDesk::Intruder { room: name.clone(), who: who.clone() };
            let owners = member.into_iter().chain([staff]).collect();
            self.effect(owners, Act::Tell(staff, say.into()));
        }
    }

    /// Staff hear of somebody who was in a room for two, and not whose room it was.
    pub(crate) fn tell_of_third(&mut self, who: &Address) {
        for staff in self.staff() {
            self.tell(staff, RoomDesk::Third { who: who.clone() });
        }
    }
}

/// Whether people call a room so: by its short name, or by its whole one.
fn is_called(room: &Declared, called: &str) -> bool {
    let plain = |name: &str| {
        let words = plain_words(name).into_iter();
        words.filter(|word| !["the", "room"].contains(&word.as_str())).collect::<Vec<_>>()
    };
    room.key.as_str() == called || plain(&room.name) == plain(called)
}
