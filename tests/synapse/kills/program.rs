//! The program as a process of its own that can be killed at any moment.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::{Child, Command};

/// Runs a program until its own input closes, and then kills it: so the program is gone when it is told to be, and also
/// when its starter is gone.
const KEEPER: &str = r#""$@" & read -r word; kill -KILL $!; wait $!"#;

/// The exit code that a shell gives for a program that was killed: 128 and the number of the signal.
const KILLED: i32 = 128 + 9;

/// `lodge run` as a process of its own, which can be killed.
pub struct Program {
    keeper: Child,
    configuration: PathBuf,
}

impl Program {
    /// Starts it with these values over its configuration. Its output is added to `hub.log` beside that.
    pub fn start(configuration: &Path, overrides: &[String]) -> Self {
        let log = OpenOptions::new().create(true).append(true).open(log(configuration)).unwrap();
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper", env!("CARGO_BIN_EXE_lodge"), "run", "--config"])
            .arg(configuration)
            .args(overrides.iter().flat_map(|value| ["--set", value]))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { keeper, configuration: configuration.to_owned() }
    }

    /// Ends it with `SIGKILL`, in the midst of anything, and returns when it is gone. It must have been running.
    pub async fn kill(mut self) {
        drop(self.keeper.stdin.take());
        let ended = self.keeper.wait().await.unwrap();
        assert_eq!(ended.code(), Some(KILLED), "the hub had ended by itself: {}", Self::said(&self.configuration));
    }

    /// The log of every run of this configuration.
    pub fn said(configuration: &Path) -> String {
        fs::read_to_string(log(configuration)).unwrap_or_default()
    }
}

fn log(configuration: &Path) -> PathBuf {
    configuration.with_file_name("hub.log")
}
