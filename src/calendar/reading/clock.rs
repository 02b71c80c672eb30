//! Times of the day: moments, parts of a day, and spans that begin or end with a moment.

use super::words::{
    Kind::{self, Clock, Dash, Number, Word as W},
    Part, Word,
};

/// From one minute of the day up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    pub from: i16,
    pub to: i16,
}

impl Hours {
    /// The hours in which people talk; see [`crate::DAY_BEGINS`].
    const DAY: Self = Self { from: crate::DAY_BEGINS as i16 * HOUR, to: crate::DAY_ENDS as i16 * HOUR };
    const ALL: Self = Self { from: 0, to: 24 * HOUR };

    pub(super) fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    fn shared(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}

const HOUR: i16 = 60;

/// The half of the day that an hour on a clock with twelve is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A moment on a clock, in minutes since midnight. In the other half of the day it may be meant as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    minutes: i16,
    either_half: bool,
}

/// Something that is said about the time of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    Whole,
    Part(Part, Slice),
    At(Moment),
    Range(Moment, Moment),
    After(Moment),
    Before(Moment),
    /// So many minutes from the moment that is told with it.
    Lasting(i16),
}

/// The share of a part of the day that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slice {
    All,
    Early,
    Late,
}

/// Words about the time of a day that make no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// Two moments could be meant, in minutes since midnight.
    Either(i16, i16),
    /// Nobody is asked to talk then.
    Night,
    /// It ends before it begins, or a length of time has no beginning.
    Unfit,
}

/// The time with which these begin, whether it comes on each day by itself ("mornings"), and how many tokens it takes.
pub(super) fn time(kinds: &[Kind]) -> Option<(Time, bool, usize)> {
    let part = |part, slice, each, count| Some((Time::Part(part, slice), each, count));
    if let Some((minutes, count)) = length(kinds) {
        return Some((Time::Lasting(minutes), false, count));
    }
    match kinds {
        [W(Word::Whole), ..] => Some((Time::Whole, true, 1)),
        [W(Word::Every), W(Word::Part(which) | Word::Parts(which)), ..] => part(*which, Slice::All, true, 2),
        [W(Word::Early), W(Word::Part(which)), ..] => part(*which, Slice::Early, false, 2),
        [W(Word::Early), W(Word::Parts(which)), ..] => part(*which, Slice::Early, true, 2),
        [W(Word::Late), W(Word::Part(which)), ..] => part(*which, Slice::Late, false, 2),
        [W(Word::Late), W(Word::Parts(which)), ..] => part(*which, Slice::Late, true, 2),
        [W(Word::Part(which)), ..] => part(*which, Slice::All, false, 1),
        [W(Word::Parts(which)), ..] => part(*which, Slice::All, true, 1),
        [W(Word::Am), ..] => part(Part::Morning, Slice::All, false, 1),
        [W(Word::Pm), ..] => part(Part::Afternoon, Slice::All, false, 1),
        [W(Word::Between), rest @ ..] => {
            let (first, count) = moment(rest)?;
            let (W(Word::And | Word::To) | Dash) = rest.get(count)? else { return None };
            let (second, more) = moment(rest.get(count + 1..)?)?;
            Some((Time::Range(first, second), false, count + more + 2))
        }
        [W(Word::From), rest @ ..] => {
            let (time, count) = begun(rest)?;
            Some((time, false, count + 1))
        }
        [W(Word::After), rest @ ..] => moment(rest).map(|(moment, count)| (Time::After(moment), false, count + 1)),
        [W(Word::Before | Word::Until), rest @ ..] => {
            moment(rest).map(|(moment, count)| (Time::Before(moment), false, count + 1))
        }
        _ => {
            let (first, count) = moment(kinds)?;
            let ranges = matches!(kinds.get(count), Some(W(Word::To | Word::Until | Word::Onwards) | Dash));
            // "10am - 1 hour".
            let ranges = ranges && kinds.get(count + 1..).and_then(length).is_none();
            let (time, count) = if ranges { begun(kinds)? } else { (Time::At(first), count) };
            Some((time, false, count))
        }
    }
}

