//! Somebody comes: the terms, with whom, what about.

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::input::{Input, Retouch};
use lodge_counsel_core::say::{Say, TermsStanding, ToClient};
use lodge_counsel_core::state::Wait;
use lodge_ground::name::Address;
use lodge_ground::proof::{DeviceWord, Proof};
use lodge_ground::time::Span;

use crate::talk::{START, Talk};

#[test]
fn c10_nothing_is_asked_before_the_terms_have_their_yes() {
    let mut talk = Talk::new();
    assert_eq!(talk.visits("sam"), ["terms"]);
    for text in ["I feel stuck", "1", "skip", "time tomorrow 14:00"] {
        let heard = talk.says("sam", text);
        assert!(heard == ["terms-first"] || heard == ["none-open", "terms-first"], "{text}: {heard:?}");
    }
    assert_eq!(talk.state.cases().count(), 0);
    assert_eq!(talk.says("sam", "Yes, please."), ["ask-whom"]);
    let agreed = talk.state.client(talk.id("sam")).unwrap().agreed.clone().unwrap();
    assert_eq!((agreed.edition.as_str(), agreed.wording.as_str(), agreed.at), ("1", "w1", START));
}

#[test]
fn c10_the_terms_say_what_holds_and_what_to_do_in_an_emergency() {
    let mut talk = Talk::new();
    talk.visits("sam");
    talk.types("sam", "terms");
    let settings = talk.settings.clone();
    assert_eq!(
        talk.hears_whole("sam"),
        [Say::from(ToClient::Terms {
            within: settings.claim_within,
            keep: settings.keep_closed,
            emergency: settings.emergency,
            standing: TermsStanding::New,
        })]
    );
}

#[test]
fn a_no_to_the_terms_costs_nothing_and_they_are_forgotten() {
    let mut talk = Talk::new();
    talk.visits("sam");
    assert_eq!(talk.says("sam", "no, thanks"), ["not-now"]);
    talk.days(6);
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.perform();
    assert_eq!(talk.state.timers().count(), 0);
    assert!(talk.state.person_at(&crate::talk::address("sam")).is_none());
}

#[test]
fn somebody_who_said_no_can_come_back() {
    let mut talk = Talk::new();
    talk.visits("sam");
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", "yes"), ["terms"]);
    assert_eq!(talk.says("sam", "yes"), ["ask-whom"]);
}

#[test]
fn whoever_writes_from_time_to_time_is_not_forgotten_before_their_last_word_is_old() {
    let mut talk = Talk::new();
    talk.visits("sam");
    talk.days(4);
    talk.types("sam", "hm");
    talk.days(4);
    assert!(!talk.state.client(talk.id("sam")).unwrap().forgetting);
    talk.days(2);
    assert!(talk.state.client(talk.id("sam")).unwrap().forgetting);
}

#[test]
fn somebody_who_agreed_and_never_asked_is_forgotten_after_the_same_time_as_a_case() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.days(89);
    assert!(!talk.state.client(talk.id("sam")).unwrap().forgetting);
    talk.days(2);
    talk.perform();
    assert!(talk.state.person_at(&crate::talk::address("sam")).is_none());
}

#[test]
fn another_edition_of_the_terms_is_agreed_to_before_the_next_conversation_only() {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk.settings.terms = "2".to_owned();
    // An open conversation goes on, and nothing is mistaken for an answer to the terms.
    assert_eq!(talk.says("sam", "terms"), ["terms"]);
    talk.types("kim", "time tomorrow 14:00");
    talk.forget();
    assert_eq!(talk.says("sam", "yes"), ["time-agreed"]);
    talk.types("sam", "close");
    talk.types("sam", "left");
    talk.forget();
    talk.types("sam", "I would like to talk again");
    let [Say::Client(ToClient::Terms { standing, .. })] = &talk.hears_whole("sam")[..] else { panic!() };
    assert_eq!(*standing, TermsStanding::Changed);
    assert_eq!(talk.says("sam", "yes"), ["ask-whom"]);
}

#[test]
fn terms_that_change_while_somebody_is_asking_come_first() {
    for before in [&[][..], &["1"], &["1", "A line"]] {
        for now in ["1", "yes", "no", "skip", "A line"] {
            let mut talk = Talk::new();
            talk.agrees("sam");
            for text in before {
                talk.types("sam", text);
            }
            talk.forget();
            talk.settings.terms = "2".to_owned();
            assert_eq!(talk.says("sam", now), ["terms"], "{before:?} {now}");
            assert_eq!(talk.state.cases().count(), 0);
        }
    }
}

