//! What is left of a life that is over.

use std::fmt::Write as _;

use crate::journal::Journal;
use crate::monitor::Violation;
use crate::world::log::{Entry, What};

/// A life that is over.
pub struct Lived {
    /// What must not be and was.
    pub violations: Vec<Violation>,
    /// All that happened.
    pub log: Vec<Entry>,
    /// How many steps it took.
    pub steps: u64,
    /// What the hub showed to whoever runs it, in lives beside a counselling service.
    pub journal: Journal,
    /// At how many points a crash was possible.
    pub points: u64,
    /// How many crashes there were.
    pub crashes: u64,
    /// In which rows a store that came back differs from the one that was lost.
    pub differences: Vec<String>,
    /// How often the hub stopped because its clock could not be right.
    pub stopped: u64,
}

impl Lived {
    /// What must not be and was, in a line.
    pub fn breaches(&self) -> String {
        self.violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    /// In how many rooms two people could speak in the end.
    pub fn introduced(&self) -> u64 {
        self.log.iter().map(|entry| u64::from(matches!(entry.what, What::SpeechOpened(_)))).sum()
    }

    /// Everything that happened, to be read.
    pub fn transcript(&self) -> String {
        let mut text = String::new();
        for entry in &self.log {
            let _ = writeln!(text, "{entry}");
        }
        text
    }
}
