//! What people can make grow at the counselling service, made to: a million of each kind of thing where one costs little.
//! `docs/running.md` says what each bound is. Looked at are rows and bytes in the store, and what a start reads of them.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use lodge_counsel_channel::engine::{Engine, Options as EngineOptions};
use lodge_counsel_channel::perform::{Task, Tried, What};
use lodge_counsel_core::id::Ids;
use lodge_counsel_core::input::LeftOut;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::{Say, ToClient};
use lodge_ground::homeserver::{EventRef, Membership, RoomRef};
use lodge_ground::name::Address;
use lodge_ground::news::{Cipher, Delivery, Heard, Invitation, News, RoomNews, Text, Trust};
use lodge_ground::pace::{UNREAD_BYTES_MAX, UNREAD_MAX};
use lodge_ground::room::Federation;
use lodge_ground::seen::SEEN_MAX;
use lodge_ground::store::{Memory, Store, Table};
use lodge_ground::time::{OfficeHour, Span, Timestamp};
use lodge_ground::waiting::{WAITING_BYTES_MAX, WAITING_MAX};
use lodge_plumbing::store::{MasterKey, Options, SledStore};

const NOW: Timestamp = Timestamp::from_millis(1_793_610_000_000);

/// How many events come in one response.
const IN_ONE: usize = 1000;

/// How far the disk may fill at most: what is kept is a quarter of a megabyte, and what sled has not cleaned up yet.
const MEGABYTES_MAX: u64 = 20;

/// How many bytes a row has beside what somebody wrote.
const ROW: usize = 500;

fn address(who: &str) -> Address {
    Address::exact(&format!("@{who}:example.org")).unwrap()
}

fn options() -> EngineOptions {
    let days = Span::from_days;
    let settings = Settings {
        account: address("quiet"),
        servers: BTreeSet::new(),
        terms: "1".to_owned(),
        wording: "w".to_owned(),
        emergency: "Call 999.".to_owned(),
        alternatives: "Ask your doctor.".to_owned(),
        policy: "We introduce nobody.".to_owned(),
        asks_a_day: 6,
        strangers: 100,
        claim_within: days(2),
        come_within: days(3),
        leave_within: days(7),
        keep_closed: days(90),
        warn_before: days(7),
        remind_before: days(1),
        keep_strangers: days(7),
        office: OfficeHour { zone: TimeZone::UTC, at: jiff::civil::Time::constant(9, 0, 0, 0) },
    };
    let unreadable_after = Span::from_millis(600_000);
    EngineOptions { settings, federation: Federation::Closed, unreadable_after, messages_a_minute: 60 }
}

/// The service, with Sam in a conversation.
struct Service<S = Memory> {
    engine: Engine,
    store: S,
    now: Timestamp,
    /// What was said, by the words' ids.
    said: Vec<Say>,
    responses: usize,
}

impl Service {
    fn new() -> Self {
        Self::on(Memory::default())
    }
}

impl<S: Store> Service<S> {
    fn on(store: S) -> Self {
        let engine = Engine::open(&store, options(), Ids::from_seed([1; 32]), NOW).unwrap();
        let mut service = Self { engine, store, now: NOW, said: vec![], responses: 0 };
        service.hear(vec![], vec!["sam"]);
        service.settle();
        let room = service.room();
        service.in_room(&room, vec![("$joined".to_owned(), Heard::Moved(address("sam").into(), Membership::Joined))]);
        service.settle();
        service.said.clear();
        service
    }

    fn restart(&mut self) {
        self.engine = Engine::open(&self.store, options(), Ids::from_seed([2; 32]), self.now).unwrap();
    }

    /// The room of Sam's conversation.
    fn room(&self) -> RoomRef {
        let rows = self.store.load(Table::Conversations).unwrap();
        let row: serde_json::Value = serde_json::from_slice(&rows[0].value).unwrap();
        let stage = row["stage"].as_object().unwrap().values().next().unwrap().clone();
        RoomRef(stage.as_str().unwrap().to_owned())
    }

    fn hear(&mut self, rooms: Vec<RoomNews>, from: Vec<&str>) {
        self.responses += 1;
        let invitation =
            |who: &str| Invitation { room: RoomRef(format!("!{}{who}", self.responses)), from: address(who) };
        let invitations = from.into_iter().map(invitation).collect();
        let delivery = Delivery { token: format!("s{}", self.responses), rooms, invitations };
        self.engine.deliver(delivery, self.now).unwrap();
        self.commit();
    }

