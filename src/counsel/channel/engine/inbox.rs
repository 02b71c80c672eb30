//! From a sync response to inputs. All of a response is committed with its token, so nothing is lost and, by the
//! ledger of event ids, nothing is heard twice.

use std::collections::BTreeMap;

use lodge_counsel_core::case::Stage as CaseStage;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Retouch, Said};
use lodge_ground::homeserver::{EventRef, Membership, RoomRef};
use lodge_ground::name::{Address, Occupant};
use lodge_ground::news::{self, Delivery, Heard, Invitation, News, Retouched, RoomNews, Text, Trust};
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;

use super::{Engine, Place};
use crate::errand::Errand;
use crate::rows::{self, Seen, Stage, Token, Waiting};

/// How many rooms are to be left at most at once: what goes beyond is left unanswered, whoever sends it.
const LEAVING_MAX: usize = 256;

impl Engine {
    /// Whether the service's business is in this room.
    pub fn knows(&self, room: &RoomRef) -> bool {
        self.places.contains_key(room)
    }

    /// Takes in a sync response whose gaps are filled.
    pub fn deliver(&mut self, mut delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        self.leave_out_what_was_heard(&mut delivery, now);
        for RoomNews { room, news, .. } in &delivery.rooms {
            for marker in news.iter().filter_map(|news| made(&news.heard)) {
                self.created(room, marker)?;
            }
        }
        self.anchor(&delivery.rooms, now);
        for RoomNews { room, news, .. } in delivery.rooms {
            for news in news {
                self.hear(&room, news, now)?;
            }
        }
        for Invitation { room, from } in delivery.invitations {
            self.invited(room, &from, now)?;
        }
        if self.token.as_deref() != Some(&delivery.token) {
            let token = Token { token: delivery.token.clone(), anchors: self.anchors.clone(), at: Some(now) };
            self.batch.push(rows::put(&token)?);
            self.kept_at = Some(now);
            self.token = Some(delivery.token);
        }
        self.outbox.heard();
        Ok(())
    }

    /// Messages that wait for their key: where each is, and the event as it came.
    pub fn sealed(&self) -> impl Iterator<Item = (&RoomRef, &EventRef, &str)> {
        self.waiting.iter().map(|(event, waiting)| (&waiting.room, event, waiting.sealed.as_str()))
    }

    /// A message that waited could be read.
    pub fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        let Some(waiting) = self.waiting.remove(&news.event) else { return Ok(()) };
        self.batch.push(rows::delete::<Waiting>(news.event.0.clone().into_bytes()));
        match news.heard {
            Heard::Text(text) => self.heard_once(&waiting.room, &news.event, text, Some(waiting.position), now),
            Heard::Edited(edit) => match self.places.get(&waiting.room).copied() {
                Some(place) => self.retouched(place, &edit, Retouch::Edit, now),
                None => Ok(()),
            },
            Heard::Own(_)
            | Heard::Echo(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Redacted(_)
            | Heard::Changed
            | Heard::Nothing => Ok(()),
        }
    }

