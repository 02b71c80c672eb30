//! Questions to the staff: brought, replied to, answered once, taken back, and let go of.

use lodge_core::audit::Noted;
use lodge_core::id::EffectId;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::people::member::Role;
use lodge_core::people::roster::Roster;
use lodge_core::say::{Desk, Joining, Say, Staffing};
use lodge_core::time::Span;

use crate::talk::{START, Talk, address, people, person};

/// Jo and Kim work for the service.
fn talk() -> Talk {
    let mut talk = Talk::new();
    let staff = ["jo", "kim"].map(|name| person(name, Role::Staff, &[]));
    talk.input(Input::Roster(Roster::whole([people(), staff.to_vec()].concat())));
    talk.settings.joining.help_a_day = 100;
    talk.forget();
    talk
}

/// Somebody asks the staff. Returns the messages that bring it to Jo and to Kim.
fn ask(talk: &mut Talk, who: &str, words: &str) -> [EffectId; 2] {
    assert_eq!(talk.says(who, &format!("ask staff {words}")), ["staff-asked"]);
    ["jo", "kim"].map(|staff| {
        let heard = talk.hears_whole(staff);
        let [(message, Say::Staffing(Staffing::HelpWanted { .. }))] = heard[..] else { panic!("{heard:?}") };
        message
    })
}

fn reply(talk: &mut Talk, who: &str, to: EffectId, text: &str) -> Vec<&'static str> {
    talk.says_as(who, text, Reply::To(to), Proof::Proven)
}

/// The words that the staff have told somebody, since they were last looked at.
fn told(talk: &mut Talk, who: &str) -> Vec<String> {
    let words = |(_, say)| {
        let Say::Joining(Joining::StaffSay { words }) = say else { panic!("{say:?}") };
        words
    };
    talk.hears_whole(who).into_iter().map(words).collect()
}

#[test]
fn a_reply_to_a_question_is_its_answer_whatever_it_begins_with() {
    for text in [
        "Yes, come by on Tuesday.",
        "yes",
        "No, thank you",
        "no because we are closed on Tuesdays",
        "introduce yourself to the desk in hall",
        "requests go to room 3",
        "withdraw it from the library",
        "block B, second floor",
        "report to the lodge",
        "send it to us by post",
        "approve",
        "1 yes",
        "answer 1: the second",
        "ask me again on Friday",
        "forget me not",
        "stop",
        "agree",
        "ok thanks",
        "hello",
        "my data",
        "2345-AAAA-6789",
        "policy",
    ] {
        let mut talk = talk();
        let [question, _] = ask(&mut talk, "noor", "May I come by?");
        assert_eq!(reply(&mut talk, "jo", question, text), ["staff-told"], "{text}");
        let (jo, noor) = (talk.id("jo"), talk.id("noor"));
        assert_eq!(talk.last.noted, [Noted::AnsweredBy(jo, noor)], "{text}");
        assert_eq!(told(&mut talk, "noor"), [text]);
        assert_eq!(talk.hears("kim"), ["staff-told-by"], "{text}");
    }
}

#[test]
fn a_reply_that_asks_for_help_or_names_whom_it_is_about_is_no_answer() {
    for (text, heard) in [
        ("help", "help"),
        ("cancel", "no-draft"),
        ("verify @noor:example.org as alumnus", "verified"),
        ("tell @sam:example.org: hello", "staff-told"),
    ] {
        let mut talk = talk();
        let [question, _] = ask(&mut talk, "noor", "May I come by?");
        assert_eq!(reply(&mut talk, "jo", question, text), [heard], "{text}");
        assert!(!talk.hears("noor").contains(&"staff-say"), "{text}");
    }
}

