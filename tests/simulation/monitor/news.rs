//! News of an event: those on its list hear of a change, and of its being called off, once each; nobody else does. A place that is free
//! is offered to those for whom it is kept. Each message fits what its reader was told before.

use std::collections::BTreeMap;

use lodge_core::effect::Act;
use lodge_core::events::{Event, Plan, SignUp, Stage, Standing};
use lodge_core::id::MemberId;
use lodge_core::name::Address;
use lodge_core::say::{Events, Say};

use super::{Found, Rule};
use crate::hub::Hub;
use crate::hub::lists::Commit;
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Sight, What};
use crate::world::room::Kind;

pub fn examine(world: &World, hub: &Hub, people: &[Somebody], found: &mut Found) {
    for somebody in people {
        fits_what_was_told(world, somebody.address(), found);
    }
    let went_back = world.log.iter().any(|entry| matches!(entry.what, What::Restored));
    let Some(engine) = hub.engine().filter(|_| !went_back) else { return };
    for somebody in people {
        if let Some(member) = engine.state().member_at(somebody.address()) {
            told_once(world, hub, somebody.address(), member.id, found);
        }
    }
}

/// Somebody's standing on a list, as they were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Waits,
    IsOffered,
    Comes,
}

fn fits_what_was_told(world: &World, who: &Address, found: &mut Found) {
    let mut told: BTreeMap<u32, Told> = BTreeMap::new();
    // An older copy of the store does not know what was told since.
    let known = world.log.iter().take_while(|entry| !matches!(entry.what, What::Restored));
    for entry in known {
        let What::Saw(viewer, _, Sight::Porter(message)) = &entry.what else { continue };
        let Say::Events(news) = &message.say else { continue };
        let Some(number) = number(news).filter(|_| viewer == who) else { continue };
        let before = told.get(&number).copied().unwrap_or(Told::Nothing);
        found.unless(fits(before, news), Rule::Places, || {
            format!("{who} is told [{}] of event {number}, and was told {before:?} before", message.wording)
        });
        told.insert(number, after(before, news));
    }
}

/// Whether news of an event can follow on this.
fn fits(before: Told, news: &Events) -> bool {
    match news {
        Events::PlaceOffered { .. } | Events::NoPlaceCame { .. } => before == Told::Waits,
        Events::PlacePassed { .. } => before == Told::IsOffered,
        Events::Changed { coming, .. } => before != Told::Nothing && *coming == (before == Told::Comes),
        Events::Reminder { .. } | Events::Thanks { .. } => before == Told::Comes,
        Events::List { .. }
        | Events::Shown { .. }
        | Events::NoSuch { .. }
        | Events::Which { .. }
        | Events::Coming { .. }
        | Events::Waits { .. }
        | Events::NotComing { .. }
        | Events::SignUpOver { .. }
        | Events::TooMany { .. }
        | Events::CalledOff { .. }
        | Events::Here { .. }
        | Events::NotHere
        | Events::HostCount { .. }
        | Events::Calendar(_)
        | Events::NoCalendar
        | Events::Contacts(_) => true,
    }
}

/// Their standing once they were told this, too.
fn after(before: Told, news: &Events) -> Told {
    match news {
        Events::Coming { .. } | Events::Here { .. } => Told::Comes,
        Events::Waits { .. } => Told::Waits,
        Events::PlaceOffered { .. } => Told::IsOffered,
        Events::PlacePassed { .. }
        | Events::NoPlaceCame { .. }
        | Events::NotComing { .. }
        | Events::CalledOff { .. } => Told::Nothing,
        Events::SignUpOver { .. } if before != Told::Comes => Told::Nothing,
        Events::SignUpOver { .. }
        | Events::Changed { .. }
        | Events::Reminder { .. }
        | Events::Thanks { .. }
        | Events::List { .. }
        | Events::Shown { .. }
        | Events::NoSuch { .. }
        | Events::Which { .. }
        | Events::TooMany { .. }
        | Events::NotHere
        | Events::HostCount { .. }
        | Events::Calendar(_)
        | Events::NoCalendar
        | Events::Contacts(_) => before,
    }
}

fn number(news: &Events) -> Option<u32> {
    match news {
        Events::PlaceOffered { event, .. }
        | Events::PlacePassed { event }
        | Events::NoPlaceCame { event }
        | Events::NotComing { event, .. }
        | Events::SignUpOver { event }
        | Events::Coming { event, .. }
        | Events::Waits { event, .. }
        | Events::Changed { event, .. }
        | Events::CalledOff { event }
        | Events::Reminder { event }
        | Events::Here { event }
        | Events::Thanks { event } => Some(event.number),
        Events::List { .. }
        | Events::Shown { .. }
        | Events::NoSuch { .. }
        | Events::Which { .. }
        | Events::TooMany { .. }
        | Events::NotHere
        | Events::HostCount { .. }
        | Events::Calendar(_)
        | Events::NoCalendar
        | Events::Contacts(_) => None,
    }
}

