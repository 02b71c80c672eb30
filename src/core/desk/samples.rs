//! Samples of messages about the desk.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::name::Address;
use crate::say::{Desk, Say};

/// Every kind of message about the desk.
pub(crate) fn everything() -> Vec<Say> {
    let who = || Address::exact("@kim:example.org").unwrap();
    let jo = || Address::exact("@jo:example.org").unwrap();
    let all = vec![
        Desk::QuestionsWait { count: 5 },
        Desk::QuestionTakenBack { words: "May I come by on Tuesday?".to_owned() },
        Desk::NoQuestion,
        Desk::TakenBackBy { who: who() },
        Desk::AnsweredBefore { who: who(), by: Some(jo()), own: false },
        Desk::AnsweredBefore { who: who(), by: Some(jo()), own: true },
        Desk::AnsweredBefore { who: who(), by: None, own: false },
        Desk::QuestionGone,
    ];
    all.into_iter().map(Say::Desk).collect()
}
