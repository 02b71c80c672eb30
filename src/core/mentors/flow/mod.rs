//! How a card is written and shown, and how the mentors' list is kept and read.

pub(crate) mod cards;
pub(crate) mod directory;
