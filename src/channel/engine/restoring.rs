//! The first start of a store that was restored from an export: before anything is done, what was said since the export
//! is heard again.
//!
//! Ids follow from their causes, so hearing the same again asks for the same effects, under the same ids; and the porter's
//! own messages and rooms, which come with the rest, show which of them were done. The messages bear witness of the steps
//! that were taken, so each is taken again in its place and at its time ([`super::replaying`]). What none bears witness of
//! came after the last of them, and is taken in the order of its times ([`super::inferring`]).

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::input::Input;
use lodge_core::introduction::{Introduction, RoomRef, Stage as Introduced};
use lodge_core::mark::Marked;
use lodge_core::named::Named;
use lodge_core::roster::{Reach, Roster};
use lodge_core::state::Subject;
use lodge_core::time::{Span, Timestamp};
use lodge_ground::name::Occupant;

use super::cause::Cause;
use super::replaying::Past;
use super::{Engine, Place};
use crate::homeserver::{EventRef, Membership};
use crate::news::{Delivery, Heard, News, RoomNews};
use crate::outbox::{Errand, Outbox};
use crate::store::{Row, StoreError};
use crate::tables::{self, Asked, Gone, Parted, Restored, SaidBefore};
use crate::witness::{StepKey, Taken, Witness};

/// What a restored store does not know yet.
#[derive(Debug)]
pub(super) struct Restoring {
    /// When its export was made.
    pub(super) from: Timestamp,
    /// The homeserver does not know where the export ended.
    lost: bool,
    /// When the first response was taken in, which holds all that was said since.
    heard: Option<Timestamp>,
    /// The service's list. Whoever is not on it any more leaves only when what they said before is heard.
    pub(super) roster: Option<Roster>,
    /// The steps that messages bear witness of, by their number.
    witnessed: BTreeMap<u64, Taken>,
    /// Which of them are still to be taken again: nothing of theirs is taken before.
    pub(super) later: BTreeSet<StepKey>,
    /// All of them are taken.
    pub(super) is_caught_up: bool,
    /// What was told because of the step that is being taken again.
    pub(super) told: Option<u32>,
    /// Members of whom part of what was said does not show any more, as they were told other things than would be told now.
    pub(super) unsure: BTreeSet<MemberId>,
    /// Introductions that were gone before the disk was lost.
    pub(super) over: Vec<Gone>,
    /// Messages of the porter's, by the effect that said them.
    pub(super) said: BTreeMap<EffectId, Said>,
    /// Invitations of the porter's: to which room, and whom.
    pub(super) invited: BTreeSet<(RoomRef, Occupant)>,
    /// Who came into which room, invited or not.
    came: BTreeSet<(RoomRef, Occupant)>,
    /// Events that say nothing any more, as messages do that were taken back.
    pub(super) blank: Vec<(RoomRef, EventRef)>,
    /// Rooms of which anything shows.
    pub(super) shown: BTreeSet<RoomRef>,
    /// Rooms that do not show and were left.
    pub(super) gone: BTreeSet<RoomRef>,
    /// Rooms that the porter came into.
    joined: BTreeSet<RoomRef>,
    /// Messages that can be read by now: whose they are, and since when they waited for their keys the first time.
    pub(super) waited: BTreeMap<EventRef, (MemberId, Timestamp)>,
    /// Messages that cannot be read, and could not the first time: nothing can have come of them.
    pub(super) never_read: BTreeSet<EventRef>,
    /// Rooms of the porter's, by what they were made for, as long as that has not come up.
    pub(super) made: BTreeMap<EffectId, RoomRef>,
    /// How many of the porter's messages stood in its room when each event came, itself included.
    pub(super) positions: BTreeMap<EventRef, u64>,
    /// The events of each room, in the order in which they show there.
    pub(super) order: BTreeMap<RoomRef, Vec<EventRef>>,
    /// Where the porter's messages stood, by room and position.
    pub(super) stood: BTreeMap<EffectId, (RoomRef, u64)>,
}

