//! The running hub: its engine as the runner of services sees it, and the hub's duties beside that. Commands ask it for
//! something, and the operator's reports are kept up to date.

mod heads;

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use lodge_channel::community::{Intended, plan};
use lodge_channel::homeserver::{CallError, Called, Events};
use lodge_channel::news::{Delivery, News, Wanted};
use lodge_channel::perform::{Task, Tried, perform};
use lodge_channel::store::{Batch, Owners, Row, StoreError};
use lodge_channel::{Channel, Fault};
use lodge_core::id::{EffectId, MemberId};
use lodge_core::name::Address;
use lodge_core::people::member::Standing;
use lodge_core::people::roster::Roster;
use lodge_core::rooms::RoomSettings;
use lodge_core::time::Timestamp;
use lodge_matrix::hearing::Hearing;
use lodge_matrix::homeserver::RoomRef;
use lodge_plumbing::clock::Clock;
use lodge_plumbing::matrix::Session;
use lodge_plumbing::observe::{Members, Observed, Vitals};
use lodge_plumbing::service::{self, Maintenance, Performer, Service, Stopped};
use lodge_plumbing::store::SledStore;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::info;

use crate::control::{self, Answer, Door, Request};
use crate::reports::Desk;
use crate::roster::Intake;
use crate::voice::PorterVoice;

pub(crate) use heads::ToldHeads;

/// The queue of notes in front of the hub holds this many; then their senders wait.
const NOTES: usize = 16;

/// A hub that is ready to run.
pub(crate) struct Hub {
    /// The porter's session.
    pub session: Arc<Session>,
    /// The place where figures of it are kept.
    pub observed: Observed,
    /// This machine's clock, which was right when the engine was opened.
    pub clock: Clock,
    /// The porter's words, ready to be rendered.
    pub voice: Arc<PorterVoice>,
    /// The engine, as it was opened from the store.
    pub engine: Channel,
    /// The rows of the engine, on disk.
    pub store: SledStore,
    /// The work that is done on the store from time to time: exports, reports.
    pub maintenance: Maintenance<SledStore>,
    /// The list in which the operator finds the reports.
    pub desk: Desk,
    /// The places where the ends of the audit log are told.
    pub heads: ToldHeads,
    /// The porter's own address.
    pub own: Address,
    /// The rooms for many.
    pub rooms: RoomSettings,
    /// The socket at which administrators' commands come in.
    pub door: Door,
}

impl Hub {
    /// Runs until `stop` is done, and then finishes the work in hand.
    pub async fn run(self, roster: Roster, stop: impl Future<Output = ()>) -> Result<(), Stopped> {
        let Self { session, observed, clock, voice, mut engine, store, maintenance, desk, heads, own, rooms, door } =
            self;
        engine.roster(roster, service::clock())?;
        engine.rooms(rooms, service::clock())?;
        let (sender, notes) = mpsc::channel(NOTES);
        // Ended with the hub, however that ends.
        let mut serving = JoinSet::new();
        serving.spawn(door.serve(asking(sender)));
        let words_within = Duration::from_millis(engine.settings().words_within().as_millis());
        let performer = Porter { voice: voice.clone(), own, words_within };
        let engine = HubEngine {
            engine,
            session: session.clone(),
            voice,
            desk,
            heads,
            answers: Vec::new(),
            lists: VecDeque::new(),
            asked_for_rooms: Vec::new(),
        };
        let service = Service { session, observed, clock, performer, engine, store, maintenance, notes };
        let result = Box::pin(service.run(stop)).await;
        // From here on, a command finds that no hub runs.
        serving.shutdown().await;
        result
    }
}

/// A command asks for something. It is answered when the rows that change by it are committed.
struct Note {
    request: Request,
    answer: oneshot::Sender<Answer>,
}

/// The porter's tries of tasks on the homeserver.
struct Porter {
    voice: Arc<PorterVoice>,
    own: Address,
    /// A try that shows somebody's details may take this long, from the moment at which it could begin.
    words_within: Duration,
}

/// Ends a try by this moment, in every case: it is not begun later, and given up then.
async fn in_time<T>(by: Instant, trying: impl Future<Output = Called<T>>) -> Called<T> {
    if by <= Instant::now() {
        return Err(CallError::Limited { retry_after_ms: 0 });
    }
    let given_up = |_| Err(CallError::Unknown { why: "it took longer than a withdrawal waits for it".to_owned() });
    tokio::time::timeout_at(by, trying).await.unwrap_or_else(given_up)
}

impl Performer<HubEngine> for Porter {
    async fn perform(&self, session: &Session, task: &Task, since: Instant) -> Called<Tried> {
        let trying = perform(session, &*self.voice, &self.own, task);
        if task.what.shows_details() { in_time(since + self.words_within, trying).await } else { trying.await }
    }
}

/// The engine, as the runner sees it.
struct HubEngine {
    engine: Channel,
    session: Arc<Session>,
    voice: Arc<PorterVoice>,
    desk: Desk,
    heads: ToldHeads,
    /// Answers that go out with the next commit.
    answers: Vec<(oneshot::Sender<Answer>, Answer)>,
    /// The lists that are being taken in, one after the other, each with the command that awaits its answer.
    lists: VecDeque<(Intake, oneshot::Sender<Answer>)>,
    /// The commands that are answered when the rooms are as they should be.
    asked_for_rooms: Vec<oneshot::Sender<Answer>>,
}

