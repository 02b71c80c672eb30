//! An event of an employer's: made by staff, joined by members, and over.

use crate::joining::{of_museum, scene, these};
use crate::play::Story;

#[test]
fn an_employers_event() {
    let mut story = Story::default();

    let play = scene(&mut story, "An event is made, and people sign up");
    play.offstage(|play| {
        play.takes_in("Erin of City Museum is listed.", these([of_museum("Erin")]));
        play.says("Casey", "approve organisation City Museum");
        play.says("Erin", "agree");
    });
    for text in [
        "new event",
        "Working in museums",
        "City museum evening",
        "City Museum",
        "sometime next month",
        "Thursday 12 November, 17:30 to 19:00",
        "Room 4, Main Building",
        "students and alumni",
        "2",
        "10 November",
        "Three curators tell how they began. Bring your questions.",
        "change the place",
        "Room 5, Main Building",
        "announce",
    ] {
        play.says("Casey", text);
    }
    play.says("Sam", "what's on?");
    play.says("Sam", "event 1");
    play.says("Sam", "yes please");
    play.says("Noor", "come 1");
    play.says("Alex", "event 1");
    play.says("Alex", "come 1");
    play.says("Erin", "event 1");
    play.says("Casey", "event 1");
    play.says("Casey", "guests 1");

    play.passes("1d");
    play.says("Noor", "Sorry, I can't come to 1");
    play.says("Alex", "yes");
    play.says("Casey", "change event 1");
    play.says("Casey", "change the time");
    play.says("Casey", "Thursday 12 November, 18:00 to 19:30");
    play.says("Casey", "announce");
    play.passes("6d");
    play.passes("8d");

    let play = scene(&mut story, "Some stay in touch after an event");
    play.offstage(|play| {
        play.takes_in("Erin of City Museum is listed.", these([of_museum("Erin")]));
        play.says("Casey", "approve organisation City Museum");
        play.says("Erin", "agree");
        for text in [
            "new event",
            "Working in museums",
            "City Museum",
            "Thursday 5 November, 17:30 to 19:00",
            "Room 4",
            "everyone",
            "no limit",
            "until it begins",
            "Three curators tell how they began.",
            "announce",
        ] {
            play.says("Casey", text);
        }
        for name in ["Sam", "Noor", "Alex", "Robin"] {
            play.says(name, "come 1");
        }
        play.passes("3d");
    });
    play.passes("1d");
    play.says("Sam", "yes please");
    play.says("Noor", "no thanks");
    play.says("Alex", "stay in touch without email");
    play.says("Alex", "yes");
    play.passes("4d");
    play.says("Robin", "stay in touch 1");
    play.says("Sam", "take back contact 1");
    play.says("Sam", "take back contact 1");

    let play = scene(&mut story, "An event is called off");
    for text in [
        "make an event",
        "CV clinic",
        "none",
        "12 Nov 5pm to 6pm",
        "https://meet.example.org/cv",
        "everyone",
        "no limit",
        "until it begins",
        "Bring your CV.",
        "announce",
    ] {
        play.says("Casey", text);
    }
    play.says("Sam", "events");
    play.says("Sam", "sign me up for 1");
    play.says("Casey", "call off event 1");
    play.says("Casey", "call off event 1 now");
    play.says("Sam", "events in law");
    play.says("Sam", "new event");
    story.is_as_reviewed("an_employers_event");
}
