//! Introductions without one of the two: somebody's role ends, they ask to be forgotten, or are.

use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Introduction, Party, Stage};
use crate::timer::{Subject, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// Takes somebody who is going to be forgotten out of an introduction: their details that were shown are taken
    /// back, unless that would show the requester, before the deadline, that there will be no yes.
    pub(crate) fn leaves(&mut self, id: IntroductionId, member: MemberId) {
        let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(member)) else {
            return;
        };
        self.apply(id, Happening::Gone(party));
        let Some(introduction) = self.state.introduction(id).cloned() else { return };
        let waits = matches!(introduction.stage, Stage::Waiting(_));
        if !waits {
            self.take_back(&introduction, party.other());
        }
    }

    pub(crate) fn goes_on_without_addressee(&mut self, id: IntroductionId) {
        self.close_prompt(id);
        let Some(introduction) = self.state.introductions.take(id) else { return };
        // Until its requester has heard how it ended, a request reads as if its addressee were still here.
        let heard = !matches!(introduction.stage, Stage::Waiting(_) | Stage::Opening { .. });
        let named = if heard { introduction.named.without_name() } else { introduction.named };
        let mut stage = introduction.stage;
        if let Some(yes) = stage.yes_mut() {
            yes.forget_values();
        }
        self.add_introduction(Introduction { addressee: None, named, stage, ..introduction });
    }

    /// Forgets an introduction, without a word to anybody.
    pub(super) fn drop_introduction(&mut self, id: IntroductionId) {
        self.stop_timers(Subject::Introduction(id), |_| true);
        self.close_prompts(id);
        self.state.introductions.take(id);
    }

    pub(crate) fn introductions_of(&self, member: MemberId) -> Vec<IntroductionId> {
        self.state.introductions_of(member).iter().map(|introduction| introduction.id).collect()
    }

    /// A member takes part no longer. The rule of one answer decides what the other of the two hears, and when.
    pub(crate) fn party_is_gone(&mut self, member: MemberId) {
        let returns = self.state.member(member).map_or(0, |member| member.returns);
        let theirs = self.state.introductions_of(member).into_iter();
        let theirs: Vec<(IntroductionId, Party)> =
            theirs.filter_map(|one| Some((one.id, one.party(member)?))).collect();
        for (introduction, party) in theirs {
            let part: &[&[u8]] = &[b"gone", &member.to_bytes(), &returns.to_be_bytes(), &introduction.to_bytes()];
            self.apart(part, |turn| turn.apply(introduction, Happening::Gone(party)));
        }
    }

    /// A member who is going to be forgotten leaves all their introductions.
    pub(crate) fn leave_introductions(&mut self, member: MemberId) {
        for introduction in self.introductions_of(member) {
            self.leaves(introduction, member);
        }
    }

    /// Requests to somebody who is forgotten now go on without them.
    pub(crate) fn go_on_without(&mut self, member: MemberId) {
        for id in self.introductions_of(member) {
            let party = self.state.introduction(id).and_then(|introduction| introduction.party(member));
            if party == Some(Party::Addressee) {
                self.goes_on_without_addressee(id);
            }
        }
    }

    /// Forgets all introductions of a member whose key is destroyed, and what they reported.
    pub(crate) fn drop_introductions(&mut self, member: MemberId) {
        for introduction in self.introductions_of(member) {
            self.drop_introduction(introduction);
        }
        let theirs = self.state.reports().filter(|report| report.by == member).map(|report| report.id);
        for report in theirs.collect::<Vec<_>>() {
            self.state.reports.take(report);
        }
    }

    /// Introductions that are open come to nothing, since nobody knows what was said after an older copy of the store was
    /// made: their requesters get the one answer at the deadline that they were told.
    pub(crate) fn introductions_went_back(&mut self) {
        let all: Vec<IntroductionId> = self.state.introductions().map(|one| one.id).collect();
        for introduction in all {
            self.apply(introduction, Happening::WentBack);
            // The question how it went says who the other is.
            self.stop_waiting(Wait::AskAfter { introduction });
        }
    }
}
