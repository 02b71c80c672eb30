//! The careers service of this world: its settings and its people.

use std::str::FromStr as _;

use lodge_channel::Options;
use lodge_channel::room::Encryption;
use lodge_core::consent::Versions;
use lodge_core::mark::MarkKey;
use lodge_core::name::Address;
use lodge_core::policy::{Directory, Joining, Limits, Offers, Purpose, PurposeId, Settings};
use lodge_core::time::{OfficeHour, Span};

use crate::life::Script;

/// The service's settings in this world.
pub fn options(script: &Script) -> Options {
    let answer_within = script.answer_within;
    let purpose = |id: &str, label: &str| Purpose { id: PurposeId::new(id), label: label.to_owned() };
    let days = Span::from_days;
    let reminders = if answer_within < days(1) { vec![Span::from_millis(1_200_000)] } else { vec![days(5), days(10)] };
    Options {
        settings: Settings {
            phrases: lodge_core::wording::english_phrases(),
            lists: lodge_core::interview::Lists::english(),
            service: "Careers".to_owned(),
            porter: Address::exact("@porter:example.org").expect("an address"),
            bring_after: Span::from_millis(5_000),
            answer_within,
            office: OfficeHour {
                zone: jiff::tz::TimeZone::UTC,
                at: jiff::civil::Time::from_str("09:00").expect("a time"),
            },
            reminders,
            join_within: days(7),
            settle: Span::from_millis(10_000),
            ask_after: days(14),
            call_link: None,
            kept_for: Span::from_days(730),
            forget_within: days(1),
            limits: Limits {
                waiting: 2,
                sent_a_month: script.sent_a_month,
                received_a_month: 6,
                cooldown: days(3),
                questions: 2,
                block: days(730),
                pause: days(365),
            },
            message_chars_max: 500,
            words_chars_max: 200,
            purposes: vec![
                purpose("information-interview", "an information interview"),
                purpose("advice", "career advice"),
            ],
            personal: vec!["date".to_owned()],
            policy: "What holds here.".to_owned(),
            offers: Offers::default(),
            directory: Directory::default(),
            counsels: script.counsels.clone(),
            mark_key: MarkKey::from_bytes([3; 32]),
            joining: Joining {
                boundaries: "1".to_owned(),
                quiet_room: None,
                visit: Span::from_days(14),
                visitors: 100,
                help_a_day: 3,
            },
            rooms: script.rooms.clone(),
            versions: Versions { wording: "w1".to_owned(), policy: "p1".to_owned() },
        },
        encryption: Encryption::EndToEnd,
        servers: std::collections::BTreeSet::new(),
        unreadable_after: Span::from_millis(600_000),
        messages_a_minute: 60,
        audit_kept_for: Span::from_days(1095),
    }
}
