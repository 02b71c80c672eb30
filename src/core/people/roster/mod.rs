//! The roster: whom the service knows, in which role and until when; and the codes by which people show that they are
//! the ones who are meant.
//!
//! Roles are verified, never claimed: by the roster, by a code from it, or by staff.

mod code;
mod endings;
mod plan;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::id::{MemberId, OrganisationId};
use crate::mark::{MarkId, MarkKey, Marked};
use crate::name::{Address, DisplayName, clean_line};
use crate::people::member::{Field, Person, Role};
use crate::time::Timestamp;

pub use code::Code;
pub use endings::{Endings, endings};
pub use plan::{Change, Problem, doing_both, invitees, is_forgotten, known, merged, missing, parts, plan, problems};

/// An email address, by which the service's own records know a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct MailAddress(String);

/// Text that should have been an email address and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an email address: expected one such as \"sam@example.org\", found {0:?}")]
pub struct NotAMailAddress(String);

/// The longest email address, in bytes (RFC 5321, 4.5.3.1.3, less the angle brackets).
const MAIL_BYTES_MAX: usize = 254;

impl MailAddress {
    /// Reads an email address. It is kept in lower case, as services compare them.
    ///
    /// # Errors
    /// When it cannot be one. Whether mail arrives there is not asked.
    pub fn parse(text: &str) -> Result<Self, NotAMailAddress> {
        let wrong = || NotAMailAddress(text.chars().take(80).collect());
        let mail = text.trim().to_lowercase();
        let (local, domain) = mail.rsplit_once('@').ok_or_else(wrong)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
        let fits = !local.is_empty()
            && !local.contains('@')
            && domain.split('.').count() > 1
            && domain.split('.').all(|label| !label.is_empty())
            && mail.chars().all(plain)
            && mail.len() <= MAIL_BYTES_MAX;
        if fits { Ok(Self(mail)) } else { Err(wrong()) }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MailAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A person as the roster has them. By their email address, or else by the one of their account, they are found again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The address that the service writes to.
    pub mail: Option<MailAddress>,
    /// The address of their account, if the service knows one.
    pub address: Option<Address>,
    /// The name in the service's records.
    pub name: DisplayName,
    /// The role that the list gives them.
    pub role: Role,
    /// The group they came with, such as a year's students.
    pub cohort: Option<String>,
    /// Further details that are known and that they could show.
    pub details: BTreeMap<Field, String>,
    /// The time at which the role ends, if it does.
    pub until: Option<Timestamp>,
}

impl Entry {
    /// The organisation that they speak for or work at.
    pub fn organisation(&self) -> Option<&str> {
        self.details.get(&Field::Organisation).map(String::as_str)
    }

    /// Whether the role has not ended.
    pub fn lasts(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// The fields that they could show, their email address included.
    pub fn fields(&self) -> BTreeMap<Field, String> {
        let mut fields = self.details.clone();
        if let Some(mail) = &self.mail {
            fields.entry(Field::Email).or_insert_with(|| mail.to_string());
        }
        fields
    }
}

impl From<Person> for Entry {
    fn from(person: Person) -> Self {
        let Person { address, name, role, details } = person;
        Self { mail: None, address: Some(address), name, role, cohort: None, details: details.0, until: None }
    }
}

/// A list of people, to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// The people on it.
    pub entries: Vec<Entry>,
    /// The meaning of the list for people who are not on it.
    pub reach: Reach,
    /// The source of the list.
    pub by: Lister,
}

/// The meaning of a list for people who are not on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The list is about these people only.
    These,
    /// The list is all that the same lister knows: a person who is not on it is a member no longer.
    Whole,
}

/// The source of a listing. A list that is whole ends the membership of nobody whom another listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lister {
    /// The configuration: the first administrator.
    Configuration,
    /// The service's records, as they are imported.
    Records,
    /// This member of staff, who verified them.
    Staff(MemberId),
}

impl Roster {
    /// A list that is all the service's records know.
    pub fn whole(entries: impl IntoIterator<Item = impl Into<Entry>>) -> Self {
        let entries = entries.into_iter().map(Into::into).collect();
        Self { entries, reach: Reach::Whole, by: Lister::Records }
    }

    /// A list that says nothing about others.
    pub fn these(by: Lister, entries: impl IntoIterator<Item = impl Into<Entry>>) -> Self {
        Self { entries: entries.into_iter().map(Into::into).collect(), reach: Reach::These, by }
    }
}

/// Somebody on the roster, as it is kept. A person without an account yet is here and is no member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Their id, now or later, as a member. Their key seals this row.
    pub member: MemberId,
    /// Their entry on the list.
    pub entry: Entry,
    /// The source that listed them.
    pub by: Lister,
    /// The mark that their code is found by, for as long as it can be used.
    pub code: Option<MarkId>,
}

/// An organisation that employs people. Its people are verified once staff have approved it. Its name is kept with its
/// people and nowhere else: it may be that of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id, which follows from its name.
    pub id: OrganisationId,
    /// The member of staff who approved it, and the time; `None` while nobody has.
    pub approved: Option<(MemberId, Timestamp)>,
    /// The time since which it waits to be approved. Older rows do not tell.
    #[serde(default)]
    pub since: Option<Timestamp>,
}

impl Organisation {
    /// The id of the organisation with this name, however it is spaced or capitalised.
    pub fn id(name: &str, key: &MarkKey) -> OrganisationId {
        let plain = clean_line(name).to_lowercase();
        OrganisationId::from_bytes(key.id(Marked::Organisation(&plain)).to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_are_read_and_others_named() {
        assert_eq!(MailAddress::parse(" Sam.Reed@Mail.Example ").unwrap().as_str(), "sam.reed@mail.example");
        for wrong in ["sam", "sam@mail", "@mail.example", "sam@", "a b@mail.example", "a@b@mail.example", "a@mail..x"] {
            assert!(MailAddress::parse(wrong).is_err(), "{wrong:?} was taken for an email address");
        }
    }
}
