//! Counsellors: the cases they take, and their work on them.

use std::collections::BTreeMap;

use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};
use lodge_counsel_core::say::{Say, ToCounsellor};
use lodge_counsel_core::word::CaseWord;
use lodge_matrix::homeserver::RoomRef;

use super::{Asked, Intent, Presence};
use crate::chance::Chance;
use crate::counsel::plan::{Activity, COUNSELLORS, CounsellorEnds, Work};
use crate::world::World;
use crate::world::log::Sight;
use crate::world::room::Kind;

/// A counsellor, and the cases they took.
#[derive(Debug)]
pub struct Counsellor {
    at: Presence,
    /// Their place among all.
    place: usize,
    works: Vec<Work>,
    /// The last case that they took.
    word: Option<CaseWord>,
    /// Cases that they took.
    taken: BTreeMap<CaseWord, usize>,
    chance: Chance,
}

impl Counsellor {
    /// The counsellor of this place.
    pub fn new(place: usize, who: Address, service: &Address, activity: &Activity, seed: u64) -> Self {
        let mut at = Presence::new(who, service.clone());
        let own = activity.diary.iter().filter(|(_, whose, _)| *whose == place);
        at.intents.extend(own.map(|(moment, _, words)| (*moment, Intent::Say((*words).to_owned()))));
        let (works, chance) = (activity.works.clone(), Chance::of(seed, 6200 + place as u64));
        Self { at, place, works, word: None, taken: BTreeMap::new(), chance }
    }

    /// The account that they counsel from.
    pub fn address(&self) -> &Address {
        &self.at.who
    }

    /// The time at which they next do something.
    pub fn next(&self) -> Option<Timestamp> {
        self.at.next()
    }

    /// They read, and do everything that is due; false when there is nothing.
    pub fn step(&mut self, world: &mut World, asked: &mut Asked) -> bool {
        if self.at.has_unread(world) {
            for (room, sight) in self.at.unread(world) {
                self.sees(world, room, sight, asked);
            }
            return true;
        }
        let Some(intent) = self.at.due(world.now) else { return false };
        self.at.carry_out(intent, world, &mut self.chance);
        true
    }

    fn sees(&mut self, world: &World, room: RoomRef, sight: Sight, asked: &mut Asked) {
        let now = world.now;
        if sight == Sight::Speech {
            self.in_room(now);
        } else if sight == Sight::Invitation(self.at.service.clone()) {
            let own = world.room(&room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_)));
            if own || self.work().is_none_or(|work| work.comes) {
                self.soon(now, Intent::Join(room));
            }
        } else if let Sight::Counsel(spoken) = sight {
            if let Say::Counsellor(say) = spoken.say {
                self.told(now, &say, asked);
            } else if matches!(spoken.say, Say::DeviceUnknown | Say::Unreadable) {
                let again = Intent::Say(self.at.last.clone());
                self.soon(now, again);
            }
        }
    }

    /// Their plan for the last case that they took.
    fn work(&self) -> Option<Work> {
        self.word.as_ref().and_then(|word| self.works.get(*self.taken.get(word)?)).cloned()
    }

    fn soon(&mut self, now: Timestamp, intent: Intent) {
        self.at.soon(now, &mut self.chance, intent);
    }

    fn says(&mut self, now: Timestamp, text: String) {
        self.soon(now, Intent::Say(text));
    }

    fn says_later(&mut self, now: Timestamp, within: u64, text: String) {
        self.at.later(now, within, &mut self.chance, Intent::Say(text));
    }

    fn told(&mut self, now: Timestamp, say: &ToCounsellor, asked: &mut Asked) {
        if let ToCounsellor::Offer { word, .. } = say {
            self.offered(now, word, asked.place(word));
        } else if let ToCounsellor::Claimed { word, .. } = say {
            self.taken.insert(word.clone(), asked.place(word));
            self.word = Some(word.clone());
        } else if let ToCounsellor::TimeSuggested(word, _) = say {
            if let Some(yes) = self.work_of(word).and_then(|work| work.says) {
                let answer = if yes { "yes" } else { "no" };
                let bare = self.chance.one_in(3);
                self.says(now, if bare { answer.to_owned() } else { format!("{answer} {word}") });
            }
        } else if let ToCounsellor::TimeAgreed(word, _) = say {
            if self.work_of(word).is_some_and(|work| work.cancels) {
                self.says_later(now, 8, format!("cancel time {word}"));
            }
        } else if let ToCounsellor::Closing { word, .. } = say {
            if self.work_of(word).is_some_and(|work| work.leaves) {
                self.soon(now, Intent::LeaveRoom);
                self.says_later(now, 12, format!("left {word}"));
            }
        } else if let ToCounsellor::Over(_) = say {
            self.soon(now, Intent::LeaveRoom);
        }
    }

    fn work_of(&self, word: &CaseWord) -> Option<&Work> {
        self.taken.get(word).and_then(|place| self.works.get(*place))
    }

    /// They are asked: they take it, come too late to take it, leave it to others, or say nothing.
    fn offered(&mut self, now: Timestamp, word: &CaseWord, place: usize) {
        let Some(Work { taken_by, after, .. }) = self.works.get(place).cloned() else { return };
        let (at, late) = (now.after(after), now.after(after).after(Span::from_millis(3_600_000)));
        let intent = |words: &str| Intent::Say(format!("{words} {word}"));
        if taken_by == Some(self.place) {
            self.at.intents.push((at, intent("claim")));
            if self.chance.one_in(3) {
                // They are in a hurry, and answer nothing in particular.
                self.says_later(at, 60, "yes".to_owned());
            }
        } else if (place + self.place).is_multiple_of(3) && taken_by.is_some() {
            self.at.intents.push((late, intent("claim")));
        } else if (place + self.place) % 3 == 1 {
            self.soon(now, intent("pass"));
        }
    }

    /// The two can speak.
    fn in_room(&mut self, now: Timestamp) {
        self.soon(now, Intent::Talk("How can I help?"));
        let Some((case, work)) = self.word.clone().zip(self.work()) else { return };
        if work.suggests {
            self.says_later(now, 12, format!("time {case} tomorrow 15:00"));
        }
        match work.ends {
            Some(CounsellorEnds::Closes) => self.says_later(now, 72, format!("close {case}")),
            Some(CounsellorEnds::HandsOver(None)) => self.says_later(now, 30, format!("hand over {case}")),
            Some(CounsellorEnds::HandsOver(Some(to))) => {
                self.says_later(now, 30, format!("hand over {case} to {}", COUNSELLORS[to]));
            }
            None => {}
        }
    }
}
