//! Just enough HTTP to be spoken to by clients that keep their connections.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::There;

/// The thing that is asked for.
pub(crate) struct Request {
    pub(crate) method: String,
    /// The parts of the path below the version of the interface, decoded.
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) token: Option<String>,
    pub(crate) body: Value,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Request {
    /// The value that the query has for this.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The answer: a status and a body.
pub(crate) type Answer = (u16, Value);

/// Answers one client until it goes away.
pub(crate) async fn serve(client: TcpStream, there: Arc<There>) -> Result<()> {
    client.set_nodelay(true)?;
    let (read, mut write) = client.into_split();
    let mut read = BufReader::new(read);
    while let Some(request) = next(&mut read).await? {
        let (status, body) = there.answer(request).await;
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        write.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await?;
    }
    Ok(())
}

async fn next(read: &mut (impl AsyncBufReadExt + Unpin)) -> Result<Option<Request>> {
    let mut line = String::new();
    if read.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut first = line.split_whitespace();
    let (Some(method), Some(target)) = (first.next(), first.next()) else { bail!("no request: {line:?}") };
    let (method, target) = (method.to_owned(), target.to_owned());
    let (mut length, mut token) = (0, None);
    loop {
        line.clear();
        read.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().context("a length")?;
        } else if name.eq_ignore_ascii_case("authorization") {
            token = value.strip_prefix("Bearer ").map(str::to_owned);
        }
    }
    let mut body = vec![0; length];
    read.read_exact(&mut body).await?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    // "_matrix", "client" and the version say nothing here.
    let parts = path.split('/').filter(|part| !part.is_empty()).skip(2);
    let path = parts.skip_while(|part| ["v1", "v3", "unstable"].contains(part)).map(decoded).collect();
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = query.map(|(name, value)| (decoded(name), decoded(value))).collect();
    let bytes = body;
    Ok(Some(Request { method, path, query, token, body: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }))
}

/// Text from an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
