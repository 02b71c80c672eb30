//! The rows in which things are kept, and the owners of each.

use std::collections::{BTreeMap, BTreeSet};

use lodge_counsel_core::case::Case;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::people::{Client, Counsellor};
use lodge_counsel_core::state::Timer;
use lodge_counsel_core::tally::Tally;
use lodge_ground::device::Pinned;
use lodge_ground::homeserver::EventRef;
use lodge_ground::positions::Places;
use lodge_ground::store::{Owners, Row, StoreError, Table, Write};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::errand::Job;

pub use lodge_ground::ledger::Ciphers;
pub use lodge_ground::rows::{Seen, Stage, Token, Unread, Waiting};

/// The room in which the service talks with somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The one beside the service in it.
    pub person: PersonId,
    /// The stage that it is at.
    pub stage: Stage,
    /// The number of the service's messages in it, and the places of those that await an answer.
    #[serde(flatten)]
    pub stands: Places,
    /// The events of the messages that await an answer.
    #[serde(default)]
    pub events: BTreeMap<EffectId, Spoken>,
}

/// A message of the service's, as somebody can reply to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spoken {
    /// Its event, once it shows.
    pub event: Option<EventRef>,
    /// The message on which the thread hangs that it was said in.
    pub thread: Option<EventRef>,
}

/// A thing that is kept as a row.
pub trait Kept: Serialize + DeserializeOwned {
    /// The table of such rows.
    const TABLE: Table;
    /// Its key in that table.
    fn key(&self) -> Vec<u8>;
    /// The members whose data it holds.
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
    Waiting, Waiting, |it| it.event.clone().into_bytes(), |it| BTreeSet::from([it.member]);
    Unread, Unread, |it| it.number.to_be_bytes().to_vec(), |it| BTreeSet::from([it.member]);
    Ciphers, Ciphers, |it| Ciphers::key(it), |it| BTreeSet::from([it.member]);
    Seen, Seen, |it| it.event.clone().into_bytes(), |_| Owners::new();
    Pinned, Pinned, |it| it.member.to_bytes().to_vec(), |it| BTreeSet::from([it.member]);
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
