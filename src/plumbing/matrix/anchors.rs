//! Asks whether the homeserver still has the events that were heard from it ([`lodge_matrix::anew`]).

use lodge_matrix::anew::Anchor;
use lodge_matrix::homeserver::{CallError, Called, Refusal, unless_refused};

use super::session::Session;

impl Session {
    /// Whether the homeserver still has these events: false when it has lost one of a room in which it says that this
    /// account is. Where it does not tell, as of rooms that were left since, it is taken to have it.
    pub async fn still_has(&self, anchors: &[Anchor]) -> Called<bool> {
        for Anchor { room, event, .. } in anchors {
            match self.api.get(&["rooms", &room.0, "event", &event.0], &[]).await {
                Ok(_) => return Ok(true),
                Err(CallError::Refused { why: Refusal::Other { code } }) if code == "M_NOT_FOUND" => {
                    let own = ["rooms", &room.0, "state", "m.room.member", self.own.as_str()];
                    let own = unless_refused(self.api.get(&own, &[]).await)?;
                    if own.is_some_and(|own| own["membership"] == "join") {
                        return Ok(false);
                    }
                }
                Err(CallError::Refused { .. }) => {}
                Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => return Err(error),
            }
        }
        Ok(true)
    }
}
