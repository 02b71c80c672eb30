//! The people: each reads the messages in their rooms, after a while, and acts according to their character.

mod answering;
mod arranging;
mod murmuring;
pub(crate) mod occasions;
pub mod plan;
mod reacting;

use std::collections::{BTreeSet, VecDeque};

use lodge_channel::homeserver::EventRef;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::people::member::{Field, Person};
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use crate::chance::Chance;
use crate::life::details;
use crate::world::log::{Form, Meaning, Sight, What};
use crate::world::room::{Key, Kind};
use crate::world::{START, Utterance, World};
use occasions::Occasions;
use plan::{Diary, Goal, Opening, Traits};

/// A person in a life, with everything they mean to do.
#[derive(Debug)]
pub struct Somebody {
    /// The person, as the service lists them.
    pub person: Person,
    /// Their character.
    pub traits: Traits,
    /// Words of requests that they sent, which stand nowhere else.
    pub wrote: BTreeSet<String>,
    /// Every value that has stood in their fields, oldest first.
    pub values: Vec<(Field, String)>,
    chance: Chance,
    /// The stream from which their words in passing, and the times of these, follow; nothing else draws from it.
    passing: Chance,
    /// They have read this many of the things that they saw.
    read: usize,
    reads_at: Option<Timestamp>,
    intents: Vec<(Timestamp, Intent)>,
    /// Their answer to a request, once the question is on its way that they ask first.
    once_asked: Option<Intent>,
    goals: VecDeque<Goal>,
    goal: Option<Goal>,
    /// Whether they have seen a preview and not yet had an answer to their words about it.
    deciding: bool,
    home: Option<RoomRef>,
    last: Option<(EventRef, String, Meaning)>,
    answered: BTreeSet<String>,
    /// Whether they have asked a question about a request.
    has_asked: bool,
    patience: u32,
    /// The number of times they have written something in passing.
    murmurs: u32,
    occasions: Occasions,
}

/// Something they mean to do.
#[derive(Debug, Clone)]
enum Intent {
    Say(String, Meaning, How),
    Join(RoomRef),
    Leave(RoomRef),
    LeaveHome,
    Block,
    Elsewhere,
    Begin,
    Chatter,
    Murmur,
    AtTheDoor(u32),
}

/// The way in which they say it.
#[derive(Debug, Clone)]
enum How {
    Plainly,
    Reply(EventRef),
    EditLast,
    Notice,
    React(EventRef),
    Untied,
    KeyLater(Span),
    KeyNever,
}

/// Nobody says more than this in a life.
const PATIENCE: u32 = 80;

impl Somebody {
    /// Somebody who wants these introductions and says these things of their own accord.
    pub fn new(
        person: Person,
        traits: Traits,
        (goals, diary): (Vec<Goal>, Diary),
        [chance, passing]: [Chance; 2],
    ) -> Self {
        let mut values = vec![(Field::Name, person.name.to_string()), (Field::Address, person.address.to_string())];
        values.extend(details(&person));
        let mut somebody = Self {
            person,
            traits,
            values,
            passing,
            wrote: goals.iter().map(|goal| goal.message.clone()).collect(),
            chance,
            read: 0,
            reads_at: None,
            intents: Vec::new(),
            once_asked: None,
            goals: goals.into(),
            goal: None,
            deciding: false,
            home: None,
            last: None,
            answered: BTreeSet::new(),
            has_asked: false,
            patience: PATIENCE,
            murmurs: 0,
            occasions: Occasions::default(),
        };
        for _ in 0..somebody.traits.chatter {
            let at = START.after(Span::from_millis(somebody.chance.below(20 * 86_400_000)));
            somebody.intents.push((at, Intent::Chatter));
        }
        for (at, text) in diary {
            somebody.intents.push((at, Intent::Say(text.clone(), meaning(&text), How::Plainly)));
        }
        match somebody.traits.greeting {
            plan::Greeting::Elsewhere => somebody.intents.push((START, Intent::Elsewhere)),
            plan::Greeting::Blocks => somebody.intents.push((START, Intent::Block)),
            plan::Greeting::Comes | plan::Greeting::Ignores | plan::Greeting::TurnsDown => {}
        }
        somebody
    }

    /// The account that they write from.
    pub fn address(&self) -> &Address {
        &self.person.address
    }

    /// The time at which they next do something, as things stand.
    pub fn wakes_at(&mut self, world: &World) -> Option<Timestamp> {
        let unread = world.view(&world.porter, self.address()).len() > self.read;
        if unread && self.reads_at.is_none() {
            self.reads_at = Some(self.after_a_while(world.now));
        }
        let intent = self.intents.iter().map(|(at, _)| *at).min();
        [self.reads_at, intent].into_iter().flatten().min()
    }

    /// They read everything new and do as they meant to.
    pub fn wake(&mut self, world: &mut World) {
        if self.reads_at.is_some_and(|at| at <= world.now) {
            self.reads_at = None;
            self.read_all(world);
        }
        while let Some(index) = self.next_intent(world.now) {
            let (_, intent) = self.intents.remove(index);
            self.carry_out(intent, world);
        }
    }

    fn next_intent(&self, now: Timestamp) -> Option<usize> {
        let due = self.intents.iter().enumerate().filter(|(_, (at, _))| *at <= now);
        due.min_by_key(|(index, (at, _))| (*at, *index)).map(|(index, _)| index)
    }

