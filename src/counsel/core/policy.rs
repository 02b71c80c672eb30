//! The service's settings, as the core needs them.

use std::collections::BTreeSet;

use lodge_ground::name::Address;
use lodge_ground::time::{OfficeHour, Span};

/// The service's settings. Every duration is one, so that a test runs three months in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The service's own account.
    pub account: Address,
    /// Servers other than its own whose people may write to it.
    pub servers: BTreeSet<String>,
    /// The edition of the terms in force.
    pub terms: String,
    /// The edition of the wording in force.
    pub wording: String,
    /// The page on what to do in an emergency, with the service's own numbers.
    pub emergency: String,
    /// The page of other places to turn to, for when nobody has time.
    pub alternatives: String,
    /// The service's own words for counsellors introducing nobody (B6).
    pub policy: String,
    /// One client may ask this often in a day. Nothing else that a client can do is counted.
    pub asks_a_day: usize,
    /// This many people may be known at a time who have not agreed to the terms. Anybody else who comes then is not let
    /// in.
    pub strangers: usize,
    /// Counsellors have this long to take a case.
    pub claim_within: Span,
    /// Both have this long to come into their room.
    pub come_within: Span,
    /// Both have this long to leave it.
    pub leave_within: Span,
    /// A closed case is kept this long.
    pub keep_closed: Span,
    /// Both are told of the erasure this long before it.
    pub warn_before: Span,
    /// Both are reminded of a meeting this long before it.
    pub remind_before: Span,
    /// Somebody who wrote and did not agree to the terms is known this long.
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
