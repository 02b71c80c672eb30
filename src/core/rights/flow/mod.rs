//! Being forgotten, and going back to an older copy of the store.

pub(crate) mod forgetting;
pub(crate) mod going_back;
