//! The core of Lodge: who may be introduced to whom, and what was agreed.
//!
//! It decides and does nothing. Time, randomness and ids come in as arguments; what is to be done in the world goes
//! out as [`effect::Effect`] values. The modules stand in reading order.

pub mod audit;
pub mod availability;
pub mod card;
pub mod command;
pub mod consent;
pub mod data;
pub mod dialogue;
pub mod directory;
pub mod effect;
pub mod expecting;
pub mod id;
pub mod input;
pub mod introduction;
pub mod mark;
pub mod member;
pub mod moderation;
pub mod named;
pub mod policy;
pub mod receipt;
pub mod report;
pub mod room;
pub mod roster;
pub mod say;
pub mod state;
pub mod step;
pub mod timer;
pub mod wording;

pub use lodge_ground::{name, time, when};
