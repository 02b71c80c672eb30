//! Forgetting a member: what was begun for them is finished, their conversation is given up, and whoever drives the engine
//! has the store destroy their key. Only then does the porter leave the room: if the disk were lost in between, nobody
//! would hear any more that they asked for it.
//!
//! Until that is done the forgetting is a job that nobody owns, so it outlives what it destroys: after a crash at any
//! point it goes on from there.

use std::collections::BTreeSet;

use lodge_core::effect::{Act, Lane};
use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::time::Timestamp;

use super::Engine;
use super::cause::Cause;
use crate::outbox::{Errand, Job, Line};
use crate::store::StoreError;
use crate::tables::{self, Ciphers, Conversation};

impl Engine {
    /// Members of whom everything is done and committed: the store is to forget each of them now, before any task is
    /// started, and the engine is to be told so at once by [`Self::forgotten`].
    pub fn to_forget(&self) -> Vec<MemberId> {
        let members = self.forgetting.keys().copied().filter(|_| self.restoring.is_none());
        members.filter(|member| self.is_free(*member) && self.is_over(*member)).collect()
    }

    /// The store has forgotten a member. From here on no row of theirs is written.
    pub fn forgotten(&mut self, member: MemberId, now: Timestamp) -> Result<(), StoreError> {
        let Some(id) = self.forgetting.get(&member).copied() else { return Ok(()) };
        self.secret.spend(member);
        self.end_conversation(member);
        self.forget_devices(member);
        let theirs = self.said.values().filter(|row| row.member == member);
        for said in theirs.map(|row| row.effect).collect::<Vec<_>>() {
            self.let_go(said);
        }
        self.standings.remove(&member);
        self.waiting.forget(member, &mut self.batch);
        self.paces.forget(member, &mut self.batch);
        self.batch.extend(self.ciphers.forget(member).map(|heard| tables::delete::<Ciphers>(heard.key())));
        let input = Input::Performed(Act::Forget(member), Performed::Done);
        self.step(Cause::Performed(id, &Performed::Done), input, now)?;
        self.forgetting.remove(&member);
        self.drop_job(id);
        Ok(())
    }

    /// A member is to be forgotten: what was to be said to them, or of them to others, is not said any more.
    pub(super) fn begin_forgetting(&mut self, member: MemberId, id: EffectId) -> Result<(), StoreError> {
        self.forgetting.insert(member, id);
        let words = |job: &&Job| matches!(job.errand, Errand::Act(Act::Tell(..))) && job.owners.contains(&member);
        for job in self.outbox.jobs().filter(words).map(|job| job.id).collect::<Vec<_>>() {
            self.withdraw(job)?;
        }
        Ok(())
    }

    /// Whether one of these is being forgotten.
    pub(super) fn forgets_any(&self, members: &BTreeSet<MemberId>) -> bool {
        self.forgetting.keys().any(|member| members.contains(member))
    }

    /// Gives up the conversations with those who are to be forgotten and for whom nothing has to be finished first.
    pub(super) fn part(&mut self) -> Result<(), StoreError> {
        let parting = self.forgetting.keys().filter(|member| self.conversations.contains_key(member));
        for member in parting.copied().filter(|member| self.is_free(*member)).collect::<Vec<_>>() {
            let room = self.conversations.get(&member).and_then(|conversation| conversation.stage.room().cloned());
            room.map_or(Ok(()), |room| self.leave_room(room))?;
            self.end_conversation(member);
        }
        Ok(())
    }

    /// The porter has no more to do with the room in which it talked with a member.
    fn end_conversation(&mut self, member: MemberId) {
        let Some(conversation) = self.conversations.remove(&member) else { return };
        if let Some(room) = conversation.stage.room() {
            self.places.remove(room);
        }
        self.batch.push(tables::delete::<Conversation>(member.to_bytes().to_vec()));
    }

    /// Something was finished: whoever is to be forgotten may have waited for it.
    pub(super) fn wake_forgetting(&mut self) {
        for member in self.forgetting.keys() {
            self.outbox.wake(Line::Lane(Lane::Forgetting(*member)));
        }
    }

    /// Whether nothing is to be finished for this member first. What that can be never waits for a person: a room to be
    /// closed, a message to be taken back, words on their way.
    fn is_free(&self, member: MemberId) -> bool {
        !self.outbox.jobs().any(|job| concerns(job, member))
    }

    /// Whether the conversation with this member is over, and the forgetting of them may go on now.
    fn is_over(&self, member: MemberId) -> bool {
        !self.conversations.contains_key(&member) && self.outbox.head(&Line::Lane(Lane::Forgetting(member))).is_some()
    }
}

/// Whether a job is of this member, or cannot be done without what is kept of them.
fn concerns(job: &Job, member: MemberId) -> bool {
    let names = match &job.errand {
        Errand::Act(Act::Invite(_, _, who) | Act::Remove(_, _, who)) | Errand::Greet(_, who) => *who == member,
        Errand::Act(_) | Errand::Leave(_) | Errand::Decline(_) | Errand::Oust(..) => false,
    };
    names || job.owners.contains(&member)
}

