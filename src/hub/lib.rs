//! The hub: the porter's service around the core.

pub mod config;
pub mod log;
pub mod service;
