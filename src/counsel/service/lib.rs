//! The counselling service around its core. It knows nothing of the hub: neither its code nor its data. The modules stand
//! in reading order.

pub mod config;
pub mod voice;
pub mod setup;
pub mod run;
pub mod counts;
