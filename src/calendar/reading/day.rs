//! Days: by their dates, their names, or from today.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Reading;
use super::feast;
use super::week::{coming_next, commencing, counted, monday, this, week, week_on, weekend_of};
use super::words::{
    Kind::{self, Dash, Number, Ordinal, Slash, Word as W},
    Word,
};

/// Days that are meant, as far as the words for them alone say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Days {
    /// One day, or a few in a row.
    Dates(Vec<Date>),
    /// A longer time. Of a week, the days from Monday to Friday are meant, unless others are named. A time that is open has one end in
    /// the words.
    Period { dates: Vec<Date>, working: bool, open: bool },
    /// Days of the week: the next of each, or every one of them.
    Named { names: Vec<Weekday>, again: bool },
    /// The days of a month from the first number to the second, whose month may stand elsewhere.
    Numbered(i8, i8),
}

/// Words about days that make none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unclear {
    Either([Reading; 2]),
    Past,
    Far,
    /// There is no such day.
    Never,
}

/// Days that come again do so for this many.
const AGAIN: i32 = 28;

/// No day is taken for one that is farther away than this: half a year.
pub(super) const FAR: i32 = 183;

const YEAR: i32 = 366;

/// A day without a year that was no more than this many days ago is that day.
pub(super) const RECENT: i32 = 60;

impl Days {
    pub(super) fn one(date: Date) -> Self {
        Self::Dates(vec![date])
    }

    fn again(names: &[Weekday]) -> Self {
        Self::Named { names: names.to_vec(), again: true }
    }

    pub(super) fn next(names: &[Weekday]) -> Self {
        Self::Named { names: names.to_vec(), again: false }
    }

    /// The day, if it is one.
    pub(super) fn single(&self, today: Date) -> Result<Date, Unclear> {
        match self {
            Self::Dates(dates) => dates.first().copied().filter(|_| dates.len() == 1).ok_or(Unclear::Never),
            Self::Named { names, again: false } if names.len() == 1 => Ok(next(today, names[0])),
            Self::Numbered(first, last) if first == last => numbered(*first, today),
            Self::Named { .. } | Self::Numbered(..) | Self::Period { .. } => Err(Unclear::Never),
        }
    }
}

pub(super) const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
pub(super) const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];
const ALL: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A date that many days later.
pub(super) fn later(date: Date, days: i32) -> Date {
    date.saturating_add(days.days())
}

/// The dates from one to another, both among them; no more than a year, which is longer than any time from today to the last day of
/// a month that is not far away.
pub(super) fn between(first: Date, last: Date) -> Vec<Date> {
    (0..=YEAR).map(|days| later(first, days)).take_while(|date| *date <= last).collect()
}

/// The days on which something comes again.
pub(super) fn coming(today: Date) -> Vec<Date> {
    between(today, later(today, AGAIN - 1))
}

/// The first such day after today.
pub(super) fn next(today: Date, name: Weekday) -> Date {
    (1..=7).map(|days| later(today, days)).find(|date| date.weekday() == name).unwrap_or(today)
}

/// The first day with this number that is not before `from`.
pub(super) fn numbered(number: i8, from: Date) -> Result<Date, Unclear> {
    between(from, later(from, FAR)).into_iter().find(|date| date.day() == number).ok_or(Unclear::Never)
}

/// This day of this month, in the year that is meant: the next one, if it is not far away.
fn dated(year: Option<i16>, month: i8, day: i8, today: Date) -> Result<Date, Unclear> {
    let of = |year: i16| Date::new(year, month, day).map_err(|_| Unclear::Never);
    let near = |date: Date| date >= today && date <= later(today, FAR);
    let this = of(year.unwrap_or(today.year()));
    match (&this, year) {
        (Ok(date), _) if near(*date) => this,
        (_, None) if of(today.year() + 1).is_ok_and(near) => of(today.year() + 1),
        (Err(_), None) => of(today.year() + 1).and(Err(Unclear::Far)),
        (Err(_), Some(_)) => this,
        // A day of the last weeks has been mistaken; nobody offers one almost a year ahead.
        (Ok(date), None) if *date < today && *date >= later(today, -RECENT) => Err(Unclear::Past),
        (Ok(date), Some(_)) if *date < today => Err(Unclear::Past),
        (Ok(_), _) => Err(Unclear::Far),
    }
}

