//! The rules of a time zone around some days, as a calendar file has them.

use icalendar::Property;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// A time from which the clocks of a zone show another offset.
struct Change {
    at: Timestamp,
    before: Offset,
    after: Offset,
    letters: String,
    is_summer_time: bool,
}

/// The changes that hold from `from` up to `to`: the last one before, and those up to the next two after.
///
/// A file for one meeting needs no others, and years of rules would be a guess at laws.
fn changes(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Change> {
    let instant = SignedDuration::from_nanos(1);
    let just_after = from.checked_add(instant).unwrap_or(from);
    let after_end = zone.following(to).take(2);
    let between = zone.following(from).take_while(|change| change.timestamp() <= to);
    let changes = zone.preceding(just_after).take(1).chain(between).chain(after_end);
    changes
        .map(|change| Change {
            at: change.timestamp(),
            before: zone.to_offset(change.timestamp().checked_sub(instant).unwrap_or(change.timestamp())),
            after: change.offset(),
            letters: change.abbreviation().to_owned(),
            is_summer_time: change.dst().is_dst(),
        })
        .collect()
}

/// The lines of a VTIMEZONE with this name, right for moments from `from` up to `to`.
///
/// They are put together here because a component of the library that is no event would get a random UID and the time of
/// the day.
pub(crate) fn lines(name: &str, zone: &TimeZone, from: Timestamp, to: Timestamp) -> String {
    let mut changes = changes(zone, from, to);
    if changes.first().is_none_or(|first| first.at > from) {
        let now = zone.to_offset_info(from);
        changes.insert(
            0,
            Change {
                at: Timestamp::UNIX_EPOCH.min(from),
                before: now.offset(),
                after: now.offset(),
                letters: now.abbreviation().to_owned(),
                is_summer_time: now.dst().is_dst(),
            },
        );
    }
    let mut lines = line("BEGIN", "VTIMEZONE") + &line("TZID", name);
    for change in changes {
        let kind = if change.is_summer_time { "DAYLIGHT" } else { "STANDARD" };
        lines += &line("BEGIN", kind);
        // A change is written by the clock before it.
        lines += &line("DTSTART", &change.before.to_datetime(change.at).strftime("%Y%m%dT%H%M%S").to_string());
        lines += &line("TZOFFSETFROM", &written(change.before));
        lines += &line("TZOFFSETTO", &written(change.after));
        lines += &line("TZNAME", &change.letters);
        lines += &line("END", kind);
    }
    lines + &line("END", "VTIMEZONE")
}

/// A line of a calendar file, escaped and folded.
pub(crate) fn line(name: &str, value: &str) -> String {
    // Nothing fails that is written into memory.
    Property::new(name, value).try_into().unwrap_or_default()
}

/// "+0100", and with seconds where a zone had them.
fn written(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}
