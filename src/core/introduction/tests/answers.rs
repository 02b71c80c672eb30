//! Every answer beside yes and no: its consequences, and how much of it the requester learns.

use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::{Outcome, Quiet, Side, Stage};
use lodge_core::say::{Answering, Devices, Requesting, Say};
use lodge_core::time::Span;
use lodge_core::timer::Wait;

use crate::talk::{START, Talk, address};

fn last(talk: &mut Talk, name: &str) -> Say {
    talk.hears_whole(name).pop().expect("something was said").1
}

#[test]
fn a07_a_reason_is_passed_on_as_it_was_written_and_nothing_else() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    assert_eq!(talk.says("alex", "No, because I am on leave until May."), ["carry-preview"]);
    talk.forget();
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "nothing goes before they saw it");
    assert_eq!(talk.says("alex", "send"), ["reason-passed-on"]);
    let Say::Requesting(Requesting::SaidNo { to, reason }) = last(&mut talk, "sam") else { panic!("not the reason") };
    assert_eq!((to, reason.as_str()), (address("alex").into(), "I am on leave until May."));
    assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::SaidNo, .. }));
    assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"]);
    talk.until(START.after(Span::from_days(40)));
    assert_eq!(talk.hears("sam"), [""; 0], "there is one ending");
}

#[test]
fn words_that_are_missing_or_too_many_are_not_carried() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.hears("alex");
    talk.hears("sam");
    assert_eq!(talk.says("alex", "no because"), ["words-missing"]);
    assert_eq!(talk.says("alex", "ask"), ["words-missing"]);
    assert_eq!(talk.says("alex", &format!("ask {}", "why ".repeat(80))), ["words-too-long"]);
    assert_eq!(talk.says_as("alex", "ask Why?", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.hears("sam"), [""; 0]);
}

#[test]
fn a07_ask_more_carries_no_name_and_brings_the_answer_back() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.hears("alex");
    talk.hears("sam");
    assert_eq!(talk.says("alex", "ask Which year are you in?"), ["carry-preview"]);
    assert_eq!(talk.hears("sam"), [""; 0], "nothing goes before they saw it");
    assert_eq!(talk.says("alex", "send"), ["question-passed-on"]);
    let (question, said) = talk.hears_whole("sam").pop().unwrap();
    let Say::Requesting(Requesting::QuestionCame { number: 1, to, question: words, .. }) = &said else {
        panic!("{said:?}")
    };
    assert_eq!((to, words.as_str()), (&address("alex").into(), "Which year are you in?"));
    assert!(said.disclosures().is_empty());
    assert_eq!(talk.says("sam", "The second"), ["answer-preview"], "nothing is carried by chance");
    assert_eq!(talk.says_as("sam", "The second", Reply::To(question), Proof::Proven), ["answer-noted"]);
    let (came, said) = talk.hears_whole("alex").pop().unwrap();
    let Say::Answering(Answering::AnswerCame { answer, .. }) = &said else { panic!("{said:?}") };
    assert_eq!(answer, "The second");
    assert_eq!(talk.says("alex", "ask And why museums?"), ["carry-preview"]);
    assert_eq!(talk.says("alex", "send"), ["question-passed-on"]);
    assert_eq!(talk.says("alex", "ask One more?"), ["questions-used-up"]);
    talk.hears("sam");
    assert_eq!(talk.says("sam", "answer 2 Because of their smell"), ["answer-noted"]);
    talk.hears("alex");
    assert_eq!(talk.says_as("alex", "yes", Reply::To(came), Proof::Proven), ["yes-recorded"]);
}

#[test]
fn i03_a_no_after_a_question_does_not_show_in_what_becomes_of_its_answer() {
    let lives = ["no", "ignore", "help", "block", "report"].map(|then| {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("alex", "ask Which year are you in?");
        talk.says("alex", "send");
        talk.says("alex", if then == "no" { "1 no" } else { then });
        let mut heard = talk.hears("sam");
        heard.extend(talk.says("sam", "requests"));
        heard.extend(talk.says("sam", "again"));
        heard.extend(talk.says("sam", "answer The second"));
        heard.extend(talk.says("sam", "requests"));
        talk.until(START.after(Span::from_days(20)));
        heard.extend(talk.hears("sam"));
        heard
    });
    for life in &lives {
        assert_eq!(*life, lives[0]);
    }
    assert!(lives[0].ends_with(&["no-introduction"]), "{:?}", lives[0]);
}

