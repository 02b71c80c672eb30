//! Times as their readers are told them, in English.

use jiff::tz::TimeZone;
use lodge_ground::time::Timestamp;

use crate::free::Free;
use crate::reading::instant;

/// A time by the reader's clock, and by the other's where the two clocks differ then: "Thursday 3 December, 17:00 (London)" or
/// "Thursday 3 December, 17:00 in London, 18:00 in Berlin".
///
/// The year goes without saying: nobody arranges a time that is half a year away.
pub fn time(at: Timestamp, reader: &TimeZone, other: &TimeZone) -> String {
    let (here, there) = (instant(at).to_zoned(reader.clone()), instant(at).to_zoned(other.clone()));
    let said = format!("{}, {}", here.strftime(DAY), here.strftime(CLOCK));
    if here.offset() == there.offset() {
        return format!("{said} ({})", place(reader, at));
    }
    let other_day = if here.date() == there.date() { String::new() } else { format!("{}, ", there.strftime(DAY)) };
    format!("{said} in {}, {other_day}{} in {}", place(reader, at), there.strftime(CLOCK), place(other, at))
}

/// Times at which somebody is free, by their own clock, a line for each: "Tuesday 1 December, 13:00 to 17:00". No more than `most`.
pub fn free(free: &Free, zone: &TimeZone, most: usize) -> Vec<String> {
    let lines = free.intervals().iter().take(most).map(|interval| {
        let [from, to] = [interval.from, interval.to].map(|end| instant(end).to_zoned(zone.clone()));
        let other_day = if from.date() == to.date() { String::new() } else { format!("{} ", to.strftime(DAY)) };
        format!("{}, {} to {other_day}{}", from.strftime(DAY), from.strftime(CLOCK), to.strftime(CLOCK))
    });
    lines.collect()
}

const DAY: &str = "%A %-d %B";
const CLOCK: &str = "%H:%M";

/// The place that a zone is named after, or its distance from UTC if it has no name.
fn place(zone: &TimeZone, at: Timestamp) -> String {
    let named = zone.iana_name().and_then(|name| name.rsplit('/').next());
    named.map_or_else(
        || format!("UTC{}", instant(at).to_zoned(zone.clone()).strftime("%:z")),
        |name| name.replace('_', " "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_times_are_told_by_their_own_clock() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let moment = |text: &str| Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let words = "Tues arvo, or Thursday 10-11";
        let times = crate::reading::read(words, moment("2026-11-30T10:00:00Z"), &zone).unwrap();
        let told = ["Tuesday 1 December, 13:00 to 17:00", "Thursday 3 December, 10:00 to 11:00"];
        assert_eq!(free(&times, &zone, 9), told);
        assert_eq!(free(&times, &zone, 1), told[..1]);
    }

    #[test]
    fn a_time_is_told_by_the_readers_clock_and_by_the_others_where_they_differ() {
        for (at, reader, other, told) in [
            ("2026-12-03T17:00:00Z", "Europe/London", "Europe/London", "Thursday 3 December, 17:00 (London)"),
            ("2026-12-03T17:00:00Z", "Europe/London", "Europe/Lisbon", "Thursday 3 December, 17:00 (London)"),
            (
                "2026-12-03T17:00:00Z",
                "Europe/London",
                "Europe/Berlin",
                "Thursday 3 December, 17:00 in London, 18:00 in Berlin",
            ),
            (
                "2026-12-03T20:00:00Z",
                "America/New_York",
                "Pacific/Auckland",
                "Thursday 3 December, 15:00 in New York, Friday 4 December, 09:00 in Auckland",
            ),
            // The clocks of New York have changed, and those of London have not.
            (
                "2027-03-15T12:00:00Z",
                "Europe/London",
                "America/New_York",
                "Monday 15 March, 12:00 in London, 08:00 in New York",
            ),
            ("2026-12-03T17:00:00Z", "UTC", "UTC", "Thursday 3 December, 17:00 (UTC)"),
        ] {
            let [reader, other] = [reader, other].map(|name| TimeZone::get(name).unwrap());
            let at = Timestamp::from_millis(at.parse::<jiff::Timestamp>().unwrap().as_millisecond());
            assert_eq!(time(at, &reader, &other), told);
        }
        let nameless = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(time(Timestamp::from_millis(0), &nameless, &nameless), "Thursday 1 January, 01:00 (UTC+01:00)");
    }
}
