//! Forgetting somebody, up to the end of their key.

use std::collections::BTreeSet;

use lodge_counsel_core::effect::{Act, Lane};
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Performed};
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;

use super::Channel;
use crate::errand::{Job, Line};
use crate::rows::{self, Conversation, Stage};

impl Channel {
    /// Begins to forget somebody: messages about them that are on their way to others are dropped.
    pub(super) fn begin_forgetting(&mut self, person: PersonId, effect: EffectId) {
        self.forgetting.insert(person, effect);
        self.ripe.insert(person);
        let about = |job: &&Job| job.errand.tells().is_some_and(|to| to != person);
        let about: Vec<EffectId> = self.outbox.of(person).filter(about).map(|job| job.id).collect();
        for id in about {
            self.drop_job(id);
        }
        self.drop_unsaid(person);
    }

    /// Drops messages to somebody who is not in their conversation: nothing waits for them to come and hear those.
    pub(super) fn drop_unsaid(&mut self, person: PersonId) {
        let open = self.conversations.get(&person).is_some_and(|one| matches!(one.stage, Stage::Open(_)));
        if open {
            return;
        }
        let line = Line::Lane(Lane::Conversation(person));
        let unsaid: Vec<EffectId> = self.outbox.in_line(&line).map(|job| job.id).collect();
        for id in unsaid {
            self.drop_job(id);
        }
    }

    /// Some of the people of whom nothing is left to be done, at most this many. Their conversations are given up. Once
    /// that is committed the store is to forget them, before any task is started, and then [`Self::forgotten`] is to be
    /// called.
    ///
    /// However many there are to be forgotten, it looks at those it gives and at those for whom something was finished
    /// since the last call, and at nobody else.
    pub fn to_forget(&mut self, at_most: usize) -> Result<BTreeSet<PersonId>, StoreError> {
        let (mut people, mut busy) = (BTreeSet::new(), Vec::new());
        for person in self.ripe.iter().copied() {
            if self.outbox.of(person).next().is_some() {
                busy.push(person);
            } else if people.len() == at_most {
                break;
            } else {
                people.insert(person);
            }
        }
        for person in &busy {
            self.ripe.remove(person);
        }
        for person in &people {
            self.part(*person)?;
        }
        Ok(people)
    }

    /// Gives up the conversation with somebody who is forgotten next. The job to leave its room outlives them.
    fn part(&mut self, person: PersonId) -> Result<(), StoreError> {
        let Some(conversation) = self.conversations.remove(&person) else { return Ok(()) };
        self.batch.push(rows::delete::<Conversation>(person.to_bytes()));
        let Some(room) = conversation.stage.room() else { return Ok(()) };
        self.places.remove(room);
        self.leave_room(room.clone())
    }

    /// Something was finished, and a person who is to be forgotten may have waited for it.
    pub(super) fn ripen(&mut self, done: &Job) {
        self.ripe.extend(done.people().into_iter().filter(|person| self.forgetting.contains_key(person)));
    }

    /// The store has forgotten these, and taken away every row of theirs.
    pub fn forgotten(&mut self, people: &BTreeSet<PersonId>, now: Timestamp) -> Result<(), StoreError> {
        people.iter().try_for_each(|person| self.is_forgotten(*person, now))
    }

    fn is_forgotten(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        self.hearing.forget(person, &mut self.batch);
        self.ripe.remove(&person);
        let Some(effect) = self.forgetting.remove(&person) else { return Ok(()) };
        self.drop_job(effect);
        self.step(Input::Performed(Act::Forget(person), Performed::Done), now)
    }
}