#[cfg(test)]
mod tests {
    use lodge_core::id::{IntroductionId, TimerId};
    use lodge_core::introduction::RoomRef;
    use lodge_core::name::Address;
    use lodge_core::roster::Roster;
    use lodge_core::say::Say;
    use lodge_core::state::{Subject, Timer, Wait};

    use super::super::trial::{NOW, Trial, effect, people, refused, unknown};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{Heard, Wanted};
    use crate::perform::What;
    use crate::store::{Store, Table};

    fn forget(trial: &mut Trial, member: MemberId) {
        trial.step(vec![(9, &[], Act::Forget(member))], &[]);
    }

    /// What whoever drives the engine does at the end.
    fn finish(trial: &mut Trial, member: MemberId) {
        trial.settle();
        assert_eq!(trial.engine.to_forget(), [member]);
        trial.store.forget(member).unwrap();
        trial.engine.forgotten(member, NOW).unwrap();
        trial.commit();
    }

    #[test]
    fn whoever_is_to_be_forgotten_twice_is_forgotten_once_and_nothing_is_left_to_do() {
        let mut trial = Trial::new();
        let alex = trial.alex();
        forget(&mut trial, alex);
        trial.step(vec![(10, &[], Act::Forget(alex))], &[]);
        finish(&mut trial, alex);
        trial.settle();
        assert!(trial.engine.outbox().is_empty(), "{:#?}", trial.engine.outbox());
    }

    #[test]
    fn what_is_kept_of_somebody_is_gone_and_nobody_elses() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        let room = trial.room(alex);
        trial.tell(1);
        trial.hear(&room, Heard::Sealed(r#"{"sender":"@alex:example.org"}"#.to_owned()));
        trial.settle();
        let of_sam = trial.tables_of(sam);
        assert_eq!(
            trial.tables_of(alex),
            [Table::Members, Table::Conversations, Table::Waiting, Table::Asked, Table::Listings]
        );
        forget(&mut trial, alex);
        finish(&mut trial, alex);
        assert_eq!((trial.tables_of(alex), trial.tables_of(sam)), (vec![], of_sam));
        assert_eq!(trial.done.last(), Some(&What::Leave(room.clone())));
        assert!(trial.engine.outbox().is_empty() && trial.engine.said.is_empty() && trial.engine.waiting.is_empty());
        assert!(!trial.engine.knows(&room));
        assert_eq!((trial.engine.conversation(alex), trial.engine.to_forget()), (None, vec![]));
    }

    #[test]
    fn nothing_more_is_said_to_somebody_or_of_them() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        trial.tell(1);
        trial.step(
            vec![(2, &[sam], Act::Tell(sam, Say::YesRecorded)), (3, &[alex], Act::Tell(alex, Say::YesRecorded))],
            &[],
        );
        forget(&mut trial, sam);
        trial.tell(4);
        let words = |trial: &Trial| trial.engine.outbox().jobs().map(|job| job.id).collect::<Vec<_>>();
        assert_eq!(words(&trial), [effect(3), effect(9)]);
        finish(&mut trial, sam);
        assert!(trial.engine.outbox().is_empty());
    }

    #[test]
    fn words_on_their_way_come_to_their_end_first() {
        for restart in [false, true] {
            let mut trial = Trial::new();
            let sam = trial.sam();
            trial.tell(1);
            let telling = trial.task();
            forget(&mut trial, sam);
            assert_eq!(trial.tasks(), []);
            trial.report(&telling, unknown());
            assert_eq!((trial.tasks(), trial.engine.to_forget()), (vec![], vec![]));
            if restart {
                trial.restart();
            } else {
                trial.nothing_new();
            }
            assert_eq!((trial.tasks(), trial.engine.to_forget()), (vec![], vec![]));
            let room = trial.room(trial.alex());
            trial.hear(&room, Heard::Own(effect(1), None));
            finish(&mut trial, sam);
            // Where it stands is Alex's to know, so it can still be taken back.
            trial.take_back(1);
            assert!(matches!(trial.task().what, What::TakeBack(Some(_))), "restart: {restart}");
        }
    }

