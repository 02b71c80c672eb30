//! Cards, the mentors' list, and asking somebody who was found in it.

use lodge_core::policy::Offers;

use crate::play::Story;

#[test]
fn c11_a_students_card() {
    let mut story = Story::default();

    let play = story.scene("A student looks at her card, and is careful");
    play.says("Sam", "profile");
    play.says("Sam", "profile year: second");
    play.says("Sam", "profile show course to everyone");
    play.says("Sam", "profile hide email");
    play.says("Sam", "profile clear year");
    play.says("Sam", "profile");

    let play = story.scene("Words that do not fit");
    play.says("Sam", "profile hobby: chess");
    play.says("Sam", "profile show course to my tutor");
    play.says("Sam", "profile email: ask me");
    play.says("Sam", "profile show email to members");
    play.says("Sam", "list me");

    let play = story.scene("Nothing on it yet");
    play.says("Noor", "profile");
    story.is_as_reviewed("a_students_card");
}

#[test]
fn d05_becoming_a_mentor_and_leaving_again() {
    let mut story = Story::default();

    let play = story.scene("A busy mentor");
    play.says("Robin", "list me");
    play.says("Robin", "profile gladly: leaving the law, and staying in it");
    play.says("Robin", "list me now");
    play.says("Robin", "list me now");
    play.says("Robin", "profile");
    play.passes("1d");
    play.says("Robin", "profile headline: Solicitor turned teacher");
    play.says("Robin", "profile clear gladly");
    play.says("Robin", "profile");
    play.says("Robin", "unlist me");
    play.says("Robin", "unlist me");

    let play = story.scene("Silence");
    play.offstage(|play| {
        play.says("Robin", "list me");
        play.says("Robin", "list me now");
        play.passes("1d");
        play.has_asked("Sam", "Robin");
        play.passes("119d");
    });
    play.passes("2d");
    play.says("Robin", "stay");
    play.offstage(|play| {
        play.has_asked("Noor", "Robin");
        play.passes("119d");
    });
    play.passes("2d");
    play.passes("90d");
    story.is_as_reviewed("becoming_a_mentor");
}

#[test]
fn a01_finding_a_mentor() {
    let mut story = Story::default();
    let listed = |play: &mut crate::play::Play| {
        play.offstage(|play| {
            play.says("Alex", "profile gladly: starting out in a museum, and what a curator does all day");
            play.says("Alex", "profile rather not: reading CVs");
            play.says("Alex", "profile answer time: on Sundays");
            for mentor in ["Alex", "Robin"] {
                play.says(mentor, "list me");
                play.says(mentor, "list me now");
            }
            play.passes("1d");
        });
    };

    let play = story.scene("A shy student finds somebody");
    listed(play);
    play.says("Sam", "mentors in banking");
    play.says("Sam", "mentors in museums");
    play.says("Sam", "introduce 1");
    play.says("Sam", "career advice");
    play.says("Sam", "no");
    play.says("Sam", "How did you get from history into a museum, and what would you do again?");
    play.says("Sam", "send");
    play.says("Sam", "requests");
    play.passes("20d");
    play.says("Sam", "requests");

    let play = story.scene("The whole list, a page at a time");
    play.settings.directory.page = 1;
    listed(play);
    play.says("Sam", "introduce 1");
    play.says("Sam", "cancel");
    play.says("Sam", "mentors");
    play.says("Sam", "more");
    play.says("Sam", "more");
    play.says("Sam", "introduce 7");
    play.offstage(|play| {
        play.says("Alex", "unlist me");
        play.says("Robin", "unlist me");
    });
    play.says("Sam", "2");
    play.says("Sam", "mentors");

    let play = story.scene("What a service does not offer yet");
    play.settings.offers = Offers { introductions: true, rooms: false, mentors: false, events: false };
    play.says("Sam", "mentors");
    play.says("Sam", "help");
    story.is_as_reviewed("finding_a_mentor");
}
