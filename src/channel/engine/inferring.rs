//! After a restore: what no message bears witness of is taken in the order of its times, and what shows to be done is
//! struck off.

use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::{EffectId, MemberId, TimerId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::RoomRef;
use lodge_core::time::Timestamp;

use super::Engine;
use super::cause::Cause;
use super::replaying::Past;
use super::restoring::Said;
use super::taken::Known;
use crate::outbox::Errand;
use crate::store::StoreError;
use crate::tables::Stage;

/// Something that shows to be done.
enum Found {
    Said(EffectId),
    Made(EffectId, RoomRef),
    /// It shows in the state of a room, or there is no room any more to do it in.
    Done(EffectId),
}

impl Engine {
    /// Hears what was sent up to a moment, from another on, in the order of its times, with everything that was waited for
    /// in between; but nothing that a message says was later.
    pub(super) fn infer(&mut self, past: &mut Past, from: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        let mut at = from;
        self.recognise(at)?;
        while let Some((room, news)) = past.earliest(self, until) {
            at = at.max(news.at.min(until));
            self.come_due(at)?;
            self.hear_past(&room, news, at)?;
            self.recognise(at)?;
        }
        self.come_due(until)?;
        self.recognise(until)
    }

    /// Lets everything happen that was waited for, each at its time.
    pub(super) fn come_due(&mut self, until: Timestamp) -> Result<(), StoreError> {
        while let Some((due, timer)) = self.due_by(until) {
            let from = self.restoring.as_ref().map_or(due, |restoring| restoring.from);
            self.step(Cause::Due(timer), Input::Due(timer), due.max(from))?;
            self.recognise(due.max(from))?;
        }
        Ok(())
    }

    fn due_by(&self, until: Timestamp) -> Option<(Timestamp, TimerId)> {
        let due = self.state.timers().filter(|timer| timer.due <= until);
        due.filter(|timer| !self.is_later(Known::Due(timer.id))).map(|timer| (timer.due, timer.id)).min()
    }

    /// Whether a message bears witness that this was only later.
    pub(super) fn is_later(&self, known: Known<'_>) -> bool {
        let later = self.restoring.as_ref().map(|restoring| &restoring.later).filter(|later| !later.is_empty());
        later.is_some_and(|later| later.contains(&self.key(known)))
    }

    /// Strikes off what the porter's own messages and rooms show to be done.
    pub(super) fn recognise(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.adopt_conversations()?;
        while let Some(found) = self.recognised() {
            let Some(restoring) = &mut self.restoring else { break };
            match found {
                Found::Said(effect) => {
                    if let Some(Said { event, room }) = restoring.said.remove(&effect) {
                        self.own_message(effect, &event, &room, now)?;
                    }
                }
                Found::Done(effect) => self.done(effect, Performed::Done, now)?,
                Found::Made(marker, room) => {
                    restoring.made.remove(&marker);
                    self.created(&room, marker, now)?;
                }
            }
            self.adopt_conversations()?;
        }
        Ok(())
    }

    /// Takes those rooms for conversations that were made for them.
    pub(super) fn adopt_conversations(&mut self) -> Result<(), StoreError> {
        let Some(restoring) = &mut self.restoring else { return Ok(()) };
        if restoring.made.is_empty() {
            return Ok(());
        }
        let creating = self.conversations.values().filter_map(|conversation| match conversation.stage {
            Stage::Creating(marker) => Some((conversation.member, restoring.made.remove(&marker)?)),
            Stage::Inviting(_) | Stage::Invited(_) | Stage::Open(_) | Stage::Left(_) => None,
        });
        let made: Vec<(MemberId, RoomRef)> = creating.collect();
        made.into_iter().try_for_each(|(member, room)| self.conversation_made(member, room))
    }

    fn recognised(&self) -> Option<Found> {
        let restoring = self.restoring.as_ref()?;
        let shows = |room: &RoomRef, member: &MemberId| {
            self.address(*member).is_some_and(|who| restoring.invited.contains(&(room.clone(), who.into())))
        };
        self.outbox.jobs().find_map(|job| {
            let found = match &job.errand {
                _ if restoring.said.contains_key(&job.id) => Found::Said(job.id),
                Errand::Act(Act::CreateRoom(_) | Act::Room(_, RoomAct::Make)) => {
                    Found::Made(job.id, restoring.made.get(&job.id)?.clone())
                }
                Errand::Act(Act::Invite(_, room, member) | Act::Room(_, RoomAct::Admit(room, member)))
                    if shows(room, member) =>
                {
                    Found::Done(job.id)
                }
                Errand::Act(act) if self.is_in_a_gone_room(act) => Found::Done(job.id),
                Errand::Act(_) | Errand::Greet(..) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => {
                    return None;
                }
            };
            let room = || Performed::RoomMade(RoomRef(String::new()));
            let later = match &found {
                Found::Said(effect) | Found::Done(effect) => self.is_later(Known::Performed(*effect, &Performed::Done)),
                Found::Made(effect, _) => self.is_later(Known::Performed(*effect, &room())),
            };
            (!later).then_some(found)
        })
    }
}
