//! From an input or a domain event to every feature that it concerns.

use crate::effect::Act;
use crate::id::TimerId;
use crate::input::Performed;
use crate::introduction::Happening;
use crate::timer::{List, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// An effect was performed.
    pub(crate) fn performed(&mut self, act: &Act, performed: Performed) {
        match (act, performed) {
            (Act::CreateRoom(id), Performed::RoomMade(room)) => self.happen(*id, Happening::RoomMade(room)),
            (Act::CreateRoom(id) | Act::Invite(id, _, _), Performed::Refused) => {
                self.happen(*id, Happening::RoomFailed);
            }
            (Act::Invite(id, _, member), Performed::Done) => self.moved(*id, *member, Happening::Invited),
            (Act::Invite(id, _, member), Performed::Blocked) => self.moved(*id, *member, Happening::Blocked),
            (Act::TakeBack(from, said), _) => self.taken_back(*from, *said),
            (Act::Forget(member), _) => self.forgotten(*member),
            (Act::Room(room, act), performed) => self.done_in_room(*room, act, performed),
            // Words that were said, or rooms that were left, need nothing more; a refusal is the channel's to report.
            (
                Act::Tell(..) | Act::Remove(..) | Act::Note(..) | Act::OpenSpeech(..) | Act::Leave(..),
                Performed::Done
                | Performed::RoomMade(_)
                | Performed::Blocked
                | Performed::Refused
                | Performed::Ousted
                | Performed::Tended(_)
                | Performed::Looked(_),
            )
            | (
                Act::CreateRoom(_),
                Performed::Done | Performed::Blocked | Performed::Ousted | Performed::Tended(_) | Performed::Looked(_),
            )
            | (
                Act::Invite(..),
                Performed::RoomMade(_) | Performed::Ousted | Performed::Tended(_) | Performed::Looked(_),
            ) => {}
        }
    }

    /// A moment that was waited for has come.
    pub(crate) fn due(&mut self, id: TimerId) {
        let Some(timer) = self.state.take_timer(id) else { return };
        self.step.changes.timers.insert(id);
        match timer.wait {
            Wait::Bring { introduction } => self.bring(introduction),
            Wait::Deadline { introduction } => self.happen(introduction, Happening::Deadline),
            Wait::Reminder { introduction } => self.remind(introduction),
            Wait::JoinBy { introduction } => self.happen(introduction, Happening::JoinTimeOver),
            Wait::Settled { introduction } => self.settled(introduction),
            Wait::AskAfter { introduction } => self.ask_how_it_went(introduction),
            Wait::AskOver { introduction } => self.close_prompts(introduction),
            Wait::Forget { member } => self.forget(member),
            Wait::RoleEnds { member } => self.role_over(member),
            Wait::VisitOver { member } => self.visit_over(member),
            Wait::OfferOver { member } => self.let_offer_go(member),
            Wait::LongSilent { member } => self.long_silent(member),
            Wait::TermEnd { member } => self.term_end(member),
            Wait::RoomDay { room } => self.room_day(room),
            Wait::ProposalOver { proposal } => self.proposal_over(proposal),
            Wait::MuteOver { place: (room, member) } => drop(self.unmute_now(member, room)),
            Wait::CaseOver { case } => self.drop_case(case),
            Wait::Publish(List::Mentors) => self.publish(),
        }
    }
}
