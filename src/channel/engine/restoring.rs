//! The first start of a store that was restored from an export: before anything is done, what was said since the export
//! is heard again.
//!
//! Ids follow from their causes, so hearing the same again asks for the same effects, under the same ids; and the porter's
//! own messages and rooms, which come with the rest, show which of them were done. What comes to light so is struck off;
//! only what does not is done now. Events are taken in the order of their times, across rooms, and what was waited for
//! comes in between at its time, so that a yes or a withdrawal counts as it did.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Introduction, RoomRef, Stage as Introduced};
use lodge_core::mark::Marked;
use lodge_core::member::{Person, Standing};
use lodge_core::state::{self, State};
use lodge_core::step::step;
use lodge_core::time::{Span, Timestamp};

use super::cause::Cause;
use super::{Engine, Place};
use crate::homeserver::EventRef;
use crate::news::{Delivery, Heard, News, RoomNews};
use crate::outbox::{Errand, Outbox};
use crate::store::{Row, StoreError};
use crate::tables::{self, Restored, SaidBefore, Stage};

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
    people: Option<Vec<Person>>,
    /// Messages of the porter's, by the effect that said them.
    said: BTreeMap<EffectId, (EventRef, RoomRef)>,
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
            people: None,
            said: BTreeMap::new(),
            made: BTreeMap::new(),
            looked_for: BTreeSet::new(),
        }
    }

    pub(super) fn has_heard(&self) -> bool {
        self.heard.is_some()
    }

    /// When messages that cannot be read are waited for no longer.
    pub(super) fn over_by(&self, unreadable_after: Span) -> Option<Timestamp> {
        self.heard.map(|heard| heard.after(unreadable_after))
    }
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
        let mark = self.options.settings.mark_key.id(Marked::Forgotten(&address));
        let waiting = |i: &&Introduction| i.addressee.is_none() && matches!(i.stage, Introduced::Waiting(_));
        let mark = self.state.mark(mark).map(tables::row).into_iter();
        mark.chain(self.state.introductions().filter(waiting).map(tables::row)).collect()
    }

    /// Takes in the first response: all that was said since the export, with every gap filled.
    pub(super) fn hear_again(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        let Delivery { token, rooms, invitations } = delivery;
        let Some(from) = self.restoring.as_ref().map(|restoring| restoring.from) else { return Ok(()) };
        self.look_ahead(&rooms);
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
            self.hear(&room, news, at)?;
            self.recognise(at)?;
        }
        self.come_due(now)?;
        self.recognise(now)?;
        self.taken_in(token, invitations)?;
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
                    if let Some((event, room)) = restoring.said.remove(&effect) {
                        self.own_message(effect, &event, &room, now)?;
                    }
                }
                Found::Made(marker) => {
                    if let Some(room) = restoring.made.remove(&marker) {
                        self.created(&room, marker, now)?;
                    }
                }
                Found::NoRoom(id, marker) => {
                    restoring.looked_for.insert(marker);
                    if self.both_were_told(id, marker) {
                        self.presume_met(id, marker, now)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The list as far as it can be taken before everything is heard: nobody leaves yet.
    pub(super) fn as_far_as_heard(&mut self, people: Vec<Person>) -> Vec<Person> {
        let Some(restoring) = &mut self.restoring else { return people };
        restoring.people = Some(people.clone());
        let listed: BTreeSet<_> = people.iter().map(|person| person.address.clone()).collect();
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        let others = current.map(|member| member.person.clone()).filter(|person| !listed.contains(&person.address));
        let others: Vec<Person> = others.collect();
        people.into_iter().chain(others).collect()
    }

    /// Notes all messages and rooms of the porter's. They show what is done in whatever order they come.
    fn look_ahead(&mut self, rooms: &[RoomNews]) {
        let unknown: Vec<bool> = rooms.iter().map(|room| !self.knows(&room.room)).collect();
        let Some(restoring) = &mut self.restoring else { return };
        for (RoomNews { room, news, .. }, unknown) in rooms.iter().zip(unknown) {
            for News { event, heard, .. } in news {
                match heard {
                    Heard::Own(effect) => drop(restoring.said.insert(*effect, (event.clone(), room.clone()))),
                    Heard::Created(marker) if unknown => drop(restoring.made.insert(*marker, room.clone())),
                    Heard::Created(_) | Heard::Text(_) | Heard::Moved(..) | Heard::Sealed(_) | Heard::Nothing => {}
                }
            }
        }
    }

    /// Conversations that were given up since the export are given up again, where the one that followed shows. What was
    /// said in the earlier one is heard all the same.
    fn follow_conversations(&mut self, from: Timestamp) -> Result<(), StoreError> {
        let members: Vec<MemberId> = self.conversations.keys().copied().collect();
        for member in members {
            while let Some(room) = self.followed(member) {
                self.conversation_spoilt(member)?;
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
        let new = |marker: &EffectId| !restoring.looked_for.contains(marker);
        self.outbox.jobs().find_map(|job| match &job.errand {
            Errand::Act(Act::CreateRoom(id)) if new(&job.id) => Some(Found::NoRoom(*id, job.id)),
            Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) => None,
        })
    }

    /// Whether the two of this introduction were told that their room is there, though it does not show: the porter left
    /// it to them, and does not see it any more.
    fn both_were_told(&self, id: IntroductionId, marker: EffectId) -> bool {
        let Some(restoring) = &self.restoring else { return false };
        let introduction = self.state.introduction(id);
        let parties = introduction.into_iter().flat_map(Introduction::owners).filter_map(|id| self.state.member(id));
        let rows = parties.cloned().map(state::Row::Member);
        let mut state = State::from_rows(rows.chain(introduction.cloned().map(state::Row::Introduction)));
        self.told_after(&mut state, id, marker).iter().any(|said| restoring.said.contains_key(said))
    }

    /// The effects that say so, as they would come of the room and both invitations.
    fn told_after(&self, state: &mut State, id: IntroductionId, marker: EffectId) -> Vec<EffectId> {
        let (settings, now) =
            (&self.options.settings, self.restoring.as_ref().map_or(Timestamp::from_millis(0), |r| r.from));
        let mut next = Some((marker, Act::CreateRoom(id), Performed::RoomMade(gone_room(id))));
        let mut told = Vec::new();
        while let Some((effect, act, performed)) = next.take() {
            let mut ids = self.ids(Cause::Performed(effect, &performed));
            let came = step(state, settings, Input::Performed(act, performed), now, &mut ids);
            for effect in came.effects {
                match effect.act {
                    Act::Invite(..) => next = Some((effect.id, effect.act, Performed::Done)),
                    Act::Tell(..) => told.push(effect.id),
                    Act::CreateRoom(_)
                    | Act::Remove(..)
                    | Act::Note(..)
                    | Act::OpenSpeech(..)
                    | Act::Leave(..)
                    | Act::TakeBack(..)
                    | Act::Forget(_) => {}
                }
            }
        }
        told
    }

    /// The porter has left a room to the two, and it does not show any more: nothing is to be done in it.
    fn presume_met(&mut self, id: IntroductionId, marker: EffectId, now: Timestamp) -> Result<(), StoreError> {
        self.done(marker, Performed::RoomMade(gone_room(id)), now)?;
        while let Some(invitation) = self.job_in_room(id) {
            self.done(invitation, Performed::Done, now)?;
        }
        let invited = self.state.introduction(id).filter(|i| matches!(i.stage, Introduced::Invited { .. }));
        let parties: Vec<MemberId> = invited.into_iter().flat_map(Introduction::owners).collect();
        for member in parties {
            let mut ids = self.ids(Cause::Unconfirmed(id)).apart(&[&member.to_bytes()]);
            let came = step(&mut self.state, &self.options.settings, Input::CameIn(id, member), now, &mut ids);
            self.keep_step(came, now)?;
        }
        while let Some(job) = self.job_in_room(id) {
            self.done(job, Performed::Done, now)?;
        }
        Ok(())
    }

    /// The first thing that is to be done in the room of an introduction.
    fn job_in_room(&self, id: IntroductionId) -> Option<EffectId> {
        let line = crate::outbox::Line::Lane(lodge_core::effect::Lane::Introduction(id));
        self.outbox.in_line(&line).map(|job| job.id).next()
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
        if let Some(people) = self.restoring.as_mut().and_then(|restoring| restoring.people.take()) {
            self.step(Cause::List, Input::People(people), now)?;
        }
        self.recognise(now)?;
        let Some(restoring) = self.restoring.take() else { return Ok(()) };
        for room in restoring.made.into_values() {
            self.leave_room(room)?;
        }
        let said = restoring.said.iter().map(|(effect, (event, room))| (*effect, event.0.clone(), room.clone()));
        self.batch.push(tables::put(&SaidBefore { said: said.collect() })?);
        self.said_before = restoring.said;
        self.batch.push(tables::delete::<Restored>(b"restored".to_vec()));
        // Each job may have been done in a way that shows nowhere but in the state of a room.
        self.outbox = Outbox::from_jobs(self.outbox.jobs().cloned().collect());
        Ok(())
    }

    /// What is asked for only after the restoring, though it was done before the disk was lost, is not said again.
    pub(super) fn recognise_later(&mut self, asked: &[EffectId], now: Timestamp) -> Result<(), StoreError> {
        for effect in asked {
            if let Some((event, room)) = self.said_before.remove(effect) {
                self.own_message(*effect, &event, &room, now)?;
            }
        }
        Ok(())
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
    /// A room is to be made, and none shows that was.
    NoRoom(IntroductionId, EffectId),
}

/// What stands for a room that the porter does not see any more.
fn gone_room(id: IntroductionId) -> RoomRef {
    RoomRef(format!("gone:{id}"))
}
