//! After a restore: each step of which a message bears witness is taken again, in its place and at its time.

use std::collections::BTreeMap;

use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::{EffectId, IntroductionId, MemberId, TimerId};
use lodge_core::input::{Input, Performed, Tended};
use lodge_core::introduction::RoomRef;
use lodge_core::time::Timestamp;

use super::cause::Cause;
use super::presuming::gone_room;
use super::restoring::{Said, about_these};
use super::taken::{Known, detail};
use super::{Engine, Place};
use crate::homeserver::{EventRef, Membership};
use crate::news::{Heard, News, RoomNews};
use crate::outbox::Errand;
use crate::store::StoreError;
use crate::witness::{StepKey, Taken};

/// What was sent since the export and is not heard again yet.
pub(super) struct Past {
    rooms: Vec<PastRoom>,
    /// Where the messages are, by the key of each step that may have come of them.
    said: BTreeMap<StepKey, Message>,
}

struct PastRoom {
    room: RoomRef,
    /// In order; what was heard again is taken out.
    news: Vec<Option<News>>,
}

/// A message, and how it was heard.
#[derive(Clone)]
struct Message {
    room: usize,
    place: usize,
    event: EventRef,
    how: How,
}

#[derive(Clone, Copy)]
enum How {
    Heard,
    Sealed,
    Late,
    Flood,
}

impl Past {
    /// All that these rooms hold.
    pub(super) fn new(engine: &Engine, rooms: Vec<RoomNews>) -> Self {
        let mut past = Self { rooms: Vec::new(), said: BTreeMap::new() };
        for (room, RoomNews { room: id, news, .. }) in rooms.into_iter().enumerate() {
            for (place, news) in news.iter().enumerate() {
                if matches!(news.heard, Heard::Text(_) | Heard::Sealed(_) | Heard::Edited(_) | Heard::Redacted(_)) {
                    let event = &news.event;
                    let keys = [
                        (Known::Heard(event), How::Heard),
                        (Known::Sealed(event), How::Sealed),
                        (Known::Late(event), How::Late),
                        (Known::Flood(event), How::Flood),
                    ];
                    let message = |how| Message { room, place, event: event.clone(), how };
                    past.said.extend(keys.map(|(known, how)| (engine.key(known), message(how))));
                }
            }
            past.rooms.push(PastRoom { room: id, news: news.into_iter().map(Some).collect() });
        }
        past
    }

    /// The next event in the order of times, up to a moment, each room's own order kept. What happened in a room of the
    /// porter's waits until it is known what the room is for, and nothing comes before its time that has one.
    pub(super) fn earliest(&mut self, engine: &Engine, until: Timestamp) -> Option<(RoomRef, News)> {
        let made = engine.restoring.as_ref().map(|restoring| &restoring.made)?;
        let open = self.rooms.iter().enumerate().filter(|(_, past)| !made.values().any(|made| *made == past.room));
        let next = open.filter_map(|(room, past)| {
            let free = |news: &News| !engine.is_for_later(&past.room, news);
            let place = past.news.iter().position(|news| news.as_ref().is_some_and(free))?;
            // What comes after something in its room was not sent before it, whatever its time says.
            let before = past.news[..=place].iter().flatten().map(|news| news.at).max()?;
            Some((before, room, place))
        });
        let (_, room, place) = next.filter(|(at, ..)| *at <= until).min()?;
        let past = &mut self.rooms[room];
        Some((past.room.clone(), past.news[place].take()?))
    }

    /// Takes out an event, and those before it in its room that were not taken by any step of their own.
    fn up_to(&mut self, engine: &Engine, room: usize, place: usize) -> (RoomRef, Vec<News>, Option<News>) {
        let past = &mut self.rooms[room];
        let id = past.room.clone();
        let free = |news: &&mut Option<News>| news.as_ref().is_some_and(|news| !engine.is_for_later(&id, news));
        let before = past.news[..place].iter_mut().filter(free).filter_map(Option::take).collect();
        (past.room.clone(), before, past.news[place].take())
    }
}

