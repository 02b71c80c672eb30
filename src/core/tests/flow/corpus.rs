//! Corpora of what people write and hear. Each line says the state of the conversation.

use std::collections::BTreeMap;

use lodge_core::audit::Noted;
use lodge_core::input::Input;
use lodge_core::people::member::Role;
use lodge_core::people::roster::Roster;
use lodge_core::say::{Aside, Requesting, Say, Tip};
use lodge_core::time::Span;

use super::meanings;
use super::talk::{START, Talk, address, people, person};

/// Each corpus by the name of its file, with the part of its lines, in a hundred, that are understood or asked back rightly.
const CORPORA: [(&str, &str, usize); 3] = [
    ("corpus.txt", include_str!("corpus.txt"), 95),
    ("second.txt", include_str!("second.txt"), 95),
    ("third.txt", include_str!("third.txt"), 95),
];

/// Answers to which something was done, or agreed to.
pub const ACTS: &[&str] = &[
    "yes-recorded",
    "search-yes-with-times",
    "sent",
    "list-joined",
    "listed",
    "agreed",
    "no-recorded",
    "ignore-recorded",
    "later-noted",
    "block-recorded",
    "report-recorded",
    "draft-dropped",
    "paused",
    "resumed",
    "limit-set",
    "staff-asked",
    "answer-noted",
    "question-passed-on",
    "verified",
    "forget-begun",
    "withdrawn",
];

/// The conversation in a state, and the name of the one who writes.
fn state(name: &str) -> (Talk, &'static str) {
    let mut talk = Talk::new();
    let who = match name {
        "nothing" => "sam",
        "alumnus" => "alex",
        "asked" => asked(&mut talk, "sam"),
        "asked-after" => {
            asked(&mut talk, "sam");
            talk.says("alex", "policy");
            "alex"
        }
        "two" => {
            asked(&mut talk, "sam");
            asked(&mut talk, "noor")
        }
        "whom" => drafts(&mut talk, &["introduce"]),
        "purpose" => drafts(&mut talk, &["introduce @robin:example.org"]),
        "known" => drafts(&mut talk, &["introduce @robin:example.org for career advice"]),
        "message" => drafts(&mut talk, &["introduce @robin:example.org for career advice", "no"]),
        "ready" => drafts(&mut talk, &["introduce @robin:example.org for career advice: How did you begin?", "no"]),
        "sent" => {
            asked(&mut talk, "sam");
            "sam"
        }
        "question" => {
            asked(&mut talk, "sam");
            talk.says("alex", "ask Which year are you in?");
            talk.says("alex", "send");
            "sam"
        }
        "yes-given" => {
            asked(&mut talk, "sam");
            talk.says("alex", "yes");
            "alex"
        }
        "listed" => {
            for mentor in ["alex", "robin"] {
                talk.says(mentor, "profile headline: Museum curator");
                talk.says(mentor, "profile show headline to mentors list");
                talk.says(mentor, "list me");
                talk.says(mentor, "list me now");
            }
            talk.until(START.after(Span::from_days(2)));
            talk.says("sam", "mentors");
            "sam"
        }
        "staff" => {
            talk.input(Input::Roster(Roster::whole([people(), vec![person("casey", Role::Staff, &[])]].concat())));
            "casey"
        }
        "visitor" => {
            talk.input(Input::Visited(address("kim")));
            "kim"
        }
        _ => panic!("no state is called {name}"),
    };
    talk.forget();
    (talk, who)
}

fn asked(talk: &mut Talk, by: &str) -> &'static str {
    talk.asks(by, "alex");
    "alex"
}

fn drafts(talk: &mut Talk, words: &[&str]) -> &'static str {
    for words in words {
        talk.says("sam", words);
    }
    "sam"
}

/// The tip that words for a message seem to be meant for the porter.
pub const FOR_PORTER: &str = "tip-for-porter";

/// The answers to some words. Words that may mean several things are answered by "is-it-one-of", and the names of those.
pub fn heard(in_state: &str, words: &str) -> Vec<&'static str> {
    let (mut talk, who) = state(in_state);
    talk.types(who, &words.replace('\u{23ce}', "\n"));
    let says = talk.hears_whole(who);
    let mut heard: Vec<&'static str> = says.iter().map(|(_, say)| say.wording().id).collect();
    for (_, say) in &says {
        if let Say::Aside(Aside::IsItOneOf { wishes, .. } | Aside::OrOneOf { wishes, .. }) = say {
            heard.extend(wishes.iter().map(|wish| wish.name()));
        }
    }
    let tips = says.iter().filter_map(|(_, say)| {
        if let Say::Requesting(Requesting::Preview { tips, .. }) = say { Some(tips) } else { None }
    });
    heard.extend(tips.flatten().filter(|tip| **tip == Tip::ForPorter).map(|_| FOR_PORTER));
    if talk.last.noted.iter().any(|noted| matches!(noted, Noted::Withdrawn(_))) {
        heard.push("withdrawn");
    }
    if heard.is_empty() {
        heard.push("silence");
    }
    heard
}

/// Whether words were understood, or asked back with the right question. Of words that mean nothing here, any may be asked.
pub fn is_right(heard: &[&'static str], right: &[&'static str]) -> bool {
    let [first, others @ ..] = heard else { return false };
    let offered = || others.iter().flat_map(|wish| meanings::right(wish)).any(|id| right.contains(id));
    match *first {
        "is-it-one-of" => right.contains(&"not-understood") || offered(),
        "still-waits-or" => right.contains(&"still-waits") || offered(),
        first => right.contains(&first) || others.iter().any(|id| *id == FOR_PORTER && right.contains(id)),
    }
}

/// The lines of a corpus, each with its state, the ids that are right, and the words.
fn lines(corpus: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>, &'static str)> {
    let mut in_state = "";
    let lines = corpus.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(move |line| {
        if let Some(name) = line.strip_prefix("== ") {
            in_state = name;
            return None;
        }
        let (right, words) = line.split_once(" | ").expect("ids and words");
        Some((in_state, right.split('/').collect(), words))
    })
}

#[test]
fn what_people_write_is_understood_or_asked_back_and_nothing_is_done_that_was_not_meant() {
    let mut too_few = vec![];
    for (name, corpus, right_min) in CORPORA {
        let (mut missed, mut wrong) = (vec![], vec![]);
        let mut rates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (in_state, right, words) in lines(corpus) {
            let heard = heard(in_state, words);
            let (all, good) = rates.entry(in_state).or_default();
            *all += 1;
            if is_right(&heard, &right) {
                *good += 1;
            } else {
                missed.push(format!("{in_state}: {words:?} -> {heard:?}, not {right:?}"));
            }
            if heard.iter().any(|id| ACTS.contains(id) && !right.contains(id)) {
                wrong.push(format!("{in_state}: {words:?} -> {heard:?}, not {right:?}"));
            }
        }
        let all: usize = rates.values().map(|(all, _)| all).sum();
        let good: usize = rates.values().map(|(_, good)| good).sum();
        for (state, (all, good)) in &rates {
            println!("{name}, {state}: {good} of {all}");
        }
        println!("{name}, in all {good} of {all}\n{}", missed.join("\n"));
        println!("{name}, done, and not meant: {}\n{}", wrong.len(), wrong.join("\n"));
        if !wrong.is_empty() || good * 100 < all * right_min {
            too_few.push(format!("{name}: {good} of {all}; done, and not meant:\n{}", wrong.join("\n")));
        }
    }
    assert!(too_few.is_empty(), "{}", too_few.join("\n"));
}
