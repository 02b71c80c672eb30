//! One statement about times: its days, its hours, and their belonging together.

use jiff::civil::Date;

use super::clock::{self, Hours, Time};
use super::dates::dates;
use super::day::{self, Days};
use super::words::{
    Kind::{self, Comma, Dash, Number, Slash, Word as W},
    Part, Token, Word,
};
use super::{NotUnderstood, Reading, Text};

/// Whether the statement says when somebody is free, or takes times away: then with the last day that it can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Free,
    Taken { last: Date },
}

/// Days and times that stand together, without "or" or a comma between them.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    pub tokens: &'a [Token],
    pub days: Vec<Days>,
    pub times: Vec<Time>,
    /// The words of the times.
    pub time_tokens: &'a [Token],
    /// The times come on each day, if no day is named.
    pub each: bool,
    time_first: bool,
    /// A comma stands behind it.
    comma: bool,
}

impl Group<'_> {
    /// Whether its days are the next ones of their names.
    fn names_days(&self) -> bool {
        matches!(self.days.as_slice(), [Days::Named { again: false, .. }])
    }

    /// Whether it has times by the clock and no others.
    fn has_clocks_alone(&self) -> bool {
        let is_clock = |time: &Time| !matches!(time, Time::Part(..) | Time::Whole | Time::Lasting(_));
        !self.times.is_empty() && self.times.iter().all(is_clock)
    }

    /// Whether a length of time is its only time.
    fn has_length_alone(&self) -> bool {
        matches!(self.times.as_slice(), [Time::Lasting(_)])
    }
}

/// The days and hours of a statement.
pub(super) fn read(text: &Text, tokens: &[Token], sense: Sense) -> Result<Vec<(Date, Hours)>, NotUnderstood> {
    let groups = groups(text, tokens, sense)?;
    let mut found = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let dates = match sense {
            Sense::Free if is_frame(&groups, place) => continue,
            Sense::Free if group.days.is_empty() && belongs_to_days(&groups, place) => continue,
            Sense::Free if group.days.is_empty() && group.has_length_alone() => {
                return Err(NotUnderstood::Words(text.part(group.tokens)));
            }
            Sense::Free if group.days.is_empty() && !group.each => {
                return Err(NotUnderstood::WhichDay(text.part(group.tokens)));
            }
            Sense::Free if group.days.is_empty() => day::coming(text.today),
            Sense::Taken { last } if group.days.is_empty() => day::between(text.today, last),
            Sense::Free | Sense::Taken { .. } => dates(text, &groups, place, sense)?,
        };
        let is_open = group.days.iter().any(|days| matches!(days, Days::Period { open: true, .. }));
        for times in times(&groups, place, sense) {
            // "after Thursday 5pm" begins on that day.
            if is_open && times.times.iter().any(|time| matches!(time, Time::At(_))) {
                return Err(NotUnderstood::Words(text.part(group.tokens)));
            }
            let hours = match sense {
                Sense::Free => clock::free(&times.times),
                Sense::Taken { .. } => clock::taken(&times.times),
            };
            let hours = hours.map_err(|unclear| text.clock_unclear(unclear, times.time_tokens))?;
            found.extend(dates.iter().map(|date| (*date, hours)));
        }
    }
    Ok(found)
}

