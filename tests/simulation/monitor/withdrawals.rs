//! Taking back (I8): once a withdrawal is acknowledged, nothing of the one who withdrew reaches the other. Nothing that
//! did can still be read then; or, where the acknowledgement does not wait for that, in the end.

use lodge_channel::homeserver::EventRef;
use lodge_core::introduction::{Introduction, Known, Outcome, Party, Stage, Withdrawal};
use lodge_core::people::member::Member;
use lodge_core::say::{Ending, Say};
use lodge_core::state::State;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::world::World;
use crate::world::log::{Entry, Meaning, Message, What};
use crate::world::room::Kind;

pub fn examine(world: &World, hub: &Hub, found: &mut Found) {
    let Some(engine) = hub.engine() else { return };
    let state = engine.state();
    no_room_is_opened_by_a_yes_that_is_gone(world, state, found);
    for introduction in state.introductions() {
        found.unless(introduction.withdrawals.is_empty(), Rule::Withdrawal, || {
            format!("a withdrawal of the introduction to {} is never acknowledged", introduction.named)
        });
        if let Some((by, other, acknowledged)) = acknowledgement(world, state, introduction) {
            nothing_is_shown(world, state, introduction, (by, other), acknowledged, found);
            nobody_is_invited(world, state, introduction, acknowledged, found);
        }
    }
}

/// The program and the homeserver may be away this long, so that the removal of a yes is heard of late.
const HEARD_WITHIN: Span = Span::from_days(3);

/// Somebody who has said yes once, and took that away, meets nobody whose request they said yes to.
fn no_room_is_opened_by_a_yes_that_is_gone(world: &World, state: &State, found: &mut Found) {
    for entry in &world.log {
        let What::TookAway(who, _, _) = &entry.what else { continue };
        let yeses = world.log.iter().filter(|entry| {
            matches!(&entry.what, What::Typed(by, _, typed) if by == who && matches!(typed.meaning, Meaning::Yes(..)))
        });
        let Some(member) = state.member_at(who).filter(|_| yeses.count() == 1) else { continue };
        let met = state
            .introductions()
            .filter(|one| one.addressee == Some(member.id))
            .filter_map(|one| if let Stage::Met { room, .. } = &one.stage { Some(room) } else { None });
        let heard_by = entry.at.after(HEARD_WITHIN);
        for room in met {
            let opened = |entry: &&Entry| matches!(&entry.what, What::SpeechOpened(opened) if opened.is(room));
            let late = world.log.iter().filter(opened).any(|entry| entry.at > heard_by);
            found.unless(!late, Rule::Withdrawal, || format!("{who} took their yes away, and {} was opened", room.0));
        }
    }
}

/// The person who withdrew this by word, the other one, and the place in the record at which it was acknowledged.
/// `None` where somebody's acknowledgements cannot be told from each other.
fn acknowledgement<'a>(
    world: &World,
    state: &'a State,
    introduction: &Introduction,
) -> Option<(&'a Member, &'a Member, usize)> {
    let (party, at) = withdrawn_by(introduction)?;
    let by = state.member(introduction.member(party)?)?;
    let other = state.member(introduction.member(party.other())?)?;
    let theirs = state.introductions_of(by.id);
    let count =
        theirs.iter().filter(|one| withdrawn_by(one).is_some_and(|(p, _)| one.member(p) == Some(by.id))).count();
    let said = world.log.iter().enumerate().filter_map(|(at, entry)| {
        let What::Said(room, message) = &entry.what else { return None };
        (is_with(world, room, by) && acknowledges(message)).then_some(at)
    });
    let said: Vec<usize> = said.collect();
    // After the last of them, all are acknowledged. One that is older than this belongs to an introduction that is no
    // longer kept.
    let last = *said.last().filter(|last| said.len() == count && world.log[**last].at >= at)?;
    Some((by, other, last))
}

fn withdrawn_by(introduction: &Introduction) -> Option<(Party, Timestamp)> {
    let Stage::Ended { outcome: Outcome::Withdrawn(party), at } = introduction.stage else { return None };
    Some((party, at))
}

