//! What can be wrong with the wording files of a service, said to the person who edits them.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the wording cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordingError {
    /// The directory, or a file in it, cannot be read.
    #[error("the wording files in {path:?} cannot be read: {source}")]
    Unreadable {
        /// The directory.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Something in a file cannot be used.
    #[error("{place}: {problem}")]
    Unusable {
        /// Where.
        place: Place,
        /// What is wrong, and what would be right.
        problem: Problem,
    },
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

/// What is wrong with a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It cannot be read at all.
    #[error(
        "this is not a whole message ({0}); a message is a name, \"=\" and words, its further lines begin with four \
         spaces, and {{ }} come in pairs"
    )]
    NotAMessage(String),
    /// A line begins with a character that means something else there.
    #[error("a line of a message cannot begin with \"{0}\"; put a word or \"•\" before it")]
    LineStart(char),
    /// No sentence has that name.
    #[error("no sentence is called \"{id}\"; there are: {}", .known.join(", "))]
    UnknownId {
        /// What it is called.
        id: String,
        /// What sentences are called.
        known: Vec<String>,
    },
    /// The message stands there twice.
    #[error("\"{id}\" stands here again, after {first}; keep one of the two")]
    Twice {
        /// What it is called.
        id: String,
        /// Where it stands first.
        first: Place,
    },
    /// It uses something that it does not get.
    #[error("\"{id}\" uses ${variable}, which it does not get; {}", allowed(.variables))]
    UnknownVariable {
        /// What the message is called.
        id: String,
        /// The variable.
        variable: String,
        /// What it gets.
        variables: Vec<String>,
    },
    /// It leaves out something that its reader must see.
    #[error("\"{id}\" leaves out {{ ${variable} }}, which its readers need; {}", allowed(.variables))]
    MissingVariable {
        /// What the message is called.
        id: String,
        /// The variable.
        variable: String,
        /// What it gets.
        variables: Vec<String>,
    },
    /// It uses a part of Fluent that is not used here.
    #[error("\"{id}\" uses {what}; only words, {{ $variable }} and choices by a $variable can be used")]
    Unsupported {
        /// What the message is called.
        id: String,
        /// What it uses.
        what: &'static str,
    },
    /// Strong words begin and do not end.
    #[error("\"{id}\" has a ** without its pair; strong words stand between two, as in **yes**, on one line")]
    UnpairedStars {
        /// What the message is called.
        id: String,
    },
}

fn allowed(variables: &[String]) -> String {
    if variables.is_empty() { "it gets no variables".to_owned() } else { format!("it gets ${}", variables.join(", $")) }
}
