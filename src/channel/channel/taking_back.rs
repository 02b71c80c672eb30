//! Taking back the porter's messages: it is known where each message stands that shows details, and a message that was
//! dropped while a try of it was on its way is not let go before it is known whether it was sent.

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::Performed;
use lodge_core::say::{Answering, Ending, Requesting, Say, Staffing};
use lodge_core::time::Timestamp;
use lodge_matrix::content::Thread;
use lodge_matrix::homeserver::RoomRef;

use super::{Channel, Fault};
use crate::homeserver::{EventRef, Refusal};
use crate::perform::What;
use crate::store::StoreError;
use crate::tables::{self, Asked};

impl Channel {
    /// One of the porter's messages stands in a room: it is kept where, if it shows details or can be answered.
    pub(super) fn keep_said(&mut self, id: EffectId, event: &EventRef, room: &RoomRef) -> Result<(), StoreError> {
        if self.said.contains_key(&id) {
            return Ok(());
        }
        let job = self.engine.outbox().job(id);
        let said = match job.map(|job| job.errand.act()) {
            Some(Act::Tell(member, say)) if say.shows_details() || can_be_answered(say) => {
                Some((*member, can_be_answered(say)))
            }
            Some(_) => None,
            // It shows only now, and is waited for.
            None => self.engine.to_be_taken_back(id).map(|member| (member, false)),
        };
        if let Some((member, prompt)) = said {
            let thread = job.and_then(|job| job.beside.as_ref()).map(Thread::from);
            let thread = thread.filter(|thread| thread.room == *room).map(|thread| thread.root);
            let row = Asked { event: event.0.clone(), effect: id, member, room: Some(room.clone()), prompt, thread };
            self.engine.batch().push(tables::put(&row)?);
            self.keep(row);
        }
        Ok(())
    }

    /// The call that takes this message back; `None` while it is not known whether it was said.
    pub(super) fn taking_back(&self, member: MemberId, said: EffectId) -> Option<What> {
        if self.engine.outbox().job(said).is_some() {
            return None;
        }
        let place = self.said.get(&said).and_then(|row| {
            let here = || self.conversations.get(&member).and_then(|conversation| conversation.stage.room().cloned());
            Some((row.room.clone().or_else(here)?, EventRef(row.event.clone())))
        });
        Some(What::TakeBack(place))
    }

    /// A message cannot be taken back. That is the end of it, and an administrator should know.
    pub(super) fn still_stands(
        &mut self,
        id: EffectId,
        said: EffectId,
        why: &Refusal,
        now: Timestamp,
    ) -> Result<Option<Fault>, StoreError> {
        self.let_go(said);
        self.done(id, Performed::Done, now)?;
        Ok(Some(Fault::StillStands { effect: said, why: why.to_string() }))
    }
}

/// Whether a reply to this is meant for its own question, and for nothing else that happens to be open.
pub(super) fn can_be_answered(say: &Say) -> bool {
    matches!(
        say,
        Say::Answering(Answering::Asked { .. } | Answering::Reminder { .. } | Answering::AnswerCame { .. })
            | Say::Requesting(Requesting::QuestionCame { .. })
            | Say::Ending(Ending::HowWasIt { .. })
            | Say::Staffing(Staffing::HelpWanted { .. })
    )
}

#[cfg(test)]
mod tests {
    use lodge_core::effect::Lane;

    use super::super::trial::{Trial, effect, event_of, is_in, refused, unknown};
    use super::*;
    use crate::homeserver::{CallError, Called, Membership};
    use crate::news::{Heard, Wanted};
    use crate::perform::{Task, Tried};
    use crate::store::{Store, Table};

    /// The call that is left when Alex was told something and it is taken back: the place of the message, if it has
    /// one.
    fn taken_back(trial: &mut Trial) -> Option<(RoomRef, EventRef)> {
        let task = trial.task();
        assert!(is_in(&task, Lane::TakingBack(effect(1))), "{task:#?}");
        trial.succeed(&task);
        assert_eq!(trial.tasks(), []);
        assert!(trial.is_idle(), "{:#?}", trial.engine.outbox());
        assert_eq!(trial.store.load(Table::Asked).unwrap(), []);
        let What::TakeBack(place) = task.what else { panic!("{task:#?}") };
        place
    }

