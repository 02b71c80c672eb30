//! Words as people say them: with marks, greetings and courtesies around them, by a name or a link.

use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::{Side, Stage};
use lodge_core::name::Address;
use lodge_core::say::{Aside, Ending, Say};
use lodge_core::time::Span;

use super::talk::{Talk, address, settings};

/// The answer to somebody who was asked by Sam and writes this.
fn asked(text: &str) -> Vec<&'static str> {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    talk.says("alex", text)
}

fn first(text: &str) -> Vec<&'static str> {
    Talk::new().says("sam", text)
}

#[test]
fn marks_around_a_word_are_no_part_of_it() {
    for text in [
        "\u{201c}Yes\u{201d}",
        "yes\u{2026}",
        "Yes \u{2014} happy to",
        "yes\u{2014}happy to",
        "\u{ab} yes \u{bb}",
        "The porter: yes",
        "@porter: yes",
        "Hi porter, yes please",
        "Hi, yes \u{1f60a}",
        "**yes**",
    ] {
        assert_eq!(asked(text), ["yes-recorded"], "{text}");
    }
    for text in ["no\u{2026}", "Porter, no thank you", "Hello, no thanks"] {
        assert_eq!(asked(text), ["no-recorded"], "{text}");
    }
    for text in [
        "**introduce** @alex:example.org",
        "introduce: @alex:example.org",
        "introduce \u{201c}@alex:example.org\u{201d}",
        "Introduce \u{2014} @alex:example.org",
        "Hi porter, please introduce me to @alex:example.org",
        "Good morning, could you please introduce me to @alex:example.org?",
        "Hello there! I would like to meet @alex:example.org, please",
    ] {
        assert_eq!(first(text), ["ask-purpose"], "{text}");
    }
    for (text, id) in [
        ("my data please", "my-data"),
        ("could I see my data, please?", "my-data"),
        ("policy please", "policy"),
        ("**requests**", "requests"),
        ("help me please", "help"),
        ("?", "help"),
        ("??", "help"),
        ("Please show me help", "help"),
        ("mentors in museums please", "mentors-none"),
        ("forget me please", "forget-ask"),
        ("**ask staff**: may I come by?", "staff-asked"),
    ] {
        let heard = first(text);
        assert!(heard.first().is_some_and(|one| one.starts_with(id)), "{text}: {heard:?}");
    }
}

#[test]
fn courtesy_never_makes_a_consent_out_of_a_question() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: May I ask how you began?");
    talk.says("sam", "no");
    for text in ["could you send it?", "can you send it for me?", "may I send it?", "I want to send it later"] {
        assert_eq!(talk.says("sam", text), ["draft-waits"], "{text}");
    }
    assert_eq!(talk.says("sam", "send it please"), ["sent"]);
    for text in ["can you say yes?", "would you agree?", "ok please", "please", "may I say yes?"] {
        assert!(!asked(text).contains(&"yes-recorded"), "{text}");
    }
}

#[test]
fn a_person_is_named_by_an_id_a_link_or_a_mention_whatever_is_asked() {
    let links = [
        "@alex:example.org",
        "@Alex:Example.org.",
        "<https://matrix.to/#/@alex:example.org>",
        "https://matrix.to/#/%40alex%3Aexample.org?via=example.org",
        "matrix:u/alex:example.org?action=chat",
        "[Alex Reed](https://matrix.to/#/@alex:example.org)",
        "@alex",
    ];
    for link in links {
        assert_eq!(first(&format!("introduce me to {link} for career advice")), ["ask-known-how"], "{link}");
        assert_eq!(first(&format!("please block {link}")), ["block-recorded"], "{link}");
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        assert_eq!(talk.says("sam", &format!("withdraw {link}")), [""; 0], "{link}: it is being taken back");
        assert!(talk.stage(talk.newest().id).clone() != Stage::Waiting(Side::Asked), "{link}");
        let mut talk = Talk::new();
        talk.says("sam", "introduce");
        assert_eq!(talk.says("sam", link), ["ask-purpose"], "{link}");
    }
    for text in ["block Alex Reed", "Please block Alex Reed, thanks", "I want to block Alex"] {
        let mut talk = Talk::new();
        assert_eq!(mentioning(&mut talk, text, address("alex")), ["block-recorded"], "{text}");
    }
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    assert_eq!(mentioning(&mut talk, "withdraw Alex Reed", address("alex")), [""; 0]);
    assert_eq!(settings().porter, address("porter"));
    let mut talk = Talk::new();
    assert_eq!(mentioning(&mut talk, "The porter: help", address("porter")), ["help"]);
}

