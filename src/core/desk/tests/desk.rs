//! The staff's desk: what waits, for how long, who has taken it, and numbers that mean what was shown.

use std::collections::BTreeMap;

use lodge_core::audit::Noted;
use lodge_core::desk::Age;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::name::DisplayName;
use lodge_core::people::member::{Field, Person, Role};
use lodge_core::people::roster::{Entry, Lister, Roster};
use lodge_core::say::{Desk, DeskLine, DeskMatter, Holder, Say};
use lodge_core::time::Span;

use crate::talk::{Talk, address, people, person};

const DAY: Span = Span::from_days(1);

fn staff(names: &[&str]) -> Vec<Person> {
    names.iter().map(|name| person(name, Role::Staff, &[])).collect()
}

/// Jo and Kim work for the service.
fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.input(Input::Roster(Roster::whole([people(), staff(&["jo", "kim"])].concat())));
    talk.settings.joining.help_a_day = 100;
    for name in ["jo", "kim"] {
        talk.says(name, "agree");
    }
    talk.forget();
    talk
}

/// The desk as somebody reads it.
fn desk(talk: &mut Talk, who: &str) -> Vec<DeskLine> {
    talk.types(who, "desk");
    let heard = talk.hears_whole(who);
    let Some((_, Say::Desk(Desk::List { lines, .. }))) = heard.last() else { panic!("{heard:?}") };
    lines.clone()
}

fn matters(talk: &mut Talk, who: &str) -> Vec<DeskMatter> {
    desk(talk, who).into_iter().map(|line| line.matter).collect()
}

/// One thing of each kind waits, each since a day later than the one before.
fn busy() -> Talk {
    let mut talk = talk();
    let erin = Entry {
        mail: None,
        address: Some(address("erin")),
        name: DisplayName::parse("Erin").unwrap(),
        role: Role::Employer,
        cohort: None,
        details: BTreeMap::from([(Field::Organisation, "City Museum".to_owned())]),
        until: None,
    };
    talk.input(Input::Visited(address("lou")));
    talk.until(talk.now.after(DAY));
    talk.input(Input::Roster(Roster::these(Lister::Records, vec![erin])));
    talk.until(talk.now.after(DAY));
    talk.says("noor", "ask staff May I come by?");
    talk.until(talk.now.after(DAY));
    talk.says("robin", "suggest room Museums: working in them");
    talk.until(talk.now.after(DAY));
    talk.asks("sam", "alex");
    talk.says("alex", "report they shout");
    talk.forget();
    talk
}

#[test]
fn the_desk_shows_everything_that_waits_oldest_first_with_its_age() {
    let mut talk = busy();
    let lines = desk(&mut talk, "jo");
    let shown: Vec<(u32, Age)> = lines.iter().map(|line| (line.number, line.since)).collect();
    // It is a Friday.
    let ages = [Age::Weekday(1), Age::Weekday(2), Age::Weekday(3), Age::Yesterday, Age::Today];
    assert_eq!(shown, (1..=5).zip(ages).collect::<Vec<_>>());
    let (name, words) = ("City Museum".to_owned(), "May I come by?".to_owned());
    assert_eq!(
        lines.into_iter().map(|line| line.matter).collect::<Vec<_>>(),
        [
            DeskMatter::Visitor { who: address("lou") },
            DeskMatter::Organisation { name },
            DeskMatter::Question { who: address("noor"), words },
            DeskMatter::Room { name: "Museums".to_owned() },
            DeskMatter::Report { who: address("sam"), room: None },
        ]
    );
    for text in ["todo", "what's waiting for me", "What needs doing?", "the desk"] {
        assert_eq!(talk.says("jo", text), ["desk"], "{text}");
    }
}