    /// Asks those to say it again whose messages have waited too long for their key.
    pub(super) fn ask_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let mut people = BTreeMap::new();
        for waiting in self.waiting.values_mut() {
            if !waiting.asked_again && waiting.since.after(self.options.unreadable_after) <= now {
                waiting.asked_again = true;
                self.batch.push(rows::put(&*waiting)?);
                let event = EventRef(waiting.event.clone());
                let thread =
                    news::thread_of_sealed(&waiting.sealed).map(|thread| thread.answering(&waiting.room, &event));
                people.entry(waiting.member).or_insert(thread);
            }
        }
        for (person, thread) in people {
            self.step_in(thread.map(|thread| (person, thread)), Input::Unreadable(person), now)?;
        }
        Ok(())
    }

    fn hear(&mut self, room: &RoomRef, news: News, now: Timestamp) -> Result<(), StoreError> {
        let News { event, heard, .. } = news;
        let Some(place) = self.places.get(room).copied() else { return Ok(()) };
        match heard {
            Heard::Text(text) => {
                if self.first_time(&event, now)? {
                    self.heard_once(room, &event, text, None, now)?;
                }
            }
            Heard::Moved(who, membership) => {
                if self.first_time(&event, now)? {
                    self.moved(place, room, &who, membership, now)?;
                }
            }
            Heard::Sealed(sealed) => {
                let Place::Conversation(person) = place else { return Ok(()) };
                if self.first_time(&event, now)? {
                    let waiting = Waiting {
                        event: event.0.clone(),
                        room: room.clone(),
                        member: person,
                        sealed,
                        since: now,
                        asked_again: false,
                        position: self.position(person),
                    };
                    self.batch.push(rows::put(&waiting)?);
                    self.waiting.insert(event, waiting);
                }
            }
            Heard::Own(effect) => {
                // A homeserver may repeat an event: it stands where it stood.
                if self.first_time(&event, now)? {
                    self.stands(effect, &event, room)?;
                }
                self.done(effect, now)?;
            }
            Heard::Echo(effect) => self.done(effect, now)?,
            Heard::Edited(edit) => {
                if self.first_time(&event, now)? {
                    self.retouched(place, &edit, Retouch::Edit, now)?;
                }
            }
            Heard::Redacted(taken) => {
                if self.first_time(&event, now)? {
                    self.retouched(place, &taken, Retouch::Redaction, now)?;
                }
            }
            Heard::Created(_) | Heard::Changed | Heard::Nothing => {}
        }
        Ok(())
    }

    /// Somebody did this to a message of theirs. One that was taken away before it could be read is not read any more.
    fn retouched(
        &mut self,
        place: Place,
        retouched: &Retouched,
        how: Retouch,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Place::Conversation(person) = place else { return Ok(()) };
        if self.address(person).as_ref() != Some(&retouched.by) {
            return Ok(());
        }
        if how == Retouch::Redaction && self.waiting.remove(&retouched.message).is_some() {
            self.batch.push(rows::delete::<Waiting>(retouched.message.0.clone().into_bytes()));
        }
        self.step(Input::Retouched(person, how), now)
    }

    /// Enters an event in the ledger; false when it stands there already.
    fn first_time(&mut self, event: &EventRef, now: Timestamp) -> Result<bool, StoreError> {
        if !self.seen.insert(event.clone()) {
            return Ok(false);
        }
        self.batch.push(rows::put(&Seen { event: event.0.clone(), at: now })?);
        Ok(true)
    }

    /// Words of somebody's, unless they are a copy of some that were heard: the bytes of an encrypted message can be put
    /// into its room again under a new event id. So the ciphertext is entered in the ledger before anything comes of it.
    /// `late` is the position of words that came before.
    fn heard_once(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        mut text: Text,
        late: Option<u64>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(Place::Conversation(person)) = self.places.get(room).copied() else { return Ok(()) };
        if self.address(person).as_ref() != Some(&text.sender) {
            return Ok(());
        }
        match text.cipher.as_ref().map(|cipher| self.ciphers.enter(person, cipher)) {
            Some(Some(row)) => self.batch.push(rows::put(&row)?),
            Some(None) => {
                self.copies += 1;
                return Ok(());
            }
            // All conversations are encrypted.
            None => text.trust = Trust::Untied,
        }
        let (trust, changed) = self.devices.hear(person, &text);
        self.batch.extend(changed.map(rows::put).transpose()?);
        let reply = self.about(person, &text);
        let before = self.before(person, late.unwrap_or_else(|| self.position(person)));
        let thread = text.thread.map(|thread| (person, thread.answering(room, event)));
        self.step_in(thread, Input::Said(Said { person, text: text.body, reply, before, trust }), now)
    }

    fn moved(
        &mut self,
        place: Place,
        room: &RoomRef,
        who: &Occupant,
        membership: Membership,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // Who is nobody's may be there all the same: that is seen before anything is said.
        let Some(person) = who.address().and_then(|who| self.state.person_at(&who)) else { return Ok(()) };
        match (place, membership) {
            (Place::Conversation(with), _) if with == person => self.conversation_moved(person, room, membership),
            (Place::Case(case), Membership::Joined) => self.step(Input::CameIn(case, person), now),
            (Place::Case(case), Membership::Left) => self.step(Input::WentOut(case, person), now),
            (Place::Conversation(_), _) | (Place::Case(_), Membership::Invited) => Ok(()),
        }
    }

    /// One of the service's own rooms shows in a response: it is adopted for what it was made for, or left.
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
            CaseStage::Open { room: own, .. } => own == room,
            CaseStage::Offered { .. }
            | CaseStage::Opening { .. }
            | CaseStage::Closing { .. }
            | CaseStage::Closed { .. } => false,
        });
        theirs
            || self.outbox.jobs().any(|job| match &job.errand {
                Errand::Check(_, _, checked, _) => checked == room,
                Errand::Act(lodge_counsel_core::effect::Act::Leave(_, left)) | Errand::Leave(left) => left == room,
                Errand::Act(_) => false,
            })
    }

    /// Somebody invites the service elsewhere: it never comes, and says in a room of its own what there is to say.
    fn invited(&mut self, room: RoomRef, from: &Address, now: Timestamp) -> Result<(), StoreError> {
        let known: Option<PersonId> = self.state.person_at(from);
        if known.is_none_or(|person| !self.forgetting.contains_key(&person)) {
            if let Some(person) = known {
                self.invite_again(person)?;
            }
            self.step(Input::Visited(from.clone()), now)?;
        }
        let leaving = self.outbox.jobs().filter(|job| matches!(job.errand, Errand::Leave(_))).count();
        if leaving < LEAVING_MAX && !self.is_in_hand(&room) { self.leave_room(room) } else { Ok(()) }
    }
}

/// The effect for which an event says that the service made its room.
fn made(heard: &Heard) -> Option<EffectId> {
    if let Heard::Created(marker) = heard { Some(*marker) } else { None }
}
