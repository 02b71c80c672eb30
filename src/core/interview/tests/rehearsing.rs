//! A rehearsal is one message to its writer, and changes nothing.

use lodge_core::effect::Act;
use lodge_core::say::{Interview, Say};

use super::talk::Talk;

const PLAYS: [(&str, &str); 4] = [
    ("rehearse", "rehearsal"),
    ("rehearse yes", "rehearsed-yes"),
    ("rehearse question", "rehearsed-question"),
    ("rehearse no", "rehearsed-no"),
];

/// Words that lead through a request to its end, each with the person who writes them.
const STORY: [(&str, &str); 11] = [
    ("sam", "help"),
    ("sam", "introduce"),
    ("sam", "@alex:example.org"),
    ("sam", "1"),
    ("sam", "no"),
    ("sam", "Dear Alex, I work at the museum on Saturdays and study History. May I ask how you began?"),
    ("sam", "skip"),
    ("sam", "20, a call"),
    ("sam", "send"),
    ("alex", "ask Which year are you in?"),
    ("alex", "send"),
];

/// What a member has of their own, apart from when they were last heard.
fn rows(talk: &Talk) -> String {
    format!("{:?}", talk.state)
}

#[test]
fn a13_in_no_state_has_a_rehearsal_an_effect_on_anybody_but_its_writer() {
    let mut talk = Talk::new();
    for (name, text) in STORY {
        talk.says(name, text);
        talk.perform();
        for writer in ["sam", "alex", "noor"] {
            for (play, _) in PLAYS {
                let before = rows(&talk);
                talk.types(writer, play);
                let own = talk.id(writer);
                let effects = &talk.last.effects;
                assert!(
                    matches!(&effects[..], [one] if matches!(&one.act, Act::Tell(to, Say::Interview(_)) if *to == own)),
                    "{text:?}, then {writer}: {effects:?}"
                );
                assert_eq!(talk.last.cancelled, []);
                assert_eq!(rows(&talk), before, "{text:?}, then {writer}: {play}");
            }
        }
    }
}

#[test]
fn a13_each_answer_can_be_rehearsed_and_the_draft_is_sent_as_it_was() {
    let mut talk = Talk::new();
    for (name, text) in &STORY[..8] {
        talk.says(name, text);
    }
    for (play, right) in PLAYS {
        assert_eq!(talk.says("sam", play), [right]);
    }
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    talk.types("sam", "rehearse");
    let last = talk.hears_whole("sam").pop();
    assert!(matches!(last, Some((_, Say::Interview(Interview::NothingToRehearse { drafting: false })))), "{last:?}");
}
