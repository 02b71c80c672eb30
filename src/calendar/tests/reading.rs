//! Rules that hold for whatever people type about their free times.

#![expect(clippy::unwrap_used, reason = "a zone that is missing ends the test")]

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp as Instant, Zoned};
use lodge_calendar::free::Free;
use lodge_calendar::reading::{LONGEST, NotUnderstood, read, zone_named};
use lodge_ground::time::Timestamp;
use proptest::prelude::*;

/// The phrasings of the corpus, both those that are read and those that are asked back.
fn phrases() -> Vec<String> {
    let lines = include_str!("times.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| Some(line.split_once(" => ")?.0.replace("\\n", "\n"))).collect()
}

fn moment(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<Instant>().unwrap().as_millisecond())
}

/// Hours of both halves of a day, at the edges of months and years, and where clocks change.
const NOWS: [&str; 7] = [
    "2026-11-30T10:00:00Z",
    "2026-12-31T23:59:59Z",
    "2027-03-27T09:00:00Z",
    "2027-03-28T00:59:00Z",
    "2026-10-24T20:00:00Z",
    "2028-02-28T12:00:00Z",
    "2026-12-06T07:00:00Z",
];

const ZONES: [&str; 5] = ["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "UTC"];

fn read_at(words: &str, now: &str, zone: &str) -> Result<Free, NotUnderstood> {
    read(words, moment(now), &TimeZone::get(zone).unwrap())
}

/// The quarters of hours that are free, by the clock of the zone.
fn quarters(free: &Free, zone: &str) -> Vec<Zoned> {
    let zone = TimeZone::get(zone).unwrap();
    let of = |from: i64, to: i64| (from..to).step_by(15 * 60_000).map(|at| Instant::from_millisecond(at).unwrap());
    let all = free.intervals().iter().flat_map(|one| of(one.from.as_millis(), one.to.as_millis()));
    all.map(|at| at.to_zoned(zone.clone())).collect()
}

/// Words for what is not free, and whether a time is among it.
type Exception = (&'static str, fn(&Zoned) -> bool);

const EXCEPTIONS: [Exception; 6] = [
    ("Fri", |at| at.weekday() == Weekday::Friday),
    ("Tuesday or Wednesday", |at| matches!(at.weekday(), Weekday::Tuesday | Weekday::Wednesday)),
    ("mornings", |at| at.hour() < 12),
    ("before 11", |at| at.hour() < 11),
    ("evenings", |at| at.hour() >= 17),
    ("weekends", |at| matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday)),
];

/// Ways of taking times away, before other words or after them.
const BEFORE: [&str; 5] = ["not {}, ", "can't do {} but ", "Unavailable {}. ", "busy {}\n", "no {}; "];
const AFTER: [&str; 12] = [
    " bar {}",
    " except {}",
    " but not {}",
    ", not {}",
    "\nNot {}",
    ". Can't do {}",
    ", {} no good",
    " apart from {}",
    " ({} isn't possible)",
    " as I've got lectures {}",
    ". I've got lectures {}",
    ", my shift is {}",
];

/// Whether everything in it is as late as it must be, and neither at night nor far away.
fn is_within_reach(free: &Free, now: &str, zone: &str) -> bool {
    let end = now.parse::<Instant>().unwrap() + Span::new().hours(24 * 215);
    let times = quarters(free, zone);
    let (first, last) = (free.intervals().first().unwrap().from, free.intervals().last().unwrap().to);
    times.iter().all(|at| (8..21).contains(&at.hour()))
        && first >= moment(now)
        && last.as_millis() < end.as_millisecond()
}

/// Words that stand in phrases, in any order.
fn jumbled() -> impl Strategy<Value = String> {
    let words: Vec<String> =
        phrases().iter().flat_map(|phrase| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    prop::collection::vec(prop::sample::select(words), 0..8).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_nothing_is_read_into_the_past_the_night_or_far_away(
        words in prop_oneof![any::<String>(), jumbled(), prop::sample::select(phrases())],
        now in prop::sample::select(NOWS.to_vec()),
        zone in prop::sample::select(ZONES.to_vec()),
    ) {
        // Times in another zone are within the day there.
        let is_zone = |word: &str| {
            let word = word.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
            zone_named(&word).is_some() || ["time", "ist", "cst"].contains(&word.as_str())
        };
        let elsewhere = words.split([' ', '\n']).any(is_zone);
        if let (Ok(free), false) = (read_at(&words, now, zone), elsewhere) {
            prop_assert!(is_within_reach(&free, now, zone), "{free:?}");
        }
    }

    #[test]
    fn what_is_taken_away_is_never_dropped(
        words in prop_oneof![jumbled(), prop::sample::select(phrases())],
        (exception, is_taken) in prop::sample::select(EXCEPTIONS.to_vec()),
        way in prop_oneof![
            prop::sample::select(BEFORE.to_vec()).prop_map(|way| format!("{way}<>")),
            prop::sample::select(AFTER.to_vec()).prop_map(|way| format!("<>{way}")),
        ],
        now in prop::sample::select(NOWS.to_vec()),
    ) {
        let typed = way.replace("{}", exception).replace("<>", &words);
        if let Ok(free) = read_at(&typed, now, "Europe/London") {
            let wrong = quarters(&free, "Europe/London").into_iter().find(is_taken);
            prop_assert!(wrong.is_none(), "{typed:?} holds {wrong:?}");
        }
    }

    #[test]
    fn a_word_that_is_not_known_is_always_asked_about(
        words in prop::sample::select(phrases()),
        place in any::<prop::sample::Index>(),
        strange in prop::sample::select(vec!["quux", "dentist", "\u{1F6AB}", "\u{274C}", "n\u{f6}", "%", "unlss"]),
    ) {
        let mut parts: Vec<&str> = words.split(' ').collect();
        parts.insert(place.index(parts.len() + 1), strange);
        let asked = read_at(&parts.join(" "), NOWS[0], "Europe/London");
        prop_assert!(asked.is_err(), "{parts:?} was read as {asked:?}");
    }
}

#[test]
fn the_same_words_mean_other_times_on_another_day() {
    let (saturday, sunday_evening) = ("2026-12-05T09:00:00Z", "2026-12-06T20:30:00Z");
    let (last_of_the_year, before_summer) = ("2026-12-31T10:00:00Z", "2027-03-27T10:00:00Z");
    for (now, words, expected) in [
        (saturday, "this weekend", "2026-12-05T09:00:00Z/2026-12-06T21:00:00Z"),
        (saturday, "Saturday", "2026-12-12T08:00:00Z/2026-12-12T21:00:00Z"),
        (saturday, "next week", "2026-12-07T08:00:00Z/2026-12-11T21:00:00Z"),
        (sunday_evening, "tonight", "2026-12-06T20:30:00Z/2026-12-06T21:00:00Z"),
        (sunday_evening, "next week", "2026-12-07T08:00:00Z/2026-12-11T21:00:00Z"),
        (last_of_the_year, "the 1st", "2027-01-01T08:00:00Z/2027-01-01T21:00:00Z"),
        (last_of_the_year, "2 Jan at 3", "2027-01-02T15:00:00Z/2027-01-02T16:00:00Z"),
        (last_of_the_year, "31/12 at 3", "2026-12-31T15:00:00Z/2026-12-31T16:00:00Z"),
        // The clocks go forward in the night.
        (before_summer, "today 11-1", "2027-03-27T11:00:00Z/2027-03-27T13:00:00Z"),
        (before_summer, "tomorrow 11-1", "2027-03-28T10:00:00Z/2027-03-28T12:00:00Z"),
        (before_summer, "Monday 4pm GMT", "WhichZone(\"GMT\")"),
        (saturday, "the weekend", "Either(\"weekend\", [Day(2026-12-05), Day(2026-12-12)])"),
        (saturday, "this morning 8-9", "Past(\"this morning 8-9\")"),
        (sunday_evening, "today until 7", "Past(\"today until 7\")"),
        (sunday_evening, "this week", "Words(\"this week\")"),
    ] {
        let found = match read_at(words, now, "Europe/London") {
            Ok(free) => {
                let (first, last) = (free.intervals()[0].from, free.intervals().last().unwrap().to);
                [first, last].map(|at| Instant::from_millisecond(at.as_millis()).unwrap().to_string()).join("/")
            }
            Err(asked) => format!("{asked:?}"),
        };
        assert_eq!(found, expected, "{words:?} at {now}");
    }
}

#[test]
fn words_have_a_longest_length() {
    let long = "Thursday ".repeat(LONGEST / 9);
    assert!(read_at(&long, NOWS[0], "Europe/London").is_ok());
    assert_eq!(read_at(&long.repeat(2), NOWS[0], "Europe/London"), Err(NotUnderstood::TooLong));
}
