//! The core of the counselling service: how somebody comes to a private conversation with a counsellor, and how it ends.
//!
//! It decides and does nothing, as the hub's core does, and knows nothing of the hub. The modules stand in reading order.

pub mod asked;
pub mod case;
pub mod command;
pub mod effect;
pub mod hours;
pub mod id;
pub mod input;
pub mod people;
pub mod policy;
pub mod say;
pub mod state;
pub mod step;
pub mod tally;
pub mod word;
pub mod wording;
