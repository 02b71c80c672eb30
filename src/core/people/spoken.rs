//! Two sentences of staff with names in them, read from the text as it was typed: a verification, and an approval.
//!
//! A name can hold any word, so each part stands where the sentence has it, and nothing is looked for anywhere else.
//! Staff are asked where that leaves two readings.

use lodge_ground::link;

use crate::command::bare;
use crate::name::Address;
use crate::people::member::Role;

/// A verification: the word of staff for somebody's role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verify {
    /// The account of the person.
    pub who: Address,
    /// The role.
    pub role: Result<Role, Unread>,
    /// The organisation that they work for or speak for.
    pub organisation: Option<String>,
    /// The end of the role, in their words.
    pub until: Option<String>,
}

/// The reason for which a verification names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No role stands in it.
    NoRole,
    /// It could be read in two ways.
    TwoWays,
}

/// The words before an organisation.
const BEFORE_ORGANISATION: [&str; 5] = ["at", "for", "of", "from", "with"];

/// Units of time, of which "for two months" has one and no organisation's name is likely to end with.
const UNITS: [&str; 10] = ["day", "days", "week", "weeks", "month", "months", "term", "terms", "year", "years"];

/// Reads `verify @id as employer at City Museum until 30 June`; the parts behind the id in the other order as well.
pub(crate) fn verify(text: &str) -> Option<Verify> {
    let mut words: Vec<&str> = text.split_whitespace().skip(1).collect();
    while words.last().is_some_and(|last| ["please", "thanks", "cheers"].contains(&plain(last).as_str())) {
        words.pop();
    }
    let (id, rest) = words.split_first()?;
    let who = link::to_account(bare(id)).ok()?;
    let read = role_first(rest).or_else(|| organisation_first(rest)).unwrap_or(Err(Unread::NoRole));
    Some(match read {
        Ok((role, organisation, until)) => Verify { who, role: Ok(role), organisation, until },
        Err(unread) => Verify { who, role: Err(unread), organisation: None, until: None },
    })
}

/// A role, an organisation, and the end of the role.
type Parts = (Role, Option<String>, Option<String>);

/// `as employer at City Museum until 30 June`; nothing where no role stands first.
fn role_first(words: &[&str]) -> Option<Result<Parts, Unread>> {
    let words = if words.first().is_some_and(|word| is(word, "as")) { &words[1..] } else { words };
    let (role, rest) = role(words)?;
    let Some((first, rest)) = rest.split_first() else { return Some(Ok((role, None, None))) };
    let parts = if BEFORE_ORGANISATION.contains(&plain(first).as_str()) {
        match rest.iter().rposition(|word| is(word, "until")) {
            Some(at) => some(&rest[..at]).zip(some(&rest[at + 1..])).map(|(at, until)| (Some(at), Some(until))),
            None => some(rest).map(|organisation| (Some(organisation), None)),
        }
    } else if is(first, "until") {
        match rest.iter().position(|word| BEFORE_ORGANISATION[..2].contains(&plain(word).as_str())) {
            Some(at) => some(&rest[..at]).zip(some(&rest[at + 1..])).map(|(until, at)| (Some(at), Some(until))),
            None => some(rest).map(|until| (None, Some(until))),
        }
        // A day that has an organisation behind it may as well be one word of its name.
        .filter(|_| !rest.iter().any(|word| is(word, "until")))
    } else {
        None
    };
    let parts = parts.filter(|(organisation, _)| !organisation.as_ref().is_some_and(|name| is_time(first, name)));
    Some(parts.map(|(organisation, until)| (role, organisation, until)).ok_or(Unread::TwoWays))
}

/// `at City Museum as employer until 30 June`; nothing where no role stands behind the name.
fn organisation_first(words: &[&str]) -> Option<Result<Parts, Unread>> {
    let (first, rest) = words.split_first()?;
    if !BEFORE_ORGANISATION.contains(&plain(first).as_str()) {
        return None;
    }
    let whole = |at: usize| {
        let (role, end) = role(rest.get(at + 1..)?)?;
        let until = match end.split_first() {
            None => None,
            Some((until, end)) => Some(some(end).filter(|_| is(until, "until"))?),
        };
        Some((role, Some(some(&rest[..at])?), until))
    };
    let mut readings = (0..rest.len()).filter(|at| is(rest[*at], "as")).filter_map(whole);
    let reading = readings.next()?;
    Some(if readings.next().is_some() { Err(Unread::TwoWays) } else { Ok(reading) })
}

