//! The number of requests that somebody takes, as they say it: "limit one a month", "no more than three requests a week".

use crate::command::NUMBER_WORDS;

/// At most so many requests in thirty days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Monthly {
    /// The number.
    pub most: u32,
    /// Whether they counted by another time than a month.
    pub converted: bool,
}

/// Words before the number. The first ones say by themselves that a limit is set; behind the others has to follow a time, or a word
/// for requests.
const BEFORE: [(&[&str], bool); 26] = [
    (&["limit", "me", "to"], true),
    (&["limit", "it", "to"], true),
    (&["limit", "requests", "to"], true),
    (&["limit", "my", "requests", "to"], true),
    (&["set", "my", "limit", "to"], true),
    (&["set", "the", "limit", "to"], true),
    (&["set", "a", "limit", "of"], true),
    (&["my", "limit", "is"], true),
    (&["a", "limit", "of"], true),
    (&["limit", "to"], true),
    (&["limit", "of"], true),
    (&["limit"], true),
    (&["bring", "me", "no", "more", "than"], false),
    (&["bring", "me", "at", "most"], false),
    (&["bring", "me", "only"], false),
    (&["send", "me", "no", "more", "than"], false),
    (&["send", "me", "at", "most"], false),
    (&["send", "me", "only"], false),
    (&["no", "more", "than"], false),
    (&["not", "more", "than"], false),
    (&["at", "the", "most"], false),
    (&["at", "most"], false),
    (&["maximum", "of"], false),
    (&["maximum"], false),
    (&["max"], false),
    (&["only"], false),
];

/// Words behind it that say once more that it is a limit.
const BEHIND: [&[&str]; 14] = [
    &["max"],
    &["maximum"],
    &["tops"],
    &["at", "most"],
    &["at", "the", "most"],
    &["and", "no", "more"],
    &["and", "not", "more"],
    &["no", "more"],
    &["not", "more"],
    &["only"],
    &["is", "enough"],
    &["is", "plenty"],
    &["is", "enough", "for", "me"],
    &["is", "plenty", "for", "me"],
];

/// The time by which somebody counts. Thirty days have four weeks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    /// They name none.
    Unsaid,
    /// So many of it are in a month.
    InAMonth(u32),
    /// It is so many months long.
    Months(u32),
}

/// The limit that these words set, if they set one.
pub(super) fn monthly(words: &[&str]) -> Option<Monthly> {
    let (rest, plainly) = BEFORE
        .iter()
        .find_map(|(before, plainly)| Some((words.strip_prefix(*before)?, *plainly)))
        .map_or((words, None), |(rest, plainly)| (rest, Some(plainly)));
    let (rest, ends) =
        BEHIND.iter().find_map(|behind| rest.strip_suffix(*behind)).map_or((rest, false), |rest| (rest, true));
    let (number, rest) = number(rest)?;
    let (rest, requests) = match rest {
        ["new", noun, rest @ ..] | [noun, rest @ ..] if is_request(noun) => (rest, true),
        _ => (rest, false),
    };
    let time = time(rest)?;
    let is_one = match plainly {
        Some(true) => true,
        Some(false) => requests || time != Time::Unsaid,
        None => ends && time != Time::Unsaid,
    };
    let (most, converted) = match time {
        Time::Unsaid | Time::InAMonth(1) => (number, false),
        Time::InAMonth(times) => (number.checked_mul(times)?, true),
        Time::Months(_) if number == 0 => (0, true),
        Time::Months(months) => ((number / months).max(1), true),
    };
    is_one.then_some(Monthly { most, converted })
}

