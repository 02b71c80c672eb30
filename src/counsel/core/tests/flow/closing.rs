//! The end of a case, and the erasure of everything about it in time.

use lodge_counsel_core::case::Stage;
use lodge_counsel_core::say::{Say, ToClient};
use lodge_ground::time::Span;

use crate::talk::{Talk, address};

fn open() -> Talk {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk
}

#[test]
fn either_closes_and_both_are_asked_to_leave() {
    for (by, own) in [("sam", true), ("kim", false)] {
        let mut talk = open();
        let until = talk.now.after(talk.settings.leave_within);
        talk.types(by, "close");
        assert_eq!(talk.hears_whole("sam"), [Say::from(ToClient::Closing { own, until })]);
        assert_eq!(talk.hears("kim"), ["counsellor-closing"]);
        assert_eq!(talk.says("sam", "I have left"), ["left"]);
        assert_eq!(talk.says("sam", "left"), ["none-open"]);
        assert_eq!(talk.says("kim", "left"), ["counsellor-left"]);
        talk.days(20);
        assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec![], vec![]), "nobody is left behind");
    }
}

#[test]
fn who_has_left_learns_that_the_room_is_there_while_the_other_has_not() {
    for (leaves, told) in [("sam", "still-there"), ("kim", "counsellor-still-there")] {
        let mut talk = open();
        talk.types("sam", "close");
        talk.types(leaves, "left");
        talk.forget();
        talk.days(8);
        let heard = [talk.hears("sam"), talk.hears("kim")].concat();
        assert_eq!(heard, [told]);
    }
    let mut talk = open();
    talk.types("sam", "close");
    talk.forget();
    talk.days(8);
    assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec![], vec![]));
}

#[test]
fn what_is_kept_of_it_is_erased_in_time_and_both_are_told_before() {
    let mut talk = open();
    let sam = talk.id("sam");
    talk.types("sam", "close");
    talk.types("sam", "left");
    talk.types("kim", "left");
    talk.forget();
    let erased = talk.now.after(talk.settings.keep_closed);
    talk.days(82);
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.days(2);
    assert_eq!(talk.hears_whole("sam"), [Say::from(ToClient::ErasureSoon(erased))]);
    assert_eq!(talk.hears("kim"), ["counsellor-erasure-soon"]);
    assert_eq!(talk.state.cases().count(), 1);
    talk.days(7);
    assert_eq!(talk.state.cases().count(), 0);
    assert!(talk.state.client(sam).unwrap().forgetting);
    talk.perform();
    assert_eq!((talk.state.person_at(&address("sam")), talk.state.timers().count()), (None, 0));
    assert_eq!(talk.hears("kim"), [""; 0]);
}

#[test]
fn c09_with_another_conversation_going_on_only_the_closed_one_is_erased() {
    let mut talk = open();
    talk.types("sam", "close");
    talk.types("sam", "left");
    talk.types("kim", "left");
    talk.forget();
    assert_eq!(talk.says("sam", "hello"), ["help", "ask-whom"]);
    talk.types("sam", "lee");
    talk.types("sam", "skip");
    talk.meets("sam", "lee");
    talk.days(91);
    assert_eq!(talk.state.cases().count(), 1);
    assert!(matches!(talk.case("sam").stage, Stage::Open { .. }));
    assert_eq!(talk.says("sam", "close"), ["erasure-soon", "closing"]);
}

#[test]
fn somebody_who_is_asking_anew_is_not_forgotten_in_the_middle_of_it() {
    let mut talk = open();
    talk.types("sam", "close");
    talk.types("sam", "left");
    talk.types("kim", "left");
    talk.days(89);
    talk.types("sam", "hello");
    talk.days(2);
    talk.forget();
    assert_eq!(talk.state.cases().count(), 0, "the case is erased all the same");
    assert_eq!(talk.says("sam", "1"), ["ask-about"]);
}

#[test]
fn a_closed_case_keeps_no_line() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    for text in ["1", "My next step", "yes"] {
        talk.types("sam", text);
    }
    talk.meets("sam", "kim");
    let id = talk.case("sam").id;
    for (who, text) in [("sam", "close"), ("sam", "left"), ("kim", "left")] {
        talk.types(who, text);
    }
    let case = talk.state.case(id).unwrap();
    assert!(matches!(case.stage, Stage::Closed { .. }) && case.about.is_none());
}

#[test]
fn several_rooms_that_are_being_closed_are_left_one_after_another() {
    let mut talk = open();
    talk.types("sam", "close");
    talk.types("sam", "hello");
    talk.types("sam", "lee");
    talk.types("sam", "skip");
    talk.meets("sam", "lee");
    talk.types("sam", "close");
    talk.forget();
    assert_eq!(talk.says("sam", "left"), ["left"]);
    assert_eq!(talk.says("sam", "left"), ["left"]);
    assert_eq!(talk.says("sam", "left"), ["none-open"]);
    talk.now = talk.now.after(Span::from_millis(1));
    talk.types("kim", "left");
    talk.types("lee", "left");
    assert_eq!(talk.state.cases().filter(|case| matches!(case.stage, Stage::Closed { .. })).count(), 2);
}
