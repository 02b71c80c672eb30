//! A gate between a client and the homeserver, which can keep back the keys that the client sends to other devices.

use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Clients send to this path anything for single devices: room keys above all.
const TO_DEVICE: &str = "/_matrix/client/v3/sendToDevice/";

/// The gate. The client is told that all was sent.
pub struct Gate {
    port: u16,
    held: Arc<Mutex<Held>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Held {
    /// Whether keys are kept back now.
    shut: bool,
    /// The date that answers bear, where it is another than the homeserver's.
    date: Option<&'static str>,
    /// Whether the next token that somebody would go on from is refused.
    expires: bool,
    /// The token that is.
    expired: Option<String>,
    /// Requests, as they came.
    requests: Vec<Vec<u8>>,
    /// The port of the homeserver behind it.
    upstream: u16,
}

impl Gate {
    /// An open gate before the homeserver on this port of this machine.
    pub async fn before(upstream: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let held = Arc::new(Mutex::new(Held { upstream, ..Held::default() }));
        let task = tokio::spawn({
            let held = held.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    // A client that goes away in the middle of a request is none of the gate's business.
                    tokio::spawn(pass(client, held.clone()));
                }
            }
        });
        Ok(Self { port, held, task })
    }

    /// The address that the client takes for its homeserver's.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers bear this date from now on; their own again where there is none.
    pub fn dated(&self, date: Option<&'static str>) -> Result<()> {
        self.held.lock().ok().context("the gate is broken")?.date = date;
        Ok(())
    }

    /// The token from which the client goes on next is refused from now on, as by a homeserver that does not know it.
    pub fn expire(&self) -> Result<()> {
        self.held.lock().ok().context("the gate is broken")?.expires = true;
        Ok(())
    }

    /// Keeps back keys from now on.
    pub fn shut(&self) -> Result<()> {
        self.held.lock().ok().context("the gate is broken")?.shut = true;
        Ok(())
    }

    /// Lets keys through again, and sends those that were kept back; returns the number of requests.
    pub async fn open(&self) -> Result<usize> {
        let (requests, upstream) = {
            let mut held = self.held.lock().ok().context("the gate is broken")?;
            held.shut = false;
            (std::mem::take(&mut held.requests), held.upstream)
        };
        for request in &requests {
            let answer = forward(request, upstream).await?;
            anyhow::ensure!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
        }
        Ok(requests.len())
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes one request, and ends the connection with its answer.
async fn pass(mut client: TcpStream, held: Arc<Mutex<Held>>) -> Result<()> {
    let request = request(&mut client).await?;
    let line = request.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let keys = String::from_utf8_lossy(line).contains(TO_DEVICE);
    let since = since(&String::from_utf8_lossy(line));
    let date = held.lock().ok().context("the gate is broken")?.date;
    let upstream = {
        let mut held = held.lock().ok().context("the gate is broken")?;
        if held.expires && since.is_some() {
            (held.expires, held.expired) = (false, since.clone());
        }
        if keys && held.shut {
            held.requests.push(request.clone());
            Err(("200 OK", "{}"))
        } else if since.is_some() && held.expired == since {
            Err(("400 Bad Request", r#"{"errcode":"M_UNKNOWN","error":"Invalid stream token"}"#))
        } else {
            Ok(held.upstream)
        }
    };
    let answer = match upstream {
        Ok(upstream) => with_date(forward(&request, upstream).await?, date),
        Err((status, body)) => {
            let length = body.len();
            let begin = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}");
            format!("{begin}\r\nConnection: close\r\n\r\n{body}").into_bytes()
        }
    };
    client.write_all(&answer).await?;
    Ok(client.shutdown().await?)
}

/// The answer with another date in its head.
fn with_date(answer: Vec<u8>, date: Option<&str>) -> Vec<u8> {
    let end = answer.windows(4).position(|end| end == b"\r\n\r\n");
    let (Some(date), Some(end)) = (date, end) else { return answer };
    let head = String::from_utf8_lossy(&answer[..end]);
    let lines = head.split("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("date:"));
    let head = lines.chain([format!("Date: {date}").as_str()]).collect::<Vec<_>>().join("\r\n");
    [head.as_bytes(), &answer[end..]].concat()
}

/// The token from which a request for a sync response would go on.
fn since(line: &str) -> Option<String> {
    let query = line.split(' ').nth(1)?.strip_prefix("/_matrix/client/v3/sync?")?;
    query.split('&').find_map(|value| value.strip_prefix("since=")).map(str::to_owned)
}

/// A whole request, which asks for the connection to end after it.
async fn request(client: &mut TcpStream) -> Result<Vec<u8>> {
    let mut reader = BufReader::new(client);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        anyhow::ensure!(reader.read_line(&mut line).await? > 0, "the client went away");
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if !header.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut request = format!("{head}Connection: close\r\n\r\n").into_bytes();
    let start = request.len();
    request.resize(start + length, 0);
    reader.read_exact(&mut request[start..]).await?;
    Ok(request)
}

async fn forward(request: &[u8], upstream: u16) -> Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", upstream)).await?;
    server.write_all(request).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    Ok(answer)
}
