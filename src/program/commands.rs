//! The commands, as they are typed.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use lodge_hub::audit::{Head, Known};
use lodge_hub::check::Verdict;
use lodge_hub::config::{self, Config, Override};
use lodge_hub::export::{Progress, RestoreFrom};
use lodge_hub::reports::{Closing, ReportId};
use lodge_hub::roster::{Encoding, FileError, Import, Letters, Order, Reading};
use lodge_plumbing::observe::{Asked, ask};
use tokio::signal::unix::{SignalKind, signal};

use crate::counsel::Counsel;

/// The parts of the hub that log, by the names of their packages.
const HUB_LOGS: [&str; 6] = ["lodge_ground", "lodge_core", "lodge_channel", "lodge_plumbing", "lodge_hub", "lodge"];

/// The commands of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a homeserver of one's own and the hub, and play a day at the careers service with real people's clients.
    Demo(Demo),
    /// Make the keys and the registration, and write what the homeserver should be told.
    Setup(Configured),
    /// Look at the configuration, the keys, the store, the homeserver and the clock.
    Check(Check),
    /// Run the hub until it is told to stop.
    Run(Run),
    /// Say how the running hub is, in lines that fit a phone. Ends with 0 when it is well, and with 1 when it is not or none runs.
    Status(Configured),
    /// Run the counselling service until it is told to stop, or make what it needs.
    Counsel(Counsel),
    /// Examine the audit log of a hub that is not running.
    Audit(Audit),
    /// Write everything that a hub keeps, sealed as it is, to a new file. The hub must not be running.
    Export(Export),
    /// Make a store from an export and the commit log since, where there is none. Who was forgotten is left out.
    Restore(Restore),
    /// Take in the service's records of people.
    Roster(Roster),
    /// Make the rooms for many as the configuration says, or show what that would change.
    Rooms(Rooms),
    /// List the reports about rooms that the porter has left, or close such a room as the homeserver's operator.
    Reports(Reports),
}

/// The configuration that a command works with.
#[derive(Debug, Args)]
pub struct Configured {
    /// The configuration.
    #[arg(long, global = true, value_name = "FILE", default_value = "lodge.toml")]
    config: PathBuf,
    /// A value to stand over the file's, such as `introductions.answer_within=3s`. May be given again.
    #[arg(long = "set", global = true, value_name = "KEY=VALUE")]
    overrides: Vec<Override>,
}

/// The way to run the hub.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    configured: Configured,
    /// This machine's clock is right, though the store has something of a later moment: it was wrong then.
    #[arg(long)]
    clock_is_right: bool,
    /// The porter's cross-signing keys, and the key that recovers them, are lost: make new ones. People's apps then say
    /// that its identity has changed.
    #[arg(long)]
    new_identity: bool,
}

/// The arguments of `lodge check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    configured: Configured,
    /// The homeserver's own configuration, for those of its settings that cannot be seen from outside. May be given
    /// again, in the homeserver's order.
    #[arg(long, value_name = "FILE")]
    homeserver_config: Vec<PathBuf>,
}

/// The arguments of `lodge audit`.
#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    configured: Configured,
    /// An end that the log had once, as this command printed it or the porter said it. May be given again.
    #[arg(long, value_name = "NUMBER:HASH")]
    known: Vec<Head>,
    /// A file in which there are such ends, as a running hub writes it (`audit.heads_file`). May be given again.
    #[arg(long, value_name = "FILE")]
    known_file: Vec<PathBuf>,
}

/// The arguments of `lodge export`.
#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    configured: Configured,
    /// The new file, or `-` for standard output.
    file: PathBuf,
}

/// The arguments of `lodge restore`.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    configured: Configured,
    /// The export.
    file: PathBuf,
    /// The directory with the members' keys and the commit log as they are now: the configured mirror, or a damaged store's
    /// directory.
    #[arg(long, value_name = "DIRECTORY")]
    keys: PathBuf,
    /// Another copy of the erasure journal, to be heeded too.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    /// Go back to the export, since the commit log is lost. What came after the export is not known any more.
    #[arg(long)]
    without_log: bool,
}

/// The service's records of people.
#[derive(Debug, Args)]
pub struct Roster {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    what: WithRoster,
}

