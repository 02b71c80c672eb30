//! The number of conversations in each month: all that is kept of those that are erased, and rounded.

use jiff::tz::TimeZone;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// The year, as people count it.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
}

impl Month {
    /// The month that a moment is in; nothing for a moment outside the calendar.
    pub fn of(moment: Timestamp, zone: &TimeZone) -> Option<Self> {
        let date = jiff::Timestamp::from_millisecond(moment.as_millis()).ok()?.to_zoned(zone.clone()).date();
        Some(Self { year: date.year(), month: date.month() })
    }
}

/// The number of conversations that began in each month.
///
/// The month that is going on is counted exactly, for it must be; once it is over only the nearest multiple of five
/// stays (threats, I14), so that nobody can tell from two numbers what became of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    over: Vec<(Month, u32)>,
    now: Option<(Month, u32)>,
}

impl Tally {
    /// A conversation began in this month.
    pub fn count(&mut self, month: Month) {
        self.turn(month);
        if let Some((_, count)) = &mut self.now {
            *count += 1;
        }
    }

    /// It is this month now: the one before is rounded.
    pub fn turn(&mut self, month: Month) {
        if self.is_before(month)
            && let Some((over, count)) = self.now.replace((month, 0))
        {
            self.over.push((over, rounded(count)));
        }
    }

    /// Whether the month that is counted is an earlier one than this.
    pub fn is_before(&self, month: Month) -> bool {
        self.now.is_none_or(|(now, _)| now < month)
    }

    /// The months that are over, with how many there were, to the nearest five.
    pub fn months(&self) -> &[(Month, u32)] {
        &self.over
    }
}

/// The nearest multiple of five; less than two and a half is none (HESA's rounding).
fn rounded(count: u32) -> u32 {
    (count + 2) / 5 * 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i14_a_month_that_is_over_is_kept_to_the_nearest_five() {
        for (count, kept) in [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)] {
            let mut tally = Tally::default();
            let (one, next) = (Month { year: 2026, month: 12 }, Month { year: 2027, month: 1 });
            tally.turn(one);
            for _ in 0..count {
                tally.count(one);
            }
            assert_eq!(tally.months(), []);
            assert!(!tally.is_before(one) && tally.is_before(next));
            tally.turn(next);
            tally.turn(next);
            assert_eq!(tally.months(), [(one, kept)], "{count}");
            assert!(!serde_json::to_string(&tally).unwrap().contains(&format!("{count}]]")) || count % 5 == 0);
        }
    }
}
