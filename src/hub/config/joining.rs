//! The settings of joining: the boundaries that people agree to, the servers they may come from unknown, and the page
//! on which they register.

use std::collections::BTreeSet;

use lodge_core::name::{Address, DisplayName};
use lodge_core::policy;
use lodge_core::time::Span;
use lodge_ground::link;
use serde::Deserialize;
use url::Url;

use super::introductions::{lasting, within};

/// The first administrator, who verifies everybody else who works for the service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Administrator {
    /// The account at which they are reached.
    #[serde(deserialize_with = "lodge_plumbing::config::address")]
    pub address: Address,
    /// The name that others are shown.
    pub name: DisplayName,
}

/// The settings of joining.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Joining {
    /// The edition of the boundaries.
    pub boundaries: String,
    /// A link to the confidential service, for the one message that mentions it.
    pub quiet_room: Option<String>,
    /// Servers, beside the porter's own, whose accounts may come to the porter.
    pub servers: BTreeSet<String>,
    /// Somebody whom nobody has verified may stay this long.
    pub visit: Span,
    /// There may be this many such people at a time.
    pub visitors: usize,
    /// One person may ask the staff for help this often in a day.
    pub help_a_day: usize,
    /// The page on which people register an account, for the letters to those who have none.
    pub register_at: Option<Url>,
    /// The key to the registration page.
    pub registration: Registration,
    /// They have this long to register.
    pub register_within: Span,
}

/// The key to the registration of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// A token that the homeserver takes once: the code that the porter knows them by.
    Token,
    /// The institution's own log-in, by `OpenID` Connect: the homeserver asks for no token.
    Oidc,
}

impl Joining {
    pub(super) fn settings(&self) -> policy::Joining {
        policy::Joining {
            boundaries: self.boundaries.clone(),
            quiet_room: self.quiet_room.clone(),
            visit: self.visit,
            visitors: self.visitors,
            help_a_day: self.help_a_day,
        }
    }

    pub(super) fn problems(&self) -> Vec<String> {
        let empty = self.boundaries.trim().is_empty();
        let empty = empty.then(|| "joining.boundaries: expected an edition such as \"1\", found nothing".to_owned());
        let way = self.quiet_room.as_deref().filter(|way| link::to_way(way).is_none());
        let way = way.map(|way| {
            format!(
                "joining.quiet_room: expected an account such as @quiet:example.org, or a link that begins with \
                 https://, found {way:?}"
            )
        });
        [
            empty,
            way,
            lasting("joining.visit", self.visit),
            lasting("joining.register_within", self.register_within),
            within("joining.visitors", self.visitors, 0..=100_000),
            within("joining.help_a_day", self.help_a_day, 1..=100),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Default for Joining {
    fn default() -> Self {
        Self {
            boundaries: "1".to_owned(),
            quiet_room: None,
            servers: BTreeSet::new(),
            visit: Span::from_days(14),
            visitors: 200,
            help_a_day: 3,
            register_at: None,
            registration: Registration::Token,
            register_within: Span::from_days(60),
        }
    }
}
