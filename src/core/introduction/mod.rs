//! An introduction: the aggregate that brings two members together, and everything that can become of it.

pub mod draft;
pub(crate) mod flow;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
mod transition;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::arranging::Arranged;
use crate::arranging::search::Search;
use crate::consent::Consent;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::interview::plan::Plan;
use crate::people::named::Named;
use crate::policy::PurposeId;
use crate::time::Timestamp;

pub use lodge_ground::venue::Venue;

pub use transition::transition;

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The one who asks.
    Requester,
    /// The one who is asked.
    Addressee,
}

impl Party {
    /// A stable short name for it, from which ids follow: it must never change.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requester => "Requester",
            Self::Addressee => "Addressee",
        }
    }

    /// The other of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Requester => Self::Addressee,
            Self::Addressee => Self::Requester,
        }
    }
}

/// The requester's words, as the addressee reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The purpose, from the service's list.
    pub purpose: PurposeId,
    /// Their words on how the two know each other, if they do (requirement A15).
    pub known_how: Option<String>,
    /// The message to the addressee.
    pub message: String,
    /// The plan of an information interview. Older rows have none.
    #[serde(default, skip_serializing_if = "Plan::is_empty")]
    pub plan: Plan,
}

/// An introduction of one member to another, from "send" on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Introduction {
    /// The id, which tells nothing of the two.
    pub id: IntroductionId,
    /// The member who asks.
    pub requester: MemberId,
    /// The addressee as the requester named them. It is all that the requester is ever shown of them before a yes.
    pub named: Named,
    /// The addressee, where the name is a member's.
    pub addressee: Option<MemberId>,
    /// The requester's words.
    pub request: Request,
    /// The requester's yes to both disclosures: with the request, and once both agree.
    pub asked: Consent,
    /// The time of "send".
    pub sent_at: Timestamp,
    /// The time at which the requester hears at the latest, told to them at the start (requirement A8).
    pub deadline: Timestamp,
    /// The stage it is at.
    pub stage: Stage,
    /// The addressee's questions before they answer, in the order in which they asked.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The messages that showed one of them something of the other's, and to whom, so that they can be taken back.
    #[serde(default)]
    pub shown: BTreeMap<EffectId, MemberId>,
    /// Withdrawals that are not acknowledged yet, in the order in which they came.
    #[serde(default)]
    pub withdrawals: Vec<Withdrawal>,
    /// Each one's word on how the meeting went.
    #[serde(default)]
    pub went: BTreeMap<Party, Went>,
    /// The topic for which the requester had looked in the mentors' list, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sought: Option<String>,
    /// The time at which they meet, once they have told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arranged: Option<Arranged>,
    /// The number of times that either of the two has told, of which the last is noted.
    #[serde(default)]
    pub times_told: u32,
    /// The search for such a time.
    #[serde(default, skip_serializing_if = "Search::is_empty")]
    pub search: Search,
}

/// A question of the addressee's, carried without their name, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question, in the addressee's words.
    pub question: String,
    /// The answer, in the requester's words, once there is one.
    pub answer: Option<String>,
}

/// A withdrawal that waits to be acknowledged until nothing more of the one who withdrew can reach the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The one who withdrew.
    pub by: Party,
    /// The point it had come to, as far as they knew.
    pub from: Known,
    /// Messages that are still being taken back, where they are waited for.
    pub pending: BTreeSet<EffectId>,
    /// Whether the time in which it is acknowledged has come.
    pub settled: bool,
}

impl Withdrawal {
    /// Whether it is acknowledged only when all is taken back that had been shown.
    ///
    /// Not where the requester has heard of no yes. Whether there is anything to take back tells whether the address has a
    /// member behind it, so their acknowledgement comes at a moment that depends on the withdrawal alone.
    pub fn waits_for_taking_back(by: Party, from: Known) -> bool {
        match (by, from) {
            (Party::Requester, Known::Before) => false,
            (Party::Requester, Known::Invited | Known::Met) | (Party::Addressee, _) => true,
        }
    }
}

/// The point that an introduction has come to, as far as one of the two knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Nothing has come of it yet.
    Before,
    /// The room is open, and the porter is still in it.
    Invited,
    /// They met, and the porter has left.
    Met,
}