fn groups<'a>(text: &Text, tokens: &'a [Token], sense: Sense) -> Result<Vec<Group<'a>>, NotUnderstood> {
    let kinds: Vec<Kind> = tokens.iter().map(|token| token.kind).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group::default();
    let (mut begin, mut at, mut times_begin) = (0, 0, 0);
    // The last thing that was read is a day by its number.
    let mut numeric_day = false;
    while let Some(rest) = kinds.get(at..).filter(|rest| !rest.is_empty()) {
        let mut ends = None;
        let days = match rest {
            [Comma, after @ ..] if names_a_date(text, &group, numeric_day, after) => None,
            // "Tuesday at 8, half an hour", "half an hour, Tuesday at 8".
            [Comma, after @ ..] if sense == Sense::Free && tells_more(text, &group, after) => None,
            [Comma, after @ ..] if clock::length(after).is_some() || group.has_length_alone() => None,
            [W(Word::And | Word::Or) | Comma | Slash, ..] => {
                ends = Some(1);
                None
            }
            _ => days_at(text, tokens, &kinds, at)?,
        };
        let begins_another = ends.is_some() || days.as_ref().is_some_and(|(days, _)| begins_another(&group, days));
        if begins_another && !(group.days.is_empty() && group.times.is_empty()) {
            group.tokens = &tokens[begin..at];
            group.comma = rest.first() == Some(&Comma);
            groups.push(std::mem::take(&mut group));
        }
        if begins_another {
            begin = at + ends.unwrap_or_default();
        }
        let count = if let Some(count) = ends {
            count
        } else if let Some((days, count)) = days {
            group.time_first |= group.days.is_empty() && !group.times.is_empty();
            // "Tuesday 2pm or 3pm next week" is about one Tuesday.
            let is_week = matches!(days, Days::Period { open: false, .. }) && group.days.is_empty();
            let before = groups.iter_mut().rfind(|before| !before.days.is_empty());
            match before.filter(|before| is_week && group.has_clocks_alone() && before.names_days()) {
                Some(before) => before.days.push(days),
                None => group.days.push(days),
            }
            let last = kinds[at + count - 1];
            numeric_day = matches!(last, Number(..) | Kind::Ordinal(_) | Kind::Date { .. } | W(Word::Month(_)));
            if rest.first() == Some(&W(Word::Tonight)) {
                group.times.push(Time::Part(Part::Evening, clock::Slice::All));
            }
            count
        } else if is_no_length(&kinds, at) {
            return Err(NotUnderstood::Words(text.part(&tokens[at..])));
        } else if is_doubtful(&kinds, at, numeric_day) && clock::length(rest).is_none() {
            return Err(NotUnderstood::Words(text.part(&tokens[at..=at])));
        } else if let Some((time, each, count)) = clock::time(rest) {
            numeric_day = false;
            times_begin = if group.times.is_empty() { at } else { times_begin };
            group.time_tokens = &tokens[times_begin..at + count];
            group.times.push(time);
            group.each |= each;
            count
        } else if is_filling(&kinds, at) && (sense == Sense::Free || rest[0] != W(Word::So)) {
            1
        } else {
            return Err(NotUnderstood::Words(text.part(&tokens[at..=at])));
        };
        at += count;
    }
    if !(group.days.is_empty() && group.times.is_empty()) {
        group.tokens = &tokens[begin..];
        groups.push(group);
    }
    // "At 2 or at 3, for half an hour."
    let mut length = None;
    for group in groups.iter_mut().rev() {
        let own = group.times.iter().find(|time| matches!(time, Time::Lasting(_)));
        length = own.copied().or(length);
        if own.is_none() && group.times.iter().any(|time| matches!(time, Time::At(_))) {
            group.times.extend(length);
        }
    }
    Ok(groups)
}

/// Whether a length of time is told here that begins at no moment of a clock: "in 2 hours", "an hour after 5".
fn is_no_length(kinds: &[Kind], at: usize) -> bool {
    let Some((_, count)) = clock::length(&kinds[at..]) else { return false };
    let is_in = at.checked_sub(1).is_some_and(|before| kinds[before] == W(Word::In));
    let relates = matches!(kinds.get(at + count), Some(W(Word::After | Word::Before | Word::Past | Word::To)));
    is_in || relates && kinds[at] != W(Word::For)
}

/// The days that begin here, and how many tokens they take.
fn days_at(text: &Text, tokens: &[Token], kinds: &[Kind], at: usize) -> Result<Option<(Days, usize)>, NotUnderstood> {
    if kinds[at] == W(Word::Tonight) {
        return Ok(Some((Days::Dates(vec![text.today]), 1)));
    }
    if let Some(days) = day_number(text, tokens, kinds, at)? {
        return Ok(Some((days, 1)));
    }
    let rest = &kinds[at..];
    day::days(rest, text.today).map_err(|unclear| {
        // The fewest words that are unclear in this way.
        let is_same = |count: &usize| day::days(&rest[..*count], text.today) == Err(unclear.clone());
        let count = (1..rest.len()).find(is_same).unwrap_or(rest.len());
        text.day_unclear(unclear, &tokens[at..at + count])
    })
}

