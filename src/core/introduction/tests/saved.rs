//! Several drafts, and a step back in each.

use lodge_core::dialogue::{Draft, SAVED_MAX};
use lodge_core::input::{Proof, Reply};
use lodge_core::say::{Requesting, Say};
use lodge_core::time::Span;

use crate::talk::Talk;

const MESSAGE: &str = "Dear Alex, I work at the town museum on Saturdays. May I ask how you began?";

fn message_in_hand(talk: &Talk, name: &str) -> String {
    match &talk.state.member(talk.id(name)).unwrap().dialogue.draft {
        Some(Draft::Ready(ready)) => ready.request.message.clone(),
        draft => panic!("{draft:?}"),
    }
}

#[test]
fn drafts_are_put_aside_and_gone_on_with_in_any_order() {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @alex:example.org for career advice: {MESSAGE}"));
    assert_eq!(talk.says("sam", "no"), ["preview"]);
    assert_eq!(talk.says("sam", "save"), ["draft-saved"]);
    assert_eq!(talk.says("sam", "save"), ["no-draft"]);
    assert_eq!(talk.says("sam", "send"), ["no-draft"], "a draft that is put aside is not sent");
    assert_eq!(talk.says("sam", "introduce @robin:example.org"), ["ask-purpose"]);
    // The list comes first, and then what they are asked for.
    assert_eq!(talk.says("sam", "drafts"), ["saved-drafts", "ask-purpose"]);
    talk.until(talk.now.after(Span::from_days(40)));
    talk.forget();
    assert_eq!(talk.says("sam", "drafts 1"), ["preview"]);
    assert_eq!(message_in_hand(&talk, "sam"), MESSAGE);
    assert_eq!(talk.says("sam", "drafts 2"), ["no-such-draft"]);
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    assert_eq!(talk.hears("alex"), ["asked"]);
    assert_eq!(talk.says("sam", "drafts"), ["saved-drafts"]);
    assert_eq!(talk.says("sam", "drafts 1"), ["ask-purpose"]);
    assert_eq!(talk.says("sam", "career advice"), ["ask-known-how"]);
}

#[test]
fn as_many_drafts_are_kept_as_there_is_room_for_and_none_is_lost_for_another() {
    let mut talk = Talk::new();
    for _ in 0..SAVED_MAX {
        talk.says("sam", "introduce @alex:example.org for career advice");
        assert_eq!(talk.says("sam", "save"), ["draft-saved"]);
    }
    talk.says("sam", &format!("introduce @robin:example.org for career advice: {MESSAGE}"));
    assert_eq!(talk.says("sam", "no"), ["preview"]);
    assert_eq!(talk.says("sam", "save"), ["too-many-drafts"]);
    assert_eq!(message_in_hand(&talk, "sam"), MESSAGE);
    assert_eq!(talk.says("sam", "drafts 2"), ["ask-known-how"], "the two change places");
    assert_eq!(talk.says("sam", "drafts 5"), ["preview"]);
    assert_eq!(message_in_hand(&talk, "sam"), MESSAGE);
}

#[test]
fn i07_a_send_for_a_draft_that_was_put_aside_sends_none_that_was_taken_up_since() {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @robin:example.org for career advice: {MESSAGE}"));
    talk.says("sam", "no");
    talk.says("sam", "save");
    talk.says("sam", &format!("introduce @alex:example.org for career advice: {MESSAGE}"));
    talk.says("sam", "no");
    let send = talk.said(talk.id("sam"), "send", Reply::None, Proof::Proven);
    talk.says("sam", "drafts 1");
    talk.input(send);
    assert_eq!(talk.hears("sam"), ["not-asked-yet"]);
    assert_eq!(talk.state.introductions().count(), 0);
}

#[test]
fn back_asks_for_the_part_before_and_nothing_written_is_lost() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["ask-purpose"]);
    assert_eq!(talk.says("sam", "back"), ["ask-whom"]);
    assert_eq!(talk.says("sam", "back"), ["ask-whom"], "there is nothing before");
    talk.says("sam", "@alex:example.org");
    assert_eq!(talk.says("sam", "an information interview"), ["ask-known-how"]);
    assert_eq!(talk.says("sam", "go back"), ["ask-purpose"]);
    talk.says("sam", "an information interview");
    assert_eq!(talk.says("sam", "no"), ["ask-message"]);
    assert_eq!(talk.says("sam", "back"), ["ask-known-how"]);
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", MESSAGE), ["ask-questions"]);
    assert_eq!(talk.says("sam", "What was your first year like?"), ["ask-time"]);
    assert_eq!(talk.says("sam", "back"), ["ask-questions"]);
    assert_eq!(talk.says("sam", "back"), ["ask-message"]);
    // From there a step back is to the whole, with all that was written.
    talk.types("sam", "back");
    let heard = talk.hears_whole("sam");
    let [(_, Say::Requesting(Requesting::Preview { request, .. }))] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!(request.request.message, MESSAGE);
    assert_eq!(request.request.plan.questions, ["What was your first year like?"]);
    assert_eq!(talk.says("sam", "back"), ["ask-time"]);
    assert_eq!(talk.says("sam", "20 minutes, a call"), ["preview"]);
    assert_eq!(message_in_hand(&talk, "sam"), MESSAGE);
}

#[test]
fn back_is_no_message_and_saves_nothing_of_anybody_who_writes_nothing() {
    let mut talk = Talk::new();
    talk.says("alex", "pause for 3 weeks");
    assert_eq!(
        talk.says("alex", "back"),
        ["not-understood"],
        "it may be their draft that they mean, and not the pause"
    );
    assert_eq!(talk.says("alex", "I'm back"), ["resumed"]);
}

#[test]
fn a22_drafts_put_aside_are_shown_with_their_data_and_go_with_their_writer() {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @alex:example.org for career advice: {MESSAGE}"));
    talk.says("sam", "no");
    talk.says("sam", "save");
    talk.types("sam", "my data");
    assert!(format!("{:?}", talk.hears_whole("sam")).contains("May I ask how you began"));
    talk.says("sam", "forget me now");
    assert!(talk.state.member(talk.id("sam")).unwrap().dialogue.saved.is_empty());
}
