//! The consent to be in the mentors' list, and the only way from it to a reader (requirements C11, D5).
//!
//! An [`Entry`] is the list's part about a member, as it was made at the hour at which the list changes. A reader is
//! shown a [`Published`], and that is made anew each time, from the entry and the consent as it is at that moment:
//! where the consent has gone, or a field was taken out of it, there is nothing to show.

use serde::{Deserialize, Serialize};

use super::{Shown, Versions, Word, shown};
use crate::id::{ConsentId, MemberId};
use crate::mentors::card::{Audience, CardVersion};
use crate::people::member::{Field, Fields, Member, Standing};
use crate::time::Timestamp;

/// A member's recorded yes to being in the mentors' list, for every member who reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    id: ConsentId,
    giver: MemberId,
    fields: Fields,
    card: CardVersion,
    versions: Versions,
    given_at: Timestamp,
}

impl Publication {
    /// Records a yes of the speaker's to these fields of their card. `None` when the card is another's.
    pub fn give(
        id: ConsentId,
        word: Word,
        own: &Member,
        fields: Fields,
        versions: Versions,
        at: Timestamp,
    ) -> Option<Self> {
        let publication = Self { id, giver: own.id, fields, card: own.card_version(), versions, given_at: at };
        (word.speaker() == own.id).then_some(publication)
    }

    /// Its own id, for the record.
    pub fn id(&self) -> ConsentId {
        self.id
    }

    /// The fields that it names.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The card that they agreed to have shown.
    pub fn card(&self) -> &CardVersion {
        &self.card
    }

    /// The editions that were in force.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// The time at which it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }

    /// The entry of this member as it would be made now; nothing without their live consent.
    pub fn entry(&self, giver: &Member) -> Option<Entry> {
        let fields = self.shows(giver)?;
        Some(Entry { of: giver.id, fields: shown(giver, &fields) })
    }

    /// The fields that readers may be shown; `None` where the consent is not this member's, or does not hold.
    fn shows(&self, giver: &Member) -> Option<Fields> {
        let holds = giver.card.publication.as_ref() == Some(self) && self.giver == giver.id;
        let mentor = giver.standing == Standing::Current && giver.person.role.can_be_listed();
        let open = |field: &&Field| **field == Field::Name || giver.audience(**field) >= Audience::Directory;
        (holds && mentor).then(|| self.fields.iter().filter(open).copied().collect())
    }
}

/// An entry of the mentors' list, as it was made when the list last changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    of: MemberId,
    fields: Vec<Shown>,
}

impl Entry {
    /// The member whose entry it is.
    pub fn of(&self) -> MemberId {
        self.of
    }

    /// The entry as a reader is shown it now: without any field that `owner` does not let readers see any more.
    pub fn published(&self, owner: &Member) -> Option<Published> {
        let publication = owner.card.publication.as_ref()?;
        let allowed = publication.shows(owner)?;
        let still = |shown: &&Shown| allowed.contains(&shown.field) && owner.value(shown.field).is_some();
        let fields: Vec<Shown> = self.fields.iter().filter(still).cloned().collect();
        (self.of == owner.id).then_some(Published { of: self.of, consent: publication.id, fields })
    }
}

/// An entry of the mentors' list on its way to a reader, by its owner's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    of: MemberId,
    consent: ConsentId,
    fields: Vec<Shown>,
}

impl Published {
    /// The member whose entry it is.
    pub fn of(&self) -> MemberId {
        self.of
    }

    /// The consent that it goes by.
    pub fn consent(&self) -> ConsentId {
        self.consent
    }

    /// The fields that readers see.
    pub fn fields(&self) -> &[Shown] {
        &self.fields
    }

    /// The value of one of them.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.fields.iter().find(|shown| shown.field == field).map(|shown| shown.value.as_str())
    }
}