/// Whether the name of a day and its date stand on the two sides of a comma: "Thursday, 10 December". A date is `numeric`.
fn names_a_date(text: &Text, group: &Group, numeric: bool, after: &[Kind]) -> bool {
    let Ok(Some((days, _))) = day::days(after, text.today) else { return false };
    let [before] = group.days.as_slice() else { return false };
    if !numeric && !matches!(after, [Number(..) | Kind::Ordinal(_) | Kind::Date { .. } | W(Word::Month(_)), ..]) {
        return false;
    }
    let date = |days: &Days| days.single(text.today).ok().filter(|_| !matches!(days, Days::Named { .. }));
    let name = |days: &Days| match days {
        Days::Named { names, again: false } if names.len() == 1 => names.first().copied(),
        Days::Named { .. } | Days::Dates(_) | Days::Numbered(..) | Days::Period { .. } => None,
    };
    let (Some(date), Some(name)) = (date(before).or_else(|| date(&days)), name(before).or_else(|| name(&days))) else {
        return false;
    };
    // With a time between the two, only the weekday tells that they belong together.
    group.times.is_empty() || date.weekday() == name
}

/// Whether a time behind a comma tells the one before it more exactly: "Tuesday afternoon, 2 to 3", "Tuesday from 1, until 3". That is the
/// narrower of the two readings.
fn tells_more(text: &Text, group: &Group, after: &[Kind]) -> bool {
    let Some((time, _, count)) = clock::time(after) else { return false };
    let is_part = |time: &Time| matches!(time, Time::Part(..));
    let other_day = day::days(&after[count..], text.today) != Ok(None);
    if group.times.is_empty() || other_day || is_part(&time) || matches!(time, Time::Whole | Time::Lasting(_)) {
        return false;
    }
    let with = |times: &mut dyn Iterator<Item = &Time>| clock::free(&times.copied().chain([time]).collect::<Vec<_>>());
    let both = with(&mut group.times.iter());
    let alone = with(&mut group.times.iter().filter(|time| is_part(time)));
    let begins_and_ends = matches!(
        (group.times.as_slice(), time),
        ([Time::After(_)], Time::Before(_)) | ([Time::Before(_)], Time::After(_))
    );
    both.is_ok()
        && (begins_and_ends
            || both == alone && clock::free(&group.times).is_ok_and(|before| both.is_ok_and(|both| before.holds(both))))
}

/// Whether a number that no word explains could be another thing than an hour: a second date, or a day of the month.
fn is_doubtful(kinds: &[Kind], at: usize, after_date: bool) -> bool {
    let apart =
        at.checked_sub(1).is_some_and(|before| matches!(kinds[before], W(Word::And | Word::Or) | Comma | Slash));
    match &kinds[at..] {
        [Number(_, 0..=2), Dash | W(Word::To), Number(..), rest @ ..] => {
            // "21 January, 10-12": no other days of that month are told like this.
            let is_month =
                matches!(&kinds[..at], [.., W(Word::Month(_)), Comma] | [.., W(Word::Month(_)), Comma, W(Word::Or)]);
            after_date && apart && !is_month && !matches!(rest, [W(Word::Am | Word::Pm), ..])
        }
        rest @ [Number(number, 0..=2), ..] => clock::is_bare(rest) && (after_date || *number > 12),
        _ => false,
    }
}

/// Whether a sign stands between a day and a time only to keep them apart.
fn is_filling(kinds: &[Kind], at: usize) -> bool {
    match &kinds[at..] {
        [W(Word::In | Word::So | Word::Zone(..)) | Comma, ..] => true,
        [Dash, ..] => !at.checked_sub(1).is_some_and(|before| matches!(kinds[before], Number(..))),
        _ => false,
    }
}

/// A bare number after the name of a day can be its date, or an hour. Where it can be both, nobody knows.
fn day_number(text: &Text, tokens: &[Token], kinds: &[Kind], at: usize) -> Result<Option<Days>, NotUnderstood> {
    let (Some([W(Word::Weekday(name)), rest @ ..]), Some(Number(number, 1 | 2))) =
        (at.checked_sub(1).and_then(|before| kinds.get(before..)), kinds.get(at))
    else {
        return Ok(None);
    };
    if !clock::is_bare(rest) || matches!(rest, [_, W(Word::Month(_)), ..]) {
        return Ok(None);
    }
    let number = i8::try_from(*number).unwrap_or_default();
    let Some(date) = day::numbered(number, text.today).ok().filter(|date| date.weekday() == *name) else {
        return Ok(None);
    };
    if number > LATEST_HOUR {
        return Ok(Some(Days::Dates(vec![date])));
    }
    let hour = if number < 8 { number + 12 } else { number };
    let readings = [Reading::Day(date), Reading::Clock(jiff::civil::Time::constant(hour, 0, 0, 0))];
    Err(NotUnderstood::Either(text.part(&tokens[at - 1..=at]), readings))
}

