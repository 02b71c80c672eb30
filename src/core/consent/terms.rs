//! The terms of a consent, made together with all that is shown of them.

use serde::{Deserialize, Serialize};

use super::{Consent, Fingerprint, Recipient, Shown, Versions, fingerprint, fingerprint_of, shown};
use crate::id::IntroductionId;
use crate::introduction::Request;
use crate::mentors::card::CardVersion;
use crate::people::member::{Field, Fields, Member};
use crate::people::named::Named;
use crate::policy::PurposeId;

/// The terms that a person agrees to (requirement C14: field by field, for one recipient and one purpose, of an exact
/// text), with the values that stood in those fields.
///
/// Terms are made here, together with everything that is shown of them: nobody can agree to one thing and be shown
/// another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    introduction: IntroductionId,
    recipient: Recipient,
    purpose: PurposeId,
    with_request: Fields,
    after_both: Fields,
    /// The values that were shown. Older rows have none.
    #[serde(default)]
    values: Vec<Shown>,
    text: Fingerprint,
    /// Older rows name none.
    #[serde(default)]
    card: CardVersion,
    versions: Versions,
}

impl Terms {
    /// The terms of a request: `with_request` goes with it, `after_both` once both have said yes.
    pub fn of_request(
        introduction: IntroductionId,
        (own, to): (&Member, &Named),
        request: &Request,
        (with_request, after_both): (Fields, Fields),
        versions: &Versions,
    ) -> Self {
        let beside = shown(own, &with_request);
        Self {
            introduction,
            recipient: Recipient::of(to),
            purpose: request.purpose.clone(),
            values: shown(own, &with_request.union(&after_both).copied().collect()),
            text: fingerprint(request, &beside, versions),
            with_request,
            after_both,
            card: own.card_version(),
            versions: versions.clone(),
        }
    }

    /// The terms of a yes to a request that was sent with `asked`: a shared room shows name and address anyway.
    pub fn of_answer(asked: &Consent, own: &Member, versions: &Versions) -> Self {
        let after_both = Fields::from([Field::Name, Field::Address]);
        Self {
            introduction: asked.terms().introduction,
            recipient: Recipient::Member(asked.giver()),
            purpose: asked.terms().purpose.clone(),
            with_request: Fields::new(),
            values: shown(own, &after_both),
            after_both,
            text: asked.terms().text.clone(),
            card: own.card_version(),
            versions: versions.clone(),
        }
    }

    /// The introduction; a consent to these terms serves no other (requirement C1).
    pub fn introduction(&self) -> IntroductionId {
        self.introduction
    }

    /// The recipient of the details.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    /// The purpose they were agreed to for.
    pub fn purpose(&self) -> &PurposeId {
        &self.purpose
    }

    /// The fields that go with the request.
    pub fn with_request(&self) -> &Fields {
        &self.with_request
    }

    /// The fields that go once both have said yes.
    pub fn after_both(&self) -> &Fields {
        &self.after_both
    }

    /// The text of the request, as both see it.
    pub fn text(&self) -> &Fingerprint {
        &self.text
    }

    /// The card that the values were taken from.
    pub fn card(&self) -> &CardVersion {
        &self.card
    }

    /// The editions in force.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// The fingerprint of the values that were shown, field by field; nothing for an older consent, which kept none.
    pub fn values_fingerprint(&self) -> Option<Fingerprint> {
        (!self.values.is_empty()).then(|| fingerprint_of(self.values.iter().flat_map(Shown::parts)))
    }

    /// The giver's details as they stand beside the request, for a preview of it.
    pub fn beside(&self) -> Vec<Shown> {
        self.values.iter().filter(|shown| self.with_request.contains(&shown.field())).cloned().collect()
    }

    /// The giver's details as they are shown once both have said yes, for the giver to read before they agree.
    pub fn afterwards(&self) -> Vec<Shown> {
        self.values.iter().filter(|shown| self.after_both.contains(&shown.field())).cloned().collect()
    }

    /// The same terms with these details added, to be shown once both have said yes.
    pub(super) fn with_more(mut self, more: Vec<Shown>) -> Self {
        self.after_both.extend(more.iter().map(Shown::field));
        self.values.extend(more);
        self
    }

    /// The same terms without any value, as their owner is being forgotten.
    pub(super) fn without_values(self) -> Self {
        Self { values: vec![], card: CardVersion::default(), ..self }
    }

    /// The part of `fields` that can be disclosed: the values that were shown, without any that its owner lets nobody
    /// see by now. An older consent kept no values; its values are those of now, as long as the card is the same.
    pub(super) fn disclosed(&self, giver: &Member, fields: &Fields) -> Vec<Shown> {
        if self.values.is_empty() {
            return if giver.card_version() == self.card { shown(giver, fields) } else { vec![] };
        }
        let open = |shown: &&Shown| fields.contains(&shown.field()) && giver.value(shown.field()).is_some();
        self.values.iter().filter(open).cloned().collect()
    }
}
