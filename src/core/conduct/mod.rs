//! Conduct in rooms for many: what is reported there, what staff do about it, and the limits that hold for everybody.

mod floods;
pub(crate) mod flow;
pub mod report;
pub(crate) mod say;
pub(crate) mod words;

use serde::{Deserialize, Serialize};

use crate::id::{CaseId, MemberId, RoomId};
use crate::name::Address;
use crate::time::{Span, Timestamp};

pub use floods::{Flood, Floods};

/// The power of those who may not write for a while.
pub const MUTED: i64 = -1;

/// How long a ban is known after its person was forgotten, so that being forgotten does not end it.
pub const BAN_KEPT: Span = Span::from_days(3650);

/// A message in a room for many, as the channel names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// What somebody wrote in a room for many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrote {
    /// Who.
    pub who: Address,
    /// The message.
    pub message: MessageRef,
    /// Their words.
    pub text: String,
    /// Whether they replied to another message. Clients then mention its author unasked.
    pub replies: bool,
    /// Whom they mentioned by a client's own means.
    pub mentions: Vec<Address>,
    /// Whether they mentioned the whole room.
    pub everybody: bool,
}

/// A message that was meant for the porter and written where others read it. Its words are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overheard {
    /// In which room.
    pub room: RoomId,
    /// Which message.
    pub message: MessageRef,
    /// When.
    pub at: Timestamp,
}

/// What one member says about somebody's conduct in a room, until staff have judged it and its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The number by which staff deal with it. It is not given again while the case is kept.
    pub number: u32,
    /// In which room.
    pub room: RoomId,
    /// Who reports.
    pub by: MemberId,
    /// Whom.
    pub about: Reported,
    /// What they say.
    pub words: String,
    /// The message they mean.
    pub message: Option<MessageRef>,
    /// What it said.
    pub quoted: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What staff did.
    pub judged: Option<Judged>,
}

/// Whom a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reported {
    /// A member.
    Member(MemberId),
    /// Somebody who is none, such as an account of a bridge.
    Stranger(Address),
    /// Whoever wrote the message, which is still to be looked at.
    Writer,
}

/// What staff did about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// By whom.
    pub by: MemberId,
    /// How.
    pub measure: Measure,
    /// When.
    pub at: Timestamp,
}

/// What staff can do about somebody's conduct.
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
    /// Who wrote it.
    pub by: Address,
    /// What it says.
    pub text: String,
}

/// What the service decided about conduct in its rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How long a report and what it quotes are kept.
    pub evidence: Span,
    /// How often one member may report in a day.
    pub reports_a_day: usize,
    /// How many messages one member may write in one room in a minute.
    pub messages_a_minute: usize,
    /// How many people one message may mention.
    pub mentions: usize,
    /// For how long whoever goes beyond that may not write there.
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
