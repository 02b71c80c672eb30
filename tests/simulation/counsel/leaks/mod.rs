//! Leaks of what goes on at the counselling service, planted to show that the pairs see them. Each sits outside the
//! engines, in the homeserver, between the two services, or in a service's messages; none is a switch in an engine.

pub mod at_work;

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::store::{Memory, Row, Store, Table, Write};
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

/// A leak, planted to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    /// The homeserver does not give the profile of somebody who is in a conversation: an error that differs.
    ErrorDiffers,
    /// Both services' rooms and events have their ids from one counter.
    SharedCounter,
    /// The numbers that the hub gives to requests have gaps where there were conversations.
    NumberGap,
    /// The hub logs that somebody is in a conversation.
    LogLine,
    /// Invitations of the counselling service count among those that somebody may get.
    InviteesLimit,
    /// The hub's words wait while the counselling service is at work.
    HubDelayed,
    /// The fates of the counselling service's calls are drawn together with those of the hub's calls.
    SharedFates,
    /// The lobby's name says that somebody is busy.
    LobbyNamed,
    /// The lobby's topic does.
    LobbyTopic,
    /// Each counsellor's conversation with the service is named after who counsels.
    ConversationNamed,
    /// The room of two is put into the hub's Space.
    SpaceChild,
    /// The room of two is found by a name made from its client's.
    Alias,
    /// The room of two is in the public list.
    Published,
    /// Anybody can read the room of two who has its id.
    WorldReadable,
    /// Other servers can ask for the room of two.
    Federated,
    /// A client is shown as being online while they talk with a counsellor.
    PresenceShown,
    /// A counsellor's profile says that they are busy.
    BusyShown,
    /// A client's profile has a mark.
    ProfileMarked,
    /// Everybody finds a client in the directory.
    DirectoryFinds,
    /// People who share a room with a client are told that the client's devices have changed.
    DevicesTold,
    /// Rooms that somebody has in common with a counsellor are counted for everybody.
    CommonCounted,
    /// A request for a counsellor is answered in other words while they have a conversation.
    CounsellorAnswered,
    /// The word for a case has the client's name in it.
    WordNamesClient,
    /// The word for a case is made from the client's account: the same client, the same word.
    WordOfClient,
    /// Counsellors who are asked read whose question it is.
    OfferNamesClient,
    /// Of some clients those who were asked are told in other words that their question is taken.
    TakenDiffers,
    /// Counsellors who were asked are told later that some clients' questions are taken.
    TakenLater,
    /// Colleagues see a client come into the room.
    ColleagueSees,
    /// Another member hears of it from the hub.
    OthersTold,
    /// The hub is invited where somebody invites the counselling service.
    HubToldOfVisit,
    /// The hub's account is in the room when the counselling service invites somebody.
    InvitesViaHub,
    /// The hub's figures count the calls of the counselling service.
    MetricsCounted,
    /// The hub's store has a row about it.
    HubRow,
    /// The hub's export has the counselling service's rows.
    Exported,
    /// The hub dies with the counselling service.
    OneProcess,
    /// Months are counted exactly.
    MonthExact,
}

impl Leak {
    /// Every one of them.
    pub const ALL: [Self; 36] = [
        Self::ErrorDiffers,
        Self::SharedCounter,
        Self::NumberGap,
        Self::LogLine,
        Self::InviteesLimit,
        Self::HubDelayed,
        Self::SharedFates,
        Self::LobbyNamed,
        Self::LobbyTopic,
        Self::ConversationNamed,
        Self::SpaceChild,
        Self::Alias,
        Self::Published,
        Self::WorldReadable,
        Self::Federated,
        Self::PresenceShown,
        Self::BusyShown,
        Self::ProfileMarked,
        Self::DirectoryFinds,
        Self::DevicesTold,
        Self::CommonCounted,
        Self::CounsellorAnswered,
        Self::WordNamesClient,
        Self::WordOfClient,
        Self::OfferNamesClient,
        Self::TakenDiffers,
        Self::TakenLater,
        Self::ColleagueSees,
        Self::OthersTold,
        Self::HubToldOfVisit,
        Self::InvitesViaHub,
        Self::MetricsCounted,
        Self::HubRow,
        Self::Exported,
        Self::OneProcess,
        Self::MonthExact,
    ];
}

/// The knowledge that a leak has, and has no business to have.
#[derive(Debug, Default)]
pub struct Leaking {
    /// The last person to write to the counselling service, of those who do not counsel.
    pub client: Option<Address>,
    /// The counsellors who have a client now.
    pub busy: BTreeSet<Address>,
    /// The number of conversations that were opened.
    pub opened: u64,
    /// The time at which the counselling service last did anything.
    pub at_work: Option<Timestamp>,
    /// The conversations in which words are held back, each with the time until which they are.
    pub held: BTreeMap<RoomRef, Timestamp>,
    /// The messages that were held back.
    pub late: BTreeSet<EffectId>,
}

/// A row that is none of the hub's.
pub(super) fn put_row(disk: &mut Memory, number: u64) {
    let (key, value) = (number.to_be_bytes().to_vec(), b"a conversation".to_vec());
    let row = Row { table: Table::Clients, key, owners: BTreeSet::new(), value };
    disk.commit(&vec![Write::Put(row)]).expect("memory takes every batch");
}
