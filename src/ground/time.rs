//! Moments and durations as plain numbers, and the one calculation that needs a calendar: the deadline of a request.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment: milliseconds since 1970-01-01 00:00 UTC. It comes in from outside; nothing here reads a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment, moved later by `span`.
    #[must_use]
    pub fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add_unsigned(span.0))
    }

    /// This moment, moved earlier by `span`.
    #[must_use]
    pub fn before(self, span: Span) -> Self {
        Self(self.0.saturating_sub_unsigned(span.0))
    }

    /// The moment as the program's own log and its errors name it, to the minute.
    pub fn utc(self) -> String {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
    }

    /// The span from this moment to `later`; zero when `later` is not later.
    pub fn until(self, later: Self) -> Span {
        Span(u64::try_from(later.0.saturating_sub(self.0)).unwrap_or(0))
    }
}

/// A duration in whole milliseconds, written as people write it in the configuration: `"14d"`, `"3s"`, `"1h 30m"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(u64);

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

impl Span {
    /// A duration of this many milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// A duration of this many days of 24 hours.
    pub const fn from_days(days: u64) -> Self {
        Self(days * DAY)
    }

    /// The duration in milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0
    }
}

/// Text that should have been a duration and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a duration: expected a number with ms, s, m, h, d or w, such as \"14d\" or \"1h 30m\", found {0:?}")]
pub struct NotASpan(String);

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let wrong = || NotASpan(text.to_owned());
        let mut total: u64 = 0;
        for part in text.split_whitespace() {
            let unit_at = part.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
            let (number, unit) = part.split_at(unit_at);
            let millis = match unit {
                "ms" => 1,
                "s" => SECOND,
                "m" => MINUTE,
                "h" => HOUR,
                "d" => DAY,
                "w" => WEEK,
                _ => return Err(wrong()),
            };
            let number: u64 = number.parse().map_err(|_| wrong())?;
            total = number.checked_mul(millis).and_then(|n| total.checked_add(n)).ok_or_else(wrong)?;
        }
        // A century is longer than any wait here, and keeps every sum of a moment and a duration in range.
        if text.trim().is_empty() || total > 36_525 * DAY { Err(wrong()) } else { Ok(Self(total)) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s"), (1, "ms")];
        let mut rest = self.0;
        let mut parts = Vec::new();
        for (size, unit) in units {
            if rest >= size {
                parts.push(format!("{}{unit}", rest / size));
                rest %= size;
            }
        }
        if parts.is_empty() { f.write_str("0s") } else { f.write_str(&parts.join(" ")) }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The time zone and the hour in which a careers service answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHour {
    /// The service's time zone.
    pub zone: TimeZone,
    /// The time of day at which waiting ends.
    pub at: Time,
}

impl OfficeHour {
    /// The first office hour that is not before `moment`.
    ///
    /// If the clocks go forward over that hour, it is the first moment after the gap.
    pub fn not_before(&self, moment: Timestamp) -> Timestamp {
        let Ok(moment_utc) = jiff::Timestamp::from_millisecond(moment.as_millis()) else { return moment };
        let mut day = moment_utc.to_zoned(self.zone.clone()).date();
        loop {
            let Ok(candidate) = day.to_datetime(self.at).to_zoned(self.zone.clone()) else { return moment };
            let candidate = Timestamp::from_millis(candidate.timestamp().as_millisecond());
            if candidate >= moment {
                return candidate;
            }
            let Ok(next) = day.tomorrow() else { return moment };
            day = next;
        }
    }

    /// The day on which `moment` is by the clock there; `None` for one that no calendar has.
    pub fn day(&self, moment: Timestamp) -> Option<Date> {
        jiff::Timestamp::from_millisecond(moment.0).ok().map(|moment| moment.to_zoned(self.zone.clone()).date())
    }

    /// The last office hour that is not after `moment`.
    pub fn not_after(&self, moment: Timestamp) -> Timestamp {
        // Two days are longer than any day with its change of clocks.
        let mut last = Timestamp(moment.0.saturating_sub(2 * 24 * 3_600_000 + 1));
        let mut next = self.not_before(Timestamp(last.0.saturating_add(1)));
        while last < next && next <= moment {
            last = next;
            next = self.not_before(Timestamp(next.0.saturating_add(1)));
        }
        last
    }

    /// The office hour of the first such day of a year that is not before `moment`; `None` for a day that no year has.
    pub fn next_date(&self, month: i8, day: i8, moment: Timestamp) -> Option<Timestamp> {
        let year = jiff::Timestamp::from_millisecond(moment.0).ok()?.to_zoned(self.zone.clone()).year();
        // Between two leap years there can be eight years.
        (year..=year.saturating_add(8)).find_map(|year| {
            let hour = Date::new(year, month, day).ok()?.to_datetime(self.at).to_zoned(self.zone.clone()).ok()?;
            Some(Timestamp(hour.timestamp().as_millisecond())).filter(|hour| *hour >= moment)
        })
    }
}

/// The time at which a request that is sent at `sent` is closed: `within` later, and then the first office hour.
///
/// A wait shorter than a day ends to the second, for there the office hour would swallow it.
pub fn deadline(sent: Timestamp, within: Span, office: &OfficeHour) -> Timestamp {
    let earliest = sent.after(within);
    if within < Span::from_days(1) { earliest } else { office.not_before(earliest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oxford() -> OfficeHour {
        OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) }
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn durations_read_as_they_are_written() {
        for (text, millis) in
            [("14d", 14 * DAY), ("3s", 3000), ("1h 30m", 90 * MINUTE), ("250ms", 250), ("2w", 14 * DAY)]
        {
            assert_eq!(text.parse(), Ok(Span(millis)), "{text}");
            assert_eq!(Span(millis).to_string().parse(), Ok(Span(millis)));
        }
        for wrong in ["", "14", "d", "-3s", "1.5h", "14 days", "99999999999w"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong:?} was taken for a duration");
        }
    }

    #[test]
    fn a08_the_deadline_is_the_first_office_hour_after_a_fortnight() {
        let within = Span::from_days(14);
        for (sent, expected) in [
            ("2026-11-02T10:00:00Z", "2026-11-17T09:00:00Z"),
            ("2026-11-02T08:59:00Z", "2026-11-16T09:00:00Z"),
            // The clocks go back on 25 October: nine in the morning is an hour later in UTC.
            ("2026-10-20T12:00:00Z", "2026-11-04T09:00:00Z"),
            ("2026-10-05T12:00:00Z", "2026-10-20T08:00:00Z"),
        ] {
            assert_eq!(deadline(moment(sent), within, &oxford()), moment(expected), "sent {sent}");
        }
    }

    #[test]
    fn the_last_office_hour_is_the_first_that_is_not_before_itself() {
        for (now, expected) in [
            ("2026-11-03T09:00:00Z", "2026-11-03T09:00:00Z"),
            ("2026-11-03T08:59:59Z", "2026-11-02T09:00:00Z"),
            ("2026-11-04T08:59:59Z", "2026-11-03T09:00:00Z"),
            // The clocks go back on 25 October.
            ("2026-10-25T09:00:00Z", "2026-10-25T09:00:00Z"),
            ("2026-10-25T08:30:00Z", "2026-10-24T08:00:00Z"),
        ] {
            let last = oxford().not_after(moment(now));
            assert_eq!(last, moment(expected), "{now}");
            assert_eq!(oxford().not_before(last), last);
        }
    }

    #[test]
    fn a_date_of_the_year_is_the_next_such_day() {
        for (month, day, now, expected) in [
            (12, 12, "2026-11-02T10:00:00Z", Some("2026-12-12T09:00:00Z")),
            (3, 20, "2026-11-02T10:00:00Z", Some("2027-03-20T09:00:00Z")),
            (6, 20, "2026-06-20T09:00:00Z", Some("2027-06-20T08:00:00Z")),
            (2, 29, "2026-11-02T10:00:00Z", Some("2028-02-29T09:00:00Z")),
            (2, 30, "2026-11-02T10:00:00Z", None),
        ] {
            assert_eq!(oxford().next_date(month, day, moment(now)), expected.map(moment), "{month}-{day}");
        }
    }

    #[test]
    fn a_wait_of_seconds_ends_to_the_second() {
        let sent = moment("2026-11-02T10:00:00Z");
        assert_eq!(deadline(sent, Span(3000), &oxford()), sent.after(Span(3000)));
    }
}
