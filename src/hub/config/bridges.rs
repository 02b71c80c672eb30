//! The bridges to other networks, by their registrations with the homeserver.

use lodge_core::name::Address;
use lodge_core::rooms::{Bridge as Allowed, Users};
use serde::{Deserialize, Deserializer};

/// A bridge, by its accounts on the homeserver.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bridge {
    /// Its own account: the registration's `sender_localpart`, on its homeserver.
    #[serde(deserialize_with = "lodge_plumbing::config::address")]
    pub sender: Address,
    /// The pattern of the accounts that it makes, from the registration's namespaces.
    #[serde(deserialize_with = "users")]
    pub users: Users,
}

impl Bridge {
    /// The bridge as the core knows it.
    pub(super) fn allowed(&self) -> Allowed {
        Allowed { sender: self.sender.clone(), users: self.users.clone() }
    }
}

/// The mistakes in the list of bridges, each with its key. Nobody whom the hub relies on may be taken for a bridge.
pub(super) fn problems(bridges: &[Bridge], relied_on: &[&Address]) -> Vec<String> {
    let problem = |(index, bridge): (usize, &Bridge)| {
        let who = relied_on.iter().find(|who| bridge.allowed().has(who))?;
        Some(format!("bridges[{index}]: expected accounts of a bridge only, found one that has {who} among them"))
    };
    bridges.iter().enumerate().filter_map(problem).collect()
}

fn users<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Users, D::Error> {
    Users::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}
