//! The dates of days that are named, as the other days of their statement tell them.

use jiff::civil::{Date, Weekday};

use super::clause::{Group, Sense};
use super::clock::Time;
use super::day::{self, Days};
use super::words::{Kind::Word as W, Word};
use super::{NotUnderstood, Reading, Text};

/// The dates of a group that names days.
pub(super) fn dates(text: &Text, groups: &[Group], place: usize, sense: Sense) -> Result<Vec<Date>, NotUnderstood> {
    let group = &groups[place];
    let mut period: Option<Vec<Date>> = None;
    let (mut only_working, mut is_open) = (false, false);
    let mut weekdays: Option<(&[Weekday], bool)> = None;
    let mut fixed: Option<Vec<Date>> = None;
    for days in &group.days {
        match days {
            Days::Period { dates, working, open } => {
                only_working |= *working;
                is_open |= *open && dates.first().is_some_and(|first| *first > text.today);
                period = Some(period.map_or(dates.clone(), |before| both(before, dates)));
            }
            // "any day next week" names none.
            Days::Named { names, .. } if names.len() == 7 && group.days.len() > 1 => {}
            Days::Named { names, again } => weekdays = Some((names, *again)),
            Days::Dates(dates) => fixed = Some(dates.clone()),
            // Each of them is taken away, of whatever month.
            Days::Numbered(first, last) if let Sense::Taken { last: end } = sense => {
                let all = day::between(text.today, end);
                fixed = Some(all.into_iter().filter(|date| (*first..=*last).contains(&date.day())).collect());
            }
            Days::Numbered(first, last) => fixed = Some(numbered(text, groups, place, (*first, *last))?),
        }
    }
    let unclear = |unclear| text.day_unclear(unclear, group.tokens);
    let dates = match (fixed, weekdays) {
        (Some(fixed), Some((names, _))) if fixed.len() == 1 && !names.contains(&fixed[0].weekday()) => {
            let next = day::next(text.today, names[0]);
            return Err(unclear(day::Unclear::Either([Reading::Day(next), Reading::Day(fixed[0])])));
        }
        (Some(fixed), weekdays) => {
            let fits = |date: &Date| weekdays.is_none_or(|(names, _)| names.contains(&date.weekday()));
            let fixed: Vec<Date> = fixed.into_iter().filter(fits).collect();
            period.map_or(fixed.clone(), |period| both(period, &fixed))
        }
        // "Tuesday after the 10th" is the first.
        (None, Some((names, false))) if is_open && sense == Sense::Free => {
            let dates = period.unwrap_or_default();
            let first = |name: &Weekday| dates.iter().find(|date| date.weekday() == *name).copied();
            names.iter().filter_map(first).collect()
        }
        (None, Some((names, again))) => named(text, groups, place, (names, again), period, sense)?,
        (None, None) => {
            let all = period.unwrap_or_default();
            let working = only_working && sense == Sense::Free;
            all.into_iter().filter(|date| !working || day::WORKDAYS.contains(&date.weekday())).collect()
        }
    };
    if dates.is_empty() && sense == Sense::Free { Err(unclear(day::Unclear::Never)) } else { Ok(dates) }
}

/// Whether one day has a plural of its own, as in "Tuesday mornings"; that of "Tuesday or Thursday mornings" may only come from there being two.
fn plural(groups: &[Group], place: usize) -> bool {
    let group = &groups[place];
    let is_own = |other: &Group| other.days.is_empty() || !other.times.is_empty();
    let parts = group.time_tokens.iter().any(|token| matches!(token.kind, W(Word::Parts(_))));
    parts && group.days.len() == 1 && matches!(group.times.as_slice(), [Time::Part(..)]) && groups.iter().all(is_own)
}

fn both(one: Vec<Date>, other: &[Date]) -> Vec<Date> {
    one.into_iter().filter(|date| other.contains(date)).collect()
}

