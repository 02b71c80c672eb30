//! The numbers by which a member of staff means things: those of the desk, if it was the last to show them any.

use super::super::Waits;
use crate::conduct::Case;
use crate::input::Said;
use crate::rooms::Proposal;
use crate::turn::Turn;

impl Turn<'_> {
    /// The proposal of this number, as this member of staff knows the numbers.
    pub(crate) fn proposal_numbered(&self, said: &Said, number: u32) -> Option<&Proposal> {
        match self.line_in_hand(said, number) {
            None => self.state.proposals().find(|proposal| proposal.number == number),
            Some(Waits::Proposal(id)) => self.state.proposal(id),
            Some(Waits::Visitor(_) | Waits::Organisation(_) | Waits::Enquiry(_) | Waits::Case(_)) => None,
        }
    }

    /// The report of this number, as this member of staff knows the numbers.
    pub(crate) fn case_numbered(&self, said: &Said, number: u32) -> Option<&Case> {
        match self.line_in_hand(said, number) {
            None => self.state.cases().find(|case| case.number == number),
            Some(Waits::Case(id)) => self.state.case(id),
            Some(Waits::Visitor(_) | Waits::Organisation(_) | Waits::Enquiry(_) | Waits::Proposal(_)) => None,
        }
    }

    /// The line that a member of staff puts back by "leave 2", where no room is called so.
    pub(crate) fn line_left(&self, said: &Said, room: &str) -> Option<u32> {
        let shown = self.state.member(said.member)?.dialogue.tray.shown.as_ref()?;
        let is_room = self.state.rooms().any(|one| one.declared.key.as_str() == room);
        room.parse().ok().filter(|number| !is_room && shown.line(*number).is_some())
    }

    /// The line of this number on the desk, if that was shown to them after everything else that numbers proposals or
    /// reports.
    fn line_in_hand(&self, said: &Said, number: u32) -> Option<Waits> {
        let shown = self.state.member(said.member)?.dialogue.tray.shown.as_ref()?;
        let is_last = said.before.stood(shown.message) && !shown.newer.is_some_and(|newer| said.before.stood(newer));
        shown.line(number).filter(|_| is_last)
    }
}
