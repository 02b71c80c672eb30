//! What a command asks of the hub. The running hub holds the store, so it does what is asked; when no hub runs, the
//! command does the same with the store itself, and what is to be said to people is said at the hub's next start.

use anyhow::Context;
use lodge_channel::engine::Engine;
use lodge_channel::store::{Store, StoreError};
use lodge_core::time::Timestamp;
use lodge_plumbing::store::MasterKey;
use lodge_plumbing::wording::Wordings;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::roster::{self, List, Said};
use crate::run::{self, clock, open_store};

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

/// Does what is asked. What comes of it is to be committed before it is answered.
pub(crate) fn answer(engine: &mut Engine, request: &Request, now: Timestamp) -> Result<Answer, StoreError> {
    if engine.is_restoring() {
        let why = "the store was restored and the hub still hears again what was said since its export; start the hub \
                   if it is not running, wait until its log says that it goes on, and ask again";
        return Ok(Answer::NotNow(why.to_owned()));
    }
    Ok(match request {
        Request::Roster(list) => Answer::Roster(roster::take_in(engine, list, now)?),
    })
}

/// Does what is asked with the store of a hub that is not running.
pub fn offline(config: &Config, request: &Request) -> anyhow::Result<Answer> {
    let master = MasterKey::read(&config.store.key_file)?;
    let wordings = Wordings::load(config.wording.directory.as_deref())?;
    let mut store = open_store(config, &master)?;
    let now = clock();
    let mut engine = run::open_engine(config, &master, &wordings, &store, now)?;
    // As a start does, so that the administrator hears of what follows.
    engine.roster(config.roster(), now)?;
    let answered = answer(&mut engine, request, now)?;
    let batch = engine.take_batch()?;
    if !batch.is_empty() {
        store.commit(&batch).context("nothing of it was kept")?;
    }
    Ok(answered)
}
