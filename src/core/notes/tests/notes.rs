//! Notes: kept, read, deleted, given as one text, and gone with their author. Nobody else hears of them.

use lodge_core::id::MemberId;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::notes::{NOTE_CHARS_MAX, Note};
use lodge_core::rights::data;
use lodge_core::say::{Meant, NoteLine, Notes, Say};
use lodge_core::time::Span;
use lodge_core::timer::Wait;

use super::talk::Talk;

/// The words of somebody's notes, in order.
fn words(talk: &Talk, name: &str) -> Vec<String> {
    let notes = talk.state.notebook(talk.id(name)).map(|book| book.notes().into_iter().cloned().collect());
    let notes: Vec<Note> = notes.unwrap_or_default();
    notes.into_iter().map(|note| note.words).collect()
}

fn last(talk: &mut Talk, name: &str) -> Notes {
    match talk.hears_whole(name).pop() {
        Some((_, Say::Notes(say))) => say,
        other => panic!("{other:?}"),
    }
}

#[test]
fn d03_a_line_is_kept_at_any_time_as_it_was_typed_and_read_again() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "notes"), ["notes-none"]);
    assert_eq!(talk.says("sam", "note: Ask about Mondays!\nand the archive"), ["note-kept"]);
    assert_eq!(talk.says("sam", "make a note of her Talk in May"), ["note-kept"]);
    assert_eq!(words(&talk, "sam"), ["Ask about Mondays!\nand the archive", "her Talk in May"]);
    talk.types("sam", "notes");
    let Notes::Listed { lines, earlier: None, all: 2 } = last(&mut talk, "sam") else { panic!() };
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(talk.says("sam", "note"), ["note-nothing"]);
    assert_eq!(talk.says("sam", &format!("note {}", "x".repeat(NOTE_CHARS_MAX + 1))), ["note-too-long"]);
    assert_eq!(words(&talk, "sam").len(), 2);
    for name in ["alex", "noor", "robin"] {
        assert_eq!(talk.hears(name), [""; 0]);
        assert_eq!(talk.says(name, "notes"), ["notes-none"], "{name} has none of Sam's");
    }
}

#[test]
fn d03_a_note_is_about_the_one_person_it_can_be_about() {
    let about = |talk: &mut Talk, name: &str| {
        talk.types(name, "note Prepared, and on time");
        let Notes::Kept { about, .. } = last(talk, name) else { panic!() };
        about
    };
    let mut talk = Talk::new();
    assert_eq!(about(&mut talk, "sam"), None);
    talk.asks("sam", "alex");
    let to = |name: &str| Some(Meant::To(super::talk::address(name).into()));
    assert_eq!(about(&mut talk, "sam"), to("alex"));
    talk.meet("sam", "robin");
    assert_eq!(about(&mut talk, "sam"), to("robin"), "one they met comes before one they asked");
    assert!(matches!(about(&mut talk, "robin"), Some(Meant::From(_))));
    talk.meet("noor", "robin");
    assert_eq!(about(&mut talk, "robin"), None, "it could be either");
}

#[test]
fn i08_a_note_names_nobody_who_has_taken_their_request_back() {
    let mut talk = Talk::new();
    talk.meet("sam", "robin");
    talk.types("robin", "note Prepared, and on time");
    let about = |talk: &mut Talk| {
        talk.types("robin", "notes");
        let Notes::Listed { lines, .. } = last(talk, "robin") else { panic!() };
        lines[0].about.clone()
    };
    assert!(matches!(about(&mut talk), Some(Meant::From(_))));
    talk.says("sam", "withdraw");
    talk.hears("robin");
    assert!(matches!(about(&mut talk), Some(Meant::On(_))), "the day is left of it");
}

/// The notes in the file that somebody is sent for these words, by day: their numbers.
fn exported_by_day(talk: &mut Talk, name: &str, text: &str) -> Vec<Vec<u32>> {
    talk.types(name, text);
    let said = talk.hears_whole(name);
    let [(_, Say::Notes(Notes::Follows { all })), (_, file @ Say::Notes(Notes::File { days, .. }))] = &said[..] else {
        panic!("{said:?}")
    };
    assert!(file.is_file() && file.shows_details(), "{file:?}");
    assert_eq!(*all, days.iter().map(|day| day.lines.len()).sum::<usize>());
    days.iter().map(|day| day.lines.iter().map(|line| line.number).collect()).collect()
}

fn exported(talk: &mut Talk, name: &str, text: &str) -> Vec<u32> {
    exported_by_day(talk, name, text).concat()
}

