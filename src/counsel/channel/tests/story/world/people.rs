//! The actions of people, and the moment at which the service's account is told of its own messages.

use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_ground::time::Timestamp;
use lodge_matrix::homeserver::{EventRef, Membership, RoomRef};
use lodge_matrix::news::{Cipher, Heard, InThread, News, Retouched, Text};
use lodge_matrix::occupant::Occupant;
use serde_json::json;

use super::{Room, Sight, World};

impl World {
    /// From now on the service's messages are taken, and do not show to its account.
    pub fn withhold(&self) {
        self.with(|server, _| server.withheld = Some(vec![]));
    }

    /// Messages that were withheld show now, and so does everything after them.
    pub fn show(&self) {
        self.with(|server, _| {
            let withheld = server.withheld.take();
            server.sights.extend(withheld.into_iter().flatten());
        });
    }

    /// The homeserver makes up that the withheld messages show.
    pub fn make_up(&self) {
        self.with(|server, _| {
            for sight in server.withheld.clone().into_iter().flatten() {
                let Sight::Event(room, Heard::Own(effect)) = sight else { continue };
                server.sights.push(Sight::Event(room, Heard::Echo(effect)));
            }
        });
    }

    /// The homeserver refuses this many of the service's next messages.
    pub fn refuse(&self, count: u32) {
        self.with(|server, _| server.refuses = count);
    }

    /// Somebody comes in where they are invited.
    pub fn join(&self, who: &Address, room: &RoomRef) {
        self.moved(room, who, Membership::Joined);
    }

    pub fn leave(&self, who: &Address, room: &RoomRef) {
        self.moved(room, who, Membership::Left);
    }

    fn moved(&self, room: &RoomRef, who: &Address, now: Membership) {
        self.with(|server, own| server.moved(own, room, who, now));
    }

    /// Somebody makes a room of their own and invites the service to it.
    pub fn knock(&self, who: &Address) {
        self.with(|server, own| {
            let id = server.fresh();
            let mut room = Room::default();
            room.members.insert(who.clone(), Membership::Joined);
            room.members.insert(own.clone(), Membership::Invited);
            server.rooms.insert(id.clone(), room);
            server.sights.push(Sight::Invited(id, who.clone()));
        });
    }

    /// Somebody comes into a room whom nobody invited, as only who runs the homeserver can bring about, by an id that
    /// cannot be read.
    pub fn intrude(&self, id: &str, room: &RoomRef) {
        self.with(|server, _| {
            server.rooms.get_mut(room).unwrap().strange.push(id.to_owned());
            server.sights.push(Sight::Event(room.clone(), Heard::Moved(Occupant::named(id), Membership::Joined)));
        });
    }

    /// Somebody writes in a room.
    pub fn say(&self, who: &Address, room: &RoomRef, text: &str) {
        self.say_in(who, room, text, None);
    }

    /// The same, in a thread.
    pub fn say_in(&self, who: &Address, room: &RoomRef, text: &str, thread: Option<InThread>) {
        self.write(room, Text { thread, ..self.words(who, text) });
    }

    /// The same, as a reply.
    pub fn reply(&self, who: &Address, room: &RoomRef, text: &str, to: EventRef) {
        self.write(room, Text { reply_to: Some(to), ..self.words(who, text) });
    }

    /// Somebody edits a message, or takes it away.
    pub fn retouch(&self, who: &Address, room: &RoomRef, message: EventRef, heard: fn(Retouched) -> Heard) {
        let retouched = heard(Retouched { by: who.clone(), message });
        self.with(|server, _| server.sights.push(Sight::Event(room.clone(), retouched)));
    }

    /// Somebody says something that cannot be read yet; returns the event as it reads once it can be.
    pub fn say_sealed(&self, who: &Address, room: &RoomRef, text: &str) -> News {
        let words = self.words(who, text);
        self.with(|server, _| {
            let event = EventRef(format!("${}", server.sights.len()));
            let sealed = json!({ "sender": who, "content": {} }).to_string();
            server.sights.push(Sight::Event(room.clone(), Heard::Sealed(sealed)));
            News { event, at: Timestamp::from_millis(0), heard: Heard::Text(words) }
        })
    }

    fn words(&self, who: &Address, text: &str) -> Text {
        // Nobody uses an index twice.
        let index = self.with(|server, _| u32::try_from(server.sights.len()).unwrap());
        Text {
            sender: who.clone(),
            body: text.to_owned(),
            reply_to: None,
            thread: None,
            mentions: vec![],
            everybody: false,
            proof: Proof::Proven,
            cipher: Some(Cipher { session: who.to_string(), index }),
            device: None,
        }
    }

    fn write(&self, room: &RoomRef, text: Text) {
        self.with(|server, own| {
            let at = server.rooms.get_mut(room).unwrap();
            let who = &text.sender;
            assert_eq!(at.members.get(who), Some(&Membership::Joined), "{who:?} is not in the room");
            at.said.push((who.clone(), String::new(), text.body.clone()));
            if at.members.get(own) == Some(&Membership::Joined) {
                server.sights.push(Sight::Event(room.clone(), Heard::Text(text)));
            }
        });
    }

    /// The newest message of the service's in a room.
    pub fn newest(&self, room: &RoomRef) -> EventRef {
        self.room(room).events.last().unwrap().clone()
    }

    /// The rooms with the service that somebody is invited to, or is in.
    pub fn rooms_of(&self, who: &Address, membership: Membership) -> Vec<RoomRef> {
        let there = |room: &Room| room.created.is_some() && room.members.get(who) == Some(&membership);
        self.rooms().into_iter().filter(|(_, room)| there(room)).map(|(id, _)| id).collect()
    }
}
