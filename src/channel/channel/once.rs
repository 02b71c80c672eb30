//! A word counts once ([`lodge_matrix::hearing`]), as members see it.

use super::Fault;
use crate::homeserver::EventRef;
use crate::news::Text;
use lodge_core::effect::Act;
use lodge_core::id::MemberId;
use lodge_core::input::Proof;
use lodge_core::say::Say;
use lodge_core::time::Span;

use super::trial::{self, NOW, Trial};
use crate::news::{Delivery, Heard, News, RoomNews};
use crate::perform::What;
use crate::store::{Store as _, Table};

fn words(trial: &mut Trial, member: MemberId, body: &str) -> Text {
    let sender = trial.engine.engine.address(member).unwrap();
    Text { cipher: Some(trial.encrypt()), ..trial::words(sender, body) }
}

/// These come in Sam's conversation, in one response.
fn come(trial: &mut Trial, all: &[(&str, Heard)]) {
    let room = trial.room(trial.sam());
    let news =
        |(event, heard): &(&str, Heard)| News { event: EventRef((*event).to_owned()), at: NOW, heard: heard.clone() };
    let news = all.iter().map(news).collect();
    trial.deliver(vec![RoomNews { room, gap: None, news }], vec![]);
}

/// The key of a message has come.
fn opens(trial: &mut Trial, event: &str, text: &Text) {
    let news = News { event: EventRef(event.to_owned()), at: NOW, heard: Heard::Text(text.clone()) };
    trial.engine.unsealed(news, NOW).unwrap();
}

fn sealed() -> Heard {
    Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned())
}

/// The number of answers to Sam so far.
fn answers(trial: &mut Trial) -> usize {
    trial.settle();
    trial.done.iter().filter(|done| matches!(done, What::Say { say: Say::Help { .. }, .. })).count()
}

fn told(trial: &mut Trial) -> Vec<Fault> {
    trial.engine.take_faults()
}

#[test]
fn the_same_ciphertext_under_two_ids_counts_once_in_one_response_or_in_two() {
    for at_once in [true, false] {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let help = Heard::Text(words(&mut trial, sam, "help"));
        if at_once {
            come(&mut trial, &[("$one", help.clone()), ("$two", help.clone())]);
        } else {
            come(&mut trial, &[("$one", help.clone())]);
            come(&mut trial, &[("$two", help.clone())]);
        }
        assert_eq!(answers(&mut trial), 1, "at once: {at_once}");
        assert_eq!(told(&mut trial), [Fault::Copied { member: sam, times: 1 }]);
        come(&mut trial, &[("$two", help.clone()), ("$three", help.clone()), ("$four", help)]);
        assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![Fault::Copied { member: sam, times: 2 }]));
        let other = Heard::Text(words(&mut trial, sam, "help"));
        come(&mut trial, &[("$five", other)]);
        assert_eq!((answers(&mut trial), told(&mut trial)), (2, vec![]), "the same words said again are no copy");
    }
}

#[test]
fn a_restart_changes_nothing_and_what_was_not_committed_was_not_heard() {
    let mut trial = Trial::new();
    let sam = trial.sam();
    let help = Heard::Text(words(&mut trial, sam, "help"));
    come(&mut trial, &[("$one", help.clone())]);
    trial.restart();
    assert_eq!(answers(&mut trial), 0, "it was lost with the process, and comes again");
    come(&mut trial, &[("$one", help.clone())]);
    assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![]));
    trial.restart();
    come(&mut trial, &[("$two", help)]);
    assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![Fault::Copied { member: sam, times: 1 }]));
}

#[test]
fn of_two_copies_whose_key_comes_late_whichever_is_read_first_counts() {
    for late in [["$one", "$two"], ["$two", "$one"]] {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let help = words(&mut trial, sam, "help");
        come(&mut trial, &[("$one", sealed()), ("$two", sealed())]);
        for event in late {
            opens(&mut trial, event, &help);
        }
        assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![Fault::Copied { member: sam, times: 1 }]));
        trial.restart();
        come(&mut trial, &[("$three", Heard::Text(help))]);
        assert_eq!(answers(&mut trial), 1);
    }
    let mut trial = Trial::new();
    let sam = trial.sam();
    let help = words(&mut trial, sam, "help");
    come(&mut trial, &[("$one", sealed()), ("$two", Heard::Text(help.clone()))]);
    trial.settle();
    trial.restart();
    opens(&mut trial, "$one", &help);
    assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![Fault::Copied { member: sam, times: 1 }]));
}

