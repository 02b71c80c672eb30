//! What a command asks of the hub. The running hub holds the store, so it does what is asked; when no hub runs, the
//! command does the same with the store itself, and what is to be said to people is said at the hub's next start; where it
//! takes more than the store, a hub runs for as long as that.

mod door;
mod asking;

use lodge_channel::community::{Intended, Planned};
use lodge_channel::engine::Engine;
use lodge_channel::homeserver::Called;
use lodge_channel::store::{Store, StoreError};
use lodge_core::room::RoomSettings;
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
    /// What would it take to make the rooms as these settings say? Changes nothing.
    PlanRooms(RoomSettings),
    /// Make the rooms as these settings say. It is answered when that is done.
    ApplyRooms(RoomSettings),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// What the hub says of a list of people.
    Roster(Said),
    /// What it would take to make the rooms as they should be.
    Rooms(Vec<Planned>),
    /// The rooms are as they should be, as far as they can be.
    RoomsApplied,
    /// It is not done now; why, in words for whoever asked.
    NotNow(String),
}

/// When a request is answered.
#[derive(Debug)]
pub enum Reply {
    /// Now.
    Now(Answer),
    /// When it is known how these rooms are on the homeserver.
    AfterLooking(Vec<Intended>),
    /// When what follows from it is done.
    OnceDone,
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
pub(crate) fn answer(engine: &mut Engine, request: &Request, now: Timestamp) -> Result<Reply, StoreError> {
    Ok(match request {
        Request::Roster(list) => Reply::Now(Answer::Roster(roster::take_in(engine, list, now)?)),
        Request::PlanRooms(rooms) => Reply::AfterLooking(engine.intended(rooms.clone(), now)),
        Request::ApplyRooms(rooms) => {
            engine.rooms(rooms.clone(), now)?;
            Reply::OnceDone
        }
    })
}

/// What is answered when the rooms were looked at.
pub(crate) fn looked(planned: Called<Vec<Planned>>) -> Answer {
    match planned {
        Ok(planned) => Answer::Rooms(planned),
        Err(error) => Answer::NotNow(format!("the rooms cannot be looked at on the homeserver: {error}")),
    }
}

/// Does what is asked with the store of a hub that is not running.
pub fn offline(config: &Config, request: &Request) -> anyhow::Result<Reply> {
    let master = MasterKey::read(&config.store.key_file)?;
    let wordings = Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref())?;
    let mut store = open_store(config, &master)?;
    let now = clock();
    let mut engine = open_engine(config, &master, &wordings, &store, now)?;
    // As a start does, so that the administrator hears of what follows.
    engine.roster(config.roster(), now)?;
    let reply = answer(&mut engine, request, now)?;
    let batch = engine.take_batch()?;
    if !batch.is_empty() {
        store.commit(&batch)?;
    }
    Ok(reply)
}

/// What is to be said of an answer to something else.
pub(crate) const UNEXPECTED: &str =
    "the running hub answers something else; is it of another version than this command?";
