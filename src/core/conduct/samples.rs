//! Samples of messages about conduct in rooms for many.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::conduct::Flood;
use crate::id::IntroductionId;
use crate::name::Address;
use crate::rooms::Key;
use crate::say::{CaseLine, CasePlace, Conduct, ConductDesk, Say};
use crate::time::Span;

use crate::say::samples::{deadline, now};

/// Every kind of message about conduct.
pub(crate) fn everything() -> Vec<Say> {
    to_members().into_iter().map(Say::Conduct).chain(to_staff().into_iter().map(Say::ConductDesk)).collect()
}

fn to_members() -> Vec<Conduct> {
    let flooded = |how| Conduct::Flooded { room: room(), how, until: deadline() };
    vec![
        Conduct::Overheard { room: room(), words: "introduce @alex:example.org for career advice".to_owned() },
        Conduct::TakenAway { room: room() },
        Conduct::NotTakenAway { room: room() },
        Conduct::NothingToTakeAway,
        Conduct::ReportHow,
        Conduct::ReportKept { kept: Span::from_days(180) },
        Conduct::MessageNotFound,
        Conduct::ReportedEnough,
        Conduct::Warned { room: room(), words: "Please let others finish.".to_owned() },
        Conduct::Muted { room: room(), until: deadline() },
        flooded(Flood::Messages),
        flooded(Flood::Mentions),
        Conduct::SpeechBack { room: room() },
        Conduct::Removed { room: room() },
        Conduct::AllowedBack { room: room(), key: key() },
        Conduct::Banned { service: "the Careers Service".to_owned() },
    ]
}

fn to_staff() -> Vec<ConductDesk> {
    let reported = |words: &str, quoted: Option<&str>| ConductDesk::Reported {
        line: line(3, words),
        by: Address::exact("@noor:example.org").unwrap(),
        quoted: quoted.map(str::to_owned),
    };
    let flooding = |how| ConductDesk::Flooding { who: who(), room: room(), how, until: deadline() };
    vec![
        reported("They shout at people.", None),
        reported("", Some("You are all wrong.\nAll of you.")),
        ConductDesk::Reported { line: introduced(5), by: Address::exact("@noor:example.org").unwrap(), quoted: None },
        ConductDesk::Reports { lines: vec![] },
        ConductDesk::Reports { lines: vec![line(3, "They shout at people."), line(4, ""), introduced(5)] },
        ConductDesk::How,
        ConductDesk::NoSuchReport { number: 9 },
        ConductDesk::JudgedBefore { number: 3 },
        ConductDesk::CannotWarn { number: 3 },
        ConductDesk::WarningTells { number: 5 },
        ConductDesk::Warned { number: 3, who: who() },
        ConductDesk::Dismissed { number: 3 },
        ConductDesk::NoSuchRoom { key: "farma".to_owned() },
        ConductDesk::Muted { who: who(), room: room(), until: deadline() },
        ConductDesk::Unmuted { who: who(), room: room() },
        ConductDesk::Removed { who: who(), room: room() },
        ConductDesk::Allowed { who: who(), room: room() },
        ConductDesk::NothingToUndo { who: who() },
        ConductDesk::Banned { who: who() },
        ConductDesk::IsBanned { who: who() },
        ConductDesk::BanLifted { who: who() },
        flooding(Flood::Messages),
        flooding(Flood::Mentions),
    ]
}

fn line(number: u32, words: &str) -> CaseLine {
    let place = CasePlace::Room { room: room(), key: key() };
    CaseLine { number, who: who(), place, words: words.to_owned(), at: now() }
}

/// A report about an introduction.
fn introduced(number: u32) -> CaseLine {
    let place = CasePlace::Introduction { introduction: IntroductionId::from_bytes([9; 16]) };
    CaseLine { number, who: who(), place, words: "He keeps asking for my phone number.".to_owned(), at: now() }
}

fn who() -> Address {
    Address::exact("@sam:example.org").unwrap()
}

fn room() -> String {
    "Careers in pharma".to_owned()
}

fn key() -> Key {
    Key::parse("pharma").unwrap()
}
