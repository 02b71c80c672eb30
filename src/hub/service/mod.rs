//! The running hub: one actor that owns the engine and its store, a loop that fetches sync responses, and a task for
//! each thing that is being tried.
//!
//! All that is waiting when the actor wakes shares one commit. Nothing leaves before that commit is on disk.

mod fetch;
mod wire;

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use lodge_channel::content::Voice;
use lodge_channel::engine::Engine;
use lodge_channel::homeserver::{CallError, Called, EventRef};
use lodge_channel::news::{Delivery, News};
use lodge_channel::perform::{Task, Tried, perform};
use lodge_channel::store::{Store, StoreError};
use lodge_core::introduction::RoomRef;
use lodge_core::member::Person;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tracing::{debug, error, info, warn};

pub use wire::{Ears, Received, Wire};

/// How many tasks are on their way at once. A homeserver answers a few dozen calls a second.
const TASKS_MAX: usize = 16;

/// How many messages wait in front of the actor before their senders do.
const QUEUE: usize = 256;

/// How long the tasks on their way may take when the hub is asked to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// Why the hub stopped before it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The store failed. Nothing that was not committed was done.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The porter's session is over.
    #[error("the homeserver has ended the porter's session; start again to see what to do")]
    LoggedOut,
    /// A part of the program failed, which is a fault in Lodge.
    #[error("a part of the program stopped unexpectedly: {0}")]
    Broken(String),
}

/// What comes to the actor.
enum Message {
    /// A sync response whose gaps are filled. It is answered when it is committed.
    Delivered { delivery: Delivery, keys_came: bool, committed: oneshot::Sender<Next> },
    /// Which of these rooms are the hub's?
    AreOurs { rooms: Vec<RoomRef>, answer: oneshot::Sender<Vec<RoomRef>> },
    /// A task was tried.
    Tried { task: Task, outcome: Called<Tried> },
    /// A message that waited for its key could be read.
    Unsealed(News),
}

/// How to fetch the next sync response.
#[derive(Debug, Clone)]
struct Next {
    token: Option<String>,
    /// Something waits for it.
    urgent: bool,
}

/// A hub that is ready to run.
pub struct Hub<E, W, V, S> {
    /// How it hears.
    pub ears: E,
    /// How it acts.
    pub wire: Arc<W>,
    /// The porter's words.
    pub voice: Arc<V>,
    /// The engine, as it was opened from the store.
    pub engine: Engine,
    /// Where everything is kept.
    pub store: S,
    /// The porter's own address.
    pub own: Address,
    /// The clock.
    pub clock: fn() -> Timestamp,
}

impl<E: Ears, W: Wire, V: Voice + Send + 'static, S: Store + 'static> Hub<E, W, V, S> {
    /// Runs until `stop` is done, and then finishes what is in hand.
    pub async fn run(self, people: Vec<Person>, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
        let Self { ears, wire, voice, mut engine, store, own, clock } = self;
        engine.people(people, clock())?;
        let (sender, mail) = mpsc::channel(QUEUE);
        let first = Next { token: engine.token().map(str::to_owned), urgent: true };
        let fetching = tokio::spawn(fetch::run(ears, wire.clone(), first, sender.clone()));
        let mut actor = Actor {
            wire,
            voice,
            engine,
            store,
            own,
            clock,
            sender,
            queue: VecDeque::new(),
            on_their_way: 0,
            first_delivery: true,
        };
        let result = actor.run(mail, stop, fetching).await;
        info!("stopped");
        result
    }
}

struct Actor<W, V, S> {
    wire: Arc<W>,
    voice: Arc<V>,
    engine: Engine,
    store: S,
    own: Address,
    clock: fn() -> Timestamp,
    sender: mpsc::Sender<Message>,
    /// Tasks that wait for others to end.
    queue: VecDeque<Task>,
    on_their_way: usize,
    /// Messages that waited when the last process ended are looked at with the first delivery.
    first_delivery: bool,
}

impl<W: Wire, V: Voice + Send + 'static, S: Store + 'static> Actor<W, V, S> {
    async fn run(
        &mut self,
        mut mail: mpsc::Receiver<Message>,
        stop: impl Future<Output = ()>,
        mut fetching: tokio::task::JoinHandle<fetch::Ended>,
    ) -> Result<(), Stopped> {
        let mut stop = std::pin::pin!(stop);
        self.settle(vec![])?;
        info!(waiting = self.engine.outbox().len(), "running");
        loop {
            let message = tokio::select! {
                () = &mut stop => break,
                ended = &mut fetching => return Err(match ended {
                    Ok(fetch::Ended::LoggedOut) => Stopped::LoggedOut,
                    Ok(fetch::Ended::ActorGone) => Stopped::Broken("the sync loop lost its actor".to_owned()),
                    Err(panic) => Stopped::Broken(panic.to_string()),
                }),
                message = mail.recv() => message,
                () = sleep_until(self.engine.next_wake(), self.clock) => None,
            };
            let mut messages: Vec<Message> = message.into_iter().collect();
            while let Some(message) = (messages.len() < QUEUE).then(|| mail.try_recv().ok()).flatten() {
                messages.push(message);
            }
            self.settle(messages)?;
        }
        info!(tasks = self.on_their_way, "stopping; finishing what is in hand");
        fetching.abort();
        self.finish(&mut mail).await
    }

