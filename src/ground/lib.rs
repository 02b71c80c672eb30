//! The ground that both services stand on and neither of them owns: ids, time, names, and what is asked of a homeserver
//! and a store.
//!
//! Nothing here knows what either service is for, and nothing here does any input or output. The modules stand in
//! reading order.

pub mod anew;
pub mod audit;
pub mod bounded;
pub mod calls;
pub mod clock;
pub mod content;
pub mod device;
pub mod gaps;
pub mod homeserver;
pub mod id;
pub mod ledger;
pub mod name;
pub mod news;
pub mod outbox;
pub mod pace;
pub mod positions;
mod relation;
pub mod room;
pub mod rows;
pub mod seen;
pub mod store;
pub mod time;
pub mod waiting;
pub mod when;
pub mod wording;
