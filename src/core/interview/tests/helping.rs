//! Help for somebody who writes a request: tips on the message.

use lodge_core::say::{Requesting, Say, Tip};

use super::talk::Talk;

/// The tips in the last preview that somebody was shown.
fn tips(talk: &mut Talk, name: &str, text: &str) -> Vec<Tip> {
    talk.types(name, text);
    let said = talk.hears_whole(name).into_iter().rev();
    let tips = said.filter_map(|(_, say)| match say {
        Say::Requesting(Requesting::Preview { tips, .. }) => Some(tips),
        _ => None,
    });
    tips.into_iter().next().unwrap()
}

fn at_message(to: &str) -> Talk {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @{to}:example.org for an information interview"));
    assert_eq!(talk.says("sam", "no"), ["ask-message"]);
    talk
}

const HURRIED: &str =
    "Call me on 07700 900123. I work at the museum on Saturdays and would love to hear how you began.";

#[test]
fn a14_a_tip_is_given_once_for_the_same_text_and_blocks_nothing() {
    let mut talk = at_message("alex");
    assert_eq!(tips(&mut talk, "sam", HURRIED), [Tip::Phone]);
    for again in ["drafts", "add email", "hide email"] {
        assert_eq!(tips(&mut talk, "sam", again), [], "{again}");
    }
    talk.says("sam", "change");
    assert_eq!(tips(&mut talk, "sam", HURRIED), [], "the same text");
    talk.says("sam", "change");
    assert_eq!(tips(&mut talk, "sam", &format!("{HURRIED} Sam")), [Tip::Phone], "another text is looked at again");
    assert_eq!(talk.says("sam", "send"), ["sent"]);
}

#[test]
fn what_went_to_one_and_goes_to_another_gets_a_tip_and_what_others_wrote_gets_none() {
    let text = "Dear you, I am in my second year of History and work at the museum. May I ask how you began?";
    let mut talk = at_message("alex");
    assert_eq!(tips(&mut talk, "sam", text), []);
    talk.says("sam", "send");
    for (name, right) in [("sam", &[Tip::Pasted][..]), ("noor", &[])] {
        talk.says(name, "introduce @robin:example.org for career advice");
        talk.says(name, "no");
        assert_eq!(tips(&mut talk, name, text), right, "{name}");
    }
}
