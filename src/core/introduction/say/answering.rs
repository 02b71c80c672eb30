//! The porter's messages to somebody whom others would like to meet.

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown, shown_or_older};
use crate::dialogue::Carried;
use crate::introduction::say::{Matter, RequestText, listed};
use crate::people::named::Named;
use crate::say::Say;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, lines, named, nth, number, who, words};

/// A message to somebody about a request to them: the question, and what becomes of their answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answering {
    /// Would they like to meet this person?
    Asked {
        /// The number by which they can answer.
        number: u32,
        /// The words of the request.
        request: RequestText,
        /// The requester's details that go with it, by the requester's consent.
        of: Disclosure,
        /// Their own details that a yes shows.
        yes_shows: Vec<Shown>,
        /// Details they could add, as in "yes with email", with their values.
        #[serde(deserialize_with = "shown_or_older")]
        could_add: Vec<Shown>,
        /// The time until which they can answer.
        deadline: Timestamp,
        /// Whether no other is open, so that an answer need not name it. Older rows do not tell.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        only: bool,
    },
    /// Everything else that they can do with a request than say yes, no or later.
    Choices {
        /// The number of the request.
        number: u32,
    },
    /// A request still waits.
    Reminder {
        /// The number by which they can answer.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// The time until which they can answer.
        deadline: Timestamp,
    },
    /// Their yes counts from now on.
    YesRecorded,
    /// Their no counts from now on.
    NoRecorded {
        /// The number by which they can still change their mind.
        number: u32,
    },
    /// They let it pass.
    IgnoreRecorded {
        /// The number by which they can still change their mind.
        number: u32,
    },
    /// They turned the invitation down before the other had theirs.
    TurnedDown,
    /// Their no was passed on, with these words.
    ReasonPassedOn {
        /// The words that were passed on.
        reason: String,
    },
    /// Their question is on its way.
    QuestionPassedOn {
        /// The number of the request.
        number: u32,
        /// The words that were passed on.
        question: String,
        /// The number of further questions they can ask about it.
        left: usize,
    },
    /// They have asked as many questions about it as the service allows.
    QuestionsUsedUp {
        /// The number of the request.
        number: u32,
        /// The number of questions that one may ask.
        limit: usize,
    },
    /// To the addressee: the answer to their question.
    AnswerCame {
        /// The number of the request.
        number: u32,
        /// Their question, as it was passed on.
        question: String,
        /// The requester's words.
        answer: String,
        /// The requester's details that went with the request.
        of: Disclosure,
        /// The time until which they can answer.
        deadline: Timestamp,
    },
    /// They are reminded then.
    LaterNoted {
        /// The number of the request.
        number: u32,
        /// The time at which they are reminded.
        at: Timestamp,
    },
    /// Then the request is no longer open.
    LaterTooLate {
        /// The number of the request.
        number: u32,
        /// The time at which they would like to come back to it.
        at: Timestamp,
        /// The time at which it closes.
        deadline: Timestamp,
    },
    /// A request was reported, and nothing more of its sender reaches them.
    ReportRecorded {
        /// The time until which nothing reaches them.
        until: Timestamp,
    },
    /// An introduction whose room the porter has left was reported.
    ReportedMet {
        /// The time until which nothing of the other reaches them.
        until: Timestamp,
    },
    /// Nothing there is to report.
    NothingToReport,
    /// Several things could be reported; which one?
    WhichToReport {
        /// The things to choose from, by number.
        matters: Vec<Matter>,
    },
    /// A request was taken back by its sender before it was answered.
    TakenBack,
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
    /// The preview of words that answer a question, exactly as the one who asked will read them.
    Answer {
        /// The number of the question.
        number: u32,
        /// The addressee, who asked it.
        to: Named,
        /// The words themselves.
        words: String,
    },
    /// The next steps with them.
    Waits,
    /// The words are let go.
    Dropped,
    /// An answer is let go, and the question with this number stays open.
    AnswerDropped {
        /// The number of the question.
        number: u32,
    },
}

impl From<Answering> for Say {
    fn from(say: Answering) -> Self {
        Self::Answering(say)
    }
}

impl From<Carrying> for Say {
    fn from(say: Carrying) -> Self {
        Self::Carrying(say)
    }
}

