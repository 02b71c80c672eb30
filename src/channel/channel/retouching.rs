//! Messages that their writer edits or takes away: the first words count, and those that are taken away before they were read do
//! not.

use crate::homeserver::EventRef;
use crate::news::Retouched;
use lodge_core::name::Address;
use lodge_core::say::{NotTaken, Say, Unchanged};
use lodge_core::time::Span;
use lodge_matrix::homeserver::RoomRef;

use super::trial::{self, NOW, Trial};
use crate::news::Heard;
use crate::perform::What;

fn address(who: &str) -> Address {
    Address::exact(&format!("@{who}:example.org")).unwrap()
}

/// Sam writes this, from a ciphertext of its own.
fn says(trial: &mut Trial, body: &str) -> EventRef {
    let room = trial.room(trial.sam());
    let event = trial.hear(&room, Heard::Text(trial::words(address("sam"), body)));
    trial.settle();
    trial.show_all();
    event
}

fn retouches(trial: &mut Trial, by: &str, message: &EventRef, heard: fn(Retouched) -> Heard) {
    let room = trial.room(trial.sam());
    trial.hear(&room, heard(Retouched { by: address(by), message: message.clone() }));
    trial.settle();
}

fn said(trial: &Trial, which: fn(&Say) -> bool) -> usize {
    trial.done.iter().filter(|done| matches!(done, What::Say { say, .. } if which(say))).count()
}

#[test]
fn i07_whoever_edits_their_message_hears_what_stands_and_nobody_else_does() {
    let mut trial = Trial::new();
    trial.show_all();
    let unread = says(&mut trial, "hullo there");
    says(&mut trial, "agree");
    let draft = says(&mut trial, "introduce @alex:example.org for career advice");
    trial.done.clear();
    retouches(&mut trial, "alex", &draft, Heard::Edited);
    assert!(trial.done.is_empty(), "{:?}", trial.done);
    retouches(&mut trial, "sam", &draft, Heard::Edited);
    assert_eq!(said(&trial, |say| *say == Unchanged::Draft { gone: false }.into()), 1);
    retouches(&mut trial, "sam", &unread, Heard::Edited);
    assert_eq!(said(&trial, |say| *say == Unchanged::Nothing.into()), 1);
    retouches(&mut trial, "sam", &draft, Heard::Redacted);
    assert_eq!(said(&trial, |say| *say == Unchanged::Draft { gone: true }.into()), 1);
    retouches(&mut trial, "sam", &unread, Heard::Redacted);
    assert_eq!(said(&trial, |_| true), 3, "words that counted for nothing can go");
}

#[test]
fn what_is_taken_away_before_it_was_read_is_never_read() {
    let mut trial = Trial::new();
    trial.show_all();
    says(&mut trial, "agree");
    trial.done.clear();
    let room = trial.room(trial.sam());
    let sealed = trial.hear(&room, Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned()));
    retouches(&mut trial, "sam", &sealed, Heard::Redacted);
    assert_eq!(trial.engine.hearing.sealed().count(), 0);
    let help = || Heard::Text(trial::words(address("sam"), "help"));
    let mut last = trial.hear(&room, help());
    for _ in 0..100 {
        last = trial.hear(&room, help());
    }
    trial.settle();
    let read = said(&trial, |say| matches!(say, Say::Help { .. }));
    assert!(read < 101, "the last is not read yet");
    retouches(&mut trial, "sam", &last, Heard::Redacted);
    trial.commit();
    trial.restart();
    for minute in 1..20 {
        let later = NOW.after(Span::from_millis(60_000 * minute));
        trial.engine.tick(later).unwrap();
        trial.settle();
    }
    assert_eq!(said(&trial, |say| matches!(say, Say::Help { .. })), 100);
}

#[test]
fn whoever_goes_on_editing_a_message_hears_once_what_stands_until_they_write_something_new() {
    let mut trial = Trial::new();
    trial.show_all();
    let messages = [says(&mut trial, "hullo there"), says(&mut trial, "is anybody in?")];
    trial.done.clear();
    for (_, message) in (0..500).zip(messages.iter().cycle()) {
        retouches(&mut trial, "sam", message, Heard::Edited);
    }
    assert_eq!(said(&trial, |say| *say == Unchanged::Nothing.into()), 2, "one answer about each");
    says(&mut trial, "agree");
    let draft = says(&mut trial, "introduce @alex:example.org for career advice");
    let of_draft = |trial: &Trial| said(trial, |say| *say == Unchanged::Draft { gone: false }.into());
    for _ in 0..5 {
        retouches(&mut trial, "sam", &draft, Heard::Edited);
    }
    assert_eq!(of_draft(&trial), 1);
    says(&mut trial, "cancel");
    trial.done.clear();
    retouches(&mut trial, "sam", &draft, Heard::Edited);
    assert_eq!(said(&trial, |say| *say == Unchanged::Nothing.into()), 1, "it is another thing that stands now");
}

#[test]
fn nobody_is_answered_for_edits_without_end() {
    let mut trial = Trial::new();
    trial.show_all();
    says(&mut trial, "hullo there");
    trial.done.clear();
    for number in 0..500 {
        retouches(&mut trial, "sam", &EventRef(format!("$long-ago-{number}")), Heard::Edited);
    }
    let answers = said(&trial, |_| true);
    assert!((1..=30).contains(&answers), "{answers}");
}

#[test]
fn whoever_sends_something_without_words_hears_once_an_hour_that_it_was_not_counted() {
    let mut trial = Trial::new();
    let (room, said_so) =
        (trial.room(trial.sam()), |say: &Say| matches!(say, Say::NotTaken(NotTaken::Wordless { .. })));
    trial.done.clear();
    trial.hear(&room, Heard::Wordless(address("alex")));
    trial.hear(&RoomRef("!elsewhere".to_owned()), Heard::Wordless(address("sam")));
    trial.settle();
    assert!(trial.done.is_empty(), "{:?}", trial.done);
    for _ in 0..100 {
        trial.hear(&room, Heard::Wordless(address("sam")));
        trial.settle();
    }
    assert_eq!((said(&trial, said_so), said(&trial, |_| true)), (1, 1));
    let news = vec![crate::news::News {
        event: EventRef("$later".to_owned()),
        at: NOW,
        heard: Heard::Wordless(address("sam")),
    }];
    let rooms = vec![crate::news::RoomNews { room, gap: None, news }];
    let later = crate::news::Delivery { token: "later".to_owned(), rooms, invitations: vec![] };
    trial.engine.deliver(later, NOW.after(Span::from_millis(3_600_000))).unwrap();
    trial.settle();
    assert_eq!(said(&trial, said_so), 2);
}
