//! How each thing is kept as a row, and whose it is.

use std::collections::BTreeSet;

use lodge_counsel_core::case::Case;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::people::{Client, Counsellor};
use lodge_counsel_core::state::Timer;
use lodge_counsel_core::tally::Tally;
use lodge_ground::homeserver::RoomRef;
use lodge_ground::store::{Owners, Row, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::errand::Job;

/// The room in which the service talks with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// With whom.
    pub person: PersonId,
    /// How far it is.
    pub stage: Stage,
}

/// How far a conversation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The room is to be created, marked with this id.
    Creating(EffectId),
    /// They are to be invited.
    Inviting(RoomRef),
    /// They were invited and have not come in.
    Invited(RoomRef),
    /// They are in it.
    Open(RoomRef),
    /// They left, or turned the invitation down. They are invited again when they ask.
    Left(RoomRef),
}

impl Stage {
    /// The room, once there is one.
    pub fn room(&self) -> Option<&RoomRef> {
        match self {
            Self::Creating(_) => None,
            Self::Inviting(room) | Self::Invited(room) | Self::Open(room) | Self::Left(room) => Some(room),
        }
    }
}

/// A message whose key is not here yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The event's id.
    pub event: String,
    /// Where it was said.
    pub room: RoomRef,
    /// By whom.
    pub person: PersonId,
    /// The event as it came.
    pub sealed: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// Whether they were asked to say it again.
    pub asked_again: bool,
}

/// An event that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The event's id.
    pub event: String,
    /// When.
    pub at: Timestamp,
}

/// Where the next sync response goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The homeserver's token.
    pub token: String,
}

/// A thing that is kept as a row.
pub trait Kept: Serialize + DeserializeOwned {
    /// Its table.
    const TABLE: Table;
    /// Its key in that table.
    fn key(&self) -> Vec<u8>;
    /// Whose data it holds.
    fn owners(&self) -> Owners;
}

macro_rules! kept {
    ($($kind:ty, $table:ident, |$it:pat_param| $key:expr, |$its:pat_param| $owners:expr;)*) => {$(
        impl Kept for $kind {
            const TABLE: Table = Table::$table;
            fn key(&self) -> Vec<u8> {
                let key = |$it: &Self| $key;
                key(self)
            }
            fn owners(&self) -> Owners {
                let owners = |$its: &Self| $owners;
                owners(self)
            }
        }
    )*};
}

kept! {
    Client, Clients, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.id]);
    Counsellor, Counsellors, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.id]);
    Case, Counsel, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.client]);
    Timer, Timers, |it| it.id.to_bytes().to_vec(), |_| Owners::new();
    Job, Outbox, |it| it.number.to_be_bytes().to_vec(), |it| it.owners.clone();
    Conversation, Conversations, |it| it.person.to_bytes().to_vec(), |it| BTreeSet::from([it.person]);
    Waiting, Waiting, |it| it.event.clone().into_bytes(), |it| BTreeSet::from([it.person]);
    Seen, Seen, |it| it.event.clone().into_bytes(), |_| Owners::new();
    Token, Singles, |_| b"token".to_vec(), |_| Owners::new();
    Tally, Singles, |_| b"tally".to_vec(), |_| Owners::new();
}

/// The change that keeps `it`.
pub fn put<K: Kept>(it: &K) -> Result<Write, StoreError> {
    Ok(Write::Put(Row::holding(K::TABLE, it.key(), it.owners(), it)?))
}

/// The change that takes away the row with this key.
pub fn delete<K: Kept>(key: Vec<u8>) -> Write {
    Write::Delete { table: K::TABLE, key }
}
