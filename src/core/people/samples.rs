//! Samples of messages to people who join, about their devices, and about the requests they are brought.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use lodge_ground::proof::DeviceCode;

use crate::name::{Address, DisplayName};
use crate::people::member::Role;
use crate::say::samples::{alex, deadline, now};
use crate::say::{Boundaries, Devices, Joining, OwnBlock, Receiving, Say, Staffing};
use crate::time::Span;

const SERVICE: &str = "the Careers Service";

/// Every kind of message about people.
pub(crate) fn everything() -> Vec<Say> {
    let joining = to_people().into_iter().map(Say::Joining).chain(to_staff().into_iter().map(Say::Staffing));
    let own = devices().into_iter().map(Say::Devices).chain(receiving().into_iter().map(Say::Receiving));
    joining.chain(own).collect()
}

fn boundaries(quiet_room: Option<&str>) -> Boundaries {
    Boundaries { within: Span::from_days(14), quiet_room: quiet_room.map(str::to_owned) }
}

fn to_people() -> Vec<Joining> {
    let name = || DisplayName::parse("Sam Okafor").unwrap();
    let (service, quiet) = (|| SERVICE.to_owned(), Some("@quiet:example.org"));
    vec![
        Joining::Welcome { name: name(), service: service(), role: Role::Student, boundaries: boundaries(None) },
        Joining::Welcome { name: name(), service: service(), role: Role::Employer, boundaries: boundaries(quiet) },
        Joining::Visitor { service: service(), within: Span::from_days(14) },
        Joining::About { service: service() },
        Joining::VisitorHelp { service: service() },
        Joining::NotVerified,
        Joining::WaitsForOrganisation { organisation: "City Museum".to_owned(), service: service() },
        Joining::StillWaits { organisation: "City Museum".to_owned() },
        Joining::CodeUnknown,
        Joining::CodeNotNeeded,
        Joining::Boundaries { boundaries: boundaries(quiet), agreed: false },
        Joining::Boundaries { boundaries: boundaries(quiet), agreed: true },
        Joining::BoundariesChanged { boundaries: boundaries(None) },
        Joining::Agreed { drafting: false, open: false, mentors: false },
        Joining::Agreed { drafting: false, open: false, mentors: true },
        Joining::Agreed { drafting: true, open: false, mentors: true },
        Joining::Agreed { drafting: false, open: true, mentors: true },
        Joining::AgreeFirst,
        Joining::RoleChanged { role: Role::Alumnus },
        Joining::RoleEnded { role: Role::Intern },
        Joining::AskStaffWhat,
        Joining::StaffAsked,
        Joining::AskedStaffEnough,
        Joining::StaffSay { words: "Yes, come and see us on Tuesday at two.".to_owned() },
        Joining::WentBack { to: now(), was_listed: false },
        Joining::WentBack { to: now(), was_listed: true },
    ]
}

fn to_staff() -> Vec<Staffing> {
    let who = || Address::exact("@kim:example.org").unwrap();
    let name = || "City Museum".to_owned();
    let words = "I am Kim from the history course and lost my letter.".to_owned();
    vec![
        Staffing::HelpWanted { from: who(), role: Role::Unverified, words: words.clone(), before: None, draft: None },
        Staffing::HelpWanted {
            from: who(),
            role: Role::Student,
            words: words.clone(),
            before: None,
            draft: Some("an information interview".to_owned()),
        },
        Staffing::HelpWanted {
            from: who(),
            role: Role::Student,
            words,
            before: Some("May I come by?".to_owned()),
            draft: None,
        },
        Staffing::Told { who: who() },
        Staffing::ToldBy {
            who: who(),
            by: Address::exact("@jo:example.org").unwrap(),
            words: "Yes, come and see us on Tuesday at two.".to_owned(),
        },
        Staffing::OrganisationWaits { name: name() },
        Staffing::Organisations { waiting: vec![] },
        Staffing::Organisations { waiting: vec![name(), "Harrow & Lane".to_owned()] },
        Staffing::NoneWaits { name: "city musem".to_owned(), near: Some(name()) },
        Staffing::NoneWaits { name: "Harbour Press".to_owned(), near: None },
        Staffing::Approved { name: name(), people: 1 },
        Staffing::Approved { name: name(), people: 12 },
        Staffing::ApprovedBefore { name: name() },
        Staffing::NotStaff,
        Staffing::VerifyHow,
        Staffing::VerifyUnclear,
        Staffing::OrganisationMissing,
        Staffing::OnlyAdministrators { role: Role::Staff },
        Staffing::OnlyAdministrators { role: Role::Administrator },
        Staffing::Verified { who: who(), role: Role::Student, until: None, waits: None, met: true },
        Staffing::Verified { who: who(), role: Role::Student, until: None, waits: None, met: false },
        Staffing::Verified {
            who: who(),
            role: Role::Employer,
            until: Some(deadline()),
            waits: Some(name()),
            met: true,
        },
        Staffing::TakesNoPart { who: who() },
        Staffing::NotListed { who: who() },
        Staffing::DeviceHow { who: who() },
        Staffing::NoDeviceWaits { who: who() },
        Staffing::DeviceConfirmed { who: who() },
        Staffing::RoleEnded { who: who(), role: Role::Intern },
        Staffing::BeganAnew { heard: None },
        Staffing::BeganAnew { heard: Some(deadline()) },
    ]
}

fn devices() -> Vec<Devices> {
    vec![
        Devices::WhoseIsIt { code: DeviceCode::read("K7QM").unwrap() },
        Devices::HowTo,
        Devices::NoSuchCode,
        Devices::Confirmed,
        Devices::ConfirmedByStaff,
        Devices::OnceMore,
    ]
}

fn receiving() -> Vec<Receiving> {
    let until = deadline();
    let block = |number, address| OwnBlock { number, address, at: now(), until };
    let settings = |paused, limit, blocks| Receiving::OwnSettings { paused, limit, blocks };
    vec![
        Receiving::BlockRecorded { until },
        Receiving::BlockWhom,
        Receiving::Unblocked,
        Receiving::NotBlocked,
        Receiving::Paused { until, open: 0 },
        Receiving::Paused { until, open: 1 },
        Receiving::Paused { until, open: 2 },
        Receiving::PauseTooLong { latest: until },
        Receiving::Resumed,
        Receiving::LimitSet { limit: 0, converted: false },
        Receiving::LimitSet { limit: 1, converted: false },
        Receiving::LimitSet { limit: 2, converted: false },
        Receiving::LimitSet { limit: 8, converted: true },
        Receiving::LimitOff { limit: 1 },
        Receiving::LimitOff { limit: 4 },
        settings(None, 0, vec![]),
        settings(Some(until), 1, vec![block(1, None)]),
        settings(None, 4, vec![block(1, None), block(2, Some(alex().person.address))]),
    ]
}
