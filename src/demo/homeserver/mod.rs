//! A homeserver of one's own: a pinned Synapse, installed, configured, started and stopped.
//!
//! [`Environment::install`] makes the virtual environment once; [`Homeserver::start`] runs Synapse from it on a
//! loopback port, for as long as the value (and the program) lives.

mod python;
mod pip;
mod install;
mod settings;
mod process;
mod api;
mod accounts;

pub use accounts::Account;
pub use api::{Answer, Api};
pub(crate) use install::environment_or;
pub use install::{Environment, Installer, ensure_installed, shared_environment};
pub use pip::{Package, SYNAPSE_VERSION};
pub use process::{Homeserver, free_port};
pub use settings::{Limits, Settings, write_private};