/// The role that stands first, and the words behind it.
fn role<'a, 'b>(words: &'a [&'b str]) -> Option<(Role, &'a [&'b str])> {
    let words = if words.first().is_some_and(|word| ["a", "an", "the", "our"].contains(&plain(word).as_str())) {
        &words[1..]
    } else {
        words
    };
    let plains: Vec<String> = words.iter().take(4).map(|word| plain(word)).collect();
    let plains: Vec<&str> = plains.iter().map(String::as_str).collect();
    let taken = match plains[..] {
        ["member", "of", "staff", ..] => return Some((Role::Staff, &words[3..])),
        ["member", "of", "the" | "our" | "its", "staff", ..] => return Some((Role::Staff, &words[4..])),
        ["employer's", "representative" | "person", ..] => return Some((Role::Employer, &words[2..])),
        [one, ..] => Role::from_word(one)?,
        [] => return None,
    };
    Some((taken, &words[1..]))
}

/// Whether "for two months" and the like may say how long, and not for whom.
fn is_time(before: &str, name: &str) -> bool {
    let last = name.split(' ').next_back().map(plain).unwrap_or_default();
    is(before, "for") && UNITS.contains(&last.as_str())
}

/// These words as they were typed, if they say anything.
fn some(words: &[&str]) -> Option<String> {
    let name = named(&words.join(" "));
    (!plain(&name).is_empty()).then_some(name)
}

/// A name without the marks that the sentence puts around it. A full stop may be a part of it, as in "Smith & Co.", which
/// [`unstopped`] takes away.
pub(crate) fn named(text: &str) -> String {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»*`,;:".contains(c));
    // A single mark alone may be an apostrophe, as in "St Thomas’".
    let pair = trimmed.strip_prefix(['\'', '‘', '‚']).and_then(|rest| rest.strip_suffix(['\'', '’', '‘']));
    let stopped = trimmed.strip_prefix(['\'', '‘', '‚']).and_then(|rest| rest.strip_suffix(['.', '!', '?']));
    let stopped = stopped.and_then(|rest| rest.strip_suffix(['\'', '’', '‘']));
    // A full stop behind the mark belongs to the sentence.
    match pair.or(stopped) {
        Some(within) => within.trim().to_owned(),
        None => {
            let unmarked = trimmed.trim_end_matches(['.', '!', '?']);
            let marked = unmarked.ends_with(['"', '”', '“', '»', '*', '`']);
            if marked { named(unmarked) } else { trimmed.to_owned() }
        }
    }
}

/// A name without the full stop of the sentence that it ends.
pub(crate) fn unstopped(name: &str) -> &str {
    name.trim_end_matches(['.', '!', '?', ' ', ','])
}

fn is(word: &str, expected: &str) -> bool {
    plain(word) == expected
}

