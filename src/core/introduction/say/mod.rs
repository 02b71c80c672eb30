//! The porter's messages about introductions, and the words by which one of several is named.

mod answering;
mod ending;
mod requesting;

use serde::{Deserialize, Serialize};

use crate::consent::Disclosure;
use crate::people::named::Named;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, named, who};

pub use answering::{Answering, Carrying};
pub use ending::{Ending, Next};
pub use requesting::{DraftLine, RequestText, Requesting, SentLine, SentStanding, Tip};

/// The introduction that is meant, as far as this reader may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meant {
    /// Theirs, to whom they named.
    To(Named),
    /// Somebody else's, by what its requester showed them.
    From(Disclosure),
    /// Somebody else's, whose consent to be shown has lapsed: by the day on which it came.
    On(Timestamp),
}

/// Something that a member can choose by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// The introduction behind the number.
    pub which: Meant,
    /// Its state, where there may be several with one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<Stands>,
}

/// The state of something that can be taken back, as far as its reader knows it, and the time of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stands {
    /// A request of theirs that waits.
    Waiting(Timestamp),
    /// A yes of theirs; the room is not open yet.
    Agreed(Timestamp),
    /// An introduction that was arranged.
    Arranged(Timestamp),
}

impl Meant {
    /// The details in it.
    pub fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::From(of) => Some(of),
            Self::To(_) | Self::On(_) => None,
        }
    }

    /// The words by which its reader knows it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::To(to) => Wording::with("meant-to", vec![("to", named(to))]),
            Self::From(of) => Wording::with("meant-from", vec![("who", who(of))]),
            Self::On(at) => Wording::with("meant-on", vec![("at", Arg::Day(*at))]),
        }
    }
}

fn listed(matters: &[Matter]) -> Vec<Wording> {
    let line = |matter: &Matter| {
        let number = ("number", Arg::Number(matter.number as u64));
        let which = ("which", Arg::Lines(vec![matter.which.wording()]));
        let (id, at) = match matter.stands {
            None => return Wording::with("matter-line", vec![number, which]),
            Some(Stands::Waiting(at)) => ("matter-waiting", at),
            Some(Stands::Agreed(at)) => ("matter-agreed", at),
            Some(Stands::Arranged(at)) => ("matter-arranged", at),
        };
        Wording::with(id, vec![number, which, ("at", Arg::Day(at))])
    };
    matters.iter().map(line).collect()
}
