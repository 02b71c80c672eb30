//! Members and events: found, joined, left, and the place that passes on to the next.

use lodge_core::events::{Rounded, Standing};
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::people::member::{Person, Role};
use lodge_core::people::roster::{Entry, Roster};
use lodge_core::say::{EventNext, Events, HostSees, Say};
use lodge_core::time::{Span, Timestamp};

use crate::joining::{at_firm, entry, these};
use crate::talk::{START, Talk, address, people, person};

const HOUR: Span = Span::from_millis(3_600_000);
const DAY: Span = Span::from_days(1);

/// Thursday 12 November 2026, 17:30 in London.
const BEGINS: Timestamp = Timestamp::from_millis(1_794_504_600_000);

/// Kim and Jo work for the service, and Erin speaks for the City Museum, which staff have approved.
pub fn talk() -> Talk {
    let mut talk = Talk::new();
    let staff: Vec<Person> = ["jo", "kim"].map(|name| person(name, Role::Staff, &[])).to_vec();
    talk.input(Input::Roster(Roster::whole([people(), staff].concat())));
    talk.input(Input::Roster(these(vec![at_firm("erin", "City Museum")])));
    talk.says("kim", "approve organisation City Museum");
    for name in ["jo", "kim", "erin"] {
        talk.says(name, "agree");
    }
    talk.forget();
    talk
}

/// Kim has announced an event with this many places.
pub fn announced(places: &str) -> Talk {
    let mut talk = talk();
    make(&mut talk, places);
    assert_eq!(talk.says("kim", "announce"), ["event-announced"]);
    talk.forget();
    talk
}

/// Kim answers all questions about an event.
pub fn make(talk: &mut Talk, places: &str) {
    talk.says("kim", "new event");
    for part in [
        "Working in museums",
        "City Museum",
        "Thursday 12 November, 17:30 to 19:00",
        "Room 4, Main Building",
        "students and alumni",
        places,
        "until it begins",
    ] {
        talk.says("kim", part);
    }
    assert_eq!(talk.says("kim", "Three curators tell how they began."), ["event-preview"]);
}

/// The wording ids of the files that somebody got since they were last looked at.
fn files(talk: &mut Talk, name: &str) -> Vec<&'static str> {
    talk.hears_whole(name).iter().filter(|(_, say)| say.is_file()).map(|(_, say)| say.wording().id).collect()
}

fn next(talk: &mut Talk, name: &str) -> (EventNext, Option<HostSees>) {
    talk.types(name, "event 1");
    let heard = talk.hears_whole(name);
    let Some((_, Say::Events(Events::Shown { next, host, .. }))) = heard.last() else { panic!("{heard:?}") };
    (*next, *host)
}

#[test]
fn an_event_is_found_by_those_who_may_come_and_by_its_topic() {
    let mut talk = announced("40");
    for (name, text, heard) in [
        ("sam", "events", "events"),
        ("sam", "what's on?", "events"),
        ("sam", "any events coming up this month?", "events"),
        ("sam", "event 1", "event-shown"),
        ("sam", "event 2", "event-no-such"),
        ("ivy", "event 1", "event-no-such"),
        ("erin", "event 1", "event-shown"),
        ("kim", "event 1", "event-overview"),
    ] {
        assert_eq!(talk.says(name, text), [heard], "{name}: {text}");
    }
    for (text, found) in
        [("events in museums", 1), ("events with City Museum", 1), ("events on curating", 0), ("events on law", 0)]
    {
        talk.types("sam", text);
        let heard = talk.hears_whole("sam");
        let Some((_, Say::Events(Events::List { lines, .. }))) = heard.last() else { panic!("{heard:?}") };
        assert_eq!(lines.len(), found, "{text}");
    }
}

#[test]
fn who_comes_gets_a_file_and_reminders_and_thanks() {
    let mut talk = announced("40");
    talk.types("sam", "come 1");
    let heard: Vec<&str> = talk.hears_whole("sam").iter().map(|(_, say)| say.wording().id).collect();
    assert_eq!(heard, ["event-coming", "event-calendar"]);
    assert_eq!(talk.says("sam", "come 1"), ["event-coming-before"]);
    talk.until(BEGINS.before(DAY));
    assert_eq!(talk.hears("sam"), ["event-reminder"]);
    talk.until(BEGINS);
    assert_eq!(talk.hears("sam"), ["event-reminder"]);
    assert_eq!(talk.hears("noor"), [""; 0]);
    talk.until(BEGINS.after(DAY));
    assert_eq!(talk.hears("sam"), ["event-thanks", "contact-ask"]);
    assert_eq!(talk.hears("kim"), ["event-summary"]);
    assert_eq!(talk.says("sam", "come 1"), ["event-sign-up-over"]);
    assert_eq!(talk.says("noor", "come 1"), ["event-sign-up-over"]);
    talk.until(BEGINS.after(Span::from_days(91)));
    assert_eq!((talk.state.events().count(), talk.state.sign_ups().count()), (0, 0), "nothing is kept");
}

