//! Two people who were introduced find a time through the porter.

use lodge_core::id::{EffectId, IntroductionId};
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::{Introduction, Party, Stage};
use lodge_core::rights::data;
use lodge_core::say::{Arranging, Ending, Say, Searching};
use lodge_core::time::{Span, Timestamp};

use crate::talk::{START, Talk};

const HOUR: Span = Span::from_millis(3_600_000);

/// This many hours after the beginning, which is a Monday at ten.
fn hours(hours: u64) -> Timestamp {
    START.after(Span::from_millis(hours * HOUR.as_millis()))
}

/// Thursday at five in the afternoon.
fn thursday() -> Timestamp {
    hours(79)
}

fn met() -> (Talk, IntroductionId) {
    let mut talk = Talk::new();
    let id = talk.meet("sam", "alex");
    talk.forget();
    (talk, id)
}

/// Both are in their room, where the addressee has said yes in these words.
fn met_by(yes: &str) -> (Talk, IntroductionId) {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.forget();
    assert_eq!(talk.says("alex", yes), ["search-yes-with-times"], "{yes}");
    come_in(&mut talk, id);
    (talk, id)
}

fn come_in(talk: &mut Talk, id: IntroductionId) {
    talk.perform();
    for party in ["alex", "sam"] {
        let member = talk.id(party);
        assert!(talk.hears(party).iter().all(|said| !said.starts_with("search")), "nothing before the room is open");
        talk.input(Input::CameIn(id, member));
    }
    talk.perform();
}

fn meets(talk: &Talk, id: IntroductionId) -> Option<Timestamp> {
    talk.state.introduction(id).and_then(|one: &Introduction| one.arranged.as_ref()).map(|arranged| arranged.at)
}

/// The moments that the last of these messages offers.
fn slots(heard: &[(EffectId, Say)]) -> Vec<Timestamp> {
    let found = heard.iter().rev().find_map(|(_, say)| {
        let Say::Arranging(Arranging::Searching(Searching::Offered { slots, .. } | Searching::Common { slots, .. })) =
            say
        else {
            return None;
        };
        Some(slots.clone())
    });
    found.unwrap()
}

#[test]
fn a_yes_with_times_needs_no_second_round() {
    for pick in ["3", "the third one", "3 please", "Thursday at 6"] {
        let (mut talk, id) = met_by("yes, Tue or Thu after 4");
        assert_eq!(slots(&talk.hears_whole("sam")), [hours(30), hours(32), hours(78)]);
        assert_eq!(talk.hears("alex"), [""; 0]);
        assert_eq!(talk.says("sam", pick), ["meeting-noted"], "{pick}");
        assert_eq!(talk.hears("alex"), ["meeting-told"], "{pick}");
        assert_eq!(meets(&talk, id), Some(if pick.ends_with('6') { hours(80) } else { hours(78) }), "{pick}");
        // The word has counted, and nothing more can be chosen.
        assert_ne!(talk.says("sam", "1"), ["meeting-noted"]);
        assert_eq!(talk.says("sam", "times 1"), ["search-when"]);
        assert_eq!(talk.hears("alex"), [""; 0]);
    }
}

#[test]
fn nobody_is_asked_for_times_that_they_have_given() {
    for (yes, gave) in [("yes, Tue or Thu after 4", true), ("1 yes, Thursday at 5", true), ("yes", false)] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.forget();
        talk.says("alex", yes);
        talk.perform();
        let told = ["sam", "alex"].map(|who| talk.hears_whole(who));
        for heard in &told {
            let Some((_, Say::Ending(say))) = heard.last() else { panic!("{heard:?}") };
            let (Ending::AgreedRequester { times, .. } | Ending::AgreedAddressee { times, .. }) = say else {
                panic!("{say:?}")
            };
            assert_eq!(*times, gave, "{yes}");
        }
    }
}

