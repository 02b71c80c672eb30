//! The ground that both services stand on and neither of them owns: ids, time, names, and what is asked of a homeserver
//! and a store.
//!
//! Nothing here knows what either service is for, and nothing here does any input or output. The modules stand in
//! reading order.

pub mod time;
pub mod id;
pub mod name;
pub mod when;
pub mod wording;
pub mod bounded;
pub mod room;
pub mod homeserver;
pub mod calls;
pub mod news;
mod relation;
pub mod content;
pub mod device;
pub mod clock;
pub mod store;
pub mod rows;
pub mod audit;
pub mod ledger;
pub mod seen;
pub mod anew;
pub mod gaps;
pub mod waiting;
pub mod pace;
pub mod outbox;
pub mod positions;
pub mod stored;
pub mod index;
pub mod state;
