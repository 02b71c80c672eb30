//! The counselling service's commands, as they are typed.

use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use lodge_plumbing::config::Override;

use crate::commands::{print, status};

/// The parts of the service that log, by the names of their packages.
const LOGS: [&str; 6] =
    ["lodge_ground", "lodge_counsel_core", "lodge_counsel_channel", "lodge_plumbing", "lodge_counsel", "lodge"];

/// The arguments of `lodge counsel`.
#[derive(Debug, Args)]
pub struct Counsel {
    /// The configuration.
    #[arg(long, global = true, value_name = "FILE", default_value = "counsel.toml")]
    config: PathBuf,
    /// A value to stand over the file's, such as `times.claim_within=3s`. May be given again.
    #[arg(long = "set", global = true, value_name = "KEY=VALUE")]
    overrides: Vec<Override>,
    /// This machine's clock is right, though the store has something of a later moment: it was wrong then.
    #[arg(long)]
    clock_is_right: bool,
    /// The service's cross-signing keys, and the key that recovers them, are lost: make new ones. People's apps then say
    /// that its identity has changed.
    #[arg(long)]
    new_identity: bool,
    #[command(subcommand)]
    what: Option<What>,
}

/// The commands of the counselling service; without one of these the service runs.
#[derive(Debug, Subcommand)]
enum What {
    /// Make the key and the registration.
    Setup,
    /// Say how the running service is. Ends with 0 when it is well, and with 1 when it is not or none runs.
    Status,
    /// Say how many conversations there were in each month that is over, to the nearest five. The service must not run.
    Counts,
}

impl Counsel {
    /// Does it; a service runs until `stop` is done.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<ExitCode> {
        let mut loaded = lodge_counsel::config::load(&self.config, &self.overrides)?;
        loaded.config.clock_is_right = self.clock_is_right;
        loaded.config.new_identity = self.new_identity;
        match self.what {
            Some(What::Setup) => Ok(print(lodge_counsel::setup::setup(&loaded.config)?)),
            Some(What::Status) => status(&loaded.config.store.directory).await,
            Some(What::Counts) => Ok(print(lodge_counsel::counts::counts(&loaded.config)?)),
            None => {
                lodge_plumbing::log::start(&loaded.config.log, &LOGS);
                lodge_counsel::run::run(loaded, stop).await?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
