//! The hub's state in memory, and which of its rows a step changed.

mod cases;
mod leftovers;

use std::collections::{BTreeMap, BTreeSet};

use crate::conduct::Case;
use crate::conduct::report::Report;
use crate::consent::Entry;
use crate::id::{CaseId, IntroductionId, MemberId, OrganisationId, ProposalId, ReportId, RoomId, TimerId};
use crate::introduction::Introduction;
use crate::mark::{Mark, MarkId};
use crate::name::Address;
use crate::people::member::Member;
use crate::people::named::Named;
use crate::people::roster::{Listing, MailAddress, Organisation};
use crate::rooms::{CommunityRoom, Proposal};
use crate::time::Timestamp;
use crate::timer::{Subject, Timer, Wait};

/// One row of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A member.
    Member(Member),
    /// An introduction.
    Introduction(Introduction),
    /// A timer.
    Timer(Timer),
    /// A mark.
    Mark(Mark),
    /// A report.
    Report(Report),
    /// Somebody on the roster.
    Listing(Listing),
    /// An organisation that employs people.
    Organisation(Organisation),
    /// A room for many.
    Room(CommunityRoom),
    /// Something that was proposed.
    Proposal(Proposal),
    /// Something that was reported in a room for many.
    Case(Case),
    /// An entry of the mentors' list.
    Entry(Entry),
}

/// The rows that a step changed or removed, by their ids. The rows themselves stand in the state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Members.
    pub members: BTreeSet<MemberId>,
    /// Introductions.
    pub introductions: BTreeSet<IntroductionId>,
    /// Timers.
    pub timers: BTreeSet<TimerId>,
    /// Marks.
    pub marks: BTreeSet<MarkId>,
    /// Reports.
    pub reports: BTreeSet<ReportId>,
    /// The roster, by its people's ids as members.
    pub listings: BTreeSet<MemberId>,
    /// Organisations.
    pub organisations: BTreeSet<OrganisationId>,
    /// Rooms for many.
    pub rooms: BTreeSet<RoomId>,
    /// Proposals.
    pub proposals: BTreeSet<ProposalId>,
    /// Cases of conduct in rooms for many.
    pub cases: BTreeSet<CaseId>,
    /// Entries of the mentors' list, by their owners.
    pub entries: BTreeSet<MemberId>,
}

/// Everything the core knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    members: BTreeMap<MemberId, Member>,
    by_address: BTreeMap<Address, MemberId>,
    introductions: BTreeMap<IntroductionId, Introduction>,
    by_party: BTreeMap<MemberId, BTreeSet<IntroductionId>>,
    timers: BTreeMap<TimerId, Timer>,
    timers_due: BTreeSet<(Timestamp, TimerId)>,
    timers_of: BTreeMap<Subject, BTreeSet<TimerId>>,
    marks: BTreeMap<MarkId, Mark>,
    reports: BTreeMap<ReportId, Report>,
    listings: BTreeMap<MemberId, Listing>,
    by_mail: BTreeMap<MailAddress, MemberId>,
    by_code: BTreeMap<MarkId, MemberId>,
    organisations: BTreeMap<OrganisationId, Organisation>,
    rooms: BTreeMap<RoomId, CommunityRoom>,
    proposals: BTreeMap<ProposalId, Proposal>,
    cases: BTreeMap<CaseId, Case>,
    entries: BTreeMap<MemberId, Entry>,
}

