//! The consequences of a step that a channel attends to.

use std::collections::BTreeSet;

use lodge_core::effect::Lane;
use lodge_core::id::{IntroductionId, MemberId, RoomId};
use lodge_core::step::Step;
use lodge_ground::proof::DeviceWord;

/// The consequences of a step for its channel. All others are with the engine already: its rows are changed, its acts stand
/// in the outbox, and its entries in the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a channel attends to them before the next batch is taken"]
pub struct Consequences {
    /// The members to whom something is to be said, so that there must be a conversation with each.
    pub told: BTreeSet<MemberId>,
    /// The introductions that changed, those that are gone among them.
    pub introductions: BTreeSet<IntroductionId>,
    /// The rooms for many that changed.
    pub rooms: BTreeSet<RoomId>,
    /// Words about members' devices, in their order.
    pub devices: Vec<(MemberId, DeviceWord)>,
}

impl Consequences {
    /// Adds those of a later step.
    pub(crate) fn extend(&mut self, later: Self) {
        self.told.extend(later.told);
        self.introductions.extend(later.introductions);
        self.rooms.extend(later.rooms);
        self.devices.extend(later.devices);
    }

    pub(crate) fn of(step: &Step) -> Self {
        let told = step.effects.iter().filter_map(|effect| match effect.act.lane() {
            Lane::Conversation(member) | Lane::Files(member) => Some(member),
            Lane::Introduction(_)
            | Lane::TakingBack(_)
            | Lane::Forgetting(_)
            | Lane::Room(_)
            | Lane::Place(..)
            | Lane::Strangers(_)
            | Lane::Posts(_) => None,
        });
        Self {
            told: told.collect(),
            introductions: step.changes.introductions.clone(),
            rooms: step.changes.rooms.clone(),
            devices: step.devices.clone(),
        }
    }
}
