//! The counselling service in this world: it drives its engine as its program does, one small act at a time, and can die
//! at any. Nothing here knows of the hub, and the hub's driver knows nothing of this.

use std::collections::{BTreeMap, BTreeSet};
use std::task::Poll;

use lodge_channel::homeserver::{Called, Events};
use lodge_channel::store::{Memory, Store};
use lodge_core::name::Address;
use lodge_core::time::{OfficeHour, Span, Timestamp};
use lodge_counsel_channel::perform::{Task, Tried, Voice, perform};
use lodge_counsel_channel::{Channel, Options};
use lodge_counsel_core::id::Ids;
use lodge_counsel_core::people::Named;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::Say;
use lodge_ground::wording::Rendered;
use lodge_matrix::news::{Delivery, Heard, RoomNews, Wanted};
use lodge_matrix::room::Federation;

use super::leaks::at_work;
use crate::chance::Chance;
use crate::driving::{Doing, Sync, poll};
use crate::hub::FORGOTTEN_AT_ONCE;
use crate::planted::Planted;
use crate::world::account::Account;

/// The counselling service, with its disk, engine and calls.
pub struct Service {
    account: Account,
    disk: Memory,
    named: Vec<Named>,
    engine: Option<Channel>,
    flights: Vec<(Task, Doing<Tried>)>,
    outcomes: Vec<(Task, Called<Tried>)>,
    sync: Sync,
    /// Words that a planted bug keeps back.
    late: Vec<(Timestamp, RoomNews)>,
    dirty: bool,
    ticked: Option<Timestamp>,
    down_until: Option<Timestamp>,
    chance: Chance,
    /// The number of its deaths.
    pub deaths: u64,
}

impl Service {
    /// A service that was never started, with these counsellors.
    pub fn new(account: Account, named: Vec<Named>, chance: Chance) -> Self {
        Self {
            account,
            disk: Memory::default(),
            named,
            engine: None,
            flights: Vec::new(),
            outcomes: Vec::new(),
            sync: Sync::Idle,
            late: Vec::new(),
            dirty: false,
            ticked: None,
            down_until: None,
            chance,
            deaths: 0,
        }
    }

    /// The engine, while it runs.
    pub fn engine(&self) -> Option<&Channel> {
        self.engine.as_ref()
    }

    /// The rows that it keeps.
    pub fn disk(&self) -> &Memory {
        &self.disk
    }

    /// The service does not name this counsellor any more.
    pub fn names_no_more(&mut self, who: &Address) {
        self.named.retain(|one| one.address != *who);
        let (named, now) = (self.named.clone(), self.account.world().now);
        self.with(|engine| engine.counsellors(named, now).expect("rows are written"));
    }

    /// Mends the outage that kept it down.
    pub fn mend(&mut self) {
        self.down_until = None;
    }

    /// The next moment at which it may have something to do of itself.
    pub fn next_wake(&self) -> Option<Timestamp> {
        match &self.engine {
            Some(engine) => engine.next_wake().into_iter().chain(self.late.iter().map(|(at, _)| *at)).min(),
            None => self.down_until,
        }
    }

    /// Does the next thing; false when there is none.
    pub fn step(&mut self) -> bool {
        let acted = self.acts();
        let own = self.account.own().clone();
        let died = std::mem::take(&mut self.account.world().session(&own).faults.crashed);
        if died {
            self.dies();
        }
        acted
    }

    fn dies(&mut self) {
        (self.engine, self.sync, self.dirty, self.ticked) = (None, Sync::Idle, false, None);
        self.flights.clear();
        self.outcomes.clear();
        self.deaths += 1;
        let own = self.account.own().clone();
        let mut world = self.account.world();
        let down = Span::from_millis(world.session(&own).faults.outage());
        self.down_until = Some(world.now.after(down));
    }

