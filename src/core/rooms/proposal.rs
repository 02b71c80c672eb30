//! What members propose and staff decide: a room that somebody would like, an opportunity that an employer offers.

use serde::{Deserialize, Serialize};

use super::Key;
use crate::consent::Posting;
use crate::id::{MemberId, ProposalId};
use crate::time::Timestamp;

/// Something that a member of staff is to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The number by which staff decide it. It is not given again while the proposal is kept.
    pub number: u32,
    /// Who made it.
    pub by: MemberId,
    /// What is proposed.
    pub matter: Matter,
    /// When.
    pub at: Timestamp,
    /// What was decided.
    pub decided: Option<Decided>,
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// A room.
    Room(Suggested),
    /// An opportunity, in words to which whoever offers it agreed.
    Opportunity(Posting),
}

/// A room that somebody would like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Its short name.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// What for.
    pub topic: String,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// By whom.
    pub by: MemberId,
    /// Whether it is to be so.
    pub approved: bool,
    /// When.
    pub at: Timestamp,
}
