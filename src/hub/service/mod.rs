//! The running hub: one actor that owns the engine and its store, a loop that fetches sync responses, and a task for
//! each thing that is being tried.
//!
//! All that is waiting when the actor wakes shares one commit. Nothing leaves before that commit is on disk.

mod fetch;
mod policies;
mod tasks;
mod wire;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use lodge_channel::community::{Intended, plan};
use lodge_channel::content::Voice;
use lodge_channel::engine::Engine;
use lodge_channel::homeserver::{CallError, Called, EventRef, Events};
use lodge_channel::news::{Delivery, News};
use lodge_channel::perform::{Task, Tried, perform};
use lodge_channel::store::{Store, StoreError};
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::Policies;
use lodge_core::name::Address;
use lodge_core::room::RoomSettings;
use lodge_core::roster::Roster;
use lodge_core::time::{Span, Timestamp};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use crate::control::{self, Answer, Door, Request};
use crate::reports::Desk;

use tasks::{For, Tasks};

pub use wire::{Ears, Received, Wire};

/// How many messages wait in front of the actor before their senders do.
const QUEUE: usize = 256;

/// How long the next sync response waits for the tasks on their way. A homeserver would work on it instead of on them,
/// and then tell it of each as it is done.
const QUIET_MAX: Duration = Duration::from_millis(250);

/// How long the tasks on their way may take when the hub is asked to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// How long what is due with the store waits for a restore to be over, before another look.
const CHORES_AGAIN: Span = Span::from_millis(60_000);

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
    /// The homeserver refuses to go on from the token. It is answered with where to go on instead.
    TokenRefused { answer: oneshot::Sender<Next> },
    /// Which of these rooms are the hub's, and what of them is looked at?
    AreOurs { rooms: Vec<RoomRef>, answer: oneshot::Sender<BTreeMap<RoomRef, Events>> },
    /// A task was tried.
    Tried { task: Task, whose: For, outcome: Called<Tried> },
    /// A message that waited for its key could be read.
    Unsealed(News),
    /// All policy lists were read.
    Policies(Policies),
    /// A command asks for something. It is answered when what comes of it is committed.
    Asked { request: Request, answer: oneshot::Sender<Answer> },
}

/// How to fetch the next sync response.
#[derive(Debug, Clone)]
struct Next {
    token: Option<String>,
    /// Something waits for it.
    urgent: bool,
}

/// Does what is due at a moment with the store as it is then, and says when the next is due, if anything ever is.
pub type Chores<S> = Box<dyn FnMut(&S, Timestamp) -> Option<Timestamp> + Send>;

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
    /// What is done with the store from time to time.
    pub chores: Chores<S>,
    /// Where the operator finds the reports.
    pub desk: Desk,
    /// The porter's own address.
    pub own: Address,
    /// The rooms for many.
    pub rooms: RoomSettings,
    /// Where commands ask it for something.
    pub door: Door,
    /// The clock.
    pub clock: fn() -> Timestamp,
}

impl<E: Ears, W: Wire, V: Voice + Send + 'static, S: Store + 'static> Hub<E, W, V, S> {
    /// Runs until `stop` is done, and then finishes what is in hand.
    pub async fn run(self, roster: Roster, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
        let Self { ears, wire, voice, mut engine, store, chores, desk, own, rooms, door, clock } = self;
        engine.roster(roster, clock())?;
        let lists = rooms.policy_lists.clone();
        engine.rooms(rooms, clock())?;
        let (sender, mail) = mpsc::channel(QUEUE);
        let first = Next { token: engine.token().map(str::to_owned), urgent: true };
        let fetching = tokio::spawn(fetch::run(ears, wire.clone(), first, sender.clone()));
        // Ended with the actor, however that ends.
        let mut serving = JoinSet::new();
        serving.spawn(door.serve(asking(sender.clone())));
        let lists_changed = Arc::new(Notify::new());
        serving.spawn(policies::follow(lists, wire.clone(), lists_changed.clone(), sender.clone()));
        let mut actor = Actor {
            wire,
            voice,
            engine,
            store,
            chores,
            chores_due: None,
            desk,
            own,
            clock,
            sender,
            tasks: Tasks::new(),
            listener: None,
            lists_changed,
            first_delivery: true,
            asked_for_rooms: Vec::new(),
        };
        let result = actor.run(mail, stop, fetching).await;
        // Whoever asks from here on finds that no hub runs.
        serving.shutdown().await;
        info!("stopped");
        result
    }
}

