//! A judgement on whether this machine's clock can be right.
//!
//! Everything that is due happens by the clock: deadlines pass, roles end, people are forgotten. A clock that is wrong
//! by a year lets a year's worth of it happen at once, and nothing brings it back. So it is looked at before anything
//! is done, and a service stops where it cannot be right (`docs/decisions`, 31). A service may well have been off for
//! months, so only the homeserver can say that a clock is ahead; a clock that is behind the last write shows so by
//! itself.

use crate::time::{Span, Timestamp};

/// The most that clocks may be apart.
pub const LEEWAY: Span = Span::from_millis(3_600_000);

/// The evidence by which a clock is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The time by this machine's clock.
    pub ours: Timestamp,
    /// The time by the homeserver's clock at the same moment, if it said any.
    pub homeserver: Option<Timestamp>,
    /// The time of the last write, by the clock of that moment. A new store has none.
    pub kept: Option<Timestamp>,
}

/// The reasons for which a clock cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The clock and the homeserver's are apart.
    #[error(
        "this machine's clock says {} and the homeserver's says {}; set the one that is wrong, and start again. Nothing \
         was done by it",
        ours.utc(),
        homeserver.utc()
    )]
    Apart {
        /// The time by this machine's clock.
        ours: Timestamp,
        /// The time by the homeserver's clock.
        homeserver: Timestamp,
    },
    /// The clock is behind the last write.
    #[error(
        "this machine's clock says {}, which is before {}, when something was kept last; set it, and start again. If it \
         was wrong then and is right now, start once with --clock-is-right",
        ours.utc(),
        kept.utc()
    )]
    Behind {
        /// The time by this machine's clock.
        ours: Timestamp,
        /// The time of the last write.
        kept: Timestamp,
    },
    /// It was moved, and the homeserver does not tell the time.
    #[error(
        "this machine's clock was moved to {} while the service ran, and the homeserver does not tell the time; set it, \
         and start again. Nothing was done by it",
        ours.utc()
    )]
    Moved {
        /// The time by this machine's clock.
        ours: Timestamp,
    },
}

/// Whether the clock can be right, by this evidence.
pub fn judge(evidence: Evidence) -> Result<(), Wrong> {
    let Evidence { ours, homeserver, kept } = evidence;
    if let Some(homeserver) = homeserver.filter(|theirs| apart(ours, *theirs) > LEEWAY) {
        return Err(Wrong::Apart { ours, homeserver });
    }
    match kept.filter(|kept| ours.until(*kept) > LEEWAY) {
        Some(kept) => Err(Wrong::Behind { ours, kept }),
        None => Ok(()),
    }
}

/// A clock that was right at one moment, watched by another that nobody can set.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    right: Timestamp,
    ran: Span,
}

impl Watch {
    /// A watch from a moment at which the clock is right and shows `right`, and the other clock has run for `ran`.
    pub fn new(right: Timestamp, ran: Span) -> Self {
        Self { right, ran }
    }

    /// Whether the clock, which says this now, went on as the other did. It did not where somebody set it, and where the
    /// machine stood still.
    pub fn went_on(&self, ours: Timestamp, ran: Span) -> bool {
        let passed = Span::from_millis(ran.as_millis().saturating_sub(self.ran.as_millis()));
        apart(ours, self.right.after(passed)) <= LEEWAY
    }
}

fn apart(one: Timestamp, other: Timestamp) -> Span {
    one.until(other).max(other.until(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const YEAR: i64 = 365 * 24 * HOUR;
    const YEAR_RAN: u64 = 365 * 24 * 3_600_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_793_610_000_000 + millis)
    }

    #[test]
    fn which_clock_can_be_right() {
        let fine = "";
        for (homeserver, kept, expected, why) in [
            (None, None, fine, "a first start, and a homeserver that tells no time"),
            (Some(0), None, fine, "a first start"),
            (Some(0), Some(-1), fine, "a restart"),
            (Some(0), Some(-YEAR), fine, "off for a year"),
            (None, Some(-YEAR), fine, "off for a year, and a homeserver that tells no time"),
            (Some(HOUR), Some(HOUR), fine, "an hour behind"),
            (Some(-HOUR), Some(-1), fine, "an hour ahead"),
            (Some(HOUR + 1), None, "apart", "more than an hour behind"),
            (Some(-HOUR - 1), None, "apart", "more than an hour ahead"),
            (Some(-YEAR), Some(-YEAR), "apart", "a year ahead"),
            (Some(YEAR), Some(YEAR), "apart", "a year behind"),
            (Some(0), Some(YEAR), "behind", "both clocks are a year behind, or what was kept was a year ahead"),
            (None, Some(HOUR + 1), "behind", "behind, and a homeserver that tells no time"),
            (None, Some(HOUR), fine, "an hour behind, and a homeserver that tells no time"),
            (Some(0), Some(i64::MAX / 2), "behind", "whatever was kept"),
        ] {
            let evidence = Evidence { ours: at(0), homeserver: homeserver.map(at), kept: kept.map(at) };
            let found = match judge(evidence) {
                Ok(()) => fine,
                Err(Wrong::Apart { .. }) => "apart",
                Err(Wrong::Behind { .. }) => "behind",
                Err(Wrong::Moved { .. }) => "moved",
            };
            assert_eq!(found, expected, "{why}");
        }
    }

    #[test]
    fn a_clock_that_runs_is_seen_to_be_set() {
        let watch = Watch::new(at(0), Span::from_millis(500));
        for (ours, ran, went_on) in [
            (0, 500, true),
            (YEAR, 500, false),
            (-YEAR, 500, false),
            (HOUR, 500, true),
            (HOUR + 1, 500, false),
            (-HOUR, 500, true),
            (YEAR, YEAR_RAN + 500, true),
            (YEAR, 2 * YEAR_RAN, false),
            (0, 0, true),
        ] {
            assert_eq!(watch.went_on(at(ours), Span::from_millis(ran)), went_on, "{ours} after {ran}");
        }
    }

    #[test]
    fn what_is_said_names_both_moments_and_what_to_do() {
        let apart = Wrong::Apart { ours: at(YEAR), homeserver: at(0) }.to_string();
        assert!(apart.contains("2027-11-02 09:00 UTC") && apart.contains("2026-11-02 09:00 UTC"), "{apart}");
        let behind = Wrong::Behind { ours: at(0), kept: at(YEAR) }.to_string();
        assert!(behind.contains("--clock-is-right"), "{behind}");
    }
}
