//! Makes a room as it should be: its whole state is read, and differences are put right. It can be done again after any
//! outcome, and does nothing where nothing differs.

use lodge_core::input::Tended;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;
use lodge_matrix::room::Direct;

use super::{Doing, Wanted, difference};
use crate::content::Voice;
use crate::homeserver::{CallError, Called, Homeserver, Membership};

/// Makes `room` as it should be.
pub async fn tend(server: &impl Homeserver, voice: &impl Voice, room: &RoomRef, wanted: &Wanted) -> Called<Tended> {
    let goal = wanted.in_words(voice);
    let found = server.state(room).await?;
    let mut tended = Tended { edition: wanted.edition, ..Tended::default() };
    for change in difference(&goal, &found) {
        match change.doing {
            Doing::Put { kind, key, content } => {
                server.put_state(room, &kind, &key, &content).await?;
                tended.changed.insert(change.aspect);
            }
            Doing::Remove(who) => match server.remove(room, &Occupant::from(&who)).await {
                Ok(()) => drop(tended.changed.insert(change.aspect)),
                // They may have gone in between.
                Err(CallError::Refused { .. }) => {
                    if server.standing(room, &who.into()).await? != Membership::Left {
                        tended.fixed.insert(change.aspect);
                    }
                }
                Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => return Err(error),
            },
            Doing::Invite(who) => match server.invite(room, &who, Direct::No).await {
                Ok(()) => drop(tended.changed.insert(change.aspect)),
                // Everything else is still to be put right.
                Err(CallError::Refused { .. }) => {
                    tended.fixed.insert(change.aspect);
                }
                Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => return Err(error),
            },
            Doing::Nothing(_) => drop(tended.fixed.insert(change.aspect)),
        }
    }
    Ok(tended)
}
