//! The first start of a store that was restored from an export: before anything is done, what was said since the export
//! is heard again.
//!
//! Ids follow from their causes, so hearing the same again asks for the same effects, under the same ids; and the porter's
//! own messages and rooms, which come with the rest, show which of them were done. What comes to light so is struck off;
//! only what does not is done now. Events are taken in the order of their times, across rooms, and what was waited for
//! comes in between at its time, so that a yes or a withdrawal counts as it did.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lodge_core::effect::{Act, Lane, RoomAct};
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Introduction, RoomRef, Stage as Introduced};
use lodge_core::mark::Marked;
use lodge_core::name::Address;
use lodge_core::roster::{Reach, Roster};
use lodge_core::state::Subject;
use lodge_core::time::{Span, Timestamp};

use super::cause::Cause;
use super::taking_back::can_be_answered;
use super::{Engine, Place};
use crate::homeserver::{EventRef, Membership};
use crate::news::{Delivery, Heard, News, RoomNews};
use crate::outbox::{Errand, Job, Line, Outbox};
use crate::store::{Row, StoreError};
use crate::tables::{self, Asked, Restored, SaidBefore, Stage};

/// How many of the ids that follow from an event are looked for among what was said.
const IDS_OF_AN_EVENT: usize = 64;

/// What a restored store does not know yet.
#[derive(Debug)]
pub(super) struct Restoring {
    /// When its export was made.
    from: Timestamp,
    /// The homeserver does not know where the export ended.
    lost: bool,
    /// When the first response was taken in, which holds all that was said since.
    heard: Option<Timestamp>,
    /// The service's list. Whoever is not on it any more leaves only when what they said before is heard.
    roster: Option<Roster>,
    /// Messages of the porter's, by the effect that said them.
    pub(super) said: BTreeMap<EffectId, Said>,
    /// Invitations of the porter's: to which room, and whom.
    invited: BTreeSet<(RoomRef, Address)>,
    /// Events that say nothing any more, as messages do that were taken back, by room.
    blank: BTreeSet<(RoomRef, EventRef)>,
    /// Rooms of which anything shows.
    shown: BTreeSet<RoomRef>,
    /// Rooms that do not show and were left.
    pub(super) gone: BTreeSet<RoomRef>,
    /// Rooms that the porter came into.
    joined: BTreeSet<RoomRef>,
    /// By when each event had been heard the first time, at the latest: the porter said something then that follows
    /// from it, or from a later one.
    heard_by: BTreeMap<Timestamp, Timestamp>,
    /// Who is known to have left a room that does not show, and by when.
    pub(super) left: Vec<(Timestamp, IntroductionId, MemberId)>,
    /// Members whose conversation was given up since the export: what was said in the earlier one does not show.
    moved_on: BTreeSet<MemberId>,
    /// Rooms of the porter's, by what they were made for, as long as that has not come up.
    made: BTreeMap<EffectId, RoomRef>,
    /// Rooms that do not show, and of which it is known whether the two were told of them.
    looked_for: BTreeSet<EffectId>,
}

impl Restoring {
    pub(super) fn new(restored: Restored) -> Self {
        Self {
            from: restored.from,
            lost: restored.lost,
            heard: None,
            roster: None,
            said: BTreeMap::new(),
            invited: BTreeSet::new(),
            blank: BTreeSet::new(),
            shown: BTreeSet::new(),
            gone: BTreeSet::new(),
            joined: BTreeSet::new(),
            heard_by: BTreeMap::new(),
            left: Vec::new(),
            moved_on: BTreeSet::new(),
            made: BTreeMap::new(),
            looked_for: BTreeSet::new(),
        }
    }

    /// When the export was made.
    pub(super) fn from(&self) -> Timestamp {
        self.from
    }

    pub(super) fn has_heard(&self) -> bool {
        self.heard.is_some()
    }

    /// When messages that cannot be read are waited for no longer.
    pub(super) fn over_by(&self, unreadable_after: Span) -> Option<Timestamp> {
        self.heard.map(|heard| heard.after(unreadable_after))
    }
}

/// Where a message of the porter's stands, and since when.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) event: EventRef,
    pub(super) room: RoomRef,
    pub(super) at: Timestamp,
}

/// The news of one room that are still to be heard, with the latest time that was heard there.
struct Heap {
    room: RoomRef,
    news: VecDeque<News>,
    reached: Timestamp,
}

impl Engine {
    /// Whether the store was restored and what was said since its export is not heard yet. Until then there are no tasks.
    pub fn is_restoring(&self) -> bool {
        self.restoring.is_some()
    }

