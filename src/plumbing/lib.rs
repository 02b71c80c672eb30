//! Everything that each service of Lodge needs around its decisions: the sealed store, the wording, the Matrix session,
//! and the settings by which a homeserver gives nobody away.

pub mod files;
pub mod random;
pub mod log;
pub mod config;
pub mod accounts;
pub mod privacy;
pub mod registration;
pub mod wording;
pub mod store;
pub mod matrix;
pub mod clock;
pub mod socket;
pub mod observe;
pub mod service;
