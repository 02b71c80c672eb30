//! The porter's messages about rooms for many: to members, to staff, and in the rooms themselves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use lodge_ground::audit::Head;

use crate::consent::{Offer, Posting};
use crate::events;
use crate::name::Address;
use crate::people::member::Role;
use crate::rooms::{Aspect, History, Key, Readers};
use crate::say::{EventNews, EventTold, Say};
use crate::time::Timestamp;
use crate::wording::{Arg, Wording};

/// A message to a member about rooms, or about a proposal of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rooms {
    /// The rooms that are meant for them.
    List {
        /// The rooms, one line for each.
        rooms: Vec<RoomLine>,
    },
    /// There is no such room for them.
    NotThere {
        /// The name they asked for.
        key: String,
    },
    /// They are invited to the room.
    Invitation {
        /// The room's short name; older rows do not tell.
        #[serde(default)]
        key: String,
        /// The room's name.
        name: String,
        /// The people who can read it (requirement A2).
        readers: Readers,
    },
    /// They are invited already, or in it.
    Already {
        /// The room's name.
        name: String,
        /// Whether they have still to accept.
        invited: bool,
    },
    /// They are taken out, as they asked.
    Left {
        /// The room's name.
        name: String,
    },
    /// Their account turns the porter's invitations away.
    Blocks {
        /// The room's name.
        name: String,
    },
    /// Rooms are no longer meant for them.
    Closed {
        /// The names of the rooms.
        names: Vec<String>,
    },
    /// The way to suggest a room.
    SuggestHow,
    /// Their suggestion goes to staff.
    SuggestionNoted {
        /// The room's name.
        name: String,
    },
    /// An earlier proposal of theirs still waits.
    ProposalWaits,
    /// The room they suggested is made.
    SuggestionApproved {
        /// The room's name.
        name: String,
        /// The short name by which they ask for it.
        key: Key,
    },
    /// The room they suggested is not made.
    SuggestionDeclined {
        /// The room's name.
        name: String,
    },
    /// The way to offer an opportunity.
    OfferHow,
    /// The next steps with an offer that they were shown.
    OfferWaits,
    /// Exactly what would be posted.
    OfferPreview {
        /// The offer as it would be posted.
        offer: Offer,
    },
    /// Their offer goes to staff.
    OfferSent,
    /// The opportunity they offered is posted.
    OfferPosted,
    /// The opportunity they offered is not posted.
    OfferDeclined,
    /// Only employers offer opportunities.
    OfferNotTheirs,
    /// Nothing is known of the organisation that they speak for.
    OfferNeedsOrganisation,
    /// There is no room for opportunities.
    OfferNowhere,
}

/// A message to staff and administrators about rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomDesk {
    /// A member suggests a room.
    RoomProposed {
        /// The number by which it is decided.
        number: u32,
        /// The name of the room.
        name: String,
        /// The short name of the room.
        key: Key,
        /// The topic that they suggest.
        topic: String,
        /// Whether there is a room of that short name.
        taken: bool,
    },
    /// An employer offers an opportunity.
    OfferProposed {
        /// The number by which it is decided.
        number: u32,
        /// The offer as it would be posted.
        posting: Posting,
    },
    /// The proposal is decided.
    Decided {
        /// The proposal's number.
        number: u32,
        /// Whether it is approved.
        approved: bool,
    },
    /// The proposal was decided before.
    DecidedBefore {
        /// The proposal's number.
        number: u32,
        /// Whether it was approved.
        approved: bool,
    },
    /// Nothing waits to be decided.
    NothingToDecide,
    /// Nothing has that number.
    NoSuchProposal {
        /// The number they gave.
        number: u32,
    },
    /// Several things wait; which one?
    WhichProposal {
        /// The numbers of those that wait.
        numbers: Vec<u32>,
    },
    /// There is a room of that short name already.
    KeyTaken {
        /// The proposal's number.
        number: u32,
        /// The short name that is taken.
        key: Key,
    },
    /// Somebody came into a room uninvited, and was taken out.
    Intruder {
        /// The room's name.
        room: String,
        /// The intruder's account.
        who: Address,
    },
    /// Somebody was in a room for two who is none of the two, and was taken out.
    Third {
        /// The account of the third.
        who: Address,
    },
    /// Somebody changed how a room is, and it was changed back.
    Mended {
        /// The room's name.
        room: String,
        /// The aspects that were changed back.
        changed: BTreeSet<Aspect>,
        /// The aspects that cannot be changed back.
        fixed: BTreeSet<Aspect>,
    },
}

/// A text that stands in a room for many, or is said there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Posted {
    /// The name of a room.
    Name {
        /// The name as the service declares it.
        name: String,
        /// Whether it is archived.
        archived: bool,
    },
    /// News of an event.
    Event {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// Whether it is new, changed or called off.
        news: EventNews,
    },
    /// The room's topic: the service's words and, from its settings, who can read it (requirements A2, B4).
    Topic {
        /// The service's words.
        topic: String,
        /// The people who can read it.
        readers: Readers,
    },
    /// An opportunity, by the consent of the member who offers it.
    Opportunity {
        /// The offer, with the consent to post it.
        posting: Posting,
    },
    /// The room is quiet and will be archived.
    Quiet {
        /// The time at which it will be.
        until: Timestamp,
    },
    /// The end of the audit log, for those who keep it to check the log by.
    AuditHead {
        /// The number and the hash of its last entry.
        head: Head,
    },
}

