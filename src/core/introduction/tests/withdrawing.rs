//! Taking it back: with one word, at every stage.

use std::collections::BTreeSet;

use lodge_core::effect::Act;
use lodge_core::id::EffectId;
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Outcome, Party, Quiet, Side, Stage};
use lodge_core::people::roster::Roster;
use lodge_core::rights::data::about;
use lodge_core::say::{Requesting, Say, SentStanding};
use lodge_core::time::Span;

use crate::talk::{START, Talk, address, people};

fn taken_back(acts: &[Act]) -> BTreeSet<EffectId> {
    let said = |act: &Act| if let Act::TakeBack(_, said) = act { Some(*said) } else { None };
    acts.iter().filter_map(said).collect()
}

fn settle(talk: &mut Talk) {
    let later = talk.now.after(Span::from_millis(2_000));
    talk.until(later);
}

#[test]
fn i08_a_request_taken_back_unanswered_never_happened() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    let asked = talk.hears_whole("alex")[0].0;
    talk.hears("sam");
    assert_eq!(talk.says("sam", "withdraw"), [""; 0], "it is acknowledged once nothing can arrive any more");
    let acts = talk.acts();
    assert_eq!(taken_back(&acts), [asked].into());
    assert!(talk.last.cancelled.contains(&asked), "what was not said yet is not said");
    settle(&mut talk);
    assert_eq!(talk.hears("sam"), ["withdrawn"], "whether or not the message is taken back by now");
    talk.input(Input::Performed(Act::TakeBack(talk.id("alex"), asked), Performed::Done));
    assert_eq!(talk.hears("sam"), [""; 0]);
    assert_eq!(talk.hears("alex"), ["taken-back"]);
    assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"]);
    assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. }));
    talk.until(START.after(Span::from_days(30)));
    assert_eq!(talk.hears("sam"), [""; 0], "and that is its only ending");
}

#[test]
fn i03_taking_it_back_looks_the_same_whoever_was_asked_and_whatever_they_answered() {
    let lives = ["alex no", "alex help", "alex block", "ivy", "nobody"].map(|life| {
        let (to, then) = life.split_once(' ').unwrap_or((life, ""));
        let mut talk = Talk::new();
        talk.asks("sam", to);
        if !then.is_empty() {
            talk.says(to, then);
        }
        let mut heard = talk.hears("sam");
        heard.extend(talk.says("sam", "withdraw"));
        talk.perform();
        heard.extend(talk.hears("sam"));
        settle(&mut talk);
        heard.extend(talk.hears("sam"));
        heard.extend(talk.says("sam", "requests"));
        heard
    });
    for life in &lives {
        assert_eq!(*life, lives[0]);
    }
    assert!(lives[0].contains(&"withdrawn"));
}

#[test]
fn i03_whose_membership_ended_is_not_told_that_they_took_anything_back() {
    let everybody_but_sam = || people().into_iter().filter(|person| person.address != address("sam"));
    let lives = ["alex no", "alex help", "alex block", "alex yes", "nobody"].map(|life| {
        let (to, then) = life.split_once(' ').unwrap_or((life, ""));
        let mut talk = Talk::new();
        let id = talk.asks("sam", to);
        if !then.is_empty() {
            talk.says(to, then);
        }
        talk.input(Input::Roster(Roster::whole(everybody_but_sam())));
        talk.input(Input::Roster(Roster::whole(people())));
        assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::Gone(Party::Requester), .. }), "{life}");
        talk.hears("sam");
        talk.types("sam", "requests");
        let said = talk.hears_whole("sam");
        let Some((_, Say::Requesting(Requesting::Requests { sent, .. }))) = said.last() else { panic!("{said:?}") };
        let kept = about(&talk.state, &talk.settings, talk.id("sam"), talk.now);
        let request = kept.iter().find(|record| record["kind"] == "a request you sent").unwrap().clone();
        (sent[0].standing, request["stands"].clone(), request["consent"]["event"].as_array().map(Vec::len))
    });
    for life in &lives {
        assert_eq!(*life, (SentStanding::MembershipEnded, "it ended with your membership".into(), Some(1)));
    }
}

#[test]
fn a_yes_taken_back_before_the_room_is_open_never_happened() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.hears("sam");
    assert_eq!(talk.says("alex", "withdraw"), [""; 0]);
    settle(&mut talk);
    assert_eq!(talk.hears("alex"), ["yes-withdrawn"]);
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::TakenBack)));
    let done = talk.perform();
    let closes = |act: &Act| matches!(act, Act::Leave(..));
    assert!(done.iter().any(closes), "the room that was being made is left: {done:?}");
    assert!(!done.iter().any(|act| matches!(act, Act::Invite(..))), "{done:?}");
    talk.until(START.after(Span::from_days(20)));
    assert_eq!(talk.hears("sam"), ["no-introduction"]);
}