impl Engine {
    /// Whether a message bears witness that this event was only heard later.
    fn is_for_later(&self, room: &RoomRef, news: &News) -> bool {
        let event = &news.event;
        match &news.heard {
            Heard::Text(_) | Heard::Sealed(_) | Heard::Edited(_) | Heard::Redacted(_) => {
                let all = [Known::Heard(event), Known::Sealed(event), Known::Late(event), Known::Flood(event)];
                all.into_iter().any(|it| self.is_later(it))
            }
            Heard::Moved(who, way) => match (self.places.get(room), self.member_called(who)) {
                (Some(Place::Introduction(id)), Some(member)) => self.is_later(Known::Moved(*id, member, *way)),
                (Some(Place::Room(_)), _) => self.is_later(Known::InRoom(event)),
                (Some(_) | None, _) => false,
            },
            Heard::Changed => self.is_later(Known::InRoom(event)),
            Heard::Own(..) | Heard::Echo(_) | Heard::Created(_) | Heard::Nothing => false,
        }
    }

    /// Takes a step again. Where what it came of is gone, so is whatever came of it: it was somebody's who was forgotten.
    pub(super) fn again(&mut self, taken: Taken, past: &mut Past) -> Result<(), StoreError> {
        let Taken { key, .. } = taken;
        if let Some(restoring) = &mut self.restoring {
            restoring.later.remove(&key);
            restoring.told = Some(taken.detail);
        }
        self.take_known(taken, past)?;
        // Nothing else is compared with it.
        if let Some(restoring) = &mut self.restoring {
            restoring.told = None;
        }
        Ok(())
    }

    fn take_known(&mut self, taken: Taken, past: &mut Past) -> Result<(), StoreError> {
        let Taken { key, at, .. } = taken;
        if let Some(message) = past.said.get(&key).cloned() {
            return self.hear_message(message, past, at);
        }
        if let Some(timer) = self.due_again(key) {
            return self.step(Cause::Due(timer), Input::Due(timer), at);
        }
        if let Some((effect, performed)) = self.performed_again(key) {
            return self.perform_again(effect, performed, taken);
        }
        if let Some((room, place)) = self.moved_again(key, past) {
            return self.hear_up_to(past, room, place, at);
        }
        self.again_unseen(key, at)
    }

