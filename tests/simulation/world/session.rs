//! The homeserver's bookkeeping for one service's account. Each has its own, so that the doings of one service move
//! nothing of another's: no fate of a call, no order, no number.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::EventRef;
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use super::World;
use super::faults::Faults;
use super::limiter::Bucket;
use crate::chance::Chance;
use crate::counsel::leaks::Leak;

/// The homeserver's bookkeeping for one service's account.
#[derive(Debug)]
pub struct Session {
    /// The faults of its calls.
    pub faults: Faults,
    /// The stream that decides the order of things in its responses.
    pub(super) chance: Chance,
    /// The transaction ids that it sent with.
    pub(super) sent: BTreeMap<EffectId, (EventRef, Timestamp)>,
    /// Rooms that it has left and let go of.
    pub(super) lost_sight_of: BTreeSet<RoomRef>,
    /// The number of rooms that it made, or that a person made for it.
    pub(super) rooms: u64,
    /// The number of events in those.
    pub(super) events: u64,
    /// The place of the newest event that it can see.
    pub(super) last: u64,
}

impl Session {
    /// An account that has done nothing yet.
    pub fn new(faults: Faults, chance: Chance) -> Self {
        let (sent, lost_sight_of) = (BTreeMap::new(), BTreeSet::new());
        Self { faults, chance, sent, lost_sight_of, rooms: 0, events: 0, last: 0 }
    }
}

impl World {
    /// Another service has an account here.
    pub fn register(&mut self, own: Address, faults: Faults, chance: Chance) {
        self.sessions.insert(own, Session::new(faults, chance));
    }

    /// The bookkeeping for the service with this account.
    ///
    /// # Panics
    /// When no service has it.
    pub fn session(&mut self, own: &Address) -> &mut Session {
        self.sessions.get_mut(own).expect("a service has this account")
    }

    /// The faults of the porter's calls.
    pub fn faults(&mut self) -> &mut Faults {
        let porter = self.porter.clone();
        &mut self.session(&porter).faults
    }

    /// Whether this is a service's account.
    pub fn is_service(&self, who: &Address) -> bool {
        self.sessions.contains_key(who)
    }

    /// The people of a room: all who have ever been in it, but for the services.
    pub(crate) fn whose(&self, room: &RoomRef) -> String {
        let members = self.room(room).into_iter().flat_map(|room| room.members.keys());
        let people: Vec<&str> = members.filter(|who| !self.is_service(who)).map(Address::as_str).collect();
        people.join(" ")
    }

    /// The time that the porter has to wait with its next message, where it may send only so many.
    pub(super) fn says_too_much(&mut self, own: &Address, call: &str) -> Option<u64> {
        let says = *own == self.porter && ["send", "post", "redact"].contains(&call);
        let size = self.session(own).faults.strain.as_ref().filter(|_| says)?.saying?;
        let now = self.now;
        self.outward.limiter.take(Bucket::Sender(own.clone()), size, now).err()
    }

    /// The id of the next room of this service, which tells nothing of any other's: a room's id is a hash of its first
    /// event (room version 12).
    pub(super) fn next_room(&mut self, service: &Address) -> RoomRef {
        let line = self.line(service);
        let session = self.session(&self.counted_by(service));
        let number = session.rooms;
        session.rooms += 1;
        RoomRef(format!("!{line}{number}:example.org"))
    }

    /// The id of the next event in this room of this service's, which is a hash as well. Where lives are to meet the
    /// same trouble, a message has the id that it has in the others.
    pub(super) fn next_event(&mut self, service: &Address, room: &RoomRef, says: bool) -> EventRef {
        let whose = if says { self.whose(room) } else { String::new() };
        if let Some(strain) = self.session(service).faults.strain.as_mut().filter(|_| says) {
            return EventRef(strain.next_id(&whose));
        }
        let line = self.line(service);
        let session = self.session(&self.counted_by(service));
        session.events += 1;
        EventRef(format!("${line}{}", session.events))
    }

    /// The account by which rooms and events are counted.
    fn counted_by(&self, service: &Address) -> Address {
        if self.leaks(Leak::SharedCounter) { self.porter.clone() } else { service.clone() }
    }

    /// The prefix that tells the ids of one service's rooms and events from those of another's.
    fn line(&self, service: &Address) -> String {
        if *service == self.porter || self.leaks(Leak::SharedCounter) {
            String::new()
        } else {
            format!("{}-", service.local())
        }
    }
}
