//! The program `lodge`: one command for each thing that a careers service, or whoever runs its machines, does with it.

mod commands;
mod counsel;
mod exit;

use std::process::ExitCode;

use clap::Parser;
use commands::Command;
use exit::Ended;

/// A connection hub for a careers service, on Matrix.
#[derive(Debug, Parser)]
#[command(name = "lodge", version, about, disable_help_subcommand = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let Program { command } = Program::parse();
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
