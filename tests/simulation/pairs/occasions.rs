//! Pairs of lives that differ in one student's coming to events: they come, wait, change their mind, or come to nothing. Nobody else
//! but staff may see a difference, as long as there are places enough for all (B11).

use lodge_core::people::member::{Details, Field, Role};
use lodge_core::time::{Span, Timestamp};

use super::{hour, put_under_strain};
use crate::chance::Chance;
use crate::life::{Lived, Script, part};
use crate::people::plan::{Answering, Diary, Traits};
use crate::planted::Planted;

/// The student whose coming is to show to nobody but staff.
pub const STUDENT: usize = 0;
/// The others who may come: an alumnus, another student, an intern, and an employer who is host.
pub const OTHERS: [usize; 4] = [1, 2, 3, 4];
const HOST: usize = 4;
const STAFF: usize = 5;

/// The organisation with which events are held.
const ORGANISATION: &str = "City Museum";

/// Everybody else has done their part with the last place of the second event by this hour.
const FULL: u64 = 30;

/// The student's doings about two events instead of nothing: the first has places enough, and of the second the only one is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coming {
    /// They write these words at these hours of the life.
    Writes(&'static [(u64, &'static str)]),
    /// They come to the first, and are at its door.
    IsThere,
}

const WAYS: [Coming; 10] = [
    Coming::Writes(&[(32, "come 1")]),
    Coming::Writes(&[(32, "event 1"), (33, "yes")]),
    Coming::Writes(&[(32, "come 1"), (60, "not coming 1")]),
    Coming::Writes(&[(32, "come 1"), (60, "not coming 1"), (61, "come 1")]),
    Coming::Writes(&[(32, "come 2")]),
    Coming::Writes(&[(32, "come 2"), (60, "not coming 2")]),
    Coming::Writes(&[(32, "come 1"), (33, "come 2"), (70, "my data")]),
    Coming::Writes(&[(32, "come 1"), (90, "forget me now")]),
    Coming::Writes(&[(32, "come 2"), (90, "forget me now")]),
    Coming::IsThere,
];

/// A life in which the student comes to nothing, and the lives that must look the same to everybody else.
#[derive(Debug, Clone)]
pub struct Occasion {
    nothing: Script,
    /// The student's doings in the other lives.
    pub ways: [Coming; 3],
}

impl Occasion {
    /// The lives of this seed, calm or under strain, with this bug.
    pub fn of(seed: u64, strained: bool, planted: Option<Planted>) -> Self {
        let mut chance = Chance::of(seed, 5001);
        let mut nothing = Script::plain(seed, Answering::Silent);
        for (place, role) in [(2, Role::Student), (3, Role::Intern), (HOST, Role::Employer), (STAFF, Role::Staff)] {
            let mut joining = part(seed, place, &mut chance);
            joining.person.role = role;
            joining.traits = Traits::willing(Answering::Silent);
            joining.listed = true;
            nothing.parts.push(joining);
        }
        nothing.parts[STUDENT].goals.clear();
        let host = &mut nothing.parts[HOST].person;
        host.details = Details::of([(Field::Organisation, ORGANISATION.to_owned())].into());
        nothing.parts[STAFF].diary = staffs();
        for place in OTHERS {
            nothing.parts[place].diary = others(place, &mut chance);
        }
        nothing.planted = planted;
        nothing.examined = planted.is_none() && !strained && seed.is_multiple_of(16);
        if strained {
            put_under_strain(&mut nothing, crate::world::START.until(hour(2)));
        }
        let first = chance.index(WAYS.len());
        Self { nothing, ways: std::array::from_fn(|index| WAYS[(first + index) % WAYS.len()]) }
    }

    /// The life in which the student comes to nothing.
    pub fn nothing(&self) -> Script {
        self.nothing.clone()
    }

    /// The life in which they do this instead.
    pub fn other(&self, coming: Coming) -> Script {
        let mut script = self.nothing.clone();
        let student = &mut script.parts[STUDENT];
        match coming {
            Coming::Writes(words) => {
                student.diary.extend(words.iter().map(|(hours, words)| (hour(*hours), (*words).to_owned())));
            }
            Coming::IsThere => {
                student.diary.push((hour(32), "come 1".to_owned()));
                student.doors.push((hour(FIRST_AT), 1));
            }
        }
        script
    }

    /// The first difference that somebody else than staff and the student can see.
    pub fn differs(&self, nothing: &Lived, other: &Lived) -> Option<String> {
        OTHERS.into_iter().find_map(|place| {
            let who = &self.nothing.parts[place].person.address;
            super::difference(nothing, other, who).map(|lines| format!("{who} sees a difference:\n    {lines}"))
        })
    }

    /// The address of the person with this place.
    pub fn address(&self, place: usize) -> &lodge_core::name::Address {
        &self.nothing.parts[place].person.address
    }
}

/// The first event begins after this many hours: on Friday at ten.
const FIRST_AT: u64 = 4 * 24 + 1;

/// Staff make two events with an employer's organisation, and change both: the first has places enough, and the second gets another.
fn staffs() -> Diary {
    let mut lines: Vec<(u64, u64, &str)> = vec![(3, 0, "approve organisation City Museum")];
    let first = ["new event", "Working in museums", ORGANISATION, "6 November, 10:00 to 12:00", "Room 4", "everyone"];
    let second =
        ["new event", "A look behind the scenes", ORGANISATION, "7 November, 10:00 to 12:00", "Room 5", "everyone"];
    let until = ["until it begins", "Some people tell how they began.", "announce"];
    for (hours, parts, places) in [(20, first, "40"), (24, second, "1")] {
        let all = parts.into_iter().chain([places]).chain(until);
        lines.extend((0..).zip(all).map(|(minutes, words)| (hours, minutes, words)));
    }
    let later = [
        (50, ["change event 1", "change the place", "Room 6", "announce"]),
        (56, ["change event 2", "change places", "3", "announce"]),
    ];
    for (hours, words) in later {
        lines.extend((0..).zip(words).map(|(minutes, words)| (hours, minutes, words)));
    }
    lines.extend([(80, 0, "guests 1"), (80, 5, "event 2")]);
    lines.into_iter().map(|(hours, minutes, words)| (moment(hours, minutes), words.to_owned())).collect()
}

/// The doings of somebody else: one of them has the only place of the second event in time, and all look now and then.
fn others(place: usize, chance: &mut Chance) -> Diary {
    const WORDS: [&str; 9] =
        ["events", "event 1", "event 2", "events in museums", "come 1", "not coming 1", "my data", "guests 1", "help"];
    let mut diary = Diary::new();
    if place == OTHERS[0] {
        diary.push((moment(FULL - 2, 0), "come 2".to_owned()));
    }
    for _ in 0..chance.between(3, 8) {
        // Nobody else says anything in the same minute, and so waits or comes before or after another by chance.
        let minutes = chance.below(6 * 24 * 10) * 6 + place as u64;
        let words = if place == HOST { chance.pick(&WORDS[..4]) } else { chance.pick(&WORDS) };
        diary.push((moment(FULL, minutes), (*words).to_owned()));
    }
    diary
}

fn moment(hours: u64, minutes: u64) -> Timestamp {
    hour(hours).after(Span::from_millis(minutes * 60_000))
}
