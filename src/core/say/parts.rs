//! Parts of the porter's messages, where they list or quote.

use lodge_ground::bounded::LeftOut;
use serde::{Deserialize, Serialize};

use super::Say;
use crate::consent::Disclosure;
use crate::dialogue::Carried;
use crate::introduction::Request;
use crate::name::Address;
use crate::named::Named;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, named, who};

/// The words of a request. Preview and prompt hold the same value, so that both read the same; the details beside it are the
/// requester's own in the preview, and a [`Disclosure`] in the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestText {
    /// The purpose as people read it.
    pub purpose: String,
    /// The requester's words.
    pub request: Request,
}

/// The reasons for which words were not taken for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotTaken {
    /// Nothing had been asked that they could answer when they were written.
    Early,
    /// The details that a yes shows have changed since it was asked for. It is asked for anew.
    Changed,
    /// They may be meant for a request that is open, but something else was said since it was brought.
    Unsure {
        /// The number of the request.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// Whether it was a no.
        no: bool,
    },
    /// They came by an edit, or were taken away afterwards; this stands all the same.
    Retouched(Unchanged),
    /// A bound left them out.
    LeftOut(LeftOut),
    /// They block somebody, and as many blocks stand as are kept.
    TooManyBlocks {
        /// The number of blocks that are kept.
        limit: usize,
    },
}

impl From<NotTaken> for Say {
    fn from(why: NotTaken) -> Self {
        Self::NotTaken(why)
    }
}

impl NotTaken {
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Early => Wording::plain("not-asked-yet"),
            Self::Changed => Wording::plain("asked-anew"),
            Self::Unsure { number, of, no } => Wording::with(
                "do-you-mean",
                vec![
                    ("number", Arg::Number(u64::from(*number))),
                    ("who", who(of)),
                    ("no", Arg::Number(u64::from(*no))),
                ],
            ),
            Self::Retouched(stands) => stands.wording(),
            Self::TooManyBlocks { limit } => {
                Wording::with("too-many-blocks", vec![("limit", Arg::Number(*limit as u64))])
            }
            Self::LeftOut(LeftOut::Sealed) => Wording::plain("unreadable-several"),
            Self::LeftOut(LeftOut::Hurried) => Wording::plain("left-out"),
        }
    }
}

/// The things that stand although the words behind them were edited, or taken away (`gone`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unchanged {
    /// Nothing, or nothing any more. The words were edited.
    Nothing,
    /// The request that they are writing.
    Draft {
        /// Whether the words were taken away.
        gone: bool,
    },
    /// A request that they sent.
    Request {
        /// The person they named.
        to: Named,
        /// Whether the words were taken away.
        gone: bool,
    },
    /// Their yes to a request.
    Yes {
        /// The introduction that is meant.
        which: Meant,
        /// Whether the words were taken away.
        gone: bool,
    },
    /// Their no to a request.
    No {
        /// The number of the request, by which they can still say yes.
        number: u32,
        /// The introduction that is meant.
        which: Meant,
        /// Whether the words were taken away.
        gone: bool,
    },
}

impl Unchanged {
    /// The details in it.
    pub(super) fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::Yes { which, .. } | Self::No { which, .. } => which.disclosure(),
            Self::Nothing | Self::Draft { .. } | Self::Request { .. } => None,
        }
    }

    pub(crate) fn wording(&self) -> Wording {
        let told = |id, gone: bool, mut args: Vec<(&'static str, Arg)>| {
            args.push(("gone", Arg::Number(u64::from(gone))));
            Wording::with(id, args)
        };
        let which = |which: &Meant| ("which", Arg::Lines(vec![which.wording()]));
        match self {
            Self::Nothing => Wording::plain("edit-not-read"),
            Self::Draft { gone } => told("draft-unchanged", *gone, vec![]),
            Self::Request { to, gone } => told("request-unchanged", *gone, vec![("to", named(to))]),
            Self::Yes { which: of, gone } => told("yes-unchanged", *gone, vec![which(of)]),
            Self::No { number, which: of, gone } => {
                told("no-unchanged", *gone, vec![which(of), ("number", Arg::Number(u64::from(*number)))])
            }
        }
    }
}

/// About words of an addressee's that are to be carried to the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrying {
    /// The preview of words to be carried, exactly as the requester will read them.
    Preview {
        /// The number of the request.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// The kind of the words.
        kind: Carried,
        /// The words themselves.
        words: String,
    },
    /// The next steps with them.
    Waits,
    /// The words are let go.
    Dropped,
}

impl Carrying {
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Preview { number, of, kind, words } => Wording::with(
                "carry-preview",
                vec![
                    ("number", Arg::Number(u64::from(*number))),
                    ("who", who(of)),
                    ("reason", Arg::Number(u64::from(*kind == Carried::Reason))),
                    ("words", Arg::Text(words.clone())),
                ],
            ),
            Self::Waits => Wording::plain("carry-waits"),
            Self::Dropped => Wording::plain("carry-dropped"),
        }
    }
}

impl From<Carrying> for Say {
    fn from(carrying: Carrying) -> Self {
        Self::Carrying(carrying)
    }
}

/// Advice on a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tip {
    /// The message is very short.
    Short,
    /// It asks no question.
    NoQuestion,
    /// It reads like a job application (requirement A14).
    JobApplication,
}

/// One of a member's own requests, as they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// The person they named.
    pub to: Named,
    /// The state of the request, as far as they know it.
    pub standing: SentStanding,
}

/// The state of a request, to the requester: no more than the rule of one answer allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentStanding {
    /// The request waits, until this moment at the latest.
    Waiting(Timestamp),
    /// Both said yes, and the room is open.
    Agreed,
    /// There was no introduction.
    NoIntroduction,
    /// The addressee said no, and chose to say why.
    SaidNo,
    /// The requester took it back.
    Withdrawn,
}

/// The introduction that is meant, as far as this reader may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meant {
    /// Theirs, to whom they named.
    To(Named),
    /// Somebody else's, by what its requester showed them.
    From(Disclosure),
    /// Somebody else's, whose consent to be shown has lapsed: by the day on which it came.
    On(Timestamp),
}

impl Meant {
    /// The details in it.
    pub fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::From(of) => Some(of),
            Self::To(_) | Self::On(_) => None,
        }
    }
}

/// Something that a member can choose by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// The introduction behind the number.
    pub which: Meant,
}

/// A block of a member's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBlock {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// The address, where they gave it themselves.
    pub address: Option<Address>,
    /// The time at which they blocked.
    pub at: Timestamp,
    /// The time until which it lasts.
    pub until: Timestamp,
}
