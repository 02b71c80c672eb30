//! Staying in touch after an event: asked, agreed to, passed on in one go, and taken back.

use lodge_core::audit::Noted;
use lodge_core::dialogue::Asks;
use lodge_core::effect::Act;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::people::member::Field;
use lodge_core::say::{Contacts, Events, Say};
use lodge_core::time::{Span, Timestamp};

use crate::events::announced;
use crate::talk::Talk;

const DAY: Span = Span::from_days(1);

/// Friday 13 November 2026, 09:00 in London: the day after the event.
const THANKS: Timestamp = Timestamp::from_millis(1_794_560_400_000);

/// Monday 16 November 2026, 09:00 in London: the contacts are passed on.
const PASSED: Timestamp = Timestamp::from_millis(1_794_819_600_000);

/// Sam and Noor were at an event with the City Museum, and were asked.
fn asked() -> Talk {
    let mut talk = announced("40");
    for name in ["sam", "noor"] {
        talk.says(name, "come 1");
    }
    talk.until(THANKS);
    for name in ["sam", "noor"] {
        assert_eq!(talk.hears(name).last(), Some(&"contact-ask"));
    }
    talk.forget();
    talk
}

/// The values of the contacts that somebody was told since they were last looked at.
fn contacts(talk: &mut Talk, name: &str) -> Vec<Vec<(Field, String)>> {
    let heard = talk.hears_whole(name).into_iter();
    heard
        .filter_map(|(_, say)| {
            let Say::Events(Events::Contacts(Contacts::One { contact })) = say else { return None };
            Some(contact.fields().iter().map(|shown| (shown.field(), shown.value().to_owned())).collect())
        })
        .collect()
}

fn takings_back(talk: &mut Talk) -> usize {
    talk.perform().iter().filter(|act| matches!(act, Act::TakeBack(..))).count()
}

#[test]
fn b11_a_host_gets_the_contacts_of_those_who_said_yes_and_of_nobody_else() {
    let mut talk = asked();
    assert_eq!(talk.says("sam", "yes"), ["contact-agreed"]);
    assert_eq!(talk.says("noor", "no"), ["contact-kept"]);
    talk.until(PASSED.before(Span::from_millis(1)));
    assert_eq!(talk.hears("erin"), [""; 0], "nothing comes early");
    talk.until(PASSED);
    let noted = talk.last.noted.iter().filter(|noted| matches!(noted, Noted::ContactPassed(..))).count();
    assert_eq!((talk.hears("sam"), talk.hears("noor"), noted), (vec!["contact-passed"], vec![], 1));
    let contact = contacts(&mut talk, "erin");
    let [of_sam] = contact.as_slice() else { panic!("{contact:?}") };
    let fields: Vec<Field> = of_sam.iter().map(|(field, _)| *field).collect();
    assert!(fields.starts_with(&[Field::Name, Field::Address]) && of_sam[1].1.contains("sam"), "{of_sam:?}");
    for name in ["alex", "kim", "jo", "robin"] {
        assert!(contacts(&mut talk, name).is_empty(), "{name}");
    }
    assert_eq!(talk.says("noor", "stay in touch 1"), ["contact-too-late"]);
    assert_eq!(talk.says("sam", "stay in touch 1"), ["contact-passed"], "the receipt comes again");
    talk.until(PASSED.after(Span::from_days(60)));
    assert_eq!(talk.hears("erin"), [""; 0], "and nothing comes twice");
}

#[test]
fn b11_silence_passes_nothing_on_and_the_host_hears_nothing() {
    let mut talk = asked();
    talk.until(PASSED.after(DAY));
    for name in ["sam", "noor", "erin"] {
        assert_eq!(talk.hears(name), [""; 0], "{name}");
    }
    assert_eq!(talk.says("sam", "yes"), ["nothing-to-answer"]);
}

