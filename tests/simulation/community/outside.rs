//! Everything outside one person's conversation with the porter, and the hub's knowledge: for comparing a life before
//! and after they wrote something.

use std::collections::BTreeMap;

use lodge_core::dialogue::Asks;
use lodge_core::name::Address;
use lodge_core::rooms::CommunityRoom;
use lodge_matrix::homeserver::RoomRef;
use serde_json::Value;

use super::Life;
use crate::world::START;
use crate::world::log::{Entry, Sight, What};

/// A moment of a life, to look back to.
pub struct Moment {
    who: Address,
    /// The number of events in each room.
    events: BTreeMap<RoomRef, usize>,
    /// The length of the record.
    lines: usize,
}

/// The events of a life since a moment.
#[derive(Debug, Default, PartialEq)]
pub struct Since {
    /// Outside the person's conversation: every event, in its room.
    pub events: Vec<(RoomRef, Value)>,
    /// Outside it: the calls that the hub made.
    pub calls: Vec<(&'static str, RoomRef)>,
    /// The things that anybody else saw.
    pub seen: Vec<(Address, Sight)>,
    /// The wordings of what the porter told the person.
    pub told: Vec<String>,
}

impl Moment {
    /// This moment, for this person.
    pub fn now(life: &Life, who: &Address) -> Self {
        let world = life.porter.world();
        let events = world.rooms().map(|room| (room.id.clone(), room.events.len())).collect();
        Self { who: who.clone(), events, lines: world.log.len() }
    }

    /// The events since this moment.
    pub fn since(&self, life: &Life) -> Since {
        let world = life.porter.world();
        let own = life.conversation(&self.who);
        let mut since = Since::default();
        for room in world.rooms().filter(|room| Some(&room.id) != own) {
            let before = self.events.get(&room.id).copied().unwrap_or_default();
            since.events.extend(room.events[before..].iter().map(|event| (room.id.clone(), event.plain.clone())));
        }
        for Entry { what, .. } in &world.log[self.lines..] {
            match what {
                What::Call(_, name, room, _) if Some(room) != own => since.calls.push((*name, room.clone())),
                What::Saw(who, _, Sight::Porter(message)) if *who == self.who => {
                    since.told.push(message.wording.clone());
                }
                What::Saw(who, _, sight) if *who != self.who => since.seen.push((who.clone(), sight.clone())),
                What::Call(..)
                | What::Saw(..)
                | What::Typed(..)
                | What::Said(..)
                | What::Made(..)
                | What::Invited(..)
                | What::SpeechOpened(_)
                | What::Moved(..)
                | What::Roster
                | What::Crashed
                | What::Restored
                | What::Replayed { .. }
                | What::TookAway(..)
                | What::Calm => {}
            }
        }
        since
    }
}

/// The hub's whole knowledge, but for the times at which rooms were last written in, and the messages that people can
/// have taken away.
pub fn known(life: &Life) -> String {
    let Some(state) = life.hub.engine().map(lodge_channel::Channel::state) else { return String::new() };
    let mut members: Vec<_> = state.members().cloned().collect();
    for member in &mut members {
        member.dialogue.overheard = None;
        member.dialogue.asks_no_more(Asks::TakeAway);
    }
    let rooms: Vec<_> = state.rooms().map(|room| CommunityRoom { spoken: START, ..room.clone() }).collect();
    let introductions: Vec<_> = state.introductions().collect();
    let reported: (Vec<_>, Vec<_>) = (state.reports().collect(), state.cases().collect());
    let decided: (Vec<_>, Vec<_>) = (state.proposals().collect(), state.organisations().collect());
    let listed: (Vec<_>, Vec<_>, Vec<_>) =
        (state.listings().collect(), state.entries().collect(), state.marks().collect());
    let events: (Vec<_>, Vec<_>) = (state.events().collect(), state.sign_ups().collect());
    format!("{members:#?}\n{events:#?}\n{rooms:#?}\n{introductions:#?}\n{reported:#?}\n{decided:#?}\n{listed:#?}")
}
