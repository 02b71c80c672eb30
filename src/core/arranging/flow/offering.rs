//! The moments that one of the two is shown to choose among, with one reminder.

use super::super::plan;
use super::super::say::{Because, Searching, Times};
use super::super::search::{self, Choice, Offered};
use crate::dialogue::Asks;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Introduction, Party};
use crate::time::{Span, Timestamp};
use crate::timer::Wait;
use crate::turn::Turn;

/// Somebody who was shown moments is reminded on the day after this time.
const REMINDED_AFTER: Span = Span::from_days(1);

impl Turn<'_> {
    /// Both have come into their room: the requester is shown the times that the addressee gave with their yes. If they came in
    /// too late for all of them, the addressee is asked for others.
    pub(crate) fn offer_times_of_yes(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(times) = introduction.search.given(Party::Addressee) else { return };
        if !search::ahead(times, self.now).is_empty() {
            self.offer_times(id, Party::Requester, Because::Given);
        } else if let Some((addressee, _)) = self.hearer(id, Party::Addressee)
            && let Some(with) = self.meant(addressee, id)
        {
            self.ask_for_times(addressee, id, Searching::Passed { with });
        }
    }

    /// Shows one of the two the other's times, with moments to choose among. Whether there was anything to show to somebody
    /// who wants to hear of it.
    pub(super) fn offer_times(&mut self, id: IntroductionId, to: Party, because: Because) -> bool {
        let Some((member, introduction)) = self.hearer(id, to) else { return false };
        let Some(times) = introduction.search.given(to.other()).cloned() else { return false };
        let length = search::length(&introduction.request.plan);
        let slots = search::proposed(&times, &times, length, &self.settings.office.zone, self.now);
        let Some(by) = self.meant(member, id).filter(|_| !slots.is_empty()) else { return false };
        let times = Times { windows: search::ahead(&times, self.now), zone: self.zone_beside(id) };
        self.show_moments(id, to, Choice::Offer, slots.clone(), Searching::Offered { by, times, slots, because });
        true
    }

    /// Shows the one who gave times last the moments that suit both.
    pub(super) fn propose_moments(&mut self, member: MemberId, id: IntroductionId, slots: Vec<Timestamp>) {
        let party = self.state.introduction(id).and_then(|one| one.party(member));
        let (Some(party), Some(with)) = (party, self.meant(member, id)) else { return };
        let zone = self.zone_beside(id);
        self.show_moments(id, party, Choice::Proposal, slots.clone(), Searching::Common { with, slots, zone });
    }

    /// Asks one of the two whether a moment suits that the other has chosen.
    pub(super) fn confirm(&mut self, id: IntroductionId, to: Party, at: Timestamp, again: bool) {
        let Some((member, _)) = self.hearer(id, to) else { return };
        let Some(by) = self.meant(member, id) else { return };
        let zone = self.zone_beside(id);
        self.show_moments(id, to, Choice::Confirmation, vec![at], Searching::Confirm { by, at, zone, again });
    }

    fn show_moments(&mut self, id: IntroductionId, to: Party, choice: Choice, slots: Vec<Timestamp>, say: Searching) {
        let Some(member) = self.state.introduction(id).and_then(|one| one.member(to)) else { return };
        let message = self.tell_asking_anew(member, Asks::Times(id), say);
        // The other's times are taken back with everything else of theirs.
        self.has_shown(id, member, message);
        self.introduction(id, |one| one.search.offer(to, slots, choice, message));
        self.stop_waiting(Wait::Times { introduction: id });
        let due = plan::day_after(self.now.after(REMINDED_AFTER), &self.settings.office);
        self.wait(due, Wait::Times { introduction: id });
    }

    /// The zone by whose clock times are told beside the service's, if somebody's words named one.
    pub(super) fn zone_beside(&self, id: IntroductionId) -> Option<String> {
        self.state.introduction(id)?.search.zone().map(str::to_owned)
    }

    /// Asks somebody for times, or for other words for them.
    pub(super) fn ask_for_times(&mut self, member: MemberId, id: IntroductionId, say: Searching) {
        self.tell_asking(member, Asks::Times(id), say);
    }

    /// Nothing can be chosen any more.
    pub(super) fn offer_no_more(&mut self, id: IntroductionId) {
        self.introduction(id, |one| one.search.offer_no_more());
        self.stop_waiting(Wait::Times { introduction: id });
    }

    /// Reminds the one who has not chosen: once, and not at night.
    pub(crate) fn remind_of_times(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(Offered { to, choice, slots, .. }) = introduction.search.any_offered().cloned() else { return };
        let member = introduction.member(to);
        let ahead: Vec<Timestamp> = slots.into_iter().filter(|at| *at > self.now).collect();
        let by_day = plan::is_by_day(self.now, &self.settings.office);
        match (choice, member, &ahead[..]) {
            (Choice::Offer, ..) if by_day => {
                if !self.offer_times(id, to, Because::Again) {
                    self.offer_no_more(id);
                }
            }
            (Choice::Proposal | Choice::Confirmation, _, []) => self.offer_no_more(id),
            (Choice::Proposal, Some(member), _) if by_day => self.propose_moments(member, id, ahead),
            (Choice::Confirmation, _, [at, ..]) if by_day => self.confirm(id, to, *at, true),
            (Choice::Offer | Choice::Proposal | Choice::Confirmation, ..) => {}
        }
        self.stop_waiting(Wait::Times { introduction: id });
    }

    /// One of the two, if they want to hear of this introduction.
    fn hearer(&self, id: IntroductionId, party: Party) -> Option<(MemberId, &Introduction)> {
        let introduction = self.state.introduction(id)?;
        let member = introduction.member(party).filter(|member| self.hears_of_meeting(*member, id))?;
        Some((member, introduction))
    }
}
