//! Every sentence, filled in and read.

use std::collections::BTreeSet;

use lodge_counsel_core::say::Say;
use lodge_counsel_core::wording::{Arg, ENGLISH, Manner, Wording};

use crate::pages::Pages;
use crate::said::everything;

/// The id of every message in the files, with its text.
fn messages() -> Vec<(&'static str, &'static str)> {
    let mut found = vec![];
    for (_, text) in ENGLISH {
        for block in text.split("\n\n#").filter_map(|block| block.split_once("=\n").or_else(|| block.split_once("= ")))
        {
            let (head, body) = block;
            found.extend(head.lines().last().map(|id| (id.trim(), body)));
        }
    }
    found
}

fn within(wording: &Wording) -> Vec<&Wording> {
    let parts = wording.args.iter().flat_map(|(_, arg)| match arg {
        Arg::Lines(parts) | Arg::Listed(parts) => parts.as_slice(),
        Arg::Text(_)
        | Arg::Number(_)
        | Arg::When(_)
        | Arg::Day(_)
        | Arg::Between(..)
        | Arg::There(..)
        | Arg::Long(_)
        | Arg::Page(_)
        | Arg::Way(_)
        | Arg::Code(_) => &[],
    });
    std::iter::once(wording).chain(parts.flat_map(within)).collect()
}

#[test]
fn every_sentence_reads_as_it_did_when_it_was_last_reviewed() {
    let pages = Pages::english();
    let page = |say: &Say| {
        let wording = say.wording();
        let rings = match say.manner() {
            Manner::Rings => " (rings)",
            Manner::Silent => "",
        };
        format!("════ {}{rings}\n{}\n", wording.id, pages.page(&wording))
    };
    let whole = everything().iter().map(page).collect::<Vec<_>>().join("\n");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("everything_said", whole);
    });
}

#[test]
fn every_message_in_the_files_is_said_and_uses_all_it_gets() {
    let samples: Vec<Wording> = everything().iter().map(Say::wording).collect();
    let parts: Vec<&Wording> = samples.iter().flat_map(within).collect();
    let messages = messages();
    let said: BTreeSet<&str> = parts.iter().map(|part| part.id).collect();
    assert_eq!(said, messages.iter().map(|(id, _)| *id).collect());
    for part in parts {
        let (_, text) = messages.iter().find(|(id, _)| *id == part.id).unwrap();
        for (name, _) in &part.args {
            let used = [format!("${name} "), format!("${name}\n")].iter().any(|used| text.contains(used));
            assert!(used, "{} does not use ${name}", part.id);
        }
    }
}

/// Parts of words by which somebody who glances at a locked screen could tell the purpose of the service.
const TELLING: [&str; 8] = ["counsel", "client", "confiden", "session", "appointment", "therap", "talk", "example"];

#[test]
fn no_sentence_shows_how_it_is_made_or_begins_with_words_that_tell() {
    let pages = Pages::english();
    let mut caught = BTreeSet::new();
    for say in everything() {
        let wording = say.wording();
        let page = pages.page(&wording);
        for mark in ["{", "}", "$", "!", "\n\n\n", "  "] {
            assert!(!page.contains(mark), "{} shows {mark:?}:\n{page}", wording.id);
        }
        let (first, rest) = page.split_once("\n\n").unwrap_or((&page, ""));
        let tells = |text: &str| TELLING.iter().any(|part| text.to_lowercase().contains(part));
        // A counsellor is welcomed by their name, so that one message may begin so.
        assert!(wording.id == "counsellor-welcome" || !tells(first), "{} begins with:\n{first}", wording.id);
        caught.extend(tells(rest).then_some(wording.id));
    }
    assert!(caught.contains("terms") && caught.contains("claimed"), "the words are looked for in vain: {caught:?}");
}

#[test]
fn no_words_in_the_room_of_two_say_what_it_is_for() {
    for say in [Say::RoomName, Say::RoomTopic, Say::FirstHere, Say::OpeningNote] {
        let note = Pages::english().page(&say.wording()).to_lowercase();
        assert!(TELLING.iter().all(|part| !note.contains(part)), "{note}");
    }
}
