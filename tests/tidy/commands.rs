//! Rules about the commands: people are told of those there are, and of no others.

use lodge_core::command::row::{Row, Trait};
use lodge_core::command::{Command, read};

use super::files::File;

/// The head of the table of commands in README.md.
pub const TABLE: &str = "| words | meaning |\n|---|---|\n";

/// In an answer to "help" these mark a code that the letter has, and a word in the middle of a command.
const NO_COMMANDS: [&str; 2] = ["code", "in"];

/// The row of every command that has this trait, or has it not.
fn rows(of: Trait, has: bool) -> impl Iterator<Item = Row> {
    Command::all_words().into_iter().map(|words| read(words).row()).filter(move |row| row.is(of) == has)
}

/// The parts of a text that stand between such marks.
fn marked<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    text.split(mark).skip(1).step_by(2).collect()
}

/// The row of the command that is read in these words.
fn read_as(words: &str) -> Row {
    read(&words.replace("@id", "@alex:example.org")).row()
}

/// The table of commands in README.md has each in its first column, and nothing else.
pub fn documented(files: &[File]) -> Vec<String> {
    let readme = files.iter().find(|file| file.path == "README.md").map_or("", |file| &file.text);
    let table = readme.split_once(TABLE).map_or("", |(_, after)| after);
    let lines = table.lines().take_while(|line| line.starts_with('|'));
    let named: Vec<&str> = lines.flat_map(|line| marked(line.split('|').nth(1).unwrap_or_default(), "`")).collect();
    let unread = named.iter().filter(|words| read_as(words).is(Trait::Undocumented));
    let missing = rows(Trait::Undocumented, false);
    let missing = missing.filter(|row| !named.iter().any(|words| read_as(words).words == row.words));
    let unread = unread.map(|words| format!("README.md: `{words}` is no command"));
    unread.chain(missing.map(|row| format!("README.md: `{}` is missing", row.words))).collect()
}

/// The answer to "help" names each command that says so, and nothing else; a visitor's, commands that are for visitors.
pub fn helped(files: &[File]) -> Vec<String> {
    let means = |words: &str, row: &Row| row.words.starts_with(words) || read_as(words).words == row.words;
    let mut problems = Vec::new();
    if let Some(named) = message(files, "help") {
        let unread = named.iter().filter(|words| !rows(Trait::InHelp, true).any(|row| means(words, &row)));
        problems.extend(unread.map(|words| format!("help: **{words}** is no command that it should name")));
        let missing = rows(Trait::InHelp, true).filter(|row| !named.iter().any(|words| means(words, row)));
        problems.extend(missing.map(|row| format!("help: `{}` is missing", row.words)));
    }
    let named = message(files, "visitor-help").unwrap_or_default();
    let others = named.into_iter().filter(|words| !read_as(words).is(Trait::Visitors));
    problems.extend(others.map(|words| format!("visitor-help: **{words}** is not for visitors")));
    problems
}

/// The commands that a message of the porter's names.
fn message<'a>(files: &'a [File], id: &str) -> Option<Vec<&'a str>> {
    let wording = files.iter().filter(|file| file.path.starts_with("config/wording/en/"));
    let lines = wording.map(|file| file.text.lines().skip_while(|line| line.strip_suffix(" =") != Some(id)).skip(1));
    let texts = lines.map(|lines| lines.take_while(|line| line.is_empty() || line.starts_with(' ')));
    let texts: Vec<Vec<&str>> = texts.map(|lines| lines.flat_map(|line| marked(line, "**")).collect()).collect();
    let named: Vec<&str> = texts.into_iter().flatten().filter(|words| !NO_COMMANDS.contains(words)).collect();
    (!named.is_empty()).then_some(named)
}
