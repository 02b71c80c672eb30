//! A client is forgotten at any time, and nobody learns why.

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::say::{Say, ToClient};
use lodge_counsel_core::state::State;

use crate::talk::{Talk, address};

/// Says "forget me now", does what follows, and looks that nothing of them is left.
fn forgets(talk: &mut Talk) -> Vec<Act> {
    talk.forget();
    let sam = talk.id("sam");
    assert_eq!(talk.says("sam", "forget me"), ["forget-how"]);
    assert_eq!(talk.says("sam", "forget me now"), ["forgetting"]);
    assert_eq!(talk.says("sam", "yes"), [""; 0], "nothing is said to somebody who is being forgotten");
    let done = talk.perform();
    assert!(done.contains(&Act::Forget(sam)));
    assert_nothing_of(&talk.state, sam);
    done
}

pub fn assert_nothing_of(state: &State, client: lodge_counsel_core::id::PersonId) {
    assert!(state.client(client).is_none());
    assert!(state.cases().all(|case| case.client != client));
    for timer in state.timers() {
        assert!(timer.wait.case().is_none_or(|id| state.case(id).is_some()), "{timer:?}");
        assert_ne!(timer.wait, lodge_counsel_core::state::Wait::Stranger(client));
    }
}

#[test]
fn before_anything_was_asked() {
    for before in [&[][..], &["yes"], &["yes", "1"], &["yes", "1", "A line"]] {
        let mut talk = Talk::new();
        talk.visits("sam");
        for text in before {
            talk.types("sam", text);
        }
        forgets(&mut talk);
        assert_eq!((talk.hears("kim"), talk.state.timers().count()), (vec![], 0));
        assert_eq!(talk.visits("sam"), ["terms"], "and they can come again");
    }
}

#[test]
fn while_counsellors_are_asked() {
    let mut talk = Talk::new();
    talk.asks("sam");
    forgets(&mut talk);
    assert_eq!((talk.hears("kim"), talk.hears("lee")), (vec!["counsellor-taken"], vec!["counsellor-taken"]));
}

#[test]
fn while_the_room_is_on_its_way() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    talk.perform();
    let done = forgets(&mut talk);
    assert_eq!(talk.hears("kim"), ["counsellor-over"]);
    assert!(done.iter().any(|act| matches!(act, Act::Leave(..))));
    // And before there is one.
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    let done = forgets(&mut talk);
    assert!(done.iter().all(|act| !matches!(act, Act::Invite(..))), "{done:?}");
    assert!(done.iter().any(|act| matches!(act, Act::Leave(..))), "the empty room is left");
}

#[test]
fn while_it_is_open_being_closed_or_closed() {
    for (before, heard) in [
        (&[][..], vec!["counsellor-over"]),
        (&[("sam", "close")], vec!["counsellor-over"]),
        (&[("sam", "close"), ("sam", "left"), ("kim", "left")], vec![]),
    ] {
        let mut talk = Talk::new();
        talk.opens("sam", "kim");
        for (who, text) in before {
            talk.types(who, text);
        }
        forgets(&mut talk);
        assert_eq!(talk.hears("kim"), heard, "{before:?}");
        assert_eq!(talk.state.timers().count(), 0);
        assert_eq!(talk.says("kim", "cases"), ["counsellor-cases"]);
    }
}

#[test]
fn somebody_whose_last_case_came_to_nothing_is_forgotten_too() {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    let sam = talk.id("sam");
    for (who, text) in [("sam", "close"), ("sam", "left"), ("kim", "left")] {
        talk.types(who, text);
    }
    talk.days(89);
    for text in ["hello", "1", "skip"] {
        talk.types("sam", text);
    }
    talk.types("kim", "claim");
    talk.perform();
    talk.days(2);
    assert_eq!(talk.state.cases().count(), 1, "what was closed is erased, and the other is on its way");
    talk.days(2);
    assert_eq!(talk.state.cases().count(), 0);
    talk.days(91);
    talk.perform();
    assert_nothing_of(&talk.state, sam);
}

#[test]
fn a_counsellor_whose_client_is_forgotten_has_room_for_another() {
    let mut talk = Talk::new();
    talk.name(&["kim"]);
    talk.types("kim", "capacity 1");
    talk.opens("sam", "kim");
    talk.asks("robin");
    forgets(&mut talk);
    assert_eq!(talk.hears("kim"), ["counsellor-over", "counsellor-offer"]);
}

#[test]
fn their_data_is_all_that_is_kept_and_nothing_of_others() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    for text in ["kim", "My next step", "no"] {
        talk.types("sam", text);
    }
    talk.opens("robin", "lee");
    talk.forget();
    talk.types("sam", "my data");
    let [Say::Client(ToClient::Data(json))] = &talk.hears_whole("sam")[..] else { panic!() };
    for part in ["@sam:example.org", "My next step", "Kim Example", &talk.word("sam"), "\"edition\": \"1\"", "w1"] {
        assert!(json.contains(part), "{part} is not in {json}");
    }
    for part in ["robin", "Lee"] {
        assert!(!json.contains(part), "{part} is in {json}");
    }
    talk.types("sam", "withdraw");
    talk.types("sam", "hello");
    talk.types("sam", "1");
    talk.types("sam", "Another step");
    talk.forget();
    talk.types("sam", "data");
    let [Say::Client(ToClient::Data(json)), _] = &talk.hears_whole("sam")[..] else { panic!() };
    assert!(json.contains("Another step"), "{json}");
    assert_eq!(talk.state.person_at(&address("sam")), Some(talk.id("sam")));
}
