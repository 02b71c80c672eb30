//! Asking for an introduction, in the many ways in which people begin.

use lodge_ground::link;

use crate::command::courtesy::{behind_marks, without_thanks};
use crate::command::{Command, MentorsCommand, RequestCommand, is_mark, numbered, plain_words};
use crate::mentors::words::topic;
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
    // Somebody whom they do not know yet is looked for in the list.
    if let Some(Err(found)) = &to
        && numbered(found).is_none()
        && let [first, ..] = &plain_words(found)[..]
        && INDEFINITE.contains(&first.as_str())
    {
        let words = plain_words(found);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        return Some(MentorsCommand::Find(topic(without_thanks(&words))).into());
    }
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

/// Words by which people mean nobody in particular.
pub(crate) const INDEFINITE: [&str; 13] = [
    "someone", "somebody", "anyone", "anybody", "a", "an", "the", "some", "people", "mentors", "alumni", "one",
    "another",
];

/// The words of somebody's name, or of whatever stands in its place: they end where the purpose or the message begins.
fn name(rest: &str) -> &str {
    let ends = [" for ", " about ", ": ", "\n", ", "].iter().filter_map(|end| rest.find(end)).min();
    rest[..ends.unwrap_or(rest.len())].trim_end_matches([' ', ':'])
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
    match link::to_account(word) {
        // A colon at the end separates the message, as a line break would.
        Ok(address) if word.ends_with(':') => (Some(Ok(address)), &rest[end - 1..]),
        Ok(address) => (Some(Ok(address)), after.trim_start_matches(' ')),
        Err(_) => {
            let name = name(rest);
            let within = name.split_whitespace().find_map(|word| link::to_account(word).ok());
            if let Some(address) = within {
                return (Some(Ok(address)), rest[name.len()..].trim_start_matches([' ', ',']));
            }
            let found = name.trim_end_matches([':', ',', '.', ';', '!', '?']).chars().take(FOUND_CHARS_MAX).collect();
            (Some(Err(found)), rest[name.len()..].trim_start_matches([' ', ',']))
        }
    }
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
