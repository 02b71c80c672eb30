//! Requests that are being written.

use lodge_ground::bounded::Bulk;
use serde::{Deserialize, Serialize};

use super::Request;
use crate::consent::Ask;
use crate::interview::plan::{Part, Plan};
use crate::people::member::Fields;
use crate::people::named::Named;
use crate::policy::PurposeId;

/// Of requests that somebody is writing, so many are kept beside the one in hand.
pub const SAVED_MAX: usize = 5;

/// A request that is being written. Each step holds everything that the earlier ones gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draft {
    /// The addressee is still to be named.
    Whom(Given),
    /// The purpose is still to be given.
    WhatFor {
        /// The person they named.
        named: Named,
        /// Everything they gave ahead.
        given: Given,
    },
    /// They have still to say how they know each other.
    KnownHow {
        /// The person they named.
        named: Named,
        /// The purpose they chose.
        purpose: PurposeId,
        /// Everything they gave ahead.
        given: Given,
    },
    /// The message is not written yet.
    Message {
        /// The person they named.
        named: Named,
        /// The purpose they chose.
        purpose: PurposeId,
        /// Their words on how they know each other, if they do.
        known_how: Option<String>,
        /// The details that they had chosen to show, if this is not their first message.
        #[serde(default)]
        ticked: Option<Ticked>,
    },
    /// The plan of an information interview has parts that are still to be asked for.
    Plan(Planning),
    /// All is there; the porter has shown it and waits for "send".
    Ready(Ready),
}

impl Draft {
    /// The person that it is to, if they are named.
    pub fn named(&self) -> Option<&Named> {
        match self {
            Self::Whom(_) => None,
            Self::WhatFor { named, .. } | Self::KnownHow { named, .. } | Self::Message { named, .. } => Some(named),
            Self::Plan(Planning { named, .. }) | Self::Ready(Ready { named, .. }) => Some(named),
        }
    }

    /// The request, if its message is written.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Plan(Planning { request, .. }) | Self::Ready(Ready { request, .. }) => Some(request),
            Self::Whom(_) | Self::WhatFor { .. } | Self::KnownHow { .. } | Self::Message { .. } => None,
        }
    }

    /// The purpose, if it is given.
    pub fn purpose(&self) -> Option<&PurposeId> {
        match self {
            Self::Whom(given) | Self::WhatFor { given, .. } => given.purpose.as_ref(),
            Self::KnownHow { purpose, .. } | Self::Message { purpose, .. } => Some(purpose),
            Self::Plan(Planning { request, .. }) | Self::Ready(Ready { request, .. }) => Some(&request.purpose),
        }
    }

    /// The draft, if nothing is missing in it.
    pub(crate) const fn ready(&self) -> Option<&Ready> {
        match self {
            Self::Ready(ready) => Some(ready),
            Self::Whom(_) | Self::WhatFor { .. } | Self::KnownHow { .. } | Self::Message { .. } | Self::Plan(_) => None,
        }
    }
}

/// The details that a requester chose to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// Those that go with the request.
    pub with_request: Fields,
    /// Those that the addressee sees after both said yes.
    pub after_both: Fields,
    /// The message that they were shown with them. Older rows have none.
    #[serde(default)]
    pub message: String,
    /// The plan that they were shown with it.
    #[serde(default, skip_serializing_if = "Plan::is_empty")]
    pub plan: Plan,
}

/// A request whose message is written, and whose plan is being asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planning {
    /// The person they named.
    pub named: Named,
    /// The request, with the parts of the plan that they gave.
    pub request: Request,
    /// The details that they had chosen to show, if this is not their first message.
    pub ticked: Option<Ticked>,
    /// The part that they are asked for.
    pub part: Part,
}

/// The parts of a request that somebody gave before they were asked for them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// The purpose they gave.
    pub purpose: Option<PurposeId>,
    /// The message they gave.
    pub message: Option<String>,
}

/// A request that can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// The person they named.
    pub named: Named,
    /// The request in their words.
    pub request: Request,
    /// The terms that they are shown, and agree to by "send".
    #[serde(rename = "terms")]
    pub ask: Ask,
}

// The parts of a draft have bounds of their own.
impl Bulk for Draft {
    fn bytes(&self) -> usize {
        0
    }
}
