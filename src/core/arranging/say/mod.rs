//! The porter's messages about the time at which two people meet.

mod searching;

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown};
use crate::interview::say::question_lines;
use crate::people::member::Field;
use crate::say::{Matter, Meant, Say};
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, named, number, who};

pub use searching::{Because, Searching, Times};

use super::calendar::Entry;

/// A message about a meeting, to one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arranging {
    /// To the one who tells it: the time is noted.
    Noted {
        /// The other of the two.
        with: Meant,
        /// The time.
        at: Timestamp,
        /// The reminders that follow.
        reminders: Reminders,
        /// The link to their call, if they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
    },
    /// To the other, who has not asked for it.
    Told {
        /// The one who told it.
        by: Meant,
        /// The time.
        at: Timestamp,
        /// The reminders that follow.
        reminders: Reminders,
        /// The link to their call, if they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
    },
    /// That time was noted before.
    NotedBefore {
        /// The other of the two.
        with: Meant,
        /// The time.
        at: Timestamp,
        /// The link to their call, if they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
    },
    /// To the one who calls it off.
    Dropped {
        /// The other of the two.
        with: Meant,
        /// The time at which they would have met.
        at: Timestamp,
    },
    /// To the other, who is reminded no more.
    DroppedByOther {
        /// The one who called it off.
        by: Meant,
        /// The time at which they would have met.
        at: Timestamp,
    },
    /// To one who ended the introduction, or wants no more of the other, and to whoever hears of that: they do not meet.
    Ended {
        /// The other of the two.
        with: Meant,
        /// The time at which they would have met.
        at: Timestamp,
    },
    /// To both, after the words about it: the meeting, for their calendar. It is a file.
    Calendar(Entry),
    /// That file could not be sent.
    NoCalendar,
    /// To both, before they meet.
    Reminder {
        /// The other of the two.
        with: Meant,
        /// The time.
        at: Timestamp,
        /// The link to their call, if they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
        /// To the one who asked for an information interview, while there is time to prepare: the questions that they sent
        /// with the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prepare: Option<Vec<String>>,
    },
    /// They have told so many times that no other is noted.
    Enough {
        /// The other of the two.
        with: Meant,
        /// The time that is noted, if one is.
        at: Option<Timestamp>,
    },
    /// They have met nobody in a room of two.
    Nobody,
    /// There is no time to call off.
    NotNoted,
    /// They could mean several people.
    Which {
        /// Those, by number.
        matters: Vec<Matter>,
        /// The words for the time as they wrote them; none if they call a meeting off.
        when: Option<String>,
    },
    /// The words were not understood as one time.
    Unclear(Unclear),
    /// While they look for a time that suits both.
    Searching(Searching),
}

/// The reminders that are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reminders {
    /// The day before, and an hour before.
    Both,
    /// The day before alone.
    DayBefore,
    /// An hour before alone.
    HourBefore,
    /// None: it is soon, or too early in the day.
    None,
}

/// A reason for which words are not one time, or no times; most hold the part that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unclear {
    /// There is no time in them.
    Nothing,
    /// The part was not understood.
    Words(String),
    /// The part can be read in two ways.
    Either(String, [Either; 2]),
    /// The part names no day.
    WhichDay(String),
    /// They name a day or a part of one, and no hour.
    WhichHour(String),
    /// It is not plain which time zone the part means.
    WhichZone(String),
    /// The part has passed.
    Past(String),
    /// The part is further away than is noted.
    Far(String),
    /// The part says no time.
    Vague(String),
    /// The part is at night.
    Night(String),
    /// They name several times.
    Several(String),
    /// They only say when not.
    OnlyNot,
    /// Nothing of the time is left by their exceptions.
    NothingLeft,
    /// They are longer than is read.
    TooLong,
}

impl Unclear {
    /// Whether these words are about a time, and not such as could be anything.
    pub(super) fn is_about_times(&self, words: &str) -> bool {
        match self {
            Self::Nothing | Self::Words(_) | Self::TooLong => false,
            Self::Vague(part) => part == words.trim(),
            Self::Either(..)
            | Self::WhichDay(_)
            | Self::WhichHour(_)
            | Self::WhichZone(_)
            | Self::Past(_)
            | Self::Far(_)
            | Self::Night(_)
            | Self::Several(_)
            | Self::OnlyNot
            | Self::NothingLeft => true,
        }
    }
}

/// One of two ways to read a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Either {
    /// Its noon, by the clock of the service.
    Day(Timestamp),
    /// A time of the day.
    Clock(String),
}

impl From<Arranging> for Say {
    fn from(say: Arranging) -> Self {
        Self::Arranging(say)
    }
}

