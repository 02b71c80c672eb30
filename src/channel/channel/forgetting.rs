//! Forgetting a member, as far as Matrix has to do with it: their conversation is given up, and the engine's driver
//! has the store destroy their key. Only then does the porter leave the room: if the disk were lost in between, nobody
//! would hear any more that they asked for it.

use std::collections::BTreeSet;

use lodge_core::id::MemberId;
use lodge_core::time::Timestamp;

use super::Channel;
use crate::store::{Row, StoreError};
use crate::tables::{self, Conversation};

impl Channel {
    /// Some of the members of whom everything is done and committed, at most this many. Gives up their conversations. The
    /// caller commits that, has the store forget them before any task starts, and calls [`Self::forgotten`].
    pub fn to_forget(&mut self, at_most: usize) -> Result<BTreeSet<MemberId>, StoreError> {
        let chores = &self.chores;
        let members = self.engine.to_forget(at_most, |member| chores.of(member).next().is_some());
        for member in &members {
            self.part(*member)?;
        }
        Ok(members)
    }

    /// The rows that must outlive a member who is about to be forgotten, in every older copy of the store: that they were,
    /// and what others still wait for.
    pub fn outlives(&self, member: MemberId) -> Result<Vec<Row>, StoreError> {
        self.engine.outlives(member)
    }

    /// The store has forgotten these members. From here on no row of theirs is written.
    pub fn forgotten(&mut self, members: &BTreeSet<MemberId>, now: Timestamp) -> Result<(), StoreError> {
        members.iter().try_for_each(|member| self.is_forgotten(*member, now))
    }

    fn is_forgotten(&mut self, member: MemberId, now: Timestamp) -> Result<(), StoreError> {
        if !self.engine.is_forgetting(member) {
            return Ok(());
        }
        self.end_conversation(member);
        self.let_go_of_all(member);
        self.hearing.forget(member, self.engine.batch());
        let consequences = self.engine.forgotten(member, now)?;
        self.attend(consequences)
    }

    /// Gives up the conversation with somebody who is forgotten next.
    fn part(&mut self, member: MemberId) -> Result<(), StoreError> {
        let Some(conversation) = self.conversations.get(&member) else { return Ok(()) };
        conversation.stage.room().cloned().map_or(Ok(()), |room| self.leave_room(room))?;
        self.end_conversation(member);
        Ok(())
    }

