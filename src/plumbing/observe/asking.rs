//! Asking a service that runs on this machine how it is.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::answering::NAME;
use crate::socket;

/// The time that the answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer, in bytes.
const ANSWER_MAX: u64 = 65_536;

/// The state of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A service answers.
    Runs {
        /// `false` when the service itself says that something is wrong.
        well: bool,
        /// The status page, in lines for a terminal.
        page: String,
    },
    /// No service answers at that socket.
    RunsNot,
}

/// Asks the service that keeps its data in this directory.
///
/// # Errors
/// When it runs and does not answer, or cannot be asked by this user.
pub async fn ask(directory: &Path) -> io::Result<Asked> {
    let answer = match tokio::time::timeout(PATIENCE, exchange(directory)).await? {
        Ok(answer) => answer,
        Err(error) if is_gone(error.kind()) => return Ok(Asked::RunsNot),
        Err(error) => return Err(error),
    };
    if answer.is_empty() {
        return Ok(Asked::RunsNot);
    }
    let (head, page) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::InvalidData)?;
    Ok(Asked::Runs { well: head.starts_with("HTTP/1.1 200 "), page: page.to_owned() })
}

/// Whether there was none, the one that was there has ended, or it is just ending.
fn is_gone(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionRefused, ConnectionReset, NotFound};
    matches!(kind, NotFound | ConnectionRefused | ConnectionReset | BrokenPipe)
}

async fn exchange(directory: &Path) -> io::Result<String> {
    let mut stream = socket::connect(directory, NAME).await?;
    stream.write_all(b"GET /status HTTP/1.1\r\nHost: lodge\r\n\r\n").await?;
    let mut answer = String::new();
    stream.take(ANSWER_MAX).read_to_string(&mut answer).await?;
    Ok(answer)
}
