//! Forgetting somebody, up to the end of their key.

use lodge_counsel_core::effect::{Act, Lane};
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Performed};
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;

use super::Engine;
use crate::errand::{Job, Line};
use crate::rows::{self, Ciphers, Conversation, Stage};

impl Engine {
    /// Somebody is to be forgotten: what was to be said to others about them is not said any more.
    pub(super) fn begin_forgetting(&mut self, person: PersonId, effect: EffectId) {
        self.forgetting.insert(person, effect);
        let about = |job: &&Job| job.owners.contains(&person) && job.errand.tells().is_some_and(|to| to != person);
        let about: Vec<EffectId> = self.outbox.jobs().filter(about).map(|job| job.id).collect();
        for id in about {
            self.drop_job(id);
        }
        self.drop_unsaid(person);
    }

    /// What is still to be said to somebody who is not there to hear it is not waited for.
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

    /// Those of whom nothing is left to be done. The store is to forget them, and then [`Self::forgotten`] is to be called.
    pub fn to_forget(&self) -> Vec<PersonId> {
        let free = |person: &PersonId| !self.outbox.jobs().any(|job| job.owners.contains(person));
        self.forgetting.keys().copied().filter(free).collect()
    }

    /// The store has forgotten somebody, and taken away every row of theirs.
    pub fn forgotten(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        if let Some(conversation) = self.conversations.remove(&person) {
            self.batch.push(rows::delete::<Conversation>(person.to_bytes().to_vec()));
            if let Some(room) = conversation.stage.room() {
                self.places.remove(room);
                self.leave_room(room.clone())?;
            }
        }
        self.forget_devices(person);
        self.waiting.forget(person, &mut self.batch);
        self.paces.forget(person, &mut self.batch);
        self.batch.extend(self.ciphers.forget(person).map(|heard| rows::delete::<Ciphers>(heard.key())));
        let Some(effect) = self.forgetting.remove(&person) else { return Ok(()) };
        self.drop_job(effect);
        self.step(Input::Performed(Act::Forget(person), Performed::Done), now)
    }
}
