//! The commands, as they are typed.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use lodge_hub::check::Verdict;
use lodge_hub::config::{self, Config, Override};
use tokio::signal::unix::{SignalKind, signal};

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a homeserver of one's own and the hub, and play a day at the careers service with real people's clients.
    Demo(Demo),
    /// Make the keys and the registration, and write what the homeserver should be told.
    Setup(Configured),
    /// Look at the configuration, the keys, the store, the homeserver and the clock.
    Check(Configured),
    /// Run the hub until it is told to stop.
    Run(Configured),
    /// Examine the audit log of a hub that is not running.
    Audit(Configured),
}

/// Which configuration.
#[derive(Debug, Args)]
pub struct Configured {
    /// The configuration.
    #[arg(long, value_name = "FILE", default_value = "lodge.toml")]
    config: PathBuf,
    /// A value to stand over the file's, such as `introductions.answer_within=3s`. May be given again.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<Override>,
}

/// How to play.
#[derive(Debug, Args)]
pub struct Demo {
    /// Leave everything running, and print the addresses and the people's log-ins.
    #[arg(long)]
    stay: bool,
    /// Log the people in, but play nothing. With --stay, for trying it by hand.
    #[arg(long)]
    no_play: bool,
    /// Where its data is kept.
    #[arg(long, value_name = "DIRECTORY", default_value = "lodge-data/demo")]
    dir: PathBuf,
    /// The homeserver's port, where any free one will not do.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// A value of the hub's configuration, such as `introductions.answer_within=1m`. May be given again.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<Override>,
}

impl Command {
    /// Does it. The exit code is for what was found; an error is for what could not be done.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Demo(demo) => demo.run().await,
            Self::Setup(configured) => {
                for line in lodge_hub::setup::setup(&configured.load()?)?.lines {
                    println!("{line}");
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Check(configured) => {
                let findings = lodge_hub::check::check(&configured.load()?).await;
                for finding in &findings {
                    println!("{finding}");
                }
                let wrong = findings.iter().any(|finding| finding.verdict == Verdict::Wrong);
                Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
            }
            Self::Run(configured) => {
                let config = configured.load()?;
                lodge_hub::log::start(&config.log);
                lodge_hub::run::run(&config, told_to_stop()?).await?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Audit(configured) => {
                let head = lodge_hub::audit::audit(&configured.load()?)?;
                println!("The audit log is whole: {} entries, the last with hash {}.", head.number, head.hash);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Configured {
    fn load(&self) -> anyhow::Result<Config> {
        Ok(config::load(&self.config, &self.overrides)?)
    }
}

impl Demo {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { stay, no_play, dir, port, overrides } = self;
        lodge_demo::demo(lodge_demo::Options { stay, play: !no_play, dir, port, overrides }, told_to_stop()?).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Done when the program is asked to stop: by an interrupt, or as a service is.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be listened for")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be listened for")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
