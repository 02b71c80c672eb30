//! The ground that both services stand on and neither of them owns: ids, time, names, and what is asked of a homeserver
//! and a store.
//!
//! Nothing here knows what either service is for, and nothing here does any input or output. The modules stand in
//! reading order.

pub mod time;
pub mod id;
mod unseen;
pub mod name;
pub mod near;
pub mod when;
pub mod wording;
pub mod bounded;
pub mod proof;
pub mod privacy;
pub mod venue;
pub mod link;
pub mod clock;
pub mod drawing;
pub mod store;
pub mod audit;
pub mod outbox;
pub mod positions;
pub mod stored;
pub mod index;
pub mod state;
