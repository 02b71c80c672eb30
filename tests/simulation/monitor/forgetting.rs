//! Being forgotten (A22): nothing more is said to somebody who was forgotten or of them, and nothing that is kept holds
//! anything of theirs.

use lodge_channel::store::{Store, Table};
use lodge_core::people::named::Named;
use lodge_core::say::{Requesting, Rights, Say};

use super::{Found, Rule};
use crate::hub::Hub;
use crate::life::details;
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Sight, What};
use crate::world::room::Kind;

pub fn examine(world: &World, hub: &Hub, people: &[Somebody], found: &mut Found) {
    for somebody in people {
        if let Some(forgotten) = forgotten_at(world, somebody) {
            nothing_is_said(world, somebody, forgotten, found);
            nothing_is_kept(world, hub, somebody, found);
        }
    }
}

/// The place in the record at which the porter leaves somebody for good, having said that it will forget them.
fn forgotten_at(world: &World, somebody: &Somebody) -> Option<usize> {
    let theirs = |room| {
        let found = world.room(room).filter(|room| matches!(room.kind, Kind::Conversation(_)));
        found.is_some_and(|room| room.members.contains_key(somebody.address()))
    };
    let promised = world.log.iter().position(|entry| {
        let What::Said(room, message) = &entry.what else { return false };
        matches!(message.say, Say::Rights(Rights::Forgetting { .. })) && theirs(room)
    })?;
    let left = world.log[promised..].iter().position(|entry| {
        let What::Moved(who, room, false) = &entry.what else { return false };
        *who == world.porter && theirs(room)
    })?;
    // A store that went back meanwhile has lost the promise with the rest, and they are told to ask again.
    let went_back = world.log[promised..promised + left].iter().any(|entry| matches!(entry.what, What::Restored));
    (!went_back).then_some(promised + left)
}

fn nothing_is_said(world: &World, somebody: &Somebody, forgotten: usize, found: &mut Found) {
    let who = somebody.address();
    let canaries = canaries(world, somebody);
    for entry in &world.log[forgotten..] {
        if let What::Saw(viewer, room, Sight::Porter(_)) = &entry.what {
            found.unless(viewer != who, Rule::Forgotten, || {
                format!("{who} was forgotten and is told something in {}", room.0)
            });
        }
        if let What::Saw(viewer, room, Sight::Invitation(by)) = &entry.what {
            found.unless(viewer != who || *by != world.porter, Rule::Forgotten, || {
                format!("{who} was forgotten and is invited to {}", room.0)
            });
        }
        if let What::Said(room, message) = &entry.what {
            // Words that the reader typed themselves may be said back to them.
            let typed = |canary: &String| {
                world.log.iter().any(|entry| {
                    let What::Typed(by, at, typed) = &entry.what else { return false };
                    by != who && at == room && typed.text.contains(canary)
                })
            };
            let shows = canaries.iter().any(|canary| message.text.contains(canary) && !typed(canary));
            found.unless(!shows, Rule::Forgotten, || {
                format!("[{}] shows in {} what was {who}'s, who was forgotten", message.wording, room.0)
            });
        }
    }
}

fn nothing_is_kept(world: &World, hub: &Hub, somebody: &Somebody, found: &mut Found) {
    let who = somebody.address();
    let mut kept = canaries(world, somebody);
    let typed_by_others = world.log.iter().any(|entry| {
        let What::Typed(by, _, typed) = &entry.what else { return false };
        by != who && typed.text.contains(who.as_str())
    });
    if !typed_by_others {
        kept.push(who.to_string());
    }
    for table in Table::ALL {
        let rows = hub.disk.load(table).unwrap_or_default();
        let holds = |canary: &&String| rows.iter().any(|row| contains(&row.value, canary.as_bytes()));
        if let Some(canary) = kept.iter().find(holds) {
            found.add(Rule::Forgotten, format!("{who} was forgotten, and {table:?} holds {canary:?}"));
        }
    }
}

/// The texts that are somebody's own and stand nowhere else: their name, their details, and the words of their
/// requests. A requester who asked for them by the name in the mentors' list keeps that name as their own word. An
/// organisation that staff have named as the host of an event stays its host: it is no person.
fn canaries(world: &World, somebody: &Somebody) -> Vec<String> {
    let person = &somebody.person;
    let is_host = |detail: &String| {
        world.log.iter().any(|entry| {
            let What::Typed(by, _, typed) = &entry.what else { return false };
            by != somebody.address() && typed.text == *detail
        })
    };
    let mut canaries: Vec<String> = details(person).into_values().filter(|detail| !is_host(detail)).collect();
    let name = person.name.to_string();
    let asked_for = |entry: &Entry| {
        let What::Saw(_, _, Sight::Porter(message)) = &entry.what else { return false };
        let Say::Requesting(Requesting::Sent { to: Named::Entry { shown_as, .. }, .. }) = &message.say else {
            return false;
        };
        *shown_as == Some(name.clone())
    };
    if !world.log.iter().any(asked_for) {
        canaries.push(name);
    }
    canaries.extend(somebody.wrote.iter().cloned());
    canaries
}

fn contains(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}
