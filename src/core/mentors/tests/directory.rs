//! The mentors' list: being in it, looking at it, and asking somebody from it.

use lodge_core::consent::Published;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::{Quiet, Side, Stage};
use lodge_core::name::DisplayName;
use lodge_core::people::availability::MONTH;
use lodge_core::people::member::{Details, Field, Person, Role};
use lodge_core::people::roster::Roster;
use lodge_core::say::{Cards, Ending, Requesting, Say};
use lodge_core::time::{Span, Timestamp};
use proptest::prelude::*;

use crate::talk::{START, Talk, address, people};

/// The first hour at which the list changes.
fn first_change() -> Timestamp {
    // Tuesday 3 November 2026, six in the morning in London.
    START.after(Span::from_millis(20 * 3_600_000))
}

fn lists(talk: &mut Talk, name: &str) {
    assert_eq!(talk.says(name, "list me"), ["list-offer"]);
    assert_eq!(talk.says(name, "list me now"), ["list-agreed"]);
}

/// Alex and Robin are in the list.
pub fn with_mentors() -> Talk {
    let mut talk = Talk::new();
    talk.says("alex", "profile gladly: starting out in a museum");
    lists(&mut talk, "alex");
    lists(&mut talk, "robin");
    talk.until(first_change());
    talk.forget();
    talk
}

fn page(talk: &mut Talk, reader: &str, words: &str) -> Vec<(usize, Published)> {
    talk.types(reader, words);
    match talk.hears_whole(reader).pop() {
        Some((_, Say::Cards(Cards::Mentors { entries, .. }))) => entries,
        Some(_) | None => vec![],
    }
}

fn names(entries: &[(usize, Published)]) -> Vec<&str> {
    entries.iter().filter_map(|(_, card)| card.value(Field::Name)).collect()
}

/// The number of somebody in the list that a reader is shown.
fn number(talk: &mut Talk, reader: &str, name: &str) -> usize {
    let entries = page(talk, reader, "mentors");
    entries.iter().find(|(_, card)| card.value(Field::Name) == Some(name)).unwrap().0
}

/// A reader asks for somebody whom they found in the list.
fn asks_from_list(talk: &mut Talk, from: &str, to: &str) {
    // Requests of one moment would have no order.
    talk.now = talk.now.after(Span::from_millis(1));
    let number = number(talk, from, to);
    let line = format!("introduce {number} for career advice: Dear {to}, may I ask how you began?");
    assert_eq!(talk.says(from, &line), ["contact-card", "ask-known-how"]);
    assert_eq!(talk.says(from, "no"), ["preview"]);
    assert_eq!(talk.says(from, "send"), ["sent"]);
}

#[test]
fn d05_an_entry_shows_what_its_owner_saw_and_agreed_to_from_the_next_hour_on() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "list me now"), ["list-offer"], "nobody agrees to what they have not seen");
    let shown = |talk: &mut Talk| {
        talk.types("alex", "list me");
        let offered = talk.hears_whole("alex");
        let Some((_, Say::Cards(Cards::ListOffer { shows, from }))) = offered.last() else { panic!("{offered:?}") };
        assert_eq!(*from, first_change());
        shows.clone()
    };
    shown(&mut talk);
    talk.says("alex", "profile gladly: starting out in a museum");
    assert_eq!(talk.says("alex", "list me now"), ["list-offer"], "the card has changed since");
    let seen = shown(&mut talk);
    assert_eq!(talk.says("alex", "list me now"), ["list-agreed"]);
    assert_eq!(talk.says("sam", "mentors"), ["mentors-none"], "it waits for the hour");
    talk.until(first_change());
    let entries = page(&mut talk, "sam", "mentors");
    let [(1, entry)] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!(entry.fields(), seen);
    assert!(entry.value(Field::Email).is_none() && entry.value(Field::Address).is_none());
}

#[test]
fn d05_nobody_but_alumni_and_employers_people_who_agreed_is_ever_listed() {
    let mut talk = Talk::new();
    let everybody: Vec<Person> = Role::ALL
        .into_iter()
        .map(|role| {
            let name = format!("{role:?}").to_lowercase();
            Person {
                address: address(&name),
                name: DisplayName::parse(&name).unwrap(),
                role,
                details: Details::default(),
            }
        })
        .collect();
    talk.input(Input::Roster(Roster::whole(everybody)));
    for role in Role::ALL {
        let name = format!("{role:?}").to_lowercase();
        talk.says(&name, "agree");
        talk.says(&name, "list me");
        talk.says(&name, "list me now");
    }
    talk.until(first_change());
    let mut listed = names(&page(&mut talk, "student", "mentors")).iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    listed.sort();
    assert_eq!(listed, ["alumnus", "employer"]);
}

