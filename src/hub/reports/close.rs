//! Closing a reported room through the homeserver's admin interface, as its operator.

use std::path::Path;
use std::time::Duration;

use lodge_channel::news::{self, Heard};
use lodge_core::id::ReportId;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;
use reqwest::Method;
use serde_json::json;
use tokio::time::Instant;

use super::{ListError, list, note_closed};
use crate::admin::{Admin, AdminError, odd};
use crate::config::Config;
use crate::run::clock;

/// The way in which a room was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// So many people of this homeserver were taken out of it, and it admits nobody any more.
    Removed(usize),
    /// Everybody had left it before, and nobody was there who could let anybody in.
    WasEmpty,
}

/// The reasons for which a room is not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// The list cannot be used.
    #[error(transparent)]
    List(#[from] ListError),
    /// The homeserver did not do it.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// No such report is in the list.
    #[error("there is no report {report} about a room that the porter has left; `lodge reports` lists those there are")]
    NoSuchReport {
        /// The id that was given.
        report: ReportId,
    },
    /// The room was closed before.
    #[error("the room of report {report} is closed already")]
    AlreadyClosed {
        /// The report's id.
        report: ReportId,
    },
    /// The room is somebody else's. Nothing was done to it.
    #[error("{room} is not a room that {porter} made for this hub, so it is left as it is; is matrix.user right?")]
    NotOurs {
        /// The room's id.
        room: String,
        /// The porter that should have made it.
        porter: Address,
    },
    /// Some people are still in the room. It admits nobody else, and the command may be given again.
    #[error("the homeserver could not take {people} people out of the room; look at its log and close it again")]
    Remaining {
        /// The number of people.
        people: usize,
    },
    /// It takes very long. It goes on, and the command may be given again.
    #[error("the homeserver is still at it after {} minutes; close it again later to see", FINISHED_WITHIN.as_secs() / 60)]
    Unfinished,
}

/// A room of two may take this long to empty.
const FINISHED_WITHIN: Duration = Duration::from_mins(5);

/// The homeserver is asked this often whether it has.
const ASK_EVERY: Duration = Duration::from_millis(250);

/// Closes the room of a report: its people are taken out and nobody comes in again. Its messages stay, for anybody who
/// has to look into it. `token_file` holds an administrator's token.
///
/// # Errors
/// When the room is not one that this hub's porter made, it is left as it is.
pub async fn close(config: &Config, report: ReportId, token_file: &Path) -> Result<Closing, CloseError> {
    let listed = list(config)?.into_iter().find(|listed| listed.reported.report == report);
    let listed = listed.ok_or(CloseError::NoSuchReport { report })?;
    if listed.closed.is_some() {
        return Err(CloseError::AlreadyClosed { report });
    }
    let room = &listed.reported.room;
    let operator = Operator(Admin::new(&config.matrix.homeserver, token_file)?);
    let closing = match operator.maker(room, &config.matrix.user).await? {
        Maker::Porter => Closing::Removed(operator.shut(room).await?),
        Maker::Other => {
            return Err(CloseError::NotOurs { room: room.0.clone(), porter: config.matrix.user.clone() });
        }
        Maker::Gone => Closing::WasEmpty,
    };
    note_closed(config, room, clock())?;
    Ok(closing)
}

/// The maker of a room.
enum Maker {
    /// The porter, with the hub's marker.
    Porter,
    /// Somebody else, or without the marker.
    Other,
    /// Nobody is in it, so the homeserver has forgotten.
    Gone,
}

/// The homeserver's operator, who may close rooms.
struct Operator(Admin);

impl Operator {
    /// The maker of the room, by its first event.
    async fn maker(&self, room: &RoomRef, porter: &Address) -> Result<Maker, CloseError> {
        let answer = self.0.call(Method::GET, &["v1", "rooms", &room.0, "state"], None).await?;
        let events = answer["state"].as_array().ok_or_else(|| odd("no state of the room"))?;
        let Some(first) = events.iter().find(|event| event["type"] == "m.room.create") else {
            return Ok(Maker::Gone);
        };
        // Read as the hub reads it, so that a room that the hub would not take for its own is not closed as its own.
        let made = news::read(first, porter, Proof::Unproven).map(|news| news.heard);
        Ok(if matches!(made, Some(Heard::Created(_))) { Maker::Porter } else { Maker::Other })
    }

    /// Empties the room for good; how many were in it.
    async fn shut(&self, room: &RoomRef) -> Result<usize, CloseError> {
        let request = json!({ "block": true, "purge": false });
        let answer = self.0.call(Method::DELETE, &["v2", "rooms", &room.0], Some(&request)).await?;
        let task = answer["delete_id"].as_str().ok_or_else(|| odd("no delete_id"))?;
        let deadline = Instant::now() + FINISHED_WITHIN;
        loop {
            let answer = self.0.call(Method::GET, &["v2", "rooms", "delete_status", task], None).await?;
            let people = |key: &str| answer["shutdown_room"][key].as_array().map_or(0, Vec::len);
            match answer["status"].as_str().ok_or_else(|| odd("no status"))? {
                "complete" if people("failed_to_kick_users") > 0 => {
                    return Err(CloseError::Remaining { people: people("failed_to_kick_users") });
                }
                "complete" => return Ok(people("kicked_users")),
                "failed" => {
                    return Err(odd(answer["error"].as_str().unwrap_or("it failed, and did not say why")).into());
                }
                _ if Instant::now() > deadline => return Err(CloseError::Unfinished),
                _ => tokio::time::sleep(ASK_EVERY).await,
            }
        }
    }
}
