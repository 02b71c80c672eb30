//! Between Matrix and the core, without an SDK or a runtime: from sync responses to inputs, and from effects to calls.
//!
//! Everything here runs the same against a real homeserver and in a simulation. The modules stand in reading order.

pub mod room;
pub mod content;
pub mod community;
pub mod outbox;
pub mod perform;
pub mod tables;
mod channel;

pub use channel::{Channel, Fault, Heads, Options};
pub use lodge_ground::{audit, store};
pub use lodge_matrix::{gaps, homeserver, news};
