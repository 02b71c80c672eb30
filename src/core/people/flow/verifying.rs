//! The doings of staff for others: they verify a role, end one, approve an organisation. Each is recorded with who did
//! it (requirement A19).

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::{Unread, Verify};
use crate::domain_event::DomainEvent;
use crate::effect::Act;
use crate::id::{MemberId, OrganisationId};
use crate::input::Said;
use crate::name::{Address, DisplayName};
use crate::people::member::{Field, Role, Standing};
use crate::people::roster::{Entry, Lister, Organisation};
use crate::people::spoken::unstopped;
use crate::say::{ConductDesk, Say, Staffing};
use crate::turn::Turn;
use crate::when;
use lodge_ground::near::distance;

impl Turn<'_> {
    /// A member of staff asks how that is said.
    pub(crate) fn verify_how(&mut self, said: &Said) {
        if self.staff_role(said).is_some() {
            self.tell(said.member, Staffing::VerifyHow);
        }
    }

    /// A member of staff gives somebody a role.
    pub(crate) fn verify(&mut self, said: &Said, verify: Verify) {
        let Some(own) = self.staff_role(said) else { return };
        let Verify { who, role, organisation, until } = verify;
        let role = match role {
            Ok(role) => role,
            Err(unread) => {
                let how = match unread {
                    Unread::NoRole => Staffing::VerifyHow,
                    Unread::TwoWays => Staffing::VerifyUnclear,
                };
                self.tell(said.member, how);
                return;
            }
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
        let met = self.state.member_at(&who).is_some();
        let organisation = organisation.map(|name| self.organisation_meant(name));
        let entry = self.entry_for(&who, role, organisation, ends);
        self.list(entry, Lister::Staff(said.member));
        let Some(member) = self.state.member_at(&who) else { return };
        let (id, verified) = (member.id, member.person.role);
        self.step.noted.push(Noted::VerifiedBy(said.member, id));
        self.announce(DomainEvent::Verified { by: said.member, who: id });
        let waits = (verified == Role::Unverified).then(|| self.organisation_of(id)).flatten();
        self.tell(said.member, Staffing::Verified { who, role, until: ends, waits, met });
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

    /// A member of staff approves an organisation that waits, and its people are verified with that. An approval is never
    /// given in advance, for it would be one of a typing error as well.
    pub(crate) fn approve(&mut self, said: &Said, name: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        let meant = self.organisation_meant(name.to_owned());
        let id = self.organisation_id(&meant);
        if self.is_approved(id) {
            self.tell(said.member, Staffing::ApprovedBefore { name: meant });
            return;
        }
        let waiting = self.waiting_organisations();
        let people: Vec<(MemberId, Entry)> = waiting
            .iter()
            .filter(|(name, _)| self.organisation_id(name) == id)
            .filter_map(|(_, member)| Some((*member, self.state.listing(*member)?.entry.clone())))
            .collect();
        if people.is_empty() {
            let near = nearest(&meant, waiting.iter().map(|(name, _)| name));
            let owners = waiting.iter().filter(|(name, _)| Some(name) == near.as_ref()).map(|(_, member)| *member);
            let owners = owners.chain([said.member]).collect();
            self.effect(owners, Act::Tell(said.member, Staffing::NoneWaits { name: meant, near }.into()));
            return;
        }
        self.state.organisations.put(Organisation { id, approved: Some((said.member, self.now)), since: None });
        self.step.noted.push(Noted::Approved(said.member, id));
        let (count, name) = (people.len(), people[0].1.organisation().unwrap_or_default().to_owned());
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
        let owners = waiting.iter().map(|(_, member)| *member).chain([said.member]).collect();
        let names: BTreeSet<String> = waiting.into_iter().map(|(name, _)| name).collect();
        let say = Staffing::Organisations { waiting: names.into_iter().collect() };
        self.effect(owners, Act::Tell(said.member, say.into()));
    }

    /// Each person who is listed for an organisation that nobody has approved, and its name there.
    pub(crate) fn waiting_organisations(&self) -> Vec<(String, MemberId)> {
        let employers = self.state.listings().filter(|listing| listing.entry.role == Role::Employer);
        employers
            .filter_map(|listing| Some((listing.entry.organisation()?.to_owned(), listing.member)))
            .filter(|(name, _)| !self.is_approved(self.organisation_id(name)))
            .collect()
    }

    /// Whether staff have approved this organisation.
    pub(crate) fn is_approved(&self, id: OrganisationId) -> bool {
        self.state.organisation(id).is_some_and(|organisation| organisation.approved.is_some())
    }

    /// The name that is meant where a sentence may have put a full stop behind it: as it stands, if an organisation is
    /// known by that.
    fn organisation_meant(&self, name: String) -> String {
        let known = self.state.organisation(self.organisation_id(&name)).is_some();
        if known { name } else { unstopped(&name).to_owned() }
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

/// The one of these names that somebody probably meant: it has one letter in four otherwise at most, or the same words
/// beside others.
fn nearest<'a>(meant: &str, names: impl Iterator<Item = &'a String>) -> Option<String> {
    let words = |name: &str| -> BTreeSet<String> {
        let words = name.to_lowercase();
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !SMALL.contains(word));
        words.map(str::to_owned).collect()
    };
    let joined = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let meant_words = words(meant);
    let far = |name: &&String| {
        let words = words(name);
        let is_part = !meant_words.is_empty() && (words.is_subset(&meant_words) || meant_words.is_subset(&words));
        let spelt = distance(&name.to_lowercase(), &meant.to_lowercase());
        if is_part { 0 } else { spelt.min(distance(&joined(&words), &joined(&meant_words))) }
    };
    let near = names.min_by_key(far)?;
    (far(&near) <= 1 + near.chars().count() / 4).then(|| near.clone())
}

/// Words that organisations have in their names or leave away.
const SMALL: [&str; 10] = ["", "the", "of", "and", "ltd", "limited", "plc", "llp", "inc", "co"];
