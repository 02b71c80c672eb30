//! Everything is said once and ends: requests, the outbox, the rows on the disk.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::audit::{self, Entry as AuditEntry, Head};
use lodge_channel::store::{Store, Table};
use lodge_channel::tables;
use lodge_core::effect::Act;
use lodge_core::id::MemberId;
use lodge_core::introduction::{Known, Outcome, Party, Stage};
use lodge_core::name::Address;
use lodge_core::people::named::Named;
use lodge_core::say::{Ending, Joining, Requesting, Say};
use lodge_core::time::{Span, Timestamp};
use lodge_engine::outbox::Job;
use lodge_matrix::homeserver::RoomRef;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Form, Meaning, Message, Sight, Typed, What};
use crate::world::room::{Key, Kind};

/// An answer may come this long after its deadline, once nothing fails any more.
const SLACK: Span = Span::from_millis(120_000);

pub fn examine(world: &World, hub: &Hub, people: &[Somebody], found: &mut Found) {
    said_once(world, found);
    for somebody in people {
        one_answer(world, somebody.address(), found);
        one_yes(world, somebody.address(), found);
        help_once(world, hub, people, somebody, found);
    }
    told_once_each(world, hub, found);
    settled(world, hub, found);
    durable(world, hub, found);
}

fn said_once(world: &World, found: &mut Found) {
    let mut said = BTreeSet::new();
    for Entry { what, .. } in &world.log {
        if let What::Said(room, message) = what
            && !said.insert(message.effect)
        {
            found.add(Rule::OnceEach, format!("[{}] is said twice, the second time in {}", message.wording, room.0));
        }
    }
}

/// Each request has one ending, and anything but a yes comes at the deadline that was told at the start.
fn one_answer(world: &World, who: &Address, found: &mut Found) {
    let calm = world.log.iter().find(|entry| matches!(entry.what, What::Calm)).map(|entry| entry.at);
    let mut waiting: BTreeMap<&Named, Vec<Timestamp>> = BTreeMap::new();
    // The addressees of requests that they are taking back; the command names them.
    let mut withdrawing: Vec<&Named> = Vec::new();
    // Somebody who is not in their conversation hears when they come in.
    let mut came: Option<Timestamp> = None;
    for Entry { at, what } in &world.log {
        if matches!(what, What::Moved(mover, room, true) if mover == who && is_theirs(world, room, who)) {
            came = Some(*at);
        }
        if let What::Typed(by, _, typed) = what
            && by == who
            && let Some(to) = typed.text.strip_prefix("withdraw ")
        {
            withdrawing.extend(waiting.keys().copied().filter(|waited| waited.to_string() == to));
        }
        let What::Saw(viewer, _, Sight::Porter(message)) = what else { continue };
        if viewer != who {
            continue;
        }
        // Words that were answered by the question which one is meant may have taken back nothing, so the newest are meant.
        if matches!(message.say, Say::Ending(Ending::WithdrawalDone { known: Known::Before, by: Party::Requester })) {
            let open = withdrawing.iter().rposition(|to| waiting.get(*to).is_some_and(|open| !open.is_empty()));
            if let Some(to) = open.map(|at| withdrawing.remove(at)) {
                waiting.entry(to).or_default().pop();
            }
        }
        // A request that both agreed to does not wait any more, so taking it back ends no waiting.
        if matches!(
            message.say,
            Say::Ending(Ending::WithdrawalDone { known: Known::Invited | Known::Met, by: Party::Requester })
        ) && !withdrawing.is_empty()
        {
            withdrawing.remove(0);
        }
        if let Say::Requesting(Requesting::SaidNo { to, .. }) = &message.say {
            let open = waiting.get_mut(to).and_then(Vec::pop);
            found.unless(open.is_some(), Rule::OnceEach, || format!("{who} hears twice how it went with {to}"));
        }
        if let Say::Requesting(Requesting::Sent { to, deadline }) = &message.say {
            waiting.entry(to).or_default().push(*deadline);
        }
        if let Say::Ending(Ending::AgreedRequester { to, .. }) = &message.say {
            let open = waiting.get_mut(to).and_then(Vec::pop);
            found.unless(open.is_some(), Rule::OnceEach, || format!("{who} hears twice how it went with {to}"));
        }
        if let Say::Ending(Ending::NoIntroduction { to, .. }) = &message.say {
            match waiting.get_mut(to).and_then(Vec::pop) {
                None => found.add(Rule::OnceEach, format!("{who} hears twice how it went with {to}")),
                Some(deadline) if *at < deadline => {
                    found.add(Rule::OneAnswer, format!("{who} hears before the deadline that {to} did not say yes"));
                }
                Some(deadline) => {
                    let due = [Some(deadline), calm, came].into_iter().flatten().max().unwrap_or(deadline).after(SLACK);
                    let in_time = calm.is_none_or(|calm| calm > *at) || *at <= due;
                    found.unless(in_time, Rule::Ends, || format!("{who} hears late that {to} did not say yes"));
                }
            }
        }
    }
}

