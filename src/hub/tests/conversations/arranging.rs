//! Two people tell when they meet, and are reminded.

use crate::play::Story;

#[test]
fn two_people_arrange_to_meet() {
    let mut story = Story::default();

    let play = story.scene("A time, told by one, and how it went");
    play.have_met("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    play.says("Alex", "We’re meeting on Thursday at 5");
    play.passes("5d");
    play.says("Sam", "well");

    let play = story.scene("Another time, and none");
    play.have_met("Sam", "Alex");
    play.says("Alex", "We’re meeting tomorrow at 11");
    play.says("Sam", "arranged tomorrow 10:30");
    play.passes("20h");
    play.says("Alex", "we’re not meeting after all");
    play.says("Sam", "not arranged");

    let play = story.scene("Words that are asked back");
    play.have_met("Sam", "Alex");
    play.says("Sam", "arranged Thursday afternoon");
    play.says("Sam", "arranged at the library, Thursday at 5");
    play.says("Sam", "arranged Thursday at 8");
    play.says("Sam", "arranged 12 March 17:00");
    play.says("Sam", "arranged Thursday 8:00");

    let play = story.scene("Several people");
    play.have_met("Sam", "Alex");
    play.have_met("Noor", "Alex");
    play.says("Alex", "arranged Thursday 17:00");
    play.says("Alex", "arranged 2 Thursday 17:00");

    let play = story.scene("It ends before they meet");
    play.have_met("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    play.says("Alex", "withdraw");
    play.passes("5d");

    let play = story.scene("Before both have come in");
    play.has_asked("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    story.is_as_reviewed("two_people_arrange_to_meet");
}
