//! Everything that each service of Lodge needs around its decisions: the sealed store, the wording, the Matrix session,
//! and the settings by which a homeserver gives nobody away.

pub mod accounts;
pub mod clock;
pub mod config;
pub mod files;
pub mod log;
pub mod matrix;
pub mod observe;
pub mod privacy;
pub mod registration;
pub mod service;
pub mod store;
pub mod wording;
