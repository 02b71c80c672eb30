//! The plan of an information interview: asked for in the draft, shown to both, and agreed to by both.

use lodge_core::dialogue::Draft;
use lodge_core::input::{Proof, Reply};
use lodge_core::interview::plan::{Plan, Way};
use lodge_core::introduction::Request;
use lodge_core::say::{Answering, Arranging, RequestText, Requesting, Say};
use lodge_core::time::Span;

use super::talk::{START, Talk};

const MESSAGE: &str = "Dear Alex, I work at the town museum on Saturdays and study History. May I ask how you began?";
const QUESTION: &str = "How did you find your first exhibition?";

/// Somebody has written the message of a request for an information interview.
fn at_plan() -> Talk {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @alex:example.org for an information interview: {MESSAGE}"));
    assert_eq!(talk.says("sam", "no"), ["ask-questions"]);
    talk
}

/// The request in the last message that shows one to this person.
fn shown(talk: &mut Talk, name: &str) -> Request {
    let mut said = talk.hears_whole(name).into_iter().rev();
    let text = said.find_map(|(_, say)| {
        if let Say::Requesting(Requesting::Preview { request, .. }) | Say::Answering(Answering::Asked { request, .. }) =
            say
        {
            Some(request)
        } else {
            None
        }
    });
    let RequestText { request, .. } = text.unwrap();
    request
}

fn planned() -> Plan {
    Plan {
        questions: vec![QUESTION.to_owned()],
        minutes: Some(20),
        ways: [Way::Call, Way::InPerson].into(),
        weeks: Some("the week of 9 November".to_owned()),
    }
}

#[test]
fn a14_both_read_the_same_plan_and_one_word_agrees_to_it() {
    let mut talk = at_plan();
    assert_eq!(talk.says("sam", QUESTION), ["ask-time"]);
    talk.types("sam", "20 minutes, a call or in person, the week of 9 November");
    let preview = shown(&mut talk, "sam");
    assert_eq!((&preview.plan, &*preview.message), (&planned(), MESSAGE));
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    assert_eq!(shown(&mut talk, "alex"), preview);
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
    let introduction = talk.newest();
    assert_eq!(introduction.request, preview);
}

#[test]
fn a14_the_day_before_the_asker_alone_is_given_their_questions_to_prepare_with() {
    let mut talk = at_plan();
    for words in [QUESTION, "20 minutes, by phone", "send"] {
        talk.says("sam", words);
    }
    let id = talk.newest().id;
    talk.come_together(id, "sam", "alex");
    talk.forget();
    assert_eq!(talk.says("sam", "arranged Thursday 17:00"), ["meeting-noted"]);
    talk.forget();
    talk.until(START.after(Span::from_days(4)).before(Span::from_millis(17 * 3_600_000)));
    let prepares = |talk: &mut Talk, who: &str| -> Vec<Option<Vec<String>>> {
        let heard = talk.hears_whole(who).into_iter();
        let reminders = heard.filter_map(|(_, say)| {
            let Say::Arranging(Arranging::Reminder { prepare, .. }) = say else { return None };
            Some(prepare)
        });
        reminders.collect()
    };
    assert_eq!(prepares(&mut talk, "sam"), [Some(vec![QUESTION.to_owned()]), None], "an hour before is too late");
    assert_eq!(prepares(&mut talk, "alex"), [None, None]);
}

#[test]
fn a14_each_part_of_a_plan_can_be_left_out_and_words_that_give_none_are_asked_back() {
    let mut talk = at_plan();
    assert_eq!(talk.says("sam", "a?\nb?\nc?\nd?"), ["questions-unfit"]);
    assert_eq!(talk.says("sam", "skip"), ["ask-time"]);
    assert_eq!(talk.says("sam", "for three hours"), ["time-unfit"]);
    assert_eq!(talk.says("sam", "drafts"), ["ask-time"]);
    assert_eq!(talk.says("sam", "send"), ["ask-time"], "there is nothing to send yet");
    talk.types("sam", "skip");
    assert!(shown(&mut talk, "sam").plan.is_empty());
}

#[test]
fn a14_a_changed_message_keeps_the_plan_until_its_parts_are_changed() {
    let mut talk = at_plan();
    talk.says("sam", QUESTION);
    talk.says("sam", "20 minutes, a call or in person, the week of 9 November");
    talk.says("sam", "hide course");
    for (question, time, right) in [
        ("skip", "skip", planned()),
        ("skip", "30", Plan { minutes: Some(30), ..planned() }),
        ("none", "none", Plan::default()),
    ] {
        assert_eq!(talk.says("sam", "change"), ["ask-message"]);
        talk.says("sam", MESSAGE);
        talk.says("sam", question);
        talk.types("sam", time);
        assert_eq!(shown(&mut talk, "sam").plan, right);
    }
    let Some(Draft::Ready(ready)) = &talk.state.member(talk.id("sam")).unwrap().dialogue.draft else { panic!() };
    assert!(!ready.ask.terms().with_request().contains(&lodge_core::people::member::Field::Course));
}

#[test]
fn c14_a_plan_is_part_of_the_text_that_somebody_agrees_to() {
    let texts = ["skip", "20", "20 minutes, a call"].map(|time| {
        let mut talk = at_plan();
        talk.says("sam", "skip");
        talk.says("sam", time);
        let Some(Draft::Ready(ready)) = &talk.state.member(talk.id("sam")).unwrap().dialogue.draft else { panic!() };
        ready.ask.terms().text().clone()
    });
    assert!(texts[0] != texts[1] && texts[1] != texts[2]);
}

#[test]
fn i07_a_send_that_was_written_before_the_plan_was_shown_sends_nothing() {
    let mut talk = at_plan();
    talk.says("sam", "skip");
    let send = talk.said(talk.id("sam"), "send", Reply::None, Proof::Proven);
    talk.types("sam", "20");
    talk.forget();
    talk.input(send);
    assert_eq!(talk.hears("sam"), ["not-asked-yet"]);
    assert_eq!(talk.state.introductions().count(), 0);
}

#[test]
fn other_purposes_have_no_plan() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: May I ask how you began?");
    assert_eq!(talk.says("sam", "no"), ["preview"]);
}