#[test]
fn a_question_is_answered_once_by_a_reply_and_its_second_answerer_hears_by_whom() {
    let mut talk = talk();
    let [to_jo, to_kim] = ask(&mut talk, "noor", "May I come by?");
    let [other, _] = ask(&mut talk, "sam", "Where are you?");
    reply(&mut talk, "jo", to_jo, "Yes.");
    for (who, message, own) in [("kim", to_kim, false), ("jo", to_jo, true)] {
        talk.forget();
        let jo = talk.id("jo");
        let input = talk.said(talk.id(who), "No.", Reply::To(message), Proof::Proven);
        talk.input(input);
        assert!(talk.last.noted.is_empty());
        let heard = talk.hears_whole(who);
        let [(_, Say::Desk(Desk::AnsweredBefore { by: Some(by), own: is_own, .. }))] = &heard[..] else {
            panic!("{heard:?}")
        };
        assert_eq!((by, *is_own), (&talk.state.member(jo).unwrap().person.address, own));
        assert_eq!(talk.hears("noor"), [""; 0]);
    }
    assert_eq!(reply(&mut talk, "jo", other, "In the hall."), ["staff-told"], "each has an answer of its own");
    talk.forget();
    // "tell" sends another, to whoever it names.
    assert_eq!(talk.says("kim", "tell @noor:example.org: At two."), ["staff-told"]);
}

#[test]
fn an_answer_by_address_is_one_to_all_that_they_asked() {
    let mut talk = talk();
    let [first, _] = ask(&mut talk, "noor", "May I come by?");
    let [second, _] = ask(&mut talk, "noor", "And on Friday?");
    talk.says("kim", "tell @noor:example.org: Both are fine.");
    for message in [first, second] {
        assert!(reply(&mut talk, "jo", message, "Yes.").ends_with(&["question-answered-before"]));
        talk.forget();
    }
}

#[test]
fn whoever_is_verified_has_no_question_left() {
    let mut talk = talk();
    talk.input(Input::Visited(address("lou")));
    talk.forget();
    let [question, to_kim] = ask(&mut talk, "lou", "I am Lou from law.");
    assert_eq!(reply(&mut talk, "jo", question, "verify @lou:example.org as student"), ["verified"]);
    assert_eq!(reply(&mut talk, "kim", to_kim, "Who?"), ["question-answered-before"]);
}

#[test]
fn replies_of_those_who_may_not_answer_or_to_what_is_gone_are_answered_plainly_and_go_nowhere() {
    let mut talk = talk();
    let [question, to_kim] = ask(&mut talk, "noor", "May I come by?");
    let said = talk.says_as("jo", "Yes.", Reply::To(question), Proof::Unproven);
    assert_eq!(said, ["device-unknown"]);
    for text in ["Yes, do.", "tell me more", ""] {
        let said = talk.says_as("jo", text, Reply::Elsewhere, Proof::Proven);
        assert_eq!(said.len(), 1, "{text}: {said:?}");
    }
    let staff = [person("jo", Role::Staff, &[]), person("kim", Role::Alumnus, &[])];
    talk.input(Input::Roster(Roster::whole([people(), staff.to_vec()].concat())));
    talk.forget();
    assert_eq!(reply(&mut talk, "kim", to_kim, "Yes, do."), ["not-staff"]);
    talk.input(Input::Roster(Roster::whole(
        people().into_iter().chain([person("jo", Role::Staff, &[])]).collect::<Vec<_>>(),
    )));
    talk.forget();
    assert_eq!(reply(&mut talk, "kim", to_kim, "Yes, do."), ["no-longer-member"]);
    assert_eq!(talk.hears("noor"), [""; 0]);
    assert_eq!(talk.says("noor", "take my question back"), ["question-taken-back"]);
    assert_eq!(talk.hears("jo"), ["question-taken-back-by"]);
    assert_eq!(reply(&mut talk, "jo", question, "yes"), ["question-gone"]);
    assert_eq!(talk.hears("noor"), [""; 0]);
}

