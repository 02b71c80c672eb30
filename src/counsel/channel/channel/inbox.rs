//! From a sync response to inputs. All of a response is committed with its token, so nothing is lost and, by the
//! ledger of event ids, nothing is heard twice.

use std::collections::BTreeSet;

use lodge_counsel_core::case::Stage as CaseStage;
use lodge_counsel_core::effect::Lane;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Retouch, Said};
use lodge_ground::name::Address;
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::happening::{Happening, Origin, Words};
use lodge_matrix::homeserver::{Membership, RoomRef};
use lodge_matrix::news::{Delivery, Heard, Invitation, News, RoomNews};
use lodge_matrix::occupant::Occupant;

use super::{Channel, Place};
use crate::errand::{Errand, Job, Line};
use crate::rows::Stage;

/// At most this many rooms wait to be left at once; invitations beyond that are left unanswered, whoever sends them.
const LEAVING_MAX: usize = 256;

/// Somebody who invites the service once more is told nothing while this many messages already wait for them.
const UNTOLD_MAX: usize = 8;

impl Channel {
    /// Whether the service's business is in this room.
    pub fn knows(&self, room: &RoomRef) -> bool {
        self.places.contains_key(room)
    }

    /// Takes in a sync response whose gaps are filled.
    pub fn deliver(&mut self, mut delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        self.hearing.leave_out_what_was_heard(&mut delivery, now);
        for RoomNews { room, news, .. } in &delivery.rooms {
            for marker in news.iter().filter_map(|news| made(&news.heard)) {
                self.created(room, marker)?;
            }
        }
        // The service stays in conversations; elsewhere it may have left when it looks again.
        let places = &self.places;
        let stays = |room: &_| matches!(places.get(room), Some(Place::Conversation(_)));
        self.hearing.anchor(&delivery.rooms, stays, &self.options.settings.account, now);
        for RoomNews { room, news, .. } in delivery.rooms {
            for news in news {
                self.hear(&room, news, now)?;
            }
        }
        for Invitation { room, from } in delivery.invitations {
            self.invited(room, &from, now)?;
        }
        self.hearing.taken_in(delivery.token, now, &mut self.batch)?;
        self.outbox.heard();
        Ok(())
    }

