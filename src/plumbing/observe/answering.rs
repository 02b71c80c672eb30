//! Answering who asks for the figures: over a socket in the store's directory, and at an address of this machine where the
//! configuration names one.
//!
//! It reads no more of a request than its first line needs, answers three paths, takes a few callers at once, and gives none
//! of them more than some seconds. A library for servers would do much more, and here everything more is too much.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::{debug, info};

use super::{Figures, Observe, Observed};
use crate::socket;

/// The file name of the socket in the store's directory.
pub(super) const NAME: &str = "status.sock";

/// The longest beginning of a request that is looked at, in bytes.
const HEAD_MAX: usize = 2_048;

/// The time that a caller may take to ask, and again to take the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The number of callers that are answered at once. Others are turned away.
const CALLERS_MAX: usize = 8;

/// The time for which nobody is let in after the system could not let somebody in.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Answers every caller for as long as this is kept.
#[derive(Debug)]
pub struct Answering {
    /// Ended when this is dropped.
    _tasks: JoinSet<()>,
    address: Option<SocketAddr>,
}

impl Answering {
    /// Begins to answer, in this directory and where the configuration says.
    ///
    /// # Errors
    /// When the socket cannot be made, or the address is taken.
    pub async fn begin(observed: Observed, directory: &Path, observe: &Observe) -> io::Result<Self> {
        let socket = socket::listen(directory, NAME)?;
        let mut tasks = JoinSet::new();
        let callers = Arc::new(Semaphore::new(CALLERS_MAX));
        tasks.spawn(serve(observed.clone(), callers.clone(), async move || Ok(socket.accept().await?.0)));
        let mut address = None;
        if let Some(listen) = observe.listen {
            let listener = TcpListener::bind(listen).await?;
            address = listener.local_addr().ok();
            info!(%listen, "figures can be asked for");
            tasks.spawn(serve(observed, callers, async move || Ok(listener.accept().await?.0)));
        }
        Ok(Self { _tasks: tasks, address })
    }

    /// The address of this machine at which it answers, if any.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }
}

async fn serve<S>(observed: Observed, callers: Arc<Semaphore>, accept: impl AsyncFn() -> io::Result<S>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    // Ended with this, however that ends.
    let mut conversations = JoinSet::new();
    loop {
        match accept().await {
            Ok(stream) => {
                while conversations.try_join_next().is_some() {}
                let Ok(place) = callers.clone().try_acquire_owned() else { continue };
                let observed = observed.clone();
                conversations.spawn(async move {
                    let _place = place;
                    if let Err(error) = converse(stream, observed).await {
                        debug!(%error, "whoever asked for figures did not hear the answer");
                    }
                });
            }
            Err(error) => {
                debug!(%error, "nobody can be let in who asks for figures");
                tokio::time::sleep(AGAIN_AFTER).await;
            }
        }
    }
}

/// An HTTP answer before it is written out.
struct Answer {
    status: &'static str,
    kind: &'static str,
    body: String,
}

impl Answer {
    fn plain(status: &'static str, body: impl Into<String>) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: body.into() }
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, observed: Observed) -> io::Result<()> {
    let answer = match tokio::time::timeout(PATIENCE, first_line(&mut stream)).await?? {
        Some(line) => tokio::task::spawn_blocking(move || answer(&line, &observed)).await?,
        None => Answer::plain("431 Request Header Fields Too Large", "That is too long.\n"),
    };
    let Answer { status, kind, body } = answer;
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    let written = async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        stream.shutdown().await
    };
    tokio::time::timeout(PATIENCE, written).await?
}

/// The first line of a request, once all its head is there; `None` when the head is too long.
async fn first_line(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut part = [0; 512];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut part).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&part[..read]);
        if head.len() > HEAD_MAX {
            return Ok(None);
        }
    }
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    Ok(Some(String::from_utf8_lossy(line).into_owned()))
}

fn answer(line: &str, observed: &Observed) -> Answer {
    let mut words = line.split(' ');
    let (method, path, version) = (words.next(), words.next(), words.next());
    if !matches!(version, Some("HTTP/1.0" | "HTTP/1.1")) || words.next().is_some() {
        return Answer::plain("400 Bad Request", "That is no request.\n");
    }
    if method != Some("GET") {
        return Answer::plain("405 Method Not Allowed", "There is nothing here but GET.\n");
    }
    match path {
        Some("/health") => health(&Figures::take(observed)),
        Some("/metrics") => {
            let kind = "text/plain; version=0.0.4; charset=utf-8";
            Answer { kind, ..Answer::plain("200 OK", Figures::take(observed).text()) }
        }
        Some("/status") => {
            let figures = Figures::take(observed);
            let status = health(&figures).status;
            Answer::plain(status, figures.lines().join("\n") + "\n")
        }
        Some(_) | None => Answer::plain("404 Not Found", "There are /health, /metrics and /status.\n"),
    }
}

fn health(figures: &Figures) -> Answer {
    let troubles = figures.troubles();
    if troubles.is_empty() {
        Answer::plain("200 OK", "All is well.\n")
    } else {
        Answer::plain("503 Service Unavailable", troubles.join("\n") + "\n")
    }
}

#[cfg(test)]
mod tests;
