//! The room of two, and the questions after it.

use crate::play::Story;

#[test]
fn rooms_that_come_to_nothing() {
    let mut story = Story::default();

    let play = story.scene("Not both come in");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.comes_in("Sam");
    play.passes("8d");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "requests");

    let play = story.scene("The addressee turns the invitation down");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.goes_out("Alex");

    let play = story.scene("The requester turns the invitation down");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.goes_out("Sam");

    let play = story.scene("The addressee turns it down before the requester has theirs");
    play.has_asked("Sam", "Alex");
    play.is_slow = true;
    play.offstage(|play| play.says("Alex", "yes"));
    play.one_more_call();
    play.one_more_call();
    play.goes_out("Alex");
    play.the_homeserver_goes_on();
    play.passes("20d");

    let play = story.scene("The addressee’s account turns invitations away");
    play.turns_invitations_away = Some("Alex");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "yes");
    play.passes("20d");

    let play = story.scene("The requester’s account turns invitations away");
    play.turns_invitations_away = Some("Sam");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "yes");
    play.passes("20d");

    let play = story.scene("The homeserver makes no room");
    play.refuses_rooms = true;
    play.has_asked("Sam", "Alex");
    play.says("Alex", "yes");
    play.passes("20d");
    story.is_as_reviewed("rooms_that_come_to_nothing");
}

#[test]
fn how_did_it_go() {
    let mut story = Story::default();

    let play = story.scene("Well, and not yet");
    play.have_met("Sam", "Alex");
    play.passes("14d");
    play.says("Alex", "well");
    play.says("Sam", "not yet");
    play.says("Sam", "well");

    let play = story.scene("Not well");
    play.have_met("Sam", "Alex");
    play.passes("14d");
    play.says("Alex", "no");
    play.says("Alex", "report He did not come.");
    play.passes("2s");

    let play = story.scene("While a request is open");
    play.have_met("Sam", "Alex");
    play.passes("13d");
    play.has_asked("Noor", "Alex");
    play.passes("1d");
    play.says("Alex", "yes");
    play.says("Alex", "well");

    let play = story.scene("After several meetings");
    play.have_met("Sam", "Alex");
    play.have_met("Noor", "Alex");
    play.passes("14d");
    play.says("Alex", "well");
    play.says("Alex", "4 well");
    play.says("Alex", "not well");
    story.is_as_reviewed("how_did_it_go");
}
