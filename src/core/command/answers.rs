//! The answers to what the porter asks: one word, or a word and some of one's own.

use super::{Answer, Command, fields};
use crate::introduction::Went;
use crate::member::Fields;

/// An answer in these words, if it is one. `text` is what the words were taken from.
pub(super) fn answer(words: &[&str], text: &str) -> Option<Command> {
    let (number, rest) = match words {
        [first, rest @ ..] if first.parse::<u32>().is_ok() && !rest.is_empty() => (first.parse().ok(), rest),
        _ => (None, words),
    };
    let text = if number.is_some() { after_first_word(text) } else { text };
    carried(rest, text)
        .or_else(|| plain(rest))
        .map(|(behind, answer)| Command::Answer { number: number.or(behind), answer })
}

/// Answers whose words are carried or kept: they are taken from the text as it was typed.
fn carried(words: &[&str], text: &str) -> Option<(Option<u32>, Answer)> {
    let rest = |skipped: usize| {
        let mut rest = text;
        for _ in 0..skipped {
            rest = after_first_word(rest);
        }
        rest.trim_start_matches(|c: char| c.is_whitespace() || ":,-".contains(c)).to_owned()
    };
    let answer = match words {
        ["no", "because", ..] => Answer::NoBecause(rest(2)),
        ["ask", "again"] => return None,
        ["ask" | "question", ..] => Answer::Ask(rest(1)),
        ["answer", ..] => {
            let (number, skipped) = behind(words.get(1).copied(), 1);
            return Some((number, Answer::Tell(rest(skipped))));
        }
        ["later", ..] => Answer::Later(rest(1)),
        ["report", ..] => {
            let (number, skipped) = behind(words.get(1).copied(), 1);
            return Some((number, Answer::Report(rest(skipped))));
        }
        _ => return None,
    };
    Some((None, answer))
}

/// A number behind the word that begins an answer, and how many words come before the rest.
fn behind(word: Option<&str>, skipped: usize) -> (Option<u32>, usize) {
    match word.and_then(|word| word.parse().ok()) {
        Some(number) => (Some(number), skipped + 1),
        None => (None, skipped),
    }
}

/// Answers of a word or two.
fn plain(words: &[&str]) -> Option<(Option<u32>, Answer)> {
    let (number, words) = match words {
        [rest @ .., last] if !rest.is_empty() && last.parse::<u32>().is_ok() => (last.parse().ok(), rest),
        _ => (None, words),
    };
    let answer = match words {
        ["ignore"] | ["ignore", "it" | "this" | "that"] => Answer::Ignore,
        ["block"] | ["block", "them" | "him" | "her"] => Answer::Block,
        ["well" | "good" | "great"] | ["it", "went", "well"] | ["very", "well"] => Answer::Went(Went::Well),
        ["not", "well" | "really"] | ["badly"] | ["not", "so", "well"] => Answer::Went(Went::NotWell),
        ["not", "yet"] => Answer::Went(Went::NotYet),
        _ => return yes_or_no(words).map(|answer| (number, answer)),
    };
    Some((number, answer))
}

fn yes_or_no(words: &[&str]) -> Option<Answer> {
    let (yes, rest) = match words {
        ["yes" | "y" | "yeah" | "yep" | "yup" | "ok" | "okay" | "sure", rest @ ..] => (true, rest),
        ["no" | "n" | "nope", rest @ ..] => (false, rest),
        _ => return None,
    };
    Some(match (yes, rest) {
        (true, [] | ["please" | "thanks" | "happy" | "gladly"] | ["happy", "to"] | ["of", "course"]) => {
            Answer::Yes(Fields::new())
        }
        (false, [] | ["thanks" | "sorry"] | ["thank", "you"]) => Answer::No,
        (true, ["with" | "and" | "plus", wanted @ ..]) => fields(wanted).map_or(Answer::Unclear, Answer::Yes),
        (true | false, _) => Answer::Unclear,
    })
}

/// What stands behind the first word of a text.
fn after_first_word(text: &str) -> &str {
    let text = text.trim_start();
    text.find(char::is_whitespace).map_or("", |end| text[end..].trim_start())
}
