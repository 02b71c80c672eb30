//! What a member is brought: whether they take requests now, how many, and from whom not (requirement A9).

use lodge_ground::bounded::{AtMost, Bulk};
use serde::{Deserialize, Serialize};

use crate::mark::MarkId;
use crate::name::Address;
use crate::policy::Limits;
use crate::time::{Span, Timestamp};

/// A month, as limits count it.
pub const MONTH: Span = Span::from_days(30);

/// How many blocks a member can have at once. Whoever has as many takes one away before the next.
pub const BLOCKS_MAX: usize = 200;

impl Bulk for Block {
    fn bytes(&self) -> usize {
        0
    }
}

/// What a member is brought. Nothing of it shows to anybody else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Availability {
    /// Nothing is brought to them before then.
    pub paused_until: Option<Timestamp>,
    /// How many requests a month they want at most, where they said so.
    pub monthly_max: Option<u32>,
    /// When they were brought requests in the last month.
    pub asked_at: Vec<Timestamp>,
    /// Whom they block, oldest first.
    pub blocks: AtMost<Block, BLOCKS_MAX>,
}

/// A block. The mark is what counts; this is so that its owner can see it and take it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The mark that holds it.
    pub mark: MarkId,
    /// The address, where they gave it themselves; else they know the person only by what a request showed.
    pub address: Option<Address>,
    /// When they blocked.
    pub at: Timestamp,
    /// Until when it lasts.
    pub until: Timestamp,
}

impl Availability {
    /// Until when they pause, if they do now.
    pub fn paused(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| *until > now)
    }

    /// How many requests a month they are brought at most.
    pub fn limit(&self, limits: &Limits) -> u32 {
        self.monthly_max.unwrap_or(limits.received_a_month)
    }

    /// Whether one more request can be brought to them now.
    pub fn has_room(&self, limits: &Limits, now: Timestamp) -> bool {
        let brought = self.asked_at.iter().filter(|at| at.after(MONTH) > now).count();
        brought < self.limit(limits) as usize
    }

    /// One more request is brought to them.
    pub fn brought(&mut self, now: Timestamp) {
        self.asked_at.retain(|at| at.after(MONTH) > now);
        self.asked_at.push(now);
    }

    /// Their blocks that last, oldest first.
    pub fn blocks(&self, now: Timestamp) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.until > now)
    }
}
