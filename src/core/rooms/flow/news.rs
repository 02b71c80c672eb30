//! News that the porter posts in rooms for many.

use std::collections::BTreeSet;

use crate::effect::{Act, RoomAct};
use crate::events::Plan;
use crate::id::{EventId, RoomId};
use crate::introduction::Venue;
use crate::rooms::{Purpose, Stage};
use crate::say::{EventNews, Posted};
use crate::turn::Turn;

impl Turn<'_> {
    /// The room in which an event is announced: the first for announcements that people read who may come.
    pub(crate) fn room_for_event(&self, plan: &Plan) -> Option<(RoomId, Venue)> {
        let mut rooms = self.state.rooms().filter(|room| {
            let meets = !room.declared.joins.is_disjoint(&plan.open_to);
            room.declared.purpose == Purpose::Announcements && room.declared.cohorts.is_empty() && meets
        });
        rooms.find_map(|room| match &room.stage {
            Stage::Open(place) => Some((room.id, place.clone())),
            Stage::Creating | Stage::Archived(_) => None,
        })
    }

    /// Posts news of an event, if there is a room for it.
    pub(crate) fn post_event(&mut self, id: EventId, news: EventNews) {
        let Some(event) = self.state.event(id) else { return };
        let Some((room, place)) = self.room_for_event(&event.plan) else { return };
        let say = Posted::Event { event: event.told(), news };
        self.effect(BTreeSet::new(), Act::Room(room, RoomAct::Post(place, say.into())));
    }
}
