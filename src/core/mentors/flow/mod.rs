//! Writing and showing a card; keeping and reading the mentors' list.

pub(crate) mod cards;
pub(crate) mod directory;
