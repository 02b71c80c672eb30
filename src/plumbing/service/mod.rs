//! Running a service: an engine that decides, a store that keeps, a homeserver that is heard and acted on.
//!
//! One task owns engine and store. It takes in what comes, commits what comes of it, and only then lets anything be done.

mod fetch;

use std::collections::VecDeque;
use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lodge_ground::homeserver::{CallError, Called, RoomRef};
use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::news::{Delivery, News};
use lodge_ground::store::{Batch, Store, StoreError};
use lodge_ground::time::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use crate::matrix::{Listener, Session};

/// How many calls are on their way at once.
const TASKS_MAX: usize = 16;

/// How many messages are taken in with one commit.
const QUEUE: usize = 256;

/// How long the next sync response waits for what the last one led to.
const QUIET_MAX: Duration = Duration::from_millis(250);

/// How long the tasks on their way may take when the service is asked to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// How many events of a room a sync response brings; what is older is fetched.
const TIMELINE: u32 = 50;

/// What decides, as the runner sees it.
pub trait Engine: Send + 'static {
    /// Something to be tried.
    type Task: Clone + Send + Sync + 'static;
    /// How a try turned out.
    type Tried: Send + 'static;
    /// What an administrator should know of. It names no person and no room.
    type Fault: Display;

    /// For which effect a task is.
    fn effect(task: &Self::Task) -> EffectId;
    /// Takes in a sync response whose gaps are filled.
    fn deliver(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError>;
    /// The homeserver does not know any more where the last response ended.
    fn cannot_go_on(&mut self) -> Result<(), StoreError>;
    /// Whether a gap in the news of this room must be filled.
    fn must_fill(&self, room: &RoomRef) -> bool;
    /// Messages that wait for their key.
    fn sealed(&self) -> Vec<(RoomRef, String)>;
    /// A message that waited could be read.
    fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError>;
    /// Lets everything happen whose moment has come.
    fn tick(&mut self, now: Timestamp) -> Result<(), StoreError>;
    /// The next moment at which something may be to be done.
    fn next_wake(&self) -> Option<Timestamp>;
    /// Everything that changed since the last call.
    fn take_batch(&mut self) -> Result<Batch, StoreError>;
    /// The last batch is committed.
    fn committed(&mut self);
    /// Those whom the store is to forget now.
    fn to_forget(&self) -> Vec<MemberId>;
    /// The store has forgotten somebody.
    fn forgotten(&mut self, person: MemberId, now: Timestamp) -> Result<(), StoreError>;
    /// What can be tried now.
    fn ready(&mut self, now: Timestamp) -> Vec<Self::Task>;
    /// Takes in how a task turned out.
    fn report(
        &mut self,
        task: &Self::Task,
        outcome: Called<Self::Tried>,
        now: Timestamp,
    ) -> Result<Option<Self::Fault>, StoreError>;
    /// Where the next sync response goes on.
    fn token(&self) -> Option<&str>;
    /// Whether something waits for it.
    fn wants_news(&self) -> bool;
}

/// What tries a task once, on the homeserver.
pub trait Performer<E: Engine>: Send + Sync + 'static {
    /// Tries it.
    fn perform(&self, session: &Session, task: &E::Task) -> impl Future<Output = Called<E::Tried>> + Send;
}

/// Why a service stopped before it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The store failed. Nothing that was not committed was done.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The session is over.
    #[error("the homeserver has ended the account's session; start again to see what to do")]
    LoggedOut,
    /// A part of the program failed, which is a fault in Lodge.
    #[error("a part of the program stopped unexpectedly: {0}")]
    Broken(String),
}

