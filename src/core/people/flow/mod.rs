//! How people join, how staff verify them, and how a role ends.

pub(crate) mod availability;
pub(crate) mod devices;
pub(crate) mod joining;
pub(crate) mod membership;
pub(crate) mod roster;
pub(crate) mod verifying;
