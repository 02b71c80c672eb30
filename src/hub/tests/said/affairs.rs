//! Samples of messages about answers beside yes, about taking back, and about people's own affairs and rights.

use lodge_core::introduction::{Known, Party, Went};
use lodge_core::named::Named;
use lodge_core::say::{Matter, Meant, OwnBlock, Say};
use lodge_core::time::Span;

use super::{alex, deadline, now, with_request};

pub fn everything() -> Vec<Say> {
    let mut all = answers();
    all.extend(own_affairs());
    all.extend(taking_back());
    all.extend(rights());
    all
}

fn answers() -> Vec<Say> {
    let (to, question) = (Named::from(alex().person.address), "Which year are you in, and why museums?".to_owned());
    let passed_on = |left| Say::QuestionPassedOn { number: 1, question: question.clone(), left };
    vec![
        Say::IgnoreRecorded { number: 1 },
        Say::TurnedDown,
        Say::ReasonPassedOn { reason: "I am away until May.\nDo ask me again then.".to_owned() },
        Say::SaidNo { to: to.clone(), reason: "I am away until May.\nDo ask me again then.".to_owned() },
        passed_on(0),
        passed_on(1),
        passed_on(2),
        Say::QuestionsUsedUp { number: 1, limit: 1 },
        Say::QuestionsUsedUp { number: 1, limit: 3 },
        Say::QuestionCame { number: 2, to: to.clone(), question: question.clone(), deadline: deadline() },
        Say::MaybeAnAnswer { number: 2 },
        Say::AnswerNoted { to, answer: "The second.".to_owned() },
        Say::AnswerCame {
            number: 1,
            question,
            answer: "The second.".to_owned(),
            of: with_request(),
            deadline: deadline(),
        },
        Say::WordsMissing { command: "no because".to_owned() },
        Say::WordsTooLong { limit: 500, found: 612 },
        Say::LaterNoted { number: 1, at: deadline() },
        Say::LaterTooLate { number: 1, at: deadline(), deadline: now() },
        Say::WhenUnclear { command: "1 later".to_owned() },
    ]
}

fn matters() -> Vec<Matter> {
    let which = [Meant::To(alex().person.address.into()), Meant::From(with_request()), Meant::On(now())];
    which.into_iter().zip(1..).map(|(which, number)| Matter { number, which }).collect()
}

fn own_affairs() -> Vec<Say> {
    let until = deadline();
    let block = |number, address| OwnBlock { number, address, at: now(), until };
    let settings = |paused, limit, blocks| Say::OwnSettings { paused, limit, blocks };
    vec![
        Say::ReportRecorded { until },
        Say::ReportedMet { until },
        Say::NothingToReport,
        Say::WhichToReport { matters: matters() },
        Say::BlockRecorded { until },
        Say::BlockWhom,
        Say::Unblocked,
        Say::NotBlocked,
        Say::Paused { until, open: 0 },
        Say::Paused { until, open: 1 },
        Say::Paused { until, open: 2 },
        Say::PauseTooLong { latest: until },
        Say::Resumed,
        Say::LimitSet { limit: 0 },
        Say::LimitSet { limit: 1 },
        Say::LimitSet { limit: 2 },
        Say::LimitOff { limit: 1 },
        Say::LimitOff { limit: 4 },
        settings(None, 0, vec![]),
        settings(Some(until), 1, vec![block(1, None)]),
        settings(None, 4, vec![block(1, None), block(2, Some(alex().person.address))]),
    ]
}

fn taking_back() -> Vec<Say> {
    let mut all = vec![
        Say::TakenBack,
        Say::NothingToWithdraw,
        Say::WhichToWithdraw { matters: matters() },
        Say::WhichMeeting { matters: matters() },
    ];
    for known in [Known::Before, Known::Invited, Known::Met] {
        all.extend([Party::Requester, Party::Addressee].map(|by| Say::WithdrawalDone { known, by }));
    }
    all.extend(matters().into_iter().map(|matter| Say::HowWasIt { number: 3, which: matter.which }));
    all.extend([Went::Well, Went::NotWell, Went::NotYet].map(|went| Say::ThankYou { went }));
    all
}

fn rights() -> Vec<Say> {
    let text = "How it works\n============\n\nBoth are asked. *Nothing* here is <b>markup</b>.\n".to_owned();
    let json = "{\n  \"name\": \"<Sam> & *Alex*\"\n}".to_owned();
    vec![
        Say::Policy { version: "1".to_owned(), text },
        Say::PolicyChanged { version: "2".to_owned() },
        Say::MyData { part: 1, of: 1, json: json.clone() },
        Say::MyData { part: 2, of: 3, json },
        Say::ForgetAsk { within: Span::from_days(1) },
        Say::Forgetting { by: deadline() },
        Say::NoLongerMember,
    ]
}
