//! This machine's clock, watched: nothing is done by one that cannot be right ([`lodge_ground::clock`]).

use std::time::{Duration, Instant, SystemTime};

use lodge_ground::clock::{Evidence, Watch, Wrong, judge};
use lodge_ground::time::{Span, Timestamp};
use lodge_matrix::homeserver::CallError;
use tracing::warn;

use crate::matrix::Session;

/// The time by this machine's clock now.
#[expect(clippy::disallowed_methods, reason = "the one place at which it is read")]
pub fn clock() -> Timestamp {
    // A clock before 1970 is found to be wrong; here it is 1970.
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The moment as the file system and HTTP tell it.
pub(crate) fn system_time(moment: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(moment.as_millis()).unwrap_or_default())
}

/// The knowledge of the clock.
#[derive(Debug)]
pub struct Clock {
    watch: Watch,
    started: Instant,
}

/// The outcome of a look at the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The time that the system's clock shows.
    Time(Timestamp),
    /// It was moved, and it must be asked whether it is right.
    Moved,
}

impl Clock {
    /// The clock as it is at a start, from which it is watched.
    pub fn start() -> Self {
        Self { watch: Watch::new(clock(), Span::from_millis(0)), started: Instant::now() }
    }

    /// Judges whether the clock can be right, by the homeserver's last answer and the time of the last write. The time
    /// that the clock gave at its start is good only if it is.
    ///
    /// # Errors
    /// When the clock cannot be right.
    pub fn judge(&self, session: &Session, kept: Option<Timestamp>) -> Result<(), Wrong> {
        let ours = clock();
        judge(Evidence { ours, homeserver: session.time(), kept })?;
        if self.watch.went_on(ours, self.ran()) { Ok(()) } else { Err(Wrong::Moved { ours }) }
    }

    /// The time, unless the clock was moved.
    pub fn look(&self) -> Look {
        let ours = clock();
        if self.watch.went_on(ours, self.ran()) { Look::Time(ours) } else { Look::Moved }
    }

    /// The time of a clock that was moved, if the homeserver's says the same; `None` while it does not answer.
    ///
    /// # Errors
    /// When the homeserver's clock says something else, or nothing.
    pub async fn ask(&mut self, session: &Session) -> Result<Option<Timestamp>, Wrong> {
        let answered = session.ask_time().await;
        let ours = clock();
        let homeserver = match answered {
            Ok(homeserver) => homeserver,
            Err(CallError::Limited { .. } | CallError::Unknown { .. }) => return Ok(None),
            Err(CallError::Refused { .. }) => session.time(),
        };
        if homeserver.is_none() {
            return Err(Wrong::Moved { ours });
        }
        judge(Evidence { ours, homeserver, kept: None })?;
        warn!(
            now = ours.utc(),
            "this machine's clock was moved, or the machine stood still; the homeserver's says the same"
        );
        self.watch = Watch::new(ours, self.ran());
        Ok(Some(ours))
    }

    fn ran(&self) -> Span {
        Span::from_millis(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_moved_is_not_taken_for_the_time() {
        let clock = Clock::start();
        assert!(matches!(clock.look(), Look::Time(_)));
        for hours in [-2, 2] {
            let right = Timestamp::from_millis(super::clock().as_millis() + hours * 3_600_000);
            let moved = Clock { watch: Watch::new(right, Span::from_millis(0)), started: Instant::now() };
            assert_eq!(moved.look(), Look::Moved, "{hours}");
        }
    }
}