/// What comes to the task that owns the engine.
enum Message<E: Engine> {
    /// A sync response whose gaps are filled. It is answered when it is committed.
    Delivered { delivery: Delivery, keys_came: bool, committed: oneshot::Sender<Next> },
    /// The homeserver refuses to go on from the token. It is answered with where to go on instead.
    TokenRefused { answer: oneshot::Sender<Next> },
    /// In which of these rooms must gaps be filled?
    MustFill { rooms: Vec<RoomRef>, answer: oneshot::Sender<Vec<RoomRef>> },
    /// A task was tried.
    Tried { task: E::Task, outcome: Called<E::Tried> },
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

/// A service that is ready to run.
pub struct Service<E, P, S> {
    /// The account's session.
    pub session: Session,
    /// How tasks are tried.
    pub performer: P,
    /// What decides, as it was opened from the store.
    pub engine: E,
    /// Where everything is kept.
    pub store: S,
}

impl<E: Engine, P: Performer<E>, S: Store + 'static> Service<E, P, S> {
    /// Runs until `stop` is done, and then finishes what is in hand.
    ///
    /// # Errors
    /// When it cannot go on; see [`Stopped`].
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
        let Self { session, performer, engine, store } = self;
        let listener = Listener::new(&session, TIMELINE);
        let session = Arc::new(session);
        let (sender, mail) = mpsc::channel(QUEUE);
        let first = Next { token: engine.token().map(str::to_owned), urgent: true };
        let fetching = tokio::spawn(fetch::run::<E>(listener, session.clone(), first, sender.clone()));
        let mut owner = Owner {
            session,
            performer: Arc::new(performer),
            engine,
            store,
            sender,
            queue: VecDeque::new(),
            on_their_way: 0,
            listener: None,
            first_delivery: true,
        };
        let result = owner.run(mail, stop, fetching).await;
        info!("stopped");
        result
    }
}

struct Owner<E: Engine, P, S> {
    session: Arc<Session>,
    performer: Arc<P>,
    engine: E,
    store: S,
    sender: mpsc::Sender<Message<E>>,
    /// Tasks that wait for others to end.
    queue: VecDeque<E::Task>,
    on_their_way: usize,
    /// Who fetches the next sync response, and until when it waits at most.
    listener: Option<(oneshot::Sender<Next>, Instant)>,
    /// Messages that waited when the last process ended are looked at with the first delivery.
    first_delivery: bool,
}

