//! The search for a time that suits two people: the free times of each, and the moments that one of them can choose among.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use lodge_calendar::free::{Free, Interval};
use lodge_calendar::overlap::{Person, Wanted, overlap};
use lodge_calendar::reading;
use serde::{Deserialize, Serialize};

use super::plan;
use super::time::{self, MOMENT};
use crate::id::EffectId;
use crate::interview::plan::Plan;
use crate::introduction::Party;
use crate::time::{Span, Timestamp};

/// Two people give each other times so often: each one rings at the other's.
const ROUNDS_MAX: u32 = 10;

/// Of the times that somebody gives, the first ones are kept, at most this many intervals.
const GIVEN_MAX: usize = 60;

/// This many moments are proposed, so that a message fits on a telephone.
const PROPOSED_MAX: usize = 3;

/// Moments begin at multiples of this on the clock.
const STEP: Span = Span::from_millis(300_000);

/// The first moment of a day that is proposed, if it is today, begins at a multiple of this.
const ROUND: u64 = 1_800_000;

/// A second moment on one day is later than the first by at least this.
const APART: Span = Span::from_millis(7_200_000);

/// The search for a time. It is kept with the introduction, and ends with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Search {
    /// The free times that each has given last, without any that are too short.
    #[serde(default)]
    given: BTreeMap<Party, Free>,
    /// The moments that one of them can choose among.
    #[serde(default)]
    offered: Option<Offered>,
    /// The zone that the words of one of them named last, where it is not the service's.
    #[serde(default)]
    zone: Option<String>,
    /// The number of times that either has given times.
    #[serde(default)]
    rounds: u32,
}

/// Moments that one of the two was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The one who chooses.
    pub(super) to: Party,
    /// The moments, by their numbers from 1.
    pub(super) slots: Vec<Timestamp>,
    /// The kind of choice.
    pub(super) choice: Choice,
    /// The message that shows exactly these.
    pub(super) shown: EffectId,
}

/// A kind of choice that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Among the other's times, which settles it.
    Offer,
    /// Among times that suit both, about which the other is asked once more.
    Proposal,
    /// The last word about a moment that the other has chosen.
    Confirmation,
}

impl Search {
    /// Whether nothing of a search is kept.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The free times that one of them has given.
    pub fn given(&self, by: Party) -> Option<&Free> {
        self.given.get(&by)
    }

    /// The moments that this one can choose among.
    pub fn offered_to(&self, to: Party) -> &[Timestamp] {
        self.offered(to).map_or(&[], |offered| &offered.slots)
    }

    /// The choice that this one has.
    pub(super) fn offered(&self, to: Party) -> Option<&Offered> {
        self.any_offered().filter(|offered| offered.to == to)
    }

    /// The choice that one of them has.
    pub(super) fn any_offered(&self) -> Option<&Offered> {
        self.offered.as_ref()
    }

    /// Whether no more times are taken from the two.
    pub(super) fn is_worn_out(&self) -> bool {
        self.rounds >= ROUNDS_MAX
    }

    /// One of them gives these instead of any before, in words that may name a zone.
    pub(crate) fn give(&mut self, by: Party, times: Free, words: &str, own: &TimeZone) {
        self.given.insert(by, times);
        self.rounds += 1;
        let named = reading::zone_named(words).filter(|name| own.iana_name() != Some(*name));
        self.zone = named.map(str::to_owned).or(self.zone.take());
    }

    /// The times of this one count no longer, as if they had not been given.
    pub(crate) fn take_back(&mut self, by: Party) {
        if self.given.remove(&by).is_some() {
            self.rounds = self.rounds.saturating_sub(1);
        }
        if self.given.is_empty() {
            self.zone = None;
        }
    }

    /// The other zone by whose clock times are told beside the service's.
    pub(crate) fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// One of them is shown these moments, and nothing else can be chosen any more.
    pub(super) fn offer(&mut self, to: Party, slots: Vec<Timestamp>, choice: Choice, message: EffectId) {
        self.offered = Some(Offered { to, slots, choice, shown: message });
    }

    /// Nothing can be chosen any more.
    pub(super) fn offer_no_more(&mut self) {
        self.offered = None;
    }

    /// The search is over, and only the number of its rounds stays. The message that asked somebody to choose.
    pub(crate) fn end(&mut self) -> Option<EffectId> {
        self.given.clear();
        self.zone = None;
        self.offered.take().map(|offered| offered.shown)
    }

    /// Whether there is anything that its end takes away.
    pub(crate) fn goes_on(&self) -> bool {
        !self.given.is_empty() || self.offered.is_some()
    }
}

/// The length of a meeting: as its request plans it, or half an hour.
pub(crate) fn length(plan: &Plan) -> Span {
    const MINUTE: u64 = 60_000;
    Span::from_millis(u64::from(plan.minutes.unwrap_or(30)) * MINUTE)
}

/// The times that these words mean, as they are kept for a meeting with this plan; `None` where they are not all times.
pub(crate) fn read(words: &str, plan: &Plan, now: Timestamp, zone: &TimeZone) -> Option<Free> {
    kept(&time::free(words, now, zone).ok()?, length(plan))
}

/// Those of the times that are still to come.
pub(crate) fn ahead(times: &Free, now: Timestamp) -> Vec<Interval> {
    times.intervals().iter().filter(|one| one.from >= now || one.length() > MOMENT && one.to > now).copied().collect()
}