#[test]
fn a_no_or_silence_can_become_a_yes_until_the_deadline() {
    for first in ["no", "ignore"] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.hears("alex");
        talk.says("alex", first);
        assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"], "it is laid aside");
        assert_eq!(talk.says("alex", "1 yes"), ["yes-recorded"], "and comes back by its number");
        assert!(matches!(talk.stage(id), Stage::Opening { .. }));
    }
}

#[test]
fn later_moves_the_reminder_and_not_the_deadline() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    assert_eq!(talk.says("alex", "later some day"), ["when-unclear"]);
    assert_eq!(talk.says("alex", "later in 2 months"), ["later-too-late"]);
    assert_eq!(talk.says("alex", "later in 9 days"), ["later-noted"]);
    let due: Vec<_> = talk
        .state
        .timers()
        .filter(|timer| matches!(timer.wait, Wait::Reminder { .. }))
        .map(|timer| timer.due)
        .collect();
    assert_eq!(due.len(), 1);
    talk.until(START.after(Span::from_days(6)));
    assert_eq!(talk.hears("alex"), [""; 0]);
    talk.until(START.after(Span::from_days(10)));
    assert_eq!(talk.hears("alex"), ["reminder"]);
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
}

#[test]
fn a09_a_block_holds_for_what_is_open_and_for_what_comes_and_can_be_taken_back() {
    let mut talk = Talk::new();
    let first = talk.asks("sam", "alex");
    talk.hears("alex");
    assert_eq!(talk.says("alex", "block"), ["block-recorded"]);
    assert_eq!(*talk.stage(first), Stage::Waiting(Side::Quiet(Quiet::Blocked)));
    talk.until(START.after(Span::from_days(120)));
    talk.forget();
    let second = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(second), Stage::Waiting(Side::Quiet(Quiet::Blocked)));
    assert_eq!(talk.hears("alex"), [""; 0]);
    assert_eq!(talk.says("alex", "my settings"), ["own-settings"]);
    assert_eq!(talk.says("alex", "unblock 1"), ["unblocked"]);
    assert_eq!(talk.says("alex", "unblock"), ["not-blocked"]);
    talk.until(START.after(Span::from_days(240)));
    talk.forget();
    let third = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(third), Stage::Waiting(Side::Asked));
}

#[test]
fn an_address_can_be_blocked_before_anything_comes_from_it() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "block @sam:example.org"), ["block-recorded"]);
    assert_eq!(talk.says("alex", "block @alex:example.org"), ["block-whom"]);
    assert_eq!(talk.says("alex", "block"), ["block-whom"]);
    let id = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::Blocked)));
}

#[test]
fn a_block_beyond_the_bound_is_refused_in_words_and_none_is_dropped_for_it() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "block @sam:example.org"), ["block-recorded"]);
    for number in 1..200 {
        assert_eq!(talk.says("alex", &format!("block @p{number}:example.org")), ["block-recorded"]);
    }
    for number in 200..400 {
        assert_eq!(talk.says("alex", &format!("block @p{number}:example.org")), ["too-many-blocks"]);
    }
    assert_eq!(talk.says("alex", "block @p7:example.org"), ["block-recorded"], "it stands already, and lasts longer");
    assert_eq!(talk.says("alex", "unblock 2"), ["unblocked"]);
    assert_eq!(talk.says("alex", "block @p200:example.org"), ["block-recorded"]);
    assert_eq!(talk.state.marks().count(), 200);
    let id = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::Blocked)), "the first of all holds");
}

#[test]
fn a_report_halts_contact_and_is_kept_for_people_to_look_at() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    talk.hears("sam");
    assert_eq!(talk.says("noor", "report"), ["nothing-to-report"]);
    assert_eq!(talk.says("alex", "report this is an advertisement"), ["report-recorded"]);
    let report = talk.state.reports().next().expect("a report").clone();
    assert_eq!((report.introduction, report.by, report.room), (id, talk.id("alex"), None));
    assert_eq!(report.words.as_deref(), Some("this is an advertisement"));
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.until(START.after(Span::from_days(20)));
    assert_eq!(talk.hears("sam"), ["no-introduction"]);
}

