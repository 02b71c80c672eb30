//! A case: one client's way to one counsellor, from the question to the end.

use std::collections::BTreeSet;

use lodge_ground::homeserver::RoomRef;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, PersonId};
use crate::word::CaseWord;

/// One client's way to one counsellor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What counsellors call it.
    pub word: CaseWord,
    /// Whose it is.
    pub client: PersonId,
    /// Whom they would like to talk with.
    pub wanted: Wanted,
    /// What about, if they said.
    pub about: Option<About>,
    /// How far it is.
    pub stage: Stage,
    /// The next time that both agreed on.
    pub meeting: Option<Timestamp>,
    /// A time that one of them suggested, while the other has not answered.
    pub suggested: Option<Suggested>,
    /// With whom the client was asked to go on instead, while they have not answered.
    pub handover: Option<Handover>,
}

/// The question whether somebody else may go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Who would.
    pub to: Wanted,
    /// Until when the client's answer is waited for.
    pub until: Timestamp,
}

/// A time that one of the two suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Who.
    pub by: PersonId,
    /// When it would be.
    pub at: Timestamp,
}

/// Whom a client would like to talk with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// Whoever has time.
    Anybody,
    /// Any of these, which is all but one.
    AnybodyBut(PersonId),
    /// This one.
    Named(PersonId),
}

/// What it is about, in a line of the client's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The line.
    pub line: String,
    /// Whether those who are asked may read it.
    pub shown: bool,
}

/// How far a case is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Counsellors are asked.
    Offered {
        /// Who has been asked.
        to: BTreeSet<PersonId>,
        /// When the client is told that nobody could.
        until: Timestamp,
    },
    /// One has taken it, and the room is on its way.
    Opening {
        /// Who.
        counsellor: PersonId,
        /// How far the room is.
        room: Opening,
    },
    /// They are in their room; the service is not.
    Open {
        /// Who.
        counsellor: PersonId,
        /// Their room.
        room: RoomRef,
    },
    /// It is being closed: both were asked to leave the room.
    Closing {
        /// Who.
        counsellor: PersonId,
        /// Who said that they have left it.
        left: BTreeSet<PersonId>,
    },
    /// It is over, and kept until it is erased.
    Closed {
        /// Who counselled; nobody, where it did not come to that.
        counsellor: Option<PersonId>,
    },
}

/// How far a room is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// It is being made.
    Making,
    /// The client is invited, and unable to speak yet.
    Client(RoomRef),
    /// The client is in, and the counsellor is invited.
    Counsellor(RoomRef),
    /// Both are in: speech is opened, and the service leaves.
    Both(RoomRef),
}

impl Opening {
    /// The room, once there is one.
    pub fn room(&self) -> Option<&RoomRef> {
        match self {
            Self::Making => None,
            Self::Client(room) | Self::Counsellor(room) | Self::Both(room) => Some(room),
        }
    }
}

impl Case {
    /// Who counsels, once somebody does, and until it is closed.
    pub fn counsellor(&self) -> Option<PersonId> {
        match &self.stage {
            Stage::Opening { counsellor, .. } | Stage::Open { counsellor, .. } | Stage::Closing { counsellor, .. } => {
                Some(*counsellor)
            }
            Stage::Offered { .. } | Stage::Closed { .. } => None,
        }
    }

    /// Whether it is over.
    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed { .. })
    }
}

impl About {
    /// What those who are asked may read.
    pub fn shown(&self) -> Option<&str> {
        self.shown.then_some(self.line.as_str())
    }
}
