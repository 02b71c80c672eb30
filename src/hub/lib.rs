//! The hub: the porter's service around the core. The modules stand in reading order.

pub mod config;
pub mod accounts;
pub mod setup;
pub mod voice;
pub mod run;
mod service;
pub mod control;
pub mod roster;
mod cells;
pub mod rooms;
pub mod reports;
pub mod admin;
pub mod export;
pub mod audit;
pub mod check;
