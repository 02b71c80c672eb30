//! The name by which somebody asks for a person, as far as they know it themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::name::Address;
use crate::people::member::Member;

/// The person somebody asked for: by the address they typed, or by the name the mentors' list showed them. The
/// requester is never shown more than that before a yes, least of all the address behind an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Named {
    /// An address that they typed, whether or not a member has it.
    Address(Address),
    /// An entry of the mentors' list.
    Entry {
        /// The member whose entry it is. It is not shown.
        member: MemberId,
        /// The name that stood there, for as long as the request is open: it is the mentor's, and the request's outcome
        /// must read the same whether or not they are still here.
        shown_as: Option<String>,
    },
}

impl Named {
    /// Whether this is the same choice, even if the name is no longer known.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Address(one), Self::Address(two)) => one == two,
            (Self::Entry { member: one, .. }, Self::Entry { member: two, .. }) => one == two,
            (Self::Address(_), Self::Entry { .. }) | (Self::Entry { .. }, Self::Address(_)) => false,
        }
    }

    /// Whether it names this member.
    pub fn means(&self, member: &Member) -> bool {
        match self {
            Self::Address(address) => *address == member.person.address,
            Self::Entry { member: entry, .. } => *entry == member.id,
        }
    }

    /// The address, where it was typed.
    pub fn typed(&self) -> Option<&Address> {
        match self {
            Self::Address(address) => Some(address),
            Self::Entry { .. } => None,
        }
    }

    /// The same without the name of an entry.
    #[must_use]
    pub fn without_name(self) -> Self {
        match self {
            Self::Address(_) => self,
            Self::Entry { member, .. } => Self::Entry { member, shown_as: None },
        }
    }
}

impl From<Address> for Named {
    fn from(address: Address) -> Self {
        Self::Address(address)
    }
}

/// The name as its chooser knows it, in documents for programs.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Entry { shown_as: Some(name), .. } => f.write_str(name),
            Self::Entry { shown_as: None, .. } => f.write_str("somebody from the mentors' list"),
        }
    }
}