impl Restoring {
    pub(super) fn new(Restored { from, lost }: Restored) -> Self {
        Self {
            from,
            lost,
            heard: None,
            roster: None,
            witnessed: BTreeMap::new(),
            later: BTreeSet::new(),
            is_caught_up: false,
            told: None,
            unsure: BTreeSet::new(),
            over: Vec::new(),
            said: BTreeMap::new(),
            invited: BTreeSet::new(),
            came: BTreeSet::new(),
            blank: Vec::new(),
            shown: BTreeSet::new(),
            gone: BTreeSet::new(),
            joined: BTreeSet::new(),
            waited: BTreeMap::new(),
            never_read: BTreeSet::new(),
            made: BTreeMap::new(),
            positions: BTreeMap::new(),
            order: BTreeMap::new(),
            stood: BTreeMap::new(),
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

/// Where a message of the porter's stands.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) event: EventRef,
    pub(super) room: RoomRef,
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
    /// which rooms the porter has no more to do with, and what others still wait for.
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
        let left = self.outbox.jobs().filter_map(|job| match &job.errand {
            Errand::Leave(room) => Some(tables::row(&Parted { room: room.clone() })),
            Errand::Act(_) | Errand::Greet(..) | Errand::Decline(_) | Errand::Oust(..) => None,
        });
        let is_named = |named: &Named| match named {
            Named::Address(who) => *who == address,
            Named::Entry { member: who, .. } => *who == member,
        };
        let is_over = |i: &&Introduction| match i.stage {
            Introduced::Waiting(_) => false,
            Introduced::Opening { .. }
            | Introduced::Invited { .. }
            | Introduced::Met { .. }
            | Introduced::Ended { .. } => i.addressee.is_none() && is_named(&i.named),
        };
        let asked = self.state.introductions().filter(is_over);
        let gone = asked.map(|introduction| tables::row(&Gone { introduction: introduction.id }));
        marks.chain(waiting.iter().copied().map(tables::row)).chain(timers).chain(left).chain(gone).collect()
    }

    /// Takes in the first response: all that was said since the export, with every gap filled.
    pub(super) fn hear_again(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        let Delivery { token, rooms, invitations } = delivery;
        let Some(from) = self.restoring.as_ref().map(|restoring| restoring.from) else { return Ok(()) };
        self.look_ahead(&rooms);
        for member in self.conversations.keys().copied().collect::<Vec<_>>() {
            self.follow_conversation(member)?;
        }
        self.adopt_conversations()?;
        let ends: Vec<(RoomRef, Option<EventRef>)> =
            rooms.iter().map(|room| (room.room.clone(), room.news.last().map(|news| news.event.clone()))).collect();
        let mut past = Past::new(self, rooms);
        let at = self.take_again(&mut past, from)?;
        if let Some(list) = self.restoring.as_ref().and_then(|restoring| restoring.roster.clone()) {
            self.step(Cause::List, Input::Roster(about_these(list)), at)?;
        }
        self.drop_gone(at)?;
        self.infer(&mut past, at, now)?;
        self.count_on(ends)?;
        self.taken_in(token, invitations, now)?;
        if let Some(restoring) = &mut self.restoring {
            restoring.heard = Some(now);
        }
        self.go_on_restoring(now)
    }

    /// Drops what was asked of somebody who is forgotten since, and was over: it would be waited for in vain.
    fn drop_gone(&mut self, at: Timestamp) -> Result<(), StoreError> {
        let over = self.restoring.as_mut().map(|restoring| std::mem::take(&mut restoring.over)).unwrap_or_default();
        for gone in over {
            self.batch.push(tables::delete::<Gone>(gone.introduction.to_bytes().to_vec()));
            self.step(Cause::Unconfirmed(gone.introduction), Input::Gone(gone.introduction), at)?;
        }
        Ok(())
    }

    /// Takes all steps again of which messages bear witness, and gives the time of the last.
    fn take_again(&mut self, past: &mut Past, from: Timestamp) -> Result<Timestamp, StoreError> {
        let next = self.steps.next();
        let Some(restoring) = &mut self.restoring else { return Ok(from) };
        let witnessed = std::mem::take(&mut restoring.witnessed).split_off(&next);
        restoring.later = witnessed.values().map(|taken| taken.key).collect();
        let (mut at, mut expected) = (from, next);
        for taken in witnessed.into_values() {
            if taken.number != expected {
                self.infer(past, at, taken.at)?;
            }
            at = at.max(taken.at);
            expected = taken.number + 1;
            self.again(taken, past)?;
            self.adopt_conversations()?;
        }
        self.steps.go_on_after(expected);
        if let Some(restoring) = &mut self.restoring {
            restoring.later.clear();
            restoring.is_caught_up = true;
        }
        Ok(at)
    }

    /// Ends the restoring once every message is read, or was waited for long enough.
    pub(super) fn go_on_restoring(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let Some(restoring) = &self.restoring else { return Ok(()) };
        let from = restoring.from;
        let Some(over_by) = restoring.over_by(self.options.unreadable_after) else { return Ok(()) };
        let could_be_read = |event: &EventRef| !restoring.never_read.contains(event);
        let could_be_read = |waiting: &&tables::Waiting| could_be_read(&EventRef(waiting.event.clone()));
        let unread = self.waiting.all().filter(|waiting| waiting.since >= from).filter(could_be_read);
        let unread: BTreeSet<MemberId> = unread.map(|waiting| waiting.member).collect();
        let unread = if restoring.lost { self.state.members().map(|member| member.id).collect() } else { unread };
        let all_read = unread.is_empty();
        let unread: BTreeSet<MemberId> = unread.union(&restoring.unsure).copied().collect();
        let over = restoring.lost || all_read || over_by <= now;
        self.come_due(now)?;
        self.recognise(now)?;
        self.leave_them_to_it(now)?;
        if over { self.finish_restoring(&unread, now) } else { Ok(()) }
    }

    /// The list as far as it can be taken before everything is heard: nobody leaves yet. Nothing of it before anything is.
    pub(super) fn as_far_as_heard(&mut self, list: Roster) -> Option<Roster> {
        let Some(restoring) = &mut self.restoring else { return Some(list) };
        restoring.roster = Some(list.clone());
        restoring.has_heard().then(|| about_these(list))
    }

    /// Notes all messages and rooms of the porter's. They show what is done in whatever order they come.
    fn look_ahead(&mut self, rooms: &[RoomNews]) {
        let own = self.own().clone();
        let unknown: Vec<bool> = rooms.iter().map(|room| !self.knows(&room.room)).collect();
        let positions = self.positions_in(rooms);
        let Some(restoring) = &mut self.restoring else { return };
        restoring.positions = positions;
        let events = |room: &RoomNews| (room.room.clone(), room.news.iter().map(|news| news.event.clone()).collect());
        restoring.order = rooms.iter().map(events).collect();
        for (RoomNews { room, news, .. }, unknown) in rooms.iter().zip(unknown) {
            restoring.shown.insert(room.clone());
            for News { event, heard, .. } in news {
                match heard {
                    Heard::Own(effect, witness) => {
                        if let Some(place) = restoring.positions.get(event) {
                            restoring.stood.insert(*effect, (room.clone(), *place));
                        }
                        restoring.said.insert(*effect, Said { event: event.clone(), room: room.clone() });
                        let witnessed =
                            witness.iter().flat_map(|witness| Witness(witness.clone()).open(&self.secret, *effect));
                        restoring.witnessed.extend(witnessed.map(|taken| (taken.number, taken)));
                    }
                    Heard::Echo(effect) => {
                        restoring.said.insert(*effect, Said { event: event.clone(), room: room.clone() });
                    }
                    Heard::Created(marker) if unknown => drop(restoring.made.insert(*marker, room.clone())),
                    Heard::Moved(who, Membership::Joined) if who.is(&own) => {
                        restoring.joined.insert(room.clone());
                    }
                    Heard::Moved(who, Membership::Left) if who.is(&own) => drop(restoring.joined.remove(room)),
                    Heard::Moved(who, Membership::Invited) => {
                        restoring.invited.insert((room.clone(), who.clone()));
                    }
                    Heard::Moved(who, Membership::Joined) => {
                        restoring.came.insert((room.clone(), who.clone()));
                    }
                    Heard::Nothing => restoring.blank.push((room.clone(), event.clone())),
                    Heard::Created(_)
                    | Heard::Text(_)
                    | Heard::Moved(_, Membership::Left)
                    | Heard::Sealed(_)
                    | Heard::Edited(_)
                    | Heard::Redacted(_)
                    | Heard::Changed => {}
                }
            }
        }
    }

    /// Everything is heard that can be. What these members had open stands no longer, for they may have withdrawn it.
    fn finish_restoring(&mut self, unread: &BTreeSet<MemberId>, now: Timestamp) -> Result<(), StoreError> {
        let unsure = self.restoring.as_ref().map(|restoring| (restoring.from, restoring.unsure.clone()));
        for (from, member) in unsure.into_iter().flat_map(|(from, all)| all.into_iter().map(move |one| (from, one))) {
            self.step(Cause::Unsure(member, from), Input::DraftUnsure(member), now)?;
        }
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
        self.ask_again(now)?;
        if let Some(list) = self.restoring.as_mut().and_then(|restoring| restoring.roster.take()) {
            self.step(Cause::List, Input::Roster(list), now)?;
        }
        self.recognise(now)?;
        let Some(restoring) = self.restoring.take() else { return Ok(()) };
        self.keep_places(restoring.stood.clone())?;
        self.leave_unexplained(&restoring)?;
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
            let (event, effect, room) = (event.0.clone(), *effect, Some(room.clone()));
            let row = Asked { event, effect, member, room, prompt: false, thread: None };
            self.batch.push(tables::put(&row)?);
            self.keep(row);
            let (open, withdrawn) = self.state.may_have_shown(member, effect);
            self.dirty.introductions.extend(open);
            self.state.pass_over_a_number(member);
            self.dirty.members.insert(member);
            if withdrawn {
                let id = self.ids(Cause::Unexplained(effect)).draw();
                self.add_job(id, BTreeSet::from([member]), Errand::Act(Act::TakeBack(member, effect)))?;
            }
        }
        Ok(())
    }

