//! How conduct is reported, and what staff do about it.

pub(crate) mod cases;
pub(crate) mod moderating;
pub(crate) mod overheard;
