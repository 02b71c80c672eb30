//! The program `lodge`: one command for each thing that a careers service, or its administrator, does with it.

mod commands;
mod counsel;
mod exit;

use std::process::ExitCode;

use clap::Parser;
use commands::Command;
use exit::Ended;
use rustix::process::{Resource, Rlimit, setrlimit};

/// A connection hub for a careers service, on Matrix.
#[derive(Debug, Parser)]
#[command(name = "lodge", version, about, disable_help_subcommand = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let Program { command } = Program::parse();
    if let Err(error) = leave_no_core() {
        eprintln!("lodge: if it crashes, what is in its memory may be written to a file: {error}");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("lodge: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command.run()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("lodge: {error:#}");
            Ended::by(&error).code()
        }
    }
}

/// However it ends, no copy of its memory is left in a file: keys and people's words are in it.
fn leave_no_core() -> rustix::io::Result<()> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none)?;
    // A system that pipes core dumps to a program does not ask for the limit, so the process is also marked as one that
    // is not dumped.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}
