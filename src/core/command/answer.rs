//! Answers to requests.

use crate::introduction::{Missed, Went};
use crate::people::member::Fields;

/// An answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes, and these fields beside those that come with it.
    Yes(Fields),
    /// A no, in any of the usual words.
    No,
    /// No, and these words are passed on.
    NoBecause(String),
    /// These words are a question to the requester.
    Ask(String),
    /// These words are the answer to a question.
    Tell(String),
    /// Remind me then, in their words.
    Later(String),
    /// They let the request pass.
    Ignore,
    /// This is not right; with their words, if they gave any.
    Report(String),
    /// They want nothing more brought to them from the requester.
    Block,
    /// They say how the meeting went.
    Went(Went),
    /// They say that one of the two did not come.
    Missed(Missed),
    /// It began like an answer, and went on in a way that could turn it round.
    Unclear,
}

impl Answer {
    /// Whether it is read from a word or two, by which many other sentences begin.
    pub(crate) fn is_of_words(&self) -> bool {
        match self {
            Self::Yes(_) | Self::No | Self::Ask(_) | Self::Later(_) | Self::Unclear => true,
            Self::NoBecause(_)
            | Self::Tell(_)
            | Self::Ignore
            | Self::Report(_)
            | Self::Block
            | Self::Went(_)
            | Self::Missed(_) => false,
        }
    }

    /// Whether it holds words for the other person.
    pub fn is_for_another(&self) -> bool {
        match self {
            Self::NoBecause(_) | Self::Ask(_) | Self::Tell(_) | Self::Report(_) => true,
            Self::Yes(_)
            | Self::No
            | Self::Later(_)
            | Self::Ignore
            | Self::Block
            | Self::Went(_)
            | Self::Missed(_)
            | Self::Unclear => false,
        }
    }
}
