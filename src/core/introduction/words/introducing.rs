//! Asking for an introduction, in the many ways in which people begin.

use lodge_ground::link;

use crate::command::courtesy::behind_marks;
use crate::command::{Command, RequestCommand, is_mark};
use crate::name::Address;

/// Ways in which people begin to ask for an introduction, most specific first.
const OPENERS: [&str; 13] = [
    "i'd like to meet",
    "i\u{2019}d like to meet",
    "i would like to meet",
    "introduce me to",
    "introduce me",
    "an introduction to",
    "introduction to",
    "introduction",
    "introduce",
    "to meet",
    "meet",
    "ask to meet",
    "information interview with",
];

pub(crate) fn introduce(text: &str) -> Option<Command> {
    let rest = opened(text)?;
    let rest =
        after_words(rest, "number").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let (to, rest) = addressee(rest);
    let (head, message) = match rest.find(['\n', ':']) {
        Some(at) => (&rest[..at], rest[at + 1..].trim()),
        None => (rest, ""),
    };
    let head = head.trim().trim_matches([',', '.']).trim();
    let purpose = head.strip_prefix("for ").or_else(|| head.strip_prefix("about ")).unwrap_or(head).trim();
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(RequestCommand::Introduce { to, purpose: given(purpose), message: given(message) }.into())
}

/// The rest of a text after the words by which somebody asks for an introduction.
fn opened(text: &str) -> Option<&str> {
    OPENERS.iter().find_map(|opener| after_words(text, opener))
}

/// The text behind these words and the marks after them, when it begins with them, whatever their case.
pub(crate) fn after_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let begins = text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    let rest = begins.then(|| &text[words.len()..])?;
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || (is_mark(c) && !"-'/".contains(c)));
    ends.then(|| behind_marks(rest))
}

/// Text that stands where an address should is shown back to its writer, no longer than this in characters.
const FOUND_CHARS_MAX: usize = 80;

/// The address that stands first, bare or in a link, and what follows it.
pub(crate) fn addressee(rest: &str) -> (Option<Result<Address, String>>, &str) {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if word.is_empty() || ["for", "about"].contains(&word.to_lowercase().as_str()) {
        return (None, rest);
    }
    let found = || word.trim_end_matches([':', ',', '.', ';', '!', '?']).chars().take(FOUND_CHARS_MAX).collect();
    // A colon at the end separates the message, as a line break would.
    let after = if word.ends_with(':') { &rest[end - 1..] } else { after };
    (Some(link::to_account(word).map_err(|_| found())), after.trim_start_matches(' '))
}

/// The address in somebody's answer to "whom?".
pub fn address_in(text: &str) -> Result<Address, String> {
    let text = text.trim();
    let names = |word: &&str| word.contains('@') || link::to_account(word).is_ok();
    let word = text.split_whitespace().find(names).unwrap_or(text);
    match addressee(word).0 {
        Some(found) => found,
        None => Err(text.chars().take(FOUND_CHARS_MAX).collect()),
    }
}
