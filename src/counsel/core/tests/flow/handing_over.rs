//! Somebody else goes on with it, if the client says so.

use lodge_counsel_core::case::Stage;
use lodge_counsel_core::say::{Say, ToClient, ToCounsellor};

use crate::talk::Talk;

fn open() -> Talk {
    let mut talk = Talk::new();
    talk.agrees("sam");
    for text in ["1", "My next step", "yes"] {
        talk.types("sam", text);
    }
    talk.meets("sam", "kim");
    talk
}

fn asked(talk: &mut Talk) -> Option<String> {
    let told = talk.hears_whole("sam");
    let [Say::Client(ToClient::AskHandover { to, .. })] = &told[..] else { panic!("{told:?}") };
    to.clone()
}

#[test]
fn a18_the_client_is_asked_first_and_nothing_that_was_said_is_carried_over() {
    let mut talk = open();
    assert_eq!(talk.says("kim", "hand over to Lee"), ["counsellor-handover-asked"]);
    assert_eq!(asked(&mut talk).as_deref(), Some("Lee Example"));
    assert_eq!(talk.hears("lee"), [""; 0], "nobody else knows of it");
    assert_eq!(talk.says("sam", "yes"), ["closing", "asking"]);
    assert_eq!(talk.hears("kim"), ["counsellor-closing"]);
    let [Say::Counsellor(ToCounsellor::Offer { about, only, .. })] = &talk.hears_whole("lee")[..] else { panic!() };
    assert_eq!((about, *only), (&None, true));
    talk.meets("sam", "lee");
    assert_eq!(talk.case("sam").about, None);
    assert_eq!(talk.state.cases().count(), 2);
}

#[test]
fn without_a_name_anybody_but_the_one_who_hands_over_is_asked() {
    let mut talk = open();
    talk.types("kim", "hand over");
    assert_eq!(asked(&mut talk), None);
    talk.types("sam", "yes");
    talk.types("kim", "left");
    assert!(!talk.hears("kim").contains(&"counsellor-offer"));
    assert_eq!(talk.hears("lee"), ["counsellor-offer"]);
}

#[test]
fn a_no_and_no_answer_leave_it_as_it_is() {
    for answers in [true, false] {
        let mut talk = open();
        talk.types("kim", "hand over");
        talk.forget();
        if answers {
            talk.types("sam", "no");
        } else {
            talk.days(3);
        }
        assert_eq!(talk.hears("kim"), ["counsellor-handover-declined"]);
        assert_eq!(talk.hears("sam"), ["handover-declined"]);
        assert_eq!(talk.hears("lee"), [""; 0]);
        assert!(matches!(talk.case("sam").stage, Stage::Open { .. }));
    }
}

#[test]
fn a18_when_a_counsellor_is_not_named_any_more_all_their_clients_are_asked_in_the_same_words() {
    let mut handed = open();
    handed.types("kim", "hand over");
    let as_usual = handed.hears_whole("sam");

    let mut talk = open();
    talk.opens("robin", "kim");
    talk.opens("alex", "lee");
    talk.name(&["lee"]);
    assert_eq!(talk.hears_whole("sam"), as_usual);
    assert_eq!(talk.hears_whole("robin"), as_usual);
    assert_eq!(talk.hears("alex"), [""; 0]);
    assert_eq!(talk.hears("kim"), [""; 0]);
    assert_eq!(talk.says("sam", "yes"), ["closing", "asking"]);
    assert_eq!(talk.says("robin", "no"), ["closing"], "with somebody who has gone it cannot stay as it is");
}

#[test]
fn a_client_of_one_who_has_gone_and_who_never_answers_is_let_go_too() {
    let mut talk = open();
    let id = talk.case("sam").id;
    talk.name(&["lee"]);
    talk.forget();
    talk.days(3);
    assert_eq!(talk.hears("sam"), ["closing"]);
    talk.days(8);
    assert!(matches!(talk.state.case(id).unwrap().stage, Stage::Closed { .. }));
}

#[test]
fn one_who_has_gone_can_take_nothing() {
    let mut talk = Talk::new();
    let word = talk.asks("sam");
    talk.forget();
    talk.name(&["lee"]);
    assert_eq!(talk.hears("kim"), ["counsellor-taken"]);
    assert_eq!(talk.says("kim", &format!("claim {word}")), ["counsellor-taken"]);
    assert_eq!(talk.says("lee", "claim"), ["counsellor-claimed"]);
}

#[test]
fn whoever_waits_for_one_who_has_gone_is_told_at_once() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.types("sam", "kim");
    talk.types("sam", "skip");
    talk.forget();
    talk.name(&["lee"]);
    assert_eq!(talk.hears("sam"), ["nobody"]);
    // The room was on its way.
    talk.types("sam", "hello");
    talk.types("sam", "lee");
    talk.types("sam", "skip");
    talk.types("lee", "claim");
    talk.perform();
    talk.forget();
    talk.name(&["kim"]);
    assert_eq!(talk.hears("sam"), ["not-opened"]);
}

#[test]
fn a_yes_means_the_one_thing_that_was_asked_last() {
    let mut talk = open();
    talk.types("sam", "time tomorrow 14:00");
    talk.types("kim", "hand over");
    talk.forget();
    assert_eq!(talk.says("kim", "yes"), ["counsellor-no-such-case"]);
    assert_eq!(talk.says("kim", "time tomorrow 15:00"), ["counsellor-handover-asked"]);
    assert_eq!(talk.hears("sam"), [""; 0]);
    assert_eq!(talk.says("sam", "time tomorrow 15:00"), ["ask-handover"]);
    assert_eq!(talk.says("sam", "no"), ["handover-declined"]);
    assert_eq!(talk.says("sam", "yes"), ["not-understood"], "it is answered");
}

#[test]
fn names_that_nobody_has_are_said_and_a_short_name_is_no_case_word() {
    let mut talk = open();
    assert_eq!(talk.says("kim", "hand over to Robin"), ["counsellor-no-such-counsellor"]);
    assert_eq!(talk.says("kim", "hand over to Kim"), ["counsellor-no-such-counsellor"], "not to oneself");
    talk.name(&["kim", "robin"]);
    talk.forget();
    assert_eq!(talk.says("kim", "hand over Robin"), ["counsellor-handover-asked"]);
    assert_eq!(asked(&mut talk).as_deref(), Some("Robin Example"));
    talk.name(&["kim"]);
    talk.forget();
    assert_eq!(talk.says("kim", "hand over"), ["counsellor-no-such-counsellor"], "there is nobody else");
}

#[test]
fn one_who_goes_before_the_yes_comes_is_not_asked() {
    let mut talk = open();
    talk.types("kim", "hand over to Lee");
    talk.forget();
    talk.name(&["kim"]);
    assert_eq!(talk.says("sam", "yes"), ["closing", "ask-whom"]);
}
