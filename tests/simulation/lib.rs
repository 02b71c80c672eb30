//! A small world from seeds: a homeserver that fails as real ones do, people who do as they please, a clock, and a
//! monitor that sees everything. In it the hub's engine lives thousands of short lives and dies at every point.

pub mod chance;
pub mod community;
pub mod hub;
pub mod life;
pub mod many;
pub mod monitor;
pub mod pairs;
pub mod people;
pub mod planted;
mod service;
mod twist;
pub mod world;
