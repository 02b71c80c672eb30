//! The weeks in which two people could talk, as a requester puts them beside how long and in which way. They stay words: the
//! addressee reads them, and nothing is reckoned with them.

use crate::command::plain_words;
use crate::interview::plan::Way;
use crate::name::clean_line;

/// The words have this many characters at most, so that they fit a line of a phone or two.
pub(super) const CHARS_MAX: usize = 80;

/// Words that name a week, or days and seasons by which people do.
const NAMES: [&str; 56] = [
    "week",
    "weeks",
    "fortnight",
    "month",
    "term",
    "semester",
    "holidays",
    "vacation",
    "exams",
    "christmas",
    "easter",
    "weekday",
    "weekdays",
    "weekend",
    "weekends",
    "tomorrow",
    "monday",
    "mondays",
    "tuesday",
    "tuesdays",
    "wednesday",
    "wednesdays",
    "thursday",
    "thursdays",
    "friday",
    "fridays",
    "mon",
    "tue",
    "tues",
    "wed",
    "weds",
    "thu",
    "thurs",
    "fri",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jul",
    "aug",
    "sept",
    "oct",
    "nov",
    "dec",
    "w/c",
];

/// Words that stand before such a name and belong to it.
const BEFORE: [&str; 31] = [
    "in",
    "on",
    "the",
    "of",
    "next",
    "this",
    "any",
    "between",
    "from",
    "after",
    "before",
    "until",
    "till",
    "during",
    "commencing",
    "beginning",
    "starting",
    "end",
    "start",
    "middle",
    "early",
    "late",
    "mid",
    "first",
    "second",
    "last",
    "coming",
    "two",
    "three",
    "couple",
    "my",
];

/// Words between such a name and a way to talk that belong to the way.
const BEFORE_WAY: [&str; 9] = ["by", "via", "over", "on", "in", "a", "the", "with", "as"];

/// Tells the weeks from everything else in an answer: the words about weeks, and the others.
pub(super) fn apart(text: &str) -> (Option<String>, String) {
    let (mut weeks, mut others) = (Vec::new(), Vec::new());
    for clause in text.split([',', ';', '\n']) {
        let words: Vec<&str> = clause.split_whitespace().collect();
        let (from, to) = span(&words).unwrap_or((0, 0));
        weeks.extend(Some(words[from..to].join(" ")).filter(|words| !words.is_empty()));
        others.extend([words[..from].join(" "), words[to..].join(" ")]);
    }
    let weeks = clean_line(&weeks.join(", "));
    (Some(weeks).filter(|weeks| !weeks.is_empty()), others.join(", "))
}

/// The place in a clause at which its words about weeks begin, and that at which they end.
fn span(words: &[&str]) -> Option<(usize, usize)> {
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let name = plain.iter().position(|word| NAMES.contains(&word.as_str()))?;
    let belongs = |word: &&String| BEFORE.contains(&word.as_str()) || is_day(word);
    let from = name - plain[..name].iter().rev().take_while(belongs).count();
    let way = (name..plain.len()).find(|at| Way::of(&plain[*at]).is_some());
    let to = way.map_or(plain.len(), |way| {
        let to_way = plain[name + 1..way].iter().rev().take_while(|word| BEFORE_WAY.contains(&word.as_str())).count();
        way - to_way
    });
    Some((from, to))
}

/// A word without what stands around it.
fn bare(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if word == "w/c" { word } else { plain_words(&word).join("") }
}

/// Whether this is the number of a day, or of days: "7", "7th", "2".
fn is_day(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let number = word[..end].parse::<u8>().is_ok_and(|number| (1..=31).contains(&number));
    number && ["", "st", "nd", "rd", "th"].contains(&&word[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a14_weeks_are_told_from_how_long_and_in_which_way() {
        for (text, weeks, others) in [
            ("20 minutes, by phone, the next two weeks", Some("the next two weeks"), "20 minutes by phone"),
            ("20 mins by phone next week", Some("next week"), "20 mins by phone"),
            ("next week by phone, 20 minutes", Some("next week"), "by phone 20 minutes"),
            (
                "half an hour in the week of 7 December over a coffee",
                Some("in the week of 7 December"),
                "half an hour over a coffee",
            ),
            ("30, call, w/c 12th", Some("w/c 12th"), "30 call"),
            ("15; before Christmas; here", Some("before Christmas"), "15 here"),
            ("call, 20 minutes, any Tuesday or Thursday", Some("any Tuesday or Thursday"), "call 20 minutes"),
            (
                "20 minutes, in January, or in the first week of February",
                Some("in January, in the first week of February"),
                "20 minutes or",
            ),
            ("from 4th January on", Some("from 4th January on"), ""),
            ("20 minutes, by phone", None, "20 minutes by phone"),
            ("half an hour", None, "half an hour"),
            ("over a coffee", None, "over a coffee"),
        ] {
            let (found, rest) = apart(text);
            let rest: Vec<&str> = rest.split([',', ' ']).filter(|word| !word.is_empty()).collect();
            assert_eq!((found.as_deref(), rest.join(" ").as_str()), (weeks, others), "{text}");
        }
    }
}
