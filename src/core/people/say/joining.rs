//! The porter's messages to people who join: the welcome, the boundaries, codes and roles.

use serde::{Deserialize, Serialize};

use crate::name::{Address, DisplayName};
use crate::people::member::Role;
use crate::say::Say;
use crate::time::{Span, Timestamp};
use crate::wording::{Arg, Wording};

/// The boundaries, which everybody agrees to before their first request (requirement B1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// People have this long to answer a request (requirement A4).
    pub within: Span,
    /// A link to the confidential service, if there is one (requirement B5).
    pub quiet_room: Option<String>,
}

/// A message to people who join, or whose role changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joining {
    /// An older copy of the store was put back, and nothing is known of the time after it.
    WentBack {
        /// The time of that copy.
        to: Timestamp,
        /// Whether they were in the mentors' list, and are in it no longer.
        was_listed: bool,
    },
    /// The first words to somebody whose role is known.
    Welcome {
        /// The reader's name.
        name: DisplayName,
        /// The service's name.
        service: String,
        /// The reader's role.
        role: Role,
        /// The boundaries that they are asked to agree to.
        boundaries: Boundaries,
    },
    /// The first words to somebody whom nobody has verified.
    Visitor {
        /// The service's name.
        service: String,
        /// They are forgotten after this long if it stays so.
        within: Span,
    },
    /// The porter says who it is.
    About {
        /// The service's name.
        service: String,
    },
    /// The requests that are open to somebody whom nobody has verified.
    VisitorHelp {
        /// The service's name.
        service: String,
    },
    /// Only people whose role is verified can do that.
    NotVerified,
    /// To an employer's person: staff have still to approve the organisation.
    WaitsForOrganisation {
        /// The organisation's name.
        organisation: String,
        /// The service's name.
        service: String,
    },
    /// To the same person, at whatever they try before that.
    StillWaits {
        /// The organisation's name.
        organisation: String,
    },
    /// A code that nobody has, or that was used.
    CodeUnknown,
    /// They are known already.
    CodeNotNeeded,
    /// The boundaries, once more.
    Boundaries {
        /// The boundaries that they are asked to agree to.
        boundaries: Boundaries,
        /// Whether they have agreed.
        agreed: bool,
    },
    /// The boundaries have changed.
    BoundariesChanged {
        /// The boundaries that they are asked to agree to.
        boundaries: Boundaries,
    },
    /// They have agreed to the boundaries.
    Agreed {
        /// Whether they are writing a request.
        drafting: bool,
        /// Whether a request waits for their answer.
        open: bool,
        /// Whether there is a list of people to choose from.
        #[serde(default)]
        mentors: bool,
    },
    /// They have to agree to the boundaries first.
    AgreeFirst,
    /// Their role is another now.
    RoleChanged {
        /// Their role now.
        role: Role,
    },
    /// Their role has ended, and with it their membership.
    RoleEnded {
        /// The role that has ended.
        role: Role,
    },
    /// They are asked for their question to the staff.
    AskStaffWhat,
    /// Their words are with the staff.
    StaffAsked,
    /// They have asked the staff as often as they can in a day.
    AskedStaffEnough,
    /// The staff have answered them.
    StaffSay {
        /// The words of the member of staff who answered.
        words: String,
    },
}

