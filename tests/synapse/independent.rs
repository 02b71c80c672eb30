//! The main path with a client that shares no code with the hub and does not cross-sign: matrix-nio.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use lodge_demo::homeserver::{Environment, Package};
use lodge_demo::household::Guest;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout_at};

use crate::house;
use crate::lodging::{Lodging, details_in, request, request_in};

const NIO: Package = Package {
    name: "matrix-nio",
    version: "0.26.0",
    download_mb: 10,
    requirements: include_str!("nio/requirements.txt"),
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody at a client of their own, in a process of its own.
struct Stranger {
    user: String,
    child: Child,
    commands: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// What was seen, and nothing expected of yet.
    seen: Vec<Value>,
    _keys: TempDir,
}

impl Stranger {
    /// Logs in.
    async fn log_in(user: &str) -> Result<Self> {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matrix-nio");
        let tell = |line: &str| eprintln!("{line}");
        let environment = tokio::task::block_in_place(|| Environment::install_package(&NIO, &directory, &tell))?;
        let keys = tempfile::tempdir()?;
        let mut child = Command::new(environment.python())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/synapse/nio/client.py"))
            .args([&house::homeserver().await.url(), user, house::PASSWORD])
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
    async fn sees(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
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
    async fn comes_in(&mut self, porter: &str) -> Result<String> {
        let user = self.user.clone();
        let mine = |seen: &Value, saw: &str| seen["saw"] == saw && seen["who"] == user.as_str();
        let invitation = |seen: &Value| mine(seen, "invite") && seen["sender"] == porter;
        let invitation = self.sees("for an invitation", invitation).await?;
        let room = invitation["room"].as_str().context("a room")?.to_owned();
        self.obeys(json!({ "join": room })).await?;
        self.sees("to come in", |seen| mine(seen, "join") && seen["room"] == room.as_str()).await?;
        Ok(room)
    }

    /// Says something in a room.
    async fn says(&mut self, room: &str, text: &str) -> Result<()> {
        self.obeys(json!({ "room": room, "say": text })).await
    }

    /// Hears what somebody says in a room, encrypted.
    async fn hears(&mut self, room: &str, sender: &str, wording: Option<&str>) -> Result<String> {
        let from = |seen: &Value| seen["saw"] == "message" && seen["room"] == room && seen["sender"] == sender;
        let words = |seen: &Value| seen["wording"].as_str() == wording;
        let heard = self.sees(&format!("to hear {wording:?}"), |seen| from(seen) && words(seen)).await?;
        ensure!(heard["encrypted"] == true, "this came unencrypted: {heard}");
        Ok(heard["body"].as_str().unwrap_or_default().to_owned())
    }

    /// Nothing came that could not be read, or that nothing was expected of.
    async fn ends(mut self) -> Result<()> {
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

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_another_client_and_no_cross_signing_is_introduced_like_anybody() -> Result<()> {
    let homeserver = house::homeserver().await;
    let mut lodging = Lodging::prepare(homeserver, "nio", &["sam", "alex"], &[]).await?;
    lodging.start();
    let sam = Guest::arrive(lodging.person(homeserver, "nio", "sam").await?, &lodging.porter).await?;
    let to = homeserver.register("nio-alex", house::PASSWORD, false).await?.user_id;
    let porter = lodging.porter.as_str();

    let mut alex = Stranger::log_in(to.as_str()).await?;
    let conversation = alex.comes_in(porter).await?;
    alex.hears(&conversation, porter, Some("welcome")).await?;
    alex.says(&conversation, "agree").await?;
    alex.hears(&conversation, porter, Some("agreed")).await?;
    alex.says(&conversation, "help").await?;
    alex.hears(&conversation, porter, Some("help")).await?;
    request(&sam, &to).await?;
    let asked = alex.hears(&conversation, porter, Some("asked")).await?;
    let previews = sam.person.seen().into_iter().rfind(|seen| seen.is_wording("preview"));
    let shown = previews.as_ref().and_then(|preview| preview.body()).context("Sam saw a preview")?;
    assert_eq!(request_in(&asked), request_in(shown));
    alex.says(&conversation, "yes with email").await?;
    alex.hears(&conversation, porter, Some("yes-recorded")).await?;
    let of_sam = alex.hears(&conversation, porter, Some("agreed-addressee")).await?;
    assert_eq!(details_in(&of_sam), ["Name: Sam", &format!("Matrix id: {}", sam.person.user_id())]);
    let of_alex = sam.hears("agreed-requester").await?;
    assert!(details_in(&of_alex).contains(&"Email: alex@mail.example"), "{of_alex}");

    let room = sam.person.invited_by(&sam.porter).await?.room;
    assert_eq!(alex.comes_in(porter).await?, room);
    sam.person.join(&room).await?;
    alex.hears(room.as_str(), porter, Some("opening-note")).await?;
    assert_eq!(sam.person.hears("opening-note").await?.room, room);
    alex.sees("for the porter to leave", |seen| {
        seen["saw"] == "leave" && seen["who"] == porter && seen["room"] == room.as_str()
    })
    .await?;
    alex.says(room.as_str(), "Hello Sam.").await?;
    assert_eq!(sam.person.next_from(&to).await?.body(), Some("Hello Sam."));
    sam.person.say(&room, "Hello Alex.").await?;
    assert_eq!(alex.hears(room.as_str(), sam.person.user_id().as_str(), None).await?, "Hello Alex.");
    alex.ends().await?;
    lodging.close(&[&sam]).await
}