#[test]
fn d03_all_notes_come_as_a_file_by_day_to_their_author_alone() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "notes export"), ["notes-none"]);
    talk.says("sam", "note before the talk");
    talk.says("sam", "reflect");
    talk.says("sam", "How much of it is dust");
    talk.until(talk.now.after(Span::from_days(1)));
    talk.says("sam", "And how little is vanilla");
    talk.says("sam", "save");
    for text in [
        "notes export",
        "export my notes",
        "Can I download my notes?",
        "could you send me my notes as a file, please",
        "send me my notes",
        "email me a copy of my notes",
        "can I get my notes as a text file",
        "I'd like to save my notes to my computer",
        "my notes as a document",
    ] {
        assert_eq!(exported_by_day(&mut talk, "sam", text), [vec![1, 2], vec![3]], "{text}");
    }
    for name in ["alex", "noor", "robin"] {
        assert_eq!(talk.hears(name), [""; 0]);
        assert_eq!(talk.says(name, "notes export"), ["notes-none"], "{name} has none of Sam's");
    }
}

#[test]
fn many_notes_are_shown_a_few_at_a_time_newest_last() {
    let mut talk = Talk::new();
    for number in 1..=20 {
        talk.says("sam", &format!("note line {number}"));
    }
    let shown = |talk: &mut Talk, text: &str| {
        talk.types("sam", text);
        let Notes::Listed { lines, earlier, .. } = last(talk, "sam") else { panic!() };
        (lines.first().unwrap().number, lines.last().unwrap().number, earlier)
    };
    assert_eq!(shown(&mut talk, "notes"), (13, 20, Some(12)));
    assert_eq!(shown(&mut talk, "notes 12"), (5, 12, Some(4)));
    assert_eq!(shown(&mut talk, "note 4"), (1, 4, None));
    assert_eq!(shown(&mut talk, "notes 99"), (13, 20, Some(12)));
    talk.says("sam", &format!("note {}", "long ".repeat(190)));
    talk.says("sam", &format!("note {}", "long ".repeat(190)));
    assert_eq!(shown(&mut talk, "notes"), (22, 22, Some(21)), "two long ones are more than a phone shows");
    assert_eq!(exported(&mut talk, "sam", "notes export").len(), 22);
}

#[test]
fn a_full_notebook_says_so_and_fits_one_message_where_no_file_can_be_sent() {
    let mut talk = Talk::new();
    let long = format!("note {}", "ŵ".repeat(NOTE_CHARS_MAX));
    let kept = (0..100).take_while(|_| talk.says("sam", &long) == ["note-kept"]).count();
    assert_eq!(kept, 10);
    assert_eq!(talk.says("sam", &long), ["notes-full"]);
    talk.types("sam", "export my notes");
    let file = Say::from(last(&mut talk, "sam"));
    let Some(Say::Notes(Notes::Export { lines, .. })) = file.instead() else { panic!() };
    let bytes: usize = lines.iter().map(|NoteLine { words, .. }| words.len()).sum();
    assert!(lines.len() == kept && bytes <= 20_000, "a message has at most 65,536 bytes, its words twice");
}

#[test]
fn a_deleted_note_is_gone_and_no_other_has_its_number() {
    let mut talk = Talk::new();
    for text in ["note one", "note two", "note three"] {
        talk.says("sam", text);
    }
    assert_eq!(talk.says("sam", "delete note 2"), ["note-deleted"]);
    assert_eq!(talk.says("sam", "delete note 2"), ["note-not-there"]);
    assert_eq!(talk.says("sam", "delete my notes"), ["note-delete-which"]);
    assert_eq!(talk.says_as("sam", "delete note 3", Reply::None, Proof::Unproven), ["device-unknown"]);
    talk.says("sam", "note four");
    assert_eq!(words(&talk, "sam"), ["one", "three", "four"]);
    assert_eq!(talk.says("sam", "delete note 4"), ["note-deleted"]);
    assert_eq!(talk.says("sam", "delete note 3"), ["note-deleted"]);
    assert_eq!(words(&talk, "sam"), ["one"]);
}

#[test]
fn a22_notes_are_in_my_data_of_their_author_alone_and_gone_with_them() {
    let mut talk = Talk::new();
    talk.meet("sam", "alex");
    talk.says("sam", "note Dust smells of vanilla");
    talk.says("sam", "reflect");
    talk.says("sam", "How much of it is vanilla");
    let all = |talk: &Talk, member: MemberId| {
        let records = data::about(&talk.state, &talk.settings, member, talk.now);
        serde_json::to_string(&records).unwrap().matches("vanilla").count()
    };
    let (sam, alex) = (talk.id("sam"), talk.id("alex"));
    assert_eq!((all(&talk, sam), all(&talk, alex)), (2, 0));
    talk.says("sam", "save");
    assert_eq!(talk.says("sam", "forget me now"), ["forgetting"]);
    assert!(talk.state.notebook(sam).is_none(), "they are gone at once");
    assert_eq!(all(&talk, sam), 0);
    let forget = talk.state.timers().find(|timer| timer.wait == Wait::Forget { member: sam }).map(|timer| timer.id);
    talk.input(Input::Due(forget.unwrap()));
    talk.perform();
    assert!(talk.state.notebooks().next().is_none());
}
