//! Samples of messages about rooms for many, and in them.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use std::collections::BTreeSet;

use crate::consent::{Offer, Posting, Versions};
use crate::name::Address;
use crate::people::member::Role;
use crate::rooms::{Aspect, History, Key, Readers};
use crate::say::{Posted, RoomDesk, RoomLine, RoomStanding, Rooms, Say};
use lodge_ground::audit::{Hash, Head};

use crate::say::samples::{alex, deadline, now, word};

/// Every kind of message about rooms for many.
pub(crate) fn everything() -> Vec<Say> {
    let mut all: Vec<Say> = to_members().into_iter().map(Say::Rooms).collect();
    all.extend(proposing().into_iter().map(Say::Rooms));
    all.extend(to_staff().into_iter().map(Say::RoomDesk));
    all.extend(posted().into_iter().map(Say::Posted));
    all
}

fn to_members() -> Vec<Rooms> {
    let line = |standing| RoomLine {
        key: key(),
        name: name(),
        topic: "Working in pharma, and how to begin.".to_owned(),
        readers: readers(&[], &[], History::Shared, false),
        standing,
    };
    let rooms = [RoomStanding::Outside, RoomStanding::Invited, RoomStanding::In].map(line).to_vec();
    vec![
        Rooms::List { rooms: vec![] },
        Rooms::List { rooms },
        Rooms::NotThere { key: "biology".to_owned() },
        Rooms::Invitation {
            key: "museums".to_owned(),
            name: name(),
            readers: readers(&[], &[], History::Shared, false),
        },
        Rooms::Already { name: name(), invited: true },
        Rooms::Already { name: name(), invited: false },
        Rooms::Left { name: name() },
        Rooms::Blocks { name: name() },
        Rooms::Closed { names: vec![name()] },
        Rooms::Closed { names: vec![name(), "First-years of 2026".to_owned()] },
    ]
}

fn proposing() -> Vec<Rooms> {
    vec![
        Rooms::SuggestHow,
        Rooms::SuggestionNoted { name: name() },
        Rooms::ProposalWaits,
        Rooms::SuggestionApproved { name: name(), key: key() },
        Rooms::SuggestionDeclined { name: name() },
        Rooms::OfferHow,
        Rooms::OfferPreview { offer: offer() },
        Rooms::OfferWaits,
        Rooms::OfferSent,
        Rooms::OfferPosted,
        Rooms::OfferDeclined,
        Rooms::OfferNotTheirs,
        Rooms::OfferNeedsOrganisation,
        Rooms::OfferNowhere,
    ]
}

fn to_staff() -> Vec<RoomDesk> {
    let topic = "Working in pharma, and how to begin.".to_owned();
    let proposed = |taken| RoomDesk::RoomProposed { number: 3, name: name(), key: key(), topic: topic.clone(), taken };
    let mended = |changed: &[Aspect], fixed: &[Aspect]| RoomDesk::Mended {
        room: name(),
        changed: changed.iter().copied().collect(),
        fixed: fixed.iter().copied().collect(),
    };
    let all = [
        Aspect::Powers,
        Aspect::Joining,
        Aspect::Guests,
        Aspect::History,
        Aspect::Name,
        Aspect::Topic,
        Aspect::Space,
        Aspect::Programs,
        Aspect::Standby,
    ];
    vec![
        proposed(false),
        proposed(true),
        RoomDesk::OfferProposed { number: 4, posting: posting() },
        RoomDesk::Decided { number: 3, approved: true },
        RoomDesk::Decided { number: 3, approved: false },
        RoomDesk::DecidedBefore { number: 3, approved: true },
        RoomDesk::DecidedBefore { number: 3, approved: false },
        RoomDesk::NothingToDecide,
        RoomDesk::NoSuchProposal { number: 9 },
        RoomDesk::WhichProposal { numbers: vec![3, 4] },
        RoomDesk::KeyTaken { number: 3, key: key() },
        RoomDesk::Intruder { room: name(), who: Address::exact("@stranger:elsewhere.example").unwrap() },
        RoomDesk::Third { who: Address::exact("@irc_robin:example.org").unwrap() },
        mended(&[Aspect::Powers, Aspect::Name], &[]),
        mended(&all, &[Aspect::Encryption]),
        mended(&[], &[Aspect::Encryption, Aspect::Making, Aspect::Replaced]),
    ]
}

fn posted() -> Vec<Posted> {
    let topic = |readers| Posted::Topic { topic: "Working in pharma, and how to begin.".to_owned(), readers };
    let all = Role::ALL;
    vec![
        Posted::Name { name: name(), archived: false },
        Posted::Name { name: name(), archived: true },
        topic(readers(&[], &[], History::Shared, false)),
        topic(readers(&[], &[], History::Shared, true)),
        topic(readers(&all, &[], History::FromJoining, false)),
        topic(readers(&[Role::Student, Role::Staff], &["2026"], History::FromInvitation, true)),
        Posted::Opportunity { posting: posting() },
        Posted::Quiet { until: deadline() },
        Posted::AuditHead { head: Head { number: 812, hash: Hash([171; 32]) } },
    ]
}

fn readers(roles: &[Role], cohorts: &[&str], history: History, bridged: bool) -> Readers {
    Readers {
        roles: roles.iter().copied().collect(),
        cohorts: cohorts.iter().map(|cohort| (*cohort).to_owned()).collect::<BTreeSet<_>>(),
        history,
        bridged,
        service: "the Careers Service".to_owned(),
    }
}

fn name() -> String {
    "Careers in pharma".to_owned()
}

fn key() -> Key {
    Key::parse("pharma").unwrap()
}

fn offer() -> Offer {
    Offer::of(&alex(), "A summer placement in patents.\nPlease write to us by March.".to_owned()).unwrap()
}

fn posting() -> Posting {
    let versions = Versions { wording: "1".to_owned(), policy: "1".to_owned() };
    Posting::agree(word(&alex(), "send"), offer(), versions, now())
}