/// Requesters who waited until the end, or were told no, are told so once for each request: they have heard it, or it
/// waits for them to come in.
fn told_once_each(world: &World, hub: &Hub, found: &mut Found) {
    let Some(engine) = hub.engine() else { return };
    let mut due: BTreeMap<(MemberId, Named, Outcome), usize> = BTreeMap::new();
    for introduction in engine.state().introductions() {
        if let Stage::Ended { outcome: outcome @ (Outcome::NoIntroduction | Outcome::SaidNo), .. } = introduction.stage
        {
            *due.entry((introduction.requester, introduction.named.clone().without_name(), outcome)).or_default() += 1;
        }
    }
    for ((requester, named, outcome), due) in due {
        let Some(member) = engine.state().member(requester) else { continue };
        let tells = |say: &Say| match (say, outcome) {
            (Say::Ending(Ending::NoIntroduction { to, .. }), Outcome::NoIntroduction) => to.is(&named),
            (Say::Requesting(Requesting::SaidNo { to, .. }), Outcome::SaidNo) => to.is(&named),
            _ => false,
        };
        let who = &member.person.address;
        let said = said_to(world, who).filter(|message| tells(&message.say)).count();
        let waits = |job: &&Job| matches!(job.errand.act(), Act::Tell(to, say) if *to == requester && tells(say));
        let waiting = engine.outbox().jobs().filter(waits).count();
        found.unless(said + waiting == due, Rule::OnceEach, || {
            format!(
                "{due} requests of {who} to {named} ended in {outcome:?}, of which {said} were told and {waiting} wait"
            )
        });
    }
}

/// Whether a room is a conversation with this person.
fn is_theirs(world: &World, room: &RoomRef, who: &Address) -> bool {
    let found = world.room(room).filter(|room| matches!(room.kind, Kind::Conversation(_)));
    found.is_some_and(|room| room.members.contains_key(who))
}

/// The porter's messages in conversations with this person.
fn said_to<'a>(world: &'a World, who: &'a Address) -> impl Iterator<Item = &'a Message> {
    world.log.iter().filter_map(move |entry| {
        let What::Said(room, message) = &entry.what else { return None };
        is_theirs(world, room, who).then_some(message)
    })
}

/// An addressee who said yes hears once that their yes was heard, and at most once that both agreed.
fn one_yes(world: &World, who: &Address, found: &mut Found) {
    let count = |wordings: &[&str]| said_to(world, who).filter(|it| wordings.contains(&it.wording.as_str())).count();
    let (yes, agreed) = (count(&["yes-recorded", "search-yes-with-times"]), count(&["agreed-addressee"]));
    found.unless(agreed <= yes, Rule::OnceEach, || {
        format!("{who} said yes {yes} times and hears {agreed} times of both")
    });
}

