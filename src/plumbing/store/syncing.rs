//! Syncing the rows while their commit is acknowledged, which is safe in the commit log, and the next one is made.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use lodge_ground::store::StoreError;

/// A thread that makes safe what was written, when it is told to.
pub(super) struct Syncing {
    orders: Option<Sender<()>>,
    done: Receiver<Result<(), StoreError>>,
    /// Whether it was told to, and has not said yet what came of it.
    is_on: bool,
    thread: Option<JoinHandle<()>>,
}

impl Syncing {
    /// Does it so.
    pub(super) fn with(sync: impl Fn() -> Result<(), StoreError> + Send + 'static) -> io::Result<Self> {
        let (orders, ordered) = mpsc::channel();
        let (say, done) = mpsc::channel();
        let work = move || {
            while ordered.recv().is_ok() && say.send(sync()).is_ok() {}
        };
        let thread = thread::Builder::new().name("sync".to_owned()).spawn(work)?;
        Ok(Self { orders: Some(orders), done, is_on: false, thread: Some(thread) })
    }

    /// Begins to make safe what was written. What was begun before must be finished.
    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        self.is_on = true;
        self.orders.as_ref().and_then(|orders| orders.send(()).ok()).ok_or_else(broken)
    }

    /// Waits until it is safe.
    pub(super) fn finish(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.is_on) { self.done.recv().unwrap_or_else(|_| Err(broken())) } else { Ok(()) }
    }
}

impl Drop for Syncing {
    /// Lets go of the database.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn broken() -> StoreError {
    StoreError::Engine { doing: "sync its rows", cause: "the thread that does it has ended".to_owned() }
}
