//! The porter's messages to two people who look for a time through it.

use lodge_calendar::free::Interval;
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
        times: Vec<Interval>,
    },
    /// To the one who gave times: the other is asked.
    Kept {
        /// The other of the two.
        with: Meant,
        /// The times as they were read.
        times: Vec<Interval>,
        /// Whether the other was asked before, and hears of these only when they answer.
        waits: bool,
    },
    /// To the other, who has not asked for it: which of these?
    Offered {
        /// The one who gave the times.
        by: Meant,
        /// The times.
        times: Vec<Interval>,
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
    },
    /// To the one who has chosen: the other is asked whether it still suits.
    Chosen {
        /// The other of the two.
        with: Meant,
        /// The moment.
        at: Timestamp,
    },
    /// To the other: does this moment of theirs still suit?
    Confirm {
        /// The one who has chosen it.
        by: Meant,
        /// The moment.
        at: Timestamp,
        /// Whether they hear it for the second time.
        again: bool,
    },
    /// To the one who gave times last: none of them suits the other.
    Apart {
        /// The other of the two.
        with: Meant,
        /// The times as they were read.
        times: Vec<Interval>,
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
            Self::Kept { with: who, times, waits } => {
                given("search-kept", who, times, vec![("waits", number(usize::from(*waits)))])
            }
            Self::Offered { by, times, slots, because } => offered(by, times, slots, *because),
            Self::Common { with: who, slots } => {
                Wording::with("search-common", vec![("who", other(who)), ("slots", Arg::Lines(numbered(slots)))])
            }
            Self::Chosen { with: who, at } => moment("search-chosen", who, *at, vec![]),
            Self::Confirm { by, at, again } => {
                moment("search-confirm", by, *at, vec![("again", number(usize::from(*again)))])
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

fn offered(by: &Meant, times: &[Interval], slots: &[Timestamp], because: Because) -> Wording {
    let because = match because {
        Because::Given => 0,
        Because::Apart => 1,
        Because::Again => 2,
        Because::Changed => 3,
    };
    let because = ("because", Arg::Number(because));
    match (times, slots) {
        // There is nothing to choose: they could meet then, or not.
        ([only], [at]) if only.length() <= MOMENT => moment("search-suggested", by, *at, vec![because]),
        _ => given("search-offered", by, times, vec![("slots", Arg::Lines(numbered(slots))), because]),
    }
}

fn given(id: &'static str, who: &Meant, times: &[Interval], more: Vec<(&'static str, Arg)>) -> Wording {
    let line = |time: &Interval| {
        let at = if time.length() <= MOMENT { Arg::When(time.from) } else { Arg::Between(time.from, time.to) };
        Wording::with("search-time", vec![("at", at)])
    };
    let lines = times.iter().take(SHOWN_MAX).map(line).collect();
    let over = number(times.len().saturating_sub(SHOWN_MAX));
    let mut args = vec![("who", other(who)), ("times", Arg::Lines(lines)), ("over", over)];
    args.extend(more);
    Wording::with(id, args)
}

fn moment(id: &'static str, who: &Meant, at: Timestamp, more: Vec<(&'static str, Arg)>) -> Wording {
    let mut args = vec![("who", other(who)), ("at", Arg::When(at))];
    args.extend(more);
    Wording::with(id, args)
}

fn numbered(slots: &[Timestamp]) -> Vec<Wording> {
    let line = |(at, place): (&Timestamp, usize)| {
        Wording::with("search-slot", vec![("number", number(place)), ("at", Arg::When(*at))])
    };
    slots.iter().zip(1..).map(line).collect()
}
