//! What every service of Lodge needs: the sealed store, the wording, the Matrix session, and what a homeserver must be
//! told so that it gives nobody away.

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
