//! Days that are told by weeks: "next week", "a week on Friday", "w/c 7th", "weekend of the 12th".

use jiff::civil::{Date, Weekday};

use super::day::{Days, Unclear, WEEKEND, between, days, either_day, later, next, some};
use super::words::{
    Kind::{self, Number, Ordinal, Word as W},
    Word,
};

/// The Monday of the week in which the date is.
pub(super) fn monday(date: Date) -> Date {
    later(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

pub(super) fn week(monday: Date, today: Date) -> Days {
    let dates = between(monday.max(today), later(monday, 6));
    Days::Period { dates, working: true, open: false }
}

/// "this Thursday", "this weekend", and "this" before a part of today.
pub(super) fn this(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    match kinds {
        [W(Word::Weekday(name)), ..] if *name == today.weekday() => either_day(today, later(today, 7)),
        [W(Word::Weekday(name)), ..] => Ok(Some((Days::one(next(today, *name)), 2))),
        [W(Word::Weekend), ..] => {
            let saturday = later(monday(today), 5);
            Ok(Some((Days::Dates(between(saturday.max(today), later(saturday, 1))), 2)))
        }
        [W(Word::Month(_)) | Ordinal(_), ..] => Ok(some(kinds, today)?.map(|(days, count)| (days, count + 1))),
        [W(Word::Part(_)), ..] => Ok(Some((Days::one(today), 1))),
        _ => Ok(None),
    }
}

/// "next week", "next Monday", "next 2 weeks".
pub(super) fn coming_next(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let next_monday = later(monday(today), 7);
    let ahead = |days: i32| Days::Period { dates: between(today, later(today, days - 1)), working: false, open: false };
    match kinds {
        [W(Word::Week), ..] => Ok(Some((week(next_monday, today), 2))),
        // Some mean the one in the next week by it, and others the one that comes next.
        [W(Word::Weekday(name)), ..] => {
            let (first, second) = (next(today, *name), later(next_monday, (*name).to_monday_zero_offset().into()));
            if first == second { Ok(Some((Days::one(first), 2))) } else { either_day(first, second) }
        }
        [W(Word::Weekend), ..] => either_day(later(next_monday, -2), later(next_monday, 5)),
        [W(Word::Fortnight), ..] => Ok(Some((ahead(14), 2))),
        [Number(count @ 2..=8, _), W(Word::Week), ..] => Ok(Some((ahead(i32::from(*count) * 7), 3))),
        [Number(count @ 2..=60, _), W(Word::Day), ..] => Ok(Some((ahead((*count).into()), 3))),
        _ => Ok(None),
    }
}

/// The day of this name, so many weeks after the next one.
pub(super) fn week_on(name: Weekday, weeks: i32, today: Date, count: usize) -> Result<Option<(Days, usize)>, Unclear> {
    let date = later(next(today, name), weeks * 7);
    // On a Monday, "a week on Monday" can be either.
    if name == today.weekday() { either_day(later(date, -7), date) } else { Ok(Some((Days::one(date), count))) }
}

/// A week by the day with which it begins. People mean its Monday, or the Sunday before.
pub(super) fn commencing(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let named = usize::from(matches!(
        kinds,
        [W(Word::Weekday(_)), Number(..) | Ordinal(_) | W(Word::Month(_)) | Kind::Date { .. }, ..]
    ));
    let Some((days, count)) = some(kinds.get(named..).unwrap_or_default(), today)? else { return Ok(None) };
    // "W/c 7th or 14th": a week or a day.
    if matches!(
        kinds.get(named + count..),
        Some([W(Word::And | Word::Or) | Kind::Slash, Number(..) | Ordinal(_) | Kind::Date { .. }, ..])
    ) {
        return Err(Unclear::Never);
    }
    let date = days.single(today)?;
    let begins = monday(later(date, 1));
    if date == monday(date) || date.weekday() == Weekday::Sunday {
        Ok(Some((week(begins, today), count + named + 1)))
    } else {
        either_day(monday(date), later(monday(date), 7))
    }
}

/// "A week today", "two weeks from tomorrow", "a fortnight on Friday", "3 days from today".
pub(super) fn counted(kinds: &[Kind], today: Date) -> Option<Result<Option<(Days, usize)>, Unclear>> {
    let (number, unit, rest, count) = match kinds {
        [Number(number, _), unit, rest @ ..] => (i32::from(*number), unit, rest, 2),
        [unit, rest @ ..] => (1, unit, rest, 1),
        [] => return None,
    };
    let days = if *unit == W(Word::Day) {
        1
    } else if *unit == W(Word::Week) && number <= 20 {
        7
    } else if *unit == W(Word::Fortnight) && number <= 10 {
        14
    } else {
        return None;
    };
    let (rest, count) = match rest {
        [W(Word::From), rest @ ..] => (rest, count + 1),
        rest if days > 1 => (rest, count),
        _ => return None,
    };
    let one = |after: i32| Some(Ok(Some((Days::one(later(today, number * days + after)), count + 1))));
    match rest {
        [W(Word::Today), ..] => one(0),
        [W(Word::Tomorrow), ..] => one(1),
        [W(Word::Weekday(name)), ..] if days > 1 => Some(week_on(*name, number * days / 7, today, count + 1)),
        _ => None,
    }
}

/// "Weekend of the 12th": the one in which that day is, or those days are.
pub(super) fn weekend_of(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let Some((days, count)) = days(kinds, today)? else { return Ok(Some((Days::next(&WEEKEND), 1))) };
    let dates = match &days {
        Days::Dates(dates) => dates.clone(),
        Days::Named { .. } | Days::Numbered(..) | Days::Period { .. } => vec![days.single(today)?],
    };
    let saturday = later(monday(*dates.first().ok_or(Unclear::Never)?), 5);
    let weekend = between(saturday.max(today), later(saturday, 1));
    if dates.iter().all(|date| weekend.contains(date)) {
        Ok(Some((Days::Dates(weekend), count + 1)))
    } else {
        Err(Unclear::Never)
    }
}