    /// Hears an event of what is past, its time being known.
    pub(super) fn hear_past(&mut self, room: &RoomRef, news: News, at: Timestamp) -> Result<(), StoreError> {
        let waited = self.restoring.as_ref().and_then(|restoring| restoring.waited.get(&news.event));
        let waited = waited.map(|(member, _)| self.position_of(*member, &news.event));
        match news.heard {
            // They are recognised when what they were done for comes up.
            Heard::Own(..) | Heard::Echo(_) => Ok(()),
            Heard::Moved(_, Membership::Invited) if !matches!(self.places.get(room), Some(Place::Room(_))) => Ok(()),
            Heard::Text(text) if waited.is_some() => self.heard_once(room, &news.event, text, waited, at),
            Heard::Text(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Edited(_)
            | Heard::Redacted(_)
            | Heard::Changed
            | Heard::Nothing => self.hear(room, news, at),
        }
    }

    fn hear_up_to(&mut self, past: &mut Past, room: usize, place: usize, at: Timestamp) -> Result<(), StoreError> {
        let (room, before, news) = past.up_to(self, room, place);
        before.into_iter().chain(news).try_for_each(|news| self.hear_past(&room, news, at))
    }

    fn hear_message(&mut self, message: Message, past: &mut Past, at: Timestamp) -> Result<(), StoreError> {
        let Message { room, place, event, how } = message;
        let Some(restoring) = &mut self.restoring else { return Ok(()) };
        let readable = past.rooms[room].news[place].as_ref().is_some_and(|news| matches!(news.heard, Heard::Text(_)));
        match how {
            How::Sealed if readable => {
                let id = past.rooms[room].room.clone();
                if let Some(Place::Conversation(member)) = self.places.get(&id) {
                    restoring.waited.insert(event.clone(), (*member, at));
                }
                self.first_time(&id, &event, at).map(drop)
            }
            How::Sealed => {
                restoring.never_read.insert(event);
                self.hear_up_to(past, room, place, at)
            }
            // Where it cannot be read any more, what it said is not known.
            How::Heard | How::Late => {
                restoring.never_read.remove(&event);
                self.hear_up_to(past, room, place, at)
            }
            How::Flood => {
                let (room, before, news) = past.up_to(self, room, place);
                before.into_iter().try_for_each(|news| self.hear_past(&room, news, at))?;
                news.map_or(Ok(()), |news| self.flooded_again(&room, news, at))
            }
        }
    }

    /// The timer that a message says was due. Words whose key came late may be taken a little later than they were, and so
    /// may a timer that follows from them; the message knows better.
    fn due_again(&self, key: StepKey) -> Option<TimerId> {
        self.state.timers().map(|timer| timer.id).find(|timer| self.key(Known::Due(*timer)) == key)
    }

    fn unconfirmed_again(&self, key: StepKey) -> Option<IntroductionId> {
        let mut all = self.state.introductions().map(|introduction| introduction.id);
        all.find(|id| self.key(Known::Unconfirmed(*id)) == key)
    }

    /// What was performed, if it is an effect that is still to be.
    fn performed_again(&self, key: StepKey) -> Option<(EffectId, Performed)> {
        let nowhere = || Performed::RoomMade(RoomRef(String::new()));
        let tended = || Performed::Tended(Tended::default());
        let looked = || Performed::Looked(None);
        let how = || [Performed::Done, Performed::Blocked, Performed::Refused, Performed::Ousted];
        let all = || how().into_iter().chain([nowhere(), tended(), looked()]);
        self.outbox.jobs().find_map(|job| {
            let how = all().find(|how| self.key(Known::Performed(job.id, how)) == key)?;
            Some((job.id, how))
        })
    }

    fn perform_again(&mut self, effect: EffectId, performed: Performed, taken: Taken) -> Result<(), StoreError> {
        let at = taken.at;
        let Some(act) = self.outbox.job(effect).map(|job| job.errand.clone()) else { return Ok(()) };
        let Some(restoring) = &mut self.restoring else { return Ok(()) };
        match (act, performed) {
            (Errand::Act(Act::CreateRoom(id)), Performed::RoomMade(_)) => match restoring.made.remove(&effect) {
                Some(room) => self.created(&room, effect, at),
                None => {
                    restoring.gone.insert(gone_room(id));
                    self.done(effect, Performed::RoomMade(gone_room(id)), at)
                }
            },
            (Errand::Act(Act::Tell(member, _)), Performed::Done) => match self.message_of(effect, member, taken.detail)
            {
                Some(Said { event, room }) => self.own_message(effect, &event, &room, at),
                None => self.done(effect, Performed::Done, at),
            },
            (Errand::Act(Act::TakeBack(_, said)), Performed::Done) => {
                self.let_go(said);
                self.done(effect, Performed::Done, at)
            }
            (Errand::Act(Act::Room(_, RoomAct::Make)), Performed::RoomMade(_)) => {
                match restoring.made.remove(&effect) {
                    Some(room) => self.created(&room, effect, at),
                    // The porter stays in these rooms; one that does not show any more is made anew.
                    None => Ok(()),
                }
            }
            // How it was then is not known; it is looked at again.
            (Errand::Act(Act::Room(_, RoomAct::Tend(_) | RoomAct::Look(..))), _) => Ok(()),
            (
                Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..),
                performed @ (Performed::Done
                | Performed::RoomMade(_)
                | Performed::Blocked
                | Performed::Refused
                | Performed::Ousted
                | Performed::Tended(_)
                | Performed::Looked(_)),
            ) => {
                restoring.said.remove(&effect);
                self.done(effect, performed, at)
            }
        }
    }

    /// Where something stands that was said to a member: it shows, or it is the message with this detail that was taken
    /// back since.
    fn message_of(&mut self, effect: EffectId, member: MemberId, of: u32) -> Option<Said> {
        let restoring = self.restoring.as_mut()?;
        if let Some(said) = restoring.said.remove(&effect) {
            return Some(said);
        }
        let theirs = |room: &RoomRef| self.places.get(room) == Some(&Place::Conversation(member));
        let blank = restoring.blank.iter().find(|(room, event)| theirs(room) && detail(&event.0) == of)?;
        Some(Said { event: blank.1.clone(), room: blank.0.clone() })
    }

