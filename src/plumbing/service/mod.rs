//! Running a service: an engine that decides, a store that keeps, a homeserver that is heard and acted on.
//!
//! One task owns engine and store. All that is waiting when it wakes shares one commit, and nothing leaves before that
//! commit is on disk. A loop fetches sync responses, and each thing that is being tried is a task of its own.

mod engine;
mod fetch;
mod forgetting;
mod looking;
mod tasks;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use lodge_ground::clock::Wrong;
use lodge_ground::store::{Store, StoreError};
use lodge_ground::time::Timestamp;
use lodge_matrix::anew::Anchor;
use lodge_matrix::homeserver::{CallError, Called, Events, RoomRef};
use lodge_matrix::news::{Delivery, News, Wanted};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use crate::clock::{Clock, Look};
use crate::matrix::{Listener, Session};
use crate::observe::Observed;
use forgetting::{commit, forget_some};
use looking::Looking;
use tasks::{For, Tasks};

pub use crate::clock::clock;
pub use engine::{Engine, Maintenance, Performer};

/// The queue in front of the owner holds this many messages; then their senders wait.
const QUEUE: usize = 256;

/// The next sync response waits at most this long for members' tasks on their way. A homeserver would work on the
/// response instead of on them, and then tell of each as it is done.
const QUIET_MAX: Duration = Duration::from_millis(250);

/// Tasks on their way may take this long when the service is asked to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// The wait before the homeserver is asked again what time it is.
const ASK_TIME_AGAIN: Duration = Duration::from_secs(5);

/// A sync response brings at most this many events of a room; older ones are fetched.
const TIMELINE: u32 = 50;

/// The reasons for which a service stops before it is asked to.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The store failed. Nothing that was not committed was done.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The session is over.
    #[error(
        "the homeserver has ended the account's session: start again, and it logs in as a new device, or says what that takes"
    )]
    LoggedOut,
    /// This machine's clock cannot be right.
    #[error("{0}")]
    Clock(#[from] Wrong),
    /// A part of the program failed, which is a fault in Lodge.
    #[error("a part of the program stopped unexpectedly: {0}")]
    Broken(String),
}

/// A message to the task that owns the engine.
enum Message<E: Engine> {
    /// A sync response whose gaps are filled. It is answered when it is committed.
    Delivered { delivery: Delivery, keys: BTreeSet<String>, committed: oneshot::Sender<Next> },
    /// The homeserver refuses to go on from the token. It is answered with where to go on instead.
    TokenRefused { answer: oneshot::Sender<Next> },
    /// Asks in which of these rooms gaps must be filled, and with which kinds of events.
    MustFill { rooms: Vec<RoomRef>, answer: oneshot::Sender<BTreeMap<RoomRef, Events>> },
    /// A task was tried.
    Tried { task: E::Task, whose: For, outcome: Called<E::Tried> },
    /// A message that waited for its key could be read.
    Unsealed(News),
    /// Every message for which a key came was tried.
    Looked,
    /// Something came from elsewhere.
    Noted(E::Note),
}

/// The orders for fetching the next sync response.
#[derive(Debug, Clone)]
struct Next {
    token: Option<String>,
    /// Events of which the homeserver still knows, if it knows of this token.
    anchors: Vec<Anchor>,
    /// The urgency with which it is wanted.
    wanted: Wanted,
}

impl Next {
    fn of<E: Engine>(engine: &E, wanted: Wanted) -> Self {
        let hearing = engine.hearing();
        Self { token: hearing.token().map(str::to_owned), anchors: hearing.anchors().to_vec(), wanted }
    }
}