    fn told(trial: &Trial) -> bool {
        trial.done.iter().any(|what| matches!(what, What::Say { .. }))
    }

    /// The place of the message to Alex.
    fn place(trial: &Trial) -> (RoomRef, EventRef) {
        (trial.room(trial.alex()), event_of(effect(1)))
    }

    #[test]
    fn what_is_taken_back_before_its_try_is_never_said() {
        let mut trial = Trial::new();
        trial.tell(1);
        trial.commit();
        trial.take_back(1);
        assert_eq!(taken_back(&mut trial), None);
        assert!(!told(&trial));
    }

    #[test]
    fn what_was_said_is_taken_back_where_it_was_said() {
        for restart in [false, true] {
            let mut trial = Trial::new();
            trial.tell(1);
            trial.settle();
            trial.take_back(1);
            if restart {
                trial.commit();
                trial.restart();
                assert_eq!(trial.tasks(), [], "the try of an earlier process may still show");
                trial.nothing_new();
            }
            let place = place(&trial);
            assert_eq!(taken_back(&mut trial), Some(place), "restart: {restart}");
        }
    }

    /// Alex is being told something when it is taken back.
    fn on_its_way(trial: &mut Trial) -> Task {
        trial.tell(1);
        let telling = trial.task();
        trial.take_back(1);
        assert_eq!(trial.tasks(), [], "nobody knows yet what there is to take back");
        telling
    }

    #[test]
    fn what_is_on_its_way_is_taken_back_once_it_is_known_what_became_of_it() {
        let limited = || Err(CallError::Limited { retry_after_ms: 5000 });
        let said = || Ok(Tried::Said(event_of(effect(1))));
        let outcomes: [(Called<Tried>, bool); 3] =
            [(said(), true), (limited(), false), (refused("M_TOO_LARGE"), false)];
        for (outcome, stands) in outcomes {
            let mut trial = Trial::new();
            let telling = on_its_way(&mut trial);
            trial.report(&telling, outcome.clone());
            let place = stands.then(|| place(&trial));
            assert_eq!(taken_back(&mut trial), place, "{outcome:?}");
        }
    }

    #[test]
    fn what_shows_before_the_answer_to_its_try_is_taken_back_at_once() {
        let mut trial = Trial::new();
        let telling = on_its_way(&mut trial);
        let place = place(&trial);
        trial.hear(&place.0, Heard::Own(effect(1)));
        assert_eq!(taken_back(&mut trial), Some(place));
        trial.report(&telling, unknown());
        trial.nothing_new();
        assert_eq!(trial.tasks(), []);
    }

    #[test]
    fn an_unknown_outcome_is_waited_for_until_the_message_would_have_shown() {
        for shows in [false, true] {
            for taken_back_first in [false, true] {
                let mut trial = Trial::new();
                let place = place(&trial);
                trial.tell(1);
                let telling = trial.task();
                if taken_back_first {
                    trial.take_back(1);
                    trial.report(&telling, unknown());
                } else {
                    trial.report(&telling, unknown());
                    trial.take_back(1);
                }
                assert_eq!(trial.tasks(), []);
                assert_eq!(trial.engine.news_wanted(), Wanted::AtOnce);
                trial.nothing_new();
                assert_eq!(trial.tasks(), [], "the first response may have been asked for before the try");
                if shows {
                    trial.hear(&place.0, Heard::Own(effect(1)));
                } else {
                    trial.nothing_new();
                }
                assert_eq!(taken_back(&mut trial), shows.then_some(place), "first: {taken_back_first}");
            }
        }
    }

    #[test]
    fn a_restart_loses_no_try_that_was_on_its_way() {
        for shows in [false, true] {
            for unknown_first in [false, true] {
                let mut trial = Trial::new();
                let telling = on_its_way(&mut trial);
                if unknown_first {
                    trial.report(&telling, unknown());
                    trial.commit();
                }
                trial.restart();
                let place = place(&trial);
                assert_eq!(trial.tasks(), []);
                if shows {
                    trial.hear(&place.0, Heard::Own(effect(1)));
                } else {
                    trial.nothing_new();
                }
                assert_eq!(taken_back(&mut trial), shows.then_some(place), "unknown first: {unknown_first}");
                assert!(!told(&trial));
            }
        }
    }

