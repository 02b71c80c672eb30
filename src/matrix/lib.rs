//! The work of both services on Matrix, with nothing of either: events and what they say, rooms and their settings, devices,
//! the messages that were heard, and the few calls that a service makes on a homeserver.
//!
//! Nothing here does any input or output. The modules stand in reading order.

pub mod occupant;
pub mod room;
pub mod homeserver;
pub mod calls;
pub mod news;
mod relation;
pub mod content;
pub mod device;
pub mod rows;
pub mod ledger;
pub mod seen;
pub mod anew;
pub mod gaps;
pub mod waiting;
pub mod pace;
pub mod happening;
pub mod hearing;
