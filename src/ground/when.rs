//! Dates as busy people type them: "until 2 May", "next week", "in a fortnight", "90m".
//!
//! Words that are not understood for certain are not guessed at: the porter then asks again and shows how a day can be
//! written, which costs a line, where a wrong day would cost somebody their peace.

use jiff::civil::{Date, Weekday};

use crate::time::{OfficeHour, Span, Timestamp};

/// The moment that these words mean: the office hour of the day meant, always later than `now`.
///
/// A day is named by its date (numbers are read day first, as in Britain, unless the year leads), by its weekday, or
/// from today: "tomorrow", "3 days", "next week". A weekday, a month and "next" anything is never today. A date without
/// a year is the next such date. A short duration as in the configuration, such as `3s` or `1h 30m`, is that long from
/// `now`, to the millisecond. Nothing, when the words are not understood, or the office hour of the day has passed.
pub fn moment(words: &str, now: Timestamp, office: &OfficeHour) -> Option<Timestamp> {
    let words = significant(words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let moment = match words.join(" ").parse::<Span>() {
        Ok(span) => now.after(span),
        Err(_) => {
            let now = jiff::Timestamp::from_millisecond(now.as_millis()).ok()?;
            let today = now.to_zoned(office.zone.clone()).date();
            office_hour(day_meant(&words, today)?, office)?
        }
    };
    (moment > now).then_some(moment)
}

/// The words in lower case, without punctuation and without those that change nothing.
fn significant(words: &str) -> Vec<String> {
    let words = words.to_lowercase().replace('’', "'");
    words
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '.' | '\''))
        .map(|word| word.trim_matches(['.', '\'']))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| !matches!(*word, "" | "-"))
        .filter(|word| !FILLERS.contains(word))
        .map(str::to_owned)
        .collect()
}

const FILLERS: [&str; 17] = [
    "until",
    "till",
    "til",
    "on",
    "the",
    "from",
    "of",
    "in",
    "about",
    "for",
    "please",
    "thanks",
    "this",
    "morning",
    "afternoon",
    "evening",
    "lunchtime",
];

/// The office hour on that day. Where the clocks go forward over that hour, the first moment after the gap.
fn office_hour(day: Date, office: &OfficeHour) -> Option<Timestamp> {
    let hour = day.to_datetime(office.at).to_zoned(office.zone.clone()).ok()?;
    Some(Timestamp::from_millis(hour.timestamp().as_millisecond()))
}

fn day_meant(words: &[&str], today: Date) -> Option<Date> {
    match words {
        // The end of a day is that day; where a term, a month or a week ends is for the person to say.
        ["end", rest @ ..] => one_day(without_next(rest), today),
        _ => one_day(without_next(words), today)
            .or_else(|| beginning(words, today))
            .or_else(|| some_time_ahead(without_next(words), today)),
    }
}

/// "next monday" is monday, "next 2 May" is 2 May.
fn without_next<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["next", rest @ ..] => rest,
        _ => words,
    }
}

/// "tomorrow", "monday", "2 May", "monday 4 may".
fn one_day(words: &[&str], today: Date) -> Option<Date> {
    match words {
        ["tomorrow"] => today.tomorrow().ok(),
        ["day", "after", "tomorrow"] => today.tomorrow().ok()?.tomorrow().ok(),
        [day] if weekday(day).is_some() => today.nth_weekday(1, weekday(day)?).ok(),
        // On a Monday, "a week on Monday" could be either.
        ["a", "week", day] | [day, "week"] if weekday(day).is_some_and(|day| day != today.weekday()) => {
            today.nth_weekday(2, weekday(day)?).ok()
        }
        [day, date @ ..] if weekday(day).is_some() => {
            dated(date, today).filter(|found| Some(found.weekday()) == weekday(day))
        }
        _ => dated(words, today),
    }
}

/// A date in numbers, or with the name of its month.
fn dated(words: &[&str], today: Date) -> Option<Date> {
    match words {
        [numbers] => in_numbers(numbers, today),
        [day, name] | [name, day] if month(name).is_some() => next_such(month_day(day)?, month(name)?, today),
        [day, name, year] | [name, day, year] if month(name).is_some() => {
            Date::new(full_year(year)?, month(name)?, month_day(day)?).ok()
        }
        _ => None,
    }
}

