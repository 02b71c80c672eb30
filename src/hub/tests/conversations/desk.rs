//! The staff's desk: questions that people ask, and who sees to what.

use crate::joining::{of_museum, scene, these};
use crate::play::Story;

#[test]
fn the_desk() {
    let mut story = Story::default();

    let play = scene(&mut story, "A question, answered by a reply");
    play.says("Noor", "ask staff May I come by on Tuesday?");
    play.replies("Casey", "help-wanted", "Yes, at two. Please bring your letter.");
    play.replies("Avery", "help-wanted", "no, we are closed");
    play.says("Sam", "ask staff Which room are you in?");
    play.says("Sam", "take my question back");
    play.replies("Avery", "help-wanted", "In the hall.");
    play.says("Sam", "take my question back");

    let play = scene(&mut story, "What is waiting");
    play.says("Casey", "desk");
    play.offstage(|play| play.visits("Rey"));
    play.passes("2d");
    play.offstage(|play| play.takes_in("Erin of City Museum is listed.", these([of_museum("Erin")])));
    play.passes("1d");
    play.offstage(|play| {
        play.says("Noor", "ask staff May I come by on Tuesday?");
        play.says("Robin", "suggest room Museums: working in museums");
        play.has_asked("Sam", "Alex");
        play.says("Alex", "report This is not about work");
    });
    play.says("Casey", "What needs doing?");
    play.says("Casey", "take 3");
    play.says("Avery", "todo");
    play.says("Avery", "take 3");
    play.says("Casey", "put it back");
    play.says("Avery", "tell 3: Yes, at two.");
    play.says("Casey", "approve 4");
    play.says("Casey", "take 3");
    play.says("Casey", "tell 4: Thank you");
    play.says("Sam", "desk");
    play.says("Sam", "what's waiting for me");

    let play = scene(&mut story, "What is not there");
    play.says("Casey", "stats");
    play.says("Casey", "announce that the office is closed on Friday");
    play.says("Casey", "event: careers fair on 3 December");
    story.is_as_reviewed("the_desk");
}
