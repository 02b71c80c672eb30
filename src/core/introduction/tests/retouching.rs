//! Words that are edited or taken away afterwards: the things that stand, and the people who hear of it.

use lodge_core::id::IntroductionId;
use lodge_core::input::Input;
use lodge_core::introduction::{Outcome, Party, Stage};
use lodge_core::state::State;
use lodge_core::time::Span;

use crate::talk::Talk;

/// Nobody hears anything because somebody edits these words but they themselves, who hear this.
fn edit_tells(talk: &mut Talk, name: &str, text: &str, told: &[&str]) {
    talk.forget();
    let state = talk.state.clone();
    talk.edits(name, text);
    assert_eq!(talk.hears(name), told, "{text}");
    for other in ["sam", "alex", "noor"] {
        assert_eq!(talk.hears(other), [""; 0], "{other}, when {name} edits {text}");
    }
    assert_eq!(stages(&talk.state), stages(&state), "an edit changes nothing");
}

fn stages(state: &State) -> Vec<(IntroductionId, Stage)> {
    state.introductions().map(|introduction| (introduction.id, introduction.stage.clone())).collect()
}

#[test]
fn i07_an_edit_changes_nothing_and_its_writer_hears_what_stands() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice");
    edit_tells(&mut talk, "sam", "introduce @alex:example.org for career advice", &["draft-unchanged"]);
    talk.says("sam", "No");
    talk.says("sam", "How did you begin?");
    edit_tells(&mut talk, "sam", "How did you begin?", &["draft-unchanged"]);
    talk.says("sam", "send");
    for text in ["introduce @alex:example.org for career advice", "How did you begin?", "send"] {
        edit_tells(&mut talk, "sam", text, &["request-unchanged"]);
    }
    talk.says("alex", "help");
    edit_tells(&mut talk, "alex", "help", &["edit-not-read"]);
    talk.says("alex", "1 no");
    edit_tells(&mut talk, "alex", "1 no", &["no-unchanged"]);
    talk.says("alex", "1 yes");
    edit_tells(&mut talk, "alex", "1 yes", &["yes-unchanged"]);
    edit_tells(&mut talk, "alex", "1 no", &["yes-unchanged"]);
    talk.perform();
    edit_tells(&mut talk, "sam", "send", &["request-unchanged"]);
    talk.says("alex", "withdraw");
    edit_tells(&mut talk, "alex", "1 yes", &["edit-not-read"]);
}

#[test]
fn i07_what_is_not_in_words_changes_nothing_and_its_sender_hears_which_words_would_count() {
    let mut talk = Talk::new();
    let told = |talk: &mut Talk, name: &str, words: &str| {
        talk.forget();
        let state = talk.state.clone();
        talk.input(Input::Wordless(talk.id(name)));
        assert_eq!(talk.hears(name), [words]);
        for other in ["sam", "alex", "noor"] {
            assert_eq!(talk.hears(other), [""; 0], "{other}, when {name} sends a thumb");
        }
        assert_eq!(stages(&talk.state), stages(&state), "it changes nothing");
    };
    told(&mut talk, "sam", "wordless");
    talk.says("sam", "introduce @alex:example.org for career advice");
    told(&mut talk, "sam", "wordless-draft");
    talk.says("sam", "No");
    talk.says("sam", "How did you begin?");
    talk.says("sam", "send");
    talk.says("alex", "help");
    told(&mut talk, "sam", "wordless");
    told(&mut talk, "alex", "wordless-open");
    assert_eq!(talk.says("alex", "yes"), ["do-you-mean"], "a bare yes is to what was asked last and to nothing else");
    assert_eq!(talk.says("alex", "1 yes"), ["yes-recorded"]);
}

#[test]
fn i07_words_that_replace_a_draft_are_no_part_of_the_next() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice");
    talk.says("sam", "cancel");
    edit_tells(&mut talk, "sam", "introduce @alex:example.org for career advice", &["edit-not-read"]);
    talk.says("sam", "introduce @robin:example.org");
    edit_tells(&mut talk, "sam", "introduce @alex:example.org for career advice", &["edit-not-read"]);
}

#[test]
fn i08_a_yes_that_is_taken_away_before_the_room_is_open_is_taken_back() {
    for (perform, told) in [(false, "yes-withdrawn"), (true, "withdrawn-room-closed")] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        talk.says("alex", "1 yes");
        if perform {
            talk.perform();
        }
        talk.redacts("alex", "1 yes");
        talk.perform();
        let later = talk.now.after(Span::from_millis(60_000));
        talk.until(later);
        assert!(
            !matches!(talk.stage(id), Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. }),
            "{perform}"
        );
        assert_eq!(talk.hears("alex").last(), Some(&told), "{perform}");
    }
}

#[test]
fn i03_a_send_that_is_taken_away_is_withdrawn_and_looks_the_same_whoever_was_asked() {
    let lives = ["alex no", "alex 1 yes", "alex help", "ivy", "nobody"].map(|life| {
        let (to, then) = life.split_once(' ').unwrap_or((life, ""));
        let mut talk = Talk::new();
        let id = talk.asks("sam", to);
        if !then.is_empty() {
            talk.says(to, then);
        }
        talk.forget();
        talk.redacts("sam", "send");
        talk.perform();
        let later = talk.now.after(Span::from_millis(60_000));
        talk.until(later);
        assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. }), "{life}");
        talk.hears("sam")
    });
    for life in &lives {
        assert_eq!((life, &life[..]), (&lives[0], &["withdrawn"][..]));
    }
}

#[test]
fn i08_what_else_is_taken_away_leaves_things_as_they_are_and_its_writer_hears_so() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "1 no");
    talk.forget();
    talk.redacts("alex", "1 no");
    assert_eq!(talk.hears("alex"), ["no-unchanged"]);
    talk.says("alex", "1 yes");
    talk.forget();
    talk.redacts("alex", "1 no");
    assert_eq!(talk.hears("alex"), ["yes-unchanged"], "it was not their yes");
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.forget();
    talk.redacts("sam", "send");
    assert_eq!(talk.hears("sam"), ["request-unchanged"], "the room is open");
    talk.says("noor", "help");
    talk.forget();
    talk.redacts("noor", "help");
    assert_eq!(talk.hears("noor"), [""; 0], "nothing came of it");
}
