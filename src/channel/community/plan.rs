//! The plan for making all rooms as they should be. Nothing is changed by asking.

use lodge_core::rooms::Key;
use lodge_matrix::homeserver::RoomRef;
use serde::{Deserialize, Serialize};

use super::{Change, Wanted, difference};
use crate::content::Voice;
use crate::homeserver::{CallError, Called, Homeserver};

/// A room as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// The room's id; `None` where it is still to be made.
    pub room: Option<RoomRef>,
    /// The course that the room takes.
    pub course: Course,
    /// The number of people whom it is not meant for any more, and who are to be taken out of it.
    pub taken_out: usize,
    /// The room that is wanted.
    pub wanted: Wanted,
}

/// The course that an existing room takes.
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

/// The plan for one room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The room's short name.
    pub key: Key,
    /// The action that makes it as it should be.
    pub what: Action,
}

/// The action that makes a room as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is to be made.
    Make {
        /// The name that people see.
        name: String,
        /// The topic, with a word on who can read the room.
        topic: String,
    },
    /// The room exists.
    Match {
        /// The course that it takes.
        course: Course,
        /// The number of people who are to be taken out.
        taken_out: usize,
        /// The differences; none where all is as it should be.
        changes: Vec<Change>,
    },
    /// The homeserver does not let the porter look at it; with its reason.
    Closed(String),
}

/// Plans each of these rooms. Only reads.
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
