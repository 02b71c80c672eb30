//! The counselling service around its core. It knows nothing of the hub: neither its code nor its data. The modules stand
//! in reading order.

pub mod config;
pub mod counts;
pub mod run;
pub mod setup;
pub mod voice;