#[test]
fn a_yes_to_terms_that_changed_before_it_came_is_no_yes() {
    let mut talk = Talk::new();
    talk.visits("sam");
    talk.settings.terms = "2".to_owned();
    assert_eq!(talk.says("sam", "yes"), ["terms"]);
    assert!(talk.state.client(talk.id("sam")).unwrap().agreed.is_none());
}

#[test]
fn reading_the_terms_again_interrupts_nothing() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    assert_eq!(talk.says("sam", "terms"), ["terms", "ask-whom"]);
    assert_eq!(talk.says("sam", "Kim"), ["ask-about"]);
    assert_eq!(talk.says("sam", "terms"), ["terms", "ask-about"]);
    assert_eq!(talk.says("sam", "help"), ["help", "ask-about"]);
    assert_eq!(talk.says("sam", "My next step"), ["ask-showing"]);
    assert_eq!(talk.says("sam", "help"), ["help", "ask-showing"]);
    assert_eq!(talk.says("sam", "yes"), ["asking"]);
}

#[test]
fn with_whom_is_answered_by_number_or_name() {
    for (text, whom) in [
        ("1", None),
        ("anybody", None),
        ("2", Some("Kim Example")),
        ("3.", Some("Lee Example")),
        ("lee", Some("Lee Example")),
        ("Kim Example", Some("Kim Example")),
    ] {
        let mut talk = Talk::new();
        talk.agrees("sam");
        talk.types("sam", text);
        let asked = Say::from(ToClient::AskAbout { whom: whom.map(str::to_owned) });
        assert_eq!(talk.hears_whole("sam"), [asked], "{text}");
    }
    for text in ["0", "4", "Example", "Robin", "-1", "99999999999999999999", "yes"] {
        let mut talk = Talk::new();
        talk.agrees("sam");
        assert_eq!(talk.says("sam", text), ["not-one-of-them"], "{text}");
    }
}

#[test]
fn a_line_may_begin_with_any_word_and_is_not_too_long() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.types("sam", "1");
    talk.forget();
    assert_eq!(talk.says("sam", "yes"), ["ask-about"]);
    assert_eq!(talk.says("sam", &"long ".repeat(100)), ["line-too-long"]);
    talk.types("sam", "time: where does it go?");
    assert_eq!(talk.hears_whole("sam"), [Say::from(ToClient::AskShowing("time: where does it go?".to_owned()))]);
    assert_eq!(talk.says("sam", "maybe"), ["ask-showing"]);
}

#[test]
fn whoever_stops_in_the_middle_of_asking_is_asked_nothing_more() {
    for before in [&[][..], &["1"], &["1", "A line"]] {
        let mut talk = Talk::new();
        talk.agrees("sam");
        for text in before {
            talk.types("sam", text);
        }
        talk.forget();
        assert_eq!(talk.says("sam", "withdraw"), ["taken-back"], "{before:?}");
        assert_eq!(talk.says("sam", "1"), ["ask-whom"], "the next words begin afresh");
    }
}

#[test]
fn a_service_without_counsellors_says_so() {
    let mut talk = Talk::new();
    talk.name(&[]);
    talk.visits("sam");
    assert_eq!(talk.says("sam", "yes"), ["nobody-here"]);
}

#[test]
fn only_people_of_the_services_own_servers_are_answered() {
    let mut talk = Talk::new();
    for (who, answered) in
        [("@sam:other.example", true), ("@sam:strange.example", false), ("@quiet:example.org", false)]
    {
        talk.input(Input::Visited(Address::exact(who).unwrap()));
        assert_eq!(talk.last.effects.len(), usize::from(answered), "{who}");
    }
    assert_eq!(talk.state.timers().filter(|timer| matches!(timer.wait, Wait::Stranger(_))).count(), 1);
}

#[test]
fn a_device_that_cannot_be_tied_to_them_answers_nothing() {
    let mut talk = Talk::new();
    talk.visits("sam");
    for text in ["yes", "1", "forget me now", "A line"] {
        talk.types_as("sam", text, Proof::Unproven);
        assert_eq!(talk.hears("sam"), ["device-unknown"], "{text}");
    }
    talk.types_as("sam", "help", Proof::Unproven);
    assert_eq!(talk.hears("sam"), ["help", "terms"]);
    talk.asks("robin");
    talk.types_as("kim", "claim", Proof::Unproven);
    assert_eq!(talk.hears("kim"), ["counsellor-offer", "device-unknown"]);
}