#[test]
fn a09_who_pauses_or_is_full_is_brought_nothing_and_the_requester_hears_the_one_answer() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "pause until some day"), ["when-unclear"]);
    assert_eq!(talk.says("alex", "pause until 2 May 2029"), ["pause-too-long"]);
    assert_eq!(talk.says("alex", "pause until 20 November"), ["paused"]);
    let paused = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(paused), Stage::Waiting(Side::Quiet(Quiet::NotTaking)));
    assert_eq!(talk.says("alex", "resume"), ["resumed"]);
    assert_eq!(talk.says("alex", "limit 1 a month"), ["limit-set"]);
    let first = talk.asks("noor", "alex");
    let full = talk.asks("robin", "alex");
    assert_eq!(*talk.stage(first), Stage::Waiting(Side::Asked));
    assert_eq!(*talk.stage(full), Stage::Waiting(Side::Quiet(Quiet::NotTaking)));
    talk.forget();
    assert_eq!(talk.says("alex", "limit off"), ["limit-off"]);
    talk.until(START.after(Span::from_days(20)));
    assert_eq!(talk.hears("sam"), ["no-introduction"]);
    assert_eq!(talk.hears("robin").last(), Some(&"no-introduction"));
}

#[test]
fn a09_the_same_two_are_left_in_peace_for_a_while_unless_it_was_taken_back_unanswered() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("sam", "withdraw");
    let corrected = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(corrected), Stage::Waiting(Side::Asked), "a mistake can be put right");
    talk.until(START.after(Span::from_days(20)));
    talk.forget();
    let soon = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(soon), Stage::Waiting(Side::Quiet(Quiet::TooSoon)));
    talk.until(START.after(Span::from_days(200)));
    talk.forget();
    let later = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(later), Stage::Waiting(Side::Asked));
}

#[test]
fn a09_a_requesters_own_limits_are_told_at_once() {
    let mut talk = Talk::new();
    for round in 0..6 {
        talk.asks("sam", if round % 2 == 0 { "alex" } else { "robin" });
        talk.says("sam", "withdraw");
    }
    talk.forget();
    assert_eq!(talk.says("sam", "introduce @noor:example.org"), ["too-many-sent"]);
    talk.until(START.after(Span::from_days(31)));
    talk.forget();
    assert_eq!(talk.says("sam", "introduce @noor:example.org"), ["ask-purpose"]);
}

#[test]
fn c05_a_personal_purpose_is_refused_with_the_policy() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "introduce @alex:example.org for a date: Dinner?"), ["purpose-personal"]);
    assert_eq!(talk.says("sam", "1"), ["ask-known-how"], "it can be asked for on other grounds");
    talk.says("sam", "cancel");
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["ask-purpose"]);
    assert_eq!(talk.says("sam", "Going out together"), ["purpose-personal"]);
    assert_eq!(talk.says("sam", "bringing my CV up to-date"), ["purpose-personal"]);
    assert_eq!(talk.says("sam", "updates"), ["purpose-not-offered"]);
    assert_eq!(talk.says("sam", "policy"), ["policy"]);
}

#[test]
fn words_for_one_person_do_not_become_part_of_a_request_to_another() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "ask Which year are you in?");
    talk.says("alex", "send");
    let (question, _) = talk.hears_whole("sam").pop().unwrap();
    talk.says_as("sam", "The second", Reply::To(question), Proof::Proven);
    assert_eq!(talk.says("sam", "introduce @robin:example.org for career advice"), ["ask-known-how"]);
    assert_eq!(talk.says_as("sam", "I meant the third", Reply::To(question), Proof::Proven), ["too-late"]);
    assert_eq!(talk.says("sam", "drafts"), ["ask-known-how"]);
}