/// `2026-05-02`, `2/5`, `2/5/2027`, `02.05.2027`, `2/5/27`.
fn in_numbers(word: &str, today: Date) -> Option<Date> {
    let separator = word.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = word.split(separator).collect();
    match (separator, parts.as_slice()) {
        (_, [year, month, day]) if year.len() == 4 => {
            Date::new(full_year(year)?, small_number(month)?, small_number(day)?).ok()
        }
        (_, [day, month, year]) if year.len() == 4 => {
            Date::new(full_year(year)?, small_number(month)?, small_number(day)?).ok()
        }
        // With dashes it could be a year of two digits that leads.
        ('/' | '.', [day, month, year]) => {
            Date::new(2000 + i16::from(small_number(year)?), small_number(month)?, small_number(day)?).ok()
        }
        ('/', [day, month]) => next_such(small_number(day)?, small_number(month)?, today),
        _ => None,
    }
}

/// The first such day that is not before `earliest`.
fn next_such(day: i8, month: i8, earliest: Date) -> Option<Date> {
    // Between two leap years there can be eight years, as about 2100.
    (0..=8).find_map(|years| Date::new(earliest.year() + years, month, day).ok().filter(|date| *date >= earliest))
}

/// "next week", "next month", "the new year", "january", "may 2027": the first day of it.
fn beginning(words: &[&str], today: Date) -> Option<Date> {
    let tomorrow = today.tomorrow().ok()?;
    match words {
        ["next", "week"] => today.nth_weekday(1, Weekday::Monday).ok(),
        ["next", "month"] => today.last_of_month().tomorrow().ok(),
        ["next" | "new", "year"] => next_such(1, 1, tomorrow),
        [name] | ["next", name] => next_such(1, month(name)?, tomorrow),
        [name, year] => Date::new(full_year(year)?, month(name)?, 1).ok(),
        _ => None,
    }
}

/// "3 days", "two weeks", "a fortnight", "a month from now", "two weeks' time".
fn some_time_ahead(words: &[&str], today: Date) -> Option<Date> {
    let words = match words {
        [rest @ .., "time" | "now"] => rest,
        _ => words,
    };
    let (number, unit) = match words {
        ["fortnight"] => (1, "fortnight"),
        [number, unit] => (count(number)?, *unit),
        _ => return None,
    };
    let ahead = jiff::Span::new();
    let ahead = match unit {
        "day" | "days" => ahead.try_days(number),
        "week" | "weeks" => ahead.try_weeks(number),
        "fortnight" | "fortnights" => ahead.try_weeks(2 * number),
        "month" | "months" => ahead.try_months(number),
        "year" | "years" => ahead.try_years(number),
        _ => return None,
    };
    today.checked_add(ahead.ok()?).ok()
}

/// A number from one to 9999, in digits or, up to twelve, as a word.
fn count(word: &str) -> Option<i64> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let in_words = (1..).zip(WORDS).find(|(_, name)| *name == word).map(|(number, _)| number);
    in_words.or_else(|| digits(word, 4)?.parse().ok()).filter(|number| *number > 0)
}

/// Reads a day of the month, such as `2`, `02` or `2nd`.
fn month_day(word: &str) -> Option<i8> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    small_number(number)
}

fn small_number(word: &str) -> Option<i8> {
    digits(word, 2)?.parse().ok()
}

fn full_year(word: &str) -> Option<i16> {
    digits(word, 4)?.parse().ok().filter(|year| *year >= 1000)
}

/// The word itself, if it is nothing but digits and not more than `most`.
fn digits(word: &str, most: usize) -> Option<&str> {
    (word.len() <= most && word.bytes().all(|b| b.is_ascii_digit())).then_some(word)
}

/// The weekday of this name.
fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "monday" | "mon" => Some(Weekday::Monday),
        "tuesday" | "tue" | "tues" => Some(Weekday::Tuesday),
        "wednesday" | "wed" | "weds" => Some(Weekday::Wednesday),
        "thursday" | "thu" | "thur" | "thurs" => Some(Weekday::Thursday),
        "friday" | "fri" => Some(Weekday::Friday),
        "saturday" | "sat" => Some(Weekday::Saturday),
        "sunday" | "sun" => Some(Weekday::Sunday),
        _ => None,
    }
}

/// The months of a year, in lower case.
#[rustfmt::skip]
pub const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
];

