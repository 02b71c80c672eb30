//! A homeserver in memory: fast, without limits, and kept by nobody. It is for counting the calls and the bytes that
//! something costs, with more members than Synapse could be given in a test; the tests with Synapse show what a
//! homeserver really does.
//!
//! Everybody who is invited comes in at once, but for those who have a client of their own.

mod http;
mod keys;
mod rooms;
mod sync;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use http::{Answer, Request};
use keys::Keys;
use rooms::Rooms;
use sync::Log;

/// The part of every id behind the colon.
pub const SERVER: &str = "example.org";

/// The longest wait for anything.
const PATIENCE: Duration = Duration::from_mins(10);

/// The longest file that it takes.
pub const FILE_BYTES_MAX: usize = 10_000;

/// The homeserver, which is gone with this value.
pub struct Fake {
    port: u16,
    there: Arc<There>,
    task: JoinHandle<()>,
}

/// The part of the homeserver that all its connections share.
pub(crate) struct There {
    state: Mutex<State>,
    /// Changes with everything that happens.
    happened: watch::Sender<u64>,
}

/// The whole of it.
#[derive(Default)]
pub(crate) struct State {
    /// The account and the device of each token.
    tokens: BTreeMap<String, (String, String)>,
    /// The log of each account that has a client.
    logs: BTreeMap<String, Log>,
    names: BTreeMap<String, Value>,
    account_data: BTreeMap<(String, String), Value>,
    rooms: Rooms,
    keys: Keys,
    /// The files that were uploaded, as they came.
    files: Vec<Vec<u8>>,
    /// Those who are told of each message of an account's.
    listeners: BTreeMap<String, mpsc::UnboundedSender<Said>>,
    /// The number of calls of each kind, by account.
    calls: BTreeMap<(String, String), usize>,
}

/// A message, as those who listen to its sender are told of it.
#[derive(Debug)]
pub struct Said {
    /// The room it was sent to.
    pub room: String,
    /// The whole event.
    pub event: Arc<Value>,
}

