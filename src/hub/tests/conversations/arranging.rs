//! Two people find a time, or tell when they meet, and are reminded.

use crate::play::{Play, Story};

/// Sam has asked Alex for an information interview of twenty minutes.
fn has_asked_for_an_interview(play: &mut Play) {
    play.offstage(|play| {
        play.says("Sam", "introduce @alex:example.org for an information interview");
        for words in
            ["no", "Dear Alex, I study History. May I ask how you began?", "skip", "20 minutes, by phone", "send"]
        {
            play.says("Sam", words);
        }
        play.says("Alex", "requests");
    });
    play.says("Alex", "again");
}

fn come_in(play: &mut Play) {
    for who in ["Alex", "Sam"] {
        play.comes_in(who);
    }
}

#[test]
fn two_people_find_a_time() {
    let mut story = Story::default();

    let play = story.scene("A yes with times, and one of them is picked");
    has_asked_for_an_interview(play);
    let (read, written) = (play.count("The porter to Alex"), play.count("Alex:"));
    play.says("Alex", "yes, Tue or Thu after 4");
    come_in(play);
    play.says("Sam", "Thursday at 5");
    // From the prompt to the appointment, the mentor reads that the yes counts, whom they meet, and when; and writes the yes. The
    // file for their calendar comes beside that.
    let files = play.count("The porter to Alex [meeting-calendar]");
    assert_eq!((play.count("The porter to Alex") - read - files, files), (3, 1));
    assert_eq!(play.count("Alex:") - written, 1);
    play.passes("2d");

    let play = story.scene("The requester has times too, and both agree to one");
    has_asked_for_an_interview(play);
    let written = play.count("Alex:");
    play.says("Alex", "yes, Tue or Thu after 4");
    come_in(play);
    play.says("Sam", "Wednesday, or Thursday afternoon or evening");
    play.says("Sam", "2");
    play.says("Alex", "yes");
    assert_eq!(play.count("Alex:") - written, 2);

    let play = story.scene("Nothing suits both, and they settle it themselves");
    has_asked_for_an_interview(play);
    play.says("Alex", "yes, Tuesday after 4");
    come_in(play);
    play.says("Sam", "Friday at 10");
    play.says("Alex", "no");
    play.says("Alex", "Thursday, or Friday after 2");
    play.says("Sam", "none of these, sorry");
    play.says("Sam", "hm, let me look at the timetable first");
    play.says("Sam", "arranged Monday 17:00");

    let play = story.scene("No times with the yes, a reminder, and another time in the end");
    play.have_met("Sam", "Alex");
    play.says("Sam", "find a time");
    play.says("Sam", "after exams");
    play.says("Sam", "any morning this week, or Thursday at 5");
    play.passes("2d");
    play.says("Alex", "Could we say Thursday at 5?");
    play.says("Alex", "move the meeting");
    play.says("Alex", "Friday at 5");
    play.says("Sam", "yes please");

    let play = story.scene("They call each other, where the service has a place for that");
    play.settings.call_link = Some("https://meet.example.org/{room}".to_owned().try_into().unwrap());
    has_asked_for_an_interview(play);
    play.says("Alex", "yes, Thursday at 5");
    come_in(play);
    play.says("Sam", "yes");
    play.passes("2d");
    story.is_as_reviewed("two_people_find_a_time");
}

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

    let play = story.scene("One of them wants no more of the other");
    play.have_met("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    play.says("Alex", "block @sam:example.org");
    play.passes("5d");

    let play = story.scene("One of them asks to be forgotten");
    play.have_met("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    play.says("Alex", "forget me now");
    play.passes("5d");

    let play = story.scene("Before both have come in");
    play.has_asked("Sam", "Alex");
    play.says("Sam", "arranged Thursday 17:00");
    story.is_as_reviewed("two_people_arrange_to_meet");
}