/// A word in lower case, without the marks around it.
fn plain(word: &str) -> String {
    bare(&word.replace('\u{2019}', "'")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Result<Role, Unread>, Option<String>, Option<String>) {
        let Verify { who, role, organisation, until } = verify(text).unwrap();
        assert_eq!(who.as_str(), "@rey:example.org", "{text}");
        (role, organisation, until)
    }

    #[test]
    fn a19_each_part_of_a_verification_stands_where_the_sentence_has_it() {
        use Role::{Administrator, Alumnus, Employer, Intern, Staff, Student};
        for (rest, role, organisation, until) in [
            ("as student", Student, "", ""),
            ("as a student, please", Student, "", ""),
            ("student", Student, "", ""),
            ("AS STUDENT.", Student, "", ""),
            ("as alumna until 2 May", Alumnus, "", "2 May"),
            ("as an administrator", Administrator, "", ""),
            ("as a member of staff", Staff, "", ""),
            ("as member of the staff until May", Staff, "", "May"),
            ("as an employer’s representative for Harbour Press", Employer, "Harbour Press", ""),
            ("as employer at Marks & Spencer until 30 June", Employer, "Marks & Spencer", "30 June"),
            ("as employer for Bank of England until 30 June", Employer, "Bank of England", "30 June"),
            ("as employer at Smith,Jones and Co until 30 June", Employer, "Smith,Jones and Co", "30 June"),
            ("as employer at Smith, Jones and Co until 30 June", Employer, "Smith, Jones and Co", "30 June"),
            ("as employer at Smith & Co. until 30 June.", Employer, "Smith & Co.", "30 June."),
            ("as employer at Graduate Futures", Employer, "Graduate Futures", ""),
            ("at Graduate Futures as employer", Employer, "Graduate Futures", ""),
            ("for the Student Union as an employer until 2 May", Employer, "the Student Union", "2 May"),
            ("at Known as Student as employer", Employer, "Known as Student", ""),
            ("as employer at Known as Student Ltd", Employer, "Known as Student Ltd", ""),
            ("as employer at Live Until Ninety until 30 June", Employer, "Live Until Ninety", "30 June"),
            ("as intern until 2 May at City Museum", Intern, "City Museum", "2 May"),
            ("as intern until the end of June", Intern, "", "the end of June"),
            ("as employer at “City Museum”.", Employer, "City Museum", ""),
            ("as employer at \"City Museum\" until 30 June", Employer, "City Museum", "30 June"),
            ("as employer at 'City Museum', until 30 June", Employer, "City Museum", "30 June"),
            ("as employer at **City Museum**", Employer, "City Museum", ""),
            ("as employer at St Thomas’", Employer, "St Thomas’", ""),
            ("as employer at O’Brien's, please", Employer, "O’Brien's", ""),
            ("as employer at A-B (UK) until 30 June", Employer, "A-B (UK)", "30 June"),
            ("as employer at Wieden + Kennedy", Employer, "Wieden + Kennedy", ""),
            ("as employer at Nature at Work", Employer, "Nature at Work", ""),
            ("as employer with The Week", Employer, "The Week", ""),
            ("as employer of MI5", Employer, "MI5", ""),
        ] {
            let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
            for begin in
                ["verify @rey:example.org", "Verify @rey:example.org,", "verify https://matrix.to/#/@rey:example.org"]
            {
                let text = format!("{begin} {rest}");
                assert_eq!(read(&text), (Ok(role), some(organisation), some(until)), "{text}");
            }
        }
    }

    #[test]
    fn a19_what_could_be_read_in_two_ways_is_not_read() {
        for rest in [
            "as employer Harbour Press",
            "as student intern",
            "as intern for 3 months",
            "as intern for two terms until 30 June",
            "as employer at until 30 June",
            "as employer at City Museum until",
            "as intern until 2 May at Live Until Ninety",
            "at Live as employer until May as intern until 30 June",
            "as employer or student",
        ] {
            let read = read(&format!("verify @rey:example.org {rest}"));
            assert_eq!(read, (Err(Unread::TwoWays), None, None), "{rest}");
        }
        for rest in ["", "until 30 June", "as boss", "at City Museum", "as", "Rey as student"] {
            assert_eq!(read(&format!("verify @rey:example.org {rest}")), (Err(Unread::NoRole), None, None), "{rest}");
        }
        assert_eq!(verify("verify that"), None);
    }

    #[test]
    fn a_name_is_without_the_marks_of_its_sentence() {
        for (text, name, unended) in [
            ("City Museum", "City Museum", "City Museum"),
            ("City Museum.", "City Museum.", "City Museum"),
            (": City Museum!", "City Museum!", "City Museum"),
            ("“City Museum”", "City Museum", "City Museum"),
            ("“City Museum”.", "City Museum", "City Museum"),
            ("“City Museum.”", "City Museum.", "City Museum"),
            ("‘City Museum’.", "City Museum", "City Museum"),
            ("'City Museum'", "City Museum", "City Museum"),
            ("«City Museum»", "City Museum", "City Museum"),
            ("**City Museum**.", "City Museum", "City Museum"),
            ("'Afa & Co.", "'Afa & Co.", "'Afa & Co"),
            (".", ".", ""),
        ] {
            assert_eq!((named(text).as_str(), unstopped(&named(text))), (name, unended), "{text}");
        }
    }
}