impl Fake {
    /// Starts one, without accounts.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let there = Arc::new(There { state: Mutex::default(), happened: watch::Sender::default() });
        let serving = there.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let there = serving.clone();
                // A client that goes away in the middle of a call is none of this one's business.
                tokio::spawn(async move { http::serve(client, there).await });
            }
        });
        Ok(Self { port, there, task })
    }

    /// The address at which clients find it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The number of calls of each kind that this account has made.
    pub fn calls(&self, user: &str) -> BTreeMap<String, usize> {
        let state = self.there.state();
        let own = state.calls.iter().filter(|((who, _), _)| who == user);
        own.map(|((_, kind), count)| (kind.clone(), *count)).collect()
    }

    /// The number of calls of this kind that this account has made.
    pub fn count(&self, user: &str, kind: &str) -> usize {
        self.there.state().calls.get(&(user.to_owned(), kind.to_owned())).copied().unwrap_or_default()
    }

    /// Somebody without a client makes a room and invites somebody to it.
    pub fn invites(&self, who: &str, whom: &str) -> String {
        self.does(|state| {
            let room = rooms::create(state, who, &json!({}));
            rooms::stands(state, &room, who, whom, "invite");
            room
        })
    }

    /// Somebody without a client says something.
    pub fn says(&self, who: &str, room: &str, body: &str) {
        let content = json!({ "msgtype": "m.text", "body": body });
        self.does(|state| rooms::happens(state, room, who, "m.room.message", None, content));
    }

    /// Every message that an account sends from now on, in order. The last who listens to an account is told.
    pub fn listen_to(&self, who: &str) -> mpsc::UnboundedReceiver<Said> {
        let (listener, said) = mpsc::unbounded_channel();
        self.there.state().listeners.insert(who.to_owned(), listener);
        said
    }

    /// So many rooms in which these two are, and which are encrypted if that is asked for.
    pub fn furnish(&self, rooms: usize, creator: &str, other: &str, encrypted: bool) {
        let initial = json!([
            { "type": "m.room.encryption", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" } },
            { "type": "m.room.history_visibility", "state_key": "", "content": { "history_visibility": "joined" } },
        ]);
        self.does(|state| {
            // The creator has a client, or will have one, which needs a log of what happens.
            state.logs.entry(creator.to_owned()).or_default();
            for _ in 0..rooms {
                let creation = if encrypted { json!({ "initial_state": initial }) } else { json!({}) };
                let room = rooms::create(state, creator, &creation);
                rooms::stands(state, &room, other, other, "join");
            }
        });
    }

    /// Somebody without a client comes into a room.
    pub fn comes_into(&self, who: &str, room: &str) {
        self.does(|state| rooms::stands(state, room, who, who, "join"));
    }

    /// Somebody leaves a room, by whatever way.
    pub fn leaves(&self, who: &str, room: &str) {
        self.does(|state| rooms::stands(state, room, who, who, "leave"));
    }

    /// The token and the id of each of an account's devices.
    pub fn devices(&self, user: &str) -> Vec<(String, String)> {
        let state = self.there.state();
        let own = state.tokens.iter().filter(|(_, (whose, _))| whose == user);
        own.map(|(token, (_, device))| (token.clone(), device.clone())).collect()
    }

    /// Whether anybody has asked for somebody's devices.
    pub fn was_asked_for_devices_of(&self, user: &str) -> bool {
        self.there.state().keys.are_asked_for(user)
    }

    /// The homeserver says no longer that a room has ever been encrypted.
    pub fn denies_encryption(&self, room: &str) {
        self.does(|state| state.rooms.lose(room, "m.room.encryption"));
    }

    /// The last file that anybody has uploaded, as it came.
    pub fn last_file(&self) -> Option<Vec<u8>> {
        self.there.state().files.last().cloned()
    }

    /// The types of the events that somebody has sent in a room, in order.
    pub fn sent(&self, who: &str, room: &str) -> Vec<String> {
        self.there.state().rooms.sent(who, room)
    }

    /// The rooms in which somebody is.
    pub fn rooms_of(&self, who: &str) -> BTreeSet<String> {
        self.there.state().rooms.of(who)
    }

    /// The number of messages with this wording that somebody has sent, in a room or in all.
    pub fn said(&self, who: &str, room: Option<&str>, wording: &str) -> usize {
        self.there.state().rooms.said(who, room, wording)
    }

    /// Waits until this is so.
    pub async fn until(&self, what: &str, so: impl Fn(&Self) -> bool) -> Result<()> {
        let mut happened = self.there.happened.subscribe();
        let waiting = async {
            while !so(self) {
                if happened.changed().await.is_err() {
                    break;
                }
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            bail!("waited in vain for {what}");
        }
        Ok(())
    }

    fn does<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        let done = what(&mut self.there.state());
        self.there.tell();
        done
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl There {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.happened.send_modify(|count| *count += 1);
    }

    /// The answer to a call. Calls that are not known here are refused, as by an older homeserver.
    async fn answer(&self, request: Request) -> Answer {
        let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
        let whose = request.token.as_ref().and_then(|token| self.state().tokens.get(token).cloned());
        let (user, device) = whose.unwrap_or_default();
        let kind = format!("{} {}", request.method, kind(&path));
        *self.state().calls.entry((user.clone(), kind)).or_default() += 1;
        let answer = if path.first() == Some(&"sync") {
            self.sync(&user, &device, &request).await
        } else {
            let state = &mut self.state();
            account(state, &user, &device, &request, &path)
                .or_else(|| state.keys.answer(&user, &device, &request, &path))
                .or_else(|| rooms::answer(state, &user, &request, &path))
        };
        if request.method != "GET" {
            sync::after(&mut self.state());
        }
        self.tell();
        answer.unwrap_or_else(not_found)
    }

    async fn sync(&self, user: &str, device: &str, request: &Request) -> Option<Answer> {
        let since = request.query("since").and_then(|since| since.parse().ok()).unwrap_or_default();
        let wait = request.query("timeout").and_then(|wait| wait.parse().ok()).unwrap_or_default();
        let mut happened = self.happened.subscribe();
        let waiting = async {
            while self.state().is_up_to_date(user, since) {
                if happened.changed().await.is_err() {
                    break;
                }
            }
        };
        // With nothing new, the answer is that.
        drop(tokio::time::timeout(Duration::from_millis(wait), waiting).await);
        Some((200, self.state().news(user, device, since)))
    }
}

fn not_found() -> Answer {
    (404, json!({ "errcode": "M_NOT_FOUND", "error": "not here" }))
}

/// A call's kind, such as "rooms members".
fn kind(path: &[&str]) -> String {
    match path {
        ["rooms", _, what, ..] => format!("rooms {what}"),
        [first, second, ..] if ["keys", "room_keys"].contains(first) => format!("{first} {second}"),
        [first, ..] => (*first).to_owned(),
        [] => String::new(),
    }
}

/// The requests about accounts and their own things.
fn account(state: &mut State, user: &str, device: &str, request: &Request, path: &[&str]) -> Option<Answer> {
    let answer = match (request.method.as_str(), path) {
        (_, ["versions"]) => json!({ "versions": ["v1.1", "v1.11", "v1.15"] }),
        ("POST", ["register"]) => json!({ "user_id": format!("@{}:{SERVER}", request.body["username"].as_str()?) }),
        ("POST", ["login"]) => {
            let named = request.body["identifier"]["user"].as_str()?;
            let user = if named.starts_with('@') { named.to_owned() } else { format!("@{named}:{SERVER}") };
            let device = format!("DEVICE{}", state.tokens.len());
            let token = format!("token-{}", state.tokens.len());
            state.tokens.insert(token.clone(), (user.clone(), device.clone()));
            state.logs.entry(user.clone()).or_default();
            json!({ "user_id": user, "device_id": device, "access_token": token })
        }
        ("GET", ["account", "whoami"]) => json!({ "user_id": user, "device_id": device }),
        ("GET", ["profile", who, "displayname"]) => json!({ "displayname": state.names.get(*who)? }),
        ("PUT", ["profile", who, "displayname"]) => {
            state.names.insert((*who).to_owned(), request.body["displayname"].clone());
            json!({})
        }
        ("GET", ["media", "config"]) => json!({ "m.upload.size": FILE_BYTES_MAX }),
        ("POST", ["upload"]) => {
            state.files.push(request.bytes.clone());
            json!({ "content_uri": format!("mxc://{SERVER}/file{}", state.files.len()) })
        }
        ("POST", ["user", _, "filter"]) => json!({ "filter_id": "1" }),
        ("GET", ["user", who, "account_data", what]) => {
            state.account_data.get(&((*who).to_owned(), (*what).to_owned()))?.clone()
        }
        ("PUT", ["user", who, "account_data", what]) => {
            state.account_data.insert(((*who).to_owned(), (*what).to_owned()), request.body.clone());
            state.logs.entry(user.to_owned()).and_modify(|log| log.kept(what, request.body.clone()));
            json!({})
        }
        ("GET", ["joined_rooms"]) => json!({ "joined_rooms": state.rooms.of(user) }),
        _ => return None,
    };
    Some((200, answer))
}
