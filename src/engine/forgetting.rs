//! Forgetting a member: everything begun for them is finished, and the engine's driver has the store destroy their key.
//!
//! Until then the forgetting is a job that nobody owns: it outlives the rows that it destroys, and goes on after a crash.

use std::collections::BTreeSet;

use lodge_core::effect::{Act, Lane};
use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::introduction::{Introduction, Stage};
use lodge_core::mark::Marked;
use lodge_core::time::Timestamp;
use lodge_core::timer::Subject;
use lodge_ground::store::{Row, StoreError};
use lodge_ground::stored;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::engine::Engine;
use crate::outbox::Job;

impl Engine {
    /// Some of the members of whom everything is done and committed, at most this many; `is_busy` says for whom the channel
    /// has something to finish first. The channel ends its part with them; all that is committed, the store forgets them
    /// before anything is tried, and then the channel calls [`Self::forgotten`].
    ///
    /// However many there are to be forgotten, it looks at those it gives and at those for whom something was finished
    /// since the last call, and at nobody else.
    pub fn to_forget(&mut self, at_most: usize, is_busy: impl Fn(MemberId) -> bool) -> BTreeSet<MemberId> {
        let (mut members, mut busy) = (BTreeSet::new(), Vec::new());
        for member in self.ripe.iter().copied() {
            if !self.is_free(member) || is_busy(member) {
                busy.push(member);
            } else if members.len() == at_most || !self.is_committed(member) {
                break;
            } else {
                members.insert(member);
            }
        }
        for member in &busy {
            self.ripe.remove(member);
        }
        members
    }

    /// The rows that must outlive a member who is about to be forgotten, in every older copy of the store: that they were,
    /// and what others still wait for.
    ///
    /// # Errors
    /// As [`Row::holding`].
    pub fn outlives(&self, member: MemberId) -> Result<Vec<Row>, StoreError> {
        let Some(address) = self.address(member) else { return Ok(Vec::new()) };
        let key = &self.options.settings.mark_key;
        let mail = self.state.listing(member).and_then(|listing| listing.entry.mail.as_ref());
        let mail = mail.map(|mail| key.id(Marked::ForgottenMail(mail.as_str())));
        let marks = mail.into_iter().chain([key.id(Marked::Forgotten(&address))]);
        let marks = marks.filter_map(|mark| self.state.mark(mark)).map(stored::row);
        let waiting = |i: &&Introduction| i.addressee.is_none() && matches!(i.stage, Stage::Waiting(_));
        let waiting: Vec<&Introduction> = self.state.introductions().filter(waiting).collect();
        let timers = waiting.iter().flat_map(|i| self.state.timers_of(Subject::Introduction(i.id)));
        let timers = timers.map(stored::row);
        marks.chain(waiting.iter().copied().map(stored::row)).chain(timers).collect()
    }

    /// The store has forgotten this member, and the channel has no row of theirs any more. From here on none is written.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn forgotten(&mut self, member: MemberId, now: Timestamp) -> Result<Consequences, StoreError> {
        let Some(id) = self.forgetting.get(&member).copied() else { return Ok(Consequences::default()) };
        self.secret.spend(member);
        let input = Input::Performed(Act::Forget(member), Performed::Done);
        let consequences = self.step(self.ids(Cause::Performed(id, &Performed::Done)), input, now)?;
        self.forgetting.remove(&member);
        self.ripe.remove(&member);
        self.drop_job(id);
        Ok(consequences)
    }

    /// Whether a member is being forgotten.
    pub fn is_forgetting(&self, member: MemberId) -> bool {
        self.forgetting.contains_key(&member)
    }

    /// Something was finished for these people; whoever of them is to be forgotten may have waited for it.
    pub fn ripen(&mut self, people: BTreeSet<MemberId>) {
        self.ripe.extend(people.into_iter().filter(|person| self.forgetting.contains_key(person)));
    }

    /// Begins to forget a member: messages to them, or of them to others, that are on their way are dropped.
    pub(crate) fn begin_forgetting(&mut self, member: MemberId, id: EffectId) -> Result<(), StoreError> {
        self.forgetting.insert(member, id);
        self.ripe.insert(member);
        let words = |job: &&Job| matches!(job.errand.act(), Act::Tell(..));
        for job in self.outbox.of(member).filter(words).map(|job| job.id).collect::<Vec<_>>() {
            self.withdraw(job)?;
        }
        Ok(())
    }

    /// Whether one of these is being forgotten.
    pub(crate) fn forgets_any(&self, members: &BTreeSet<MemberId>) -> bool {
        members.iter().any(|member| self.is_forgetting(*member))
    }

    /// Whether nothing is to be finished for this member first. Such things never wait for a person: a room to be
    /// closed, a message to be taken back, words on their way.
    fn is_free(&self, member: MemberId) -> bool {
        self.outbox.of(member).next().is_none()
    }

    /// Whether this member's forgetting is committed, and everything was heard that was said before the program began.
    fn is_committed(&self, member: MemberId) -> bool {
        self.outbox.head(&Lane::Forgetting(member)).is_some()
    }
}
