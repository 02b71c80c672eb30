//! Joining, verification by staff, and the end of a role.

pub(crate) mod availability;
pub(crate) mod devices;
pub(crate) mod joining;
pub(crate) mod membership;
pub(crate) mod roster;
pub(crate) mod verifying;
