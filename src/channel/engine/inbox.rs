//! From a sync response to inputs. All of a response is committed with its token, so nothing is lost and, by the
//! ledger of event ids, nothing is heard twice.

use lodge_core::effect::{Act, Lane};
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::input::{Input, Performed, Said};
use lodge_core::introduction::{Introduction, Opening, RoomRef, Stage as IntroductionStage};
use lodge_core::time::Timestamp;
use lodge_ground::name::Occupant;

use super::cause::Cause;
use super::{Engine, Place};
use crate::homeserver::{EventRef, Events, Membership};
use crate::news::{self, Delivery, Heard, Invitation, News, RoomNews, Text};
use crate::outbox::{Errand, Job, Line};
use crate::store::StoreError;
use crate::tables::{self, Seen, Stage, Token, Waiting};

/// How many messages of one member's wait at most for their keys. Whoever has more is asked to say it again anyway.
const WAITING_MAX: usize = 100;

impl Engine {
    /// With which events a gap in the news of this room must be filled: the porter's business is in it, or may prove to
    /// be. Of a room for many those are few, whatever is written there, so that nobody's answer waits for them.
    pub fn must_fill(&self, room: &RoomRef) -> Option<Events> {
        match self.places.get(room) {
            Some(Place::Room(_)) => Some(Events::States),
            Some(Place::Conversation(_) | Place::Introduction(_)) => Some(Events::All),
            // After the store went back, a room's states show whether the porter made it, and who is there.
            None => self.went_back.then_some(Events::States),
        }
    }

    /// Whether the porter's business is in this room.
    pub fn knows(&self, room: &RoomRef) -> bool {
        self.places.contains_key(room)
    }

    /// Whether an event was dealt with already.
    pub fn has_seen(&self, event: &EventRef) -> bool {
        self.seen.contains(event)
    }

    /// Takes in a sync response whose gaps are filled.
    pub fn deliver(&mut self, mut delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        if self.went_back {
            return self.begin_anew(delivery, now);
        }
        self.leave_out_what_was_heard(&mut delivery, now);
        for RoomNews { room, news, .. } in &delivery.rooms {
            for News { heard, .. } in news {
                match heard {
                    Heard::Created(marker) => self.created(room, *marker, now)?,
                    Heard::Text(_)
                    | Heard::Own(_)
                    | Heard::Echo(_)
                    | Heard::Moved(..)
                    | Heard::Sealed(_)
                    | Heard::Edited(_)
                    | Heard::Redacted(_)
                    | Heard::Changed
                    | Heard::Nothing => {}
                }
            }
        }
        self.anchor(&delivery.rooms, now);
        // What somebody did in a room for many, they did before they said more in their conversation.
        let (first, then): (Vec<_>, Vec<_>) = delivery.rooms.into_iter().partition(|news| self.is_for_many(&news.room));
        for RoomNews { room, news, .. } in first.into_iter().chain(then) {
            for news in news {
                self.hear(&room, news, now)?;
            }
        }
        self.taken_in(delivery.token, delivery.invitations, now)
    }

    /// All that happened in the rooms is taken in; the next response goes on from here.
    pub(super) fn taken_in(
        &mut self,
        token: String,
        invitations: Vec<Invitation>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.invited(invitations, &token, now)?;
        if self.token.as_deref() != Some(&token) {
            self.batch.push(tables::put(&Token {
                token: token.clone(),
                anchors: self.anchors.clone(),
                at: Some(now),
            })?);
            self.kept_at = Some(now);
            self.token = Some(token);
        }
        self.heard_at = Some(now);
        self.outbox.heard();
        self.drop_never_said();
        Ok(())
    }

    /// The number of messages that wait for their key.
    pub fn without_key(&self) -> usize {
        self.waiting.len()
    }

    /// Messages that wait for their key: where each is, and the event as it came.
    pub fn sealed(&self) -> impl Iterator<Item = (&RoomRef, &EventRef, &str)> {
        self.waiting.iter().map(|(event, waiting)| (&waiting.room, event, waiting.sealed.as_str()))
    }

    /// A message that waited could be read.
    pub fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        let Some(waiting) = self.waiting.remove(&news.event) else { return Ok(()) };
        self.batch.push(tables::delete::<Waiting>(tables::event_key(&news.event)));
        match news.heard {
            Heard::Text(text) => self.heard_once(&waiting.room, &news.event, text, Some(waiting.position), now)?,
            Heard::Edited(edit) => self.edited(&waiting.room, &news.event, &edit, now)?,
            Heard::Redacted(_)
            | Heard::Own(_)
            | Heard::Echo(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Changed
            | Heard::Nothing => {}
        }
        Ok(())
    }

