//! Stands between the hub and its homeserver, and shows what a porter's client would see if somebody invited it into
//! rooms of fifty thousand members on a homeserver that means harm, one room after the other.
//!
//! Everything else is passed on as it is. The rooms are not there: this answers for them, and tells the number of
//! people in each as often as it is asked, at any length.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use matrix_sdk::ruma::OwnedUserId;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Each room has this many members.
pub const MEMBERS: usize = 50_000;

/// This many invitations come at once, while there are any.
const INVITATIONS: usize = 20;

/// Invitations come this often: with pauses, since the porter does nothing about them as long as more come.
const EVERY: Duration = Duration::from_secs(1);

/// The part of the rooms' ids by which they are known.
const SERVER: &str = "hostile.example";

/// The server that the hub takes for its homeserver.
pub struct Hostile {
    port: u16,
    there: Arc<There>,
    task: JoinHandle<()>,
}

/// The number of questions that the hub asked about those rooms.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Invitations that the hub was sent.
    pub invitations: usize,
    /// Rooms that the porter came into.
    pub joined: usize,
    /// Rooms that it left, or did not come into.
    pub left: usize,
    /// Lists of who is there.
    pub lists: usize,
    /// Things that were said there.
    pub said: usize,
    /// Anything else, such as devices' keys or history.
    pub other: usize,
}

struct There {
    upstream: u16,
    /// The list of who is in a room.
    list: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    inviting: Option<Inviting>,
    /// The porter's membership of rooms, as the next response shows it.
    news: BTreeMap<String, &'static str>,
    asked: Asked,
}

/// Somebody invites somebody, as long as it goes on.
#[derive(Clone)]
struct Inviting {
    by: OwnedUserId,
    whom: OwnedUserId,
    /// The time at which the next invitations come.
    next: Instant,
}

