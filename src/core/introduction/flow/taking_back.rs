//! Taking back what was shown, and acknowledging a withdrawal when nothing of it can arrive any more.

use std::collections::BTreeSet;

use crate::effect::Act;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::introduction::{Introduction, Known, Party, Withdrawal};
use crate::say::Ending;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
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

    /// Keeps the two things that must come before a withdrawal is acknowledged: the usual time, in which messages on
    /// their way have arrived or been given up; and everything that is being taken back, where the one who withdrew may
    /// know that there is any.
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
    pub(crate) fn settled(&mut self, id: IntroductionId) {
        self.introduction(id, |introduction| {
            if let Some(withdrawal) = introduction.withdrawals.iter_mut().find(|withdrawal| !withdrawal.settled) {
                withdrawal.settled = true;
            }
        });
        self.acknowledge(id);
    }

    /// A message to this member was taken back, or was never said.
    pub(crate) fn taken_back(&mut self, from: MemberId, said: EffectId) {
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

    pub(crate) fn acknowledge(&mut self, id: IntroductionId) {
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
                let say = Ending::WithdrawalDone { known, by };
                self.once(id, &format!("acknowledged, {}", by.code()), |turn| turn.tell(member, say));
            }
        }
    }
}
