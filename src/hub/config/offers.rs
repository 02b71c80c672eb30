//! The features that the service offers by now, and the settings of its mentors' list.

use jiff::civil::{Date, Time};
use lodge_core::policy::{self as core_policy, Offers as CoreOffers};
use lodge_core::time::Span;
use serde::{Deserialize, Deserializer};

use lodge_plumbing::config::time_of_day;

use super::introductions::{lasting, within};

/// The features that the service offers by now: it can start small.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is switched on or off by itself")]
pub struct Offers {
    /// Asking to be introduced to somebody.
    pub introductions: bool,
    /// Rooms for many.
    pub rooms: bool,
    /// The mentors' list.
    pub mentors: bool,
    /// Events that staff announce and members come to.
    pub events: bool,
}

/// The settings of the mentors' list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Directory {
    /// The time of day at which its entries change.
    #[serde(deserialize_with = "time_of_day")]
    pub changes_at: Time,
    /// This many entries are shown at a time.
    pub page: usize,
    /// Somebody in the list may be silent this long before they are asked.
    pub silent_after: Span,
    /// The last days of terms, each year.
    pub term_ends: Vec<DayOfYear>,
}

/// A day of every year: "12-31", month first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfYear {
    month: i8,
    day: i8,
}

impl Offers {
    pub(super) fn problems(self) -> Option<String> {
        let alone = self.mentors && !self.introductions;
        alone.then(|| {
            "offers.mentors: expected offers.introductions to be on too, since whoever finds a mentor asks for an \
             introduction"
                .to_owned()
        })
    }

    /// The same features in the core's terms.
    pub fn settings(self) -> CoreOffers {
        let Self { introductions, rooms, mentors, events } = self;
        CoreOffers { introductions, rooms, mentors, events }
    }
}

impl Directory {
    pub(super) fn problems(&self) -> Vec<String> {
        // The longest entries must fit, in their two forms and encrypted, in a Matrix event of 65,536 bytes.
        let page = within("directory.page", self.page, 1..=8);
        page.into_iter().chain(lasting("directory.silent_after", self.silent_after)).collect()
    }

    /// The same settings in the core's terms.
    pub fn settings(&self) -> core_policy::Directory {
        let Self { changes_at, page, silent_after, term_ends } = self;
        core_policy::Directory {
            changes_at: *changes_at,
            page: *page,
            silent_after: *silent_after,
            term_ends: term_ends.iter().map(|DayOfYear { month, day }| (*month, *day)).collect(),
        }
    }
}

impl Default for Offers {
    fn default() -> Self {
        let CoreOffers { introductions, rooms, mentors, events } = CoreOffers::default();
        Self { introductions, rooms, mentors, events }
    }
}

impl Default for Directory {
    fn default() -> Self {
        let core_policy::Directory { changes_at, page, silent_after, term_ends } = core_policy::Directory::default();
        let term_ends = term_ends.into_iter().map(|(month, day)| DayOfYear { month, day }).collect();
        Self { changes_at, page, silent_after, term_ends }
    }
}

impl<'de> Deserialize<'de> for DayOfYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A leap year, so that 29 February is a day.
        const YEAR: i16 = 2028;
        let text = String::deserialize(deserializer)?;
        let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let parsed = parts.filter(|(month, day)| text.len() == 5 && Date::new(YEAR, *month, *day).is_ok());
        parsed.map(|(month, day)| Self { month, day }).ok_or_else(|| {
            serde::de::Error::custom(format!("expected a month and a day such as \"12-31\", found \"{text}\""))
        })
    }
}
