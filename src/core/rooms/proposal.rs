//! Proposals of members, which staff decide: a room that somebody would like, an opportunity that an employer offers.

use serde::{Deserialize, Serialize};

use super::Key;
use crate::consent::Posting;
use crate::id::{MemberId, ProposalId};
use crate::time::Timestamp;

/// Something that a member of staff is to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The id of its row.
    pub id: ProposalId,
    /// The number by which staff decide it. It is not given again while the proposal is kept.
    pub number: u32,
    /// The member who made it.
    pub by: MemberId,
    /// The matter that is proposed.
    pub matter: Matter,
    /// The time at which it was made.
    pub at: Timestamp,
    /// The decision, once there is one.
    pub decided: Option<Decided>,
}

/// The matter of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// A room that somebody would like.
    Room(Suggested),
    /// An opportunity, in words to which its maker agreed.
    Opportunity(Posting),
}

/// A room that somebody would like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The short name by which members would ask for it.
    pub key: Key,
    /// The name that people would see.
    pub name: String,
    /// The topic that they suggest.
    pub topic: String,
}

/// The decision on a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The member of staff who decided.
    pub by: MemberId,
    /// Whether it is to be so.
    pub approved: bool,
    /// The time of the decision.
    pub at: Timestamp,
}