    /// A message that waited could be read.
    pub fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        let waits_in = self.hearing.waits_in(&news.event).cloned();
        let origin = waits_in.map_or(Origin::Unknown, |room| self.origin(&room));
        let happened = self.hearing.unsealed(news, &origin, now, &mut self.batch)?;
        self.all_happened(happened, now)
    }

    /// Asks those to say it again whose messages have waited too long for their key.
    pub(super) fn ask_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let happened = self.hearing.ask_again(now, &mut self.batch)?;
        self.all_happened(happened, now)
    }

    /// Reads on in the words of those who write a lot, as many of each person's as a minute allows.
    pub(super) fn read_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for person in self.hearing.behind() {
            while let Some(happened) = self.hearing.read_on(person, now, &mut self.batch)? {
                self.all_happened(happened, now)?;
            }
        }
        Ok(())
    }

    fn hear(&mut self, room: &RoomRef, news: News, now: Timestamp) -> Result<(), StoreError> {
        match self.origin(room) {
            Origin::Unknown => self.greeted(room, &news.heard),
            origin @ (Origin::Other | Origin::Conversation { .. }) => {
                let happened = self.hearing.take(room, &origin, news, now, &mut self.batch)?;
                self.all_happened(happened, now)
            }
        }
    }

    /// A greeting that shows in a room was said, so only leaving is left.
    fn greeted(&mut self, room: &RoomRef, heard: &Heard) -> Result<(), StoreError> {
        let (Heard::Own(effect) | Heard::Echo(effect)) = heard else { return Ok(()) };
        match self.outbox.job(*effect).map(|job| &job.errand) {
            Some(Errand::Greet(greeted, _)) if greeted == room => {
                self.drop_job(*effect);
                self.leave_room(room.clone())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The part of a room in the service.
    fn origin(&self, room: &RoomRef) -> Origin {
        match self.places.get(room) {
            None => Origin::Unknown,
            Some(Place::Case(_)) => Origin::Other,
            Some(Place::Conversation(person)) => self.address(*person).map_or(Origin::Other, |address| {
                Origin::Conversation { member: *person, address, position: self.position(*person) }
            }),
        }
    }

    pub(super) fn all_happened(&mut self, happened: Vec<Happening>, now: Timestamp) -> Result<(), StoreError> {
        happened.into_iter().try_for_each(|happening| self.happened(happening, now))
    }

    fn happened(&mut self, happening: Happening, now: Timestamp) -> Result<(), StoreError> {
        let beside = |person, thread: Option<_>| thread.map(|thread| (person, thread));
        match happening {
            Happening::Said(words) => self.said(words, now),
            Happening::Hurried(person, _, thread) => self.step_in(beside(person, thread), Input::Hurried(person), now),
            Happening::Unreadable(person, _, thread) => {
                self.step_in(beside(person, thread), Input::Unreadable(person), now)
            }
            Happening::LeftOut(person, _, what, thread) => {
                self.step_in(beside(person, thread), Input::LeftOut(person, what), now)
            }
            Happening::Edited(person, ..) => self.step(Input::Retouched(person, Retouch::Edit), now),
            Happening::TakenAway(person, ..) if self.hearing.hears_more_of(person, now) => {
                self.step(Input::Retouched(person, Retouch::Redaction), now)
            }
            Happening::TakenAway(..) => Ok(()),
            Happening::Wordless(person, _) => self.step(Input::Wordless(person), now),
            Happening::Moved(room, _, who, membership) => self.moved(&room, &who, membership, now),
            Happening::Own { room, event, effect, stands } => {
                if stands {
                    self.stands(effect, &event, &room)?;
                }
                self.done(effect, now)
            }
        }
    }

    /// Words of somebody's that count now.
    fn said(&mut self, words: Words, now: Timestamp) -> Result<(), StoreError> {
        let (person, thread) = (words.member, words.thread());
        let Words { room, text, position, is_further_device, .. } = words;
        // A conversation that was given up since moves nobody.
        if self.places.get(&room) != Some(&Place::Conversation(person)) {
            return Ok(());
        }
        let reply = self.about(person, &text);
        let before = self.before(person, position);
        let said = Said { person, text: text.body, reply, before, proof: text.proof, is_further_device };
        self.step_in(thread.map(|thread| (person, thread)), Input::Said(said), now)
    }

    fn moved(
        &mut self,
        room: &RoomRef,
        who: &Occupant,
        membership: Membership,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(place) = self.places.get(room).copied() else { return Ok(()) };
        // An account that is nobody's may be there all the same; it is found by the look at the room before anything is
        // said.
        let Some(person) = who.address().and_then(|who| self.state.person_at(&who)) else { return Ok(()) };
        match (place, membership) {
            (Place::Conversation(with), _) if with == person => self.conversation_moved(person, room, membership),
            (Place::Case(case), Membership::Joined) => self.step(Input::CameIn(case, person), now),
            (Place::Case(case), Membership::Left) => self.step(Input::WentOut(case, person), now),
            (Place::Conversation(_), _) | (Place::Case(_), Membership::Invited) => Ok(()),
        }
    }

    /// Adopts one of the service's own rooms that shows in a response for its purpose, or leaves it.
    fn created(&mut self, room: &RoomRef, marker: EffectId) -> Result<(), StoreError> {
        if self.knows(room) || self.is_in_hand(room) {
            return Ok(());
        }
        let opening = |stage: &Stage| *stage == Stage::Creating(marker);
        let conversation = self.conversations.values().find(|c| opening(&c.stage)).map(|c| c.person);
        if let Some(person) = conversation {
            return self.conversation_made(person, room.clone());
        }
        if self.outbox.job(marker).is_some() {
            return self.room_made(marker, room.clone());
        }
        self.leave_room(room.clone())
    }

    /// Whether this room is being looked at or left, or is one that the service has left to its two people.
    pub(super) fn is_in_hand(&self, room: &RoomRef) -> bool {
        let theirs = self.state.cases().any(|case| match &case.stage {
            CaseStage::Open { room: own, .. } => room.is(own),
            CaseStage::Offered { .. }
            | CaseStage::Opening { .. }
            | CaseStage::Closing { .. }
            | CaseStage::Closed { .. } => false,
        });
        theirs
            || self.outbox.jobs().any(|job| match &job.errand {
                Errand::Check(_, _, checked, _) => checked == room,
                Errand::Act(lodge_counsel_core::effect::Act::Leave(_, left)) => room.is(left),
                Errand::Leave(left) | Errand::Greet(left, _) => left == room,
                Errand::Act(_) => false,
            })
    }

    /// Somebody invites the service elsewhere: it says there where it is to be found, and gives its answer in a room of its
    /// own.
    fn invited(&mut self, room: RoomRef, from: &Address, now: Timestamp) -> Result<(), StoreError> {
        let known: Option<PersonId> = self.state.person_at(from);
        let is_forgetting = known.is_some_and(|person| self.forgetting.contains_key(&person));
        if !is_forgetting {
            if let Some(person) = known {
                self.invite_again(person)?;
            }
            let line = known.map(|person| Line::Lane(Lane::Conversation(person)));
            // Somebody who does not come into their conversation finds enough there to hear.
            if line.is_none_or(|line| self.outbox.in_line(&line).count() < UNTOLD_MAX) {
                self.step(Input::Visited(from.clone()), now)?;
            }
        }
        let leaving =
            self.outbox.jobs().filter(|job| matches!(job.errand, Errand::Leave(_) | Errand::Greet(..))).count();
        if leaving >= LEAVING_MAX || self.is_in_hand(&room) {
            return Ok(());
        }
        match self.state.person_at(from).filter(|person| !is_forgetting && self.is_greeted(*person, known)) {
            Some(person) => {
                let id = self.ids.draw();
                self.add_job(id, BTreeSet::from([person]), Errand::Greet(room, person))
            }
            None => self.leave_room(room),
        }
    }

    /// Whether somebody is told elsewhere where the service is to be found: in one room at a time, and until they have agreed to
    /// the terms only when they came first, since anybody can make accounts and rooms.
    fn is_greeted(&self, person: PersonId, known: Option<PersonId>) -> bool {
        let greets = |job: &Job| matches!(job.errand, Errand::Greet(_, greeted) if greeted == person);
        let is_stranger = self.state.client(person).is_some_and(|client| client.agreed.is_none());
        (known.is_none() || !is_stranger) && !self.outbox.jobs().any(greets)
    }
}

/// The effect for which an event says that the service made its room.
fn made(heard: &Heard) -> Option<EffectId> {
    if let Heard::Created(marker) = heard { Some(*marker) } else { None }
}