fn number<'a>(words: &'a [&'a str]) -> Option<(u32, &'a [&'a str])> {
    let value = |word: &str| match word {
        "zero" | "none" => Some(0),
        "once" => Some(1),
        "twice" => Some(2),
        _ => word.parse().ok().or_else(|| {
            let place = NUMBER_WORDS.iter().position(|one| *one == word)?;
            u32::try_from(place + 1).ok()
        }),
    };
    match words {
        ["a", "single", rest @ ..] | ["just" | "only", "one", rest @ ..] => Some((1, rest)),
        ["a", "couple", "of", rest @ ..] | ["a", "couple", rest @ ..] => Some((2, rest)),
        // Of two numbers the greater is the most.
        [one, "or" | "to", other, rest @ ..] if value(one).is_some() && value(other).is_some() => {
            Some((value(one)?.max(value(other)?), rest))
        }
        [one, rest @ ..] => Some((value(one)?, rest)),
        [] => None,
    }
}

fn is_request(word: &str) -> bool {
    const REQUESTS: [&str; 14] = [
        "request",
        "requests",
        "student",
        "students",
        "person",
        "persons",
        "people",
        "introduction",
        "introductions",
        "mentee",
        "mentees",
        "interview",
        "interviews",
        "meetings",
    ];
    REQUESTS.contains(&word)
}

/// The time by which they count; `None` where the words are something else.
fn time(words: &[&str]) -> Option<Time> {
    Some(match words {
        [] => Time::Unsaid,
        ["monthly"] => Time::InAMonth(1),
        ["weekly"] => Time::InAMonth(4),
        ["fortnightly"] => Time::InAMonth(2),
        ["yearly"] => Time::Months(12),
        ["every", "two" | "2", "weeks"] | ["every", "other", "week"] => Time::InAMonth(2),
        ["every", "30" | "thirty", "days"] | ["in", "any" | "every", "30" | "thirty", "days"] => Time::InAMonth(1),
        ["a" | "per" | "each" | "every", time] | ["in", "a" | "any" | "each", time] => match *time {
            "month" => Time::InAMonth(1),
            "week" => Time::InAMonth(4),
            "fortnight" => Time::InAMonth(2),
            "day" => Time::InAMonth(30),
            "term" | "quarter" | "trimester" => Time::Months(3),
            "semester" => Time::Months(6),
            "year" => Time::Months(12),
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, PeopleCommand, read};

    #[test]
    fn a_limit_is_read_from_many_words_and_counted_by_months() {
        for (text, most, converted) in [
            ("limit 2 a month", 2, false),
            ("limit 2", 2, false),
            ("Limit: 0", 0, false),
            ("limit one a month", 1, false),
            ("limit two requests per month, please", 2, false),
            ("Limit me to three students each month", 3, false),
            ("set my limit to four", 4, false),
            ("at most one a month", 1, false),
            ("At most two new requests a month", 2, false),
            ("not more than one or two people a month", 2, false),
            ("max. 3 per month", 3, false),
            ("maximum of five requests", 5, false),
            ("one a month at most", 1, false),
            ("Two a month is plenty for me", 2, false),
            ("once a month, no more", 1, false),
            ("a couple of requests a month tops", 2, false),
            ("limit zero", 0, false),
            ("only one request every 30 days", 1, false),
            ("limit two a week", 8, true),
            ("no more than 3 requests a week", 12, true),
            ("please bring me at most one request every two weeks", 2, true),
            ("limit one a fortnight", 2, true),
            ("max two per term", 1, true),
            ("at most six a year", 1, true),
            ("limit twelve a semester", 2, true),
        ] {
            assert_eq!(read(text), PeopleCommand::Limit(Some(Monthly { most, converted })).into(), "{text}");
        }
        for text in ["limit off", "no limit"] {
            assert_eq!(read(text), PeopleCommand::Limit(None).into(), "{text}");
        }
        for text in [
            "limit",
            "one",
            "two a month",
            "only one",
            "at most one",
            "no more",
            "limit of detection lecture",
            "limit my time on calls",
            "at most one a call",
            "no more than 3 questions a week",
            "limit 4294967295 a week",
        ] {
            assert!(!matches!(read(text), Command::People(PeopleCommand::Limit(Some(_)))), "{text}");
        }
    }
}
