//! The hub in this world: it drives the engine as the program does, one small act at a time, and can die at any.

mod forgetting;
pub mod lists;

use std::collections::BTreeMap;
use std::task::Poll;

use lodge_channel::homeserver::{CallError, Called, Events};
use lodge_channel::news::{Delivery, RoomNews, Wanted};
use lodge_channel::perform::{Task, Tried, perform};
use lodge_channel::store::{Batch, Memory, Store};
use lodge_channel::tables::{self, Restored};
use lodge_channel::{Channel, Options};
use lodge_core::id::IdSecret;
use lodge_core::people::member::Person;
use lodge_core::people::roster::Roster;
use lodge_core::rooms::RoomSettings;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use crate::chance::Chance;
use crate::driving::{Doing, Sync, poll};
use crate::errand::errand;
use crate::journal::Journal;
use crate::planted::Planted;
use crate::skew::Clock;
use crate::twin::{self, Twin};
use crate::world::account::{Account, PlainVoice};
use crate::world::log::What;
use crate::{mishearing, twist};
use lists::Lists;

pub(crate) use forgetting::FORGOTTEN_AT_ONCE;

/// Something the hub can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Start after a crash.
    Start,
    /// Commit the rows that the inputs changed so far.
    Commit,
    /// Commit a batch that was acted upon already: the doing of a planted bug.
    CommitLate,
    /// Take in how the task of this index turned out.
    Report(usize),
    /// Let the task of this index make its next call.
    Beat(usize),
    /// Take in the sync response.
    Deliver,
    /// Fill the next gap of the response.
    SyncBeat,
    /// Ask for the next sync response.
    SyncStart,
    /// Read messages whose keys have come.
    Unseal,
    /// Let happen what has come due.
    Tick,
}

/// A task on its way.
struct Flight {
    task: Task,
    doing: Doing<Tried>,
    /// The purpose of the call, in words that are the same in every life.
    errand: String,
    /// The time at which its next call is through.
    due: Timestamp,
    /// The time at which it is given up.
    by: Timestamp,
}

/// The hub, with its disk, engine and calls.
pub struct Hub {
    /// The rows, which survive a crash.
    pub disk: Memory,
    porter: Account,
    voice: PlainVoice,
    options: Options,
    roster: Vec<Person>,
    engine: Option<Channel>,
    flights: Vec<Flight>,
    outcomes: Vec<(Task, Called<Tried>)>,
    sync: Sync,
    dirty: bool,
    late: Option<Batch>,
    /// The batch that a disk which lies about its commits has not written yet.
    unsynced: Option<Batch>,
    ticked: Option<Timestamp>,
    down_until: Option<Timestamp>,
    /// It stands still until this time, as a slow machine does: it neither dies nor does anything.
    paused_until: Option<Timestamp>,
    export: Option<(Memory, Timestamp)>,
    /// A second store that is to be as this one, where that is looked at.
    pub twin: Option<Box<dyn Twin>>,
    secret: IdSecret,
    /// The clock of its machine.
    pub clock: Clock,
    /// Everything that it does and notes, where that is looked at.
    pub journal: Option<Journal>,
    /// The rows of events, by commits.
    pub lists: Lists,
}

impl Hub {
    /// A hub that was never started.
    pub fn new(porter: Account, voice: PlainVoice, options: Options, roster: Vec<Person>, mut chance: Chance) -> Self {
        Self {
            disk: Memory::default(),
            porter,
            voice,
            options,
            roster,
            engine: None,
            flights: Vec::new(),
            outcomes: Vec::new(),
            sync: Sync::Idle,
            dirty: false,
            late: None,
            unsynced: None,
            ticked: None,
            down_until: None,
            paused_until: None,
            export: None,
            twin: None,
            secret: IdSecret::from_bytes(chance.seed()),
            clock: Clock::default(),
            journal: None,
            lists: Lists::default(),
        }
    }

    /// The engine, while it runs.
    pub fn engine(&self) -> Option<&Channel> {
        self.engine.as_ref()
    }

    /// Writes the batch that a lying disk holds back, as time does when nothing fails.
    pub fn settle(&mut self) {
        if let Some(batch) = self.unsynced.take() {
            self.disk.commit(&batch).expect("memory takes every batch");
        }
    }

