//! The requests that a member is brought: whether they take any now, how many, and from whom not (requirement A9).

use lodge_ground::bounded::{AtMost, Bulk};
use serde::{Deserialize, Serialize};

use crate::mark::MarkId;
use crate::name::Address;
use crate::policy::Limits;
use crate::time::{Span, Timestamp};

/// A month, as limits count it.
pub const MONTH: Span = Span::from_days(30);

/// A member can have this many blocks at once. At the bound they have to take one away before the next.
pub const BLOCKS_MAX: usize = 200;

impl Bulk for Block {
    fn bytes(&self) -> usize {
        0
    }
}

/// A member's settings for the requests they are brought. Nothing of them shows to anybody else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Availability {
    /// Nothing is brought to them before then.
    pub paused_until: Option<Timestamp>,
    /// The most requests a month that they want, where they said so.
    pub monthly_max: Option<u32>,
    /// The times at which they were brought requests in the last month.
    pub asked_at: Vec<Timestamp>,
    /// The people they block, oldest first.
    pub blocks: AtMost<Block, BLOCKS_MAX>,
}

/// A block. The mark is what counts; this is so that its owner can see it and take it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The mark that holds it.
    pub mark: MarkId,
    /// The address, where they gave it themselves; else they know the person only by the fields that a request showed.
    pub address: Option<Address>,
    /// The time at which they blocked.
    pub at: Timestamp,
    /// The time until which it lasts.
    pub until: Timestamp,
}

impl Availability {
    /// The end of their pause, if they pause now.
    pub fn paused(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| *until > now)
    }

    /// The most requests a month that they are brought.
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