    /// The homeserver does not know where the export ended: it is another one, or has forgotten. What it still has is
    /// heard from the beginning, but no consent is confirmed by it, and none stands. Changes nothing but after a restore.
    pub fn cannot_hear_again(&mut self) -> Result<(), StoreError> {
        let Some(restoring) = &mut self.restoring else { return Ok(()) };
        restoring.lost = true;
        self.token = None;
        self.batch.push(tables::put(&Restored { from: restoring.from, lost: true })?);
        self.batch.push(tables::delete::<tables::Token>(b"token".to_vec()));
        Ok(())
    }

    /// The rows that must outlive a member who is about to be forgotten, in every older copy of the store: that they were,
    /// and what others still wait for.
    pub fn outlives(&self, member: MemberId) -> Result<Vec<Row>, StoreError> {
        let Some(address) = self.address(member) else { return Ok(Vec::new()) };
        let key = &self.options.settings.mark_key;
        let mail = self.state.listing(member).and_then(|listing| listing.entry.mail.as_ref());
        let mail = mail.map(|mail| key.id(Marked::ForgottenMail(mail.as_str())));
        let marks = mail.into_iter().chain([key.id(Marked::Forgotten(&address))]);
        let waiting = |i: &&Introduction| i.addressee.is_none() && matches!(i.stage, Introduced::Waiting(_));
        let marks = marks.filter_map(|mark| self.state.mark(mark)).map(tables::row);
        let waiting: Vec<&Introduction> = self.state.introductions().filter(waiting).collect();
        let timers = waiting.iter().flat_map(|i| self.state.timers_of(Subject::Introduction(i.id)));
        let timers = timers.filter_map(|timer| self.state.timer(timer)).map(tables::row);
        marks.chain(waiting.iter().copied().map(tables::row)).chain(timers).collect()
    }

    /// Takes in the first response: all that was said since the export, with every gap filled.
    pub(super) fn hear_again(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        let Delivery { token, rooms, invitations } = delivery;
        let Some(from) = self.restoring.as_ref().map(|restoring| restoring.from) else { return Ok(()) };
        self.look_ahead(&rooms);
        self.note_heard_by(&rooms);
        self.recognise(from)?;
        self.follow_conversations(from)?;
        let mut heaps: Vec<Heap> = rooms
            .into_iter()
            .map(|RoomNews { room, news, .. }| Heap { room, news: news.into(), reached: from })
            .collect();
        let mut at = from;
        while let Some((room, news, sent)) = self.earliest(&mut heaps) {
            at = at.max(sent.min(now));
            self.come_due(at)?;
            self.leave_unseen(at)?;
            let heard = self.answered(&news).map_or(at, |answered| at.max(answered.min(now)));
            self.hear(&room, news, heard)?;
            self.recognise(at)?;
        }
        self.come_due(now)?;
        self.leave_unseen(now)?;
        self.recognise(now)?;
        self.taken_in(token, invitations, now)?;
        if let Some(restoring) = &mut self.restoring {
            restoring.heard = Some(now);
        }
        self.go_on_restoring(now)
    }

    /// Ends the restoring once every message is read, or was waited for long enough.
    pub(super) fn go_on_restoring(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let Some(restoring) = &self.restoring else { return Ok(()) };
        let (from, over_by) = (restoring.from, restoring.over_by(self.options.unreadable_after));
        let Some(over_by) = over_by else { return Ok(()) };
        let unread = self.waiting.values().filter(|waiting| waiting.since >= from);
        let unread: BTreeSet<MemberId> = unread.map(|waiting| waiting.member).collect();
        let unread = if restoring.lost { self.state.members().map(|member| member.id).collect() } else { unread };
        let over = restoring.lost || unread.is_empty() || over_by <= now;
        self.come_due(now)?;
        self.recognise(now)?;
        if over { self.finish_restoring(&unread, now) } else { Ok(()) }
    }

    /// Strikes off what the porter's own messages and rooms show to be done.
    pub(super) fn recognise(&mut self, now: Timestamp) -> Result<(), StoreError> {
        while let Some(found) = self.recognised() {
            let Some(restoring) = &mut self.restoring else { break };
            match found {
                Found::Said(effect) => {
                    if let Some(Said { event, room, .. }) = restoring.said.remove(&effect) {
                        self.said_in_line(effect, now)?;
                        self.own_message(effect, &event, &room, now)?;
                    }
                }
                Found::Done(effect) => self.done(effect, Performed::Done, now)?,
                Found::Made(marker) => {
                    if let Some(room) = restoring.made.remove(&marker) {
                        self.created(&room, marker, now)?;
                    }
                }
                Found::NoRoom(id, marker) => {
                    restoring.looked_for.insert(marker);
                    self.presume(id, marker, now)?;
                }
            }
        }
        Ok(())
    }

