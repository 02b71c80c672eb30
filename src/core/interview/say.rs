//! The porter's messages that help with information interviews, to the one who asks for them.

use serde::{Deserialize, Serialize};

use super::referrals::Kind;
use crate::say::Say;
use crate::wording::{Arg, Wording, number};

/// A message that helps with an information interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interview {
    /// How an information interview is asked for and held.
    Guide {
        /// Whether the reader has a draft in hand.
        drafting: bool,
    },
    /// Questions to ask.
    Questions {
        /// The theme that they are about.
        theme: String,
        /// The questions of this page.
        questions: Vec<String>,
        /// The number of those that are left.
        more: usize,
        /// The other themes there are.
        others: Vec<String>,
        /// The reader's words for a theme, where there is none of that name.
        unknown: Option<String>,
    },
    /// There are no more of them.
    NoMoreQuestions,
    /// Where else they find help.
    Referrals {
        /// The institution's own list.
        kinds: Vec<(Kind, Vec<String>)>,
        /// Whether mentors can be looked for in the porter's list.
        mentors: bool,
        /// The field in which there are some, where they looked for one.
        field: Option<String>,
    },
}

impl From<Interview> for Say {
    fn from(say: Interview) -> Self {
        Self::Interview(say)
    }
}

impl Interview {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Lines, Listed, Text};
        match self {
            Self::Guide { drafting } => Wording::with("guide", vec![("drafting", flag(*drafting))]),
            Self::Questions { theme, questions, more, others, unknown } => Wording::with(
                "questions",
                vec![
                    ("known", flag(unknown.is_none())),
                    ("asked", Text(unknown.clone().unwrap_or_default())),
                    ("theme", Text(theme.clone())),
                    ("questions", Lines(questions.iter().map(|text| line("question-line", text)).collect())),
                    ("more", number(*more)),
                    ("count", number(others.len())),
                    ("others", Listed(others.iter().map(|name| line("theme-name", name)).collect())),
                ],
            ),
            Self::NoMoreQuestions => Wording::plain("no-more-questions"),
            Self::Referrals { kinds, mentors, field } => Wording::with(
                "referrals",
                vec![
                    ("kinds", Lines(kinds.iter().map(|(kind, entries)| of_kind(*kind, entries)).collect())),
                    ("mentors", flag(*mentors)),
                    ("in-field", flag(field.is_some())),
                    ("field", Text(field.clone().unwrap_or_default())),
                ],
            ),
        }
    }
}

fn flag(is: bool) -> Arg {
    Arg::Number(u64::from(is))
}

fn line(id: &'static str, text: &str) -> Wording {
    Wording::with(id, vec![("text", Arg::Text(text.to_owned()))])
}

fn of_kind(kind: Kind, entries: &[String]) -> Wording {
    let id = match kind {
        Kind::Appointments => "referrals-appointments",
        Kind::Mentors => "referrals-mentors",
        Kind::Events => "referrals-events",
        Kind::Resources => "referrals-resources",
    };
    Wording::with(id, vec![("entries", Arg::Lines(entries.iter().map(|text| line("referral-line", text)).collect()))])
}
