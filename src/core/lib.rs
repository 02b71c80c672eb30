//! The core of Lodge: it decides who may be introduced to whom, and holds the consents.
//!
//! It decides and does nothing. Time, randomness and ids come in as arguments; acts in the world go out as
//! [`effect::Effect`] values. The modules stand in reading order.

pub mod audit;
pub mod command;
pub mod conduct;
pub mod consent;
pub mod dialogue;
pub mod effect;
mod event;
pub mod expecting;
pub mod id;
pub mod input;
pub mod introduction;
pub mod mark;
pub mod mentors;
pub mod people;
pub mod policy;
pub mod rights;
pub mod rooms;
pub mod say;
pub mod state;
pub mod step;
pub mod timer;
mod turn;
pub mod wording;

pub use conduct as moderation;
pub use conduct::report;
pub use mentors::{card, directory};
pub use people::{availability, member, named, roster};
pub use rights::{data, receipt};
pub use rooms as room;

pub use lodge_ground::{name, time, when};
