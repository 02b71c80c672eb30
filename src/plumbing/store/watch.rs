//! A watch over sled's calls: where a write of its own threads fails, sled notes it and wakes nobody, so that a flush
//! waits for ever. The next call notices the note, and wakes all. A thread makes that call where one takes long.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A call that takes longer than this is looked after. A disk that is merely slow comes to no harm by it.
const LONG: Duration = Duration::from_secs(1);

/// A call, as the thread hears of it.
enum Call {
    Begun,
    Ended,
}

/// The thread that watches over the calls to a database.
pub(super) struct Watch {
    calls: Option<Sender<Call>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Watches over this database.
    pub(super) fn over(db: sled::Db) -> io::Result<Self> {
        let (calls, heard) = mpsc::channel();
        let thread = thread::Builder::new().name("rows".to_owned()).spawn(move || watch(&db, &heard))?;
        Ok(Self { calls: Some(calls), thread: Some(thread) })
    }

    /// Makes a call to sled and tells the watcher of its beginning and end.
    pub(super) fn during<T>(&self, call: impl FnOnce() -> T) -> T {
        self.tell(Call::Begun);
        let answer = call();
        self.tell(Call::Ended);
        answer
    }

    fn tell(&self, call: Call) {
        if let Some(calls) = &self.calls {
            // The thread is there as long as this is.
            drop(calls.send(call));
        }
    }
}

impl Drop for Watch {
    /// Lets go of the database.
    fn drop(&mut self) {
        self.calls = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn watch(db: &sled::Db, heard: &Receiver<Call>) {
    while let Ok(Call::Begun | Call::Ended) = heard.recv() {
        while let Err(RecvTimeoutError::Timeout) = heard.recv_timeout(LONG) {
            // An error that this flush finds is also given to the caller whose call hangs.
            drop(panic::catch_unwind(AssertUnwindSafe(|| drop(db.flush()))));
        }
    }
}
