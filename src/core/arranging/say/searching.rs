//! The porter's messages to two people who look for a time through it.

use lodge_calendar::free::{Free, Interval};
use serde::{Deserialize, Serialize};

use super::super::time::MOMENT;
use super::{Arranging, Unclear, Wanted, other};
use crate::consent::Disclosure;
use crate::say::{Matter, Meant, Say};
use crate::time::{Span, Timestamp};
use crate::wording::{Arg, Wording, number};

/// Of somebody's times, a message shows this many.
const SHOWN_MAX: usize = 5;

/// A message while two people look for a time that suits both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Searching {
    /// To somebody who wants to look for a time, and gave none yet.
    When {
        /// The other of the two.
        with: Meant,
    },
    /// To an addressee: their yes counts, and so do the times that they gave with it.
    YesWithTimes {
        /// The requester.
        with: Meant,
        /// The times as they were read.
        times: Times,
    },
    /// To an addressee: the times that they gave with their yes had passed when both were in their room.
    Passed {
        /// The requester.
        with: Meant,
    },
    /// To the one who gave times: the other is asked.
    Kept {
        /// The other of the two.
        with: Meant,
        /// The times as they were read.
        times: Times,
        /// Whether the other was asked before, and hears of these only when they answer.
        waits: bool,
    },
    /// To the other, who has not asked for it: which of these?
    Offered {
        /// The one who gave the times.
        by: Meant,
        /// The times.
        times: Times,
        /// Moments among them, by their numbers from 1.
        slots: Vec<Timestamp>,
        /// The reason for which they hear it.
        because: Because,
    },
    /// To the one who gave times last: these moments suit both. Which one?
    Common {
        /// The other of the two.
        with: Meant,
        /// The moments, by their numbers from 1.
        slots: Vec<Timestamp>,
        /// Another zone than the service's, by whose clock they are told too.
        zone: Option<String>,
    },
    /// To the one who has chosen: the other is asked whether it still suits.
    Chosen {
        /// The other of the two.
        with: Meant,
        /// The moment.
        at: Timestamp,
        /// Another zone than the service's, by whose clock it is told too.
        zone: Option<String>,
    },
    /// To the other: does this moment of theirs still suit?
    Confirm {
        /// The one who has chosen it.
        by: Meant,
        /// The moment.
        at: Timestamp,
        /// Another zone than the service's, by whose clock it is told too.
        zone: Option<String>,
        /// Whether they hear it for the second time.
        again: bool,
    },
    /// To the one who gave times last: none of them suits the other.
    Apart {
        /// The other of the two.
        with: Meant,
        /// The times as they were read.
        times: Times,
    },
    /// None of the moments suits the one who was to choose.
    NoneSuits {
        /// The other of the two.
        with: Meant,
    },
    /// There are several moments to choose among.
    WhichMoment {
        /// Their number.
        count: usize,
    },
    /// The moment cannot be chosen any more.
    Gone,
    /// None of the times is long enough.
    TooShort {
        /// The length of the meeting.
        length: Span,
    },
    /// They have given times so often that no more are taken.
    Enough {
        /// The other of the two.
        with: Meant,
    },
    /// The times could be for several people.
    Which {
        /// Those, by number.
        matters: Vec<Matter>,
        /// Their words for the times.
        times: String,
    },
    /// The words were not understood as free times.
    Unclear(Unclear),
}

/// Times at which somebody is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// The times.
    pub windows: Vec<Interval>,
    /// Another zone than the service's, by whose clock they are told too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

impl Times {
    /// These times.
    pub(crate) fn of(times: &Free, zone: Option<&str>) -> Self {
        Self { windows: times.intervals().to_vec(), zone: zone.map(str::to_owned) }
    }
}

/// The reason for which somebody is shown the other's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The other has given them.
    Given,
    /// None of their own times suits the other.
    Apart,
    /// They have not answered.
    Again,
    /// The moment that they chose is none of the other's any more.
    Changed,
}

impl From<Searching> for Arranging {
    fn from(say: Searching) -> Self {
        Self::Searching(say)
    }
}

impl From<Searching> for Say {
    fn from(say: Searching) -> Self {
        Arranging::from(say).into()
    }
}

