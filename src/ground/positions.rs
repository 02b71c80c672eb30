//! The positions of a service's own messages in a conversation, so that words answer only messages that stood before
//! them; and the message that words are about, where they name one.
//!
//! A message stands where a sync response shows it, and not from the moment at which it was sent or its sending was
//! acknowledged: anything that its reader wrote meanwhile stands before it, in that room's own order. No clock takes
//! part.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::EffectId;

/// The message that somebody replied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// They replied to no message: the words stand by themselves.
    None,
    /// One that asked something.
    To(EffectId),
    /// Some other one. Its words are not meant for a question that happens to be open.
    Elsewhere,
}

/// The service's messages that stood in a conversation before some words of its member's, as far as they await an
/// answer. Words mean nothing that comes after them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    stood: BTreeSet<EffectId>,
    last: Option<EffectId>,
}

impl Before {
    /// These messages stood before the words. `last` is the last message of the service's that did, if it is one of them.
    pub fn new(stood: BTreeSet<EffectId>, last: Option<EffectId>) -> Self {
        Self { last: last.filter(|last| stood.contains(last)), stood }
    }

    /// The messages that stood before words at this position, of those at these places. A message at place 0 stood
    /// there before anybody counted, and nobody can tell whether it was the last.
    pub fn at(position: u64, places: impl IntoIterator<Item = (EffectId, u64)>) -> Self {
        let stood: BTreeMap<EffectId, u64> = places.into_iter().filter(|(_, place)| *place <= position).collect();
        let last = stood.iter().find(|(_, place)| **place == position && position > 0).map(|(message, _)| *message);
        Self::new(stood.into_keys().collect(), last)
    }

    /// Whether this message stood before the words.
    pub fn stood(&self, message: EffectId) -> bool {
        self.stood.contains(&message)
    }

    /// The last message of the service's that stood before the words; `None` where it awaits no answer.
    pub fn last(&self) -> Option<EffectId> {
        self.last
    }
}

/// The number of a service's messages in a conversation, and the places of those that await an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    /// The number of messages. Older rows have not counted.
    #[serde(default)]
    pub said: Option<u64>,
    /// The places of those that await an answer, counted among all.
    #[serde(default)]
    pub places: BTreeMap<EffectId, u64>,
}

impl Places {
    /// The position of words that show there now: the number of messages before them.
    pub fn position(&self) -> u64 {
        self.said.unwrap_or_default()
    }

    /// One more message shows. Words that show after it were written after it.
    pub fn stands(&mut self, message: EffectId, awaited: &BTreeSet<EffectId>) {
        let place = self.position() + 1;
        self.said = Some(place);
        self.places.retain(|message, _| awaited.contains(message));
        if awaited.contains(&message) {
            // One that shows a second time is no later for that.
            self.places.entry(message).or_insert(place);
        }
    }

    /// The messages that stood before words at this position, of those that await an answer.
    pub fn before(&self, position: u64, awaited: &BTreeSet<EffectId>) -> Before {
        let places = self.places.iter().map(|(message, place)| (*message, *place));
        Before::at(position, places.filter(|(message, _)| awaited.contains(message)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u8) -> EffectId {
        EffectId::from_bytes([number; 16])
    }

    #[test]
    fn a_message_that_awaits_an_answer_is_the_last_until_another_shows() {
        let (first, second, other) = (message(1), message(2), message(3));
        let awaited = BTreeSet::from([first, second]);
        let mut places = Places::default();
        let stood = |places: &Places, position: u64| {
            let before = places.before(position, &awaited);
            ([first, second, other].map(|message| before.stood(message)), before.last())
        };
        assert_eq!(stood(&places, 0), ([false; 3], None));
        places.stands(first, &awaited);
        assert_eq!(stood(&places, 1), ([true, false, false], Some(first)));
        places.stands(other, &awaited);
        assert_eq!(stood(&places, 2), ([true, false, false], None));
        places.stands(second, &awaited);
        assert_eq!(stood(&places, 3), ([true, true, false], Some(second)));
        // It shows again, and stands where it stood.
        places.stands(first, &awaited);
        assert_eq!(stood(&places, 4), ([true, true, false], None));
        assert_eq!(stood(&places, 2), ([true, false, false], None));
        assert_eq!(stood(&places, 1), ([true, false, false], Some(first)));
        assert_eq!(stood(&places, 0), ([false; 3], None));
    }

    #[test]
    fn what_awaits_no_answer_any_more_is_not_kept() {
        let mut places = Places::default();
        places.stands(message(1), &BTreeSet::from([message(1)]));
        assert_eq!(places.before(1, &BTreeSet::new()), Before::default());
        places.stands(message(2), &BTreeSet::from([message(2)]));
        assert_eq!(places.places, BTreeMap::from([(message(2), 2)]));
    }

    #[test]
    fn what_stood_before_anybody_counted_was_perhaps_not_the_last() {
        let before = Before::at(0, [(message(1), 0)]);
        assert_eq!((before.stood(message(1)), before.last()), (true, None));
    }

    #[test]
    fn a_row_in_which_nobody_counted_is_read() {
        let older: Places = serde_json::from_str("{}").unwrap();
        assert_eq!((older.position(), older), (0, Places::default()));
    }
}
