//! A real IRC server, and people on it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use lodge_demo::homeserver::free_port;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::{Instant, timeout_at};

use super::debian::DebianPackage;
use super::kept::Kept;

const NGIRCD: DebianPackage = DebianPackage { name: "ngircd", path: "usr/sbin/ngircd" };

const PATIENCE: Duration = Duration::from_secs(30);

/// An IRC server on this machine.
pub struct Server {
    /// The port that it listens on.
    pub port: u16,
    _ngircd: Kept,
}

impl Server {
    /// Starts it, with its configuration in `directory`. Blocks.
    pub fn start(directory: &Path) -> Result<Self> {
        let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ngircd");
        let ngircd = NGIRCD.find_or_install(&installed, &|line| eprintln!("{line}"))?;
        let port = free_port()?;
        let configuration = directory.join("ngircd.conf");
        fs::write(&configuration, settings(port))?;
        let mut command = ngircd.command();
        command.args(["--nodaemon", "--config"]).arg(&configuration);
        Ok(Self { port, _ngircd: Kept::start(&command, "ready.")? })
    }
}

/// The server's settings: nobody is looked up, and nobody is slowed down.
fn settings(port: u16) -> String {
    format!(
        "[Global]\nName = irc.lodge.localhost\nInfo = Tests\nListen = 127.0.0.1\nPorts = {port}\nServerUID = {user}\n\
         ServerGID = {user}\n[Limits]\nMaxConnectionsIP = 0\nMaxJoins = 0\nMaxNickLength = 32\nMaxPenaltyTime = 0\n\
         [Options]\nDNS = no\nIdent = no\nPAM = no\n",
        // Without a name, whom it becomes when root starts it: nobody.
        user = 65534,
    )
}

/// A person on IRC.
pub struct Chatter {
    lines: Lines<BufReader<OwnedReadHalf>>,
    output: OwnedWriteHalf,
    /// Lines from the server that nobody expected yet.
    seen: Vec<String>,
}

impl Chatter {
    /// Connects with this nickname.
    pub async fn connect(server: &Server, nick: &str) -> Result<Self> {
        let (input, output) = TcpStream::connect(("127.0.0.1", server.port)).await?.into_split();
        let mut chatter = Self { lines: BufReader::new(input).lines(), output, seen: Vec::new() };
        chatter.send(&format!("NICK {nick}")).await?;
        chatter.send(&format!("USER {nick} 0 * :{nick}")).await?;
        chatter.sees(" 001 ").await?;
        Ok(chatter)
    }

    /// Comes into a channel.
    pub async fn join(&mut self, channel: &str) -> Result<()> {
        self.send(&format!("JOIN {channel}")).await?;
        self.sees(" 366 ").await?;
        Ok(())
    }

    /// Says something in a channel.
    pub async fn say(&mut self, channel: &str, text: &str) -> Result<()> {
        self.send(&format!("PRIVMSG {channel} :{text}")).await
    }

    /// Waits for the next line with this in it.
    pub async fn sees(&mut self, part: &str) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.iter().position(|line| line.contains(part)) {
                return Ok(self.seen.remove(at));
            }
            match timeout_at(deadline, self.lines.next_line()).await {
                Ok(Ok(Some(line))) => self.took(line).await?,
                Ok(ended) => bail!("the IRC server ended the connection ({ended:?}) while waiting for {part:?}"),
                Err(_) => bail!("waited for {part:?} on IRC, in vain; seen: {:#?}", self.seen),
            }
        }
    }

    async fn took(&mut self, line: String) -> Result<()> {
        match line.strip_prefix("PING") {
            Some(rest) => self.send(&format!("PONG{rest}")).await,
            None => {
                self.seen.push(line);
                Ok(())
            }
        }
    }

    async fn send(&mut self, line: &str) -> Result<()> {
        Ok(self.output.write_all(format!("{line}\r\n").as_bytes()).await?)
    }
}