impl Known {
    /// A stable short name for it, from which ids follow: it must never change.
    pub fn code(self) -> &'static str {
        match self {
            Self::Before => "Before",
            Self::Invited => "Invited",
            Self::Met => "Met",
        }
    }
}

/// One party's word on how the meeting went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Went {
    /// It went well.
    Well,
    /// It did not go well.
    NotWell,
    /// They have not talked yet.
    NotYet,
}

/// The one of two people who did not come to where they had agreed to talk, as one of them tells it. It is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missed {
    /// The other of the two.
    Other,
    /// The one who tells it.
    Own,
}

impl Introduction {
    /// The members whose details are in it.
    pub fn owners(&self) -> BTreeSet<MemberId> {
        self.addressee.into_iter().chain([self.requester]).collect()
    }

    /// Whether a message with something of the other's stands before this member, and was not taken back.
    pub fn is_shown_to(&self, member: MemberId) -> bool {
        self.shown.values().any(|to| *to == member)
    }

    /// The party that this member is, if they are one.
    pub fn party(&self, member: MemberId) -> Option<Party> {
        if member == self.requester {
            Some(Party::Requester)
        } else if Some(member) == self.addressee {
            Some(Party::Addressee)
        } else {
            None
        }
    }

    /// Whether the requester took it back, so that nothing of theirs is shown any more.
    pub fn is_taken_back_by_requester(&self) -> bool {
        matches!(self.stage, Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. })
    }

    /// The member that is this party.
    pub fn member(&self, party: Party) -> Option<MemberId> {
        match party {
            Party::Requester => Some(self.requester),
            Party::Addressee => self.addressee,
        }
    }
}

/// The stage of an introduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The request was sent. With any events at the addressee's side, the requester sees the same until the deadline.
    Waiting(Side),
    /// Both said yes; the room is being opened.
    Opening {
        /// The addressee's yes.
        yes: Consent,
        /// The stage of the room.
        room: Opening,
    },
    /// Both were invited and told.
    Invited {
        /// The addressee's yes.
        yes: Consent,
        /// The place where they meet.
        room: Venue,
        /// The party that has come in: never both, for then they have met.
        here: Here,
    },
    /// Both came in, and the porter has left them to it.
    Met {
        /// The addressee's yes.
        yes: Consent,
        /// The room they met in.
        room: Venue,
        /// The time at which the second came in.
        at: Timestamp,
    },
    /// The introduction is over.
    Ended {
        /// The outcome. Only staff statistics and the two themselves ever see more than "no introduction".
        outcome: Outcome,
        /// The time of the end.
        at: Timestamp,
    },
}

impl Stage {
    /// The addressee's yes, where they have given one that still stands.
    pub fn yes_mut(&mut self) -> Option<&mut Consent> {
        match self {
            Self::Opening { yes, .. } | Self::Invited { yes, .. } | Self::Met { yes, .. } => Some(yes),
            Self::Waiting(_) | Self::Ended { .. } => None,
        }
    }
}

/// The addressee's side while the requester waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Not asked yet: the request is on its way for a few seconds.
    Sent,
    /// Asked, and has not answered.
    Asked,
    /// Nothing more will come from that side; kept from the requester until the deadline.
    Quiet(Quiet),
}

impl Side {
    /// Whether the addressee can still answer, for the first time or otherwise than before.
    pub fn can_answer(self) -> bool {
        match self {
            Self::Asked | Self::Quiet(Quiet::Declined | Quiet::Ignored) => true,
            Self::Sent
            | Self::Quiet(
                Quiet::TakenBack
                | Quiet::Reported
                | Quiet::Blocked
                | Quiet::NotTaking
                | Quiet::TooSoon
                | Quiet::TakesNoPart
                | Quiet::NotAMember
                | Quiet::Gone
                | Quiet::Stopped
                | Quiet::RoomFailed
                | Quiet::InvitationTurnedAway,
            ) => false,
        }
    }
}

