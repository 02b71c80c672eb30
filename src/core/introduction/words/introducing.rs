//! Asking for an introduction, in the many ways in which people begin.

use lodge_ground::link;

use crate::command::{Command, RequestCommand};
use crate::name::Address;

/// Ways in which people begin to ask for an introduction, most specific first.
const OPENERS: [&str; 10] = [
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

const POLITE: [&str; 11] = [
    "please",
    "hi",
    "hello",
    "can you",
    "could you",
    "would you",
    "i'd like",
    "i\u{2019}d like",
    "i would like",
    "i want",
    "to",
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
    let mut rest = text.trim_start();
    loop {
        if let Some(after) = OPENERS.iter().find_map(|opener| after_words(rest, opener)) {
            return Some(after);
        }
        rest = POLITE.iter().find_map(|polite| after_words(rest, polite))?;
    }
}

/// The text behind these words, when it begins with them, whatever their case.
pub(crate) fn after_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let begins = text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    let rest = begins.then(|| &text[words.len()..])?;
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ',');
    ends.then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ','))
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
    let id = link::to_account(word).trim_matches(['<', '>', '(', ')', '"', '\'']);
    let trimmed = id.trim_end_matches([':', ',', '.', ';', '!', '?']);
    // A mark that was trimmed from the end separates the message, as a line break would.
    let colon = id.len() > trimmed.len() && id.ends_with(':');
    let after = if colon { &rest[end - 1..] } else { after };
    let found = || trimmed.chars().take(FOUND_CHARS_MAX).collect();
    (Some(Address::typed(trimmed).map_err(|_| found())), after.trim_start_matches(' '))
}

/// The address in somebody's answer to "whom?".
pub fn address_in(text: &str) -> Result<Address, String> {
    let text = text.trim();
    let word = text.split_whitespace().find(|word| word.contains('@')).unwrap_or(text);
    match addressee(word).0 {
        Some(found) => found,
        None => Err(text.chars().take(FOUND_CHARS_MAX).collect()),
    }
}
