//! The answers that an addressee can give, and the words that both then read.

use crate::play::Story;

#[test]
fn a_request_that_gets_a_yes() {
    let mut story = Story::default();
    let play = story.scene("From the first word to the room");
    play.says("Sam", "hello");
    play.says("Sam", "introduce");
    play.says("Sam", "@alex:example.org");
    play.says("Sam", "2");
    play.says("Sam", "We talked after the museum evening in May.");
    play.says(
        "Sam",
        "Dear Alex,\nI am in my second year of history and would like to work in a museum. How did you begin?\n\nSam",
    );
    play.says("Sam", "add course and email");
    play.says("Sam", "send");
    play.says("Sam", "requests");
    play.passes("2d");
    play.says("Alex", "yes with email");
    play.comes_in("Alex");
    play.comes_in("Sam");
    play.says("Sam", "requests");
    story.is_as_reviewed("a_request_that_gets_a_yes");
}

#[test]
fn no_and_silence() {
    let mut story = Story::default();

    let play = story.scene("No");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "no, sorry");
    play.says("Alex", "requests");
    play.passes("20d");
    play.says("Sam", "requests");

    let play = story.scene("No, and then yes after all");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "no"));
    play.says("Alex", "yes");
    play.says("Alex", "1 yes");

    let play = story.scene("Ignore, and then yes after all");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "ignore");
    play.passes("1d");
    play.says("Alex", "1 yes");

    let play = story.scene("Silence");
    play.has_asked("Sam", "Alex");
    play.passes("20d");
    play.says("Alex", "yes");

    let play = story.scene("Somebody whose role takes no part, and nobody at all");
    play.has_asked("Sam", "Ivy");
    play.has_asked("Sam", "Nobody");
    play.passes("20d");

    story.is_as_reviewed("no_and_silence");
}

#[test]
fn no_because() {
    let mut story = Story::default();
    let play = story.scene("A reason is passed on");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "no because");
    play.says("Alex", "No, because I am on leave until May.\nPlease do ask me then.");
    play.says("Alex", "ok");
    play.says("Alex", "send");
    play.says("Sam", "requests");
    play.says("Alex", "yes");

    let play = story.scene("A reason after a plain no");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "no"));
    play.says("Alex", "1 no because I am on leave until May.");
    play.says("Alex", "send");

    let play = story.scene("A reason that is too long");
    play.settings.words_chars_max = 20;
    play.has_asked("Sam", "Alex");
    play.says("Alex", "no because I am on leave until May");
    story.is_as_reviewed("no_because");
}

#[test]
fn asking_first() {
    let mut story = Story::default();

    let play = story.scene("Questions and answers, and then yes");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "ask");
    play.says("Alex", "ask Which year are you in?");
    play.says("Alex", "send");
    play.says("Sam", "The second.");
    play.says("Sam", "answer");
    play.says("Sam", "requests");
    play.replies("Sam", "question-came", "The second.");
    play.says("Alex", "ask Why museums, and not archives?");
    play.says("Alex", "send");
    play.says("Sam", "answer Because I like to see people look.");
    play.says("Alex", "ask Are you free on Thursdays?");
    play.says("Alex", "send");
    play.says("Alex", "ask And on Fridays?");
    play.says("Alex", "yes");
    play.says("Alex", "1 yes");

    let play = story.scene("Two questions at once");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
        play.says("Alex", "ask Why museums?");
        play.says("Alex", "send");
    });
    play.says("Sam", "answer The second");
    play.says("Sam", "answer 2 For the people in them");
    play.says("Sam", "again");

    let play = story.scene("A question, and then no before the answer");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
    });
    play.says("Alex", "1 no");
    play.says("Sam", "answer The second.");
    play.passes("20d");

    let play = story.scene("A question, and then no before the answer, and then yes after all");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
        play.says("Alex", "1 no");
        play.says("Sam", "answer The second.");
    });
    play.says("Alex", "1 yes");

    let play = story.scene("A question that is not answered");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
    });
    play.passes("20d");
    play.says("Sam", "answer The second.");

    let play = story.scene("A yes while a question is open");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| {
        play.says("Alex", "ask Which year are you in?");
        play.says("Alex", "send");
    });
    play.says("Alex", "1 yes");
    play.says("Sam", "answer The second.");
    story.is_as_reviewed("asking_first");
}

