//! From words to the times that they mean, or to the question that has to be asked.

mod words;
mod table;
mod clock;
mod feast;
mod week;
mod day;
mod clause;
mod dates;
mod contents;
mod facts;
mod reasons;
mod statements;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use lodge_ground::time::Timestamp;

use crate::free::{Free, Interval};
use clause::Sense;
use clock::Hours;
use statements::Statement;
use words::{Kind, Token, Word};

/// A reason for which words make no times. Most name the part of the words that is to be asked about, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// There are no times in it.
    #[error("there are no times in it")]
    Nothing,
    /// The part was not understood, or it could belong to what is free and to what is not.
    #[error("not understood: {0:?}")]
    Words(String),
    /// The part can be read in two ways.
    #[error("{0:?} can be read in two ways")]
    Either(String, [Reading; 2]),
    /// The part names a time, and no day.
    #[error("on which day: {0:?}")]
    WhichDay(String),
    /// The letters stand for several time zones, or for none at that time of the year.
    #[error("in which time zone: {0:?}")]
    WhichZone(String),
    /// The part has passed.
    #[error("in the past: {0:?}")]
    Past(String),
    /// The part is more than half a year away.
    #[error("too far away: {0:?}")]
    Far(String),
    /// The part is understood and makes no hours: "after exams", "maybe".
    #[error("too vague: {0:?}")]
    Vague(String),
    /// The part is at night; see [`crate::DAY_BEGINS`].
    #[error("at night: {0:?}")]
    Night(String),
    /// The words say only when somebody is not free.
    #[error("it only says when not")]
    OnlyExcluded,
    /// The exceptions leave nothing of the times.
    #[error("the exceptions leave nothing")]
    NothingLeft,
    /// There are more words than anybody needs for this.
    #[error("longer than {LONGEST} letters")]
    TooLong,
}

/// One of the two ways in which a part can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A day, or the first day of a week or weekend.
    Day(Date),
    /// A time of the day.
    Clock(Time),
}

/// The letters that words about free times have at most. It bounds the intervals that they can make.
pub const LONGEST: usize = 300;

/// The times that these words mean to somebody in this zone, from `now` on.
///
/// Every word counts: times are read only if the sense of each part is known, and what it takes away is taken away. Of two readings
/// of which one contains the other, the narrower one is taken. Days that come again do so for four weeks.
///
/// # Errors
/// The first thing that has to be asked about.
pub fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Free, NotUnderstood> {
    if text.chars().count() > LONGEST {
        return Err(NotUnderstood::TooLong);
    }
    let local = instant(now).to_zoned(zone.clone());
    let text = Text { text, today: local.date() };
    let tokens = reasons::settled(&text, words::tokens(text.text));
    text.is_known(&tokens)?;
    let statements = statements::split(&text, &tokens)?;
    let mut times = Vec::new();
    let mut last = text.today;
    for Statement { tokens, .. } in statements.iter().filter(|statement| !statement.negative) {
        let found = clause::read(&text, tokens, Sense::Free)?;
        last = found.iter().map(|(date, _)| *date).max().unwrap_or(last).max(last);
        let found = Free::of(text.intervals(&found, tokens, zone)?);
        let ahead = found.without(&Free::of([Interval { from: Timestamp::from_millis(i64::MIN), to: now }]));
        if ahead.is_empty() && !found.is_empty() {
            return Err(NotUnderstood::Past(text.part(tokens)));
        }
        times.extend_from_slice(ahead.intervals());
    }
    // "Any time" alone names no day.
    if let [Statement { tokens, negative: false }] = statements.as_slice()
        && let [Token { kind: Kind::Word(Word::Whole), .. }] = tokens.as_slice()
    {
        return Err(NotUnderstood::WhichDay(text.part(tokens)));
    }
    let free = Free::of(times);
    if free.is_empty() {
        return Err(if statements.is_empty() { NotUnderstood::Nothing } else { NotUnderstood::OnlyExcluded });
    }
    let mut taken = Vec::new();
    for Statement { tokens, .. } in statements.iter().filter(|statement| statement.negative) {
        // By the clock of another zone, the last time can be on the day after.
        let found = clause::read(&text, tokens, Sense::Taken { last: day::later(last, 1) })?;
        taken.extend(text.intervals(&found, tokens, zone)?);
    }
    let left = free.without(&Free::of(taken));
    if left.is_empty() { Err(NotUnderstood::NothingLeft) } else { Ok(left) }
}

/// The zone by which these words tell times, if they name one: the name that it has among zones.
pub fn zone_named(text: &str) -> Option<&'static str> {
    let tokens = words::tokens(text);
    let mut named = tokens
        .iter()
        .filter_map(|token| if let Kind::Word(Word::Zone(name, _)) = token.kind { Some(name) } else { None });
    let first = named.next()?;
    named.all(|name| name == first).then_some(first)
}

/// A moment of the calendar; one beyond it is its end.
pub(crate) fn instant(moment: Timestamp) -> jiff::Timestamp {
    let end = if moment.as_millis() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(moment.as_millis()).unwrap_or(end)
}

/// Words that are being read, and the day on which.
struct Text<'a> {
    text: &'a str,
    today: Date,
}

