//! The mistakes in the wording files of a service, said to the person who edits them.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The ways in which a wording is unfit for use.
#[derive(Debug, thiserror::Error)]
pub enum WordingError {
    /// The directory, or a file in it, cannot be read.
    #[error("the wording files in {path:?} cannot be read: {source}")]
    Unreadable {
        /// The directory of the wording files.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Something in a file cannot be used.
    #[error("{place}: {problem}")]
    Unusable {
        /// The line at which the editor has to look.
        place: Place,
        /// The mistake, and the right way.
        problem: Problem,
    },
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name, without its directory.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

/// The ways in which one message is wrong.
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
        /// The id that stands in the file.
        id: String,
        /// The ids that resemble it.
        known: Vec<String>,
    },
    /// It can be read, and not used.
    #[error("\"{id}\" {fault}")]
    Unfit {
        /// The message's id.
        id: String,
        /// The reason.
        fault: Fault,
    },
}

/// The reasons for which a message cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It stands here a second time; the line of the first.
    #[error("stands here again, after {0}; keep one of the two")]
    Twice(Place),
    /// It uses a variable that it does not get.
    #[error("uses ${variable}, which it does not get; {}", allowed(.variables))]
    UnknownVariable {
        /// The variable that stands in it.
        variable: String,
        /// The variables that the message is given.
        variables: Vec<String>,
    },
    /// It leaves out a variable that its reader must see.
    #[error("leaves out {{ ${variable} }}, which its readers need; {}", allowed(.variables))]
    MissingVariable {
        /// The variable that is lacking.
        variable: String,
        /// The variables that the message is given.
        variables: Vec<String>,
    },
    /// It uses a part of Fluent that is not used here.
    #[error("uses {0}; only words, {{ $variable }} and choices by a $variable can be used")]
    Unsupported(&'static str),
    /// Strong words begin and do not end.
    #[error("has a ** without its pair; strong words stand between two, as in **yes**, on one line")]
    UnpairedStars,
}

fn allowed(variables: &[String]) -> String {
    if variables.is_empty() { "it gets no variables".to_owned() } else { format!("it gets ${}", variables.join(", $")) }
}
