//! Guests (B11): staff alone read who comes to an event and how many do. Its host reads a number that is rounded to tens, once
//! sign-up is over, and the same one however often they look.

use std::collections::BTreeMap;

use lodge_core::events::Rounded;
use lodge_core::name::Address;
use lodge_core::people::member::{Field, Role};
use lodge_core::say::{EventDesk, EventTold, Events, HostSees, Say};
use lodge_core::time::Timestamp;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Message, Sight, What};

/// The numbers that each reader was told of each event, as long as its sign-up ends at one time.
type Told<'a> = BTreeMap<(&'a Address, u32, Timestamp), Rounded>;

pub fn examine(world: &World, hub: &Hub, people: &[Somebody], found: &mut Found) {
    let mut told = Told::new();
    for Entry { at, what } in &world.log {
        let What::Saw(who, _, Sight::Porter(message)) = what else { continue };
        let reader = people.iter().find(|somebody| somebody.address() == who);
        at_the_desk(hub, who, reader, message, found);
        let Some((event, count)) = counted(&message.say) else { continue };
        let number = event.number;
        found.unless(reader.is_some_and(|reader| is_host(reader, event)), Rule::Guests, || {
            format!(
                "[{}] tells {who} about those who come to event {number}, and they are not its host",
                message.wording
            )
        });
        let Some(count) = count else { continue };
        found.unless(hub.clock.says(*at) >= event.plan.sign_up_by, Rule::Guests, || {
            format!("{who} is told how many come to event {number} while people can sign up")
        });
        found
            .unless(is_rounded(count), Rule::Guests, || format!("{who} is told that {count:?} come to event {number}"));
        let first = told.entry((who, number, event.plan.sign_up_by)).or_insert(count);
        found.unless(*first == count, Rule::Guests, || {
            format!("{who} is told that {first:?} come to event {number}, and later {count:?}")
        });
    }
}

/// The event of which this tells its host, and the number.
fn counted(say: &Say) -> Option<(&EventTold, Option<Rounded>)> {
    if let Say::Events(Events::HostCount { event, count }) = say {
        return Some((event, Some(*count)));
    }
    let Say::Events(Events::Shown { event, host: Some(host), .. }) = say else { return None };
    match host {
        HostSees::Count(count) => Some((event, Some(*count))),
        HostSees::Later(_) => Some((event, None)),
    }
}

/// Words for staff about an event reach staff alone, and name those who are on its list.
fn at_the_desk(hub: &Hub, who: &Address, reader: Option<&Somebody>, message: &Message, found: &mut Found) {
    let Say::EventDesk(desk) = &message.say else { return };
    let is_staff = reader.is_some_and(|reader| reader.person.role.is_staff());
    found.unless(is_staff, Rule::Guests, || format!("[{}] is for staff, and {who} reads it", message.wording));
    let EventDesk::Guests { event, guests, .. } = desk else { return };
    let Some(engine) = hub.engine() else { return };
    for guest in guests {
        // Nobody knows any more whose place it was, once they are forgotten.
        let Some(member) = engine.state().member_at(&guest.address).map(|member| member.id) else { continue };
        let was_listed = hub.lists.commits().iter().any(|commit| {
            let events = commit.events.values().filter(|one| one.number == event.number);
            events.flat_map(|one| commit.list(one.id)).any(|one| one.member == member)
        });
        found.unless(was_listed, Rule::Guests, || {
            format!("{} is said to come to event {}", guest.address, event.number)
        });
    }
}

pub(super) fn is_host(reader: &Somebody, event: &EventTold) -> bool {
    let speaks_for = |(field, value): &(Field, String)| {
        *field == Field::Organisation && event.plan.organisation.as_ref() == Some(value)
    };
    reader.person.role == Role::Employer && reader.values.iter().any(speaks_for)
}

/// Whether one person more or less mostly makes no difference to it.
fn is_rounded(count: Rounded) -> bool {
    match count {
        Rounded::Few => true,
        Rounded::About(number) => number >= 10 && number.is_multiple_of(10),
    }
}
