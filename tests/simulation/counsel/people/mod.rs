//! The people who talk with the counselling service, and with each other. Their doings here are apart from those at the
//! hub: they take nothing of their time, and none of their choices, there.

mod client;
mod counsellor;

use std::collections::BTreeMap;

use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};
use lodge_counsel_core::word::CaseWord;
use lodge_matrix::homeserver::RoomRef;

use crate::chance::Chance;
use crate::world::log::{Form, Meaning, Sight, What};
use crate::world::room::{Key, Kind};
use crate::world::{Utterance, World};

pub use client::Client;
pub use counsellor::Counsellor;

/// Their common knowledge, in this world: the place of each question in the order in which they were asked.
#[derive(Debug, Default)]
pub struct Asked(BTreeMap<CaseWord, usize>);

impl Asked {
    /// The place of this question among all.
    pub fn place(&mut self, word: &CaseWord) -> usize {
        let next = self.0.len();
        *self.0.entry(word.clone()).or_insert(next)
    }
}

/// Something that somebody means to do.
#[derive(Debug, Clone)]
enum Intent {
    /// Make a room and invite the service.
    Knock,
    /// Come into a room.
    Join(RoomRef),
    /// Leave the room of two.
    LeaveRoom,
    /// Say something to the service.
    Say(String),
    /// Say something to it, and something more at once, which is meant for nothing that it has said.
    Hurry(String, &'static str),
    /// Say something in the room of two.
    Talk(&'static str),
    /// Begin with a case.
    Begin(usize),
}

/// Somebody in the service's rooms: their rooms, the messages they have read, and the things they mean to do.
#[derive(Debug)]
struct Presence {
    who: Address,
    /// The service's account.
    service: Address,
    read: usize,
    intents: Vec<(Timestamp, Intent)>,
    /// The room in which they talk with the service.
    home: Option<RoomRef>,
    /// The room in which they talk with each other.
    room: Option<RoomRef>,
    last: String,
}

/// Words that people say in a hurry.
const HURRIED: [&str; 6] = ["yes", "ok", "yes, please", "no", "thanks", "skip"];

/// The longest that anybody takes to read and to write, in milliseconds.
const PACE_MS: u64 = 20 * 60_000;

impl Presence {
    fn new(who: Address, service: Address) -> Self {
        let (intents, last) = (Vec::new(), String::new());
        Self { who, service, read: 0, intents, home: None, room: None, last }
    }

    /// The things that they see and have not read.
    fn unread(&mut self, world: &World) -> Vec<(RoomRef, Sight)> {
        let view = world.view(&self.service, &self.who);
        let new = view[self.read..].iter().filter_map(|at| {
            if let What::Saw(_, room, sight) = &world.log[*at].what {
                Some((room.clone(), sight.clone()))
            } else {
                None
            }
        });
        let new = new.collect();
        self.read = view.len();
        new
    }

    fn has_unread(&self, world: &World) -> bool {
        world.view(&self.service, &self.who).len() > self.read
    }

    fn next(&self) -> Option<Timestamp> {
        self.intents.iter().map(|(at, _)| *at).min()
    }

    /// The next thing that is due.
    fn due(&mut self, now: Timestamp) -> Option<Intent> {
        let due = self.intents.iter().enumerate().filter(|(_, (at, _))| *at <= now);
        let index = due.min_by_key(|(index, (at, _))| (*at, *index)).map(|(index, _)| index)?;
        Some(self.intents.remove(index).1)
    }

    fn soon(&mut self, now: Timestamp, chance: &mut Chance, intent: Intent) {
        self.intents.push((now.after(Span::from_millis(chance.between(1_000, PACE_MS))), intent));
    }

    /// Means to do this within so many hours.
    fn later(&mut self, now: Timestamp, within: u64, chance: &mut Chance, intent: Intent) {
        let span = Span::from_millis(chance.between(PACE_MS, within * 3_600_000));
        self.intents.push((now.after(span), intent));
    }

    fn carry_out(&mut self, intent: Intent, world: &mut World, chance: &mut Chance) {
        match intent {
            Intent::Knock => drop(world.create_own(&self.who, &self.service)),
            Intent::Join(room) => {
                if world.join(&room, &self.who).is_ok() {
                    let own = world.room(&room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_)));
                    *(if own { &mut self.home } else { &mut self.room }) = Some(room.clone());
                    // Some begin before they have read anything.
                    if own && chance.one_in(6) {
                        self.utter(world, &room, (*chance.pick(&HURRIED)).to_owned(), Proof::Proven, Key::Here);
                    }
                }
            }
            Intent::LeaveRoom => {
                if let Some(room) = self.room.take() {
                    drop(world.leave(&room, &self.who));
                }
            }
            Intent::Say(text) => self.say(text, world, chance),
            Intent::Hurry(text, more) => {
                self.say(text, world, chance);
                if let Some(home) = self.home.clone() {
                    self.utter(world, &home, more.to_owned(), Proof::Proven, Key::Here);
                }
            }
            Intent::Talk(text) => {
                if let Some(room) = self.room.clone() {
                    self.utter(world, &room, text.to_owned(), Proof::Proven, Key::Here);
                }
            }
            Intent::Begin(_) => {}
        }
    }

    fn say(&mut self, text: String, world: &mut World, chance: &mut Chance) {
        self.last.clone_from(&text);
        let Some(home) = self.home.clone() else { return };
        // Now and then a device is unknown, or a key comes late.
        let (proof, key) = match chance.below(30) {
            0 => (Proof::Unproven, Key::Here),
            1 => (Proof::Proven, Key::Later(world.now.after(Span::from_millis(chance.below(1_200_000))))),
            _ => (Proof::Proven, Key::Here),
        };
        self.utter(world, &home, text, proof, key);
    }

    fn utter(&self, world: &mut World, room: &RoomRef, text: String, proof: Proof, key: Key) {
        let utterance = Utterance { text, meaning: Meaning::Other, form: Form::Original, proof, key };
        world.utter(room, &self.who, utterance);
    }
}
