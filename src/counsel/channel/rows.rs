//! The rows that the channel keeps beside the core's state, and how rows are written and read.

use std::collections::BTreeMap;

use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_ground::positions::Places;
pub use lodge_ground::stored::{delete, delete_single, gone, load, put, single};
use lodge_matrix::homeserver::EventRef;
pub use lodge_matrix::ledger::Ciphers;
pub use lodge_matrix::rows::{Seen, Stage, Token, Unread, Waiting};
use serde::{Deserialize, Serialize};
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

lodge_ground::stored! {
    |it: Conversation| Conversations, key it.person.to_bytes().to_vec(), of [it.person];
}

#[cfg(test)]
mod tests {
    use lodge_ground::store::Table;
    use lodge_ground::stored;
    use lodge_matrix::homeserver::RoomRef;

    use super::*;

    #[test]
    fn a_conversation_has_its_table_its_key_and_its_owner() {
        let (person, stage) = (PersonId::from_bytes([1; 16]), Stage::Open(RoomRef("!room".to_owned())));
        let row = Conversation { person, stage, stands: Places::default(), events: BTreeMap::new() };
        let row = stored::row(&row).unwrap();
        assert_eq!((row.table, row.key, row.owners), (Table::Conversations, vec![1; 16], [person].into()));
    }
}
