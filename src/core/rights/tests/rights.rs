//! The policy, one's own data, and being forgotten.

use std::collections::BTreeSet;

use lodge_core::effect::Act;
use lodge_core::input::Input;
use lodge_core::introduction::{Party, Quiet, Side, Stage};
use lodge_core::people::member::Standing;
use lodge_core::people::roster::Roster;
use lodge_core::say::{Rights, Say};
use lodge_core::state::State;
use lodge_core::time::Span;
use lodge_ground::store::Memory;

use crate::talk::{START, Talk, address, people};

fn data(talk: &mut Talk, name: &str) -> String {
    talk.forget();
    talk.says(name, "help");
    let member = talk.id(name);
    let records = lodge_core::rights::data::about(&talk.state, &talk.settings, member, talk.now);
    serde_json::to_string_pretty(&records).unwrap()
}

#[test]
fn what_ended_is_kept_for_its_time_whoever_was_asked_and_then_goes() {
    let mut talk = Talk::new();
    let (alex, nobody) = (talk.asks("sam", "alex"), talk.asks("sam", "zoe"));
    talk.until(START.after(Span::from_days(40)));
    let ended = |talk: &Talk| {
        [alex, nobody].map(|id| match talk.state.introduction(id).map(|introduction| &introduction.stage) {
            Some(Stage::Ended { at, .. }) => Some(*at),
            Some(stage) => panic!("{stage:?}"),
            None => None,
        })
    };
    let [Some(at), Some(of_nobody)] = ended(&talk) else { panic!("they have ended") };
    assert_eq!(at, of_nobody);
    talk.forget();
    talk.now = at.after(Span::from_millis(talk.settings.kept_for.as_millis() - 1));
    talk.input(Input::Tidy);
    assert_eq!(ended(&talk), [Some(at); 2]);
    talk.now = at.after(talk.settings.kept_for);
    talk.input(Input::Tidy);
    assert_eq!(ended(&talk), [None; 2]);
    assert!(talk.acts().is_empty(), "nobody is told");
    assert_eq!(talk.state.timers().filter(|timer| timer.due > talk.now).count(), talk.state.timers().count());
}

#[test]
fn what_has_not_ended_is_kept_however_long_it_takes() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.now = START.after(Span::from_days(4000));
    talk.input(Input::Tidy);
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
}

#[test]
fn c08_a_new_edition_of_the_policy_is_told_once() {
    let mut talk = Talk::new();
    talk.settings.versions.policy = "2".to_owned();
    talk.input(Input::Roster(Roster::whole(people())));
    assert_eq!(talk.hears("sam"), ["policy-changed"]);
    talk.input(Input::Roster(Roster::whole(people())));
    assert_eq!(talk.hears("sam"), [""; 0]);
    assert_eq!(talk.says("sam", "policy"), ["policy"]);
}

#[test]
fn a23_a_consent_names_the_editions_that_it_saw() {
    let mut talk = Talk::new();
    talk.settings.versions.policy = "2".to_owned();
    let id = talk.asks("sam", "alex");
    assert_eq!(talk.state.introduction(id).unwrap().asked.terms().versions().policy, "2");
}

#[test]
fn i03_what_is_kept_about_a_requester_tells_nothing_of_the_other_side() {
    let lives = ["no", "ignore", "block", "report", "help", "later in 3 days"].map(|answer| {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("alex", answer);
        let before = data(&mut talk, "sam");
        talk.until(START.after(Span::from_days(20)));
        (before, data(&mut talk, "sam"))
    });
    for life in &lives {
        assert_eq!(*life, lives[0]);
    }
    assert!(lives[0].0.contains("Dear alex"), "their own words are in it");
    assert!(lives[0].0.contains("27560"), "and the receipt of their consent");
}

#[test]
fn c15_my_data_is_said_as_documents_that_programs_can_read() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    let member = talk.id("alex");
    talk.types("alex", "my data");
    let kept = lodge_core::rights::data::about(&talk.state, &talk.settings, member, talk.now);
    assert!(kept.iter().any(|record| record.to_string().contains("Dear alex")), "what was shown to them is in it");
    let said = talk.hears_whole("alex");
    let Some((_, Say::Rights(Rights::MyData { part: 1, json, short: Some(short), .. }))) = said.last() else {
        panic!("{said:?}")
    };
    assert_eq!(
        (short.name.as_str(), short.sent, short.received),
        ("alex", 0, 1),
        "and before it what there is in short"
    );
    let parsed: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(parsed["records"].as_array().map(Vec::len), Some(kept.len()));
}

