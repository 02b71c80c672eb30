//! The porter's messages about words that were not taken for an answer, or not for another one.

use lodge_ground::bounded::LeftOut;
use serde::{Deserialize, Serialize};

use super::{Meant, Say, open_line};
use crate::consent::Disclosure;
use crate::people::member::Fields;
use crate::people::named::Named;
use crate::wording::{Arg, Wording, named, who, words};

/// The reasons for which words were not taken for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotTaken {
    /// Nothing had been asked that they could answer when they were written.
    Early,
    /// The details that a yes shows have changed since it was asked for. It is asked for anew.
    Changed,
    /// A yes to a request, by somebody who has to agree to the boundaries first: their "agree" is to both.
    AgreeFirst {
        /// The requester's details that came with the request.
        of: Disclosure,
        /// Whether times stood beside the yes, which the "agree" takes in.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        times: bool,
    },
    /// They may be meant for a request that is open, but something else was said since it was brought.
    Unsure {
        /// The number of the request.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// Whether it was a no.
        no: bool,
        /// The details that a yes would add; older rows do not tell.
        #[serde(default)]
        adds: Fields,
    },
    /// They came by an edit, or were taken away afterwards; this stands all the same.
    Retouched(Unchanged),
    /// They were no words, but a reaction, a picture, a recording or the like.
    Wordless {
        /// The requests that wait for their answer: number and sender's shown details of each.
        open: Vec<(u32, Disclosure)>,
        /// Whether a request that they are writing is not sent yet.
        draft: bool,
    },
    /// A bound left them out.
    LeftOut(LeftOut),
    /// They block somebody, and as many blocks stand as are kept.
    TooManyBlocks {
        /// The number of blocks that are kept.
        limit: usize,
    },
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

impl From<NotTaken> for Say {
    fn from(why: NotTaken) -> Self {
        Self::NotTaken(why)
    }
}

impl From<Unchanged> for Say {
    fn from(unchanged: Unchanged) -> Self {
        Self::NotTaken(NotTaken::Retouched(unchanged))
    }
}

impl NotTaken {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Early => Wording::plain("not-asked-yet"),
            Self::Changed => Wording::plain("asked-anew"),
            Self::AgreeFirst { of, times } => {
                Wording::with("agree-for-yes", vec![("who", who(of)), ("times", Arg::Number(u64::from(*times)))])
            }
            Self::Unsure { number, of, no, adds } => Wording::with(
                "do-you-mean",
                vec![
                    ("number", Arg::Number(u64::from(*number))),
                    ("who", who(of)),
                    ("no", Arg::Number(u64::from(*no))),
                    ("adding", Arg::Number(adds.len() as u64)),
                    ("adds", Arg::Listed(words(adds))),
                ],
            ),
            Self::Retouched(stands) => stands.wording(),
            Self::Wordless { open, draft: false } if open.is_empty() => Wording::plain("wordless"),
            Self::Wordless { open, draft: true } if open.is_empty() => Wording::plain("wordless-draft"),
            Self::Wordless { open, .. } => {
                let example = open.first().map_or(1, |(number, _)| *number);
                let lines = open.iter().map(|(number, of)| open_line(*number, of)).collect();
                let args = vec![("open", Arg::Lines(lines)), ("example", Arg::Number(u64::from(example)))];
                Wording::with("wordless-open", args)
            }
            Self::TooManyBlocks { limit } => {
                Wording::with("too-many-blocks", vec![("limit", Arg::Number(*limit as u64))])
            }
            Self::LeftOut(LeftOut::Sealed) => Wording::plain("unreadable-several"),
            Self::LeftOut(LeftOut::Hurried) => Wording::plain("left-out"),
        }
    }

    /// The disclosures in it.
    pub(super) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Unsure { of, .. } | Self::AgreeFirst { of, .. } => vec![of],
            Self::Retouched(stands) => stands.disclosure().into_iter().collect(),
            Self::Wordless { open, .. } => open.iter().map(|(_, of)| of).collect(),
            Self::Early | Self::Changed | Self::LeftOut(_) | Self::TooManyBlocks { .. } => vec![],
        }
    }
}

impl Unchanged {
    /// The details in it.
    fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::Yes { which, .. } | Self::No { which, .. } => which.disclosure(),
            Self::Nothing | Self::Draft { .. } | Self::Request { .. } => None,
        }
    }

    fn wording(&self) -> Wording {
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