    fn acts(&mut self) -> bool {
        let now = self.account.world().now;
        if self.engine.is_none() {
            let rests = self.down_until.is_some_and(|until| until > now);
            if !rests {
                self.start(now);
            }
            return !rests;
        }
        if self.dirty {
            self.commit(now);
        } else if let Some((task, outcome)) = self.outcomes.pop() {
            self.report(&task, outcome, now);
        } else if !self.flights.is_empty() {
            self.beat();
        } else if self.syncs(now) {
        } else if self.has_unsealed() {
            self.unseal(now);
        } else if self.ticked != Some(now) && self.next_wake().is_some_and(|wake| wake <= now) {
            self.ticked = Some(now);
            self.with(|engine| engine.tick(now).expect("rows are written"));
        } else if let Some(at) = self.late.iter().position(|(at, _)| *at <= now) {
            let (_, words) = self.late.remove(at);
            self.hear_late(words, now);
        } else {
            return false;
        }
        true
    }

    /// Hands the engine an input; the rows that change are to be committed.
    fn with(&mut self, input: impl FnOnce(&mut Channel)) {
        if let Some(engine) = &mut self.engine {
            input(engine);
            self.dirty = true;
        }
    }

    fn start(&mut self, now: Timestamp) {
        let ids = Ids::from_seed(self.chance.seed());
        let mut engine = Channel::open(&self.disk, options(self.account.own()), ids, now).expect("the store reads");
        engine.counsellors(self.named.clone(), now).expect("rows are written");
        self.engine = Some(engine);
        self.dirty = true;
    }

    fn crashes_here(&self) -> bool {
        self.account.world().session(self.account.own()).faults.crashes_here()
    }

    fn commit(&mut self, now: Timestamp) {
        let Some(engine) = &mut self.engine else { return };
        let batch = engine.take_batch().expect("rows are written");
        self.dirty = false;
        if !batch.is_empty() {
            if self.crashes_here() {
                return;
            }
            self.disk.commit(&batch).expect("memory takes every batch");
            if self.crashes_here() {
                return;
            }
        }
        if matches!(self.sync, Sync::Delivered) {
            self.sync = Sync::Idle;
        }
        self.launch(now);
        self.forget(now);
    }

    fn launch(&mut self, now: Timestamp) {
        let Some(engine) = &mut self.engine else { return };
        engine.committed();
        for mut task in engine.ready(now) {
            at_work::task(&self.account, engine, &mut task);
            let (server, tried) = (self.account.clone(), task.clone());
            let doing = Box::pin(async move { perform(&server, &Plain, server.own(), &tried).await });
            self.flights.push((task, doing));
        }
    }

    /// Forgets some of those of whom all is done.
    fn forget(&mut self, now: Timestamp) {
        let Some(engine) = &mut self.engine else { return };
        let people = engine.to_forget(FORGOTTEN_AT_ONCE).expect("rows are written");
        if people.is_empty() {
            return;
        }
        let batch = engine.take_batch().expect("rows are written");
        engine.committed();
        self.disk.commit(&batch).expect("memory takes every batch");
        if self.crashes_here() {
            return;
        }
        self.disk.forget(&people).expect("memory forgets everybody");
        if self.crashes_here() {
            return;
        }
        self.with(|engine| engine.forgotten(&people, now).expect("rows are written"));
    }

    fn beat(&mut self) {
        if let Poll::Ready(outcome) = poll(&mut self.flights[0].1) {
            let (task, _) = self.flights.swap_remove(0);
            self.outcomes.push((task, outcome));
        }
    }

    fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) {
        self.with(|engine| drop(engine.report(task, outcome, now).expect("rows are written")));
    }

    /// The next beat of the sync loop; false when nothing is new.
    fn syncs(&mut self, now: Timestamp) -> bool {
        let Some(engine) = &self.engine else { return false };
        match std::mem::replace(&mut self.sync, Sync::Idle) {
            Sync::Idle => {
                let (own, since) = (self.account.own(), engine.hearing().token().map(str::to_owned));
                let mut world = self.account.world();
                if engine.news_wanted() == Wanted::WithNews && !world.has_news(own, since.as_deref()) {
                    return false;
                }
                let delivery = world.sync(own, since.as_deref());
                let ours = delivery.rooms.iter().map(|news| news.room.clone()).filter(|room| engine.knows(room));
                let ours: BTreeMap<_, _> = ours.map(|room| (room, Events::All)).collect();
                drop(world);
                self.sync = Sync::fill(&self.account, since, ours, delivery);
            }
            // A response that could not be filled is asked for again.
            Sync::Filling(mut filling) => match poll(&mut filling) {
                Poll::Pending => self.sync = Sync::Filling(filling),
                Poll::Ready(Ok(delivery)) => self.sync = Sync::Arrived(delivery),
                Poll::Ready(Err(_)) => {}
            },
            Sync::Arrived(mut delivery) => {
                self.sync = Sync::Delivered;
                if self.account.world().planted == Some(Planted::CounselHearsLate) {
                    let late = delivery.rooms.iter_mut().filter_map(keep_back);
                    let at = now.after(LATE[usize::from(now.as_millis() % 2 == 0)]);
                    self.late.extend(late.map(|words| (at, words)));
                }
                self.with(|engine| engine.deliver(delivery, now).expect("rows are written"));
            }
            Sync::Delivered => {
                self.sync = Sync::Delivered;
                return false;
            }
        }
        true
    }

    /// Words that were kept back are heard.
    fn hear_late(&mut self, words: RoomNews, now: Timestamp) {
        self.with(|engine| {
            let token = engine.hearing().token().unwrap_or_default().to_owned();
            engine
                .deliver(Delivery { token, rooms: vec![words], invitations: Vec::new() }, now)
                .expect("rows are written");
        });
    }

    fn has_unsealed(&self) -> bool {
        let (world, own) = (self.account.world(), self.account.own());
        self.engine.as_ref().is_some_and(|engine| {
            engine.hearing().sealed().any(|(room, event, _)| world.unseal(own, room, &event).is_some())
        })
    }

    fn unseal(&mut self, now: Timestamp) {
        let account = self.account.clone();
        self.with(|engine| {
            let world = account.world();
            let readable: Vec<_> = engine
                .hearing()
                .sealed()
                .filter_map(|(room, event, _)| world.unseal(account.own(), room, &event))
                .collect();
            for news in readable {
                engine.unsealed(news, now).expect("rows are written");
            }
        });
    }
}

/// The delays with which a planted bug hears words: a little, or much.
const LATE: [Span; 2] = [Span::from_millis(60_000), Span::from_millis(6 * 3_600_000)];

/// Every bare yes in a room.
fn keep_back(room: &mut RoomNews) -> Option<RoomNews> {
    let (late, news) = std::mem::take(&mut room.news).into_iter().partition::<Vec<_>, _>(
        |news| matches!(&news.heard, Heard::Text(text) if ["yes", "ok"].contains(&text.body.as_str())),
    );
    room.news = news;
    (!late.is_empty()).then(|| RoomNews { room: room.room.clone(), gap: None, news: late })
}

/// A voice that says each message as its value.
struct Plain;

impl Voice for Plain {
    fn render(&self, say: &Say) -> Rendered {
        Rendered { plain: serde_json::to_string(say).unwrap_or_default(), html: String::new() }
    }
}

/// The settings of the counselling service of this world: everything comes sooner than in life, so that a case is over,
/// and erased, while the hub is still at work.
fn options(account: &Address) -> Options {
    let days = Span::from_days;
    let settings = Settings {
        account: account.clone(),
        servers: BTreeSet::new(),
        terms: "1".to_owned(),
        wording: "w".to_owned(),
        emergency: "What to do at once.".to_owned(),
        alternatives: "Where else to turn.".to_owned(),
        policy: "Counsellors introduce nobody.".to_owned(),
        // Out of reach: of many questions by one, a counsellor who is asked may see fewer than of as many by several.
        asks_a_day: 100,
        strangers: 1000,
        claim_within: days(1),
        come_within: days(1),
        leave_within: days(2),
        keep_closed: days(10),
        warn_before: days(2),
        remind_before: Span::from_millis(3_600_000),
        keep_strangers: days(5),
        office: OfficeHour { zone: jiff::tz::TimeZone::UTC, at: jiff::civil::Time::constant(9, 0, 0, 0) },
    };
    Options {
        settings,
        federation: Federation::Closed,
        unreadable_after: Span::from_millis(600_000),
        messages_a_minute: 60,
    }
}
