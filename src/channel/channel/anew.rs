//! The homeserver no longer knows how far it was heard: it is heard anew, and administrators are told ([`lodge_matrix::anew`]).

use lodge_core::id::EffectId;
use lodge_core::people::member::{Role, Standing};
use lodge_core::say::Staffing;
use lodge_core::time::Timestamp;

use super::Channel;
use super::cause::Cause;
use crate::store::StoreError;

impl Channel {
    /// The homeserver refuses to go on from the end of the last response, or has lost events of it. The next response
    /// begins without a token; events of it that are in the ledger are not heard again.
    pub fn cannot_go_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let heard = self.hearing.last_heard();
        if !self.hearing.cannot_go_on(self.engine.batch()) {
            return Ok(());
        }
        let mut ids = self.ids(Cause::Anew(now));
        let current = self.engine.state().members().filter(|member| member.standing == Standing::Current);
        let administrators = current.filter(|member| member.person.role == Role::Administrator);
        for member in administrators.map(|member| member.id).collect::<Vec<_>>() {
            let id: EffectId = ids.draw();
            self.ensure_conversation(member)?;
            self.tell(id, member, Staffing::BeganAnew { heard }.into(), None)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::people::roster::Roster;
    use lodge_core::say::Say;
    use lodge_core::time::{Span, Timestamp};
    use lodge_matrix::homeserver::EventRef;

    use super::super::trial::{self, NOW, Trial};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{Heard, News, RoomNews};
    use crate::perform::What;
    use crate::store::{Store as _, Table};

    fn days_ago(days: u64) -> Timestamp {
        NOW.before(Span::from_days(days))
    }

    /// Sam's conversation as a sync without a token shows it: help was asked for this many days ago, each time.
    fn shown(trial: &mut Trial, asked: &[(&str, u64)]) {
        let sam = trial.sam();
        let (room, sender) = (trial.room(sam), trial.engine.engine.address(sam).unwrap());
        let news = asked.iter().map(|(event, days)| News {
            event: EventRef((*event).to_owned()),
            at: days_ago(*days),
            heard: Heard::Text(trial::words(sender.clone(), "help")),
        });
        let news = news.collect();
        trial.deliver(vec![RoomNews { room, gap: None, news }], vec![]);
        trial.settle();
    }

    /// The number of answers to Sam since the last look.
    fn answers(trial: &mut Trial) -> usize {
        std::mem::take(&mut trial.done)
            .iter()
            .filter(|done| matches!(done, What::Say { say: Say::Help { .. }, .. }))
            .count()
    }

    #[test]
    fn what_the_ledger_knows_or_may_have_forgotten_does_not_count_again_and_the_rest_does() {
        let mut trial = Trial::new();
        shown(&mut trial, &[("$known", 1)]);
        assert_eq!(answers(&mut trial), 1);
        trial.engine.cannot_go_on(NOW).unwrap();
        trial.commit();
        assert_eq!((trial.engine.hearing.token(), trial.engine.hearing.anchors()), (None, &[][..]));
        shown(&mut trial, &[("$old", 90), ("$never", 88), ("$known", 1), ("$since", 0)]);
        assert_eq!(answers(&mut trial), 2, "two were never heard");
        assert_eq!(trial.engine.take_faults(), [super::super::Fault::BeganAnew]);
        shown(&mut trial, &[("$old", 90), ("$next", 0)]);
        assert_eq!((answers(&mut trial), trial.engine.take_faults().len()), (2, 0), "from then on it is as ever");
    }

    #[test]
    fn who_is_an_administrator_is_told_once_also_if_the_program_dies_before_anything_is_heard() {
        let mut trial = Trial::new();
        let mut people = trial::people();
        people[1].role = Role::Administrator;
        trial.engine.roster(Roster::whole(people), NOW).unwrap();
        trial.settle();
        shown(&mut trial, &[("$known", 1)]);
        for _ in 0..2 {
            trial.engine.cannot_go_on(NOW).unwrap();
        }
        trial.commit();
        trial.restart();
        shown(&mut trial, &[("$known", 1), ("$since", 0)]);
        let told = |done: &&What| {
            matches!(done, What::Say { say: Say::Staffing(Staffing::BeganAnew { heard: Some(NOW) }), .. })
        };
        assert_eq!(trial.done.iter().filter(told).count(), 1, "{:?}", trial.done);
        assert_eq!(answers(&mut trial), 2);
    }

    #[test]
    fn the_last_events_of_conversations_are_kept_to_be_looked_for_and_go_when_they_end() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        shown(&mut trial, &[("$one", 0), ("$two", 0)]);
        let events =
            |trial: &Trial| trial.engine.hearing.anchors().iter().map(|one| one.event.0.clone()).collect::<Vec<_>>();
        trial.commit();
        trial.restart();
        assert_eq!(events(&trial)[0], "$two");
        let elsewhere = RoomNews {
            room: crate::homeserver::RoomRef("!else".to_owned()),
            gap: None,
            news: vec![News { event: EventRef("$three".to_owned()), at: NOW, heard: Heard::Nothing }],
        };
        trial.deliver(vec![elsewhere], vec![]);
        assert_eq!(events(&trial)[0], "$two", "the porter may not stay in other rooms");
        let (room, own) = (trial.room(alex), trial.engine.own().clone());
        assert!(trial.engine.hearing.anchors().iter().any(|one| one.room == room));
        trial.hear(&room, Heard::Moved(own.into(), Membership::Left));
        assert!(trial.engine.hearing.anchors().iter().all(|one| one.room == trial.room(sam)));
        trial.commit();
        let kept = trial.store.load(Table::Singles).unwrap();
        assert!(kept.iter().any(|row| row.key == b"token"));
    }
}
