//! From an input or a domain event to every feature that it concerns.

use crate::domain_event::DomainEvent;
use crate::effect::{Act, RoomAct};
use crate::id::{RoomId, TimerId};
use crate::input::{InRoom, Performed};
use crate::introduction::Happening;
use crate::rooms::Place;
use crate::timer::{List, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// Tells every feature that a domain event concerns, each in its place.
    pub(crate) fn announce(&mut self, event: DomainEvent) {
        match event {
            DomainEvent::MembershipEnded(member) => {
                self.leave_events(member);
                self.end_meetings(member);
                self.party_is_gone(member);
                self.leave_list(member);
                self.review_rooms(member);
                self.drop_enquiries(member);
                self.clear_tray(member);
            }
            DomainEvent::ListingFollowed(member) => {
                self.clear_tray(member);
                self.list_follows(member);
                self.review_rooms(member);
            }
            DomainEvent::Verified { by, who } => self.settled_by_verifying(by, who),
            DomainEvent::VisitEnded(member) => self.let_go_of(member),
            DomainEvent::EventAnnounced(id, news) => self.post_event(id, news),
            DomainEvent::Leaving(member) => {
                self.leave_events(member);
                self.end_meetings_by(member);
                self.leave_introductions(member);
                self.review_rooms(member);
                self.leave_list(member);
                self.drop_enquiries(member);
                self.clear_tray(member);
                self.drop_notes(member);
            }
            DomainEvent::Forgetting(member) => {
                self.end_meetings(member);
                self.go_on_without(member);
            }
            DomainEvent::Forgotten(member) => {
                self.leave_events(member);
                self.contacts_without(member);
                self.drop_introductions(member);
                self.drop_proposals(member);
                self.drop_cases(member);
                self.drop_enquiries(member);
                self.drop_notes(member);
                self.let_offer_go(member);
                self.drop_member(member);
            }
            DomainEvent::Blocked { by, who, address } => {
                self.end_meetings_with(by, &who);
                self.block(by, &who, address);
            }
            DomainEvent::Reported { by, about, introduction, words } => {
                self.report_introduced(by, about, introduction, words);
            }
            DomainEvent::Banned(member) => {
                self.leave_events(member);
                self.take_out_of_all(member);
                self.end_quietly(member);
            }
            DomainEvent::BanLifted(member) => self.follow_listing(member, None),
            DomainEvent::Removed(member, room) => self.take_out(member, room),
            DomainEvent::WritersChanged(room) => self.changed_room(room),
            DomainEvent::Met(id) => self.offer_times_of_yes(id),
            DomainEvent::WentQuiet(id) => drop(self.end_meeting(id)),
            DomainEvent::IntroductionEnded(id) => self.meeting_ends_with(id),
            DomainEvent::YesBeforeAgreeing(said, id) => self.keep_times_of_yes(&said, id),
            DomainEvent::RequestBrought(addressee) => self.silence_begins(addressee),
            DomainEvent::WentBack(to) => {
                self.introductions_went_back();
                self.meetings_went_back();
                self.make_rooms_again();
                self.dialogues_begin_anew();
                let listed = self.leave_list_all();
                self.tell_of_going_back(to, &listed);
                self.contacts_went_back();
            }
        }
    }

    /// An effect was performed.
    pub(crate) fn performed(&mut self, act: &Act, performed: Performed) {
        match (act, performed) {
            (Act::CreateRoom(id), Performed::RoomMade(room)) => self.apply(*id, Happening::RoomMade(room)),
            (Act::CreateRoom(id) | Act::Invite(id, _, _), Performed::Refused) => {
                self.apply(*id, Happening::RoomFailed);
            }
            (Act::Invite(id, _, member), Performed::Done) => self.moved(*id, *member, Happening::Invited),
            (Act::Invite(id, _, member), Performed::Blocked) => self.moved(*id, *member, Happening::Blocked),
            (Act::TakeBack(from, said), _) => {
                self.taken_back(*from, *said);
                self.contact_taken_away(*said);
            }
            (Act::Forget(member), _) => self.announce(DomainEvent::Forgotten(*member)),
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
        let Some(timer) = self.state.timers.take(id) else { return };
        match timer.wait {
            Wait::Bring { introduction } => self.bring(introduction),
            Wait::Deadline { introduction } => self.apply(introduction, Happening::Deadline),
            Wait::Reminder { introduction } => self.remind(introduction),
            Wait::JoinBy { introduction } => self.apply(introduction, Happening::JoinTimeOver),
            Wait::Settled { introduction } => self.settled(introduction),
            Wait::Meeting { introduction } => self.remind_of_meeting(introduction),
            Wait::Times { introduction } => self.remind_of_times(introduction),
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
            Wait::PlaceOffer { sign_up } => self.place_passed(sign_up),
            Wait::EventReminder { event } => self.remind_of_event(event),
            Wait::SignUpOver { event } => self.sign_up_is_over(event),
            Wait::EventOver { event } => self.event_is_over(event),
            Wait::EventThanks { event } => self.thank_for_event(event),
            Wait::ContactsPassed { event } => self.pass_contacts(event),
            Wait::EventGone { event } => self.drop_event(event),
            Wait::Publish(List::Mentors) => self.publish(),
        }
    }

    /// Something happened in a room for many.
    pub(crate) fn in_room(&mut self, id: RoomId, happened: InRoom) {
        match happened {
            InRoom::Spoken => self.spoken(id),
            InRoom::Changed => self.disturbed(id),
            InRoom::Invited(who) => self.arrives(id, &who, Place::Invited),
            InRoom::Came(who) => self.arrives(id, &who, Place::In),
            InRoom::Went(who) => self.goes(id, &who),
            InRoom::Wrote(wrote) => {
                self.spoken(id);
                self.wrote(id, wrote);
            }
            InRoom::Flooded(member, how) => self.flooded(id, member, how),
        }
    }

    /// Something was done in a room for many.
    pub(crate) fn done_in_room(&mut self, id: RoomId, act: &RoomAct, performed: Performed) {
        match (act, performed) {
            (RoomAct::Make, Performed::RoomMade(room)) => self.room_made(id, room),
            (RoomAct::Tend(_), Performed::Tended(tended)) => self.tended(id, &tended),
            (RoomAct::Admit(_, member), Performed::Blocked) => self.not_admitted(id, *member, true),
            (RoomAct::Admit(_, member), Performed::Refused) => self.not_admitted(id, *member, false),
            (RoomAct::Expel(_, member), Performed::Done) => self.was_out(id, *member),
            (RoomAct::Oust(_, member), Performed::Ousted) => {
                if let Some(who) = self.state.member(*member).map(|own| own.person.address.clone()) {
                    self.tell_of_intruder(id, who, Some(*member));
                }
            }
            (RoomAct::OustStranger(_, who), Performed::Ousted) => self.tell_of_intruder(id, who.clone(), None),
            // A bridge's account may have been taken out with whatever else was not as it should be.
            (RoomAct::OustStranger(_, who), Performed::Done) if self.settings.rooms.is_bridge(who) => {
                self.tell_of_intruder(id, who.clone(), None);
            }
            (RoomAct::TakeAway(_, member, _), performed) => self.taken_away(id, *member, &performed),
            (RoomAct::Look(_, _, case, _), Performed::Looked(found)) => self.looked(*case, found),
            (RoomAct::Look(_, _, case, _), _) => self.looked(*case, None),
            // The room's own events tell the outcome of these; a refusal is the channel's to report.
            (
                RoomAct::Make
                | RoomAct::Tend(_)
                | RoomAct::Admit(..)
                | RoomAct::Expel(..)
                | RoomAct::Oust(..)
                | RoomAct::OustStranger(..)
                | RoomAct::Post(..),
                Performed::Done
                | Performed::RoomMade(_)
                | Performed::Blocked
                | Performed::Refused
                | Performed::Ousted
                | Performed::Tended(_)
                | Performed::Looked(_),
            ) => {}
        }
    }
}