#[test]
fn times_of_a_yes_that_have_passed_are_asked_for_anew_once_both_are_in() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes, Tuesday after 4");
    talk.perform();
    talk.until(hours(50));
    talk.forget();
    for party in ["alex", "sam"] {
        let member = talk.id(party);
        talk.input(Input::CameIn(id, member));
    }
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec![], vec!["search-passed"]));
    assert_eq!(talk.says("alex", "Thursday at 5"), ["search-kept"]);
    assert_eq!(talk.hears("sam"), ["search-suggested"]);
}

#[test]
fn a_yes_is_one_with_times_only_where_all_behind_it_is_times() {
    for yes in [
        "yes, Tue or Thu after 4",
        "Yes please, Thursday at 5",
        "Sure, on Tuesday after 6",
        "1 yes, Thursday afternoon",
        "I’d love to. Thursday after 4 works for me",
        "yes, not Tuesday but Thursday after 4",
    ] {
        let (talk, id) = met_by(yes);
        assert!(matches!(talk.stage(id), Stage::Met { .. }), "{yes}");
    }
    for unclear in [
        "yes but not this month",
        "yes, but only Thursday after 4",
        "yes, after exams",
        "yes, maybe Thursday",
        "yes, not Thursday",
        "yes, Thursday after 4?",
        "yes, yesterday",
        "yes, Thursday at 8",
        "yes with email, Thursday after 4",
        "yes, Thursday 17:00 to 17:10",
        "yes, Thursday at the library",
        "no, Thursday after 4",
        "Thursday after 4",
    ] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.forget();
        talk.says("alex", unclear);
        assert!(matches!(talk.stage(id), Stage::Waiting(_)), "{unclear}");
        assert_eq!(talk.hears("sam"), [""; 0], "{unclear}");
        assert!(talk.state.introduction(id).unwrap().search.is_empty(), "{unclear}");
    }
}

#[test]
fn times_are_no_yes_to_anything_but_the_request_that_was_asked_last() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "requests");
    assert_ne!(talk.says("alex", "yes, Thursday after 4"), ["search-yes-with-times"]);
    assert!(matches!(talk.stage(id), Stage::Waiting(_)));
    assert_eq!(talk.says("alex", "1 yes, Thursday after 4"), ["search-yes-with-times"]);
    // A device that nobody knows says no yes.
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    assert_ne!(talk.says_as("alex", "yes, Thursday after 4", Reply::None, Proof::Unproven), ["search-yes-with-times"]);
    assert!(talk.state.introduction(id).unwrap().search.is_empty());
    // The answer to another question is none.
    let (mut talk, _) = met();
    talk.until(hours(15 * 24));
    assert!(talk.hears("alex").contains(&"how-was-it"));
    assert_ne!(talk.says("alex", "yes, Thursday after 4"), ["went-well"]);
}

#[test]
fn either_gives_times_and_the_other_is_asked_once() {
    for words in ["times Tue or Thu after 4", "I'm free Tue or Thu after 4", "times 1 Tue or Thu after 4"] {
        for (giver, other) in [("sam", "alex"), ("alex", "sam")] {
            let (mut talk, id) = met();
            assert_eq!(talk.says(giver, words), ["search-kept"], "{words}");
            assert_eq!(talk.hears(other), ["search-offered"], "{words}");
            assert_eq!(talk.says(giver, "times Wednesday morning"), ["search-kept"]);
            assert_eq!(talk.hears(other), [""; 0]);
            // They chose something that is not there any more, and hear that.
            assert_eq!(talk.says(other, "1"), ["search-offered"]);
            assert_eq!(talk.says(other, "1"), ["meeting-noted"]);
            assert_eq!(meets(&talk, id), Some(hours(47)));
        }
    }
}

#[test]
fn times_of_both_are_weighed_and_both_agree_to_one() {
    let (mut talk, id) = met_by("yes, Tue or Thu after 4");
    talk.forget();
    talk.types("sam", "Thursday afternoon or evening");
    let heard = talk.hears_whole("sam");
    assert_eq!(slots(&heard), [hours(78), hours(80)]);
    assert_eq!(talk.hears("alex"), [""; 0]);
    assert_eq!(talk.says("sam", "yes"), ["search-which-moment"]);
    assert_eq!(talk.says("sam", "4"), ["search-which-moment"]);
    assert_eq!(talk.says("sam", "2"), ["search-chosen"]);
    assert_eq!(talk.hears("alex"), ["search-confirm"]);
    assert_eq!(meets(&talk, id), None);
    assert_eq!(talk.says("alex", "yes"), ["meeting-noted"]);
    assert_eq!(talk.hears("sam"), ["meeting-told"]);
    assert_eq!(meets(&talk, id), Some(hours(80)));
    // It is a meeting like any other.
    talk.until(hours(24 * 4));
    assert_eq!(talk.hears("alex"), ["meeting-reminder", "meeting-reminder", "how-was-it"]);
}

