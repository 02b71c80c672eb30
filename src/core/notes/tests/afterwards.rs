//! After a talk, and where none came about: what the two hear, and where their words go.

use lodge_core::id::IntroductionId;
use lodge_core::introduction::{Missed, Party, Went};
use lodge_core::say::{Ending, Next, Say};
use lodge_core::time::Span;

use super::talk::{START, Talk};

/// Later than Thursday at five, and earlier than the morning after it.
const AFTER_THURSDAY: Span = Span::from_millis((3 * 24 + 8) * 3_600_000);

fn last(talk: &mut Talk, name: &str) -> Ending {
    match talk.hears_whole(name).pop() {
        Some((_, Say::Ending(say))) => say,
        other => panic!("{other:?}"),
    }
}

fn asks_for_interview(talk: &mut Talk, to: &str) -> IntroductionId {
    talk.says("sam", &format!("introduce @{to}:example.org for an information interview: May I ask how you began?"));
    for text in ["no", "skip", "skip"] {
        talk.says("sam", text);
    }
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    talk.newest().id
}

/// Sam has had an information interview with Alex, and both were asked how it was.
fn interviewed() -> (Talk, IntroductionId) {
    let mut talk = Talk::new();
    let id = asks_for_interview(&mut talk, "alex");
    talk.says("alex", "yes");
    talk.perform();
    for name in ["alex", "sam"] {
        let member = talk.id(name);
        talk.input(lodge_core::input::Input::CameIn(id, member));
    }
    talk.perform();
    talk.forget();
    talk.until(START.after(Span::from_days(15)));
    (talk, id)
}

fn notes(talk: &Talk, name: &str) -> Vec<String> {
    let book = talk.state.notebook(talk.id(name));
    book.into_iter().flat_map(|book| book.notes()).map(|note| note.words.clone()).collect()
}

#[test]
fn d03_after_an_interview_its_two_are_asked_each_in_their_own_way() {
    let (mut talk, _) = interviewed();
    assert_eq!(
        (talk.hears("sam"), talk.hears("alex")),
        (vec!["how-was-your-interview"], vec!["how-was-their-interview"])
    );
    assert_eq!(talk.says("sam", "well"), ["interview-went-well"]);
    assert_eq!(talk.says("alex", "well"), ["thank-you-mentor"]);
    assert_eq!(talk.says("sam", "thank-you"), ["thank-you-example"]);
    assert_eq!(talk.says("sam", "reflect"), ["reflect"]);
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.forget();
    talk.until(START.after(Span::from_days(15)));
    assert_eq!(talk.hears("sam"), ["how-was-it"]);
    assert_eq!(talk.says("sam", "well"), ["went-well"]);
}

#[test]
fn d03_a_line_of_their_own_is_enough_and_nobody_else_reads_it() {
    for (name, other) in [("sam", "alex"), ("alex", "sam")] {
        let (mut talk, id) = interviewed();
        talk.forget();
        assert_eq!(talk.says(name, "It was lovely, and much too short"), ["thank-you-for-words"]);
        assert_eq!(notes(&talk, name), ["It was lovely, and much too short"]);
        assert!(notes(&talk, other).is_empty() && talk.hears(other).is_empty());
        assert!(talk.state.introduction(id).unwrap().went.is_empty());
        assert_eq!(talk.says(name, "well"), [""; 0], "it is asked no more");
    }
    let (mut talk, _) = interviewed();
    talk.forget();
    assert_eq!(talk.says("sam", "he was creepy and kept asking for my phone number"), ["trouble"]);
    assert_eq!(talk.says("sam", "thanks"), [""; 0]);
    assert!(notes(&talk, "sam").is_empty());
}