fn mentioning(talk: &mut Talk, text: &str, who: Address) -> Vec<&'static str> {
    let sam = talk.id("sam");
    let Input::Said(said) = talk.said(sam, text, Reply::None, Proof::Proven) else { unreachable!() };
    talk.input(Input::Said(said.mentioning(vec![who])));
    talk.hears("sam")
}

#[test]
fn blocking_and_reporting_are_as_easy_as_a_yes() {
    for text in
        ["block", "please block", "block this person", "please block them", "block sam", "Please block Sam, thanks"]
    {
        assert_eq!(asked(text), ["block-recorded"], "{text}");
    }
    for text in ["please report this", "report this please", "I want to report this", "I\u{2019}d like to report this"]
    {
        assert_eq!(asked(text), ["report-recorded"], "{text}");
    }
    for text in ["block noor", "how do I block someone?", "block someone"] {
        assert_eq!(asked(text), ["block-whom"], "{text}");
    }
    assert_eq!(first("block Sam Reed"), ["block-whom"]);
}

#[test]
fn withdrawing_is_as_easy_as_sending() {
    for text in [
        "withdraw",
        "please withdraw",
        "withdraw please",
        "withdraw my request",
        "I want to withdraw",
        "please take it back",
        "take it back please",
        "take back my request",
        "withdraw alex",
        "Withdraw\u{2026}",
    ] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("sam", text);
        assert!(*talk.stage(talk.newest().id) != Stage::Waiting(Side::Asked), "{text}");
    }
    for text in ["cancel", "please cancel", "cancel my request"] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        assert_eq!(talk.says("sam", text), ["withdraw-instead"], "{text}");
    }
    assert_eq!(first("cancel"), ["no-draft"]);
}

#[test]
fn one_of_several_with_the_same_person_is_chosen_and_each_says_what_it_is() {
    let mut talk = Talk::new();
    talk.settings.limits.cooldown = Span::from_millis(0);
    let arranged = talk.meet("sam", "alex");
    talk.forget();
    let waiting = talk.asks("sam", "alex");
    talk.forget();
    talk.types("sam", "withdraw @alex:example.org");
    let heard = talk.hears_whole("sam");
    let [(_, Say::Ending(Ending::WhichToWithdraw { matters }))] = &heard[..] else { panic!("{heard:?}") };
    let lines: Vec<String> = matters.iter().map(|matter| format!("{:?}", matter.stands)).collect();
    assert_eq!(matters.len(), 2);
    assert_ne!(lines[0], lines[1], "they can be told apart");
    talk.says("sam", "withdraw 2");
    assert!(matches!(talk.stage(waiting), Stage::Ended { .. }));
    assert!(matches!(talk.stage(arranged), Stage::Met { .. }), "the other goes on");
}

#[test]
fn only_who_speaks_of_deleting_or_leaving_is_offered_to_be_forgotten() {
    let offered = |talk: &mut Talk, name: &str, text: &str| {
        talk.forget();
        talk.types(name, text);
        let said = talk.hears_whole(name);
        let [(_, Say::Aside(Aside::StopWhat { leave, .. }))] = said[..] else { panic!("{text}: {said:?}") };
        leave
    };
    for text in ["not now", "perhaps later", "not today", "leave me alone", "oops", "wait", "not interested"] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        assert!(!offered(&mut talk, "alex", text), "asked: {text}");
        assert!(!offered(&mut talk, "noor", text), "with nothing open: {text}");
        talk.says("noor", "stop everything");
        assert!(!offered(&mut talk, "noor", text), "shown the list: {text}");
    }
    for text in ["unsubscribe", "opt out", "I want out", "take me off your list", "opt me out", "remove me", "quit"] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        assert!(offered(&mut talk, "alex", text) && offered(&mut talk, "noor", text), "{text}");
    }
}