    fn in_room(&mut self, room: &RoomRef, all: Vec<(String, Heard)>) {
        let at = self.now;
        let news = all.into_iter().map(|(event, heard)| News { event: EventRef(event), at, heard }).collect();
        self.hear(vec![RoomNews { room: room.clone(), gap: None, news }], vec![]);
    }

    fn commit(&mut self) {
        self.engine.tick(self.now).unwrap();
        let batch = self.engine.take_batch().unwrap();
        self.store.commit(&batch).unwrap();
        self.engine.committed();
    }

    fn settle(&mut self) {
        loop {
            self.commit();
            let tasks = self.engine.ready(self.now);
            if tasks.is_empty() {
                return;
            }
            for task in tasks {
                let tried = self.tried(&task);
                self.engine.report(&task, Ok(tried), self.now).unwrap();
            }
        }
    }

    fn tried(&mut self, task: &Task) -> Tried {
        match &task.what {
            What::Create(_) => Tried::RoomMade(RoomRef(format!("!{}", task.id))),
            What::Check(..) => Tried::Fits,
            What::Tell(_, _, say, _) => {
                self.said.push(say.clone());
                Tried::Said(EventRef(format!("${}", task.id)))
            }
            What::Note(..) => Tried::Said(EventRef(format!("${}", task.id))),
            What::Invite(..) | What::Remove(..) | What::OpenSpeech(..) | What::Leave(_) => Tried::Done,
        }
    }

    /// So many events of Sam's come, `IN_ONE` at a time, each time `apart` after the last.
    fn flood(&mut self, count: usize, apart: Span, heard: impl Fn(usize) -> Heard) {
        let room = self.room();
        for from in (0..count).step_by(IN_ONE) {
            let all = (from..count.min(from + IN_ONE)).map(|number| (format!("$flood{number}"), heard(number)));
            self.in_room(&room, all.collect());
            self.settle();
            self.now = self.now.after(apart);
        }
    }

    fn rows(&self, table: Table) -> usize {
        self.store.load(table).unwrap().len()
    }

    fn bytes(&self) -> usize {
        Table::ALL.into_iter().flat_map(|table| self.store.load(table).unwrap()).map(|row| row.value.len()).sum()
    }
}

fn text(body: &str, number: usize, session: &str) -> Heard {
    Heard::Text(Text {
        sender: address("sam"),
        body: body.to_owned(),
        reply_to: None,
        thread: None,
        mentions: vec![],
        everybody: false,
        trust: Trust::Tied,
        cipher: Some(Cipher { session: session.to_owned(), index: u32::try_from(number).unwrap() }),
        device: None,
    })
}