#[test]
fn b11_a_yes_counts_only_for_details_that_stood_before_it() {
    let mut talk = asked();
    let asks = Asks::StayInTouch(talk.state.events().next().unwrap().id);
    let first = talk.state.member(talk.id("sam")).unwrap().dialogue.asking_for(asks)[0];
    assert_eq!(talk.says("sam", "stay in touch 1 without email"), ["contact-ask"]);
    talk.says_as("sam", "yes", Reply::To(first), Proof::Proven);
    talk.says_as("noor", "yes", Reply::None, Proof::Unproven);
    talk.says_as("noor", "yes", Reply::None, Proof::Unconfirmed);
    talk.until(PASSED);
    assert!(contacts(&mut talk, "erin").is_empty());
}

#[test]
fn b11_an_email_address_goes_along_only_where_its_owner_left_it_in() {
    let mut talk = asked();
    for name in ["sam", "noor"] {
        talk.says(name, &format!("profile email: {name}@mail.example"));
        assert_eq!(talk.says(name, "stay in touch 1"), ["contact-ask"]);
    }
    assert_eq!(talk.says("noor", "stay in touch without email"), ["contact-ask"]);
    for name in ["sam", "noor"] {
        assert_eq!(talk.says(name, "yes"), ["contact-agreed"]);
    }
    talk.until(PASSED);
    let found: Vec<(Field, String)> = contacts(&mut talk, "erin").concat();
    let mails: Vec<&str> =
        found.iter().filter(|(field, _)| *field == Field::Email).map(|(_, value)| value.as_str()).collect();
    assert_eq!(mails, ["sam@mail.example"]);
}

#[test]
fn the_receipt_names_no_detail_that_was_hidden_before_the_hour() {
    let mut talk = asked();
    talk.says("sam", "yes");
    talk.says("sam", "profile hide email");
    talk.forget();
    talk.until(PASSED);
    let told = contacts(&mut talk, "erin").concat();
    for again in ["", "stay in touch 1"] {
        if !again.is_empty() {
            talk.types("sam", again);
        }
        let heard = talk.hears_whole("sam");
        let [(_, Say::Events(Events::Contacts(Contacts::Passed { shows, .. })))] = heard.as_slice() else {
            panic!("{heard:?}")
        };
        let shows: Vec<(Field, String)> = shows.iter().map(|shown| (shown.field(), shown.value().to_owned())).collect();
        assert!(shows == told && told.iter().all(|(field, _)| *field != Field::Email), "{shows:?}, {told:?}");
    }
}

#[test]
fn i08_a_contact_is_taken_back_before_and_after_it_was_passed_on() {
    let mut talk = asked();
    for name in ["sam", "noor"] {
        talk.says(name, "yes");
    }
    assert_eq!(talk.says("noor", "take back contact 1"), ["contact-never-passed"]);
    talk.until(PASSED);
    assert_eq!(contacts(&mut talk, "erin").len(), 1);
    talk.perform();
    talk.forget();
    let heard = talk.says_as("sam", "take my contact back", Reply::None, Proof::Unconfirmed);
    assert_eq!(heard, [""; 0], "taking back needs less, and is told once nothing can be read");
    assert_eq!(talk.says("sam", "take back contact 1"), ["contact-taking-back"]);
    assert_eq!(takings_back(&mut talk), 1);
    assert_eq!(talk.hears("sam"), ["contact-taken-back"]);
    assert_eq!(talk.hears("erin"), ["contact-gone"]);
    assert_eq!(talk.says("sam", "take back contact 1"), ["contact-nothing-to-take-back"]);
    assert_eq!(takings_back(&mut talk), 0);
}

#[test]
fn a22_a_contact_goes_with_its_owner() {
    let mut talk = asked();
    talk.says("sam", "yes");
    talk.until(PASSED);
    talk.perform();
    talk.says("sam", "forget me now");
    assert_eq!(takings_back(&mut talk), 1);
}

