//! The first start after an older copy of the store was put back without the commits since: nobody knows what was said
//! meanwhile, so nothing of that time may count, and no consent from before it counts for anything new.
//!
//! Each conversation is given up and another is begun. Encrypted words are bound to their room, so nobody who has kept
//! old ones can put them into the new one. Ids are made anew too: none is one of the time that is lost, so nothing that
//! shows of it is taken for something that is done now.

use std::collections::BTreeSet;

use lodge_core::effect::{Act, Effect};
use lodge_core::id::{IntroductionId, MemberId};
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::Membership;
use crate::news::{Delivery, Heard, News, RoomNews};
use crate::outbox::Chore;
use crate::store::StoreError;
use crate::tables::{self, Restored};

impl Channel {
    /// Goes back to how things stood when the copy was made.
    pub(super) fn go_back(&mut self, restored: &Restored, now: Timestamp) -> Result<(), StoreError> {
        if restored.seen_to {
            return Ok(());
        }
        self.hearing.start_over(self.engine.batch());
        self.drop_old_chores();
        self.let_go_of_conversations()?;
        let consequences = self.engine.go_back(restored, now)?;
        self.attend(consequences)
    }

    /// Drops what somebody would have to ask for again. Leaving a room or taking somebody out does no harm if it was done.
    fn drop_old_chores(&mut self) {
        let is_old = |chore: &Chore| match chore {
            Chore::Greet(..) | Chore::Decline(_) => true,
            Chore::Leave(_) | Chore::Oust(..) => false,
        };
        for id in self.chores.jobs().filter(|job| is_old(&job.errand)).map(|job| job.id).collect::<Vec<_>>() {
            self.drop_chore(id);
        }
    }

    /// Gives up every conversation, with all that waits there to be read.
    fn let_go_of_conversations(&mut self) -> Result<(), StoreError> {
        let rooms = self.places.extract_if(.., |_, place| matches!(place, Place::Conversation(_)));
        for (room, _) in rooms.collect::<Vec<_>>() {
            self.leave_room(room)?;
        }
        for member in self.conversations.keys().copied().collect::<Vec<_>>() {
            // Everybody is told that nothing of that time counts.
            drop(self.hearing.give_up(member, self.engine.batch()));
            self.begin_conversation(member, self.given_up(member) + 1)?;
        }
        Ok(())
    }

