//! The steps that a requester can take, and the porter's words to each.

use crate::play::Story;

#[test]
fn writing_a_request() {
    let mut story = Story::default();

    let play = story.scene("A draft, step by step, with second thoughts");
    play.says("Sam", "drafts");
    play.says("Sam", "introduce me to Alex");
    play.says("Sam", "drafts");
    play.says("Sam", "@sam:example.org");
    play.says("Sam", "@alex:example.org");
    play.says("Sam", "something nice");
    play.says("Sam", "career advice");
    play.says("Sam", "no");
    play.says("Sam", "I would like a job in your museum. Here is my CV.");
    play.says("Sam", "what happens now");
    play.says("Sam", "add phone");
    play.says("Sam", "hide name");
    play.says("Sam", "hide id");
    play.says("Sam", "change");
    play.says("Sam", "drafts");
    play.says("Sam", "How did you begin?");
    play.says("Sam", "drafts");
    play.says("Sam", "cancel");
    play.says("Sam", "send");

    let play = story.scene("A personal purpose");
    play.says("Sam", "introduce @alex:example.org for a date");
    play.says("Sam", "introduce @alex:example.org");
    play.says("Sam", "going out");
    play.says("Sam", "1");

    let play = story.scene("A message that is too long");
    play.settings.message_chars_max = 20;
    play.says("Sam", "introduce @alex:example.org for career advice: How did you ever begin all this?");
    play.says("Sam", "no");
    play.says("Sam", "How did you begin?");

    let play = story.scene("A request to somebody who is not a member reads the same");
    play.says("Sam", "introduce @nobody:example.org for career advice: How did you begin?");
    play.says("Sam", "no");
    play.says("Sam", "send");
    play.says("Sam", "requests");
    story.is_as_reviewed("writing_a_request");
}

#[test]
fn limits_of_ones_own() {
    let mut story = Story::default();

    let play = story.scene("The same person twice");
    play.has_asked("Sam", "Alex");
    play.says("Sam", "introduce @alex:example.org");
    play.says("Sam", "cancel");

    let play = story.scene("As many waiting as anybody can have");
    play.settings.limits.waiting = 1;
    play.has_asked("Sam", "Alex");
    play.says("Sam", "introduce @robin:example.org");

    let play = story.scene("As many in a month as anybody can send");
    play.settings.limits.sent_a_month = 2;
    play.has_asked("Sam", "Alex");
    play.has_asked("Sam", "Robin");
    play.says("Sam", "introduce @nobody:example.org");
    play.passes("31d");
    play.says("Sam", "drafts");
    play.says("Sam", "@nobody:example.org");

    let play = story.scene("Again too soon: brought to nobody, and told to nobody");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "no"));
    play.passes("15d");
    play.has_asked("Sam", "Alex");
    play.passes("15d");
    story.is_as_reviewed("limits_of_ones_own");
}
