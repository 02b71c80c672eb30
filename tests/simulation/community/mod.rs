//! Lives of a service with rooms for many: people come and go, roles end, somebody meddles with the rooms, and the hub
//! dies at any point. At the end everything must be as the service says.

pub mod commands;
pub mod deeds;
pub mod examine;
pub mod outside;
pub mod service;

use std::collections::BTreeMap;

use lodge_channel::homeserver::Membership;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::people::member::Person;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use crate::chance::Chance;
use crate::hub::Hub;
use crate::life::Order;
use crate::world::account::{Account, PlainVoice};
use crate::world::faults::{Faults, Rates};
use crate::world::log::{Form, Meaning, Sight, What};
use crate::world::room::{Key, Kind};
use crate::world::{Utterance, World};

use deeds::Deed;

/// A life goes on this long after its last deed, so that everything that waits is tried again.
const AFTERWARDS: Span = Span::from_millis(3 * 3_600_000);

/// Everything that decides a life.
pub struct Script {
    /// The seed of all its chance.
    pub seed: u64,
    /// Everybody on the service's list.
    pub people: Vec<Person>,
    /// The things that happen, in order.
    pub deeds: Vec<Deed>,
    /// The rates of things that go wrong.
    pub rates: Rates,
    /// A crash at exactly this point.
    pub crash_at: Option<u64>,
    /// The order in which things happen.
    pub order: Order,
    /// People do this much before the hub gets to it.
    pub at_once: usize,
}

/// A life, while it is lived.
pub struct Life {
    /// The homeserver, as the porter's account sees it.
    pub porter: Account,
    /// The hub that is looked at.
    pub hub: Hub,
    people: Vec<Person>,
    deeds: std::collections::VecDeque<Deed>,
    /// The conversation of each person, once they are in it.
    conversations: BTreeMap<Address, RoomRef>,
    /// The place up to which the record was read for invitations.
    read: usize,
    /// Invitations that nobody has answered yet.
    invited: Vec<(Address, RoomRef)>,
    order: Order,
    at_once: usize,
    chance: Chance,
    until: Timestamp,
}

impl Life {
    /// The life of this script.
    pub fn new(script: Script) -> Self {
        let Script { seed, people, deeds, rates, crash_at, order, at_once } = script;
        let options = service::options();
        let own = options.settings.porter.clone();
        let faults = Faults::new(rates, crash_at, Chance::of(seed, 1));
        let world = World::new(own, faults, Span::from_days(1), None, Chance::of(seed, 2));
        let porter = Account::porter(world);
        let voice = PlainVoice(None, BTreeMap::new());
        let hub = Hub::new(porter.clone(), voice, options, people.clone(), Chance::of(seed, 3));
        Self {
            porter,
            hub,
            people,
            deeds: deeds.into(),
            conversations: BTreeMap::new(),
            read: 0,
            invited: Vec::new(),
            order,
            at_once,
            chance: Chance::of(seed, 4),
            until: crate::world::START.after(AFTERWARDS),
        }
    }

    /// Lives until nothing is left to do, with things going wrong for this many steps.
    pub fn live(&mut self, trouble: u64) {
        let mut steps = 0;
        loop {
            steps += 1;
            let rests = !self.step();
            let calm = !self.porter.world().faults().on;
            if rests && calm {
                return;
            }
            // The last faults are put right by tries that come after them.
            if !calm && self.deeds.is_empty() && (rests || steps > trouble) {
                let mut world = self.porter.world();
                world.faults().on = false;
                self.until = world.now.after(AFTERWARDS);
                self.hub.mend();
            }
        }
    }

    /// Something more happens, when it is lived on.
    pub fn then(&mut self, deed: Deed) {
        self.deeds.push_back(deed);
    }

    /// All this happens before the hub gets to any of it.
    pub fn at_once(&mut self, deeds: Vec<Deed>) {
        for deed in deeds {
            self.does(deed);
        }
    }

    /// Somebody says something to the porter, and its key comes only after this long.
    pub fn says_sealed(&mut self, who: &Address, words: &str, after: Span) {
        let Some(room) = self.conversations.get(who).cloned() else { return };
        let (text, meaning, form) = (words.to_owned(), Meaning::Other, Form::Original);
        let mut world = self.porter.world();
        let key = Key::Later(world.now.after(after));
        world.utter(&room, who, Utterance { text, meaning, form, proof: Proof::Proven, key });
    }

    /// Lets this much time pass.
    pub fn pass(&mut self, span: Span) {
        let mut world = self.porter.world();
        world.now = world.now.after(span);
        self.until = world.now.after(AFTERWARDS);
    }

