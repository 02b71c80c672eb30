//! The wire between a hub and its homeserver. Every call is seen on it, and at a chosen one the hub is killed.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::program::Program;

/// A moment at which the hub is killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The call during which it comes.
    pub call: Call,
    /// The moment in the course of that call.
    pub when: When,
}

/// A call that can be seen on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A sync response that brings words of somebody; it is known only when it is answered.
    Words(String),
    /// A room is created.
    Create,
    /// This account is invited.
    Invite(String),
    /// The porter says something.
    Say,
    /// Any other call.
    Other,
}

/// A moment in the course of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The hub calls; the homeserver never hears of it.
    Asked,
    /// The homeserver has begun with it.
    Begun,
    /// The homeserver has answered; the hub never hears of it.
    Answered,
    /// The hub has the answer, since this long.
    Told(Duration),
}

/// A tap on the wire between the hub and its homeserver.
pub struct Tap {
    port: u16,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    homeserver: u16,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    armed: Option<Armed>,
    /// The number of invitations that the homeserver has taken since the last look.
    invitations: usize,
}

struct Armed {
    fault: Fault,
    program: Program,
    fallen: oneshot::Sender<usize>,
}

impl Tap {
    /// A wire to the homeserver at this port.
    pub async fn open(homeserver: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State { homeserver, now: Mutex::default() });
        let shared = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = shared.clone();
                // A connection that breaks off is the purpose of this.
                tokio::spawn(async move { state.serve(client).await.ok() });
            }
        });
        Self { port, state, task }
    }

    /// The address that the hub takes for its homeserver's.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Kills `program` at this moment. The receiver then gets the number of invitations that the homeserver had taken
    /// by that time, since [`Self::forget_invitations`].
    pub fn kill_at(&self, fault: Fault, program: Program) -> oneshot::Receiver<usize> {
        let (fallen, falls) = oneshot::channel();
        self.state.now.lock().unwrap().armed = Some(Armed { fault, program, fallen });
        falls
    }

    /// Counts invitations from none again.
    pub fn forget_invitations(&self) {
        self.state.now.lock().unwrap().invitations = 0;
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    async fn serve(&self, client: TcpStream) -> io::Result<()> {
        let mut client = Stream::new(client)?;
        let mut server = Stream::new(TcpStream::connect(("127.0.0.1", self.homeserver)).await?)?;
        while let Some(request) = client.message().await? {
            let call = Call::asked_by(&request);
            if self.falls(&call, When::Asked).await {
                return Ok(());
            }
            server.socket.write_all(&request.raw).await?;
            self.falls(&call, When::Begun).await;
            let response = tokio::select! {
                response = server.message() => response?,
                // Nobody waits for news any more. Anything else is counted, even after the caller has hung up.
                () = client.closed(), if call == Call::Other => return Ok(()),
            };
            let Some(response) = response else { return Ok(()) };
            let call = call.answered_by(&response);
            self.count(&call, &response);
            if self.falls(&call, When::Answered).await {
                return Ok(());
            }
            client.socket.write_all(&response.raw).await?;
            self.falls(&call, When::Told(Duration::ZERO)).await;
        }
        Ok(())
    }

    /// Kills the hub if this is the moment.
    async fn falls(&self, call: &Call, at: When) -> bool {
        let (armed, wait) = {
            let mut now = self.now.lock().unwrap();
            let fault = now.armed.as_ref().map(|armed| &armed.fault).filter(|fault| fault.call == *call);
            let wait = match (fault.map(|fault| fault.when), at) {
                (Some(When::Told(wait)), When::Told(_)) => wait,
                (Some(when), at) if when == at => Duration::ZERO,
                (Some(_) | None, _) => return false,
            };
            (now.armed.take(), wait)
        };
        let Some(Armed { program, fallen, .. }) = armed else { return false };
        // Not a wait for anything: this is the moment at which the fault happens.
        tokio::time::sleep(wait).await;
        program.kill().await;
        let invitations = self.now.lock().unwrap().invitations;
        fallen.send(invitations).unwrap();
        true
    }

    fn count(&self, call: &Call, response: &Message) {
        match call {
            Call::Invite(_) if response.head.starts_with("HTTP/1.1 200") => self.now.lock().unwrap().invitations += 1,
            Call::Invite(_) | Call::Words(_) | Call::Create | Call::Say | Call::Other => {}
        }
    }
}