#[test]
fn the_number_on_the_desk_is_the_number_of_each_next_step() {
    let mut talk = busy();
    // They have numbers of their own, which are others.
    talk.now = talk.now.after(Span::from_millis(1));
    talk.says("sam", "suggest room Chess: chess");
    talk.forget();
    desk(&mut talk, "jo");
    assert_eq!(talk.says("jo", "tell 3: Yes, do."), ["staff-told"]);
    assert_eq!(talk.hears("noor"), ["staff-say"]);
    assert_eq!(talk.says("jo", "dismiss 5"), ["report-dismissed"]);
    assert_eq!(talk.says("jo", "approve 4"), ["proposal-approved"]);
    assert_eq!(talk.hears("robin"), ["suggestion-approved"]);
    assert_eq!(talk.says("jo", "approve 4"), ["proposal-approved-before"], "numbers stay as they were shown");
    assert_eq!(talk.says("jo", "tell 1: Who are you?"), ["staff-told"]);
    for (text, heard) in [
        ("tell 3: Yes, do.", "question-answered-before"),
        ("tell 2: Welcome", "desk-not-a-question"),
        ("tell 9: Hello", "desk-no-such-line"),
        ("tell 3", "question-answered-before"),
        ("approve 3", "no-such-proposal"),
        ("dismiss 4", "no-such-report"),
        ("verify @lou:example.org as student", "verified"),
        ("approve organisation City Museum", "organisation-approved"),
        ("decline 6", "proposal-declined"),
    ] {
        assert_eq!(talk.says("jo", text), [heard], "{text}");
    }
    assert_eq!(matters(&mut talk, "jo"), []);
    talk.forget();
    // Kim has not looked at the desk, and goes by what was announced.
    assert_eq!(talk.says("kim", "tell 1: Hello"), ["desk-which"]);
    assert_eq!(talk.says("kim", "approve 1"), ["proposal-approved-before"]);
}

#[test]
fn what_is_announced_after_the_desk_has_its_own_number_once_it_stood_before_the_words() {
    let mut talk = busy();
    desk(&mut talk, "jo");
    talk.held_back = Some(vec![]);
    talk.says("sam", "suggest room Chess: chess");
    // Its announcement, as number 2, does not show yet: on the desk that Jo has before them, number 4 is the other.
    talk.forget();
    assert_eq!(talk.says("jo", "decline 4"), ["proposal-declined"]);
    assert_eq!(talk.hears("robin"), ["suggestion-declined"]);
    talk.show_held_back();
    talk.forget();
    assert_eq!(talk.says("jo", "approve 2"), ["proposal-approved"]);
    assert_eq!(talk.hears("sam"), ["suggestion-approved"]);
}

#[test]
fn whoever_takes_something_is_named_to_colleagues_until_they_put_it_back() {
    let mut talk = busy();
    assert_eq!(talk.says("jo", "take 3"), ["desk-which"], "no number was shown yet");
    desk(&mut talk, "jo");
    desk(&mut talk, "kim");
    assert_eq!(talk.says("jo", "take 3"), ["desk-took"]);
    assert_eq!(talk.hears("kim"), [""; 0]);
    assert_eq!(talk.says("jo", "take 3"), ["desk-took-before"]);
    assert_eq!(talk.says("kim", "take 3"), ["desk-taken-by"]);
    assert_eq!(talk.says("kim", "put back 3"), ["desk-not-with-you"]);
    assert_eq!(desk(&mut talk, "kim")[2].taken, Some(Holder::Colleague(address("jo"))));
    assert_eq!(desk(&mut talk, "jo")[2].taken, Some(Holder::You));
    assert_eq!(talk.says("jo", "put it back"), ["desk-put-back"]);
    assert_eq!(talk.says("kim", "take 3"), ["desk-took"]);
    assert_eq!(talk.says("kim", "leave 3"), ["desk-put-back"]);
    assert_eq!(talk.says("kim", "put it back"), ["desk-which"]);
    assert_eq!(talk.says("kim", "take 7"), ["desk-no-such-line"]);
    talk.says("jo", "tell 3: Yes.");
    talk.forget();
    assert_eq!(talk.says("kim", "take 3"), ["desk-settled"]);
    for name in ["sam", "alex"] {
        for text in ["desk", "take 2", "take it", "put it back", "tell 3: hello"] {
            assert_eq!(talk.says(name, text), ["not-staff"], "{name}: {text}");
        }
        for text in ["todo", "what's waiting for me"] {
            assert_eq!(talk.says(name, text), ["requests"], "{name}: {text}");
        }
    }
}

#[test]
fn it_is_the_question_that_was_just_brought_or_replied_to() {
    let mut talk = talk();
    talk.says("noor", "ask staff May I come by?");
    let [(first, _)] = talk.hears_whole("jo")[..] else { panic!("one question") };
    talk.now = talk.now.after(Span::from_millis(1));
    talk.says("sam", "ask staff Where are you?");
    talk.forget();
    assert_eq!(talk.says("jo", "take it"), ["desk-took"]);
    assert_eq!(talk.says_as("kim", "take it", Reply::Elsewhere, Proof::Proven), ["desk-which"]);
    let taken = |talk: &mut Talk| desk(talk, "kim").into_iter().map(|line| line.taken.is_some()).collect::<Vec<_>>();
    assert_eq!(taken(&mut talk), [false, true]);
    assert_eq!(talk.says_as("jo", "I'll take it", Reply::To(first), Proof::Proven), ["desk-took"]);
    assert_eq!(talk.hears("noor"), [""; 0]);
    assert_eq!(taken(&mut talk), [true, true]);
    assert_eq!(talk.says_as("jo", "put it back", Reply::To(first), Proof::Proven), ["desk-put-back"]);
    assert_eq!(taken(&mut talk), [false, true]);
}

