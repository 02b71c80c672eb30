//! The kinds of times among some words, before it is known on which days they are.

use super::clock::{self, Time};
use super::words::{
    Kind::{self, Comma, Dash, Number, Slash, Word as W},
    Word,
};
use super::{Text, day};

/// The numbers of times of each kind among some words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub days: usize,
    /// Days by their numbers.
    pub numbered: usize,
    pub clocks: usize,
    pub parts: usize,
    /// Words of other kinds.
    pub others: usize,
}

impl Contents {
    pub(super) fn of(text: &Text, kinds: &[Kind]) -> Self {
        let joins =
            |kind: Kind| matches!(kind, Comma | Dash | Slash | W(Word::And | Word::Or | Word::Every | Word::In));
        let mut contents = Self::default();
        let mut at = 0;
        while let Some(rest) = kinds.get(at..).filter(|rest| !rest.is_empty()) {
            let days = days_in(text, rest);
            let (counter, count) = match (days, clock::time(rest)) {
                (Some(count), _) if rest[..count].iter().any(is_number) => (&mut contents.numbered, count),
                (Some(count), _) => (&mut contents.days, count),
                (None, Some((Time::Part(..) | Time::Whole, _, count))) => (&mut contents.parts, count),
                (None, Some((.., count))) => (&mut contents.clocks, count),
                (None, None) if joins(rest[0]) => {
                    at += 1;
                    continue;
                }
                (None, None) => (&mut contents.others, 1),
            };
            *counter += 1;
            at += count;
        }
        contents.days += contents.numbered;
        contents
    }
}

/// Whether a word is a part of a date.
pub(super) fn is_number(kind: &Kind) -> bool {
    matches!(kind, Number(..) | Kind::Ordinal(_) | Kind::Date { .. } | W(Word::Month(_)))
}

/// The number of words of the days with which these begin, whether or not they can be told.
pub(super) fn days_in(text: &Text, kinds: &[Kind]) -> Option<usize> {
    match day::days(kinds, text.today) {
        Ok(found) => found.map(|(_, count)| count),
        Err(_) => Some(1),
    }
}

/// Whether a time by the clock begins here.
pub(super) fn begins_with_hours(kinds: &[Kind]) -> bool {
    clock::time(kinds).is_some_and(|(time, ..)| !matches!(time, Time::Part(..) | Time::Whole | Time::Lasting(_)))
}

/// Whether a time by the clock ends here, or its day.
pub(super) fn ends_with_hours(text: &Text, kinds: &[Kind]) -> bool {
    let is_time = |from: usize| {
        let rest = &kinds[from..];
        let count = clock::time(rest).map_or(0, |(.., count)| count);
        let day = days_in(text, &rest[count..]).unwrap_or_default();
        begins_with_hours(rest) && !clock::is_bare(&rest[..count]) && count + day == rest.len()
    };
    (0..kinds.len()).any(is_time)
}