/// A message about members to people who work for the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Staffing {
    /// To administrators: the channel did not know any more how far it had been heard, and is heard anew.
    BeganAnew {
        /// The time at which it was last heard, where that is known.
        heard: Option<Timestamp>,
    },
    /// Somebody asks for help.
    HelpWanted {
        /// The member who wants help.
        from: Address,
        /// Their role at the service.
        role: Role,
        /// Their words, as they wrote them.
        words: String,
        /// The beginning of the question that the staff had answered before, where this goes on from there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
        /// The purpose of the draft, where the words are one that they would like the staff's view of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<String>,
    },
    /// Their words are on their way to somebody who had asked.
    Told {
        /// The person who had asked.
        who: Address,
    },
    /// A colleague has answered somebody who had asked.
    ToldBy {
        /// The person who had asked.
        who: Address,
        /// The colleague who answered.
        by: Address,
        /// The colleague's words.
        words: String,
    },
    /// An organisation waits to be approved.
    OrganisationWaits {
        /// The organisation's name.
        name: String,
    },
    /// The organisations that wait.
    Organisations {
        /// Their names.
        waiting: Vec<String>,
    },
    /// The organisation is approved.
    Approved {
        /// The organisation's name.
        name: String,
        /// The number of its people who are listed.
        people: usize,
    },
    /// The organisation was approved before.
    ApprovedBefore {
        /// The organisation's name.
        name: String,
    },
    /// No organisation waits by that name, so none is approved.
    NoneWaits {
        /// The name that was written.
        name: String,
        /// The one that waits and was probably meant.
        near: Option<String>,
    },
    /// Only people who work for the service can do that.
    NotStaff,
    /// The way to verify somebody.
    VerifyHow,
    /// A verification could be read in two ways.
    VerifyUnclear,
    /// An employer's people need an organisation.
    OrganisationMissing,
    /// Only administrators decide about this role.
    OnlyAdministrators {
        /// The role that only administrators give.
        role: Role,
    },
    /// Somebody is verified.
    Verified {
        /// The person's account.
        who: Address,
        /// The role they have now.
        role: Role,
        /// The time until which they have it, if it ends.
        until: Option<Timestamp>,
        /// The organisation that has still to be approved first.
        waits: Option<String>,
        /// Whether the account was known here before.
        #[serde(default = "yes")]
        met: bool,
    },
    /// An account that has no part in anything here, and so no role.
    TakesNoPart {
        /// The account that takes no part.
        who: Address,
    },
    /// Nobody here is known by that address.
    NotListed {
        /// The account that nobody lists.
        who: Address,
    },
    /// The way to confirm somebody's device.
    DeviceHow {
        /// The owner of the device.
        who: Address,
    },
    /// No device of theirs waits under that code.
    NoDeviceWaits {
        /// The owner of the device.
        who: Address,
    },
    /// The device counts as its owner's from now on.
    DeviceConfirmed {
        /// The owner of the device.
        who: Address,
    },
    /// Somebody's role is ended.
    RoleEnded {
        /// The person whose role has ended.
        who: Address,
        /// The role that has ended.
        role: Role,
    },
}

impl From<Joining> for Say {
    fn from(joining: Joining) -> Self {
        Self::Joining(joining)
    }
}

impl From<Staffing> for Say {
    fn from(staffing: Staffing) -> Self {
        Self::Staffing(staffing)
    }
}

impl Boundaries {
    fn wording(&self) -> Wording {
        let quiet = quiet_room_line(self.quiet_room.as_deref());
        Wording::with("boundaries", vec![("within", Arg::Long(self.within)), ("quiet", quiet)])
    }
}

/// The way to the confidential service, where there is one.
pub(crate) fn quiet_room_line(quiet_room: Option<&str>) -> Arg {
    Arg::Lines(
        quiet_room
            .iter()
            .map(|link| Wording::with("quiet-room", vec![("link", Arg::Way((*link).to_owned()))]))
            .collect(),
    )
}

impl Joining {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        let all = |boundaries: &Boundaries| ("boundaries", Arg::Lines(vec![boundaries.wording()]));
        match self {
            Self::WentBack { to, was_listed } => Wording::with(
                "went-back",
                vec![("to", Arg::When(*to)), ("listed", Arg::Number(u64::from(*was_listed)))],
            ),
            Self::Welcome { name, service, role, boundaries } => Wording::with(
                "welcome",
                vec![
                    ("name", text(name.as_str())),
                    ("service", text(service)),
                    ("role", role_word(*role)),
                    all(boundaries),
                ],
            ),
            Self::Visitor { service, within } => {
                Wording::with("visitor", vec![("service", text(service)), ("within", Arg::Long(*within))])
            }
            Self::About { service } => Wording::with("about", vec![("service", text(service))]),
            Self::VisitorHelp { service } => Wording::with("visitor-help", vec![("service", text(service))]),
            Self::NotVerified => Wording::plain("not-verified"),
            Self::WaitsForOrganisation { organisation, service } => Wording::with(
                "waits-for-organisation",
                vec![("organisation", text(organisation)), ("service", text(service))],
            ),
            Self::StillWaits { organisation } => {
                Wording::with("still-waits-for-organisation", vec![("organisation", text(organisation))])
            }
            Self::CodeUnknown => Wording::plain("code-unknown"),
            Self::CodeNotNeeded => Wording::plain("code-not-needed"),
            Self::Boundaries { boundaries, agreed } => {
                Wording::with("boundaries-again", vec![all(boundaries), ("agreed", Arg::Number(u64::from(*agreed)))])
            }
            Self::BoundariesChanged { boundaries } => Wording::with("boundaries-changed", vec![all(boundaries)]),
            Self::Agreed { drafting, open, mentors } => {
                let about = [("drafting", drafting), ("open", open), ("mentors", mentors)];
                Wording::with("agreed", about.map(|(name, is)| (name, Arg::Number(u64::from(*is)))).into())
            }
            Self::AgreeFirst => Wording::plain("agree-first"),
            Self::RoleChanged { role } => Wording::with("role-changed", vec![("role", role_word(*role))]),
            Self::RoleEnded { role } => Wording::with("role-ended", vec![("role", role_word(*role))]),
            Self::AskStaffWhat => Wording::plain("ask-staff-what"),
            Self::StaffAsked => Wording::plain("staff-asked"),
            Self::AskedStaffEnough => Wording::plain("asked-staff-enough"),
            Self::StaffSay { words } => Wording::with("staff-say", vec![("words", text(words))]),
        }
    }
}

