//! A calendar file, as far as a calendar needs it to know which meeting it is about and what to do with it.

use anyhow::{Context, Result, ensure};

/// The lines of a file that a calendar goes by.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Whether the meeting is to be put in, or crossed out.
    method: String,
    /// The name of the meeting among all meetings.
    uid: String,
    /// The number of its changes.
    sequence: u32,
}

impl Entry {
    pub(super) fn read(file: &str) -> Result<Self> {
        ensure!(file.starts_with("BEGIN:VCALENDAR"), "no calendar opens this:\n{file}");
        let value = |name: &str| {
            let found = file.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            found.map(str::to_owned).with_context(|| format!("there is no {name} in it:\n{file}"))
        };
        Ok(Self { method: value("METHOD")?, uid: value("UID")?, sequence: value("SEQUENCE")?.parse()? })
    }

    /// Whether a calendar puts the meeting in, or moves it.
    pub(super) fn is_meeting(&self) -> bool {
        self.method == "REQUEST"
    }

    /// Whether a calendar that has taken in the other file crosses out its meeting by this one.
    pub(super) fn calls_off(&self, other: &Self) -> bool {
        self.method == "CANCEL" && self.uid == other.uid && self.sequence > other.sequence
    }
}
