//! The plan for taking in a list: the changes, and the entries that cannot be taken in. It is made before anything is
//! done.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::{Code, Entry, Listing, MailAddress, Organisation, Reach, Roster};
use crate::id::{MemberId, OrganisationId};
use crate::input::Input;
use crate::mark::{MarkKey, Marked};
use crate::name::Address;
use crate::people::member::{Member, Role, Standing};
use crate::policy::Settings;
use crate::state::State;
use crate::time::Timestamp;

/// A change that a list would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Somebody is listed who was not.
    New(Entry),
    /// The listing of somebody changes.
    Changed {
        /// Their entry before.
        from: Entry,
        /// Their entry after.
        to: Entry,
    },
    /// Somebody who was a member is one again.
    Returns(Entry),
    /// Somebody is a member no longer.
    Ends(Entry),
    /// Somebody is not taken in, for they asked to be forgotten.
    Forgotten(Entry),
    /// An organisation is new, and its people wait until staff approve it.
    Waits {
        /// The organisation's name.
        organisation: String,
        /// The number of its people on the list.
        people: usize,
    },
}

/// The reason for which an entry of a list cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The entry has nothing to find the person by.
    #[error("neither an email address nor a Matrix id; give one of them")]
    Nothing,
    /// The same person stands twice on the list.
    #[error("{what} stands on the list already; each person once")]
    Twice {
        /// The thing that two entries share.
        what: String,
    },
    /// Two people who are known would become one.
    #[error("{mail} and {address} belong to two people the hub knows; correct one of them, or end one first")]
    TwoPeople {
        /// The email address of the entry.
        mail: MailAddress,
        /// The account's address in the entry.
        address: Address,
    },
    /// Their account is known under another address.
    #[error(
        "{mail} is known as {known}; an account cannot be exchanged for another. End the one and list the other anew"
    )]
    OtherAccount {
        /// The email address of the entry.
        mail: MailAddress,
        /// The address that is known.
        known: Address,
    },
    /// The account is the porter's own.
    #[error("{0} is the porter's own account, which is no member")]
    Porter(Address),
    /// The account counsels.
    #[error("{0} counsels, and such an account is no member; list the person under an account of their own for this")]
    Counsels(Address),
    /// Nobody is listed as not verified.
    #[error("role: expected student, alumnus, employer, staff, intern or administrator")]
    Unverified,
    /// An employer without an organisation.
    #[error("organisation: an employer's people belong to one; none is given")]
    NoOrganisation,
}

/// The entries of a list that cannot be taken in, each by its place, counted from 0; empty when all can.
pub fn problems(state: &State, settings: &Settings, roster: &Roster) -> Vec<(usize, Problem)> {
    let mut problems = Vec::new();
    let (mut mails, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for (place, entry) in roster.entries.iter().enumerate() {
        let mut wrong = |problem| problems.push((place, problem));
        if entry.mail.is_none() && entry.address.is_none() {
            wrong(Problem::Nothing);
        }
        if let Some(mail) = entry.mail.as_ref().filter(|mail| !mails.insert(*mail)) {
            wrong(Problem::Twice { what: mail.to_string() });
        }
        if let Some(address) = entry.address.as_ref().filter(|address| !addresses.insert(*address)) {
            wrong(Problem::Twice { what: address.to_string() });
        }
        if let Some(address) = entry.address.as_ref().filter(|address| **address == settings.porter) {
            wrong(Problem::Porter(address.clone()));
        }
        if let Some(address) = entry.address.as_ref().filter(|address| settings.counsels(address)) {
            wrong(Problem::Counsels(address.clone()));
        }
        match entry.role {
            Role::Unverified => wrong(Problem::Unverified),
            Role::Employer if entry.organisation().is_none() => wrong(Problem::NoOrganisation),
            Role::Student | Role::Alumnus | Role::Employer | Role::Staff | Role::Intern | Role::Administrator => {}
        }
        if let Some(problem) = confusion(state, entry) {
            wrong(problem);
        }
    }
    problems
}

/// Whether this entry's email address and account lead to two different people.
fn confusion(state: &State, entry: &Entry) -> Option<Problem> {
    let (mail, address) = (entry.mail.clone()?, entry.address.clone()?);
    let by_mail = state.listing_with_mail(&mail)?;
    if by_mail.entry.address.as_ref() == Some(&address) {
        return None;
    }
    if let Some(known) = by_mail.entry.address.clone() {
        return Some(Problem::OtherAccount { mail, known });
    }
    let listed = state.member_at(&address).is_some_and(|member| state.listing(member.id).is_some());
    listed.then_some(Problem::TwoPeople { mail, address })
}

/// The accounts that counsel and have a role here all the same: no account may do both (requirement B10).
pub fn doing_both(state: &State, settings: &Settings, now: Timestamp) -> Vec<(Address, Role)> {
    let verified = |member: &&Member| member.standing == Standing::Current && member.person.role != Role::Unverified;
    let members = state.members().filter(verified).map(|member| (member.person.address.clone(), member.person.role));
    let listed = state.listings().map(|listing| &listing.entry).filter(|entry| entry.lasts(now));
    let listed = listed.filter_map(|entry| Some((entry.address.clone()?, entry.role)));
    let both: BTreeMap<_, _> = members.chain(listed).filter(|(account, _)| settings.counsels(account)).collect();
    both.into_iter().collect()
}

/// The listing that an entry is about, if its person is listed.
pub fn known<'a>(state: &'a State, entry: &Entry) -> Option<&'a Listing> {
    let by_mail = entry.mail.as_ref().and_then(|mail| state.listing_with_mail(mail));
    by_mail.or_else(|| state.listing(state.member_at(entry.address.as_ref()?)?.id))
}