/// The days with which these begin, and how many tokens they take. `None` if they begin with none.
pub(super) fn days(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let done = |days, count| Ok(Some((days, count)));
    let joined = match kinds {
        [W(Word::From), rest @ ..] => return from(rest, today),
        [W(Word::After), rest @ ..] => {
            return open(rest, today, |_, last| between(later(last, 1), later(last, AGAIN)));
        }
        [W(Word::Before), rest @ ..] => return open(rest, today, |first, _| between(today, later(first, -1))),
        [W(Word::Until), rest @ ..] => return open(rest, today, |_, last| between(today, last)),
        [W(Word::Between), rest @ ..] => Some(rest),
        _ => None,
    };
    if let Some((days, count)) = named_range(joined.unwrap_or(kinds), today) {
        return done(days, count + usize::from(joined.is_some()));
    }
    let Some((first, count)) = some(joined.unwrap_or(kinds), today)? else { return Ok(None) };
    let count = count + usize::from(joined.is_some());
    let rest = match kinds.get(count..).unwrap_or_default() {
        [W(Word::And), rest @ ..] if joined.is_some() => rest,
        [W(Word::To | Word::Until) | Dash, rest @ ..] => rest,
        _ if joined.is_some() => return Ok(None),
        [W(Word::Onwards), ..] => {
            let date = first.single(today)?;
            return done(
                Days::Period { dates: between(date, later(date, AGAIN - 1)), working: false, open: true },
                count + 1,
            );
        }
        _ => return done(first, count),
    };
    let Some((last, more)) = some(rest, today)? else { return done(first, count) };
    match range(&first, &last, today)? {
        Some(days) => done(days, count + more + 1),
        None => done(first, count),
    }
}

/// "Mon 14th to Fri 18th", if these are their names.
fn named_range(kinds: &[Kind], today: Date) -> Option<(Days, usize)> {
    let date = |kinds: &[Kind]| {
        let [W(Word::Weekday(name)), rest @ ..] = kinds else { return None };
        let (days, count) = in_numbers(rest, today).ok()??;
        Some((*name, days, count + 1))
    };
    let (name, first, count) = date(kinds)?;
    let [W(Word::To | Word::Until) | Dash, rest @ ..] = kinds.get(count..)? else { return None };
    let (other, last, more) = date(rest)?;
    let dates = match range(&first, &last, today).ok()?? {
        Days::Numbered(first, last) => {
            let start = numbered(first, today).ok()?;
            between(start, Date::new(start.year(), start.month(), last).ok()?)
        }
        Days::Dates(dates) => dates,
        Days::Named { .. } | Days::Period { .. } => return None,
    };
    let is_named = dates.first()?.weekday() == name && dates.last()?.weekday() == other;
    is_named.then_some((Days::Dates(dates), count + more + 1))
}

/// "from Monday", with or without its end.
fn from(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let Some((days, count)) = days(kinds, today)? else { return Ok(None) };
    let days = match days.single(today) {
        Ok(date) => Days::Period { dates: between(date, later(date, AGAIN - 1)), working: false, open: true },
        Err(_) => days,
    };
    Ok(Some((days, count + 1)))
}

/// A time that has one end in these words. It is computed from the first of their days and the last.
fn open(
    kinds: &[Kind],
    today: Date,
    dates: impl Fn(Date, Date) -> Vec<Date>,
) -> Result<Option<(Days, usize)>, Unclear> {
    let Some((days, count)) = some(kinds, today)? else { return Ok(None) };
    let (first, last) = match &days {
        Days::Dates(dates) | Days::Period { dates, .. } => {
            dates.first().copied().zip(dates.last().copied()).ok_or(Unclear::Past)?
        }
        Days::Named { .. } | Days::Numbered(..) => {
            let date = days.single(today)?;
            (date, date)
        }
    };
    Ok(Some((Days::Period { dates: dates(first, last), working: false, open: true }, count + 1)))
}

/// From one day to another; `None` if they are no ends of a range.
fn range(first: &Days, last: &Days, today: Date) -> Result<Option<Days>, Unclear> {
    match (first, last) {
        (Days::Named { names: first, again }, Days::Named { names: last, .. })
            if first.len() == 1 && last.len() == 1 =>
        {
            let start = next(today, first[0]);
            let names: Vec<Weekday> = (0..7).map(|days| later(start, days).weekday()).collect();
            let count = names.iter().position(|name| *name == last[0]).unwrap_or_default() + 1;
            Ok(Some(Days::Named { names: names.into_iter().take(count).collect(), again: *again }))
        }
        (Days::Numbered(first, _), Days::Numbered(last, _)) if first < last => Ok(Some(Days::Numbered(*first, *last))),
        (Days::Numbered(first, _), Days::Dates(last)) if last.len() == 1 => {
            // The day with the first number that is the last one before the end.
            let end = last[0];
            let found = between(later(end, -31), end).into_iter().rfind(|date| date.day() == *first);
            let found = found.filter(|date| *date >= today && *date < end).ok_or(Unclear::Never)?;
            Ok(Some(Days::Dates(between(found, end))))
        }
        (Days::Dates(first), Days::Dates(last)) if first.len() == 1 && last.len() == 1 && first < last => {
            Ok(Some(Days::Dates(between(first[0], last[0]))))
        }
        (Days::Dates(first), Days::Named { names, again: false }) if first.len() == 1 && names.len() == 1 => {
            Ok(Some(Days::Dates(between(first[0], next(first[0], names[0])))))
        }
        (Days::Dates(_) | Days::Named { .. } | Days::Numbered(..) | Days::Period { .. }, _) => Ok(None),
    }
}