/// A span that begins with a moment; where no end is named, it goes on.
fn begun(kinds: &[Kind]) -> Option<(Time, usize)> {
    let (first, count) = moment(kinds)?;
    match kinds.get(count..).unwrap_or_default() {
        [W(Word::To | Word::Until) | Dash, rest @ ..] => {
            let (second, more) = moment(rest)?;
            Some((Time::Range(first, second), count + more + 1))
        }
        [W(Word::Onwards), ..] => Some((Time::After(first), count + 1)),
        _ => Some((Time::After(first), count)),
    }
}

/// A length of time in minutes, and how many tokens it takes: "for half an hour", "90 mins", "an hour and a half".
pub(super) fn length(kinds: &[Kind]) -> Option<(i16, usize)> {
    let before = kinds.iter().take(2).take_while(|kind| matches!(kind, W(Word::For | Word::About))).count();
    let kinds = kinds.get(before..)?;
    let (whole, count) = match kinds {
        [Number(minutes @ 5..=600, _), W(Word::Minute), ..] => return Some((*minutes, before + 2)),
        [W(Word::Minutes(minutes)), ..] => return Some((*minutes, before + 1)),
        [W(Word::Half), W(Word::Hour), ..] => return Some((HOUR / 2, before + 2)),
        [W(Word::Quarter), W(Word::Hour), ..] => return Some((HOUR / 4, before + 2)),
        [Number(quarters @ 1..=3, _), W(Word::Quarter), W(Word::Hour), ..] => {
            return Some((quarters * HOUR / 4, before + 3));
        }
        [Number(hours @ 1..=12, _), W(Word::And), W(Word::Half), W(Word::Hour), ..] => {
            return Some((hours * HOUR + HOUR / 2, before + 4));
        }
        [Number(hours @ 1..=12, _), W(Word::Hour), ..] => (hours * HOUR, 2),
        [W(Word::Hour), ..] => (HOUR, 1),
        _ => return None,
    };
    let (more, others) = match kinds.get(count..).unwrap_or_default() {
        [W(Word::And), W(Word::Half), rest @ ..] if !matches!(rest, [Number(..), ..]) => (HOUR / 2, 2),
        [W(Word::And), W(Word::Quarter), rest @ ..] if !matches!(rest, [W(Word::Past | Word::To), ..]) => (HOUR / 4, 2),
        [W(Word::And), Number(minutes @ 5..=59, _), W(Word::Minute), ..] => (*minutes, 3),
        [Number(minutes @ 5..=59, _), W(Word::Minute), ..] => (*minutes, 2),
        _ => (0, 0),
    };
    Some((whole + more, before + count + others))
}

/// Whether this is a number that nothing says the sense of: it could be an hour, a day or a count.
pub(super) fn is_bare(kinds: &[Kind]) -> bool {
    let said = [
        W(Word::Am),
        W(Word::Pm),
        W(Word::Clock),
        W(Word::Ish),
        W(Word::To),
        W(Word::Until),
        W(Word::Onwards),
        W(Word::Past),
        W(Word::Hour),
        W(Word::Minute),
        Dash,
    ];
    matches!(kinds, [Number(_, 0..=2), rest @ ..] if !rest.first().is_some_and(|next| said.contains(next)))
}

