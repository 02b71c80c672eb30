//! Leaks in messages.

use lodge_channel::engine::Engine;
use lodge_channel::outbox::{Errand, Line};
use lodge_channel::perform::{Task, What};
use lodge_core::effect::{Act, Lane};
use lodge_core::id::MemberId;
use lodge_core::introduction::{Introduction, Known, Outcome, Party, Quiet, Side, Stage};
use lodge_core::people::named::Named;
use lodge_core::say::{Answering, Ending, Requesting, Rights, Say, SentStanding};
use lodge_core::time::Span;
use serde_json::Value;

use super::{Leak, counsels};

/// A task on its way.
pub fn task(leak: Leak, engine: &Engine, task: &mut Task) {
    let Line::Lane(Lane::Conversation(reader)) = task.line else { return };
    let What::Say { say, .. } = &mut task.what else { return };
    if leak == Leak::WithdrawnSooner && is_said_already(engine, reader, say) {
        task.what = What::TakeBack(None);
        return;
    }
    if leak == Leak::WithdrawnLater && matches!(say, Say::Ending(Ending::WithdrawalDone { .. })) && takes_back(engine) {
        task.what = What::TakeBack(None);
        return;
    }
    if let Some(other) = instead(leak, engine, reader, say) {
        *say = other;
    }
}

/// Whether anything is being taken back.
pub fn takes_back(engine: &Engine) -> bool {
    engine.outbox().jobs().any(|job| matches!(job.errand, Errand::Act(Act::TakeBack(..))))
}

/// Whether its requester withdrew this.
pub fn withdrawn_by_its_requester(introduction: &Introduction) -> bool {
    matches!(introduction.stage, Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. })
}

/// Whether the acknowledgement was said at once, since nothing had to be taken back.
fn is_said_already(engine: &Engine, reader: MemberId, say: &Say) -> bool {
    let last = engine.state().requests_of(reader).into_iter().rfind(|one| withdrawn_by_its_requester(one));
    matches!(say, Say::Ending(Ending::WithdrawalDone { .. }))
        && last.is_some_and(|introduction| introduction.addressee.is_none())
}