#[test]
fn words_that_are_put_aside_are_heard_when_they_are_put_aside() {
    let mut trial = Trial::new();
    let sam = trial.sam();
    let flood: Vec<_> = (0..61).map(|_| Heard::Text(words(&mut trial, sam, "help"))).collect();
    let events: Vec<String> = (0..61).map(|number| format!("$flood{number}")).collect();
    let all: Vec<_> = events.iter().map(String::as_str).zip(flood.iter().cloned()).collect();
    come(&mut trial, &all);
    come(&mut trial, &[("$copy", flood[60].clone())]);
    assert_eq!((answers(&mut trial), told(&mut trial)), (60, vec![Fault::Copied { member: sam, times: 1 }]));
    trial.restart();
    come(&mut trial, &[("$again", flood[60].clone())]);
    trial.engine.tick(NOW.after(Span::from_millis(60_000))).unwrap();
    assert_eq!(answers(&mut trial), 61, "it is read, and once");
}

#[test]
fn where_conversations_are_encrypted_words_from_no_known_ciphertext_are_tied_to_nobody() {
    let mut trial = Trial::new();
    let (sam, own) = (trial.sam(), trial.room(trial.sam()));
    let mut text = words(&mut trial, sam, "forget me now");
    text.cipher = None;
    // Not by way of the trial, which encrypts everything.
    let news = vec![News { event: EventRef("$clear".to_owned()), at: NOW, heard: Heard::Text(text) }];
    let rooms = vec![RoomNews { room: own, gap: None, news }];
    trial.engine.deliver(Delivery { token: "clear".to_owned(), rooms, invitations: vec![] }, NOW).unwrap();
    trial.settle();
    let said: Vec<_> = trial.done.iter().collect();
    assert!(matches!(said.as_slice(), [What::Say { say: Say::DeviceUnknown, .. }]), "{said:?}");
}

#[test]
fn what_nobody_can_tie_to_a_device_is_not_tied_to_one_by_coming_again() {
    let mut trial = Trial::new();
    let sam = trial.sam();
    let text = words(&mut trial, sam, "forget me now");
    come(&mut trial, &[("$one", Heard::Text(Text { proof: Proof::Unproven, ..text.clone() }))]);
    trial.settle();
    come(&mut trial, &[("$two", Heard::Text(text))]);
    trial.settle();
    let said: Vec<_> = trial.done.iter().collect();
    assert!(matches!(said.as_slice(), [What::Say { say: Say::DeviceUnknown, .. }]), "{said:?}");
}

#[test]
fn somebody_elses_words_in_a_conversation_use_up_none_of_its_members() {
    let mut trial = Trial::new();
    let (sam, alex) = (trial.sam(), trial.alex());
    let help = words(&mut trial, sam, "help");
    let sender = trial.engine.engine.address(alex).unwrap();
    come(&mut trial, &[("$one", Heard::Text(Text { sender, ..help.clone() })), ("$two", Heard::Text(help))]);
    assert_eq!((answers(&mut trial), told(&mut trial)), (1, vec![]));
}

#[test]
fn what_was_heard_of_somebody_goes_with_them() {
    let mut trial = Trial::new();
    let sam = trial.sam();
    let help = Heard::Text(words(&mut trial, sam, "help"));
    come(&mut trial, &[("$one", help)]);
    trial.settle();
    assert!(trial.tables_of(sam).contains(&Table::Ciphers));
    trial.step(vec![(9, &[], Act::Forget(sam))], &[]);
    trial.settle();
    trial.store.forget(&[sam].into()).unwrap();
    trial.engine.forgotten(&[sam].into(), NOW).unwrap();
    trial.commit();
    assert_eq!(trial.tables_of(sam), []);
}
