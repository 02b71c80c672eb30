//! Two people find a time to talk: when each is free, in words; when both are; and the calendar file for it.
//!
//! Nothing here reads a clock or acts. Words are never guessed at: what is not understood for certain is asked back, part by part.

pub mod free;
pub mod overlap;
mod zone_rules;
pub mod invitation;
pub mod reading;

/// The hour of the day from which people are asked to talk, by their own clocks.
pub const DAY_BEGINS: i8 = 8;

/// The hour of the day up to which they are.
pub const DAY_ENDS: i8 = 21;
