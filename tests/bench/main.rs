//! The cost of the hub, beside the cost of the same work without it.
//!
//! `cargo bench` prints one table. Rates are this machine's; what compares is the ratio of each reply time to that of
//! the barest program which does the same on the same homeserver, measured by turns in the same run:
//!
//! - against a client of a long poll and a send, for unencrypted replies,
//! - against a bot of the Matrix SDK's own `sync_once`, for encrypted ones and for commands in a second,
//! - against that client with three calls more, for an introduction from the yes to both invitations,
//! - against a client of a long poll and a send, for replies before and during floods,
//! - against itself, for replies while many are forgotten who were dropped from a roster,
//! - against itself, for requests to a member and to nobody: they must take equally long (t is Welch's).
//!
//! The hub runs in this process, as `lodge run` would run it, and so do the others, but for `commands`. The homeserver is
//! a Synapse of the benchmark's own, and for `members` and `commands` one in memory. Nothing is written outside the build
//! directory.
//!
//! `cargo bench -- core replies` measures these parts only; the parts are `core`, `engine`, `store`, `restore`, `members`,
//! `commands`, `replies`, `encrypted`, `answers`, `introductions`, `floods`, `forgetting` and `limited`, which takes a quarter
//! of an hour of waiting and is measured when it is asked for only. How much is measured can be set in the environment:
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `LODGE_BENCH_MEMBERS` | members that the core and the engine know | 100000 |
//! | `LODGE_BENCH_REQUESTS` | requests made in the core | 50000 |
//! | `LODGE_BENCH_MESSAGES` | messages that the engine takes in | 50000 |
//! | `LODGE_BENCH_COMMITS` | inputs committed to the store, for each way | 5000 |
//! | `LODGE_BENCH_LOGGED` | commits since the export from which a lost disk comes back | 100000 |
//! | `LODGE_BENCH_SIZE` | the most members whose hub is measured for what an introduction, a stranger and a restart cost | 10000 |
//! | `LODGE_BENCH_COSTS` | how often each of those is done | 20 |
//! | `LODGE_BENCH_COMMANDS` | commands that each program answers in a turn | 1000 |
//! | `LODGE_BENCH_TURNS` | turns of each program, for each number of people who wait | 5 |
//! | `LODGE_BENCH_REPLIES` | replies of each program | 100 |
//! | `LODGE_BENCH_PAIRS` | requests to a member, and as many to nobody, by each way | 100 |
//! | `LODGE_BENCH_LIMITED` | the same where the homeserver limits the porter | 200 |
//! | `LODGE_BENCH_HOUSES` | homeservers on which those are made at once | 20 |
//! | `LODGE_BENCH_INTRODUCTIONS` | introductions by each program | 25 |
//! | `LODGE_BENCH_INVITATIONS` | invitations in a flood of them | 10000 |
//! | `LODGE_BENCH_MENTIONS` | messages in a storm of mentions | 5000 |
//! | `LODGE_BENCH_DROPPED` | people who are dropped from a roster | 4000 |

mod answers;
mod commands;
mod core_steps;
mod encrypted;
mod engine_steps;
mod figures;
mod floods;
mod forgetting;
mod grounds;
mod hostile;
mod introductions;
mod members;
mod raw;
mod replies;
mod sdk_bot;
mod settings;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use figures::Figures;
use grounds::Grounds;

const PARTS: [&str; 13] = [
    "core",
    "engine",
    "store",
    "restore",
    "members",
    "commands",
    "replies",
    "encrypted",
    "answers",
    "introductions",
    "floods",
    "forgetting",
    LIMITED,
];

/// The part that is measured when it is asked for only.
const LIMITED: &str = "limited";

fn main() -> ExitCode {
    let done = commands::as_bot().unwrap_or_else(|| {
        print!("\n{}", measure()?);
        Ok(())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<Figures> {
    let began = Instant::now();
    // Cargo itself adds an option.
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let Some(unknown) = chosen.iter().find(|part| !PARTS.contains(&part.as_str())) {
        anyhow::bail!("there is no part {unknown:?}; the parts are {}", PARTS.join(", "));
    }
    let wants = |part: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == part);
    let mut figures = Figures::default();
    if wants("core") {
        core_steps::measure(&mut figures)?;
    }
    if wants("engine") {
        engine_steps::in_memory(&mut figures)?;
    }
    if wants("store") {
        engine_steps::committed(&mut figures)?;
    }
    if wants("restore") {
        engine_steps::restored(&mut figures)?;
    }
    if wants("members") {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(members::measure(&mut figures))?;
    }
    if wants("commands") {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(commands::measure(&mut figures))?;
    }
    if ["replies", "encrypted", "answers", "introductions", "floods", "forgetting"].into_iter().any(wants) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(on_a_homeserver(&mut figures, wants))?;
    }
    if chosen.iter().any(|part| part == LIMITED) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(answers::limited(&mut figures))?;
    }
    figures::progress(&format!("done in {} s", began.elapsed().as_secs()));
    Ok(figures)
}

async fn on_a_homeserver(figures: &mut Figures, wants: impl Fn(&str) -> bool) -> Result<()> {
    figures::progress("starting a homeserver");
    let grounds = Grounds::open().await?;
    if wants("replies") || wants("introductions") {
        let (hub, mut people) = grounds.unencrypted().await?;
        if wants("replies") {
            replies::measure(figures, &mut people).await?;
        }
        if wants("introductions") {
            introductions::measure(figures, &mut people).await?;
        }
        hub.stop().await?;
    }
    if wants("encrypted") {
        encrypted::measure(figures, &grounds).await?;
    }
    if wants("answers") {
        answers::measure(figures, &grounds).await?;
    }
    if wants("floods") {
        floods::measure(figures, &grounds).await?;
    }
    if wants("forgetting") {
        Box::pin(forgetting::measure(figures, &grounds)).await?;
    }
    grounds.close().await
}
