//! What the porter and one member are talking about: the draft in hand and the prompts that await an answer.

use std::collections::BTreeMap;

use lodge_ground::device::Waiting;
use serde::{Deserialize, Serialize};

use crate::consent::{Offer, Terms};
use crate::directory::Browsing;
use crate::id::{EffectId, IntroductionId, PromptId};
use crate::introduction::Request;
use crate::moderation::Overheard;
use crate::named::Named;
use crate::policy::PurposeId;
use crate::time::Timestamp;

/// The state of a conversation with one member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dialogue {
    /// The request they are writing.
    pub draft: Option<Draft>,
    /// What they were asked, by the number they were told, for as long as they can answer it.
    pub prompts: BTreeMap<u32, Prompt>,
    /// What they were last asked to choose among, in the order of its numbers from 1.
    #[serde(default)]
    pub choosing: Vec<IntroductionId>,
    /// The part of the mentors' list that they were last shown, for its numbers.
    #[serde(default)]
    pub browsing: Option<Browsing>,
    /// When the draft or the prompts last changed.
    #[serde(default)]
    pub turned_at: Option<Timestamp>,
    /// An opportunity that they were shown and could send.
    #[serde(default)]
    pub offer: Option<Offer>,
    /// A message that they wrote in a room for many and can have taken away.
    #[serde(default)]
    pub overheard: Option<Overheard>,
    /// Devices of theirs that wait to be confirmed.
    #[serde(default)]
    pub devices: Waiting,
}

impl Dialogue {
    /// The lowest number that no open prompt has.
    pub fn free_number(&self) -> u32 {
        (1..u32::MAX).find(|number| !self.prompts.contains_key(number)).unwrap_or(u32::MAX)
    }
}

/// A request being written. Each step holds what the earlier ones gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draft {
    /// Whom to meet is not said yet.
    Whom(Given),
    /// What for is not said yet.
    WhatFor {
        /// Whom they named.
        named: Named,
        /// What they gave ahead.
        given: Given,
    },
    /// How they know each other is not said yet.
    KnownHow {
        /// Whom they named.
        named: Named,
        /// What for.
        purpose: PurposeId,
        /// What they gave ahead.
        given: Given,
    },
    /// The message is not written yet.
    Message {
        /// Whom they named.
        named: Named,
        /// What for.
        purpose: PurposeId,
        /// How they know each other, if they do.
        known_how: Option<String>,
    },
    /// All is there; the porter has shown it and waits for "send".
    Ready(Ready),
}

/// What somebody gave before they were asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// What for.
    pub purpose: Option<PurposeId>,
    /// The message.
    pub message: Option<String>,
}

/// A request that can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Whom they named.
    pub named: Named,
    /// Their words.
    pub request: Request,
    /// What they were shown, and agree to by "send".
    pub terms: Terms,
}

/// Something that awaits this member's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// What it is about.
    pub introduction: IntroductionId,
    /// The messages that put it, for answers by reply.
    pub asked: Vec<EffectId>,
    /// The question.
    pub question: Question,
}

/// A question of the porter's that awaits an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Would they like to meet?
    Meet {
        /// What a yes agrees to.
        yes: Terms,
        /// Whether they have said no or let it pass, so that it counts as open only when they name it.
        aside: bool,
    },
    /// What do they answer to this question of the addressee's, by its place among the introduction's?
    Tell {
        /// Its place.
        place: usize,
    },
    /// How did it go?
    HowWasIt,
}

impl Prompt {
    /// Whether it is a request that waits for their first answer.
    pub fn is_open_request(&self) -> bool {
        match &self.question {
            Question::Meet { aside, .. } => !aside,
            Question::Tell { .. } | Question::HowWasIt => false,
        }
    }

    /// What a yes agrees to, where it asks for one.
    pub fn terms(&self) -> Option<&Terms> {
        match &self.question {
            Question::Meet { yes, .. } => Some(yes),
            Question::Tell { .. } | Question::HowWasIt => None,
        }
    }
}
