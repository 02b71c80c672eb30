//! The policy, one's own data, and being forgotten.

use crate::play::Story;

#[test]
fn rights() {
    let mut story = Story::default();

    let play = story.scene("The policy, and a new edition of it");
    play.settings.policy =
        "How introductions work here\n===========================\n\nWe introduce people.".to_owned();
    play.says("Sam", "policy");
    play.settings.versions.policy = "2".to_owned();
    play.is_listed_without(&[]);
    play.is_listed_without(&[]);

    let play = story.scene("A new edition while a request is being written");
    play.offstage(|play| {
        play.says("Sam", "introduce @alex:example.org for career advice: How did you begin?");
        play.says("Sam", "no");
    });
    play.settings.versions.policy = "2".to_owned();
    play.says("Sam", "send");

    let play = story.scene("Somebody is no longer on the list, and comes back");
    play.has_asked("Sam", "Alex");
    play.has_asked("Noor", "Sam");
    play.is_listed_without(&["Sam"]);
    play.says("Sam", "introduce");
    play.says("Sam", "requests");
    play.says("Sam", "forget me");
    play.is_listed_without(&[]);
    story.is_as_reviewed("rights");
}

#[test]
fn my_data() {
    let mut story = Story::default();

    let play = story.scene("Somebody who has done nothing yet");
    play.says("Noor", "my data");

    let play = story.scene("A requester who waits");
    play.has_asked("Sam", "Alex");
    play.says("Sam", "my data");

    let play = story.scene("Who was asked, and has asked and blocked");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
        play.says("Alex", "block @robin:example.org");
    });
    play.says("Alex", "my data");
    story.is_as_reviewed("my_data");
}

#[test]
fn forget_me() {
    let mut story = Story::default();

    let play = story.scene("A requester, whose request is open, and who was asked");
    play.has_asked("Sam", "Alex");
    play.has_asked("Noor", "Sam");
    play.says("Sam", "forget me");
    play.says("Sam", "forget me now");
    play.says("Sam", "introduce");
    play.says("Sam", "my data");
    play.passes("20d");

    let play = story.scene("An addressee, after they met");
    play.have_met("Sam", "Alex");
    play.says("Alex", "forget me now");
    play.passes("20d");
    play.says("Sam", "requests");

    let play = story.scene("An addressee, once both are invited");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.says("Alex", "forget me now");
    play.passes("1d");
    play.says("Sam", "requests");
    story.is_as_reviewed("forget_me");
}
