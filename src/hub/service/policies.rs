//! Policy lists that the service follows: come into and read, at the start, when something happens there, and every hour in
//! case that was missed. What they say becomes settings, like what stands in the configuration; nothing of it is stored.

use std::sync::Arc;
use std::time::Duration;

use lodge_channel::homeserver::CallError;
use lodge_channel::policies::rules;
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::{Policies, Rule};
use tokio::sync::{Notify, mpsc};
use tracing::{debug, info, warn};

use super::{Message, Wire};

/// How long until lists are read again though nothing was heard of them.
const AGAIN: Duration = Duration::from_hours(1);

/// How long until a list that could not be read is tried again.
const RETRY: Duration = Duration::from_mins(1);

/// Reads these lists for as long as somebody takes what they say.
pub(super) async fn follow<W: Wire>(
    lists: Vec<RoomRef>,
    wire: Arc<W>,
    changed: Arc<Notify>,
    actor: mpsc::Sender<Message>,
) {
    // What each said when it was last read: one that cannot be read now still holds.
    let mut said: Vec<Vec<Rule>> = vec![Vec::new(); lists.len()];
    while !lists.is_empty() {
        let mut missed = 0;
        for (room, said) in lists.iter().zip(&mut said) {
            match wire.policy_list(room).await {
                Ok(state) => *said = rules(&state),
                Err(error) => {
                    missed += 1;
                    debug!(%error, room = room.0, "a policy list cannot be read");
                }
            }
        }
        if missed > 0 {
            warn!(missed, of = lists.len(), "policy lists cannot be read; trying again");
        }
        let policies = Policies::new(said.iter().flatten().cloned());
        info!(rules = policies.len(), "policy lists read");
        if actor.send(Message::Policies(policies)).await.is_err() {
            return;
        }
        let pause = if missed > 0 { RETRY } else { AGAIN };
        // Whichever comes first.
        drop(tokio::time::timeout(pause, changed.notified()).await);
    }
}