#[test]
fn a_no_show_is_met_kindly_once_and_told_to_nobody() {
    for (words, missed) in [("she didn't come", Missed::Other), ("I couldn't make it", Missed::Own)] {
        let (mut talk, _) = interviewed();
        talk.forget();
        talk.types("sam", words);
        assert_eq!(last(&mut talk, "sam"), Ending::Missed { missed, interview: Some(Party::Requester) }, "{words}");
        assert_eq!(talk.hears("alex"), [""; 0]);
        assert!(notes(&talk, "sam").is_empty());
        talk.until(START.after(Span::from_days(60)));
        assert_eq!(talk.hears("sam"), [""; 0], "it is not asked again");
    }
}

#[test]
fn who_tells_of_a_no_show_at_once_is_not_asked_the_day_after_unless_there_is_another_time() {
    let mut talk = Talk::new();
    let id = talk.meet("sam", "alex");
    talk.says("sam", "arranged Thursday 17:00");
    talk.until(START.after(AFTER_THURSDAY));
    talk.forget();
    assert_eq!(talk.says("sam", "they never turned up"), ["missed-by-other"]);
    assert_eq!(talk.state.introduction(id).unwrap().went.get(&Party::Requester), Some(&Went::NotYet));
    talk.until(START.after(Span::from_days(5)));
    assert_eq!(talk.hears("sam"), [""; 0]);
    assert_eq!(talk.hears("alex"), ["how-was-it"]);
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.says("sam", "arranged Thursday 17:00");
    talk.until(START.after(AFTER_THURSDAY));
    talk.says("sam", "they never turned up");
    talk.says("sam", "arranged next Tuesday 17:00");
    talk.forget();
    talk.until(START.after(Span::from_days(10)));
    assert!(talk.hears("sam").contains(&"how-was-it"));
}

#[test]
fn who_has_met_nobody_is_not_told_of_a_no_show_or_of_thanks() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "thank-you"), [""; 0]);
    assert_eq!(talk.says("sam", "how do I thank her?"), ["thank-you-example"]);
    let heard = talk.says("sam", "she didn't come");
    assert!(!heard.contains(&"missed-by-other"), "{heard:?}");
}

#[test]
fn a11_i03_an_interview_that_did_not_come_about_is_answered_in_the_same_words_whatever_the_reason() {
    let endings = ["no", "ignore", "block", "report", "later friday", "pause until 20 December", "forget me now", ""];
    let told = endings.map(|then| {
        let mut talk = Talk::new();
        asks_for_interview(&mut talk, "alex");
        if !then.is_empty() {
            talk.says("alex", then);
        }
        talk.forget();
        talk.until(START.after(Span::from_days(20)));
        last(&mut talk, "sam")
    });
    assert!(told.iter().all(|one| *one == told[0]), "{told:#?}");
    let mut talk = Talk::new();
    asks_for_interview(&mut talk, "nobody");
    talk.forget();
    talk.until(START.after(Span::from_days(20)));
    let Ending::NoIntroduction { next: Some(next), .. } = last(&mut talk, "sam") else { panic!() };
    assert_eq!(next, Next { field: None });
    assert_eq!(talk.says("sam", "reflect"), ["reflect"]);
}

#[test]
fn a11_the_next_step_names_the_field_that_the_student_had_looked_for() {
    let mut talk = Talk::new();
    for text in ["profile headline: Museum curator", "profile show headline to mentors list", "list me", "list me now"]
    {
        talk.says("alex", text);
    }
    talk.until(START.after(Span::from_days(2)));
    talk.says("sam", "mentors in museum");
    talk.says("sam", "introduce 1 for an information interview: May I ask how you began?");
    for text in ["no", "skip", "skip", "rehearse no", "send"] {
        talk.says("sam", text);
    }
    assert_eq!(talk.newest().sought.as_deref(), Some("museum"));
    talk.forget();
    talk.until(START.after(Span::from_days(20)));
    let Ending::NoIntroduction { next, .. } = last(&mut talk, "sam") else { panic!() };
    assert_eq!(next, Some(Next { field: Some("museum".to_owned()) }));
}
