//! Taking a request or a yes back, at every stage, and the words that the other reads then.

use crate::play::Story;

#[test]
fn withdrawing_a_request() {
    let mut story = Story::default();

    let play = story.scene("Nothing to withdraw, and a draft");
    play.says("Sam", "withdraw");
    play.offstage(|play| play.says("Sam", "introduce @alex:example.org for career advice: How did you begin?"));
    play.says("Sam", "withdraw");

    let play = story.scene("While it waits");
    play.has_asked("Sam", "Alex");
    play.passes("1d");
    play.says("Sam", "withdraw");
    play.passes("2s");
    play.says("Sam", "requests");
    play.says("Alex", "yes");

    let play = story.scene("While it waits, of somebody who has said no");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "no"));
    play.says("Sam", "withdraw");
    play.passes("2s");

    let play = story.scene("While it waits, of nobody");
    play.has_asked("Sam", "Nobody");
    play.says("Sam", "withdraw");
    play.passes("2s");

    let play = story.scene("While a question is open");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
    });
    play.says("Sam", "withdraw");
    play.passes("2s");
    play.says("Sam", "answer The second.");

    let play = story.scene("One of several");
    play.has_asked("Sam", "Alex");
    play.has_asked("Sam", "Robin");
    play.says("Sam", "withdraw");
    play.says("Sam", "withdraw 2");
    play.passes("2s");
    play.says("Sam", "withdraw @noor:example.org");
    play.passes("2s");

    let play = story.scene("By address");
    play.has_asked("Sam", "Alex");
    play.has_asked("Sam", "Robin");
    play.says("Sam", "withdraw @alex:example.org");
    play.passes("2s");

    let play = story.scene("And asked again at once, with the mistake put right");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Sam", "withdraw");
        play.passes("2s");
    });
    play.has_asked("Sam", "Alex");
    play.says("Alex", "requests");
    story.is_as_reviewed("withdrawing_a_request");
}

#[test]
fn withdrawing_a_yes() {
    let mut story = Story::default();

    let play = story.scene("The addressee, while the room is being made");
    play.has_asked("Sam", "Alex");
    play.is_slow = true;
    play.says("Alex", "yes");
    play.says("Alex", "withdraw");
    play.passes("2s");
    play.the_homeserver_goes_on();
    play.passes("20d");

    let play = story.scene("The requester, while the room is being made");
    play.has_asked("Sam", "Alex");
    play.is_slow = true;
    play.says("Alex", "yes");
    play.says("Sam", "withdraw");
    play.passes("2s");
    play.the_homeserver_goes_on();

    let play = story.scene("The addressee, once both are invited");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.says("Alex", "withdraw");
    play.passes("2s");
    play.says("Sam", "requests");

    let play = story.scene("The requester, once both are invited");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.says("Sam", "withdraw");
    play.passes("2s");

    let play = story.scene("The addressee, after they met");
    play.have_met("Sam", "Alex");
    play.says("Alex", "withdraw");
    play.passes("2s");

    let play = story.scene("The requester, after they met");
    play.have_met("Sam", "Alex");
    play.says("Sam", "withdraw");
    play.passes("2s");

    let play = story.scene("The addressee, with a yes and a request of their own");
    play.have_met("Sam", "Alex");
    play.has_asked("Alex", "Robin");
    play.says("Alex", "withdraw");
    play.says("Alex", "withdraw 1");
    play.passes("2s");
    story.is_as_reviewed("withdrawing_a_yes");
}
