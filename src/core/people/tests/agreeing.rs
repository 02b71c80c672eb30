//! The boundaries that everybody agrees to before they ask or are introduced.

use lodge_calendar::free::Free;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::{Party, Stage};
use lodge_core::people::member::Role;
use lodge_core::people::roster::Entry;
use lodge_core::say::{Joining, Say};
use lodge_core::time::Span;

use crate::joining::{entry, talk, these};
use crate::talk::{START, Talk, address};

#[test]
fn b01_nobody_sends_or_agrees_to_meet_before_they_agreed_to_the_boundaries() {
    let mut talk = talk();
    let newcomers = ["kim", "rey"].map(|name| Entry { address: Some(address(name)), ..entry(name, Role::Student) });
    talk.input(Input::Roster(these(newcomers.to_vec())));
    assert_eq!(talk.hears("kim"), ["welcome"]);
    talk.says("kim", "introduce @rey:example.org for career advice: May I ask how you began?");
    assert_eq!(talk.says("kim", "no"), ["preview"]);
    assert_eq!(talk.says("kim", "send"), ["agree-first"]);
    assert_eq!(talk.says("kim", "agree"), ["agreed"]);
    assert_eq!(talk.says("kim", "send"), ["sent"], "the draft is as it was");
    assert_eq!(talk.hears("rey"), ["welcome", "asked"]);
    assert_eq!(talk.says("rey", "yes"), ["agree-for-yes"]);
    assert_eq!(talk.says("rey", "no"), ["no-recorded"], "saying no takes no agreement");
    assert_eq!(talk.says("rey", "I agree"), ["agreed"]);
    assert_eq!(talk.says("rey", "yes 1"), ["yes-recorded"]);
}

/// Rey, who has not agreed to the boundaries, has a request of Sam's.
fn asked_first() -> Talk {
    let mut talk = talk();
    talk.input(Input::Roster(these(vec![Entry { address: Some(address("rey")), ..entry("rey", Role::Student) }])));
    talk.asks("sam", "rey");
    assert_eq!(talk.hears("rey"), ["welcome", "asked"]);
    talk
}

#[test]
fn b01_who_says_yes_first_agrees_to_the_boundaries_and_to_the_request_with_one_word() {
    let mut talk = asked_first();
    for yes in ["yes", "1 yes", "yes please"] {
        assert_eq!(talk.says("rey", yes), ["agree-for-yes"], "{yes}");
    }
    assert_eq!(talk.says("rey", "agree"), ["yes-recorded"]);
    assert!(matches!(talk.newest().stage, Stage::Opening { .. }));
    assert_eq!(talk.says("rey", "no"), [""; 0]);
    talk.until(talk.now.after(Span::from_days(1)));
    assert_eq!(talk.hears("rey"), ["yes-withdrawn"], "it can be taken back as any yes can");
}

