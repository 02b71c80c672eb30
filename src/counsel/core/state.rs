//! The service's state in memory, and which of its rows a step changed.

use std::collections::{BTreeMap, BTreeSet};

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

/// One row of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A row about a client.
    Client(Client),
    /// A row about a counsellor.
    Counsellor(Counsellor),
    /// A row about a case.
    Case(Case),
    /// A row about a timer.
    Timer(Timer),
    /// The number of conversations in each month.
    Tally(Tally),
}

/// The rows that a step changed, those that are gone among them. The rows themselves stand in the state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The ids of clients.
    pub clients: BTreeSet<PersonId>,
    /// The ids of counsellors.
    pub counsellors: BTreeSet<PersonId>,
    /// The ids of cases.
    pub cases: BTreeSet<CaseId>,
    /// The ids of timers.
    pub timers: BTreeSet<TimerId>,
    /// Whether the months' numbers changed.
    pub tally: bool,
}

/// The whole state of the service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    clients: BTreeMap<PersonId, Client>,
    counsellors: BTreeMap<PersonId, Counsellor>,
    cases: BTreeMap<CaseId, Case>,
    timers: BTreeMap<TimerId, Timer>,
    due: BTreeSet<(Timestamp, TimerId)>,
    addresses: BTreeMap<Address, PersonId>,
    tally: Tally,
}

impl State {
    /// The state that these rows are.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut state = Self::default();
        for row in rows {
            match row {
                Row::Client(client) => state.put_client(client),
                Row::Counsellor(counsellor) => state.put_counsellor(counsellor),
                Row::Case(case) => state.put_case(case),
                Row::Timer(timer) => state.put_timer(timer),
                Row::Tally(tally) => state.tally = tally,
            }
        }
        state
    }

    /// The client with this id.
    pub fn client(&self, id: PersonId) -> Option<&Client> {
        self.clients.get(&id)
    }

    /// Every client, in the order of ids.
    pub fn clients(&self) -> impl Iterator<Item = &Client> {
        self.clients.values()
    }

    /// The counsellor with this id, whether still named or not.
    pub fn counsellor(&self, id: PersonId) -> Option<&Counsellor> {
        self.counsellors.get(&id)
    }

    /// All counsellors that the service names, in the order of their names.
    pub fn counsellors(&self) -> Vec<&Counsellor> {
        let mut current: Vec<&Counsellor> = self.counsellors.values().filter(|one| one.current).collect();
        current.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        current
    }

    /// Every counsellor that is known, those among them that the service does not name any more.
    pub fn known_counsellors(&self) -> impl Iterator<Item = &Counsellor> {
        self.counsellors.values()
    }

    /// The person whose account this is.
    pub fn person_at(&self, address: &Address) -> Option<PersonId> {
        self.addresses.get(address).copied()
    }

    /// The account of a client or a counsellor.
    pub fn address(&self, person: PersonId) -> Option<&Address> {
        let client = self.clients.get(&person).map(|client| &client.address);
        client.or_else(|| self.counsellors.get(&person).map(|counsellor| &counsellor.address))
    }

    /// The case with this id.
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(&id)
    }

    /// Every case, in the order of ids.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.values()
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
        let talk = self.clients.get(&person).into_iter().flat_map(|client| client.question.messages());
        let cases = self.cases.values().flat_map(|case| case.questions_to(person));
        talk.chain(cases.flat_map(|question| question.messages().collect::<Vec<_>>())).collect()
    }

    /// The number of conversations that a counsellor holds, those on their way among them.
    pub fn held_by(&self, counsellor: PersonId) -> usize {
        self.cases.values().filter(|case| case.counsellor() == Some(counsellor)).count()
    }

    /// The timer with this id.
    pub fn timer(&self, id: TimerId) -> Option<&Timer> {
        self.timers.get(&id)
    }

    /// Every timer, in the order of ids.
    pub fn timers(&self) -> impl Iterator<Item = &Timer> {
        self.timers.values()
    }

    /// The next moment that is waited for.
    pub fn next_due(&self) -> Option<(Timestamp, TimerId)> {
        self.due.first().copied()
    }

    /// The number of conversations in each month.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    pub(crate) fn tally_mut(&mut self) -> &mut Tally {
        &mut self.tally
    }

    pub(crate) fn put_client(&mut self, client: Client) {
        // A counsellor is no client, even while their rows as one are being destroyed.
        let counsels = self.person_at(&client.address).is_some_and(|id| self.counsellors.contains_key(&id));
        if !counsels {
            self.addresses.insert(client.address.clone(), client.id);
        }
        self.clients.insert(client.id, client);
    }

    pub(crate) fn client_mut(&mut self, id: PersonId) -> Option<&mut Client> {
        self.clients.get_mut(&id)
    }

    pub(crate) fn take_client(&mut self, id: PersonId) {
        if let Some(client) = self.clients.remove(&id)
            && self.addresses.get(&client.address) == Some(&id)
        {
            self.addresses.remove(&client.address);
        }
    }

    pub(crate) fn put_counsellor(&mut self, counsellor: Counsellor) {
        self.addresses.insert(counsellor.address.clone(), counsellor.id);
        self.counsellors.insert(counsellor.id, counsellor);
    }

    pub(crate) fn counsellor_mut(&mut self, id: PersonId) -> Option<&mut Counsellor> {
        self.counsellors.get_mut(&id)
    }

    pub(crate) fn put_case(&mut self, case: Case) {
        self.cases.insert(case.id, case);
    }

    pub(crate) fn case_mut(&mut self, id: CaseId) -> Option<&mut Case> {
        self.cases.get_mut(&id)
    }

    pub(crate) fn take_case(&mut self, id: CaseId) -> Option<Case> {
        self.cases.remove(&id)
    }

    pub(crate) fn put_timer(&mut self, timer: Timer) {
        self.due.insert((timer.due, timer.id));
        self.timers.insert(timer.id, timer);
    }

    pub(crate) fn take_timer(&mut self, id: TimerId) -> Option<Timer> {
        let timer = self.timers.remove(&id)?;
        self.due.remove(&(timer.due, id));
        Some(timer)
    }
}