/// A moment on a clock, and how many tokens it takes.
pub(super) fn moment(kinds: &[Kind]) -> Option<(Moment, usize)> {
    let (before, kinds) = match kinds {
        [W(Word::At), W(Word::About), rest @ ..] => (2, rest),
        [W(Word::At | Word::About), rest @ ..] => (1, rest),
        _ => (0, kinds),
    };
    let (hour, minute, padded, count) = match kinds {
        [W(Word::Noon), ..] => (12, 0, true, 1),
        [W(Word::Half), W(Word::Past), Number(hour, _), ..] => (*hour, 30, false, 3),
        [W(Word::Half), Number(hour, _), ..] => (*hour, 30, false, 2),
        [W(Word::Quarter), W(Word::Past), Number(hour, _), ..] => (*hour, 15, false, 3),
        [W(Word::Quarter), W(Word::To), Number(hour @ 2..=12, _), ..] => (*hour - 1, 45, false, 3),
        [Number(minute @ (5 | 10 | 20 | 25), _), W(Word::Past), Number(hour, _), ..] => (*hour, *minute, false, 3),
        // "10 to 4" is a span.
        [Number(minute @ (20 | 25), _), W(Word::To), Number(hour @ 2..=12, _), ..] => {
            (*hour - 1, 60 - minute, false, 3)
        }
        [Clock { hour, minute, padded }, ..] => (*hour, *minute, *padded, 1),
        // Counts of something: "two evenings".
        [Number(..), W(Word::Part(_) | Word::Parts(_) | Word::Weekdays(_) | Word::Workdays), ..] if before == 0 => {
            return None;
        }
        [
            Number(..),
            W(
                Word::Weekends
                | Word::Day
                | Word::Week
                | Word::Month(_)
                | Word::Every
                | Word::Fortnight
                | Word::Hour
                | Word::Minute,
            ),
            ..,
        ] => return None,
        [Number(hour, 0..=2), ..] => (*hour, 0, false, 1),
        // "1730", if it is no year.
        [Number(number, digits @ (3 | 4)), ..] if number % 5 == 0 && !(2025..2040).contains(number) => {
            (*number / 100, *number % 100, *digits == 4 && *number < 1000, 1)
        }
        _ => return None,
    };
    let (half, more) = match kinds.get(count..).unwrap_or_default() {
        [W(Word::Am), W(Word::Ish), ..] => (Some(Half::Am), 2),
        [W(Word::Am), ..] => (Some(Half::Am), 1),
        [W(Word::Pm), W(Word::Ish), ..] => (Some(Half::Pm), 2),
        [W(Word::Pm), ..] => (Some(Half::Pm), 1),
        [W(Word::Clock | Word::Ish), ..] => (None, 1),
        _ => (None, 0),
    };
    if hour >= 24 || minute >= 60 {
        return None;
    }
    let of_twelve = (1..=12).contains(&hour) && !padded;
    let minutes = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Am) => hour % 12 * HOUR + minute,
        Some(Half::Pm) => (hour % 12 + 12) * HOUR + minute,
        None => hour * HOUR + minute,
    };
    let moment = Moment { minutes, either_half: half.is_none() && of_twelve };
    Some((moment, before + count + more))
}

impl Moment {
    /// The minute in the first half of the day, and the one in the second.
    fn both(self) -> [i16; 2] {
        let first = self.minutes % (12 * HOUR);
        [first, first + 12 * HOUR]
    }

    /// The minute that is meant. Where neither half is named, it is the one in which people work.
    fn minute(self, half: Option<Half>) -> Result<i16, Unclear> {
        let [am, pm] = self.both();
        match (self.either_half, half) {
            (false, _) => Ok(self.minutes),
            (true, Some(Half::Am)) => Ok(am),
            (true, Some(Half::Pm)) => Ok(pm),
            (true, None) if am >= 9 * HOUR => Ok(am),
            (true, None) if am < 8 * HOUR => Ok(pm),
            (true, None) => Err(Unclear::Either(am, pm)),
        }
    }

    /// The minutes that could be meant.
    fn choices(self) -> Vec<i16> {
        if self.either_half { self.both().to_vec() } else { vec![self.minutes] }
    }
}

/// The hours of a span whose ends tell each other's halves of the day.
fn span(first: Moment, second: Moment, half: Option<Half>) -> Result<Hours, Unclear> {
    let from = match (first.either_half, second.either_half) {
        (false, _) => first.minutes,
        // "2-4pm", "10-2pm".
        (true, false) => {
            let before = first.choices().into_iter().filter(|from| *from < second.minutes);
            // The later one: its span lies in that of the earlier.
            before.max().ok_or(Unclear::Unfit)?
        }
        (true, true) => {
            let to_noon_or_later = second.minute(None).is_ok_and(|to| to >= 12 * HOUR);
            match first.minute(half) {
                Err(Unclear::Either(am, _)) if to_noon_or_later => am,
                other => other?,
            }
        }
    };
    let to = second.choices().into_iter().find(|to| *to > from).ok_or(Unclear::Unfit)?;
    Ok(Hours { from, to })
}

/// A moment is offered for an hour.
const MOMENT: i16 = HOUR;

/// The hours that all of these say together, within those in which people talk.
pub(super) fn free(times: &[Time]) -> Result<Hours, Unclear> {
    let hours = hours(times, Hours::DAY, false)?.shared(Hours::DAY);
    if hours.from < hours.to { Ok(hours) } else { Err(Unclear::Night) }
}

