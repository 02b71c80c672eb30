//! The times that suit two people, held against a model that looks at every minute.

#![expect(clippy::unwrap_used, reason = "a zone that is missing ends the test")]

use jiff::tz::TimeZone;
use lodge_calendar::free::{Free, Interval};
use lodge_calendar::overlap::{Person, Slot, Wanted, overlap};
use lodge_ground::time::{Span, Timestamp};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn moment(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn free(intervals: &[(&str, &str)]) -> Free {
    Free::of(intervals.iter().map(|(from, to)| Interval { from: moment(from), to: moment(to) }))
}

fn minutes(count: u64) -> Span {
    Span::from_millis(count * MINUTE.unsigned_abs())
}

/// Whether the minute is free for somebody, and not at night by their clock.
fn suits(free: &Free, zone: &TimeZone, minute: i64) -> bool {
    let local = jiff::Timestamp::from_millisecond(minute).unwrap().to_zoned(zone.clone());
    let is_free =
        |interval: &Interval| interval.from.as_millis() <= minute && minute + MINUTE <= interval.to.as_millis();
    (8..21).contains(&local.hour()) && free.intervals().iter().any(is_free)
}

/// The slots, found by a look at each minute of the time that is given.
fn by_minutes(one: Person, other: Person, wanted: Wanted, (begin, end): (i64, i64)) -> Vec<Slot> {
    let good: Vec<bool> = (0..(end - begin) / MINUTE)
        .map(|count| begin + count * MINUTE)
        .map(|minute| suits(one.free, one.zone, minute) && suits(other.free, other.zone, minute))
        .collect();
    let length = usize::try_from(wanted.length.as_millis()).unwrap() / 60_000;
    let step = i64::try_from(wanted.step.as_millis()).unwrap() / MINUTE;
    let slots =
        (0..good.len()).filter(|start| good.get(*start..start + length).is_some_and(|all| all.iter().all(|g| *g)));
    let slots = slots.map(|start| begin + i64::try_from(start).unwrap() * MINUTE).filter(|from| {
        let local = jiff::Timestamp::from_millisecond(*from).unwrap().to_zoned(one.zone.clone());
        let since_midnight = i64::from(local.hour()) * 60 + i64::from(local.minute());
        since_midnight % step == 0 && *from >= wanted.not_before.as_millis()
    });
    let slots = slots
        .map(|from| Slot { from: Timestamp::from_millis(from), to: Timestamp::from_millis(from).after(wanted.length) });
    slots.take(wanted.most).collect()
}

/// Weeks in which clocks change somewhere.
const WEEKS: [&str; 5] = [
    "2027-03-26T00:00:00Z",
    "2027-03-12T00:00:00Z",
    "2026-10-23T00:00:00Z",
    "2026-10-31T00:00:00Z",
    "2026-12-03T00:00:00Z",
];
const DAYS: i64 = 4;

fn somebody() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0..DAYS * 24 * 60, 1..20 * 60_i64), 0..8)
}

fn zones() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Europe/London",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Pacific/Auckland",
        "Australia/Lord_Howe",
        "UTC",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_times_that_suit_both_are_those_that_every_minute_shows(
        week in prop::sample::select(WEEKS.to_vec()),
        (one, other) in (somebody(), somebody()),
        (here, there) in (zones(), zones()),
        (length, step) in (1..180_u64, prop::sample::select(vec![5_u64, 15, 30, 60])),
        (most, not_before) in (0..12_usize, -60..DAYS * 24 * 60),
    ) {
        let begin = moment(week).as_millis();
        let free = |intervals: &[(i64, i64)]| Free::of(intervals.iter().map(|(from, length)| Interval {
            from: Timestamp::from_millis(begin + from * MINUTE),
            to: Timestamp::from_millis(begin + (from + length) * MINUTE),
        }));
        let (one, other, here, there) = (free(&one), free(&other), zone(here), zone(there));
        let one = Person { free: &one, zone: &here };
        let other = Person { free: &other, zone: &there };
        let not_before = Timestamp::from_millis(begin + not_before * MINUTE);
        let wanted = Wanted { length: minutes(length), step: minutes(step), not_before, most };
        let expected = by_minutes(one, other, wanted, (begin, begin + (DAYS + 1) * 24 * 60 * MINUTE));
        prop_assert_eq!(overlap(one, other, wanted), expected);
    }
}

#[test]
fn two_people_are_proposed_the_earliest_times_at_which_it_is_day_for_both() {
    let (london, new_york) = (zone("Europe/London"), zone("America/New_York"));
    // Clocks go forward on 14 March in New York, and two weeks later in London: for these it is four hours earlier there.
    let long = free(&[("2027-03-12T00:00:00Z", "2027-03-16T00:00:00Z")]);
    let here =
        free(&[("2027-03-12T11:00:00Z", "2027-03-12T14:10:00Z"), ("2027-03-15T11:10:00Z", "2027-03-15T13:00:00Z")]);
    let wanted = Wanted { length: minutes(45), step: minutes(30), not_before: moment("2027-03-12T00:00:00Z"), most: 4 };
    let one = Person { free: &here, zone: &london };
    let other = Person { free: &long, zone: &new_york };
    let begins: Vec<String> = overlap(one, other, wanted).iter().map(|slot| slot.from.utc()).collect();
    assert_eq!(
        begins,
        ["2027-03-12 13:00 UTC", "2027-03-15 12:00 UTC"],
        "eight in the morning in New York is one in London, and noon once their clocks have changed"
    );
    let none = Free::default();
    assert!(overlap(Person { free: &none, ..one }, other, wanted).is_empty());
}
