//! One life: a few people, a few weeks, and everything that can go wrong, from a seed.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Details, Field, Person, Role};
use lodge_core::rooms::RoomSettings;
use lodge_core::time::{Span, Timestamp};

use crate::chance::Chance;
use crate::counsel::{self, Beside};
use crate::hub::Hub;
use crate::journal::Journal;
use crate::monitor::{self, Rigour, Violation};
use crate::pairs::leaks::Leaking;
use crate::people::plan::{self, Answering, Diary, Goal, Traits};
use crate::people::{self, Somebody};
use crate::planted::Planted;
use crate::service;
use crate::skew::{Clock, Skew};
use crate::twin::{Loss, Then};
use crate::unrest::{self, Unrest};
use crate::world::account::{Account, PlainVoice};
use crate::world::faults::{Faults, Rates};
use crate::world::log::What;
use crate::world::strain::Strain;
use crate::world::{KEPT_IN, START, World};

pub use crate::lived::Lived;

/// A person in a life, before it begins.
#[derive(Debug, Clone)]
pub struct Part {
    /// The person, as the service lists them.
    pub person: Person,
    /// Their character.
    pub traits: Traits,
    /// The introductions that they want.
    pub goals: Vec<Goal>,
    /// The words that they say of their own accord.
    pub diary: Diary,
    /// The times at which they are at the door of an event, by its number.
    pub doors: Vec<(Timestamp, u32)>,
    /// Whether the service has them on its list.
    pub listed: bool,
}

/// The order of things that could happen in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In any order, with the clock running.
    Any,
    /// The hub first, in no time; then people. What one person does shifts nothing for another.
    Fixed,
}

/// Everything that decides a life.
#[derive(Debug, Clone)]
pub struct Script {
    /// The seed of all its chance.
    pub seed: u64,
    /// The people in it.
    pub parts: Vec<Part>,
    /// The rates of things that go wrong.
    pub rates: Rates,
    /// A crash at exactly this point.
    pub crash_at: Option<u64>,
    /// Things go wrong for this many steps.
    pub trouble: u64,
    /// The rates of things that come between.
    pub unrest: unrest::Rates,
    /// The order in which things happen.
    pub order: Order,
    /// The bug that is planted, if any.
    pub planted: Option<Planted>,
    /// The time at which somebody is put into a conversation who was not invited.
    pub intruder_at: Option<Timestamp>,
    /// The loss of the disk.
    pub loss: Option<Loss>,
    /// The time at which somebody, by their place, is taken off the list.
    pub leaver: Option<(Timestamp, usize)>,
    /// The time at which somebody, by their place, gets another role.
    pub becomes: Option<(Timestamp, usize, Role)>,
    /// The time from which the account of somebody, by their place, turns invitations away.
    pub blocks: Option<(Timestamp, usize)>,
    /// The strain that a life is under, where several are to meet the same trouble. It has the place of all rates.
    pub strain: Option<Strain>,
    /// The homeserver remembers transaction ids this long.
    pub remembers: Span,
    /// An addressee has this long to answer.
    pub answer_within: Span,
    /// One member may send this many requests in a month.
    pub sent_a_month: usize,
    /// The accounts that counsel. They are in no list of the service's.
    pub counsels: BTreeSet<Address>,
    /// Whether what happened is held against the rules at the end.
    pub examined: bool,
    /// The rigour of the monitor.
    pub rigour: Rigour,
    /// The service's rooms for many.
    pub rooms: RoomSettings,
    /// The time from which nothing goes wrong any more, where that is a moment and not a step.
    pub calm_at: Option<Timestamp>,
    /// The end of a life that never comes to rest: rooms for many are looked after for ever.
    pub ends_at: Option<Timestamp>,
    /// The span for which the clock of the hub's machine is wrong.
    pub skew: Option<Skew>,
    /// The things that happen beside the hub. Such a life is in a fixed order.
    pub beside: Option<counsel::Script>,
}

/// More steps than any life takes that comes to rest.
const STEPS_MAX: u64 = 30_000;