impl State {
    /// The state that these rows are.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut state = Self::default();
        for row in rows {
            match row {
                Row::Member(member) => state.put_member(member),
                Row::Introduction(introduction) => state.put_introduction(introduction),
                Row::Timer(timer) => state.put_timer(timer),
                Row::Mark(mark) => state.put_mark(mark),
                Row::Report(report) => state.put_report(report),
                Row::Listing(listing) => state.put_listing(listing),
                Row::Organisation(organisation) => state.put_organisation(organisation),
                Row::Room(room) => state.put_room(room),
                Row::Proposal(proposal) => state.put_proposal(proposal),
                Row::Case(case) => state.put_case(case),
                Row::Entry(entry) => state.put_entry(entry),
            }
        }
        state
    }

    /// A member.
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id)
    }

    /// The member at this address, current or not.
    pub fn member_at(&self, address: &Address) -> Option<&Member> {
        self.by_address.get(address).and_then(|id| self.members.get(id))
    }

    /// The member whom this names, current or not.
    pub fn member_named(&self, named: &Named) -> Option<&Member> {
        match named {
            Named::Address(address) => self.member_at(address),
            Named::Entry { member, .. } => self.member(*member),
        }
    }

    /// All members.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// An introduction.
    pub fn introduction(&self, id: IntroductionId) -> Option<&Introduction> {
        self.introductions.get(&id)
    }

    /// All introductions.
    pub fn introductions(&self) -> impl Iterator<Item = &Introduction> {
        self.introductions.values()
    }

    /// The introductions that this member asked for, oldest first.
    pub fn requests_of(&self, requester: MemberId) -> Vec<&Introduction> {
        self.introductions_of(requester).into_iter().filter(|i| i.requester == requester).collect()
    }

    /// The introductions that this member is a party to, oldest first.
    pub fn introductions_of(&self, member: MemberId) -> Vec<&Introduction> {
        let ids = self.by_party.get(&member).into_iter().flatten();
        let mut introductions: Vec<_> = ids.filter_map(|id| self.introductions.get(id)).collect();
        introductions.sort_by_key(|introduction| (introduction.sent_at, introduction.id));
        introductions
    }

    /// A mark.
    pub fn mark(&self, id: MarkId) -> Option<&Mark> {
        self.marks.get(&id)
    }

    /// All marks.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.marks.values()
    }

    /// A report.
    pub fn report(&self, id: ReportId) -> Option<&Report> {
        self.reports.get(&id)
    }

    /// All reports.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.reports.values()
    }

    /// A member's listing on the roster, by their id as a member.
    pub fn listing(&self, member: MemberId) -> Option<&Listing> {
        self.listings.get(&member)
    }

    /// The listing with this email address.
    pub fn listing_with_mail(&self, mail: &MailAddress) -> Option<&Listing> {
        self.by_mail.get(mail).and_then(|member| self.listings.get(member))
    }

    /// The listing whose person can still use this code.
    pub fn listing_with_code(&self, code: MarkId) -> Option<&Listing> {
        self.by_code.get(&code).and_then(|member| self.listings.get(member))
    }

    /// The whole roster.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.listings.values()
    }

    /// An organisation.
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// All organisations.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// A room for many.
    pub fn room(&self, id: RoomId) -> Option<&CommunityRoom> {
        self.rooms.get(&id)
    }

    /// All rooms for many.
    pub fn rooms(&self) -> impl Iterator<Item = &CommunityRoom> {
        self.rooms.values()
    }

    /// Something that was proposed.
    pub fn proposal(&self, id: ProposalId) -> Option<&Proposal> {
        self.proposals.get(&id)
    }

    /// All proposals.
    pub fn proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.values()
    }

    /// The group that a member came with, such as a year's students.
    pub fn cohort_of(&self, member: MemberId) -> Option<&str> {
        self.listing(member).and_then(|listing| listing.entry.cohort.as_deref())
    }

    /// The entry of a member in the mentors' list, as it was last made. Only their consent shows it.
    pub fn entry(&self, of: MemberId) -> Option<&Entry> {
        self.entries.get(&of)
    }

    /// All entries of the mentors' list.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// A timer.
    pub fn timer(&self, id: TimerId) -> Option<&Timer> {
        self.timers.get(&id)
    }

    /// All timers.
    pub fn timers(&self) -> impl Iterator<Item = &Timer> {
        self.timers.values()
    }

    /// The first moment that is waited for, and its timer.
    pub fn next_due(&self) -> Option<(Timestamp, TimerId)> {
        self.timers_due.first().copied()
    }

    pub(crate) fn member_mut(&mut self, id: MemberId) -> Option<&mut Member> {
        self.members.get_mut(&id)
    }

    pub(crate) fn introduction_mut(&mut self, id: IntroductionId) -> Option<&mut Introduction> {
        self.introductions.get_mut(&id)
    }

    pub(crate) fn room_mut(&mut self, id: RoomId) -> Option<&mut CommunityRoom> {
        self.rooms.get_mut(&id)
    }

    pub(crate) fn put_room(&mut self, room: CommunityRoom) {
        self.rooms.insert(room.id, room);
    }

    pub(crate) fn put_proposal(&mut self, proposal: Proposal) {
        self.proposals.insert(proposal.id, proposal);
    }

    pub(crate) fn take_proposal(&mut self, id: ProposalId) -> Option<Proposal> {
        self.proposals.remove(&id)
    }

    pub(crate) fn put_member(&mut self, member: Member) {
        self.by_address.insert(member.person.address.clone(), member.id);
        self.members.insert(member.id, member);
    }

    pub(crate) fn put_introduction(&mut self, introduction: Introduction) {
        self.take_introduction(introduction.id);
        for party in introduction.owners() {
            self.by_party.entry(party).or_default().insert(introduction.id);
        }
        self.introductions.insert(introduction.id, introduction);
    }

    pub(crate) fn take_introduction(&mut self, id: IntroductionId) -> Option<Introduction> {
        let introduction = self.introductions.remove(&id)?;
        for party in introduction.owners() {
            if let Some(of) = self.by_party.get_mut(&party) {
                of.remove(&id);
                if of.is_empty() {
                    self.by_party.remove(&party);
                }
            }
        }
        Some(introduction)
    }

    pub(crate) fn take_member(&mut self, id: MemberId) -> Option<Member> {
        let member = self.members.remove(&id)?;
        if self.by_address.get(&member.person.address) == Some(&id) {
            self.by_address.remove(&member.person.address);
        }
        Some(member)
    }

    pub(crate) fn put_mark(&mut self, mark: Mark) {
        self.marks.insert(mark.id, mark);
    }

    pub(crate) fn take_mark(&mut self, id: MarkId) -> Option<Mark> {
        self.marks.remove(&id)
    }

    pub(crate) fn put_entry(&mut self, entry: Entry) {
        self.entries.insert(entry.of(), entry);
    }

    pub(crate) fn take_entry(&mut self, of: MemberId) -> Option<Entry> {
        self.entries.remove(&of)
    }

    pub(crate) fn put_report(&mut self, report: Report) {
        self.reports.insert(report.id, report);
    }

    pub(crate) fn take_report(&mut self, id: ReportId) -> Option<Report> {
        self.reports.remove(&id)
    }

    pub(crate) fn put_listing(&mut self, listing: Listing) {
        self.take_listing(listing.member);
        self.by_mail.extend(listing.entry.mail.clone().map(|mail| (mail, listing.member)));
        self.by_code.extend(listing.code.map(|code| (code, listing.member)));
        self.listings.insert(listing.member, listing);
    }

    pub(crate) fn take_listing(&mut self, member: MemberId) -> Option<Listing> {
        let listing = self.listings.remove(&member)?;
        if let Some(mail) = &listing.entry.mail {
            self.by_mail.remove(mail);
        }
        if let Some(code) = listing.code {
            self.by_code.remove(&code);
        }
        Some(listing)
    }

    pub(crate) fn put_organisation(&mut self, organisation: Organisation) {
        self.organisations.insert(organisation.id, organisation);
    }

    pub(crate) fn put_timer(&mut self, timer: Timer) {
        self.timers_due.insert((timer.due, timer.id));
        self.timers_of.entry(timer.wait.subject()).or_default().insert(timer.id);
        self.timers.insert(timer.id, timer);
    }

    pub(crate) fn take_timer(&mut self, id: TimerId) -> Option<Timer> {
        let timer = self.timers.remove(&id)?;
        self.timers_due.remove(&(timer.due, id));
        let subject = timer.wait.subject();
        if let Some(of) = self.timers_of.get_mut(&subject) {
            of.remove(&id);
            if of.is_empty() {
                self.timers_of.remove(&subject);
            }
        }
        Some(timer)
    }

    /// Whether there is a timer for this.
    pub fn waits_for(&self, wait: Wait) -> bool {
        self.timers_of(wait.subject()).any(|timer| timer.wait == wait)
    }

    /// The timers that belong to this.
    pub fn timers_of(&self, subject: Subject) -> impl Iterator<Item = &Timer> {
        self.timers_of.get(&subject).into_iter().flatten().filter_map(|id| self.timers.get(id))
    }
}
