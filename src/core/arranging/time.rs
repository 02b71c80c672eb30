//! From somebody's words to the times that they mean, or to the question that has to be asked.

use jiff::tz::TimeZone;
use lodge_calendar::free::{Free, Interval};
use lodge_calendar::reading::{self, NotUnderstood, Reading};

use super::AHEAD_MAX;
use super::say::{Either, Unclear};
use crate::time::{Span, Timestamp};

/// A moment is read as this much time from it on. Anything longer says no hour.
pub(super) const MOMENT: Span = Span::from_millis(3_600_000);

/// The one time that these words mean.
pub(super) fn read(words: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, Unclear> {
    let found = reading::read(words, now, zone).map_err(|why| unclear(why, zone))?;
    match found.intervals() {
        [only] if only.length() > MOMENT => Err(Unclear::WhichHour(words.to_owned())),
        [only] if only.from > now.after(AHEAD_MAX) => Err(Unclear::Far(words.to_owned())),
        [only] if only.from <= now => Err(Unclear::Past(words.to_owned())),
        [only] => Ok(only.from),
        [] => Err(Unclear::Nothing),
        _ => Err(Unclear::Several(words.to_owned())),
    }
}

/// The free times that these words mean, as far ahead as a meeting can be.
pub(super) fn free(words: &str, now: Timestamp, zone: &TimeZone) -> Result<Free, Unclear> {
    let found = reading::read(words, now, zone).map_err(|why| unclear(why, zone))?;
    let ahead = found.shared(&Free::of([Interval { from: now, to: now.after(AHEAD_MAX) }]));
    if ahead.is_empty() { Err(Unclear::Far(words.to_owned())) } else { Ok(ahead) }
}

fn unclear(why: NotUnderstood, zone: &TimeZone) -> Unclear {
    match why {
        NotUnderstood::Nothing => Unclear::Nothing,
        NotUnderstood::Words(part) => Unclear::Words(part),
        NotUnderstood::Either(part, readings) => Unclear::Either(part, readings.map(|reading| either(reading, zone))),
        NotUnderstood::WhichDay(part) => Unclear::WhichDay(part),
        NotUnderstood::WhichZone(part) => Unclear::WhichZone(part),
        NotUnderstood::Past(part) => Unclear::Past(part),
        NotUnderstood::Far(part) => Unclear::Far(part),
        NotUnderstood::Vague(part) => Unclear::Vague(part),
        NotUnderstood::Night(part) => Unclear::Night(part),
        NotUnderstood::OnlyExcluded => Unclear::OnlyNot,
        NotUnderstood::NothingLeft => Unclear::NothingLeft,
        NotUnderstood::TooLong => Unclear::TooLong,
    }
}

fn either(reading: Reading, zone: &TimeZone) -> Either {
    match reading {
        Reading::Day(day) => {
            let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone());
            noon.map_or(Either::Clock(String::new()), |noon| {
                Either::Day(Timestamp::from_millis(noon.timestamp().as_millisecond()))
            })
        }
        Reading::Clock(time) => Either::Clock(time.strftime("%H:%M").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_is_read_and_everything_else_is_asked_back() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let at = |text: &str| Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        // A Monday morning.
        let now = at("2026-11-30T10:00:00Z");
        for (words, meets) in [
            ("Thursday 17:00", "2026-12-03T17:00:00Z"),
            ("on Thursday at 5", "2026-12-03T17:00:00Z"),
            ("for tomorrow, 11am", "2026-12-01T11:00:00Z"),
            // As two readings are told.
            ("Thursday 08:00", "2026-12-03T08:00:00Z"),
            ("Thursday 20:00", "2026-12-03T20:00:00Z"),
            ("3 December 2026 17:00", "2026-12-03T17:00:00Z"),
            ("Tues 4-5pm", "2026-12-01T16:00:00Z"),
            ("Friday at noon please", "2026-12-04T12:00:00Z"),
            ("Thursday 17:00 Berlin time", "2026-12-03T16:00:00Z"),
        ] {
            assert_eq!(read(words, now, &zone), Ok(at(meets)), "{words}");
        }
        let part = str::to_owned;
        for (words, why) in [
            ("", Unclear::Nothing),
            ("at the library", Unclear::Words(part("at the library"))),
            ("17:00", Unclear::WhichDay(part("17:00"))),
            ("Thursday", Unclear::WhichHour(part("Thursday"))),
            ("Thursday afternoon", Unclear::WhichHour(part("Thursday afternoon"))),
            ("Thursday 2-4pm", Unclear::WhichHour(part("Thursday 2-4pm"))),
            ("Thursday 17:00 or Friday 17:00", Unclear::Several(part("Thursday 17:00 or Friday 17:00"))),
            ("Thursdays at 5", Unclear::Several(part("Thursdays at 5"))),
            ("1 March 17:00", Unclear::Far(part("1 March 17:00"))),
            ("today 9:00", Unclear::Past(part("today 9:00"))),
            ("not Thursday 17:00", Unclear::OnlyNot),
            ("Thursday 17:00 but not Thursday", Unclear::NothingLeft),
            (
                "Thursday at 8",
                Unclear::Either(part("at 8"), [Either::Clock(part("08:00")), Either::Clock(part("20:00"))]),
            ),
        ] {
            assert_eq!(read(words, now, &zone), Err(why), "{words}");
        }
    }

    #[test]
    fn free_times_are_read_as_far_ahead_as_a_meeting_can_be() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let at = |text: &str| Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let now = at("2026-11-30T10:00:00Z");
        let times = free("Thursday after 4", now, &zone).unwrap();
        let interval = Interval { from: at("2026-12-03T16:00:00Z"), to: at("2026-12-03T21:00:00Z") };
        assert_eq!(times.intervals(), [interval]);
        assert_eq!(free("1 March after 4", now, &zone), Err(Unclear::Far("1 March after 4".to_owned())));
        assert_eq!(free("not Thursday", now, &zone), Err(Unclear::OnlyNot));
    }
}