impl Text<'_> {
    /// The part of the text that these stand for, as it was typed.
    fn part(&self, tokens: &[Token]) -> String {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
        self.text.get(first.place.start..last.place.end).unwrap_or_default().to_owned()
    }

    /// Whether each word has a sense here.
    fn is_known(&self, tokens: &[Token]) -> Result<(), NotUnderstood> {
        let is_beside = |kind: Kind| reasons::stands_beside(kind) && !matches!(kind, Kind::Word(Word::So | Word::For));
        let is_bad =
            |kind: Kind| matches!(kind, Kind::Unknown | Kind::Word(Word::Vague | Word::Zones)) || is_beside(kind);
        let Some(first) = tokens.iter().position(|token| is_bad(token.kind)) else { return Ok(()) };
        let leads = |kind: Kind| {
            matches!(
                kind,
                Kind::Word(Word::After | Word::Before | Word::Until | Word::From | Word::At | Word::In | Word::Small)
            )
        };
        let before = tokens[..first].iter().rev().take_while(|token| leads(token.kind)).count();
        let goes_on = |token: &&Token| is_bad(token.kind) || token.kind == Kind::Word(Word::Small);
        let run = tokens[first..].iter().take_while(goes_on).count();
        let last = (first..first + run).rfind(|at| is_bad(tokens[*at].kind)).unwrap_or(first);
        let part = self.part(&tokens[first - before..=last]);
        Err(match tokens[first].kind {
            Kind::Word(Word::Vague) => NotUnderstood::Vague(part),
            Kind::Word(Word::Zones) => NotUnderstood::WhichZone(part),
            kind if is_beside(kind) && reasons::tell_a_time(&tokens[first - before..=last]) => {
                NotUnderstood::Vague(part)
            }
            Kind::Word(_)
            | Kind::Unknown
            | Kind::Number(..)
            | Kind::Ordinal(_)
            | Kind::Clock { .. }
            | Kind::Date { .. } => NotUnderstood::Words(part),
            Kind::Comma | Kind::Stop | Kind::Line | Kind::Dash | Kind::Slash => NotUnderstood::Words(part),
        })
    }

    fn clock_unclear(&self, unclear: clock::Unclear, tokens: &[Token]) -> NotUnderstood {
        let part = self.part(tokens);
        match unclear {
            clock::Unclear::Either(first, second) => {
                let reading = |minute: i16| {
                    let unit = |number: i16| i8::try_from(number).unwrap_or_default();
                    Reading::Clock(Time::new(unit(minute / 60), unit(minute % 60), 0, 0).unwrap_or_default())
                };
                NotUnderstood::Either(part, [reading(first), reading(second)])
            }
            clock::Unclear::Night => NotUnderstood::Night(part),
            clock::Unclear::Unfit => NotUnderstood::Words(part),
        }
    }

    fn day_unclear(&self, unclear: day::Unclear, tokens: &[Token]) -> NotUnderstood {
        let part = self.part(tokens);
        match unclear {
            day::Unclear::Either(readings) => NotUnderstood::Either(part, readings),
            day::Unclear::Past => NotUnderstood::Past(part),
            day::Unclear::Far => NotUnderstood::Far(part),
            day::Unclear::Never => NotUnderstood::Words(part),
        }
    }

    /// Whether a time is told once more in brackets, by the clock of a zone: "10am (3pm UK time)". The first may be by any clock.
    fn is_another_clock(&self, tokens: &[Token]) -> bool {
        let sign = |typed: &str| tokens.iter().position(|token| self.part(std::slice::from_ref(token)) == typed);
        let Some(open) = sign("(") else { return false };
        let has_hours = |tokens: &[Token]| {
            let kinds = reasons::kinds_of(tokens);
            (0..kinds.len()).any(|at| contents::begins_with_hours(&kinds[at..]))
        };
        let inside = &tokens[open..sign(")").filter(|close| *close > open).unwrap_or(tokens.len())];
        let names_zone = inside.iter().any(|token| matches!(token.kind, Kind::Word(Word::Zone(..))));
        names_zone && has_hours(inside) && has_hours(&tokens[..open])
    }

    /// These hours as moments, in the zone that the statement names or else in this one.
    fn intervals(
        &self,
        found: &[(Date, Hours)],
        tokens: &[Token],
        own: &TimeZone,
    ) -> Result<Vec<Interval>, NotUnderstood> {
        let zone_of = |token: &Token| {
            if let Kind::Word(Word::Zone(name, letters)) = token.kind { Some((name, letters)) } else { None }
        };
        let name_of = |token: &Token| zone_of(token).map(|(name, _)| name);
        let named: Vec<&Token> = tokens.iter().filter(|token| zone_of(token).is_some()).collect();
        let part = named.last().map_or_else(String::new, |token| self.part(std::slice::from_ref(token)));
        if self.is_another_clock(tokens) {
            return Err(NotUnderstood::WhichZone(part));
        }
        let (zone, letters) = match named.as_slice() {
            [] => (own.clone(), None),
            [first, rest @ ..] if rest.iter().all(|token| name_of(token) == name_of(first)) => {
                let name = name_of(first).unwrap_or_default();
                let letters = named.iter().filter_map(|token| zone_of(token)).find_map(|(_, letters)| letters);
                (TimeZone::get(name).map_err(|_| NotUnderstood::WhichZone(part.clone()))?, letters)
            }
            _ => return Err(NotUnderstood::WhichZone(part)),
        };
        let moment = |date: Date, minute: i16| {
            let date = day::later(date, i32::from(minute / (24 * 60)));
            let unit = |number: i16| i8::try_from(number).unwrap_or_default();
            let time = Time::new(unit(minute / 60 % 24), unit(minute % 60), 0, 0).unwrap_or_default();
            let zoned = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
            let fits = letters.is_none_or(|letters| zone.to_offset_info(zoned.timestamp()).abbreviation() == letters);
            fits.then(|| Timestamp::from_millis(zoned.timestamp().as_millisecond()))
        };
        let interval = |(date, hours): &(Date, Hours)| {
            Some(Interval { from: moment(*date, hours.from)?, to: moment(*date, hours.to)? })
        };
        found.iter().map(interval).collect::<Option<Vec<_>>>().ok_or(NotUnderstood::WhichZone(part))
    }
}
