//! Two people who meet by phone or video get a link to their call, where the service has a place for calls.

use lodge_core::id::IntroductionId;
use lodge_core::rights::data;
use lodge_core::say::{Arranging, Say};
use lodge_core::time::{Span, Timestamp};
use lodge_core::wording::Rendered;

use crate::talk::{START, Talk};

/// Thursday at five in the afternoon; the tests begin on the Monday before, at ten.
fn thursday() -> Timestamp {
    START.after(Span::from_millis(79 * 3_600_000))
}

/// Sam and Alex have met, for a talk that their request plans in this way, where the service has a place for calls.
fn met_to_talk(way: &str) -> Talk {
    let mut talk = Talk::new();
    talk.settings.call_link = Some("https://meet.example.org/{room}".to_owned().try_into().unwrap());
    for words in ["introduce @alex:example.org for an information interview", "no", "How did you begin?", "skip", way] {
        talk.says("sam", words);
    }
    assert_eq!(talk.says("sam", "send"), ["sent"], "{way}");
    let id: IntroductionId = talk.newest().id;
    talk.come_together(id, "sam", "alex");
    talk.forget();
    talk
}

/// The link in the words to somebody about their meeting, and in the file below them.
fn links(talk: &mut Talk, who: &str) -> [String; 3] {
    let heard = talk.hears_whole(who);
    let words = heard.iter().find_map(|(_, say)| {
        let Say::Arranging(Arranging::Noted { call, .. } | Arranging::Told { call, .. }) = say else { return None };
        Some(call.clone())
    });
    let rendered = Rendered { plain: "Meeting".to_owned(), html: String::new() };
    let file = heard.iter().find_map(|(_, say)| say.file(&rendered)).unwrap();
    let file = String::from_utf8(file.bytes).unwrap().replace("\r\n ", "");
    let of_file = |key: &str| {
        let found = file.lines().find_map(|line| line.strip_prefix(&format!("{key}:")));
        found.unwrap_or_default().to_owned()
    };
    [words.unwrap().unwrap_or_default(), of_file("URL"), of_file("LOCATION")]
}

#[test]
fn two_people_who_call_get_one_link_that_nobody_can_guess_and_a_new_one_for_each_meeting() {
    let mut talk = met_to_talk("20 minutes, by phone");
    talk.types("sam", "arranged Thursday 17:00");
    let first = links(&mut talk, "sam");
    assert!(first.iter().all(|link| *link == first[0]), "{first:?}");
    let word = first[0].strip_prefix("https://meet.example.org/").unwrap();
    assert_eq!(word.len(), 32, "{word}");
    assert_eq!(links(&mut talk, "alex"), first);
    // It stays where the time is moved, and is in the data of both.
    talk.types("alex", "arranged Friday 11:00");
    assert_eq!((links(&mut talk, "alex"), links(&mut talk, "sam")), (first.clone(), first.clone()));
    for who in ["sam", "alex"] {
        let records = data::about(&talk.state, &talk.settings, talk.id(who), talk.now);
        assert!(records.iter().any(|record| record["you_call_at"] == first[0]), "{who}");
    }
    talk.until(thursday());
    let reminded = talk.hears_whole("alex");
    assert!(
        matches!(&reminded[..], [(_, Say::Arranging(Arranging::Reminder { call: Some(link), .. }))] if *link == first[0])
    );
    talk.says("sam", "not arranged");
    talk.forget();
    talk.types("sam", "arranged Friday 12:00");
    let second = links(&mut talk, "sam");
    assert!(!second[0].is_empty() && second != first);
}

#[test]
fn two_people_who_do_not_call_or_have_no_place_for_it_get_no_link() {
    for (way, has_link) in
        [("20 minutes, by video or in person", true), ("20 minutes, in person", false), ("skip", false)]
    {
        let mut talk = met_to_talk(way);
        talk.types("sam", "arranged Thursday 17:00");
        assert_eq!(links(&mut talk, "alex").iter().all(|link| !link.is_empty()), has_link, "{way}");
    }
    let mut talk = met_to_talk("20 minutes, by phone");
    talk.settings.call_link = None;
    talk.types("sam", "arranged Thursday 17:00");
    assert_eq!(links(&mut talk, "sam"), [""; 3]);
}
