//! The loop that fetches sync responses. It asks for the next only when the last is committed.

use std::sync::Arc;
use std::time::Duration;

use lodge_channel::gaps;
use lodge_channel::homeserver::{CallError, Called};
use lodge_core::introduction::RoomRef;
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, warn};

use super::{Ears, Message, Next, Received, Wire};

/// How long the homeserver may hold a response when there is nothing new.
const LONG_POLL: Duration = Duration::from_secs(30);

/// The first wait after a failure; it doubles with each further one.
const BACKOFF_FIRST: Duration = Duration::from_millis(250);

/// The longest wait after a failure.
const BACKOFF_MAX: Duration = Duration::from_secs(10);

/// Why the loop ended.
pub(super) enum Ended {
    /// The session is over.
    LoggedOut,
    /// Nobody takes the responses any more.
    ActorGone,
}

pub(super) async fn run<W: Wire>(
    mut ears: impl Ears,
    wire: Arc<W>,
    mut next: Next,
    actor: mpsc::Sender<Message>,
) -> Ended {
    let mut failures: u32 = 0;
    loop {
        let Some(received) = fetch(&mut ears, &*wire, &next, &actor).await else { return Ended::ActorGone };
        match received {
            Ok(Received { delivery, keys_came }) => {
                failures = 0;
                let (committed, answer) = oneshot::channel();
                if actor.send(Message::Delivered { delivery, keys_came, committed }).await.is_err() {
                    return Ended::ActorGone;
                }
                let Ok(following) = answer.await else { return Ended::ActorGone };
                next = following;
            }
            Err(error) => {
                if wire.is_logged_out() {
                    return Ended::LoggedOut;
                }
                // Where the store was restored, the homeserver may not know where its export ended.
                if let CallError::Refused { .. } = error {
                    let (answer, following) = oneshot::channel();
                    if actor.send(Message::TokenRefused { answer }).await.is_err() {
                        return Ended::ActorGone;
                    }
                    let Ok(following) = following.await else { return Ended::ActorGone };
                    next = following;
                }
                let wait = wait_after(&error, failures);
                failures += 1;
                warn!(wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "no sync response; asking again");
                debug!(%error, "no sync response");
                tokio::time::sleep(wait).await;
            }
        }
    }
}

/// One response with its gaps filled; nothing when the actor is gone.
async fn fetch(
    ears: &mut impl Ears,
    wire: &impl Wire,
    next: &Next,
    actor: &mpsc::Sender<Message>,
) -> Option<Called<Received>> {
    let wait = if next.urgent { Duration::ZERO } else { LONG_POLL };
    let mut received = match ears.next(next.token.as_deref(), wait).await {
        Ok(received) => received,
        Err(error) => return Some(Err(error)),
    };
    let gaps: Vec<RoomRef> =
        received.delivery.rooms.iter().filter(|room| room.gap.is_some()).map(|room| room.room.clone()).collect();
    if !gaps.is_empty() {
        debug!(rooms = gaps.len(), "filling in what the response left out");
        let (answer, ours) = oneshot::channel();
        actor.send(Message::AreOurs { rooms: gaps, answer }).await.ok()?;
        let ours = ours.await.ok()?;
        let filled =
            gaps::fill(wire, next.token.as_deref(), |room| ours.get(room).copied(), &mut received.delivery).await;
        if let Err(error) = filled {
            return Some(Err(error));
        }
    }
    Some(Ok(received))
}

fn wait_after(error: &CallError, failures: u32) -> Duration {
    match error {
        CallError::Limited { retry_after_ms } => Duration::from_millis(*retry_after_ms),
        CallError::Unknown { .. } | CallError::Refused { .. } => {
            BACKOFF_FIRST.saturating_mul(1 << failures.min(8)).min(BACKOFF_MAX)
        }
    }
}