#[test]
fn c11_contacts_are_taken_away_with_their_event() {
    let mut talk = asked();
    talk.says("sam", "yes");
    talk.until(PASSED);
    talk.perform();
    talk.forget();
    talk.until(THANKS.after(Span::from_days(90)));
    assert_eq!(takings_back(&mut talk), 1);
    assert!(talk.state.hand_overs().next().is_none());
    assert_eq!(talk.hears("erin"), [""; 0]);
}

#[test]
fn no_yes_of_before_counts_once_an_older_copy_was_put_back() {
    let mut talk = asked();
    talk.says("sam", "yes");
    talk.input(Input::WentBack(THANKS));
    for name in ["sam", "noor"] {
        assert_eq!(talk.hears(name), ["went-back", "contact-ask"]);
    }
    assert_eq!(talk.says("noor", "yes"), ["contact-agreed"]);
    talk.until(PASSED);
    assert_eq!(contacts(&mut talk, "erin").len(), 1, "Sam has not said yes again");
    talk.input(Input::WentBack(THANKS));
    assert!(!talk.hears("sam").contains(&"contact-ask"), "there is no time left for it");
}

#[test]
fn a_contact_goes_to_nobody_whom_its_owner_has_blocked_and_its_owner_hears_if_it_went_nowhere() {
    let mut talk = asked();
    talk.says("sam", "yes");
    talk.says("sam", "block @erin:example.org");
    talk.forget();
    talk.until(PASSED);
    assert_eq!(talk.hears("erin"), [""; 0], "a number would tell of the block");
    assert_eq!(talk.hears("sam"), ["contact-not-passed"]);
}

#[test]
fn a_host_is_told_of_no_more_contacts_than_follow() {
    let mut talk = asked();
    for name in ["sam", "noor"] {
        talk.says(name, "yes");
    }
    talk.says("sam", "block @erin:example.org");
    talk.forget();
    talk.until(PASSED);
    let heard = talk.hears_whole("erin");
    let [(_, Say::Events(Events::Contacts(Contacts::Come { people: 1, .. }))), _] = heard.as_slice() else {
        panic!("{heard:?}")
    };
}

#[test]
fn nobody_is_asked_to_stay_in_touch_with_themselves() {
    let mut talk = announced("40");
    for words in ["change event 1", "change who can come", "everyone", "announce"] {
        talk.says("kim", words);
    }
    for name in ["sam", "erin"] {
        assert_eq!(talk.says(name, "come 1"), ["event-coming"]);
    }
    talk.until(THANKS);
    assert_eq!(talk.hears("sam").last(), Some(&"contact-ask"));
    assert_eq!(talk.hears("erin").last(), Some(&"event-thanks"));
}

#[test]
fn staying_in_touch_is_asked_for_in_its_time_and_by_those_who_were_there() {
    let mut talk = announced("40");
    assert_eq!(talk.says("sam", "stay in touch 1"), ["contact-later"]);
    talk.says("sam", "come 1");
    assert_eq!(talk.says("sam", "take back contact 1"), ["contact-nothing-to-take-back"]);
    assert_eq!(talk.says("sam", "stay in touch"), ["contact-which-event"]);
    talk.until(THANKS);
    talk.forget();
    assert_eq!(talk.says("noor", "stay in touch 1"), ["contact-not-there"]);
    assert_eq!(talk.says("noor", "stay in touch 7"), ["event-no-such"]);
    assert_eq!(talk.says("sam", "no"), ["contact-kept"]);
    assert_eq!(talk.says("sam", "stay in touch 1"), ["contact-ask"]);
    assert_eq!(talk.says("sam", "yes"), ["contact-agreed"]);
    assert_eq!(talk.says("sam", "stay in touch 1"), ["contact-agreed-before"]);
    let own = lodge_core::rights::data::about(&talk.state, &talk.settings, talk.id("sam"), talk.now);
    let found = own.iter().find(|record| record["kind"] == "your contact for the host of an event").unwrap();
    assert_eq!((&found["organisation"], &found["stands"]), (&"City Museum".into(), &"waits to be passed on".into()));
}
