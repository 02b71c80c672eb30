//! From a sync response to inputs. All of a response is committed with its token, so nothing is lost and, by the
//! ledger of event ids, nothing is heard twice.

use lodge_counsel_core::case::Stage as CaseStage;
use lodge_counsel_core::effect::Lane;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, LeftOut, Retouch, Said};
use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::homeserver::{EventRef, Membership, RoomRef};
use lodge_matrix::news::{self, Delivery, Heard, Invitation, News, Retouched, RoomNews, Text};
use lodge_matrix::occupant::Occupant;
use lodge_matrix::waiting::{Again, Taken};

use super::{Channel, Place};
use crate::errand::{Errand, Line};
use crate::rows::{self, Stage, Token, Waiting};

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
    pub fn sealed(&self) -> impl Iterator<Item = (&RoomRef, EventRef, &str)> {
        self.waiting.all().map(|waiting| (&waiting.room, EventRef(waiting.event.clone()), waiting.sealed.as_str()))
    }

    /// A message that waited could be read.
    pub fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        let Some(Taken { waiting, owes }) = self.waiting.take(&news.event, &mut self.batch)? else { return Ok(()) };
        match news.heard {
            Heard::Text(text) => self.heard_once(&waiting.room, &news.event, text, Some(waiting.position), now)?,
            Heard::Edited(edit) => {
                if let Some(place) = self.places.get(&waiting.room).copied() {
                    self.retouched(place, &edit, Retouch::Edit, now)?;
                }
            }
            Heard::Wordless(by) => self.wordless(&waiting.room, &by, now)?,
            Heard::Own(_)
            | Heard::Echo(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Redacted(_)
            | Heard::Changed
            | Heard::Nothing => {}
        }
        if owes { self.step(Input::LeftOut(waiting.member, LeftOut::Sealed), now) } else { Ok(()) }
    }

    /// Asks those to say it again whose messages have waited too long for their key.
    pub(super) fn ask_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let after = self.options.unreadable_after;
        for Again { member, of, several } in self.waiting.ask_again(after, now, &mut self.batch)? {
            let event = EventRef(of.event);
            let thread = news::thread_of_sealed(&of.sealed).map(|thread| (member, thread.answering(&of.room, &event)));
            let input = if several { Input::LeftOut(member, LeftOut::Sealed) } else { Input::Unreadable(member) };
            self.step_in(thread, input, now)?;
        }
        Ok(())
    }

    fn hear(&mut self, room: &RoomRef, news: News, now: Timestamp) -> Result<(), StoreError> {
        let News { event, heard, .. } = news;
        let Some(place) = self.places.get(room).copied() else { return Ok(()) };
        match heard {
            Heard::Text(text) => {
                if self.first_time(room, &event, now)? {
                    self.heard_once(room, &event, text, None, now)?;
                }
            }
            Heard::Moved(who, membership) => {
                if self.first_time(room, &event, now)? {
                    self.moved(place, room, &who, membership, now)?;
                }
            }
            Heard::Sealed(sealed) => {
                let Place::Conversation(person) = place else { return Ok(()) };
                // Nobody is asked to say again a message that somebody else sent.
                if self.address(person).is_none_or(|own| !news::is_sealed_by(&sealed, &own)) {
                    return Ok(());
                }
                if self.first_time(room, &event, now)? {
                    let waiting = Waiting {
                        event: event.0,
                        room: room.clone(),
                        member: person,
                        sealed,
                        since: now,
                        asked_again: false,
                        position: self.position(person),
                        owed: None,
                    };
                    self.waiting.add(waiting, &mut self.batch)?;
                }
            }
            Heard::Own(effect) => {
                // A homeserver may repeat an event: it stands where it stood.
                if self.first_time(room, &event, now)? {
                    self.stands(effect, &event, room)?;
                }
                self.done(effect, now)?;
            }
            Heard::Echo(effect) => self.done(effect, now)?,
            Heard::Edited(edit) => {
                if self.first_time(room, &event, now)? {
                    self.retouched(place, &edit, Retouch::Edit, now)?;
                }
            }
            Heard::Redacted(taken) => {
                if self.first_time(room, &event, now)? {
                    self.retouched(place, &taken, Retouch::Redaction, now)?;
                }
            }
            Heard::Wordless(by) => {
                if self.first_time(room, &event, now)? {
                    self.wordless(room, &by, now)?;
                }
            }
            Heard::Created(_) | Heard::Changed | Heard::Nothing => {}
        }
        Ok(())
    }

    /// Somebody did this to a message of theirs. One that was taken away before it could be read is not read any more.
    /// Somebody sent something without words. They hear that it was not read, once in a while.
    fn wordless(&mut self, room: &RoomRef, by: &Address, now: Timestamp) -> Result<(), StoreError> {
        let Some(Place::Conversation(person)) = self.places.get(room).copied() else { return Ok(()) };
        if self.address(person).as_ref() == Some(by) && self.paces.answers_wordless(person, now) {
            self.step(Input::Wordless(person), now)?;
        }
        Ok(())
    }

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
        let mut left_out = Vec::new();
        if how == Retouch::Redaction {
            let sealed = self.waiting.take(&retouched.message, &mut self.batch)?;
            left_out.extend(sealed.filter(|taken| taken.owes).map(|_| LeftOut::Sealed));
            let unread = self.paces.take_out(person, &retouched.message, &mut self.batch)?;
            left_out.extend(unread.filter(|(_, owes)| *owes).map(|_| LeftOut::Hurried));
        }
        // They are told as long as they are listened to at all.
        if self.paces.may_hear(person, self.options.messages_a_minute, now) {
            self.step(Input::Retouched(person, how), now)?;
        }
        left_out.into_iter().try_for_each(|what| self.step(Input::LeftOut(person, what), now))
    }

    /// Enters an event in the ledger; false when it stands there already.
    fn first_time(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<bool, StoreError> {
        self.seen.enter(room, event, now, &mut self.batch)
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
            Some(Some(row)) => {
                self.batch.push(rows::put(&row)?);
                let over = self.ciphers.over(person);
                self.batch.extend(over.as_ref().map(rows::gone));
            }
            Some(None) => {
                self.copies += 1;
                return Ok(());
            }
            // All conversations are encrypted.
            None => text.proof = Proof::Unproven,
        }
        let (text, position) = match late {
            Some(position) => (text, position),
            None => match self.read_now(person, (room, event), text, now)? {
                Some(text) => (text, self.position(person)),
                None => return Ok(()),
            },
        };
        self.heard_words(person, (room, event), text, position, now)
    }

    /// Words of somebody's, which stand at this position.
    pub(super) fn heard_words(
        &mut self,
        person: PersonId,
        (room, event): (&RoomRef, &EventRef),
        text: Text,
        position: u64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (proof, changed) = self.devices.hear(person, &text);
        self.batch.extend(changed.map(rows::put).transpose()?);
        let reply = self.about(person, &text);
        let before = self.before(person, position);
        let thread = text.thread.map(|thread| (person, thread.answering(room, event)));
        self.step_in(thread, Input::Said(Said { person, text: text.body, reply, before, proof }), now)
    }

    fn moved(
        &mut self,
        place: Place,
        room: &RoomRef,
        who: &Occupant,
        membership: Membership,
        now: Timestamp,
    ) -> Result<(), StoreError> {
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
                Errand::Leave(left) => left == room,
                Errand::Act(_) => false,
            })
    }

    /// Somebody invites the service elsewhere: it never comes, and gives its answer in a room of its own.
    fn invited(&mut self, room: RoomRef, from: &Address, now: Timestamp) -> Result<(), StoreError> {
        let known: Option<PersonId> = self.state.person_at(from);
        if known.is_none_or(|person| !self.forgetting.contains_key(&person)) {
            if let Some(person) = known {
                self.invite_again(person)?;
            }
            let line = known.map(|person| Line::Lane(Lane::Conversation(person)));
            // Somebody who does not come into their conversation finds enough there to hear.
            if line.is_none_or(|line| self.outbox.in_line(&line).count() < UNTOLD_MAX) {
                self.step(Input::Visited(from.clone()), now)?;
            }
        }
        let leaving = self.outbox.jobs().filter(|job| matches!(job.errand, Errand::Leave(_))).count();
        if leaving < LEAVING_MAX && !self.is_in_hand(&room) { self.leave_room(room) } else { Ok(()) }
    }
}

/// The effect for which an event says that the service made its room.
fn made(heard: &Heard) -> Option<EffectId> {
    if let Heard::Created(marker) = heard { Some(*marker) } else { None }
}
