//! Rules about comments: they are read faster when the subject comes first and the verb second, and they say more than
//! the names beside them.

use std::cmp::Reverse;

use super::files::{File, words};

/// Words that begin a clause in the place of a noun. A reader has to hold it in mind until the verb comes.
pub const CLAUSE_WORDS: [&str; 13] =
    ["What", "Who", "Whom", "Whose", "Where", "When", "Which", "How", "Whatever", "Whoever", "Wherever", "That", "Why"];

/// The largest share of comment blocks that may begin with such a word, in percent. Well-known Rust projects have 1 to 3.
const SHARE_MAX: usize = 5;

/// At most this many files are named, those with the most such blocks first.
const WORST: usize = 20;

/// The comment blocks of one file.
struct Blocks {
    all: usize,
    /// The line numbers of those that begin with a clause.
    clauses: Vec<usize>,
}

/// Few comment blocks begin with a clause in the place of a noun.
///
/// A block is a run of lines of one kind (`///`, `//!` or `//`). A comment behind code on its line is none.
pub fn noun_clauses(files: &[File]) -> Vec<String> {
    let ours = |file: &&File| file.is_rust() && (file.path.starts_with("src/") || file.path.starts_with("tests/"));
    let mut found: Vec<_> = files.iter().filter(ours).map(|file| (file.path.as_str(), blocks(&file.text))).collect();
    let all: usize = found.iter().map(|(_, blocks)| blocks.all).sum();
    let clauses: usize = found.iter().map(|(_, blocks)| blocks.clauses.len()).sum();
    let share = format!("{clauses} of {all} comment blocks begin with a clause in the place of a noun");
    println!("{share}: {} in a thousand", clauses * 1000 / all.max(1));
    if clauses * 100 <= SHARE_MAX * all {
        return Vec::new();
    }
    found.sort_by_key(|(path, blocks)| (Reverse(blocks.clauses.len()), *path));
    let worst = found.iter().filter(|(_, blocks)| !blocks.clauses.is_empty()).take(WORST);
    let worst = worst.map(|(path, blocks)| {
        format!("{path}: {} of {}, in lines {:?}", blocks.clauses.len(), blocks.all, blocks.clauses)
    });
    std::iter::once(format!("{share}, and {SHARE_MAX} in a hundred are the most")).chain(worst).collect()
}

fn blocks(text: &str) -> Blocks {
    let mut blocks = Blocks { all: 0, clauses: Vec::new() };
    let mut above = None;
    for (number, line) in text.lines().enumerate() {
        let comment = split(line);
        if let Some((kind, words)) = comment.filter(|(kind, _)| above != Some(*kind)) {
            blocks.all += 1;
            if CLAUSE_WORDS.contains(&first_word(words)) {
                blocks.clauses.push(number + 1);
            }
            above = Some(kind);
        }
        above = comment.and(above);
    }
    blocks
}

/// The kind of comment that a line consists of, and its text.
fn split(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    ["///", "//!", "//"].into_iter().find_map(|kind| line.strip_prefix(kind).map(|text| (kind, text)))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default()
}

/// Words that say nothing by themselves.
const EMPTY: [&str; 15] =
    ["a", "an", "and", "are", "by", "for", "in", "is", "it", "its", "of", "the", "their", "this", "to"];

/// At most this many docstrings may repeat a name. None should.
const REPEATS_MAX: usize = 30;

/// A docstring says more than the name below it: a unit, an error, who sets it, or where it comes from.
pub fn repeated_names(files: &[File]) -> Vec<String> {
    let found: Vec<String> = files.iter().filter(|file| file.is_rust()).flat_map(repeats).collect();
    println!("{} docstrings repeat a name", found.len());
    if found.len() <= REPEATS_MAX { Vec::new() } else { found }
}

fn repeats(file: &File) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let mut found = Vec::new();
    for (number, pair) in lines.windows(2).enumerate() {
        let above = number.checked_sub(1).and_then(|above| lines.get(above));
        let (Some(text), false) = (pair[0].strip_prefix("///"), above.is_some_and(|line| line.starts_with("///")))
        else {
            continue;
        };
        let item = lines[number + 1..].iter().find(|line| !line.starts_with("#["));
        if item.is_some_and(|item| is_repeated(text, item)) {
            found.push(format!("{}:{}: \"{}\" only repeats the name below it", file.path, number + 1, text.trim()));
        }
    }
    found
}

/// Whether a docstring has no word that is not in the name of its item.
fn is_repeated(text: &str, item: &str) -> bool {
    if item.starts_with("//") {
        return false;
    }
    let keywords =
        ["pub", "pub(crate)", "pub(super)", "async", "const", "fn", "struct", "enum", "trait", "type", "static"];
    let name = item.split_whitespace().find(|word| !keywords.contains(word)).unwrap_or_default();
    let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let parts: Vec<String> = parts(&name).map(|part| stem(&part)).collect();
    let words = words(text).map(str::to_lowercase).filter(|word| !EMPTY.contains(&word.as_str()));
    !parts.is_empty() && words.map(|word| stem(&word)).all(|word| parts.contains(&word))
}

/// The parts of a name: `room_made` and `RoomMade` have two.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::new();
    for c in name.chars() {
        if c.is_uppercase() || c == '_' {
            spaced.push(' ');
        }
        spaced.extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    spaced.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// A word without the ending of a plural.
fn stem(word: &str) -> String {
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned()
}
