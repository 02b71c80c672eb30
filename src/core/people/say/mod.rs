//! The porter's messages to people who join, about their devices, and about the requests they are brought.

pub(crate) mod devices;
pub(crate) mod joining;
pub(crate) mod receiving;
