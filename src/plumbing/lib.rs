//! What every service of Lodge needs: the sealed store, the wording, the Matrix session, and what a homeserver must be
//! told so that it gives nobody away.

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
pub mod observe;
pub mod service;