    /// Takes all these messages in, commits what comes of them, and starts what may be done then.
    fn settle(&mut self, messages: Vec<Message>) -> Result<(), Stopped> {
        let now = (self.clock)();
        let mut waiting: Vec<oneshot::Sender<Next>> = Vec::new();
        let mut keys = false;
        for message in messages {
            match message {
                Message::Delivered { delivery, keys_came, committed } => {
                    self.engine.deliver(delivery, now)?;
                    keys |= keys_came || std::mem::take(&mut self.first_delivery);
                    waiting.push(committed);
                }
                Message::AreOurs { rooms, answer } => {
                    let ours = rooms.into_iter().filter(|room| self.engine.knows(room)).collect();
                    // Nobody listens any more when the loop was stopped.
                    drop(answer.send(ours));
                }
                Message::Tried { task, outcome } => self.tried(&task, outcome, now)?,
                Message::Unsealed(news) => self.engine.unsealed(news, now)?,
            }
        }
        self.engine.tick(now)?;
        self.commit()?;
        let next = Next { token: self.engine.token().map(str::to_owned), urgent: self.engine.wants_news() };
        for committed in waiting {
            drop(committed.send(next.clone()));
        }
        self.queue.extend(self.engine.ready(now));
        self.start_tasks();
        if keys {
            self.look_again();
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Stopped> {
        let batch = self.engine.take_batch()?;
        if !batch.is_empty() {
            // The disk is waited for where it stops nobody else.
            tokio::task::block_in_place(|| self.store.commit(&batch))?;
        }
        self.engine.committed();
        Ok(())
    }

    fn tried(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<(), Stopped> {
        self.on_their_way -= 1;
        match &outcome {
            Ok(_) => debug!(effect = %task.id, "done"),
            Err(CallError::Limited { retry_after_ms }) => warn!(effect = %task.id, retry_after_ms, "asked to wait"),
            Err(CallError::Unknown { why }) => {
                warn!(effect = %task.id, "no answer that tells; it is tried again");
                debug!(effect = %task.id, why, "no answer that tells");
            }
            Err(CallError::Refused { why }) => warn!(effect = %task.id, %why, "refused"),
        }
        if let Some(fault) = self.engine.report(task, outcome, now)? {
            error!(%fault, "fault");
        }
        Ok(())
    }

    fn start_tasks(&mut self) {
        while self.on_their_way < TASKS_MAX {
            let Some(task) = self.queue.pop_front() else { return };
            self.on_their_way += 1;
            let (wire, voice, own) = (self.wire.clone(), self.voice.clone(), self.own.clone());
            let sender = self.sender.clone();
            let tried = task.clone();
            let trying = tokio::spawn(async move { perform(&*wire, &*voice, &own, &tried).await });
            tokio::spawn(async move {
                // Who panics halfway leaves what anybody else leaves who does not answer: an unknown outcome.
                let unknown = |panic: tokio::task::JoinError| Err(CallError::Unknown { why: panic.to_string() });
                let outcome = trying.await.unwrap_or_else(unknown);
                // The actor is gone only when the program ends.
                drop(sender.send(Message::Tried { task, outcome }).await);
            });
        }
    }

    /// Tries to read the messages that wait for their keys.
    fn look_again(&self) {
        let sealed: Vec<(RoomRef, EventRef, String)> = self
            .engine
            .sealed()
            .map(|(room, event, sealed)| (room.clone(), event.clone(), sealed.to_owned()))
            .collect();
        if sealed.is_empty() {
            return;
        }
        let (wire, sender) = (self.wire.clone(), self.sender.clone());
        tokio::spawn(async move {
            for (room, _, sealed) in sealed {
                if let Some(news) = wire.unseal(&room, &sealed).await {
                    drop(sender.send(Message::Unsealed(news)).await);
                }
            }
        });
    }

    /// Waits for the tasks on their way and commits how they turned out. What they lead to is left for the next start.
    async fn finish(&mut self, mail: &mut mpsc::Receiver<Message>) -> Result<(), Stopped> {
        let until = tokio::time::Instant::now() + FINISH_WITHIN;
        while self.on_their_way > 0 {
            let Ok(Some(message)) = tokio::time::timeout_at(until, mail.recv()).await else {
                warn!(tasks = self.on_their_way, "not finished in time; they are tried again at the next start");
                break;
            };
            if let Message::Tried { task, outcome } = message {
                self.tried(&task, outcome, (self.clock)())?;
            }
        }
        self.commit()
    }
}

async fn sleep_until(moment: Option<Timestamp>, clock: fn() -> Timestamp) {
    match moment {
        Some(moment) => tokio::time::sleep(Duration::from_millis(clock().until(moment).as_millis())).await,
        None => std::future::pending().await,
    }
}
