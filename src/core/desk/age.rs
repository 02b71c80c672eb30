//! The time for which something waits, as people say it: "since Tuesday".

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::wording::{Arg, Wording};

/// After this many days a weekday could be the one before.
const WEEKDAYS: i32 = 6;

/// The day since which something waits, as it is called today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// Nobody knows: rows of before do not tell.
    Unknown,
    /// Since today.
    Today,
    /// Since yesterday.
    Yesterday,
    /// Since the last day of this name, from 1 for Monday.
    Weekday(u8),
    /// Since that day.
    Day(Timestamp),
}

impl Age {
    /// The day of `since` as it is called at `now`, where the clock shows this zone's time.
    pub(crate) fn of(since: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Self {
        let Some(since) = since else { return Self::Unknown };
        let date = |at: Timestamp| {
            jiff::Timestamp::from_millisecond(at.as_millis()).ok().map(|at| at.to_zoned(zone.clone()).date())
        };
        let (Some(then), Some(today)) = (date(since), date(now)) else { return Self::Day(since) };
        let days = today.since(then).map_or(i32::MAX, |span| span.get_days());
        match days {
            ..=0 => Self::Today,
            1 => Self::Yesterday,
            2..=WEEKDAYS => Self::Weekday(then.weekday().to_monday_one_offset().unsigned_abs()),
            _ => Self::Day(since),
        }
    }

    /// The words for it.
    pub(crate) fn wording(self) -> Wording {
        match self {
            Self::Unknown => Wording::plain("since-unknown"),
            Self::Today => Wording::plain("since-today"),
            Self::Yesterday => Wording::plain("since-yesterday"),
            Self::Weekday(day) => Wording::with("since-weekday", vec![("day", Arg::Number(u64::from(day)))]),
            Self::Day(at) => Wording::with("since-day", vec![("day", Arg::Day(at))]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn a_day_is_called_as_people_call_it_that_day() {
        let zone = TimeZone::get("Europe/London").unwrap();
        // A Friday, half an hour into it by the clock in summer.
        let now = at("2026-07-09T23:30:00Z");
        for (since, age) in [
            ("2026-07-09T23:10:00Z", Age::Today),
            ("2026-07-10T09:00:00Z", Age::Today),
            ("2026-07-09T22:59:00Z", Age::Yesterday),
            ("2026-07-08T12:00:00Z", Age::Weekday(3)),
            ("2026-07-04T12:00:00Z", Age::Weekday(6)),
            ("2026-07-03T12:00:00Z", Age::Day(at("2026-07-03T12:00:00Z"))),
            ("2025-07-10T12:00:00Z", Age::Day(at("2025-07-10T12:00:00Z"))),
        ] {
            assert_eq!(Age::of(Some(at(since)), now, &zone), age, "{since}");
        }
        assert_eq!(Age::of(None, now, &zone), Age::Unknown);
    }
}