#[test]
fn where_nothing_suits_both_hear_it_and_are_asked() {
    let (mut talk, id) = met_by("yes, Tuesday after 4");
    talk.forget();
    assert_eq!(talk.says("sam", "Thursday at 5"), ["search-apart"]);
    assert_eq!(talk.hears("alex"), ["search-suggested"]);
    assert_eq!(talk.says("alex", "Neither, I’m afraid"), ["search-none-suits"]);
    assert_eq!(talk.says("alex", "Friday after 4"), ["search-apart"]);
    assert_eq!(talk.hears("sam"), ["search-offered"]);
    assert_eq!(talk.says("sam", "Friday at 5"), ["meeting-noted"]);
    assert_eq!(talk.hears("alex"), ["meeting-told"]);
    assert_eq!(meets(&talk, id), Some(thursday().after(Span::from_days(1))));
}

#[test]
fn a_time_that_they_settle_themselves_ends_the_search_and_calling_it_off_begins_anew() {
    let (mut talk, id) = met_by("yes, Tue or Thu after 4");
    talk.forget();
    assert_eq!(talk.says("alex", "arranged Thursday 17:00"), ["meeting-noted"]);
    assert_eq!(talk.hears("sam"), ["meeting-told"]);
    assert!(!talk.state.introduction(id).unwrap().search.offered_to(Party::Requester).iter().any(|_| true));
    assert_ne!(talk.says("sam", "1"), ["meeting-noted"]);
    for words in ["not arranged", "move the meeting"] {
        talk.says("alex", "arranged Thursday 17:00");
        talk.forget();
        assert_eq!(talk.says("sam", words), ["meeting-dropped"]);
        assert_eq!(talk.hears("alex"), ["meeting-dropped-by-other"]);
        assert_eq!(talk.says("sam", "Friday at 5"), ["search-kept"]);
        assert_eq!(talk.hears("alex"), ["search-suggested"]);
        assert_eq!(talk.says("alex", "Yes"), ["meeting-noted"]);
        assert_eq!(talk.says("alex", "move it to Thursday 17:00"), ["meeting-noted"]);
        talk.forget();
    }
}

