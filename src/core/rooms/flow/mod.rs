//! How rooms for many are made and tended, how members come and go, and what they propose.

pub(crate) mod members;
pub(crate) mod proposing;
pub(crate) mod tending;
