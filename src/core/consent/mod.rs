//! Consent: one party's recorded yes to one introduction, and the only way to anybody's details.
//!
//! A [`Consent`] is made from an [`Ask`], which holds the terms and the messages that showed them, and a [`Word`], which
//! proves that the person themselves typed the answer after one of those messages. A [`Disclosure`] is made from a consent
//! and from nothing else; every effect that carries one person's details to another takes a `Disclosure`. So details that
//! nobody agreed to show cannot be sent.
//!
//! The compiler keeps that. A consent is not written by hand:
//!
//! ```compile_fail,E0451
//! use lodge_core::consent::{Consent, Terms};
//! use lodge_core::id::{ConsentId, MemberId};
//! use lodge_core::time::Timestamp;
//! fn forged(id: ConsentId, giver: MemberId, terms: Terms, at: Timestamp) -> Consent {
//!     Consent { id, giver, terms, given_at: at, until: at }
//! }
//! ```
//!
//! Nor are its terms changed after somebody has agreed to them:
//!
//! ```compile_fail,E0616
//! use lodge_core::consent::Consent;
//! use lodge_core::people::member::Field;
//! fn widened(consent: &mut Consent) {
//!     consent.terms.after_both.insert(Field::Email);
//! }
//! ```
//!
//! One word is good for one answer:
//!
//! ```compile_fail,E0382
//! use lodge_core::consent::{Ask, Consent, Word};
//! use lodge_core::id::ConsentId;
//! use lodge_core::people::member::Fields;
//! use lodge_core::time::Timestamp;
//! fn both(one: Ask, other: Ask, word: Word, id: ConsentId, at: Timestamp) -> [Option<Consent>; 2] {
//!     let none = Fields::new();
//!     [one.accept(word, &none, id, at, at), other.accept(word, &none, id, at, at)]
//! }
//! ```
//!
//! and no copy is made of it:
//!
//! ```compile_fail,E0308
//! fn again(word: &lodge_core::consent::Word) -> lodge_core::consent::Word {
//!     word.clone()
//! }
//! ```
//!
//! It is made of what somebody said, and of nothing else:
//!
//! ```compile_fail,E0451
//! use lodge_core::consent::Word;
//! use lodge_core::id::{EffectId, MemberId};
//! fn put_into_their_mouth(speaker: MemberId, message: EffectId) -> Word {
//!     Word { speaker, answers: Some(message) }
//! }
//! ```
//!
//! A disclosure is not written by hand either, and its fields are not exchanged:
//!
//! ```compile_fail,E0451
//! use lodge_core::consent::{Disclosure, Shown};
//! use lodge_core::id::{ConsentId, IntroductionId, MemberId};
//! fn leaked(of: MemberId, to: MemberId, by: IntroductionId, consent: ConsentId, fields: Vec<Shown>) -> Disclosure {
//!     Disclosure { of, to, introduction: by, consent, fields }
//! }
//! ```
//!
//! ```compile_fail,E0616
//! use lodge_core::consent::{Disclosure, Shown};
//! fn swapped(disclosure: &mut Disclosure, fields: Vec<Shown>) {
//!     disclosure.fields = fields;
//! }
//! ```
//!
//! Its fields cannot be made up:
//!
//! ```compile_fail,E0451
//! use lodge_core::consent::Shown;
//! use lodge_core::people::member::Field;
//! fn made_up() -> Shown {
//!     Shown { field: Field::Email, value: "sam@mail.example".to_owned() }
//! }
//! ```
//!
//! And nobody is told who it is that agreed but by a disclosure:
//!
//! ```compile_fail,E0308
//! use lodge_core::people::member::Member;
//! use lodge_core::say::Answering;
//! fn told_without_consent(number: u32, of: Member, deadline: lodge_core::time::Timestamp) -> Answering {
//!     Answering::Reminder { number, of, deadline }
//! }
//! ```

mod ask;
mod contact;
mod publication;
mod terms;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::{ConsentId, IntroductionId, MemberId};
use crate::introduction::Request;
use crate::name::Address;
use crate::people::member::{Field, Fields, Member};
use crate::people::named::Named;
use crate::time::Timestamp;

pub use ask::{Ask, NoWord, Word};
pub use contact::{Contact, ContactConsent, ContactTerms};
pub use publication::{Entry, Publication, Published};
pub use terms::Terms;

/// The exact text that somebody was shown: SHA-256 over its content and the version of the wording around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// The editions of the wording and of the policy that were in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Versions {
    /// The edition of the wording files.
    pub wording: String,
    /// The edition of the policy page.
    pub policy: String,
}

/// The recipient of a disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// The person behind this address, as the requester typed it.
    Named(Address),
    /// This member, known to both.
    Member(MemberId),
    /// The member with this entry in the mentors' list.
    Entry(MemberId),
}