/// The reasons for which nothing more will come from the addressee's side. To the requester all of these are one and
/// the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quiet {
    /// The addressee said no.
    Declined,
    /// They said yes, and took it back or turned the invitation down before the requester knew of it.
    TakenBack,
    /// They chose to let it pass.
    Ignored,
    /// The addressee reported it.
    Reported,
    /// They have blocked the requester.
    Blocked,
    /// They are not taking requests now: paused, or full.
    NotTaking,
    /// The requester asked for them not long ago.
    TooSoon,
    /// A member of that address takes no part in introductions.
    TakesNoPart,
    /// No member has that address.
    NotAMember,
    /// They were a member, and left or were erased.
    Gone,
    /// Staff stopped it.
    Stopped,
    /// The room could not be opened.
    RoomFailed,
    /// One of the two accounts turns the porter's invitations away.
    InvitationTurnedAway,
}

/// The stage of an introduction's room while it is opened.
///
/// Somebody may come in before the answer to their invitation is known here, so the parties who are in are kept from
/// the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The room is being created, empty.
    Creating,
    /// The addressee is being invited.
    InvitingAddressee(Venue, Here),
    /// The addressee was invited; the requester is being invited.
    InvitingRequester(Venue, Here),
}

/// The parties who are in the room.
pub type Here = BTreeSet<Party>;

/// The outcome of an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The deadline came without two yeses. The reason is not kept any longer.
    NoIntroduction,
    /// One of them took it back, by word or by turning the invitation down.
    Withdrawn(Party),
    /// The membership of one of them ended.
    Gone(Party),
    /// One of them did not come into the room in time.
    NotMet,
    /// The addressee said no, and chose to say why.
    SaidNo,
}

/// Something that happened to an introduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The time has come to bring the request to the addressee, and nothing keeps it from them.
    Brought,
    /// The addressee said yes.
    Yes(Consent),
    /// The addressee's side has gone quiet.
    Quiet(Quiet),
    /// The addressee said no and why; these words are passed on.
    NoBecause(String),
    /// This party took it back.
    Withdrawn(Party),
    /// This party is no longer a member.
    Gone(Party),
    /// The room was created, or found.
    RoomMade(Venue),
    /// This party was invited.
    Invited(Party),
    /// This party's account turns invitations away.
    Blocked(Party),
    /// The room cannot be opened.
    RoomFailed,
    /// This party came into the room.
    Joined(Party),
    /// This party left the room or turned the invitation down.
    Left(Party),
    /// The deadline came.
    Deadline,
    /// The time to come into the room is over.
    JoinTimeOver,
    /// An older copy of the store was put back: nobody knows any more whether the consents still stand.
    WentBack,
}

/// A consequence of a happening. The flows turn each into words and effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// Put the request to the addressee.
    Ask,
    /// Tell the addressee that their yes is recorded.
    ConfirmYes,
    /// Tell the addressee that their answer is recorded, and that the requester learns nothing.
    ConfirmQuiet(Quiet),
    /// Tell the requester that the addressee said no, with their reason, and the addressee that it was passed on.
    PassOnReason(String),
    /// Tell the addressee, who could still answer, that the request was taken back.
    TellTakenBack,
    /// Take back what showed this party something of the other's.
    TakeBack(Party),
    /// Acknowledge this party's withdrawal, once nothing more of theirs can reach the other.
    Acknowledge(Party, Known),
    /// Create the room, empty and marked.
    CreateRoom,
    /// Invite this party.
    Invite(Venue, Party),
    /// Both are invited: tell both, and pass on what each agreed to show.
    TellBoth,
    /// One is in, and the other is not: say so there.
    GreetFirst(Venue),
    /// Both are in: say the opening note, open speech, and go.
    LeaveThemToIt(Venue),
    /// Take the invitations back and leave the room.
    CloseRoom(Venue),
    /// Tell the addressee that their own account turns invitations away.
    TellBlocked,
    /// Tell the addressee, who had said yes, that the room could not be opened.
    TellRoomFailed,
    /// Give the requester the one answer.
    TellNoIntroduction,
    /// Tell this party that the other took it back, and whether the porter closed the room.
    TellWithdrawn(Party, Known),
    /// Tell both that the room was closed because not both came.
    TellNotMet,
}
