//! Conduct: reports, the measures of staff, and the limits that hold for everybody in rooms for many.

mod floods;
pub(crate) mod flow;
pub mod report;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use serde::{Deserialize, Serialize};

use crate::id::{CaseId, IntroductionId, MemberId, RoomId};
use crate::name::Address;
use crate::time::{Span, Timestamp};

pub use floods::{Flood, Floods};

/// The power of those who may not write for a while.
pub const MUTED: i64 = -1;

/// A ban is known this long after its person was forgotten, so that being forgotten does not end it.
pub const BAN_KEPT: Span = Span::from_days(3650);

/// A message in a room for many, as the channel names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// A message in a room for many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrote {
    /// The account that wrote it.
    pub who: Address,
    /// The id of the message.
    pub message: MessageRef,
    /// The words of the message.
    pub text: String,
    /// Whether they replied to another message. Clients then mention its author unasked.
    pub replies: bool,
    /// The accounts it mentions by a client's own means.
    pub mentions: Vec<Address>,
    /// Whether they mentioned the whole room.
    pub everybody: bool,
}

/// A message that was meant for the porter and written where others read it. Its words are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overheard {
    /// The room it was written in.
    pub room: RoomId,
    /// The id of the message.
    pub message: MessageRef,
    /// The time at which it was heard.
    pub at: Timestamp,
}

/// A member's report about somebody, kept until staff have judged it and its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The id of its row.
    pub id: CaseId,
    /// The number by which staff deal with it. It is not given again while the case is kept.
    pub number: u32,
    /// The occasion that it is about.
    #[serde(flatten)]
    pub occasion: Occasion,
    /// The member who reports.
    pub by: MemberId,
    /// The person who is reported.
    pub about: Reported,
    /// The words of the report.
    pub words: String,
    /// The message they mean.
    pub message: Option<MessageRef>,
    /// The words of the message that is meant, where one is.
    pub quoted: Option<String>,
    /// The time of the report.
    pub at: Timestamp,
    /// The staff's decision, once there is one.
    pub judged: Option<Judged>,
}

/// The occasion of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// Something in a room for many.
    Room(RoomId),
    /// A request that was brought, or an introduction. The person who is reported is never to learn from it that somebody
    /// reported a request of theirs.
    Introduction(IntroductionId),
}

/// The person whom a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reported {
    /// A member, by their id.
    Member(MemberId),
    /// Somebody who is none, such as an account of a bridge.
    Stranger(Address),
    /// The writer of the message, which is still to be looked at.
    Writer,
}

/// The staff's decision on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The member of staff who decided.
    pub by: MemberId,
    /// The measure that they took.
    pub measure: Measure,
    /// The time of the decision.
    pub at: Timestamp,
}

/// A measure that staff can take about somebody's conduct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Nothing was wrong, or nothing is to be done.
    Dismissed,
    /// They were told in the service's name.
    Warned,
    /// They may not write for a while.
    Muted,
    /// They were taken out of the room.
    Removed,
    /// They were taken out of everything.
    Banned,
}

impl Case {
    /// The members whose data it holds.
    pub fn owners(&self) -> std::collections::BTreeSet<MemberId> {
        let about = match self.about {
            Reported::Member(member) => Some(member),
            Reported::Stranger(_) | Reported::Writer => None,
        };
        about.into_iter().chain([self.by]).collect()
    }

    /// Whether staff have still to judge it. One whose message was not looked at yet is not before them.
    pub fn is_open(&self) -> bool {
        self.judged.is_none() && self.about != Reported::Writer
    }
}

/// A message as it stands in its room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The account that wrote it.
    pub by: Address,
    /// The words of the message.
    pub text: String,
}

/// The service's limits on conduct in its rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// A report and its quotation are kept this long.
    pub evidence: Span,
    /// One member may report this often in a day.
    pub reports_a_day: usize,
    /// One member may write this many messages in one room in a minute.
    pub messages_a_minute: usize,
    /// One message may mention this many people.
    pub mentions: usize,
    /// Somebody who goes beyond that may not write there for this long.
    pub mute: Span,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            evidence: Span::from_days(180),
            reports_a_day: 10,
            messages_a_minute: 20,
            mentions: 8,
            mute: Span::from_millis(3_600_000),
        }
    }
}
