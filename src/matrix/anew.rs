//! Hearing anew: the way in which a service goes on when its homeserver no longer knows how far it had heard.
//!
//! This happens when a homeserver refuses the token of the last sync response, and where it was put back to an earlier
//! state from a backup. Then a homeserver need not refuse the token: Synapse goes on from wherever it is, and words
//! that were said since it was put back are never shown. So the service keeps some of the last events that it heard,
//! the anchors, and asks whether they are still there whenever it may have missed something.

use serde::{Deserialize, Serialize};

use crate::homeserver::{EventRef, Membership, RoomRef};
use crate::news::{Heard, News, RoomNews};
use crate::seen::{SEEN_KEPT, SeenEvents};
use lodge_ground::name::Address;
use lodge_ground::time::{Span, Timestamp};

/// The homeserver is heard anew back to this long ago. It is less than a ledger keeps, so a newer event that is not in
/// the ledger was never heard; an older one may have been, and counts no more.
pub const REACH: Span = Span::from_days(89);

const _: () = assert!(REACH.as_millis() < SEEN_KEPT.as_millis(), "what is heard anew would not be known");

/// The number of rooms with an anchor. One may have been left since, or have come to be after the homeserver's backup.
const ANCHORS_MAX: usize = 4;

/// The time for which an anchor holds. Older events may be gone because the homeserver is meant to let go of them.
const HOLDS: Span = Span::from_days(7);

/// The last events that were heard, each in a room of its own, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Anchors(Vec<Anchor>);

/// An event that shows whether the homeserver still has everything that was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The room that the event stands in.
    pub room: RoomRef,
    /// The id of the event.
    pub event: EventRef,
    /// The moment at which the event was heard.
    pub at: Timestamp,
}

impl Anchors {
    /// These rooms were heard of. Only where the service stays is an event looked for later: in rooms that are its `own`.
    pub fn heard(&mut self, rooms: &[RoomNews], own: impl Fn(&RoomRef) -> bool, account: &Address, now: Timestamp) {
        let newest = rooms.iter().rev().filter_map(|news| Some((news, news.news.last()?)));
        let newest = newest.filter(|(news, _)| own(&news.room) && !news.news.iter().any(|one| is_leave(one, account)));
        let newest = newest.map(|(news, last)| Anchor { room: news.room.clone(), event: last.event.clone(), at: now });
        let newest: Vec<Anchor> = newest.take(ANCHORS_MAX).collect();
        let is_heard_of = |anchor: &Anchor| rooms.iter().any(|news| news.room == anchor.room && !news.news.is_empty());
        self.0.retain(|anchor| own(&anchor.room) && anchor.at.after(HOLDS) > now && !is_heard_of(anchor));
        self.0.splice(..0, newest);
        self.0.truncate(ANCHORS_MAX);
    }

    /// Every anchor, newest first.
    pub fn all(&self) -> &[Anchor] {
        &self.0
    }

    /// The time of the newest event that was heard; `None` before the first.
    pub fn last(&self) -> Option<Timestamp> {
        self.0.first().map(|anchor| anchor.at)
    }
}

/// Whether this account has left the room with it.
fn is_leave(news: &News, account: &Address) -> bool {
    match &news.heard {
        Heard::Moved(who, Membership::Left) => who.is(account),
        Heard::Moved(_, Membership::Joined | Membership::Invited)
        | Heard::Text(_)
        | Heard::Own(..)
        | Heard::Echo(_)
        | Heard::Created(_)
        | Heard::Sealed(_)
        | Heard::Edited(_)
        | Heard::Redacted(_)
        | Heard::Wordless(_)
        | Heard::Changed
        | Heard::Nothing => false,
    }
}

