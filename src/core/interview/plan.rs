//! The plan of an information interview, as its request names it: questions, how long, and in which way. All of it is optional.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::command::{plain_words, whole};
use crate::interview::weeks;
use crate::name::clean_line;

/// A request has this many questions at most.
pub const QUESTIONS_MAX: usize = 3;

/// A question has this many characters at most.
pub const QUESTION_CHARS_MAX: usize = 200;

/// The plan of an information interview. Both people read it with the request, and agree to it with the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Questions that the requester would like to ask, in their words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// The time that it takes, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u8>,
    /// The ways in which they could talk; none if that is left open.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ways: BTreeSet<Way>,
    /// The weeks in which they could talk, in the requester's words. Older rows have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<String>,
}

/// A way in which two people could talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// By telephone or video.
    Call,
    /// In writing, in the room for the two of them.
    Here,
    /// In a public place.
    InPerson,
}

/// The part of a plan that is asked for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Two or three things that they would like to ask.
    Questions,
    /// The length of the talk, its way, and the weeks for it.
    Time,
}

/// Somebody's answer to the question for a part of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answered<T> {
    /// They leave it as it is.
    Skip,
    /// They take out what is there.
    Nothing,
    /// They give this.
    Is(T),
    /// It is neither, or too much.
    Unfit,
}

impl Plan {
    /// Whether nothing is planned.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Its parts, for a fingerprint: each stands for itself and begins with its kind. None where nothing is planned.
    pub(crate) fn parts(&self) -> Vec<String> {
        let questions = self.questions.iter().map(|question| format!("question {question}"));
        let minutes = self.minutes.iter().map(|minutes| format!("minutes {minutes}"));
        let ways = self.ways.iter().map(|way| format!("way {}", way.code()));
        let weeks = self.weeks.iter().map(|weeks| format!("weeks {weeks}"));
        questions.chain(minutes).chain(ways).chain(weeks).collect()
    }
}

impl Way {
    /// A stable short name for it, from which fingerprints follow: it must never change.
    pub fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Here => "here",
            Self::InPerson => "in-person",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "call" | "calls" | "phone" | "telephone" | "video" | "videocall" | "online" | "ring" | "zoom" | "teams"
            | "skype" => Some(Self::Call),
            "here" | "room" | "chat" | "writing" | "written" | "text" | "messages" => Some(Self::Here),
            "person" | "coffee" | "cafe" | "café" | "tea" | "lunch" | "face" => Some(Self::InPerson),
            _ => None,
        }
    }
}

const SKIP: &[&[&str]] =
    &[&["skip"], &["next"], &["go", "on"], &["leave", "it"], &["as", "it", "is"], &["keep"], &["pass"]];

const NOTHING: &[&[&str]] = &[
    &["none"],
    &["no"],
    &["nope"],
    &["nothing"],
    &["no", "questions"],
    &["not", "yet"],
    &["either"],
    &["any"],
    &["whatever"],
    &["dont", "mind"],
    &["i", "dont", "mind"],
    &["up", "to", "them"],
    &["flexible"],
];

const BESIDE: &[&[&str]] =
    &[&["please"], &["thanks"], &["thank", "you"], &["that"], &["this"], &["them"], &["suits", "them"]];

/// The plain answer that these words are, if they give nothing of their own.
fn plainly<T>(text: &str) -> Option<Answered<T>> {
    let words = plain_words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() || whole(&words, SKIP, BESIDE) {
        Some(Answered::Skip)
    } else {
        whole(&words, NOTHING, BESIDE).then_some(Answered::Nothing)
    }
}

/// Reads questions: one on each line, or several that end in a question mark.
pub(crate) fn questions(text: &str) -> Answered<Vec<String>> {
    if let Some(plain) = plainly(text) {
        return plain;
    }
    let marks = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-•*.)".contains(c);
    let lines = text.lines().flat_map(|line| line.split_inclusive("? "));
    let questions = lines.map(|line| clean_line(line.trim_start_matches(marks))).filter(|line| !line.is_empty());
    let questions: Vec<String> = questions.collect();
    let fit = questions.len() <= QUESTIONS_MAX && questions.iter().all(|one| one.chars().count() <= QUESTION_CHARS_MAX);
    if fit && !questions.is_empty() { Answered::Is(questions) } else { Answered::Unfit }
}

/// A plan's time, as far as an answer gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Time {
    minutes: Option<u8>,
    ways: BTreeSet<Way>,
    weeks: Option<String>,
}

impl Plan {
    /// Takes in all that is given of a time; the rest stays as it is.
    pub(crate) fn take(&mut self, given: Time) {
        let Time { minutes, ways, weeks } = given;
        self.minutes = minutes.or(self.minutes);
        self.weeks = weeks.or(self.weeks.take());
        if !ways.is_empty() {
            self.ways = ways;
        }
    }
}