/// A yes that is taken back before anybody heard of it leaves the request as it was, and is no end.
fn acknowledges(message: &Message) -> bool {
    let Say::Ending(Ending::WithdrawalDone { known, by }) = &message.say else { return false };
    match known {
        Known::Before => *by == Party::Requester,
        Known::Invited | Known::Met => true,
    }
}

fn is_with(world: &World, room: &RoomRef, member: &Member) -> bool {
    let found = world.room(room).filter(|room| matches!(room.kind, Kind::Conversation(_)));
    found.is_some_and(|room| room.members.contains_key(&member.person.address))
}

fn nothing_is_shown(
    world: &World,
    state: &State,
    introduction: &Introduction,
    (by, other): (&Member, &Member),
    acknowledged: usize,
    found: &mut Found,
) {
    let by_then = taken_back_by(world, acknowledged);
    // Words with a token stand nowhere else, as long as their author has not sent them once more.
    let words = Some(introduction.request.message.as_str());
    let words = words.filter(|words| introduction.requester == by.id && words.contains("tok"));
    let sent =
        |words: &str| state.introductions_of(by.id).iter().filter(|one| one.request.message.as_str() == words).count();
    let words = words.filter(|words| sent(words) == 1);
    for (at, entry) in world.log.iter().enumerate() {
        let What::Said(room, message) = &entry.what else { continue };
        if !is_with(world, room, other) {
            continue;
        }
        let mut disclosures = message.say.disclosures().into_iter();
        let shows = disclosures.any(|shown| shown.of() == by.id && shown.introduction() == introduction.id)
            || words.is_some_and(|words| message.text.contains(words));
        if shows && at > acknowledged {
            found.add(
                Rule::Withdrawal,
                format!("[{}] shows {} after a withdrawal was acknowledged", message.wording, by.person.address),
            );
        } else if shows && is_readable(world, room, &message.event, by_then) {
            found.add(
                Rule::Withdrawal,
                format!("[{}] still shows {} when it was to be taken back", message.wording, by.person.address),
            );
        }
    }
}

/// The event up to which messages with details are to be taken back when this acknowledgement was said.
fn taken_back_by(world: &World, acknowledged: usize) -> u64 {
    let What::Said(_, Message { event, say: Say::Ending(Ending::WithdrawalDone { known, by }), .. }) =
        &world.log[acknowledged].what
    else {
        return u64::MAX;
    };
    if Withdrawal::waits_for_taking_back(*by, *known) { position(event) } else { u64::MAX }
}

/// Whether a message could still be read by then, although the porter could have taken it back.
pub(super) fn is_readable(world: &World, id: &RoomRef, message: &EventRef, by_then: u64) -> bool {
    let Some(room) = world.room(id) else { return false };
    let taken_back = room.events.iter().any(|event| {
        event.plain["type"] == "m.room.redaction"
            && event.plain["content"]["redacts"] == message.0.as_str()
            && event.pos < by_then
    });
    let refused = world.log.iter().any(
        |entry| matches!(&entry.what, What::Call(_, "redact", found, how) if found == id && how.starts_with("refused")),
    );
    !taken_back && !refused && room.has(&world.porter)
}

/// The place of an event in the order of everything on the homeserver.
fn position(event: &EventRef) -> u64 {
    event.0.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// An addressee who was asked once only is invited to no room for that introduction.
fn nobody_is_invited(
    world: &World,
    state: &State,
    introduction: &Introduction,
    acknowledged: usize,
    found: &mut Found,
) {
    let Some(addressee) = introduction.addressee.and_then(|id| state.member(id)) else { return };
    let received = state.introductions_of(addressee.id).into_iter().filter(|one| one.requester != addressee.id).count();
    let requested = state.introductions_of(addressee.id).len() - received;
    if received != 1 || requested != 0 {
        return;
    }
    let who = &addressee.person.address;
    let later = world.log[acknowledged..].iter().any(|entry| {
        let What::Invited(invited, room) = &entry.what else { return false };
        invited == who && world.room(room).is_some_and(|room| matches!(room.kind, Kind::Introduction(_)))
    });
    found.unless(!later, Rule::Withdrawal, || format!("{who} is invited after a withdrawal was acknowledged"));
}
