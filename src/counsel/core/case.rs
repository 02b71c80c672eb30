//! A case: one client's way to one counsellor, from the question to the end.

use std::collections::{BTreeMap, BTreeSet};

use lodge_ground::time::Timestamp;
use lodge_ground::venue::Venue;
use serde::{Deserialize, Serialize};

use crate::asked::Asked;
use crate::id::{CaseId, EffectId, PersonId};
use crate::say::Standing;
use crate::word::CaseWord;

/// One client's way to one counsellor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The id, which only the service sees.
    pub id: CaseId,
    /// The word that counsellors call it by.
    pub word: CaseWord,
    /// The client whose case it is.
    pub client: PersonId,
    /// The counsellor that the client would like to talk with.
    pub wanted: Wanted,
    /// The subject, if the client gave one.
    pub about: Option<About>,
    /// The stage that it is at.
    pub stage: Stage,
    /// The next time that both agreed on.
    pub meeting: Option<Timestamp>,
    /// A time that one of them suggested, while the other has not answered.
    pub suggested: Option<Suggested>,
    /// The question whether the client would go on with somebody else, while they have not answered.
    pub handover: Option<Handover>,
}

/// The question whether somebody else may go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The counsellor who would go on with it.
    pub to: Wanted,
    /// The time until which the client's answer is waited for.
    pub until: Timestamp,
    /// The messages that asked the client.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
}

/// A time that one of the two suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The one who suggested it.
    pub by: PersonId,
    /// The time that was suggested.
    pub at: Timestamp,
    /// The messages that asked the other.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
}

/// The counsellor that a client would like to talk with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// Any counsellor who has time.
    Anybody,
    /// Any of these, which is all but one.
    AnybodyBut(PersonId),
    /// This counsellor.
    Named(PersonId),
}

/// The subject of a case, in a line of the client's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The client's line, as they wrote it.
    pub line: String,
    /// Whether those who are asked may read it.
    pub shown: bool,
}

/// The stage that a case is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Counsellors are asked to take it.
    Offered {
        /// The counsellors who have been asked.
        to: BTreeSet<PersonId>,
        /// The time at which the client is told that nobody could.
        until: Timestamp,
        /// The messages that asked each of them. Older rows do not tell.
        #[serde(default)]
        questions: BTreeMap<PersonId, Asked>,
    },
    /// One has taken it, and the room is on its way.
    Opening {
        /// The counsellor who has taken it.
        counsellor: PersonId,
        /// The stage that the room is at.
        room: Opening,
    },
    /// They are in their room; the service is not.
    Open {
        /// The counsellor who has it.
        counsellor: PersonId,
        /// The id of their room.
        room: Venue,
    },
    /// It is being closed: both were asked to leave the room.
    Closing {
        /// The counsellor who had it.
        counsellor: PersonId,
        /// The people who said that they have left the room.
        left: BTreeSet<PersonId>,
    },
    /// It is over, and kept until it is erased.
    Closed {
        /// The counsellor who had it; nobody, where it did not come to that.
        counsellor: Option<PersonId>,
    },
}

/// The stage that a room is at while it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The room is being made.
    Making,
    /// The client is invited, and unable to speak yet.
    Client(Venue),
    /// The client is in, and the counsellor is invited.
    Counsellor(Venue),
    /// Both are in: speech is opened, and the service leaves.
    Both(Venue),
}

impl Opening {
    /// The room, once there is one.
    pub fn room(&self) -> Option<&Venue> {
        match self {
            Self::Making => None,
            Self::Client(room) | Self::Counsellor(room) | Self::Both(room) => Some(room),
        }
    }
}

impl Case {
    /// The counsellor of the case, once there is one, and until it is closed.
    pub fn counsellor(&self) -> Option<PersonId> {
        match &self.stage {
            Stage::Opening { counsellor, .. } | Stage::Open { counsellor, .. } | Stage::Closing { counsellor, .. } => {
                Some(*counsellor)
            }
            Stage::Offered { .. } | Stage::Closed { .. } => None,
        }
    }

    /// The stage at which it is for this counsellor, if it is theirs or offered to them, and not over.
    pub fn standing_for(&self, counsellor: PersonId) -> Option<Standing> {
        match &self.stage {
            Stage::Offered { to, .. } => to.contains(&counsellor).then_some(Standing::Offered),
            Stage::Opening { counsellor: one, .. } => (*one == counsellor).then_some(Standing::Opening),
            Stage::Open { counsellor: one, .. } => (*one == counsellor).then_some(Standing::Open),
            Stage::Closing { counsellor: one, .. } => (*one == counsellor).then_some(Standing::Closing),
            Stage::Closed { .. } => None,
        }
    }

    /// The messages that asked this counsellor to take it, if they were asked and nobody has.
    pub fn offer_to(&self, counsellor: PersonId) -> Option<Asked> {
        match &self.stage {
            Stage::Offered { to, questions, .. } => {
                let question = || questions.get(&counsellor).cloned().unwrap_or_else(Asked::before_counting);
                to.contains(&counsellor).then(question)
            }
            Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        }
    }

    /// Enters that this counsellor is asked to take it, and returns the question for them; `None` where it cannot be taken.
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
}

impl About {
    /// The line as counsellors who are asked may read it: `None` while the client has not released it.
    pub fn shown(&self) -> Option<&str> {
        self.shown.then_some(self.line.as_str())
    }
}
