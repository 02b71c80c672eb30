//! The porter's messages about the requests that somebody is willing to be brought: pauses, limits and blocks.

use serde::{Deserialize, Serialize};

use crate::name::Address;
use crate::say::Say;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, nth, number};

/// A message to a member about the requests that they are brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receiving {
    /// Nothing of somebody reaches them any more.
    BlockRecorded {
        /// The time until which it lasts.
        until: Timestamp,
    },
    /// They are asked for the person they would like to block.
    BlockWhom,
    /// A block is taken away.
    Unblocked,
    /// Nobody is blocked, or not by that number.
    NotBlocked,
    /// They are brought no requests until then.
    Paused {
        /// The end of the pause.
        until: Timestamp,
        /// The number of requests that are open with them already.
        open: usize,
    },
    /// A pause cannot be so long.
    PauseTooLong {
        /// The last moment at which it can end.
        latest: Timestamp,
    },
    /// They are brought requests again.
    Resumed,
    /// They are brought this many requests a month at most.
    LimitSet {
        /// The number of requests a month.
        limit: u32,
        /// Whether they had counted by another time.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        converted: bool,
    },
    /// They are brought as many requests as the service sets.
    LimitOff {
        /// The number of requests a month that the service sets.
        limit: u32,
    },
    /// Their settings for the requests they are brought.
    OwnSettings {
        /// The end of their pause.
        paused: Option<Timestamp>,
        /// The most requests a month that they are brought.
        limit: u32,
        /// The people they block.
        blocks: Vec<OwnBlock>,
    },
}

/// A block of a member's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBlock {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// The address, where they gave it themselves.
    pub address: Option<Address>,
    /// The time at which they blocked.
    pub at: Timestamp,
    /// The time until which it lasts.
    pub until: Timestamp,
}

impl From<Receiving> for Say {
    fn from(say: Receiving) -> Self {
        Self::Receiving(say)
    }
}

impl Receiving {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Day, Lines};
        match self {
            Self::BlockRecorded { until } => Wording::with("block-recorded", vec![("until", Day(*until))]),
            Self::BlockWhom => Wording::plain("block-whom"),
            Self::Unblocked => Wording::plain("unblocked"),
            Self::NotBlocked => Wording::plain("not-blocked"),
            Self::Paused { until, open } => {
                Wording::with("paused", vec![("until", Day(*until)), ("open", number(*open))])
            }
            Self::PauseTooLong { latest } => Wording::with("pause-too-long", vec![("latest", Day(*latest))]),
            Self::Resumed => Wording::plain("resumed"),
            Self::LimitSet { limit, converted } => {
                Wording::with("limit-set", vec![("limit", nth(*limit)), ("converted", number(usize::from(*converted)))])
            }
            Self::LimitOff { limit } => Wording::with("limit-off", vec![("limit", nth(*limit))]),
            Self::OwnSettings { paused, limit, blocks } => Wording::with(
                "own-settings",
                vec![
                    ("paused", Lines(vec![pause(*paused)])),
                    ("limit", nth(*limit)),
                    ("blocked", number(blocks.len())),
                    ("blocks", Lines(blocks.iter().map(OwnBlock::wording).collect())),
                ],
            ),
        }
    }
}

impl OwnBlock {
    fn wording(&self) -> Wording {
        let number = ("number", Arg::Number(self.number as u64));
        let until = ("until", Arg::Day(self.until));
        match &self.address {
            Some(who) => Wording::with("block-line-address", vec![number, ("who", Arg::Text(who.to_string())), until]),
            None => Wording::with("block-line", vec![number, ("at", Arg::Day(self.at)), until]),
        }
    }
}

fn pause(until: Option<Timestamp>) -> Wording {
    match until {
        Some(until) => Wording::with("pause-on", vec![("until", Arg::Day(until))]),
        None => Wording::plain("pause-off"),
    }
}
