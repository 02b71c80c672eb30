//! Floods of words in a room. They are counted in memory only: a restart forgets nothing older than a minute.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::{Limits, MessageRef, Wrote};
use crate::id::{MemberId, RoomId};
use crate::time::{Span, Timestamp};

/// Messages are counted for this long.
const MINUTE: Span = Span::from_millis(60_000);

/// So many writers are counted at most; with more, those who wrote longest ago are counted anew.
const WRITERS_MAX: usize = 4096;

/// The way in which somebody went beyond the limits of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flood {
    /// Too many messages in a minute.
    Messages,
    /// Mentions of too many people, or of the whole room.
    Mentions,
}

/// The messages of the last minute, by room and member.
#[derive(Debug, Clone, Default)]
pub struct Floods {
    lately: BTreeMap<(RoomId, MemberId), VecDeque<(Timestamp, MessageRef)>>,
}

impl Floods {
    /// A member wrote this in a room. Says whether it goes beyond the limits; the count begins anew with that.
    ///
    /// `fresh` is whether it is known to have been written just now: what waited while the hub was away tells nothing
    /// about how fast it was written. The same message counts once, however often it comes.
    pub fn count(
        &mut self,
        limits: &Limits,
        at: (RoomId, MemberId),
        wrote: &Wrote,
        now: Timestamp,
        fresh: bool,
    ) -> Option<Flood> {
        if wrote.everybody || wrote.mentions.len() > limits.mentions {
            return Some(Flood::Mentions);
        }
        if !fresh {
            return None;
        }
        if self.lately.len() >= WRITERS_MAX && !self.lately.contains_key(&at) {
            self.make_room(now);
        }
        let lately = self.lately.entry(at).or_default();
        lately.retain(|(when, _)| when.after(MINUTE) > now);
        if lately.iter().any(|(_, message)| *message == wrote.message) {
            return None;
        }
        lately.push_back((now, wrote.message.clone()));
        if lately.len() > limits.messages_a_minute {
            self.lately.remove(&at);
            return Some(Flood::Messages);
        }
        None
    }

    /// Forgets everybody who wrote nothing in the last minute; if nobody is that quiet, the person who wrote longest
    /// ago.
    fn make_room(&mut self, now: Timestamp) {
        let last = |lately: &VecDeque<(Timestamp, MessageRef)>| lately.back().map(|(when, _)| *when);
        self.lately.retain(|_, lately| last(lately).is_some_and(|when| when.after(MINUTE) > now));
        if self.lately.len() < WRITERS_MAX {
            return;
        }
        let oldest = self.lately.iter().min_by_key(|(_, lately)| last(lately)).map(|(at, _)| *at);
        if let Some(at) = oldest {
            self.lately.remove(&at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Address;

    const LIMITS: Limits = Limits {
        evidence: Span::from_days(1),
        reports_a_day: 1,
        messages_a_minute: 3,
        mentions: 2,
        mute: Span::from_days(1),
    };

    fn wrote(number: usize) -> Wrote {
        Wrote {
            who: Address::exact("@sam:example.org").unwrap(),
            message: MessageRef(format!("${number}")),
            text: String::new(),
            replies: false,
            mentions: vec![],
            everybody: false,
        }
    }

    fn at(number: u8) -> (RoomId, MemberId) {
        (RoomId::from_bytes([1; 16]), MemberId::from_bytes([number; 16]))
    }

    fn after(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).after(Span::from_millis(seconds * 1000))
    }

    #[test]
    fn more_than_so_many_messages_in_a_minute_are_a_flood() {
        for (apart, expected) in [(1, Some(Flood::Messages)), (19, Some(Flood::Messages)), (21, None)] {
            let mut floods = Floods::default();
            let mut last = None;
            for number in 0..4 {
                last = floods.count(&LIMITS, at(1), &wrote(number), after(apart * number as u64), true);
            }
            assert_eq!(last, expected, "one every {apart} seconds");
        }
    }

    #[test]
    fn the_same_message_counts_once_and_what_waited_counts_not_at_all() {
        let mut floods = Floods::default();
        for _ in 0..9 {
            assert_eq!(floods.count(&LIMITS, at(1), &wrote(1), after(0), true), None);
        }
        for number in 0..9 {
            assert_eq!(floods.count(&LIMITS, at(2), &wrote(number), after(0), false), None);
        }
    }

    #[test]
    fn a_message_that_mentions_many_or_all_is_a_flood_by_itself() {
        let mut floods = Floods::default();
        let many = |count| Wrote { mentions: vec![Address::exact("@sam:example.org").unwrap(); count], ..wrote(1) };
        assert_eq!(floods.count(&LIMITS, at(1), &many(2), after(0), true), None);
        assert_eq!(floods.count(&LIMITS, at(1), &many(3), after(0), false), Some(Flood::Mentions));
        let all = Wrote { everybody: true, ..wrote(2) };
        assert_eq!(floods.count(&LIMITS, at(1), &all, after(0), true), Some(Flood::Mentions));
    }

    #[test]
    fn what_is_counted_stays_bounded() {
        let mut floods = Floods::default();
        for number in 0..2 * WRITERS_MAX as u128 {
            let writer = (RoomId::from_bytes([1; 16]), MemberId::from_bytes(number.to_be_bytes()));
            floods.count(&LIMITS, writer, &wrote(1), after(0), true);
        }
        assert!(floods.lately.len() <= WRITERS_MAX, "{}", floods.lately.len());
    }
}
