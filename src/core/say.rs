//! Everything the porter can say, as values. The sentences stand in the wording files, by the ids given here.

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown};
use crate::introduction::Request;
use crate::member::Field;
use crate::name::{Address, DisplayName};
use crate::time::{Span, Timestamp};

/// Something the porter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// The first words in a conversation.
    Welcome {
        /// Whom it is said to.
        name: DisplayName,
        /// The service's name.
        service: String,
    },
    /// What one can ask of the porter.
    Help,
    /// The words were not understood.
    NotUnderstood,
    /// To a member who wrote in a room that the porter did not open.
    Elsewhere,
    /// A message could not be read.
    Unreadable,
    /// A message could not be tied to a device of its sender, so it was not taken for an answer.
    DeviceUnknown,
    /// Whose role takes no part in introductions.
    TakesNoPart,
    /// Whom would they like to meet?
    AskWhom,
    /// That is no full Matrix id.
    NotAnAddress {
        /// What was found instead.
        found: String,
    },
    /// That is their own id, or the porter's.
    NotThatOne,
    /// They have a request waiting to the same address.
    AlreadyWaiting {
        /// To whom.
        to: Address,
        /// Until when.
        deadline: Timestamp,
    },
    /// They have as many requests waiting as the service allows.
    TooManyWaiting {
        /// How many that is.
        limit: usize,
    },
    /// What for?
    AskPurpose {
        /// Whom they named.
        to: Address,
        /// The service's closed list, as people read it.
        purposes: Vec<String>,
    },
    /// That is not on the list.
    PurposeNotOffered {
        /// The list.
        purposes: Vec<String>,
    },
    /// How do they know each other?
    AskKnownHow {
        /// Whom they named.
        to: Address,
    },
    /// What would they like to write?
    AskMessage {
        /// Whom they named.
        to: Address,
        /// The longest message, in characters.
        limit: usize,
    },
    /// The message is too long.
    MessageTooLong {
        /// The longest message, in characters.
        limit: usize,
        /// How long it was.
        found: usize,
    },
    /// Exactly what the other will see, and what is shown once both have said yes.
    Preview {
        /// Whom they named.
        to: Address,
        /// The request as the addressee will read it.
        request: RequestText,
        /// What is shown once both have said yes.
        after_both: Vec<Shown>,
        /// Fields they could still add.
        could_add: Vec<Field>,
        /// Advice on the draft; it blocks nothing.
        tips: Vec<Tip>,
    },
    /// They have nothing written in that field.
    FieldEmpty {
        /// Which.
        field: Field,
    },
    /// A room shows the Matrix id, so that cannot be kept back once both agree.
    IdComesWithRoom,
    /// Nobody is asked to meet somebody without a name, so the name goes with the request.
    NameComesWithRequest,
    /// The request is on its way.
    Sent {
        /// To whom.
        to: Address,
        /// When they hear at the latest.
        deadline: Timestamp,
    },
    /// The draft is thrown away.
    DraftDropped,
    /// There is no draft.
    NoDraft,
    /// What to do next with the draft, when a word does not fit.
    DraftWaits,
    /// Would they like to meet this person?
    Asked {
        /// The number by which they can answer.
        number: u32,
        /// The request.
        request: RequestText,
        /// The requester's details that go with it, by the requester's consent.
        of: Disclosure,
        /// Their own details that a yes shows.
        yes_shows: Vec<Shown>,
        /// Fields they could add, as in "yes with email".
        could_add: Vec<Field>,
        /// Until when they can answer.
        deadline: Timestamp,
    },
    /// A request still waits.
    Reminder {
        /// Its number.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// Until when they can answer.
        deadline: Timestamp,
    },
    /// Their yes is recorded.
    YesRecorded,
    /// Their no is recorded.
    NoRecorded,
    /// That began like an answer and could mean either; it was not taken for one.
    AnswerUnclear,
    /// Nothing awaits an answer.
    NothingToAnswer,
    /// Several requests wait; which one is meant?
    WhichOne {
        /// Number and sender's shown details of each.
        open: Vec<(u32, Disclosure)>,
    },
    /// There is no open request with that number.
    NoSuchNumber {
        /// The number.
        number: u32,
    },
    /// It is no longer open.
    TooLate,
    /// Both said yes: to the requester.
    AgreedRequester {
        /// Whom they named.
        to: Address,
        /// What the addressee agreed to show.
        of: Disclosure,
        /// How long they have to come in.
        within: Span,
    },
    /// Both said yes: to the addressee.
    AgreedAddressee {
        /// What the requester agreed to show.
        of: Disclosure,
        /// How long they have to come in.
        within: Span,
    },
    /// The one answer.
    NoIntroduction {
        /// Whom they named.
        to: Address,
    },
    /// The first and only words in an introduction's room.
    OpeningNote,
    /// The other took it back, or turned the invitation down.
    WithdrawnByOther,
    /// The room was closed, for not both came.
    NotMet,
    /// Their own account turns invitations away, so no room could be opened.
    YouBlock,
    /// The room could not be opened.
    RoomFailed,
    /// Their requests, and those that await their answer.
    Requests {
        /// What they sent.
        sent: Vec<SentLine>,
        /// What awaits their answer.
        to_answer: Vec<(u32, Disclosure, Timestamp)>,
    },
    /// Something went wrong on the porter's side.
    Fault,
}

