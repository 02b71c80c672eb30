//! What it would take to make all rooms as they should be. Nothing is changed by asking.

use lodge_core::introduction::RoomRef;
use lodge_core::room::Key;
use serde::{Deserialize, Serialize};

use super::{Change, Wanted, difference};
use crate::content::Voice;
use crate::homeserver::{CallError, Called, Homeserver};

/// A room as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// Where it is; nothing where it is still to be made.
    pub room: Option<RoomRef>,
    /// What becomes of it.
    pub course: Course,
    /// How many people it is not meant for any more, who are to be taken out of it.
    pub taken_out: usize,
    /// How it is to be.
    pub wanted: Wanted,
}

/// What becomes of a room that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// It stays open, or archived.
    Stays,
    /// It is to be archived.
    Archived,
    /// It is archived, and to be opened again.
    Reopened,
}

/// What it would take to make a room as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The room's short name.
    pub key: Key,
    /// What is to be done.
    pub what: Action,
}

/// What is to be done to make a room as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is to be made.
    Make {
        /// Its name.
        name: String,
        /// What it is about, and who can read it.
        topic: String,
    },
    /// It is there.
    Match {
        /// What becomes of it.
        course: Course,
        /// How many people are to be taken out.
        taken_out: usize,
        /// What differs; none where all is as it should be.
        changes: Vec<Change>,
    },
    /// The homeserver does not let the porter look at it; with its reason.
    Closed(String),
}

/// What it would take to make each of these rooms as it should be. Only reads.
pub async fn plan(server: &impl Homeserver, voice: &impl Voice, intended: &[Intended]) -> Called<Vec<Planned>> {
    let mut planned = Vec::new();
    for each in intended {
        let Intended { room, course, taken_out, wanted } = each;
        let what = match room {
            None => make(voice, wanted),
            Some(room) => match server.state(room).await {
                Ok(found) => Action::Match {
                    course: *course,
                    taken_out: *taken_out,
                    changes: difference(&wanted.in_words(voice), &found),
                },
                Err(CallError::Refused { why }) => Action::Closed(why.to_string()),
                Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => return Err(error),
            },
        };
        planned.push(Planned { key: wanted.key.clone(), what });
    }
    Ok(planned)
}

/// The same where none of the rooms is there yet, so that nothing has to be read.
pub fn plan_new(voice: &impl Voice, intended: &[Intended]) -> Option<Vec<Planned>> {
    let new = |each: &Intended| {
        each.room.is_none().then(|| Planned { key: each.wanted.key.clone(), what: make(voice, &each.wanted) })
    };
    intended.iter().map(new).collect()
}

fn make(voice: &impl Voice, wanted: &Wanted) -> Action {
    Action::Make { name: voice.render(&wanted.name).plain, topic: voice.render(&wanted.topic).plain }
}
