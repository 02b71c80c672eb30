//! From a sync response to inputs. All of a response is committed with its token, so nothing is lost and, by the
//! ledger of event ids, nothing is heard twice.

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, IntroductionId, MemberId, WordsId};
use lodge_core::input::{Input, Performed, Said};
use lodge_core::introduction::{Introduction, Opening, Stage as IntroductionStage};
use lodge_core::say::Say;
use lodge_core::time::Timestamp;
use lodge_matrix::happening::{Happening, Origin, Words};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::{EventRef, Events, Membership};
use crate::news::{Delivery, Heard, Invitation, News, Retouched, RoomNews};
use crate::outbox::Chore;
use crate::store::StoreError;
use crate::tables::Stage;

impl Channel {
    /// The events with which a gap in the news of this room must be filled: the porter's business is in it, or may
    /// prove to be. Of a room for many those are few, however much is written there, so that nobody's answer waits for
    /// them.
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

    /// Takes in a sync response whose gaps are filled.
    pub fn deliver(&mut self, mut delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        if self.went_back {
            return self.begin_anew(delivery, now);
        }
        self.hearing.leave_out_what_was_heard(&mut delivery, now);
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
                    | Heard::Wordless(_)
                    | Heard::Changed
                    | Heard::Nothing => {}
                }
            }
        }
        // The porter stays in conversations; elsewhere it may have left when it looks again.
        let places = &self.places;
        let stays = |room: &_| matches!(places.get(room), Some(Place::Conversation(_)));
        self.hearing.anchor(&delivery.rooms, stays, &self.engine.settings().porter, now);
        // Of one response, deeds in rooms for many count as done before their people said more in their conversations.
        let (first, then): (Vec<_>, Vec<_>) = delivery.rooms.into_iter().partition(|news| self.is_for_many(&news.room));
        for RoomNews { room, news, .. } in first.into_iter().chain(then) {
            for news in news {
                self.hear(&room, news, now)?;
            }
        }
        self.taken_in(delivery.token, delivery.invitations, now)
    }

    /// Ends the taking in of a response: the next one goes on from here.
    pub(super) fn taken_in(
        &mut self,
        token: String,
        invitations: Vec<Invitation>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.invited(invitations, &token, now)?;
        self.hearing.taken_in(token, now, self.engine.batch())?;
        self.engine.heard();
        self.chores.heard();
        Ok(())
    }

    /// A message that waited could be read.
    pub fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError> {
        let waits_in = self.hearing.waits_in(&news.event).cloned();
        let origin = waits_in.map_or(Origin::Unknown, |room| self.origin(&room));
        let happened = self.hearing.unsealed(news, &origin, now, self.engine.batch())?;
        self.all_happened(happened, now)
    }

    /// Asks those to say it again whose messages have waited too long for their key.
    pub(super) fn ask_again(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let happened = self.hearing.ask_again(now, self.engine.batch())?;
        self.all_happened(happened, now)
    }

    /// Reads on in the words of those who write a lot, as many of each member's as a minute allows.
    pub(super) fn read_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for member in self.hearing.behind() {
            while let Some(happened) = self.hearing.read_on(member, now, self.engine.batch())? {
                self.all_happened(happened, now)?;
            }
        }
        Ok(())
    }

    pub(super) fn hear(&mut self, room: &RoomRef, news: News, now: Timestamp) -> Result<(), StoreError> {
        match news.heard {
            Heard::Text(text) if self.is_for_many(room) => self.written_in(room, &news.event, text, now),
            Heard::Sealed(_) if self.is_for_many(room) => self.spoken_in(room, &news.event, now),
            Heard::Changed => self.changed_in(room, &news.event, now),
            Heard::Text(_)
            | Heard::Own(_)
            | Heard::Echo(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Edited(_)
            | Heard::Redacted(_)
            | Heard::Wordless(_)
            | Heard::Nothing => {
                let origin = self.origin(room);
                let happened = self.hearing.take(room, &origin, news, now, self.engine.batch())?;
                self.all_happened(happened, now)
            }
        }
    }

    /// The part of a room in the hub.
    fn origin(&self, room: &RoomRef) -> Origin {
        match self.places.get(room) {
            None => Origin::Unknown,
            Some(Place::Introduction(_) | Place::Room(_)) => Origin::Other,
            Some(Place::Conversation(member)) => self.engine.address(*member).map_or(Origin::Other, |address| {
                Origin::Conversation { member: *member, address, position: self.position(*member) }
            }),
        }
    }

    pub(super) fn all_happened(&mut self, happened: Vec<Happening>, now: Timestamp) -> Result<(), StoreError> {
        happened.into_iter().try_for_each(|happening| self.happened(happening, now))
    }

    fn happened(&mut self, happening: Happening, now: Timestamp) -> Result<(), StoreError> {
        match happening {
            Happening::Said(words) => self.said(words, now),
            Happening::Hurried(member, event, thread) => {
                let id = self.ids(Cause::Hurried(&event)).draw();
                self.tell(id, member, Say::Hurried, thread)
            }
            Happening::Unreadable(member, event, thread) => {
                let thread = thread.map(|thread| (member, thread));
                self.step_in(thread, Cause::Unreadable(&event), Input::Unreadable(member), now)
            }
            Happening::LeftOut(member, event, what, thread) => {
                let thread = thread.map(|thread| (member, thread));
                self.step_in(thread, Cause::LeftOut(&event), Input::LeftOut(member, what), now)
            }
            Happening::Edited(member, event, Retouched { message, .. }) => {
                self.step(Cause::Heard(&event), Input::Edited(member, self.words_id(&message)), now)
            }
            Happening::TakenAway(member, event, Retouched { message, .. }) => {
                self.step(Cause::Heard(&event), Input::TakenAway(member, self.words_id(&message)), now)
            }
            Happening::Wordless(member, event) => self.step(Cause::Heard(&event), Input::Wordless(member), now),
            Happening::Moved(room, event, who, membership) => self.moved(&room, &event, (&who, membership), now),
            Happening::Own { room, event, effect, stands } => {
                if stands {
                    self.stands(effect, &room)?;
                }
                self.own_message(effect, &event, &room, now)
            }
        }
    }

    /// Whether a room is one of those for many.
    fn is_for_many(&self, room: &RoomRef) -> bool {
        matches!(self.places.get(room), Some(Place::Room(_)))
    }

    /// Enters an event of one of the hub's rooms in the ledger; false when it stands there already.
    pub(super) fn first_time(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.knows(room) && self.hearing.first_time(room, event, now, self.engine.batch())?)
    }

    /// Words of a member's that count now.
    fn said(&mut self, words: Words, now: Timestamp) -> Result<(), StoreError> {
        let (member, thread) = (words.member, words.thread());
        let Words { room, event, text, position, is_further_device, .. } = words;
        // A conversation that was given up since moves nobody.
        if self.places.get(&room) != Some(&Place::Conversation(member)) {
            return Ok(());
        }
        let reply = self.about(&text);
        let before = self.before(member, &room, position);
        // A client mentions whom one replies to; that is the porter, and no wish to meet it.
        let mentions = text.mentions.into_iter().filter(|address| address != self.own()).collect();
        let words = self.words_id(&event);
        #[expect(clippy::disallowed_methods, reason = "this is the channel, and it heard them")]
        let said = Said::heard(member, words, text.body, text.proof)
            .replying(reply)
            .after(before)
            .mentioning(mentions)
            .from_further_device(is_further_device);
        self.step_in(thread.map(|thread| (member, thread)), Cause::Heard(&event), Input::Said(said), now)
    }

    /// The name that the core has for these words.
    pub(super) fn words_id(&self, event: &EventRef) -> WordsId {
        self.ids(Cause::Words(event)).draw()
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
        let Some(member) = self.engine.state().member_at(&who).map(|member| member.id) else { return Ok(()) };
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
        match self.engine.invitation(id, who) {
            Some(job) => self.done(job, Performed::Done, now),
            None => Ok(()),
        }
    }

    /// Adopts one of the porter's own rooms that shows in a response for its purpose, or leaves it.
    pub(super) fn created(&mut self, room: &RoomRef, marker: EffectId, now: Timestamp) -> Result<(), StoreError> {
        // One that is being closed is left when everybody who was invited is out of it.
        if self.knows(room) || self.is_to_be_left(room) {
            return Ok(());
        }
        if self.adopted(room, marker, now)? { Ok(()) } else { self.leave_room(room.clone()) }
    }

    /// Takes a room of the porter's for its purpose; false where that is unknown.
    pub(super) fn adopted(&mut self, room: &RoomRef, marker: EffectId, now: Timestamp) -> Result<bool, StoreError> {
        let opening = |stage: &Stage| *stage == Stage::Creating(marker);
        let conversation = self.conversations.values().find(|c| opening(&c.stage)).map(|c| c.member);
        if let Some(member) = conversation {
            self.conversation_made(member, room.clone())?;
        } else if self.engine.outbox().job(marker).is_some() {
            self.room_made(marker, room.clone(), now)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Whether the porter is about to leave this room, or to say where its conversation is.
    pub(super) fn is_to_be_left(&self, room: &RoomRef) -> bool {
        let leaves = |act: &Act| matches!(act, Act::Leave(_, left) if room.is(left));
        let leaves_too = |chore: &Chore| match chore {
            Chore::Leave(left) | Chore::Decline(left) | Chore::Greet(left, _) => left == room,
            Chore::Oust(..) => false,
        };
        self.engine.outbox().jobs().any(|job| leaves(job.errand.act()))
            || self.chores.jobs().any(|job| leaves_too(&job.errand))
    }
}

/// The room of an introduction, while the hub has to do with it.
pub(super) fn place(introduction: &Introduction) -> Option<(RoomRef, Place)> {
    let room = match &introduction.stage {
        IntroductionStage::Opening {
            room: Opening::InvitingAddressee(room, _) | Opening::InvitingRequester(room, _),
            ..
        }
        | IntroductionStage::Invited { room, .. }
        | IntroductionStage::Met { room, .. } => room.into(),
        IntroductionStage::Waiting(_)
        | IntroductionStage::Opening { room: Opening::Creating, .. }
        | IntroductionStage::Ended { .. } => return None,
    };
    Some((room, Place::Introduction(introduction.id)))
}

#[cfg(test)]
mod tests {
    use lodge_core::name::Address;
    use lodge_core::say::{NotTaken, Rights};
    use lodge_core::time::Span;
    use lodge_ground::bounded::LeftOut;

    use super::super::trial::{NOW, Trial, effect, words};
    use super::*;
    use crate::news::Text;
    use crate::perform::What;
    use crate::store::{Store as _, Table};

    /// A response with this many messages of Sam's that nobody can read, each of so many bytes.
    fn junk(trial: &mut Trial, count: usize, bytes: usize) {
        let room = trial.room(trial.sam());
        let sealed = format!(r#"{{"sender":"@sam:example.org","content":{{"ciphertext":"{}"}}}}"#, "x".repeat(bytes));
        let message = |number: usize| News {
            event: EventRef(format!("$junk{number}")),
            at: NOW,
            heard: Heard::Sealed(sealed.clone()),
        };
        trial.deliver(vec![RoomNews { room, gap: None, news: (0..count).map(message).collect() }], vec![]);
    }

    /// The porter's messages since the last call, as time goes on until then.
    fn said(trial: &mut Trial, at: Timestamp) -> Vec<Say> {
        trial.engine.tick(at).unwrap();
        trial.settle();
        let said = |done: What| if let What::Say { say, .. } = done { Some(say) } else { None };
        std::mem::take(&mut trial.done).into_iter().filter_map(said).collect()
    }

    #[test]
    fn of_a_flood_that_nobody_can_read_little_is_kept_and_its_sender_hears_of_it_once() {
        let mut trial = Trial::new();
        junk(&mut trial, 1500, 40_000);
        trial.commit();
        let bytes: usize = trial.store.load(Table::Waiting).unwrap().iter().map(|row| row.value.len()).sum();
        assert!(bytes < 300_000, "{bytes}");
        let later = NOW.after(Span::from_millis(600_000));
        assert_eq!(said(&mut trial, later), [Say::NotTaken(NotTaken::LeftOut(LeftOut::Sealed))]);
        assert_eq!(said(&mut trial, later.after(Span::from_days(1))), []);
    }

    #[test]
    fn who_had_many_unreadable_messages_long_ago_is_read_as_anybody_is() {
        let mut trial = Trial::new();
        junk(&mut trial, 200, 100);
        let over = NOW.after(Span::from_days(31));
        trial.engine.tick(NOW.after(Span::from_days(1))).unwrap();
        trial.engine.tick(over).unwrap();
        trial.commit();
        assert_eq!(trial.store.load(Table::Waiting).unwrap(), []);
        trial.settle();
        trial.done.clear();
        // The next waits for its key, and is read when that comes.
        let room = trial.room(trial.sam());
        let event = trial.hear(&room, Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned()));
        let sender = Address::exact("@sam:example.org").unwrap();
        let text = Text { cipher: Some(trial.encrypt()), ..words(sender, "help") };
        trial.engine.unsealed(News { event, at: over, heard: Heard::Text(text) }, over).unwrap();
        let said = said(&mut trial, over);
        assert!(matches!(said.as_slice(), [Say::Help { .. }]), "{said:?}");
    }

    #[test]
    fn whose_words_were_given_up_hears_of_it_even_where_all_others_are_read() {
        let mut trial = Trial::new();
        junk(&mut trial, 101, 10);
        let sender = Address::exact("@sam:example.org").unwrap();
        for number in 1..=100 {
            let text = Text { cipher: Some(trial.encrypt()), ..words(sender.clone(), "policy") };
            let event = EventRef(format!("$junk{number}"));
            trial.engine.unsealed(News { event, at: NOW, heard: Heard::Text(text) }, NOW).unwrap();
        }
        let said = said(&mut trial, NOW);
        assert_eq!(said.iter().filter(|say| matches!(say, Say::Rights(Rights::Policy { .. }))).count(), 100);
        assert_eq!(said.last(), Some(&Say::NotTaken(NotTaken::LeftOut(LeftOut::Sealed))));
    }

    #[test]
    fn a_room_that_is_being_closed_is_left_when_whoever_was_invited_is_out_of_it() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let (met, room) = (IntroductionId::from_bytes([1; 16]), RoomRef("!two".to_owned()));
        trial.step(
            vec![
                (2, &[sam], Act::Remove(met, room.clone().into(), sam)),
                (3, &[sam], Act::Leave(met, room.clone().into())),
            ],
            &[],
        );
        // The program died before it had kept the response that showed the room, so it comes again.
        trial.hear(&room, Heard::Created(effect(1)));
        trial.settle();
        let address = Address::exact("@sam:example.org").unwrap();
        assert_eq!(trial.done, [What::Remove(room.clone(), address), What::Leave(room)]);
    }
}
