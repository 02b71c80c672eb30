//! A command's side: asking the running hub, or doing without it.

use std::convert::Infallible;
use std::io;

use anyhow::Context;
use lodge_channel::store::StoreError;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::door::knock;
use super::{Answer, Did, Reply, Request, offline};
use crate::config::Config;
use crate::run::{self, look};

/// Has the running hub do this, or does it with the store of a hub that is not running.
pub async fn ask(config: &Config, request: Request) -> anyhow::Result<(Answer, Did)> {
    let directory = &config.store.directory;
    let running = knock(directory).await.with_context(|| {
        format!("the hub cannot be asked at its socket in {}; are you the user that it runs as?", directory.display())
    })?;
    if let Some(stream) = running {
        let answer = exchange(stream, &request).await.context("the running hub did not answer; its log may say why")?;
        return Ok((answer, Did::RunningHub));
    }
    let answer = without(config, &request).await.map_err(|error| {
        let held = matches!(error.downcast_ref(), Some(StoreError::Held { .. }));
        if held {
            error.context("a hub that is just starting or stopping has the store; ask again in a moment")
        } else {
            error
        }
    })?;
    Ok((answer, Did::Offline))
}

/// Does it where no hub runs.
async fn without(config: &Config, request: &Request) -> anyhow::Result<Answer> {
    match tokio::task::block_in_place(|| offline(config, request))? {
        Reply::Now(answer) => Ok(answer),
        Reply::AfterLooking(intended) => look(config, &intended).await,
        Reply::OnceDone => with_hub(config, request).await,
    }
}

/// Has a hub do it that runs for as long as this takes: a room whose making had no answer shows only to one that listens.
async fn with_hub(config: &Config, request: &Request) -> anyhow::Result<Answer> {
    let hub = run::open(config).await?;
    let stream = knock(&config.store.directory).await?.context("the hub that was started cannot be asked")?;
    let (asking, asked) = oneshot::channel::<Infallible>();
    let answer = async {
        let answer = exchange(stream, request).await;
        // Dropped, it tells the hub to stop.
        drop(asking);
        answer
    };
    let until_answered = async {
        // The only answer is that the sender is gone.
        drop(asked.await);
    };
    let (ran, answer) = tokio::join!(hub.run(config.roster(), until_answered), answer);
    ran.context("the hub that was started for this stopped")?;
    Ok(answer?)
}

/// Sends a request and reads its answer.
pub(super) async fn exchange(mut stream: UnixStream, request: &Request) -> io::Result<Answer> {
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).await?;
    Ok(serde_json::from_str(&answer)?)
}
