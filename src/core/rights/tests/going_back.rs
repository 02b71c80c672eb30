//! An older copy of the store was put back: no consent of before counts for anything new, and everybody is told once.

use lodge_core::effect::Act;
use lodge_core::id::IntroductionId;
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Outcome, Quiet, Side, Stage, Venue};
use lodge_core::say::{Joining, Say};
use lodge_core::time::{Span, Timestamp};

use crate::talk::{START, Talk};

/// The store goes back; what Sam and Alex are told then.
fn goes_back(talk: &mut Talk) -> (Vec<&'static str>, Vec<&'static str>) {
    talk.forget();
    talk.acts();
    talk.input(Input::WentBack(START));
    (talk.hears("sam"), talk.hears("alex"))
}

/// Sam has asked Alex, whose yes is in; the room is being made.
fn agreed(talk: &mut Talk) -> IntroductionId {
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    id
}

#[test]
fn i03_whatever_was_open_ends_in_the_one_answer_at_the_deadline_that_was_told() {
    let asked: fn(&mut Talk) -> IntroductionId = |talk| talk.asks("sam", "alex");
    let declined: fn(&mut Talk) -> IntroductionId = |talk| {
        let id = talk.asks("sam", "alex");
        talk.says("alex", "no");
        id
    };
    let nobody: fn(&mut Talk) -> IntroductionId = |talk| talk.asks("sam", "nobody");
    let inviting: fn(&mut Talk) -> IntroductionId = |talk| {
        let id = agreed(talk);
        talk.acts();
        talk.input(Input::Performed(Act::CreateRoom(id), Performed::RoomMade(Venue("!two".to_owned()))));
        id
    };
    for (name, open) in
        [("asked", asked), ("declined", declined), ("nobody", nobody), ("agreed", agreed), ("inviting", inviting)]
    {
        let mut talk = Talk::new();
        let id = open(&mut talk);
        let deadline = talk.newest().deadline;
        assert_eq!(goes_back(&mut talk), (vec!["went-back"], vec!["went-back"]), "{name}");
        assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"], "{name}");
        let quiet =
            matches!(talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::Stopped | Quiet::Declined | Quiet::NotAMember)));
        assert!(quiet, "{name}: {:?}", talk.stage(id));
        talk.perform();
        talk.until(Timestamp::from_millis(deadline.as_millis() - 1));
        assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec![], vec![]), "{name}: nothing before the deadline");
        talk.until(deadline);
        assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec!["no-introduction"], vec![]), "{name}");
    }
}

#[test]
fn i02_two_who_were_told_of_each_other_are_told_no_more_and_their_room_is_closed() {
    let mut talk = Talk::new();
    let id = agreed(&mut talk);
    talk.perform();
    assert!(matches!(talk.stage(id), Stage::Invited { .. }));
    assert_eq!(goes_back(&mut talk), (vec!["went-back"], vec!["went-back"]));
    let closes = talk.acts();
    assert!(matches!(closes[..], [Act::Remove(..), Act::Remove(..), Act::Leave(..)]), "{closes:?}");
    assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::NotMet, .. }));
    talk.until(talk.now.after(Span::from_days(60)));
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec![], vec![]));
}

#[test]
fn i02_who_met_is_not_named_to_the_other_again() {
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    assert_eq!(goes_back(&mut talk), (vec!["went-back"], vec!["went-back"]));
    talk.until(talk.now.after(Span::from_days(60)));
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec![], vec![]), "nobody is asked how it went");
}

#[test]
fn drafts_and_previews_are_dropped_and_nobody_is_in_the_mentors_list() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: Dear Alex, how did you begin?");
    assert_eq!(talk.says("sam", "no"), ["preview"]);
    talk.says("alex", "list me");
    talk.says("alex", "list me now");
    assert_eq!(talk.says("robin", "list me"), ["list-offer"]);
    talk.forget();
    talk.input(Input::WentBack(START));
    let told = |talk: &mut Talk, name: &str| match &talk.hears_whole(name)[..] {
        [(_, Say::Joining(Joining::WentBack { to, was_listed }))] => (*to, *was_listed),
        other => panic!("{name} hears {other:?}"),
    };
    assert_eq!((told(&mut talk, "sam"), told(&mut talk, "alex")), ((START, false), (START, true)));
    assert_eq!(talk.says("sam", "send"), ["no-draft"]);
    talk.forget();
    assert_eq!(talk.says("robin", "list me now"), ["list-offer"], "they are shown it anew");
    talk.until(talk.now.after(Span::from_days(3)));
    talk.forget();
    assert_eq!(talk.says("noor", "mentors"), ["mentors-none"]);
}

#[test]
fn a_request_of_after_it_goes_its_way() {
    let mut talk = Talk::new();
    talk.asks("sam", "robin");
    goes_back(&mut talk);
    talk.forget();
    talk.acts();
    talk.asks("sam", "alex");
    assert_eq!(talk.hears("alex"), ["asked"]);
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
    talk.perform();
    assert_eq!(talk.hears("sam"), ["agreed-requester"]);
}