impl Script {
    /// The life of this seed.
    ///
    /// # Panics
    /// Only when the world itself is written wrongly, as in every other place here.
    pub fn from_seed(seed: u64) -> Self {
        let mut chance = Chance::of(seed, 0);
        let count = 2 + chance.index(3);
        let mut parts: Vec<Part> = (0..count).map(|place| part(seed, place, &mut chance)).collect();
        let stranger = Address::exact("@stranger:example.org").expect("an address");
        for _ in 0..=chance.below(2) {
            let (from, to) = (chance.index(count), chance.index(count));
            let from = if chance.one_in(3) { from } else { 0 };
            let to = if chance.one_in(12) { stranger.clone() } else { parts[to].person.address.clone() };
            let goal = Goal::draw(to, &mut chance);
            parts[from].goals.push(goal);
        }
        let other = |parts: &[Part]| parts[1].person.address.clone();
        let goal = Goal::draw(other(&parts), &mut chance);
        parts[0].goals.push(goal);
        let addresses: Vec<Address> = parts.iter().map(|part| part.person.address.clone()).collect();
        for (place, part) in parts.iter_mut().enumerate() {
            part.diary = plan::diary(&addresses, &mut Chance::of(seed, 3000 + place as u64));
        }
        let mut occasions = Chance::of(seed, 7000);
        if occasions.one_in(3) {
            people::occasions::join(seed, &mut parts, &mut occasions);
        }
        let trouble = chance.below(600);
        let unrest = unrest::Rates::draw(&mut Chance::of(seed, 9));
        let long = Span::from_days(14);
        let moment = |chance: &mut Chance| START.after(Span::from_millis(chance.below(20 * 86_400_000)));
        Self {
            seed,
            rates: rates(&mut chance),
            crash_at: None,
            trouble,
            unrest,
            order: Order::Any,
            planted: None,
            loss: None,
            // Somebody who comes in while a message is on its way reads it, and no program can help that.
            intruder_at: chance.one_in(16).then(|| moment(&mut chance)).filter(|_| unrest.slow == 0),
            leaver: chance.one_in(16).then(|| (moment(&mut chance), chance.index(count))),
            becomes: None,
            blocks: None,
            strain: None,
            remembers: *chance.pick(&[Span::from_millis(1), Span::from_millis(60_000), Span::from_days(1)]),
            answer_within: if chance.one_in(4) { Span::from_millis(3_600_000) } else { long },
            sent_a_month: 10,
            counsels: BTreeSet::new(),
            examined: true,
            rigour: Rigour::Strict,
            rooms: RoomSettings::default(),
            calm_at: None,
            ends_at: None,
            skew: None,
            beside: None,
            parts,
        }
    }

    /// A life in which a student asks an alumnus, nothing goes wrong, and things happen in a fixed order.
    pub fn plain(seed: u64, answering: Answering) -> Self {
        let mut chance = Chance::of(seed, 0);
        let mut parts: Vec<Part> = (0..2).map(|place| part(seed, place, &mut chance)).collect();
        for part in &mut parts {
            part.listed = true;
            part.traits = Traits::willing(answering);
        }
        let mut goal = Goal::draw(parts[1].person.address.clone(), &mut chance);
        goal.cancels = false;
        parts[0].goals.push(goal);
        Self {
            seed,
            parts,
            rates: Rates::default(),
            crash_at: None,
            trouble: 0,
            unrest: unrest::Rates::default(),
            order: Order::Fixed,
            planted: None,
            intruder_at: None,
            loss: None,
            leaver: None,
            becomes: None,
            blocks: None,
            strain: None,
            remembers: Span::from_days(1),
            answer_within: Span::from_days(14),
            sent_a_month: 10,
            counsels: BTreeSet::new(),
            examined: true,
            rigour: Rigour::Strict,
            rooms: RoomSettings::default(),
            calm_at: None,
            ends_at: None,
            skew: None,
            beside: None,
        }
    }

    /// Lives this life.
    pub fn live(self) -> Lived {
        Life::new(self).run()
    }
}

fn rates(chance: &mut Chance) -> Rates {
    let mut rate = |usual: u64| if chance.one_in(3) { 0 } else { chance.between(usual / 2, usual * 2) };
    Rates {
        lost_request: rate(10),
        lost_reply: rate(10),
        limited: rate(12),
        crash: rate(30),
        repeated: rate(4),
        jump: rate(100),
        outage: rate(3),
    }
}

/// Somebody with a name and details that stand nowhere else.
pub(crate) fn part(seed: u64, place: usize, chance: &mut Chance) -> Part {
    let token = chance.token();
    let role = match place {
        0 => Role::Student,
        1 => Role::Alumnus,
        _ => *chance.pick(&[Role::Student, Role::Alumnus, Role::Employer, Role::Staff, Role::Intern]),
    };
    let mut details = BTreeMap::new();
    let all = [(Field::Email, "mail"), (Field::Phone, "tel"), (Field::Course, "course"), (Field::Organisation, "firm")];
    for (field, word) in all {
        if !chance.one_in(4) {
            details.insert(field, format!("{word}-{}", chance.token()));
        }
    }
    let person = Person {
        address: Address::exact(&format!("@p{place}-{token}:example.org")).expect("an address"),
        name: DisplayName::parse(&format!("Pat {token}x{place}")).expect("a name"),
        role,
        details: Details::of(details),
    };
    let mut own = Chance::of(seed, 1000 + place as u64);
    let (goals, diary, doors) = (Vec::new(), Diary::new(), Vec::new());
    Part { person, traits: Traits::draw(&mut own), goals, diary, doors, listed: !chance.one_in(12) }
}

