//! The staff's desk: questions that people ask of the staff, and whatever else waits for somebody who works for the service.

pub(crate) mod flow;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use lodge_ground::bounded::{AtMost, Bulk};
use serde::{Deserialize, Serialize};

use crate::id::{EffectId, EnquiryId, MemberId};
use crate::time::{Span, Timestamp};

/// Of the messages that brought a member of staff questions, the last ones can be replied to, at most this many.
const BROUGHT_MAX: usize = 64;

/// One person can have this many questions waiting for the staff.
const OPEN_MAX: usize = 5;

/// This many questions of one person's are kept, the answered ones among them.
const KEPT_OF_ONE_MAX: usize = 10;

/// This many questions are kept in all.
const KEPT_MAX: usize = 500;

/// A question is kept this long after its answer, so that a second answer finds the first.
const ANSWERED_KEPT: Span = Span::from_days(30);

/// A question that somebody asks of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// The id of its row.
    pub id: EnquiryId,
    /// The person who asks.
    pub by: MemberId,
    /// Their words, as they wrote them.
    pub words: String,
    /// The time at which they asked.
    pub at: Timestamp,
    /// The answer, once there is one. Its words are not kept.
    pub answered: Option<Answered>,
}

/// The answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The member of staff who answered, or settled it otherwise.
    pub by: MemberId,
    /// The time of the answer.
    pub at: Timestamp,
}

/// The desk as one member of staff has it before them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tray {
    /// The questions that they were brought, oldest first.
    #[serde(default)]
    brought: AtMost<Brought, BROUGHT_MAX>,
}

/// A question that was brought to a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Brought {
    message: EffectId,
    enquiry: EnquiryId,
}

impl Bulk for Brought {
    fn bytes(&self) -> usize {
        0
    }
}

impl Tray {
    /// This message brings them this question.
    pub(crate) fn bring(&mut self, message: EffectId, enquiry: EnquiryId) {
        self.brought.push(Brought { message, enquiry });
    }

    /// The question that this message brought.
    pub(crate) fn brought_by(&self, message: EffectId) -> Option<EnquiryId> {
        self.brought.iter().find(|brought| brought.message == message).map(|brought| brought.enquiry)
    }

    /// The messages that words of theirs could be about.
    pub(crate) fn messages(&self) -> impl Iterator<Item = EffectId> {
        self.brought.iter().map(|brought| brought.message)
    }
}
