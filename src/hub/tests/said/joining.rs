//! Samples of messages to people who join, and to staff about them.

use lodge_core::member::Role;
use lodge_core::name::{Address, DisplayName};
use lodge_core::say::{Boundaries, Joining, Say, Staffing};
use lodge_core::time::Span;

use super::deadline;

const SERVICE: &str = "the Careers Service";

pub fn everything() -> Vec<Say> {
    to_people().into_iter().map(Say::Joining).chain(to_staff().into_iter().map(Say::Staffing)).collect()
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
        Joining::VisitorHelp { service: service() },
        Joining::NotVerified,
        Joining::WaitsForOrganisation { organisation: "City Museum".to_owned(), service: service() },
        Joining::CodeUnknown,
        Joining::CodeNotNeeded,
        Joining::Boundaries { boundaries: boundaries(quiet), agreed: false },
        Joining::Boundaries { boundaries: boundaries(quiet), agreed: true },
        Joining::BoundariesChanged { boundaries: boundaries(None) },
        Joining::Agreed { drafting: false, open: false },
        Joining::Agreed { drafting: true, open: false },
        Joining::Agreed { drafting: false, open: true },
        Joining::AgreeFirst,
        Joining::RoleChanged { role: Role::Alumnus },
        Joining::RoleEnded { role: Role::Intern },
        Joining::AskStaffWhat,
        Joining::StaffAsked,
        Joining::AskedStaffEnough,
    ]
}

fn to_staff() -> Vec<Staffing> {
    let who = || Address::exact("@kim:example.org").unwrap();
    let name = || "City Museum".to_owned();
    let words = "I am Kim from the history course and lost my letter.".to_owned();
    vec![
        Staffing::HelpWanted { from: who(), role: Role::Unverified, words },
        Staffing::OrganisationWaits { name: name() },
        Staffing::Organisations { waiting: vec![] },
        Staffing::Organisations { waiting: vec![name(), "Harrow & Lane".to_owned()] },
        Staffing::Approved { name: name(), people: 0 },
        Staffing::Approved { name: name(), people: 1 },
        Staffing::Approved { name: name(), people: 12 },
        Staffing::ApprovedBefore { name: name() },
        Staffing::NotStaff,
        Staffing::VerifyHow,
        Staffing::OrganisationMissing,
        Staffing::OnlyAdministrators { role: Role::Staff },
        Staffing::OnlyAdministrators { role: Role::Administrator },
        Staffing::Verified { who: who(), role: Role::Student, until: None, waits: None },
        Staffing::Verified { who: who(), role: Role::Employer, until: Some(deadline()), waits: Some(name()) },
        Staffing::TakesNoPart { who: who() },
        Staffing::NotListed { who: who() },
        Staffing::DeviceHow { who: who() },
        Staffing::NoDeviceWaits { who: who() },
        Staffing::DeviceConfirmed { who: who() },
        Staffing::RoleEnded { who: who(), role: Role::Intern },
    ]
}