/// A room in the list that a member sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomLine {
    /// The short name by which members ask for it.
    pub key: Key,
    /// The name that people see.
    pub name: String,
    /// The topic in the service's words.
    pub topic: String,
    /// The people who can read it.
    pub readers: Readers,
    /// Whether they are in it, are invited, or neither.
    pub standing: RoomStanding,
}

/// Somebody's standing in a room, as they see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomStanding {
    /// They are not in it.
    Outside,
    /// They are invited.
    Invited,
    /// They are in it.
    In,
}

impl From<Rooms> for Say {
    fn from(say: Rooms) -> Self {
        Self::Rooms(say)
    }
}

impl From<RoomDesk> for Say {
    fn from(say: RoomDesk) -> Self {
        Self::RoomDesk(say)
    }
}

impl From<Posted> for Say {
    fn from(say: Posted) -> Self {
        Self::Posted(say)
    }
}

impl Rooms {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        match self {
            Self::List { rooms } => {
                let lines = rooms.iter().map(RoomLine::wording).collect();
                Wording::with("rooms", vec![("count", number(rooms.len())), ("rooms", Arg::Lines(lines))])
            }
            Self::NotThere { key } => Wording::with("room-not-there", vec![("key", text(key))]),
            Self::Invitation { key, name, readers } => Wording::with(
                "room-invitation",
                vec![("name", text(name)), ("key", text(key)), ("readers", one(readers.wording()))],
            ),
            Self::Already { name, invited: true } => Wording::with("room-invited-already", vec![("name", text(name))]),
            Self::Already { name, invited: false } => Wording::with("room-in-already", vec![("name", text(name))]),
            Self::Left { name } => Wording::with("room-left", vec![("name", text(name))]),
            Self::Blocks { name } => Wording::with("room-you-block", vec![("name", text(name))]),
            Self::Closed { names } => {
                let lines = names.iter().map(|name| Wording::with("room-name-line", vec![("name", text(name))]));
                let count = number(names.len());
                Wording::with("rooms-closed", vec![("count", count), ("rooms", Arg::Lines(lines.collect()))])
            }
            Self::SuggestHow => Wording::plain("suggest-how"),
            Self::SuggestionNoted { name } => Wording::with("suggestion-noted", vec![("name", text(name))]),
            Self::ProposalWaits => Wording::plain("proposal-waits"),
            Self::SuggestionApproved { name, key } => {
                Wording::with("suggestion-approved", vec![("name", text(name)), ("key", text(key.as_str()))])
            }
            Self::SuggestionDeclined { name } => Wording::with("suggestion-declined", vec![("name", text(name))]),
            Self::OfferHow => Wording::plain("offer-how"),
            Self::OfferWaits => Wording::plain("offer-waits"),
            Self::OfferPreview { offer } => Wording::with(
                "offer-preview",
                vec![("organisation", text(offer.organisation())), ("words", text(offer.words()))],
            ),
            Self::OfferSent => Wording::plain("offer-sent"),
            Self::OfferPosted => Wording::plain("offer-posted"),
            Self::OfferDeclined => Wording::plain("offer-declined"),
            Self::OfferNotTheirs => Wording::plain("offer-not-theirs"),
            Self::OfferNeedsOrganisation => Wording::plain("offer-needs-organisation"),
            Self::OfferNowhere => Wording::plain("offer-nowhere"),
        }
    }
}

impl RoomDesk {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        let nth = |n: &u32| ("number", Arg::Number(u64::from(*n)));
        match self {
            Self::RoomProposed { number, name, key, topic, taken } => Wording::with(
                if *taken { "room-proposed-taken" } else { "room-proposed" },
                vec![nth(number), ("name", text(name)), ("key", text(key.as_str())), ("topic", text(topic))],
            ),
            Self::OfferProposed { number, posting } => {
                let offer = posting.offer();
                let args =
                    vec![nth(number), ("organisation", text(offer.organisation())), ("words", text(offer.words()))];
                Wording::with("offer-proposed", args)
            }
            Self::Decided { number, approved: true } => Wording::with("proposal-approved", vec![nth(number)]),
            Self::Decided { number, approved: false } => Wording::with("proposal-declined", vec![nth(number)]),
            Self::DecidedBefore { number, approved: true } => {
                Wording::with("proposal-approved-before", vec![nth(number)])
            }
            Self::DecidedBefore { number, approved: false } => {
                Wording::with("proposal-declined-before", vec![nth(number)])
            }
            Self::NothingToDecide => Wording::plain("nothing-to-decide"),
            Self::NoSuchProposal { number } => Wording::with("no-such-proposal", vec![nth(number)]),
            Self::WhichProposal { numbers } => {
                let lines = numbers.iter().map(|number| Wording::with("proposal-number", vec![nth(number)]));
                Wording::with("which-proposal", vec![("numbers", Arg::Listed(lines.collect()))])
            }
            Self::KeyTaken { number, key } => {
                Wording::with("room-key-taken", vec![nth(number), ("key", text(key.as_str()))])
            }
            Self::Intruder { room, who } => {
                Wording::with("room-intruder", vec![("room", text(room)), ("who", text(who.as_str()))])
            }
            Self::Third { who } => Wording::with("room-third", vec![("who", text(who.as_str()))]),
            Self::Mended { room, changed, fixed } => Wording::with(
                "room-mended",
                vec![
                    ("room", text(room)),
                    ("changed-count", number(changed.len())),
                    ("changed", aspects(changed)),
                    ("fixed-count", number(fixed.len())),
                    ("fixed", aspects(fixed)),
                ],
            ),
        }
    }
}