#[test]
fn a_yes_to_an_event_that_is_shown_is_to_that_one_alone() {
    let mut talk = announced("40");
    talk.says("sam", "event 1");
    assert_eq!(talk.says("sam", "yes please"), ["event-coming"]);
    talk.says("noor", "event 1");
    talk.says("noor", "help");
    assert_eq!(talk.says("noor", "yes"), ["nothing-to-answer"], "something else was said since");
    talk.asks("sam", "alex");
    talk.says("alex", "event 1");
    let yes = talk.says("alex", "yes");
    assert_eq!(yes, ["event-coming"], "a bare yes answers the last message, and not a request before it");
    assert!(talk.state.introductions().all(|one| one.addressee == Some(talk.id("alex"))));
    assert_eq!(talk.says("robin", "event 1"), ["event-shown"]);
    assert_eq!(talk.says("robin", "no"), ["event-was-not-coming"]);
}

#[test]
fn a_place_that_becomes_free_is_kept_for_the_next_who_waits() {
    let mut talk = announced("1");
    talk.says("sam", "come 1");
    for name in ["noor", "alex", "robin"] {
        talk.now = talk.now.after(Span::from_millis(1));
        assert_eq!(talk.says(name, "come 1"), ["event-waits"]);
    }
    assert_eq!(talk.says("noor", "come 1"), ["event-waits-before"]);
    talk.types("sam", "not coming 1");
    assert_eq!(files(&mut talk, "sam"), ["event-calendar-called-off"]);
    assert_eq!(talk.hears("noor"), ["event-place-offered"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
    talk.now = talk.now.after(Span::from_millis(1));
    assert_eq!(talk.says("sam", "come 1"), ["event-waits"], "it is kept");
    talk.until(talk.now.after(DAY));
    assert_eq!(talk.hears("noor"), ["event-place-passed"]);
    assert_eq!(talk.hears("alex"), ["event-place-offered"]);
    assert_eq!(talk.says("alex", "no"), ["event-not-coming"]);
    assert_eq!(talk.hears("robin"), ["event-place-offered"]);
    assert_eq!(talk.says("robin", "yes"), ["event-coming"]);
    talk.until(talk.now.after(DAY));
    assert_eq!(talk.hears("robin"), [""; 0], "a place that was taken does not pass on");
    talk.until(BEGINS);
    assert_eq!(talk.hears("sam"), ["event-no-place-came"]);
}

#[test]
fn the_place_of_somebody_who_leaves_passes_on() {
    for text in ["forget me now", "forget me"] {
        let mut talk = announced("1");
        talk.says("sam", "come 1");
        talk.says("noor", "come 1");
        talk.says("sam", text);
        talk.says("sam", "forget me now");
        assert_eq!(talk.hears("noor"), ["event-place-offered"], "{text}");
        assert!(talk.state.sign_ups().all(|one| one.member == talk.id("noor")), "{text}");
    }
}

#[test]
fn b11_the_host_reads_a_rounded_number_once_sign_up_is_over_and_nobody_else_reads_one() {
    let mut talk = announced("40");
    talk.says("sam", "come 1");
    assert_eq!(next(&mut talk, "erin"), (EventNext::Hosts, Some(HostSees::Later(BEGINS))));
    assert_eq!(talk.says("erin", "come 1"), ["event-shown"], "the people of the host need no place");
    assert_eq!(next(&mut talk, "noor"), (EventNext::Come, None));
    talk.until(BEGINS.after(HOUR));
    let heard = talk.hears_whole("erin");
    let [(_, Say::Events(Events::HostCount { count, .. }))] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!(*count, Rounded::Few);
    assert_eq!(next(&mut talk, "erin"), (EventNext::Hosts, Some(HostSees::Count(Rounded::Few))));
    assert_eq!(next(&mut talk, "noor"), (EventNext::Closed, None));
    assert_eq!(next(&mut talk, "sam"), (EventNext::Stands(Standing::Coming), None));
}

#[test]
fn b11_the_number_that_the_host_reads_follows_nobody_who_goes_or_comes_later() {
    let mut talk = announced("no limit");
    let guests: Vec<String> = (0..10).map(|number| format!("guest{number}")).collect();
    let listed =
        guests.iter().map(|name| Entry { address: Some(address(name)), ..entry(name, Role::Student) }).collect();
    talk.input(Input::Roster(these(listed)));
    for name in &guests {
        talk.says(name, "agree");
        assert_eq!(talk.says(name, "come 1"), ["event-coming"]);
    }
    talk.until(BEGINS);
    let count = Some(HostSees::Count(Rounded::About(10)));
    assert_eq!(next(&mut talk, "erin"), (EventNext::Hosts, count));
    talk.says("guest0", "not coming 1");
    assert_eq!(next(&mut talk, "erin"), (EventNext::Hosts, count), "who goes now cannot be told");
}

#[test]
fn b11_nobody_is_told_how_many_come_to_an_event_that_is_called_off() {
    let mut talk = announced("40");
    talk.says("kim", "call off event 1 now");
    assert_eq!(next(&mut talk, "erin"), (EventNext::CalledOff, None), "people could still sign up");
}

#[test]
fn nobody_who_was_on_the_list_is_told_that_they_were_not() {
    let mut talk = announced("40");
    talk.says("sam", "come 1");
    talk.until(BEGINS.after(Span::from_millis(3 * 3_600_000)));
    talk.forget();
    assert_eq!(talk.says("sam", "not coming 1"), ["event-sign-up-over"]);
    let mut talk = announced("40");
    talk.says("sam", "come 1");
    talk.says("kim", "call off event 1 now");
    talk.forget();
    assert_eq!(talk.says("sam", "not coming 1"), ["event-called-off"]);
}

#[test]
fn a_place_that_nobody_took_by_the_end_of_sign_up_goes_to_nobody_else() {
    let mut talk = announced("1");
    talk.says("sam", "come 1");
    talk.says("noor", "come 1");
    talk.until(BEGINS.before(HOUR));
    talk.says("sam", "not coming 1");
    assert_eq!(talk.hears("noor"), ["event-place-offered"]);
    talk.until(BEGINS);
    assert_eq!(talk.hears("noor"), ["event-sign-up-over"], "it did not go to the next, and nobody can wait any more");
}

#[test]
fn a_code_that_is_said_at_the_door_counts_while_the_event_is_on() {
    let mut talk = announced("40");
    let code = talk.state.events().next().unwrap().code;
    let here = format!("here {code}");
    talk.says("sam", "come 1");
    assert_eq!(talk.says("sam", &here), ["event-not-here"], "too early");
    talk.until(BEGINS);
    talk.forget();
    assert_eq!(talk.says("sam", &here), ["event-here"]);
    assert_eq!(talk.says("sam", &here), ["event-here"]);
    assert_eq!(talk.says("noor", &here), ["event-here"], "somebody who had not signed up");
    assert_eq!(talk.says("sam", "here 0000"), ["event-not-here"]);
    talk.says("ivy", "agree");
    assert_eq!(talk.says("ivy", &here), ["event-not-here"], "it is not open to interns");
    let came = talk.state.sign_ups().filter(|one| one.came).count();
    assert_eq!(came, 2);
    talk.until(BEGINS.after(Span::from_millis(3 * 3_600_000)));
    assert_eq!(talk.says("alex", &here), ["event-not-here"], "too late");
}

#[test]
fn only_a_proven_device_signs_somebody_up() {
    let mut talk = announced("40");
    assert_eq!(talk.says_as("sam", "come 1", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.state.sign_ups().count(), 0);
    talk.says("sam", "come 1");
    let heard = talk.says_as("sam", "not coming 1", Reply::None, Proof::Unconfirmed);
    assert_eq!(heard, ["event-not-coming"], "taking back needs less");
}

#[test]
fn what_is_kept_of_a_guest_stands_in_their_data() {
    let mut talk = announced("40");
    talk.says("sam", "come 1");
    let own = lodge_core::rights::data::about(&talk.state, &talk.settings, talk.id("sam"), START);
    let found = own.iter().find(|record| record["kind"] == "an event you signed up for").unwrap();
    assert_eq!((found["title"].as_str(), found["you_are"].as_str()), (Some("Working in museums"), Some("coming")));
}

#[test]
fn events_stand_in_the_data_of_a_guest_in_the_order_in_which_they_signed_up() {
    let mut talk = announced("40");
    for number in [1, 2, 3, 4, 5, 6, 7] {
        talk.now = talk.now.after(Span::from_millis(1_000));
        assert_eq!(talk.says("sam", &format!("come {number}")), ["event-coming"]);
        make(&mut talk, "40");
        talk.says("kim", "announce");
    }
    let own = lodge_core::rights::data::about(&talk.state, &talk.settings, talk.id("sam"), START);
    let times: Vec<&str> = own.iter().filter_map(|record| record["you_signed_up_at"].as_str()).collect();
    assert!(times.len() == 7 && times.is_sorted(), "{times:?}");
}

#[test]
fn an_event_without_a_number_is_the_only_one_that_could_be_meant() {
    let mut talk = announced("40");
    assert_eq!(talk.says("sam", "come"), ["event-coming"]);
    assert_eq!(talk.says("sam", "come"), ["events"]);
    assert_eq!(talk.says("sam", "not coming"), ["event-not-coming"]);
    make(&mut talk, "no limit");
    talk.says("kim", "announce");
    assert_eq!(talk.says("sam", "come"), ["event-which-come"]);
    talk.says("sam", "come 1");
    talk.says("sam", "come 2");
    assert_eq!(talk.says("sam", "not coming"), ["event-which-not"]);
}
