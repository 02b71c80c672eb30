//! Withdrawing: at any time, with one word (invariant I8).
//!
//! Messages that showed details to the other are taken back, and those that were not sent yet are not sent. The
//! acknowledgement comes when nothing of it can arrive any more. A requester who has heard of no yes gets theirs after
//! a time that is the same for every addressee, even if something is still being taken back then; everybody else's
//! waits until that is done too.

use crate::audit::Noted;
use crate::command::Chosen;
use crate::dialogue::{Asked, Asks};
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::{Happening, Introduction, Party, Stage};
use crate::name::Address;
use crate::say::Ending;
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn withdraw(&mut self, said: &Said, chosen: &Chosen) {
        let all = self.withdrawable(said.member);
        if matches!(chosen, Chosen::Number(_)) && !all.is_empty() && !self.chose_among_shown(said) {
            return self.early(said);
        }
        let of_them =
            |is: &dyn Fn(IntroductionId) -> bool| all.iter().copied().filter(|id| is(*id)).collect::<Vec<_>>();
        let found: Vec<IntroductionId> = match chosen {
            Chosen::Only => all.clone(),
            Chosen::Number(number) => {
                self.chosen(said.member, *number).filter(|id| all.contains(id)).into_iter().collect()
            }
            Chosen::To(address) => of_them(&|id| self.is_with(said.member, id, address)),
            Chosen::Called(name) => {
                let own_server = self.on_own_server(name);
                of_them(&|id| match &own_server {
                    Some(address) => self.is_with(said.member, id, address),
                    None => self.is_called(said.member, id, name),
                })
            }
        };
        let (found, all) = match &found[..] {
            [only] => (Some(*only), all),
            [] => (None, all),
            _ => (None, found),
        };
        match found {
            Some(id) => self.take_it_back(said.member, id),
            None if all.is_empty() => {
                self.tell(said.member, Ending::NothingToWithdraw);
            }
            None => {
                let matters = self.matters(said.member, &all);
                self.tell_asking_anew(said.member, Asks::Choice, Ending::WhichToWithdraw { matters });
            }
        }
    }

    /// Whether the other of the two is the one with this address, as far as the member knows it.
    fn is_with(&self, member: MemberId, id: IntroductionId, address: &Address) -> bool {
        let Some(introduction) = self.state.introduction(id) else { return false };
        match introduction.party(member) {
            Some(Party::Requester) => introduction.named.typed() == Some(address),
            Some(Party::Addressee) => {
                let arranged = matches!(introduction.stage, Stage::Invited { .. } | Stage::Met { .. });
                let requester = self.state.member(introduction.requester);
                arranged && requester.is_some_and(|requester| requester.person.address == *address)
            }
            None => false,
        }
    }

    /// Takes back a yes that was given just now; the member hears if it led nowhere.
    pub(crate) fn regret(&mut self, said: &Said, id: IntroductionId) {
        if self.withdrawable(said.member).contains(&id) {
            self.take_it_back(said.member, id);
        } else {
            self.tell(said.member, Ending::NothingToWithdraw);
        }
    }

    /// "Undo": the yes that was recorded last, if that was the last that they heard; otherwise as "withdraw".
    pub(crate) fn undo(&mut self, said: &Said) {
        match self.asked_last(said) {
            Some(Asked::Other(Asks::Regret(id))) => self.regret(said, id),
            Some(Asked::Prompt(_) | Asked::Other(_)) | None => self.withdraw(said, &Chosen::Only),
        }
    }

    pub(super) fn take_it_back(&mut self, member: MemberId, id: IntroductionId) {
        let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(member)) else {
            return;
        };
        self.step.noted.push(Noted::Withdrawn(id));
        if party == Party::Requester {
            self.lift_cooldown(id);
        }
        self.apply(id, Happening::Withdrawn(party));
    }

    /// The introductions that a member can take back: requests that have not ended, and yeses of theirs that have led
    /// somewhere.
    pub(crate) fn withdrawable(&self, member: MemberId) -> Vec<IntroductionId> {
        let can = |introduction: &&&Introduction| match (&introduction.stage, introduction.party(member)) {
            (Stage::Waiting(_), Some(Party::Requester)) => true,
            (Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. }, Some(_)) => true,
            (Stage::Waiting(_), Some(Party::Addressee)) | (Stage::Ended { .. }, _) | (_, None) => false,
        };
        self.state.introductions_of(member).iter().filter(can).map(|introduction| introduction.id).collect()
    }
}