#[test]
fn a_word_counts_for_what_stood_before_it_and_on_a_device_of_their_own() {
    let (mut talk, id) = met();
    talk.held_back = Some(vec![]);
    talk.types("alex", "times Thursday at 5");
    assert_eq!(talk.hears("sam"), ["search-suggested"]);
    for word in ["yes", "1", "times 1"] {
        assert_ne!(talk.says("sam", word), ["meeting-noted"], "{word}");
    }
    talk.show_held_back();
    talk.forget();
    talk.says("alex", "hello");
    assert_eq!(talk.says_as("sam", "times 1", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(meets(&talk, id), None);
    assert_eq!(talk.says_as("sam", "times Thursday at 5", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(meets(&talk, id), None);
}

#[test]
fn nobody_is_asked_twice_without_an_answer_but_for_one_reminder_by_day() {
    let (mut talk, _) = met();
    // Late in the evening.
    talk.now = hours(13);
    talk.types("alex", "times any day after 4");
    for day in ["Wednesday", "Thursday", "Friday"] {
        talk.types("alex", &format!("times {day} after 4"));
    }
    assert_eq!(talk.hears("sam"), ["search-offered"]);
    talk.until(hours(46));
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.until(hours(48));
    assert_eq!(talk.hears("sam"), ["search-offered"]);
    talk.until(hours(24 * 13));
    assert_eq!(talk.hears("sam"), [""; 0]);
}

#[test]
fn there_is_an_end_to_the_rounds() {
    let (mut talk, id) = met();
    let days = ["Tuesday", "Wednesday"];
    for round in 0..10 {
        let (who, day) = (["sam", "alex"][round % 2], days[round % 2]);
        let heard = talk.says(who, &format!("times {day} {}pm to {}pm", 1 + round / 2, 3 + round / 2));
        assert_eq!(heard, [if round == 0 { "search-kept" } else { "search-apart" }], "{round}");
        talk.forget();
    }
    for who in ["sam", "alex"] {
        assert_eq!(talk.says(who, "times Thursday at 5"), ["search-enough"]);
    }
    assert_eq!(talk.hears("alex"), [""; 0]);
    // Calling it off does not begin the count anew, and they can settle it themselves.
    assert_eq!(talk.says("sam", "arranged Thursday 17:00"), ["meeting-noted"]);
    talk.says("sam", "not arranged");
    assert_eq!(talk.says("sam", "times Thursday at 5"), ["search-enough"]);
    assert_eq!(meets(&talk, id), None);
}

#[test]
fn words_that_are_no_times_are_asked_back() {
    let (mut talk, _) = met();
    for (words, answer) in [
        ("times", "search-when"),
        ("Thursday at 8", "meeting-either"),
        ("after exams", "meeting-vague"),
        ("at 5", "meeting-which-day"),
        ("not Thursday", "meeting-only-not"),
        ("5 March at 5", "meeting-far"),
        ("Thursday 3am", "meeting-night"),
        ("Thursday 17:00 to 17:10", "search-too-short"),
        ("times in the library", "meeting-words-unclear"),
    ] {
        assert_eq!(talk.says("sam", words), [answer], "{words}");
    }
    assert_eq!(talk.hears("alex"), [""; 0]);
    // What could be anything is asked back twice, and then a person is offered.
    for answer in ["meeting-when", "meeting-when", "not-understood-person"] {
        assert_eq!(talk.says("sam", "the green umbrella over there"), [answer]);
    }
}

#[test]
fn times_in_another_zone_are_told_by_both_clocks() {
    let (mut talk, id) = met_by("yes, Thursday after 4 Berlin time");
    let told = |talk: &mut Talk, who: &str| {
        let heard = talk.hears_whole(who);
        heard.last().is_some_and(|(_, say)| format!("{:?}", say.wording()).contains("Europe/Berlin"))
    };
    assert!(told(&mut talk, "sam"));
    assert_eq!(talk.state.introduction(id).unwrap().search.offered_to(Party::Requester).first(), Some(&hours(77)));
    talk.types("sam", "Thursday afternoon or evening");
    assert!(told(&mut talk, "sam"));
    talk.types("sam", "1");
    assert!(told(&mut talk, "sam"));
    assert!(told(&mut talk, "alex"));
    // The zone of the service is no other.
    let (mut talk, _) = met_by("yes, Thursday after 4 London time");
    assert!(!told(&mut talk, "sam"));
}

#[test]
fn of_several_people_one_is_named() {
    let mut talk = Talk::new();
    let both = ["sam", "noor"].map(|who| talk.meet(who, "alex"));
    talk.forget();
    assert_eq!(talk.says("alex", "times Thursday after 4"), ["search-with-whom"]);
    assert_eq!(talk.says("alex", "times 2 Thursday after 4"), ["search-kept"]);
    assert_eq!((talk.hears("sam"), talk.hears("noor")), (vec![], vec!["search-offered"]));
    assert_eq!(talk.says("noor", "1"), ["meeting-noted"]);
    assert_eq!(both.map(|id| meets(&talk, id)), [None, Some(hours(78))]);
}

#[test]
fn times_alone_are_for_the_one_with_whom_a_time_is_found_and_for_no_one_else() {
    for text in ["Thursday after 4", "Tue or Thu after 4", "Friday 10-12", "tomorrow at 3pm"] {
        let (mut talk, _) = met();
        talk.says("sam", "arranged Friday 17:00");
        assert_eq!(talk.says("sam", text), ["search-kept"], "{text}");
        // They met long ago, or somebody else has asked since: these times could be for anybody.
        let (mut talk, _) = met();
        assert_ne!(talk.says("sam", text), ["search-kept"], "{text}");
        let (mut talk, _) = met();
        talk.says("alex", "arranged Friday 17:00");
        talk.asks("noor", "alex");
        talk.forget();
        assert_ne!(talk.says("alex", text), ["search-kept"], "{text}");
        assert!(talk.hears("sam").iter().all(|heard| !heard.starts_with("search")), "{text}");
        let mut talk = Talk::new();
        let answered = talk.says("sam", text);
        assert!(["not-understood", "is-it-one-of"].contains(&answered[0]), "{text}: {answered:?}");
    }
}

#[test]
fn nothing_of_it_is_there_before_both_have_met() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.forget();
    for who in ["sam", "alex"] {
        assert_eq!(talk.says(who, "times Thursday after 4"), ["meeting-with-nobody"]);
        assert_ne!(talk.says(who, "I'm free Thursday after 4"), ["search-kept"]);
    }
    talk.says("alex", "1 yes, Thursday after 4");
    assert!(!talk.hears("sam").iter().any(|said| said.starts_with("search")));
    for who in ["sam", "alex"] {
        talk.perform();
        let records = data::about(&talk.state, &talk.settings, talk.id(who), talk.now);
        let has = records.iter().any(|record| record.to_string().contains("2026-11-05T16:00:00Z"));
        assert_eq!(has, who == "alex", "{who}");
    }
    // A yes that is taken back takes its times with it.
    talk.says("alex", "withdraw");
    assert!(talk.state.introduction(id).unwrap().search.given(Party::Addressee).is_none());
}

#[test]
fn whatever_ends_the_introduction_ends_the_search() {
    type End = fn(&mut Talk);
    let ends: [(&str, End); 5] = [
        ("withdrawn", |talk| drop(talk.says("sam", "withdraw"))),
        ("reported", |talk| drop(talk.says("sam", "report he was rude"))),
        ("forgotten", |talk| drop(talk.says("alex", "forget me now"))),
        ("blocked", |talk| drop(talk.says("sam", "block @alex:example.org"))),
        ("went back", |talk| talk.input(Input::WentBack(START))),
    ];
    for (name, end) in ends {
        let (mut talk, id) = met_by("yes, Tue or Thu after 4");
        talk.forget();
        end(&mut talk);
        let search = talk.state.introduction(id).map(|one| &one.search);
        assert!(search.is_none_or(|search| search.given(Party::Addressee).is_none()), "{name}");
        assert!(search.is_none_or(|search| search.offered_to(Party::Requester).is_empty()), "{name}");
        for words in ["1", "yes"] {
            let heard = talk.says("sam", words);
            assert!(heard.iter().all(|said| !said.starts_with("search") && !said.starts_with("meeting")), "{name}");
        }
        talk.until(hours(24 * 13));
        for who in ["sam", "alex"] {
            assert!(talk.hears(who).iter().all(|heard| !heard.starts_with("search")), "{name}");
        }
    }
}

#[test]
fn somebody_who_blocks_is_not_asked_and_the_other_does_not_learn_of_it() {
    let (mut talk, _) = met();
    talk.says("alex", "block @sam:example.org");
    talk.forget();
    assert_eq!(talk.says("sam", "times Thursday after 4"), ["search-kept"]);
    assert_eq!(talk.says("sam", "times Friday after 4"), ["search-kept"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
}

#[test]
fn older_rows_have_no_search_and_rows_without_one_are_as_they_were() {
    let (talk, id) = met();
    let row = serde_json::to_value(talk.state.introduction(id).unwrap()).unwrap();
    assert_eq!(row.get("search"), None);
    let (talk, id) = met_by("yes, Tue or Thu after 4");
    let row = serde_json::to_value(talk.state.introduction(id).unwrap()).unwrap();
    assert_eq!(&serde_json::from_value::<Introduction>(row).unwrap(), talk.state.introduction(id).unwrap());
}
