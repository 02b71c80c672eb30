//! The consent to have one's contact passed on after an event, to the organisation with which it was held (requirement B11), and
//! the only way from it to the people of that organisation.

use serde::{Deserialize, Serialize};

use super::{Shown, Versions, Word, shown};
use crate::id::{ConsentId, EffectId, EventId, MemberId};
use crate::people::member::{Field, Fields, Member};
use crate::time::Timestamp;

/// The terms that somebody agrees to: these details, as they stood there, for this organisation, after this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactTerms {
    event: EventId,
    organisation: String,
    values: Vec<Shown>,
    versions: Versions,
}

impl ContactTerms {
    /// The terms for this member: their name, their address and, where `with_email`, the email address on their card.
    pub fn of(own: &Member, event: EventId, organisation: String, with_email: bool, versions: &Versions) -> Self {
        let mut fields = Fields::from([Field::Name, Field::Address]);
        if with_email {
            fields.insert(Field::Email);
        }
        Self { event, organisation, values: shown(own, &fields), versions: versions.clone() }
    }

    /// The event after which they were asked.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// The organisation whose people get the details.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// The details, as they are shown to their owner before they agree.
    pub fn values(&self) -> &[Shown] {
        &self.values
    }
}

/// A member's recorded yes to having their contact passed on. It serves the one event and organisation in its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactConsent {
    id: ConsentId,
    giver: MemberId,
    terms: ContactTerms,
    given_at: Timestamp,
}

impl ContactConsent {
    /// Records a yes of the speaker's. `None` when the word answers another message than the one that showed these terms.
    pub fn give(id: ConsentId, word: Word, terms: ContactTerms, asked_by: EffectId, at: Timestamp) -> Option<Self> {
        word.is_answer_to(asked_by).then(|| Self { id, giver: word.speaker(), terms, given_at: at })
    }

    /// Its own id, for the record.
    pub fn id(&self) -> ConsentId {
        self.id
    }

    /// The terms that it was given to.
    pub fn terms(&self) -> &ContactTerms {
        &self.terms
    }

    /// The time at which it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }

    /// The contact as it is passed on now: without any detail that its owner lets nobody see by now. `None` when the
    /// consent is another's.
    pub fn contact(&self, giver: &Member) -> Option<Contact> {
        let still = |shown: &&Shown| giver.value(shown.field()).is_some();
        let fields = self.terms.values.iter().filter(still).cloned().collect();
        (giver.id == self.giver).then_some(Contact { of: self.giver, consent: self.id, fields })
    }
}

/// Somebody's contact on its way to the people of an organisation, by its owner's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    of: MemberId,
    consent: ConsentId,
    fields: Vec<Shown>,
}

impl Contact {
    /// The member whose contact it is.
    pub fn of(&self) -> MemberId {
        self.of
    }

    /// The consent that it goes by.
    pub fn consent(&self) -> ConsentId {
        self.consent
    }

    /// The details.
    pub fn fields(&self) -> &[Shown] {
        &self.fields
    }
}
