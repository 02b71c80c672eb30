//! After an information interview, and where none came about: how it went, a line of thanks, a reflection, and notes.

use crate::joining::scene;
use crate::play::{Play, Story};

/// Sam asks Alex for an information interview.
fn asks(play: &mut Play) {
    play.offstage(|play| {
        play.says(
            "Sam",
            "introduce @alex:example.org for an information interview: I study History. How did you begin?",
        );
        for text in ["no", "skip", "skip", "send"] {
            play.says("Sam", text);
        }
    });
}

/// Sam and Alex have had one, and tell when.
fn interview(play: &mut Play) {
    asks(play);
    play.offstage(|play| {
        play.says("Alex", "yes");
        play.comes_in("Alex");
        play.comes_in("Sam");
        play.says("Sam", "arranged Thursday 17:00");
        play.passes("3d");
    });
}

#[test]
fn after_an_interview() {
    let mut story = Story::default();

    let play = scene(&mut story, "The day after");
    interview(play);
    play.passes("1d");
    play.says("Sam", "well");
    play.says("Sam", "thank-you");
    play.says("Alex", "She was well prepared, and I liked her questions");
    play.says("Alex", "notes");

    let play = scene(&mut story, "A reflection");
    interview(play);
    play.offstage(|play| play.passes("1d"));
    play.says("Sam", "It was great, and much too short");
    play.says("Sam", "reflect");
    play.says("Sam", "How much of the day is talking to people.");
    play.says("Sam", "skip");
    play.says("Sam", "back");
    play.says("Sam", "stop");
    play.says("Sam", "note: ask Robin about the archive");
    play.says("Sam", "reflect");
    play.says("Sam", "A good day: a school class that asks things. A bad one: budgets.");
    for _ in 0..3 {
        play.says("Sam", "skip");
    }
    play.says("Sam", "notes");
    play.says("Sam", "delete note 4");
    play.says("Sam", "notes export");

    let play = scene(&mut story, "One of them did not come");
    interview(play);
    play.offstage(|play| play.passes("1d"));
    play.says("Sam", "she didn't come");
    play.says("Alex", "I forgot, sorry");

    let play = scene(&mut story, "It did not come about");
    asks(play);
    play.passes("15d");
    play.says("Sam", "reflect");
    play.says("Sam", "save");
    story.is_as_reviewed("after_an_interview");
}

#[test]
fn a_network_map() {
    let mut story = Story::default();

    let play = scene(&mut story, "A map of one’s own");
    play.says("Sam", "network");
    play.says("Sam", "network add know: an aunt in law");
    play.says("Sam", "I'd like to know: somebody at a museum");
    play.says("Sam", "gap: publishing");
    play.says("Sam", "network");
    play.says("Sam", "network remove 1");
    play.says("Sam", "network add know: my aunt, 07700 900123");
    story.is_as_reviewed("a_network_map");
}
