//! Samples of messages about answers beside yes, about taking back, and about people's own affairs and rights.

use lodge_core::introduction::{Known, Party, Went};
use lodge_core::named::Named;
use lodge_core::say::{Answering, Ending, Matter, Meant, OwnBlock, Receiving, Requesting, Rights, Say};
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
    let passed_on = |left| Say::Answering(Answering::QuestionPassedOn { number: 1, question: question.clone(), left });
    vec![
        Say::Answering(Answering::IgnoreRecorded { number: 1 }),
        Say::Answering(Answering::TurnedDown),
        Say::Answering(Answering::ReasonPassedOn { reason: "I am away until May.\nDo ask me again then.".to_owned() }),
        Say::Requesting(Requesting::SaidNo {
            to: to.clone(),
            reason: "I am away until May.\nDo ask me again then.".to_owned(),
        }),
        passed_on(0),
        passed_on(1),
        passed_on(2),
        Say::Answering(Answering::QuestionsUsedUp { number: 1, limit: 1 }),
        Say::Answering(Answering::QuestionsUsedUp { number: 1, limit: 3 }),
        Say::Requesting(Requesting::QuestionCame {
            number: 2,
            to: to.clone(),
            question: question.clone(),
            deadline: deadline(),
        }),
        Say::MaybeAnAnswer { number: 2 },
        Say::Requesting(Requesting::AnswerNoted { to, answer: "The second.".to_owned() }),
        Say::Answering(Answering::AnswerCame {
            number: 1,
            question,
            answer: "The second.".to_owned(),
            of: with_request(),
            deadline: deadline(),
        }),
        Say::WordsMissing { command: "no because".to_owned() },
        Say::WordsTooLong { limit: 500, found: 612 },
        Say::Answering(Answering::LaterNoted { number: 1, at: deadline() }),
        Say::Answering(Answering::LaterTooLate { number: 1, at: deadline(), deadline: now() }),
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
    let settings = |paused, limit, blocks| Say::Receiving(Receiving::OwnSettings { paused, limit, blocks });
    vec![
        Say::Answering(Answering::ReportRecorded { until }),
        Say::Answering(Answering::ReportedMet { until }),
        Say::Answering(Answering::NothingToReport),
        Say::Answering(Answering::WhichToReport { matters: matters() }),
        Say::Receiving(Receiving::BlockRecorded { until }),
        Say::Receiving(Receiving::BlockWhom),
        Say::Receiving(Receiving::Unblocked),
        Say::Receiving(Receiving::NotBlocked),
        Say::Receiving(Receiving::Paused { until, open: 0 }),
        Say::Receiving(Receiving::Paused { until, open: 1 }),
        Say::Receiving(Receiving::Paused { until, open: 2 }),
        Say::Receiving(Receiving::PauseTooLong { latest: until }),
        Say::Receiving(Receiving::Resumed),
        Say::Receiving(Receiving::LimitSet { limit: 0 }),
        Say::Receiving(Receiving::LimitSet { limit: 1 }),
        Say::Receiving(Receiving::LimitSet { limit: 2 }),
        Say::Receiving(Receiving::LimitOff { limit: 1 }),
        Say::Receiving(Receiving::LimitOff { limit: 4 }),
        settings(None, 0, vec![]),
        settings(Some(until), 1, vec![block(1, None)]),
        settings(None, 4, vec![block(1, None), block(2, Some(alex().person.address))]),
    ]
}

fn taking_back() -> Vec<Say> {
    let mut all = vec![
        Say::Answering(Answering::TakenBack),
        Say::Ending(Ending::NothingToWithdraw),
        Say::Ending(Ending::WhichToWithdraw { matters: matters() }),
        Say::Ending(Ending::WhichMeeting { matters: matters() }),
    ];
    for known in [Known::Before, Known::Invited, Known::Met] {
        all.extend([Party::Requester, Party::Addressee].map(|by| Say::Ending(Ending::WithdrawalDone { known, by })));
    }
    all.extend(matters().into_iter().map(|matter| Say::Ending(Ending::HowWasIt { number: 3, which: matter.which })));
    all.extend([Went::Well, Went::NotWell, Went::NotYet].map(|went| Say::Ending(Ending::ThankYou { went })));
    all
}

fn rights() -> Vec<Say> {
    let text = "How it works\n============\n\nBoth are asked. *Nothing* here is <b>markup</b>.\n".to_owned();
    let json = "{\n  \"name\": \"<Sam> & *Alex*\"\n}".to_owned();
    vec![
        Say::Rights(Rights::Policy { version: "1".to_owned(), text }),
        Say::Rights(Rights::PolicyChanged { version: "2".to_owned() }),
        Say::Rights(Rights::MyData { part: 1, of: 1, json: json.clone() }),
        Say::Rights(Rights::MyData { part: 2, of: 3, json }),
        Say::Rights(Rights::ForgetAsk { within: Span::from_days(1) }),
        Say::Rights(Rights::Forgetting { by: deadline() }),
        Say::Rights(Rights::NoLongerMember),
    ]
}
