//! The time for which the oldest thing to do has waited, by the numbers of things alone.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The number of moments that are remembered. Beyond that every second is let go of.
const MOMENTS_MAX: usize = 512;

/// Up to which number things were to be done at which moment, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Ages {
    moments: VecDeque<(u64, Instant)>,
}

impl Ages {
    /// These are the numbers of the first and the last thing to do, if there is any.
    pub(super) fn observe(&mut self, jobs: Option<(u64, u64)>, now: Instant) {
        let Some((first, last)) = jobs else { return self.moments.clear() };
        // The last of those that are done, or to be: the job that is first now came at this moment at the latest.
        while self.moments.front().is_some_and(|(number, _)| *number < first) {
            self.moments.pop_front();
        }
        if self.moments.back().is_none_or(|(number, _)| *number < last) {
            self.moments.push_back((last, now));
        }
        if self.moments.len() > MOMENTS_MAX {
            // The first stays, whose age is asked for.
            let mut keep = false;
            self.moments.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }

    /// The time for which the first thing has been there, as far as was looked.
    pub(super) fn oldest(&self, now: Instant) -> Duration {
        self.moments.front().map(|(_, since)| now.saturating_duration_since(*since)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_as_old_as_when_it_was_seen_first() {
        let (mut ages, start) = (Ages::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        let oldest = |ages: &Ages, seconds| ages.oldest(at(seconds)).as_secs();
        assert_eq!(oldest(&ages, 5), 0);
        ages.observe(Some((7, 9)), at(10));
        ages.observe(Some((7, 12)), at(20));
        assert_eq!(oldest(&ages, 60), 50, "the first of them came at 10");
        ages.observe(Some((10, 12)), at(61));
        assert_eq!(oldest(&ages, 70), 50, "the first of the rest came at 20");
        ages.observe(Some((12, 40)), at(80));
        assert_eq!(oldest(&ages, 90), 70);
        ages.observe(None, at(100));
        ages.observe(Some((41, 41)), at(110));
        assert_eq!(oldest(&ages, 111), 1);
    }

    #[test]
    fn however_long_one_thing_waits_little_is_remembered_and_its_age_stays() {
        let (mut ages, start) = (Ages::default(), Instant::now());
        for number in 0..100_000 {
            ages.observe(Some((0, number)), start + Duration::from_secs(number));
        }
        assert!(ages.moments.len() <= MOMENTS_MAX + 1);
        assert_eq!(ages.oldest(start + Duration::from_secs(100_000)).as_secs(), 100_000);
    }
}
