//! The things that come between: words in passing, a hub that stands still, messages that are slow, a homeserver that
//! puts old messages into rooms again, and a list of members in which something else stands now.

use lodge_channel::homeserver::EventRef;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Details, Field, Person};
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use crate::chance::Chance;
use crate::hub::Hub;
use crate::life::details;
use crate::people::Somebody;
use crate::world::World;
use crate::world::account::Account;
use crate::world::log::{Entry, Meaning, Sight, What};
use crate::world::room::{Event, Kind, Room};
use crate::world::slowness::Slowness;

/// The rates of these things, of all steps: once in so many; 0 is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// Somebody writes something in passing; for each person.
    pub words: u64,
    /// The hub stands still for a while, and people go on.
    pub pauses: u64,
    /// A message of the porter's is slow; of all its messages.
    pub slow: u64,
    /// The homeserver puts an earlier message into a room again.
    pub replays: u64,
    /// Something else stands in the service's list of somebody.
    pub changes: u64,
    /// Somebody takes a yes of theirs away; of all that are written.
    pub redactions: u64,
}

impl Rates {
    /// The rates of a life, in which mostly some of it never comes.
    pub fn draw(chance: &mut Chance) -> Self {
        let mut rate = |of: u64, usual: u64| if chance.one_in(of) { chance.between(usual / 2, usual * 2) } else { 0 };
        Self {
            words: rate(2, 250),
            pauses: rate(3, 120),
            slow: rate(3, 4),
            replays: rate(4, 80),
            changes: rate(4, 150),
            redactions: rate(3, 4),
        }
    }
}

/// The things that come between in one life. Everything draws from a stream of its own.
pub struct Unrest {
    rates: Rates,
    pauses: Chance,
    replays: Chance,
    changes: Chance,
    redactions: Chance,
    /// The messages that somebody is going to take away, with the times.
    unsaid: Vec<(Timestamp, Words)>,
    /// This much of the record was looked at.
    read: usize,
}

/// Somebody's words: the writer, the room and the event.
type Words = (Address, RoomRef, EventRef);

/// A moment at which an accident does most harm.
enum Moment {
    /// Somebody sends what another will be asked.
    Sends(Address),
    /// Somebody writes something that will be shown to them.
    Drafts(Address),
    /// Somebody is asked, in this room.
    IsAsked(Address, RoomRef),
    /// Somebody says yes.
    Agrees(Words),
}

impl Unrest {
    /// The unrest of the life of this seed.
    pub fn new(rates: Rates, seed: u64, porter: &Account) -> Self {
        porter.world().slowness = Slowness::new(rates.slow, Chance::of(seed, 5));
        let [pauses, replays, changes, redactions] = [6, 7, 8, 10].map(|stream| Chance::of(seed, stream));
        Self { rates, pauses, replays, changes, redactions, unsaid: vec![], read: 0 }
    }

    /// Lets something come between now. True where the service's list, `listed`, changes.
    pub fn stirs(
        &mut self,
        porter: &Account,
        hub: &mut Hub,
        people: &mut [Somebody],
        listed: &mut [&mut Person],
    ) -> bool {
        hub.go_on();
        if self.rates == Rates::default() {
            return false;
        }
        let moments = self.moments(&porter.world());
        for somebody in people.iter_mut() {
            if somebody.muses(self.rates.words) {
                somebody.murmur(&mut porter.world());
            }
        }
        if self.rates.words > 0 {
            for moment in &moments {
                Self::speak_up(&porter.world(), people, moment);
            }
        }
        // Nobody is held up for ever: a message that is late when nothing fails any more would look like a fault.
        let strained = porter.world().faults().on;
        let sends = moments.iter().any(|moment| matches!(moment, Moment::Sends(_) | Moment::Drafts(_)));
        if strained && (self.pauses.one_in(self.rates.pauses) || (sends && self.soon(self.rates.pauses))) {
            let span = self.pause(&porter.world(), people);
            hub.pause(span);
        }
        self.put_again(&mut porter.world(), &moments);
        self.take_away(&mut porter.world(), &moments);
        let agrees = moments.iter().any(|moment| matches!(moment, Moment::Agrees(_)));
        let changes =
            self.changes.one_in(self.rates.changes) || (agrees && self.rates.changes > 0 && self.changes.one_in(2));
        changes && self.change(&mut porter.world(), people, listed)
    }

    /// Whether an accident of this rate comes at a moment at which it does most harm.
    fn soon(&mut self, rate: u64) -> bool {
        rate > 0 && self.pauses.one_in(3)
    }

    /// The moments since the last call.
    fn moments(&mut self, world: &World) -> Vec<Moment> {
        let new = &world.log[self.read.min(world.log.len())..];
        self.read = world.log.len();
        let moment = |entry: &Entry| match &entry.what {
            What::Typed(who, room, typed) => match typed.meaning {
                Meaning::Send => Some(Moment::Sends(who.clone())),
                Meaning::Yes(..) => Some(Moment::Agrees((who.clone(), room.clone(), typed.event.clone()))),
                Meaning::Other => Some(Moment::Drafts(who.clone())),
                Meaning::Help => None,
            },
            What::Saw(who, room, Sight::Porter(message)) if message.wording == "asked" => {
                Some(Moment::IsAsked(who.clone(), room.clone()))
            }
            What::Saw(..)
            | What::Said(..)
            | What::Made(..)
            | What::Invited(..)
            | What::SpeechOpened(_)
            | What::Moved(..)
            | What::Roster
            | What::Crashed
            | What::Restored
            | What::Replayed { .. }
            | What::TookAway(..)
            | What::Calm
            | What::Call(..) => None,
        };
        new.iter().filter_map(moment).collect()
    }