    /// Rooms that were made for nothing that came up, or that somebody else invited the porter to, are left. Of those
    /// that the porter made, whoever was invited or came is removed, unless two speak there already.
    fn leave_unexplained<'a>(&mut self, restoring: &'a Restoring) -> Result<(), StoreError> {
        for (marker, room) in &restoring.made {
            let mut ids = self.ids(Cause::Unexplained(*marker));
            let id: IntroductionId = ids.draw();
            let of_this =
                |all: &'a BTreeSet<(RoomRef, Occupant)>| all.iter().filter(|(of, _)| of == room).map(|(_, who)| who);
            let invited: BTreeSet<&Occupant> = of_this(&restoring.invited).collect();
            // The note is said when both have come.
            let is_open = invited.len() == 2 && restoring.said.values().any(|said| said.room == *room);
            let there = invited.into_iter().chain(of_this(&restoring.came)).collect::<BTreeSet<&Occupant>>();
            let there = there.into_iter().filter_map(|who| self.member_called(who));
            let removed = |member| (BTreeSet::from([member]), Act::Remove(id, room.clone(), member));
            let mut acts: Vec<_> = there.map(removed).collect();
            if is_open {
                acts = vec![(BTreeSet::new(), Act::OpenSpeech(id, room.clone()))];
            }
            acts.push((BTreeSet::new(), Act::Leave(id, room.clone())));
            for (owners, act) in acts {
                self.add_job(ids.draw(), owners, Errand::Act(act))?;
            }
        }
        let joined = restoring.joined.iter().filter(|room| !restoring.made.values().any(|made| made == *room));
        let joined: Vec<RoomRef> = joined
            .filter(|room| !self.knows(room) && !self.follows(room) && !self.is_to_be_left(room))
            .cloned()
            .collect();
        joined.into_iter().try_for_each(|room| self.leave_room(room))
    }
}

/// The list, without what it says about those who are not on it: nobody leaves before everything is heard.
pub(super) fn about_these(list: Roster) -> Roster {
    Roster { reach: Reach::These, ..list }
}