#[test]
fn what_somebody_had_taken_is_free_once_they_work_for_the_service_no_longer() {
    let mut talk = busy();
    let listed = |role| Input::Roster(Roster::these(Lister::Configuration, vec![person("jo", role, &[])]));
    desk(&mut talk, "jo");
    talk.says("jo", "take 1");
    assert_eq!(desk(&mut talk, "kim")[0].taken, Some(Holder::Colleague(address("jo"))));
    for role in [Role::Alumnus, Role::Staff] {
        talk.input(listed(role));
        assert_eq!(desk(&mut talk, "kim")[0].taken, None, "nor has it again who comes back");
    }
    talk.forget();
    desk(&mut talk, "jo");
    talk.says("jo", "take 1");
    for input in [Input::Unlisted(Lister::Configuration, vec![talk.id("jo")]), listed(Role::Staff)] {
        talk.input(input);
        assert_eq!(desk(&mut talk, "kim")[0].taken, None);
    }
}

#[test]
fn nobody_finds_a_report_about_themselves_and_nothing_shows_how_a_request_went() {
    let desks = ["no", "ignore", "block", "no because I am away", "help"].map(|answer| {
        let mut talk = talk();
        talk.asks("jo", "alex");
        talk.says("alex", answer);
        talk.forget();
        (desk(&mut talk, "jo"), desk(&mut talk, "kim"))
    });
    for one in &desks {
        assert_eq!(*one, (vec![], vec![]));
    }
    let mut talk = talk();
    talk.asks("jo", "alex");
    talk.says("alex", "report they shout");
    talk.says("noor", "ask staff May I come by?");
    talk.forget();
    assert_eq!(desk(&mut talk, "jo").len(), 1);
    assert_eq!(desk(&mut talk, "kim").len(), 2);
    talk.says("kim", "take 1");
    talk.forget();
    assert_eq!(talk.says("jo", "take 2"), ["desk-no-such-line"]);
}

#[test]
fn a_desk_fits_a_phone_and_owes_its_readers_own_requests_a_word() {
    let mut talk = talk();
    for number in 0..5 {
        for name in ["noor", "sam"] {
            talk.now = talk.now.after(Span::from_millis(1));
            talk.says(name, &format!("ask staff Question {number}? {}", "And more. ".repeat(12)));
        }
    }
    talk.asks("alex", "jo");
    talk.forget();
    talk.types("jo", "desk");
    let heard = talk.hears_whole("jo");
    let [(_, Say::Desk(Desk::List { lines, more: 2, own: 1 }))] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!(lines.len(), 8);
    for line in lines {
        let DeskMatter::Question { words, .. } = &line.matter else { panic!("{line:?}") };
        assert!(words.chars().count() <= 81 && words.ends_with('…'), "{words}");
    }
    assert_eq!(talk.last.noted, [] as [Noted; 0]);
}

#[test]
fn staff_who_ask_for_what_is_not_there_hear_what_is() {
    let mut talk = Talk::new();
    talk.input(Input::Roster(Roster::whole([people(), staff(&["jo"])].concat())));
    talk.forget();
    for (answer, all) in [
        (
            "staff-figures",
            &["stats", "Numbers?", "show me the statistics, please", "how many members are there", "our figures"][..],
        ),
        (
            "staff-announcements",
            &[
                "announce that the office is closed on Friday",
                "announcement: closed on Friday",
                "post in the lobby that the office is closed",
                "please post this in the rooms",
                "tell everyone that the office is closed",
                "send a message to all students",
                "can you make an announcement for us",
            ],
        ),
        ("staff-events", &["event: careers fair on 3 December", "Announce an event", "please organise a careers fair"]),
    ] {
        for words in all {
            assert_eq!(talk.says("jo", words), [answer], "{words}");
            talk.says("jo", "help");
            // Nobody else is told what staff can do.
            assert!(!talk.says("sam", words).contains(&answer), "{words}");
            talk.says("sam", "help");
        }
    }
}
