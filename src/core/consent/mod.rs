//! Consent: one party's recorded yes to one introduction, and the only way to anybody's details.
//!
//! A [`Consent`] is made from [`Terms`], which say what the person was shown, and a [`Word`], which proves that they
//! themselves typed the answer. A [`Disclosure`] is made from a consent and from nothing else; every effect that
//! carries one person's details to another takes a `Disclosure`. So details that nobody agreed to show cannot be sent.

mod publication;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::card::CardVersion;
use crate::id::{ConsentId, IntroductionId, MemberId};
use crate::input::{Said, Trust};
use crate::introduction::Request;
use crate::member::{Field, Fields, Member};
use crate::name::Address;
use crate::named::Named;
use crate::policy::PurposeId;
use crate::time::Timestamp;

pub use publication::{Entry, Publication, Published};

/// The exact text that somebody was shown: SHA-256 over its content and the version of the wording around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// Which editions of the wording and of the policy were in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Versions {
    /// Of the wording files.
    pub wording: String,
    /// Of the policy page.
    pub policy: String,
}

/// Who receives what is disclosed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// Whoever is behind this address, as the requester typed it.
    Named(Address),
    /// This member.
    Member(MemberId),
    /// Whoever has this entry in the mentors' list.
    Entry(MemberId),
}

impl Recipient {
    /// Whoever a requester named.
    pub fn of(named: &Named) -> Self {
        match named {
            Named::Address(address) => Self::Named(address.clone()),
            Named::Entry { member, .. } => Self::Entry(*member),
        }
    }
}

/// What a person is asked to agree to (requirement C14: field by field, for one recipient and one purpose, of an
/// exact text).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The introduction; the consent serves no other (requirement C1).
    pub introduction: IntroductionId,
    /// Who receives it.
    pub recipient: Recipient,
    /// What for.
    pub purpose: PurposeId,
    /// Fields that go with the request.
    pub with_request: Fields,
    /// Fields that go once both have said yes.
    pub after_both: Fields,
    /// The text of the request, as both see it.
    pub text: Fingerprint,
    /// The card that the fields were taken from. Older consents name none.
    #[serde(default)]
    pub card: CardVersion,
    /// The editions in force.
    pub versions: Versions,
}

/// Proof that the member themselves typed what is taken for their answer, on a device that is theirs.
#[derive(Debug)]
pub struct Word {
    speaker: MemberId,
}

impl Word {
    /// The word of whoever said this; nothing when the message cannot be tied to a device that is known to
    /// be theirs.
    ///
    /// Edits, reactions and forwarded messages never become a [`Said`].
    pub fn of(said: &Said) -> Option<Self> {
        match said.trust {
            Trust::Tied => Some(Self { speaker: said.member }),
            Trust::Unconfirmed | Trust::Untied => None,
        }
    }

    /// Who gave it.
    pub fn speaker(&self) -> MemberId {
        self.speaker
    }
}

/// One party's recorded yes. Single use: it serves the one introduction in its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    id: ConsentId,
    giver: MemberId,
    terms: Terms,
    given_at: Timestamp,
    until: Timestamp,
}

impl Consent {
    /// Records a yes.
    pub fn give(id: ConsentId, word: &Word, terms: Terms, at: Timestamp, until: Timestamp) -> Self {
        Self { id, giver: word.speaker, terms, given_at: at, until }
    }

    /// Its own id, for the record.
    pub fn id(&self) -> ConsentId {
        self.id
    }

    /// Whose yes it is.
    pub fn giver(&self) -> MemberId {
        self.giver
    }

    /// What it was given to.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// When it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }

    /// When it lapses.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// What goes to `to` with the request. Nothing when the consent has lapsed, is for somebody else, or is not
    /// `giver`'s.
    pub fn with_request(&self, giver: &Member, to: &Member, now: Timestamp) -> Option<Disclosure> {
        self.disclose(giver, to, &self.terms.with_request, now)
    }

    fn disclose(&self, giver: &Member, to: &Member, fields: &Fields, now: Timestamp) -> Option<Disclosure> {
        let for_them = match &self.terms.recipient {
            Recipient::Named(address) => *address == to.person.address,
            Recipient::Member(member) | Recipient::Entry(member) => *member == to.id,
        };
        (giver.id == self.giver && for_them && now < self.until).then(|| Disclosure {
            of: giver.id,
            to: to.id,
            introduction: self.terms.introduction,
            consent: self.id,
            fields: shown(giver, fields),
        })
    }
}

