//! Mentors: cards, and the list in which students find who would gladly talk to them.

pub mod card;
pub mod directory;
pub(crate) mod flow;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;
