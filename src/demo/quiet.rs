//! A counselling service of one's own, beside the hub: an account, a key, a store and a configuration of its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use lodge_counsel::config::{self, Loaded};
use lodge_counsel::setup;
use matrix_sdk::ruma::{OwnedUserId, UserId};

/// The counsellors in the project's examples: the part of their Matrix id before the colon, and their name.
pub const COUNSELLORS: [(&str, &str); 2] = [("kim-quiet", "Kim"), ("lee-quiet", "Lee")];

/// A counselling service that is configured, and can be started.
#[derive(Debug, Clone)]
pub struct Configured {
    /// The account that the service runs.
    pub account: OwnedUserId,
    /// The path of its configuration.
    pub configuration: PathBuf,
    /// The list of accounts, which the hub reads too.
    pub accounts: PathBuf,
    /// The registration that the homeserver is to be given.
    pub registration: PathBuf,
}

impl Configured {
    /// Writes the project's example configuration into `directory`, for this server, and makes everything that a first
    /// run needs.
    pub fn write(directory: &Path, server_name: &str) -> Result<Self> {
        fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
        let here = |name: &str, example: &str| {
            let path = directory.join(name);
            let text = example.replace("example.org", server_name);
            fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
            anyhow::Ok(path)
        };
        let accounts = here("accounts.toml", include_str!("../../config/accounts.example.toml"))?;
        let configuration = here("counsel.toml", include_str!("../../config/counsel.example.toml"))?;
        let config = config::load(&configuration, &[])?.config;
        setup::setup(&config)?;
        let account = UserId::parse(config.matrix.user.as_str())?;
        Ok(Self { account, configuration, accounts, registration: config.matrix.registration })
    }

    /// Its configuration, on this homeserver and with these values over it.
    pub fn loaded(&self, homeserver: &str, set: &[&str]) -> Result<Loaded> {
        let homeserver = format!("matrix.homeserver={homeserver}");
        let set = set.iter().copied().chain([homeserver.as_str()]).map(str::parse).collect::<Result<Vec<_>, _>>()?;
        Ok(config::load(&self.configuration, &set)?)
    }
}
