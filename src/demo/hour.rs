//! The hour of a play: things that the porter does once a day come in it, at their own time and by the real clock.

use std::time::Duration;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use lodge_core::time::{Span, Timestamp};
use lodge_hub::config::Config;
use lodge_hub::run::clock;

use crate::stage::Stage;

/// The hour comes this long after the play begins: not before two people have arranged to meet on the next day, or somebody
/// has asked to be in the mentors' list, and not long after the rest is played.
const COMES_AFTER: Span = Span::from_millis(60_000);

/// The hub may take this long to do the things that are due.
const A_MOMENT: Span = Span::from_millis(1_000);

/// The clocks that a play can go by. It is day by one of them at any time; nobody is reminded of a meeting at night.
const ZONES: [&str; 3] = ["Europe/London", "America/New_York", "Australia/Sydney"];

/// The hour that comes in a play.
#[derive(Debug)]
pub struct Hour {
    begins: Zoned,
    comes: Timestamp,
}

impl Hour {
    /// Sets the hour of a service for a play that begins now. The mentors' list changes in it, and those who meet on the next
    /// day are reminded. If it is night where the service is, it goes by another clock.
    pub fn set(config: &mut Config, now: Timestamp, stage: &Stage) -> Result<Self> {
        let begins = by_day(&config.service.zone, now)?;
        let comes = now.after(COMES_AFTER);
        let zone = begins.time_zone().clone();
        if let (true, Some(name)) = (zone != config.service.zone, zone.iana_name()) {
            stage.prepares(&format!(
                "It is night where the service is, and nobody is reminded at night: its clock is that of {name}"
            ));
        }
        let time = moment(comes, &zone)?.time().with().subsec_nanosecond(0).build()?;
        (config.directory.changes_at, config.introductions.answer_at, config.service.zone) = (time, time, zone);
        Ok(Self { begins, comes })
    }

    /// Tomorrow and the second day after it, as people write them, such as "Tue or Thu".
    pub fn days(&self) -> Result<String> {
        let (tomorrow, later) = (self.begins.checked_add(1.day())?, self.begins.checked_add(3.days())?);
        Ok(format!("{} or {}", tomorrow.strftime("%a"), later.strftime("%a")))
    }

    /// Waits until it has come, and everything in it could be done.
    pub async fn come(&self) {
        let left = clock().until(self.comes.after(A_MOMENT));
        tokio::time::sleep(Duration::from_millis(left.as_millis())).await;
    }
}

/// The moment by a clock by which it is day: this one, if it is.
fn by_day(own: &TimeZone, now: Timestamp) -> Result<Zoned> {
    let others = ZONES.iter().filter_map(|name| TimeZone::get(name).ok());
    let clocks = std::iter::once(own.clone()).chain(others).map(|zone| moment(now, &zone));
    let clocks = clocks.collect::<Result<Vec<_>>>()?;
    clocks.into_iter().find(|clock| (8..20).contains(&clock.hour())).context("it is night by each clock")
}

fn moment(at: Timestamp, zone: &TimeZone) -> Result<Zoned> {
    Ok(jiff::Timestamp::from_millisecond(at.as_millis())?.to_zoned(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn it_is_day_by_one_of_the_clocks_at_each_hour_of_a_year() {
        let london = TimeZone::get("Europe/London").unwrap();
        let year =
            (0..366 * 24 * 4).map(|quarter| at("2026-01-01T00:00:00Z").after(Span::from_millis(quarter * 900_000)));
        for now in year {
            assert!(by_day(&london, now).is_ok(), "{now:?}");
        }
        for (now, zone) in [
            ("2026-11-30T12:00:00Z", "Europe/London"),
            ("2026-11-30T21:00:00Z", "America/New_York"),
            ("2026-11-30T05:00:00Z", "Australia/Sydney"),
        ] {
            assert_eq!(by_day(&london, at(now)).unwrap().time_zone().iana_name(), Some(zone), "{now}");
        }
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        assert_eq!(by_day(&tokyo, at("2026-11-30T05:00:00Z")).unwrap().time_zone(), &tokyo, "its own, by day");
    }

    #[test]
    fn the_days_are_tomorrow_and_the_second_after_it() {
        let begins = moment(at("2026-11-30T12:00:00Z"), &TimeZone::UTC).unwrap();
        assert_eq!(Hour { begins, comes: at("2026-11-30T12:01:00Z") }.days().unwrap(), "Tue or Thu");
    }
}