#[test]
fn d05_a_strange_device_puts_nobody_into_the_list() {
    let mut talk = Talk::new();
    talk.says("alex", "list me");
    assert_eq!(talk.says_as("alex", "list me now", Reply::None, Proof::Unproven), ["device-unknown"]);
    talk.until(first_change());
    assert_eq!(talk.says("sam", "mentors"), ["mentors-none"]);
}

#[test]
fn c12_nothing_that_a_mentor_answers_or_sets_changes_the_list() {
    let begin = || {
        let mut talk = with_mentors();
        asks_from_list(&mut talk, "sam", "alex");
        talk.forget();
        talk
    };
    let look = |talk: &mut Talk| {
        let day = |at: u64| first_change().after(Span::from_days(at));
        let mut seen = vec![];
        for at in [0, 1, 7, 13, 16, 30] {
            talk.until(talk.now.max(day(at)));
            seen.push((page(talk, "sam", "mentors"), page(talk, "noor", "mentors in museums")));
        }
        seen
    };
    let silence = look(&mut begin());
    assert!(!silence[0].1.is_empty());
    for answer in ["no", "ignore", "block", "report", "pause 8w", "limit 0", "no because I am away", "later in 3 days"]
    {
        let mut talk = begin();
        assert!(!talk.says("alex", answer).is_empty());
        assert_eq!(look(&mut talk), silence, "{answer}");
    }
}

#[test]
fn d05_entries_change_at_the_hour_and_what_is_taken_out_goes_at_once() {
    let mut talk = with_mentors();
    let headline = |talk: &mut Talk| {
        let entries = page(talk, "sam", "mentors");
        let alex = entries.iter().find(|(_, card)| card.value(Field::Name) == Some("alex"));
        alex.map(|(_, card)| card.value(Field::Headline).map(str::to_owned))
    };
    let is = |text: &str| Some(Some(text.to_owned()));
    talk.says("alex", "profile headline: Keeper of maps");
    assert_eq!(headline(&mut talk), is("Curator"), "what is new waits for the hour");
    let day = talk.now.after(Span::from_days(1));
    talk.until(day);
    assert_eq!(headline(&mut talk), is("Keeper of maps"));
    talk.says("alex", "profile show headline to people I meet");
    assert_eq!(headline(&mut talk), Some(None), "what is taken out is out");
    talk.says("alex", "profile show headline to mentors list");
    assert_eq!(headline(&mut talk), is("Keeper of maps"), "it stands in the entry still, and may be shown again");
    assert_eq!(talk.says("alex", "unlist me"), ["list-left"]);
    assert_eq!(headline(&mut talk), None, "who leaves is out");
    lists(&mut talk, "alex");
    assert_eq!(headline(&mut talk), None, "who comes back waits for the hour");
    let day = talk.now.after(Span::from_days(1));
    talk.until(day);
    assert!(headline(&mut talk).is_some());
}

#[test]
fn d05_who_is_no_mentor_any_more_leaves_the_list_at_once() {
    for leaves in ["role", "list", "forgotten"] {
        let mut talk = with_mentors();
        let chosen = number(&mut talk, "sam", "alex");
        talk.says("sam", &format!("introduce {chosen}"));
        if leaves == "forgotten" {
            talk.says("alex", "forget me now");
        } else {
            let listed = people().into_iter().filter(|person| leaves == "role" || person.address != address("alex"));
            let student = |mut person: Person| {
                person.role = if person.address == address("alex") { Role::Student } else { person.role };
                person
            };
            talk.input(Input::Roster(Roster::whole(listed.map(student))));
        }
        assert_eq!(names(&page(&mut talk, "noor", "mentors")), ["robin"], "{leaves}");
        assert_eq!(talk.says("sam", &format!("introduce {chosen}")).last(), Some(&"mentors-gone"), "{leaves}");
    }
}