/// The days of these names: in the period that is named with them, or elsewhere in the statement, or the next ones.
fn named(
    text: &Text,
    groups: &[Group],
    place: usize,
    (names, again): (&[Weekday], bool),
    period: Option<Vec<Date>>,
    sense: Sense,
) -> Result<Vec<Date>, NotUnderstood> {
    let of = |dates: Vec<Date>| dates.into_iter().filter(|date| names.contains(&date.weekday())).collect::<Vec<Date>>();
    if let Some(period) = period {
        return Ok(of(period));
    }
    if let Sense::Taken { last } = sense {
        return Ok(of(day::between(text.today, last)));
    }
    let upcoming: Vec<Date> = names.iter().map(|name| day::next(text.today, *name)).collect();
    let period_of = |place: usize| {
        groups[place]
            .days
            .iter()
            .find_map(|days| if let Days::Period { dates, .. } = days { Some(dates) } else { None })
    };
    let before = (0..place).rev().find(|before| period_of(*before).is_some());
    let Some(other) = before.or_else(|| (place + 1..groups.len()).find(|after| period_of(*after).is_some())) else {
        let is_each = again || plural(groups, place);
        return Ok(match names {
            // A weekday is never today.
            [_] if is_each => {
                upcoming.iter().flat_map(|first| (0..4).map(|weeks| day::later(*first, weeks * 7))).collect()
            }
            _ if again => of(day::coming(text.today)),
            _ => upcoming,
        });
    };
    // "Next week, any day" is about its working days.
    let framed = of(period_of(other).cloned().unwrap_or_default());
    let is_working = |days: &Days| matches!(days, Days::Period { working: true, .. });
    if names.len() == 7 && groups[other].days.iter().any(is_working) {
        return Ok(framed.into_iter().filter(|date| day::WORKDAYS.contains(&date.weekday())).collect());
    }
    let name_of = |place: usize| {
        groups[place]
            .days
            .iter()
            .find_map(|days| if let Days::Named { names, .. } = days { names.first().copied() } else { None })
    };
    // In "Thursday or Tuesday next week" it is not said in which week the Thursday is.
    let in_order = name_of(other).is_none_or(|theirs| {
        let (theirs, ours) = (theirs.to_monday_zero_offset(), names[0].to_monday_zero_offset());
        if other < place { theirs < ours } else { ours < theirs }
    });
    match (framed.first(), upcoming.first()) {
        (Some(framed), Some(next)) if framed != next && !in_order => {
            let readings = [Reading::Day(*next), Reading::Day(*framed)];
            Err(text.day_unclear(day::Unclear::Either(readings), groups[place].tokens))
        }
        _ => Ok(framed),
    }
}

/// Days of a month by their numbers: of the month that is named last before them, or next after them, or else the next such days.
fn numbered(text: &Text, groups: &[Group], place: usize, (first, last): (i8, i8)) -> Result<Vec<Date>, NotUnderstood> {
    let unclear = |unclear| text.day_unclear(unclear, groups[place].tokens);
    let date_of = |group: &Group| {
        group.days.iter().find_map(|days| if let Days::Dates(dates) = days { dates.first().copied() } else { None })
    };
    let before = groups[..place].iter().rev().find_map(date_of);
    let after = groups[place + 1..].iter().find_map(date_of);
    let start = match (before, after) {
        (Some(before), _) => day::numbered(first, before).map_err(unclear)?,
        (None, Some(after)) => {
            let start = Date::new(after.year(), after.month(), first).map_err(|_| unclear(day::Unclear::Never))?;
            if start < text.today {
                return Err(unclear(day::Unclear::Past));
            }
            start
        }
        // "The 29th or 30th": the second comes after the first.
        (None, None) => {
            let number_of = |group: &Group| {
                group
                    .days
                    .iter()
                    .find_map(|days| if let Days::Numbered(number, _) = days { Some(*number) } else { None })
            };
            let lower = groups[..place].iter().rev().find_map(number_of).filter(|before| *before < first);
            let from = lower.and_then(|before| day::numbered(before, text.today).ok()).unwrap_or(text.today);
            day::numbered(first, from).map_err(unclear)?
        }
    };
    let end = Date::new(start.year(), start.month(), last).map_err(|_| unclear(day::Unclear::Never))?;
    Ok(day::between(start, end))
}
