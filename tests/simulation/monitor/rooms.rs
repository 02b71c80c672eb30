//! Rooms at the end of a life, and speech in them while it lasts.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::Membership;
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Sight, What};
use crate::world::room::{Kind, Room};

/// The messages that show somebody the times at which another is free.
const TIMES: [&str; 4] = ["search-offered", "search-suggested", "search-common", "search-confirm"];

pub fn examine(world: &World, hub: &Hub, people: &[Somebody], found: &mut Found) {
    speech(world, found);
    for room in world.rooms() {
        at_the_end(world, hub, room, found);
    }
    for somebody in people {
        let with = |room: &&Room| {
            let here = room.membership(somebody.address()) != Membership::Left && room.has(&world.porter);
            here && matches!(room.kind, Kind::Conversation(_))
        };
        let count = world.rooms().filter(with).count();
        found.unless(count <= 1, Rule::OneRoom, || format!("{} has {count} conversations", somebody.address()));
    }
}

/// Speech opens when both have come in, after the note; nobody is shown the other's times before.
fn speech(world: &World, found: &mut Found) {
    let mut came: BTreeMap<&RoomRef, BTreeSet<&Address>> = BTreeMap::new();
    let mut noted: BTreeSet<&RoomRef> = BTreeSet::new();
    for Entry { what, .. } in &world.log {
        let both = |came: &BTreeMap<&RoomRef, BTreeSet<&Address>>, room| came.get(room).is_some_and(|c| c.len() == 2);
        if let What::Moved(who, room, true) = what
            && *who != world.porter
        {
            came.entry(room).or_default().insert(who);
        }
        if let What::Said(room, message) = what
            && message.wording == "opening-note"
        {
            noted.insert(room);
            let ready = both(&came, room);
            found.unless(ready, Rule::Speech, || format!("the note is said in {} before both came", room.0));
        }
        if let What::Saw(who, _, Sight::Porter(message)) = what
            && TIMES.contains(&message.wording.as_str())
        {
            let met = came.values().any(|came| came.len() == 2 && came.contains(who));
            found.unless(met, Rule::Speech, || format!("{who} is shown times before both came in"));
        }
        if let What::SpeechOpened(room) = what {
            let ready = both(&came, room) && noted.contains(room);
            found.unless(ready, Rule::Speech, || format!("speech opens in {} before both came and the note", room.0));
        }
    }
}

fn at_the_end(world: &World, hub: &Hub, room: &Room, found: &mut Found) {
    let porter = room.membership(&world.porter) != Membership::Left;
    let others = room.here_but(&world.porter);
    let id = &room.id.0;
    match room.kind {
        Kind::Conversation(_) => {
            let ours = hub.engine().is_some_and(|engine| {
                let mut members = engine.state().members();
                members.any(|m| engine.conversation(m.id).and_then(|c| c.stage.room()) == Some(&room.id))
            });
            found.unless(!porter || ours, Rule::OneRoom, || format!("the porter is still in {id}, which is nobody's"));
        }
        Kind::Introduction(_) => {
            found.unless(!porter, Rule::OneRoom, || format!("the porter is still in {id}"));
            found.unless(others.is_empty() || room.is_open(), Rule::OneRoom, || {
                format!("{others:?} are left in {id}, where nobody can speak")
            });
            found.unless(others.len() <= 2, Rule::OneRoom, || format!("{others:?} are all in {id}"));
        }
        Kind::ForMany(_) => {}
        Kind::Own(_) => {
            // Turning an invitation down is tried once; one that is still open then is left unanswered.
            let tried = |entry: &Entry| matches!(&entry.what, What::Call(_, "leave", left, _) if *left == room.id);
            let unanswered = room.membership(&world.porter) == Membership::Invited && world.log.iter().any(tried);
            found.unless(!porter || unanswered, Rule::OneRoom, || {
                format!("the porter has not left {id}, which it did not open")
            });
        }
    }
}
