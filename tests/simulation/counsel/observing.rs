//! Everything that anybody can observe of a life, so that two lives can be compared.
//!
//! Next to nothing is normalised. The ids of the hub's rooms and events are the same in two lives, for each follows from
//! what is in it, and so are all times. What is replaced is this, each by its place among those of its kind that the
//! viewer has come across:
//!
//! - the ids of the counselling service's rooms and events, which counsellors see in their own conversation with it: they
//!   are hashes, and tell nothing;
//! - sync tokens, in the hub's rows: a homeserver counts in them all that happens on it, whoever does it (see `journal`).
//!   For the same reason a response has a new token here only where it has something new.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_counsel_core::say::{Say, ToCounsellor};
use lodge_matrix::homeserver::RoomRef;

use super::group::{Group, Sees};
use super::{OPERATOR, QUIET};
use crate::life::Lived;
use crate::world::START;
use crate::world::log::{Entry, Sight, Spoken, What};

/// The first difference that somebody can see between two lives of a group, and who.
pub fn difference(group: &Group, lives: [usize; 2], first: &Lived, second: &Lived) -> Option<String> {
    let takers: BTreeSet<Address> = takers(first).chain(takers(second)).collect();
    let seen = group.everybody().into_iter().find_map(|who| {
        let sees = group.sees(&who, lives, &takers);
        let months = lives[0] != 0 || opened(second) < ROUNDED_AWAY;
        let differing = unlike(&seen(first, &who, sees, months), &seen(second, &who, sees, months))?;
        Some(format!("{who} sees a difference:\n    {differing}"))
    });
    seen.or_else(|| {
        let hub = |lived: &Lived| lived.journal.lines().iter().cloned().chain(asked_by_hub(lived)).collect::<Vec<_>>();
        Some(format!("the hub shows a difference:\n    {}", unlike(&hub(first), &hub(second))?))
    })
}

/// Whether somebody sees any difference between two lives, of everything they may see.
pub fn sees_difference(first: &Lived, second: &Lived, who: &Address) -> bool {
    let all = |lived: &Lived| seen(lived, who, Sees::Everything, true);
    unlike(&all(first), &all(second)).is_some()
}

/// The wording ids of the counselling service's messages.
pub fn wordings(lived: &Lived) -> impl Iterator<Item = &str> {
    spoken(lived).map(|(_, spoken)| spoken.wording.as_str())
}

/// The number of rooms in which a client and a counsellor could speak.
pub fn opened(lived: &Lived) -> usize {
    lived.log.iter().filter(|entry| matches!(&entry.what, What::SpeechOpened(room) if is_quiet(room))).count()
}

/// So many conversations in a month are not rounded to none. A larger number shows in the month's, as it is meant to.
const ROUNDED_AWAY: usize = 3;

/// The counsellors who took a case.
fn takers(lived: &Lived) -> impl Iterator<Item = Address> {
    let claimed = |spoken: &Spoken| matches!(&spoken.say, Say::Counsellor(ToCounsellor::Claimed { .. }));
    spoken(lived).filter(move |(_, spoken)| claimed(spoken)).map(|(who, _)| who.clone())
}

/// The counselling service's messages, each with its reader.
fn spoken(lived: &Lived) -> impl Iterator<Item = (&Address, &Spoken)> {
    sights(lived).filter_map(
        |(_, who, _, sight)| {
            if let Sight::Counsel(spoken) = sight { Some((who, spoken)) } else { None }
        },
    )
}

/// Everything that anybody saw: the time, the person, the room and the thing.
fn sights(lived: &Lived) -> impl Iterator<Item = (Timestamp, &Address, &RoomRef, &Sight)> {
    lived.log.iter().filter_map(|Entry { at, what }| {
        if let What::Saw(who, room, sight) = what { Some((*at, who, room, sight)) } else { None }
    })
}

/// Everything that somebody saw, in order and with its times, in lines.
fn seen(lived: &Lived, who: &Address, sees: Sees, months: bool) -> Vec<String> {
    let mut known = Known::default();
    let own = sights(lived).filter(|(_, viewer, ..)| *viewer == who);
    let shown = own.filter(|(_, _, room, sight)| match sees {
        Sees::Everything => months || who.as_str() != OPERATOR || !matches!(sight, Sight::Answer("months", _)),
        Sees::AllButWords => !matches!(sight, Sight::Counsel(_)),
        Sees::TheHub => !room.0.is_empty() && !is_quiet(room),
    });
    let lines = shown.map(|(at, _, room, sight)| {
        let line = format!("{} {} {sight:?}", at.as_millis() - START.as_millis(), room.0);
        known.line(&line)
    });
    lines.collect()
}

/// The answers that the hub's account gets to questions that anybody can ask, and each of its calls with its outcome.
fn asked_by_hub(lived: &Lived) -> impl Iterator<Item = String> {
    let porter = |who: &Address| who.local() == "porter";
    lived.log.iter().filter_map(move |Entry { at, what }| {
        let at = at.as_millis();
        if let What::Call(own, name, room, became) = what {
            return porter(own).then(|| format!("{at} {name} {} {became}", room.0));
        }
        let What::Saw(who, _, sight) = what else { return None };
        porter(who).then(|| format!("{at} {sight:?}"))
    })
}

fn is_quiet(room: &RoomRef) -> bool {
    room.0.strip_prefix('!').is_some_and(|rest| rest.starts_with(&QUIET[1..6]))
}

/// The first line that differs.
fn unlike(first: &[String], second: &[String]) -> Option<String> {
    let nothing = || "(nothing more)".to_owned();
    let differs = (0..first.len().max(second.len())).find(|at| first.get(*at) != second.get(*at))?;
    let line = |lines: &[String]| lines.get(differs).cloned().unwrap_or_else(nothing);
    Some(format!("{}\n    {}", line(first), line(second)))
}

/// The ids of the counselling service's rooms and events that a viewer has come across, each by its place among them.
#[derive(Default)]
struct Known(BTreeMap<String, usize>);

impl Known {
    fn line(&mut self, line: &str) -> String {
        let line = self.words(line);
        let mut out = String::with_capacity(line.len());
        let mut rest = line.as_str();
        while let Some(at) = rest.find("quiet-") {
            let id = rest[at + 6..].bytes().take_while(u8::is_ascii_digit).count();
            let is_id = at > 0 && id > 0 && ["!", "$"].contains(&&rest[at - 1..at]);
            let end = at + 6 + id;
            out.push_str(&rest[..at]);
            if is_id {
                let next = self.0.len();
                let place = *self.0.entry(rest[at - 1..end].to_owned()).or_insert(next);
                let _ = write!(out, "#{place}");
            } else {
                out.push_str(&rest[at..end]);
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Words for cases are random, and which comes up depends on how many things were drawn before. A word counts by its
    /// place among them; one that is not of the shape they have stays as it is.
    fn words(&mut self, line: &str) -> String {
        let mut named = line.to_owned();
        for part in line.split("CaseWord(\"").skip(1) {
            let Some(word) = part.split('"').next().filter(|word| is_of_the_shape(word)) else { continue };
            let next = self.0.len();
            let place = *self.0.entry(word.to_owned()).or_insert(next);
            named = named.replace(word, &format!("word {place}"));
        }
        named
    }
}

/// Five small letters, every second one a vowel.
fn is_of_the_shape(word: &str) -> bool {
    let vowel = |letter: u8| b"aeiou".contains(&letter);
    let fits = |(at, letter): (usize, u8)| letter.is_ascii_lowercase() && vowel(letter) == (at % 2 == 1);
    word.len() == 5 && word.bytes().enumerate().all(fits)
}
