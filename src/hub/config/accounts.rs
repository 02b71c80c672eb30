//! The accounts that counsel, held against the rest of the configuration: no account may do both (requirement B10).

use std::collections::BTreeSet;
use std::path::Path;

use lodge_core::name::Address;
use lodge_plumbing::accounts::Accounts;

use super::Config;

impl Config {
    /// The accounts that counsel, and their service's own; none where no file lists them.
    pub fn counsels(&self) -> BTreeSet<Address> {
        self.accounts.iter().flat_map(Accounts::counselling).cloned().collect()
    }

    /// The file that lists them, and its content.
    pub(crate) fn accounts_file(&self) -> Option<(&Path, &Accounts)> {
        self.service.accounts.as_deref().zip(self.accounts.as_ref())
    }

    /// The contradictions between the list of accounts and the configuration.
    pub(super) fn account_problems(&self) -> Vec<String> {
        let Some((file, accounts)) = self.accounts_file() else { return Vec::new() };
        let file = file.display();
        let used = [
            ("matrix.user", Some(&self.matrix.user)),
            ("administrator.address", self.administrator.as_ref().map(|person| &person.address)),
            ("community.standby", self.community.standby.as_ref()),
        ];
        let both = used.into_iter().filter_map(|(key, account)| Some((key, account?)));
        let both = both.filter(|(_, account)| accounts.counsels(account)).map(|(key, account)| {
            format!(
                "{key}: {account} counsels, as {file} says, and no account may do both; give whoever counsels an \
                 account that does nothing else, and list that one in {file}"
            )
        });
        let quiet_room = self.joining.quiet_room.as_deref().and_then(|link| Address::typed(link).ok());
        let other = quiet_room.filter(|account| *account != accounts.counsel).map(|account| {
            format!(
                "joining.quiet_room: expected {}, as {file} names the account of the service that counsels, found {account}",
                accounts.counsel
            )
        });
        both.chain(other).collect()
    }
}