const LATEST_HOUR: i8 = 20;

/// Whether these days are others than those before them: "Tuesday Thursday", but not "Thursday 3rd" or "Tuesday next week".
fn begins_another(group: &Group, days: &Days) -> bool {
    let before = group.days.iter().rfind(|before| !matches!(before, Days::Period { .. }));
    match (before, days) {
        (_, Days::Period { .. }) => group.days.iter().any(|before| matches!(before, Days::Period { .. })),
        (None, _) => false,
        (Some(Days::Named { .. }), Days::Named { .. }) => true,
        // Of a date and the name of a day, one explains the other.
        (Some(Days::Named { .. }), _) | (Some(_), Days::Named { .. }) => false,
        (Some(_), _) => true,
    }
}

/// Whether the group is a period alone, with a comma between it and the names of days in it: "next week, Tuesday or Thursday", "Tuesday
/// after 3 or Thursday, next week".
fn is_frame(groups: &[Group], place: usize) -> bool {
    let group = &groups[place];
    let is_period = matches!(group.days.as_slice(), [Days::Period { open: false, .. }]) && group.times.is_empty();
    let follows = group.comma && groups.get(place + 1).is_some_and(Group::names_days);
    let (before, after) = (&groups[..place], &groups[place + 1..]);
    let ends = after.is_empty()
        && before.last().is_some_and(|last| last.comma)
        && before.iter().any(Group::names_days)
        && before.iter().all(|group| group.days.is_empty() || group.names_days());
    is_period && (follows || ends)
}

/// The groups whose times are the alternatives for the days of this one. A group without times stands for the whole day.
fn times<'a, 'b>(groups: &'b [Group<'a>], place: usize, sense: Sense) -> Vec<&'b Group<'a>> {
    let group = &groups[place];
    let own_times = own(groups, place);
    if group.days.is_empty() {
        return vec![group];
    }
    // Of an exception without a time of its own, the whole day is one.
    if !own_times.is_empty() || matches!(sense, Sense::Taken { .. }) {
        return if own_times.is_empty() { vec![group] } else { own_times };
    }
    let timed = |place: &usize| !groups[*place].days.is_empty() && !own(groups, *place).is_empty();
    let next = (place + 1..groups.len()).find(timed).filter(|next| !groups[*next].time_first);
    // In "weekday evenings and weekends", all of the weekends are meant.
    let before = (0..place)
        .rev()
        .find(timed)
        .filter(|_| !matches!(group.days.as_slice(), [Days::Named { names, again: true }] if names.len() == 2));
    let other = next.or(before);
    other.map_or_else(|| vec![group], |other| own(groups, other))
}

/// The times of the group itself, and those that follow it, or lead the statement, without days of their own.
fn own<'a, 'b>(groups: &'b [Group<'a>], place: usize) -> Vec<&'b Group<'a>> {
    let leads = !groups[..place].iter().any(|group| !group.days.is_empty());
    let leading = groups[..place].iter().enumerate().filter(|(before, _)| leads && belongs_to_days(groups, *before));
    let following = groups[place + 1..].iter().take_while(|group| group.days.is_empty());
    let itself = Some(&groups[place]).filter(|group| !group.times.is_empty());
    leading.map(|(_, group)| group).chain(itself).chain(following).collect()
}

/// Whether times without days are about days elsewhere in the statement. In "evenings and weekends" they are not.
fn belongs_to_days(groups: &[Group], place: usize) -> bool {
    let with_days = |group: &&Group| !group.days.is_empty();
    let before = groups[..place].iter().any(|group| with_days(&group));
    let next = groups[place + 1..].iter().find(with_days);
    before || next.is_some_and(|next| !(groups[place].each && next.times.is_empty() && is_again(next)))
}

/// Whether the group is about days that come again, and about nothing else.
fn is_again(group: &Group) -> bool {
    matches!(group.days.as_slice(), [Days::Named { again: true, .. }])
}