    fn step(&mut self) -> bool {
        self.read_invitations();
        let acts = self.hub.acts();
        let others = usize::from(!self.invited.is_empty()) + usize::from(!self.deeds.is_empty());
        if acts.is_empty() && others == 0 {
            return self.wait();
        }
        let choice = match self.order {
            Order::Any => self.chance.index(acts.len() + others),
            Order::Fixed => 0,
        };
        if let Some(act) = acts.get(choice) {
            self.hub.act(*act);
        } else if choice == acts.len() && !self.invited.is_empty() {
            for _ in 0..self.at_once.min(self.invited.len()) {
                self.answer_invitation();
            }
        } else {
            self.until = self.porter.world().now.after(AFTERWARDS);
            for _ in 0..self.at_once {
                let Some(deed) = self.deeds.pop_front() else { break };
                self.does(deed);
            }
        }
        if self.order == Order::Any {
            let passes = Span::from_millis(self.chance.below(300));
            let mut world = self.porter.world();
            world.now = world.now.after(passes);
        }
        true
    }

    /// Nothing is to be done now: time passes until something is.
    fn wait(&mut self) -> bool {
        let mut world = self.porter.world();
        let next = self.hub.next_wake().filter(|next| *next <= self.until);
        let Some(next) = next else { return false };
        world.now = next.max(world.now.after(Span::from_millis(1)));
        true
    }

    fn read_invitations(&mut self) {
        let world = self.porter.world();
        let mut welcomed = Vec::new();
        for entry in &world.log[self.read..] {
            if let What::Invited(who, room) = &entry.what {
                self.invited.push((who.clone(), room.clone()));
            }
            if let What::Saw(who, room, Sight::Porter(message)) = &entry.what
                && message.wording == "welcome"
            {
                welcomed.push((who.clone(), room.clone()));
            }
        }
        self.read = world.log.len();
        drop(world);
        // They read what holds here, and agree to it.
        for (who, room) in welcomed {
            self.utters(&room, &who, "agree");
        }
    }

    /// Somebody accepts an invitation, or turns it down.
    fn answer_invitation(&mut self) {
        let place = self.chance.index(self.invited.len());
        let (who, room) = self.invited.swap_remove(if self.order == Order::Any { place } else { 0 });
        let world = self.porter.world();
        let Some(kind) = world.room(&room).map(|room| room.kind.clone()) else { return };
        let conversation = matches!(kind, Kind::Conversation(_));
        let declines = !conversation && who != service::standby();
        drop(world);
        if declines && self.order == Order::Any && self.chance.one_in(8) {
            // Somebody who is not invited any more has nothing to turn down.
            drop(self.porter.world().leave(&room, &who));
            return;
        }
        let joined = self.porter.world().join(&room, &who).is_ok();
        if joined && conversation {
            self.conversations.insert(who, room);
        }
    }

    fn does(&mut self, deed: Deed) {
        match deed {
            Deed::Says(who, words) => self.says(&who, &words),
            Deed::Writes(who, key, words) => {
                if let Some(room) = self.room(&key) {
                    self.utters(&room, &who, &words);
                }
            }
            Deed::Leaves(who, key) => {
                if let Some(room) = self.room(&key) {
                    // Somebody who is not there cannot leave.
                    drop(self.porter.world().leave(&room, &who));
                }
            }
            Deed::IsPutIn(who, key) => {
                if let Some(room) = self.room(&key) {
                    self.porter.world().force_in(&room, &who);
                }
            }
            Deed::Meddles(key, kind, content) => {
                let standby = service::standby();
                if let Some(room) = self.room(&key) {
                    let mut world = self.porter.world();
                    if world.room(&room).is_some_and(|room| room.membership(&standby) == Membership::Joined) {
                        world.put_state(&standby, &room, (&kind, ""), &content).expect("a creator can do anything");
                    }
                }
            }
            Deed::Becomes(who, role) => {
                if let Some(person) = self.people.iter_mut().find(|person| person.address == who) {
                    person.role = role;
                }
                self.hub.set_roster(self.people.clone());
            }
            Deed::IsListedNoMore(who) => {
                self.people.retain(|person| person.address != who);
                self.hub.set_roster(self.people.clone());
            }
            Deed::Declares(rooms) => self.hub.set_rooms(rooms),
            Deed::Dies => self.hub.crash(),
            Deed::IsExported => self.hub.export(),
            Deed::IsRestored => self.hub.restore(),
        }
    }

    fn says(&mut self, who: &Address, words: &str) {
        if let Some(room) = self.conversations.get(who).cloned() {
            self.utters(&room, who, words);
        }
    }

    fn utters(&self, room: &RoomRef, who: &Address, words: &str) {
        let (text, meaning, form) = (words.to_owned(), Meaning::Other, Form::Original);
        let utterance = Utterance { text, meaning, form, proof: Proof::Proven, key: Key::Here };
        self.porter.world().utter(room, who, utterance);
    }

    /// The room in which the porter talks with somebody.
    pub fn conversation(&self, who: &Address) -> Option<&RoomRef> {
        self.conversations.get(who)
    }

    /// The room that the hub knows by this short name.
    pub fn room(&self, key: &str) -> Option<RoomRef> {
        let engine = self.hub.engine()?;
        let mut rooms = engine.state().rooms();
        rooms.find(|room| room.declared.key.as_str() == key)?.place().map(RoomRef::from)
    }
}
