//! The record of a life that is over.

use std::fmt::Write as _;

use crate::journal::Journal;
use crate::monitor::Violation;
use crate::world::log::{Entry, What};

/// A life that is over.
pub struct Lived {
    /// Everything that broke a rule.
    pub violations: Vec<Violation>,
    /// Everything that happened.
    pub log: Vec<Entry>,
    /// The number of steps that it took.
    pub steps: u64,
    /// Everything that the hub showed to its operator, in lives beside a counselling service.
    pub journal: Journal,
    /// The number of points at which a crash was possible.
    pub points: u64,
    /// The number of crashes.
    pub crashes: u64,
    /// The rows in which a store that came back differs from the one that was lost.
    pub differences: Vec<String>,
    /// The number of times that the hub stopped because its clock could not be right.
    pub stopped: u64,
}

impl Lived {
    /// Everything that broke a rule, in one line.
    pub fn breaches(&self) -> String {
        self.violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    /// The number of rooms in which two people could speak in the end.
    pub fn introduced(&self) -> u64 {
        self.log.iter().map(|entry| u64::from(matches!(entry.what, What::SpeechOpened(_)))).sum()
    }

    /// The number of files that somebody got.
    pub fn files(&self) -> u64 {
        let is_file = |what: &What| matches!(what, What::Said(_, message) if message.say.is_file());
        self.log.iter().map(|entry| u64::from(is_file(&entry.what))).sum()
    }

    /// The number of times that the porter said this, by the id of its wording.
    pub fn said(&self, wording: &str) -> u64 {
        let is_it = |what: &What| matches!(what, What::Said(_, message) if message.wording == wording);
        self.log.iter().map(|entry| u64::from(is_it(&entry.what))).sum()
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