/// The fields of somebody's card, read from their row: the core shows them to nobody.
pub(crate) fn details(person: &Person) -> BTreeMap<Field, String> {
    let row = serde_json::to_value(&person.details).expect("a card is a row");
    serde_json::from_value(row).expect("a row is a card")
}

struct Life {
    script: Script,
    porter: Account,
    hub: Hub,
    people: Vec<Somebody>,
    chance: Chance,
    steps: u64,
    differences: Vec<String>,
    leaking: Option<Leaking>,
    unrest: Unrest,
    beside: Option<Beside>,
}

impl Life {
    fn new(script: Script) -> Self {
        let seed = script.seed;
        let options = service::options(&script);
        let mut faults = Faults::new(script.rates, script.crash_at, Chance::of(seed, 1));
        faults.strain.clone_from(&script.strain);
        let remembers =
            if script.planted == Some(Planted::EchoIgnored) { Span::from_millis(0) } else { script.remembers };
        let own = options.settings.porter.clone();
        let porter = Account::porter(World::new(own, faults, remembers, script.planted, Chance::of(seed, 2)));
        let details = script
            .parts
            .iter()
            .map(|part| (part.person.name.to_string(), details(&part.person).into_values().collect::<Vec<_>>()));
        let voice = PlainVoice(script.planted, details.collect());
        let mut hub = Hub::new(porter.clone(), voice, options, roster(&script), Chance::of(seed, 3));
        let people = script.parts.iter().enumerate().map(|(place, part)| {
            let chances = [2000, 6000].map(|stream| Chance::of(seed, stream + place as u64));
            let wishes = (part.goals.clone(), part.diary.clone());
            Somebody::new(part.person.clone(), part.traits.clone(), wishes, chances).at_doors(&part.doors)
        });
        let people = people.collect();
        let leaking = script.planted.and_then(Leaking::of);
        let unrest = Unrest::new(script.unrest, seed, &porter);
        let beside = script.beside.clone().map(|beside| Beside::new(&porter, beside, seed));
        hub.clock = Clock::of(script.skew);
        hub.journal = beside.as_ref().map(|_| Journal::default());
        let chance = Chance::of(seed, 4);
        let differences = Vec::new();
        if let Some(Loss { then: Then::WithLog(twin), .. }) = script.loss {
            hub.twin = Some(twin());
        }
        Self { script, porter, hub, people, chance, steps: 0, differences, leaking, unrest, beside }
    }

    fn run(mut self) -> Lived {
        let mut rest = true;
        while self.step() {
            if self.steps > STEPS_MAX {
                rest = false;
                break;
            }
        }
        self.hub.settle();
        let mut world = self.porter.world();
        let examined = self.script.examined;
        let mut violations =
            if examined { monitor::examine(&world, &self.hub, &self.people, self.script.rigour) } else { Vec::new() };
        if !rest {
            let what = "it never comes to rest".to_owned();
            violations.insert(0, Violation { rule: monitor::Rule::Ends, what });
        }
        let (points, crashes) = (world.faults().points, world.faults().crashes);
        drop(world);
        let log = std::mem::take(&mut self.porter.world().log);
        let journal = self.hub.journal.take().unwrap_or_default();
        let (differences, stopped) = (self.differences, self.hub.clock.stopped);
        Lived { violations, log, journal, steps: self.steps, points, crashes, differences, stopped }
    }

    /// One thing happens; false when nothing is left to happen.
    fn step(&mut self) -> bool {
        self.steps += 1;
        self.calm_down();
        self.intrude();
        self.lose();
        self.stir();
        let acts = self.hub.acts();
        let awake = self.awake();
        if acts.is_empty() && awake.is_empty() {
            return self.beside.as_mut().is_some_and(|beside| beside.step(&mut self.hub)) || self.wait();
        }
        let choice = match self.script.order {
            Order::Any => self.chance.index(acts.len() + awake.len()),
            Order::Fixed => 0,
        };
        match acts.get(choice) {
            Some(act) => {
                self.hub.act(*act);
                if let (Some(leaking), Some(engine)) = (&mut self.leaking, self.hub.engine()) {
                    leaking.between(&self.porter, engine);
                }
            }
            None => self.people[awake[choice - acts.len()]].wake(&mut self.porter.world()),
        }
        if self.script.order == Order::Any {
            let mut world = self.porter.world();
            let passes = world.faults().jump().unwrap_or_else(|| self.chance.below(300));
            world.now = world.now.after(Span::from_millis(passes));
        }
        true
    }