#[test]
fn a22_who_asks_twice_is_forgotten_within_the_stated_time() {
    let mut talk = Talk::new();
    let open = talk.asks("sam", "alex");
    let received = talk.asks("noor", "sam");
    talk.forget();
    assert_eq!(talk.says("sam", "forget me"), ["forget-ask"]);
    assert_eq!(talk.says("sam", "forget me now"), ["forgetting"]);
    let sam = talk.id("sam");
    assert!(matches!(talk.state.member(sam).unwrap().standing, Standing::Leaving(_)));
    assert_eq!(talk.hears("alex"), ["taken-back"]);
    assert_eq!(talk.hears("noor"), [""; 0], "nothing shows to who waits for an answer");
    assert_eq!(*talk.stage(received), Stage::Waiting(Side::Quiet(Quiet::Gone)));
    assert_eq!(talk.says("sam", "introduce"), ["forgetting"]);
    talk.perform();
    let due = talk.now.after(Span::from_days(1));
    talk.until(due);
    let owned: BTreeSet<_> = talk.state.introduction(received).unwrap().owners();
    assert!(!owned.contains(&sam), "what goes on goes on without them");
    let done = talk.perform();
    assert!(done.contains(&Act::Forget(sam)), "{done:?}");
    assert!(talk.state.member(sam).is_none() && talk.state.introduction(open).is_none());
    talk.input(Input::Roster(Roster::whole(people())));
    assert!(talk.state.member_at(&address("sam")).is_none(), "the list alone does not bring them back");
    talk.until(START.after(Span::from_days(20)));
    assert_eq!(talk.hears("noor"), ["no-introduction"]);
    let others = || people().into_iter().filter(|person| person.address != address("sam"));
    talk.input(Input::Roster(Roster::whole(others())));
    talk.input(Input::Roster(Roster::whole(people())));
    assert!(talk.state.member_at(&address("sam")).is_some(), "being listed anew does");
}

#[test]
fn a22_forgetting_takes_back_what_was_shown_of_them_after_both_said_yes() {
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.forget();
    talk.says("alex", "forget me now");
    let alex = talk.id("alex");
    let done = talk.perform();
    assert!(done.iter().any(|act| matches!(act, Act::TakeBack(from, _) if *from == talk.id("sam"))), "{done:?}");
    let due = talk.now.after(Span::from_days(1));
    talk.until(due);
    talk.perform();
    let kept = talk.newest();
    assert_eq!((kept.member(Party::Addressee), kept.party(alex)), (None, None));
}

#[test]
fn a22_what_was_asked_about_an_introduction_that_went_with_a_key_is_asked_no_longer() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    let alex = talk.id("alex");
    assert!(
        talk.state.close_prompts_about_nothing().is_empty()
            && !talk.state.member(alex).unwrap().dialogue.prompts.is_empty()
    );
    // The program died when Sam's key, and with it the introduction, was gone, and Alex's own row was not written.
    talk.state = State::load(&Memory::of(talk.state.members().cloned())).unwrap();
    assert_eq!(talk.state.close_prompts_about_nothing(), BTreeSet::from([alex]));
    assert!(
        talk.state.member(alex).unwrap().dialogue.prompts.is_empty()
            && talk.state.close_prompts_about_nothing().is_empty()
    );
}

#[test]
fn rights_do_not_end_with_a_membership() {
    let mut talk = Talk::new();
    talk.input(Input::Roster(Roster::whole(people().into_iter().filter(|person| person.address != address("sam")))));
    talk.forget();
    assert_eq!(talk.says("sam", "introduce"), ["no-longer-member"]);
    assert_eq!(talk.says("sam", "my data"), ["my-data"]);
    assert_eq!(talk.says("sam", "forget me"), ["forget-ask"]);
    assert_eq!(talk.says("ivy", "introduce"), ["takes-no-part"]);
    assert_eq!(talk.says("ivy", "policy"), ["policy"]);
}

#[test]
fn i03_an_erasure_takes_no_question_back_from_who_never_heard_of_a_yes() {
    for withdraws in [true, false] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("alex", "ask Which year are you in?");
        if withdraws {
            talk.says("sam", "withdraw");
        } else {
            talk.until(START.after(Span::from_days(20)));
        }
        talk.perform();
        talk.says("alex", "forget me now");
        let sam = talk.id("sam");
        let from_sam = |act: &Act| matches!(act, Act::TakeBack(from, _) if *from == sam);
        assert!(!talk.perform().iter().any(from_sam), "withdraws: {withdraws}");
    }
}

#[test]
fn i08_a_request_that_was_taken_back_does_not_come_again_with_data_that_is_asked_for_twice() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    // Words that Alex has not sent stay theirs, with the id of the introduction.
    assert_eq!(talk.says("alex", "ask Which year are you in?"), ["asked", "carry-preview"]);
    talk.come_together(id, "sam", "alex");
    talk.says("sam", "withdraw");
    talk.forget();
    for time in 0..3 {
        talk.types("alex", "my data");
        let heard = talk.hears_whole("alex");
        let [(_, Say::Rights(Rights::MyData { json, .. }))] = &heard[..] else { panic!("{heard:?}") };
        assert!(json.contains("Which year are you in?") && !json.contains("how you began"), "{time}: {json}");
    }
}
