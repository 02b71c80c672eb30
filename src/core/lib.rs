//! The core of Lodge: who may be introduced to whom, and what was agreed.
//!
//! It decides and does nothing. Time, randomness and ids come in as arguments; what is to be done in the world goes
//! out as [`effect::Effect`] values. The modules stand in reading order.

pub mod id;
pub mod time;
pub mod name;
pub mod member;
pub mod policy;
pub mod input;
pub mod consent;
pub mod introduction;
pub mod dialogue;
pub mod say;
pub mod wording;
pub mod effect;
pub mod audit;
