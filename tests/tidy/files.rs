//! The project's files, as text.

use std::fs;
use std::io;
use std::path::Path;

/// A file that people wrote.
#[derive(Debug, Clone)]
pub struct File {
    /// The path from the project's directory, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn is_rust(&self) -> bool {
        self.ends_in("rs")
    }

    pub fn is_document(&self) -> bool {
        self.ends_in("md")
    }

    fn ends_in(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// Directories that a build or a run leaves in the project's directory.
const NOT_OURS: [&str; 3] = ["target", ".git", "lodge-data"];

/// Files whose text other programs write.
const MADE: [&str; 3] = ["Cargo.lock", "LICENSE", "requirements.txt"];

/// Every file of the project that is text and written by hand.
pub fn project() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    collect(&root, "", &mut files).expect("the project's directory can be read");
    assert!(files.iter().any(|file| file.path == "src/core/lib.rs"), "this is not the project's directory");
    files
}

fn collect(directory: &Path, above: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{above}{name}");
        let kind = entry.file_type()?;
        let ours = !(above.is_empty() && NOT_OURS.contains(&name.as_str()));
        if kind.is_dir() && ours {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && !MADE.contains(&name.as_str()) {
            // A file that is no text has no words in it.
            files.extend(fs::read_to_string(entry.path()).ok().map(|text| File { path, text }));
        }
    }
    Ok(())
}

/// The directory of every package, from its manifest.
pub fn packages(files: &[File]) -> impl Iterator<Item = &str> {
    files.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"))
}

/// A line of Rust without the comment at its end.
pub fn code_of(line: &str) -> &str {
    split(line).0
}

/// The comment at the end of a line of Rust.
pub fn comment_of(line: &str) -> &str {
    split(line).1
}

fn split(line: &str) -> (&str, &str) {
    let mut in_text = false;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let skip = match letter {
            '\\' if in_text => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '\'' if !in_text && rest.starts_with("'\"'") => 3,
            '/' if !in_text && rest.starts_with("//") => return line.split_at(line.len() - rest.len()),
            '"' => {
                in_text = !in_text;
                1
            }
            other => other.len_utf8(),
        };
        rest = &rest[skip..];
    }
    (line, "")
}

/// The words of a text: letters, digits and underscores.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}
