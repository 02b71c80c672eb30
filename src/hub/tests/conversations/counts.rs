//! The number of messages and words from the first word to an appointment.

use std::fmt::Write as _;

use crate::play::{Play, Story};

/// The words of both people and of the porter, with the details of the other.
#[derive(Default)]
struct Counts {
    read: (usize, usize),
    written: (usize, usize),
}

fn counted(script: &str, who: &str) -> Counts {
    let mut counts = Counts::default();
    let (to_them, theirs) = (format!("The porter to {who} ["), format!("{who}: "));
    let mut reads = false;
    for line in script.lines().filter(|line| !line.is_empty()) {
        if let Some(words) = line.strip_prefix("    ") {
            counts.read.1 += if reads { words.split_whitespace().count() } else { 0 };
            continue;
        }
        // A file is looked at in a calendar, and each of the two is alone in the room once at most.
        reads = line.starts_with(&to_them) && !line.contains("[meeting-calendar]");
        counts.read.0 += usize::from(reads);
        if let Some(words) = line.strip_prefix(&theirs) {
            counts.written.0 += 1;
            counts.written.1 += words.split_whitespace().count();
        }
    }
    counts
}

const MESSAGE: &str = "Dear Alex, I study History. May I ask how you began?";

fn come_in(play: &mut Play) {
    for who in ["Alex", "Sam"] {
        play.comes_in(who);
    }
}

#[test]
fn how_much_there_is_to_read_until_two_people_have_an_appointment() {
    let mut story = Story::default();

    let play = story.scene("They settle a time in their room, and one of them tells the porter");
    for words in ["introduce @alex:example.org for career advice", "no", MESSAGE, "send"] {
        play.says("Sam", words);
    }
    play.says("Alex", "yes");
    come_in(play);
    play.says("Sam", "arranged Thursday 17:00");
    let settled = ["Sam", "Alex"].map(|who| counted(play.script(), who));

    let play = story.scene("An interview, and a yes with times");
    for words in [
        "introduce @alex:example.org for an information interview",
        "no",
        MESSAGE,
        "skip",
        "20 minutes, by phone",
        "send",
    ] {
        play.says("Sam", words);
    }
    play.says("Alex", "yes, Tue or Thu after 4");
    come_in(play);
    play.says("Sam", "Thursday at 5");
    let found = ["Sam", "Alex"].map(|who| counted(play.script(), who));

    let mut table = "| way | who | messages read | words read | messages written | words written |\n".to_owned();
    table.push_str("|---|---|---|---|---|---|\n");
    for (way, counts) in [("settled in their room", settled), ("times with the yes", found)] {
        for (who, Counts { read, written }) in ["Sam", "Alex"].into_iter().zip(counts) {
            let _ = writeln!(table, "| {way} | {who} | {} | {} | {} | {} |", read.0, read.1, written.0, written.1);
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("how_much_there_is_to_read", table);
    });
}
