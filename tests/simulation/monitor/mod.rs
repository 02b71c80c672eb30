//! The monitor: it watches everything that people see, type and do, and compares it with the rules.

mod carried;
mod consents;
mod contacts;
mod endings;
mod files;
mod forgetting;
mod guests;
mod news;
mod places;
mod privacy;
mod replays;
mod rooms;
mod timeline;
mod withdrawals;
mod words;

use std::fmt;

use crate::hub::Hub;
use crate::people::Somebody;
use crate::world::World;

/// Something that must never be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule it breaks, by its number among the project's invariants.
    pub rule: Rule,
    /// A sentence about the breach.
    pub what: String,
}

/// The rules of every life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// I2: nothing is disclosed without the consents that name it.
    Disclosure,
    /// I2a: in the request the addressee sees the fields and words that the requester saw and sent, and nothing else.
    Request,
    /// I3: an answer other than yes is told at the deadline, never earlier.
    OneAnswer,
    /// I5: one room for each introduction that both agreed to, and none besides.
    OneRoom,
    /// I6: a message that was heard twice has been acted on once.
    OnceEach,
    /// I7: consent is an original message to a question that was seen.
    Consent,
    /// I7: a number names one thing.
    Numbers,
    /// I8: withdrawn details are not shown any more, from the acknowledgement on.
    Withdrawal,
    /// A7: words that are carried reach the one they are meant for.
    Words,
    /// A22: nothing is said to or of who was forgotten, and nothing of theirs is kept.
    Forgotten,
    /// D3: the words of a note reach its author alone.
    Private,
    /// B11: staff alone read who comes to an event, and its host a rounded number once sign-up is over.
    Guests,
    /// B11: places at an event are given in order and no more than there are, and those on its list hear how it stands.
    Places,
    /// I9: a message for one member is said where nobody else is.
    OnlyTwo,
    /// I12: the audit log's chain holds.
    Audit,
    /// I16: every request ends in time, and the outbox drains.
    Ends,
    /// Speech in the room of two opens when both are in.
    Speech,
    /// The rows on the disk are those that the program had in memory.
    Durable,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.rule, self.what)
    }
}

/// The rigour with which words are held against what their writer saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rigour {
    /// A bare yes is a yes to everything its giver was ever asked, a number names everything that ever had it, and a
    /// consent to show a field holds for any value in it. So it was looked at once; it shows what a closer look finds.
    Loose,
    /// A word is about what stood before it in its room, and a consent holds for what stood on the screen.
    #[default]
    Strict,
}

/// The violations that were found.
#[derive(Debug, Default)]
struct Found(Vec<Violation>);

impl Found {
    fn add(&mut self, rule: Rule, what: String) {
        self.0.push(Violation { rule, what });
    }

    fn unless(&mut self, holds: bool, rule: Rule, what: impl FnOnce() -> String) {
        if !holds {
            self.add(rule, what());
        }
    }
}

/// Examines a life that is over.
pub fn examine(world: &World, hub: &Hub, people: &[Somebody], rigour: Rigour) -> Vec<Violation> {
    let mut found = Found::default();
    consents::examine(world, people, rigour, &mut found);
    if rigour == Rigour::Strict {
        carried::examine(world, &mut found);
        replays::examine(world, &mut found);
    }
    rooms::examine(world, hub, people, &mut found);
    endings::examine(world, hub, people, &mut found);
    files::examine(world, people, &mut found);
    withdrawals::examine(world, hub, &mut found);
    words::examine(world, &mut found);
    forgetting::examine(world, hub, people, &mut found);
    privacy::examine(world, hub, &mut found);
    guests::examine(world, hub, people, &mut found);
    contacts::examine(world, people, &mut found);
    places::examine(hub, &mut found);
    news::examine(world, hub, people, &mut found);
    found.0
}
