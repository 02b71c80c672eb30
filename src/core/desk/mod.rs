//! The staff's desk: questions that people ask of the staff, and whatever else waits for somebody who works for the service.

mod age;
pub(crate) mod flow;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use lodge_ground::bounded::{AtMost, Bulk};
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, EffectId, EnquiryId, MemberId, OrganisationId, ProposalId};
use crate::time::{Span, Timestamp};

pub use age::Age;

/// Of the messages that brought a member of staff questions, the last ones can be replied to, at most this many.
const BROUGHT_MAX: usize = 64;

/// One look at the desk shows this many things, so that it fits a phone.
const LISTED_MAX: usize = 8;

/// One member of staff can have taken this many things; the oldest are let go of.
const TAKEN_MAX: usize = 50;

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
    /// Whether it was closed without an answer in writing.
    #[serde(default)]
    pub closed: bool,
}

/// The desk as one member of staff has it before them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tray {
    /// The questions that they were brought, oldest first.
    #[serde(default)]
    brought: AtMost<Brought, BROUGHT_MAX>,
    /// The list that they were last shown.
    #[serde(default)]
    pub(crate) shown: Option<Shown>,
    /// The things that they have put their name on.
    #[serde(default)]
    taken: AtMost<Taken, TAKEN_MAX>,
}

/// Something that waits for somebody who works for the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waits {
    /// A person whom nobody has verified.
    Visitor(MemberId),
    /// An organisation that nobody has approved.
    Organisation(OrganisationId),
    /// Something that a member proposed.
    Proposal(ProposalId),
    /// A question to the staff.
    Enquiry(EnquiryId),
    /// A report about somebody's conduct.
    Case(CaseId),
}

/// A list of the desk as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    /// The message that showed it.
    pub message: EffectId,
    /// The things in it, in the order of its numbers from 1.
    pub lines: Vec<Waits>,
    /// The first message after it that gave proposals or reports other numbers.
    pub newer: Option<EffectId>,
}

/// Something that a member of staff has put their name on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    what: Waits,
    at: Timestamp,
}

impl Bulk for Taken {
    fn bytes(&self) -> usize {
        0
    }
}

impl Shown {
    /// The thing with this number.
    pub fn line(&self, number: u32) -> Option<Waits> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.lines.get(at).copied()
    }
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
        let shown = self.shown.iter().flat_map(|shown| shown.newer.into_iter().chain([shown.message]));
        self.brought.iter().map(|brought| brought.message).chain(shown)
    }

    /// They put their name on this.
    pub(crate) fn take(&mut self, what: Waits, at: Timestamp) {
        self.taken.push(Taken { what, at });
    }

    /// They take their name off this. Whether it was on it.
    pub(crate) fn put_back(&mut self, what: Waits) -> bool {
        self.taken.take(|taken| taken.what == what).is_some()
    }

    /// The time at which they put their name on this, if they have.
    pub(crate) fn taken_at(&self, what: Waits) -> Option<Timestamp> {
        self.taken.iter().find(|taken| taken.what == what).map(|taken| taken.at)
    }

    /// The thing that they have put their name on, if it is one.
    pub(crate) fn only_taken(&self) -> Option<Waits> {
        self.taken.last().filter(|_| self.taken.len() == 1).map(|taken| taken.what)
    }

    /// Whether they have put their name on anything.
    pub(crate) fn has_taken(&self) -> bool {
        !self.taken.is_empty()
    }

    /// Their name stays on these things alone.
    pub(crate) fn keep_taken(&mut self, stays: impl Fn(Waits) -> bool) {
        self.taken.retain(|taken| stays(taken.what));
    }
}