#[test]
fn a_million_messages_that_nobody_can_read() {
    for (count, size) in [(1_000_000, 10), (20_000, 40_000)] {
        let mut service = Service::new();
        let before = service.bytes();
        let sealed = format!(r#"{{"sender":"@sam:example.org","content":{{"ciphertext":"{}"}}}}"#, "x".repeat(size));
        service.flood(count, Span::from_millis(1000), |_| Heard::Sealed(sealed.clone()));
        assert!(service.rows(Table::Waiting) <= WAITING_MAX && service.rows(Table::Seen) <= SEEN_MAX + 10);
        let most = WAITING_BYTES_MAX * 11 / 10 + (WAITING_MAX + SEEN_MAX) * ROW;
        assert!(service.bytes() - before < most, "{}", service.bytes() - before);
        service.restart();
        assert!(service.engine.sealed().count() <= WAITING_MAX);
        // Their writer hears of it, and not of each.
        service.now = service.now.after(Span::from_millis(600_000));
        service.settle();
        let told = service.said.iter().filter(|say| **say == Say::LeftOut(LeftOut::Sealed)).count();
        let minutes = count / IN_ONE / 60;
        assert!((1..=minutes / 10 + 2).contains(&told), "{told} times in {minutes} minutes");
    }
}

/// Forty kilobytes each, fifty in a response, on the store that is used.
#[test]
fn fifteen_hundred_messages_that_nobody_can_read_leave_a_few_megabytes_on_the_disk() {
    let directory = tempfile::tempdir().unwrap();
    let master = MasterKey::from_bytes([1; 32]);
    let store = SledStore::open(&directory.path().join("store"), &master, Options { log: false, ..Options::default() })
        .unwrap();
    let mut service = Service::on(store);
    let (room, before) = (service.room(), size_of(directory.path()));
    for from in (0..1500).step_by(50) {
        let sealed = |number: usize| {
            let ciphertext = format!("{number:08x}").repeat(5000);
            let event = format!(r#"{{"sender":"@sam:example.org","content":{{"ciphertext":"{ciphertext}"}}}}"#);
            (format!("$flood{number}"), Heard::Sealed(event))
        };
        service.in_room(&room, (from..from + 50).map(sealed).collect());
        service.settle();
    }
    let grew = size_of(directory.path()) - before;
    println!("60 MB came, and the store grew by {grew} bytes");
    assert!(grew < MEGABYTES_MAX * 1_000_000, "{grew} bytes");
}

fn size_of(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    let size = |entry: fs::DirEntry| match entry.metadata().unwrap() {
        inner if inner.is_dir() => size_of(&entry.path()),
        file => file.len(),
    };
    entries.map(size).sum()
}

#[test]
fn a_million_messages_in_a_few_minutes_are_read_at_a_pace_and_those_left_out_are_told_of() {
    let mut service = Service::new();
    let before = service.bytes();
    service.flood(1_000_000, Span::from_millis(100), |number| text("help", number, "one"));
    assert!(service.rows(Table::Unread) <= UNREAD_MAX && service.rows(Table::Seen) <= SEEN_MAX + 10);
    assert!(service.bytes() - before < UNREAD_BYTES_MAX + (UNREAD_MAX + SEEN_MAX) * ROW);
    let helps = service.said.iter().filter(|say| matches!(say, Say::Client(ToClient::Help { .. }))).count();
    assert!(helps <= 180, "{helps} in a minute and two thirds");
    assert_eq!(service.said.iter().filter(|say| **say == Say::Hurried).count(), 1);
    service.restart();
    while service.rows(Table::Unread) > 0 {
        service.now = service.now.after(Span::from_millis(60_000));
        service.hear(vec![], vec![]);
        service.settle();
    }
    let left_out = |say: &&Say| **say == Say::LeftOut(LeftOut::Hurried);
    assert_eq!(service.said.iter().filter(left_out).count(), 1);
    assert!(service.said.last().is_some_and(|last| left_out(&last)));
}

/// Each new session is looked for among all, so there are fewer: ten times as many as are known of one person.
#[test]
fn eighty_thousand_sessions() {
    let mut service = Service::new();
    service.flood(80_000, Span::from_millis(100), |number| text("help", number, &format!("session{number}")));
    assert!(service.rows(Table::Ciphers) <= 2048, "{}", service.rows(Table::Ciphers));
    assert!(service.bytes() < 6_000_000, "{}", service.bytes());
}

/// Each costs an answer, so there are fewer.
#[test]
fn a_hundred_thousand_invitations_of_one_and_ten_thousand_strangers() {
    let mut service = Service::new();
    for _ in 0..100 {
        service.hear(vec![], vec!["sam"; IN_ONE]);
    }
    assert!(service.rows(Table::Outbox) < 300, "{}", service.rows(Table::Outbox));
    service.settle();
    for number in 0..10_000 {
        service.hear(vec![], vec![&format!("stranger{number}")]);
    }
    service.settle();
    assert_eq!(service.rows(Table::Clients), 100, "as many as may be known who agreed to nothing");
    // Who is in a conversation already is heard as before.
    let room = {
        let rows = service.store.load(Table::Conversations).unwrap();
        let open = rows.iter().find_map(|row| {
            let row: serde_json::Value = serde_json::from_slice(&row.value).unwrap();
            row["stage"]["open"].as_str().map(str::to_owned)
        });
        RoomRef(open.unwrap())
    };
    service.said.clear();
    service.in_room(&room, vec![("$help".to_owned(), text("help", 0, "one"))]);
    service.settle();
    assert!(!service.said.is_empty());
    // When their time is over there is room for others.
    service.now = service.now.after(Span::from_days(8));
    service.commit();
    let people = service.engine.to_forget(usize::MAX).unwrap();
    service.commit();
    service.store.forget(&people).unwrap();
    service.engine.forgotten(&people, service.now).unwrap();
    service.settle();
    assert!(service.rows(Table::Clients) <= 1, "{}", service.rows(Table::Clients));
}
