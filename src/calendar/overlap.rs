//! The times that suit two people.

use jiff::Zoned;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use lodge_ground::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::free::{Free, Interval};
use crate::reading::instant;
use crate::{DAY_BEGINS, DAY_ENDS};

/// A time for the two to talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// Its first moment, on a full step of the first person's clock.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

/// One of the two, as far as their time goes.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The times at which they are free.
    pub free: &'a Free,
    /// The zone of their clock, by which they are asked for no time at night.
    pub zone: &'a TimeZone,
}

/// The kind of slots to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The length of the conversation.
    pub length: Span,
    /// Slots begin at multiples of this after midnight; at least a minute.
    pub step: Span,
    /// No slot begins earlier.
    pub not_before: Timestamp,
    /// The most slots to propose.
    pub most: usize,
}

/// The slots that suit both, earliest first. Each lies within one day of both, between [`DAY_BEGINS`] and [`DAY_ENDS`].
pub fn overlap(one: Person, other: Person, wanted: Wanted) -> Vec<Slot> {
    let both = one.free.shared(other.free);
    let (Some(first), Some(last)) = (both.intervals().first(), both.intervals().last()) else { return Vec::new() };
    let all = Interval { from: first.from.max(wanted.not_before), to: last.to };
    let step = i64::try_from(wanted.step.as_millis()).unwrap_or(i64::MAX).max(MINUTE);
    let mut slots = Vec::new();
    for interval in both.shared(&days(all, one.zone)).shared(&days(all, other.zone)).intervals() {
        // On one day, between morning and evening, no clock is changed.
        let offset = i64::from(one.zone.to_offset(instant(interval.from)).seconds()) * 1000;
        let local = interval.from.as_millis().saturating_add(offset);
        let late = local.rem_euclid(step);
        let mut from = interval.from.after(Span::from_millis(u64::try_from((step - late) % step).unwrap_or_default()));
        while slots.len() < wanted.most && from.after(wanted.length) <= interval.to {
            slots.push(Slot { from, to: from.after(wanted.length) });
            from = from.after(Span::from_millis(step.unsigned_abs()));
        }
    }
    slots
}

const MINUTE: i64 = 60_000;

/// The hours of the days of an interval in which people in the zone are asked to talk.
fn days(all: Interval, zone: &TimeZone) -> Free {
    let first = instant(all.from).to_zoned(zone.clone()).date();
    let last = instant(all.to).to_zoned(zone.clone()).date();
    let hours = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last).filter_map(|date| {
        let (from, to) = (at(date, DAY_BEGINS, zone)?, at(date, DAY_ENDS, zone)?);
        Interval { from, to }.shared(all)
    });
    Free::of(hours)
}

fn at(date: Date, hour: i8, zone: &TimeZone) -> Option<Timestamp> {
    let moment = date.to_datetime(Time::new(hour, 0, 0, 0).ok()?).to_zoned(zone.clone()).ok()?;
    Some(Timestamp::from_millis(Zoned::timestamp(&moment).as_millisecond()))
}