    /// Asks those to say it again whose messages have waited too long for their key.
    pub(super) fn ask_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let mut members = std::collections::BTreeMap::new();
        for waiting in self.waiting.values_mut() {
            if !waiting.asked_again && waiting.since.after(self.options.unreadable_after) <= now {
                waiting.asked_again = true;
                self.batch.push(tables::put(&*waiting)?);
                members.entry(waiting.member).or_insert_with(|| {
                    let event = EventRef(waiting.event.clone());
                    let thread =
                        news::thread_of_sealed(&waiting.sealed).map(|thread| thread.answering(&waiting.room, &event));
                    (event, thread)
                });
            }
        }
        for (member, (event, thread)) in members {
            let thread = thread.map(|thread| (member, thread));
            self.step_in(thread, Cause::Unreadable(&event), Input::Unreadable(member), now)?;
        }
        Ok(())
    }

    pub(super) fn hear(&mut self, room: &RoomRef, news: News, now: Timestamp) -> Result<(), StoreError> {
        let News { event, heard, .. } = news;
        match heard {
            Heard::Text(text) if self.is_for_many(room) => self.written_in(room, &event, text, now)?,
            Heard::Sealed(_) if self.is_for_many(room) => self.spoken_in(room, &event, now)?,
            Heard::Text(text) => {
                if self.first_time(room, &event, now)? {
                    self.heard_once(room, &event, text, None, now)?;
                }
            }
            Heard::Moved(who, membership) => {
                if self.first_time(room, &event, now)? {
                    self.moved(room, &event, (&who, membership), now)?;
                }
            }
            Heard::Sealed(sealed) => {
                let place = self.places.get(room).copied();
                let Some(Place::Conversation(member)) = place else { return Ok(()) };
                // Nobody is asked to say again a message that somebody else sent.
                if self.address(member).is_none_or(|own| !is_from(&sealed, &own)) {
                    return Ok(());
                }
                if self.first_time(room, &event, now)? && self.waiting_of(member) < WAITING_MAX {
                    let waiting = Waiting {
                        event: event.0.clone(),
                        room: room.clone(),
                        member,
                        sealed,
                        since: now,
                        asked_again: false,
                        position: self.position(member),
                    };
                    self.batch.push(tables::put(&waiting)?);
                    self.waiting.insert(event, waiting);
                }
            }
            Heard::Own(effect) => {
                // A homeserver may repeat an event: it stands where it stood.
                if self.first_time(room, &event, now)? {
                    self.stands(effect, room)?;
                }
                self.own_message(effect, &event, room, now)?;
            }
            Heard::Echo(effect) => self.own_message(effect, &event, room, now)?,
            Heard::Edited(edit) => {
                if self.first_time(room, &event, now)? {
                    self.edited(room, &event, &edit, now)?;
                }
            }
            Heard::Redacted(taken) => {
                if self.first_time(room, &event, now)? {
                    self.redacted(room, &event, &taken, now)?;
                }
            }
            Heard::Changed => self.changed_in(room, &event, now)?,
            Heard::Created(_) | Heard::Nothing => {}
        }
        Ok(())
    }

    fn waiting_of(&self, member: MemberId) -> usize {
        self.waiting.values().filter(|waiting| waiting.member == member).count()
    }

    /// Whether a room is one of those for many.
    fn is_for_many(&self, room: &RoomRef) -> bool {
        matches!(self.places.get(room), Some(Place::Room(_)))
    }

    /// Enters an event of one of the hub's rooms in the ledger; false when it stands there already.
    pub(super) fn first_time(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<bool, StoreError> {
        if !self.knows(room) || !self.seen.insert(event.clone()) {
            return Ok(false);
        }
        self.batch.push(tables::put(&Seen { event: event.0.clone(), at: now })?);
        Ok(true)
    }

    /// Words of somebody's; `late` is the position at which they stand, where they came before and are read only now.
    pub(super) fn heard_text(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        text: Text,
        late: Option<u64>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(Place::Conversation(member)) = self.places.get(room).copied() else { return Ok(()) };
        if self.address(member).as_ref() != Some(&text.sender) {
            return Ok(());
        }
        let text = match late {
            Some(_) => Some(text),
            None => self.read_now(member, (room, event), text, now)?,
        };
        let Some(text) = text else { return Ok(()) };
        let trust = self.trust(member, &text)?;
        let reply = self.about(&text);
        let before = self.before_words(member, room, late);
        let cause = if late.is_some() { Cause::Late(event) } else { Cause::Heard(event) };
        // A client mentions whom one replies to; that is the porter, and no wish to meet it.
        let mentions = text.mentions.into_iter().filter(|address| address != self.own()).collect();
        let thread = text.thread.as_ref().map(|thread| (member, thread.answering(room, event)));
        let words = self.words_id(event);
        #[expect(clippy::disallowed_methods, reason = "this is the channel, and it heard them")]
        let said = Said::heard(member, words, text.body, trust).replying(reply).after(before).mentioning(mentions);
        self.step_in(thread, cause, Input::Said(said), now)
    }

    fn moved(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        (who, membership): (&Occupant, Membership),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if membership != Membership::Left && self.is_third(room, who) {
            return self.oust(room, event, who);
        }
        let Some(who) = who.address() else { return Ok(()) };
        if let Some(Place::Room(id)) = self.places.get(room).copied() {
            return self.moved_in_room(id, event, (&who, membership), now);
        }
        let Some(member) = self.state.member_at(&who).map(|member| member.id) else { return Ok(()) };
        match self.places.get(room).copied() {
            Some(Place::Conversation(with)) if with == member => self.conversation_moved(member, room, membership),
            Some(Place::Introduction(id)) => match membership {
                Membership::Joined => self.step(Cause::Heard(event), Input::CameIn(id, member), now),
                Membership::Left => self.step(Cause::Heard(event), Input::WentOut(id, member), now),
                Membership::Invited => self.invitation_shows(id, member, now),
            },
            Some(Place::Conversation(_) | Place::Room(_)) | None => Ok(()),
        }
    }

    /// An invitation shows in a response: it is done, whatever became of the answer to the call.
    fn invitation_shows(&mut self, id: IntroductionId, who: MemberId, now: Timestamp) -> Result<(), StoreError> {
        match self.invitation(id, who) {
            Some(job) => self.done(job, Performed::Done, now),
            None => Ok(()),
        }
    }

    /// The job that invites this member into the room of an introduction, if it is still to be done.
    pub(super) fn invitation(&self, id: IntroductionId, who: MemberId) -> Option<EffectId> {
        let invites = |job: &&Job| match &job.errand {
            Errand::Act(Act::Invite(of, _, member)) => (*of, *member) == (id, who),
            Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => false,
        };
        self.outbox.in_line(&Line::Lane(Lane::Introduction(id))).find(invites).map(|job| job.id)
    }

    /// One of the porter's own rooms shows in a response: it is adopted for what it was made for, or left.
    pub(super) fn created(&mut self, room: &RoomRef, marker: EffectId, now: Timestamp) -> Result<(), StoreError> {
        // One that is being closed is left when everybody who was invited is out of it.
        if self.knows(room) || self.is_to_be_left(room) {
            return Ok(());
        }
        if self.adopted(room, marker, now)? { Ok(()) } else { self.leave_room(room.clone()) }
    }

    /// Takes a room of the porter's for what it was made for; false where that is nothing that is known.
    pub(super) fn adopted(&mut self, room: &RoomRef, marker: EffectId, now: Timestamp) -> Result<bool, StoreError> {
        let opening = |stage: &Stage| *stage == Stage::Creating(marker);
        let conversation = self.conversations.values().find(|c| opening(&c.stage)).map(|c| c.member);
        if let Some(member) = conversation {
            self.conversation_made(member, room.clone())?;
        } else if self.outbox.job(marker).is_some() {
            self.room_made(marker, room.clone(), now)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Whether the porter is about to leave this room, or to say where its conversation is.
    pub(super) fn is_to_be_left(&self, room: &RoomRef) -> bool {
        self.outbox.jobs().any(|job| match &job.errand {
            Errand::Act(Act::Leave(_, left)) | Errand::Leave(left) | Errand::Decline(left) | Errand::Greet(left, _) => {
                left == room
            }
            Errand::Act(_) | Errand::Oust(..) => false,
        })
    }
}

/// Whether an event that could not be read is of this sender's.
fn is_from(sealed: &str, sender: &lodge_core::name::Address) -> bool {
    let event: Option<serde_json::Value> = serde_json::from_str(sealed).ok();
    event.is_some_and(|event| event.get("sender").and_then(serde_json::Value::as_str) == Some(sender.as_str()))
}

/// The room of an introduction, while the hub has to do with it.
pub(super) fn place(introduction: &Introduction) -> Option<(RoomRef, Place)> {
    let room = match &introduction.stage {
        IntroductionStage::Opening {
            room: Opening::InvitingAddressee(room, _) | Opening::InvitingRequester(room, _),
            ..
        }
        | IntroductionStage::Invited { room, .. }
        | IntroductionStage::Met { room, .. } => room.clone(),
        IntroductionStage::Waiting(_)
        | IntroductionStage::Opening { room: Opening::Creating, .. }
        | IntroductionStage::Ended { .. } => return None,
    };
    Some((room, Place::Introduction(introduction.id)))
}

#[cfg(test)]
mod tests {
    use lodge_core::id::IntroductionId;

    use lodge_core::name::Address;

    use super::super::trial::{Trial, effect};
    use super::*;
    use crate::perform::What;

    #[test]
    fn a_room_that_is_being_closed_is_left_when_whoever_was_invited_is_out_of_it() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let (met, room) = (IntroductionId::from_bytes([1; 16]), RoomRef("!two".to_owned()));
        trial.step(
            vec![(2, &[sam], Act::Remove(met, room.clone(), sam)), (3, &[sam], Act::Leave(met, room.clone()))],
            &[],
        );
        // The program died before it had kept the response that showed the room, so it comes again.
        trial.hear(&room, Heard::Created(effect(1)));
        trial.settle();
        let address = Address::exact("@sam:example.org").unwrap();
        assert_eq!(trial.done, [What::Remove(room.clone(), address), What::Leave(room)]);
    }
}
