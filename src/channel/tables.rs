//! The rows in which things are kept, and the owners of each.

use std::collections::BTreeSet;

use lodge_core::conduct::Case;
use lodge_core::conduct::report::Report;
use lodge_core::consent::Entry;
use lodge_core::id::{EffectId, MemberId};
use lodge_core::introduction::{Introduction, RoomRef};
use lodge_core::mark::Mark;
use lodge_core::people::member::Member;
use lodge_core::people::roster::{Listing, Organisation};
use lodge_core::rooms::{CommunityRoom, Proposal};
use lodge_core::time::Timestamp;
use lodge_core::timer::Timer;
use lodge_ground::device::Pinned;
use lodge_ground::positions::Places;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::audit::{Entry as AuditEntry, Head, Kept as AuditParts};
use crate::homeserver::EventRef;
use crate::outbox::Job;
use crate::store::{Owners, Row, StoreError, Table, Write};

pub use lodge_ground::ledger::Ciphers;
pub use lodge_ground::rows::{Seen, Stage, Token, Unread, Waiting};
pub use lodge_ground::store::Restored;

/// The room in which the porter talks with a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The one beside the porter in it.
    pub member: MemberId,
    /// The stage that it is at.
    pub stage: Stage,
    /// The number of conversations that were given up before it. Older rows have not counted.
    #[serde(default)]
    pub given_up: u32,
    /// The number of the porter's messages in it, those in earlier ones included, and the places of those that await an
    /// answer.
    #[serde(flatten)]
    pub stands: Places,
}

/// A message of the porter's that shows details: where it stands, for answers by reply and for taking it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The id of the event.
    pub event: String,
    /// The effect that said it.
    pub effect: EffectId,
    /// The member it was said to.
    pub member: MemberId,
    /// The room it stands in; in older rows, the conversation with them.
    #[serde(default)]
    pub room: Option<RoomRef>,
    /// Whether it can be answered by a reply. In older rows all are prompts.
    #[serde(default = "yes")]
    pub prompt: bool,
    /// The thread of that room that it stands in, by its root.
    #[serde(default)]
    pub thread: Option<EventRef>,
}

fn yes() -> bool {
    true
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
    Member, Members, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.id]);
    Introduction, Introductions, |it| it.id.to_bytes().to_vec(), |it| Introduction::owners(it);
    Timer, Timers, |it| it.id.to_bytes().to_vec(), |_| Owners::new();
    Job, Outbox, |it| it.number.to_be_bytes().to_vec(), |it| it.owners.clone();
    Conversation, Conversations, |it| it.member.to_bytes().to_vec(), |it| BTreeSet::from([it.member]);
    Waiting, Waiting, |it| it.event.clone().into_bytes(), |it| BTreeSet::from([it.member]);
    Unread, Unread, |it| it.number.to_be_bytes().to_vec(), |it| BTreeSet::from([it.member]);
    Ciphers, Ciphers, |it| Ciphers::key(it), |it| BTreeSet::from([it.member]);
    Asked, Asked, |it| it.event.clone().into_bytes(), |it| BTreeSet::from([it.member]);
    Seen, Seen, |it| it.event.clone().into_bytes(), |_| Owners::new();
    AuditEntry, Audit, |it| it.number.to_be_bytes().to_vec(), |_| Owners::new();
    Mark, Marks, |it| it.id.to_bytes().to_vec(), |_| Owners::new();
    Entry, Entries, |it| it.of().to_bytes().to_vec(), |it| BTreeSet::from([it.of()]);
    Report, Reports, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.by]);
    Listing, Listings, |it| it.member.to_bytes().to_vec(), |it| BTreeSet::from([it.member]);
    Organisation, Organisations, |it| it.id.to_bytes().to_vec(), |_| Owners::new();
    CommunityRoom, Rooms, |it| it.id.to_bytes().to_vec(), |_| Owners::new();
    Case, Cases, |it| it.id.to_bytes().to_vec(), |it| Case::owners(it);
    Proposal, Proposals, |it| it.id.to_bytes().to_vec(), |it| BTreeSet::from([it.by]);
    Pinned, Pinned, |it| it.member.to_bytes().to_vec(), |it| BTreeSet::from([it.member]);
    Token, Singles, |_| b"token".to_vec(), |_| Owners::new();
    AuditHead, Singles, |_| b"audit".to_vec(), |_| Owners::new();
    HeadTold, Singles, |_| b"audit-told".to_vec(), |_| Owners::new();
    AuditKept, Singles, |_| b"audit-kept".to_vec(), |_| Owners::new();
    Restored, Singles, |_| Restored::KEY.to_vec(), |_| Owners::new();
    Era, Singles, |_| b"era".to_vec(), |_| Owners::new();
}

/// An era of ids: an older copy of the store was put back when it began, and no id of the time that is lost comes
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Era {
    /// The time at which it began.
    pub began: Timestamp,
}

/// The end of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Its number and hash.
    pub audit: Head,
}

/// The end of the audit log that was told last where the store is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadTold {
    /// Its number and hash.
    pub audit: Head,
    /// The time at which it was told.
    pub at: Timestamp,
}

/// The part of the audit log that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditKept {
    /// The part of the log that is kept, and the ends of its parts.
    pub audit_kept: AuditParts,
}

/// The change that keeps `it`.
pub fn put(it: &impl Kept) -> Result<Write, StoreError> {
    Ok(Write::Put(row(it)?))
}

/// Makes the row that keeps `it`.
pub fn row<K: Kept>(it: &K) -> Result<Row, StoreError> {
    Row::holding(K::TABLE, it.key(), it.owners(), it)
}

/// The change that forgets the row with this key.
pub fn delete<K: Kept>(key: Vec<u8>) -> Write {
    Write::Delete { table: K::TABLE, key }
}

/// The key of an event's row.
pub fn event_key(event: &EventRef) -> Vec<u8> {
    event.0.clone().into_bytes()
}

/// Reads a row back.
pub fn read<K: Kept>(row: &Row) -> Result<K, StoreError> {
    row.read()
}
