//! The doings of staff for others: they verify a role, end one, approve an organisation. Each is recorded with who did
//! it (requirement A19).

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::phrases::is_spelt;
use crate::command::{Verify, plain_words};
use crate::effect::Act;
use crate::id::MemberId;
use crate::input::Said;
use crate::name::{Address, DisplayName};
use crate::people::member::{Field, Role, Standing};
use crate::people::roster::{Entry, Lister, Listing, Organisation};
use crate::say::{ConductDesk, Say, Staffing};
use crate::turn::Turn;
use crate::when;

impl Turn<'_> {
    /// A member of staff gives somebody a role.
    pub(crate) fn verify(&mut self, said: &Said, verify: Verify) {
        let Some(own) = self.staff_role(said) else { return };
        let Verify { who, role, organisation, until } = verify;
        let Some(role) = role.filter(|role| *role != Role::Unverified) else {
            self.tell(said.member, Staffing::VerifyHow);
            return;
        };
        if role.is_staff() && own != Role::Administrator {
            self.tell(said.member, Staffing::OnlyAdministrators { role });
            return;
        }
        let ends = match until.as_deref().map(|words| when::moment(words, self.now, &self.settings.office)) {
            Some(None) => return self.unclear(said.member),
            Some(Some(until)) => Some(until),
            None => None,
        };
        if role == Role::Employer && organisation.is_none() {
            self.tell(said.member, Staffing::OrganisationMissing);
            return;
        }
        if who == self.settings.porter {
            self.tell(said.member, Say::NotThatOne);
            return;
        }
        if self.settings.counsels(&who) {
            self.tell(said.member, Staffing::TakesNoPart { who });
            return;
        }
        if self.is_banned(&who) {
            self.tell(said.member, ConductDesk::IsBanned { who });
            return;
        }
        let entry = self.entry_for(&who, role, organisation, ends);
        self.list(entry, Lister::Staff(said.member));
        let Some(member) = self.state.member_at(&who) else { return };
        let (id, verified) = (member.id, member.person.role);
        self.step.noted.push(Noted::VerifiedBy(said.member, id));
        let waits = (verified == Role::Unverified).then(|| self.organisation_of(id)).flatten();
        self.tell(said.member, Staffing::Verified { who, role, until: ends, waits });
    }

    /// A member of staff ends somebody's role.
    pub(crate) fn end_role(&mut self, said: &Said, who: &Address) {
        let Some(own) = self.staff_role(said) else { return };
        let member = self.state.member_at(who).filter(|member| member.standing == Standing::Current);
        let Some((id, role)) = member.map(|member| (member.id, member.person.role)) else {
            self.tell(said.member, Staffing::NotListed { who: who.clone() });
            return;
        };
        if role.is_staff() && own != Role::Administrator {
            self.tell(said.member, Staffing::OnlyAdministrators { role });
            return;
        }
        self.step.noted.push(Noted::EndedBy(said.member, id));
        if self.state.listing(id).is_some() {
            self.unlist(id);
        } else {
            self.end_membership(id);
        }
        self.tell(said.member, Staffing::RoleEnded { who: who.clone(), role });
    }

    /// A member of staff approves an organisation, and its people are verified with that.
    pub(crate) fn approve(&mut self, said: &Said, name: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        let id = self.organisation_id(name);
        let known = self.state.organisation(id).cloned();
        let name = name.to_owned();
        if known.as_ref().is_some_and(|organisation| organisation.approved.is_some()) {
            self.tell(said.member, Staffing::ApprovedBefore { name });
            return;
        }
        // A name that nobody is listed under may be a waiting one with a letter wrong: they see those first.
        if known.is_none() && self.waiting_organisations().iter().any(|(_, waiting)| is_nearly(waiting, &name)) {
            return self.organisations(said);
        }
        self.state.organisations.put(Organisation { id, approved: Some((said.member, self.now)) });
        self.step.noted.push(Noted::Approved(said.member, id));
        let theirs = |listing: &&Listing| {
            let organisation = listing.entry.organisation().filter(|_| listing.entry.role == Role::Employer);
            organisation.is_some_and(|name| self.organisation_id(name) == id)
        };
        let people: Vec<(MemberId, Entry)> =
            self.state.listings().filter(theirs).map(|listing| (listing.member, listing.entry.clone())).collect();
        let count = people.len();
        for (member, entry) in people {
            self.follow_listing(member, Some(&entry));
        }
        self.tell(said.member, Staffing::Approved { name, people: count });
    }

    /// The organisations that wait for a word of the staff's.
    pub(crate) fn organisations(&mut self, said: &Said) {
        if self.staff_role(said).is_none() {
            return;
        }
        let waiting = self.waiting_organisations();
        let owners = waiting.iter().map(|(member, _)| *member).chain([said.member]).collect();
        let names: BTreeSet<String> = waiting.into_iter().map(|(_, name)| name).collect();
        let say = Staffing::Organisations { waiting: names.into_iter().collect() };
        self.effect(owners, Act::Tell(said.member, say.into()));
    }

    /// The employers whose organisations are not approved, with the names of those.
    fn waiting_organisations(&self) -> Vec<(MemberId, String)> {
        let approved = |name: &str| {
            let organisation = self.state.organisation(self.organisation_id(name));
            organisation.is_some_and(|organisation| organisation.approved.is_some())
        };
        let employers = self.state.listings().filter(|listing| listing.entry.role == Role::Employer);
        let named = employers.filter_map(|listing| Some((listing.member, listing.entry.organisation()?.to_owned())));
        named.filter(|(_, name)| !approved(name)).collect()
    }

    /// Somebody's entry once staff have said this of them.
    fn entry_for(
        &self,
        who: &Address,
        role: Role,
        organisation: Option<String>,
        until: Option<crate::time::Timestamp>,
    ) -> Entry {
        let member = self.state.member_at(who);
        let listed = member.and_then(|member| self.state.listing(member.id)).map(|listing| listing.entry.clone());
        let name = member.map_or_else(|| DisplayName::of_account(who), |member| member.person.name.clone());
        let mut entry = listed.unwrap_or_else(|| Entry {
            mail: None,
            address: Some(who.clone()),
            name,
            role,
            cohort: None,
            details: std::collections::BTreeMap::new(),
            until,
        });
        (entry.role, entry.until) = (role, until);
        entry.details.extend(organisation.map(|name| (Field::Organisation, name)));
        entry
    }

    fn organisation_of(&self, id: MemberId) -> Option<String> {
        self.state.listing(id).and_then(|listing| listing.entry.organisation().map(str::to_owned))
    }

    fn unclear(&mut self, member: MemberId) {
        self.tell(member, Say::WhenUnclear { command: "verify … until".to_owned() });
    }
}

/// Whether this may be meant by that name of a waiting organisation: a letter is wrong, or words are missing.
fn is_nearly(waiting: &str, typed: &str) -> bool {
    let (waiting, typed) = (plain_words(waiting), plain_words(typed));
    typed.iter().all(|word| waiting.iter().any(|own| is_spelt(own, word)))
}
