//! The commands of an administrator to the hub. The running hub holds the store, so it does what is asked. When no hub
//! runs, the command does the same with the store itself, and people are told at the hub's next start. A command that
//! takes more than the store has a hub run for as long as that.

mod door;
mod asking;

use lodge_channel::Channel;
use lodge_channel::community::{Intended, Planned};
use lodge_channel::homeserver::Called;
use lodge_channel::store::{Store, StoreError};
use lodge_core::rooms::RoomSettings;
use lodge_core::time::Timestamp;
use lodge_plumbing::store::MasterKey;
use lodge_plumbing::wording::Wordings;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::roster::{self, List, Said};
use crate::run::{clock, open_engine, open_store};

pub use asking::ask;
pub use door::Door;

/// A command to the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Look at a list of people, or take it in.
    Roster(List),
    /// Finds what it would take to make the rooms as these settings say. Changes nothing.
    PlanRooms(RoomSettings),
    /// Make the rooms as these settings say. It is answered when that is done.
    ApplyRooms(RoomSettings),
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The verdict on a list of people.
    Roster(Said),
    /// The actions that would make the rooms as they should be.
    Rooms(Vec<Planned>),
    /// The rooms are as they should be, as far as they can be.
    RoomsApplied,
    /// It is not done now, for this reason, in words for the administrator.
    NotNow(String),
}

/// The time at which a command is answered.
#[derive(Debug)]
pub enum Reply {
    /// Now, with this answer.
    Now(Answer),
    /// Once these rooms were looked at on the homeserver.
    AfterLooking(Vec<Intended>),
    /// Once everything that follows from it is done.
    OnceDone,
}

/// The process that did the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// The hub that holds the store.
    RunningHub,
    /// The command itself, for no hub runs.
    Offline,
}

/// Does a command. The rows that change are to be committed before it is answered.
pub(crate) fn answer(engine: &mut Channel, request: &Request, now: Timestamp) -> Result<Reply, StoreError> {
    Ok(match request {
        Request::Roster(list) => Reply::Now(Answer::Roster(roster::take_in(engine, list, now)?)),
        Request::PlanRooms(rooms) => Reply::AfterLooking(engine.intended(rooms.clone(), now)),
        Request::ApplyRooms(rooms) => {
            engine.rooms(rooms.clone(), now)?;
            Reply::OnceDone
        }
    })
}

/// The answer once the rooms were looked at.
pub(crate) fn looked(planned: Called<Vec<Planned>>) -> Answer {
    match planned {
        Ok(planned) => Answer::Rooms(planned),
        Err(error) => Answer::NotNow(format!("the rooms cannot be looked at on the homeserver: {error}")),
    }
}

/// Does a command with the store of a hub that is not running.
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

/// The complaint about an answer that belongs to another command.
pub(crate) const UNEXPECTED: &str =
    "the running hub answers something else; is it of another version than this command?";
