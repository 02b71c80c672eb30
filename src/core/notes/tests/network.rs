//! The network map: three lists of descriptions, for their author alone.

use lodge_core::notes::Notebook;
use lodge_core::notes::network::{LINE_CHARS_MAX, List};
use lodge_core::rights::data;
use lodge_core::say::{Notes, Say};
use lodge_core::wording::Rendered;

use super::talk::Talk;

/// The lines of Sam's map: their lists, numbers and words.
fn map(talk: &Talk) -> Vec<(List, u32, String)> {
    let book = talk.state.notebook(talk.id("sam"));
    let lines = book.into_iter().flat_map(Notebook::map);
    lines.map(|line| (line.list, line.number, line.words.clone())).collect()
}

#[test]
fn d02_a_map_has_three_lists_and_a_wish_or_a_gap_leads_to_a_search() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "network"), ["network"]);
    for text in ["network add know: an aunt in Law", "I'd like to know: somebody at a museum", "gap: publishing"] {
        assert_eq!(talk.says("sam", text), ["network-added"], "{text}");
    }
    let right =
        [(List::Know, 1, "an aunt in Law"), (List::Want, 2, "somebody at a museum"), (List::Gap, 3, "publishing")];
    assert_eq!(map(&talk), right.map(|(list, number, words)| (list, number, words.to_owned())));
    talk.types("sam", "my network");
    let Some((_, Say::Notes(Notes::Network { lines, .. }))) = talk.hears_whole("sam").into_iter().next() else {
        panic!()
    };
    assert_eq!(lines.len(), 3);
    let wording = |text: &str, id: &str, talk: &mut Talk| {
        talk.types("sam", text);
        let said = talk.hears_whole("sam").pop().unwrap().1.wording();
        format!("{said:?}").contains(id)
    };
    assert!(wording("network want a person who works in publishing", "network-line-sought", &mut talk));
    assert!(!wording("network know my history teacher", "network-line-sought", &mut talk));
    assert_eq!(talk.says("sam", "network remove 2"), ["network-removed"]);
    assert_eq!(talk.says("sam", "network remove 2"), ["network-remove-which"]);
    assert_eq!(talk.says("sam", "network remove"), ["network-remove-which"]);
    assert_eq!(map(&talk).len(), 4);
    assert_eq!(talk.says("alex", "network"), ["network"]);
    assert!(talk.state.notebook(talk.id("alex")).is_none(), "nobody else has any of it");
}

#[test]
fn d02_a_map_has_no_addresses_and_an_end() {
    let mut talk = Talk::new();
    for words in ["my aunt, aunt@law.example", "@alex:example.org", "my aunt on 07700 900123"] {
        assert_eq!(talk.says("sam", &format!("network add know: {words}")), ["network-no-addresses"], "{words}");
    }
    assert_eq!(talk.says("sam", "network add want"), ["network-nothing"]);
    assert_eq!(talk.says("sam", &format!("network add gap: {}", "x".repeat(LINE_CHARS_MAX + 1))), ["note-too-long"]);
    assert!(map(&talk).is_empty());
    let added = |list: &str, talk: &mut Talk| {
        (0..50).take_while(|_| talk.says("sam", &format!("network add {list}: law")) == ["network-added"]).count()
    };
    assert_eq!(["know", "want", "gap"].map(|list| added(list, &mut talk)), [12; 3]);
    assert_eq!(talk.says("sam", "network add gap: law"), ["network-full"]);
}

#[test]
fn d02_a_map_comes_as_a_picture_too_below_its_words() {
    let mut talk = Talk::new();
    talk.types("sam", "network");
    assert_eq!(talk.hears_whole("sam").len(), 1, "there is nothing to draw");
    for text in ["network add know: an aunt in Law", "gap: publishing", "network add know: a judge"] {
        talk.says("sam", text);
    }
    talk.types("sam", "network");
    let said = talk.hears_whole("sam");
    let [(_, words), (_, picture)] = &said[..] else { panic!("{said:?}") };
    assert!(!words.is_file() && picture.is_file() && picture.shows_details(), "{said:?}");
    assert_eq!((picture.wording().id, picture.instead()), ("network-map", None), "its words have been said");
    let plain = "Three people.\n\nYou\n\nKnow\n\nWant\n\nGaps\n\nNone\n\nLeft out".to_owned();
    let drawing = picture.drawing(&Rendered { plain, html: String::new() }).unwrap();
    let lines: Vec<_> =
        drawing.groups.iter().flat_map(|group| group.lines.iter().map(|line| (&*group.title, line))).collect();
    let line = |number, words: &str| (number, words.to_owned());
    let right = [("Know", &line(1, "an aunt in Law")), ("Know", &line(3, "a judge")), ("Gaps", &line(2, "publishing"))];
    assert_eq!(lines, right);
    let texts = [&drawing.instead, &drawing.middle, &drawing.groups[1].title, &drawing.none, &drawing.left_out];
    assert_eq!(texts, ["Three people.", "You", "Want", "None", "Left out"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
}

#[test]
fn a22_a_map_is_in_my_data_and_goes_with_its_author() {
    let mut talk = Talk::new();
    talk.says("sam", "network add know: an aunt in Law");
    let sam = talk.id("sam");
    let records = serde_json::to_string(&data::about(&talk.state, &talk.settings, sam, talk.now)).unwrap();
    assert!(records.contains("an aunt in Law"), "{records}");
    talk.says("sam", "forget me now");
    assert!(talk.state.notebook(sam).is_none());
}