/// Two consents that meet: both parties of one introduction said yes.
#[derive(Debug, Clone, Copy)]
pub struct Both<'a> {
    requester: &'a Consent,
    addressee: &'a Consent,
}

impl<'a> Both<'a> {
    /// The meeting of these two consents; nothing when they are for different introductions or of one person.
    pub fn of(requester: &'a Consent, addressee: &'a Consent) -> Option<Self> {
        let one_introduction = requester.terms.introduction == addressee.terms.introduction;
        (one_introduction && requester.giver != addressee.giver).then_some(Self { requester, addressee })
    }

    /// The introduction that both agreed to.
    pub fn introduction(&self) -> IntroductionId {
        self.requester.terms.introduction
    }

    /// What the addressee gets of the requester, now that both have said yes.
    pub fn of_requester(&self, requester: &Member, addressee: &Member, now: Timestamp) -> Option<Disclosure> {
        self.requester.disclose(requester, addressee, &self.requester.terms.after_both, now)
    }

    /// What the requester gets of the addressee, now that both have said yes.
    pub fn of_addressee(&self, addressee: &Member, requester: &Member, now: Timestamp) -> Option<Disclosure> {
        self.addressee.disclose(addressee, requester, &self.addressee.terms.after_both, now)
    }
}

/// A field with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Which field.
    pub field: Field,
    /// What stands in it.
    pub value: String,
}

/// One person's details on their way to another, by a consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    of: MemberId,
    to: MemberId,
    introduction: IntroductionId,
    consent: ConsentId,
    fields: Vec<Shown>,
}

impl Disclosure {
    /// Whose details these are.
    pub fn of(&self) -> MemberId {
        self.of
    }

    /// Who gets them.
    pub fn to(&self) -> MemberId {
        self.to
    }

    /// The introduction they are for.
    pub fn introduction(&self) -> IntroductionId {
        self.introduction
    }

    /// The consent they go by.
    pub fn consent(&self) -> ConsentId {
        self.consent
    }

    /// The fields.
    pub fn fields(&self) -> &[Shown] {
        &self.fields
    }
}

/// What an employer would have posted, and under which organisation's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    organisation: String,
    words: String,
}

impl Offer {
    /// The offer of this member; nothing when no organisation is known that they speak for.
    pub fn of(member: &Member, words: String) -> Option<Self> {
        Some(Self { organisation: member.value(Field::Organisation)?, words })
    }

    /// The organisation's name.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// An offer that whoever made it agreed to have posted: in exactly these words and under this name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    giver: MemberId,
    offer: Offer,
    versions: Versions,
    given_at: Timestamp,
}

impl Posting {
    /// Records a yes to what was shown.
    pub fn agree(word: &Word, offer: Offer, versions: Versions, at: Timestamp) -> Self {
        Self { giver: word.speaker, offer, versions, given_at: at }
    }

    /// Whose yes it is.
    pub fn giver(&self) -> MemberId {
        self.giver
    }

    /// What it was given to.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// When it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }
}

/// A member's own fields, to be shown to that member before they agree.
pub fn preview(own: &Member, fields: &Fields) -> Vec<Shown> {
    shown(own, fields)
}

fn shown(member: &Member, fields: &Fields) -> Vec<Shown> {
    fields.iter().filter_map(|field| member.value(*field).map(|value| Shown { field: *field, value })).collect()
}

/// The fingerprint of a request as the addressee reads it: its words, the fields beside them, the editions in force.
pub fn fingerprint(request: &Request, fields: &[Shown], versions: &Versions) -> Fingerprint {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part(&versions.wording);
    part(&versions.policy);
    part(request.purpose.as_str());
    part(request.known_how.as_deref().unwrap_or(""));
    part(&request.message);
    for shown in fields {
        part(&format!("{:?}", shown.field));
        part(&shown.value);
    }
    let digest = hash.finalize();
    let (high, low) = digest.split_at(16);
    let half = |bytes: &[u8]| u128::from_be_bytes(bytes.try_into().unwrap_or_default());
    Fingerprint(format!("{:032x}{:032x}", half(high), half(low)))
}