/// The commands about the records.
#[derive(Debug, Subcommand)]
enum WithRoster {
    /// Show what a file with comma-separated values would change; with --apply, take it in. The hub may be running.
    ///
    /// Its first line names the columns, in any order: name, role, email or `matrix_id` or both, and cohort, organisation,
    /// `valid_until` (2027-06-30, the last day), course, headline.
    Import {
        /// The list of people.
        file: PathBuf,
        /// The order of its dates: day-first, month-first or year-first. Only where a date could be read in two ways;
        /// on a terminal it is asked for.
        #[arg(long, value_name = "ORDER")]
        dates: Option<Order>,
        /// The encoding of the file, such as windows-1252, where it is neither UTF-8 nor UTF-16.
        #[arg(long, value_name = "NAME")]
        encoding: Option<Encoding>,
        /// The file is everybody the records know: whoever is not in it is a member no longer.
        #[arg(long)]
        whole: bool,
        /// Take it in. Without this nothing changes.
        #[arg(long)]
        apply: bool,
        /// The number of people for whom the list ends something. A list that ends it for all, for all staff, or for
        /// more than a fifth is taken in only with that number; without --apply the command says it.
        #[arg(long, value_name = "NUMBER", requires = "apply")]
        ends: Option<usize>,
        /// Write letters to a new file, for a mail merge: a line for each person of the file who has no account yet.
        #[arg(long, value_name = "OUT.csv", requires = "apply")]
        letters: Option<PathBuf>,
        /// Let each of them register once on the homeserver: a file with the token of one of its administrators, not
        /// open to others.
        #[arg(long, value_name = "FILE", requires = "letters")]
        admin_token_file: Option<PathBuf>,
    },
}

/// The rooms for many.
#[derive(Debug, Args)]
pub struct Rooms {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    what: WithRooms,
}

/// The commands about the rooms. The hub may be running.
#[derive(Debug, Subcommand)]
enum WithRooms {
    /// Show what differs between the rooms on the homeserver and the configuration. Nothing changes.
    Plan,
    /// Make the rooms as the configuration says, and wait until they are.
    Apply,
}

/// The operator's reports.
#[derive(Debug, Args)]
pub struct Reports {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    what: Option<WithReport>,
}

/// The commands about one report.
#[derive(Debug, Subcommand)]
enum WithReport {
    /// Take everybody out of the room of a report, and let nobody in again.
    Close {
        /// The report's id, as `lodge reports` lists it.
        report: ReportId,
        /// A file with the token of an administrator of the homeserver, not open to others.
        #[arg(long, value_name = "FILE")]
        admin_token_file: PathBuf,
    },
}

/// The arguments of `lodge demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Leave everything running, and print the addresses and the people's log-ins.
    #[arg(long)]
    stay: bool,
    /// Log the people in, but play nothing. With --stay, for trying it by hand.
    #[arg(long)]
    no_play: bool,
    /// The directory for its data.
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
    /// Does the command. The exit code is for its findings; an error is for anything that could not be done.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Demo(demo) => Box::pin(demo.run()).await,
            Self::Setup(configured) => Ok(print(lodge_hub::setup::setup(&configured.load()?)?.lines)),
            Self::Check(check) => check.run().await,
            Self::Run(Run { configured, clock_is_right, new_identity }) => {
                let config = Config { clock_is_right, new_identity, ..configured.load()? };
                lodge_plumbing::log::start(&config.log, &HUB_LOGS);
                Box::pin(lodge_hub::run::run(&config, told_to_stop()?)).await?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Status(configured) => status(&configured.load()?.store.directory).await,
            Self::Counsel(counsel) => counsel.run(told_to_stop()?).await,
            Self::Audit(audit) => audit.run(),
            Self::Export(export) => export.run(),
            Self::Restore(restore) => restore.run(),
            Self::Roster(roster) => Box::pin(roster.run()).await,
            Self::Rooms(rooms) => rooms.run().await,
            Self::Reports(reports) => reports.run().await,
        }
    }
}

impl Configured {
    fn load(&self) -> anyhow::Result<Config> {
        Ok(config::load(&self.config, &self.overrides)?)
    }
}

impl Check {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { configured, homeserver_config } = self;
        let findings = lodge_hub::check::check(&configured.load()?, &homeserver_config).await;
        for finding in &findings {
            println!("{finding}");
        }
        let wrong = findings.iter().any(|finding| finding.verdict == Verdict::Wrong);
        Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

impl Audit {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Self { configured, known, known_file } = self;
        let mut all: Vec<Known> =
            known.into_iter().map(|head| Known { head, from: format!("--known {head}") }).collect();
        for file in known_file {
            all.extend(lodge_hub::audit::read_heads(&file)?);
        }
        let head = lodge_hub::audit::audit(&configured.load()?, &all)?;
        println!("The audit log is whole: {} entries hang together.", head.number);
        match all.len() {
            0 => {}
            1 => println!("The end that was written down is part of it."),
            many => println!("All {many} ends that were written down are part of it."),
        }
        println!("Its end, to be written down somewhere else and given with --known later: {head}");
        Ok(ExitCode::SUCCESS)
    }
}