    fn calm_down(&mut self) {
        let mut world = self.porter.world();
        let now = world.now;
        let calm = self.script.calm_at.map_or(self.steps > self.script.trouble, |at| at <= now);
        if calm && world.faults().on {
            world.faults().on = false;
            world.note(What::Calm);
            self.hub.mend();
        }
    }

    fn awake(&mut self) -> Vec<usize> {
        let world = self.porter.world();
        let due = |somebody: &mut Somebody| somebody.wakes_at(&world).is_some_and(|at| at <= world.now);
        self.people.iter_mut().enumerate().filter_map(|(place, somebody)| due(somebody).then_some(place)).collect()
    }

    /// Nothing is to be done now: time passes until something is.
    fn wait(&mut self) -> bool {
        let mut world = self.porter.world();
        let mut moments: Vec<Timestamp> = self.people.iter_mut().filter_map(|p| p.wakes_at(&world)).collect();
        moments.extend(self.hub.next_wake());
        moments.extend(self.hub.clock.next_set(world.now));
        moments.extend(world.next_key());
        moments.extend(self.script.intruder_at);
        moments.extend(self.script.leaver.map(|(at, _)| at));
        moments.extend(self.script.becomes.map(|(at, ..)| at));
        moments.extend(self.script.blocks.map(|(at, _)| at));
        moments.extend(self.script.strain.iter().flat_map(|strain| &strain.crashes).map(|(at, _)| *at));
        moments.extend(self.script.calm_at.filter(|at| *at > world.now));
        moments.extend(self.beside.as_ref().and_then(Beside::next));
        let Some(next) = moments.into_iter().min().filter(|next| self.script.ends_at.is_none_or(|end| *next < end))
        else {
            return false;
        };
        world.now = next.max(world.now.after(Span::from_millis(1)));
        true
    }

    /// Lets things come between that nobody set out to do.
    fn stir(&mut self) {
        let mut listed: Vec<&mut Person> = self.script.parts.iter_mut().map(|part| &mut part.person).collect();
        let changes = self.unrest.stirs(&self.porter, &mut self.hub, &mut self.people, &mut listed);
        // Under this bug the hub shows the new values at the end, in spite of anything it does about them before.
        if changes && self.script.planted != Some(Planted::ValuesOfNow) {
            self.hub.set_roster(roster(&self.script));
        }
    }

    /// The disk is lost, some time after an export was made.
    fn lose(&mut self) {
        let Some(Loss { export, at, then }) = self.script.loss else { return };
        if self.steps == export {
            self.hub.export();
        }
        if self.steps != at {
            return;
        }
        match then {
            Then::Nothing | Then::WithLog(_) => self.differences = self.hub.comes_back(),
            Then::WithoutLog => {
                self.porter.world().lose_sight_of_left_rooms(self.porter.own());
                self.hub.restore();
            }
        }
    }

    /// The things that nobody in the world decides: the list of members changes, the homeserver's operator interferes.
    fn intrude(&mut self) {
        let now = self.porter.world().now;
        if let Some((_, place)) = self.script.leaver.take_if(|(at, _)| *at <= now) {
            self.script.parts[place].listed = false;
            self.change_roster();
        }
        if let Some((_, place, role)) = self.script.becomes.take_if(|(at, ..)| *at <= now) {
            self.script.parts[place].person.role = role;
            self.change_roster();
        }
        if let Some((_, place)) = self.script.blocks.take_if(|(at, _)| *at <= now) {
            self.porter.world().block(&self.script.parts[place].person.address);
        }
        let due = |(at, _): &mut (Timestamp, Span)| *at <= now;
        let crash = self.script.strain.as_mut().and_then(|strain| strain.crashes.extract_if(.., due).last());
        if let Some((_, outage)) = crash {
            self.hub.dies(outage);
        }
        if self.script.intruder_at.is_some_and(|at| at <= now) {
            self.script.intruder_at = None;
            let mut world = self.porter.world();
            let first = self.people[0].address();
            let room =
                world.rooms().find(|room| room.has(first) && room.has(&world.porter)).map(|room| room.id.clone());
            if let Some(room) = room {
                let whom = if self.script.seed.is_multiple_of(2) { KEPT_IN } else { "@intruder:example.org" };
                world.force_in(&room, &Address::exact(whom).expect("an address"));
            }
        }
    }

    fn change_roster(&mut self) {
        self.porter.world().note(What::Roster);
        self.hub.set_roster(roster(&self.script));
    }
}

fn roster(script: &Script) -> Vec<Person> {
    script.parts.iter().filter(|part| part.listed).map(|part| part.person.clone()).collect()
}