/// A piece of news that is due to those on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum News {
    Changed(Plan),
    CalledOff,
    Offered,
}

/// The number of times that somebody is to hear something: at least so often, and at most so often.
type Due = (u32, News, [usize; 2]);

fn told_once(world: &World, hub: &Hub, who: &Address, member: MemberId, found: &mut Found) {
    let Some(engine) = hub.engine() else { return };
    let mut due: Vec<Due> = Vec::new();
    for pair in hub.lists.commits().windows(2) {
        if let [before, after] = pair {
            for event in after.events.values() {
                becomes_due(before, after, event, member, &mut due);
            }
        }
    }
    // It is said to those who come too late for it, as often as they ask.
    let asked = world
        .log
        .iter()
        .filter(|entry| matches!(&entry.what, What::Typed(by, _, typed) if by == who && asks(&typed.text)));
    let asked = asked.count();
    let mut said: Vec<(u32, News)> = said_to(world, who).filter_map(piece).collect();
    let waiting = engine.outbox().jobs().filter_map(|job| {
        let Act::Tell(to, say) = job.errand.act() else { return None };
        if *to == member { piece(say) } else { None }
    });
    said.extend(waiting);
    for heard in &said {
        if !due.iter().any(|(number, news, _)| (number, news) == (&heard.0, &heard.1)) {
            due.push((heard.0, heard.1.clone(), [0, 0]));
        }
    }
    for (number, news, [least, most]) in due {
        let times = said.iter().filter(|(of, what)| (*of, what) == (number, &news)).count();
        let most = if news == News::CalledOff { most + asked } else { most };
        found.unless((least..=most).contains(&times), Rule::Places, || {
            format!(
                "{who} is to hear {least} to {most} times of event {number} that {news:?}, and hears it {times} times"
            )
        });
    }
}

/// The news to a member that follow from one commit.
fn becomes_due(before: &Commit, after: &Commit, event: &Event, member: MemberId, due: &mut Vec<Due>) {
    let own = |commit: &Commit| commit.list(event.id).find(|one| one.member == member).copied();
    let (was, is) = (own(before), own(after));
    let Some(earlier) = before.events.get(&event.id) else { return };
    let mut add = |news: News, sure: bool| match due
        .iter_mut()
        .find(|(number, what, _)| (*number, what) == (event.number, &news))
    {
        Some((.., [least, most])) => (*least, *most) = (*least + usize::from(sure), *most + 1),
        None => due.push((event.number, news, [usize::from(sure), 1])),
    };
    let listed = was.is_some() || is.is_some();
    // Somebody who comes or goes in the same moment may do so before or after it.
    let sure = was.is_some() && was.map(|one| one.id) == is.map(|one| one.id);
    if earlier.plan != event.plan && event.stage == Stage::Ahead && listed {
        add(News::Changed(event.plan.clone()), sure);
    }
    if earlier.stage != event.stage && event.stage == Stage::CalledOff && listed {
        add(News::CalledOff, sure);
    }
    let is_offered = |one: &SignUp| matches!(one.standing, Standing::Offered(_));
    // Somebody who was offered a place may have taken it, or gone, in the same moment; but only where one became free.
    let becomes_free = earlier.plan != event.plan
        || before.list(event.id).any(|one| {
            let stays = after.sign_ups.get(&one.id).is_some_and(|one| one.standing != Standing::Waiting);
            one.standing != Standing::Waiting && !stays
        });
    let stands_offered = is.as_ref().is_some_and(is_offered);
    if was != is && !was.as_ref().is_some_and(is_offered) && (stands_offered || becomes_free) {
        add(News::Offered, stands_offered);
    }
}

fn piece(say: &Say) -> Option<(u32, News)> {
    if let Say::Events(Events::Changed { event, .. }) = say {
        return Some((event.number, News::Changed(event.plan.clone())));
    }
    if let Say::Events(Events::CalledOff { event }) = say {
        return Some((event.number, News::CalledOff));
    }
    let Say::Events(Events::PlaceOffered { event, .. }) = say else { return None };
    Some((event.number, News::Offered))
}

/// Whether somebody may ask by these words to come to an event.
fn asks(text: &str) -> bool {
    let text = text.to_lowercase();
    ["come", "coming", "yes", "sure"].iter().any(|word| text.contains(word)) || text == "y" || text.starts_with("no")
}

/// The porter's words in conversations with this person.
fn said_to<'a>(world: &'a World, who: &'a Address) -> impl Iterator<Item = &'a Say> {
    world.log.iter().filter_map(move |entry| {
        let What::Said(room, message) = &entry.what else { return None };
        let room = world.room(room).filter(|room| matches!(room.kind, Kind::Conversation(_)))?;
        room.members.contains_key(who).then_some(&message.say)
    })
}
