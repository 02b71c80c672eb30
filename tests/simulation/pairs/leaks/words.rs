//! Leaks in messages.

use lodge_channel::Channel;
use lodge_channel::outbox::Line;
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
pub fn task(leak: Leak, engine: &Channel, task: &mut Task) {
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
pub fn takes_back(engine: &Channel) -> bool {
    engine.outbox().jobs().any(|job| matches!(job.errand.act(), Act::TakeBack(..)))
}

/// Whether its requester withdrew this.
pub fn withdrawn_by_its_requester(introduction: &Introduction) -> bool {
    matches!(introduction.stage, Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. })
}

/// Whether the acknowledgement was said at once, since nothing had to be taken back.
fn is_said_already(engine: &Channel, reader: MemberId, say: &Say) -> bool {
    let last = engine.state().requests_of(reader).into_iter().rfind(|one| withdrawn_by_its_requester(one));
    matches!(say, Say::Ending(Ending::WithdrawalDone { .. }))
        && last.is_some_and(|introduction| introduction.addressee.is_none())
}

/// The message that a leak says in the place of this one, if it does.
fn instead(leak: Leak, engine: &Channel, reader: MemberId, say: &Say) -> Option<Say> {
    let answered = || any(engine, reader, |why| why == Quiet::Declined);
    match (leak, say) {
        (_, Say::Requesting(say)) => instead_of_a_requesters(leak, engine, reader, say),
        (Leak::ReminderDiffers, Say::Answering(Answering::Reminder { number, of, deadline })) => {
            let (of, deadline) = (of.clone(), deadline.after(Span::from_days(1)));
            answered().then_some(Answering::Reminder { number: *number, of, deadline }.into())
        }
        (Leak::InOrderOfIds, Say::Rights(Rights::MyData { part, of, json, short })) => {
            Some(Rights::MyData { part: *part, of: *of, json: in_order_of_ids(json)?, short: short.clone() }.into())
        }
        (Leak::DataTellStage, Say::Rights(Rights::MyData { part, of, json, short })) => {
            let stages: Vec<_> = engine.state().requests_of(reader).iter().map(|one| one.stage.clone()).collect();
            let quiet = stages.iter().any(|stage| matches!(stage, Stage::Waiting(Side::Quiet(_))));
            let json = format!("{json}\n{stages:?}");
            quiet.then(|| Rights::MyData { part: *part, of: *of, json, short: short.clone() }.into())
        }
        (Leak::WithdrawnDiffers, Say::Ending(Ending::WithdrawalDone { known: Known::Before, by })) => {
            let other = Ending::WithdrawalDone { known: Known::Invited, by: *by };
            is_said_already(engine, reader, say).then_some(other.into())
        }
        (Leak::PausedDiffers, Say::Ending(Ending::NoIntroduction { to, .. })) => {
            let pauses = engine.state().member_named(to).is_some_and(|m| m.availability.paused_until.is_some());
            pauses.then_some(Ending::NotMet.into())
        }
        (Leak::AgainDiffers, Say::NothingToAnswer) => answered().then_some(Say::AnswerUnclear),
        _ => None,
    }
}

fn instead_of_a_requesters(leak: Leak, engine: &Channel, reader: MemberId, say: &Requesting) -> Option<Say> {
    let answered = || any(engine, reader, |why| why == Quiet::Declined);
    let newest = |why: Quiet| newest_is(engine, reader, why);
    match (leak, say) {
        (Leak::WaitingLimitFreed, Requesting::TooManyWaiting { .. }) => {
            any(engine, reader, |why| why != Quiet::NotAMember).then_some(Requesting::AskWhom.into())
        }
        (Leak::MonthlyLimitFreed, Requesting::TooManySent { .. }) => answered().then_some(Requesting::AskWhom.into()),
        (Leak::PreviewChanges, Requesting::Preview { to, .. }) => {
            engine.state().member_named(to).is_none().then(|| with_nothing_to_add(say))
        }
        (Leak::RequestsSayClosed, Requesting::Requests { sent, to_answer, questions }) => {
            let mut sent = sent.clone();
            for line in &mut sent {
                if any_to(engine, reader, &line.to) {
                    line.standing = SentStanding::NoIntroduction;
                }
            }
            let (to_answer, questions) = (to_answer.clone(), questions.clone());
            Some(Requesting::Requests { sent, to_answer, questions }.into())
        }
        (Leak::AnswerNotedDiffers, Requesting::AnswerNoted { to, .. }) => {
            answered().then(|| Requesting::AnswerNoted { to: to.clone(), answer: String::new() }.into())
        }
        (Leak::QuestionCloses, Requesting::AnswerNoted { .. }) => answered().then_some(Say::NothingToAnswer),
        (Leak::DeadlineShifted, Requesting::Sent { to, deadline }) => {
            let deadline = deadline.after(Span::from_millis(60_000));
            newest(Quiet::Blocked).then(|| Requesting::Sent { to: to.clone(), deadline }.into())
        }
        (Leak::BlockTold, Requesting::AskKnownHow { to }) => {
            let named = engine.state().member_named(to);
            named.is_some_and(|member| !member.availability.blocks.is_empty()).then_some(Say::NotThatOne)
        }
        (Leak::CooldownTold, Requesting::Sent { .. }) => newest(Quiet::TooSoon).then_some(Say::NotThatOne),
        (Leak::FullTold, Requesting::Sent { .. }) => {
            newest(Quiet::NotTaking).then_some(Requesting::TooManyWaiting { limit: 2 }.into())
        }
        (Leak::SameAgainTaken, Requesting::AlreadyWaiting { to, .. }) => {
            any_to(engine, reader, to).then(|| Requesting::AskPurpose { to: to.clone(), purposes: vec![] }.into())
        }
        (Leak::CounsellorTold, Requesting::AskKnownHow { to }) => counsels(engine, to).then_some(Say::NotThatOne),
        (Leak::CounsellorPreview, Requesting::Preview { to, .. }) => {
            counsels(engine, to).then(|| with_nothing_to_add(say))
        }
        _ => None,
    }
}

/// A preview that leaves out the fields which could be added.
fn with_nothing_to_add(preview: &Requesting) -> Say {
    let mut preview = preview.clone();
    if let Requesting::Preview { could_add, .. } = &mut preview {
        could_add.clear();
    }
    preview.into()
}

fn quiet(introduction: &Introduction) -> Option<Quiet> {
    if let Stage::Waiting(Side::Quiet(why)) = introduction.stage { Some(why) } else { None }
}

/// Whether a request of this member's has gone quiet, for such a reason.
fn any(engine: &Channel, requester: MemberId, of: impl Fn(Quiet) -> bool) -> bool {
    engine.state().requests_of(requester).into_iter().filter_map(quiet).any(of)
}

fn any_to(engine: &Channel, requester: MemberId, named: &Named) -> bool {
    engine.state().requests_of(requester).into_iter().any(|one| one.named.is(named) && quiet(one).is_some())
}

fn newest_is(engine: &Channel, requester: MemberId, why: Quiet) -> bool {
    engine.state().requests_of(requester).last().is_some_and(|newest| quiet(newest) == Some(why))
}

/// The same records in the order of the ids of their introductions.
fn in_order_of_ids(json: &str) -> Option<String> {
    let mut page: Value = serde_json::from_str(json).ok()?;
    let records = page["records"].as_array_mut()?;
    records.sort_by_key(|record| record["introduction"].as_str().unwrap_or_default().to_owned());
    serde_json::to_string_pretty(&page).ok()
}