/// The number of the month of this name, from 1: written out, or its first three letters.
fn month(word: &str) -> Option<i8> {
    let is_meant = |name: &str| word == name || word == &name[..3] || (word == "sept" && name == "september");
    (1..).zip(MONTHS).find(|(_, name)| is_meant(name)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Time;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn at_nine(zone: &str) -> OfficeHour {
        OfficeHour { zone: TimeZone::get(zone).unwrap(), at: Time::constant(9, 0, 0, 0) }
    }

    fn utc(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    /// Monday 2 November 2026, ten in the morning in London: an hour after the office hour.
    const NOW: &str = "2026-11-02T10:00:00Z";

    /// The day that is meant, in London.
    fn day(words: &str, now: &str) -> Option<String> {
        let office = at_nine("Europe/London");
        let moment = jiff::Timestamp::from_millisecond(moment(words, utc(now), &office)?.as_millis()).unwrap();
        let zoned = moment.to_zoned(office.zone);
        assert_eq!(zoned.time(), office.at, "{words:?} is not at the office hour");
        Some(zoned.date().to_string())
    }

    #[test]
    fn a_day_is_understood_as_people_type_it() {
        for (words, expected) in [
            ("2027-05-02", "2027-05-02"),
            ("2 May", "2027-05-02"),
            ("May 2nd", "2027-05-02"),
            ("may 2, 2028", "2028-05-02"),
            ("2nd of May 2028", "2028-05-02"),
            ("Sun 2 May", "2027-05-02"),
            ("2/5", "2027-05-02"),
            ("2/5/2028", "2028-05-02"),
            ("02/05/28", "2028-05-02"),
            ("02.05.2028", "2028-05-02"),
            ("2-5-2028", "2028-05-02"),
            ("3 november", "2026-11-03"),
            ("1 Nov", "2027-11-01"),
            ("29 feb", "2028-02-29"),
            ("29 February 2028", "2028-02-29"),
            ("tomorrow", "2026-11-03"),
            ("the day after tomorrow", "2026-11-04"),
            ("tuesday", "2026-11-03"),
            ("mon", "2026-11-09"),
            ("next Monday", "2026-11-09"),
            ("a week on Tuesday", "2026-11-10"),
            ("Friday week", "2026-11-13"),
            ("tomorrow morning", "2026-11-03"),
            ("on Friday evening", "2026-11-06"),
            ("this Friday", "2026-11-06"),
            ("next week", "2026-11-09"),
            ("next month", "2026-12-01"),
            ("next year", "2027-01-01"),
            ("in 3 days", "2026-11-05"),
            ("3 days", "2026-11-05"),
            ("two weeks", "2026-11-16"),
            ("in two weeks\u{2019} time", "2026-11-16"),
            ("a week from now", "2026-11-09"),
            ("a fortnight", "2026-11-16"),
            ("in a month", "2026-12-02"),
            ("january", "2027-01-01"),
            ("november", "2027-11-01"),
            ("May 2028", "2028-05-01"),
            ("the new year", "2027-01-01"),
        ] {
            assert_eq!(day(words, NOW).as_deref(), Some(expected), "{words:?}");
        }
    }

    #[test]
    fn small_words_and_punctuation_change_nothing() {
        for (words, plain) in [
            ("Until the 2nd of May, please!", "2 may"),
            ("till 2 May.", "2 may"),
            ("  ON\tTHE 2ND\nMAY ", "2 may"),
            ("until next friday", "fri"),
            ("from the end of Friday", "fri"),
            ("until the end of 2 May", "2 may"),
            ("for about 3 days", "3 days"),
            ("until 2/5/2028.", "2/5/2028"),
            ("\u{201C}tomorrow\u{201D} \u{2013} thanks", "tomorrow"),
        ] {
            assert!(day(plain, NOW).is_some());
            assert_eq!(day(words, NOW), day(plain, NOW), "{words:?}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_understood() {
        let words = "|no|later|soon|christmas|end of january|end of term|the end of next week|end of the month|the week\
            |the 2nd|2|3|2.5|2-5|26-05-02|1.5 days|1,5 days|-3 days|0 days|zero days|a few weeks|99999999999 days\
            |9999 years|a week on monday|mon 2 may|monday tuesday|may or june|not before 2 may|31 february|30/2\
            |29 february 2027|5/13|13/13/2027|2027-02-29|2/5-2027|2a5a2027|0s|3 s|10:30|\u{0663} days|next next monday";
        for words in words.split('|') {
            assert_eq!(day(words, NOW), None, "{words:?}");
        }
    }

    #[test]
    fn a_day_that_has_passed_is_not_taken_for_another() {
        let before_nine = "2026-11-02T08:00:00Z";
        for words in ["2026-11-02", "2 november", "2/11"] {
            assert_eq!(day(words, before_nine).as_deref(), Some("2026-11-02"), "{words:?}");
            assert_eq!(day(words, NOW), None, "{words:?}");
        }
        for words in ["2026-11-01", "1 november 2026", "1/11/26", "may 2026", "02.05.2002"] {
            assert_eq!(day(words, NOW), None, "{words:?}");
        }
    }

    #[test]
    fn a_weekday_and_a_month_are_never_today() {
        // Friday 1 January 2027, before the office hour.
        let now = "2027-01-01T08:00:00Z";
        for (words, expected) in [
            ("friday", "2027-01-08"),
            ("january", "2028-01-01"),
            ("new year", "2028-01-01"),
            ("1 january", "2027-01-01"),
        ] {
            assert_eq!(day(words, now).as_deref(), Some(expected), "{words:?}");
        }
    }

    #[test]
    fn months_and_leap_years_have_their_own_lengths() {
        for (words, now, expected) in [
            ("in a month", "2027-01-31T10:00:00Z", "2027-02-28"),
            ("in a month", "2028-01-31T10:00:00Z", "2028-02-29"),
            ("a year", "2028-02-29T10:00:00Z", "2029-02-28"),
            ("next month", "2026-12-31T10:00:00Z", "2027-01-01"),
            ("29 feb", "2096-03-01T10:00:00Z", "2104-02-29"),
            // Half past midnight in London, where it is summer; in UTC it is still the day before.
            ("tomorrow", "2027-05-02T23:30:00Z", "2027-05-04"),
        ] {
            assert_eq!(day(words, now).as_deref(), Some(expected), "{words:?} at {now}");
        }
    }

    #[test]
    fn the_office_hour_follows_the_clocks() {
        for (zone, words, now, expected) in [
            ("Europe/London", "28 march 2027", NOW, "2027-03-28T08:00:00Z"),
            ("Europe/London", "27 march 2027", NOW, "2027-03-27T09:00:00Z"),
            ("Europe/London", "2 days", "2027-03-27T10:00:00Z", "2027-03-29T08:00:00Z"),
            ("America/New_York", "tomorrow", "2026-11-02T03:00:00Z", "2026-11-02T14:00:00Z"),
            ("Pacific/Auckland", "tomorrow", "2026-11-02T12:00:00Z", "2026-11-03T20:00:00Z"),
        ] {
            assert_eq!(moment(words, utc(now), &at_nine(zone)), Some(utc(expected)), "{words:?} in {zone}");
        }
        // At half past one in the morning the clocks go from one to two.
        let office = OfficeHour { at: Time::constant(1, 30, 0, 0), ..at_nine("Europe/London") };
        assert_eq!(moment("28/3/2027", utc(NOW), &office), Some(utc("2027-03-28T01:30:00Z")));
    }

    #[test]
    fn a_short_duration_counts_from_now() {
        let (now, office) = (utc(NOW), at_nine("Europe/London"));
        for words in ["3s", "2h", "1d", "90m", "250ms", "1h 30m", "2w"] {
            let expected = Some(now.after(words.parse().unwrap()));
            assert_eq!(moment(words, now, &office), expected, "{words:?}");
            let polite = format!("for about {}, please", words.to_uppercase());
            assert_eq!(moment(&polite, now, &office), expected, "{polite:?}");
        }
    }

    /// Anything at all, and texts that come close to being understood.
    fn anything() -> impl Strategy<Value = String> {
        const PIECES: &str = "until end of next in a the week weeks fortnight month months year day days after \
            tomorrow monday mon sunday sun may february feb december new 0 1 2 29 29th 31 99 1000 2027 9999 \
            29/2 2/5 30/2/2027 0000-00-00 9999-12-31 2026-11-02 02.05.2027 3s 0s 36525d 1h . - \
            / ' 's time now twelve an";
        let pieces: Vec<&str> = PIECES.split_whitespace().collect();
        let close = prop::collection::vec(prop::sample::select(pieces), 0..6);
        prop_oneof![any::<String>(), close.prop_map(|words| words.join(" "))]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_typed_the_moment_is_later_than_now(
            words in anything(),
            now in prop_oneof![any::<i64>(), -300_000_000_000_000_i64..300_000_000_000_000],
            hour in 0..24_i8,
            zone in prop::sample::select(vec!["Europe/London", "America/New_York", "Pacific/Apia", "UTC"]),
        ) {
            let now = Timestamp::from_millis(now);
            let office = OfficeHour { at: Time::constant(hour, 0, 0, 0), ..at_nine(zone) };
            if let Some(moment) = moment(&words, now, &office) {
                prop_assert!(moment > now);
            }
        }

        #[test]
        fn a_day_in_iso_form_comes_back_as_that_day(ahead in 1..40_000_i64, hour in 0..24_i8) {
            let now = utc(NOW);
            let date = Date::constant(2026, 11, 2).checked_add(jiff::Span::new().days(ahead)).unwrap();
            let office = OfficeHour { at: Time::constant(hour, 0, 0, 0), ..at_nine("Europe/London") };
            let moment = moment(&format!("until {date}"), now, &office).unwrap();
            let back = jiff::Timestamp::from_millisecond(moment.as_millis()).unwrap().to_zoned(office.zone);
            prop_assert_eq!(back.date(), date);
        }
    }
}