    /// The list as far as it can be taken before everything is heard: nobody leaves yet.
    pub(super) fn as_far_as_heard(&mut self, list: Roster) -> Roster {
        let Some(restoring) = &mut self.restoring else { return list };
        restoring.roster = Some(list.clone());
        Roster { reach: Reach::These, ..list }
    }

    /// Notes all messages and rooms of the porter's. They show what is done in whatever order they come.
    fn look_ahead(&mut self, rooms: &[RoomNews]) {
        let own = self.own().clone();
        let unknown: Vec<bool> = rooms.iter().map(|room| !self.knows(&room.room)).collect();
        let Some(restoring) = &mut self.restoring else { return };
        for (RoomNews { room, news, .. }, unknown) in rooms.iter().zip(unknown) {
            restoring.shown.insert(room.clone());
            for News { event, heard, at } in news {
                match heard {
                    Heard::Own(effect) => {
                        let said = Said { event: event.clone(), room: room.clone(), at: *at };
                        restoring.said.insert(*effect, said);
                    }
                    Heard::Created(marker) if unknown => drop(restoring.made.insert(*marker, room.clone())),
                    Heard::Moved(who, Membership::Joined) if *who == own => drop(restoring.joined.insert(room.clone())),
                    Heard::Moved(who, Membership::Left) if *who == own => drop(restoring.joined.remove(room)),
                    Heard::Moved(who, Membership::Invited) => {
                        restoring.invited.insert((room.clone(), who.clone()));
                    }
                    Heard::Nothing => drop(restoring.blank.insert((room.clone(), event.clone()))),
                    Heard::Created(_) | Heard::Text(_) | Heard::Moved(..) | Heard::Sealed(_) | Heard::Changed => {}
                }
            }
        }
    }

    /// By when an event that was answered had been heard: nothing is said of a later one before.
    fn answered(&self, news: &News) -> Option<Timestamp> {
        self.said_of(news)?;
        self.restoring.as_ref()?.heard_by.range(news.at..).map(|(_, heard)| *heard).min()
    }

    /// When something was first said that follows from an event.
    fn said_of(&self, news: &News) -> Option<Timestamp> {
        let restoring = self.restoring.as_ref()?;
        let mut ids = self.ids(Cause::Heard(&news.event));
        let follows = std::iter::repeat_with(|| ids.draw::<EffectId>()).take(IDS_OF_AN_EVENT);
        follows.filter_map(|effect| restoring.said.get(&effect)).map(|said| said.at).min()
    }

    fn note_heard_by(&mut self, rooms: &[RoomNews]) {
        let news = rooms.iter().flat_map(|room| &room.news);
        let heard: Vec<_> = news.filter_map(|news| Some((news.at, self.said_of(news)?))).collect();
        let Some(restoring) = &mut self.restoring else { return };
        for (at, said) in heard {
            let by = restoring.heard_by.entry(at).or_insert(said);
            *by = said.min(*by);
        }
    }

    /// What stands in line before something that was said was said too, in a conversation that does not show any more.
    fn said_in_line(&mut self, effect: EffectId, now: Timestamp) -> Result<(), StoreError> {
        let Some(line) = self.outbox.job(effect).map(|job| job.errand.line()) else { return Ok(()) };
        let Line::Lane(Lane::Conversation(member)) = line else { return Ok(()) };
        if !self.restoring.as_ref().is_some_and(|restoring| restoring.moved_on.contains(&member)) {
            return Ok(());
        }
        let before: Vec<EffectId> =
            self.outbox.in_line(&line).map(|job| job.id).take_while(|before| *before != effect).collect();
        before.into_iter().try_for_each(|before| self.done(before, Performed::Done, now))
    }

