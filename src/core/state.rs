//! The hub's state in memory: one declaration for each kind of row that it keeps.

mod indexes;
mod leftovers;

use lodge_ground::index::{Sorted, Unique};

use crate::conduct::Case;
use crate::conduct::report::Report;
use crate::consent::Entry;
use crate::desk::Enquiry;
use crate::events::{Event, HandOver, SignUp};
use crate::id::{
    CaseId, EnquiryId, EventId, HandOverId, IntroductionId, MemberId, OrganisationId, ProposalId, ReportId, RoomId,
    SignUpId, TimerId,
};
use crate::introduction::Introduction;
use crate::mark::{Mark, MarkId};
use crate::name::Address;
use crate::notes::Notebook;
use crate::people::member::Member;
use crate::people::named::Named;
use crate::people::roster::{Listing, MailAddress, Organisation};
use crate::rooms::{CommunityRoom, Proposal};
use crate::time::Timestamp;
use crate::timer::{Subject, Timer, Wait};

lodge_ground::state! {
    /// Everything the core knows.
    pub struct State;
    rows {
        /// All members.
        members by Unique<Address, MemberId>:
        /// A member.
        member |it: Member| Members, id it.id => MemberId, of [it.id];

        /// All introductions.
        introductions by Sorted<MemberId, IntroductionId>:
        /// An introduction.
        introduction |it: Introduction| Introductions, id it.id => IntroductionId, of it.owners();

        /// All timers.
        timers by (Sorted<(Timestamp, Wait), TimerId>, Sorted<Subject, TimerId>):
        /// A timer.
        timer |it: Timer| Timers, id it.id => TimerId, of [];

        /// All marks.
        marks:
        /// A mark.
        mark |it: Mark| Marks, id it.id => MarkId, of [];

        /// All reports.
        reports:
        /// A report.
        report |it: Report| Reports, id it.id => ReportId, of [it.by];

        /// The whole roster.
        listings by (Unique<MailAddress, MemberId>, Unique<MarkId, MemberId>):
        /// A member's listing on the roster, by their id as a member.
        listing |it: Listing| Listings, id it.member => MemberId, of [it.member];

        /// All organisations.
        organisations:
        /// An organisation.
        organisation |it: Organisation| Organisations, id it.id => OrganisationId, of [];

        /// All rooms for many.
        rooms:
        /// A room for many.
        room |it: CommunityRoom| Rooms, id it.id => RoomId, of [];

        /// All proposals.
        proposals:
        /// Something that was proposed.
        proposal |it: Proposal| Proposals, id it.id => ProposalId, of [it.by];

        /// Everything that was reported in rooms for many.
        cases:
        /// Something that was reported in a room for many.
        case |it: Case| Cases, id it.id => CaseId, of it.owners();

        /// All questions to the staff.
        enquiries:
        /// A question to the staff.
        enquiry |it: Enquiry| Enquiries, id it.id => EnquiryId, of [it.by];

        /// The notes of every member who keeps some.
        notebooks:
        /// The notes of a member.
        notebook |it: Notebook| Notebooks, id it.of => MemberId, of [it.of];

        /// All events.
        events:
        /// An event that was announced.
        event |it: Event| Events, id it.id => EventId, of [];

        /// All places on the lists of events.
        sign_ups by (Sorted<EventId, SignUpId>, Sorted<MemberId, SignUpId>):
        /// A member's place on the list of an event.
        sign_up |it: SignUp| SignUps, id it.id => SignUpId, of [it.member];

        /// The contacts of members after events.
        hand_overs by (Sorted<EventId, HandOverId>, Sorted<MemberId, HandOverId>):
        /// A member's contact for the host of an event.
        hand_over |it: HandOver| HandOvers, id it.id => HandOverId, of [it.member];

        /// All entries of the mentors' list.
        entries:
        /// The entry of a member in the mentors' list, as it was last made. Only their consent shows it.
        entry |it: Entry| Entries, id it.of() => MemberId, of [it.of()];
    }
    values {}
}

impl State {
    /// The member at this address, current or not.
    pub fn member_at(&self, address: &Address) -> Option<&Member> {
        self.members.index().get(address).and_then(|id| self.members.get(id))
    }

    /// The member whom this names, current or not.
    pub fn member_named(&self, named: &Named) -> Option<&Member> {
        match named {
            Named::Address(address) => self.member_at(address),
            Named::Entry { member, .. } => self.member(*member),
        }
    }

    /// The introductions that this member asked for, oldest first.
    pub fn requests_of(&self, requester: MemberId) -> Vec<&Introduction> {
        self.introductions_of(requester).into_iter().filter(|i| i.requester == requester).collect()
    }

    /// The introductions that this member is a party to, oldest first.
    pub fn introductions_of(&self, member: MemberId) -> Vec<&Introduction> {
        let ids = self.introductions.index().get(member);
        let mut introductions: Vec<_> = ids.filter_map(|id| self.introductions.get(id)).collect();
        introductions.sort_by_key(|introduction| (introduction.sent_at, introduction.id));
        introductions
    }

    /// The listing with this email address.
    pub fn listing_with_mail(&self, mail: &MailAddress) -> Option<&Listing> {
        let (by_mail, _) = self.listings.index();
        by_mail.get(mail).and_then(|member| self.listings.get(member))
    }

    /// The listing whose person can still use this code.
    pub fn listing_with_code(&self, code: MarkId) -> Option<&Listing> {
        let (_, by_code) = self.listings.index();
        by_code.get(&code).and_then(|member| self.listings.get(member))
    }

    /// The group that a member came with, such as a year's students.
    pub fn cohort_of(&self, member: MemberId) -> Option<&str> {
        self.listing(member).and_then(|listing| listing.entry.cohort.as_deref())
    }

    /// The first moment that is waited for, and its timer.
    ///
    /// The purposes order the timers of one moment. Their ids are drawn, and would order them by chance.
    pub fn next_due(&self) -> Option<(Timestamp, TimerId)> {
        let (by_due, _) = self.timers.index();
        by_due.first().map(|((due, _), id)| (due, id))
    }

    /// Whether there is a timer for this.
    pub fn waits_for(&self, wait: Wait) -> bool {
        self.timers_of(wait.subject()).any(|timer| timer.wait == wait)
    }

    /// The timers that belong to this.
    pub fn timers_of(&self, subject: Subject) -> impl Iterator<Item = &Timer> {
        let (_, by_subject) = self.timers.index();
        by_subject.get(subject).filter_map(|id| self.timers.get(id))
    }
}
