//! Chores: things that are done on Matrix and that the core did not decide on.

use std::collections::BTreeSet;

use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::{Input, Performed};
use lodge_core::say::Say;
use lodge_core::time::Timestamp;
use lodge_engine::End;
use lodge_ground::outbox;
use lodge_matrix::homeserver::RoomRef;
use serde_json::Value;

use super::Channel;
use super::cause::Cause;
use crate::outbox::{self as jobs, Chore, Chores, Job, Line};
use crate::perform::{Task, What};
use crate::store::{Batch, Store, StoreError};
use crate::tables;

impl Channel {
    /// Has a chore done. The same thing, for the same cause, is done once.
    pub(super) fn add_chore(
        &mut self,
        id: EffectId,
        owners: BTreeSet<MemberId>,
        chore: Chore,
    ) -> Result<(), StoreError> {
        if self.chores.job(id).is_none() {
            let job = self.chores.add(id, owners, chore, None);
            self.engine.batch().push(tables::put(job)?);
        }
        Ok(())
    }

    /// A chore is done, or not to be done any more.
    pub(super) fn drop_chore(&mut self, id: EffectId) -> Option<Job> {
        let job = self.chores.take(id)?;
        self.engine.batch().push(tables::gone(&job));
        self.engine.ripen(job.people());
        Some(job)
    }

    /// Leaves a room that the hub has no more use for.
    pub(super) fn leave_room(&mut self, room: RoomRef) -> Result<(), StoreError> {
        let id = self.ids(Cause::Leaving(&room)).draw();
        self.add_chore(id, BTreeSet::new(), Chore::Leave(room))
    }

    /// Adds the chores that can be tried now.
    pub(super) fn ready_chores(&mut self, tasks: &mut Vec<Task>, now: Timestamp) {
        for line in self.chores.heads(now) {
            if let Some(job) = self.chores.head(&line) {
                let what = match &job.errand {
                    Chore::Leave(room) | Chore::Decline(room) => What::Leave(room.clone()),
                    Chore::Oust(room, who) => What::Oust(room.clone(), who.clone()),
                    Chore::Greet(room, _) => What::Greet(room.clone(), Say::Elsewhere),
                };
                let (id, uncertain) = (job.id, self.chores.is_uncertain(job));
                self.chores.started(&line);
                tasks.push(Task { line, id, what, uncertain });
            }
        }
    }

    /// The try of a line's head has ended, for the outbox that the line is of.
    pub(super) fn ended(&mut self, line: &Line, end: End, now: Timestamp) {
        match line {
            Line::Lane(acts) => self.engine.ended(*acts, end, now),
            Line::Other(_) | Line::Greeting(_) | Line::Declining(_) => self.chores.ended(line, end, now),
        }
    }

    /// An act or a chore is done.
    pub(super) fn done(&mut self, id: EffectId, performed: Performed, now: Timestamp) -> Result<(), StoreError> {
        let Some(job) = self.drop_chore(id) else {
            let consequences = self.engine.done(id, performed, now)?;
            return self.attend(consequences);
        };
        match job.errand {
            Chore::Oust(_, who) if performed == Performed::Ousted => match who.address() {
                Some(who) => self.step(Cause::Performed(id, &performed), Input::Intruded(who), now),
                None => Ok(()),
            },
            Chore::Greet(..) | Chore::Leave(_) | Chore::Decline(_) | Chore::Oust(..) => Ok(()),
        }
    }
}

/// The chores that a store keeps. `strays` are those that an earlier program kept among the acts; the next batch moves them.
pub(super) fn load(
    store: &impl Store,
    strays: Vec<outbox::Job<Value>>,
    batch: &mut Batch,
) -> Result<Chores, StoreError> {
    let mut kept: Vec<Job> = tables::load(store)?;
    let moved = jobs::from_strays(strays, &kept)?;
    for job in &moved {
        batch.push(tables::put(job)?);
    }
    kept.extend(moved);
    Ok(Chores::from_jobs(kept))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::trial::Trial;
    use crate::perform::What;
    use crate::store::{Owners, Row, Table, Write};

    use super::*;

    /// A row of the outbox's table.
    fn row(number: u64, owners: &[MemberId], errand: Value) -> Row {
        let id = EffectId::from_bytes([u8::try_from(number).unwrap(); 16]);
        let owners: Owners = owners.iter().copied().collect();
        let job = json!({ "number": number, "id": id, "owners": owners, "errand": errand });
        Row::holding(Table::Outbox, number.to_be_bytes().to_vec(), owners, &job).unwrap()
    }

    #[test]
    fn chores_that_an_earlier_program_kept_among_the_acts_are_moved_and_done() {
        let mut trial = Trial::new();
        let (sam, room) = (trial.sam(), |name: &str| RoomRef(name.to_owned()));
        let errands = [
            (101, vec![], json!({ "leave": "!left" })),
            (102, vec![sam], json!({ "greet": ["!met", sam] })),
            (103, vec![], json!({ "decline": "!stranger" })),
            (104, vec![], json!({ "oust": ["!left", "@alex:example.org"] })),
            (105, vec![sam], json!({ "act": { "tell": [sam, "fault"] } })),
        ];
        let rows = errands.map(|(number, owners, errand)| Write::Put(row(number, &owners, errand)));
        trial.store.commit(&rows.to_vec()).unwrap();
        trial.restart();
        let numbers = |trial: &Trial, table| {
            let rows = trial.store.load(table).unwrap();
            rows.iter().map(|row| row.read::<outbox::Job<Value>>().unwrap().id.to_bytes()[0]).collect::<Vec<_>>()
        };
        trial.commit();
        assert_eq!(numbers(&trial, Table::Outbox), [105]);
        assert_eq!(numbers(&trial, Table::Chores), [101, 102, 103, 104]);
        assert!(trial.store.load(Table::Chores).unwrap()[1].owners.contains(&sam));
        // They stay moved, and none was tried by this process.
        trial.restart();
        assert_eq!(trial.tasks(), []);
        for _ in 0..3 {
            trial.nothing_new();
        }
        trial.settle();
        assert!(trial.is_idle());
        let done = [What::Leave(room("!left")), What::Leave(room("!stranger"))];
        assert!(done.iter().all(|what| trial.done.contains(what)), "{:?}", trial.done);
        assert!(trial.done.iter().any(|what| matches!(what, What::Greet(..))), "{:?}", trial.done);
        assert_eq!((numbers(&trial, Table::Outbox), numbers(&trial, Table::Chores)), (vec![], vec![]));
    }

    #[test]
    fn a_row_that_is_neither_an_act_nor_a_chore_is_damage() {
        let open = |errand| {
            let mut store = Trial::new().store;
            store.commit(&vec![Write::Put(row(101, &[], errand))]).unwrap();
            super::super::trial::try_open(&store).err()
        };
        for errand in [json!({ "act": { "tell": 7 } }), json!({ "leave": 7 }), json!({ "more": "!room" })] {
            assert!(matches!(open(errand.clone()), Some(StoreError::Damaged { .. })), "{errand}");
        }
        assert!(open(json!({ "leave": "!room" })).is_none());
    }
}
