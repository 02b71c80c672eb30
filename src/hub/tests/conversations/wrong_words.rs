//! Words that the porter cannot take for their writer's meaning.

use crate::play::Story;

#[test]
fn wrong_words() {
    let mut story = Story::default();

    let play = story.scene("Nothing is open");
    play.says("Alex", "good morning, how are you");
    play.says("Alex", "yes");
    play.says("Alex", "no because I am busy");
    play.says("Alex", "well");
    play.says("Alex", "answer the second");
    play.says("Alex", "again");
    play.says("Alex", "block");
    play.says("Alex", "block @alex:example.org");
    play.says("Alex", "cancel");

    let play = story.scene("A yes comes late");
    play.says("Alex", "sorry I missed this, yes");

    let play = story.scene("A request is open");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "yes but not this month");
    play.says("Alex", "who is this");
    play.says("Alex", "yes with phone");
    play.says("Alex", "yes 7");
    play.says("Alex", "answer 1 hello");
    play.says_from_a_strange_device("Alex", "yes");
    play.says_from_a_strange_device("Alex", "forget me now");
    play.replies("Alex", "asked", "yes");
    play.replies("Alex", "asked", "yes");

    let play = story.scene("Somebody who takes no part");
    play.says("Ivy", "introduce @alex:example.org");
    play.says("Ivy", "help");
    story.is_as_reviewed("wrong_words");
}
