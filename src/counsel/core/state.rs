//! The service's state in memory: one declaration for each kind of row that it keeps.

use std::collections::BTreeSet;

use lodge_ground::index::{By, Sorted, Unique};
use lodge_ground::name::Address;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::{Case, Stage};
use crate::id::{CaseId, EffectId, PersonId, TimerId};
use crate::people::{Client, Counsellor};
use crate::tally::Tally;
use crate::word::CaseWord;

/// A moment that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The id of its row.
    pub id: TimerId,
    /// The moment at which it fires.
    pub due: Timestamp,
    /// The thing that happens then.
    pub wait: Wait,
}

/// The thing that a timer is set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    /// A counsellor comes on duty, who can be asked.
    Duty(CaseId),
    /// The end of the time in which it can be taken.
    Unclaimed(CaseId),
    /// The time by which both should be in the room.
    ComeBy(CaseId),
    /// A meeting is soon.
    Meeting(CaseId),
    /// The time by which both should have left.
    LeaveBy(CaseId),
    /// The case is erased soon.
    Warn(CaseId),
    /// The case is erased.
    Erase(CaseId),
    /// The time in which a client can say whether somebody else may go on.
    Handover(CaseId),
    /// Somebody is forgotten of whom there is no case.
    Stranger(PersonId),
}

impl Wait {
    /// The case it is about.
    pub fn case(self) -> Option<CaseId> {
        match self {
            Self::Duty(id)
            | Self::Unclaimed(id)
            | Self::ComeBy(id)
            | Self::Meeting(id)
            | Self::LeaveBy(id)
            | Self::Warn(id)
            | Self::Erase(id)
            | Self::Handover(id) => Some(id),
            Self::Stranger(_) => None,
        }
    }
}

lodge_ground::state! {
    /// The whole state of the service.
    pub struct State;
    rows {
        /// Every client, in the order of ids.
        clients by Unique<Address, PersonId>:
        /// The client with this id.
        client |it: Client| Clients, id it.id => PersonId, of [it.id];

        /// Every counsellor that is known, those among them that the service does not name any more.
        known_counsellors by Unique<Address, PersonId>:
        /// The counsellor with this id, whether still named or not.
        counsellor |it: Counsellor| Counsellors, id it.id => PersonId, of [it.id];

        /// Every case, in the order of ids.
        cases:
        /// The case with this id.
        case |it: Case| Counsel, id it.id => CaseId, of [it.client];

        /// Every timer, in the order of ids.
        timers by Sorted<Timestamp, TimerId>:
        /// The timer with this id.
        timer |it: Timer| Timers, id it.id => TimerId, of [];
    }
    values {
        /// The number of conversations in each month.
        tally: Tally, b"tally";
    }
}

impl By<Address> for Client {
    fn keys(&self) -> impl Iterator<Item = Address> {
        [self.address.clone()].into_iter()
    }
}

impl By<Address> for Counsellor {
    fn keys(&self) -> impl Iterator<Item = Address> {
        [self.address.clone()].into_iter()
    }
}

impl By<Timestamp> for Timer {
    fn keys(&self) -> impl Iterator<Item = Timestamp> {
        [self.due].into_iter()
    }
}

impl State {
    /// All counsellors that the service names, in the order of their names.
    pub fn counsellors(&self) -> Vec<&Counsellor> {
        let mut current: Vec<&Counsellor> = self.known_counsellors().filter(|one| one.current).collect();
        current.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        current
    }

    /// The person whose account this is. A counsellor is no client, even while their rows as one are being destroyed.
    pub fn person_at(&self, address: &Address) -> Option<PersonId> {
        let counsellor = self.known_counsellors.index().get(address);
        counsellor.or_else(|| self.clients.index().get(address))
    }

    /// The account of a client or a counsellor.
    pub fn address(&self, person: PersonId) -> Option<&Address> {
        let client = self.client(person).map(|client| &client.address);
        client.or_else(|| self.counsellor(person).map(|counsellor| &counsellor.address))
    }

    /// A client's case that is neither over nor being closed.
    pub fn case_of(&self, client: PersonId) -> Option<&Case> {
        let going = |case: &&Case| match case.stage {
            Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } => case.client == client,
            Stage::Closing { .. } | Stage::Closed { .. } => false,
        };
        self.cases.values().find(going)
    }

    /// The case that is called this.
    pub fn case_called(&self, word: &CaseWord) -> Option<&Case> {
        self.cases.values().find(|case| case.word == *word)
    }

    /// The service's messages to somebody that words of theirs could answer.
    pub fn awaited(&self, person: PersonId) -> BTreeSet<EffectId> {
        let talk = self.client(person).into_iter().flat_map(|client| client.question.messages());
        let cases = self.cases.values().flat_map(|case| case.questions_to(person));
        talk.chain(cases.flat_map(|question| question.messages().collect::<Vec<_>>())).collect()
    }

    /// The number of conversations that a counsellor holds, those on their way among them.
    pub fn held_by(&self, counsellor: PersonId) -> usize {
        self.cases.values().filter(|case| case.counsellor() == Some(counsellor)).count()
    }

    /// The next moment that is waited for.
    pub fn next_due(&self) -> Option<(Timestamp, TimerId)> {
        self.timers.index().first()
    }
}