/// Reads how long, in which way and in which weeks: one of these at least.
pub(crate) fn time(text: &str) -> Answered<Time> {
    if let Some(plain) = plainly(text) {
        return plain;
    }
    let (weeks, text) = weeks::apart(text);
    if weeks.as_ref().is_some_and(|weeks| weeks.chars().count() > weeks::CHARS_MAX) {
        return Answered::Unfit;
    }
    let words: Vec<String> = plain_words(&text.replace(['-', '/'], " "));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ways: BTreeSet<Way> = words.iter().filter_map(|word| Way::of(word)).collect();
    let hours = words.windows(2).find_map(|pair| match pair {
        ["half", "an" | "hour"] => Some(30),
        ["quarter", "of" | "hour"] => Some(15),
        _ => None,
    });
    let minutes: BTreeSet<&str> = words.iter().filter(|word| is_number(word)).copied().collect();
    let minutes: Option<Option<u8>> = match minutes.iter().collect::<Vec<_>>()[..] {
        [] => Some(hours),
        [word] if hours.is_none() => minutes_of(word).map(Some),
        _ => None,
    };
    match minutes {
        Some(None) if ways.is_empty() && weeks.is_none() => Answered::Unfit,
        Some(minutes) => Answered::Is(Time { minutes, ways, weeks }),
        None => Answered::Unfit,
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || ["fifteen", "twenty", "thirty"].contains(&word)
}

fn minutes_of(word: &str) -> Option<u8> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    match (&word[..end], &word[end..]) {
        ("15", "" | "m" | "min" | "mins" | "minutes") | ("", "fifteen") => Some(15),
        ("20", "" | "m" | "min" | "mins" | "minutes") | ("", "twenty") => Some(20),
        ("30", "" | "m" | "min" | "mins" | "minutes") | ("", "thirty") => Some(30),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a14_questions_are_taken_as_people_write_them() {
        let three = ["How did you begin?", "What do you do on a Monday?", "Who else should I ask?"];
        for text in [
            three.join("\n"),
            three.join(" "),
            format!("1. {}\n2) {}\n\n• {}", three[0], three[1], three[2]),
            format!("- {}\n- {} {}", three[0], three[1], three[2]),
        ] {
            assert_eq!(questions(&text), Answered::Is(three.map(str::to_owned).to_vec()), "{text}");
        }
        for (text, right) in [
            ("skip", Answered::Skip),
            ("Skip, please.", Answered::Skip),
            ("no", Answered::Nothing),
            ("None, thanks", Answered::Nothing),
            ("What is none of my business?", Answered::Is(vec!["What is none of my business?".to_owned()])),
            ("a?\nb?\nc?\nd?", Answered::Unfit),
            (&*"why ".repeat(60), Answered::Unfit),
        ] {
            assert_eq!(questions(text), right, "{text}");
        }
    }

    #[test]
    fn a14_how_long_and_in_which_way_is_understood_however_it_is_put() {
        use Way::{Call, Here, InPerson};
        for (text, minutes, ways) in [
            ("20 minutes, by phone", Some(20), &[Call][..]),
            ("20", Some(20), &[]),
            ("half an hour", Some(30), &[]),
            ("a half-hour video call", Some(30), &[Call]),
            ("15min here", Some(15), &[Here]),
            ("A quarter of an hour in person", Some(15), &[InPerson]),
            ("thirty minutes over a coffee, or a call", Some(30), &[Call, InPerson]),
            ("call", None, &[Call]),
            ("in the room here, in writing", None, &[Here]),
        ] {
            let ways = ways.iter().copied().collect();
            assert_eq!(time(text), Answered::Is(Time { minutes, ways, weeks: None }), "{text}");
        }
        let weeks = Some("the week of 7 December".to_owned());
        let all = Time { minutes: Some(20), ways: [Call].into(), weeks };
        assert_eq!(time("20 minutes, by phone, the week of 7 December"), Answered::Is(all));
        let long = format!("20 minutes, {}", "any Monday or ".repeat(9));
        for text in ["two hours", "45 minutes", "20 or 30 minutes", "45 minutes next week", "yes", &long] {
            assert_eq!(time(text), Answered::Unfit, "{text}");
        }
        assert_eq!((time("skip"), time("I don't mind")), (Answered::Skip, Answered::Nothing));
    }

    #[test]
    fn an_older_request_has_no_plan_and_one_without_is_written_as_it_was() {
        assert_eq!(serde_json::from_str::<Plan>("{}").unwrap(), Plan::default());
        assert_eq!(serde_json::to_string(&Plan::default()).unwrap(), "{}");
        assert!(Plan::default().parts().is_empty());
    }
}
