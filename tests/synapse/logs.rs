//! The program itself: its words about itself, and that its log names nobody.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_demo::homeserver::write_private;
use lodge_demo::household::Guest;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::timeout;

use crate::house;
use crate::lodging::{Lodging, agreed, meet, request, talk};

const PATIENCE: Duration = Duration::from_mins(1);

/// One of the program's commands for this lodging.
fn command(lodging: &Lodging, name: &str, set: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
    command.arg(name).arg("--config").arg(&lodging.configuration).kill_on_drop(true);
    for set in lodging.overrides.iter().map(String::as_str).chain(set.iter().copied()) {
        command.args(["--set", set]);
    }
    command
}

/// Runs a command to its end: whether it found all well, and all that it said.
async fn run(lodging: &Lodging, name: &str, set: &[&str]) -> Result<(bool, String)> {
    run_with(lodging, name, set, &[]).await
}

/// The same, with more arguments.
async fn run_with(lodging: &Lodging, name: &str, set: &[&str], more: &[&str]) -> Result<(bool, String)> {
    let output = timeout(PATIENCE, command(lodging, name, set).args(more).output()).await;
    let Output { status, stdout, stderr } = output.with_context(|| format!("`lodge {name}` does not end"))??;
    Ok((status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned()))
}

/// `lodge run` as a process, with its log.
pub struct Running {
    child: Child,
    log: BufReader<ChildStderr>,
    logged: String,
}

impl Running {
    /// Starts it with these values over its configuration, and waits until it runs.
    pub async fn start(lodging: &Lodging, set: &[&str]) -> Result<Self> {
        let mut child = command(lodging, "run", set).stderr(Stdio::piped()).spawn()?;
        let log = BufReader::new(child.stderr.take().context("standard error is a pipe")?);
        let mut running = Self { child, log, logged: String::new() };
        timeout(PATIENCE, running.until("running")).await.context("the hub does not start")??;
        Ok(running)
    }

    async fn until(&mut self, word: &str) -> Result<()> {
        while !self.logged.contains(word) {
            ensure!(self.log.read_line(&mut self.logged).await? > 0, "the hub ended: {}", self.logged);
        }
        Ok(())
    }

    fn id(&self) -> Result<u32> {
        self.child.id().context("the hub has ended by itself")
    }

    /// Tells it to stop, and returns all that it logged.
    pub async fn stop(mut self) -> Result<String> {
        let id = self.id()?.to_string();
        ensure!(Command::new("kill").args(["-TERM", &id]).status().await?.success(), "no signal was sent");
        timeout(PATIENCE, self.until_end()).await.context("the hub does not stop")??;
        ensure!(self.child.wait().await?.success(), "the hub failed: {}", self.logged);
        Ok(self.logged)
    }

