//! The part of a play that happens in rooms for many.

use lodge_core::effect::{Act, RoomAct};
use lodge_core::input::{InRoom, Input, Performed, Tended};
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Field, Person, Role};
use lodge_core::people::roster::Roster;
use lodge_core::rooms::{Aspect, Key};
use lodge_matrix::homeserver::RoomRef;
use lodge_plumbing::wording::Rendered;

use super::{Play, address, zone};

impl Play {
    /// Somebody else is a member from the beginning.
    pub fn joined_by(&mut self, name: &str, role: Role, details: &[(Field, &str)]) {
        let details = details.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
        let name = DisplayName::parse(name).unwrap();
        self.listed.push(Person { address: address(name.as_str()), name, role, details });
        self.offstage(|play| play.input(Input::Roster(Roster::whole(play.listed.clone()))));
    }

    /// The service's rooms are made.
    pub fn rooms_are_declared(&mut self) {
        self.offstage(|play| play.input(Input::Rooms));
    }

    /// Gives somebody another role on the service's list.
    pub fn becomes(&mut self, who: &str, role: Role) {
        self.write(&format!("(On the careers service’s list, {who} has another role now.)"));
        if let Some(person) = self.listed.iter_mut().find(|person| person.name.as_str() == who) {
            person.role = role;
        }
        self.input(Input::Roster(Roster::whole(self.listed.clone())));
    }

    /// Something happens in a room for many.
    pub fn in_room(&mut self, key: &str, happens: impl FnOnce(fn(&str) -> Address) -> InRoom) {
        let happened = happens(address);
        self.write(&match &happened {
            InRoom::Invited(who) => format!("({who} has the invitation.)"),
            InRoom::Came(who) => format!("({who} comes into the room.)"),
            InRoom::Went(who) => format!("({who} goes out of the room.)"),
            InRoom::Spoken => "(Somebody writes in the room.)".to_owned(),
            InRoom::Changed => "(Somebody changes the room.)".to_owned(),
            InRoom::Wrote(wrote) => format!("({} writes in the room: {})", wrote.who, wrote.text),
            InRoom::Flooded(member, _) => format!("({} writes too much in the room.)", self.name(*member)),
        });
        self.input(Input::InRoom(Key::parse(key).unwrap().id(), happened));
    }

    /// A room is not as the porter left it, and is changed back.
    pub fn is_found_changed(&mut self, key: &str, changed: &[Aspect]) {
        let id = Key::parse(key).unwrap().id();
        let room = self.state.room(id).unwrap();
        let act = Act::Room(id, RoomAct::Tend(room.place().unwrap().clone()));
        let changed = changed.iter().copied().collect();
        let tended = Tended { edition: room.edition, changed, ..Tended::default() };
        self.input(Input::Performed(act, Performed::Tended(tended)));
    }

    /// Does one thing in a room for many.
    pub(super) fn does_in_room(&mut self, act: &RoomAct) -> Performed {
        match act {
            RoomAct::Make => {
                self.write("(A room for many is made.)");
                return Performed::RoomMade(RoomRef(format!("!many-{}", self.order.len())).into());
            }
            RoomAct::Tend(_) => return Performed::Tended(Tended { edition: u64::MAX, ..Tended::default() }),
            RoomAct::Admit(_, member) => self.write(&format!("({} is invited to the room.)", self.name(*member))),
            RoomAct::Expel(_, member) | RoomAct::Oust(_, member) => {
                self.write(&format!("({} is taken out of the room.)", self.name(*member)));
                return Performed::Ousted;
            }
            RoomAct::OustStranger(..) => return Performed::Ousted,
            RoomAct::TakeAway(_, member, _) => {
                self.write(&format!("({}’s message is taken away in the room.)", self.name(*member)));
            }
            RoomAct::Look(..) => return Performed::Looked(None),
            RoomAct::Post(_, say) => {
                let wording = say.wording();
                let Rendered { plain, .. } = self.wordings.render(&wording, &zone());
                self.write(&format!("The porter in the room [{}]\n{plain}", wording.id));
            }
        }
        Performed::Done
    }
}
