//! People: who is a member and in which role, how they join, and how that ends.

pub mod availability;
pub(crate) mod flow;
pub mod member;
pub mod monthly;
pub mod named;
pub mod roster;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod spoken;
pub(crate) mod words;