    async fn until_end(&mut self) -> Result<()> {
        while self.log.read_line(&mut self.logged).await? > 0 {}
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_whole_introduction_names_nobody_no_room_and_no_word_that_was_said() -> Result<()> {
    let homeserver = house::homeserver().await;
    let lodging = Lodging::prepare(homeserver, "logged", &["sam", "alex"], &[]).await?;
    let hub = Running::start(&lodging, &["log.level=info"]).await?;
    let mut guests = Vec::new();
    for who in ["sam", "alex"] {
        guests.push(Guest::arrive(lodging.person(homeserver, "logged", who).await?, &lodging.porter).await?);
    }
    let [sam, alex] = &guests[..] else { unreachable!("two were named") };
    // No crash leaves the program's memory in a file.
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", hub.id()?))?;
    let cores = limits.lines().find(|line| line.starts_with("Max core file size")).context("no limit is listed")?;
    assert_eq!(cores.split_whitespace().filter(|word| *word == "0").count(), 2, "{cores}");
    sam.asks("canary-nonsense", "not-understood").await?;
    request(sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(sam, alex).await?;
    meet(sam, alex, &room).await?;
    talk(&sam.person, &alex.person, &room, "canary-afterwards").await?;
    for (words, heard) in [
        ("note: canary-note", "note-kept"),
        ("network add know: canary-map", "network-added"),
        ("reflect", "reflect"),
        ("canary-reflection", "reflect"),
        ("stop", "reflection-saved"),
        ("introduce @canary-nobody:example.org for career advice: canary-draft", "ask-known-how"),
        ("cancel", "draft-dropped"),
    ] {
        sam.asks(words, heard).await?;
    }
    // Something that goes wrong is logged without names too.
    let stranger = house::person("logged-stranger").await;
    let theirs = stranger.create_room(lodge_demo::person::private_room(&[&lodging.porter])?).await?;
    stranger.sees_leaving(&theirs, &lodging.porter).await?;

    let log = hub.stop().await?.to_lowercase();
    assert!(log.contains("running") && log.contains("stopped"), "it logs: {log}");
    let rooms = [&sam.room, &alex.room, &room, &theirs].map(|room| room.as_str().to_lowercase());
    let secrets = ["canary", "sam", "alex", "porter_logged", "stranger", "lodge.localhost", "mail.example", "curator"];
    let told: Vec<&str> = secrets.into_iter().chain(rooms.iter().map(String::as_str)).collect();
    for secret in told.into_iter().chain(["@", "!", "$", "how you began", "\u{1b}"]) {
        assert!(!log.contains(secret), "{secret:?} stands in the log: {log}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn check_finds_all_well_after_a_day_and_names_each_thing_that_is_wrong() -> Result<()> {
    let (mut lodging, [sam]) = Lodging::open("checked", ["sam"], &[]).await?;
    sam.asks("help", "help").await?;
    lodging.stop().await?;
    let (well, said) = run(&lodging, "check", &[]).await?;
    assert!(well && said.contains("look   The policy page is the one that `lodge setup` writes"), "{said}");
    std::fs::write(lodging.directory().join("policy.md"), "Be kind to each other.\n")?;
    let (well, said) = run(&lodging, "check", &[]).await?;
    // Some of the homeserver's settings are seen in its own file only.
    let mut from_outside = said.lines().filter(|line| !line.contains("Not to be seen from outside"));
    assert!(well && from_outside.all(|line| line.starts_with("ok ")), "{said}");
    for good in [
        "configuration",
        "wording",
        "policy",
        "master key",
        "store opens",
        "homeserver answers",
        "clock",
        "knows the hub",
    ] {
        assert!(said.contains(good), "nothing is said of {good}: {said}");
    }
    write_private(&lodging.directory().join("wrong.token"), "no-such-token")?;
    std::fs::write(lodging.directory().join("open.token"), "no-such-token")?;
    for (set, verdict, found) in [
        ("store.key_file=nowhere.key", "WRONG", "nowhere.key"),
        ("wording.directory=nowhere", "WRONG", "nowhere"),
        ("policy.file=nowhere.md", "WRONG", "nowhere.md cannot be read"),
        ("introductions.reminders=[\"15d\"]", "look", "15d is not before introductions.answer_within (14d)"),
        ("matrix.homeserver=http://127.0.0.1:1", "WRONG", "Nothing answers at http://127.0.0.1:1/"),
        ("matrix.token_file=wrong.token", "WRONG", "The homeserver does not know the hub"),
        ("matrix.token_file=open.token", "WRONG", "open.token: is open to others (mode 644); chmod it to 600"),
        ("matrix.encrypt_conversations=false", "look", "the homeserver can read conversations"),
    ] {
        let (well, said) = run(&lodging, "check", &[set]).await?;
        let named = said.lines().any(|line| line.starts_with(verdict) && line.contains(found));
        assert!(named && well == (verdict == "look"), "{set}: {said}");
    }
    let (well, said) = run(&lodging, "check", &["matrix.colour=blue"]).await?;
    assert!(!well && said.contains("matrix.colour: unknown field"), "{said}");
    lodging.start();
    sam.asks("help", "help").await?;
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_says_that_the_log_is_whole_and_setup_makes_what_is_missing_and_leaves_the_rest() -> Result<()> {
    let told = tempfile::tempdir()?;
    let heads = told.path().join("heads.txt");
    let heads_file = format!("audit.heads_file={}", heads.display());
    let (mut lodging, [sam]) =
        Lodging::open("audited", ["sam"], &["audit.heads_every=1ms", heads_file.as_str()]).await?;
    sam.asks("help", "help").await?;
    lodging.stop().await?;
    let (well, said) = run(&lodging, "audit", &[]).await?;
    assert!(well && said.starts_with("The audit log is whole: 2 entries hang together.\nIts end, to be"), "{said}");
    // The running hub wrote how the log ended, each time on another line; the last of them is the end.
    let written = std::fs::read_to_string(&heads)?;
    let end = written.split_whitespace().last().context("no end was written")?.to_owned();
    assert!(end.starts_with("2:") && said.contains(&end), "{written} {said}");
    let file = heads.to_string_lossy();
    let (well, said) = run_with(&lodging, "audit", &[], &["--known-file", &file, "--known", &end]).await?;
    assert!(well && said.contains("ends that were written down are part of it."), "{said}");
    let (well, said) = run_with(&lodging, "audit", &[], &["--known", &end.replacen('2', "3", 1)]).await?;
    assert!(!well && said.contains("says that the audit log had 3 entries; it has 2"), "{said}");

    let key = std::fs::read(&lodging.config.store.key_file)?;
    let (well, said) = run(&lodging, "setup", &[]).await?;
    assert!(well && said.contains("The master key is there") && said.contains("What to do next"), "{said}");
    assert_eq!(std::fs::read(&lodging.config.store.key_file)?, key);
    assert!(said.contains("The policy page is there"), "{said}");
    let new = ["store.key_file=new/master.key", "policy.file=new/policy.md"];
    let (well, said) = run(&lodging, "setup", &new).await?;
    assert!(well && said.contains("Made the master key") && said.contains("Made a first policy page"), "{said}");
    assert!(Path::exists(&lodging.directory().join("new/master.key")));
    assert!(
        std::fs::read_to_string(lodging.directory().join("new/policy.md"))?.starts_with("How introductions work here")
    );
    // Another key opens nothing.
    let (well, said) = run(&lodging, "audit", &new).await?;
    assert!(!well && said.contains("key"), "{said}");
    Ok(())
}
