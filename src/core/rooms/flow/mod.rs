//! Making and tending rooms for many, the coming and going of members, and their proposals.

pub(crate) mod members;
pub(crate) mod news;
pub(crate) mod proposing;
pub(crate) mod tending;