impl Searching {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        let with = |id, who| Wording::with(id, vec![("who", other(who))]);
        match self {
            Self::When { with: who } => with("search-when", who),
            Self::YesWithTimes { with: who, times } => given("search-yes-with-times", who, times, vec![]),
            Self::Passed { with: who } => with("search-passed", who),
            Self::Kept { with: who, times, waits } => {
                given("search-kept", who, times, vec![("waits", number(usize::from(*waits)))])
            }
            Self::Offered { by, times, slots, because } => offered(by, times, slots, *because),
            Self::Common { with: who, slots, zone } => {
                let slots = Arg::Lines(numbered(slots, zone.as_deref()));
                Wording::with("search-common", vec![("who", other(who)), ("slots", slots)])
            }
            Self::Chosen { with: who, at, zone } => moment("search-chosen", who, *at, zone.as_deref(), vec![]),
            Self::Confirm { by, at, zone, again } => {
                let again = ("again", number(usize::from(*again)));
                moment("search-confirm", by, *at, zone.as_deref(), vec![again])
            }
            Self::Apart { with: who, times } => given("search-apart", who, times, vec![]),
            Self::NoneSuits { with: who } => with("search-none-suits", who),
            Self::WhichMoment { count } => Wording::with("search-which-moment", vec![("count", number(*count))]),
            Self::Gone => Wording::plain("search-gone"),
            Self::TooShort { length } => Wording::with("search-too-short", vec![("length", Arg::Long(*length))]),
            Self::Enough { with: who } => with("search-enough", who),
            Self::Which { matters, times } => {
                let lines = super::lines_of(matters);
                Wording::with("search-with-whom", vec![("people", lines), ("times", Arg::Text(times.clone()))])
            }
            Self::Unclear(why) => why.wording(Wanted::FreeTimes),
        }
    }

    /// The disclosures by which it names the other of the two.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::When { with: who }
            | Self::YesWithTimes { with: who, .. }
            | Self::Passed { with: who }
            | Self::Kept { with: who, .. }
            | Self::Offered { by: who, .. }
            | Self::Common { with: who, .. }
            | Self::Chosen { with: who, .. }
            | Self::Confirm { by: who, .. }
            | Self::Apart { with: who, .. }
            | Self::NoneSuits { with: who }
            | Self::Enough { with: who } => who.disclosure().into_iter().collect(),
            Self::Which { matters, .. } => matters.iter().filter_map(|matter| matter.which.disclosure()).collect(),
            Self::WhichMoment { .. } | Self::Gone | Self::TooShort { .. } | Self::Unclear(_) => vec![],
        }
    }
}

fn offered(by: &Meant, times: &Times, slots: &[Timestamp], because: Because) -> Wording {
    let because = match because {
        Because::Given => 0,
        Because::Apart => 1,
        Because::Again => 2,
        Because::Changed => 3,
    };
    let because = ("because", Arg::Number(because));
    let zone = times.zone.as_deref();
    match (&times.windows[..], slots) {
        // There is nothing to choose: they could meet then, or not.
        ([only], [at]) if only.length() <= MOMENT => moment("search-suggested", by, *at, zone, vec![because]),
        _ => given("search-offered", by, times, vec![("slots", Arg::Lines(numbered(slots, zone))), because]),
    }
}

fn given(id: &'static str, who: &Meant, times: &Times, more: Vec<(&'static str, Arg)>) -> Wording {
    let line = |time: &Interval| {
        let to = (time.length() > MOMENT).then_some(time.to);
        Wording::with("search-time", vec![("at", told(time.from, to, times.zone.as_deref()))])
    };
    let lines = times.windows.iter().take(SHOWN_MAX).map(line).collect();
    let over = number(times.windows.len().saturating_sub(SHOWN_MAX));
    let mut args = vec![("who", other(who)), ("times", Arg::Lines(lines)), ("over", over)];
    args.extend(more);
    Wording::with(id, args)
}

fn moment(id: &'static str, who: &Meant, at: Timestamp, zone: Option<&str>, more: Vec<(&'static str, Arg)>) -> Wording {
    let mut args = vec![("who", other(who)), ("at", told(at, None, zone))];
    args.extend(more);
    Wording::with(id, args)
}

fn numbered(slots: &[Timestamp], zone: Option<&str>) -> Vec<Wording> {
    let line = |(at, place): (&Timestamp, usize)| {
        Wording::with("search-slot", vec![("number", number(place)), ("at", told(*at, None, zone))])
    };
    slots.iter().zip(1..).map(line).collect()
}

/// A time by the clock of the service, and by that of the other zone, if there is one.
fn told(from: Timestamp, to: Option<Timestamp>, zone: Option<&str>) -> Arg {
    let here = to.map_or(Arg::When(from), |to| Arg::Between(from, to));
    match zone {
        None => here,
        Some(zone) => {
            let there = Arg::There(from, to, zone.to_owned());
            Arg::Lines(vec![Wording::with("search-in-two-zones", vec![("here", here), ("there", there)])])
        }
    }
}
