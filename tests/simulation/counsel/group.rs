//! Pairs of lives that differ in what goes on at the counselling service, and in nothing that anybody outside of it may
//! see (invariant I1): nothing against something, and this client against that one.

use std::collections::BTreeSet;

use lodge_core::name::Address;
use lodge_core::people::member::Role;
use lodge_core::rooms::{Declared, Purpose, RoomSettings};
use lodge_core::time::{Span, Timestamp};

use super::plan::{Activity, COUNSELLORS, Kind, SLOTS, hours, minutes};
use super::{Glance, OPERATOR, PASSER_BY, Script as Beside, address, counsellor, leaks::Leak};
use crate::chance::Chance;
use crate::community::service::room;
use crate::life::Script;
use crate::pairs::{self, REQUESTER, THIRD, Weather, requester};
use crate::planted::Planted;
use crate::world::START;
use crate::world::faults::Rates;
use crate::world::strain::Strain;

/// Lives that are held against each other.
#[derive(Debug, Clone)]
pub struct Group {
    hub: Script,
    /// The part of each life that differs.
    lives: [Life; LIVES],
    counsellors: Vec<Address>,
}

/// The part at the counselling service in one life.
#[derive(Debug, Clone, Default)]
struct Life {
    activity: Activity,
    clients: Vec<Address>,
}

/// A group has this many lives.
pub const LIVES: usize = 5;

/// The pairs of lives of a group that are compared: nothing against something, and two that differ in whose case it is.
pub const PAIRS: [(usize, usize); 6] = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (3, 4)];

/// The part of somebody's sight that must be the same in two lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// Everything that they see.
    Everything,
    /// Everything but the counselling service's words to them: for a counsellor who is asked.
    AllButWords,
    /// Everything that they see in the hub's rooms: for somebody who is in a conversation themselves.
    TheHub,
}

impl Group {
    /// The group of this seed, in which this leaks.
    pub fn of(seed: u64, leak: Option<Leak>) -> Self {
        let mut chance = Chance::of(seed, 6400);
        let counsellors: Vec<Address> = (0..COUNSELLORS.len()).map(counsellor).collect();
        let mut hub = hub(seed, &counsellors, &mut chance);
        hub.planted = leak.map(Planted::Counsel);
        let near = moments(&hub);
        // Somebody who cannot be invited gets no further than their own invitation, whatever is drawn for their case.
        let reached = hub.parts.iter().filter(|part| !part.traits.turns_invitations_away());
        let mut people: Vec<Address> = reached.map(|part| part.person.address.clone()).collect();
        people.extend((0..3).map(|number| address(&format!("@visitor{number}:example.org"))));
        chance.shuffle(&mut people);
        let first = if chance.one_in(3) { Kind::Untaken } else { Kind::Taken };
        let (this, that) = this_or_that(first, &people, &near, &mut chance);
        let second = *chance.pick(&[Kind::Again, Kind::Flood]);
        let (one, other) = this_or_that(second, &people, &near, &mut chance);
        let lives = [Life::default(), this, that, one, other];
        Self { hub, lives, counsellors }
    }

    /// One of its lives.
    pub fn life(&self, index: usize) -> Script {
        let mut script = self.hub.clone();
        let Life { activity, clients } = self.lives[index].clone();
        let people = self.everybody();
        script.counsels = self.counsellors.iter().cloned().collect();
        script.beside = Some(Beside { activity, clients, glances: self.glances(), people });
        script
    }

    /// Everybody with an account, but for the services.
    pub fn everybody(&self) -> Vec<Address> {
        let members = self.hub.parts.iter().map(|part| part.person.address.clone());
        let visitors = (0..3).map(|number| address(&format!("@visitor{number}:example.org")));
        let others = self.counsellors.iter().cloned().chain([address(PASSER_BY), address(OPERATOR)]);
        members.chain(visitors).chain(others).collect()
    }

    /// The clients in one of these lives.
    pub fn clients(&self, lives: [usize; 2]) -> BTreeSet<Address> {
        lives.into_iter().flat_map(|life| self.lives[life].clients.clone()).collect()
    }

    /// The part of somebody's sight that must be alike in two lives, where these took a case in one of them.
    pub fn sees(&self, who: &Address, lives: [usize; 2], takers: &BTreeSet<Address>) -> Sees {
        if takers.contains(who) || self.clients(lives).contains(who) {
            Sees::TheHub
        } else if lives[0] == 0 && self.counsellors.contains(who) {
            Sees::AllButWords
        } else {
            Sees::Everything
        }
    }

