//! The core of Lodge: it decides who may be introduced to whom, and holds the consents.
//!
//! It decides and does nothing. Time, randomness and ids come in as arguments; acts in the world go out as
//! [`effect::Effect`] values. The modules stand in reading order.

pub mod id;
pub mod policy;
pub mod mark;
pub mod consent;
pub mod people;
pub mod introduction;
pub mod interview;
pub mod arranging;
pub mod notes;
pub mod mentors;
pub mod events;
pub mod rooms;
pub mod conduct;
pub mod desk;
pub mod rights;
pub mod dialogue;
pub mod command;
pub mod expecting;
pub mod say;
pub mod wording;
pub mod state;
pub mod timer;
pub mod input;
pub mod effect;
pub mod audit;
mod domain_event;
mod turn;
pub mod step;

pub use lodge_ground::{name, time, when};
