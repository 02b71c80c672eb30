//! The clock of the hub's machine, which is wrong for a while, and its being watched as the program does.

use lodge_core::time::{Span, Timestamp};
use lodge_ground::clock::{Evidence, Watch, judge};

use crate::world::START;

/// For a while the clock says something else than the world's.
#[derive(Debug, Clone, Copy)]
pub struct Skew {
    /// The time from which the clock is wrong.
    pub from: Timestamp,
    /// The time until which it is.
    pub until: Timestamp,
    /// The milliseconds by which it is ahead; by which it is behind, where this is less than nothing.
    pub by: i64,
    /// Whether the hub watches it.
    pub watched: bool,
}

/// The clock of the hub's machine.
#[derive(Debug, Default)]
pub struct Clock {
    skew: Option<Skew>,
    watch: Option<Watch>,
    /// The number of times that the hub stopped because of it.
    pub stopped: u64,
}

impl Clock {
    /// One that is wrong then.
    pub fn of(skew: Option<Skew>) -> Self {
        Self { skew, ..Self::default() }
    }

    /// Its time at this moment of the world's.
    pub fn says(&self, now: Timestamp) -> Timestamp {
        let skew = self.skew.filter(|skew| skew.from <= now && now < skew.until);
        Timestamp::from_millis(now.as_millis() + skew.map_or(0, |skew| skew.by))
    }

    /// The time, unless the hub must stop because it cannot be right.
    pub fn time(&mut self, now: Timestamp) -> Option<Timestamp> {
        let ours = self.says(now);
        match self.watch {
            Some(watch) if !watch.went_on(ours, ran(now)) => self.judged(now, None).then_some(ours),
            Some(_) | None => Some(ours),
        }
    }

    /// Whether the hub goes on by it. The homeserver's is always right here.
    pub fn judged(&mut self, now: Timestamp, kept: Option<Timestamp>) -> bool {
        if self.skew.is_none_or(|skew| !skew.watched) {
            return true;
        }
        let ours = self.says(now);
        let can_be_right = judge(Evidence { ours, homeserver: Some(now), kept }).is_ok();
        self.stopped += u64::from(!can_be_right);
        self.watch = can_be_right.then(|| Watch::new(ours, ran(now)));
        can_be_right
    }

    /// The time at which it is set next.
    pub fn next_set(&self, now: Timestamp) -> Option<Timestamp> {
        self.skew.into_iter().flat_map(|skew| [skew.from, skew.until]).filter(|moment| *moment > now).min()
    }
}

/// The time for which another clock has run, one that nobody can set.
fn ran(now: Timestamp) -> Span {
    START.until(now)
}
