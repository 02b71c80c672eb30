//! The rules for rooms that hold when all is at rest.

use lodge_matrix::homeserver::RoomRef;
use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::community::{Doing, RoomState, Wanted, difference};
use lodge_channel::homeserver::Membership;
use lodge_core::rooms::{CommunityRoom, Place, opens_to};
use lodge_core::say::Say;
use serde_json::Value;

use super::{Life, service};
use crate::world::World;
use crate::world::account::PlainVoice;
use crate::world::log::What;
use crate::world::room::{Kind, Room};

/// Everything that is not as the rules say.
pub fn examine(life: &Life) -> Vec<String> {
    let mut found = Vec::new();
    let world = life.porter.world();
    let Some(engine) = life.hub.engine() else { return vec!["the hub does not run".to_owned()] };
    let mut settings = service::options().settings;
    settings.rooms = life.hub.rooms().clone();
    let voice = PlainVoice(None, BTreeMap::new());
    let state = engine.state();
    let mut ours = BTreeSet::new();
    for room in state.rooms() {
        let key = &room.declared.key;
        let Some(there) = room.place().and_then(|place| world.room(&RoomRef::from(place))) else {
            found.push(format!("{key} was never made"));
            continue;
        };
        ours.insert(there.id.clone());
        let goal = Wanted::of(state, &settings, room).in_words(&voice);
        let differences = difference(&goal, &there.state);
        let left = differences.into_iter().filter(|change| !matches!(change.doing, Doing::Nothing(_)));
        found.extend(left.map(|change| format!("{key}: {change:?}")));
        members(engine.state(), room, there, &mut found);
        let declared = settings.rooms.declared(key).is_some();
        let suggested = room.origin == lodge_core::rooms::Origin::Suggested;
        if !declared && !suggested && !room.is_archived() {
            found.push(format!("{key} is not declared and is not archived"));
        }
    }
    for declared in &settings.rooms.declared {
        if !state.rooms().any(|room| room.declared == *declared && !room.is_archived()) {
            found.push(format!("{} is declared and not there", declared.key));
        }
    }
    let others = world.rooms().filter(|room| matches!(room.kind, Kind::ForMany(_)) && !ours.contains(&room.id));
    let somebody = |room: &&Room| room.joined().iter().any(|who| state.member_at(who).is_some());
    found.extend(others.filter(somebody).map(|room| format!("{:?} is nobody's, with {:?}", room.id, room.joined())));
    found.extend(said_and_taken_away(&world));
    if !engine.outbox().is_empty() {
        found.push(format!("left to do: {:?}", engine.outbox().jobs().collect::<Vec<_>>()));
    }
    if !engine.chores().is_empty() {
        found.push(format!("left to do: {:?}", engine.chores().jobs().collect::<Vec<_>>()));
    }
    if life.hub.reopened(world.now).state() != state {
        found.push("the disk holds something else".to_owned());
    }
    found
}

/// In a room for many the porter sends only messages that are posted there, and takes away only messages whose writer
/// asked it to.
fn said_and_taken_away(world: &World) -> Vec<String> {
    let asked = world.log.iter().filter_map(|entry| {
        let What::Typed(who, _, typed) = &entry.what else { return None };
        (typed.text == "take it away").then_some(who.as_str())
    });
    let asked: BTreeSet<&str> = asked.collect();
    let mut found = Vec::new();
    for room in world.rooms().filter(|room| matches!(room.kind, Kind::ForMany(_))) {
        let of = |kind: &'static str| room.events.iter().map(|event| &event.plain).filter(move |it| it["type"] == kind);
        let porters = of("m.room.message").filter(|event| event["sender"] == world.porter.as_str());
        let posted = |event: &&Value| {
            let body = event["content"]["body"].as_str().unwrap_or_default();
            matches!(serde_json::from_str(body), Ok(Say::Posted(_)))
        };
        found.extend(
            porters.filter(|event| !posted(event)).map(|event| format!("the porter said in {:?}: {event}", room.id)),
        );
        for taken in of("m.room.redaction").map(|event| &event["content"]["redacts"]) {
            let writer = room.events.iter().find(|event| *taken == event.id.0).map(|event| &event.plain["sender"]);
            if !writer.and_then(Value::as_str).is_some_and(|writer| asked.contains(writer)) {
                found.push(format!("{taken} of {writer:?} was taken away in {:?}", room.id));
            }
        }
    }
    found
}

/// Nobody is in a room that is not open to them, and everybody stands in it as the hub knows.
fn members(state: &lodge_core::state::State, room: &CommunityRoom, there: &Room, found: &mut Vec<String>) {
    let key = &room.declared.key;
    let welcome = [service::standby(), there.creator.clone()];
    for who in there.here_but(&there.creator) {
        let member = state.member_at(&who).filter(|member| opens_to(state, room, member));
        if member.is_none() && !welcome.contains(&who) {
            found.push(format!("{who} is in {key}, which is not open to them"));
        }
    }
    for member in state.members() {
        let stands = there.membership(&member.person.address);
        let expected = match member.rooms.at.get(&room.id) {
            Some(Place::In) => Membership::Joined,
            Some(Place::Invited) => Membership::Invited,
            None => Membership::Left,
            Some(place @ (Place::Asked | Place::Leaving | Place::Returning)) => {
                found.push(format!("{} is still {place:?} in {key}", member.person.address));
                continue;
            }
        };
        if stands != expected {
            found.push(format!("{} is {stands:?} in {key}, and should be {expected:?}", member.person.address));
        }
    }
}

/// The state and the members of all rooms, as far as they do not depend on how they came to be so.
pub fn picture(life: &Life) -> BTreeMap<String, (RoomState, Vec<String>)> {
    let world = life.porter.world();
    let Some(engine) = life.hub.engine() else { return BTreeMap::new() };
    let mut picture = BTreeMap::new();
    for room in engine.state().rooms() {
        let Some(there) = room.place().and_then(|place| world.room(&RoomRef::from(place))) else { continue };
        let steady = |(kind, _): &(String, String)| {
            !["m.room.create", "m.room.member", "m.space.child", "m.space.parent"].contains(&kind.as_str())
        };
        let state = there.state.iter().filter(|(place, _)| steady(place));
        let state = state.map(|(place, content)| (place.clone(), content.clone())).collect();
        let members = there.members.iter().filter(|(_, stands)| **stands != Membership::Left);
        let members = members.map(|(who, stands)| format!("{who} {stands:?}")).collect();
        picture.insert(room.declared.key.to_string(), (state, members));
    }
    picture
}
