//! The loop that fetches sync responses. It asks for the next only when the last is committed.

use std::sync::Arc;
use std::time::Duration;

use lodge_ground::gaps;
use lodge_ground::homeserver::{CallError, Called, RoomRef};
use lodge_ground::news::Wanted;
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, warn};

use super::{Engine, Message, Next};
use crate::matrix::{Listener, Received, Session};

/// How long the homeserver may hold a response when there is nothing new.
const LONG_POLL: Duration = Duration::from_secs(30);

/// How long it may hold one that is wanted soon. Each that comes without a pause has the homeserver working on it instead
/// of on what is for members.
const SHORT_POLL: Duration = Duration::from_secs(1);

/// The first wait after a failure; it doubles with each further one.
const BACKOFF_FIRST: Duration = Duration::from_millis(250);

/// The longest wait after a failure.
const BACKOFF_MAX: Duration = Duration::from_secs(10);

/// Why the loop ended.
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
    let mut failures: u32 = 0;
    loop {
        let Some(received) = fetch(&mut ears, &session, &next, &owner).await else { return Ended::OwnerGone };
        let (answer, following) = oneshot::channel();
        let message = match received {
            Ok(Received { delivery, keys, unproved: _ }) => {
                failures = 0;
                Message::Delivered { delivery, keys, committed: answer }
            }
            Err(_) if session.is_logged_out() => return Ended::LoggedOut,
            Err(error) => {
                let wait = wait_after(&error, failures);
                failures += 1;
                warn!(wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "no sync response; asking again");
                debug!(%error, "no sync response");
                tokio::time::sleep(wait).await;
                match error {
                    CallError::Refused { .. } => Message::TokenRefused { answer },
                    CallError::Limited { .. } | CallError::Unknown { .. } => continue,
                }
            }
        };
        if owner.send(message).await.is_err() {
            return Ended::OwnerGone;
        }
        let Ok(following) = following.await else { return Ended::OwnerGone };
        next = following;
    }
}

/// One response with its gaps filled and its words proved; nothing when its owner is gone.
async fn fetch<E: Engine>(
    ears: &mut Listener,
    session: &Session,
    next: &Next,
    owner: &mpsc::Sender<Message<E>>,
) -> Option<Called<Received>> {
    let wait = match next.wanted {
        Wanted::WithNews => LONG_POLL,
        Wanted::Soon => SHORT_POLL,
        Wanted::AtOnce => Duration::ZERO,
    };
    let mut received = match ears.next(next.token.as_deref(), wait).await {
        Ok(received) => received,
        Err(error) => return Some(Err(error)),
    };
    let gaps: Vec<RoomRef> =
        received.delivery.rooms.iter().filter(|room| room.gap.is_some()).map(|room| room.room.clone()).collect();
    if !gaps.is_empty() {
        debug!(rooms = gaps.len(), "filling in what the response left out");
        let (answer, ours) = oneshot::channel();
        owner.send(Message::MustFill { rooms: gaps, answer }).await.ok()?;
        let ours = ours.await.ok()?;
        let of = |room: &RoomRef| ours.get(room).copied();
        if let Err(error) = gaps::fill(session, next.token.as_deref(), of, &mut received.delivery).await {
            return Some(Err(error));
        }
    }
    Some(session.prove(&mut received).await.map(|()| received))
}

fn wait_after(error: &CallError, failures: u32) -> Duration {
    match error {
        CallError::Limited { retry_after_ms } => Duration::from_millis(*retry_after_ms),
        CallError::Unknown { .. } | CallError::Refused { .. } => {
            BACKOFF_FIRST.saturating_mul(1 << failures.min(8)).min(BACKOFF_MAX)
        }
    }
}
