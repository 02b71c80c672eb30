//! Devices that are not known to be their owner's.

use lodge_core::input::{Input, Proof, Reply};
use lodge_core::people::member::Role;
use lodge_core::people::roster::{Lister, Roster};
use lodge_core::say::{Devices, Say};
use lodge_core::time::Span;
use lodge_ground::proof::DeviceWord;

use crate::talk::{Talk, person};

/// Somebody types something on a device that is not known; returns the answers.
fn from_a_new_device(talk: &mut Talk, name: &str, text: &str) -> Vec<&'static str> {
    talk.says_as(name, text, Reply::None, Proof::Unconfirmed)
}

/// The code that somebody reads on a new device once they have typed this there.
fn code(talk: &mut Talk, name: &str, text: &str) -> String {
    let said = talk.said(talk.id(name), text, Reply::None, Proof::Unconfirmed);
    talk.input(said);
    match &talk.hears_whole(name)[..] {
        [(_, Say::Devices(Devices::WhoseIsIt { code }))] => code.to_string(),
        said => panic!("no code in {said:?}"),
    }
}

fn is_confirmed(talk: &Talk, name: &str) -> bool {
    talk.last.devices.iter().any(|(of, word)| *of == talk.id(name) && matches!(word, DeviceWord::IsTheirs(_)))
}

fn codes(talk: &Talk) -> Vec<&'static str> {
    talk.last.noted.iter().map(|noted| noted.code()).collect()
}

#[test]
fn i07_nothing_that_gives_counts_from_a_new_device() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.hears("alex");
    for text in [
        "yes",
        "ask Why?",
        "no because I am away",
        "forget me now",
        "list me now",
        "email: a@mail.example",
        "suggest room pharma: for whoever reads chemistry",
    ] {
        let before = (talk.state.introductions().count(), talk.state.member(talk.id("alex")).unwrap().clone());
        talk.hears("alex");
        let said = from_a_new_device(&mut talk, "alex", text);
        assert!(!said.contains(&"yes-recorded") && !said.contains(&"forgetting"), "{text}: {said:?}");
        assert_eq!(talk.acts(), [], "{text}");
        assert!(talk.last.noted.is_empty(), "{text}");
        let after = talk.state.member(talk.id("alex")).unwrap();
        assert_eq!((&before.1.person, &before.1.standing), (&after.person, &after.standing), "{text}");
    }
    assert_eq!(from_a_new_device(&mut talk, "alex", "1 yes"), ["device-new"]);
    talk.says("noor", "introduce @alex:example.org for career advice: Dear Alex, how did you begin, please?");
    talk.says("noor", "no");
    assert_eq!(from_a_new_device(&mut talk, "noor", "send"), ["device-new"]);
    assert_eq!(talk.says("noor", "send"), ["sent"], "what was waiting for their word is still waiting");
    talk.hears("alex");
    assert_eq!(talk.says("alex", "1 yes"), ["yes-recorded"]);
}

#[test]
fn i08_what_takes_back_counts_from_a_new_device_and_from_none_that_is_not_listed() {
    for (text, said) in [("no", "no-recorded"), ("ignore", "ignore-recorded"), ("block", "block-recorded")] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.hears("alex");
        assert_eq!(talk.says_as("alex", text, Reply::None, Proof::Unproven), ["device-unknown"], "{text}");
        assert!(from_a_new_device(&mut talk, "alex", &format!("1 {text}")).contains(&said), "{text}");
    }
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.hears("sam");
    assert_eq!(from_a_new_device(&mut talk, "sam", "help"), ["help"]);
    from_a_new_device(&mut talk, "sam", "withdraw");
    assert!(codes(&talk).contains(&"withdrawn"));
}

#[test]
fn i07_a_device_that_is_known_confirms_a_new_one_by_its_code_once() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "my new device"), ["device-how"]);
    let new = code(&mut talk, "alex", "my new device");
    // The device itself cannot, nor can anybody else.
    assert_eq!(from_a_new_device(&mut talk, "alex", &format!("my new device {new}")), ["device-new"]);
    assert_eq!(talk.says("sam", &format!("my new device {new}")), ["device-code-unknown"]);
    assert_eq!(talk.says("alex", "my new device ZZZZ"), ["device-code-unknown"]);
    assert!(!is_confirmed(&talk, "alex"));
    assert_eq!(talk.says("alex", &format!("my new device {new}")), ["device-confirmed"]);
    assert_eq!((is_confirmed(&talk, "alex"), codes(&talk)), (true, vec!["device-confirmed"]));
    assert_eq!(talk.says("alex", &format!("my new device {new}")), ["device-code-unknown"]);
    assert!(!is_confirmed(&talk, "alex"));
}

#[test]
fn i07_staff_confirm_a_new_device_of_whoever_reads_its_code_to_them() {
    let mut talk = Talk::new();
    talk.input(Input::Roster(Roster::these(Lister::Records, [person("rae", Role::Staff, &[])])));
    talk.forget();
    let new = code(&mut talk, "alex", "my new device");
    let command = format!("new device @alex:example.org {new}");
    assert_eq!(talk.says("sam", &command), ["not-staff"]);
    // People who work for the service have devices too.
    assert_eq!(from_a_new_device(&mut talk, "rae", &command), ["device-new"]);
    assert_eq!(talk.says("rae", "new device @alex:example.org"), ["device-of-how"]);
    assert_eq!(talk.says("rae", &format!("new device @sam:example.org {new}")), ["no-device-waits"]);
    assert_eq!(talk.says("rae", &format!("new device @nobody:example.org {new}")), ["no-device-waits"]);
    assert!(!is_confirmed(&talk, "alex"));
    assert_eq!(talk.says("rae", &command), ["device-of-confirmed"]);
    assert_eq!((is_confirmed(&talk, "alex"), codes(&talk)), (true, vec!["device-confirmed-by-staff"]));
    let [noted] = talk.last.noted[..] else { panic!("{:?}", talk.last.noted) };
    assert_eq!(noted.about(), [talk.id("rae").to_string(), talk.id("alex").to_string()]);
    assert_eq!(talk.hears("alex"), ["device-confirmed-by-staff"], "whoever did not ask for it learns of it");
    assert_eq!(talk.says("rae", &command), ["no-device-waits"]);
}

#[test]
fn a_code_holds_for_a_day() {
    let mut talk = Talk::new();
    let new = code(&mut talk, "alex", "my new device");
    talk.now = talk.now.after(Span::from_days(1)).after(Span::from_millis(1));
    assert_eq!(talk.says("alex", &format!("my new device {new}")), ["device-code-unknown"]);
    assert!(!is_confirmed(&talk, "alex"));
}

#[test]
fn who_takes_no_part_and_who_is_not_verified_can_confirm_a_device_too() {
    let mut talk = Talk::new();
    let new = code(&mut talk, "ivy", "my new device");
    assert_eq!(talk.says("ivy", &format!("my new device {new}")), ["device-confirmed"]);
}