impl Call {
    fn asked_by(request: &Message) -> Self {
        let path = request.head.split(['?', ' ']).nth(1).unwrap_or_default();
        let parts: Vec<&str> = path.trim_start_matches("/_matrix/client/v3/").split('/').collect();
        match parts[..] {
            ["createRoom"] => Self::Create,
            ["rooms", _, "invite"] => Self::Invite(request.json()["user_id"].as_str().unwrap().to_owned()),
            ["rooms", _, "send", ..] => Self::Say,
            _ => Self::Other,
        }
    }

    /// The same, with what only the answer shows.
    fn answered_by(self, response: &Message) -> Self {
        match self {
            Self::Other => response.speaker().map_or(Self::Other, Self::Words),
            known @ (Self::Words(_) | Self::Create | Self::Invite(_) | Self::Say) => known,
        }
    }
}

/// A request or a response.
struct Message {
    raw: Vec<u8>,
    head: String,
    body: Vec<u8>,
}

impl Message {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The sender of words in this sync response, other than the porter.
    fn speaker(&self) -> Option<String> {
        let response = self.json();
        let rooms = response["rooms"]["join"].as_object()?.values();
        let events = rooms.filter_map(|room| room["timeline"]["events"].as_array()).flatten();
        let mut words = events.filter(|event| event["type"] == "m.room.encrypted");
        words.find_map(|event| event["sender"].as_str().filter(|who| !who.starts_with("@porter")).map(str::to_owned))
    }
}

/// One side of a connection, read message by message (RFC 9112, section 6).
struct Stream {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Stream {
    fn new(socket: TcpStream) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        Ok(Self { socket, buffer: Vec::new() })
    }

    /// The next message; `None` when the connection is closed before one.
    async fn message(&mut self) -> io::Result<Option<Message>> {
        let Some(end) = self.find(0, b"\r\n\r\n").await? else { return Ok(None) };
        let start = end + 4;
        let head = String::from_utf8_lossy(&self.buffer[..start]).into_owned();
        let field = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
        };
        let mut body = Vec::new();
        let mut at = start;
        if field("transfer-encoding").is_some() {
            loop {
                let line = self.find(at, b"\r\n").await?.ok_or(io::ErrorKind::UnexpectedEof)?;
                let size = String::from_utf8_lossy(&self.buffer[at..line]).into_owned();
                let size = usize::from_str_radix(&size, 16).map_err(io::Error::other)?;
                at = line + 2 + size + 2;
                self.fill(at).await?;
                if size == 0 {
                    break;
                }
                body.extend_from_slice(&self.buffer[line + 2..at - 2]);
            }
        } else {
            at += field("content-length").map_or(Ok(0), |length| length.parse()).map_err(io::Error::other)?;
            self.fill(at).await?;
            body.extend_from_slice(&self.buffer[start..at]);
        }
        let raw = self.buffer.drain(..at).collect();
        Ok(Some(Message { raw, head, body }))
    }

    /// Returns when the other side has hung up.
    async fn closed(&mut self) {
        while self.more().await.is_ok_and(|count| count > 0) {}
    }

    /// The first place of `what` from `from` on.
    async fn find(&mut self, from: usize, what: &[u8]) -> io::Result<Option<usize>> {
        loop {
            let found = self.buffer[from..].windows(what.len()).position(|part| part == what);
            if let Some(found) = found {
                return Ok(Some(from + found));
            }
            if self.more().await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn fill(&mut self, length: usize) -> io::Result<()> {
        while self.buffer.len() < length {
            if self.more().await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    async fn more(&mut self) -> io::Result<usize> {
        self.socket.read_buf(&mut self.buffer).await
    }
}
