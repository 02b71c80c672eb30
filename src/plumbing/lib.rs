//! What every service of Lodge needs: the sealed store, the wording, the Matrix session, and what a homeserver must be
//! told so that it gives nobody away.

pub mod matrix;
pub mod privacy;
pub mod store;
pub mod wording;