#[test]
fn i08_what_was_shown_is_taken_back_from_the_other_once_the_room_is_open() {
    for (who, other) in [("sam", "alex"), ("alex", "sam")] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.types("alex", "yes with email");
        talk.perform();
        let shown: BTreeSet<EffectId> = talk
            .hears_whole(other)
            .iter()
            .filter(|(_, say)| !say.disclosures().is_empty())
            .map(|(effect, _)| *effect)
            .collect();
        talk.says(who, "withdraw");
        let done = talk.perform();
        assert_eq!(taken_back(&done), shown, "{who}");
        assert!(done.iter().any(|act| matches!(act, Act::Remove(..))), "the room is closed");
        settle(&mut talk);
        assert_eq!(talk.hears(who).last(), Some(&"withdrawn-room-closed"));
        assert_eq!(talk.hears(other), ["withdrawn-by-other"]);
        assert!(matches!(talk.stage(id), Stage::Ended { .. }));
    }
}

#[test]
fn after_a_meeting_it_can_still_be_taken_back_and_reported() {
    for word in ["withdraw", "report"] {
        let mut talk = Talk::new();
        let id = talk.meet("sam", "alex");
        talk.forget();
        talk.says("alex", word);
        assert!(!taken_back(&talk.perform()).is_empty());
        settle(&mut talk);
        assert!(talk.hears("alex").contains(&"withdrawn-after-meeting"));
        assert_eq!(talk.hears("sam"), ["withdrawn-by-other-after-meeting"]);
        assert!(matches!(talk.stage(id), Stage::Ended { .. }));
        let rooms = talk.state.reports().filter(|report| report.room.is_some()).count();
        assert_eq!(rooms, usize::from(word == "report"), "a room that the porter has left is the operator's to close");
    }
}

#[test]
fn i08_taking_back_takes_no_more_words_than_giving_took() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.asks("sam", "robin");
    talk.forget();
    assert_eq!(talk.says("sam", "withdraw"), ["which-to-withdraw"]);
    talk.says("sam", "withdraw 2");
    settle(&mut talk);
    talk.perform();
    assert_eq!(talk.hears("sam"), ["withdrawn"]);
    assert_eq!(talk.hears("robin"), ["taken-back"]);
    talk.says("sam", "withdraw @alex:example.org");
    talk.perform();
    settle(&mut talk);
    assert_eq!(talk.hears("alex"), ["taken-back"]);
    assert_eq!(talk.says("sam", "withdraw").last(), Some(&"nothing-to-withdraw"));
}

#[test]
fn i08_what_stands_in_the_others_data_is_taken_back_too() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    talk.types("alex", "my data");
    let data = talk.hears_whole("alex")[0].0;
    talk.says("sam", "withdraw");
    assert!(taken_back(&talk.perform()).contains(&data));
}

#[test]
fn a_number_alone_is_enough_right_after_the_list_and_no_other_time() {
    let two = || {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.asks("sam", "robin");
        talk.asks("noor", "alex");
        talk.forget();
        talk
    };
    let mut talk = two();
    assert_eq!(talk.says("sam", "withdraw"), ["which-to-withdraw"]);
    assert_eq!(talk.says("sam", "the second one"), [""; 0], "it is being taken back");
    settle(&mut talk);
    talk.perform();
    assert_eq!(talk.hears("sam"), ["withdrawn"]);
    assert_eq!(talk.hears("robin"), ["taken-back"]);

    let mut talk = two();
    assert_eq!(talk.says("alex", "report"), ["which-to-report"]);
    assert_eq!(talk.says("alex", "2 please"), ["report-recorded"]);
    assert_eq!(talk.state.reports().count(), 1);

    let mut talk = two();
    talk.says("sam", "withdraw");
    talk.says("sam", "policy");
    assert_eq!(talk.says("sam", "2"), ["own-waits"]);
    talk.says("sam", "withdraw");
    assert_eq!(talk.says("sam", "7"), ["which-to-withdraw"]);
}

#[test]
fn a_request_can_be_reported_between_the_yes_and_the_room() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.forget();
    assert_eq!(talk.says("sam", "report"), ["nothing-to-report"], "the requester knows of no yes");
    assert_eq!(talk.says("alex", "report"), ["reported-met"]);
    talk.perform();
    settle(&mut talk);
    talk.perform();
    assert_eq!(talk.hears("alex"), ["yes-withdrawn"]);
    assert_eq!(talk.state.reports().count(), 1);
    talk.until(START.after(Span::from_days(30)));
    assert_eq!(talk.hears("sam"), ["no-introduction"], "as after a no");
    assert!(matches!(talk.stage(id), Stage::Ended { .. }));
}
