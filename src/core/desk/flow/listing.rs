//! The desk as a member of staff reads it: everything that waits for them or a colleague, and who has taken it.

use std::collections::BTreeSet;

use super::super::age::Age;
use super::super::{LISTED_MAX, Shown, Waits};
use crate::conduct::Case;
use crate::conduct::flow::moderating::is_before;
use crate::effect::Act;
use crate::id::MemberId;
use crate::input::Said;
use crate::name::Address;
use crate::people::member::{Member, Role, Standing};
use crate::rooms::{Matter, Proposal};
use crate::say::{CasePlace, Desk, DeskLine, DeskMatter, Holder};
use crate::time::Timestamp;
use crate::timer::{Subject, Wait};
use crate::turn::Turn;

/// A line of the desk shows this much of somebody's words, in characters.
const EXCERPT_CHARS_MAX: usize = 80;

/// Something that waits for staff.
pub(crate) struct Waiting {
    pub(crate) what: Waits,
    pub(crate) matter: DeskMatter,
    since: Option<Timestamp>,
    /// The members whose data the matter shows.
    pub(crate) owners: BTreeSet<MemberId>,
}

impl Turn<'_> {
    /// Shows a member of staff what waits, oldest first, and keeps which number is which.
    pub(super) fn desk(&mut self, said: &Said) {
        if self.staff_role(said).is_none() {
            return;
        }
        let staff = said.member;
        let all = self.waiting(staff);
        let more = all.len().saturating_sub(LISTED_MAX);
        let mut owners = BTreeSet::from([staff]);
        let mut lines = vec![];
        for (waiting, number) in all.iter().zip(1..).take(LISTED_MAX) {
            let taken = self.holder(waiting.what).map(|(holder, _)| holder);
            owners.extend(waiting.owners.iter().copied().chain(taken));
            let since = self.age(waiting.since);
            let taken = taken.and_then(|holder| self.named_for(staff, holder));
            lines.push(DeskLine { number, matter: waiting.matter.clone(), since, taken });
        }
        let own = self.state.member(staff).into_iter().flat_map(|own| own.dialogue.prompts.values());
        let own = own.filter(|prompt| prompt.is_open_request()).count();
        let message = self.effect(owners, Act::Tell(staff, Desk::List { lines, more, own }.into()));
        let waits: Vec<Waits> = all.iter().map(|waiting| waiting.what).collect();
        if let Some(dialogue) = self.dialogue(staff) {
            dialogue.tray.keep_taken(|what| waits.contains(&what));
            let lines = waits.iter().copied().take(LISTED_MAX).collect();
            dialogue.tray.shown = Some(Shown { message, lines, newer: None });
        }
    }

    /// Everything that waits for this member of staff or a colleague, oldest first. Nobody sees a report about themselves.
    pub(super) fn waiting(&self, staff: MemberId) -> Vec<Waiting> {
        let mut all: Vec<Waiting> = self.visitors_waiting().chain(self.organisations_waiting()).collect();
        all.extend(self.state.enquiries().filter_map(|enquiry| {
            let by = self.current(enquiry.by).filter(|_| enquiry.answered.is_none())?;
            let matter = DeskMatter::Question { who: address(by), words: excerpt(&enquiry.words) };
            Some(Waiting::of(Waits::Enquiry(enquiry.id), matter, Some(enquiry.at), [by.id]))
        }));
        let open = self.state.proposals().filter(|proposal| proposal.decided.is_none() && self.decides(staff));
        all.extend(open.map(proposed));
        let cases = self.state.cases().filter(|case| is_before(case, staff));
        all.extend(cases.filter_map(|case| self.reported_case(case)));
        all.sort_by_key(|waiting| (waiting.since, waiting.what));
        all
    }

    /// People whom nobody has listed or verified. Those of an organisation that is not approved wait for that.
    fn visitors_waiting(&self) -> impl Iterator<Item = Waiting> {
        let unlisted = |member: &&Member| self.state.listing(member.id).is_none();
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        let visitors = current.filter(|member| member.person.role == Role::Unverified).filter(unlisted);
        visitors.map(|visitor| {
            let over = |wait: Wait| wait == Wait::VisitOver { member: visitor.id };
            let mut timers = self.state.timers_of(Subject::Member(visitor.id));
            let since =
                timers.find(|timer| over(timer.wait)).map(|timer| timer.due.before(self.settings.joining.visit));
            Waiting::of(Waits::Visitor(visitor.id), DeskMatter::Visitor { who: address(visitor) }, since, [visitor.id])
        })
    }

    fn organisations_waiting(&self) -> impl Iterator<Item = Waiting> {
        let mut met = BTreeSet::new();
        self.waiting_organisations().into_iter().filter_map(move |(name, member)| {
            let id = self.organisation_id(&name);
            let since = self.state.organisation(id).and_then(|organisation| organisation.since);
            let waiting = || Waiting::of(Waits::Organisation(id), DeskMatter::Organisation { name }, since, [member]);
            met.insert(id).then(waiting)
        })
    }

    fn reported_case(&self, case: &Case) -> Option<Waiting> {
        let line = self.case_line(case)?;
        let room = match line.place {
            CasePlace::Room { room, .. } => Some(room),
            CasePlace::Introduction { .. } => None,
        };
        let matter = DeskMatter::Report { who: line.who, room };
        Some(Waiting { what: Waits::Case(case.id), matter, since: Some(case.at), owners: case.owners() })
    }

    /// The member of staff who has taken something, and when: nobody who works for the service no longer.
    pub(super) fn holder(&self, what: Waits) -> Option<(MemberId, Timestamp)> {
        self.staff().into_iter().find_map(|staff| {
            let at = self.state.member(staff)?.dialogue.tray.taken_at(what)?;
            Some((staff, at))
        })
    }

    pub(super) fn named_for(&self, reader: MemberId, holder: MemberId) -> Option<Holder> {
        let colleague = || self.state.member(holder).map(|holder| Holder::Colleague(address(holder)));
        if holder == reader { Some(Holder::You) } else { colleague() }
    }

    pub(super) fn age(&self, since: Option<Timestamp>) -> Age {
        Age::of(since, self.now, &self.settings.office.zone)
    }

    pub(super) fn current(&self, id: MemberId) -> Option<&Member> {
        self.state.member(id).filter(|member| member.standing == Standing::Current)
    }
}

impl Waiting {
    fn of<const N: usize>(what: Waits, matter: DeskMatter, since: Option<Timestamp>, owners: [MemberId; N]) -> Self {
        Self { what, matter, since, owners: owners.into() }
    }
}

fn proposed(proposal: &Proposal) -> Waiting {
    let matter = match &proposal.matter {
        Matter::Room(suggested) => DeskMatter::Room { name: suggested.name.clone() },
        Matter::Opportunity(posting) => {
            DeskMatter::Opportunity { organisation: posting.offer().organisation().to_owned() }
        }
    };
    Waiting::of(Waits::Proposal(proposal.id), matter, Some(proposal.at), [proposal.by])
}

fn address(member: &Member) -> Address {
    member.person.address.clone()
}

/// The beginning of somebody's words, in one line.
pub(super) fn excerpt(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT_CHARS_MAX {
        return line;
    }
    let cut: String = line.chars().take(EXCERPT_CHARS_MAX).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}