/// The message that a leak says in the place of this one, if it does.
fn instead(leak: Leak, engine: &Engine, reader: MemberId, say: &Say) -> Option<Say> {
    let answered = || any(engine, reader, |why| why == Quiet::Declined);
    let newest = |why: Quiet| newest_is(engine, reader, why);
    match (leak, say) {
        (Leak::WaitingLimitFreed, Say::Requesting(Requesting::TooManyWaiting { .. })) => {
            any(engine, reader, |why| why != Quiet::NotAMember).then_some(Say::Requesting(Requesting::AskWhom))
        }
        (Leak::MonthlyLimitFreed, Say::Requesting(Requesting::TooManySent { .. })) => {
            answered().then_some(Say::Requesting(Requesting::AskWhom))
        }
        (Leak::ReminderDiffers, Say::Answering(Answering::Reminder { number, of, deadline })) => {
            answered().then(|| {
                Say::Answering(Answering::Reminder {
                    number: *number,
                    of: of.clone(),
                    deadline: deadline.after(Span::from_days(1)),
                })
            })
        }
        (Leak::InOrderOfIds, Say::Rights(Rights::MyData { part, of, json })) => {
            Some(Say::Rights(Rights::MyData { part: *part, of: *of, json: in_order_of_ids(json)? }))
        }
        (Leak::DataTellStage, Say::Rights(Rights::MyData { part, of, json })) => {
            let stages: Vec<_> = engine.state().requests_of(reader).iter().map(|one| one.stage.clone()).collect();
            let quiet = stages.iter().any(|stage| matches!(stage, Stage::Waiting(Side::Quiet(_))));
            quiet.then(|| Say::Rights(Rights::MyData { part: *part, of: *of, json: format!("{json}\n{stages:?}") }))
        }
        (Leak::PreviewChanges, Say::Requesting(Requesting::Preview { to, request, beside, after_both, tips, .. })) => {
            let (to, request, after_both, tips) = (to.clone(), request.clone(), after_both.clone(), tips.clone());
            let beside = beside.clone();
            let known = engine.state().member_named(&to).is_some();
            (!known).then_some(Say::Requesting(Requesting::Preview {
                to,
                request,
                beside,
                after_both,
                could_add: vec![],
                tips,
            }))
        }
        (Leak::RequestsSayClosed, Say::Requesting(Requesting::Requests { sent, to_answer, questions })) => {
            let mut sent = sent.clone();
            for line in &mut sent {
                if any_to(engine, reader, &line.to) {
                    line.standing = SentStanding::NoIntroduction;
                }
            }
            Some(Say::Requesting(Requesting::Requests {
                sent,
                to_answer: to_answer.clone(),
                questions: questions.clone(),
            }))
        }
        (Leak::AnswerNotedDiffers, Say::Requesting(Requesting::AnswerNoted { to, .. })) => {
            answered().then(|| Say::Requesting(Requesting::AnswerNoted { to: to.clone(), answer: String::new() }))
        }
        (Leak::QuestionCloses, Say::Requesting(Requesting::AnswerNoted { .. })) => {
            answered().then_some(Say::NothingToAnswer)
        }
        (Leak::WithdrawnDiffers, Say::Ending(Ending::WithdrawalDone { known: Known::Before, by })) => {
            is_said_already(engine, reader, say)
                .then_some(Say::Ending(Ending::WithdrawalDone { known: Known::Invited, by: *by }))
        }
        (Leak::DeadlineShifted, Say::Requesting(Requesting::Sent { to, deadline })) => {
            newest(Quiet::Blocked).then(|| {
                Say::Requesting(Requesting::Sent {
                    to: to.clone(),
                    deadline: deadline.after(Span::from_millis(60_000)),
                })
            })
        }
        (Leak::BlockTold, Say::Requesting(Requesting::AskKnownHow { to })) => {
            let named = engine.state().member_named(to);
            named.is_some_and(|member| !member.availability.blocks.is_empty()).then_some(Say::NotThatOne)
        }
        (Leak::CooldownTold, Say::Requesting(Requesting::Sent { .. })) => {
            newest(Quiet::TooSoon).then_some(Say::NotThatOne)
        }
        (Leak::FullTold, Say::Requesting(Requesting::Sent { .. })) => {
            newest(Quiet::NotTaking).then_some(Say::Requesting(Requesting::TooManyWaiting { limit: 2 }))
        }
        (Leak::SameAgainTaken, Say::Requesting(Requesting::AlreadyWaiting { to, .. })) => any_to(engine, reader, to)
            .then(|| Say::Requesting(Requesting::AskPurpose { to: to.clone(), purposes: vec![] })),
        (Leak::PausedDiffers, Say::Ending(Ending::NoIntroduction { to })) => {
            let pauses = engine.state().member_named(to).is_some_and(|m| m.availability.paused_until.is_some());
            pauses.then_some(Say::Ending(Ending::NotMet))
        }
        (Leak::CounsellorTold, Say::Requesting(Requesting::AskKnownHow { to })) => {
            counsels(engine, to).then_some(Say::NotThatOne)
        }
        (
            Leak::CounsellorPreview,
            Say::Requesting(Requesting::Preview { to, request, beside, after_both, tips, .. }),
        ) => {
            let (to, request, after_both, tips) = (to.clone(), request.clone(), after_both.clone(), tips.clone());
            let beside = beside.clone();
            let less = counsels(engine, &to);
            less.then_some(Say::Requesting(Requesting::Preview {
                to,
                request,
                beside,
                after_both,
                could_add: vec![],
                tips,
            }))
        }
        (Leak::AgainDiffers, Say::NothingToAnswer) => answered().then_some(Say::AnswerUnclear),
        _ => None,
    }
}

fn quiet(introduction: &Introduction) -> Option<Quiet> {
    if let Stage::Waiting(Side::Quiet(why)) = introduction.stage { Some(why) } else { None }
}

/// Whether a request of this member's has gone quiet, for such a reason.
fn any(engine: &Engine, requester: MemberId, of: impl Fn(Quiet) -> bool) -> bool {
    engine.state().requests_of(requester).into_iter().filter_map(quiet).any(of)
}

fn any_to(engine: &Engine, requester: MemberId, named: &Named) -> bool {
    engine.state().requests_of(requester).into_iter().any(|one| one.named.is(named) && quiet(one).is_some())
}

fn newest_is(engine: &Engine, requester: MemberId, why: Quiet) -> bool {
    engine.state().requests_of(requester).last().is_some_and(|newest| quiet(newest) == Some(why))
}

/// The same records in the order of the ids of their introductions.
fn in_order_of_ids(json: &str) -> Option<String> {
    let mut page: Value = serde_json::from_str(json).ok()?;
    let records = page["records"].as_array_mut()?;
    records.sort_by_key(|record| record["introduction"].as_str().unwrap_or_default().to_owned());
    serde_json::to_string_pretty(&page).ok()
}