impl<E: Engine, P: Performer<E>, S: Store + 'static> Owner<E, P, S> {
    async fn run(
        &mut self,
        mut mail: mpsc::Receiver<Message<E>>,
        stop: impl Future<Output = ()>,
        mut fetching: tokio::task::JoinHandle<fetch::Ended>,
    ) -> Result<(), Stopped> {
        let mut stop = std::pin::pin!(stop);
        self.settle(vec![])?;
        info!("running");
        loop {
            let message = tokio::select! {
                () = &mut stop => break,
                ended = &mut fetching => return Err(match ended {
                    Ok(fetch::Ended::LoggedOut) => Stopped::LoggedOut,
                    Ok(fetch::Ended::OwnerGone) => Stopped::Broken("the sync loop lost its owner".to_owned()),
                    Err(panic) => Stopped::Broken(panic.to_string()),
                }),
                message = mail.recv() => message,
                () = sleep_until(self.engine.next_wake()) => None,
                () = quiet_is_over(self.listener.as_ref().map(|(_, until)| *until)) => None,
            };
            let mut messages: Vec<Message<E>> = message.into_iter().collect();
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
    fn settle(&mut self, messages: Vec<Message<E>>) -> Result<(), Stopped> {
        let now = clock();
        let mut keys = false;
        for message in messages {
            match message {
                Message::Delivered { delivery, keys_came, committed } => {
                    self.engine.deliver(delivery, now)?;
                    keys |= keys_came || std::mem::take(&mut self.first_delivery);
                    self.listener = Some((committed, Instant::now() + QUIET_MAX));
                }
                Message::MustFill { rooms, answer } => {
                    let ours = rooms.into_iter().filter(|room| self.engine.must_fill(room)).collect();
                    // Nobody listens any more when the loop was stopped.
                    drop(answer.send(ours));
                }
                Message::TokenRefused { answer } => {
                    self.engine.cannot_go_on()?;
                    self.listener = Some((answer, Instant::now() + QUIET_MAX));
                }
                Message::Tried { task, outcome } => self.tried(&task, outcome, now)?,
                Message::Unsealed(news) => self.engine.unsealed(news, now)?,
            }
        }
        self.engine.tick(now)?;
        self.commit()?;
        self.queue.extend(self.engine.ready(now));
        self.start_tasks();
        self.listen_on();
        if keys {
            self.look_again();
        }
        Ok(())
    }

    /// Lets the next sync response be fetched, unless what the last one led to is still being done.
    fn listen_on(&mut self) {
        let urgent = self.engine.wants_news();
        let now = Instant::now();
        let may = |(_, until): &mut (_, Instant)| self.on_their_way == 0 || urgent || *until <= now;
        if let Some((listener, _)) = self.listener.take_if(may) {
            // Nobody listens any more when the loop was stopped.
            drop(listener.send(Next { token: self.engine.token().map(str::to_owned), urgent }));
        }
    }

    /// Commits what there is, and forgets those of whom all is done. That is committed at once, so that nothing which
    /// comes in between knows them still.
    fn commit(&mut self) -> Result<(), Stopped> {
        self.commit_batch()?;
        for person in self.engine.to_forget() {
            tokio::task::block_in_place(|| self.store.forget(person))?;
            self.engine.forgotten(person, clock())?;
            self.commit_batch()?;
        }
        Ok(())
    }

    fn commit_batch(&mut self) -> Result<(), Stopped> {
        let batch = self.engine.take_batch()?;
        if !batch.is_empty() {
            // The disk is waited for where it stops nobody else.
            tokio::task::block_in_place(|| self.store.commit(&batch))?;
        }
        self.engine.committed();
        Ok(())
    }

    fn tried(&mut self, task: &E::Task, outcome: Called<E::Tried>, now: Timestamp) -> Result<(), Stopped> {
        self.on_their_way -= 1;
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
            error!(%fault, "fault");
        }
        Ok(())
    }

    fn start_tasks(&mut self) {
        while self.on_their_way < TASKS_MAX {
            let Some(task) = self.queue.pop_front() else { return };
            self.on_their_way += 1;
            let (session, performer) = (self.session.clone(), self.performer.clone());
            let (sender, tried) = (self.sender.clone(), task.clone());
            let trying = tokio::spawn(async move { performer.perform(&session, &tried).await });
            tokio::spawn(async move {
                // Who panics halfway leaves what anybody else leaves who does not answer: an unknown outcome.
                let unknown = |panic: tokio::task::JoinError| Err(CallError::Unknown { why: panic.to_string() });
                let outcome = trying.await.unwrap_or_else(unknown);
                // The owner is gone only when the program ends.
                drop(sender.send(Message::Tried { task, outcome }).await);
            });
        }
    }

    /// Tries to read the messages that wait for their keys.
    fn look_again(&self) {
        let sealed = self.engine.sealed();
        let (session, sender) = (self.session.clone(), self.sender.clone());
        tokio::spawn(async move {
            for (room, sealed) in sealed {
                if let Some(news) = session.unseal(&room, &sealed).await {
                    drop(sender.send(Message::Unsealed(news)).await);
                }
            }
        });
    }

    /// Waits for the tasks on their way and commits how they turned out. What they lead to is left for the next start.
    async fn finish(&mut self, mail: &mut mpsc::Receiver<Message<E>>) -> Result<(), Stopped> {
        let until = Instant::now() + FINISH_WITHIN;
        while self.on_their_way > 0 {
            let Ok(Some(message)) = tokio::time::timeout_at(until, mail.recv()).await else {
                warn!(tasks = self.on_their_way, "not finished in time; they are tried again at the next start");
                break;
            };
            if let Message::Tried { task, outcome } = message {
                self.tried(&task, outcome, clock())?;
            }
        }
        self.commit()
    }
}

/// The time now.
pub fn clock() -> Timestamp {
    // A clock before 1970 would be found by a check of the machine; here it is 1970.
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
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
