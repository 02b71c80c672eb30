//! `lodge roster`: the service's records taken in, and letters for those on them who have no account yet.

mod import;
mod letters;
mod sheet;
mod shown;
mod tokens;

use std::path::{Path, PathBuf};

use lodge_channel::engine::Engine;
use lodge_channel::store::StoreError;
use lodge_core::roster::{self, Change, Code, Entry, Lister, Reach, Roster};
use lodge_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::Config;

pub use import::{Import, Letters, import};
pub use sheet::{BadLine, Sheet};

/// A list of people for a hub to look at or to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Those on it.
    pub entries: Vec<Entry>,
    /// What it says about those who are not.
    pub reach: Reach,
    /// Whether it is taken in, or only looked at.
    pub apply: bool,
}

/// What a hub says of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Nothing of it is taken in, for these entries, counted from 0, cannot be.
    Wrong(Vec<(usize, String)>),
    /// It can be, or has been, taken in.
    Fine {
        /// What it changes.
        changes: Vec<Change>,
        /// Once it has been taken in: those of it who have no account yet.
        invited: Vec<Invited>,
    },
}

/// Somebody who has no account yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub entry: Entry,
    /// What they show the porter to be recognised.
    pub code: Code,
}

/// Why a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// There are lines in it that cannot be taken in. Nothing of it was.
    #[error("{}: nothing is taken in until every line can be\n{}", path.display(), lines(bad))]
    Lines {
        /// Which file.
        path: PathBuf,
        /// The lines.
        bad: Vec<BadLine>,
    },
}

/// Reads a roster's file.
pub fn read(config: &Config, path: &Path) -> Result<Sheet, FileError> {
    let bytes = std::fs::read(path).map_err(|cause| FileError::Unreadable { path: path.to_owned(), cause })?;
    sheet::read(&bytes, &config.service.zone).map_err(|bad| FileError::Lines { path: path.to_owned(), bad })
}

/// Looks at a list, or takes it in.
pub fn take_in(engine: &mut Engine, list: &List, now: Timestamp) -> Result<Said, StoreError> {
    let List { entries, reach, apply } = list;
    let roster = Roster { entries: entries.clone(), reach: *reach, by: Lister::Records };
    let problems = roster::problems(engine.state(), &engine.settings().porter, &roster);
    if !problems.is_empty() {
        return Ok(Said::Wrong(problems.into_iter().map(|(at, problem)| (at, problem.to_string())).collect()));
    }
    let changes = roster::plan(engine.state(), &engine.settings().mark_key, &roster);
    if !apply {
        return Ok(Said::Fine { changes, invited: Vec::new() });
    }
    engine.roster(roster.clone(), now)?;
    let invited = roster::invitees(engine.state(), &engine.settings().mark_key, &roster);
    let invited = invited.into_iter().map(|(entry, code)| Invited { entry, code }).collect();
    Ok(Said::Fine { changes, invited })
}

fn lines(bad: &[BadLine]) -> String {
    bad.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