/// A service that is ready to run.
pub struct Service<E: Engine, P, S> {
    /// The account's session.
    pub session: Arc<Session>,
    /// The place where figures of it are kept.
    pub observed: Observed,
    /// This machine's clock, which was right when the engine was opened.
    pub clock: Clock,
    /// The tries of tasks on the homeserver.
    pub performer: P,
    /// The decisions, as they were opened from the store.
    pub engine: E,
    /// The rows of the engine, on disk.
    pub store: S,
    /// The work that is done on the store from time to time: exports, reports.
    pub maintenance: Maintenance<S>,
    /// Notes from elsewhere than the account's news.
    pub notes: mpsc::Receiver<E::Note>,
}

impl<E: Engine, P: Performer<E>, S: Store + 'static> Service<E, P, S> {
    /// Runs until `stop` is done, and then finishes the work in hand.
    ///
    /// # Errors
    /// When it cannot go on; see [`Stopped`].
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
        let Self { session, observed, clock, performer, engine, store, maintenance, notes } = self;
        let listener = Listener::new(&session, TIMELINE);
        let (sender, mail) = mpsc::channel(QUEUE);
        let first = Next::of(&engine, Wanted::AtOnce);
        let fetching = tokio::spawn(fetch::run::<E>(listener, session.clone(), first, sender.clone()));
        let mut owner = Owner {
            session,
            observed,
            clock,
            performer: Arc::new(performer),
            engine,
            store,
            maintenance,
            maintenance_due: None,
            sender,
            tasks: Tasks::new(),
            listener: None,
            looking: Looking::at_everything(),
            has_heard: false,
        };
        let result = Box::pin(owner.run(mail, notes, stop, fetching)).await;
        info!("stopped");
        result
    }
}

struct Owner<E: Engine, P, S> {
    session: Arc<Session>,
    observed: Observed,
    clock: Clock,
    performer: Arc<P>,
    engine: E,
    store: S,
    maintenance: Maintenance<S>,
    maintenance_due: Option<Timestamp>,
    sender: mpsc::Sender<Message<E>>,
    /// Tasks, and since when each may be tried.
    tasks: Tasks<(E::Task, Instant)>,
    /// The sender that lets the next response be fetched, and the moment until which it waits at most.
    listener: Option<(oneshot::Sender<Next>, Instant)>,
    /// The messages that wait for their keys and are to be tried again.
    looking: Looking,
    /// Whether a response was taken in: before the first one, nothing is tried.
    has_heard: bool,
}