    /// The engine that a start from the disk as it is would give.
    pub fn reopened(&self, now: Timestamp) -> Channel {
        Channel::open(&self.disk, self.options.clone(), self.secret.clone(), now).expect("the store reads")
    }

    /// The service changes its list of members.
    pub fn set_roster(&mut self, roster: Vec<Person>) {
        self.roster = roster;
        let now = self.porter.world().now;
        if let Some(engine) = &mut self.engine {
            engine.roster(Roster::whole(self.roster.clone()), now).expect("rows are written");
            self.dirty = true;
        }
    }

    /// The service changes its rooms.
    pub fn set_rooms(&mut self, rooms: RoomSettings) {
        self.options.settings.rooms = rooms.clone();
        let now = self.porter.world().now;
        self.with(|engine| engine.rooms(rooms, now).expect("rows are written"));
    }

    /// The rooms that the service declares.
    pub fn rooms(&self) -> &RoomSettings {
        &self.options.settings.rooms
    }

    /// Has it hear this, in a response of its own.
    pub fn hears(&mut self, rooms: Vec<RoomNews>) {
        let now = self.porter.world().now;
        let token = self.engine.as_ref().and_then(|engine| engine.hearing().token()).unwrap_or_default().to_owned();
        let delivery = Delivery { token, rooms, invitations: Vec::new() };
        self.with(|engine| engine.deliver(delivery, now).expect("rows are written"));
    }

    /// The program dies: all that is not on the disk is gone.
    pub fn crash(&mut self) {
        self.engine = None;
        self.flights.clear();
        self.outcomes.clear();
        self.sync = Sync::Idle;
        self.late = None;
        self.unsynced = None;
        self.dirty = false;
        self.ticked = None;
    }

    /// The program dies, and is started again after this time.
    pub fn dies(&mut self, outage: Span) {
        self.crash();
        let mut world = self.porter.world();
        self.down_until = Some(world.now.after(outage));
        world.faults().crashes += 1;
        world.note(What::Crashed);
    }

    /// An export is made, to be restored later.
    pub fn export(&mut self) {
        let now = self.porter.world().now;
        self.export = Some((self.disk.clone(), now));
        if let Some(twin) = &mut self.twin {
            twin.export(now);
        }
    }

    /// The program dies. If there is a second store, that one is lost, comes back, and takes the place of the first. Gives
    /// the rows in which the two differ.
    pub fn comes_back(&mut self) -> Vec<String> {
        self.crash();
        self.porter.world().note(What::Crashed);
        let Some(twin) = &mut self.twin else { return Vec::new() };
        let back = twin.lose();
        let differ = twin::differences(&self.disk, &back);
        self.disk = back;
        differ
    }

    /// The disk is lost, and the export takes its place.
    pub fn restore(&mut self) {
        let Some((export, from)) = self.export.take() else { return };
        self.crash();
        self.disk = self.disk.restored_from(&export);
        let restored = tables::put(&Restored { from, seen_to: false }).expect("a row");
        self.disk.commit(&vec![restored]).expect("memory takes every batch");
        self.lists.went_back(from, &self.disk);
        self.porter.world().note(What::Restored);
    }

    /// Mends the outage that kept it down.
    pub fn mend(&mut self) {
        self.down_until = None;
        self.paused_until = None;
    }

    /// Has it stand still for this long.
    pub fn pause(&mut self, span: Span) {
        self.paused_until = Some(self.porter.world().now.after(span));
    }

    /// It moves again, when the moment has come.
    pub fn go_on(&mut self) {
        let now = self.porter.world().now;
        self.paused_until = self.paused_until.filter(|until| *until > now);
    }

