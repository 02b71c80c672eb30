//! A case: one client's way to one counsellor, from the question to the end.

use std::collections::{BTreeMap, BTreeSet};

use lodge_ground::homeserver::RoomRef;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::asked::Asked;
use crate::id::{CaseId, EffectId, PersonId};
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
    /// What asked the client.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
}

/// A time that one of the two suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Who.
    pub by: PersonId,
    /// When it would be.
    pub at: Timestamp,
    /// What asked the other.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
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
        /// What asked each of them. In older rows nothing tells.
        #[serde(default)]
        questions: BTreeMap<PersonId, Asked>,
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

    /// What asked this counsellor to take it, if they were asked and nobody has.
    pub fn offer_to(&self, counsellor: PersonId) -> Option<Asked> {
        match &self.stage {
            Stage::Offered { to, questions, .. } => {
                let question = || questions.get(&counsellor).cloned().unwrap_or_else(Asked::before_counting);
                to.contains(&counsellor).then(question)
            }
            Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        }
    }

    /// This counsellor is asked to take it; nothing where it cannot be taken.
    pub(crate) fn is_offered_to(&mut self, counsellor: PersonId) -> Option<&mut Asked> {
        match &mut self.stage {
            Stage::Offered { to, questions, .. } => {
                to.insert(counsellor);
                Some(questions.entry(counsellor).or_default())
            }
            Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        }
    }

    /// The questions about it that this person has not answered.
    pub fn questions_to(&self, person: PersonId) -> Vec<Asked> {
        let asked_about_time = [Some(self.client), self.counsellor()].contains(&Some(person));
        let suggested = self.suggested.as_ref().filter(|one| asked_about_time && one.by != person);
        let handover = self.handover.as_ref().filter(|_| person == self.client);
        let offer = self.offer_to(person);
        let suggested = suggested.map(|suggested| suggested.question.clone());
        let handover = handover.map(|handover| handover.question.clone());
        [suggested, handover, offer].into_iter().flatten().collect()
    }

    /// This message, which asked something about it, stands nowhere and never will.
    pub(crate) fn not_asked_by(&mut self, message: EffectId) {
        let suggested = self.suggested.as_mut().map(|suggested| &mut suggested.question);
        let handover = self.handover.as_mut().map(|handover| &mut handover.question);
        let offers = match &mut self.stage {
            Stage::Offered { questions, .. } => Some(questions.values_mut()),
            Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        };
        for question in suggested.into_iter().chain(handover).chain(offers.into_iter().flatten()) {
            question.not_by(message);
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