    /// The porter has no more to do with the room in which it talked with a member.
    fn end_conversation(&mut self, member: MemberId) {
        let Some(conversation) = self.conversations.remove(&member) else { return };
        if let Some(room) = conversation.stage.room() {
            self.places.remove(room);
        }
        self.engine.batch().push(tables::delete::<Conversation>(member.to_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::effect::Act;
    use lodge_core::id::{IntroductionId, TimerId};
    use lodge_core::name::Address;
    use lodge_core::people::roster::{Entry, Lister, MailAddress, Roster, parts};
    use lodge_core::say::{Answering, Say};
    use lodge_core::timer::{Timer, Wait};
    use lodge_matrix::homeserver::RoomRef;

    use super::super::trial::{NOW, Trial, effect, people, refused, unknown, words};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{Heard, Wanted};
    use crate::perform::What;
    use crate::store::{Store, Table};

    fn forget(trial: &mut Trial, member: MemberId) {
        trial.step(vec![(9, &[], Act::Forget(member))], &[]);
    }

    /// Does the part of the program that drives the engine, at the end.
    fn finish(trial: &mut Trial, member: MemberId) {
        trial.settle();
        assert_eq!(trial.next_to_forget(), [member]);
        trial.store.forget(&[member].into()).unwrap();
        trial.engine.forgotten(&[member].into(), NOW).unwrap();
        trial.settle();
    }

    #[test]
    fn whoever_is_to_be_forgotten_twice_is_forgotten_once_and_nothing_is_left_to_do() {
        let mut trial = Trial::new();
        let alex = trial.alex();
        forget(&mut trial, alex);
        trial.step(vec![(10, &[], Act::Forget(alex))], &[]);
        finish(&mut trial, alex);
        trial.settle();
        assert!(trial.is_idle(), "{:#?}", trial.engine.outbox());
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
        assert!(trial.is_idle() && trial.engine.said.is_empty() && trial.engine.hearing.without_key() == 0);
        assert!(!trial.engine.knows(&room));
        assert_eq!((trial.engine.conversation(alex).is_none(), trial.next_to_forget()), (true, vec![]));
    }

    #[test]
    fn nothing_more_is_said_to_somebody_or_of_them() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        trial.tell(1);
        let yes = |to| Act::Tell(to, Answering::YesRecorded.into());
        trial.step(vec![(2, &[sam], yes(sam)), (3, &[alex], yes(alex))], &[]);
        forget(&mut trial, sam);
        trial.tell(4);
        let words = |trial: &Trial| trial.engine.outbox().jobs().map(|job| job.id).collect::<Vec<_>>();
        assert_eq!(words(&trial), [effect(3), effect(9)]);
        finish(&mut trial, sam);
        assert!(trial.is_idle());
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
            assert_eq!((trial.tasks(), trial.next_to_forget()), (vec![], vec![]));
            if restart {
                trial.restart();
            } else {
                trial.nothing_new();
            }
            assert_eq!((trial.tasks(), trial.next_to_forget()), (vec![], vec![]));
            let room = trial.room(trial.alex());
            trial.hear(&room, Heard::Own(effect(1)));
            finish(&mut trial, sam);
            // Its event is Alex's to know, so it can still be taken back.
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
                (2, &[alex], Act::Remove(met, room.clone().into(), sam)),
                (3, &[alex], Act::Leave(met, room.clone().into())),
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
        assert_eq!(trial.engine.to_forget(1).unwrap(), BTreeSet::new(), "it is not committed");
        finish(&mut trial, nobody);
        assert_eq!(trial.done, []);
    }

    #[test]
    fn what_comes_of_a_try_after_the_end_is_nothing() {
        let mut trial = Trial::new();
        let alex = trial.alex();
        let room = trial.room(alex);
        trial.step(vec![(1, &[alex], Act::Tell(alex, Answering::YesRecorded.into()))], &[]);
        let telling = trial.task();
        trial.hear(&room, Heard::Own(effect(1)));
        forget(&mut trial, alex);
        finish(&mut trial, alex);
        // The porter was out of the room before the homeserver dealt with the second try of a message that it had sent
        // already.
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
            let members = trial.engine.to_forget(1).unwrap();
            if dies() {
                return false;
            }
            trial.commit();
            if dies() {
                return false;
            }
            for member in members {
                trial.store.forget(&[member].into()).unwrap();
                if dies() {
                    return false;
                }
                trial.engine.forgotten(&[member].into(), NOW).unwrap();
            }
            let tasks = trial.tasks();
            if tasks.is_empty() && trial.engine.news_wanted() == Wanted::WithNews {
                return !trial.engine.engine.is_forgetting(member);
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
            assert!(trial.is_idle(), "after a crash at {point}: {:?}", trial.engine.outbox());
            assert!(trial.engine.conversation(alex).is_some());
        }
    }

    #[test]
    fn a_moment_of_what_is_no_longer_there_passes() {
        let mut trial = Trial::new();
        let sam = trial.sam();
        let introduction = IntroductionId::from_bytes([1; 16]);
        let waiting = [Wait::Bring { introduction }, Wait::Deadline { introduction }, Wait::Reminder { introduction }];
        let later = [Wait::JoinBy { introduction }, Wait::Settled { introduction }, Wait::AskAfter { introduction }];
        let of_sam = [Wait::Forget { member: sam }, Wait::RoleEnds { member: sam }];
        let mut batch = Vec::new();
        for (number, wait) in (0..).zip([&waiting[..], &later, &of_sam].concat()) {
            batch.push(tables::put(&Timer { id: TimerId::from_bytes([number; 16]), due: NOW, wait }).unwrap());
        }
        trial.store.commit(&batch).unwrap();
        trial.store.forget(&[sam].into()).unwrap();
        trial.restart();
        trial.engine.tick(NOW).unwrap();
        trial.settle();
        assert!(trial.engine.state().timers().all(|timer| timer.due > NOW));
        assert_eq!(trial.tables_of(sam), []);
    }

    /// Somebody who is listed by an email address, and has no account that is known.
    fn listed(number: usize) -> Entry {
        let mail = MailAddress::parse(&format!("p{number}@example.org"));
        Entry { mail: Some(mail.unwrap()), address: None, ..Entry::from(people().remove(0)) }
    }

    #[test]
    fn a22_each_key_that_a_listing_had_goes_when_an_account_is_found_in_whatever_part_of_a_list() {
        let mut trial = Trial::new();
        let new = [listed(0), listed(1)];
        trial.engine.roster(Roster::these(Lister::Records, new.clone()), NOW).unwrap();
        trial.settle();
        let addresses = people().into_iter().map(|person| Some(person.address));
        let accounts = new.into_iter().zip(addresses).map(|(entry, address)| Entry { address, ..entry });
        for part in parts(trial.engine.state(), &Roster::these(Lister::Records, accounts), 1) {
            trial.engine.part_of_roster(part, NOW).unwrap();
        }
        trial.settle();
        assert_eq!(trial.engine.to_forget(5).unwrap().len(), 2);
    }

    #[test]
    fn whoever_is_dropped_in_bulk_is_forgotten_a_few_at_a_time_and_members_are_answered_in_between() {
        const DROPPED: usize = 300;
        const AT_ONCE: usize = 8;
        let mut trial = Trial::new();
        let (sam, room) = (trial.sam(), trial.room(trial.sam()));
        let sam = trial.engine.state().member(sam).unwrap().person.address.clone();
        let members: Vec<Entry> = people().into_iter().map(Entry::from).collect();
        let all = members.iter().cloned().chain((0..DROPPED).map(listed));
        trial.engine.roster(Roster::whole(all), NOW).unwrap();
        trial.settle();
        trial.engine.roster(Roster::whole(members), NOW).unwrap();
        trial.settle();
        let mut turns = 0;
        loop {
            let some = trial.engine.to_forget(AT_ONCE).unwrap();
            if some.is_empty() {
                break;
            }
            turns += 1;
            assert!(trial.engine.take_batch().unwrap().is_empty(), "nobody's conversation was to be given up");
            trial.store.forget(&some).unwrap();
            trial.engine.forgotten(&some, NOW).unwrap();
            let written = trial.engine.take_batch().unwrap();
            assert!(written.len() <= 5 * AT_ONCE, "{} rows for {AT_ONCE} people", written.len());
            trial.store.commit(&written).unwrap();
            trial.engine.committed();
            trial.hear(&room, Heard::Text(words(sam.clone(), "help")));
            let task = trial.task();
            assert!(matches!(&task.what, What::Say { say: Say::Help { .. }, .. }), "{task:#?}");
            trial.succeed(&task);
            trial.settle();
        }
        assert_eq!(turns, DROPPED.div_ceil(AT_ONCE));
        assert_eq!(trial.store.forgotten().len(), DROPPED);
        trial.settle();
        assert!(
            trial.is_idle() && trial.store.forgotten().into_iter().all(|one| !trial.engine.engine.is_forgetting(one))
        );
    }

    #[test]
    fn what_was_begun_for_many_is_gone_on_with_after_a_restart_a_few_at_a_time() {
        let mut trial = Trial::new();
        let members: Vec<Entry> = people().into_iter().map(Entry::from).collect();
        let all = members.iter().cloned().chain((0..20).map(listed));
        trial.engine.roster(Roster::whole(all), NOW).unwrap();
        trial.settle();
        trial.engine.roster(Roster::whole(members), NOW).unwrap();
        trial.settle();
        // The program dies when the store has forgotten them, and the engine was not told.
        let first = trial.engine.to_forget(3).unwrap();
        trial.store.forget(&first).unwrap();
        trial.restart();
        trial.nothing_new();
        trial.settle();
        let mut turns = 0;
        while let some = trial.engine.to_forget(3).unwrap()
            && !some.is_empty()
        {
            turns += 1;
            assert!(some.len() <= 3);
            trial.store.forget(&some).unwrap();
            trial.engine.forgotten(&some, NOW).unwrap();
            trial.settle();
        }
        assert_eq!((turns, trial.store.forgotten().len()), (7, 20));
        assert!(trial.is_idle());
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
