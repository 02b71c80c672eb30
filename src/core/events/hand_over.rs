//! A member's contact for the organisation with which an event was held: asked for, agreed to, or passed on (decision 50).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::consent::{Contact, ContactConsent, ContactTerms};
use crate::id::{EffectId, EventId, HandOverId, MemberId};

/// The standing of a member's contact after an event. Their key alone seals it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The id of its row.
    pub id: HandOverId,
    /// The event after which they were asked.
    pub event: EventId,
    /// The member whose contact it is, and whose key seals it.
    pub member: MemberId,
    /// Whether they agreed, and whether it was passed on.
    pub stage: HandOverStage,
}

/// The stage of a member's contact after an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandOverStage {
    /// They were shown these terms, and have not agreed.
    Asked {
        /// Everything that they were shown.
        terms: ContactTerms,
        /// The message that showed them last, and the only one that a yes can answer.
        by: EffectId,
    },
    /// They agreed. It waits for the hour at which all contacts of the event are passed on.
    Agreed(ContactConsent),
    /// It was passed on.
    Passed {
        /// Their yes.
        consent: ContactConsent,
        /// The contact as it was told, which has no detail that they had hidden by then.
        contact: Contact,
        /// The messages that show it, and whom each was said to, so that they can be taken back.
        shown: BTreeMap<EffectId, MemberId>,
    },
    /// They took it back. They hear that once none of the messages that show it can be read any more.
    TakenBack {
        /// Their yes, which counts no more.
        consent: ContactConsent,
        /// The messages that are still being taken away, and whom each was said to.
        shown: BTreeMap<EffectId, MemberId>,
    },
}
