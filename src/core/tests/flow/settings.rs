// The settings of a service in a test. The example beside `step` includes this file, so it has no documentation of its own.

use std::collections::BTreeSet;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_core::consent::Versions;
use lodge_core::mark::MarkKey;
use lodge_core::name::Address;
use lodge_core::policy::{Directory, Joining, Limits, Offers, Purpose, PurposeId, Settings};
use lodge_core::rooms::RoomSettings;
use lodge_core::time::{OfficeHour, Span};

pub fn settings() -> Settings {
    let address = |id: &str| Address::exact(id).expect("an address");
    let purpose = |id: &str, label: &str| Purpose { id: PurposeId::new(id), label: label.to_owned() };
    Settings {
        service: "Careers".to_owned(),
        porter: address("@porter:example.org"),
        bring_after: Span::from_millis(0),
        answer_within: Span::from_days(14),
        office: OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) },
        reminders: vec![Span::from_days(5), Span::from_days(12)],
        join_within: Span::from_days(7),
        settle: Span::from_millis(2_000),
        ask_after: Span::from_days(14),
        call_link: None,
        kept_for: Span::from_days(730),
        forget_within: Span::from_days(1),
        limits: Limits {
            waiting: 3,
            sent_a_month: 6,
            received_a_month: 4,
            cooldown: Span::from_days(90),
            questions: 2,
            block: Span::from_days(730),
            pause: Span::from_days(365),
        },
        message_chars_max: 500,
        words_chars_max: 200,
        purposes: vec![
            purpose("information-interview", "an information interview"),
            purpose("career-advice", "career advice"),
        ],
        personal: ["date", "going out", "romance"].map(str::to_owned).to_vec(),
        policy: "We introduce people for work and studies.".to_owned(),
        offers: Offers::default(),
        directory: Directory::default(),
        counsels: BTreeSet::from([address("@kim-quiet:example.org")]),
        phrases: lodge_core::wording::english_phrases(),
        lists: lodge_core::interview::Lists::english(),
        mark_key: MarkKey::from_bytes([9; 32]),
        rooms: RoomSettings::default(),
        versions: Versions { wording: "w1".to_owned(), policy: "1".to_owned() },
        joining: Joining {
            boundaries: "1".to_owned(),
            quiet_room: Some("@quiet:example.org".to_owned()),
            visit: Span::from_days(14),
            visitors: 3,
            help_a_day: 2,
        },
    }
}
