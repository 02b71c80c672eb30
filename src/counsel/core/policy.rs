//! What the service sets.

use std::collections::BTreeSet;

use lodge_ground::name::Address;
use lodge_ground::time::{OfficeHour, Span};

/// What the service sets. Every duration is a setting, so that a test runs three months in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The service's own account.
    pub account: Address,
    /// Servers other than its own whose people may write to it.
    pub servers: BTreeSet<String>,
    /// Which edition of the terms holds.
    pub terms: String,
    /// Which edition of the wording holds.
    pub wording: String,
    /// What to do in an emergency: a page of the service's own, with its numbers.
    pub emergency: String,
    /// Where else somebody can turn, when nobody has time: a page of the service's own.
    pub alternatives: String,
    /// How the service itself says that counsellors introduce nobody (B6).
    pub policy: String,
    /// How often one client may ask in a day. Nothing else that a client can do is counted.
    pub asks_a_day: usize,
    /// How many people may be known at a time who have not agreed to the terms. Whoever comes when there are as many is
    /// not let in.
    pub strangers: usize,
    /// How long counsellors have to take a case.
    pub claim_within: Span,
    /// How long both have to come into their room.
    pub come_within: Span,
    /// How long both have to leave it.
    pub leave_within: Span,
    /// How long a closed case is kept.
    pub keep_closed: Span,
    /// How long before that both are told of it.
    pub warn_before: Span,
    /// How long before a meeting both are reminded.
    pub remind_before: Span,
    /// How long somebody is known who wrote and did not agree to the terms.
    pub keep_strangers: Span,
    /// The zone and hour in which the service answers.
    pub office: OfficeHour,
}

impl Settings {
    /// Whether somebody with this account may write to the service.
    pub fn admits(&self, who: &Address) -> bool {
        *who != self.account && (who.server() == self.account.server() || self.servers.contains(who.server()))
    }
}
