//! Hearing: from the news of a sync response to things that happened in conversations, each once.
//!
//! It remembers how far a service has heard, the events and ciphertexts that were dealt with, the devices that people write
//! from, and the words that are still to be read: those whose key has not come, and those of somebody who writes a lot. All
//! rows that change go into the batch with the consequences, so nothing is lost and nothing is heard twice.

use std::collections::BTreeMap;

use lodge_ground::bounded::LeftOut;
use lodge_ground::id::MemberId;
use lodge_ground::name::Address;
use lodge_ground::proof::{DeviceWord, Proof};
use lodge_ground::store::{Batch, Store, StoreError, Table};
use lodge_ground::stored::{delete_single, gone, load, put, single};
use lodge_ground::time::{Span, Timestamp};

use crate::anew::{self, Anchor, Anchors};
use crate::device::KnownDevices;
use crate::happening::{Happening, Origin, Words};
use crate::homeserver::{EventRef, RoomRef};
use crate::ledger::{Ciphers, Ledger};
use crate::news::{self, Delivery, Heard, News, Retouched, RoomNews, Text};
use crate::pace::Paces;
use crate::room::Encryption;
use crate::rows::{Token, Waiting};
use crate::seen::SeenEvents;
use crate::waiting::{Again, Sealed, Taken};

/// The limits within which people are listened to.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Whether conversations are encrypted. Where they are, words from no known ciphertext are tied to nobody.
    pub encryption: Encryption,
    /// A message may wait this long for its key before its sender is asked to say it again.
    pub unreadable_after: Span,
    /// This many messages of one person are read in a minute; those beyond are read later.
    pub messages_a_minute: usize,
}

/// Everything that a service keeps of what it heard.
#[derive(Debug)]
pub struct Hearing {
    limits: Limits,
    token: Option<String>,
    /// Events by which it shows whether the homeserver still knows what was heard.
    anchors: Anchors,
    /// The homeserver did not know any more how far it was heard, and nobody was told in the log.
    began_anew: bool,
    /// The time of the last commit, as far as is known.
    kept_at: Option<Timestamp>,
    /// The time at which this process took in its last response.
    heard_at: Option<Timestamp>,
    /// The events that were dealt with.
    seen: SeenEvents,
    /// Messages whose key has not come.
    waiting: Sealed,
    /// The pace at which each person is listened to.
    paces: Paces,
    /// The ciphertexts that were heard.
    ciphers: Ledger,
    /// Copies of each person's ciphertexts, counted since that was last told.
    copies: BTreeMap<MemberId, u32>,
    /// Each person's known devices.
    devices: KnownDevices,
}

impl Hearing {
    /// Reads the rows of an earlier process.
    pub fn open(store: &impl Store, limits: Limits, now: Timestamp, batch: &mut Batch) -> Result<Self, StoreError> {
        let token = single::<Token>(&store.load(Table::Singles)?)?;
        Ok(Self {
            limits,
            kept_at: token.as_ref().and_then(|token| token.at),
            token: token.as_ref().map(|token| token.token.clone()),
            anchors: token.map(|token| token.anchors).unwrap_or_default(),
            began_anew: false,
            heard_at: None,
            seen: SeenEvents::new(load(store)?, now, batch),
            waiting: Sealed::new(load(store)?, batch)?,
            paces: Paces::new(load(store)?),
            ciphers: Ledger::from_rows(load::<Ciphers>(store)?),
            copies: BTreeMap::new(),
            devices: KnownDevices::new(load(store)?),
        })
    }

    /// Leaves out of a response without a token all that is older than the ledger of events: it may have been heard.
    pub fn leave_out_what_was_heard(&self, delivery: &mut Delivery, now: Timestamp) {
        if self.token.is_none() {
            anew::leave_out_what_was_heard(&mut delivery.rooms, &self.seen, now);
        }
    }

    /// These rooms were heard of. The account stays in some of them; elsewhere it may have left when it looks again.
    pub fn anchor(&mut self, rooms: &[RoomNews], stays: impl Fn(&RoomRef) -> bool, own: &Address, now: Timestamp) {
        self.anchors.heard(rooms, stays, own, now);
    }

    /// Ends with a response: the next one goes on from its token.
    pub fn taken_in(&mut self, token: String, now: Timestamp, batch: &mut Batch) -> Result<(), StoreError> {
        if self.token.as_deref() != Some(&token) {
            batch.push(put(&Token { token: token.clone(), anchors: self.anchors.clone(), at: Some(now) })?);
            self.kept_at = Some(now);
            self.token = Some(token);
        }
        self.heard_at = Some(now);
        Ok(())
    }

