//! Somebody at a client that shares no code with Lodge and does not cross-sign: matrix-nio, in a process of its own.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use lodge_demo::Homeserver;
use lodge_demo::homeserver::{Environment, Package};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout_at};

use crate::house;

const NIO: Package = Package {
    name: "matrix-nio",
    version: "0.26.0",
    download_mb: 10,
    requirements: include_str!("nio/requirements.txt"),
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody at a client of their own, in a process of its own.
pub struct Stranger {
    pub user: String,
    child: Child,
    commands: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// Events that were seen, and that nobody expected yet.
    seen: Vec<Value>,
    _keys: TempDir,
}

impl Stranger {
    /// Somebody with an account on this homeserver logs in.
    pub async fn log_in(homeserver: &Homeserver, user: &str) -> Result<Self> {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matrix-nio");
        let tell = |line: &str| eprintln!("{line}");
        let environment = tokio::task::block_in_place(|| Environment::install_package(&NIO, &directory, &tell))?;
        let keys = tempfile::tempdir()?;
        let mut child = Command::new(environment.python())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/synapse/nio/client.py"))
            .args([&homeserver.url(), user, house::PASSWORD])
            .arg(keys.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let commands = child.stdin.take().context("standard input is a pipe")?;
        let lines = BufReader::new(child.stdout.take().context("standard output is a pipe")?).lines();
        let mut stranger = Self { user: user.to_owned(), child, commands, lines, seen: Vec::new(), _keys: keys };
        stranger.sees("to be ready", |seen| seen["saw"] == "ready").await?;
        Ok(stranger)
    }

    /// Waits until something fits, and returns it.
    pub async fn sees(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.iter().position(&fits) {
                return Ok(self.seen.remove(at));
            }
            match timeout_at(deadline, self.lines.next_line()).await {
                Ok(Ok(Some(line))) => self.seen.push(serde_json::from_str(&line)?),
                Ok(ended) => bail!("the client ended ({ended:?}) while waiting {what}"),
                Err(_) => bail!("waited {what}, in vain; seen: {:#?}", self.seen),
            }
        }
    }

    async fn obeys(&mut self, command: Value) -> Result<()> {
        self.commands.write_all(format!("{command}\n").as_bytes()).await?;
        Ok(self.commands.flush().await?)
    }

    /// Is invited by somebody, and comes in.
    pub async fn comes_in(&mut self, porter: &str) -> Result<String> {
        let user = self.user.clone();
        let mine = |seen: &Value, saw: &str| seen["saw"] == saw && seen["who"] == user.as_str();
        let invitation = |seen: &Value| mine(seen, "invite") && seen["sender"] == porter;
        let invitation = self.sees("for an invitation", invitation).await?;
        let room = invitation["room"].as_str().context("a room")?.to_owned();
        self.obeys(json!({ "join": room })).await?;
        self.sees("to come in", |seen| mine(seen, "join") && seen["room"] == room.as_str()).await?;
        Ok(room)
    }

    /// Makes an encrypted room of their own and invites somebody.
    pub async fn invites(&mut self, who: &str) -> Result<()> {
        self.obeys(json!({ "invite": who })).await
    }

    /// Has the stranger leave a room.
    pub async fn leaves(&mut self, room: &str) -> Result<()> {
        let user = self.user.clone();
        self.obeys(json!({ "leave": room })).await?;
        let gone = |seen: &Value| seen["saw"] == "left" && seen["who"] == user.as_str() && seen["room"] == room;
        self.sees("to have left", gone).await.map(drop)
    }

    /// Sees somebody leave a room.
    pub async fn sees_leaving(&mut self, room: &str, who: &str) -> Result<()> {
        let gone = |seen: &Value| seen["saw"] == "leave" && seen["who"] == who && seen["room"] == room;
        self.sees(&format!("for {who} to leave"), gone).await.map(drop)
    }

    /// Says something in a room.
    pub async fn says(&mut self, room: &str, text: &str) -> Result<()> {
        self.obeys(json!({ "room": room, "say": text })).await
    }

    /// Hears somebody's words in a room, encrypted.
    pub async fn hears(&mut self, room: &str, sender: &str, wording: Option<&str>) -> Result<String> {
        let from = |seen: &Value| seen["saw"] == "message" && seen["room"] == room && seen["sender"] == sender;
        let words = |seen: &Value| seen["wording"].as_str() == wording;
        let heard = self.sees(&format!("to hear {wording:?}"), |seen| from(seen) && words(seen)).await?;
        ensure!(heard["encrypted"] == true, "this came unencrypted: {heard}");
        Ok(heard["body"].as_str().unwrap_or_default().to_owned())
    }

    /// Nothing came that could not be read, or that nothing was expected of.
    pub async fn ends(mut self) -> Result<()> {
        drop(self.commands);
        while let Some(line) = self.lines.next_line().await? {
            self.seen.push(serde_json::from_str(&line)?);
        }
        ensure!(self.child.wait().await?.success(), "the client failed");
        let user = self.user.as_str();
        let said = |seen: &&Value| seen["sender"] != user && (seen["saw"] == "message" || seen["saw"] == "sealed");
        let more: Vec<&Value> = self.seen.iter().filter(said).collect();
        ensure!(more.is_empty(), "more was said: {more:#?}");
        Ok(())
    }
}
