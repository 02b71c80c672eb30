//! The bounds on everything that people can make grow at the counselling service: they make a million of each kind of
//! thing where one costs little. `docs/running.md` says what each bound is. Looked at are rows and bytes in the store,
//! and what a start reads of them.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod house;

use lodge_counsel_channel::Channel;
use lodge_counsel_channel::perform::Tried;
use lodge_counsel_core::id::Ids;
use lodge_counsel_core::input::LeftOut;
use lodge_counsel_core::say::{Say, ToClient};
use lodge_ground::proof::Proof;
use lodge_ground::store::{Memory, Store, Table};
use lodge_ground::time::Span;
use lodge_matrix::homeserver::{Membership, RoomRef};
use lodge_matrix::news::{Cipher, Heard, Text};
use lodge_matrix::pace::{UNREAD_BYTES_MAX, UNREAD_MAX};
use lodge_matrix::seen::SEEN_MAX;
use lodge_matrix::waiting::{WAITING_BYTES_MAX, WAITING_MAX};

use house::{Service, address, options};

/// The number of events in one response.
const IN_ONE: usize = 1000;

/// The bytes of a row beside somebody's words.
const ROW: usize = 500;

impl Service {
    fn new() -> Self {
        Self::on(Memory::default())
    }

    fn restart(&mut self) {
        self.engine = Channel::open(&self.store, options(), Ids::from_seed([2; 32]), self.now).unwrap();
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
        proof: Proof::Proven,
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
        assert!(service.engine.hearing().sealed().count() <= WAITING_MAX);
        // Their writer hears of it, and not of each.
        service.now = service.now.after(Span::from_millis(600_000));
        service.settle();
        let told = service.said.iter().filter(|say| **say == Say::LeftOut(LeftOut::Sealed)).count();
        let minutes = count / IN_ONE / 60;
        assert!((1..=minutes / 10 + 2).contains(&told), "{told} times in {minutes} minutes");
    }
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
    // Somebody who is in a conversation already is heard as before.
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
    // There is room for others once their time is over.
    service.now = service.now.after(Span::from_days(8));
    service.commit();
    let people = service.engine.to_forget(usize::MAX).unwrap();
    service.commit();
    service.store.forget(&people).unwrap();
    service.engine.forgotten(&people, service.now).unwrap();
    service.settle();
    assert!(service.rows(Table::Clients) <= 1, "{}", service.rows(Table::Clients));
}

#[test]
fn words_that_wait_in_a_conversation_that_is_given_up_are_told_of_in_the_next() {
    let mut service = Service::new();
    let room = service.room();
    service.flood(150, Span::from_millis(100), |number| text("help", number, "one"));
    let sealed = Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned());
    service.in_room(&room, vec![("$sealed".to_owned(), sealed)]);
    service.settle();
    assert!(service.rows(Table::Unread) > 0 && service.rows(Table::Waiting) == 1);
    // Somebody else is there when something is to be said.
    service.now = service.now.after(Span::from_millis(60_000));
    service.commit();
    let task = service.engine.ready(service.now).remove(0);
    service.engine.report(&task, Ok(Tried::Overheard), service.now).unwrap();
    service.settle();
    assert_eq!((service.rows(Table::Unread), service.rows(Table::Waiting)), (0, 0));
    let next = service.room();
    assert_ne!(next, room);
    let joined = Heard::Moved(address("sam").into(), Membership::Joined);
    service.said.clear();
    service.in_room(&next, vec![("$joined again".to_owned(), joined)]);
    service.settle();
    for what in [LeftOut::Sealed, LeftOut::Hurried] {
        let told = service.said.iter().filter(|say| **say == Say::LeftOut(what)).count();
        assert_eq!(told, 1, "{what:?}: {:?}", service.said);
    }
}
