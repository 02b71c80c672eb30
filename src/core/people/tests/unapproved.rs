//! Employers' people, before staff have approved their organisation.

use lodge_core::input::Input;
use lodge_core::say::{Joining, Say};

use crate::joining::{at_firm, talk, these};
use crate::talk::address;

#[test]
fn whose_organisation_is_not_approved_yet_hears_just_that_whatever_they_try() {
    let mut talk = talk();
    talk.input(Input::Roster(these(vec![at_firm("erin", "City Museum")])));
    talk.forget();
    for text in [
        "agree",
        "mentors",
        "rooms",
        "join pharma",
        "opportunity: A summer at the archive",
        "introduce @alex:example.org for career advice: Dear Alex",
        "requests",
        "my settings",
        "yes",
        "send",
        "hello",
        "help",
        "2345-AAAA-6789",
        "when will I be approved?",
        "todo",
        "what now",
    ] {
        talk.types("erin", text);
        let heard = talk.hears_whole("erin");
        let [(_, Say::Joining(Joining::StillWaits { organisation }))] = &heard[..] else { panic!("{text}: {heard:?}") };
        assert_eq!(organisation, "City Museum", "{text}");
    }
    for (text, heard) in [
        ("who are you", "about"),
        ("boundaries", "boundaries-again"),
        ("policy", "policy"),
        ("ask staff: when?", "staff-asked"),
    ] {
        assert_eq!(talk.says("erin", text), [heard], "{text}");
    }
    talk.forget();
    talk.says("casey", "approve organisation City Museum");
    assert_eq!(talk.hears("erin"), ["welcome"]);
    assert_eq!(talk.says("erin", "agree"), ["agreed"]);
    talk.input(Input::Visited(address("kim")));
    talk.forget();
    assert_eq!(talk.says("kim", "mentors"), ["not-verified"], "a stranger waits for something else");
}