struct Actor<W, V, S> {
    wire: Arc<W>,
    voice: Arc<V>,
    engine: Engine,
    store: S,
    chores: Chores<S>,
    chores_due: Option<Timestamp>,
    desk: Desk,
    own: Address,
    clock: fn() -> Timestamp,
    sender: mpsc::Sender<Message>,
    tasks: Tasks<Task>,
    /// Who fetches the next sync response, and until when it waits at most.
    listener: Option<(oneshot::Sender<Next>, Instant)>,
    /// Told when something happened in a policy list.
    lists_changed: Arc<Notify>,
    /// Messages that waited when the last process ended are looked at with the first delivery.
    first_delivery: bool,
    /// Who is answered when the rooms are as they should be.
    asked_for_rooms: Vec<oneshot::Sender<Answer>>,
}

impl<W: Wire, V: Voice + Send + 'static, S: Store + 'static> Actor<W, V, S> {
    async fn run(
        &mut self,
        mut mail: mpsc::Receiver<Message>,
        stop: impl Future<Output = ()>,
        mut fetching: tokio::task::JoinHandle<fetch::Ended>,
    ) -> Result<(), Stopped> {
        let mut stop = std::pin::pin!(stop);
        if self.engine.is_restoring() {
            info!("the store was restored; first everything is heard again that was said since its export");
        }
        self.settle(vec![])?;
        self.do_chores();
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
                () = quiet_is_over(self.listener.as_ref().map(|(_, until)| *until)) => None,
                () = sleep_until(self.chores_due, self.clock) => {
                    self.do_chores();
                    None
                }
            };
            let mut messages: Vec<Message> = message.into_iter().collect();
            while let Some(message) = (messages.len() < QUEUE).then(|| mail.try_recv().ok()).flatten() {
                messages.push(message);
            }
            self.settle(messages)?;
        }
        info!(tasks = self.tasks.on_their_way(), "stopping; finishing what is in hand");
        fetching.abort();
        self.finish(&mut mail).await
    }

    /// Takes all these messages in, commits what comes of them, and starts what may be done then.
    fn settle(&mut self, messages: Vec<Message>) -> Result<(), Stopped> {
        let now = (self.clock)();
        let (mut keys, restoring) = (false, self.engine.is_restoring());
        let mut answers = Vec::new();
        for message in messages {
            match message {
                Message::Delivered { delivery, keys_came, committed } => {
                    let changed = |news: &News| news.heard == Heard::Changed;
                    let mut lists = delivery.rooms.iter().filter(|room| self.engine.follows(&room.room));
                    if lists.any(|room| room.gap.is_some() || room.news.iter().any(changed)) {
                        self.lists_changed.notify_one();
                    }
                    self.engine.deliver(delivery, now)?;
                    keys |= keys_came || std::mem::take(&mut self.first_delivery);
                    self.listener = Some((committed, Instant::now() + QUIET_MAX));
                }
                Message::AreOurs { rooms, answer } => {
                    let ours = rooms.into_iter().filter_map(|room| Some((room.clone(), self.engine.must_fill(&room)?)));
                    // Nobody listens any more when the loop was stopped.
                    drop(answer.send(ours.collect()));
                }
                Message::TokenRefused { answer } => {
                    if self.engine.is_restoring() {
                        error!("what was said since the export cannot be heard again; what was open comes to nothing");
                    }
                    self.engine.cannot_hear_again()?;
                    self.listener = Some((answer, Instant::now() + QUIET_MAX));
                }
                Message::Policies(policies) => self.engine.policies(policies, now)?,
                Message::Tried { task, whose, outcome } => {
                    self.tasks.ended(whose);
                    self.tried(&task, outcome, now)?;
                }
                Message::Unsealed(news) => self.engine.unsealed(news, now)?,
                Message::Asked { request, answer } => match control::answer(&mut self.engine, &request, now)? {
                    control::Reply::Now(said) => answers.push((answer, said)),
                    control::Reply::AfterLooking(intended) => self.look_at_rooms(intended, answer),
                    control::Reply::OnceDone => self.asked_for_rooms.push(answer),
                },
            }
        }
        self.engine.tick(now)?;
        self.commit()?;
        if !self.asked_for_rooms.is_empty() && !self.engine.is_at_rooms() {
            answers.extend(self.asked_for_rooms.drain(..).map(|to| (to, Answer::RoomsApplied)));
        }
        for (to, answer) in answers {
            // Whoever asked may have gone.
            drop(to.send(answer));
        }
        if restoring && !self.engine.is_restoring() {
            info!("everything is heard that was said since the export; going on");
        }
        self.start_tasks(now);
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
        let may = |(_, until): &mut (_, Instant)| self.tasks.on_their_way() == 0 || urgent || *until <= now;
        if let Some((listener, _)) = self.listener.take_if(may) {
            let next = Next { token: self.engine.token().map(str::to_owned), urgent };
            // Nobody listens any more when the loop was stopped.
            drop(listener.send(next));
        }
    }

    /// Commits what there is, and forgets those of whom all is done. That is committed at once, so that nothing which
    /// comes in between knows them still.
    fn commit(&mut self) -> Result<(), Stopped> {
        self.commit_batch()?;
        for member in self.engine.to_forget() {
            let outlives = self.engine.outlives(member)?;
            tokio::task::block_in_place(|| {
                self.store.outlive(&outlives)?;
                self.store.forget(member)
            })?;
            self.engine.forgotten(member, (self.clock)())?;
            self.commit_batch()?;
            info!(%member, "forgotten");
        }
        Ok(())
    }

    /// Does with the store what is due. While it is being restored it is not as it should be yet.
    fn do_chores(&mut self) {
        let now = (self.clock)();
        if self.engine.is_restoring() {
            self.chores_due = Some(now.after(CHORES_AGAIN));
        } else {
            self.chores_due = tokio::task::block_in_place(|| (self.chores)(&self.store, now));
        }
    }

    fn commit_batch(&mut self) -> Result<(), Stopped> {
        let batch = self.engine.take_batch()?;
        if !batch.is_empty() {
            // The disk is waited for where it stops nobody else.
            tokio::task::block_in_place(|| self.store.commit(&batch))?;
        }
        self.engine.committed();
        self.desk.keep(self.engine.state());
        Ok(())
    }

    fn tried(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<(), Stopped> {
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

    fn start_tasks(&mut self, now: Timestamp) {
        for task in self.engine.ready(now) {
            let whose = if self.engine.comes_last(&task) { For::Strangers } else { For::Members };
            self.tasks.add(task, whose);
        }
        while let Some((task, whose)) = self.tasks.begin() {
            let (wire, voice, own) = (self.wire.clone(), self.voice.clone(), self.own.clone());
            let sender = self.sender.clone();
            let tried = task.clone();
            let trying = tokio::spawn(async move { perform(&*wire, &*voice, &own, &tried).await });
            tokio::spawn(async move {
                // Who panics halfway leaves what anybody else leaves who does not answer: an unknown outcome.
                let unknown = |panic: tokio::task::JoinError| Err(CallError::Unknown { why: panic.to_string() });
                let outcome = trying.await.unwrap_or_else(unknown);
                // The actor is gone only when the program ends.
                drop(sender.send(Message::Tried { task, whose, outcome }).await);
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

    /// Looks at how rooms are on the homeserver, and says what that takes to be as intended.
    fn look_at_rooms(&self, intended: Vec<Intended>, answer: oneshot::Sender<Answer>) {
        let (wire, voice) = (self.wire.clone(), self.voice.clone());
        tokio::spawn(async move {
            // Whoever asked may have gone.
            drop(answer.send(control::looked(plan(&*wire, &*voice, &intended).await)));
        });
    }

    /// Waits for the tasks on their way and commits how they turned out. What they lead to is left for the next start.
    async fn finish(&mut self, mail: &mut mpsc::Receiver<Message>) -> Result<(), Stopped> {
        let until = Instant::now() + FINISH_WITHIN;
        while self.tasks.on_their_way() > 0 {
            let Ok(Some(message)) = tokio::time::timeout_at(until, mail.recv()).await else {
                warn!(
                    tasks = self.tasks.on_their_way(),
                    "not finished in time; they are tried again at the next start"
                );
                break;
            };
            if let Message::Tried { task, whose, outcome } = message {
                self.tasks.ended(whose);
                self.tried(&task, outcome, (self.clock)())?;
            }
        }
        self.commit()
    }
}

/// Brings what commands ask to the actor, and what it answers back; nothing when it has ended.
fn asking(sender: mpsc::Sender<Message>) -> impl Fn(Request) -> Asked {
    move |request| {
        let sender = sender.clone();
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            sender.send(Message::Asked { request, answer }).await.ok()?;
            answered.await.ok()
        })
    }
}

/// What a command is answered, when it is.
type Asked = Pin<Box<dyn Future<Output = Option<Answer>> + Send>>;

async fn quiet_is_over(until: Option<Instant>) {
    match until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}

async fn sleep_until(moment: Option<Timestamp>, clock: fn() -> Timestamp) {
    match moment {
        Some(moment) => tokio::time::sleep(Duration::from_millis(clock().until(moment).as_millis())).await,
        None => std::future::pending().await,
    }
}
