//! Moments, durations and lists in English words. Another language needs its own.

use jiff::tz::TimeZone;
use lodge_ground::time::{Span, Timestamp};

/// Stands between the things in a list.
pub(super) const BETWEEN: &str = ", ";

const UNITS: [(u64, &str); 4] = [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1_000, "second")];

/// A moment by the clock of the service: "Tuesday 17 November at 09:00". The year goes without saying, for no wait is
/// longer than that.
pub(super) fn moment(moment: Timestamp, zone: &TimeZone) -> String {
    in_form(moment, zone, "%A %-d %B at %H:%M")
}

/// From one moment to another: "Tuesday 17 November, 09:00 to 12:30". The second day is named where it is another one.
pub(super) fn between(from: Timestamp, to: Timestamp, zone: &TimeZone) -> String {
    let day = |moment| in_form(moment, zone, "%A %-d %B");
    let clock = |moment| in_form(moment, zone, "%H:%M");
    let other_day = if day(from) == day(to) { String::new() } else { format!("{} ", day(to)) };
    format!("{}, {} to {other_day}{}", day(from), clock(from), clock(to))
}

/// A time of day, or two, by the clock of the zone with this name: "17:00 to 19:00 in Berlin". The day is named where it is
/// another one than here.
pub(super) fn there(from: Timestamp, to: Option<Timestamp>, there: &str, here: &TimeZone) -> String {
    let zone = TimeZone::get(there).unwrap_or_else(|_| here.clone());
    let day = |zone| in_form(from, zone, "%A");
    let other_day = if day(here) == day(&zone) { String::new() } else { format!("{} ", day(&zone)) };
    let clock = |moment| in_form(moment, &zone, "%H:%M");
    let until = to.map(|to| format!(" to {}", clock(to))).unwrap_or_default();
    let place = there.rsplit('/').next().unwrap_or_default().replace('_', " ");
    format!("{other_day}{}{until} in {place}", clock(from))
}

/// The day of a moment, which may be years away: "1 November 2028".
pub(super) fn day(moment: Timestamp, zone: &TimeZone) -> String {
    in_form(moment, zone, "%-d %B %Y")
}

fn in_form(moment: Timestamp, zone: &TimeZone, form: &str) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment.as_millis()).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(zone.clone()).strftime(form).to_string()
}

/// A duration by its two largest units: "7 days", "1 hour and 30 minutes".
pub(super) fn span(span: Span) -> String {
    let mut rest = span.as_millis();
    let mut parts = Vec::new();
    for (millis, unit) in UNITS {
        let count = rest / millis;
        rest %= millis;
        if count > 0 {
            parts.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    parts.truncate(2);
    if parts.is_empty() { "a moment".to_owned() } else { parts.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_the_clock_of_the_service() {
        let zone = TimeZone::get("Europe/London").unwrap();
        for (utc, said) in [
            ("2026-11-17T09:00:00Z", "Tuesday 17 November at 09:00"),
            ("2026-07-01T08:05:00Z", "Wednesday 1 July at 09:05"),
        ] {
            let millis = utc.parse::<jiff::Timestamp>().unwrap().as_millisecond();
            assert_eq!(moment(Timestamp::from_millis(millis), &zone), said);
        }
        let at = |utc: &str| Timestamp::from_millis(utc.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        for (from, to, said) in [
            ("2026-11-17T09:00:00Z", "2026-11-17T12:30:00Z", "Tuesday 17 November, 09:00 to 12:30"),
            ("2026-07-01T21:00:00Z", "2026-07-01T23:00:00Z", "Wednesday 1 July, 22:00 to Thursday 2 July 00:00"),
        ] {
            assert_eq!(between(at(from), at(to), &zone), said);
        }
        let (from, to) = (at("2026-12-03T17:00:00Z"), at("2026-12-03T19:00:00Z"));
        assert_eq!(there(from, Some(to), "Europe/Berlin", &zone), "18:00 to 20:00 in Berlin");
        assert_eq!(there(from, None, "America/New_York", &zone), "12:00 in New York");
        assert_eq!(there(from, None, "Asia/Tokyo", &zone), "Friday 02:00 in Tokyo");
        // In London it is the next day already.
        let millis = "2028-06-30T23:30:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(day(Timestamp::from_millis(millis), &zone), "1 July 2028");
        for beyond in [i64::MIN, i64::MAX] {
            assert!(!moment(Timestamp::from_millis(beyond), &zone).is_empty());
            assert!(!day(Timestamp::from_millis(beyond), &zone).is_empty());
        }
    }

    #[test]
    fn durations_are_told_in_whole_words() {
        for (text, said) in [
            ("7d", "7 days"),
            ("1d", "1 day"),
            ("3s", "3 seconds"),
            ("1h 30m", "1 hour and 30 minutes"),
            ("1d 2h 3m", "1 day and 2 hours"),
            ("20ms", "a moment"),
        ] {
            assert_eq!(span(text.parse().unwrap()), said, "{text}");
        }
    }
}
