//! Taking in a list of people: who is new, what changes, and whose role ends.

use std::collections::BTreeSet;

use crate::domain_event::DomainEvent;
use crate::id::{MemberId, OrganisationId};
use crate::mark::Marked;
use crate::name::Address;
use crate::people::member::{Details, Person, Role, Standing};
use crate::people::roster::{self, Entry, Lister, Listing, Organisation, Reach, Roster};
use crate::say::{Joining, Staffing};
use crate::timer::{Subject, Timer, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn roster(&mut self, list: Roster) {
        for member in roster::missing(self.state, &list) {
            self.unlist(member);
        }
        self.drop_ended_marks(&list);
        self.counsellors_go();
        // People who work for the service come first, to be told of everything that waits for them on the same list.
        let (staff, others): (Vec<_>, Vec<_>) = list.entries.into_iter().partition(|entry| entry.role.is_staff());
        for entry in staff.into_iter().chain(others) {
            // The list alone does not bring back who asked to be forgotten.
            let known = roster::known(self.state, &entry).is_some();
            if known || !roster::is_forgotten(self.state, &self.settings.mark_key, &entry) {
                self.list(entry, list.by);
            }
        }
    }

    /// Takes in a list's entry about one person.
    pub(crate) fn list(&mut self, entry: Entry, by: Lister) {
        let listed = roster::known(self.state, &entry).cloned();
        let person = entry.address.as_ref().and_then(|address| self.state.member_at(address)).map(|member| member.id);
        match (listed, person) {
            (Some(listing), _) => {
                let entry = roster::merged(&listing.entry, &entry);
                if listing.entry != entry {
                    self.state.listings.put(Listing { entry: entry.clone(), by, ..listing.clone() });
                }
                let member = self.claimed(listing.member, &entry).unwrap_or(listing.member);
                self.follow_listing(member, Some(&listing.entry));
            }
            (None, Some(member)) => {
                // Somebody who is going to be forgotten stays so.
                if self.state.member(member).is_some_and(|member| matches!(member.standing, Standing::Leaving(_))) {
                    return;
                }
                self.state.listings.put(Listing { member, entry, by, code: None });
                self.follow_listing(member, None);
            }
            (None, None) => self.list_anew(entry, by),
        }
    }

    /// Somebody is listed whom the hub has never heard of.
    fn list_anew(&mut self, entry: Entry, by: Lister) {
        let code = entry.mail.as_ref().filter(|_| entry.address.is_none());
        let code = code.map(|mail| roster::Code::of(mail, &self.settings.mark_key).mark(&self.settings.mark_key));
        let (address, mail) = (entry.address.clone(), entry.mail.clone());
        let part = address.as_ref().map(|address| address.as_str().as_bytes());
        let part = part.or_else(|| mail.as_ref().map(|mail| mail.as_str().as_bytes())).unwrap_or_default();
        self.apart(&[b"new", part], |turn| {
            let member: MemberId = turn.ids.draw();
            turn.state.listings.put(Listing { member, entry, by, code });
            turn.follow_listing(member, None);
        });
    }

    /// Somebody who is listed by an email address alone turns out to have this account. If the account has visited, its
    /// conversation is theirs, and the listing goes over to it.
    fn claimed(&mut self, listed: MemberId, entry: &Entry) -> Option<MemberId> {
        let account = entry.address.as_ref().and_then(|address| self.state.member_at(address))?.id;
        (account != listed).then(|| self.hand_over(listed, account)).flatten()
    }

    /// Makes this account the one that is listed. What was kept of the listing under a key of its own goes with that key.
    pub(super) fn hand_over(&mut self, listed: MemberId, account: MemberId) -> Option<MemberId> {
        let address = self.state.member(account)?.person.address.clone();
        let listing = self.state.listings.take(listed)?;
        let entry = Entry { address: Some(address), ..listing.entry };
        self.state.listings.put(Listing { member: account, entry, code: None, ..listing });
        self.apart(&[b"handed over", &listed.to_bytes()], |turn| {
            turn.effect(BTreeSet::new(), crate::effect::Act::Forget(listed));
        });
        Some(account)
    }

    /// Brings a member in line with their listing. `before` is the listing before, if there was one.
    pub(crate) fn follow_listing(&mut self, id: MemberId, before: Option<&Entry>) {
        let Some(entry) = self.state.listing(id).map(|listing| listing.entry.clone()) else { return };
        self.propose_organisation(id, &entry);
        let may = |address: &Address| !self.is_banned(address) && !self.settings.counsels(address);
        let Some(address) = entry.address.clone().filter(may) else { return };
        let role = self.role_listed(&entry);
        let Some(member) = self.state.member(id).cloned() else {
            if entry.lasts(self.now) {
                let (name, details) = (entry.name.clone(), entry.fields());
                self.add_member(id, Person { address, name, role, details: Details::of(details) });
                self.set_role_end(id, &entry);
                self.receive(id, &entry);
            }
            return;
        };
        match (member.standing, entry.lasts(self.now)) {
            (Standing::Leaving(_), _) | (Standing::Ended, false) => {}
            (Standing::Current, false) => self.end_membership(id),
            (Standing::Current, true) => {
                let was = member.person.role;
                self.update(id, &entry, before, role);
                self.announce(DomainEvent::ListingFollowed(id));
                self.set_role_end(id, &entry);
                if role != was {
                    self.role_changed(id, was, role, &entry);
                }
            }
            (Standing::Ended, true) => {
                self.update(id, &entry, before, role);
                let mut returns = member.returns;
                if let Some(member) = self.member(id) {
                    member.standing = Standing::Current;
                    member.returns += 1;
                    returns = member.returns;
                }
                self.apart(&[b"back", &id.to_bytes(), &returns.to_be_bytes()], |turn| {
                    turn.set_role_end(id, &entry);
                    turn.receive(id, &entry);
                });
            }
        }
    }

    /// Puts somebody's listing in the place of the one before; fields that they wrote themselves stay.
    fn update(&mut self, id: MemberId, entry: &Entry, before: Option<&Entry>, role: Role) {
        let Some(member) = self.state.member(id) else { return };
        let mut person = Person { name: entry.name.clone(), role, ..member.person.clone() };
        let (listed, was) = (entry.fields(), before.map(Entry::fields).unwrap_or_default());
        for field in was.keys().filter(|field| !listed.contains_key(field)) {
            person.details.0.remove(field);
        }
        person.details.0.extend(listed.into_iter().filter(|(field, value)| was.get(field) != Some(value)));
        let person = member.with_own_words(person);
        if member.person != person
            && let Some(member) = self.member(id)
        {
            member.person = person;
        }
    }

    /// Says the first words to somebody, once their role is known.
    fn receive(&mut self, id: MemberId, entry: &Entry) {
        if self.role(id) == Some(Role::Unverified) {
            let organisation = entry.organisation().unwrap_or_default().to_owned();
            let service = self.settings.service.clone();
            self.tell(id, Joining::WaitsForOrganisation { organisation, service });
        } else {
            self.welcome(id);
        }
    }

    fn role_changed(&mut self, id: MemberId, was: Role, role: Role, entry: &Entry) {
        let part: &[&[u8]] = &[b"role", &id.to_bytes(), was.code().as_bytes(), role.code().as_bytes()];
        self.apart(part, |turn| {
            if was == Role::Unverified || role == Role::Unverified {
                turn.receive(id, entry);
            } else {
                turn.tell(id, Joining::RoleChanged { role });
            }
        });
    }

    /// The role that somebody has by their entry: an employer's people have it once staff have approved the
    /// organisation.
    fn role_listed(&self, entry: &Entry) -> Role {
        let organisation = entry.organisation().filter(|_| entry.role == Role::Employer);
        let approved = organisation.is_none_or(|name| {
            let organisation = self.state.organisation(self.organisation_id(name));
            organisation.is_some_and(|organisation| organisation.approved.is_some())
        });
        if approved { entry.role } else { Role::Unverified }
    }

    pub(crate) fn organisation_id(&self, name: &str) -> OrganisationId {
        Organisation::id(name, &self.settings.mark_key)
    }

    /// An organisation that nobody has heard of waits until staff approve it, and they are asked once.
    fn propose_organisation(&mut self, about: MemberId, entry: &Entry) {
        let Some(name) = entry.organisation().filter(|_| entry.role == Role::Employer) else { return };
        let id = self.organisation_id(name);
        if self.state.organisation(id).is_some() {
            return;
        }
        let name = name.to_owned();
        self.state.organisations.put(Organisation { id, approved: None, since: Some(self.now) });
        self.apart(&[b"organisation", &id.to_bytes()], |turn| {
            turn.tell_staff(about, &Staffing::OrganisationWaits { name }.into());
        });
    }

    /// Sets the moment at which the role ends, in place of an earlier one.
    fn set_role_end(&mut self, id: MemberId, entry: &Entry) {
        let ends = |timer: &&Timer| matches!(timer.wait, Wait::RoleEnds { .. } | Wait::VisitOver { .. });
        let set = self.state.timers_of(Subject::Member(id)).find(ends).map(|timer| (timer.id, timer.due, timer.wait));
        let wanted = entry.until.map(|until| (until, Wait::RoleEnds { member: id }));
        if set.map(|(_, due, wait)| (due, wait)) == wanted {
            return;
        }
        if let Some((timer, ..)) = set {
            self.state.timers.take(timer);
        }
        if let Some((until, wait)) = wanted {
            let part: &[&[u8]] = &[b"role-ends", &id.to_bytes(), &until.as_millis().to_be_bytes()];
            self.apart(part, |turn| turn.wait(until, wait));
        }
    }

    /// A role's last day is over.
    pub(crate) fn role_over(&mut self, id: MemberId) {
        let over = self.state.listing(id).is_some_and(|listing| !listing.entry.lasts(self.now));
        if over {
            self.end_membership(id);
        }
    }

    /// Takes these people off the roster, but for those whom somebody else has listed since.
    pub(crate) fn unlisted(&mut self, by: Lister, members: &[MemberId]) {
        for member in members {
            if self.state.listing(*member).is_some_and(|listing| listing.by == by) {
                self.unlist(*member);
            }
        }
    }

    /// Somebody is on the roster no longer.
    pub(super) fn unlist(&mut self, id: MemberId) {
        let Some(listing) = self.state.listings.take(id) else { return };
        if self.state.member(id).is_some() {
            self.end_membership(id);
        } else {
            // There never was an account; nothing but the listing had this key.
            let part: &[&[u8]] = &[b"unlisted", &listing.member.to_bytes()];
            self.apart(part, |turn| turn.effect(BTreeSet::new(), crate::effect::Act::Forget(id)));
        }
    }

    /// Marks that have ended are dropped; so are those of people who were forgotten and are no longer on a list that is
    /// whole, so that being listed anew is a new beginning.
    fn drop_ended_marks(&mut self, list: &Roster) {
        let key = &self.settings.mark_key;
        let addresses = list.entries.iter().filter_map(|entry| entry.address.as_ref());
        let mails = list.entries.iter().filter_map(|entry| entry.mail.as_ref());
        let kept: BTreeSet<_> = addresses
            .map(|address| key.id(Marked::Forgotten(address)))
            .chain(mails.map(|mail| key.id(Marked::ForgottenMail(mail.as_str()))))
            .collect();
        let ended = self.state.marks().filter(|mark| match mark.until {
            Some(until) => until <= self.now,
            None => list.reach == Reach::Whole && !kept.contains(&mark.id),
        });
        for id in ended.map(|mark| mark.id).collect::<Vec<_>>() {
            self.unmark(id);
        }
    }
}
