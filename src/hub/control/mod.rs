//! What a command asks of the hub. The running hub holds the store, so it does what is asked; when no hub runs, the
//! command does the same with the store itself, and what is to be said to people is said at the hub's next start.

mod asking;
mod door;

use lodge_channel::engine::Engine;
use lodge_channel::store::{Store, StoreError};
use lodge_core::time::Timestamp;
use lodge_plumbing::store::MasterKey;
use lodge_plumbing::wording::Wordings;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::roster::{self, List, Said};
use crate::run::{clock, open_engine, open_store};

pub use asking::ask;
pub use door::Door;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Look at a list of people, or take it in.
    Roster(List),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// What the hub says of a list of people.
    Roster(Said),
    /// It is not done now; why, in words for whoever asked.
    NotNow(String),
}

/// Who did what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// The running hub.
    RunningHub,
    /// The command itself, for no hub runs.
    Offline,
}

/// Does what is asked. What comes of it is to be committed before it is answered.
pub(crate) fn answer(engine: &mut Engine, request: &Request, now: Timestamp) -> Result<Answer, StoreError> {
    if engine.is_restoring() {
        return Ok(Answer::NotNow(RESTORING.to_owned()));
    }
    Ok(match request {
        Request::Roster(list) => Answer::Roster(roster::take_in(engine, list, now)?),
    })
}

/// Does what is asked with the store of a hub that is not running.
pub fn offline(config: &Config, request: &Request) -> anyhow::Result<Answer> {
    let master = MasterKey::read(&config.store.key_file)?;
    let wordings = Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref())?;
    let mut store = open_store(config, &master)?;
    let now = clock();
    let mut engine = open_engine(config, &master, &wordings, &store, now)?;
    if !engine.is_restoring() {
        // As a start does, so that the administrator hears of what follows.
        engine.roster(config.roster(), now)?;
    }
    let answered = answer(&mut engine, request, now)?;
    let batch = engine.take_batch()?;
    if !batch.is_empty() {
        store.commit(&batch)?;
    }
    Ok(answered)
}

const RESTORING: &str = "the store was restored from an export, and the hub has still to hear again what was said since. \
                         Let it run until its log says that it goes on, and then ask again";