#[test]
fn the_last_question_that_waits_is_taken_back_and_stands_in_ones_data_until_then() {
    let mut talk = talk();
    let kept = |talk: &Talk| {
        let records = lodge_core::rights::data::about(&talk.state, &talk.settings, talk.id("noor"), talk.now);
        let asked = records.iter().filter(|record| record["kind"] == "a question you asked the staff");
        asked.map(|record| record["words"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(talk.says("noor", "take my question back"), ["no-question-waits"]);
    ask(&mut talk, "noor", "One?");
    talk.now = talk.now.after(Span::from_millis(1));
    ask(&mut talk, "noor", "Two?");
    assert_eq!(kept(&talk).len(), 2);
    talk.types("noor", "withdraw my question");
    let heard = talk.hears_whole("noor");
    assert!(matches!(&heard[..], [(_, Say::Desk(Desk::QuestionTakenBack { words }))] if words == "Two?"), "{heard:?}");
    assert_eq!(kept(&talk), ["One?"]);
    talk.says("noor", "forget me");
    talk.says("noor", "forget me now");
    assert_eq!(talk.state.enquiries().count(), 0, "nobody is asked on behalf of somebody who leaves");
}

#[test]
fn questions_are_bounded_and_answered_ones_are_let_go_of() {
    let mut talk = talk();
    for number in 0..5 {
        ask(&mut talk, "noor", &format!("Question {number}?"));
    }
    assert_eq!(talk.says("noor", "ask staff One more?"), ["questions-wait"]);
    for _ in 0..10 {
        talk.says("jo", "tell @noor:example.org: Yes.");
        talk.forget();
        talk.now = talk.now.after(Span::from_millis(1));
        ask(&mut talk, "noor", "And another?");
    }
    assert_eq!(talk.state.enquiries().count(), 10);
    assert_eq!(talk.state.enquiries().filter(|enquiry| enquiry.answered.is_none()).count(), 1);
    talk.now = START.after(Span::from_days(40));
    talk.input(Input::Tidy);
    assert_eq!(talk.state.enquiries().count(), 1, "what has no answer stays");
}

#[test]
fn a_member_of_staff_answers_who_asked_in_the_services_name_and_colleagues_see_that_it_is_done() {
    let mut talk = Talk::new();
    let mut all = people();
    for name in ["jo", "kim"] {
        all.push(person(name, Role::Staff, &[]));
    }
    talk.input(Input::Roster(Roster::whole(all)));
    talk.forget();
    assert_eq!(talk.says("noor", "ask staff May I come by on Tuesday?"), ["staff-asked"]);
    assert_eq!((talk.hears("jo"), talk.hears("kim")), (vec!["help-wanted"], vec!["help-wanted"]));
    for text in ["tell @noor:example.org", "tell @noor:example.org:"] {
        assert_eq!(talk.says("jo", text), ["words-missing"], "{text}");
    }
    assert_eq!(talk.says("jo", "tell @nobody:example.org hello"), ["not-listed"]);
    assert_eq!(talk.says("sam", "tell @noor:example.org hello"), ["not-staff"]);
    // It is how somebody answers a question about their own request.
    assert_eq!(talk.says("sam", "answer @noor:example.org: the second"), ["nothing-to-answer"]);
    for text in ["tell @noor:example.org: Yes, at Two.", "Reply to @noor:example.org Yes, at Two."] {
        assert_eq!(talk.says("jo", text), ["staff-told"], "{text}");
        let heard = talk.hears_whole("noor");
        let [(_, Say::Joining(Joining::StaffSay { words }))] = heard.as_slice() else { panic!("{heard:?}") };
        assert_eq!(words, "Yes, at Two.");
        assert_eq!(talk.hears("kim"), ["staff-told-by"]);
    }
}

/// Noor has asked, and Jo has answered in words of a question. Returns the message that brought Noor the answer.
fn answered(talk: &mut Talk) -> EffectId {
    let [question, _] = ask(talk, "noor", "May I come by?");
    reply(talk, "jo", question, "Would Tuesday at two suit you?");
    let heard = talk.hears_whole("noor");
    let [(answer, Say::Joining(Joining::StaffSay { .. }))] = heard[..] else { panic!("{heard:?}") };
    talk.forget();
    answer
}

#[test]
fn a_reply_to_an_answer_of_the_staff_goes_back_to_them_whatever_it_begins_with() {
    for text in
        ["Could it be Friday?", "yes", "no, sorry", "ok", "introduce me to Jo then", "requests", "hello", "agree"]
    {
        let mut talk = talk();
        let answer = answered(&mut talk);
        assert_eq!(reply(&mut talk, "noor", answer, text), ["staff-asked"], "{text}");
        for staff in ["jo", "kim"] {
            let heard = talk.hears_whole(staff);
            let [(message, Say::Staffing(Staffing::HelpWanted { words, before, .. }))] = &heard[..] else {
                panic!("{text}: {heard:?}")
            };
            assert_eq!((words.as_str(), before.as_deref()), (text, Some("May I come by?")));
            if staff == "kim" {
                assert_eq!(reply(&mut talk, "kim", *message, "Friday, then."), ["staff-told"]);
            }
        }
        assert_eq!(told(&mut talk, "noor"), ["Friday, then."]);
    }
}

#[test]
fn thanks_and_words_for_the_porter_in_reply_to_the_staff_are_no_question() {
    for (text, heard) in [
        ("Thank you very much!", &[][..]),
        ("help", &["help"]),
        ("forget me", &["forget-ask"]),
        ("cancel", &["no-draft"]),
    ] {
        let mut talk = talk();
        let answer = answered(&mut talk);
        assert_eq!(reply(&mut talk, "noor", answer, text), heard, "{text}");
        assert_eq!(talk.hears("jo"), [""; 0], "{text}");
    }
}

#[test]
fn a_question_is_closed_without_an_answer_and_whoever_asked_hears_that_alone() {
    let mut talk = talk();
    let [_, to_kim] = ask(&mut talk, "noor", "May I come by?");
    assert_eq!(talk.says("jo", "done 1"), ["desk-which"], "no numbers were shown yet");
    talk.says("jo", "desk");
    assert_eq!(talk.says("jo", "done 2"), ["desk-no-such-line"]);
    assert_eq!(talk.says("sam", "done 1"), ["not-staff"]);
    assert_eq!(talk.says_as("jo", "done 1", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.hears("noor"), [""; 0]);
    assert_eq!(talk.says("jo", "done 1"), ["desk-done"]);
    let (jo, noor) = (talk.id("jo"), talk.id("noor"));
    assert_eq!(talk.last.noted, [Noted::ClosedBy(jo, noor)]);
    assert_eq!(talk.hears("noor"), ["question-closed"]);
    assert_eq!(talk.says("jo", "done 1"), ["desk-settled"]);
    let kept = lodge_core::rights::data::about(&talk.state, &talk.settings, noor, talk.now);
    let question = kept.iter().find(|record| record["kind"] == "a question you asked the staff").unwrap();
    assert!(question["answered"].is_null() && question["closed"].is_string(), "{question}");
    assert_eq!(talk.says("noor", "take my question back"), ["no-question-waits"]);
    assert_eq!(reply(&mut talk, "kim", to_kim, "Do come by."), ["staff-told"], "it can be answered all the same");
    talk.input(Input::Visited(address("lou")));
    talk.forget();
    talk.says("jo", "desk");
    assert_eq!(talk.says("jo", "done 1"), ["desk-not-a-question"], "a visitor is verified, or goes");
}

#[test]
fn staff_look_over_a_draft_without_learning_whom_it_is_to_and_its_writer_alone_sends_it() {
    const MESSAGE: &str = "Dear Alex, I study History. May I ask how you began?";
    let mut talk = talk();
    assert_eq!(talk.says("noor", "ask for feedback"), ["feedback-on-what"]);
    talk.says("noor", "introduce @alex:example.org for an information interview");
    talk.says("noor", "no");
    assert_eq!(talk.says("noor", "ask for feedback"), ["feedback-on-what"], "there are no words yet");
    talk.says("noor", MESSAGE);
    talk.says("noor", "What was your first year like?");
    talk.says("noor", "30 minutes");
    talk.forget();
    talk.says_as("noor", "ask for feedback", Reply::None, Proof::Unproven);
    assert_eq!(talk.hears("jo"), [""; 0], "it may not be Noor who wrote that");
    assert_eq!(talk.says("noor", "ask staff for feedback"), ["feedback-asked"]);
    let heard = talk.hears_whole("jo");
    let [(message, Say::Staffing(Staffing::HelpWanted { words, draft, .. }))] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!(*words, format!("{MESSAGE}\nWhat was your first year like?"));
    assert_eq!(draft.as_deref(), Some("an information interview"));
    assert!(!format!("{heard:?}").contains("@alex"), "{heard:?}");
    assert_eq!(talk.says_as("jo", "A lovely draft.", Reply::To(*message), Proof::Proven), ["staff-told"]);
    assert_eq!(talk.hears("noor"), ["staff-say"]);
    // No word of the staff's sends or changes it.
    for words in ["send", "change", "drafts"] {
        talk.says("jo", words);
    }
    assert_eq!(talk.state.introductions().count(), 0);
    assert_eq!(talk.says("noor", "send"), ["sent"]);
    assert_eq!(talk.newest().request.message, MESSAGE);
}
