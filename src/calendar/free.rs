//! Times at which somebody is free, as moments.

use lodge_ground::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// From one moment up to another, which no longer belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interval {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it; later than `from` in every interval of a [`Free`].
    pub to: Timestamp,
}

impl Interval {
    /// The moments that belong to both; `None` where there are none.
    pub fn shared(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }

    /// Its length.
    pub fn length(self) -> Span {
        self.from.until(self.to)
    }
}

/// Times at which somebody is free: intervals in order, which neither meet nor overlap.
///
/// The number of intervals is bounded by the words that they were read from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Free(Vec<Interval>);

impl Free {
    /// All moments of these intervals, in whatever order they come. Those that are empty or backwards count for nothing.
    pub fn of(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut intervals: Vec<Interval> = intervals.into_iter().filter(|one| one.from < one.to).collect();
        intervals.sort_unstable();
        let mut merged: Vec<Interval> = Vec::new();
        for next in intervals {
            match merged.last_mut() {
                Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
                Some(_) | None => merged.push(next),
            }
        }
        Self(merged)
    }

    /// The intervals, earliest first.
    pub fn intervals(&self) -> &[Interval] {
        &self.0
    }

    /// Whether there is no moment in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The moments that belong to both.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Self {
        let (mut one, mut two) = (self.0.as_slice(), other.0.as_slice());
        let mut shared = Vec::new();
        while let ([first, rest @ ..], [second, others @ ..]) = (one, two) {
            shared.extend(first.shared(*second));
            if first.to <= second.to {
                one = rest;
            } else {
                two = others;
            }
        }
        Self(shared)
    }

    /// Its moments without those of `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut others = other.0.as_slice();
        for interval in &self.0 {
            let mut from = interval.from;
            while let [first, rest @ ..] = others {
                if first.from >= interval.to {
                    break;
                }
                left.push(Interval { from, to: first.from });
                from = from.max(first.to);
                if first.to > interval.to {
                    break;
                }
                others = rest;
            }
            left.push(Interval { from, to: interval.to });
        }
        Self::of(left)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn free(intervals: &[(i64, i64)]) -> Free {
        Free::of(
            intervals
                .iter()
                .map(|(from, to)| Interval { from: Timestamp::from_millis(*from), to: Timestamp::from_millis(*to) }),
        )
    }

    fn has(free: &Free, moment: i64) -> bool {
        let moment = Timestamp::from_millis(moment);
        free.intervals().iter().any(|interval| interval.from <= moment && moment < interval.to)
    }

    fn some() -> impl Strategy<Value = Vec<(i64, i64)>> {
        prop::collection::vec((0..40_i64, 0..40_i64), 0..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sets_of_moments_are_what_their_moments_say(one in some(), two in some()) {
            let (first, second) = (free(&one), free(&two));
            for moment in -1..41 {
                let given = one.iter().any(|(from, to)| *from <= moment && moment < *to);
                prop_assert_eq!(has(&first, moment), given);
                let (a, b) = (has(&first, moment), has(&second, moment));
                prop_assert_eq!(has(&first.shared(&second), moment), a && b);
                prop_assert_eq!(has(&first.without(&second), moment), a && !b);
            }
            for set in [&first, &first.shared(&second), &first.without(&second)] {
                prop_assert!(set.intervals().iter().all(|interval| interval.from < interval.to));
                prop_assert!(set.intervals().windows(2).all(|pair| pair[0].to < pair[1].from));
            }
        }
    }
}