    /// People write more than usual just then, and do not know it: who is going to be asked, who is going to be shown
    /// something, who has just been asked and has not read it.
    fn speak_up(world: &World, people: &mut [Somebody], moment: &Moment) {
        const WITHIN: Span = Span::from_millis(4_000);
        let (who, themselves) = match moment {
            Moment::Sends(who) => (who, false),
            Moment::Drafts(who) | Moment::IsAsked(who, _) => (who, true),
            Moment::Agrees(_) => return,
        };
        let rate = if matches!(moment, Moment::Drafts(_)) { 12 } else { 3 };
        for somebody in people.iter_mut().filter(|somebody| (somebody.address() == who) == themselves) {
            if somebody.muses(rate) {
                somebody.will_murmur(world, WITHIN);
            }
        }
    }

    /// Somebody who has said yes takes the message away: at once, while the room is being opened, or long after.
    fn take_away(&mut self, world: &mut World, moments: &[Moment]) {
        const LONGEST: [u64; 4] = [1, 2_000, 60_000, 86_400_000];
        for moment in moments {
            if let Moment::Agrees(words) = moment
                && self.redactions.one_in(self.rates.redactions)
            {
                let longest = *self.redactions.pick(&LONGEST);
                let at = world.now.after(Span::from_millis(self.redactions.below(longest)));
                self.unsaid.push((at, words.clone()));
            }
        }
        let now = world.now;
        for (_, (who, room, event)) in self.unsaid.extract_if(.., |(at, _)| *at <= now) {
            world.take_away(&room, &who, &event);
        }
    }

    /// The homeserver puts earlier messages into rooms again: at any time, or to somebody who has just been asked.
    fn put_again(&mut self, world: &mut World, moments: &[Moment]) {
        if self.replays.one_in(self.rates.replays) {
            self.replay(world, None);
        }
        if self.rates.replays == 0 {
            return;
        }
        for moment in moments {
            if let Moment::IsAsked(_, room) = moment
                && self.replays.one_in(2)
            {
                self.replay(world, Some(room));
            }
        }
    }

    /// The hub stands still for this long. Meanwhile people write, each in their own time.
    fn pause(&mut self, world: &World, people: &mut [Somebody]) -> Span {
        const LONGEST: [u64; 4] = [2_000, 60_000, 3_600_000, 86_400_000];
        let longest = *self.pauses.pick(&LONGEST);
        let span = Span::from_millis(self.pauses.between(1, longest));
        if self.rates.words > 0 {
            for somebody in people.iter_mut().filter(|_| self.pauses.one_in(2)) {
                somebody.will_murmur(world, span);
            }
        }
        span
    }

    /// The homeserver knows who wrote and when, and not the words; but it can guess from the messages that followed.
    fn replay(&mut self, world: &mut World, of: Option<&RoomRef>) {
        let talks = |room: &&Room| matches!(room.kind, Kind::Conversation(_));
        let rooms: Vec<&RoomRef> = world.rooms().filter(talks).map(|room| &room.id).collect();
        if rooms.is_empty() {
            return;
        }
        let (any, elsewhere) = (*self.replays.pick(&rooms), *self.replays.pick(&rooms));
        let from = of.unwrap_or(any).clone();
        let into = if self.replays.one_in(4) { elsewhere.clone() } else { from.clone() };
        let guesses = of.is_some() || self.replays.one_in(2);
        let events: Vec<&Event> = world.encrypted_in(&from).filter(|event| !guesses || agrees(event)).collect();
        if events.is_empty() {
            return;
        }
        let event = self.replays.pick(&events).id.clone();
        world.replay(&from, &event, &into);
    }

    /// Something else stands in the service's list of one of them.
    fn change(&mut self, world: &mut World, people: &mut [Somebody], listed: &mut [&mut Person]) -> bool {
        let place = self.changes.index(listed.len());
        let (Some(person), Some(somebody)) = (listed.get_mut(place), people.get_mut(place)) else { return false };
        let field = *self.changes.pick(&[Field::Name, Field::Name, Field::Email, Field::Phone, Field::Course]);
        let token = self.changes.token();
        let (before, now) = if field == Field::Name {
            let now = format!("Kim {token}");
            let name = DisplayName::parse(&now).expect("a name");
            (Some(std::mem::replace(&mut person.name, name).to_string()), now)
        } else {
            let now = format!("new-{token}");
            let mut all = details(person);
            let before = all.insert(field, now.clone());
            person.details = Details::of(all);
            (before, now)
        };
        somebody.values.push((field, now.clone()));
        if let Some(before) = before {
            for present in world.present.values_mut().filter(|present| **present == before) {
                present.clone_from(&now);
            }
            world.present.insert(before, now);
        }
        world.note(What::Roster);
        true
    }
}

/// Whether it is a word by which people agree to something.
fn agrees(event: &Event) -> bool {
    let body = event.plain["content"]["body"].as_str().unwrap_or_default();
    ["yes", "send", "list me now"].iter().any(|word| body.contains(word))
}
