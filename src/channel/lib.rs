//! From sync responses to inputs and from effects to calls: Matrix without an SDK or a runtime.

pub mod audit;
pub mod store;
