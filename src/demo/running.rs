//! Services that run in this program.

use std::future::Future;

use anyhow::{Context, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use lodge_hub::config::Config;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Nothing is ever sent: a service stops when the sender is gone.
enum Never {}

/// A service that runs in this program.
pub struct Running {
    stop: Option<oneshot::Sender<Never>>,
    task: JoinHandle<Result<()>>,
}

impl Running {
    /// Starts a hub with this configuration.
    pub fn hub(config: Config) -> Self {
        Self::start(|stop| async move { Box::pin(lodge_hub::run::run(&config, stop)).await })
    }

    /// Starts a counselling service.
    pub fn counsel(loaded: lodge_counsel::config::Loaded) -> Self {
        Self::start(|stop| lodge_counsel::run::run(loaded, stop))
    }

    fn start<F>(run: impl FnOnce(BoxFuture<'static, ()>) -> F) -> Self
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let (stop, stopped) = oneshot::channel::<Never>();
        // The only answer is that the sender is gone.
        let task = tokio::spawn(run(stopped.map(drop).boxed()));
        Self { stop: Some(stop), task }
    }

    /// Waits for as long as it runs; an error is why it stopped.
    pub async fn ended(&mut self) -> Result<()> {
        (&mut self.task).await.context("a service panicked")?
    }

    /// Tells it to stop, and waits until it has finished the work in hand.
    pub async fn stop(mut self) -> Result<()> {
        // Dropped, it tells the service to stop.
        self.stop = None;
        self.ended().await
    }

    /// Ends it at once, in the midst of anything, as a loss of power would.
    pub async fn kill(self) {
        self.task.abort();
        // The only outcome is that it was aborted.
        drop(self.task.await);
    }
}
