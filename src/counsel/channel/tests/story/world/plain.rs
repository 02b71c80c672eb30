//! The setup of the service, with a voice that puts its messages in no particular words.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use lodge_counsel_channel::perform::Voice;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::Say;
use lodge_ground::time::{OfficeHour, Span};
use lodge_ground::wording::Rendered;

use super::address;

/// A voice that says each message as its value.
pub(super) struct Plain;

impl Voice for Plain {
    fn render(&self, say: &Say) -> Rendered {
        Rendered { plain: serde_json::to_string(say).unwrap(), html: String::new() }
    }
}

pub(super) fn settings() -> Settings {
    let days = Span::from_days;
    Settings {
        account: address("quiet"),
        servers: BTreeSet::new(),
        terms: "1".to_owned(),
        wording: "w".to_owned(),
        emergency: "Call 999.".to_owned(),
        alternatives: "Ask your doctor.".to_owned(),
        policy: "We introduce nobody.".to_owned(),
        asks_a_day: 6,
        strangers: 1000,
        claim_within: days(2),
        come_within: days(3),
        leave_within: days(7),
        keep_closed: days(90),
        warn_before: days(7),
        remind_before: days(1),
        keep_strangers: days(7),
        office: OfficeHour { zone: TimeZone::UTC, at: jiff::civil::Time::constant(9, 0, 0, 0) },
    }
}