impl Recipient {
    /// The person whom a requester named.
    pub fn of(named: &Named) -> Self {
        match named {
            Named::Address(address) => Self::Named(address.clone()),
            Named::Entry { member, .. } => Self::Entry(*member),
        }
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
    /// Its own id, for the record.
    pub fn id(&self) -> ConsentId {
        self.id
    }

    /// The member who said yes.
    pub fn giver(&self) -> MemberId {
        self.giver
    }

    /// The terms that it was given to.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The time at which it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }

    /// The time at which it lapses.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Lets go of the values, as their owner is being forgotten: the record stays, and discloses nothing any more.
    pub fn forget_values(&mut self) {
        self.terms = self.terms.clone().without_values();
    }

    /// The disclosure that goes to `to` with the request. `None` when the consent has lapsed, is for somebody else, or
    /// is not `giver`'s.
    pub fn with_request(&self, giver: &Member, to: &Member, now: Timestamp) -> Option<Disclosure> {
        self.disclose(giver, to, self.terms.with_request(), now)
    }

    fn disclose(&self, giver: &Member, to: &Member, fields: &Fields, now: Timestamp) -> Option<Disclosure> {
        let for_them = match self.terms.recipient() {
            Recipient::Named(address) => *address == to.person.address,
            Recipient::Member(member) | Recipient::Entry(member) => *member == to.id,
        };
        (giver.id == self.giver && for_them && now < self.until).then(|| Disclosure {
            of: giver.id,
            to: to.id,
            introduction: self.terms.introduction(),
            consent: self.id,
            fields: self.terms.disclosed(giver, fields),
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
    /// The meeting of these two consents; `None` when they are for different introductions or of one person.
    pub fn of(requester: &'a Consent, addressee: &'a Consent) -> Option<Self> {
        let one_introduction = requester.terms.introduction() == addressee.terms.introduction();
        (one_introduction && requester.giver != addressee.giver).then_some(Self { requester, addressee })
    }

    /// The introduction that both agreed to.
    pub fn introduction(&self) -> IntroductionId {
        self.requester.terms.introduction()
    }

    /// The requester's details for the addressee, now that both have said yes.
    pub fn of_requester(&self, requester: &Member, addressee: &Member, now: Timestamp) -> Option<Disclosure> {
        self.requester.disclose(requester, addressee, self.requester.terms.after_both(), now)
    }

    /// The addressee's details for the requester, now that both have said yes.
    pub fn of_addressee(&self, addressee: &Member, requester: &Member, now: Timestamp) -> Option<Disclosure> {
        self.addressee.disclose(addressee, requester, self.addressee.terms.after_both(), now)
    }
}

/// A field with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    field: Field,
    value: String,
}

impl Shown {
    /// The field that is shown.
    pub fn field(&self) -> Field {
        self.field
    }

    /// The value that stands in it.
    pub fn value(&self) -> &str {
        &self.value
    }

    fn parts(&self) -> [&str; 2] {
        [self.field.code(), &self.value]
    }
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
    /// The member whose details these are.
    pub fn of(&self) -> MemberId {
        self.of
    }

    /// The member who gets them.
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

    /// The fields, with the values that stood in them.
    pub fn fields(&self) -> &[Shown] {
        &self.fields
    }
}

/// An employer's opportunity as it would be posted, under the name of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    organisation: String,
    words: String,
}

impl Offer {
    /// The offer of this member; `None` when no organisation is known that they speak for.
    pub fn of(member: &Member, words: String) -> Option<Self> {
        Some(Self { organisation: member.value(Field::Organisation)?, words })
    }

    /// The organisation's name.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// The words of the opportunity.
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// An offer that its maker agreed to have posted: in exactly these words and under this name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    giver: MemberId,
    offer: Offer,
    versions: Versions,
    given_at: Timestamp,
}

impl Posting {
    /// Records a yes to the offer as it was shown.
    pub fn agree(word: Word, offer: Offer, versions: Versions, at: Timestamp) -> Self {
        Self { giver: word.speaker(), offer, versions, given_at: at }
    }

    /// The member who said yes.
    pub fn giver(&self) -> MemberId {
        self.giver
    }

    /// The offer that it was given to.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// The time at which it was given.
    pub fn given_at(&self) -> Timestamp {
        self.given_at
    }
}

/// Fields with what stands in them; of an older row, which named the fields alone, none.
pub(crate) fn shown_or_older<'de, D: serde::Deserializer<'de>>(row: D) -> Result<Vec<Shown>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Row {
        Now(Vec<Shown>),
        Older(serde::de::IgnoredAny),
    }
    Ok(match Row::deserialize(row)? {
        Row::Now(shown) => shown,
        Row::Older(serde::de::IgnoredAny) => vec![],
    })
}

/// A member's own fields, to be shown to that member before they agree.
pub fn preview(own: &Member, fields: &Fields) -> Vec<Shown> {
    shown(own, fields)
}

/// Every field of a member's own card, for any audience, to be shown to that member.
pub fn own_card(own: &Member) -> Vec<Shown> {
    own.person.details.0.iter().map(|(field, value)| Shown { field: *field, value: value.clone() }).collect()
}

fn shown(member: &Member, fields: &Fields) -> Vec<Shown> {
    fields.iter().filter_map(|field| member.value(*field).map(|value| Shown { field: *field, value })).collect()
}

/// The fingerprint of a request as the addressee reads it: its words, its plan, the fields beside them, the editions in
/// force. A request without a plan has the one that it had when there were none.
fn fingerprint(request: &Request, fields: &[Shown], versions: &Versions) -> Fingerprint {
    let words = [&versions.wording, &versions.policy, request.purpose.as_str()];
    let words = words.into_iter().chain([request.known_how.as_deref().unwrap_or(""), &request.message]);
    let plan = request.plan.parts();
    let words = words.chain(plan.iter().map(String::as_str));
    fingerprint_of(words.chain(fields.iter().flat_map(Shown::parts)))
}

fn fingerprint_of<'a>(parts: impl Iterator<Item = &'a str>) -> Fingerprint {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let (high, low) = digest.split_at(16);
    let half = |bytes: &[u8]| u128::from_be_bytes(bytes.try_into().unwrap_or_default());
    Fingerprint(format!("{:032x}{:032x}", half(high), half(low)))
}
