//! The program as a process: its words on standard error, its reaction to being told to stop, and its end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The time that anything may take to happen.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A service that was started.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    said: String,
}

/// A process that has ended.
pub struct Ended {
    /// Its exit code.
    pub code: i32,
    /// The lines that it wrote to standard error.
    pub said: String,
}

impl Running {
    /// Starts a process, with its standard error read.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, said) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines: said, said: String::new() }
    }

    /// Waits until it says this.
    pub fn says(&mut self, words: &str) {
        let by = Instant::now() + PATIENCE;
        loop {
            let left = by.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else { panic!("{words:?} was not said: {}", self.said) };
            self.said.push_str(&line);
            self.said.push('\n');
            if line.contains(words) {
                return;
            }
        }
    }

    /// Tells it to stop, as systemd does.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Waits until it has ended.
    pub fn ended(mut self) -> Ended {
        // Its standard error is closed when it is gone.
        let by = Instant::now() + PATIENCE;
        while let Ok(line) = self.lines.recv_timeout(by.saturating_duration_since(Instant::now())) {
            self.said.push_str(&line);
            self.said.push('\n');
        }
        assert!(Instant::now() < by, "it goes on: {}", self.said);
        let code = self.child.wait().unwrap().code().unwrap();
        Ended { code, said: std::mem::take(&mut self.said) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