impl<E: Engine, P: Performer<E>, S: Store + 'static> Owner<E, P, S> {
    async fn run(
        &mut self,
        mut mail: mpsc::Receiver<Message<E>>,
        mut notes: mpsc::Receiver<E::Note>,
        stop: impl Future<Output = ()>,
        mut fetching: tokio::task::JoinHandle<fetch::Ended>,
    ) -> Result<(), Stopped> {
        let mut stop = std::pin::pin!(stop);
        let Some(now) = self.time(stop.as_mut()).await? else { return Ok(()) };
        self.settle(vec![], now)?;
        self.do_chores(now);
        info!(waiting = self.engine.vitals().to_do, "running");
        // Whether somebody may be to be forgotten now.
        let mut forgetting = true;
        loop {
            let mut maintenance_due = false;
            let message = tokio::select! {
                // A stop is heard first, and to go on forgetting comes last.
                biased;
                () = &mut stop => break,
                ended = &mut fetching => return Err(match ended {
                    Ok(fetch::Ended::LoggedOut) => Stopped::LoggedOut,
                    Ok(fetch::Ended::OwnerGone) => Stopped::Broken("the sync loop lost its owner".to_owned()),
                    Err(panic) => Stopped::Broken(panic.to_string()),
                }),
                message = mail.recv() => message,
                Some(note) = notes.recv() => Some(Message::Noted(note)),
                () = sleep_until(self.engine.next_wake()) => None,
                () = quiet_is_over(self.listener.as_ref().map(|(_, until)| *until)) => None,
                () = sleep_until(self.maintenance_due) => {
                    maintenance_due = true;
                    None
                }
                () = tokio::task::yield_now(), if forgetting => None,
            };
            let mut messages: Vec<Message<E>> = message.into_iter().collect();
            while let Some(message) = (messages.len() < QUEUE).then(|| mail.try_recv().ok()).flatten() {
                messages.push(message);
            }
            let Some(now) = self.time(stop.as_mut()).await? else { break };
            if maintenance_due {
                self.do_chores(now);
            }
            self.settle(messages, now)?;
            forgetting = forget_some(&mut self.engine, &mut self.store, now)?;
        }
        info!(tasks = self.tasks.on_their_way(), "stopping; finishing what is in hand");
        fetching.abort();
        self.finish(&mut mail).await
    }

    /// Takes all these messages in, commits their rows, and starts the tasks that are released by it.
    fn settle(&mut self, messages: Vec<Message<E>>, now: Timestamp) -> Result<(), Stopped> {
        for message in messages {
            match message {
                Message::Delivered { delivery, keys, committed } => {
                    self.engine.deliver(delivery, now)?;
                    self.observed.heard();
                    self.looking.came(keys);
                    self.has_heard = true;
                    self.listener = Some((committed, Instant::now() + QUIET_MAX));
                }
                Message::MustFill { rooms, answer } => {
                    let ours = rooms.into_iter().filter_map(|room| Some((room.clone(), self.engine.must_fill(&room)?)));
                    // Nobody listens any more when the loop was stopped.
                    drop(answer.send(ours.collect()));
                }
                Message::TokenRefused { answer } => {
                    self.engine.cannot_go_on(now)?;
                    self.listener = Some((answer, Instant::now() + QUIET_MAX));
                }
                Message::Tried { task, whose, outcome } => self.tried(&task, whose, outcome, now)?,
                Message::Unsealed(news) => self.engine.unsealed(news, now)?,
                Message::Looked => self.looking.ended(),
                Message::Noted(note) => self.engine.noted(note, now)?,
            }
        }
        self.engine.tick(now)?;
        if let Some(took) = commit(&mut self.engine, &mut self.store)? {
            self.observed.committed(took);
        }
        for fault in self.engine.take_faults() {
            self.fault(&fault);
        }
        self.start_tasks(now);
        self.observed.stands(self.engine.vitals(), self.tasks.on_their_way());
        if self.observed.is_to_be_counted() {
            self.observed.count(self.engine.members());
        }
        self.listen_on();
        self.look_again();
        Ok(())
    }

    /// Lets the next sync response be fetched, unless tasks of the last one are still on their way.
    fn listen_on(&mut self) {
        let wanted = self.engine.news_wanted();
        let now = Instant::now();
        let may =
            |(_, until): &mut (_, Instant)| self.tasks.for_members() == 0 || wanted == Wanted::AtOnce || *until <= now;
        if let Some((listener, _)) = self.listener.take_if(may) {
            // Nobody listens any more when the loop was stopped.
            drop(listener.send(Next::of(&self.engine, wanted)));
        }
    }

    /// Does the maintenance that are due.
    fn do_chores(&mut self, now: Timestamp) {
        self.maintenance_due = tokio::task::block_in_place(|| (self.maintenance)(&mut self.store, now));
    }

    fn tried(&mut self, task: &E::Task, whose: For, outcome: Called<E::Tried>, now: Timestamp) -> Result<(), Stopped> {
        self.tasks.ended(whose);
        let effect = E::effect(task);
        match &outcome {
            Ok(_) => debug!(%effect, "done"),
            Err(CallError::Limited { retry_after_ms }) => warn!(%effect, retry_after_ms, "asked to wait"),
            Err(CallError::Unknown { why }) => {
                warn!(%effect, "no answer that tells; it is tried again");
                debug!(%effect, why, "no answer that tells");
            }
            Err(CallError::Refused { why }) => warn!(%effect, %why, "refused"),
        }
        if let Some(fault) = self.engine.report(task, outcome, now)? {
            self.fault(&fault);
        }
        Ok(())
    }

    fn fault(&self, fault: &E::Fault) {
        error!(%fault, "fault");
        self.observed.fault();
    }

    fn start_tasks(&mut self, now: Timestamp) {
        for task in self.engine.ready(now) {
            let whose = if self.engine.comes_last(&task) { For::Strangers } else { For::Members };
            self.tasks.add((task, Instant::now()), whose);
        }
        while let Some(((task, since), whose)) = self.tasks.begin() {
            let (session, performer) = (self.session.clone(), self.performer.clone());
            let (sender, tried) = (self.sender.clone(), task.clone());
            let trying = tokio::spawn(async move { performer.perform(&session, &tried, since).await });
            tokio::spawn(async move {
                // A task that panics halfway leaves an unknown outcome, like a homeserver that does not answer.
                let unknown = |panic: tokio::task::JoinError| Err(CallError::Unknown { why: panic.to_string() });
                let outcome = trying.await.unwrap_or_else(unknown);
                // The owner is gone only when the program ends.
                drop(sender.send(Message::Tried { task, whose, outcome }).await);
            });
        }
    }

    /// Tries to read the messages for which a key came.
    fn look_again(&mut self) {
        if !self.has_heard || !self.looking.can_begin() {
            return;
        }
        let sealed = self.looking.begin(self.engine.hearing().sealed().map(|(room, _, sealed)| (room, sealed)));
        if sealed.is_empty() {
            return;
        }
        let (session, sender) = (self.session.clone(), self.sender.clone());
        tokio::spawn(async move {
            for (room, sealed) in sealed {
                if let Some(news) = session.unseal(&room, &sealed).await {
                    drop(sender.send(Message::Unsealed(news)).await);
                }
            }
            drop(sender.send(Message::Looked).await);
        });
    }

    /// Waits for the tasks on their way and commits their outcomes. The effects of these are left for the next start.
    async fn finish(&mut self, mail: &mut mpsc::Receiver<Message<E>>) -> Result<(), Stopped> {
        let until = Instant::now() + FINISH_WITHIN;
        while self.tasks.on_their_way() > 0 {
            let Ok(Some(message)) = tokio::time::timeout_at(until, mail.recv()).await else {
                let tasks = self.tasks.on_their_way();
                warn!(tasks, "not finished in time; they are tried again at the next start");
                break;
            };
            let Look::Time(now) = self.clock.look() else { break };
            if let Message::Tried { task, whose, outcome } = message {
                self.tried(&task, whose, outcome, now)?;
            }
        }
        // By a clock that was moved nothing is done, this neither.
        let Look::Time(_) = self.clock.look() else { return Ok(()) };
        commit(&mut self.engine, &mut self.store)?;
        Ok(())
    }

    /// The time, by a clock that can be right; `None` when `stop` is done before that is known.
    async fn time(&mut self, mut stop: Pin<&mut impl Future<Output = ()>>) -> Result<Option<Timestamp>, Stopped> {
        let mut said = false;
        loop {
            if let Look::Time(now) = self.clock.look() {
                return Ok(Some(now));
            }
            if let Some(now) = self.clock.ask(&self.session).await? {
                return Ok(Some(now));
            }
            if !std::mem::replace(&mut said, true) {
                warn!("this machine's clock was moved; nothing is done before the homeserver says whether it is right");
            }
            tokio::select! {
                () = &mut stop => return Ok(None),
                () = tokio::time::sleep(ASK_TIME_AGAIN) => {}
            }
        }
    }
}

async fn quiet_is_over(until: Option<Instant>) {
    match until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}

async fn sleep_until(moment: Option<Timestamp>) {
    match moment {
        Some(moment) => tokio::time::sleep(Duration::from_millis(clock().until(moment).as_millis())).await,
        None => std::future::pending().await,
    }
}