#[test]
fn words_for_a_stranger_go_as_they_were_shown_or_not_at_all() {
    for words in ["ask me whether tomorrow suits", "ask her to email me at alex@mail.example", "no because I am away"] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.forget();
        assert_eq!(talk.says("alex", words), ["carry-preview"], "{words}");
        assert_eq!(talk.says("alex", "yes"), ["carry-waits"], "a yes is none to meeting anybody, nor a send: {words}");
        assert_eq!(talk.says("alex", "cancel"), ["carry-dropped"], "{words}");
        assert_eq!(talk.says("alex", "send"), ["no-draft"], "{words}");
        assert_eq!(talk.hears("sam"), [""; 0], "{words}");
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "{words}");
    }
}

#[test]
fn words_are_not_sent_before_their_writer_saw_them() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    talk.held_back = Some(vec![]);
    talk.says("alex", "ask Which year are you in?");
    assert_eq!(talk.says("alex", "send"), ["not-asked-yet"]);
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.show_held_back();
    // Another preview is on its way: the send was not for that one, and not for the first any more.
    talk.held_back = Some(vec![]);
    talk.says("alex", "ask Which city are you in?");
    talk.says("alex", "send");
    assert_eq!(talk.hears("sam"), [""; 0]);
    talk.show_held_back();
    talk.says("alex", "send");
    let Say::Requesting(Requesting::QuestionCame { question, .. }) = last(&mut talk, "sam") else {
        panic!("not the question")
    };
    assert_eq!(question, "Which city are you in?");
}

#[test]
fn i07_a_bare_yes_is_to_what_was_asked_last_and_to_nothing_else() {
    for (between, then) in [
        ("forget me", "do-you-mean"),
        ("later tomorrow", "do-you-mean"),
        ("pause until 20 December", "do-you-mean"),
        ("my settings", "do-you-mean"),
        ("help", "do-you-mean"),
        ("policy", "do-you-mean"),
        ("requests", "do-you-mean"),
        ("list me", "do-you-mean"),
        ("ask Which year are you in?", "carry-waits"),
        ("introduce @robin:example.org for career advice", "draft"),
    ] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.says("alex", between);
        talk.forget();
        let heard = talk.says("alex", "yes");
        assert!(then == "draft" || heard == [then], "{between}: {heard:?}");
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "{between}");
        for polite in ["ok", "ok thanks", "thanks", "okay"] {
            talk.says("alex", polite);
            assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "{between}, {polite}");
        }
    }
}

#[test]
fn i07_what_repeats_a_request_or_asks_about_its_answer_can_be_answered_by_a_bare_word() {
    for between in ["again", "yes but only by telephone", "ok", "help, yes"] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        for words in between.split(", ") {
            talk.says("alex", words);
        }
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "{between}");
        talk.forget();
        assert_eq!(talk.says("alex", "absolutely"), ["yes-recorded"], "{between}");
    }
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.until(START.after(Span::from_days(6)));
    assert_eq!(talk.hears("alex").last(), Some(&"reminder"));
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
}

#[test]
fn i07_a_number_names_one_request_for_weeks() {
    let mut talk = Talk::new();
    talk.asks("robin", "alex");
    talk.says("robin", "withdraw");
    let second = talk.asks("sam", "alex");
    talk.forget();
    assert_eq!(talk.says("alex", "1 yes"), ["no-such-number"]);
    assert_eq!(*talk.stage(second), Stage::Waiting(Side::Asked));
    assert_eq!(talk.says("alex", "2 yes"), ["yes-recorded"]);
}

#[test]
fn i08_a_yes_is_taken_back_by_one_word_as_it_was_given() {
    for regret in ["no", "undo", "oops, I meant no", "actually no", "withdraw"] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.says("alex", "yes");
        talk.forget();
        talk.says("alex", regret);
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::TakenBack)), "{regret}");
        talk.perform();
        talk.until(talk.now.after(Span::from_days(40)));
        assert_eq!(talk.hears("sam"), ["no-introduction"], "{regret}");
    }
}

#[test]
fn i07_more_says_what_else_can_be_done_with_a_request_and_a_yes_after_it_is_to_that_request() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    for text in ["more", "More.", "options"] {
        assert_eq!(talk.says("alex", text), ["choices"], "{text}");
    }
    assert_eq!(talk.says("alex", "mentors").first(), Some(&"mentors-none"));
    assert_eq!(talk.says("alex", "more"), ["choices"], "no list is shown");
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
    assert!(!matches!(talk.stage(id), Stage::Waiting(_)));
    assert_eq!(talk.says("sam", "more"), ["mentors-not-shown"]);
}