impl Export {
    fn run(self) -> anyhow::Result<ExitCode> {
        let exported = lodge_hub::export::export(&self.configured.load()?, &self.file, &mut std::io::stdout())?;
        eprintln!("Exported: {} rows, as they were after commit {}.", exported.rows, exported.commit);
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Self { configured, file, keys, erasures, without_log } = self;
        let from = RestoreFrom { export: file, keys, erasures, without_log };
        let rebuilt = lodge_hub::export::restore(&configured.load()?, &from, &mut |progress| show(progress))?;
        Ok(print(lodge_hub::export::told(&rebuilt)))
    }
}

/// Says on the terminal how far a restore is.
fn show(progress: Progress) {
    match progress {
        Progress::Reading { commits, bytes, of } => {
            eprintln!("{commits} commits read from the log ({} %)", bytes * 100 / of.max(1));
        }
        Progress::Writing { rows, of } => eprintln!("{rows} of {of} rows written"),
    }
}

impl Roster {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let WithRoster::Import { file, dates, encoding, whole, apply, ends, letters, admin_token_file } = self.what;
        let letters = letters.map(|file| Letters { file, admin_token_file });
        let mut import = Import { file, reading: Reading { dates, encoding }, whole, apply, ends, letters };
        let config = self.configured.load()?;
        let lacks_order = |error: &anyhow::Error| matches!(error.downcast_ref(), Some(FileError::DateOrder { .. }));
        let lines = match lodge_hub::roster::import(&config, &import).await {
            Err(error) if lacks_order(&error) && std::io::stdin().is_terminal() => {
                eprintln!("{error}");
                import.reading.dates = Some(ask_for_order()?);
                lodge_hub::roster::import(&config, &import).await?
            }
            done => done?,
        };
        Ok(print(lines))
    }
}

/// Asks on the terminal in which order dates stand, until that is answered.
fn ask_for_order() -> anyhow::Result<Order> {
    loop {
        eprint!("Which comes first, the day or the month? ");
        let mut answer = String::new();
        anyhow::ensure!(std::io::stdin().read_line(&mut answer)? > 0, "nothing was answered");
        match answer.trim().to_lowercase().as_str() {
            "day" | "the day" | "d" | "day-first" => return Ok(Order::DayFirst),
            "month" | "the month" | "m" | "month-first" => return Ok(Order::MonthFirst),
            _ => eprintln!("Please write day or month."),
        }
    }
}

impl Rooms {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let config = self.configured.load()?;
        match self.what {
            WithRooms::Plan => Ok(print(lodge_hub::rooms::plan(&config).await?)),
            WithRooms::Apply => {
                lodge_hub::rooms::apply(&config, |line| println!("{line}")).await?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Reports {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { configured, what } = self;
        let config = configured.load()?;
        match what {
            None => {
                let listed = lodge_hub::reports::list(&config)?;
                for report in &listed {
                    println!("{}", report.line(&config.service.zone));
                }
                if listed.is_empty() {
                    println!("Nobody has reported anything about a room that the porter has left.");
                }
            }
            Some(WithReport::Close { report, admin_token_file }) => {
                match lodge_hub::reports::close(&config, report, &admin_token_file).await? {
                    Closing::Removed(people) => {
                        println!("The room is closed: {people} taken out, and nobody comes in.");
                    }
                    Closing::WasEmpty => println!("Everybody had left the room already, and nobody can come in."),
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Demo {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { stay, no_play, dir, port, overrides } = self;
        let options = lodge_demo::Options { stay, play: !no_play, dir, port, overrides };
        Box::pin(lodge_demo::demo(options, told_to_stop()?)).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints what a command that has done its work tells.
pub fn print(lines: Vec<String>) -> ExitCode {
    for line in lines {
        println!("{line}");
    }
    ExitCode::SUCCESS
}

/// Says how the service is that keeps its data in this directory.
pub async fn status(directory: &Path) -> anyhow::Result<ExitCode> {
    let asked =
        ask(directory).await.with_context(|| format!("the service in {} cannot be asked", directory.display()))?;
    match asked {
        Asked::Runs { well, page } => {
            print!("{page}");
            Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Asked::RunsNot => {
            println!("It does not run.\nIts data: {}", directory.display());
            Ok(ExitCode::FAILURE)
        }
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
