//! The bounds on everything that people can make grow: they make a million of each kind of thing where one costs
//! little; otherwise so many that the bound is passed many times over. `docs/running.md` says what each bound is.
//!
//! Looked at are rows and bytes in the store, and what a start reads of them.

use lodge_core::audit::Noted;
use lodge_core::id::IntroductionId;
use lodge_core::introduction::{Introduction, Outcome, Stage};
use lodge_core::mark::Mark;
use lodge_core::name::Address;
use lodge_core::step::Step;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::pace::{UNREAD_BYTES_MAX, UNREAD_MAX};
use lodge_matrix::seen::SEEN_MAX;
use lodge_matrix::waiting::{WAITING_BYTES_MAX, WAITING_MAX};

use super::trial::{NOW, Trial, words};
use crate::audit::{Entry, Head, verify_from};
use crate::homeserver::EventRef;
use crate::news::{Cipher, Delivery, Heard, News, RoomNews, Text};
use crate::store::{Memory, Store, Table};
use crate::tables::{self, AuditHead, AuditKept};

/// The number of events in one response.
const IN_ONE: usize = 1000;

/// The bytes of a row beside somebody's words.
const ROW: usize = 500;

fn rows(store: &Memory, table: Table) -> usize {
    store.load(table).unwrap().len()
}

fn bytes(store: &Memory) -> usize {
    Table::ALL.into_iter().flat_map(|table| store.load(table).unwrap()).map(|row| row.value.len()).sum()
}

fn sam() -> Address {
    Address::exact("@sam:example.org").unwrap()
}

/// So many events of Sam's come, `IN_ONE` at a time, each time `apart` after the last; `meanwhile` looks after each.
fn flood(
    trial: &mut Trial,
    count: usize,
    apart: Span,
    mut heard: impl FnMut(usize) -> Heard,
    mut meanwhile: impl FnMut(&mut Trial, Timestamp),
) -> Timestamp {
    let (room, mut now) = (trial.room(trial.sam()), NOW);
    let mut number = 0;
    while number < count {
        let news = |number: usize, heard: Heard| News { event: EventRef(format!("$flood{number}")), at: now, heard };
        let end = count.min(number + IN_ONE);
        let news = (number..end).map(|number| news(number, heard(number))).collect();
        let rooms = vec![RoomNews { room: room.clone(), gap: None, news }];
        let delivery = Delivery { token: format!("flood{end}"), rooms, invitations: vec![] };
        trial.engine.deliver(delivery, now).unwrap();
        trial.engine.tick(now).unwrap();
        let batch = trial.engine.take_batch().unwrap();
        trial.store.commit(&batch).unwrap();
        trial.engine.committed();
        meanwhile(trial, now);
        (number, now) = (end, now.after(apart));
    }
    now
}

fn text(body: &str, number: usize, session: &str) -> Heard {
    let index = u32::try_from(number).unwrap();
    Heard::Text(Text { cipher: Some(Cipher { session: session.to_owned(), index }), ..words(sam(), body) })
}