/// The words of a request. Preview and prompt hold the same value, so that both read the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestText {
    /// What for, as people read it.
    pub purpose: String,
    /// The requester's words.
    pub request: Request,
    /// The fields beside them.
    pub fields: Vec<Shown>,
}

/// Advice on a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tip {
    /// It is very short.
    Short,
    /// It asks nothing.
    NoQuestion,
    /// It reads like a job application (requirement A14).
    JobApplication,
}

/// One of a member's own requests, as they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// Whom they named.
    pub to: Address,
    /// How it stands, to them.
    pub standing: SentStanding,
}

/// How a request stands, to the requester: no more than the rule of one answer allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentStanding {
    /// It waits, until this moment at the latest.
    Waiting(Timestamp),
    /// Both said yes.
    Agreed,
    /// There was no introduction.
    NoIntroduction,
}

impl Say {
    /// Whether it shows anybody's details, the reader's own among them, so that nobody else may be there.
    pub fn shows_details(&self) -> bool {
        matches!(self, Self::Preview { .. }) || !self.disclosures().is_empty()
    }

    /// The disclosures in it: whose details it carries to whom, and by which consent.
    pub fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Asked { of, .. }
            | Self::Reminder { of, .. }
            | Self::AgreedRequester { of, .. }
            | Self::AgreedAddressee { of, .. } => vec![of],
            Self::WhichOne { open } => open.iter().map(|(_, of)| of).collect(),
            Self::Requests { to_answer, .. } => to_answer.iter().map(|(_, of, _)| of).collect(),
            Self::Welcome { .. }
            | Self::Help
            | Self::NotUnderstood
            | Self::Elsewhere
            | Self::Unreadable
            | Self::DeviceUnknown
            | Self::TakesNoPart
            | Self::AskWhom
            | Self::NotAnAddress { .. }
            | Self::NotThatOne
            | Self::AlreadyWaiting { .. }
            | Self::TooManyWaiting { .. }
            | Self::AskPurpose { .. }
            | Self::PurposeNotOffered { .. }
            | Self::AskKnownHow { .. }
            | Self::AskMessage { .. }
            | Self::MessageTooLong { .. }
            | Self::Preview { .. }
            | Self::FieldEmpty { .. }
            | Self::IdComesWithRoom
            | Self::NameComesWithRequest
            | Self::Sent { .. }
            | Self::DraftDropped
            | Self::NoDraft
            | Self::DraftWaits
            | Self::YesRecorded
            | Self::NoRecorded
            | Self::AnswerUnclear
            | Self::NothingToAnswer
            | Self::NoSuchNumber { .. }
            | Self::TooLate
            | Self::NoIntroduction { .. }
            | Self::OpeningNote
            | Self::WithdrawnByOther
            | Self::NotMet
            | Self::YouBlock
            | Self::RoomFailed
            | Self::Fault => vec![],
        }
    }
}
