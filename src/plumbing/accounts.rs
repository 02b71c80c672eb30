//! The accounts of counsellors and of the two services: one small public file that both services read (requirement
//! B10).
//!
//! Counsellors are public staff, so nothing is given away by it. No account may be on both sides; no program can see
//! whether one person holds two accounts (`docs/security.md`).

use std::path::Path;

use lodge_ground::name::{Address, DisplayName};
use serde::Deserialize;

use crate::config::{self, ConfigError};

/// The accounts that counsel and the one that brokers, as the file lists them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// The counselling service's own account.
    #[serde(deserialize_with = "config::address")]
    pub counsel: Address,
    /// The people who counsel, each with an account of their own.
    #[serde(default)]
    pub counsellors: Vec<Counsellor>,
    /// The accounts of those who broker: the porter's, and those of careers staff.
    #[serde(default, deserialize_with = "config::addresses")]
    pub brokers: Vec<Address>,
}

/// A member of staff who counsels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counsellor {
    /// The account they counsel from.
    #[serde(deserialize_with = "config::address")]
    pub user: Address,
    /// The name that clients know them by.
    pub name: DisplayName,
    /// A line about them.
    #[serde(default)]
    pub card: String,
}

impl Accounts {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, an account stands in it twice, or one both counsels and brokers.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let accounts: Self = config::read(config::table(path, &[])?, path)?;
        let problems = accounts.problems();
        if problems.is_empty() { Ok(accounts) } else { Err(ConfigError::Problems { path: path.to_owned(), problems }) }
    }

    /// Whether this account counsels, or is the counselling service's own.
    pub fn counsels(&self, account: &Address) -> bool {
        self.counselling().any(|one| one == account)
    }

    /// The accounts that take part in counselling: the service's own and the counsellors'.
    pub fn counselling(&self) -> impl Iterator<Item = &Address> {
        std::iter::once(&self.counsel).chain(self.counsellors.iter().map(|one| &one.user))
    }

    fn problems(&self) -> Vec<String> {
        let both = self.brokers.iter().filter(|one| self.counsels(one));
        let both = both.map(|one| format!("brokers: {one} both counsels and brokers; no account may do both"));
        let users: Vec<&Address> = self.counsellors.iter().map(|one| &one.user).collect();
        let again =
            users.iter().enumerate().filter(|(at, user)| **user == &self.counsel || users[..*at].contains(user));
        let again = again.map(|(_, user)| format!("counsellors: {user} stands here twice, or is the service itself"));
        both.chain(again).collect()
    }
}