    /// The acts that are open to it now.
    pub fn acts(&self) -> Vec<Act> {
        let world = self.porter.world();
        if self.paused_until.is_some() {
            return vec![];
        }
        let Some(engine) = &self.engine else {
            return if self.down_until.is_some_and(|until| until > world.now) { vec![] } else { vec![Act::Start] };
        };
        let mut acts = Vec::new();
        if self.late.is_some() {
            acts.push(Act::CommitLate);
        } else if self.dirty {
            acts.push(Act::Commit);
        }
        acts.extend((0..self.outcomes.len()).map(Act::Report));
        acts.extend((0..self.flights.len()).filter(|at| self.flights[*at].due <= world.now).map(Act::Beat));
        match self.sync {
            Sync::Idle
                if engine.news_wanted() > Wanted::WithNews
                    || world.has_news(self.porter.own(), engine.hearing().token()) =>
            {
                acts.push(Act::SyncStart);
            }
            Sync::Idle | Sync::Delivered => {}
            Sync::Filling(_) => acts.push(Act::SyncBeat),
            Sync::Arrived(_) => acts.push(Act::Deliver),
        }
        if engine.hearing().sealed().any(|(room, event, _)| world.unseal(self.porter.own(), room, &event).is_some()) {
            acts.push(Act::Unseal);
        }
        let ours = self.clock.says(world.now);
        if self.ticked != Some(world.now) && engine.next_wake().is_some_and(|wake| wake <= ours) {
            acts.push(Act::Tick);
        }
        acts
    }

