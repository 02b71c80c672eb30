//! The porter's messages about questions to the staff.

use serde::{Deserialize, Serialize};

use crate::name::Address;
use crate::say::Say;
use crate::wording::{Arg, Wording};

/// A message about the desk: to people who work for the service, and to those who asked them something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Desk {
    /// To somebody who asks: as many questions of theirs wait as can.
    QuestionsWait {
        /// The number of their questions that wait.
        count: usize,
    },
    /// To somebody who asked: their question is taken back.
    QuestionTakenBack {
        /// The words of the question.
        words: String,
    },
    /// To somebody who has no question waiting with the staff.
    NoQuestion,
    /// To staff: a question is taken back.
    TakenBackBy {
        /// The person who had asked.
        who: Address,
    },
    /// To staff: the question has an answer already, and their words were not passed on.
    AnsweredBefore {
        /// The person who had asked.
        who: Address,
        /// The colleague who answered, as far as they are still known.
        by: Option<Address>,
        /// Whether it was the reader.
        own: bool,
    },
    /// To staff: the question is no longer there, and their words were not passed on.
    QuestionGone,
}

impl From<Desk> for Say {
    fn from(desk: Desk) -> Self {
        Self::Desk(desk)
    }
}

impl Desk {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::QuestionsWait { count } => {
                Wording::with("questions-wait", vec![("count", Arg::Number(*count as u64))])
            }
            Self::QuestionTakenBack { words } => Wording::with("question-taken-back", vec![("words", text(words))]),
            Self::NoQuestion => Wording::plain("no-question-waits"),
            Self::TakenBackBy { who } => Wording::with("question-taken-back-by", vec![("who", text(who.as_str()))]),
            Self::AnsweredBefore { who, by, own } => {
                let by = match by {
                    _ if *own => Wording::plain("answered-by-you"),
                    Some(by) => Wording::with("answered-by-colleague", vec![("by", text(by.as_str()))]),
                    None => Wording::plain("answered-by-somebody"),
                };
                let args = vec![("by", Arg::Listed(vec![by])), ("who", text(who.as_str()))];
                Wording::with("question-answered-before", args)
            }
            Self::QuestionGone => Wording::plain("question-gone"),
        }
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}
