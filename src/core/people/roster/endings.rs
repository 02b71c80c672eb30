//! A brake on lists that end much: half a file, an empty one, or one whose dates are all over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Entry, Reach, Roster, known};
use crate::id::MemberId;
use crate::state::State;
use crate::time::Timestamp;

/// The people who lose something by a list: their membership, or their part in the service's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endings {
    /// The number of these people.
    pub people: usize,
    /// The number of people whom the list is about, on it or, where it is whole, missing from it.
    pub of: usize,
    /// Whether they are everybody of these who works for the service.
    pub all_staff: bool,
}

impl Endings {
    /// Whether so much ends that somebody has to say that it is meant: everything, all staff, or more than a fifth.
    pub fn are_many(&self) -> bool {
        self.people > 0 && (self.all_staff || self.people * 5 > self.of)
    }
}

/// The people who lose something when this list is taken in now.
pub fn endings(state: &State, roster: &Roster, now: Timestamp) -> Endings {
    let listed: BTreeMap<MemberId, &Entry> =
        roster.entries.iter().filter_map(|entry| Some((known(state, entry)?.member, entry))).collect();
    let (mut people, mut of, mut staff, mut staff_kept) = (0, 0, 0, 0);
    for listing in state.listings().filter(|listing| listing.entry.lasts(now)) {
        let entry = listed.get(&listing.member);
        if entry.is_none() && (roster.reach == Reach::These || listing.by != roster.by) {
            continue;
        }
        let lasts = entry.is_some_and(|entry| entry.lasts(now));
        let (was_staff, is_staff) = (listing.entry.role.is_staff(), entry.is_some_and(|entry| entry.role.is_staff()));
        of += 1;
        people += usize::from(!lasts || (was_staff && !is_staff));
        staff += usize::from(was_staff);
        staff_kept += usize::from(was_staff && is_staff && lasts);
    }
    Endings { people, of, all_staff: staff > 0 && staff_kept == 0 }
}