#[test]
fn i02_an_agreement_is_a_yes_only_straight_after_the_words_that_say_so() {
    for why in ["something else was said since", "those words had not come", "it was taken back", "nobody said yes"] {
        let mut talk = asked_first();
        if why == "those words had not come" {
            talk.held_back = Some(vec![]);
        }
        if why != "nobody said yes" {
            assert_eq!(talk.says("rey", "yes"), ["agree-for-yes"], "{why}");
        }
        match why {
            "something else was said since" => drop(talk.says("rey", "policy")),
            "it was taken back" => drop(talk.says("sam", "withdraw")),
            _ => {}
        }
        talk.forget();
        assert_eq!(talk.says("rey", "agree"), ["agreed"], "{why}");
        assert!(!matches!(talk.newest().stage, Stage::Opening { .. }), "{why}");
    }
    let mut talk = asked_first();
    talk.says("rey", "yes");
    assert_eq!(talk.says_as("rey", "agree", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.says("rey", "yes with email"), ["agree-first"], "what they would add is said again");
    assert_eq!(talk.says("rey", "agree"), ["agreed"]);
    assert!(!matches!(talk.newest().stage, Stage::Opening { .. }));
}

/// The days, from Monday on, of the times that Rey has given with a yes.
fn days_given(talk: &Talk) -> Vec<i64> {
    const DAY: i64 = 86_400_000;
    let given = talk.newest().search.given(Party::Addressee);
    let times = given.into_iter().flat_map(Free::intervals);
    times.map(|one| (one.from.as_millis() - START.as_millis()) / DAY).collect()
}

#[test]
fn b01_times_that_stand_beside_a_yes_count_with_the_agreement() {
    let (tuesday, thursday) = (1, 3);
    for (words, times) in [
        (&["yes, tomorrow after 4"][..], vec![tuesday]),
        (&["1 yes, Tuesday at 5"], vec![tuesday]),
        (&["yes, Tue or Thu after 4", "yes"], vec![tuesday, thursday]),
        (&["yes, tomorrow after 4", "yes, Thursday after 4"], vec![thursday]),
        (&["yes", "yes, Thursday after 4"], vec![thursday]),
        (&["yes"], vec![]),
    ] {
        let mut talk = asked_first();
        for words in words {
            assert_eq!(talk.says("rey", words), ["agree-for-yes"], "{words}");
        }
        talk.says("rey", "agree");
        assert!(matches!(talk.newest().stage, Stage::Opening { .. }), "{words:?}");
        assert_eq!(days_given(&talk), times, "{words:?}");
    }
}

#[test]
fn b01_times_beside_a_yes_count_with_no_other_one() {
    // The yes that counts in the end has none.
    let mut talk = asked_first();
    assert_eq!(talk.says("rey", "yes, tomorrow after 4"), ["agree-for-yes"]);
    assert_eq!(talk.says("rey", "policy"), ["policy"]);
    assert_eq!(talk.says("rey", "agree"), ["agreed"]);
    assert_eq!(talk.says("rey", "1 yes"), ["yes-recorded"]);
    assert!(days_given(&talk).is_empty());
    // They are over when the agreement comes.
    let mut talk = asked_first();
    talk.says("rey", "yes, today after 4");
    talk.until(talk.now.after(Span::from_days(1)));
    talk.forget();
    assert_eq!(talk.says("rey", "agree"), ["yes-recorded"]);
    // They are said from a device that is not known.
    let mut talk = asked_first();
    assert_eq!(talk.says_as("rey", "yes, tomorrow after 4", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert!(days_given(&talk).is_empty());
    // The answer is no in the end.
    let mut talk = asked_first();
    talk.says("rey", "yes, tomorrow after 4");
    talk.says("rey", "no");
    assert!(days_given(&talk).is_empty());
}

#[test]
fn i07_a_yes_to_the_boundaries_is_none_to_a_request_that_waits() {
    let mut talk = talk();
    let newcomers = ["kim", "rey"].map(|name| Entry { address: Some(address(name)), ..entry(name, Role::Student) });
    talk.input(Input::Roster(these(newcomers.to_vec())));
    assert_eq!(talk.hears("kim"), ["welcome"]);
    talk.says("kim", "introduce @rey:example.org for career advice: May I ask how you began?");
    assert_eq!(talk.says("kim", "no"), ["preview"]);
    assert_eq!(talk.says("kim", "send"), ["agree-first"]);
    assert_eq!(talk.says("kim", "agree"), ["agreed"]);
    assert_eq!(talk.says("kim", "send"), ["sent"], "the draft is as it was");
    assert_eq!(talk.hears("rey"), ["welcome", "asked"]);
    assert_eq!(talk.says("rey", "boundaries"), ["boundaries-again"]);
    assert_eq!(talk.says("rey", "yes"), ["agree-first"], "the boundaries were asked about last");
    // In one go: the yes may still be about the boundaries.
    talk.held_back = Some(vec![]);
    assert_eq!(talk.says("rey", "agree"), ["agreed"]);
    assert_eq!(talk.says("rey", "yes"), ["do-you-mean"], "they are asked whether they mean the request");
    talk.show_held_back();
    assert_eq!(talk.says("rey", "yes"), ["yes-recorded"]);
}

#[test]
fn who_hears_that_a_request_waits_once_they_agreed_says_one_word() {
    let mut talk = talk();
    let newcomers = ["kim", "rey"].map(|name| Entry { address: Some(address(name)), ..entry(name, Role::Student) });
    talk.input(Input::Roster(these(newcomers.to_vec())));
    talk.says("kim", "agree");
    talk.asks("kim", "rey");
    talk.hears("rey");
    assert_eq!(talk.says("rey", "boundaries"), ["boundaries-again"]);
    assert_eq!(talk.says("rey", "agree"), ["agreed"]);
    assert_eq!(talk.says("rey", "yes"), ["yes-recorded"]);
}

#[test]
fn b01_when_the_boundaries_change_everybody_is_told_once_and_asked_again() {
    let mut talk = talk();
    talk.settings.joining.boundaries = "2".to_owned();
    for told in [vec!["boundaries-changed"], vec![]] {
        talk.input(Input::Roster(these(vec![])));
        assert_eq!(talk.hears("sam"), told);
    }
    talk.says("sam", "introduce @alex:example.org for career advice: May I ask how you began?");
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", "send"), ["agree-first"]);
    talk.says("sam", "agree");
    assert_eq!(talk.says("sam", "send"), ["sent"]);
}

#[test]
fn whoever_has_agreed_hears_the_one_next_step_that_the_service_offers() {
    for mentors in [true, false] {
        let mut talk = talk();
        talk.settings.offers.mentors = mentors;
        talk.input(Input::Roster(these(vec![Entry { address: Some(address("kim")), ..entry("kim", Role::Student) }])));
        talk.forget();
        talk.types("kim", "agree");
        let said = talk.hears_whole("kim");
        let [(_, Say::Joining(Joining::Agreed { mentors: named, .. }))] = said[..] else { panic!("{said:?}") };
        assert_eq!(named, mentors);
    }
}