#[test]
fn a_million_messages_that_nobody_can_read() {
    for (count, size) in [(1_000_000, 10), (20_000, 40_000)] {
        let mut trial = Trial::new();
        let before = bytes(&trial.store);
        let sealed = format!(r#"{{"sender":"@sam:example.org","content":{{"ciphertext":"{}"}}}}"#, "x".repeat(size));
        flood(&mut trial, count, Span::from_millis(1000), |_| Heard::Sealed(sealed.clone()), |_, _| {});
        assert!(rows(&trial.store, Table::Waiting) <= WAITING_MAX);
        assert!(rows(&trial.store, Table::Seen) <= SEEN_MAX + 10);
        let most = WAITING_BYTES_MAX * 11 / 10 + (WAITING_MAX + SEEN_MAX) * ROW;
        assert!(bytes(&trial.store) - before < most, "{}", bytes(&trial.store) - before);
        trial.restart();
        assert!(trial.engine.hearing.sealed().count() <= WAITING_MAX);
        assert!(trial.engine.hearing.events() <= SEEN_MAX + 10);
    }
}

#[test]
fn a_million_messages_in_a_few_minutes() {
    let mut trial = Trial::new();
    let before = bytes(&trial.store);
    let apart = Span::from_millis(100);
    flood(&mut trial, 1_000_000, apart, |number| text("policy", number, "one"), |trial, _| trial.settle());
    assert!(rows(&trial.store, Table::Unread) <= UNREAD_MAX);
    assert!(rows(&trial.store, Table::Seen) <= SEEN_MAX + 10);
    assert!(rows(&trial.store, Table::Outbox) <= 10, "{}", rows(&trial.store, Table::Outbox));
    assert!(bytes(&trial.store) - before < UNREAD_BYTES_MAX + (UNREAD_MAX + SEEN_MAX) * ROW);
    trial.restart();
    assert!(trial.engine.hearing.unread() <= UNREAD_MAX);
}

/// Each costs a preview or a page, so there are fewer: for more than a day and a half at the allowed rate.
#[test]
fn a_hundred_thousand_messages_that_are_answered_with_details() {
    let mut trial = Trial::new();
    trial.show_all();
    let minute = Span::from_millis(60_000);
    // As many as are read in a minute.
    let (count, a_minute) = (100_000, 60);
    let begin = ["agree", "introduce @alex:example.org for career advice: How did you begin?", "no", "send"];
    let mut sent = 0;
    let mut now = NOW;
    while sent < count {
        let room = trial.room(trial.sam());
        let news = (sent..sent + a_minute).map(|number| {
            let body = begin.get(number).copied().unwrap_or(if number % 2 == 0 { "my data" } else { "again" });
            News { event: EventRef(format!("$said{number}")), at: now, heard: text(body, number, "one") }
        });
        let rooms = vec![RoomNews { room, gap: None, news: news.collect() }];
        let delivery = Delivery { token: format!("said{sent}"), rooms, invitations: vec![] };
        trial.engine.deliver(delivery, now).unwrap();
        trial.engine.tick(now).unwrap();
        trial.settle();
        trial.show_all();
        trial.done.clear();
        (sent, now) = (sent + a_minute, now.after(minute));
    }
    assert!(rows(&trial.store, Table::Asked) <= 1000, "{}", rows(&trial.store, Table::Asked));
    assert!(bytes(&trial.store) < 4_000_000, "{}", bytes(&trial.store));
    trial.restart();
    assert!(trial.engine.said.len() <= 1000);
}

/// Each new session is looked for among all, so there are fewer: ten times as many as are known of one member.
#[test]
fn eighty_thousand_sessions() {
    let mut trial = Trial::new();
    let before = bytes(&trial.store);
    let heard = |number: usize| text("policy", number, &format!("session{number}"));
    flood(&mut trial, 80_000, Span::from_millis(100), heard, |trial, _| trial.settle());
    assert!(rows(&trial.store, Table::Ciphers) <= 2048, "{}", rows(&trial.store, Table::Ciphers));
    assert!(bytes(&trial.store) - before < 5_000_000, "{}", bytes(&trial.store) - before);
}

#[test]
fn a_million_entries_of_the_audit_log() {
    let mut trial = Trial::new();
    let hour = Span::from_millis(3_600_000);
    let id = IntroductionId::from_bytes([7; 16]);
    let mut now = NOW;
    for number in 0..1_000_000 {
        let noted = vec![Noted::BothInvited(id)];
        trial.keep(Step { noted, ..Step::default() }, now);
        if number % 24 == 0 {
            trial.engine.tick(now).unwrap();
            let batch = trial.engine.take_batch().unwrap();
            trial.store.commit(&batch).unwrap();
            trial.engine.committed();
        }
        now = now.after(hour);
    }
    trial.engine.tick(now).unwrap();
    trial.commit();
    // An entry an hour for three years, and as much as one part of the log more.
    assert!(rows(&trial.store, Table::Audit) <= 1095 * 24 + 1000 + 24, "{}", rows(&trial.store, Table::Audit));
    let entries: Vec<Entry> = tables::load(&trial.store).unwrap();
    let singles = trial.store.load(Table::Singles).unwrap();
    let kept: AuditKept = tables::single(&singles).unwrap().unwrap();
    let head: AuditHead = tables::single(&singles).unwrap().unwrap();
    assert!(head.audit.number >= 1_000_000 && kept.audit_kept.parts.len() < 100);
    assert_eq!(verify_from(kept.audit_kept.before, &entries, head.audit), Ok(head.audit));
    assert!(verify_from(Head::default(), &entries, head.audit).is_err());
}

#[test]
fn twenty_thousand_introductions_that_ended_and_a_million_marks() {
    let mut trial = Trial::new();
    trial.show_all();
    for (number, body) in
        ["agree", "introduce @alex:example.org for career advice: Hello.", "no", "send"].iter().enumerate()
    {
        let room = trial.room(trial.sam());
        trial.hear(&room, text(body, number, "one"));
        trial.settle();
        trial.show_all();
    }
    let introduction = trial.engine.state().introductions().next().expect("it was sent").clone();
    let ended = Stage::Ended { outcome: Outcome::NoIntroduction, at: NOW };
    let like = |number: u32| {
        let id = IntroductionId::from_bytes([[9; 12].as_slice(), &number.to_be_bytes()].concat().try_into().unwrap());
        Introduction { id, stage: ended.clone(), shown: [].into(), ..introduction.clone() }
    };
    let mut batch: Vec<_> = (0..20_000).map(|number| tables::put(&like(number)).unwrap()).collect();
    for number in 0..1_000_000_u32 {
        let id = serde_json::to_value([&[3; 12][..], &number.to_be_bytes()].concat()).unwrap();
        let mark: Mark = serde_json::from_value(serde_json::json!({ "id": id, "until": NOW })).unwrap();
        batch.push(tables::put(&mark).unwrap());
    }
    trial.store.commit(&batch).unwrap();
    drop(batch);
    trial.restart();
    trial.engine.tick(NOW).unwrap();
    trial.commit();
    assert_eq!((rows(&trial.store, Table::Introductions), rows(&trial.store, Table::Marks)), (20_001, 1));
    let over = NOW.after(Span::from_days(730));
    for _ in 0..=20_000 / 500 {
        trial.engine.tick(over).unwrap();
        let batch = trial.engine.take_batch().unwrap();
        assert!(batch.len() < 3000, "so much at a time: {}", batch.len());
        trial.store.commit(&batch).unwrap();
        trial.engine.committed();
    }
    assert!(rows(&trial.store, Table::Introductions) <= 1, "what has not ended for so long is kept");
    trial.restart();
    assert!(trial.engine.state().introductions().count() <= 1);
}