impl HubEngine {
    /// Looks at how rooms are on the homeserver, and says what that takes to be as intended.
    fn look_at_rooms(&self, intended: Vec<Intended>, answer: oneshot::Sender<Answer>) {
        let (session, voice) = (self.session.clone(), self.voice.clone());
        tokio::spawn(async move {
            // The command may have been given up meanwhile.
            drop(answer.send(control::looked(plan(&*session, &*voice, &intended).await)));
        });
    }
}

impl service::Engine for HubEngine {
    type Task = Task;
    type Tried = Tried;
    type Fault = Fault;
    type Note = Note;

    fn effect(task: &Task) -> EffectId {
        task.id
    }

    fn comes_last(&self, task: &Task) -> bool {
        self.engine.comes_last(task)
    }

    fn deliver(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        self.engine.deliver(delivery, now)
    }

    fn cannot_go_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.engine.cannot_go_on(now)
    }

    fn must_fill(&self, room: &RoomRef) -> Option<Events> {
        self.engine.must_fill(room)
    }

    fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        self.engine.unsealed(news, now)
    }

    fn take_faults(&mut self) -> Vec<Fault> {
        self.engine.take_faults()
    }

    fn noted(&mut self, note: Note, now: Timestamp) -> Result<(), StoreError> {
        let Note { request, answer } = note;
        match request {
            Request::Roster(list) => match Intake::begin(&self.engine, &list, now) {
                Ok(intake) => self.lists.push_back((intake, answer)),
                Err(said) => self.answers.push((answer, Answer::Roster(said))),
            },
            request @ (Request::PlanRooms(_) | Request::ApplyRooms(_)) => {
                match control::answer(&mut self.engine, &request, now)? {
                    control::Reply::Now(said) => self.answers.push((answer, said)),
                    control::Reply::AfterLooking(intended) => self.look_at_rooms(intended, answer),
                    control::Reply::OnceDone => self.asked_for_rooms.push(answer),
                }
            }
        }
        Ok(())
    }

    fn tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.engine.tick(now)?;
        if let Some((intake, _)) = self.lists.front_mut()
            && let Some(said) = intake.go_on(&mut self.engine, now)?
        {
            self.answers.extend(self.lists.pop_front().map(|(_, to)| (to, Answer::Roster(said))));
        }
        self.heads.tell(&mut self.engine, now)
    }

    fn next_wake(&self) -> Option<Timestamp> {
        // A list that is being taken in goes on at once.
        let list = (!self.lists.is_empty()).then_some(Timestamp::from_millis(0));
        self.engine.next_wake().into_iter().chain(self.heads.due(&self.engine)).chain(list).min()
    }

    fn take_batch(&mut self) -> Result<Batch, StoreError> {
        self.engine.take_batch()
    }

    fn committed(&mut self) {
        self.engine.committed();
        self.desk.keep(self.engine.state());
        self.heads.committed();
        if !self.engine.is_at_rooms() {
            self.answers.extend(self.asked_for_rooms.drain(..).map(|to| (to, Answer::RoomsApplied)));
        }
        for (to, answer) in self.answers.drain(..) {
            // The command may have been given up meanwhile.
            drop(to.send(answer));
        }
    }

    fn to_forget(&mut self, at_most: usize) -> Result<Owners, StoreError> {
        self.engine.to_forget(at_most)
    }

    fn outlives(&self, person: MemberId) -> Result<Vec<Row>, StoreError> {
        self.engine.outlives(person)
    }

    fn forgotten(&mut self, people: &Owners, now: Timestamp) -> Result<(), StoreError> {
        self.engine.forgotten(people, now)?;
        for person in people {
            info!(member = %person, "forgotten");
        }
        Ok(())
    }

    fn ready(&mut self, now: Timestamp) -> Vec<Task> {
        self.engine.ready(now)
    }

    fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        self.engine.report(task, outcome, now)
    }

    fn hearing(&self) -> &Hearing {
        self.engine.hearing()
    }

    fn news_wanted(&self) -> Wanted {
        self.engine.news_wanted()
    }

    fn vitals(&self) -> Vitals {
        let (acts, chores) = (self.engine.outbox(), self.engine.chores());
        Vitals {
            jobs: [acts.numbers(), chores.numbers()],
            to_do: acts.len() + chores.len(),
            without_key: self.engine.hearing().without_key(),
            next_due: self.engine.state().next_due().map(|(due, _)| due),
        }
    }

    fn members(&self) -> Members {
        let mut members = Members::new();
        let current = self.engine.state().members().filter(|member| member.standing == Standing::Current);
        for member in current {
            *members.entry(member.person.role.code()).or_default() += 1;
        }
        members
    }
}

/// Carries commands to the hub, and its answers back; `None` when the hub has ended.
fn asking(sender: mpsc::Sender<Note>) -> impl Fn(Request) -> Asked {
    move |request| {
        let sender = sender.clone();
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            sender.send(Note { request, answer }).await.ok()?;
            answered.await.ok()
        })
    }
}

/// The answer to a command, once there is one.
type Asked = Pin<Box<dyn Future<Output = Option<Answer>> + Send>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_shows_details_is_begun_and_ended_before_a_withdrawal_is_acknowledged() {
        let said = || async { Ok(()) };
        let later = Instant::now() + Duration::from_hours(1);
        assert_eq!(in_time(later, said()).await, Ok(()));
        let not_begun = in_time(Instant::now(), async { panic!("it is begun too late") });
        assert_eq!(not_begun.await, Err::<(), _>(CallError::Limited { retry_after_ms: 0 }));
        let soon = Instant::now() + Duration::from_millis(5);
        let given_up = in_time(soon, std::future::pending::<Called<()>>()).await;
        assert!(matches!(given_up, Err(CallError::Unknown { .. })), "{given_up:?}");
    }
}
