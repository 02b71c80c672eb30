//! stub
pub mod id;