#[test]
fn a01_the_contact_card_comes_before_a_first_contact_from_the_list_and_never_for_a_typed_id() {
    let mut talk = with_mentors();
    let chosen = number(&mut talk, "sam", "alex");
    talk.types("sam", &format!("introduce {chosen}"));
    let told = talk.hears_whole("sam");
    let [(_, Say::Cards(Cards::Contact { card })), (_, Say::Requesting(Requesting::AskPurpose { .. }))] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!(card.value(Field::Gladly), Some("starting out in a museum"));
    talk.says("sam", "cancel");
    for typed in ["alex", "nobody"] {
        assert_eq!(talk.says("sam", &format!("introduce @{typed}:example.org")), ["ask-purpose"], "{typed}");
        talk.says("sam", "cancel");
    }
}

#[test]
fn c13_no_message_about_an_entry_shows_the_matrix_id_behind_it() {
    let mut talk = with_mentors();
    asks_from_list(&mut talk, "sam", "alex");
    talk.says("alex", "ask Which year are you in?");
    talk.says("alex", "send");
    talk.types("sam", "answer The second.");
    talk.types("sam", "requests");
    talk.types("sam", "my data");
    talk.types("sam", "mentors");
    talk.types("sam", "withdraw @alex:example.org");
    talk.until(START.after(Span::from_days(20)));
    talk.types("sam", "requests");
    let told = talk.hears_whole("sam");
    let wordings: Vec<&str> = told.iter().map(|(_, say)| say.wording().id).collect();
    for wording in ["question-came", "requests", "my-data", "mentors", "no-introduction"] {
        assert!(wordings.contains(&wording), "{wordings:?}");
    }
    assert!(!wordings.contains(&"withdrawn"), "a typed id does not find a request that names an entry: {wordings:?}");
    let shows_id = |say: &Say| format!("{:?}", say.wording()).contains("@alex:");
    let shows: Vec<_> = told.iter().filter(|(_, say)| shows_id(say)).map(|(_, say)| say.wording().id).collect();
    assert!(shows.is_empty(), "{shows:?}");
}

#[test]
fn i03_asking_by_number_tells_nobody_which_typed_id_is_the_same_person() {
    let mut talk = with_mentors();
    talk.asks("sam", "alex");
    talk.forget();
    asks_from_list(&mut talk, "sam", "alex");
    assert_eq!(talk.hears("alex"), [""; 0], "the same two are left in peace");
    assert_eq!(*talk.stage(talk.newest().id), Stage::Waiting(Side::Quiet(Quiet::TooSoon)));
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["already-waiting"]);
    let mut other = with_mentors();
    other.asks("sam", "nobody");
    other.forget();
    asks_from_list(&mut other, "sam", "alex");
    assert_eq!(other.hears("alex"), ["asked"]);
}

#[test]
fn a09_a_block_and_an_outcome_work_for_who_was_found_in_the_list() {
    let mut talk = with_mentors();
    asks_from_list(&mut talk, "sam", "alex");
    assert_eq!(talk.says("alex", "block"), ["asked", "block-recorded"]);
    talk.until(START.after(Span::from_days(20)));
    talk.forget();
    asks_from_list(&mut talk, "sam", "alex");
    assert_eq!(talk.hears("alex"), [""; 0]);
    let mut talk = with_mentors();
    asks_from_list(&mut talk, "sam", "alex");
    assert_eq!(talk.says("alex", "yes"), ["asked", "yes-recorded"]);
    talk.perform();
    let told = talk.hears_whole("sam");
    let Some((_, Say::Ending(Ending::AgreedRequester { of, .. }))) = told.last() else { panic!("{told:?}") };
    assert!(of.fields().iter().any(|shown| shown.field() == Field::Address), "now they agreed to show it");
}

#[test]
fn a22_the_name_of_an_entry_goes_with_the_end_of_the_request() {
    for forgotten in [false, true] {
        let mut talk = with_mentors();
        asks_from_list(&mut talk, "sam", "robin");
        if forgotten {
            talk.says("robin", "forget me now");
            let due = talk.now.after(Span::from_days(1));
            talk.until(due);
            talk.perform();
            assert!(talk.state.member_at(&address("robin")).is_none());
        }
        talk.forget();
        talk.until(START.after(Span::from_days(20)));
        let told = talk.hears_whole("sam");
        let [(_, Say::Ending(Ending::NoIntroduction { to, .. }))] = &told[..] else { panic!("{told:?}") };
        assert_eq!(to.to_string(), "robin", "forgotten: {forgotten}");
        let kept = talk.newest();
        assert!(!format!("{kept:?}").contains("\"robin\""), "forgotten: {forgotten}: {kept:?}");
    }
}

