//! The words by which people say how they know somebody, or that they do not.

use lodge_ground::link;

use crate::command::{Answer, Command, plain_words, read, whole};
use crate::name::clean_line;

/// The words are cut after this many characters: they are a line, not a letter.
const CHARS_MAX: usize = 300;

/// The answer to the question how two people know each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Knowing {
    /// They do not.
    NotAtAll,
    /// They do, as these words say.
    Somehow(String),
    /// The words say neither.
    Unsaid,
}

/// Words that say by themselves that somebody is not known.
const NOT_AT_ALL: &[&[&str]] = &[
    &["no"],
    &["nope"],
    &["nah"],
    &["na"],
    &["n/a"],
    &["none"],
    &["never"],
    &["nothing"],
    &["skip"],
    &["not", "really"],
    &["not", "yet"],
    &["not", "at", "all"],
    &["not", "sure"],
    &["im", "not", "sure"],
    &["not", "that", "i", "know", "of"],
    &["not", "that", "i", "know"],
    &["no", "idea"],
    &["i", "dont", "think", "so"],
    &["dont", "think", "so"],
    &["i", "do", "not", "think", "so"],
    &["i", "dont"],
    &["we", "dont"],
    &["we", "do", "not"],
    &["i", "havent"],
    &["we", "havent"],
    &["we", "have", "not"],
    &["havent", "met"],
    &["never", "met"],
    &["weve", "never", "met"],
    &["ive", "never", "met"],
    &["dont", "know"],
    &["i", "dont", "know"],
    &["we", "dont", "know"],
    &["unfortunately", "not"],
    &["sadly", "not"],
];

/// Words that people put beside those.
const BESIDE: &[&[&str]] = &[
    &["met"],
    &["her"],
    &["him"],
    &["them"],
    &["each", "other"],
    &["anyone"],
    &["before"],
    &["so", "far"],
    &["personally"],
    &["sorry"],
    &["unfortunately"],
    &["sadly"],
    &["im", "afraid"],
    &["thanks"],
    &["thank", "you"],
];

/// Reads an answer to that question.
pub(crate) fn known_how(text: &str) -> Knowing {
    let line = clean_line(text);
    let flat = plain_words(&line);
    let words: Vec<&str> = flat.iter().map(String::as_str).collect();
    if words.is_empty() || whole(&words, NOT_AT_ALL, BESIDE) {
        return Knowing::NotAtAll;
    }
    let answer = read(&line);
    if answer == (Command::Answer { number: None, answer: Answer::No }) {
        Knowing::NotAtAll
    } else if matches!(answer, Command::Closing | Command::Answer { number: None, answer: Answer::Yes(_) })
        // An address names somebody, and says nothing of how the two know each other.
        || link::to_account(&line).is_ok()
    {
        Knowing::Unsaid
    } else {
        Knowing::Somehow(line.chars().take(CHARS_MAX).collect())
    }
}