    #[test]
    fn rooms_are_closed_and_messages_taken_back_first() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        let (room, met) = (RoomRef("!two".to_owned()), IntroductionId::from_bytes([1; 16]));
        trial.step(
            vec![
                (9, &[], Act::Forget(sam)),
                (1, &[sam], Act::TakeBack(sam, effect(7))),
                // The introduction is no longer Sam's, but Sam is still in its room.
                (2, &[alex], Act::Remove(met, room.clone(), sam)),
                (3, &[alex], Act::Leave(met, room.clone())),
            ],
            &[],
        );
        let own = trial.room(sam);
        finish(&mut trial, sam);
        let address = Address::exact("@sam:example.org").unwrap();
        let expected = [What::Remove(room.clone(), address), What::TakeBack(None), What::Leave(room), What::Leave(own)];
        assert_eq!(trial.done, expected);
    }

    #[test]
    fn somebody_without_a_conversation_is_forgotten_at_once() {
        let mut trial = Trial::new();
        let nobody = MemberId::from_bytes([5; 16]);
        forget(&mut trial, nobody);
        assert_eq!(trial.engine.to_forget(), [], "it is not committed");
        finish(&mut trial, nobody);
        assert_eq!(trial.done, []);
    }

    #[test]
    fn what_comes_of_a_try_after_the_end_is_nothing() {
        let mut trial = Trial::new();
        let alex = trial.alex();
        let room = trial.room(alex);
        trial.step(vec![(1, &[alex], Act::Tell(alex, Say::YesRecorded))], &[]);
        let telling = trial.task();
        trial.hear(&room, Heard::Own(effect(1), None));
        forget(&mut trial, alex);
        finish(&mut trial, alex);
        // The porter was out of the room before the homeserver dealt with the second try of what it had said already.
        trial.report(&telling, refused("M_FORBIDDEN"));
        trial.settle();
        assert_eq!(trial.tables_of(alex), []);
    }

    /// A driver that dies at one point; true when it came to its end without.
    fn drive(trial: &mut Trial, member: MemberId, dies_at: Option<usize>, points: &mut usize) -> bool {
        let mut dies = || {
            *points += 1;
            dies_at == Some(*points - 1)
        };
        loop {
            if dies() {
                return false;
            }
            trial.commit();
            if dies() {
                return false;
            }
            for member in trial.engine.to_forget() {
                trial.store.forget(member).unwrap();
                if dies() {
                    return false;
                }
                trial.engine.forgotten(member, NOW).unwrap();
            }
            let tasks = trial.tasks();
            if tasks.is_empty() && trial.engine.news_wanted() == Wanted::WithNews {
                return !trial.engine.forgetting.contains_key(&member);
            }
            for task in tasks {
                trial.succeed(&task);
                if dies() {
                    return false;
                }
            }
            trial.nothing_new();
        }
    }

    #[test]
    fn a_crash_at_any_point_leads_to_the_same_end() {
        let begin = || {
            let mut trial = Trial::new();
            let (sam, alex) = (trial.sam(), trial.alex());
            trial.tell(1);
            let telling = trial.task();
            trial.step(vec![(9, &[], Act::Forget(sam)), (2, &[alex], Act::TakeBack(alex, effect(1)))], &[1]);
            trial.commit();
            trial.report(&telling, unknown());
            (trial, sam, alex)
        };
        let mut points = 0;
        let (mut trial, sam, _) = begin();
        assert!(drive(&mut trial, sam, None, &mut points));
        for point in 0..points {
            let (mut trial, sam, alex) = begin();
            let room = trial.room(sam);
            assert!(!drive(&mut trial, sam, Some(point), &mut 0), "no crash at {point}");
            trial.restart();
            assert!(drive(&mut trial, sam, None, &mut 0), "not over after a crash at {point}");
            assert_eq!(trial.tables_of(sam), [], "after a crash at {point}");
            assert!(trial.done.contains(&What::Leave(room)), "not left after a crash at {point}");
            assert!(trial.engine.outbox().is_empty(), "after a crash at {point}: {:?}", trial.engine.outbox());
            assert!(trial.engine.conversation(alex).is_some());
        }
    }

    #[test]
    fn a_moment_of_what_is_no_longer_there_passes() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let of = [Subject::Introduction(IntroductionId::from_bytes([1; 16])), Subject::Member(sam)];
        let waits =
            [Wait::Bring, Wait::Deadline, Wait::Reminder, Wait::JoinBy, Wait::Settled, Wait::AskAfter, Wait::Forget];
        let timers = of.iter().flat_map(|of| waits.iter().map(move |wait| (*of, *wait)));
        let mut batch = Vec::new();
        for (number, (of, wait)) in (0..).zip(timers) {
            batch.push(tables::put(&Timer { id: TimerId::from_bytes([number; 16]), due: NOW, of, wait }).unwrap());
        }
        trial.store.commit(&batch).unwrap();
        trial.store.forget(sam).unwrap();
        trial.restart();
        trial.engine.tick(NOW).unwrap();
        trial.settle();
        assert!(trial.engine.state().timers().all(|timer| timer.due > NOW));
        assert_eq!(trial.tables_of(sam), []);
    }

    #[test]
    fn who_comes_back_is_somebody_new() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        forget(&mut trial, sam);
        finish(&mut trial, sam);
        trial.engine.roster(Roster::whole(people()), NOW).unwrap();
        trial.settle();
        assert_ne!(trial.sam(), sam);
        assert_eq!(trial.tables_of(sam), []);
    }

    #[test]
    fn who_is_being_forgotten_is_a_stranger_elsewhere() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        forget(&mut trial, sam);
        let own = RoomRef("!own".to_owned());
        trial.invite(&own, "@sam:example.org");
        trial.nothing_new();
        finish(&mut trial, sam);
        assert!(trial.done.contains(&What::Leave(own)), "{:?}", trial.done);
        let address = Address::exact("@sam:example.org").unwrap();
        trial.hear(&RoomRef("!left".to_owned()), Heard::Moved(address.into(), Membership::Joined));
        trial.settle();
        assert_eq!(trial.tables_of(sam), []);
    }
}