/// Each readable "help" in a conversation has one answer: said, or waiting for its reader to come in.
fn help_once(world: &World, hub: &Hub, people: &[Somebody], somebody: &Somebody, found: &mut Found) {
    let who = somebody.address();
    let outsiders = world
        .rooms()
        .any(|room| room.members.keys().any(|m| *m != world.porter && !people.iter().any(|p| p.address() == m)));
    let changed = world.log.iter().any(|entry| matches!(entry.what, What::Roster));
    let Some(engine) = hub.engine() else { return };
    let Some(member) = engine.state().member_at(who).filter(|member| member.person.role.takes_part()) else { return };
    // Somebody who is going to be forgotten is told that instead.
    let leaves = said_to(world, who).any(|message| message.wording == "forgetting");
    if outsiders || changed || leaves {
        return;
    }
    let count = |is_it: fn(&Typed) -> bool| {
        let typed = |entry: &&Entry| {
            let What::Typed(by, room, typed) = &entry.what else { return false };
            typed.key != Key::Never && is_it(typed) && by == who && is_theirs(world, room, who)
        };
        world.log.iter().filter(typed).count()
    };
    let asked = count(|typed| typed.meaning == Meaning::Help && typed.form == Form::Original);
    // A greeting is answered by help before they were verified.
    let greeted = count(|typed| typed.text == "hello");
    // Before they were verified they were told what they could do then.
    let told =
        said_to(world, who).filter(|message| matches!(message.wording.as_str(), "help" | "visitor-help")).count();
    let id = member.id;
    let is_help = |say: &Say| matches!(say, Say::Help { .. } | Say::Joining(Joining::VisitorHelp { .. }));
    let help = |job: &&Job| matches!(job.errand.act(), Act::Tell(to, say) if *to == id && is_help(say));
    let waiting = engine.outbox().jobs().filter(help).count();
    // As long as their organisation had to be approved they were told just that, whatever they wrote.
    let unapproved = said_to(world, who).filter(|message| message.wording == "still-waits-for-organisation").count();
    // The question of a reflection is put once more to somebody who asks for help in it.
    let reflected = said_to(world, who).filter(|message| message.wording == "reflect").count();
    let answers = (told + waiting).saturating_sub(greeted)..=told + waiting + unapproved + reflected;
    found.unless(answers.contains(&asked), Rule::OnceEach, || {
        format!("{who} asked for help {asked} times and was told {told} times, {waiting} are still to come")
    });
}

fn settled(world: &World, hub: &Hub, found: &mut Found) {
    let Some(engine) = hub.engine() else { return found.add(Rule::Ends, "the program is not running".to_owned()) };
    for introduction in engine.state().introductions() {
        let over = matches!(introduction.stage, Stage::Met { .. } | Stage::Ended { .. });
        found.unless(over, Rule::Ends, || format!("the introduction to {} never ends", introduction.named));
    }
    for job in engine.outbox().jobs() {
        let reachable = |member: MemberId| {
            let address = engine.state().member(member).map(|member| &member.person.address);
            let room = engine.conversation(member).and_then(|c| c.stage.room()).and_then(|room| world.room(room));
            address.zip(room).is_some_and(|(address, room)| room.has(address))
        };
        let waits = matches!(job.errand.act(), Act::Tell(member, _) if !reachable(*member));
        found.unless(waits, Rule::Ends, || format!("still to be done: {:?}", job.errand));
    }
    for job in engine.chores().jobs() {
        found.add(Rule::Ends, format!("still to be done: {:?}", job.errand));
    }
}

fn durable(world: &World, hub: &Hub, found: &mut Found) {
    let (first, second) = (hub.reopened(world.now), hub.reopened(world.now));
    found.unless(first.state() == second.state(), Rule::Durable, || "two starts give two states".to_owned());
    if let Some(engine) = hub.engine() {
        let jobs = |engine: &lodge_channel::Channel| {
            let chores = engine.chores().jobs().cloned().collect::<Vec<_>>();
            (engine.outbox().jobs().cloned().collect::<Vec<_>>(), chores)
        };
        let same = engine.state() == first.state()
            && jobs(engine) == jobs(&first)
            && engine.hearing().token() == first.hearing().token();
        found.unless(same, Rule::Durable, || {
            let [memory, disk] = [engine.state(), first.state()].map(|state| format!("{state:#?}"));
            let differ = memory.lines().zip(disk.lines()).find(|(memory, disk)| memory != disk);
            format!("what is on the disk is not what was in memory: {differ:?}")
        });
    }
    let rows = hub.disk.load(Table::Audit).unwrap_or_default();
    let entries: Vec<AuditEntry> = rows.iter().filter_map(|row| row.read().ok()).collect();
    let singles = hub.disk.load(Table::Singles).unwrap_or_default();
    let head = tables::single::<tables::AuditHead>(&singles).ok().flatten();
    let known = head.map(|head| head.audit).unwrap_or_default();
    if let Err(broken) = audit::verify_from(Head::default(), &entries, known) {
        found.add(Rule::Audit, broken.to_string());
    }
}