    /// The next moment at which it may have something to do of itself.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let wake = match &self.engine {
            Some(engine) => self.flights.iter().map(|flight| flight.due).chain(engine.next_wake()).min(),
            None => self.down_until,
        };
        self.paused_until.or(wake)
    }

    /// Does one of them.
    pub fn act(&mut self, act: Act) {
        let world_now = self.porter.world().now;
        let time = if act == Act::Start { Some(self.clock.says(world_now)) } else { self.clock.time(world_now) };
        let Some(now) = time else { return self.stop_by_clock() };
        if let Some(journal) = &mut self.journal {
            journal.acted(now, act);
        }
        match act {
            Act::Start => self.start(now),
            Act::Commit => self.commit(now),
            Act::CommitLate => {
                if let Some(batch) = self.late.take() {
                    self.write(&batch);
                }
            }
            Act::Report(index) => self.report(index, now),
            Act::Beat(index) => self.beat(index),
            Act::Deliver => self.deliver(now),
            Act::SyncBeat => self.sync_beat(),
            Act::SyncStart => self.sync_start(),
            Act::Unseal => self.unseal(now),
            Act::Tick => {
                self.ticked = Some(world_now);
                self.with(|engine| engine.tick(now).expect("rows are written"));
            }
        }
        if std::mem::take(&mut self.porter.world().faults().crashed) {
            self.crash();
            let mut world = self.porter.world();
            let down = Span::from_millis(world.faults().outage());
            self.down_until = Some(world.now.after(down));
            world.note(What::Crashed);
        }
    }

    /// Its clock cannot be right: it stops, and is started again as the program's unit does it.
    fn stop_by_clock(&mut self) {
        self.crash();
        self.down_until = Some(self.porter.world().now.after(Span::from_millis(10_000)));
    }

    /// Hands the engine an input; the rows that change are to be committed.
    fn with(&mut self, input: impl FnOnce(&mut Channel)) {
        if let Some(engine) = &mut self.engine {
            input(engine);
            self.dirty = true;
        }
    }

    fn start(&mut self, now: Timestamp) {
        twist::disk(self.voice.0, &mut self.disk).expect("the store takes every batch");
        let mut engine =
            Channel::open(&self.disk, self.options.clone(), self.secret.clone(), now).expect("the store reads");
        let world_now = self.porter.world().now;
        if !self.clock.judged(world_now, engine.hearing().kept_at()) {
            return self.stop_by_clock();
        }
        engine.roster(Roster::whole(self.roster.clone()), now).expect("rows are written");
        engine.rooms(self.options.settings.rooms.clone(), now).expect("rows are written");
        self.engine = Some(engine);
        self.dirty = true;
    }

    fn commit(&mut self, now: Timestamp) {
        let Some(engine) = &mut self.engine else { return };
        let batch = engine.take_batch().expect("rows are written");
        self.dirty = false;
        if !batch.is_empty() {
            if self.porter.world().faults().crashes_here() {
                return;
            }
            if self.voice.0 == Some(Planted::EffectsBeforeCommit) {
                self.late = Some(batch);
            } else {
                self.write(&batch);
                if self.porter.world().faults().crashes_here() {
                    return;
                }
            }
        }
        if matches!(self.sync, Sync::Delivered) {
            self.sync = Sync::Idle;
        }
        self.launch(now);
        self.forget(now);
    }

    fn write(&mut self, batch: &Batch) {
        self.lists.wrote(self.clock.says(self.porter.world().now), batch);
        if let Some(twin) = &mut self.twin {
            twin.commit(batch);
        }
        if let Some(journal) = &mut self.journal {
            journal.wrote(self.porter.world().now, batch);
        }
        // A disk that loses acknowledged writes: this batch is there only from the next commit on.
        if self.voice.0 == Some(Planted::LosesLastCommit) {
            let earlier = self.unsynced.replace(batch.clone());
            self.disk.commit(&earlier.unwrap_or_default()).expect("memory takes every batch");
        } else {
            self.disk.commit(batch).expect("memory takes every batch");
        }
    }

    fn launch(&mut self, now: Timestamp) {
        let Some(engine) = &mut self.engine else { return };
        engine.committed();
        for mut task in engine.ready(now) {
            twist::task(&self.porter, &self.voice, engine, &mut self.disk, &mut task);
            let (server, voice, own, tried) =
                (self.porter.clone(), self.voice.clone(), self.options.settings.porter.clone(), task.clone());
            let doing: Doing<Tried> = Box::pin(async move { perform(&server, &voice, &own, &tried).await });
            let errand = errand(engine, &self.porter.world(), &task);
            let by = now.after(self.options.settings.words_within());
            self.flights.push(Flight { task, doing, errand, due: now, by });
        }
    }

    fn beat(&mut self, index: usize) {
        let now = self.porter.world().now;
        let flight = &mut self.flights[index];
        // As the program does it: what shows details has come, or was given up, when a withdrawal is acknowledged.
        let given_up = flight.task.what.shows_details() && flight.by <= now;
        flight.errand.clone_into(&mut self.porter.world().errand);
        let polled = if given_up {
            Poll::Ready(Err(CallError::Unknown { why: "given up".to_owned() }))
        } else {
            poll(&mut flight.doing)
        };
        match polled {
            Poll::Pending => flight.due = now.after(self.porter.world().faults().delay(&flight.errand)),
            Poll::Ready(outcome) => {
                let task = self.flights.swap_remove(index).task;
                if let Some(engine) = self.engine.as_ref() {
                    twist::outcome(self.voice.0, &self.porter, engine, &task, &outcome);
                }
                self.outcomes.push((task, outcome));
            }
        }
    }

    fn report(&mut self, index: usize, now: Timestamp) {
        let (task, outcome) = self.outcomes.swap_remove(index);
        let mut fault = None;
        self.with(|engine| fault = engine.report(&task, outcome, now).expect("rows are written"));
        if let (Some(journal), Some(fault)) = (&mut self.journal, fault) {
            journal.note(now, &fault);
        }
    }

    fn sync_start(&mut self) {
        let Some(engine) = &self.engine else { return };
        let since = engine.hearing().token().map(str::to_owned);
        let mut delivery = self.porter.world().sync(self.porter.own(), since.as_deref());
        twist::delivery(self.voice.0, &mut delivery);
        let ours = delivery.rooms.iter().filter_map(|news| Some((news.room.clone(), engine.must_fill(&news.room)?)));
        let ours: BTreeMap<RoomRef, Events> = ours.collect();
        self.sync = Sync::fill(&self.porter, since, ours, delivery);
    }

    fn sync_beat(&mut self) {
        let Sync::Filling(filling) = &mut self.sync else { return };
        "news".clone_into(&mut self.porter.world().errand);
        match poll(filling) {
            Poll::Pending => {}
            Poll::Ready(Ok(mut delivery)) => {
                twist::delivery(self.voice.0, &mut delivery);
                mishearing::delivery(&self.porter, &mut delivery);
                self.sync = Sync::Arrived(delivery);
            }
            // A response that could not be filled is asked for again.
            Poll::Ready(Err(_)) => self.sync = Sync::Idle,
        }
    }

    fn deliver(&mut self, now: Timestamp) {
        if let Sync::Arrived(delivery) = std::mem::replace(&mut self.sync, Sync::Delivered) {
            self.with(|engine| engine.deliver(delivery, now).expect("rows are written"));
        }
    }

    fn unseal(&mut self, now: Timestamp) {
        let porter = self.porter.clone();
        self.with(|engine| {
            let world = porter.world();
            let readable: Vec<_> = engine
                .hearing()
                .sealed()
                .filter_map(|(room, event, _)| world.unseal(porter.own(), room, &event))
                .collect();
            for news in readable {
                engine.unsealed(news, now).expect("rows are written");
            }
        });
    }
}