    /// Takes in the first response after that. Words of before are entered in the ledger, and are not heard; rooms that
    /// the store does not know are left.
    pub(super) fn begin_anew(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError> {
        for RoomNews { room, news, .. } in delivery.rooms {
            for News { event, at, heard } in news.clone() {
                let is_conversation = matches!(self.places.get(&room), Some(Place::Conversation(_)));
                match heard {
                    Heard::Created(_) if self.knows(&room) || self.is_to_be_left(&room) => {}
                    Heard::Created(marker) => drop(self.adopted(&room, marker, now)?),
                    Heard::Moved(..) | Heard::Changed => self.hear(&room, News { event, at, heard }, now)?,
                    // It was begun since the store went back.
                    _ if is_conversation => self.hear(&room, News { event, at, heard }, now)?,
                    Heard::Text(_)
                    | Heard::Own(_)
                    | Heard::Echo(_)
                    | Heard::Sealed(_)
                    | Heard::Edited(_)
                    | Heard::Redacted(_)
                    | Heard::Wordless(_)
                    | Heard::Nothing => drop(self.first_time(&room, &event, now)?),
                }
            }
            self.close_unknown(&room, &news)?;
        }
        self.went_back = false;
        self.engine.batch().push(tables::delete_single::<Restored>());
        // These may be as old. Their senders see them turned down, and can send others.
        for invitation in delivery.invitations {
            self.decline(invitation.room)?;
        }
        self.taken_in(delivery.token, vec![], now)
    }

    /// Closes a room that the porter made in the time that is lost: its purpose is unknown. Members are taken out.
    fn close_unknown(&mut self, room: &RoomRef, news: &[News]) -> Result<(), StoreError> {
        if self.knows(room) || self.is_to_be_left(room) {
            return Ok(());
        }
        let is_made = news.iter().any(|news| matches!(news.heard, Heard::Created(_)));
        let mut there: BTreeSet<MemberId> = BTreeSet::new();
        for News { heard, .. } in news.iter().filter(|_| is_made) {
            if let Heard::Moved(who, membership) = heard
                && let Some(member) = who.address().and_then(|who| self.engine.state().member_at(&who))
            {
                match membership {
                    Membership::Invited | Membership::Joined => drop(there.insert(member.id)),
                    Membership::Left => drop(there.remove(&member.id)),
                }
            }
        }
        let mut ids = self.ids(Cause::Leaving(room));
        let id: IntroductionId = ids.draw();
        for member in there {
            let act = Act::Remove(id, room.clone().into(), member);
            self.engine.add(Effect { id: ids.draw(), owners: BTreeSet::from([member]), act }, None)?;
        }
        let act = Act::Leave(id, room.clone().into());
        self.engine.add(Effect { id: ids.draw(), owners: BTreeSet::new(), act }, None)
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::id::EffectId;
    use lodge_core::name::Address;

    use super::super::trial::{NOW, Trial, effect, words};
    use super::*;
    use crate::homeserver::{EventRef, Events};
    use crate::news::Invitation;
    use crate::perform::What;
    use crate::store::{Store, Table};

    /// An older copy of the store, put back.
    fn gone_back(prepare: impl FnOnce(&mut Trial)) -> Trial {
        let mut trial = Trial::new();
        prepare(&mut trial);
        trial.store.commit(&vec![tables::put(&Restored { from: NOW, seen_to: false }).unwrap()]).unwrap();
        trial.restart();
        trial
    }

    fn news(heard: Vec<Heard>) -> Vec<News> {
        let news = |(at, heard): (usize, Heard)| News { event: EventRef(format!("$old{at}")), at: NOW, heard };
        heard.into_iter().enumerate().map(news).collect()
    }

    fn room(name: &str, heard: Vec<Heard>) -> RoomNews {
        RoomNews { room: RoomRef(name.to_owned()), gap: None, news: news(heard) }
    }

    fn said(trial: &Trial) -> Vec<(&RoomRef, &'static str)> {
        let said = trial.done.iter().filter_map(|what| {
            let What::Say { room, say, .. } = what else { return None };
            Some((room, say.wording().id))
        });
        said.collect()
    }

    #[test]
    fn conversations_begin_anew_and_what_was_to_be_said_is_not_said() {
        let mut old = Vec::new();
        let mut trial = gone_back(|trial| {
            old = vec![trial.room(trial.sam()), trial.room(trial.alex())];
            trial.tell(1);
            trial.commit();
        });
        assert_eq!(trial.engine.hearing.token(), None, "it hears from the beginning");
        trial.nothing_new();
        trial.settle();
        for member in [trial.sam(), trial.alex()] {
            let room = trial.room(member);
            assert!(!old.contains(&room));
            let address = trial.engine.state().member(member).unwrap().person.address.clone();
            trial.hear(&room, Heard::Moved(address.into(), Membership::Joined));
        }
        trial.settle();
        let (sam, alex) = (trial.room(trial.sam()), trial.room(trial.alex()));
        let mut told = said(&trial);
        told.sort();
        let mut expected = vec![(&sam, "went-back"), (&alex, "went-back")];
        expected.sort();
        assert_eq!(told, expected, "each is told once, and Alex nothing else");
        for room in old {
            assert!(trial.done.contains(&What::Leave(room)));
        }
    }

    #[test]
    fn words_of_before_are_not_heard_and_it_is_told_once_whatever_is_started_again() {
        let mut trial = gone_back(|_| {});
        let sam = Address::exact("@sam:example.org").unwrap();
        let help = Heard::Text(words(sam, "help"));
        trial.commit();
        trial.restart();
        let lobby = room("!unknown", vec![help]);
        trial.deliver(vec![lobby], vec![]);
        trial.settle();
        trial.restart();
        trial.nothing_new();
        trial.settle();
        let words = trial.engine.outbox().jobs().filter_map(|job| trial.engine.engine.words(job.id));
        let jobs: Vec<&str> = words.map(|(_, say)| say.wording().id).collect();
        assert_eq!(jobs, ["went-back", "went-back"], "they wait for their readers");
        assert_eq!(tables::single::<Restored>(&trial.store.load(Table::Singles).unwrap()).unwrap(), None);
    }

    #[test]
    fn rooms_of_the_time_that_is_lost_are_closed_and_nothing_in_them_is_taken_for_what_is_done_now() {
        let mut trial = gone_back(|_| {});
        let (sam, alex) = ("@sam:example.org", "@alex:example.org");
        let moved = |who: &str, way| Heard::Moved(Address::exact(who).unwrap().into(), way);
        let two = room(
            "!two",
            vec![Heard::Created(effect(7)), moved(sam, Membership::Joined), moved(alex, Membership::Invited)],
        );
        let theirs = room("!theirs", vec![moved(sam, Membership::Joined)]);
        trial.deliver(vec![two, theirs], vec![]);
        trial.settle();
        let in_room = |name: &str| {
            let of = |what: &&What| {
                let (What::Remove(room, _) | What::Leave(room)) = what else { return false };
                room.0 == name
            };
            trial.done.iter().filter(of).collect::<Vec<_>>()
        };
        assert!(
            matches!(in_room("!two")[..], [What::Remove(..), What::Remove(..), What::Leave(_)]),
            "{:?}",
            trial.done
        );
        assert!(matches!(in_room("!theirs")[..], [What::Leave(_)]), "nobody is taken out of a room of others");
    }

    #[test]
    fn an_invitation_of_before_is_turned_down() {
        let mut trial = gone_back(|_| {});
        let from = Address::exact("@new:example.org").unwrap();
        trial.deliver(vec![], vec![Invitation { room: RoomRef("!own".to_owned()), from: from.clone() }]);
        trial.nothing_new();
        trial.nothing_new();
        trial.settle();
        assert!(trial.done.contains(&What::Leave(RoomRef("!own".to_owned()))));
        assert!(trial.engine.state().member_at(&from).is_none());
    }

    #[test]
    fn the_room_of_an_introduction_is_not_made_and_no_id_is_one_of_before() {
        let first = |trial: &Trial| trial.engine.engine.ids(lodge_engine::Cause::List).draw::<EffectId>();
        let before = first(&Trial::new());
        let mut trial = gone_back(|trial| {
            trial.step(vec![(5, &[], Act::CreateRoom(IntroductionId::from_bytes([3; 16])))], &[]);
            trial.commit();
        });
        trial.nothing_new();
        trial.settle();
        assert!(!trial.done.contains(&What::Create(crate::room::introduction())));
        let since = first(&trial);
        trial.restart();
        assert!(since != before && first(&trial) == since, "they stay the same from start to start");
    }

    #[test]
    fn who_goes_back_twice_has_ids_that_stay_the_same_too() {
        let first = |trial: &Trial| trial.engine.engine.ids(lodge_engine::Cause::List).draw::<EffectId>();
        let mut trial = gone_back(|trial| {
            let earlier = tables::Era { began: Timestamp::from_millis(1) };
            trial.store.commit(&vec![tables::put(&earlier).unwrap()]).unwrap();
        });
        trial.commit();
        let since = first(&trial);
        trial.restart();
        assert_eq!(first(&trial), since);
    }

    #[test]
    fn it_is_found_out_of_every_room_that_the_porter_is_in_whether_it_made_it() {
        let mut trial = gone_back(|_| {});
        let unknown = RoomRef("!unknown".to_owned());
        assert_eq!(trial.engine.must_fill(&unknown), Some(Events::States));
        trial.nothing_new();
        assert_eq!(trial.engine.must_fill(&unknown), None, "the history of others' rooms may be endless");
    }
}
