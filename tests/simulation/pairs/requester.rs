//! The doings of requesters while they wait: they look, write more, take back, and ask for their rights.

use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};

use super::hour;
use crate::chance::Chance;
use crate::people::plan::Diary;

const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;

/// The way in which a requester comes to ask for the addressee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They type a Matrix id.
    Typed,
    /// They find them in the mentors' list.
    Found {
        /// Whether they look at the list again later.
        looks: bool,
    },
}

/// A requester's diary: a request to the first of these, and much else.
pub fn diary([addressee, other]: [&Address; 2], way: Way, questions: bool, chance: &mut Chance) -> Diary {
    let sent = hour(28 + chance.below(20)).after(Span::from_millis(chance.below(60 * MINUTE)));
    let mut diary = match way {
        Way::Typed => request(sent, addressee, chance),
        Way::Found { .. } => found(sent, chance),
    };
    let within = |days: u64, chance: &mut Chance| sent.after(Span::from_millis(chance.below(days * DAY)));
    if questions && !chance.one_in(4) {
        diary.push((within(13, chance), "answer The second, thank you".to_owned()));
    }
    if chance.one_in(8) {
        diary.extend(over_and_over(sent, [addressee, other], chance));
    }
    if chance.one_in(6) {
        let stranger = Address::exact("@stranger:example.org").expect("an address");
        for whom in [&stranger, other] {
            diary.extend(request(within(8, chance), whom, chance));
        }
    }
    for _ in 0..chance.between(3, 8) {
        let at = within(22, chance);
        diary.extend(something(at, addressee, other, chance));
    }
    if way == (Way::Found { looks: true }) {
        for _ in 0..chance.between(1, 4) {
            let words = *chance.pick(&["mentors", "mentors in law", "introduce 1", "more"]);
            diary.push((within(22, chance), words.to_owned()));
        }
        if chance.one_in(2) {
            let again = within(22, chance);
            diary.extend(found(again, chance));
        }
    }
    if chance.one_in(2) {
        let later = sent.after(Span::from_days(16));
        diary.extend(request(later, addressee, chance));
        diary.push((later.after(Span::from_days(1)), "my data".to_owned()));
    }
    diary
}

/// The lines of a whole request.
pub fn request(at: Timestamp, to: &Address, chance: &mut Chance) -> Diary {
    let words = format!("I read your talk about law; may I ask you how you began? Yours, tok{}", chance.token());
    asked(at, |purpose| format!("introduce me to {to} for {purpose}: {words}"), chance)
}

/// The lines of a request that begins so, after other lines if there are any.
fn asked(at: Timestamp, begins: impl FnOnce(&str) -> String, chance: &mut Chance) -> Diary {
    let interview = chance.one_in(2);
    let known_how = "we met at the law fair";
    let lines = if interview {
        vec![
            begins("an information interview"),
            known_how.to_owned(),
            if chance.one_in(2) { "skip".to_owned() } else { format!("How did you begin? tok{}", chance.token()) },
            (*chance.pick(&["20", "20 minutes, by phone", "half an hour in the next two weeks"])).to_owned(),
            "send".to_owned(),
        ]
    } else {
        vec![begins("career advice"), known_how.to_owned(), "send".to_owned()]
    };
    let moments = (0..).map(|line| at.after(Span::from_millis(line * MINUTE)));
    moments.zip(lines).collect()
}

/// The lines of a whole request to the first person in the mentors' list.
fn found(at: Timestamp, chance: &mut Chance) -> Diary {
    let words = format!("You are glad to talk about law; may I ask how you began? Yours, tok{}", chance.token());
    let looks = *chance.pick(&["mentors", "mentors in law"]);
    let mut diary = vec![(at, looks.to_owned())];
    diary.extend(asked(
        at.after(Span::from_millis(MINUTE)),
        |purpose| format!("introduce 1 for {purpose}: {words}"),
        chance,
    ));
    diary
}

/// One thing they do.
fn something(at: Timestamp, addressee: &Address, other: &Address, chance: &mut Chance) -> Diary {
    let words = match chance.below(28) {
        0..=2 => "requests".to_owned(),
        3 => "drafts".to_owned(),
        4 => "again".to_owned(),
        5..=6 => "my data".to_owned(),
        7 => format!("withdraw {addressee}"),
        8 => "withdraw".to_owned(),
        9 => "withdraw 1".to_owned(),
        10..=12 => return request(at, addressee, chance),
        13 => return request(at, other, chance),
        14 => {
            let stranger = Address::exact("@stranger:example.org").expect("an address");
            return request(at, &stranger, chance);
        }
        15 => "answer The second, thank you".to_owned(),
        16 => format!("introduce me to {addressee}"),
        17 => "report".to_owned(),
        18 => format!("block {addressee}"),
        19 => "my settings".to_owned(),
        20 => "help".to_owned(),
        21 => "notes".to_owned(),
        22 => format!("note private-{}", chance.token()),
        23 => {
            let lines = ["reflect", "skip", "How much of it is talking", "cancel"].map(str::to_owned);
            let moments = (0..).map(|line| at.after(Span::from_millis(line * MINUTE)));
            return moments.zip(lines).collect();
        }
        24 => "save".to_owned(),
        25 => "drafts 1".to_owned(),
        26 => "back".to_owned(),
        _ => if chance.one_in(2) { "forget me now" } else { "policy" }.to_owned(),
    };
    vec![(at, words)]
}

/// They send and take back, again and again, until they have reached the limit of a month. The last request within it is to the
/// first of these, who can answer before another is refused.
fn over_and_over(from: Timestamp, to: [&Address; 2], chance: &mut Chance) -> Diary {
    let mut diary = Diary::new();
    let mut at = from;
    for round in 0..6 {
        let whom = to[(round + 1) % 2];
        at = at.after(Span::from_millis(chance.between(1, 30) * 60 * MINUTE));
        diary.push((at, format!("withdraw {whom}")));
        at = at.after(Span::from_millis(chance.between(1, 30) * 60 * MINUTE));
        diary.extend(request(at, whom, chance));
    }
    diary
}