impl Hostile {
    /// Before the homeserver on this port of this machine.
    pub async fn before(upstream: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let member = |number: usize| (format!("@somebody{number}:{SERVER}"), json!({ "display_name": "Somebody" }));
        let members: serde_json::Map<String, Value> = (0..MEMBERS).map(member).collect();
        let list = json!({ "joined": members }).to_string();
        let there = Arc::new(There { upstream, list, state: Mutex::default() });
        let passing = there.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                // A client that goes away in the middle of a call is none of this one's business.
                tokio::spawn(pass(client, passing.clone()));
            }
        });
        Ok(Self { port, there, task })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on `by` invites `whom` into one such room after the other.
    pub fn begin(&self, by: OwnedUserId, whom: OwnedUserId) {
        self.there.state().inviting = Some(Inviting { by, whom, next: Instant::now() });
    }

    /// Ends the invitations, and gives the number of questions about their rooms.
    pub fn end(&self) -> Asked {
        let mut state = self.there.state();
        state.inviting = None;
        state.asked.clone()
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl There {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a call about one of those rooms.
    fn answer(&self, room: &str, path: &str) -> String {
        let mut state = self.state();
        let what = path.split('/').rfind(|part| !part.is_empty()).unwrap_or_default();
        match what {
            "join" => {
                state.asked.joined += 1;
                state.news.insert(room.to_owned(), "join");
                json!({ "room_id": room }).to_string()
            }
            "leave" => {
                state.asked.left += 1;
                state.news.insert(room.to_owned(), "leave");
                "{}".to_owned()
            }
            "forget" => "{}".to_owned(),
            "joined_members" | "members" => {
                state.asked.lists += 1;
                self.list.clone()
            }
            _ if path.contains("/send/") => {
                state.asked.said += 1;
                json!({ "event_id": format!("$said{}:{SERVER}", state.asked.said) }).to_string()
            }
            _ => {
                state.asked.other += 1;
                "{}".to_owned()
            }
        }
    }

    /// Adds the next invitations to a response, and the changes in their rooms.
    fn add_news(&self, response: &mut Value) {
        let mut state = self.state();
        let news = std::mem::take(&mut state.news);
        let Some(Inviting { by, whom, next }) = state.inviting.clone() else { return };
        for (room, stands) in news {
            response["rooms"][stands][&room] = shown(&room, &by, &whom, stands);
        }
        let now = Instant::now();
        if next > now {
            return;
        }
        state.inviting = Some(Inviting { by: by.clone(), whom: whom.clone(), next: now + EVERY });
        for _ in 0..INVITATIONS {
            state.asked.invitations += 1;
            let room = format!("!hostile{}:{SERVER}", state.asked.invitations);
            let events =
                [made(&by), encrypted(&by), event("m.room.member", &by, &whom, &json!({ "membership": "invite" }))];
            response["rooms"]["invite"][&room] = json!({ "invite_state": { "events": events } });
        }
    }
}

/// The parameter that says how long a request may wait for a response.
const PATIENCE: &str = "timeout=";

/// A request for a sync response, which waits no longer than until the next invitations come.
fn waiting_until(request: &[u8], next: Instant) -> Vec<u8> {
    let wait = next.saturating_duration_since(Instant::now()).as_millis();
    let head = String::from_utf8_lossy(request).into_owned();
    let Some((before, after)) = head.split_once(PATIENCE) else { return request.to_vec() };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (asked, rest) = after.split_at(digits);
    let wait = asked.parse().map_or(wait, |asked: u128| asked.min(wait));
    format!("{before}{PATIENCE}{wait}{rest}").into_bytes()
}

/// A room that the porter is in, or has left.
fn shown(room: &str, by: &OwnedUserId, whom: &OwnedUserId, stands: &str) -> Value {
    let event = |kind: &str, key: &OwnedUserId, content: &Value| {
        let mut event = event(kind, key, key, content);
        event["event_id"] = json!(format!("${kind}{key}{stands}{room}"));
        event["origin_server_ts"] = json!(1_793_613_600_000_u64);
        event
    };
    let member = event("m.room.member", whom, &json!({ "membership": stands }));
    let mut states = [made(by), encrypted(by)];
    for (number, state) in states.iter_mut().enumerate() {
        state["event_id"] = json!(format!("$state{number}{room}"));
        state["origin_server_ts"] = json!(1_793_613_600_000_u64);
    }
    json!({
        "summary": { "m.joined_member_count": MEMBERS, "m.invited_member_count": 0 },
        "state": { "events": states },
        "timeline": { "events": [member], "limited": true, "prev_batch": "before" },
    })
}

fn made(by: &OwnedUserId) -> Value {
    keyless("m.room.create", by, &json!({ "room_version": "11" }))
}

fn encrypted(by: &OwnedUserId) -> Value {
    keyless("m.room.encryption", by, &json!({ "algorithm": "m.megolm.v1.aes-sha2" }))
}

fn keyless(kind: &str, by: &OwnedUserId, content: &Value) -> Value {
    json!({ "type": kind, "sender": by, "state_key": "", "content": content })
}

fn event(kind: &str, by: &OwnedUserId, key: &OwnedUserId, content: &Value) -> Value {
    json!({ "type": kind, "sender": by, "state_key": key, "content": content })
}

/// Takes one call, and ends the connection with its answer.
async fn pass(mut client: TcpStream, there: Arc<There>) -> Result<()> {
    let request = request(&mut client).await?;
    let line = request.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).into_owned();
    let path = line.split(' ').nth(1).context("a request has a path")?;
    let path = path.split('?').next().unwrap_or_default().replace("%3A", ":").replace("%21", "!");
    let room = path.split('/').find(|part| part.starts_with("!hostile") && part.ends_with(SERVER));
    if let Some(room) = room {
        send(&mut client, &whole(there.answer(room, &path).as_bytes())).await;
        return Ok(());
    }
    let inviting = there.state().inviting.clone().filter(|_| path.ends_with("/sync"));
    let request = inviting.map(|inviting| waiting_until(&request, inviting.next)).unwrap_or(request);
    let mut answer = forward(&request, there.upstream).await?;
    if path.ends_with("/sync") && answer.get(8..12) == Some(b" 200") {
        let body = answer.windows(4).position(|end| end == b"\r\n\r\n").context("an answer has a head")? + 4;
        let mut response: Value = serde_json::from_slice(&answer[body..]).context("a sync response reads")?;
        there.add_news(&mut response);
        answer = whole(response.to_string().as_bytes());
    }
    send(&mut client, &answer).await;
    Ok(())
}

/// Sends as much as the client takes: one that has read enough is gone before the end.
async fn send(client: &mut TcpStream, answer: &[u8]) {
    if client.write_all(answer).await.is_ok() {
        drop(client.shutdown().await);
    }
}

fn whole(body: &[u8]) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length";
    [format!("{head}: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// A whole request, which asks for the connection to end after it, and for an answer in one piece.
async fn request(client: &mut TcpStream) -> Result<Vec<u8>> {
    let mut reader = BufReader::new(client);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        ensure!(reader.read_line(&mut line).await? > 0, "the client went away");
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if !["connection:", "accept-encoding:"].iter().any(|kept_back| header.starts_with(kept_back)) {
            head.push_str(&line.replace(" HTTP/1.1\r\n", " HTTP/1.0\r\n"));
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
