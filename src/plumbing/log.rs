//! The program's own log: ids only, unless it is asked for more.

use std::io::{self, IsTerminal as _};

use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// The program's own log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// The form of each line.
    pub format: LogFormat,
    /// The least severe event that is written.
    pub level: LogLevel,
    /// Whether the Matrix library logs too.
    pub matrix_library: bool,
}

/// The form in which the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One line of words for each event.
    Text,
    /// One JSON object for each event.
    Json,
}

/// The amount that is logged; each level includes those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Failures only.
    Error,
    /// Doubtful things as well.
    Warn,
    /// Everything that is done.
    Info,
    /// The single steps by which it is done; may identify people.
    Debug,
    /// Every event; it identifies people.
    Trace,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: LogLevel::Info, matrix_library: false }
    }
}

/// Starts logging to standard error, for the packages that are named.
///
/// Other libraries are silent unless the Matrix library is asked for: its spans carry room ids at every level.
pub fn start(log: &Log, own: &[&str]) {
    let level = match log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
        LogLevel::Trace => "trace",
    };
    let mut filter = vec!["off".to_owned()];
    filter.extend(own.iter().map(|target| format!("{target}={level}")));
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