/// Takes out of the news of a sync without a token everything that may have been heard so long ago, or so many events
/// ago, that the ledger does not know it. News of rooms that the service made always stay, so that no room is left to
/// itself.
pub fn leave_out_what_was_heard(rooms: &mut [RoomNews], seen: &SeenEvents, now: Timestamp) {
    for RoomNews { room, news, .. } in rooms {
        let reach = now.before(REACH);
        let since = seen.known_since(room).map_or(reach, |known| known.max(reach));
        news.retain(|news| news.at > since || matches!(news.heard, Heard::Created(_)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seen::SEEN_MAX;

    const NOW: Timestamp = Timestamp::from_millis(1_793_610_000_000);

    fn account() -> Address {
        Address::exact("@porter:example.org").unwrap()
    }

    fn room(name: &str, events: &[(&str, Heard)]) -> RoomNews {
        let news = events.iter().map(|(event, heard)| News {
            event: EventRef((*event).to_owned()),
            at: NOW,
            heard: heard.clone(),
        });
        RoomNews { room: RoomRef(name.to_owned()), gap: None, news: news.collect() }
    }

    fn events(anchors: &Anchors) -> Vec<&str> {
        anchors.all().iter().map(|anchor| anchor.event.0.as_str()).collect()
    }

    #[test]
    fn the_last_event_of_each_of_the_last_rooms_is_an_anchor_and_no_other() {
        let (mut anchors, all) = (Anchors::default(), |_: &RoomRef| true);
        let two = room("!one", &[("$1", Heard::Nothing), ("$2", Heard::Nothing)]);
        anchors.heard(&[two, room("!two", &[("$3", Heard::Changed)])], all, &account(), NOW);
        assert_eq!(events(&anchors), ["$3", "$2"]);
        anchors.heard(&[room("!one", &[("$4", Heard::Nothing)]), room("!none", &[])], all, &account(), NOW);
        assert_eq!(events(&anchors), ["$4", "$3"], "one for each room");
        let more: Vec<RoomNews> =
            (0..9).map(|n| room(&format!("!{n}"), &[(&format!("$m{n}"), Heard::Nothing)])).collect();
        anchors.heard(&more, all, &account(), NOW);
        assert_eq!(events(&anchors), ["$m8", "$m7", "$m6", "$m5"]);
    }

    #[test]
    fn a_room_that_is_left_is_somebody_elses_or_was_heard_long_ago_has_none() {
        let mut anchors = Anchors::default();
        anchors.heard(&[room("!one", &[("$1", Heard::Nothing)])], |_| true, &account(), NOW);
        let mut left = anchors.clone();
        left.heard(
            &[room("!one", &[("$2", Heard::Moved(account().into(), Membership::Left))])],
            |_| true,
            &account(),
            NOW,
        );
        assert_eq!(events(&left), [""; 0]);
        let mut others = anchors.clone();
        others.heard(&[], |_| false, &account(), NOW);
        assert_eq!(events(&others), [""; 0]);
        anchors.heard(&[], |_| true, &account(), NOW.after(HOLDS));
        assert_eq!(events(&anchors), [""; 0]);
    }

    #[test]
    fn what_no_ledger_reaches_is_left_out_and_rooms_of_the_services_own_are_not() {
        let days_ago = |days: u64, heard: Heard| News {
            event: EventRef(format!("${days}")),
            at: NOW.before(Span::from_days(days)),
            heard,
        };
        let left = |seen: &SeenEvents| {
            let made = Heard::Created(lodge_ground::id::EffectId::from_bytes([1; 16]));
            let news = vec![days_ago(9, Heard::Nothing), days_ago(88, Heard::Nothing), days_ago(90, made)];
            let news = news.into_iter().chain([days_ago(90, Heard::Nothing)]).collect();
            let mut rooms = [RoomNews { room: RoomRef("!one".to_owned()), gap: None, news }];
            leave_out_what_was_heard(&mut rooms, seen, NOW);
            rooms[0].news.iter().map(|news| news.event.0.clone()).collect::<Vec<_>>()
        };
        let (mut seen, mut batch) = (SeenEvents::default(), vec![]);
        assert_eq!(left(&seen), ["$9", "$88", "$90"]);
        // In a busy room, an event that is older than the oldest known one may have been heard.
        for number in 0..SEEN_MAX {
            assert_eq!(left(&seen).len(), 3);
            let event = EventRef(format!("$known{number}"));
            seen.enter(&RoomRef("!one".to_owned()), &event, NOW.before(Span::from_days(10)), &mut batch).unwrap();
        }
        assert_eq!(left(&seen), ["$9", "$90"]);
    }
}