/// Free times as they are kept for a meeting of this length. Those that are a moment are as long as the meeting, and those
/// that are too short are left out. `None` where nothing is left.
pub(crate) fn kept(free: &Free, length: Span) -> Option<Free> {
    let fitting = free.intervals().iter().filter(|one| one.length() >= length).take(GIVEN_MAX);
    let kept = fitting.map(|one| {
        let is_moment = one.length() <= MOMENT;
        Interval { from: one.from, to: if is_moment { one.from.after(length) } else { one.to } }
    });
    let kept = Free::of(kept);
    (!kept.is_empty()).then_some(kept)
}

/// The one moment that these times are, if they are no more.
pub(super) fn only_moment(times: &Free) -> Option<Timestamp> {
    match times.intervals() {
        [only] if only.length() <= MOMENT => Some(only.from),
        _ => None,
    }
}

/// Whether a meeting of this length at this time lies within the times.
pub(super) fn holds(times: &Free, at: Timestamp, length: Span) -> bool {
    times.intervals().iter().any(|one| one.from <= at && at.after(length) <= one.to)
}

/// The moments to propose of times that suit both: the first of each day, and if there are few days, later ones on them.
pub(super) fn proposed(one: &Free, other: &Free, length: Span, zone: &TimeZone, now: Timestamp) -> Vec<Timestamp> {
    let first = |not_before: Timestamp| {
        let [one, other] = [one, other].map(|free| Person { free, zone });
        let wanted = Wanted { length, step: STEP, not_before, most: 1 };
        overlap(one, other, wanted).first().map(|slot| slot.from)
    };
    let late = u64::try_from(now.as_millis()).unwrap_or_default() % ROUND;
    let mut from = Some(now.after(Span::from_millis((ROUND - late) % ROUND)));
    let mut slots = Vec::new();
    while let Some(slot) = from.and_then(first).filter(|_| slots.len() < PROPOSED_MAX) {
        slots.push(slot);
        from = plan::midnight_after(slot, zone);
    }
    for slot in slots.clone() {
        let later = first(slot.after(APART));
        let same_day = later.filter(|later| plan::midnight_after(*later, zone) == plan::midnight_after(slot, zone));
        slots.extend(same_day.filter(|_| slots.len() < PROPOSED_MAX));
    }
    slots.sort_unstable();
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: Span = Span::from_millis(1_800_000);

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    /// A Monday morning.
    fn now() -> Timestamp {
        at("2026-11-30T10:10:00Z")
    }

    fn london() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    fn free(words: &str) -> Free {
        kept(&time::free(words, now(), &london()).unwrap(), LENGTH).unwrap()
    }

    #[test]
    fn moments_are_spread_over_the_days_and_begin_within_the_times_of_both() {
        for (one, other, slots) in [
            (
                "Tue or Thu after 4",
                "any day after 3",
                &["2026-12-01T16:00:00Z", "2026-12-01T18:00:00Z", "2026-12-03T16:00:00Z"][..],
            ),
            ("Tue or Thu after 4", "Thursday 17:00", &["2026-12-03T17:00:00Z"]),
            ("Thursday 17:20", "Thursday after 3", &["2026-12-03T17:20:00Z"]),
            ("Thursday 17:00", "Thursday 17:30", &[]),
            ("Tuesday", "Thursday", &[]),
            ("weekday mornings", "any day", &["2026-11-30T10:30:00Z", "2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z"]),
            // They share no more than a quarter of an hour.
            ("Thursday 2pm to 4:15pm", "Thursday 4pm to 6pm", &[]),
        ] {
            let slots: Vec<Timestamp> = slots.iter().map(|slot| at(slot)).collect();
            assert_eq!(proposed(&free(one), &free(other), LENGTH, &london(), now()), slots, "{one} / {other}");
        }
    }

    #[test]
    fn times_that_are_too_short_are_not_kept_and_no_more_than_the_bound() {
        let minutes = |from: i64, long: i64| Interval {
            from: Timestamp::from_millis(from * 60_000),
            to: Timestamp::from_millis((from + long) * 60_000),
        };
        assert_eq!(kept(&Free::of([minutes(0, 29)]), LENGTH), None);
        assert_eq!(kept(&Free::of([minutes(0, 60)]), LENGTH), Some(Free::of([minutes(0, 30)])));
        assert_eq!(kept(&Free::of([minutes(0, 61)]), LENGTH), Some(Free::of([minutes(0, 61)])));
        let many = Free::of((0..100).map(|day| minutes(day * 1440, 90)));
        assert_eq!(kept(&many, LENGTH).unwrap().intervals().len(), GIVEN_MAX);
    }

    #[test]
    fn a_moment_lies_within_times_with_its_whole_length() {
        let times = free("Thursday 4pm to 6pm");
        assert!(holds(&times, at("2026-12-03T17:30:00Z"), LENGTH));
        assert!(!holds(&times, at("2026-12-03T17:45:00Z"), LENGTH));
        assert_eq!(length(&Plan::default()), LENGTH);
        let quarter = length(&Plan { minutes: Some(15), ..Plan::default() });
        assert!(holds(&times, at("2026-12-03T17:45:00Z"), quarter));
        assert_eq!(only_moment(&times), None);
        assert_eq!(only_moment(&free("Thursday at 5")), Some(at("2026-12-03T17:00:00Z")));
    }
}