/// The people who are listed and are missing from a list that is whole.
pub fn missing(state: &State, roster: &Roster) -> Vec<MemberId> {
    match roster.reach {
        Reach::These => vec![],
        Reach::Whole => {
            let kept: BTreeSet<MemberId> =
                roster.entries.iter().filter_map(|entry| known(state, entry)).map(|listing| listing.member).collect();
            let theirs = state.listings().filter(|listing| listing.by == roster.by);
            theirs.map(|listing| listing.member).filter(|member| !kept.contains(member)).collect()
        }
    }
}

/// Inputs that bring nearly all changes about that this list makes, each about no more than `at_most` people: those who
/// are not on it any more first, then those who work for the service. The list itself, taken in after them, does the
/// rest.
pub fn parts(state: &State, roster: &Roster, at_most: usize) -> VecDeque<Input> {
    let missing = missing(state, roster);
    let (staff, others): (Vec<_>, Vec<_>) = roster.entries.iter().cloned().partition(|entry| entry.role.is_staff());
    let entries = [staff, others].concat();
    let listed = |entries: &[Entry]| Input::Roster(Roster::these(roster.by, entries.iter().cloned()));
    let unlisted = missing.chunks(at_most).map(|members| Input::Unlisted(roster.by, members.to_vec()));
    unlisted.chain(entries.chunks(at_most).map(listed)).collect()
}

/// Whether the person of this entry asked to be forgotten, so that the list alone does not bring them back.
pub fn is_forgotten(state: &State, key: &MarkKey, entry: &Entry) -> bool {
    let address = entry.address.as_ref().map(|address| key.id(Marked::Forgotten(address)));
    let mail = entry.mail.as_ref().map(|mail| key.id(Marked::ForgottenMail(mail.as_str())));
    address.into_iter().chain(mail).any(|id| state.mark(id).is_some())
}

/// Whether somebody was a member before, and still has their conversation with the porter.
fn was_member(state: &State, entry: &Entry) -> bool {
    let member = entry.address.as_ref().and_then(|address| state.member_at(address));
    member.is_some_and(|member| member.standing == Standing::Ended)
}

/// The changes that a list would make, in its order; those for people who are not on it come last.
pub fn plan(state: &State, key: &MarkKey, roster: &Roster) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut waiting: BTreeMap<OrganisationId, (String, usize)> = BTreeMap::new();
    for entry in &roster.entries {
        match known(state, entry) {
            Some(listing) if listing.entry == merged(&listing.entry, entry) => {}
            Some(listing) => {
                let to = merged(&listing.entry, entry);
                changes.push(Change::Changed { from: listing.entry.clone(), to });
            }
            None if is_forgotten(state, key, entry) => changes.push(Change::Forgotten(entry.clone())),
            None if was_member(state, entry) => changes.push(Change::Returns(entry.clone())),
            None => changes.push(Change::New(entry.clone())),
        }
        let approved = |id| state.organisation(id).is_some_and(|organisation| organisation.approved.is_some());
        if let Some(name) = entry.organisation().filter(|_| entry.role == Role::Employer) {
            let id = Organisation::id(name, key);
            if !approved(id) {
                waiting.entry(id).or_insert_with(|| (name.to_owned(), 0)).1 += 1;
            }
        }
    }
    let missing = missing(state, roster).into_iter().filter_map(|member| state.listing(member));
    changes.extend(missing.map(|listing| Change::Ends(listing.entry.clone())));
    changes.extend(waiting.into_values().map(|(organisation, people)| Change::Waits { organisation, people }));
    changes
}

/// Somebody's listing once a list has been taken in that has this entry: an account that was learned since stays.
pub fn merged(listed: &Entry, entry: &Entry) -> Entry {
    Entry { address: entry.address.clone().or_else(|| listed.address.clone()), ..entry.clone() }
}

/// Those of a list who have no account yet, with the code that each is to be sent.
pub fn invitees(state: &State, key: &MarkKey, roster: &Roster) -> Vec<(Entry, Code)> {
    let open = roster.entries.iter().filter_map(|entry| known(state, entry)).filter(|listing| listing.code.is_some());
    open.filter_map(|listing| Some((listing.entry.clone(), Code::of(listing.entry.mail.as_ref()?, key)))).collect()
}
