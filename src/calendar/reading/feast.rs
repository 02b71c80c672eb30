//! Days that have a name of their own each year, as people in England keep them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::day::{Days, FAR, RECENT, Unclear, either_day, later};

/// A day with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// The same day of the same month each year.
    Fixed { month: i8, day: i8 },
    /// So many days after Easter Sunday.
    Easter(i8),
    /// The first Monday of a month.
    FirstMonday(i8),
    /// The last Monday of a month.
    LastMonday(i8),
    /// The bank holiday of May: there are two of them.
    InMay,
}

impl Feast {
    /// Its days in this year.
    pub(super) fn days(self, year: i16) -> Vec<Date> {
        let of = |month, day| Date::new(year, month, day).ok();
        let day = match self {
            Self::Fixed { month, day } => of(month, day),
            Self::Easter(after) => easter(year).map(|sunday| sunday.saturating_add(i64::from(after).days())),
            Self::FirstMonday(month) => {
                of(month, 1).and_then(|first| first.nth_weekday_of_month(1, Weekday::Monday).ok())
            }
            Self::LastMonday(month) => {
                of(month, 1).and_then(|first| first.nth_weekday_of_month(-1, Weekday::Monday).ok())
            }
            Self::InMay => {
                return [Self::FirstMonday(5), Self::LastMonday(5)].iter().flat_map(|one| one.days(year)).collect();
            }
        };
        day.into_iter().collect()
    }
}

/// The next day of this name that is not far away.
pub(super) fn coming(feast: Feast, today: Date) -> Result<Days, Unclear> {
    let days: Vec<Date> = [0, 1].iter().flat_map(|years| feast.days(today.year() + years)).collect();
    let mut near = days.iter().filter(|date| **date >= today && **date <= later(today, FAR));
    match (near.next(), near.next()) {
        (Some(date), None) => Ok(Days::one(*date)),
        (Some(first), Some(second)) => either_day(*first, *second),
        (None, _) if days.iter().any(|date| *date < today && *date >= later(today, -RECENT)) => Err(Unclear::Past),
        (None, _) => Err(Unclear::Far),
    }
}

/// Easter Sunday of a year of the Gregorian calendar: the Sunday after the full moon from which Easter is reckoned.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century) = (year_number % 19, year_number / 100);
    // The moon's age on 21 March, corrected for the leap days that centuries leave out and for the moon's own drift.
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    // The full moon is never reckoned later than 18 April.
    let moon = if moon == 29 || moon == 28 && golden > 10 { moon - 1 } else { moon };
    let full = Date::new(year, 3, 21).ok()?.saturating_add(i64::from(moon).days());
    full.nth_weekday(1, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_on_the_days_of_the_tables() {
        for (year, month, day) in [
            (1961, 4, 2),
            (1981, 4, 19),
            (2008, 3, 23),
            (2011, 4, 24),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
        ] {
            assert_eq!(easter(year), Some(Date::constant(year, month, day)), "{year}");
        }
    }

    #[test]
    fn bank_holidays_of_may_and_august_are_mondays() {
        let days = |feast: Feast| feast.days(2027).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(days(Feast::InMay), ["2027-05-03", "2027-05-31"]);
        assert_eq!(days(Feast::LastMonday(8)), ["2027-08-30"]);
        assert_eq!(days(Feast::Easter(-2)), ["2027-03-26"]);
    }
}
