//! Withdrawing: at any time, with one word (invariant I8).
//!
//! What was shown to the other is taken back, and what was not said yet is not said. The acknowledgement comes when nothing
//! of it can arrive any more. A requester who has heard of no yes gets theirs after a time that is the same whoever they
//! had asked for, and whatever is still being taken back then; everybody else's waits until that is done too.

use std::collections::BTreeSet;

use super::{LISTED_MAX, Turn};
use crate::audit::Noted;
use crate::command::Chosen;
use crate::dialogue::{Asked, Asks};
use crate::effect::Act;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::{Happening, Introduction, Known, Party, Stage, Withdrawal};
use crate::say::{Matter, Meant, Say};
use crate::timer::Wait;

/// How many messages about one introduction are kept so that they can be taken back: the last ones.
const SHOWN_MAX: usize = 300;

impl Turn<'_> {
    pub(super) fn withdraw(&mut self, said: &Said, chosen: &Chosen) {
        let all = self.withdrawable(said.member);
        if matches!(chosen, Chosen::Number(_)) && !all.is_empty() && !self.chose_among_shown(said) {
            return self.early(said);
        }
        let found = match chosen {
            Chosen::Only => match all[..] {
                [only] => Some(only),
                _ => None,
            },
            Chosen::Number(number) => self.chosen(said.member, *number).filter(|id| all.contains(id)),
            Chosen::To(address) => {
                let named = |id: &&IntroductionId| {
                    self.state
                        .introduction(**id)
                        .is_some_and(|i| i.requester == said.member && i.named.typed() == Some(address))
                };
                all.iter().find(named).copied()
            }
        };
        match found {
            Some(id) => self.take_it_back(said.member, id),
            None if all.is_empty() => {
                self.tell(said.member, Say::NothingToWithdraw);
            }
            None => {
                let matters = self.matters(said.member, &all);
                self.tell_asking_anew(said.member, Asks::Choice, Say::WhichToWithdraw { matters });
            }
        }
    }

    /// Takes back a yes that was given just now; nothing where it led nowhere.
    pub(super) fn regret(&mut self, said: &Said, id: IntroductionId) {
        if self.withdrawable(said.member).contains(&id) {
            self.take_it_back(said.member, id);
        } else {
            self.tell(said.member, Say::NothingToWithdraw);
        }
    }

    /// "Undo": the yes that was recorded last, if that was the last that they heard; otherwise as "withdraw".
    pub(super) fn undo(&mut self, said: &Said) {
        match self.asked_last(said) {
            Some(Asked::Other(Asks::Regret(id))) => self.regret(said, id),
            Some(Asked::Prompt(_) | Asked::Other(_)) | None => self.withdraw(said, &Chosen::Only),
        }
    }

    /// Whether the list in which a number was chosen, if one is offered, stood before it.
    pub(super) fn chose_among_shown(&self, said: &Said) -> bool {
        let offered = self.state.member(said.member).is_some_and(|own| !own.dialogue.choosing.is_empty());
        !offered || self.was_shown(said, Asks::Choice)
    }

    pub(super) fn take_it_back(&mut self, member: MemberId, id: IntroductionId) {
        let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(member)) else {
            return;
        };
        self.step.noted.push(Noted::Withdrawn(id));
        if party == Party::Requester {
            self.lift_cooldown(id);
        }
        self.happen(id, Happening::Withdrawn(party));
    }

    /// What a member can take back: requests that have not ended, and yeses of theirs that have led somewhere.
    fn withdrawable(&self, member: MemberId) -> Vec<IntroductionId> {
        let can = |introduction: &&&Introduction| match (&introduction.stage, introduction.party(member)) {
            (Stage::Waiting(_), Some(Party::Requester)) => true,
            (Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. }, Some(_)) => true,
            (Stage::Waiting(_), Some(Party::Addressee)) | (Stage::Ended { .. }, _) | (_, None) => false,
        };
        self.state.introductions_of(member).iter().filter(can).map(|introduction| introduction.id).collect()
    }

    /// Offers these by number, and keeps which number is which.
    pub(super) fn matters(&mut self, member: MemberId, all: &[IntroductionId]) -> Vec<Matter> {
        let shown: Vec<IntroductionId> = all.iter().rev().take(LISTED_MAX).rev().copied().collect();
        let matters = shown.iter().enumerate();
        let matters = matters.filter_map(|(at, id)| Some(Matter { number: at + 1, which: self.meant(member, *id)? }));
        let matters = matters.collect();
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.choosing = shown;
        }
        matters
    }

    /// The introduction with this number in the list that was last shown.
    pub(super) fn chosen(&self, member: MemberId, number: usize) -> Option<IntroductionId> {
        let choosing = &self.state.member(member)?.dialogue.choosing;
        number.checked_sub(1).and_then(|at| choosing.get(at)).copied()
    }

    /// An introduction in words that this member may read.
    pub(super) fn meant(&self, member: MemberId, id: IntroductionId) -> Option<Meant> {
        let introduction = self.state.introduction(id)?;
        Some(match introduction.party(member)? {
            Party::Requester => Meant::To(introduction.named.clone()),
            Party::Addressee => match self.request_disclosure(member, id) {
                Some(of) => Meant::From(of),
                None => Meant::On(introduction.sent_at),
            },
        })
    }

    /// Notes that a message showed a member something of the other's, so that it can be taken back.
    pub(super) fn has_shown(&mut self, id: IntroductionId, to: MemberId, effect: EffectId) {
        self.introduction(id, |introduction| {
            introduction.shown.insert(effect, to);
            if introduction.shown.len() > SHOWN_MAX {
                introduction.shown.pop_first();
            }
        });
    }

    /// Takes back whatever showed this party something of the other's, and what of it was not said yet.
    pub(super) fn take_back(&mut self, introduction: &Introduction, party: Party) {
        let Some(member) = introduction.member(party) else { return };
        let shown: Vec<EffectId> =
            introduction.shown.iter().filter(|(_, to)| **to == member).map(|(effect, _)| *effect).collect();
        self.introduction(introduction.id, |introduction| introduction.shown.retain(|_, to| *to != member));
        for effect in shown {
            self.step.cancelled.push(effect);
            self.effect([member].into(), Act::TakeBack(member, effect));
        }
    }

    /// Keeps what must come before a withdrawal is acknowledged: the usual time, in which whatever was on its way has come
    /// or been given up; and all that is being taken back, where whoever withdrew may know that there is any.
    pub(super) fn acknowledge_later(&mut self, id: IntroductionId, by: Party, from: Known) {
        let taken_back = self.step.effects.iter().filter_map(|effect| match effect.act {
            Act::TakeBack(_, said) => Some(said),
            Act::Tell(..)
            | Act::CreateRoom(_)
            | Act::Invite(..)
            | Act::Remove(..)
            | Act::Note(..)
            | Act::OpenSpeech(..)
            | Act::Leave(..)
            | Act::Forget(_)
            | Act::Room(..) => None,
        });
        let pending = if Withdrawal::waits_for_taking_back(by, from) { taken_back.collect() } else { BTreeSet::new() };
        self.introduction(id, |introduction| {
            introduction.withdrawals.push(Withdrawal { by, from, pending, settled: false });
        });
        self.wait(self.now.after(self.settings.settle), Wait::Settled { introduction: id });
    }

    /// The time in which a withdrawal is acknowledged has come.
    pub(super) fn settled(&mut self, id: IntroductionId) {
        self.introduction(id, |introduction| {
            if let Some(withdrawal) = introduction.withdrawals.iter_mut().find(|withdrawal| !withdrawal.settled) {
                withdrawal.settled = true;
            }
        });
        self.acknowledge(id);
    }

    /// A message to this member was taken back, or was never said.
    pub(super) fn taken_back(&mut self, from: MemberId, said: EffectId) {
        let waits = |introduction: &&&Introduction| {
            introduction.withdrawals.iter().any(|withdrawal| withdrawal.pending.contains(&said))
        };
        let all = self.state.introductions_of(from);
        let waiting: Vec<IntroductionId> = all.iter().filter(waits).map(|introduction| introduction.id).collect();
        for id in waiting {
            self.introduction(id, |introduction| {
                for withdrawal in &mut introduction.withdrawals {
                    withdrawal.pending.remove(&said);
                }
            });
            self.acknowledge(id);
        }
    }

    fn acknowledge(&mut self, id: IntroductionId) {
        let is_done = |withdrawal: &Withdrawal| withdrawal.settled && withdrawal.pending.is_empty();
        let Some(introduction) = self.state.introduction(id).filter(|i| i.withdrawals.iter().any(is_done)) else {
            return;
        };
        let done = introduction.withdrawals.iter().filter(|withdrawal| is_done(withdrawal));
        let told: Vec<(Option<MemberId>, Party, Known)> =
            done.map(|w| (introduction.member(w.by), w.by, w.from)).collect();
        self.introduction(id, |introduction| introduction.withdrawals.retain(|withdrawal| !is_done(withdrawal)));
        for (member, by, known) in told {
            if let Some(member) = member {
                let say = Say::WithdrawalDone { known, by };
                self.once(id, &format!("acknowledged, {}", by.code()), |turn| turn.tell(member, say));
            }
        }
    }
}
