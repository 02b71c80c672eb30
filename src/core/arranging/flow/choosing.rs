//! One of the two chooses among the moments that they were shown, or none of them.

use super::super::say::{Because, Searching};
use super::super::search::{self, Choice};
use crate::id::IntroductionId;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// "Yes" or "no" to the moments that somebody was shown last.
    pub(crate) fn yes_or_no_to_times(&mut self, said: &Said, id: IntroductionId, no: bool) {
        let member = said.member;
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(party), Some(with)) = (introduction.party(member), self.meant(member, id)) else { return };
        match introduction.search.offered_to(party).len() {
            shown if no => {
                if shown > 0 {
                    self.offer_no_more(id);
                }
                self.ask_for_times(member, id, Searching::NoneSuits { with });
            }
            0 => self.ask_for_times(member, id, Searching::When { with }),
            1 => self.choose_moment(said, id, 1),
            count => self.ask_for_times(member, id, Searching::WhichMoment { count }),
        }
    }

    /// Somebody chooses the moment with this number. Their word counts for exactly what they were shown, and once.
    pub(super) fn choose_moment(&mut self, said: &Said, id: IntroductionId, number: usize) {
        let member = said.member;
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(party), Some(with)) = (introduction.party(member), self.meant(member, id)) else { return };
        let length = search::length(&introduction.request.plan);
        let others = introduction.search.given(party.other()).cloned();
        let Some(offered) = introduction.search.offered(party).cloned() else {
            return self.ask_for_times(member, id, Searching::Gone);
        };
        let Some(at) = number.checked_sub(1).and_then(|place| offered.slots.get(place)).copied() else {
            return self.ask_for_times(member, id, Searching::WhichMoment { count: offered.slots.len() });
        };
        if self.word(said, &[offered.shown]).is_none() {
            return;
        }
        self.offer_no_more(id);
        // The other may have given other times since.
        let still = at > self.now && others.is_some_and(|times| search::holds(&times, at, length));
        if !still {
            if !self.offer_times(id, party, Because::Changed) {
                self.ask_for_times(member, id, Searching::Gone);
            }
            return;
        }
        match offered.choice {
            Choice::Offer | Choice::Confirmation => self.note_meeting(said, id, at),
            Choice::Proposal => {
                let zone = self.zone_beside(id);
                self.tell(member, Searching::Chosen { with, at, zone });
                self.confirm(id, party.other(), at, false);
            }
        }
    }
}
