//! A member who writes more in a minute than the service allows holds up nobody else, and hears once that the porter reads on
//! later ([`lodge_matrix::pace`]).

use crate::homeserver::{EventRef, Membership};
use lodge_core::effect::Act;
use lodge_core::name::Address;
use lodge_core::say::NotTaken;
use lodge_core::say::Say;
use lodge_core::time::Span;
use lodge_ground::bounded::LeftOut;
use lodge_matrix::pace::{MINUTE, UNREAD_MAX};

use super::trial::{NOW, Trial, refused, words};
use crate::news::{Heard, News, RoomNews};
use crate::perform::{Task, What};
use crate::store::{Store, Table};

/// A response with this many messages of somebody's.
fn messages(trial: &Trial, who: &str, from: usize, count: usize) -> RoomNews {
    let sender = Address::exact(&format!("@{who}:example.org")).unwrap();
    let member = trial.engine.state().member_at(&sender).unwrap().id;
    let message = |number: usize| {
        let text = words(sender.clone(), "help");
        News { event: EventRef(format!("${who}{number}")), at: NOW, heard: Heard::Text(text) }
    };
    RoomNews { room: trial.room(member), gap: None, news: (from..from + count).map(message).collect() }
}

fn answers(trial: &mut Trial) -> Vec<Say> {
    trial.done.clear();
    trial.settle();
    let said = |done: &What| if let What::Say { say, .. } = done { Some(say.clone()) } else { None };
    trial.done.iter().filter_map(said).collect()
}

fn helps(said: &[Say]) -> usize {
    said.iter().filter(|say| matches!(say, Say::Help { .. })).count()
}

fn unread(trial: &Trial) -> usize {
    trial.store.load(Table::Unread).unwrap().len()
}

#[test]
fn who_writes_a_thousand_messages_in_a_minute_holds_up_nobody_else() {
    let mut trial = Trial::new();
    for batch in 0..20 {
        let (flood, other) = (messages(&trial, "sam", batch * 50, 50), messages(&trial, "alex", batch, 1));
        trial.deliver(vec![flood, other], vec![]);
        let tasks = trial.tasks();
        let to_alex: Vec<&Task> = tasks.iter().filter(|task| said_to(task, "alex")).collect();
        assert_eq!((to_alex.len(), tasks.len() <= 2), (1, true), "{tasks:#?}");
        for task in &tasks {
            trial.succeed(task);
        }
    }
    assert_eq!(answers(&mut trial).len(), 60 + 1 - 20);
}

fn said_to(task: &Task, who: &str) -> bool {
    matches!(&task.what, What::Say { to, .. } if to.iter().any(|to| to.local() == who))
}

#[test]
fn what_is_beyond_a_minutes_reading_is_read_in_the_minutes_that_follow() {
    let mut trial = Trial::new();
    let flood = messages(&trial, "sam", 0, 2000);
    trial.deliver(vec![flood], vec![]);
    let said = answers(&mut trial);
    assert_eq!(helps(&said), 60);
    assert_eq!(said.iter().filter(|say| **say == Say::Hurried).count(), 1);
    assert_eq!(unread(&trial), UNREAD_MAX);
    assert_eq!(trial.engine.next_wake(), Some(NOW.after(MINUTE)));
    trial.engine.tick(NOW.after(Span::from_millis(59_999))).unwrap();
    assert_eq!(answers(&mut trial), []);
    trial.engine.tick(NOW.after(MINUTE)).unwrap();
    let said = answers(&mut trial);
    assert_eq!((said.len(), helps(&said), unread(&trial)), (60, 60, UNREAD_MAX - 60));
    trial.restart();
    trial.nothing_new();
    trial.engine.tick(NOW.after(MINUTE)).unwrap();
    let said = answers(&mut trial);
    assert_eq!((said.len(), helps(&said), unread(&trial)), (60, 60, UNREAD_MAX - 120));
}

#[test]
fn whose_words_were_left_out_hears_of_it_when_the_others_are_read() {
    let mut trial = Trial::new();
    let flood = messages(&trial, "sam", 0, 60 + UNREAD_MAX + 5);
    trial.deliver(vec![flood], vec![]);
    answers(&mut trial);
    trial.restart();
    trial.nothing_new();
    let (mut now, mut said) = (NOW, Vec::new());
    while unread(&trial) > 0 {
        assert!(!said.contains(&Say::NotTaken(NotTaken::LeftOut(LeftOut::Hurried))), "there is more to be read");
        now = now.after(MINUTE);
        trial.engine.tick(now).unwrap();
        said = answers(&mut trial);
    }
    assert_eq!(said.last(), Some(&Say::NotTaken(NotTaken::LeftOut(LeftOut::Hurried))));
    assert_eq!(helps(&said), UNREAD_MAX % 60);
    now = now.after(MINUTE);
    trial.engine.tick(now).unwrap();
    assert_eq!(answers(&mut trial), []);
}

#[test]
fn what_is_kept_goes_with_whoever_wrote_it() {
    let mut trial = Trial::new();
    let (sam, flood) = (trial.sam(), messages(&trial, "sam", 0, 100));
    trial.deliver(vec![flood], vec![]);
    trial.settle();
    assert!(unread(&trial) > 0 && trial.tables_of(sam).contains(&Table::Unread));
    trial.step(vec![(9, &[], Act::Forget(sam))], &[]);
    trial.settle();
    trial.store.forget(&[sam].into()).unwrap();
    trial.engine.forgotten(&[sam].into(), NOW).unwrap();
    trial.commit();
    trial.engine.tick(NOW.after(MINUTE)).unwrap();
    trial.settle();
    assert_eq!((trial.tables_of(sam), unread(&trial)), (vec![], 0));
}

#[test]
fn i02_words_that_wait_in_a_conversation_that_is_given_up_are_told_of_in_the_next() {
    let mut trial = Trial::new();
    let (sam, room) = (trial.sam(), trial.room(trial.sam()));
    let flood = messages(&trial, "sam", 0, 100);
    trial.deliver(vec![flood], vec![]);
    trial.hear(&room, Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned()));
    trial.settle();
    trial.step(vec![(1, &[sam], Act::Tell(sam, Say::Elsewhere))], &[]);
    let telling = trial.tasks().into_iter().find(|task| said_to(task, "sam")).unwrap();
    trial.report(&telling, refused("M_FORBIDDEN"));
    trial.settle();
    assert_eq!((unread(&trial), trial.engine.hearing.without_key()), (0, 0));
    let address = Address::exact("@sam:example.org").unwrap();
    let next = trial.room(sam);
    assert_ne!(next, room);
    trial.done.clear();
    trial.hear(&next, Heard::Moved(address.into(), Membership::Joined));
    let said = answers(&mut trial);
    for what in [LeftOut::Sealed, LeftOut::Hurried] {
        let told = said.iter().filter(|say| **say == Say::NotTaken(NotTaken::LeftOut(what))).count();
        assert_eq!(told, 1, "{what:?} in {said:?}");
    }
}
