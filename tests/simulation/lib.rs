//! A small world from seeds: a homeserver that fails as real ones do, people who do as they please, a clock, and a
//! monitor that sees everything. In it the hub's engine lives thousands of short lives and dies at every point.

#![expect(clippy::missing_panics_doc, reason = "where something that must be there is not, the life ends with a panic")]

pub mod chance;
pub mod community;
pub mod counsel;
mod driving;
mod errand;
pub mod hub;
pub mod journal;
pub mod life;
pub mod lived;
pub mod many;
mod mishearing;
mod mislisting;
pub mod monitor;
pub mod pairs;
pub mod people;
pub mod planted;
mod service;
pub mod skew;
pub mod twin;
mod twist;
pub mod unrest;
pub mod world;
