//! The hub: the porter's service around the core. The modules stand in reading order.

pub mod accounts;
pub mod admin;
pub mod audit;
mod cells;
pub mod check;
pub mod config;
pub mod control;
pub mod export;
pub mod reports;
pub mod rooms;
pub mod roster;
pub mod run;
mod service;
pub mod setup;
pub mod voice;
