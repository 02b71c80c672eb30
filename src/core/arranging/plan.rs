//! The moments that follow from the time of a meeting: reminders, and the question how it went.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lodge_calendar::{DAY_BEGINS, DAY_ENDS};
use lodge_ground::time::OfficeHour;

use super::say::Reminders;
use crate::time::{Span, Timestamp};

const HOUR: Span = Span::from_millis(3_600_000);

/// The moments at which both are reminded of a meeting at `at`: the day before, and an hour before. Neither is past, and
/// neither is at night.
pub(crate) fn reminders(at: Timestamp, now: Timestamp, office: &OfficeHour) -> [Option<Timestamp>; 2] {
    let day = local(at, office).and_then(|local| hour_on(local.date().yesterday().ok()?, office));
    [day, Some(at.before(HOUR))].map(|due| due.filter(|due| *due > now && *due < at && is_by_day(*due, office)))
}

/// The reminders, as people are told of them.
pub(crate) fn told(due: [Option<Timestamp>; 2]) -> Reminders {
    match due {
        [Some(_), Some(_)] => Reminders::Both,
        [Some(_), None] => Reminders::DayBefore,
        [None, Some(_)] => Reminders::HourBefore,
        [None, None] => Reminders::None,
    }
}

/// Whether people are written to at this time of the day, where nothing presses.
pub(crate) fn is_by_day(at: Timestamp, office: &OfficeHour) -> bool {
    local(at, office).is_some_and(|local| (DAY_BEGINS..DAY_ENDS).contains(&local.hour()))
}

/// The office hour of the day after this moment.
pub(crate) fn day_after(at: Timestamp, office: &OfficeHour) -> Timestamp {
    let hour = local(at, office).and_then(|local| hour_on(local.date().tomorrow().ok()?, office));
    hour.unwrap_or_else(|| at.after(Span::from_days(1)))
}

/// The end of the day of this moment.
pub(super) fn midnight_after(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let next = in_zone(at, zone)?.date().tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
    Some(Timestamp::from_millis(next.timestamp().as_millisecond()))
}

fn local(at: Timestamp, office: &OfficeHour) -> Option<Zoned> {
    in_zone(at, &office.zone)
}

fn in_zone(at: Timestamp, zone: &TimeZone) -> Option<Zoned> {
    Some(jiff::Timestamp::from_millisecond(at.as_millis()).ok()?.to_zoned(zone.clone()))
}

fn hour_on(day: Date, office: &OfficeHour) -> Option<Timestamp> {
    let hour = day.to_datetime(office.at).to_zoned(office.zone.clone()).ok()?;
    Some(Timestamp::from_millis(hour.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Time;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn reminders_come_the_day_before_and_an_hour_before_and_never_at_night() {
        let office = OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) };
        for (meets, now, day, hour) in [
            (
                "2026-12-03T17:00:00Z",
                "2026-11-30T10:00:00Z",
                Some("2026-12-02T09:00:00Z"),
                Some("2026-12-03T16:00:00Z"),
            ),
            // The office hour of the day before has passed; so has an hour before.
            ("2026-12-03T17:00:00Z", "2026-12-02T09:00:00Z", None, Some("2026-12-03T16:00:00Z")),
            ("2026-12-03T17:00:00Z", "2026-12-03T16:30:00Z", None, None),
            // An hour before is before eight, or at nine in the evening.
            ("2026-12-03T08:30:00Z", "2026-11-30T10:00:00Z", Some("2026-12-02T09:00:00Z"), None),
            ("2026-12-03T22:00:00Z", "2026-12-03T10:00:00Z", None, None),
            // The day before is in summer, by the clock of the service.
            (
                "2026-10-25T17:00:00Z",
                "2026-10-20T10:00:00Z",
                Some("2026-10-24T08:00:00Z"),
                Some("2026-10-25T16:00:00Z"),
            ),
        ] {
            assert_eq!(reminders(at(meets), at(now), &office), [day.map(at), hour.map(at)], "{meets} {now}");
        }
        assert_eq!(day_after(at("2026-12-03T23:30:00Z"), &office), at("2026-12-04T09:00:00Z"));
        let early = OfficeHour { at: Time::constant(7, 0, 0, 0), ..office };
        assert_eq!(reminders(at("2026-12-03T08:30:00Z"), at("2026-11-30T10:00:00Z"), &early), [None, None]);
    }
}
