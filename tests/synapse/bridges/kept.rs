//! Programs beside the homeserver that end with this one.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Runs a program until its own input closes, and then ends it: so the program is gone when its starter is, be it
/// killed. Its output ends when the program does.
const KEEPER: &str = r#""$@" 2>&1 & exec >&- 2>&-; read -r word; kill $!; wait $!"#;

const PATIENCE: Duration = Duration::from_secs(30);

/// At most this many of its last lines are shown of a program that fails.
const LAST_WORDS: usize = 20;

/// The last lines of a program.
type Said = Arc<Mutex<VecDeque<String>>>;

/// A program that runs until this is dropped.
pub struct Kept {
    keeper: Child,
    input: Option<ChildStdin>,
}

impl Kept {
    /// Starts it, and returns when a line of its output has `ready` in it. Blocks.
    pub fn start(command: &Command, ready: &str) -> Result<Self> {
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(command.get_program())
            .args(command.get_args())
            .envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("sh could not be started")?;
        let output = keeper.stdout.take().context("standard output is a pipe")?;
        let kept = Self { input: keeper.stdin.take(), keeper };
        let said = Said::default();
        let lines = listen(BufReader::new(output), said.clone());
        await_line(&lines, ready).with_context(|| {
            let last: Vec<String> = said.lock().map(|said| said.iter().cloned().collect()).unwrap_or_default();
            format!("{command:?} did not get ready; it said last: {last:#?}")
        })?;
        Ok(kept)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.input.take());
        self.keeper.wait().ok();
    }
}

/// Reads all the program says for as long as it runs, or it would stand still once the pipe is full.
fn listen(output: impl BufRead + Send + 'static, said: Said) -> Receiver<String> {
    let (say, hear) = channel();
    thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if let Ok(mut said) = said.lock() {
                said.push_back(line.clone());
                if said.len() > LAST_WORDS {
                    said.pop_front();
                }
            }
            // Nobody listens any more once it is ready.
            say.send(line).ok();
        }
    });
    hear
}

fn await_line(lines: &Receiver<String>, ready: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) if line.contains(ready) => return Ok(()),
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => bail!("it took longer than {} s", PATIENCE.as_secs()),
            Err(RecvTimeoutError::Disconnected) => bail!("it ended while it was starting"),
        }
    }
}