    /// The moments at which everybody looks: the same in every life, most of them near to one at which something goes
    /// on.
    fn glances(&self) -> Vec<(Timestamp, Glance)> {
        let mut chance = Chance::of(self.hub.seed, 6401);
        let begins: Vec<Timestamp> =
            self.lives.iter().flat_map(|life| &life.activity.visits).map(|(at, _)| *at).collect();
        let mut glances = Vec::new();
        for _ in 0..3 {
            let at = chance.pick(&begins).after(minutes(chance.below(6 * 24 * 60)));
            glances.push((at, Glance::Around));
        }
        for at in [14, 60] {
            glances.extend([Glance::Around, Glance::Books].map(|glance| (START.after(Span::from_days(at)), glance)));
        }
        // Somebody invites everybody, soon after the counselling service may have.
        let who = address(PASSER_BY);
        let at = chance.pick(&begins).after(minutes(chance.between(3, 12)));
        for part in &self.hub.parts {
            let whom = &part.person.address;
            glances.extend((0..3).map(|_| (at, Glance::Invites(who.clone(), whom.clone()))));
        }
        glances
    }
}

/// Two lives that differ in whose something is.
fn this_or_that(kind: Kind, people: &[Address], near: &[Timestamp], chance: &mut Chance) -> (Life, Life) {
    let activity = Activity::draw(kind, near, chance);
    let first = chance.index(people.len());
    let clients: Vec<Address> = (0..SLOTS).map(|slot| people[(first + slot) % people.len()].clone()).collect();
    let come = |clients: &[Address], count: usize| clients.iter().take(count).cloned().collect::<Vec<_>>();
    let slots = activity.visits.iter().map(|(_, slot)| slot + 1).max().unwrap_or_default();
    let this = Life { clients: come(&clients, slots), activity };
    let mut that = this.clone();
    match kind {
        Kind::Taken | Kind::Untaken => that.clients = vec![clients[1].clone()],
        // The second question is the first client's again.
        Kind::Again => that.activity.cases[1].slot = 0,
        Kind::Flood => that.clients.rotate_left(1),
    }
    (this, that)
}

/// The life of the hub, which is the same in all lives of a group.
fn hub(seed: u64, counsellors: &[Address], chance: &mut Chance) -> Script {
    let group = pairs::Group::of(seed, Weather::Calm, None);
    let mut hub = if chance.one_in(2) { group.silence() } else { group.other(group.others[0]) };
    hub.examined = false;
    // Somebody who turns invitations away cannot be a client, and anybody may be one here.
    hub.blocks = None;
    if chance.one_in(2) {
        hub.rooms = rooms();
    }
    hub.ends_at = Some(START.after(Span::from_days(64)));
    // Members ask for counsellors too, who are no members.
    for place in [REQUESTER, THIRD] {
        let at = START.after(hours(chance.between(28, 20 * 24)));
        let whom = chance.pick(counsellors).clone();
        hub.parts[place].diary.extend(requester::request(at, &whom, chance));
        hub.parts[place].diary.push((at.after(hours(chance.below(48))), "requests".to_owned()));
    }
    if chance.one_in(4) {
        // Calls take time too, and the hub dies while they are on their way.
        hub.strain = Some(Strain::draw(seed, &moments(&hub), hours(1)));
        hub.calm_at = Some(START.after(Span::from_days(50)));
    } else if chance.one_in(3) {
        hub.rates = Rates { lost_request: 12, lost_reply: 12, limited: 12, crash: 40, repeated: 4, jump: 0, outage: 4 };
        hub.calm_at = Some(START.after(Span::from_days(16)));
    } else {
        hub.calm_at = Some(START);
    }
    hub
}

/// The rooms of this service: a lobby, and a Space.
fn rooms() -> RoomSettings {
    let all = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];
    let declared: Vec<Declared> = vec![
        room("lobby", Purpose::Lobby, &all, &all),
        room("students", Purpose::Interest, &[Role::Student, Role::Staff], &[Role::Student, Role::Staff]),
        room("folder", Purpose::Space, &[Role::Student], &[]),
    ];
    RoomSettings { declared, ..RoomSettings::default() }
}

/// The moments at which something goes on at the hub.
fn moments(hub: &Script) -> Vec<Timestamp> {
    hub.parts.iter().flat_map(|part| &part.diary).map(|(at, _)| *at).collect()
}
