//! A person's rights: to see what is kept about them, to have it, and to be forgotten.

pub mod data;
pub(crate) mod flow;
pub(crate) mod words;
pub mod receipt;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub mod short;
