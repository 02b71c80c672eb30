//! Samples of messages about the desk.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::desk::Age;
use crate::name::Address;
use crate::say::samples::now;
use crate::say::{Desk, DeskLine, DeskMatter, Holder, Say};

/// Every kind of message about the desk.
pub(crate) fn everything() -> Vec<Say> {
    let who = || Address::exact("@kim:example.org").unwrap();
    let jo = || Address::exact("@jo:example.org").unwrap();
    let all = vec![
        Desk::List { lines: vec![], more: 0, own: 0 },
        Desk::List { lines: vec![], more: 0, own: 1 },
        Desk::List { lines: lines(), more: 0, own: 0 },
        Desk::List { lines: lines(), more: 1, own: 0 },
        Desk::List { lines: lines(), more: 3, own: 2 },
        Desk::Took { matter: question() },
        Desk::TookBefore,
        Desk::TakenBy { by: jo(), since: Age::Yesterday },
        Desk::PutBack,
        Desk::NotWithYou,
        Desk::Settled,
        Desk::WhichLine,
        Desk::NoSuchLine { number: 9 },
        Desk::NotAQuestion { number: 2 },
        Desk::WhichQuestion,
        Desk::QuestionsWait { count: 5 },
        Desk::QuestionTakenBack { words: "May I come by on Tuesday?".to_owned() },
        Desk::QuestionClosed { words: "May I come by on Tuesday?".to_owned() },
        Desk::Done { who: who() },
        Desk::NoQuestion,
        Desk::FeedbackAsked,
        Desk::FeedbackOnWhat,
        Desk::TakenBackBy { who: who() },
        Desk::AnsweredBefore { who: who(), by: Some(jo()), own: false },
        Desk::AnsweredBefore { who: who(), by: Some(jo()), own: true },
        Desk::AnsweredBefore { who: who(), by: None, own: false },
        Desk::QuestionGone,
    ];
    all.into_iter().map(Say::Desk).collect()
}

fn question() -> DeskMatter {
    let who = Address::exact("@noor:example.org").unwrap();
    DeskMatter::Question { who, words: "May I come by on Tuesday?".to_owned() }
}

/// One of each thing and each age.
fn lines() -> Vec<DeskLine> {
    let who = || Address::exact("@kim:example.org").unwrap();
    let jo = Holder::Colleague(Address::exact("@jo:example.org").unwrap());
    let museum = || "City Museum".to_owned();
    let weekday = |day| (Age::Weekday(day), None);
    let all = [
        (DeskMatter::Visitor { who: who() }, (Age::Unknown, None)),
        (DeskMatter::Organisation { name: museum() }, (Age::Day(now()), Some(Holder::You))),
        (question(), (Age::Weekday(2), Some(jo))),
        (DeskMatter::Room { name: "Museums and archives".to_owned() }, weekday(4)),
        (DeskMatter::Opportunity { organisation: museum() }, weekday(7)),
        (DeskMatter::Report { who: who(), room: Some("Pharma".to_owned()) }, (Age::Yesterday, None)),
        (DeskMatter::Report { who: who(), room: None }, (Age::Today, None)),
    ];
    let line = |((matter, (since, taken)), number)| DeskLine { number, matter, since, taken };
    all.into_iter().zip(1..).map(line).collect()
}
