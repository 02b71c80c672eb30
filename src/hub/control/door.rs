//! The door to the running hub: a socket in the directory of its store, for its owner alone. A line of JSON comes in, a
//! line of JSON goes out.

use std::fs;
use std::future::Future;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lodge_plumbing::socket;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tracing::{debug, warn};

use super::{Answer, Request};

/// The file name of the socket in the store's directory.
const NAME: &str = "control.sock";

/// The longest request, in bytes: a hundred thousand people.
const REQUEST_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A visitor may take this long to say what they want.
const ASKED_WITHIN: Duration = Duration::from_secs(30);

/// The answer to a command that the hub did not finish. A part of a list may have been taken in then.
const STOPPING: &str = "the hub is stopping; ask again once it runs, or when it has ended";

/// Nobody is let in for this long after the system could not let somebody in.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The socket of a running hub.
#[derive(Debug)]
pub struct Door {
    listener: UnixListener,
    owner: u32,
}

impl Door {
    /// Opens the door. The caller holds the store.
    pub fn open(directory: &Path) -> io::Result<Self> {
        let listener = socket::listen(directory, NAME)?;
        Ok(Self { listener, owner: fs::metadata(directory.join(NAME))?.uid() })
    }

    /// Hands each request to `ask` and gives back its answer, for as long as this is waited for.
    pub async fn serve<A>(self, ask: impl Fn(Request) -> A + Send + Sync + 'static)
    where
        A: Future<Output = Option<Answer>> + Send + 'static,
    {
        let ask = Arc::new(ask);
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) if self.may_ask(&stream) => {
                    let ask = ask.clone();
                    tokio::spawn(async move {
                        if let Err(error) = converse(stream, &*ask).await {
                            debug!(%error, "whoever asked did not hear the answer");
                        }
                    });
                }
                Ok(_) => warn!("somebody who is not the hub's owner came to its control socket and was turned away"),
                Err(error) => {
                    warn!(%error, "nobody can be let in at the control socket");
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
            }
        }
    }

    /// Its permissions say the same, but for the moment before they were set.
    fn may_ask(&self, stream: &UnixStream) -> bool {
        stream.peer_cred().is_ok_and(|peer| peer.uid() == self.owner || peer.uid() == 0)
    }
}

/// Connects to the hub of this directory, if one runs.
pub(super) async fn knock(directory: &Path) -> io::Result<Option<UnixStream>> {
    match socket::connect(directory, NAME).await {
        Ok(stream) => Ok(Some(stream)),
        // There was none, or the one that was there has ended.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn converse<A>(mut stream: UnixStream, ask: &impl Fn(Request) -> A) -> io::Result<()>
where
    A: Future<Output = Option<Answer>>,
{
    let mut line = String::new();
    let (from, mut to) = stream.split();
    let mut from = BufReader::new(from.take(REQUEST_BYTES_MAX));
    tokio::time::timeout(ASKED_WITHIN, from.read_line(&mut line)).await??;
    let answer = match serde_json::from_str::<Request>(&line) {
        Ok(request) => ask(request).await.unwrap_or_else(|| Answer::NotNow(STOPPING.to_owned())),
        Err(error) => Answer::NotNow(format!(
            "the running hub does not understand what it is asked ({error}); is it of another version than this command?"
        )),
    };
    let mut answer = serde_json::to_vec(&answer)?;
    answer.push(b'\n');
    to.write_all(&answer).await?;
    to.shutdown().await
}

#[cfg(test)]
mod tests {
    use lodge_core::people::roster::{Endings, Reach};
    use std::os::unix::fs::PermissionsExt;

    use super::super::asking::exchange;
    use super::*;
    use crate::roster::{List, Said};

    fn request() -> Request {
        Request::Roster(List { entries: Vec::new(), reach: Reach::These, apply: true, ends: None })
    }

    fn answer() -> Answer {
        let ends = Endings { people: 0, of: 0, all_staff: false };
        Answer::Roster(Said::Fine { changes: Vec::new(), ends, invited: Vec::new() })
    }

    #[tokio::test]
    async fn what_is_asked_arrives_and_so_does_the_answer_however_long_the_path_is() {
        let base = tempfile::tempdir().unwrap();
        let directory = base.path().join("a-long-name".repeat(12));
        fs::create_dir(&directory).unwrap();
        assert!(knock(&directory).await.unwrap().is_none(), "nobody is there yet");
        let door = Door::open(&directory).unwrap();
        let mode = fs::metadata(directory.join(NAME)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let serving = tokio::spawn(door.serve(|asked| async move { (asked == request()).then(answer) }));
        let stream = knock(&directory).await.unwrap().unwrap();
        assert_eq!(exchange(stream, &request()).await.unwrap(), answer());
        serving.abort();
    }

    #[tokio::test]
    async fn the_socket_of_a_hub_that_has_ended_is_recognised_and_replaced() {
        let directory = tempfile::tempdir().unwrap();
        drop(Door::open(directory.path()).unwrap());
        assert!(directory.path().join(NAME).exists());
        assert!(knock(directory.path()).await.unwrap().is_none());
        let door = Door::open(directory.path()).unwrap();
        let serving = tokio::spawn(door.serve(|_| async { None }));
        let stream = knock(directory.path()).await.unwrap().unwrap();
        let said = exchange(stream, &request()).await.unwrap();
        assert_eq!(said, Answer::NotNow(STOPPING.to_owned()));
        serving.abort();
    }

    #[tokio::test]
    async fn what_is_not_understood_is_answered_in_words() {
        let directory = tempfile::tempdir().unwrap();
        let serving = tokio::spawn(Door::open(directory.path()).unwrap().serve(|_| async { None }));
        let mut stream = knock(directory.path()).await.unwrap().unwrap();
        stream.write_all(b"{\"dance\":true}\n").await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.contains("does not understand"), "{said}");
        serving.abort();
    }
}
