//! Samples of messages about notes.

use super::network::{List, Spot};
use super::reflection::Occasion;
use crate::people::named::Named;
use crate::say::samples::{alex, deadline, now, with_request};
use crate::say::{Begins, Meant, NoteDay, NoteLine, Notes, Say};

/// Every kind of message about notes.
pub(crate) fn everything() -> Vec<Say> {
    kept().into_iter().chain(reflecting()).chain(network()).map(Say::from).collect()
}

fn to() -> Meant {
    Meant::To(Named::from(alex().person.address))
}

fn kept() -> Vec<Notes> {
    let line = |number, about: Option<Meant>, question: Option<&str>, words: &str| {
        let (question, words) = (question.map(str::to_owned), words.to_owned());
        NoteLine { number, at: now(), about, question, words }
    };
    let lines = || {
        vec![
            line(3, None, None, "Ask about Mondays."),
            line(4, Some(to()), Some("What surprised you?"), "How much of it is talking.\nAnd how little is dust."),
            line(6, Some(Meant::From(with_request())), None, "Prepared, and on time."),
        ]
    };
    vec![
        Notes::Kept { number: 3, about: None },
        Notes::Kept { number: 4, about: Some(to()) },
        Notes::NothingToKeep,
        Notes::Full,
        Notes::TooLong { limit: 1_000, found: 1_612 },
        Notes::Listed { lines: lines(), earlier: Some(2), all: 5 },
        Notes::Listed { lines: lines(), earlier: None, all: 3 },
        Notes::Listed { lines: vec![line(1, None, None, "Ask about Mondays.")], earlier: None, all: 1 },
        Notes::Listed { lines: vec![line(2, None, None, "Ask about Mondays.")], earlier: Some(1), all: 2 },
        Notes::None,
        Notes::Deleted { number: 3 },
        Notes::NoSuchNote { number: 9 },
        Notes::DeleteWhich,
        Notes::Follows { all: 1 },
        Notes::Follows { all: 3 },
        Notes::File { days: days(lines()), at: deadline() },
        Notes::Export { lines: lines(), at: deadline() },
    ]
}

/// The notes of two days.
fn days(mut lines: Vec<NoteLine>) -> Vec<NoteDay> {
    let later = lines.split_off(1);
    vec![NoteDay { at: now(), lines }, NoteDay { at: deadline(), lines: later }]
}

fn network() -> Vec<Notes> {
    let spot = |number, list, words: &str| Spot { number, list, words: words.to_owned() };
    let want = || spot(3, List::Want, "somebody at a museum");
    let lines = vec![
        spot(1, List::Know, "an aunt in law"),
        spot(2, List::Know, "my old history teacher"),
        want(),
        spot(5, List::Gap, "publishing"),
    ];
    vec![
        Notes::Network { lines: lines.clone(), mentors: true },
        Notes::Network { lines: lines.clone(), mentors: false },
        Notes::Map { lines },
        Notes::Network { lines: vec![], mentors: true },
        Notes::Added { line: want(), mentors: true },
        Notes::Added { line: spot(1, List::Know, "an aunt in law"), mentors: true },
        Notes::Removed { words: "an aunt in law".to_owned() },
        Notes::RemoveWhich,
        Notes::NothingToAdd,
        Notes::ListFull { most: 12 },
        Notes::NoAddresses,
    ]
}

fn reflecting() -> Vec<Notes> {
    let ask = |place, had: Option<&str>, begins| Notes::Reflect {
        place,
        of: 5,
        question: "What surprised you?".to_owned(),
        had: had.map(str::to_owned),
        begins,
    };
    let mut all: Vec<Notes> = [Occasion::Talk, Occasion::NoTalk]
        .into_iter()
        .flat_map(|occasion| [None, Some(to())].map(|about| ask(1, None, Some(Begins { occasion, about }))))
        .collect();
    all.extend([ask(2, None, None), ask(2, Some("How much of it is talking."), None)]);
    for kept in [0, 1, 3] {
        all.extend([Notes::Saved { kept }, Notes::Dropped { kept }, Notes::Reflected { kept, mentors: true }]);
    }
    all.push(Notes::Reflected { kept: 2, mentors: false });
    all
}
