//! The places of the porter's messages that show details or can be answered. Of each member's those are remembered on
//! which something depends: they can still be taken back, or answer a prompt that is open. Of all others the newest few
//! are, so that a reply to a prompt that is over is not taken for something else.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::id::{EffectId, MemberId};
use lodge_ground::bounded::AtMost;

use super::Channel;
use crate::homeserver::EventRef;
use crate::tables::{self, Asked};

/// Of one member's messages on which nothing depends any more, this many are remembered.
const PASSING_MAX: usize = 64;

/// One member's messages, in the order in which they were said, as far as this process knows.
#[derive(Debug, Default)]
pub(super) struct Standing {
    messages: Vec<EffectId>,
    /// At this number it is looked which of them are needed.
    look_at: usize,
}

/// The places of everybody's messages.
pub(super) type Standings = BTreeMap<MemberId, Standing>;

impl Channel {
    /// Keeps in memory where a message stands.
    pub(super) fn keep(&mut self, row: Asked) {
        if row.prompt {
            self.asked.insert(EventRef(row.event.clone()), row.effect);
        }
        let (member, effect) = (row.member, row.effect);
        self.said.insert(effect, row);
        let own = self.standings.entry(member).or_default();
        own.messages.push(effect);
        if own.messages.len() > own.look_at.max(2 * PASSING_MAX) {
            self.let_pass(member);
        }
    }

    /// Lets go of where a message stood.
    pub(super) fn let_go(&mut self, said: EffectId) {
        if let Some(row) = self.said.remove(&said) {
            let event = EventRef(row.event);
            self.engine.batch().push(tables::delete::<Asked>(event.0.as_str()));
            self.asked.remove(&event);
            if let Some(own) = self.standings.get_mut(&row.member) {
                own.messages.retain(|message| *message != said);
            }
        }
    }

    /// Lets go of where each message to a member stood.
    pub(super) fn let_go_of_all(&mut self, member: MemberId) {
        for said in self.standings.remove(&member).unwrap_or_default().messages {
            self.let_go(said);
        }
    }

    /// Lets go of a member's messages on which nothing depends any more, but for the newest few.
    fn let_pass(&mut self, member: MemberId) {
        let needed = self.needed(member);
        let is_needed = |id: &EffectId| needed.contains(id) || self.engine.to_be_taken_back(*id).is_some();
        let all = self.standings.get(&member).map(|own| own.messages.clone()).unwrap_or_default();
        let mut passing = AtMost::<EffectId, PASSING_MAX>::default();
        let over: Vec<EffectId> = all.into_iter().filter(|id| !is_needed(id)).flat_map(|id| passing.push(id)).collect();
        let gone: BTreeSet<&EffectId> = over.iter().collect();
        if let Some(own) = self.standings.get_mut(&member) {
            // At once, for each that is let go of would look through all.
            own.messages.retain(|message| !gone.contains(message));
            own.look_at = 2 * own.messages.len();
        }
        for id in over {
            self.let_go(id);
        }
    }

    /// The messages to a member that can still be taken back, or that ask for something they have not answered.
    fn needed(&self, member: MemberId) -> BTreeSet<EffectId> {
        let introductions = self.engine.state().introductions_of(member).into_iter();
        let shown = introductions.flat_map(|introduction| &introduction.shown);
        let shown = shown.filter(|(_, to)| **to == member).map(|(message, _)| *message);
        let pending = self.engine.state().introductions_of(member).into_iter().flat_map(|one| &one.withdrawals);
        let pending = pending.flat_map(|withdrawal| withdrawal.pending.iter().copied());
        shown.chain(pending).chain(self.awaited(member)).collect()
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::name::Address;
    use lodge_core::time::Span;

    use super::super::trial::{NOW, Trial, event_of, words};
    use super::*;
    use crate::news::Heard;
    use crate::perform::What;
    use crate::store::{Store as _, Table};

    fn rows(trial: &Trial) -> usize {
        trial.store.load(Table::Asked).unwrap().len()
    }

    fn says(trial: &mut Trial, who: &str, body: &str) {
        let address = Address::exact(&format!("@{who}:example.org")).unwrap();
        let member = trial.engine.state().member_at(&address).unwrap().id;
        let room = trial.room(member);
        trial.hear(&room, Heard::Text(words(address, body)));
        trial.settle();
        trial.show_all();
    }

    /// Alex was asked by Sam.
    fn asked() -> (Trial, EffectId) {
        let mut trial = Trial::new();
        trial.show_all();
        for (who, body) in [
            ("sam", "agree"),
            ("alex", "agree"),
            ("sam", "introduce @alex:example.org for career advice: How did you begin?"),
            ("sam", "no"),
            ("sam", "send"),
        ] {
            says(&mut trial, who, body);
        }
        trial.engine.tick(NOW.after(Span::from_days(1))).unwrap();
        trial.settle();
        trial.show_all();
        let asked = trial.engine.said.values().find(|row| row.member == trial.alex()).expect("Alex was asked").effect;
        (trial, asked)
    }

    #[test]
    fn however_often_details_are_shown_few_messages_are_remembered_and_all_that_matter() {
        let (mut trial, asked) = asked();
        let alex = trial.alex();
        for number in 0..10_000_u32 {
            let effect = EffectId::from_bytes([[0; 12].as_slice(), &number.to_be_bytes()].concat().try_into().unwrap());
            let row =
                Asked { event: event_of(effect).0, effect, member: alex, room: None, prompt: false, thread: None };
            trial.engine.engine.batch().push(tables::put(&row).unwrap());
            trial.engine.keep(row);
        }
        trial.commit();
        assert!(rows(&trial) <= 3 * PASSING_MAX, "{}", rows(&trial));
        assert_eq!(trial.engine.said.len(), rows(&trial));
        assert!(trial.engine.said.contains_key(&asked), "it can be taken back, and answered");
        // Sam takes the request back, and so is what showed it.
        trial.restart();
        trial.nothing_new();
        trial.nothing_new();
        says(&mut trial, "sam", "withdraw");
        let place = What::TakeBack(Some((trial.room(alex), event_of(asked))));
        assert!(trial.done.contains(&place), "{:#?}", trial.done);
    }
}
