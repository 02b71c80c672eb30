//! The program's own log: ids only, unless it is asked for more.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::{Log, LogFormat, LogLevel};

/// The parts of the program that log, by the names of their packages.
const OWN: [&str; 5] = ["lodge_core", "lodge_channel", "lodge_plumbing", "lodge_hub", "lodge"];

/// Starts logging to standard error.
///
/// Other libraries are silent unless the Matrix library is asked for: its spans carry room ids at every level.
pub fn start(log: &Log) {
    let level = match log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
        LogLevel::Trace => "trace",
    };
    let mut filter = vec!["off".to_owned()];
    filter.extend(OWN.iter().map(|target| format!("{target}={level}")));
    if log.matrix_library {
        filter.extend(["matrix_sdk", "matrix_sdk_base", "matrix_sdk_crypto"].map(|target| format!("{target}={level}")));
    }
    let subscriber = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        // Colours are for people who watch, not for files.
        .with_ansi(io::stderr().is_terminal())
        .with_span_events(FmtSpan::NONE)
        .with_env_filter(EnvFilter::new(filter.join(",")));
    // A second start, as in tests that run several hubs in one process, keeps the first one's settings.
    let started = match log.format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