    /// The homeserver refuses to go on from the end of the last response, or has lost events of it. The next response begins
    /// without a token; events of it that are in the ledger are not heard again. Whether there was a token to lose.
    pub fn cannot_go_on(&mut self, batch: &mut Batch) -> bool {
        let lost = self.token.is_some();
        if lost {
            self.start_over(batch);
            self.began_anew = true;
        }
        lost
    }

    /// The next response begins without a token.
    pub fn start_over(&mut self, batch: &mut Batch) {
        self.token = None;
        self.anchors = Anchors::default();
        batch.push(delete_single::<Token>());
    }

    /// Takes in one piece of news.
    pub fn take(
        &mut self,
        room: &RoomRef,
        origin: &Origin,
        News { event, heard, .. }: News,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Vec<Happening>, StoreError> {
        match heard {
            Heard::Own(effect) | Heard::Echo(effect) => {
                // A homeserver may repeat an event: it stands where it stood.
                let may_stand = matches!(heard, Heard::Own(_)) && *origin != Origin::Unknown;
                let stands = may_stand && self.first_time(room, &event, now, batch)?;
                return Ok(vec![Happening::Own { room: room.clone(), event, effect, stands }]);
            }
            Heard::Created(_) | Heard::Changed | Heard::Nothing => return Ok(vec![]),
            Heard::Sealed(ref sealed) if !origin.has_sealed(sealed) => return Ok(vec![]),
            Heard::Text(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Edited(_)
            | Heard::Redacted(_)
            | Heard::Wordless(_) => {}
        }
        if *origin == Origin::Unknown || !self.first_time(room, &event, now, batch)? {
            return Ok(vec![]);
        }
        match heard {
            Heard::Text(text) => self.once(room, origin, (event, text), None, now, batch),
            Heard::Moved(who, membership) => Ok(vec![Happening::Moved(room.clone(), event, who, membership)]),
            Heard::Sealed(sealed) => {
                let Origin::Conversation { member, position, .. } = *origin else { return Ok(vec![]) };
                let room = room.clone();
                let (event, since) = (event.0, now);
                let waiting = Waiting { event, room, member, sealed, since, asked_again: false, position, owed: None };
                self.waiting.add(waiting, batch).map(|()| vec![])
            }
            Heard::Edited(edit) => Ok(self.edited(origin, event, edit, now).into_iter().collect()),
            Heard::Redacted(taken) => self.taken_away(origin, event, taken, batch),
            Heard::Wordless(by) => Ok(self.wordless(origin, event, &by, now).into_iter().collect()),
            Heard::Own(_) | Heard::Echo(_) | Heard::Created(_) | Heard::Changed | Heard::Nothing => Ok(vec![]),
        }
    }

    /// Enters an event of one of the service's rooms in the ledger; false when it stands there already.
    pub fn first_time(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<bool, StoreError> {
        self.seen.enter(room, event, now, batch)
    }

    /// The room of a message that waits for its key.
    pub fn waits_in(&self, event: &EventRef) -> Option<&RoomRef> {
        self.waiting.get(event).map(|waiting| &waiting.room)
    }

    /// A message that waited for its key could be read. `origin` is that of [the room that it waits in](Self::waits_in).
    pub fn unsealed(
        &mut self,
        news: News,
        origin: &Origin,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Vec<Happening>, StoreError> {
        let Some(Taken { waiting, owes }) = self.waiting.take(&news.event, batch)? else { return Ok(vec![]) };
        let Waiting { room, member, position, .. } = waiting;
        let event = news.event;
        let mut happened = match news.heard {
            Heard::Text(text) => self.once(&room, origin, (event.clone(), text), Some(position), now, batch)?,
            Heard::Edited(edit) => self.edited(origin, event.clone(), edit, now).into_iter().collect(),
            Heard::Wordless(by) => self.wordless(origin, event.clone(), &by, now).into_iter().collect(),
            Heard::Redacted(_)
            | Heard::Own(_)
            | Heard::Echo(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Changed
            | Heard::Nothing => vec![],
        };
        happened.extend(owes.then_some(Happening::LeftOut(member, event, LeftOut::Sealed, None)));
        Ok(happened)
    }

    /// Those who are to say it again now, for their messages have waited too long for their key.
    pub fn ask_again(&mut self, now: Timestamp, batch: &mut Batch) -> Result<Vec<Happening>, StoreError> {
        let asked = self.waiting.ask_again(self.limits.unreadable_after, now, batch)?;
        let happening = |Again { member, of, several }| {
            let Waiting { event, room, sealed, .. } = of;
            let event = EventRef(event);
            let thread = news::thread_of_sealed(&sealed).map(|thread| thread.answering(&room, &event));
            if several {
                Happening::LeftOut(member, event, LeftOut::Sealed, thread)
            } else {
                Happening::Unreadable(member, event, thread)
            }
        };
        Ok(asked.into_iter().map(happening).collect())
    }

    /// Those of whom something is still to be read.
    pub fn behind(&self) -> Vec<MemberId> {
        self.paces.behind()
    }

    /// The next words of this person's that were kept, as many as a minute allows; `None` where there are no more now.
    pub fn read_on(
        &mut self,
        member: MemberId,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Option<Vec<Happening>>, StoreError> {
        let limit = self.limits.messages_a_minute;
        let Some(unread) = self.paces.read_on(member, limit, now, batch) else { return Ok(None) };
        let (more, words) = (unread.more, Words::from(unread));
        let event = words.event.clone();
        let mut happened = vec![Happening::Said(self.proved(words, batch)?)];
        happened.extend(more.then_some(Happening::LeftOut(member, event, LeftOut::Hurried, None)));
        Ok(Some(happened))
    }

    /// Words of somebody's, unless they are a copy of some that were heard: the bytes of an encrypted message can be put into
    /// its room again under a new event id, by the homeserver or by anybody with its sender's access token. So the ciphertext
    /// is entered in the ledger before anything comes of it. `late` is the position of words that came before.
    fn once(
        &mut self,
        room: &RoomRef,
        origin: &Origin,
        (event, mut text): (EventRef, Text),
        late: Option<u64>,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Vec<Happening>, StoreError> {
        let Some((member, position)) = origin.of(&text.sender) else { return Ok(vec![]) };
        match text.cipher.as_ref().map(|cipher| self.ciphers.enter(member, cipher)) {
            Some(Some(row)) => {
                batch.push(put(&row)?);
                batch.extend(self.ciphers.over(member).as_ref().map(gone));
            }
            Some(None) => {
                *self.copies.entry(member).or_default() += 1;
                return Ok(vec![]);
            }
            None if self.limits.encryption == Encryption::EndToEnd => text.proof = Proof::Unproven,
            None => {}
        }
        let position = late.unwrap_or(position);
        let words = Words { member, room: room.clone(), event, text, position, is_further_device: false };
        if late.is_some() || self.hears_more_of(member, now) {
            return Ok(vec![Happening::Said(self.proved(words, batch)?)]);
        }
        let (event, thread) = (words.event.clone(), words.thread());
        let is_first = self.paces.keep(words.into_unread(now), batch)?;
        Ok(is_first.then_some(Happening::Hurried(member, event, thread)).into_iter().collect())
    }

    /// Decides how far words count by the device that they came from. Devices that show by it are kept with all that comes of
    /// them.
    fn proved(&mut self, mut words: Words, batch: &mut Batch) -> Result<Words, StoreError> {
        self.paces.words_came(words.member);
        let (heard, changed) = self.devices.hear(words.member, &words.text);
        batch.extend(changed.map(put).transpose()?);
        (words.text.proof, words.is_further_device) = (heard.proof, heard.is_further_device);
        Ok(words)
    }

    /// The new words of an edit are never looked at. Its writer is told, once in a while for each message, as long as they
    /// are listened to at all.
    fn edited(&mut self, origin: &Origin, event: EventRef, edit: Retouched, now: Timestamp) -> Option<Happening> {
        let (member, _) = origin.of(&edit.by)?;
        let answers = self.paces.answers_edit(member, &edit.message, now) && self.hears_more_of(member, now);
        answers.then_some(Happening::Edited(member, event, edit))
    }

    /// Somebody sent something that is not in words. They hear that it was not read, once in a while.
    fn wordless(&mut self, origin: &Origin, event: EventRef, by: &Address, now: Timestamp) -> Option<Happening> {
        let (member, _) = origin.of(by)?;
        self.paces.answers_wordless(member, now).then_some(Happening::Wordless(member, event))
    }

    /// A message that is taken away before it could be read is not read any more.
    fn taken_away(
        &mut self,
        origin: &Origin,
        event: EventRef,
        taken: Retouched,
        batch: &mut Batch,
    ) -> Result<Vec<Happening>, StoreError> {
        let Some((member, _)) = origin.of(&taken.by) else { return Ok(vec![]) };
        let sealed = self.waiting.take(&taken.message, batch)?.filter(|taken| taken.owes);
        let unread = self.paces.take_out(member, &taken.message, batch)?.filter(|(_, owes)| *owes);
        let owed = sealed.map(|_| LeftOut::Sealed).into_iter().chain(unread.map(|_| LeftOut::Hurried));
        let owed = owed.map(|what| Happening::LeftOut(member, event.clone(), what, None));
        Ok(std::iter::once(Happening::TakenAway(member, event.clone(), taken)).chain(owed).collect())
    }

    /// Whether one more message of this person's is listened to now.
    pub fn hears_more_of(&mut self, member: MemberId, now: Timestamp) -> bool {
        self.paces.may_hear(member, self.limits.messages_a_minute, now)
    }

    /// Carries out the words about somebody's devices.
    pub fn heed(&mut self, words: Vec<(MemberId, DeviceWord)>, batch: &mut Batch) -> Result<(), StoreError> {
        for (member, word) in words {
            batch.extend(self.devices.heed(member, word).map(put).transpose()?);
        }
        Ok(())
    }

    /// Lets go of everything that is known of somebody's devices.
    pub fn forget_devices(&mut self, member: MemberId, batch: &mut Batch) {
        batch.extend(self.devices.forget(member).as_ref().map(gone));
    }

    /// Gives up all of somebody's words that are still to be read: their conversation is given up. They are to be told so.
    pub fn give_up(&mut self, member: MemberId, batch: &mut Batch) -> Vec<Happening> {
        let sealed = self.waiting.forget(member, batch).map(|event| (event, LeftOut::Sealed));
        let unread = self.paces.forget(member, batch).map(|event| (event, LeftOut::Hurried));
        let left_out = |(event, what)| Happening::LeftOut(member, event, what, None);
        sealed.into_iter().chain(unread).map(left_out).collect()
    }

    /// Lets go of everything of somebody's.
    pub fn forget(&mut self, member: MemberId, batch: &mut Batch) {
        // They are told of nothing any more.
        drop(self.give_up(member, batch));
        self.forget_devices(member, batch);
        self.copies.remove(&member);
        batch.extend(self.ciphers.forget(member).map(|heard| gone(&heard)));
    }

    /// Lets go of rows that have been kept for long enough.
    pub fn expire(&mut self, now: Timestamp, batch: &mut Batch) {
        self.waiting.expire(now, batch);
        self.seen.expire(now, batch);
    }

    /// The next moment at which something is to be read, or to be said again.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let unreadable = self.waiting.next_wake(self.limits.unreadable_after);
        unreadable.into_iter().chain(self.paces.next_wake()).min()
    }

    /// The number of copies of each person's words that were heard before, since the last call.
    pub fn take_copies(&mut self) -> BTreeMap<MemberId, u32> {
        std::mem::take(&mut self.copies)
    }

    /// Whether the homeserver was heard anew since the last call.
    pub fn take_began_anew(&mut self) -> bool {
        std::mem::take(&mut self.began_anew)
    }

    /// The token from which the next response goes on; `None` for the first.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Events of which the homeserver still knows, if it knows how far it was heard; newest first.
    pub fn anchors(&self) -> &[Anchor] {
        self.anchors.all()
    }

    /// The time of the last commit, as far as the store says.
    pub fn kept_at(&self) -> Option<Timestamp> {
        self.kept_at
    }

    /// The time at which this process took in its last response.
    pub fn heard_at(&self) -> Option<Timestamp> {
        self.heard_at
    }

    /// The time at which something was last heard, as far as anybody knows.
    pub fn last_heard(&self) -> Option<Timestamp> {
        self.heard_at.or(self.anchors.last())
    }

    /// Whether an event was dealt with already.
    pub fn has_seen(&self, event: &EventRef) -> bool {
        self.seen.contains(event)
    }

    /// Messages that wait for their key: the room of each, its id, and the event as it came.
    pub fn sealed(&self) -> impl Iterator<Item = (&RoomRef, EventRef, &str)> {
        self.waiting.all().map(|waiting| (&waiting.room, EventRef(waiting.event.clone()), waiting.sealed.as_str()))
    }

    /// The number of messages that wait for their key.
    pub fn without_key(&self) -> usize {
        self.waiting.len()
    }

    /// The number of messages that wait to be read.
    pub fn unread(&self) -> usize {
        self.paces.len()
    }

    /// The number of events that are known.
    pub fn events(&self) -> usize {
        self.seen.len()
    }

    /// The number of people of whom any device is known, and that of those among them who have none that an identity of
    /// theirs signed: for these the homeserver's word is all there is.
    pub fn known_by_devices(&self) -> (usize, usize) {
        self.devices.count()
    }
}
