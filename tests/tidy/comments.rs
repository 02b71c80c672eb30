//! A rule about comments: they are read faster when the subject comes first and the verb second.

use std::cmp::Reverse;

use super::files::File;

/// Words that begin a clause in the place of a noun. A reader has to hold it in mind until the verb comes.
pub const CLAUSE_WORDS: [&str; 13] =
    ["What", "Who", "Whom", "Whose", "Where", "When", "Which", "How", "Whatever", "Whoever", "Wherever", "That", "Why"];

/// The largest share of comment blocks that may begin with such a word, in percent. Well-known Rust projects have 1 to 3.
const SHARE_MAX: usize = 8;

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
