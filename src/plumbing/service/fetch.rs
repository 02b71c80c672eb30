//! The loop that fetches sync responses. It asks for the next only when the last is committed.

use std::sync::Arc;
use std::time::Duration;

use lodge_matrix::gaps::{self, Back};
use lodge_matrix::homeserver::{CallError, Refusal, RoomRef};
use lodge_matrix::news::Wanted;
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, error, warn};

use super::{Engine, Message, Next, clock};
use crate::matrix::{Listener, Received, Session};

/// The homeserver may hold a response this long when there is nothing new.
const LONG_POLL: Duration = Duration::from_secs(30);

/// The homeserver may hold a response this long when it is wanted soon. Without any wait it would work on one response
/// after another instead of on what is for members.
const SHORT_POLL: Duration = Duration::from_secs(1);

/// The first wait after a failure; it doubles with each further one.
const BACKOFF_FIRST: Duration = Duration::from_millis(250);

/// The longest wait after a failure.
const BACKOFF_MAX: Duration = Duration::from_secs(10);

/// The reasons for which the loop ends.
pub(super) enum Ended {
    /// The session is over.
    LoggedOut,
    /// Nobody takes the responses any more.
    OwnerGone,
}

pub(super) async fn run<E: Engine>(
    mut ears: Listener,
    session: Arc<Session>,
    mut next: Next,
    owner: mpsc::Sender<Message<E>>,
) -> Ended {
    let mut missed = Missed { anything: true, failures: 0, refusals: 0 };
    loop {
        let Some(fetched) = fetch(&mut ears, &session, &next, &missed, &owner).await else { return Ended::OwnerGone };
        let (answer, following) = oneshot::channel();
        let message = match fetched {
            Ok(Received { delivery, keys, unproved: _ }) => {
                missed = Missed { anything: false, failures: 0, refusals: 0 };
                Message::Delivered { delivery, keys, committed: answer }
            }
            Err(Failed::Lost) => {
                missed.anything = false;
                Message::TokenRefused { answer }
            }
            Err(Failed::Refused(_) | Failed::Else(_)) if session.is_logged_out() => return Ended::LoggedOut,
            Err(Failed::Refused(why)) => {
                wait(&CallError::Refused { why: why.clone() }, &mut missed).await;
                missed.refusals += 1;
                // The first time it may have been the filter, which is made again.
                match (missed.refusals, &next.token) {
                    (..=1, _) => continue,
                    (_, Some(_)) => {
                        missed.refusals = 0;
                        Message::TokenRefused { answer }
                    }
                    (_, None) => {
                        error!(%why, "the homeserver refuses to show anything");
                        continue;
                    }
                }
            }
            Err(Failed::Else(error)) => {
                wait(&error, &mut missed).await;
                continue;
            }
        };
        if owner.send(message).await.is_err() {
            return Ended::OwnerGone;
        }
        let Ok(following) = following.await else { return Ended::OwnerGone };
        next = following;
    }
}

/// The news that may have been missed, and the number of tries since that brought nothing.
struct Missed {
    /// Something may have been: the service starts, or the homeserver was away. It may have been put back to an earlier state.
    anything: bool,
    failures: u32,
    refusals: u32,
}

/// The reasons for which there is no response.
enum Failed {
    /// The homeserver has lost events that were heard from it.
    Lost,
    /// It refuses to go on from the token.
    Refused(Refusal),
    /// Any other outcome of the call.
    Else(CallError),
}

async fn wait(error: &CallError, missed: &mut Missed) {
    let wait = wait_after(error, missed.failures);
    missed.failures += 1;
    missed.anything = true;
    warn!(wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "no sync response; asking again");
    debug!(%error, "no sync response");
    tokio::time::sleep(wait).await;
}

/// Fetches one response, with its gaps filled and its words proved; `None` when its owner is gone.
async fn fetch<E: Engine>(
    ears: &mut Listener,
    session: &Session,
    next: &Next,
    missed: &Missed,
    owner: &mpsc::Sender<Message<E>>,
) -> Option<Result<Received, Failed>> {
    let wait = match next.wanted {
        Wanted::WithNews => LONG_POLL,
        Wanted::Soon => SHORT_POLL,
        Wanted::AtOnce => Duration::ZERO,
    };
    if missed.anything && next.token.is_some() {
        match session.still_has(&next.anchors).await {
            Ok(true) => {}
            Ok(false) => return Some(Err(Failed::Lost)),
            Err(error) => return Some(Err(Failed::Else(error))),
        }
    }
    let mut received = match ears.next(next.token.as_deref(), wait).await {
        Ok(received) => received,
        Err(CallError::Refused { why }) => return Some(Err(Failed::Refused(why))),
        Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => return Some(Err(Failed::Else(error))),
    };
    let gaps: Vec<RoomRef> =
        received.delivery.rooms.iter().filter(|room| room.gap.is_some()).map(|room| room.room.clone()).collect();
    if !gaps.is_empty() {
        debug!(rooms = gaps.len(), "filling in what the response left out");
        let (answer, ours) = oneshot::channel();
        owner.send(Message::MustFill { rooms: gaps, answer }).await.ok()?;
        let ours = ours.await.ok()?;
        let of = |room: &RoomRef| ours.get(room).copied();
        let back = Back::after(next.token.as_deref(), clock());
        match gaps::fill(session, back, of, &mut received.delivery).await {
            Ok(refused) if refused.is_empty() => {}
            Ok(refused) => error!(rooms = refused.len(), "what was said in rooms while nobody heard it cannot be read"),
            Err(error) => return Some(Err(Failed::Else(error))),
        }
    }
    Some(session.prove(&mut received).await.map(|()| received).map_err(Failed::Else))
}

fn wait_after(error: &CallError, failures: u32) -> Duration {
    match error {
        CallError::Limited { retry_after_ms } => Duration::from_millis(*retry_after_ms),
        CallError::Unknown { .. } | CallError::Refused { .. } => {
            BACKOFF_FIRST.saturating_mul(1 << failures.min(8)).min(BACKOFF_MAX)
        }
    }
}
