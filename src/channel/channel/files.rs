//! Files for a member: no words wait for one, it comes after the words that it belongs to, and it is taken back like them.

use lodge_core::effect::{Act, Lane};
use lodge_core::say::{Arranging, Say};
use serde_json::json;

use super::Fault;
use super::trial::{NOW, Trial, effect, event_of, is_in, refused, unknown};
use crate::homeserver::{CallError, Called, Membership, Refusal};
use crate::news::Heard;
use crate::perform::{Task, Tried, What};

/// A file for Alex, with Sam's details in it.
fn file(trial: &Trial) -> Say {
    let of = json!({
        "of": trial.sam(), "to": trial.alex(), "introduction": "0".repeat(32), "consent": "0".repeat(32), "fields": [],
    });
    let entry = json!({
        "introduction": "0".repeat(32), "with": { "from": of }, "at": NOW, "minutes": 30, "takes_place": true,
        "change": 0, "told": NOW, "service": "Careers", "porter": "@porter:example.org", "zone": "Europe/London",
    });
    serde_json::from_value(json!({ "arranging": { "calendar": entry } })).unwrap()
}

/// Alex is to be sent a file, by the effect of this number.
fn send(trial: &mut Trial, number: u8) {
    let act = Act::Tell(trial.alex(), file(trial));
    trial.step(vec![(number, &[trial.sam(), trial.alex()], act)], &[]);
}

fn is_file(task: &Task) -> bool {
    matches!(&task.what, What::Say { say, .. } if say.is_file())
}

fn too_large() -> Called<Tried> {
    Err(CallError::Refused { why: Refusal::NoFile { code: "M_FORBIDDEN".to_owned() } })
}

#[test]
fn a_file_waits_for_the_words_before_it_and_no_words_wait_for_a_file() {
    let mut trial = Trial::new();
    trial.tell(1);
    send(&mut trial, 2);
    let words = trial.task();
    assert!(is_in(&words, Lane::Conversation(trial.alex())), "{words:#?}");
    trial.succeed(&words);
    let sent = trial.task();
    assert!(is_file(&sent) && is_in(&sent, Lane::Files(trial.alex())), "{sent:#?}");
    for outcome in [unknown(), Err(CallError::Limited { retry_after_ms: 5000 })] {
        trial.report(&sent, outcome);
    }
    trial.tell(3);
    let words = trial.task();
    assert!(!is_file(&words), "{words:#?}");
    trial.succeed(&words);
}

#[test]
fn a_restart_between_the_words_and_the_file_loses_neither_and_says_neither_twice() {
    let mut trial = Trial::new();
    trial.tell(1);
    send(&mut trial, 2);
    let words = trial.task();
    trial.succeed(&words);
    let sent = trial.task();
    assert!(is_file(&sent), "{sent:#?}");
    trial.commit();
    trial.restart();
    assert_eq!(trial.tasks(), []);
    trial.nothing_new();
    let again = trial.task();
    assert_eq!((again.id, &again.what, again.uncertain), (effect(2), &sent.what, true));
    trial.hear(&trial.room(trial.alex()), Heard::Own(effect(2)));
    assert!(trial.is_idle(), "{:#?}", trial.engine.outbox());
}

#[test]
fn a_file_that_the_homeserver_does_not_take_is_given_up_and_its_reader_hears_of_it_there() {
    let mut trial = Trial::new();
    let room = trial.room(trial.alex());
    send(&mut trial, 1);
    let sent = trial.task();
    let fault = trial.report(&sent, too_large());
    let why = "it takes no such file: M_FORBIDDEN".to_owned();
    assert_eq!(fault, Some(Fault::Refused { effect: effect(1), why }));
    let instead = trial.task();
    let What::Say { room: there, say, .. } = &instead.what else { panic!("other words") };
    assert_eq!((there, say), (&room, &Arranging::NoCalendar.into()));
    trial.succeed(&instead);
    assert!(trial.is_idle());
}

#[test]
fn notes_that_cannot_come_as_a_file_come_in_words_and_a_picture_that_cannot_be_sent_is_not_missed() {
    let say = |of: serde_json::Value| serde_json::from_value::<Say>(json!({ "notes": of })).unwrap();
    let line = json!({ "number": 3, "at": NOW, "about": null, "question": null, "words": "Ask about Mondays." });
    let file = say(json!({ "file": { "days": [{ "at": NOW, "lines": [line] }], "at": NOW } }));
    let words = say(json!({ "export": { "lines": [line], "at": NOW } }));
    let map = say(json!({ "map": { "lines": [{ "number": 1, "list": "know", "words": "an aunt in law" }] } }));
    for (sent, right) in [(file, Some(words)), (map, None)] {
        let mut trial = Trial::new();
        let act = Act::Tell(trial.alex(), sent);
        trial.step(vec![(1, &[trial.alex()], act)], &[]);
        let sent = trial.task();
        assert!(is_file(&sent) && trial.report(&sent, too_large()).is_some(), "{sent:#?}");
        if let Some(right) = right {
            let instead = trial.task();
            assert!(matches!(&instead.what, What::Say { say, .. } if *say == right), "{instead:#?}");
            trial.succeed(&instead);
        }
        assert!(trial.is_idle());
    }
}

#[test]
fn a_file_is_taken_back_where_it_was_sent() {
    let mut trial = Trial::new();
    send(&mut trial, 1);
    trial.settle();
    let place = (trial.room(trial.alex()), event_of(effect(1)));
    trial.take_back(1);
    assert_eq!(trial.task().what, What::TakeBack(Some(place)));
}

#[test]
fn a_file_finds_the_conversation_that_takes_the_place_of_one_that_was_given_up() {
    for with_words in [false, true] {
        let mut trial = Trial::new();
        let alex = trial.engine.state().member(trial.alex()).unwrap().person.address.clone();
        send(&mut trial, 1);
        let sent = trial.task();
        // The porter has no place in the room any more.
        trial.report(&sent, refused("M_FORBIDDEN"));
        if with_words {
            trial.tell(2);
        }
        trial.settle();
        let room = trial.room(trial.alex());
        trial.hear(&room, Heard::Moved(alex.into(), Membership::Joined));
        trial.settle();
        let made = trial.done.iter().filter(|done| matches!(done, What::Create(_))).count();
        let last = trial.done.last().cloned();
        assert_eq!(made, 1, "{:#?}", trial.done);
        assert!(matches!(last, Some(What::Say { room: there, say, .. }) if there == room && say.is_file()));
        assert!(trial.is_idle(), "with words: {with_words} {:#?}", trial.engine.outbox());
    }
}