/// Days without a range.
pub(super) fn some(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let done = |days, count| Ok(Some((days, count)));
    match kinds {
        [W(Word::Today), ..] => done(Days::one(today), 1),
        [W(Word::Tomorrow), ..] => done(Days::one(later(today, 1)), 1),
        [W(Word::AfterTomorrow), ..] => done(Days::one(later(today, 2)), 1),
        [W(Word::Yesterday), ..] => Err(Unclear::Past),
        [W(Word::Every), W(Word::Weekday(name) | Word::Weekdays(name)), ..] => done(Days::again(&[*name]), 2),
        [W(Word::Every), W(Word::Workdays), ..] => done(Days::again(&WORKDAYS), 2),
        [W(Word::Every), W(Word::Weekend | Word::Weekends), ..] => done(Days::again(&WEEKEND), 2),
        [W(Word::Weekdays(name)), ..] => done(Days::again(&[*name]), 1),
        [W(Word::Workdays), ..] => done(Days::again(&WORKDAYS), 1),
        [W(Word::Feast(feast)), rest @ ..] => {
            Ok(Some((feast::coming(*feast, today)?, 1 + usize::from(year(rest).is_some()))))
        }
        [W(Word::Weekend), rest @ ..]
            if matches!(rest, [Number(..) | Ordinal(_) | W(Word::Month(_)) | Kind::Date { .. }, ..]) =>
        {
            weekend_of(rest, today)
        }
        [W(Word::Weekends), ..] => done(Days::again(&WEEKEND), 1),
        [W(Word::Daily), ..] => done(Days::again(&ALL), 1),
        [W(Word::Weekday(name)), W(Word::Week), ..] => week_on(*name, 1, today, 2),
        [W(Word::Weekday(name)), W(Word::Fortnight), ..] => week_on(*name, 2, today, 2),
        [W(Word::Week | Word::Fortnight | Word::Day) | Number(1..=60, _), ..]
            if let Some(found) = counted(kinds, today) =>
        {
            found
        }
        [W(Word::Day), W(Word::After | Word::Before), rest @ ..] => {
            let Some((days, count)) = some(rest, today)? else { return Ok(None) };
            let after = if kinds[1] == W(Word::After) { 1 } else { -1 };
            done(Days::one(later(days.single(today)?, after)), count + 2)
        }
        [W(Word::In), W(Word::Week), ..] => done(Days::one(later(today, 7)), 2),
        [W(Word::In), W(Word::Fortnight), ..] => done(Days::one(later(today, 14)), 2),
        [W(Word::In), Number(count @ 1..=60, _), W(Word::Day), ..] => done(Days::one(later(today, (*count).into())), 3),
        [W(Word::In), Number(count @ 1..=20, _), W(Word::Week), ..] => {
            done(Days::one(later(today, i32::from(*count) * 7)), 3)
        }
        [W(Word::In), W(Word::Month(MAY)), ..] => done(month(MAY, today)?, 2),
        [W(Word::In), W(Word::Next | Word::Month(_)) | Number(..) | Ordinal(_), ..] => {
            Ok(some(&kinds[1..], today)?.map(|(days, count)| (days, count + 1)))
        }
        [W(Word::Every), W(Word::Next | Word::NextMonth), ..] => {
            Ok(some(&kinds[1..], today)?.map(|(days, count)| (days, count + 1)))
        }
        [W(Word::ThisWeek), ..] => done(week(monday(today), today), 1),
        [W(Word::WeekAfterNext), ..] => done(week(later(monday(today), 14), today), 1),
        [W(Word::NextMonth), ..] => {
            let first = later(today.last_of_month(), 1);
            done(Days::Period { dates: between(first, first.last_of_month()), working: false, open: false }, 1)
        }
        [W(Word::Commencing), rest @ ..] => commencing(rest, today),
        [W(Word::This), rest @ ..] => this(rest, today),
        [W(Word::Next), rest @ ..] => coming_next(rest, today),
        [W(Word::Weekend), ..] if WEEKEND.contains(&today.weekday()) => either_day(today, later(monday(today), 12)),
        [W(Word::Weekend), ..] => done(Days::next(&WEEKEND), 1),
        // The name tells which of the two numbers is the month.
        // "Tues 4/5" may as well mean hours.
        [W(Word::Weekday(name)), Kind::Date { year, month, day, turns: true }, ..]
            if year.is_some() || (month - day).abs() > 1 =>
        {
            let readings = [dated(*year, *month, *day, today), dated(*year, *day, *month, today)];
            let mut fit = readings.into_iter().flatten().filter(|date| date.weekday() == *name);
            done(Days::one(fit.next().ok_or(Unclear::Never)?), 2)
        }
        [W(Word::Weekday(name)), ..] => done(Days::next(&[*name]), 1),
        _ => in_numbers(kinds, today),
    }
}