#[test]
fn what_a_yes_is_taken_for() {
    let mut story = Story::default();

    let play = story.scene("A polite word after something else");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "later tomorrow");
    play.says("Alex", "ok thanks");
    play.says("Alex", "yes");
    play.says("Alex", "yes");

    let play = story.scene("A slip");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "yes"));
    play.says("Alex", "oops, I meant no");
    play.passes("2s");

    let play = story.scene("Details that changed since");
    play.has_asked("Sam", "Alex");
    play.offstage(|play| play.says("Alex", "profile headline: Head of collections"));
    play.says("Alex", "1 yes with headline");
    play.says("Alex", "yes with headline");
    story.is_as_reviewed("what_a_yes_is_taken_for");
}

#[test]
fn later_and_pauses() {
    let mut story = Story::default();

    let play = story.scene("Later");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "later");
    play.says("Alex", "later when the summer is over");
    play.says("Alex", "later in 2 months");
    play.says("Alex", "later next Monday");
    play.passes("8d");
    play.says("Alex", "again");
    play.says("Alex", "yes");

    let play = story.scene("Pausing");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "pause");
    play.says("Alex", "pause until the cows come home");
    play.says("Alex", "pause for 3 years");
    play.says("Alex", "pause until 5 January");
    play.has_asked("Noor", "Alex");
    play.says("Alex", "my settings");
    play.says("Alex", "no");
    play.says("Alex", "1 no");
    play.passes("20d");
    play.says("Alex", "resume");
    play.says("Alex", "resume");

    let play = story.scene("A limit");
    play.says("Alex", "limit 1 a month");
    play.has_asked("Sam", "Alex");
    play.has_asked("Noor", "Alex");
    play.says("Alex", "requests");
    play.says("Alex", "limit 0 a month");
    play.says("Alex", "my settings");
    play.says("Alex", "limit off");
    play.says("Alex", "limit lots");
    play.says("Alex", "no more than 3 requests a week");
    play.passes("20d");
    story.is_as_reviewed("later_and_pauses");
}

#[test]
fn blocking_and_reporting() {
    let mut story = Story::default();

    let play = story.scene("Block, and a second request");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "block");
    play.passes("100d");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "my settings");
    play.says("Alex", "unblock");
    play.says("Alex", "unblock");
    play.passes("20d");

    let play = story.scene("Block before anything comes");
    play.says("Alex", "block @sam:example.org");
    play.says("Alex", "block @robin:example.org");
    play.says("Alex", "unblock");
    play.says("Alex", "unblock 2");
    play.says("Alex", "block @alex:example.org");
    play.has_asked("Sam", "Alex");
    play.passes("20d");

    let play = story.scene("Report a request");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "report This is an advert.");
    play.says("Alex", "yes");
    play.says("Alex", "report");
    play.passes("20d");

    let play = story.scene("Report after both were invited");
    play.offstage(|play| {
        play.has_asked("Sam", "Alex");
        play.says("Alex", "yes");
    });
    play.says("Alex", "report He has written to my employer.");
    play.passes("2s");

    let play = story.scene("Report after the meeting, by either");
    play.have_met("Sam", "Alex");
    play.passes("3d");
    play.says("Sam", "report She asked me for money.");
    play.passes("2s");
    play.says("Sam", "my settings");

    let play = story.scene("Report with several things that it could mean");
    play.have_met("Alex", "Robin");
    play.has_asked("Sam", "Alex");
    play.says("Alex", "report");
    play.says("Alex", "report 1 Rude.");
    story.is_as_reviewed("blocking_and_reporting");
}

#[test]
fn several_requests_at_once() {
    let mut story = Story::default();
    let play = story.scene("Two requests");
    play.has_asked("Sam", "Alex");
    play.has_asked("Noor", "Alex");
    play.says("Alex", "requests");
    play.says("Alex", "yes");
    play.says("Alex", "no 3");
    play.says("Alex", "2 no");
    play.says("Alex", "yes");
    story.is_as_reviewed("several_requests_at_once");
}
