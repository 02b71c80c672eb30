//! One more device, which cannot show what was said before it was there.

use crate::talk::Talk;

#[test]
fn a_client_who_writes_from_one_more_device_is_asked_once_more() {
    let mut talk = Talk::new();
    talk.visits("sam");
    let asked = ["device-how", "device-once-more", "terms"];
    assert_eq!(talk.says_from_further_device("sam", "my new device"), asked);
    assert_eq!(
        talk.says_from_further_device("sam", "yes"),
        ["ask-whom"],
        "their words bring up the question themselves"
    );
    assert_eq!(talk.says("sam", "my new device"), ["device-how"], "a device that was there can show it");
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.forget();
    assert_eq!(talk.says_from_further_device("sam", "help"), ["help"], "nothing waits for them");
}

#[test]
fn what_waits_about_a_conversation_is_said_once_more_to_the_one_who_is_asked() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.forget();
    assert_eq!(
        talk.says_from_further_device("kim", "cases"),
        ["counsellor-cases", "device-once-more", "counsellor-offer"]
    );
    assert_eq!(talk.says("kim", "claim"), ["counsellor-claimed"], "the offer that they can read is the one they take");

    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk.types("kim", "time tomorrow 14:00");
    talk.forget();
    assert_eq!(talk.says_from_further_device("kim", "help"), ["counsellor-help"], "it waits for the client");
    assert_eq!(talk.says_from_further_device("sam", "help"), ["help", "device-once-more", "time-suggested"]);
    assert_eq!(talk.says("sam", "yes"), ["time-agreed"]);
}
