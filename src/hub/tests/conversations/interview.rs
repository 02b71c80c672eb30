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
    story.is_as_reviewed("an_information_interview");
}
