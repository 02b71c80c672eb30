//! What it would take to make all rooms as they should be. Nothing is changed by asking.

use lodge_core::introduction::RoomRef;
use lodge_core::room::Key;

use super::{Change, Wanted, difference};
use crate::content::Voice;
use crate::homeserver::{Called, Homeserver};

/// A room as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// Where it is; nothing where it is still to be made.
    pub room: Option<RoomRef>,
    /// Whether it is to be archived.
    pub archived: bool,
    /// How it is to be.
    pub wanted: Wanted,
}

/// What it would take to make a room as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// It is to be made.
    Make,
    /// These things are to be changed; none where all is as it should be.
    Change(Vec<Change>),
}

/// What it would take to make each of these rooms as it should be. Only reads.
pub async fn plan(server: &impl Homeserver, voice: &impl Voice, intended: &[Intended]) -> Called<Vec<(Key, Planned)>> {
    let mut planned = Vec::new();
    for Intended { room, wanted, .. } in intended {
        let what = match room {
            None => Planned::Make,
            Some(room) => Planned::Change(difference(&wanted.in_words(voice), &server.state(room).await?)),
        };
        planned.push((wanted.key.clone(), what));
    }
    Ok(planned)
}