impl Answering {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Day, Lines, Listed, Number, Text, When};
        match self {
            Self::Choices { number } => Wording::with("choices", vec![("number", nth(*number))]),
            Self::Asked { number, request, of, yes_shows, could_add, deadline, only } => Wording::with(
                "asked",
                vec![
                    ("number", Number(u64::from(*number))),
                    ("request", Lines(vec![request.wording(of.fields())])),
                    ("shows", Lines(lines(yes_shows))),
                    ("addable", Number(could_add.len() as u64)),
                    ("add", Lines(lines(could_add))),
                    ("example", Listed(words(&could_add.first().map(Shown::field)))),
                    ("deadline", When(*deadline)),
                    ("several", Number(u64::from(!*only))),
                    ("planned", Number(u64::from(!request.request.plan.is_empty()))),
                ],
            ),
            Self::Reminder { number, of, deadline } => Wording::with(
                "reminder",
                vec![("number", Number(u64::from(*number))), ("who", who(of)), ("deadline", When(*deadline))],
            ),
            Self::YesRecorded => Wording::plain("yes-recorded"),
            Self::NoRecorded { number } => Wording::with("no-recorded", vec![("number", nth(*number))]),
            Self::IgnoreRecorded { number } => Wording::with("ignore-recorded", vec![("number", nth(*number))]),
            Self::TurnedDown => Wording::plain("turned-down"),
            Self::ReasonPassedOn { reason } => {
                Wording::with("reason-passed-on", vec![("reason", Text(reason.clone()))])
            }
            Self::QuestionPassedOn { number: n, question, left } => Wording::with(
                "question-passed-on",
                vec![("number", nth(*n)), ("question", Text(question.clone())), ("left", number(*left))],
            ),
            Self::QuestionsUsedUp { number: n, limit } => {
                Wording::with("questions-used-up", vec![("number", nth(*n)), ("limit", number(*limit))])
            }
            Self::AnswerCame { number, question, answer, of, deadline } => Wording::with(
                "answer-came",
                vec![
                    ("number", nth(*number)),
                    ("who", who(of)),
                    ("question", Text(question.clone())),
                    ("answer", Text(answer.clone())),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::LaterNoted { number, at } => {
                Wording::with("later-noted", vec![("number", nth(*number)), ("at", When(*at))])
            }
            Self::LaterTooLate { number, at, deadline } => Wording::with(
                "later-too-late",
                vec![("number", nth(*number)), ("at", Day(*at)), ("deadline", When(*deadline))],
            ),
            Self::ReportRecorded { until } => Wording::with("report-recorded", vec![("until", Day(*until))]),
            Self::ReportedMet { until } => Wording::with("reported-met", vec![("until", Day(*until))]),
            Self::NothingToReport => Wording::plain("nothing-to-report"),
            Self::WhichToReport { matters } => {
                Wording::with("which-to-report", vec![("matters", Lines(listed(matters)))])
            }
            Self::TakenBack => Wording::plain("taken-back"),
        }
    }

    /// Whether it shows anybody's details, the reader's own among them.
    pub(crate) fn shows_details(&self) -> bool {
        let own = matches!(self, Self::QuestionPassedOn { .. } | Self::ReasonPassedOn { .. });
        own || !self.disclosures().is_empty()
    }

    /// The disclosures in it.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Asked { of, .. } | Self::Reminder { of, .. } | Self::AnswerCame { of, .. } => vec![of],
            Self::WhichToReport { matters } => matters.iter().filter_map(|matter| matter.which.disclosure()).collect(),
            Self::Choices { .. }
            | Self::YesRecorded
            | Self::NoRecorded { .. }
            | Self::IgnoreRecorded { .. }
            | Self::TurnedDown
            | Self::ReasonPassedOn { .. }
            | Self::QuestionPassedOn { .. }
            | Self::QuestionsUsedUp { .. }
            | Self::LaterNoted { .. }
            | Self::LaterTooLate { .. }
            | Self::ReportRecorded { .. }
            | Self::ReportedMet { .. }
            | Self::NothingToReport
            | Self::TakenBack => vec![],
        }
    }
}

impl Carrying {
    /// The sentence for it.
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
            Self::Answer { number, to, words } => Wording::with(
                "answer-preview",
                vec![("number", nth(*number)), ("to", named(to)), ("words", Arg::Text(words.clone()))],
            ),
            Self::Waits => Wording::plain("carry-waits"),
            Self::Dropped => Wording::plain("carry-dropped"),
            Self::AnswerDropped { number } => Wording::with("answer-dropped", vec![("number", nth(*number))]),
        }
    }

    /// The disclosure in it.
    pub(crate) fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::Preview { of, .. } => Some(of),
            Self::Answer { .. } | Self::Waits | Self::Dropped | Self::AnswerDropped { .. } => None,
        }
    }
}
