//! How people are forgotten, and how an older copy of the store is gone back to.

pub(crate) mod forgetting;
pub(crate) mod going_back;
