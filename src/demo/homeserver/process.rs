//! The running homeserver.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Seek as _, SeekFrom},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use lodge_plumbing::random;

use super::{
    Api, Environment, Settings,
    settings::{self, Secrets},
};

/// Runs Synapse, and ends it with us.
const KEEPER: &str = include_str!("keeper.py");

/// Synapse may take this long to answer for the first time; it makes its database then.
const START: Duration = Duration::from_mins(2);

/// Synapse may take this long to end in good order: a little more than the keeper allows it.
const END: Duration = Duration::from_secs(15);

/// A Synapse of one's own on a port of this machine. It ends when this value is dropped, and when the program ends, be
/// it killed.
pub struct Homeserver {
    python: PathBuf,
    directory: PathBuf,
    configuration: PathBuf,
    server_name: String,
    port: u16,
    secrets: Secrets,
    child: Option<Child>,
}

impl Homeserver {
    /// Starts a homeserver that keeps its data in `directory`, where an earlier run's data is taken up again (the
    /// server name must then be the same). Returns when it answers.
    ///
    /// # Errors
    /// In one line where the port is taken; else with the last lines of what Synapse said.
    pub async fn start(environment: &Environment, directory: &Path, settings: &Settings) -> Result<Self> {
        fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
        let directory = directory.canonicalize().with_context(|| format!("{} cannot be found", directory.display()))?;
        let secrets = Secrets::of(&directory)?;
        let port = settings.port.map_or_else(free_port, Ok)?;
        insist_on_free(port)?;
        let configuration = settings::write(&directory, settings, port, &secrets)?;
        let mut homeserver = Self {
            python: environment.python(),
            server_name: settings.server_name.clone(),
            directory,
            configuration,
            port,
            secrets,
            child: None,
        };
        homeserver.resume().await?;
        Ok(homeserver)
    }

    /// The address for clients, such as `http://127.0.0.1:8008`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The part of its Matrix ids after the colon.
    pub fn server_name(&self) -> &str {
        &self.server_name
    }

    /// The port it listens on; the same after a restart.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The file that holds its settings.
    pub fn configuration(&self) -> &Path {
        &self.configuration
    }

    /// Plain calls to it, as nobody in particular.
    pub fn api(&self) -> Result<Api> {
        Api::new(&self.url())
    }

    /// Ends it in good order, and by force after a while. Its data stays; [`Self::resume`] takes it up.
    pub async fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        // The keeper ends Synapse when this pipe closes.
        drop(child.stdin.take());
        let deadline = Instant::now() + END;
        while Instant::now() < deadline {
            if child.try_wait().context("Synapse cannot be waited for")?.is_some() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        end_by_force(&mut child);
        Ok(())
    }

    /// Starts it again after [`Self::stop`], with the same data, port and settings. Returns when it answers.
    pub async fn resume(&mut self) -> Result<()> {
        if self.child.is_some() {
            return Ok(());
        }
        insist_on_free(self.port)?;
        self.child = Some(self.spawn()?);
        self.wait_until_it_answers().await
    }

    pub(super) fn registration_secret(&self) -> &str {
        &self.secrets.registration
    }

    pub(super) fn administrator_password(&self) -> &str {
        &self.secrets.administrator_password
    }

    fn spawn(&self) -> Result<Child> {
        let path = self.output();
        let output = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        Command::new(&self.python)
            .args(["-c", KEEPER])
            .arg(&self.configuration)
            .current_dir(&self.directory)
            .env_remove("PYTHONHOME")
            .env_remove("PYTHONPATH")
            // An interrupt at the keyboard is for this program, which then ends Synapse after the hub.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(output.try_clone().context("the output of Synapse cannot be kept")?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("{} could not be started", self.python.display()))
    }

    async fn wait_until_it_answers(&mut self) -> Result<()> {
        let api = self.api()?;
        let deadline = Instant::now() + START;
        let mut pause = Duration::from_millis(25);
        loop {
            if let Some(status) = self.ended()? {
                bail!("Synapse ended while it was starting ({status}). {}", self.last_words());
            }
            if api.get("/_matrix/client/versions").await.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if Instant::now() >= deadline {
                bail!("Synapse did not answer within {} s. {}", START.as_secs(), self.last_words());
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(Duration::from_millis(500));
        }
    }

    /// The exit of the process, in words, if it ended by itself.
    fn ended(&mut self) -> Result<Option<String>> {
        let Some(child) = &mut self.child else { return Ok(None) };
        let status = child.try_wait().context("Synapse cannot be waited for")?;
        if status.is_some() {
            self.child = None;
        }
        Ok(status.map(|status| status.to_string()))
    }

    fn output(&self) -> PathBuf {
        self.directory.join("synapse.out")
    }

    fn last_words(&self) -> String {
        let log = self.directory.join("homeserver.log");
        let lines: String = [tail(&log), tail(&self.output())].concat();
        if lines.is_empty() {
            return "It said nothing.".to_owned();
        }
        format!("What it said last ({} has more):\n{lines}", log.display())
    }
}

impl Drop for Homeserver {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            end_by_force(&mut child);
        }
    }
}

fn end_by_force(child: &mut Child) {
    if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
        tracing::debug!(%error, "the homeserver's process could not be ended");
    }
}

/// A port on which nobody listens. It lies below those that the system gives to outgoing connections, or one of
/// these could take it before Synapse does.
pub fn free_port() -> Result<u16> {
    const LOWEST: u16 = 20_000;
    const COUNT: u16 = 12_000;
    const ATTEMPTS: usize = 100;
    for _ in 0..ATTEMPTS {
        let mut random = [0_u8; 2];
        random::fill(&mut random).context("the system gives no random numbers")?;
        let port = LOWEST + u16::from_ne_bytes(random) % COUNT;
        if insist_on_free(port).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port was found on 127.0.0.1 between {LOWEST} and {}", LOWEST + COUNT);
}

fn insist_on_free(port: u16) -> Result<()> {
    let Err(error) = TcpListener::bind(("127.0.0.1", port)) else { return Ok(()) };
    if error.kind() == ErrorKind::AddrInUse {
        bail!("Port {port} on 127.0.0.1 is taken by another program. End it, or choose another port.");
    }
    if error.kind() == ErrorKind::PermissionDenied {
        bail!("Port {port} on 127.0.0.1 is not allowed to this user. Choose a port from 1024 on.");
    }
    Err(error).with_context(|| format!("port {port} on 127.0.0.1 cannot be used"))
}

/// The last lines of a file, each indented; empty when there are none.
fn tail(path: &Path) -> String {
    const BYTES: u64 = 8192;
    const LINES: usize = 12;
    let read = || {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(BYTES)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map(|_| bytes)
    };
    let text = String::from_utf8_lossy(&read().unwrap_or_default()).into_owned();
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.iter().skip(lines.len().saturating_sub(LINES)).flat_map(|line| ["  ", line, "\n"]).collect()
}
