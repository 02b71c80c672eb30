//! Information interviews: help with asking for one, and what comes after.

use crate::joining::scene;
use crate::play::Story;

#[test]
fn an_information_interview() {
    let mut story = Story::default();

    let play = scene(&mut story, "Help with asking");
    play.says("Sam", "What is an information interview?");
    play.says("Sam", "questions");
    play.says("Sam", "more");
    play.says("Sam", "questions about museums");
    play.says("Sam", "questions beekeeping");
    play.says("Sam", "referrals");

    let play = scene(&mut story, "The plan goes with the request");
    play.says("Sam", "introduce @alex:example.org for an information interview");
    play.says("Sam", "no");
    play.says("Sam", "Dear Alex, I study History and work at the town museum. May I ask how you began?");
    play.says("Sam", "How did you find your first exhibition?\nWhom else would you talk to?");
    play.says("Sam", "for an hour");
    play.says("Sam", "20 minutes, by phone or over a coffee");
    for words in ["rehearse", "rehearse yes", "rehearse question", "rehearse no"] {
        play.says("Sam", words);
    }
    play.says("Sam", "send");
    play.says("Alex", "yes");

    let play = scene(&mut story, "Nothing of it has to be given");
    play.offstage(|play| {
        play.says("Sam", "introduce @alex:example.org for an information interview: May I ask how you began?");
    });
    play.says("Sam", "no");
    play.says("Sam", "skip");
    play.says("Sam", "skip");
    play.says("Sam", "change");
    story.is_as_reviewed("an_information_interview");
}
