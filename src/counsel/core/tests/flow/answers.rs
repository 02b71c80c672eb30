//! Words answer only what stood before them in their conversation.

use lodge_counsel_core::case::{Case, Stage};
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Reply};
use lodge_counsel_core::people::{Client, Talk as Waits};
use lodge_counsel_core::say::Say;
use lodge_counsel_core::state::State;
use lodge_ground::store::{Memory, Row, Store as _, Write};

use crate::talk::Talk;

/// One question of the service's: the way in which it comes to be put, its reader, and each word that would answer it,
/// with the outcome.
struct Question {
    put: fn(&mut Talk),
    to: &'static str,
    asks: &'static str,
    words: &'static [(&'static str, &'static str)],
}

fn words(talk: &mut Talk, who: &str, words: &[&str]) {
    for text in words {
        talk.types(who, text);
    }
}

const QUESTIONS: [Question; 7] = [
    Question {
        put: |talk| drop(talk.visits("sam")),
        to: "sam",
        asks: "terms",
        words: &[("yes", "ask-whom"), ("no", "not-now"), ("skip", "terms-first"), ("I feel stuck", "terms-first")],
    },
    Question {
        put: |talk| talk.agrees("sam"),
        to: "sam",
        asks: "ask-whom",
        words: &[("2", "ask-about"), ("Kim", "ask-about"), ("no", "not-now"), ("Robin", "not-one-of-them")],
    },
    Question {
        put: |talk| {
            talk.agrees("sam");
            words(talk, "sam", &["1"]);
        },
        to: "sam",
        asks: "ask-about",
        words: &[
            ("My next step", "ask-showing"),
            ("time: where does it go?", "ask-showing"),
            ("skip", "asking"),
            ("no", "asking"),
        ],
    },
    Question {
        put: |talk| {
            talk.agrees("sam");
            words(talk, "sam", &["1", "My next step"]);
        },
        to: "sam",
        asks: "ask-showing",
        words: &[("yes", "asking"), ("ok", "asking"), ("no", "asking"), ("maybe", "ask-showing")],
    },
    Question {
        put: |talk| {
            talk.opens("sam", "kim");
            words(talk, "kim", &["time tomorrow 14:00"]);
        },
        to: "sam",
        asks: "time-suggested",
        words: &[("yes", "time-agreed"), ("no", "time-declined")],
    },
    Question {
        put: |talk| {
            talk.opens("sam", "kim");
            words(talk, "kim", &["hand over"]);
        },
        to: "sam",
        asks: "ask-handover",
        words: &[("yes", "closing"), ("no", "handover-declined")],
    },
    Question {
        put: |talk| {
            talk.opens("sam", "kim");
            words(talk, "sam", &["time tomorrow 14:00"]);
        },
        to: "kim",
        asks: "counsellor-time-suggested",
        words: &[("yes", "counsellor-time-agreed"), ("no", "counsellor-time-declined")],
    },
];

/// A talk in which this was just asked, and nothing is to be looked at yet.
fn asked(question: &Question) -> Talk {
    let mut talk = Talk::new();
    (question.put)(&mut talk);
    talk.forget();
    talk
}

/// The whole state in lines, but for the messages that were said and the times at which somebody was heard.
fn kept(talk: &Talk) -> Vec<String> {
    let client = |client: &Client| format!("{:?} {:?} {:?}", client.id, client.agreed, client.talk);
    let case = |case: &Case| {
        let suggested = case.suggested.as_ref().map(|suggested| suggested.at);
        let taken = (case.counsellor(), matches!(case.stage, Stage::Closed { .. }));
        format!("{:?} {taken:?} {suggested:?} {:?} {:?}", case.word, case.meeting, case.handover.is_some())
    };
    talk.state.clients().map(client).chain(talk.state.cases().map(case)).collect()
}

#[test]
fn i07_each_question_is_answered_by_what_comes_after_it() {
    for question in &QUESTIONS {
        for (text, heard) in question.words {
            let mut talk = asked(question);
            talk.types(question.to, text);
            assert_eq!(talk.hears(question.to).first(), Some(heard), "{}: {text}", question.asks);
            // A reply answers as well, even after other messages.
            let mut talk = asked(question);
            let reply = Reply::To(talk.newest(question.to));
            let unreadable = Input::Unreadable(talk.id(question.to));
            talk.input(unreadable);
            talk.forget();
            talk.replies(question.to, text, reply);
            assert_eq!(talk.hears(question.to).first(), Some(heard), "{}: {text}", question.asks);
        }
    }
}