    fn read_all(&mut self, world: &World) {
        let new: Vec<usize> = world.view(&world.porter, self.address())[self.read..].to_vec();
        self.read += new.len();
        for index in new {
            if let What::Saw(_, room, sight) = &world.log[index].what {
                match sight {
                    Sight::Invitation(by) if *by == world.porter => self.invited(world, room),
                    Sight::Porter(message) => self.told(world, room, message),
                    Sight::Invitation(_)
                    | Sight::Counsel(_)
                    | Sight::Answer(..)
                    | Sight::Words(..)
                    | Sight::Removed
                    | Sight::Other(..)
                    | Sight::TakenBack(_) => {}
                    Sight::Speech => {
                        self.soon(world.now, Intent::Say("Good to meet you".into(), Meaning::Other, How::Plainly));
                        self.arrange(world);
                    }
                }
            }
        }
    }

    fn carry_out(&mut self, intent: Intent, world: &mut World) {
        let own = self.address().clone();
        match intent {
            Intent::Say(text, meaning, how) => self.say(world, text, meaning, how),
            Intent::Join(room) => self.come_in(world, room),
            Intent::Leave(room) => drop(world.leave(&room, &own)),
            Intent::LeaveHome => {
                if let Some(home) = self.home.take() {
                    drop(world.leave(&home, &own));
                }
            }
            Intent::Block => world.block(&own),
            Intent::Elsewhere => {
                let porter = world.porter.clone();
                let room = world.create_own(&own, &porter);
                let key = Key::Here;
                for (text, meaning) in [("help", Meaning::Other), ("yes", Meaning::Other)] {
                    let text = text.to_owned();
                    world.utter(
                        &room,
                        &own,
                        Utterance { text, meaning, form: Form::Original, proof: Proof::Proven, key },
                    );
                }
            }
            Intent::Begin => self.begin(world),
            Intent::Chatter => self.chatter(world),
            Intent::Murmur => self.murmur(world),
            Intent::AtTheDoor(number) => self.at_the_door(world, number),
        }
    }

    fn come_in(&mut self, world: &mut World, room: RoomRef) {
        let own = self.address().clone();
        if world.join(&room, &own).is_err() {
            return;
        }
        if world.room(&room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_))) {
            self.home = Some(room);
            if self.goal.is_none() {
                self.soon(world.now, Intent::Begin);
            }
        }
    }

    /// Begins with the next wish, if they are at home and have one.
    fn begin(&mut self, world: &mut World) {
        if self.home.is_none() || self.goal.is_some() {
            return;
        }
        let Some(goal) = self.goals.pop_front() else { return };
        let text = match goal.opening {
            Opening::AtOnce => format!("introduce me to {} for career advice: {}", goal.to, goal.message),
            Opening::Guided => "introduce".to_owned(),
            Opening::Named => format!("I'd like to meet {}", goal.to),
            Opening::Muddled => "introduce me to Alexis".to_owned(),
        };
        self.goal = Some(goal);
        self.say(world, text, Meaning::Other, How::Plainly);
    }

    fn chatter(&mut self, world: &mut World) {
        let (text, meaning, how) = match self.chance.below(9) {
            0..=2 => ("help", Meaning::Help, How::Plainly),
            3 => ("help", Meaning::Help, How::KeyLater(Span::from_millis(self.chance.below(3_600_000)))),
            4 => ("requests", Meaning::Other, How::Plainly),
            5 => ("again", Meaning::Other, How::Plainly),
            6 => ("help", Meaning::Help, How::Notice),
            7 => ("help", Meaning::Help, How::EditLast),
            _ => ("what is this", Meaning::Other, How::KeyNever),
        };
        let times = if self.traits.insistent { 6 } else { 1 };
        for _ in 0..times {
            self.say(world, text.to_owned(), meaning.clone(), how.clone());
        }
    }

    fn say(&mut self, world: &mut World, text: String, meaning: Meaning, how: How) {
        let (Some(home), own) = (self.home.clone(), self.address().clone()) else { return };
        if self.patience == 0 {
            return;
        }
        self.patience -= 1;
        let form = match (&how, &self.last) {
            (How::Reply(to), _) => Form::Reply(to.clone()),
            (How::Notice, _) => Form::Notice,
            (How::React(to), _) => Form::Reaction(to.clone()),
            (How::EditLast, Some((last, ..))) => Form::Edit(last.clone()),
            // There is nothing to edit.
            (How::EditLast, None) => return,
            (How::Plainly | How::Untied | How::KeyLater(_) | How::KeyNever, _) => Form::Original,
        };
        let (proof, key) = match how {
            How::Untied => (Proof::Unproven, Key::Here),
            How::KeyLater(span) => (Proof::Proven, Key::Later(world.now.after(span))),
            How::KeyNever => (Proof::Proven, Key::Never),
            How::Plainly | How::Reply(_) | How::EditLast | How::Notice | How::React(_) => (Proof::Proven, Key::Here),
        };
        let utterance = Utterance { text: text.clone(), meaning: meaning.clone(), form, proof, key };
        if let Some(event) = world.utter(&home, &own, utterance) {
            self.last = Some((event, text, meaning));
        }
    }

    fn soon(&mut self, now: Timestamp, intent: Intent) {
        let at = self.after_a_while(now);
        self.intents.push((at, intent));
    }

    fn after_a_while(&mut self, now: Timestamp) -> Timestamp {
        now.after(Span::from_millis(self.chance.below(self.traits.pace_ms)))
    }
}

/// The meaning of these words when they come from a diary.
fn meaning(text: &str) -> Meaning {
    match text {
        "send" => Meaning::Send,
        "help" => Meaning::Help,
        _ => Meaning::Other,
    }
}
