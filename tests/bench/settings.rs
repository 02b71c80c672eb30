//! The sizes of the measurements, from the environment.

use std::path::Path;

use anyhow::{Context, Result};

/// The number in an environment variable, or this one.
pub fn count(variable: &str, otherwise: usize) -> Result<usize> {
    match std::env::var(variable) {
        Ok(text) => {
            let number = text.parse().ok().filter(|number| *number > 0);
            number.with_context(|| format!("{variable}: expected a whole number above 0, found {text:?}"))
        }
        Err(_) => Ok(otherwise),
    }
}

/// A directory of the build's own that goes with the value.
pub fn directory() -> Result<tempfile::TempDir> {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    tempfile::Builder::new().prefix("bench-").tempdir_in(base).context("no directory can be made among the build's")
}
