//! The core of the counselling service: how somebody comes to a private conversation with a counsellor, and how it ends.
//!
//! It decides and does nothing, as the hub's core does, and knows nothing of the hub. The modules stand in reading order.

pub mod id;
pub mod hours;
pub mod word;
pub mod tally;
pub mod policy;
pub mod people;
pub mod case;
pub mod asked;
pub mod command;
pub mod input;
pub mod say;
pub mod wording;
pub mod effect;
pub mod state;
pub mod step;
