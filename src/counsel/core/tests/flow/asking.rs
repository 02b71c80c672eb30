//! Counsellors are asked, each alone; the first who takes it has it.

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::say::{Say, ToClient, ToCounsellor};
use lodge_ground::time::Span;

use crate::talk::Talk;

/// The counsellors among these who were asked.
fn asked(talk: &mut Talk, names: &[&'static str]) -> Vec<&'static str> {
    names.iter().copied().filter(|name| talk.hears(name).contains(&"counsellor-offer")).collect()
}

#[test]
fn everybody_on_duty_is_asked_alone_and_the_first_who_claims_has_it() {
    let mut talk = Talk::new();
    let word = talk.asks("sam");
    for name in ["kim", "lee"] {
        let offer = Say::from(ToCounsellor::Offer {
            word: talk.case("sam").word.clone(),
            about: None,
            only: false,
            until: talk.now.after(talk.settings.claim_within),
        });
        assert_eq!(talk.hears_whole(name), [offer]);
    }
    assert_eq!(talk.says("lee", "claim"), ["counsellor-claimed"]);
    assert_eq!(talk.hears("kim"), ["counsellor-taken"]);
    assert_eq!(talk.hears("sam"), ["claimed"]);
    assert_eq!(talk.says("kim", &format!("claim {word}")), ["counsellor-taken"]);
    assert_eq!(talk.says("lee", &format!("claim {word}")), ["counsellor-cases"], "it is theirs already");
    assert_eq!(talk.acts(), [Act::MakeRoom(talk.case("sam").id, talk.id("lee"))]);
}

#[test]
fn a_line_is_read_by_those_who_are_asked_only_where_it_was_released() {
    for (answer, before) in [("yes", Some("My next step".to_owned())), ("no", None)] {
        let mut talk = Talk::new();
        talk.agrees("sam");
        for text in ["1", "My next step", answer] {
            talk.types("sam", text);
        }
        let [Say::Counsellor(ToCounsellor::Offer { about, .. })] = &talk.hears_whole("kim")[..] else { panic!() };
        assert_eq!(*about, before);
        talk.types("kim", "claim");
        let [Say::Counsellor(ToCounsellor::Claimed { about, .. })] = &talk.hears_whole("kim")[..] else { panic!() };
        assert_eq!(about.as_deref(), Some("My next step"), "who takes it may read it");
    }
}

#[test]
fn a_counsellor_who_is_named_is_the_only_one_asked_at_any_hour() {
    let mut talk = Talk::new();
    talk.types("kim", "hours sun 9-10");
    talk.types("kim", "away Back soon");
    talk.types("kim", "capacity 0");
    talk.forget();
    talk.agrees("sam");
    talk.types("sam", "kim");
    talk.types("sam", "skip");
    let [_, Say::Client(ToClient::Asking { whom, .. })] = &talk.hears_whole("sam")[..] else { panic!() };
    assert_eq!(whom.as_deref(), Some("Kim Example"));
    assert_eq!(asked(&mut talk, &["kim", "lee"]), ["kim"]);
    talk.days(3);
    let told = talk.hears_whole("sam");
    let [Say::Client(ToClient::Nobody { whom, .. })] = &told[..] else { panic!("{told:?}") };
    assert_eq!(*whom, Some(("Kim Example".to_owned(), Some("Back soon".to_owned()))));
}

#[test]
fn whoever_asks_and_takes_it_back_again_and_again_waits_a_day_and_loses_nothing() {
    let heard = |named: &str| {
        let mut talk = Talk::new();
        talk.agrees("sam");
        talk.types("sam", "no");
        let mut heard = vec![];
        for _ in 0..5 {
            for words in ["hello", named, "My next step", "yes", "withdraw"] {
                heard.extend(talk.says("sam", words));
            }
        }
        talk.forget();
        for words in ["hello", named, "My next step"] {
            talk.types("sam", words);
        }
        talk.forget();
        assert_eq!(talk.says("sam", "yes"), ["asked-often"]);
        assert_eq!((talk.hears("kim"), talk.hears("lee")), (vec![], vec![]));
        assert_eq!(talk.says("sam", "yes"), ["asked-often"], "asking once more costs nothing");
        talk.now = talk.now.after(Span::from_days(1));
        assert_eq!(talk.says("sam", "hello"), ["help", "ask-showing"]);
        heard.extend(talk.says("sam", "yes"));
        assert_eq!(talk.case("sam").about.as_ref().map(|about| about.line.as_str()), Some("My next step"));
        heard
    };
    // Their answers follow from what they asked themselves, and not from who is there.
    assert_eq!(heard("1"), heard("Kim"));
    assert_eq!(heard("1").last(), Some(&"asking"));
}

#[test]
fn nobody_in_time_is_told_honestly_and_the_next_question_is_a_new_one() {
    let mut talk = Talk::new();
    let word = talk.asks("sam");
    talk.forget();
    talk.types("kim", "pass");
    assert_eq!(talk.hears("sam"), [""; 0], "nobody hears of it");
    talk.days(1);
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.days(2);
    assert_eq!(talk.hears("sam"), ["nobody"]);
    assert_eq!(talk.hears("kim"), ["counsellor-passed", "counsellor-taken"]);
    assert_eq!(talk.hears("lee"), ["counsellor-taken"]);
    assert_eq!(talk.says("lee", &format!("claim {word}")), ["counsellor-taken"]);
    assert_eq!(talk.says("sam", "hello"), ["help", "ask-whom"]);
    talk.types("sam", "1");
    talk.types("sam", "skip");
    assert_ne!(talk.word("sam"), word);
}

#[test]
fn taken_back_taken_by_another_and_over_are_one_for_those_who_were_asked() {
    let heard = |ends: fn(&mut Talk)| {
        let mut talk = Talk::new();
        let word = talk.asks("sam");
        talk.forget();
        ends(&mut talk);
        let heard = format!("{:?}", talk.hears_whole("kim")).replace(&word, "WORD");
        (heard, talk.says("kim", &format!("claim {word}")))
    };
    let taken = heard(|talk| talk.types("lee", "claim"));
    assert!(taken.0.contains("Taken"));
    assert_eq!(taken, heard(|talk| talk.types("sam", "withdraw")));
    assert_eq!(taken, heard(|talk| talk.types("sam", "close")));
    assert_eq!(taken, heard(|talk| talk.days(3)));
    assert_eq!(taken, heard(|talk| talk.types("sam", "forget me now")));
}

#[test]
fn who_is_away_full_or_off_duty_is_not_asked_until_they_are_not() {
    let mut talk = Talk::new();
    // It is ten on a Monday.
    talk.types("kim", "away");
    talk.types("lee", "hours mon 12-14");
    talk.forget();
    talk.asks("sam");
    assert_eq!(asked(&mut talk, &["kim", "lee"]), [""; 0]);
    talk.until(talk.now.after(Span::from_millis(2 * 3_600_000)));
    assert_eq!(asked(&mut talk, &["kim", "lee"]), ["lee"]);
    talk.types("kim", "back");
    assert_eq!(asked(&mut talk, &["kim", "lee"]), ["kim"]);
    talk.types("kim", "capacity 4");
    assert_eq!(asked(&mut talk, &["kim", "lee"]), [""; 0], "nobody is asked twice");
}

#[test]
fn somebody_full_is_asked_once_they_have_room_again() {
    let mut talk = Talk::new();
    talk.name(&["kim"]);
    talk.types("kim", "capacity 1");
    talk.opens("sam", "kim");
    talk.asks("robin");
    assert_eq!(asked(&mut talk, &["kim"]), [""; 0]);
    talk.types("sam", "close");
    talk.types("sam", "left");
    assert_eq!(asked(&mut talk, &["kim"]), [""; 0], "they are in that room still");
    talk.types("kim", "left");
    assert_eq!(asked(&mut talk, &["kim"]), ["kim"]);
}

#[test]
fn nobody_takes_more_than_they_said_they_hold() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.asks("robin");
    talk.types("kim", "capacity 1");
    let words = [talk.word("sam"), talk.word("robin")];
    talk.forget();
    assert_eq!(talk.says("kim", "claim"), ["counsellor-which-case"]);
    assert_eq!(talk.says("kim", &format!("claim {}", words[0])), ["counsellor-claimed"]);
    assert_eq!(talk.says("kim", "claim"), ["counsellor-full"]);
    talk.forget();
    assert_eq!(talk.says("lee", "claim"), ["counsellor-claimed"], "the other is still open");
}

#[test]
fn one_question_at_a_time_for_each_client() {
    let mut talk = Talk::new();
    talk.asks("sam");
    assert_eq!(talk.says("sam", "hello"), ["help"]);
    assert_eq!(talk.says("sam", "Kim"), ["not-understood"]);
    assert_eq!(talk.state.cases().count(), 1);
}

#[test]
fn a_word_that_is_no_case_word_claims_nothing() {
    let mut talk = Talk::new();
    let word = talk.asks("sam");
    talk.forget();
    assert_eq!(talk.says("kim", &format!("claim {word}x")), ["counsellor-not-understood"]);
    assert_eq!(talk.says("kim", "claim it"), ["counsellor-claimed"]);
}
