//! Policy lists that the service follows: come into and read, at the start, when something happens there, and every hour in
//! case that was missed. What they say becomes settings, like what stands in the configuration; nothing of it is stored.

use std::sync::Arc;
use std::time::Duration;

use lodge_channel::homeserver::{Called, Homeserver as _, RoomState};
use lodge_channel::policies::rules;
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::{Policies, Rule};
use lodge_plumbing::matrix::Session;
use tokio::sync::{Notify, mpsc};
use tracing::{debug, info, warn};

use super::Note;

/// How long until lists are read again though nothing was heard of them.
const AGAIN: Duration = Duration::from_hours(1);

/// How long until a list that could not be read is tried again.
const RETRY: Duration = Duration::from_mins(1);

/// Reads these lists for as long as somebody takes what they say.
pub(super) async fn follow(lists: Vec<RoomRef>, session: Arc<Session>, changed: Arc<Notify>, hub: mpsc::Sender<Note>) {
    // What each said when it was last read: one that cannot be read now still holds.
    let mut said: Vec<Vec<Rule>> = vec![Vec::new(); lists.len()];
    while !lists.is_empty() {
        let mut missed = 0;
        for (room, said) in lists.iter().zip(&mut said) {
            match read(&session, room).await {
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
        if hub.send(Note::Policies(policies)).await.is_err() {
            return;
        }
        let pause = if missed > 0 { RETRY } else { AGAIN };
        // Whichever comes first.
        drop(tokio::time::timeout(pause, changed.notified()).await);
    }
}

/// Comes into a list, if the porter is not in it yet, and reads its state.
async fn read(session: &Session, list: &RoomRef) -> Called<RoomState> {
    session.follow(list).await?;
    session.state(list).await
}
