//! Free times as people type them: each has one right reading, or is asked back.

#![expect(clippy::unwrap_used, reason = "a fault in the corpus ends the test")]

use jiff::civil::Date;
use jiff::tz::TimeZone;
use lodge_calendar::free::{Free, Interval};
use lodge_calendar::reading::{NotUnderstood, read};
use lodge_ground::time::Timestamp;

const CORPUS: &str = include_str!("times.txt");

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_millis("2026-11-30T10:00:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// "13", "16:30".
fn minutes(text: &str) -> i8 {
    text.split_once(':').map_or(0, |(_, minutes)| minutes.parse().unwrap())
}

fn moment(date: Date, text: &str) -> Timestamp {
    let hour: i8 = text.split(':').next().unwrap().parse().unwrap();
    let zoned = date.at(hour, minutes(text), 0, 0).to_zoned(london()).unwrap();
    Timestamp::from_millis(zoned.timestamp().as_millisecond())
}

/// "1, 3-5 Dec 16-21 + 7 Jan 8-9:30".
fn written(text: &str) -> Free {
    let mut intervals = Vec::new();
    for part in text.split(" + ") {
        let mut words: Vec<&str> = part.split_whitespace().collect();
        let (from, to) = words.pop().unwrap().split_once('-').unwrap();
        let month = words.pop().unwrap();
        let (year, month) = match month {
            "Nov" => (2026, 11),
            "Dec" => (2026, 12),
            "Jan" => (2027, 1),
            "Feb" => (2027, 2),
            "Mar" => (2027, 3),
            "Apr" => (2027, 4),
            "May" => (2027, 5),
            other => panic!("no month: {other}"),
        };
        for days in words.concat().split(',') {
            let (first, last): (i8, i8) = match days.split_once('-') {
                Some((first, last)) => (first.parse().unwrap(), last.parse().unwrap()),
                None => (days.parse().unwrap(), days.parse().unwrap()),
            };
            for day in first..=last {
                let date = Date::new(year, month, day).unwrap();
                intervals.push(Interval { from: moment(date, from), to: moment(date, to) });
            }
        }
    }
    Free::of(intervals)
}

fn reason(asked: &NotUnderstood) -> String {
    let (code, part) = match asked {
        NotUnderstood::Nothing => ("nothing", None),
        NotUnderstood::Words(part) => ("words", Some(part)),
        NotUnderstood::Either(part, _) => ("either", Some(part)),
        NotUnderstood::WhichDay(part) => ("day", Some(part)),
        NotUnderstood::WhichZone(part) => ("zone", Some(part)),
        NotUnderstood::Past(part) => ("past", Some(part)),
        NotUnderstood::Far(part) => ("far", Some(part)),
        NotUnderstood::Vague(part) => ("vague", Some(part)),
        NotUnderstood::Night(part) => ("night", Some(part)),
        NotUnderstood::OnlyExcluded => ("excluded", None),
        NotUnderstood::NothingLeft => ("none", None),
        NotUnderstood::TooLong => ("long", None),
    };
    part.map_or_else(|| code.to_owned(), |part| format!("{code}: {part}"))
}

fn shown(free: &Free) -> String {
    let local = |moment: Timestamp| {
        jiff::Timestamp::from_millisecond(moment.as_millis())
            .unwrap()
            .to_zoned(london())
            .strftime("%-d %b %H:%M")
            .to_string()
    };
    let intervals = free.intervals().iter().map(|interval| format!("{}-{}", local(interval.from), local(interval.to)));
    intervals.collect::<Vec<_>>().join(", ")
}

#[test]
fn free_times_are_read_as_they_are_meant_or_asked_back() {
    let lines = CORPUS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut count, mut wrong) = (0, Vec::new());
    for line in lines {
        count += 1;
        let (words, expected) = line.split_once(" => ").unwrap();
        let words = words.replace("\\n", "\n");
        let problem = match (read(&words, now(), &london()), expected.strip_prefix("? ")) {
            (Ok(free), None) if free == written(expected) => continue,
            (Err(asked), Some(expected)) if reason(&asked) == expected => continue,
            (Ok(free), None) => format!("READ {}", shown(&free)),
            (Ok(free), Some(_)) => format!("GUESSED {}", shown(&free)),
            (Err(asked), _) => format!("ASKED {}", reason(&asked)),
        };
        wrong.push(format!("{words:?}: expected {expected}\n        {problem}"));
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