/// Somebody writes from one more device of theirs; returns what they hear.
fn from_further_device(talk: &mut Talk, name: &str, text: &str) -> Vec<&'static str> {
    let Input::Said(said) = talk.said(talk.id(name), text, Reply::None, Proof::Proven) else { panic!("no words") };
    talk.input(Input::Said(said.from_further_device(true)));
    talk.hears(name)
}

#[test]
fn on_a_new_device_what_is_open_is_said_once_more_and_can_be_answered_there() {
    let mut talk = Talk::new();
    assert_eq!(from_further_device(&mut talk, "alex", "policy"), ["policy"], "nothing is open");
    let id = talk.asks("sam", "alex");
    talk.forget();
    assert_eq!(from_further_device(&mut talk, "alex", "policy"), ["policy", "device-once-more", "asked"]);
    assert_eq!(from_further_device(&mut talk, "alex", "again"), ["asked"], "not twice");
    assert_eq!(from_further_device(&mut talk, "alex", "yes"), ["yes-recorded"], "nothing is open any more");
    assert!(matches!(talk.stage(id), Stage::Opening { .. }));
}

#[test]
fn a_device_that_is_confirmed_is_shown_what_is_open() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    let input = talk.said(talk.id("alex"), "yes", Reply::None, Proof::Unconfirmed);
    talk.input(input);
    let Say::Devices(Devices::WhoseIsIt { code }) = last(&mut talk, "alex") else { panic!("no code") };
    assert_eq!(talk.says("alex", &format!("my new device {code}")), ["device-confirmed", "device-once-more", "asked"]);
}

#[test]
fn words_that_may_answer_a_question_are_shown_and_go_when_their_writer_says_so() {
    for words in ["My second.", "no, I am in my second year", "second year, because I took a year out"] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("alex", "ask Which year are you in?");
        talk.says("alex", "send");
        talk.forget();
        assert_eq!(talk.says("sam", words), ["answer-preview"], "{words}");
        assert_eq!(talk.hears("alex"), [""; 0], "{words}");
        assert_eq!(talk.says("sam", "cancel"), ["answer-dropped"], "{words}");
        assert_eq!(talk.says("sam", "send"), ["no-draft"], "{words}");
        assert_eq!(talk.says("sam", words), ["answer-preview"], "{words}");
        assert_eq!(talk.says("sam", "send"), ["answer-noted"], "{words}");
        assert_eq!(talk.hears("alex"), ["answer-came"], "{words}");
        assert_eq!(talk.says("sam", "send"), ["no-draft"], "once: {words}");
    }
}

#[test]
fn an_answer_that_was_shown_goes_nowhere_once_its_question_has_been_answered() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "ask Which year are you in?");
    talk.says("alex", "send");
    talk.forget();
    assert_eq!(talk.says("sam", "My second."), ["answer-preview"]);
    assert_eq!(talk.says("sam", "answer my third"), ["answer-noted"]);
    talk.hears("alex");
    assert_eq!(talk.says("sam", "send"), ["too-late"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
}

#[test]
fn a_yes_or_no_that_comes_late_with_an_apology_hears_that_nothing_waits() {
    for words in [
        "sorry I missed this, yes",
        "Sorry, I only saw this now. Yes please",
        "apologies for the late reply, no",
        "yes! sorry for the delay",
        "so sorry I overlooked it yes",
    ] {
        let mut talk = Talk::new();
        assert_eq!(talk.says("alex", words), ["nothing-to-answer"], "{words}");
        // The porter asks about a request that waits, and takes nothing for a yes that is not plainly one.
        let id = talk.asks("sam", "alex");
        talk.forget();
        assert_ne!(talk.says("alex", words), ["nothing-to-answer"], "{words}");
        assert!(matches!(talk.stage(id), Stage::Waiting(_)), "{words}");
    }
    for words in ["sorry, how does this work?", "sorry I am lost here", "sorry, is it yes or no?"] {
        assert_ne!(Talk::new().says("alex", words), ["nothing-to-answer"], "{words}");
    }
}
