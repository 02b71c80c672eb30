//! Calendar files: each comes after the words that it belongs to, and is newer than the one of the same meeting before it, so that
//! a calendar ends with what was told last.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::name::Address;
use lodge_core::say::{Arranging, Say};
use lodge_core::time::Timestamp;

use super::{Found, Rule};
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Message, Sight, What};

pub fn examine(world: &World, people: &[Somebody], found: &mut Found) {
    for somebody in people {
        in_order(world, somebody.address(), found);
    }
}

fn in_order(world: &World, who: &Address, found: &mut Found) {
    let mut told: BTreeSet<(Timestamp, bool)> = BTreeSet::new();
    let mut newest: BTreeMap<&str, u32> = BTreeMap::new();
    for Entry { what, .. } in &world.log {
        // An older copy of the store does not know how often a time was told.
        if matches!(what, What::Restored) {
            newest.clear();
        }
        let What::Saw(viewer, _, Sight::Porter(message)) = what else { continue };
        if viewer != who {
            continue;
        }
        let Say::Arranging(say) = &message.say else { continue };
        match say {
            Arranging::Noted { at, .. } | Arranging::Told { at, .. } => drop(told.insert((*at, true))),
            Arranging::Dropped { at, .. } | Arranging::DroppedByOther { at, .. } | Arranging::Ended { at, .. } => {
                told.insert((*at, false));
            }
            Arranging::Calendar(_) => {
                let (meeting, change) = (value(message, "UID"), value(message, "SEQUENCE").parse().unwrap_or_default());
                let after_words = told.contains(&(from(message), value(message, "METHOD") == "REQUEST"));
                found.unless(after_words, Rule::Words, || format!("{who} gets a file of a time that nobody told them"));
                let before = newest.insert(meeting, change);
                let is_newer = before.is_none_or(|before| before < change);
                found.unless(is_newer, Rule::OnceEach, || format!("{who} gets file {change} after {before:?}"));
            }
            Arranging::NotedBefore { .. }
            | Arranging::NoCalendar
            | Arranging::Searching(_)
            | Arranging::Reminder { .. }
            | Arranging::Enough { .. }
            | Arranging::Nobody
            | Arranging::NotNoted
            | Arranging::Which { .. }
            | Arranging::Unclear(_) => {}
        }
    }
}

/// The value of this property, where it stands last in the file.
fn value<'a>(message: &'a Message, key: &str) -> &'a str {
    let line = message.text.lines().rev().find(|line| line.split([':', ';']).next() == Some(key));
    line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value)
}

/// The beginning of the meeting. The clocks of this world are in one zone.
fn from(message: &Message) -> Timestamp {
    let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", value(message, "DTSTART").trim_end_matches('Z'));
    let at = at.and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC)).expect("a time");
    Timestamp::from_millis(at.timestamp().as_millisecond())
}