/// The code that somebody reads on a device that is not known.
fn code(talk: &mut Talk, name: &str, text: &str) -> String {
    talk.types_as(name, text, Proof::Unconfirmed);
    let new =
        |act: &Act| if let Act::Tell(_, Say::DeviceNew { code, .. }) = act { Some(code.to_string()) } else { None };
    let new = talk.last.effects.iter().find_map(|effect| new(&effect.act));
    assert_eq!(talk.hears(name).last(), Some(&"device-new"), "{text}");
    new.unwrap()
}

#[test]
fn i07_a_device_that_is_not_known_gives_nothing_until_one_that_is_vouches_for_it() {
    let mut talk = Talk::new();
    talk.visits("sam");
    for text in ["yes", "1", "A line", "no", "my data"] {
        code(&mut talk, "sam", text);
    }
    let new = code(&mut talk, "sam", "my new device");
    assert!(talk.last.devices.iter().any(|(_, word)| matches!(word, DeviceWord::Waits(_))));
    code(&mut talk, "sam", &format!("my new device {new}"));
    talk.types("sam", "my new device ZZZZ");
    assert_eq!((talk.hears("sam"), talk.last.devices.len()), (vec!["device-code-unknown"], 0));
    talk.types("sam", "my new device");
    assert_eq!(talk.hears("sam"), ["device-how"]);
    talk.types("sam", &format!("my new device {new}"));
    assert_eq!(talk.hears("sam"), ["device-confirmed", "device-once-more", "terms"]);
    assert!(talk.last.devices.iter().any(|(_, word)| matches!(word, DeviceWord::IsTheirs(_))));
    talk.asks("robin");
    code(&mut talk, "kim", "claim");
    // Somebody who has no other device any more can still be forgotten, and begin again.
    talk.types_as("sam", "forget me now", Proof::Unconfirmed);
    assert_eq!(talk.hears("sam"), ["forgetting"]);
}

#[test]
fn words_that_could_not_be_read_are_asked_for_again() {
    let mut talk = Talk::new();
    talk.visits("sam");
    let sam = talk.id("sam");
    talk.input(Input::Unreadable(sam));
    assert_eq!(talk.hears("sam"), ["unreadable"]);
    talk.types("sam", "forget me now");
    talk.forget();
    talk.input(Input::Unreadable(sam));
    assert!(talk.last.effects.is_empty(), "nothing is said to somebody who is being forgotten");
}

#[test]
fn whoever_edits_or_takes_away_a_message_hears_that_their_first_words_stand() {
    let mut talk = Talk::new();
    talk.visits("sam");
    let (sam, kim) = (talk.id("sam"), talk.id("kim"));
    let told = |talk: &mut Talk, who: &str, how| {
        let person = talk.id(who);
        talk.input(Input::Retouched(person, how));
        talk.hears(who)
    };
    talk.hears("sam");
    for how in [Retouch::Edit, Retouch::Redaction] {
        assert_eq!(told(&mut talk, "sam", how), ["first-words-stand", "terms"], "{how:?}");
    }
    assert_eq!(talk.says("sam", "no"), ["not-now"]);
    assert_eq!(told(&mut talk, "sam", Retouch::Redaction), [""; 0], "nothing came of anything they wrote");
    assert_eq!(told(&mut talk, "kim", Retouch::Edit), ["first-words-stand"]);
    assert_eq!(told(&mut talk, "kim", Retouch::Redaction), [""; 0]);
    talk.says("sam", "forget me now");
    talk.input(Input::Retouched(sam, Retouch::Edit));
    assert!(talk.last.effects.is_empty(), "nothing is said to somebody who is being forgotten");
    talk.input(Input::Retouched(kim, Retouch::Edit));
    assert!(!talk.last.effects.is_empty());
}

#[test]
fn whoever_sends_something_without_words_hears_so_and_is_asked_once_more() {
    let mut talk = Talk::new();
    talk.visits("sam");
    let (sam, kim) = (talk.id("sam"), talk.id("kim"));
    talk.hears("sam");
    talk.input(Input::Wordless(sam));
    assert_eq!(talk.hears("sam"), ["wordless", "terms"]);
    talk.input(Input::Wordless(kim));
    assert_eq!(talk.hears("kim"), ["wordless"]);
    talk.says("sam", "forget me now");
    talk.input(Input::Wordless(sam));
    assert!(talk.last.effects.is_empty(), "nothing is said to somebody who is being forgotten");
}

#[test]
fn coming_back_shows_what_can_be_asked() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    assert_eq!(talk.visits("sam"), ["help", "ask-whom"]);
    talk.now = talk.now.after(Span::from_days(1));
    assert_eq!(talk.visits("kim"), ["counsellor-help"]);
}
