//! The words that the hub and its staff may not have: for somebody's counselling anybody, and for how anybody on the
//! staff knows anybody. There is nothing to disclose where there is nothing to say it with (requirements B3 and C3,
//! invariant I10).

use std::path::Path;

use super::files::{File, code_of};

/// Beginnings of words that have no place in anything that the hub sends.
const NO_WORD: [&str; 7] = ["client", "counsel", "therap", "caseload", "coachee", "patient", "confidential"];

/// Phrases by which a relationship is told. They have no place in the code that puts texts together either.
const NO_PHRASE: [&str; 31] = [
    "my client",
    "our client",
    "their client",
    "your client",
    "a client of",
    "as a client",
    "is a client",
    "was a client",
    "former client",
    "clients of",
    "my counsellor",
    "your counsellor",
    "their counsellor",
    "counselling session",
    "counselling client",
    "counselling room",
    "counselling appointment",
    "appointment with a counsellor",
    "appointment with your counsellor",
    "talked with a counsellor",
    "talks with a counsellor",
    "sees a counsellor",
    "seen a counsellor",
    "seeing a counsellor",
    "been counselled",
    "in counselling with",
    "comes to see",
    "came to see",
    "come to see me",
    "we have worked with",
    "known to our staff",
];

/// The one message that says that there is a confidential service, in words that tell of nobody.
const MAY_MENTION: (&str, &str) = ("config/wording/en/people.ftl", "quiet-room");

/// Texts of the hub tell of nobody that they counsel or are counselled.
pub fn relationships(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        let in_code = ["src/core/", "src/channel/", "src/hub/"].iter().any(|package| file.path.starts_with(package));
        if is_sent(&file.path) {
            for (message, text) in messages(file) {
                let text = plain(&text);
                let may = (file.path.as_str(), message.as_str()) == MAY_MENTION;
                let told = NO_WORD.iter().filter(|word| text.contains(&format!(" {word}"))).chain(phrases(&text));
                problems.extend(told.filter(|found| !(may && **found == "confidential")).map(|found| {
                    format!("{}: \"{message}\" has {found:?}, by which a relationship could be told", file.path)
                }));
            }
        } else if in_code && file.is_rust() && !file.path.contains("/tests/") {
            let code = plain(&file.text.lines().map(code_of).collect::<Vec<_>>().join("\n"));
            problems.extend(
                phrases(&code).map(|found| format!("{}: {found:?}, by which a relationship could be told", file.path)),
            );
        }
    }
    problems
}

/// Whether the file holds words that the hub sends as they stand: its sentences, in any language, and its first policy. Phrases
/// and examples are words of its members, which it hears and never says.
fn is_sent(path: &str) -> bool {
    let wording = path.strip_prefix("config/wording/").is_some_and(|path| !path.starts_with("counsel/"));
    (wording && Path::new(path).extension().is_some_and(|kind| kind == "ftl")) || path == "config/policy.md"
}

/// The messages of a wording file without their comments, or a page as one message.
fn messages(file: &File) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![(String::new(), String::new())];
    let page = file.is_document();
    for line in file.text.lines().filter(|line| page || !line.starts_with('#')) {
        let id = line.split_once('=').map(|(id, _)| id.trim()).filter(|id| !page && !id.contains([' ', '{']));
        match (id, line.starts_with(' ')) {
            (Some(id), false) => found.push((id.to_owned(), line.to_owned())),
            _ => {
                if let Some((_, text)) = found.last_mut() {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    found
}

/// The words in lower case with one space before and after each, whatever stood between them.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |plain, word| plain + &word.to_lowercase() + " ")
}

fn phrases(plain: &str) -> impl Iterator<Item = &'static &'static str> {
    NO_PHRASE.iter().filter(move |phrase| plain.contains(&format!(" {phrase} ")))
}

/// Every phrase and every word that is looked for, so that each can be planted.
pub fn looked_for() -> impl Iterator<Item = &'static str> {
    NO_WORD.into_iter().chain(NO_PHRASE)
}