impl Arranging {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Noted { with, at, reminders, call } => {
                called(told("meeting-noted", with, *at, Some(*reminders)), call.as_deref())
            }
            Self::Told { by, at, reminders, call } => {
                called(told("meeting-told", by, *at, Some(*reminders)), call.as_deref())
            }
            Self::NotedBefore { with, at, call } => {
                called(told("meeting-noted-before", with, *at, None), call.as_deref())
            }
            Self::Dropped { with, at } => told("meeting-dropped", with, *at, None),
            Self::DroppedByOther { by, at } => told("meeting-dropped-by-other", by, *at, None),
            Self::Reminder { with, at, call, prepare } => {
                let mut wording = called(told("meeting-reminder", with, *at, None), call.as_deref());
                wording
                    .args
                    .push(("prepare", Arg::Lines(prepare.iter().map(|questions| prepared(questions)).collect())));
                wording
            }
            Self::Ended { with, at } => told("meeting-ended", with, *at, None),
            Self::Calendar(entry) => {
                let id = if entry.for_good { "meeting-calendar-ended" } else { "meeting-calendar" };
                Wording::with(id, vec![("who", other(&entry.with))])
            }
            Self::NoCalendar => Wording::plain("meeting-no-calendar"),
            Self::Enough { with, at } => {
                let noted = ("noted", number(usize::from(at.is_some())));
                let at = ("at", at.map_or_else(|| Arg::Text(String::new()), Arg::When));
                Wording::with("meeting-enough", vec![("who", other(with)), noted, at])
            }
            Self::Nobody => Wording::plain("meeting-with-nobody"),
            Self::NotNoted => Wording::plain("meeting-not-noted"),
            Self::Which { matters, when } => {
                let mut args = vec![("people", lines_of(matters))];
                let id = match when {
                    Some(when) => {
                        args.push(("when", Arg::Text(when.clone())));
                        "meeting-with-whom"
                    }
                    None => "meeting-drop-which",
                };
                Wording::with(id, args)
            }
            Self::Unclear(why) => why.wording(Wanted::OneTime),
            Self::Searching(say) => say.wording(),
        }
    }

    /// The disclosures by which it names the other of the two.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Noted { with: who, .. }
            | Self::Told { by: who, .. }
            | Self::NotedBefore { with: who, .. }
            | Self::Dropped { with: who, .. }
            | Self::DroppedByOther { by: who, .. }
            | Self::Ended { with: who, .. }
            | Self::Enough { with: who, .. }
            | Self::Reminder { with: who, .. } => who.disclosure().into_iter().collect(),
            Self::Calendar(entry) => entry.with.disclosure().into_iter().collect(),
            Self::Which { matters, .. } => matters.iter().filter_map(|matter| matter.which.disclosure()).collect(),
            Self::Searching(say) => say.disclosures(),
            Self::NoCalendar | Self::Nobody | Self::NotNoted | Self::Unclear(_) => vec![],
        }
    }
}

/// The thing that words were to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    OneTime,
    FreeTimes,
}

impl Unclear {
    fn wording(&self, wanted: Wanted) -> Wording {
        let free = || ("free", Arg::Number(u64::from(wanted == Wanted::FreeTimes)));
        let plain = |id| Wording::with(id, vec![free()]);
        let part = |id, part: &String| Wording::with(id, vec![("part", Arg::Text(part.clone())), free()]);
        match self {
            Self::Nothing => plain("meeting-when"),
            Self::Words(words) => part("meeting-words-unclear", words),
            Self::Either(words, [first, second]) => Wording::with(
                "meeting-either",
                vec![
                    ("part", Arg::Text(words.clone())),
                    ("first", Arg::Lines(vec![first.wording()])),
                    ("second", Arg::Lines(vec![second.wording()])),
                    free(),
                ],
            ),
            Self::WhichDay(words) => part("meeting-which-day", words),
            Self::WhichHour(words) => part("meeting-which-hour", words),
            Self::WhichZone(words) => part("meeting-which-zone", words),
            Self::Past(words) => part("meeting-past", words),
            Self::Far(words) => part("meeting-far", words),
            Self::Vague(words) => part("meeting-vague", words),
            Self::Night(words) => part("meeting-night", words),
            Self::Several(words) => part("meeting-several", words),
            Self::OnlyNot => plain("meeting-only-not"),
            Self::NothingLeft => plain("meeting-nothing-left"),
            Self::TooLong => plain("meeting-too-long"),
        }
    }
}

impl Either {
    fn wording(&self) -> Wording {
        match self {
            Self::Day(day) => Wording::with("meeting-either-day", vec![("day", Arg::Day(*day))]),
            Self::Clock(clock) => Wording::with("meeting-either-clock", vec![("clock", Arg::Text(clock.clone()))]),
        }
    }
}

fn lines_of(matters: &[Matter]) -> Arg {
    let line = |matter: &Matter| {
        Wording::with("meeting-line", vec![("number", number(matter.number)), ("who", other(&matter.which))])
    };
    Arg::Lines(matters.iter().map(line).collect())
}

fn told(id: &'static str, who: &Meant, at: Timestamp, reminders: Option<Reminders>) -> Wording {
    let mut args = vec![("who", other(who)), ("at", Arg::When(at))];
    args.extend(reminders.map(|reminders| {
        let id = match reminders {
            Reminders::Both => "reminded-twice",
            Reminders::DayBefore => "reminded-day-before",
            Reminders::HourBefore => "reminded-hour-before",
            Reminders::None => "reminded-not",
        };
        ("reminders", Arg::Lines(vec![Wording::plain(id)]))
    }));
    Wording::with(id, args)
}

/// The sentence with the link to a call, or with nothing in its place.
fn called(mut wording: Wording, call: Option<&str>) -> Wording {
    let line = |link: &str| Wording::with("meeting-call", vec![("link", Arg::Way(link.to_owned()))]);
    wording.args.push(("call", Arg::Lines(call.map(line).into_iter().collect())));
    wording
}

fn prepared(questions: &[String]) -> Wording {
    let count = Arg::Number(u64::try_from(questions.len()).unwrap_or(u64::MAX));
    Wording::with("meeting-prepare", vec![("count", count), ("questions", Arg::Lines(question_lines(questions)))])
}

/// The other of the two, in the middle of a sentence: as their reader named them, or by the name that they were shown.
pub(crate) fn other(who_is: &Meant) -> Arg {
    match who_is {
        Meant::To(to) => named(to),
        Meant::From(of) => {
            let name = of.fields().iter().find(|shown| shown.field() == Field::Name).map(Shown::value);
            name.map_or_else(|| who(of), |name| Arg::Text(name.to_owned()))
        }
        Meant::On(at) => Arg::Lines(vec![Wording::with("meeting-with-asker", vec![("at", Arg::Day(*at))])]),
    }
}
