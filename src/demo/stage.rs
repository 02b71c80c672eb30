//! The stage: prints a play like a script, and keeps the files that are opened in it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The width of a line, in characters.
const WIDTH: usize = 88;

/// The place where a play is printed.
pub struct Stage {
    out: io::Stdout,
    bold: bool,
    files: PathBuf,
    kept: AtomicUsize,
}

impl Stage {
    /// A stage on standard output, with the directory in which files are kept.
    pub fn new(files: PathBuf) -> Self {
        Self { out: io::stdout(), bold: io::stdout().is_terminal(), files, kept: AtomicUsize::new(0) }
    }

    /// Keeps a file as the one who opened it has it, such as `02-alex-meeting.ics`. The numbers follow the play.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keeps(&self, who: &str, name: &str, file: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.files)?;
        let number = self.kept.fetch_add(1, Ordering::Relaxed) + 1;
        fs::write(self.files.join(format!("{number:02}-{}-{name}", who.to_lowercase())), file)
    }

    /// Prints the heading of a scene.
    pub fn scene(&self, title: &str) {
        self.print(&format!("\n{}\n", self.strong(&format!("── {title} ──"))));
    }

    /// Prints an event, in the narrator's words.
    pub fn happens(&self, text: &str) {
        self.print(&wrapped(text, "  "));
    }

    /// Prints somebody's words to somebody else.
    pub fn says(&self, who: &str, to: &str, text: &str) {
        let heading = format!("  {} → {}", self.strong(who), to);
        self.print(&format!("{heading}\n{}", wrapped(text, "      ")));
    }

    /// Prints a step of the preparations.
    pub fn prepares(&self, text: &str) {
        self.print(&format!("… {text}"));
    }

    fn print(&self, text: &str) {
        // A reader who closed the other end of a pipe does not read on; the play goes on for its exit code.
        drop(writeln!(self.out.lock(), "{text}"));
    }

    fn strong(&self, text: &str) -> String {
        if self.bold { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The text in lines that fit, each indented.
fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split(' ') {
            if !current.is_empty() && indent.len() + current.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(format!("{indent}{}", std::mem::take(&mut current)));
            } else if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(format!("{indent}{current}").trim_end().to_owned());
    }
    lines.join("\n")
}