impl Posted {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        match self {
            Self::Name { name, archived: false } => Wording::with("room-name", vec![("name", text(name))]),
            Self::Name { name, archived: true } => Wording::with("room-name-archived", vec![("name", text(name))]),
            Self::Topic { topic, readers } => Wording::with(
                "room-topic",
                vec![("topic", text(&as_sentence(topic))), ("readers", one(readers.wording()))],
            ),
            Self::Opportunity { posting } => {
                let offer = posting.offer();
                let args = vec![("organisation", text(offer.organisation())), ("words", text(offer.words()))];
                Wording::with("opportunity", args)
            }
            Self::Event { event, news } => events::say::posted(event, *news),
            Self::Quiet { until } => Wording::with("room-quiet", vec![("until", Arg::Day(*until))]),
            Self::AuditHead { head } => Wording::with("audit-head", vec![("head", text(&head.to_string()))]),
        }
    }
}

impl RoomLine {
    fn wording(&self) -> Wording {
        let id = match self.standing {
            RoomStanding::Outside => "room-line",
            RoomStanding::Invited => "room-line-invited",
            RoomStanding::In => "room-line-in",
        };
        let args = vec![
            ("key", text(self.key.as_str())),
            ("name", text(&self.name)),
            ("topic", text(&as_sentence(&self.topic))),
            ("readers", one(self.readers.wording())),
        ];
        Wording::with(id, args)
    }
}

impl Readers {
    /// A sentence on who can read it.
    fn wording(&self) -> Wording {
        let id = match (self.history, self.bridged) {
            (History::Shared, false) => "readers-shared",
            (History::Shared, true) => "readers-shared-bridged",
            (History::FromInvitation | History::FromJoining, false) => "readers-from-joining",
            (History::FromInvitation | History::FromJoining, true) => "readers-from-joining-bridged",
        };
        let roles = self.roles.iter().map(|role| Wording::plain(readers_id(*role)));
        let cohorts = self.cohorts.iter().map(|cohort| Wording::with("readers-cohort", vec![("cohort", text(cohort))]));
        let mut who: Vec<Wording> =
            if self.roles.is_empty() { vec![Wording::plain("readers-all")] } else { roles.collect() };
        who.extend(cohorts);
        Wording::with(id, vec![("who", Arg::Listed(who)), ("service", text(&self.service))])
    }
}

/// A topic with a full stop, for another sentence follows it. Some topics come from people who write none.
fn as_sentence(topic: &str) -> String {
    let topic = topic.trim_end();
    let has_end = topic.chars().next_back().is_none_or(|last| !last.is_alphanumeric() && last != ')');
    if has_end { topic.to_owned() } else { format!("{topic}.") }
}

/// The people of a role, as readers and guests are told of them.
pub(crate) fn readers_id(role: Role) -> &'static str {
    match role {
        Role::Unverified => "role-unverified",
        Role::Student => "readers-student",
        Role::Alumnus => "readers-alumnus",
        Role::Employer => "readers-employer",
        Role::Staff => "readers-staff",
        Role::Intern => "readers-intern",
        Role::Administrator => "readers-administrator",
    }
}

fn aspects(aspects: &BTreeSet<Aspect>) -> Arg {
    let line = |aspect: &Aspect| {
        Wording::plain(match aspect {
            Aspect::Powers => "aspect-powers",
            Aspect::Joining => "aspect-joining",
            Aspect::Guests => "aspect-guests",
            Aspect::History => "aspect-history",
            Aspect::Encryption => "aspect-encryption",
            Aspect::Name => "aspect-name",
            Aspect::Topic => "aspect-topic",
            Aspect::Space => "aspect-space",
            Aspect::Programs => "aspect-programs",
            Aspect::Standby => "aspect-standby",
            Aspect::Making => "aspect-making",
            Aspect::Replaced => "aspect-replaced",
        })
    };
    Arg::Lines(aspects.iter().map(line).collect())
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

fn number(n: usize) -> Arg {
    Arg::Number(n as u64)
}

fn one(wording: Wording) -> Arg {
    Arg::Listed(vec![wording])
}
