//! Times to meet.

use lodge_counsel_core::say::{Say, ToClient, ToCounsellor};
use lodge_ground::time::{Span, Timestamp};

use crate::talk::{HOUR, START, Talk};

/// Tuesday at two in the afternoon.
const TUESDAY: Timestamp = Timestamp::from_millis(START.as_millis() + 28 * 3_600_000);

fn open() -> Talk {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk
}

#[test]
fn either_suggests_a_time_and_the_others_yes_settles_it() {
    let mut talk = open();
    assert_eq!(talk.says("sam", "time tomorrow 14:00"), ["time-passed-on"]);
    assert_eq!(talk.hears("kim"), ["counsellor-time-suggested"]);
    assert_eq!(talk.says("sam", "yes"), ["not-understood"], "not one's own");
    assert_eq!(talk.says("kim", "yes"), ["counsellor-time-agreed"]);
    assert_eq!(talk.hears_whole("sam"), [Say::from(ToClient::TimeAgreed(TUESDAY))]);

    assert_eq!(talk.says("kim", "time Wednesday 10am"), ["counsellor-time-passed-on"]);
    assert_eq!(talk.hears("sam"), ["time-suggested"]);
    assert_eq!(talk.says("sam", "yes"), ["time-agreed"]);
    assert_ne!(talk.case("sam").meeting, Some(TUESDAY));
    talk.forget();
    talk.days(1);
    talk.days(1);
    assert_eq!(talk.hears("sam"), ["reminder"], "the time that was agreed on last, and no other");
}

#[test]
fn both_are_reminded_once_and_then_the_time_is_past() {
    let mut talk = open();
    talk.types("sam", "time tomorrow 14:00");
    talk.types("kim", "yes");
    talk.forget();
    talk.until(Timestamp::from_millis(TUESDAY.as_millis() - 3_600_001));
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.until(talk.now.after(Span::from_millis(1)));
    assert_eq!(talk.hears_whole("sam"), [Say::from(ToClient::Reminder(TUESDAY))]);
    let word = talk.case("sam").word.clone();
    assert_eq!(talk.hears_whole("kim"), [Say::from(ToCounsellor::Reminder(word, TUESDAY))]);
    talk.until(talk.now.after(HOUR));
    assert_eq!((talk.case("sam").meeting, talk.hears("sam")), (None, vec![]));
    assert_eq!(talk.says("sam", "cancel time"), ["none-open"]);
}

#[test]
fn a_time_that_is_nearer_than_the_reminder_needs_none() {
    let mut talk = open();
    talk.types("sam", "time 10:30");
    talk.types("kim", "yes");
    talk.forget();
    talk.days(1);
    assert_eq!((talk.hears("sam"), talk.case("sam").meeting), (vec![], None));
}

#[test]
fn a_no_is_told_to_both_in_the_same_words() {
    for (by, other) in [("sam", "kim"), ("kim", "sam")] {
        let mut talk = open();
        talk.types(by, "time tomorrow 14:00");
        talk.forget();
        talk.types(other, "no");
        assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec!["time-declined"], vec!["counsellor-time-declined"]));
        assert_eq!((talk.case("sam").meeting, talk.case("sam").suggested.clone()), (None, None));
    }
}

#[test]
fn either_cancels_a_time() {
    for by in ["sam", "kim"] {
        let mut talk = open();
        talk.types("sam", "time tomorrow 14:00");
        talk.types("kim", "yes");
        talk.forget();
        talk.types(by, "cancel time");
        assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec!["time-cancelled"], vec!["counsellor-time-cancelled"]));
        talk.days(3);
        assert_eq!(talk.hears("sam"), [""; 0], "and nobody is reminded");
        assert_ne!(talk.says(by, "cancel time"), [""; 0]);
    }
}

#[test]
fn a_yes_to_a_time_that_has_passed_settles_nothing() {
    let mut talk = open();
    talk.types("sam", "time 10:30");
    talk.forget();
    talk.days(1);
    assert_eq!(talk.says("kim", "yes"), ["counsellor-time-how"]);
    assert_eq!((talk.case("sam").meeting, talk.hears("sam")), (None, vec![]));
    talk.types("kim", "time 10:30");
    talk.forget();
    talk.days(1);
    assert_eq!(talk.says("sam", "yes"), ["time-how"]);
}

#[test]
fn words_that_are_no_time_are_not_passed_on() {
    let mut talk = open();
    for text in ["time", "time whenever", "time yesterday", "time 9:00"] {
        assert_eq!(talk.says("sam", text), ["time-how"], "{text}");
        assert_eq!(talk.says("kim", text), ["counsellor-time-how"], "{text}");
    }
}

#[test]
fn with_several_conversations_the_case_word_says_which() {
    let mut talk = open();
    talk.opens("robin", "kim");
    let (sam, robin) = (talk.word("sam"), talk.word("robin"));
    assert_eq!(talk.says("kim", "time tomorrow 14:00"), ["counsellor-which-case"]);
    assert_eq!(talk.says("kim", &format!("time {robin} tomorrow 14:00")), ["counsellor-time-passed-on"]);
    assert_eq!((talk.hears("sam"), talk.hears("robin")), (vec![], vec!["time-suggested"]));
    talk.types("sam", "time tomorrow 15:00");
    talk.types("robin", "time tomorrow 16:00");
    talk.forget();
    assert_eq!(talk.says("kim", "yes"), ["counsellor-which-case"]);
    assert_eq!(talk.says("kim", &format!("yes {sam}")), ["counsellor-time-agreed"]);
    assert_eq!(talk.says("kim", "no"), ["asked-again", "counsellor-time-suggested"], "that was not asked last");
    assert_eq!(talk.says("kim", "no"), ["counsellor-time-declined"], "only one is left");
}