#[test]
fn drafts_to_an_entry_that_is_gone_keep_their_words() {
    let mut talk = with_mentors();
    let chosen = number(&mut talk, "sam", "alex");
    talk.says("sam", &format!("introduce {chosen} for career advice: Dear Alex, how did you begin?"));
    talk.says("sam", "no");
    talk.says("alex", "unlist me");
    assert_eq!(talk.says("sam", "send"), ["ask-whom"]);
    talk.says("sam", "@noor:example.org");
    talk.types("sam", "no");
    let told = talk.hears_whole("sam");
    let Some((_, Say::Requesting(Requesting::Preview { request, .. }))) = told.last() else { panic!("{told:?}") };
    assert_eq!(request.request.message, "Dear Alex, how did you begin?");
}

#[test]
fn numbers_hold_for_the_list_that_was_last_shown_and_for_no_longer() {
    let mut talk = with_mentors();
    assert_eq!(talk.says("sam", "introduce 1"), ["mentors-not-shown"]);
    assert_eq!(talk.says("sam", "more"), ["mentors-not-shown"]);
    page(&mut talk, "sam", "mentors");
    assert_eq!(talk.says("sam", "introduce 7"), ["mentors-no-such-number"]);
    assert_eq!(talk.says("sam", "more"), ["mentors-no-more"]);
    assert_eq!(talk.says("sam", "introduce me to #2"), ["contact-card", "ask-purpose"]);
    talk.says("sam", "cancel");
    let sam = talk.id("sam");
    assert!(talk.state.member(sam).unwrap().dialogue.browsing.is_some());
    talk.says("sam", "requests");
    assert!(talk.state.member(sam).unwrap().dialogue.browsing.is_none());
    assert_eq!(talk.says("alex", "mentors"), ["mentors"]);
    let own = number(&mut talk, "alex", "alex");
    assert_eq!(talk.says("alex", &format!("introduce {own}")), ["not-that-one"]);
}

#[test]
fn c12_looking_leaves_no_trace_but_the_readers_own_last_list() {
    let mut talk = with_mentors();
    let before = talk.state.clone();
    page(&mut talk, "sam", "mentors");
    let chosen = number(&mut talk, "sam", "alex");
    talk.says("sam", &format!("introduce {chosen}"));
    talk.says("sam", "cancel");
    assert!(talk.last.noted.is_empty());
    assert_eq!(talk.hears("alex"), [""; 0]);
    talk.says("sam", "requests");
    assert_eq!(talk.state, before);
}

#[test]
fn a09_long_silence_leads_to_a_word_and_then_out_of_the_list() {
    let mut talk = with_mentors();
    asks_from_list(&mut talk, "sam", "alex");
    talk.until(talk.now.after(talk.settings.directory.silent_after));
    let told = talk.hears_whole("alex");
    let Some((_, Say::Cards(Cards::StillWilling { by }))) = told.last() else { panic!("{told:?}") };
    let by = *by;
    assert_eq!(names(&page(&mut talk, "noor", "mentors")).len(), 2);
    talk.until(by);
    assert_eq!(talk.hears("alex"), ["list-left-silent"]);
    assert_eq!(names(&page(&mut talk, "noor", "mentors")), ["robin"]);
    talk.until(by.after(MONTH));
    assert_eq!(talk.hears("robin"), [""; 0], "who was brought nothing has nothing to answer");
}