    /// Where somebody shows to come into the room of an introduction, or to go out.
    fn moved_again(&self, key: StepKey, past: &Past) -> Option<(usize, usize)> {
        past.rooms.iter().enumerate().find_map(|(at, past)| {
            let place = match self.places.get(&past.room)? {
                Place::Introduction(id) => past.news.iter().position(|news| {
                    let Some(News { heard: Heard::Moved(who, way), .. }) = news else { return false };
                    self.member_called(who).is_some_and(|who| self.key(Known::Moved(*id, who, *way)) == key)
                })?,
                Place::Room(_) => past
                    .news
                    .iter()
                    .position(|news| news.as_ref().is_some_and(|news| self.key(Known::InRoom(&news.event)) == key))?,
                Place::Conversation(_) => return None,
            };
            Some((at, place))
        })
    }

    /// Takes a step again whose cause does not show in any room.
    fn again_unseen(&mut self, key: StepKey, at: Timestamp) -> Result<(), StoreError> {
        if let Some((id, member, way)) = self.moved_unseen(key) {
            let cause = Cause::Unconfirmed(id);
            let input = if way == Membership::Joined { Input::CameIn(id, member) } else { Input::WentOut(id, member) };
            return self.step(cause, input, at);
        }
        if let Some(id) = self.unconfirmed_again(key) {
            return self.step(Cause::Unconfirmed(id), Input::Unconfirmed(id), at);
        }
        if let Some((event, member)) = self.unreadable_again(key) {
            self.note_asked(member)?;
            return self.step(Cause::Unreadable(&event), Input::Unreadable(member), at);
        }
        if self.key(Known::Rooms(at)) == key {
            return self.step(Cause::Rooms(at), Input::Rooms, at);
        }
        let Some(list) = self.restoring.as_ref().and_then(|restoring| restoring.roster.clone()) else {
            return Ok(());
        };
        let is_this = self.key(Known::List(&list)) == key;
        if let Some(restoring) = self.restoring.as_mut().filter(|_| !is_this) {
            restoring.told = None;
        }
        // What is none of these may be a list that is not known any more. Who is new was on it; who is gone may have been.
        let list = if is_this { list } else { about_these(list) };
        self.step(Cause::List, Input::Roster(list), at)
    }

    fn moved_unseen(&self, key: StepKey) -> Option<(IntroductionId, MemberId, Membership)> {
        let shown = |room: &RoomRef| self.restoring.as_ref().is_some_and(|restoring| restoring.shown.contains(room));
        let unseen = self.places.iter().filter_map(|(room, place)| match place {
            Place::Introduction(id) if !shown(room) => Some(*id),
            Place::Introduction(_) | Place::Conversation(_) | Place::Room(_) => None,
        });
        let ways = [Membership::Joined, Membership::Left];
        let mut moves = unseen.flat_map(|id| {
            let parties = self.parties_of(id).into_iter();
            parties.flat_map(move |member| ways.map(|way| (id, member, way)))
        });
        moves.find(|(id, member, way)| self.key(Known::Moved(*id, *member, *way)) == key)
    }

    /// Who was asked to say something again that could not be read.
    fn unreadable_again(&self, key: StepKey) -> Option<(EventRef, MemberId)> {
        let waited =
            self.restoring.iter().flat_map(|r| r.waited.iter().map(|(event, (member, _))| (event.clone(), *member)));
        let mut all = self.waiting.all().map(|waiting| (EventRef(waiting.event.clone()), waiting.member)).chain(waited);
        all.find(|(event, _)| self.key(Known::Unreadable(event)) == key)
    }

    /// A member was asked to say again whatever of theirs could not be read.
    fn note_asked(&mut self, member: MemberId) -> Result<(), StoreError> {
        self.waiting.was_asked(member, &mut self.batch).map(drop)
    }
}
