//! Between Matrix and the counselling core, without an SDK or a runtime: from sync responses to inputs, and from effects
//! to calls. Everything here runs the same against a real homeserver and in a simulation.

pub mod room;
pub mod errand;
pub mod rows;
pub mod perform;
mod channel;

pub use channel::{Channel, Fault, Options};