    #[test]
    fn what_was_dropped_on_its_way_can_be_taken_back_later() {
        let mut trial = Trial::new();
        trial.tell(1);
        let telling = trial.task();
        trial.step(vec![], &[1]);
        trial.report(&telling, unknown());
        trial.commit();
        trial.restart();
        let place = place(&trial);
        trial.hear(&place.0, Heard::Own(effect(1)));
        trial.take_back(1);
        assert_eq!(taken_back(&mut trial), Some(place));
    }

    #[test]
    fn who_left_their_conversation_holds_up_no_taking_back() {
        let mut trial = Trial::new();
        trial.tell(1);
        trial.settle();
        let (alex, place) = (trial.alex(), place(&trial));
        let address = trial.engine.state().member(alex).unwrap().person.address.clone();
        trial.hear(&place.0, Heard::Moved(address.into(), Membership::Left));
        trial.step(vec![(5, &[alex], Act::Tell(alex, Answering::YesRecorded.into()))], &[]);
        assert_eq!(trial.tasks(), [], "nobody hears what is said there");
        trial.take_back(1);
        let task = trial.task();
        assert_eq!(task.what, What::TakeBack(Some(place)));
        trial.succeed(&task);
        assert_eq!(trial.engine.outbox().len(), 1, "{:#?}", trial.engine.outbox());
    }

    #[test]
    fn a_message_in_a_conversation_that_was_given_up_is_taken_back_there() {
        let mut trial = Trial::new();
        trial.tell(1);
        trial.settle();
        let (alex, place) = (trial.alex(), place(&trial));
        trial.step(vec![(5, &[alex], Act::Tell(alex, Answering::YesRecorded.into()))], &[]);
        let telling = trial.task();
        trial.report(&telling, refused("M_FORBIDDEN"));
        trial.take_back(1);
        let tasks = trial.tasks();
        assert!(tasks.iter().any(|task| task.what == What::TakeBack(Some(place.clone()))), "{tasks:#?}");
    }

    #[test]
    fn what_cannot_be_taken_back_is_a_fault_and_the_end_of_it() {
        let mut trial = Trial::new();
        trial.tell(1);
        trial.settle();
        trial.take_back(1);
        let task = trial.task();
        let fault = trial.report(&task, refused("M_FORBIDDEN"));
        assert_eq!(fault, Some(Fault::StillStands { effect: effect(1), why: "M_FORBIDDEN".to_owned() }));
        assert_eq!(trial.tasks(), []);
        assert!(trial.is_idle());
    }

    #[test]
    fn only_what_asks_something_is_answered_by_a_reply() {
        let mut trial = Trial::new();
        trial.tell(1);
        let (alex, sam) = (trial.alex(), trial.sam());
        let Say::Answering(Answering::Reminder { of, .. }) = trial.words() else { panic!("other words") };
        let listed = Say::WhichOne { open: vec![(1, of)] };
        trial.step(vec![(2, &[sam, alex], Act::Tell(alex, listed))], &[]);
        trial.settle();
        trial.restart();
        assert_eq!(trial.engine.asked.get(&event_of(effect(1))), Some(&effect(1)));
        assert_eq!(trial.engine.asked.get(&event_of(effect(2))), None);
        assert_eq!(trial.engine.said.len(), 2);
    }

    #[test]
    fn a_row_from_before_there_was_taking_back_is_of_a_prompt_in_the_conversation() {
        let mut trial = Trial::new();
        let (event, alex) = (event_of(effect(1)).0, trial.alex());
        let old = serde_json::json!({ "event": event, "effect": effect(1), "member": alex });
        let owners = std::collections::BTreeSet::from([alex]);
        let value = serde_json::to_vec(&old).unwrap();
        let row = crate::store::Row { table: Table::Asked, key: event.into_bytes(), owners, value };
        trial.store.commit(&vec![crate::store::Write::Put(row)]).unwrap();
        trial.restart();
        assert_eq!(trial.engine.asked.get(&event_of(effect(1))), Some(&effect(1)));
        trial.take_back(1);
        let place = place(&trial);
        assert_eq!(taken_back(&mut trial), Some(place));
    }
}
