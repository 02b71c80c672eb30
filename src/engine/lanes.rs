//! Lanes, and the ends of tries: the head of a lane is tried, one at a time, and the channel says how that ended.

use lodge_core::effect::{Act, Effect, Lane};
use lodge_core::id::EffectId;
use lodge_core::input::{Input, Performed};
use lodge_core::time::Timestamp;
use lodge_ground::outbox::End;
use lodge_ground::store::StoreError;
use lodge_ground::stored;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::engine::Engine;
use crate::outbox::Errand;

impl Engine {
    /// The lanes whose heads may be tried now.
    pub fn heads(&mut self, now: Timestamp) -> Vec<Lane> {
        self.outbox.heads(now)
    }

    /// The head of this lane is being tried.
    pub fn started(&mut self, lane: Lane) {
        self.outbox.started(&lane);
    }

    /// The try of a lane's head has ended. If it had an outcome, that was taken in before.
    pub fn ended(&mut self, lane: Lane, end: End, now: Timestamp) {
        self.outbox.ended(&lane, end, now);
        self.drop_never_done();
    }

    /// A lane may go on: something that it waited for has come.
    pub fn wake(&mut self, lane: Lane) {
        self.outbox.wake(lane);
    }

    /// Everything was taken in that the channel heard in one go. The outcomes of earlier tries had the chance to show in it.
    pub fn heard(&mut self) {
        self.outbox.heard();
        self.drop_never_done();
    }

    /// An act is done.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn done(&mut self, id: EffectId, performed: Performed, now: Timestamp) -> Result<Consequences, StoreError> {
        // It may be done with already: the outcome of an earlier try came first, or it showed by itself.
        let Some(job) = self.drop_job(id) else { return Ok(Consequences::default()) };
        // The core has let go of it.
        if job.withdrawn {
            return Ok(Consequences::default());
        }
        let (ids, Errand::Act(act)) = (self.ids(Cause::Performed(id, &performed)), job.errand);
        self.step(ids, Input::Performed(act, performed), now)
    }

    /// Words or a file for a member cannot be said. They are given up, and the member hears of it.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn unsaid(&mut self, id: EffectId, now: Timestamp) -> Result<Consequences, StoreError> {
        let Some((member, say)) = self.words(id) else { return Ok(Consequences::default()) };
        let instead = say.instead();
        let Some(job) = self.drop_job(id).filter(|job| !job.withdrawn) else { return Ok(Consequences::default()) };
        if let Some(say) = instead {
            let mut ids = self.ids(Cause::Unsaid(id));
            self.add(Effect { id: ids.draw(), owners: job.owners, act: Act::Tell(member, say) }, None)?;
        }
        self.step(self.ids(Cause::Unsaid(id)), Input::Unsaid(member, id), now)
    }

    /// Words are said apart from those that they answer from now on; false where they were not to stand beside any.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn set_apart(&mut self, id: EffectId) -> Result<bool, StoreError> {
        let apart = self.outbox.set_apart(id).map(stored::put).transpose()?;
        let was_beside = apart.is_some();
        self.batch.extend(apart);
        Ok(was_beside)
    }

    /// Drops messages that were withdrawn and, as is known by now, never sent.
    fn drop_never_done(&mut self) {
        for id in self.outbox.never_done() {
            self.drop_job(id);
        }
    }
}