/// The hours that all of these take away: a part of the day is as long as it can be meant.
pub(super) fn taken(times: &[Time]) -> Result<Hours, Unclear> {
    hours(times, Hours::ALL, true)
}

fn hours(times: &[Time], day: Hours, broad: bool) -> Result<Hours, Unclear> {
    let mut part = None;
    let mut half = None;
    for time in times {
        if let Time::Part(which, slice) = time {
            let hours = part_hours(*which, *slice, broad);
            part = Some(part.map_or(hours, |before: Hours| before.shared(hours)));
            half = half_of(*which);
        }
    }
    let (begins, ends) = part.map_or((day.from, day.to), |part: Hours| (part.from, part.to));
    let length = times.iter().find_map(|time| if let Time::Lasting(minutes) = time { Some(*minutes) } else { None });
    let has_beginning = |time: &Time| matches!(time, Time::At(_) | Time::After(_) | Time::Range(..));
    if length.is_some() && !times.iter().any(has_beginning) {
        return Err(Unclear::Unfit);
    }
    let mut clock: Option<Hours> = None;
    for time in times {
        let said = match *time {
            Time::Whole | Time::Part(..) | Time::Lasting(_) => continue,
            Time::At(at) => {
                let from = at.minute(half)?;
                Hours { from, to: from + length.unwrap_or(MOMENT) }
            }
            // The conversation is to be as long as that, some time in these hours.
            Time::Range(first, second) => span(first, second, half)?,
            Time::After(from) => {
                let from = from.minute(half)?;
                Hours { from, to: length.map_or(ends, |length| from + length) }
            }
            Time::Before(to) => Hours { from: begins, to: to.minute(half)? },
        };
        clock = Some(clock.map_or(said, |before| before.shared(said)));
    }
    let hours = clock.or(part).unwrap_or(day);
    if hours.from < hours.to {
        Ok(hours)
    } else {
        Err(if hours.from >= Hours::DAY.to || hours.to <= Hours::DAY.from { Unclear::Night } else { Unclear::Unfit })
    }
}

/// The hours of a part of the day: those that everybody means by it, or, `broad`, those that anybody does.
fn part_hours(part: Part, slice: Slice, broad: bool) -> Hours {
    let (narrow, wide, early, late) = match part {
        Part::Morning => ((9 * HOUR, 12 * HOUR), (0, 12 * HOUR), (8 * HOUR, 10 * HOUR), (10 * HOUR + 30, 12 * HOUR)),
        Part::Lunch => ((12 * HOUR, 14 * HOUR), (12 * HOUR, 14 * HOUR), (12 * HOUR, 13 * HOUR), (13 * HOUR, 14 * HOUR)),
        Part::AfterLunch => {
            ((14 * HOUR, 17 * HOUR), (13 * HOUR, 24 * HOUR), (14 * HOUR, 15 * HOUR), (15 * HOUR, 17 * HOUR))
        }
        Part::Afternoon => {
            ((13 * HOUR, 17 * HOUR), (12 * HOUR, 18 * HOUR), (13 * HOUR, 15 * HOUR), (15 * HOUR, 17 * HOUR))
        }
        Part::Evening => {
            ((18 * HOUR, 21 * HOUR), (17 * HOUR, 24 * HOUR), (18 * HOUR, 19 * HOUR), (20 * HOUR, 21 * HOUR))
        }
        Part::OfficeHours => {
            ((9 * HOUR, 17 * HOUR), (8 * HOUR, 18 * HOUR), (9 * HOUR, 11 * HOUR), (15 * HOUR, 17 * HOUR))
        }
    };
    let (from, to) = match (broad, slice) {
        (true, _) => wide,
        (false, Slice::All) => narrow,
        (false, Slice::Early) => early,
        (false, Slice::Late) => late,
    };
    Hours { from, to }
}

/// The half of the day in which an hour in this part must be.
fn half_of(part: Part) -> Option<Half> {
    match part {
        Part::Morning => Some(Half::Am),
        Part::AfterLunch | Part::Afternoon | Part::Evening => Some(Half::Pm),
        Part::Lunch | Part::OfficeHours => None,
    }
}