#[test]
fn i07_words_that_came_before_a_question_do_not_answer_it_and_their_writer_hears_so_once() {
    for question in &QUESTIONS {
        for (text, heard) in question.words {
            let mut talk = asked(question);
            let before = kept(&talk);
            talk.types_before(question.to, text, 1);
            assert_eq!(talk.hears(question.to), ["asked-again", question.asks], "{text}");
            // The same once more, before any of that stood there: the question is still to come.
            talk.types_before(question.to, text, 3);
            talk.types_before(question.to, text, 3);
            assert_eq!(talk.hears(question.to), [""; 0], "{text}");
            assert_eq!(kept(&talk), before, "{text}");
            talk.types(question.to, text);
            assert_eq!(talk.hears(question.to).first(), Some(heard), "{}: {text}", question.asks);
        }
    }
}

#[test]
fn i07_a_word_that_is_no_reply_to_the_question_and_comes_not_straight_after_it_does_not_answer_it() {
    for question in &QUESTIONS {
        for (text, heard) in question.words {
            for elsewhere in [true, false] {
                let mut talk = asked(question);
                let before = kept(&talk);
                if elsewhere {
                    talk.replies(question.to, text, Reply::Elsewhere);
                } else {
                    let unreadable = Input::Unreadable(talk.id(question.to));
                    talk.input(unreadable);
                    talk.forget();
                    talk.types(question.to, text);
                }
                assert_eq!(talk.hears(question.to), ["asked-again", question.asks], "{text}, {elsewhere}");
                assert_eq!(kept(&talk), before, "{text}, {elsewhere}");
                talk.types(question.to, text);
                assert_eq!(talk.hears(question.to).first(), Some(heard), "{}: {text}", question.asks);
            }
        }
    }
}

#[test]
fn a_question_whose_message_came_to_nothing_is_put_again_to_whoever_answers_it() {
    for question in &QUESTIONS {
        let mut talk = asked(question);
        let (to, message) = (talk.id(question.to), talk.newest(question.to));
        let (text, _) = question.words[0];
        talk.input(Input::Unsaid(to, message));
        assert!(!talk.state.awaited(to).contains(&message));
        for _ in 0..2 {
            talk.types(question.to, text);
            assert_eq!(talk.hears(question.to), ["asked-again", question.asks], "{text}");
            // So does what puts it again.
            let again = talk.newest(question.to);
            talk.input(Input::Unsaid(to, again));
        }
    }
}

#[test]
fn what_an_older_row_waits_for_counts_as_asked_by_what_stood_before_anybody_counted() {
    for question in &QUESTIONS {
        let (text, heard) = question.words[0];
        for stood in [true, false] {
            let mut talk = asked(question);
            talk.state = State::load(&older(&talk.kept)).unwrap();
            let to = talk.id(question.to);
            let uncounted = lodge_counsel_core::asked::Asked::UNCOUNTED;
            assert!(talk.state.awaited(to).contains(&uncounted));
            talk.told.insert(to, if stood { vec![(uncounted, Say::OpeningNote)] } else { vec![] });
            talk.types(question.to, text);
            let expected = if stood { heard } else { "asked-again" };
            assert_eq!(talk.hears(question.to).first(), Some(&expected), "{}: {text}", question.asks);
        }
    }
}

/// The rows as they were written before questions knew what had put them.
fn older(kept: &Memory) -> Memory {
    let stripped = kept.rows().cloned().map(|row| {
        let mut value = row.read().unwrap();
        strip(&mut value);
        Write::Put(Row { value: serde_json::to_vec(&value).unwrap(), ..row })
    });
    let mut older = Memory::default();
    older.commit(&stripped.collect()).unwrap();
    older
}

fn strip(value: &mut serde_json::Value) {
    if let Some(object) = value.as_object_mut() {
        object.remove("question");
        object.remove("questions");
        object.values_mut().for_each(strip);
    }
}

#[test]
fn a_time_is_agreed_on_only_by_who_read_it_though_the_case_is_named() {
    let mut talk = Talk::new();
    let word = talk.opens("sam", "kim");
    talk.types("sam", "time tomorrow 14:00");
    talk.types("sam", "time tomorrow 16:00");
    talk.forget();
    talk.types_before("kim", &format!("yes {word}"), 1);
    assert_eq!(talk.hears("kim"), ["asked-again", "counsellor-time-suggested"]);
    assert_eq!(talk.case("sam").meeting, None);
    // The case's word answers, even after other messages.
    talk.types("kim", "help");
    talk.forget();
    assert_eq!(talk.says("kim", &format!("yes {word}")), ["counsellor-time-agreed"]);
}