    /// What a message asked that shows no more, to which somebody replied: the question that was to be put to them and
    /// does not show, if it can be only one.
    pub(super) fn question_replied_to(
        &mut self,
        member: MemberId,
        (room, event): (&RoomRef, &EventRef),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(restoring) = &self.restoring else { return Ok(()) };
        if !restoring.blank.contains(&(room.clone(), event.clone())) {
            return Ok(());
        }
        let asks = |job: &Job| match &job.errand {
            Errand::Act(Act::Tell(_, say)) if can_be_answered(say) => {
                Some((job.id, say.disclosures().iter().map(|of| of.introduction()).collect::<BTreeSet<_>>()))
            }
            Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => None,
        };
        let asked: Vec<_> = self.outbox.in_line(&Line::Lane(Lane::Conversation(member))).filter_map(asks).collect();
        match asked.first() {
            Some((effect, about)) if asked.iter().all(|(_, also)| also == about) => {
                self.own_message(*effect, event, room, now)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Conversations that were given up since the export are given up again, where the one that followed shows. What was
    /// said in the earlier one is heard all the same.
    fn follow_conversations(&mut self, from: Timestamp) -> Result<(), StoreError> {
        let members: Vec<MemberId> = self.conversations.keys().copied().collect();
        for member in members {
            while let Some(room) = self.followed(member) {
                self.conversation_spoilt(member)?;
                if let Some(restoring) = &mut self.restoring {
                    restoring.moved_on.insert(member);
                }
                self.places.insert(room, Place::Conversation(member));
                self.recognise(from)?;
            }
        }
        Ok(())
    }

    /// The room of a member's conversation, if another was made when it was given up.
    fn followed(&self, member: MemberId) -> Option<RoomRef> {
        let room = self.conversations.get(&member)?.stage.room()?;
        let marker: EffectId = self.ids(Cause::Spoilt(room)).draw();
        self.restoring.as_ref()?.made.contains_key(&marker).then(|| room.clone())
    }

    /// The next event in the order of times, each room's own order kept. What happened in a room of the porter's waits
    /// until it is known what the room is for.
    fn earliest(&self, heaps: &mut [Heap]) -> Option<(RoomRef, News, Timestamp)> {
        let made = self.restoring.as_ref().map(|restoring| &restoring.made)?;
        let waits = |room: &RoomRef| made.values().any(|made| made == room);
        let time = |heap: &Heap| heap.news.front().map(|news| news.at.max(heap.reached));
        let open = heaps.iter_mut().filter(|heap| !waits(&heap.room));
        let (sent, heap) = open.filter_map(|heap| Some((time(heap)?, heap))).min_by_key(|(sent, _)| *sent)?;
        heap.reached = sent;
        heap.news.pop_front().map(|news| (heap.room.clone(), news, sent))
    }

    /// Lets everything happen that was waited for, each at its time.
    fn come_due(&mut self, until: Timestamp) -> Result<(), StoreError> {
        while let Some((due, timer)) = self.state.next_due().filter(|(due, _)| *due <= until) {
            let from = self.restoring.as_ref().map_or(due, |restoring| restoring.from);
            self.step(Cause::Due(timer), Input::Due(timer), due.max(from))?;
            self.recognise(due.max(from))?;
        }
        Ok(())
    }

    fn recognised(&self) -> Option<Found> {
        let restoring = self.restoring.as_ref()?;
        let said = self.outbox.jobs().find(|job| restoring.said.contains_key(&job.id));
        if let Some(job) = said {
            return Some(Found::Said(job.id));
        }
        let opening = |marker: &EffectId| self.conversations.values().any(|c| c.stage == Stage::Creating(*marker));
        let known = |marker: &&EffectId| self.outbox.job(**marker).is_some() || opening(marker);
        if let Some(marker) = restoring.made.keys().find(known) {
            return Some(Found::Made(*marker));
        }
        let shows = |room: &RoomRef, member: &MemberId| {
            self.address(*member).is_some_and(|who| restoring.invited.contains(&(room.clone(), who)))
        };
        let new = |marker: &EffectId| !restoring.looked_for.contains(marker);
        self.outbox.jobs().find_map(|job| match &job.errand {
            Errand::Act(Act::CreateRoom(id)) if new(&job.id) => Some(Found::NoRoom(*id, job.id)),
            Errand::Act(Act::Invite(_, room, member)) if shows(room, member) => Some(Found::Done(job.id)),
            Errand::Act(Act::Room(_, RoomAct::Admit(room, member))) if shows(room, member) => Some(Found::Done(job.id)),
            Errand::Act(act) if self.is_in_a_gone_room(act) => Some(Found::Done(job.id)),
            Errand::Act(Act::Invite(id, room, _)) if new(&job.id) && !restoring.shown.contains(room) => {
                Some(Found::NoRoom(*id, job.id))
            }
            Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => None,
        })
    }

    /// Everything is heard that can be. What these members had open stands no longer, for they may have withdrawn it.
    fn finish_restoring(&mut self, unread: &BTreeSet<MemberId>, now: Timestamp) -> Result<(), StoreError> {
        let open = |stage: &Introduced| match stage {
            Introduced::Waiting(_) | Introduced::Opening { .. } | Introduced::Invited { .. } => true,
            Introduced::Met { .. } | Introduced::Ended { .. } => false,
        };
        let of_theirs = self.state.introductions().filter(|i| open(&i.stage) && !i.owners().is_disjoint(unread));
        let void: Vec<IntroductionId> = of_theirs.map(|introduction| introduction.id).collect();
        for id in void {
            self.step(Cause::Unconfirmed(id), Input::Unconfirmed(id), now)?;
            self.recognise(now)?;
        }
        self.note_asked()?;
        self.ask_again(now)?;
        if let Some(list) = self.restoring.as_mut().and_then(|restoring| restoring.roster.take()) {
            self.step(Cause::List, Input::Roster(list), now)?;
        }
        self.recognise(now)?;
        let Some(restoring) = self.restoring.take() else { return Ok(()) };
        // Those that were made for nothing that came up, and those that somebody else invited the porter to.
        let joined = restoring.joined.iter().filter(|room| !self.knows(room) && !self.is_to_be_left(room));
        let idle: BTreeSet<RoomRef> = joined.chain(restoring.made.values()).cloned().collect();
        idle.into_iter().try_for_each(|room| self.leave_room(room))?;
        self.keep_unexplained(&restoring.said)?;
        let said = restoring.said.iter().map(|(effect, said)| (*effect, said.event.0.clone(), said.room.clone()));
        self.batch.push(tables::put(&SaidBefore { said: said.collect() })?);
        self.said_before = restoring.said.into_iter().map(|(id, said)| (id, (said.event, said.room))).collect();
        self.batch.push(tables::delete::<Restored>(b"restored".to_vec()));
        // Each job may have been done in a way that shows nowhere but in the state of a room.
        self.outbox = Outbox::from_jobs(self.outbox.jobs().cloned().collect());
        Ok(())
    }

    /// What is asked for only after the restoring, though it was done before the disk was lost, is not said again.
    pub(super) fn recognise_later(&mut self, asked: &[EffectId], now: Timestamp) -> Result<(), StoreError> {
        for effect in asked {
            if let Some((event, room)) = self.said_before.remove(effect) {
                self.let_go(*effect);
                self.own_message(*effect, &event, &room, now)?;
            }
        }
        Ok(())
    }

    /// Messages of which nobody can say any more why they were said may show anything that is open: they are taken back
    /// with whatever is withdrawn.
    fn keep_unexplained(&mut self, said: &BTreeMap<EffectId, Said>) -> Result<(), StoreError> {
        for (effect, Said { event, room, .. }) in said {
            let Some(Place::Conversation(member)) = self.places.get(room).copied() else { continue };
            let row =
                Asked { event: event.0.clone(), effect: *effect, member, room: Some(room.clone()), prompt: false };
            self.batch.push(tables::put(&row)?);
            self.keep(row);
            let (open, withdrawn) = self.state.may_have_shown(member, *effect);
            self.dirty.introductions.extend(open);
            if withdrawn {
                let id = self.ids(Cause::Unexplained(*effect)).draw();
                self.add_job(id, BTreeSet::from([member]), Errand::Act(Act::TakeBack(member, *effect)))?;
            }
        }
        Ok(())
    }

    /// Whether the porter is about to leave this room, or to say where its conversation is.
    fn is_to_be_left(&self, room: &RoomRef) -> bool {
        self.outbox.jobs().any(|job| match &job.errand {
            Errand::Act(Act::Leave(_, left)) | Errand::Leave(left) | Errand::Decline(left) | Errand::Greet(left, _) => {
                left == room
            }
            Errand::Act(_) | Errand::Oust(..) => false,
        })
    }

    /// Who was asked already to say again what could not be read is not asked once more.
    fn note_asked(&mut self) -> Result<(), StoreError> {
        let asks = |event: &EventRef| self.ids(Cause::Unreadable(event)).draw::<EffectId>();
        let said = |event: &EventRef| self.restoring.as_ref().is_some_and(|r| r.said.contains_key(&asks(event)));
        let asked = self.waiting.iter().filter(|(event, _)| said(event)).map(|(_, waiting)| waiting.member);
        let asked: BTreeSet<MemberId> = asked.collect();
        for waiting in self.waiting.values_mut().filter(|waiting| asked.contains(&waiting.member)) {
            waiting.asked_again = true;
            self.batch.push(tables::put(&*waiting)?);
        }
        Ok(())
    }
}

/// Something that shows to be done.
enum Found {
    Said(EffectId),
    Made(EffectId),
    /// It shows in the state of a room, or there is no room any more to do it in.
    Done(EffectId),
    /// A room is to be made, and none shows that was.
    NoRoom(IntroductionId, EffectId),
}
