//! Waiting for a homeserver that does not answer yet: while it starts, is upgraded, moves or is not to be reached.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use lodge_matrix::homeserver::CallError;
use tokio::time::Instant;
use tracing::{info, warn};

use super::session::{Session, SessionError, SessionOptions};

/// The first wait before another try; it doubles with each further one.
const AGAIN_FIRST: Duration = Duration::from_millis(250);

/// The longest wait before another try, and the longest that a homeserver can ask for.
const AGAIN_MAX: Duration = Duration::from_secs(10);
const ASKED_MAX: Duration = Duration::from_mins(10);

/// The time for which nothing is said of it after something was.
const SAY_AGAIN: Duration = Duration::from_mins(10);

impl Session {
    /// Opens a session as soon as there is a homeserver that answers; `None` when `stop` is done before. A failure that
    /// only an administrator can mend is an error at once.
    ///
    /// The wait is said in the log at once, and then rarely.
    ///
    /// # Errors
    /// As [`Session::open`], but for failures that pass ([`SessionError::passing`]).
    pub async fn open_when_there(
        options: SessionOptions,
        stop: impl Future<Output = ()>,
    ) -> Result<Option<Self>, SessionError> {
        let mut stop = pin!(stop);
        let mut waiting = Waiting::default();
        loop {
            let error = tokio::select! {
                () = &mut stop => return Ok(None),
                opened = Box::pin(Self::open(options.clone())) => match opened {
                    Ok(session) => {
                        waiting.over();
                        return Ok(Some(session));
                    }
                    Err(error) => error,
                }
            };
            let Some(call) = error.passing() else { return Err(error) };
            let again = waiting.again_after(call);
            if waiting.is_to_be_said(Instant::now()) {
                warn!(why = why(call), "waiting for the homeserver; it is asked again and again");
            }
            tokio::select! {
                () = &mut stop => return Ok(None),
                () = tokio::time::sleep(again) => {}
            }
        }
    }
}

/// The reason for a call's failure, in words for the log.
fn why(call: &CallError) -> &str {
    match call {
        CallError::Limited { .. } => "it is at its limits",
        CallError::Unknown { why } => why,
        CallError::Refused { .. } => "it refuses",
    }
}

/// The number of times without an answer, and the moment at which that was said.
#[derive(Debug, Default)]
struct Waiting {
    failures: u32,
    said: Option<Instant>,
}

impl Waiting {
    /// The wait after one more call that ended so.
    fn again_after(&mut self, call: &CallError) -> Duration {
        let doubled = AGAIN_FIRST.saturating_mul(1 << self.failures.min(8)).min(AGAIN_MAX);
        self.failures += 1;
        match call {
            CallError::Limited { retry_after_ms } => Duration::from_millis(*retry_after_ms).min(ASKED_MAX).max(doubled),
            CallError::Unknown { .. } | CallError::Refused { .. } => doubled,
        }
    }

    fn is_to_be_said(&mut self, now: Instant) -> bool {
        let is_due = self.said.is_none_or(|said| said + SAY_AGAIN <= now);
        if is_due {
            self.said = Some(now);
        }
        is_due
    }

    fn over(&self) {
        if self.failures > 0 {
            info!(tries = self.failures + 1, "the homeserver answers");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_ten_seconds_and_are_as_long_as_was_asked_for() {
        let mut waiting = Waiting::default();
        let away = CallError::Unknown { why: "no connection".to_owned() };
        let waits: Vec<u128> = (0..8).map(|_| waiting.again_after(&away).as_millis()).collect();
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        let asked = |ms| CallError::Limited { retry_after_ms: ms };
        assert_eq!(waiting.again_after(&asked(30_000)), Duration::from_secs(30));
        assert_eq!(waiting.again_after(&asked(u64::MAX)), ASKED_MAX);
        assert_eq!(waiting.again_after(&asked(0)), AGAIN_MAX, "nobody can make it ask without a pause");
    }

    #[test]
    fn it_is_said_at_once_and_then_every_ten_minutes() {
        let (mut waiting, start) = (Waiting::default(), Instant::now());
        let said = (0..3600).filter(|second| waiting.is_to_be_said(start + Duration::from_secs(*second))).count();
        assert_eq!(said, 6, "in an hour");
    }
}