pub(super) fn either_day<T>(first: Date, second: Date) -> Result<T, Unclear> {
    Err(Unclear::Either([Reading::Day(first), Reading::Day(second)]))
}

/// "3rd", "3 December", "Dec 3", "3/12", "January".
fn in_numbers(kinds: &[Kind], today: Date) -> Result<Option<(Days, usize)>, Unclear> {
    let day = |number: i16| i8::try_from(number).unwrap_or_default();
    let (month, number, year, count) = match kinds {
        [Number(number, 1 | 2), W(Word::Month(month)), rest @ ..] => (*month, day(*number), year(rest), 2),
        [Ordinal(number), W(Word::Month(month)), rest @ ..] => (*month, *number, year(rest), 2),
        [W(Word::Month(month)), Ordinal(number), rest @ ..] => (*month, *number, year(rest), 2),
        [W(Word::Month(month)), Number(number, 1 | 2), rest @ ..] if !is_hour(rest) => {
            (*month, day(*number), year(rest), 2)
        }
        // "Third Thursday" counts Thursdays.
        [Ordinal(1..=5), W(Word::Weekday(_)), ..] => return Err(Unclear::Never),
        [Ordinal(number), ..] => return Ok(Some((Days::Numbered(*number, *number), 1))),
        [Number(number @ 1..=31, 1 | 2), rest @ ..] if leads_to_month(rest) => {
            return Ok(Some((Days::Numbered(day(*number), day(*number)), 1)));
        }
        [Kind::Date { year, month, day, turns }, ..] => {
            let date = dated(*year, *month, *day, today)?;
            return match dated(*year, *day, *month, today) {
                Ok(other) if *turns => either_day(date, other),
                Ok(_) | Err(_) => Ok(Some((Days::one(date), 1))),
            };
        }
        // "I may be free" names no month.
        [W(Word::Month(month)), ..] if *month != MAY => {
            return Ok(Some((self::month(*month, today)?, 1)));
        }
        _ => return Ok(None),
    };
    let date = dated(year, month, number, today)?;
    Ok(Some((Days::one(date), count + usize::from(year.is_some()))))
}

const MAY: i8 = 5;

/// A whole month, or the rest of it.
fn month(month: i8, today: Date) -> Result<Days, Unclear> {
    let year = if month < today.month() { today.year() + 1 } else { today.year() };
    let first = Date::new(year, month, 1).map_err(|_| Unclear::Never)?;
    if first > later(today, FAR) {
        return Err(Unclear::Far);
    }
    Ok(Days::Period { dates: between(first.max(today), first.last_of_month()), working: false, open: false })
}

fn year(kinds: &[Kind]) -> Option<i16> {
    if let [Number(year @ 1900..=2199, 4), ..] = kinds { Some(*year) } else { None }
}

/// Whether the number before these is an hour: "Dec 3pm" names no day.
fn is_hour(kinds: &[Kind]) -> bool {
    matches!(kinds, [W(Word::Am | Word::Pm | Word::Clock | Word::Ish), ..])
}

/// Whether a list or a range of days goes on from here, up to the name of a month: "3, 4 or 5 December".
fn leads_to_month(kinds: &[Kind]) -> bool {
    let mut rest = kinds;
    while let [W(Word::And | Word::Or | Word::To | Word::Until) | Dash | Slash | Kind::Comma, after @ ..] = rest {
        let after = match after {
            [W(Word::And | Word::Or), after @ ..] => after,
            _ => after,
        };
        match after {
            [Number(1..=31, 1 | 2) | Ordinal(_), W(Word::Month(_)), ..] => return true,
            [Number(1..=31, 1 | 2) | Ordinal(_), after @ ..] => rest = after,
            _ => return false,
        }
    }
    false
}
