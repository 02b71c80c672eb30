//! How people are forgotten, how words are edited and taken away, and how an older copy of the store is gone back to.

pub(crate) mod forgetting;
pub(crate) mod going_back;
pub(crate) mod retouching;
pub(crate) mod tidying;
