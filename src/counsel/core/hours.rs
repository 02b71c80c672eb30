//! The hours at which a counsellor is on duty: days of the week, and a time from which and to which on each.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Days of the week, and from when to when on each of them, in the service's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Whether they are on duty on each day of the week, Monday first.
    days: [bool; 7],
    from: Time,
    to: Time,
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day's name by its first three letters.
fn short(day: usize) -> &'static str {
    &DAYS[day][..3]
}

impl Hours {
    /// Whether this moment is within them.
    pub fn contain(&self, moment: Timestamp, zone: &TimeZone) -> bool {
        let Ok(moment) = jiff::Timestamp::from_millisecond(moment.as_millis()) else { return false };
        let here = moment.to_zoned(zone.clone());
        let day = usize::from(here.weekday().to_monday_zero_offset().unsigned_abs());
        self.days[day] && (self.from..self.to).contains(&here.time())
    }

    /// The first moment not before this one that is within them; `None` where there is none within a fortnight.
    pub fn next(&self, moment: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        if self.contain(moment, zone) {
            return Some(moment);
        }
        let mut day = jiff::Timestamp::from_millisecond(moment.as_millis()).ok()?.to_zoned(zone.clone()).date();
        for _ in 0..14 {
            let begins = day.to_datetime(self.from).to_zoned(zone.clone()).ok()?;
            let begins = Timestamp::from_millis(begins.timestamp().as_millisecond());
            if begins >= moment && self.contain(begins, zone) {
                return Some(begins);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
}

impl FromStr for Hours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected days and times such as \"mon-fri 9:00-17:00\"";
        let wrong = || format!("not hours: {expected}, found \"{text}\"");
        let mut days = [false; 7];
        let mut times = None;
        for word in text.to_lowercase().replace([',', '–'], " ").split_whitespace() {
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                let (from, to) = word.split_once('-').ok_or_else(wrong)?;
                let span = (time(from).ok_or_else(wrong)?, time(to).ok_or_else(wrong)?);
                if times.replace(span).is_some() {
                    return Err(wrong());
                }
            } else {
                let (first, last) = word.split_once('-').unwrap_or((word, word));
                let (first, last) = (day(first).ok_or_else(wrong)?, day(last).ok_or_else(wrong)?);
                if first > last {
                    return Err(wrong());
                }
                days[first..=last].fill(true);
            }
        }
        let (from, to) = times.filter(|(from, to)| from < to).ok_or_else(wrong)?;
        if days == [false; 7] {
            return Err(wrong());
        }
        Ok(Self { days, from, to })
    }
}

/// The place in the week of a day's name, written out or by its first three letters.
fn day(word: &str) -> Option<usize> {
    (0..7).find(|day| [DAYS[*day], short(*day)].contains(&word))
}

/// A time of day: `9`, `9:00`, `17.30`.
fn time(word: &str) -> Option<Time> {
    let (hour, minute) = word.split_once([':', '.']).unwrap_or((word, "0"));
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = 0;
        let mut first = true;
        while at < 7 {
            let until = (at..7).find(|day| !self.days[*day]).unwrap_or(7);
            if until > at {
                let between = if first { "" } else { " " };
                let (from, to) = (short(at), short(until - 1));
                if until - at == 1 {
                    write!(f, "{between}{from}")?;
                } else {
                    write!(f, "{between}{from}-{to}")?;
                }
                first = false;
            }
            at = until + 1;
        }
        let clock = |time: Time| format!("{}:{:02}", time.hour(), time.minute());
        write!(f, " {}-{}", clock(self.from), clock(self.to))
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn hours_read_as_they_are_written() {
        for (text, shown) in [
            ("mon-fri 9-17", "mon-fri 9:00-17:00"),
            ("Tuesday, Thursday 10:30-12", "tue thu 10:30-12:00"),
            ("mon-wed fri 9.15-16.45", "mon-wed fri 9:15-16:45"),
        ] {
            let hours: Hours = text.parse().unwrap();
            assert_eq!(hours.to_string(), shown);
            assert_eq!(hours.to_string().parse(), Ok(hours));
        }
        for wrong in ["", "mon", "9-17", "fri-mon 9-17", "mon 17-9", "mon 9-25", "mon 9", "moon 9-17", "mon 9-10 11-12"]
        {
            assert!(wrong.parse::<Hours>().is_err(), "{wrong:?} was taken for hours");
        }
    }

    #[test]
    fn hours_begin_on_the_next_of_their_days_in_the_services_zone() {
        let hours: Hours = "mon-fri 9-17".parse().unwrap();
        // A Sunday in winter, a Monday at noon, a Friday evening in summer.
        for (now, next) in [
            ("2026-11-22T12:00:00Z", "2026-11-23T09:00:00Z"),
            ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"),
            ("2026-06-05T16:00:00Z", "2026-06-08T08:00:00Z"),
        ] {
            assert_eq!(hours.next(moment(now), &zone()), Some(moment(next)), "{now}");
        }
    }
}
