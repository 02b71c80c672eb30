//! The porter's messages about the policy, and about what is kept of somebody.

use serde::{Deserialize, Serialize};

use crate::rights::short::Short;
use crate::say::Say;
use crate::time::{Span, Timestamp};
use crate::wording::{Arg, Wording, number};

/// A message to somebody about their rights over what is kept about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rights {
    /// The whole policy page.
    Policy {
        /// The edition of the policy.
        version: String,
        /// The page in full.
        text: String,
    },
    /// The policy page has changed.
    PolicyChanged {
        /// The edition of the policy.
        version: String,
    },
    /// The data that is kept about them, or a part of it.
    MyData {
        /// The number of this part, counted from 1.
        part: usize,
        /// The number of parts.
        of: usize,
        /// The part, as JSON.
        json: String,
        /// All of it in short, before the first part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        short: Option<Short>,
    },
    /// Are they sure that they would like to be forgotten?
    ForgetAsk {
        /// They are forgotten within this time.
        within: Span,
    },
    /// They are being forgotten.
    Forgetting {
        /// The time by which it is done.
        by: Timestamp,
    },
    /// They are no longer a member.
    NoLongerMember,
}

impl From<Rights> for Say {
    fn from(say: Rights) -> Self {
        Self::Rights(say)
    }
}

impl Rights {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Code, Lines, Long, Page, Text, When};
        match self {
            Self::Policy { version, text } => {
                Wording::with("policy", vec![("version", Text(version.clone())), ("page", Page(text.clone()))])
            }
            Self::PolicyChanged { version } => {
                Wording::with("policy-changed", vec![("version", Text(version.clone()))])
            }
            Self::MyData { part, of, json, short } => Wording::with(
                "my-data",
                vec![
                    ("part", number(*part)),
                    ("of", number(*of)),
                    ("short", Lines(short.iter().flat_map(Short::lines).collect())),
                    ("json", Code(json.clone())),
                ],
            ),
            Self::ForgetAsk { within } => Wording::with("forget-ask", vec![("within", Long(*within))]),
            Self::Forgetting { by } => Wording::with("forgetting", vec![("by", When(*by))]),
            Self::NoLongerMember => Wording::plain("no-longer-member"),
        }
    }

    /// Whether it shows anybody's details, the reader's own among them.
    pub(crate) fn shows_details(&self) -> bool {
        matches!(self, Self::MyData { .. })
    }
}
