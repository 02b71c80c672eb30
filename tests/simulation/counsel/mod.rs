//! The counselling service beside the hub, on one homeserver: those who come to it, those who counsel, and everybody else,
//! who looks at all that a homeserver shows and must see nothing of it.

pub mod consents;
pub mod group;
pub mod leaks;
pub mod observing;
pub mod people;
pub mod plan;
pub mod service;

use lodge_channel::Channel as HubChannel;
use lodge_channel::store::Memory;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_counsel_core::people::Named;
use lodge_counsel_core::tally::Month;

use crate::chance::Chance;
use crate::hub::Hub;
use crate::planted::Planted;
use crate::world::World;
use crate::world::account::Account;
use crate::world::faults::Faults;
use crate::world::log::What;
use leaks::Leak;
use people::{Asked, Client, Counsellor};
use plan::{Activity, COUNSELLORS};
use service::Service;

/// The account of the counselling service.
pub const QUIET: &str = "@quiet:example.org";

/// The operator of the counselling service, who reads its figures.
pub const OPERATOR: &str = "@operator:example.org";

/// Somebody with an account who is nobody's member.
pub const PASSER_BY: &str = "@passer-by:example.org";

/// The things that happen beside the hub in one life.
#[derive(Debug, Clone)]
pub struct Script {
    /// The plan for the counselling service.
    pub activity: Activity,
    /// The account in each slot.
    pub clients: Vec<Address>,
    /// The people whom everybody asks about.
    pub people: Vec<Address>,
    /// The moments at which somebody looks.
    pub glances: Vec<(Timestamp, Glance)>,
}

/// The way in which somebody looks.
#[derive(Debug, Clone)]
pub enum Glance {
    /// Everybody asks the homeserver all there is to ask.
    Around,
    /// Somebody invites another person to a room of their own.
    Invites(Address, Address),
    /// The services' operator looks at their figures, and makes an export of the hub.
    Books,
}

/// The things beside the hub, as they happen.
pub struct Beside {
    service: Service,
    porter: Account,
    clients: Vec<Client>,
    counsellors: Vec<Counsellor>,
    asked: Asked,
    script: Script,
    /// The time from which things go wrong, and the one until which they do.
    trouble: Option<Timestamp>,
    calm: Option<Timestamp>,
    /// The number of conversations that a leak has shown, and that of the service's deaths by then.
    leaked: (u64, u64),
}

/// The account of the counsellor of this place.
pub fn counsellor(place: usize) -> Address {
    address(&format!("@{}:example.org", COUNSELLORS[place].to_lowercase()))
}

/// Whether this is a counsellor's account.
pub fn counsels(who: &Address) -> bool {
    COUNSELLORS.iter().any(|name| who.local() == name.to_lowercase())
}

/// Reads an address.
pub fn address(text: &str) -> Address {
    Address::exact(text).expect("an address")
}

impl Beside {
    /// The counselling service of this script, on the homeserver of this hub.
    pub fn new(porter: &Account, mut script: Script, seed: u64) -> Self {
        let quiet = address(QUIET);
        let mut faults = Faults::new(script.activity.rates, None, Chance::of(seed, 6301));
        faults.on = false;
        let account = porter.beside(quiet.clone(), faults, Chance::of(seed, 6302));
        let named = |place: usize| Named {
            address: counsellor(place),
            name: COUNSELLORS[place].to_owned(),
            card: String::new(),
        };
        let places = 0..COUNSELLORS.len();
        let service = Service::new(account, places.clone().map(named).collect(), Chance::of(seed, 6303));
        let counsellors =
            places.map(|at| Counsellor::new(at, counsellor(at), &quiet, &script.activity, seed)).collect();
        let mut clients: Vec<Client> = Vec::new();
        for who in &script.clients {
            if clients.iter().all(|client| client.address() != who) {
                let slots = script.clients.iter().enumerate().filter(|(_, other)| *other == who);
                let slots: Vec<usize> = slots.map(|(slot, _)| slot).collect();
                clients.push(Client::new(who.clone(), &quiet, &slots, &script.activity, seed));
            }
        }
        script.glances.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        prepare(&mut porter.world());
        let (trouble, calm) = (Some(plan::trouble()), Some(plan::calm()));
        let (porter, asked) = (porter.clone(), Asked::default());
        Self { service, porter, clients, counsellors, asked, script, trouble, calm, leaked: (0, 0) }
    }

    /// The next thing happens; false when there is none now.
    pub fn step(&mut self, hub: &mut Hub) -> bool {
        let now = self.porter.world().now;
        self.happens(now);
        if self.service.step() {
            self.leak(hub, now);
            return true;
        }
        let (mut world, asked) = (self.porter.world(), &mut self.asked);
        let stepped = self.counsellors.iter_mut().any(|one| one.step(&mut world, asked))
            || self.clients.iter_mut().any(|one| one.step(&mut world));
        drop(world);
        if stepped {
            return true;
        }
        if self.script.glances.last().is_none_or(|(at, _)| *at > now) {
            return false;
        }
        let Some((_, glance)) = self.script.glances.pop() else { return false };
        self.look(&glance, hub, now);
        true
    }

