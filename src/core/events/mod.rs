//! Events at which employers and members meet: staff make them, members come as they like, and only staff see who does (decision 49).

mod calendar;
pub(crate) mod flow;
mod hand_over;
pub(crate) mod making;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{EventId, MemberId, SignUpId};
use crate::people::member::Role;
use crate::time::{Span, Timestamp};

pub use hand_over::{HandOver, HandOverStage};

/// So many events can be ahead at a time.
pub(crate) const AHEAD_MAX: usize = 60;

/// So many events are kept, those that are over among them; the oldest of those are let go first.
pub(crate) const KEPT_MAX: usize = 300;

/// One member can have signed up for this many events that are ahead.
pub(crate) const SIGN_UPS_MAX: usize = 30;

/// The most places that an event with a limit can have.
pub(crate) const PLACES_MAX: u32 = 2_000;

/// An event that is over, or was called off, is kept this long.
const KEPT: Span = Span::from_days(90);

/// Guests have this long after an event to decide whether its host may have their contact.
const DECIDE: Span = Span::from_days(3);

/// A place that became free is kept this long for the first of those who wait.
const OFFERED: Span = Span::from_days(1);

/// The code of the door counts from this long before an event until as long after it.
const DOOR: Span = Span::from_millis(3_600_000);

/// All that staff say of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The line by which people know it.
    pub title: String,
    /// The approved organisation that it is held with, if there is one.
    pub organisation: Option<String>,
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Its place, in the staff's words: a building, a link, or a room here.
    pub place: String,
    /// The roles that may come.
    pub open_to: BTreeSet<Role>,
    /// The number of places; `None` where there is no limit.
    pub places: Option<u32>,
    /// Members can sign up until then.
    pub sign_up_by: Timestamp,
    /// The reason to come, in the staff's words.
    pub about: String,
}

/// An event that was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The id of its row.
    pub id: EventId,
    /// The number by which people mean it.
    pub number: u32,
    /// All that staff say of it.
    pub plan: Plan,
    /// Whether it is ahead, and if not, why.
    pub stage: Stage,
    /// The time at which it was announced.
    pub announced: Timestamp,
    /// The code that is said aloud at the door, so that people can tell the porter that they are there.
    pub code: u16,
    /// About how many people came to it at the end of sign-up, which is all that its host reads: a number that followed
    /// everybody who goes or comes later would tell of one person.
    #[serde(default)]
    pub counted: Option<Rounded>,
}

/// The stage of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Members can sign up, or their time for that is over and it is ahead or going on.
    Ahead,
    /// It has taken place.
    Over,
    /// Staff called it off.
    CalledOff,
}

/// A member's place on the list of an event. Their key alone seals it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// The id of its row.
    pub id: SignUpId,
    /// The event on whose list it is.
    pub event: EventId,
    /// The member, whose key seals it.
    pub member: MemberId,
    /// The time at which they signed up, by which those who wait are in order.
    pub at: Timestamp,
    /// Whether they have a place, or wait for one.
    pub standing: Standing,
    /// Whether they told the porter that they were there.
    pub came: bool,
}

/// A member's standing on the list of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They have a place.
    Coming,
    /// They wait for one.
    Waiting,
    /// A place is kept for them until then.
    Offered(Timestamp),
}

impl Standing {
    /// Whether it takes a place.
    pub fn takes_place(self) -> bool {
        match self {
            Self::Coming | Self::Offered(_) => true,
            Self::Waiting => false,
        }
    }
}

impl Event {
    /// The event as people are told of it.
    pub fn told(&self) -> say::EventTold {
        say::EventTold { number: self.number, plan: self.plan.clone() }
    }

    /// Whether members can still sign up.
    pub fn takes_sign_ups(&self, now: Timestamp) -> bool {
        self.stage == Stage::Ahead && now < self.plan.sign_up_by
    }

    /// Whether somebody can say now that they are there.
    pub fn is_at_the_door(&self, now: Timestamp) -> bool {
        self.stage != Stage::CalledOff && now >= self.plan.from.before(DOOR) && now < self.plan.until.after(DOOR)
    }
}

/// A number of people as somebody is told it who is not to tell one person from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounded {
    /// Fewer than ten, and perhaps nobody.
    Few,
    /// About this many, a multiple of ten.
    About(u64),
}

impl Rounded {
    /// This number, rounded to tens.
    pub fn of(number: usize) -> Self {
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        if number < 10 { Self::Few } else { Self::About(number.saturating_add(5) / 10 * 10) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b11_a_rounded_number_tells_one_person_from_another_nowhere() {
        for (number, rounded) in [
            (0, Rounded::Few),
            (9, Rounded::Few),
            (10, Rounded::About(10)),
            (14, Rounded::About(10)),
            (15, Rounded::About(20)),
            (1_999, Rounded::About(2_000)),
        ] {
            assert_eq!(Rounded::of(number), rounded, "{number}");
        }
    }
}
