//! A reflection: its questions, one at a time; every answer is kept as soon as it is given.

use lodge_core::input::{Proof, Reply};
use lodge_core::notes::reflection::Occasion;
use lodge_core::say::{Begins, Meant, Notes, Say};
use lodge_core::time::Span;

use super::talk::{START, Talk, address};

/// The question that the last message to Sam asks: its place, the answer so far, and whether it begins the reflection.
fn asked(talk: &mut Talk) -> (usize, Option<String>, Option<Begins>) {
    match talk.hears_whole("sam").pop() {
        Some((_, Say::Notes(Notes::Reflect { place, had, begins, .. }))) => (place, had, begins),
        other => panic!("{other:?}"),
    }
}

/// Sam's notes that answer a question: the question's first word, and the answer.
fn answers(talk: &Talk) -> Vec<(String, String)> {
    let book = talk.state.notebook(talk.id("sam"));
    let notes = book.into_iter().flat_map(|book| book.notes()).filter_map(|note| {
        let question = note.question.clone()?;
        Some((question.chars().take(16).collect(), note.words.clone()))
    });
    notes.collect()
}

#[test]
fn d03_a_reflection_leads_through_five_questions_and_each_can_be_passed_over() {
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.forget();
    talk.types("sam", "reflect");
    let (place, had, begins) = asked(&mut talk);
    let about = Some(Meant::To(address("alex").into()));
    assert_eq!((place, had, begins), (1, None, Some(Begins { occasion: Occasion::Talk, about })));
    for (words, then) in [("How much of it is talking", 2), ("skip", 3), ("back", 2), ("A good day? Two visitors.", 3)]
    {
        talk.types("sam", words);
        assert_eq!(asked(&mut talk).0, then, "{words}");
    }
    assert_eq!(talk.says("sam", "skip"), ["reflect"]);
    assert_eq!(talk.says("sam", "Robin"), ["reflect"]);
    assert_eq!(talk.says("sam", "skip"), ["reflected"]);
    let right = [
        ("What surprised y", "How much of it is talking"),
        ("What would a goo", "A good day? Two visitors."),
        ("Who else could y", "Robin"),
    ];
    assert_eq!(answers(&talk), right.map(|(question, words)| (question.to_owned(), words.to_owned())));
    let introduction = talk.newest().id;
    let book = talk.state.notebook(talk.id("sam")).unwrap();
    assert!(book.notes().iter().all(|note| note.about == Some(introduction)));
    assert_eq!(talk.says("sam", "mentors in law"), ["mentors-none"], "it is over");
}

#[test]
fn words_at_a_question_are_its_answer_whatever_they_look_like() {
    for words in
        ["mentors in law", "introduce @alex:example.org", "notes", "yes", "no", "send", "nothing", "policy", "2"]
    {
        let mut talk = Talk::new();
        talk.says("sam", "reflect");
        assert_eq!(talk.says("sam", words), ["reflect"], "{words}");
        assert_eq!(answers(&talk), [("What surprised y".to_owned(), words.to_owned())]);
    }
    for (words, right) in
        [("help", "reflect"), ("ok", "reflect"), ("save", "reflection-saved"), ("stop", "reflection-saved")]
    {
        let mut talk = Talk::new();
        talk.says("sam", "reflect");
        assert_eq!(talk.says("sam", words), [right], "{words}");
        assert!(answers(&talk).is_empty(), "{words}");
    }
    let mut talk = Talk::new();
    talk.says("sam", "reflect");
    assert_eq!(talk.says("sam", "block @alex:example.org"), ["block-recorded"], "somebody looks after themselves");
}

#[test]
fn back_shows_what_was_written_and_a_new_answer_takes_its_place() {
    let mut talk = Talk::new();
    talk.says("sam", "reflect");
    talk.says("sam", "The smell");
    talk.types("sam", "back");
    assert_eq!(asked(&mut talk).1.as_deref(), Some("The smell"));
    assert_eq!(talk.says("sam", "skip"), ["reflect"]);
    assert_eq!(answers(&talk).len(), 1, "it is kept as it was");
    talk.says("sam", "back");
    talk.says("sam", "The smell, and the silence");
    assert_eq!(answers(&talk), [("What surprised y".to_owned(), "The smell, and the silence".to_owned())]);
}

#[test]
fn what_is_saved_goes_on_where_it_stopped_and_meanwhile_words_are_commands() {
    let mut talk = Talk::new();
    talk.says("sam", "reflect");
    talk.says("sam", "The smell");
    assert_eq!(talk.says("sam", "save"), ["reflection-saved"]);
    assert_eq!(talk.says("sam", "mentors in law"), ["mentors-none"]);
    talk.until(START.after(Span::from_days(20)));
    talk.forget();
    talk.types("sam", "reflect");
    assert_eq!(asked(&mut talk).0, 2);
    assert_eq!(talk.says("sam", "cancel"), ["reflection-dropped"]);
    assert_eq!(answers(&talk).len(), 1, "cancelling throws nothing away");
    talk.types("sam", "reflect");
    assert_eq!(asked(&mut talk).0, 1);
}

#[test]
fn an_answer_by_reply_is_to_the_question_replied_to() {
    let mut talk = Talk::new();
    talk.types("sam", "reflect");
    let (first, _) = talk.hears_whole("sam").pop().unwrap();
    talk.says("sam", "skip");
    let input = talk.said(talk.id("sam"), "The smell", Reply::To(first), Proof::Proven);
    talk.input(input);
    assert_eq!(asked(&mut talk).0, 2, "the second still waits");
    assert_eq!(answers(&talk), [("What surprised y".to_owned(), "The smell".to_owned())]);
}

#[test]
fn words_to_what_was_asked_since_are_no_answer_and_other_words_are() {
    let mut talk = Talk::new();
    talk.says("alex", "reflect");
    talk.asks("sam", "alex");
    talk.forget();
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
    assert!(talk.state.notebook(talk.id("alex")).is_none());
    assert_eq!(talk.says("alex", "policy"), ["policy"], "something else was said last");
    assert_eq!(talk.says("alex", "How kind they were"), ["reflect"], "these words can only be the answer");
    assert_eq!(talk.state.notebook(talk.id("alex")).unwrap().notes().len(), 1);
}

#[test]
fn what_cannot_be_kept_is_said_and_the_question_stays() {
    let mut talk = Talk::new();
    talk.says("sam", "reflect");
    assert_eq!(talk.says("sam", &"very ".repeat(300)), ["note-too-long", "reflect"]);
    assert_eq!(talk.says("sam", "Very"), ["reflect"]);
    assert_eq!(answers(&talk).len(), 1);
}

#[test]
fn a_reflection_is_about_the_one_they_name_or_the_newest_they_know_the_end_of() {
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.forget();
    talk.asks("sam", "robin");
    let begins = |talk: &mut Talk, text: &str| {
        talk.forget();
        talk.types("sam", text);
        let begins = asked(talk).2.unwrap();
        talk.says("sam", "cancel");
        (begins.occasion, begins.about)
    };
    let to = |name: &str| Some(Meant::To(address(name).into()));
    assert_eq!(begins(&mut talk, "reflect"), (Occasion::Talk, to("alex")), "the other is still waiting");
    talk.says("robin", "no");
    assert_eq!(begins(&mut talk, "reflect"), (Occasion::Talk, to("alex")), "a no is nothing that Sam knows");
    talk.until(START.after(Span::from_days(20)));
    assert_eq!(begins(&mut talk, "reflect"), (Occasion::NoTalk, to("robin")));
    assert_eq!(begins(&mut talk, "reflect on Alex"), (Occasion::Talk, to("alex")));
}
