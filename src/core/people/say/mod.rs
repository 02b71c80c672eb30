//! The porter's messages to people who join, and about their devices.

pub(crate) mod devices;
pub(crate) mod joining;