#[test]
fn a09_any_word_keeps_a_mentor_in_the_list_and_a_bare_yes_is_none_to_anybody() {
    let asked_to_stay = |open: bool| {
        let mut talk = with_mentors();
        asks_from_list(&mut talk, "sam", "alex");
        talk.settings.directory.silent_after = Span::from_days(1);
        if !open {
            talk.settings.directory.silent_after = Span::from_days(120);
        }
        talk.says("alex", "help");
        if open {
            talk.until(START.after(Span::from_days(3)));
            asks_from_list(&mut talk, "noor", "alex");
        } else {
            talk.until(START.after(Span::from_days(91)));
            asks_from_list(&mut talk, "noor", "alex");
        }
        talk.until(talk.now.after(talk.settings.directory.silent_after));
        assert_eq!(talk.hears("alex").last(), Some(&"list-still-willing"), "open: {open}");
        talk
    };
    for words in ["stay", "yes", "pause 2 weeks", "thank you"] {
        let mut talk = asked_to_stay(false);
        talk.says("alex", words);
        talk.until(talk.now.after(Span::from_days(100)));
        assert_eq!(names(&page(&mut talk, "noor", "mentors")).len(), 2, "{words}");
    }
    let mut talk = asked_to_stay(true);
    assert_eq!(talk.says("alex", "yes"), ["list-still-in"], "that is what was asked last");
    assert_eq!(*talk.stage(talk.newest().id), Stage::Waiting(Side::Asked));
    assert_eq!(talk.says("alex", "2 yes"), ["yes-recorded"]);
}

#[test]
fn my_data_holds_the_card_the_entry_and_a_receipt() {
    let talk = with_mentors();
    let alex = talk.id("alex");
    let records = lodge_core::rights::data::about(&talk.state, &talk.settings, alex, talk.now);
    let card = records.iter().find(|record| record["kind"] == "your card").unwrap();
    insta::assert_snapshot!("my_card_and_its_receipt", format!("{card:#}").replace(&alex.to_string(), "(alex)"));
}

/// Many mentors, each with a number of requests brought to them already.
fn crowd(popularity: &[usize]) -> Talk {
    let mut talk = Talk::new();
    let mentor = |at: usize| Person {
        address: address(&format!("m{at}")),
        name: DisplayName::parse(&format!("m{at}")).unwrap(),
        role: Role::Alumnus,
        details: Details::default(),
    };
    let listed = people().into_iter().chain((0..popularity.len()).map(mentor));
    talk.input(Input::Roster(Roster::whole(listed)));
    talk.forget();
    for (at, requests) in popularity.iter().enumerate() {
        talk.says(&format!("m{at}"), "agree");
        lists(&mut talk, &format!("m{at}"));
        for from in ["sam", "noor", "robin"].iter().take(*requests) {
            talk.settings.limits.waiting = 100;
            talk.settings.limits.sent_a_month = 100;
            talk.asks(from, &format!("m{at}"));
        }
    }
    talk.until(first_change());
    talk.forget();
    talk
}

fn all_pages(talk: &mut Talk, reader: &str) -> Vec<(usize, String)> {
    let mut all = vec![];
    let mut entries = page(talk, reader, "mentors");
    while !entries.is_empty() {
        all.extend(entries.iter().map(|(at, card)| (*at, card.value(Field::Name).unwrap().to_owned())));
        entries = page(talk, reader, "more");
    }
    all
}

#[test]
fn b07_the_order_is_by_chance_the_same_all_day_and_another_for_another_reader_or_day() {
    let mut talk = crowd(&[0; 20]);
    let first = all_pages(&mut talk, "sam");
    assert_eq!(first.iter().map(|(at, _)| *at).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    talk.until(talk.now.after(Span::from_millis(23 * 3_600_000)));
    assert_eq!(all_pages(&mut talk, "sam"), first);
    assert_ne!(all_pages(&mut talk, "noor"), first);
    talk.until(talk.now.after(Span::from_days(1)));
    assert_ne!(all_pages(&mut talk, "sam"), first);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn b07_how_often_somebody_is_asked_has_no_part_in_the_order(popularity in prop::collection::vec(0..=3_usize, 8)) {
        let unasked = all_pages(&mut crowd(&[0; 8]), "sam");
        prop_assert_eq!(all_pages(&mut crowd(&popularity), "sam"), unasked);
    }
}

#[test]
fn who_finds_nobody_is_sent_to_the_whole_list_only_where_somebody_is_in_it() {
    let none = |talk: &mut Talk, words: &str| {
        talk.types("sam", words);
        let said = talk.hears_whole("sam");
        let [(_, Say::Cards(Cards::NoMentors { empty, .. }))] = said[..] else { panic!("{said:?}") };
        empty
    };
    let mut talk = Talk::new();
    assert!(none(&mut talk, "mentors") && none(&mut talk, "mentors in law"));
    talk.says("alex", "list me");
    assert_eq!(talk.says("alex", "list me now"), ["list-agreed"]);
    talk.until(first_change());
    assert!(!none(&mut talk, "mentors in law"));
}