impl Staffing {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        let who = |who: &Address| ("who", text(who.as_str()));
        match self {
            Self::BeganAnew { heard } => {
                let at = heard.map_or_else(|| text(""), Arg::When);
                Wording::with("began-anew", vec![("known", Arg::Number(u64::from(heard.is_some()))), ("heard", at)])
            }
            Self::HelpWanted { from, role, words, before, draft } => Wording::with(
                "help-wanted",
                vec![
                    who(from),
                    ("role", role_word(*role)),
                    ("words", text(words)),
                    ("further", Arg::Number(u64::from(before.is_some()))),
                    ("before", Arg::Text(before.clone().unwrap_or_default())),
                    ("draft", Arg::Number(u64::from(draft.is_some()))),
                    ("purpose", Arg::Text(draft.clone().unwrap_or_default())),
                ],
            ),
            Self::Told { who: address } => Wording::with("staff-told", vec![who(address)]),
            Self::ToldBy { who: address, by, words } => {
                Wording::with("staff-told-by", vec![who(address), ("by", text(by.as_str())), ("words", text(words))])
            }
            Self::OrganisationWaits { name } => Wording::with("organisation-waits", vec![("name", text(name))]),
            Self::Organisations { waiting } => {
                let line = |name: &String| Wording::with("organisation-line", vec![("name", text(name))]);
                let lines = Arg::Lines(waiting.iter().map(line).collect());
                Wording::with("organisations", vec![("count", Arg::Number(waiting.len() as u64)), ("waiting", lines)])
            }
            Self::Approved { name, people } => Wording::with(
                "organisation-approved",
                vec![("name", text(name)), ("people", Arg::Number(*people as u64))],
            ),
            Self::ApprovedBefore { name } => Wording::with("organisation-approved-before", vec![("name", text(name))]),
            Self::NoneWaits { name, near } => {
                let near = near.iter().map(|near| Wording::with("organisation-meant", vec![("near", text(near))]));
                let args = vec![("name", text(name)), ("near", Arg::Lines(near.collect()))];
                Wording::with("organisation-none-waits", args)
            }
            Self::NotStaff => Wording::plain("not-staff"),
            Self::VerifyHow => Wording::plain("verify-how"),
            Self::VerifyUnclear => Wording::plain("verify-unclear"),
            Self::OrganisationMissing => Wording::plain("organisation-missing"),
            Self::OnlyAdministrators { role } => Wording::with("only-administrators", vec![("role", role_word(*role))]),
            Self::Verified { who: address, role, until, waits, met } => {
                let until =
                    until.iter().map(|until| Wording::with("verified-until", vec![("until", Arg::Day(*until))]));
                let waits = waits.iter().map(|name| Wording::with("verified-waits", vec![("name", text(name))]));
                Wording::with(
                    "verified",
                    vec![
                        who(address),
                        ("role", role_word(*role)),
                        ("until", Arg::Lines(until.collect())),
                        ("waits", Arg::Lines(waits.collect())),
                        ("met", Arg::Number(u64::from(*met))),
                    ],
                )
            }
            Self::TakesNoPart { who: address } => Wording::with("account-takes-no-part", vec![who(address)]),
            Self::NotListed { who: address } => Wording::with("not-listed", vec![who(address)]),
            Self::DeviceHow { who: address } => Wording::with("device-of-how", vec![who(address)]),
            Self::NoDeviceWaits { who: address } => Wording::with("no-device-waits", vec![who(address)]),
            Self::DeviceConfirmed { who: address } => Wording::with("device-of-confirmed", vec![who(address)]),
            Self::RoleEnded { who: address, role } => {
                Wording::with("ended-role", vec![who(address), ("role", role_word(*role))])
            }
        }
    }
}

/// Rows of before were all about accounts of which that was said.
fn yes() -> bool {
    true
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

/// A role as people read it in a sentence, such as "a student".
pub(crate) fn role_word(role: Role) -> Arg {
    let id = match role {
        Role::Unverified => "role-unverified",
        Role::Student => "role-student",
        Role::Alumnus => "role-alumnus",
        Role::Employer => "role-employer",
        Role::Staff => "role-staff",
        Role::Intern => "role-intern",
        Role::Administrator => "role-administrator",
    };
    Arg::Listed(vec![Wording::plain(id)])
}