#[test]
fn a_counsellor_takes_without_its_word_only_a_case_that_they_read_of() {
    let mut talk = Talk::new();
    let word = talk.asks("sam");
    talk.forget();
    talk.types_before("kim", "claim", 1);
    assert_eq!(talk.hears("kim"), ["counsellor-which-case"]);
    talk.replies("kim", "claim", Reply::Elsewhere);
    assert_eq!(talk.hears("kim"), ["counsellor-which-case"]);
    assert!(matches!(talk.case("sam").stage, Stage::Offered { .. }));
    // Its word can only be had from a message that was read.
    talk.types_before("kim", &format!("claim {word}"), 9);
    assert_eq!(talk.hears("kim"), ["counsellor-claimed"]);
}

#[test]
fn a_reply_says_which_of_several() {
    let mut talk = Talk::new();
    talk.asks("sam");
    let sams = talk.newest("kim");
    talk.asks("robin");
    talk.forget();
    assert_eq!(talk.says("kim", "claim"), ["counsellor-which-case"]);
    talk.replies("kim", "claim", Reply::To(sams));
    assert_eq!(talk.hears("kim"), ["counsellor-claimed"]);
    let kim = talk.id("kim");
    assert_eq!(talk.case("sam").counsellor(), Some(kim));

    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk.opens("robin", "kim");
    talk.types("sam", "time tomorrow 14:00");
    let sams = talk.newest("kim");
    talk.types("robin", "time tomorrow 16:00");
    talk.forget();
    assert_eq!(talk.says("kim", "yes"), ["counsellor-which-case"]);
    talk.replies("kim", "yes", Reply::To(sams));
    assert_eq!(talk.hears("kim"), ["counsellor-time-agreed"]);
    assert!(talk.case("sam").meeting.is_some() && talk.case("robin").meeting.is_none());
}

#[test]
fn a_number_is_one_of_those_that_were_shown() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.name(&["lee", "noa"]);
    talk.forget();
    assert_eq!(talk.says("sam", "2"), ["asked-again", "ask-whom"], "it was Kim's");
    assert_eq!(talk.says("sam", "2"), ["ask-about"]);
    // The same names again change nothing.
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.name(&["kim", "lee"]);
    assert_eq!(talk.says("sam", "2"), ["ask-about"]);
}

#[test]
fn what_names_itself_is_heard_whatever_stood_before_it() {
    for (text, heard) in [
        ("withdraw", "taken-back"),
        ("forget me now", "forgetting"),
        ("my data", "data"),
        ("terms", "terms"),
        ("help", "help"),
        ("close", "none-open"),
    ] {
        let mut talk = Talk::new();
        talk.agrees("sam");
        talk.types_before("sam", text, 9);
        assert_eq!(talk.hears("sam").first(), Some(&heard), "{text}");
    }
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    for (who, text, heard) in [
        ("sam", "time tomorrow 14:00", "time-passed-on"),
        ("kim", "time tomorrow 15:00", "counsellor-time-passed-on"),
        ("sam", "close", "closing"),
        ("kim", "left", "counsellor-left"),
        ("sam", "left", "left"),
    ] {
        talk.forget();
        talk.types_before(who, text, 99);
        assert_eq!(talk.hears(who), [heard], "{text}");
    }
}

#[test]
fn somebodys_open_questions_are_all_that_is_awaited_from_them() {
    let mut talk = Talk::new();
    let awaited = |talk: &Talk, who: PersonId| -> Vec<EffectId> { talk.state.awaited(who).into_iter().collect() };
    talk.asks("sam");
    let (sam, kim) = (talk.id("sam"), talk.id("kim"));
    assert_eq!((awaited(&talk, sam), awaited(&talk, kim)), (vec![], vec![talk.newest("kim")]));
    talk.meets("sam", "kim");
    assert_eq!((awaited(&talk, sam), awaited(&talk, kim)), (vec![], vec![]));
    talk.types("kim", "time tomorrow 14:00");
    assert_eq!((awaited(&talk, sam), awaited(&talk, kim)), (vec![talk.newest("sam")], vec![]));
    talk.types("sam", "time tomorrow 15:00");
    assert_eq!((awaited(&talk, sam), awaited(&talk, kim)), (vec![], vec![talk.newest("kim")]));
}

#[test]
fn whoever_still_waits_for_terms_that_are_agreed_to_waits_for_nothing() {
    let mut talk = Talk::new();
    talk.agrees("sam");
    talk.settings.terms = "2".to_owned();
    assert_eq!(talk.says("sam", "1"), ["terms"]);
    talk.settings.terms = "1".to_owned();
    assert_eq!(talk.says("sam", "yes"), ["terms"]);
    assert_eq!(talk.state.client(talk.id("sam")).unwrap().talk, Waits::Nothing);
    assert_eq!(talk.says("sam", "hello"), ["help", "ask-whom"]);
}