    /// The next moment at which something happens.
    pub fn next(&self) -> Option<Timestamp> {
        let glance = self.script.glances.last().map(|(at, _)| *at);
        let gone = self.script.activity.gone.map(|(at, _)| at);
        let clients = self.clients.iter().filter_map(Client::next);
        let people = clients.chain(self.counsellors.iter().filter_map(Counsellor::next));
        people.chain([self.service.next_wake(), glance, gone, self.trouble, self.calm].into_iter().flatten()).min()
    }

    /// The things that happen without anybody in the world deciding them.
    fn happens(&mut self, now: Timestamp) {
        if self.trouble.take_if(|at| *at <= now).is_some() {
            self.porter.world().session(&address(QUIET)).faults.on = true;
        }
        if self.calm.take_if(|at| *at <= now).is_some() {
            self.porter.world().session(&address(QUIET)).faults.on = false;
            self.service.mend();
        }
        if let Some((_, place)) = self.script.activity.gone.take_if(|(at, _)| *at <= now) {
            self.service.names_no_more(&counsellor(place));
        }
    }

    fn look(&mut self, glance: &Glance, hub: &mut Hub, now: Timestamp) {
        let mut world = self.porter.world();
        match glance {
            Glance::Around => {
                let names = self.script.people.iter().map(|who| format!("#quiet-{}:example.org", who.local()));
                let names: Vec<String> = names.chain(["#quiet:example.org".to_owned()]).collect();
                for who in self.script.people.iter().chain([&self.porter.own().clone()]) {
                    world.look_around(who, &self.script.people, &names);
                }
            }
            Glance::Invites(who, whom) => world.invite_to_own(who, whom),
            Glance::Books => {
                let exactly = world.leaks(Leak::MonthExact).then_some(world.leaking.opened);
                world.answered(&address(OPERATOR), "months", format!("{:?} {exactly:?}", self.months()));
                let calls = calls(&world, world.leaks(Leak::MetricsCounted));
                let more = if world.leaks(Leak::Exported) { self.service.disk().clone() } else { Memory::default() };
                drop(world);
                let (disk, engine) = (hub.disk.clone(), hub.engine().map(counts));
                if let Some(journal) = &mut hub.journal {
                    journal.counted(now, engine, calls);
                    journal.exported(now, &disk);
                    journal.exported(now, &more);
                }
            }
        }
    }

    /// The months that are over, of which a number is published. One of none is as good as no month.
    fn months(&self) -> Vec<(Month, u32)> {
        let months = self.service.engine().map(|engine| engine.state().tally().months());
        months.unwrap_or_default().iter().filter(|(_, count)| *count > 0).copied().collect()
    }

    /// Leaks something to the hub, where such a leak is planted.
    fn leak(&mut self, hub: &mut Hub, now: Timestamp) {
        let mut world = self.porter.world();
        let Some(Planted::Counsel(leak)) = world.planted else { return };
        let before = std::mem::replace(&mut self.leaked, (world.leaking.opened, self.service.deaths));
        let (opened, died) = (self.leaked.0 > before.0, self.leaked.1 > before.1);
        match (leak, opened, died) {
            (Leak::OneProcess, _, true) => {
                world.note(What::Crashed);
                drop(world);
                hub.crash();
            }
            (Leak::LogLine, true, _) => {
                drop(world);
                hub.journal.iter_mut().for_each(|journal| journal.note(now, &"the quiet room is taken"));
            }
            (Leak::HubRow, true, _) => {
                drop(world);
                leaks::put_row(&mut hub.disk, self.leaked.0);
            }
            _ => {}
        }
    }
}

/// The surroundings of the two services: a room of the public list, with a name by which it is found.
fn prepare(world: &mut World) {
    let operator = address(OPERATOR);
    world.outward.watched = true;
    let room = world.create_open(&operator);
    for who in (0..COUNSELLORS.len()).map(counsellor).chain([address(PASSER_BY)]) {
        world.force_in(&room, &who);
    }
    world.outward.aliases.insert("#notices:example.org".to_owned(), room.clone());
    world.outward.published.insert(room);
}

/// The number of the hub's members, introductions, jobs and unread messages.
fn counts(engine: &HubChannel) -> [usize; 4] {
    let state = engine.state();
    let (members, introductions) = (state.members().count(), state.introductions().count());
    [members, introductions, engine.outbox().jobs().count(), engine.hearing().without_key()]
}

/// The number of calls that the hub has made; of all services, where that leaks.
fn calls(world: &World, all: bool) -> usize {
    let own = |what: &What| matches!(what, What::Call(own, ..) if all || *own == world.porter);
    world.log.iter().filter(|entry| own(&entry.what)).count()
}
