//! Receipts: what a person agreed to, in a form that they can keep and other programs can read (requirement C15).
//!
//! The form is that of ISO/IEC TS 27560:2023, "Consent record information structure". The standard fixes what a record
//! says and how the fields are called, not how it is written down; we write JSON. It asks of a receipt only its own id
//! and the version of its structure, and leaves open how much of the record stands in it. Ours holds the whole record,
//! in the standard's four sections. The fields' names, and which of them are mandatory, are as the W3C Data Privacy
//! Vocabularies group gives them in its guide to the standard. The standard's own text is not public: the spelling of
//! the sections' names is unchecked, and the values of roles, types and states are our own words.
//!
//! **Filled in.** `receipt_metadata`: `schema_version`, `receipt_id`. `header`: `schema_version`, `record_id` (the
//! consent's id), `pii_principal_id` (the member's id). `pii_processing`: `privacy_notice` (the editions in force and
//! the fingerprints of the text and of the values that were shown), `language`, and one of `purposes` with `purpose`, `purpose_type`,
//! `lawful_basis`, `services` (the introduction), `pii_information`, `pii_controllers`, `collection_method`,
//! `processing_method`, `storage_locations`, `retention_period`, `recipient_third_parties`, `withdrawal_method`,
//! `privacy_rights`. `party_identification`: `party_id`, `party_name`, `party_role`, `party_type`, `party_contact`.
//! `event`, a list, since a consent is given once and ends once: `event_time`, `validity_duration`, `entity_id`,
//! `event_type`, `event_state`.
//!
//! **Left out.** `jurisdiction` and the controller's `party_address`, which a record must have, and `authority_party`,
//! `codes_of_conduct`, `impact_assessment`, `processing_locations` and `geographic_restrictions`, which it may have:
//! they are the institution's to state, and its policy page is the place; the notice says how to read it. The name of
//! the person themselves, and any contact of the other but an address that the giver typed: a receipt gets shown
//! around, and names nobody without need. `pii_attribute_id`, for a receipt holds no values of fields. `pii_optional`,
//! for nothing is shown that was not ticked or agreed to. `sensitive_pii_category` and `special_pii_category`: no
//! field is of that kind.
//!
//! A receipt is part of the rule of one answer. All that is in it comes from its giver's own consent, their own
//! withdrawal, and settings that are the same for everybody; nothing that the other did or is could change a byte.

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::{Value, json};

use crate::consent::{Consent, Fingerprint, Publication, Recipient, Versions};
use crate::id::{ConsentId, MemberId};
use crate::introduction::Party;
use crate::mentors::card::CardVersion;
use crate::people::member::{Field, Fields};
use crate::policy::Settings;
use crate::time::{Span, Timestamp};

/// The structure that [`receipt`] writes. It changes when a reader of receipts would have to.
const SCHEMA: &str = "ISO/IEC TS 27560:2023; org.lodge.receipt.1";

/// The language of the text that was shown, by ISO 639.
const LANGUAGE: &str = "en";

/// The receipt of `consent`, as it stands at `now`.
///
/// `giver_is` says which side its giver is on. `withdrawn_at` is when the giver took it back, where they did: nothing
/// else ends it before its own end. While the settings stay as they are, the
/// same receipt asked for twice is the same document, byte by byte.
pub fn receipt(
    consent: &Consent,
    giver_is: Party,
    withdrawn_at: Option<Timestamp>,
    service: &Settings,
    now: Timestamp,
) -> Value {
    let terms = consent.terms();
    let other = other_party(consent, giver_is);
    let events = events(consent, withdrawn_at, service, now);
    let notice = Notice {
        versions: terms.versions(),
        card: terms.card(),
        text: Some(terms.text()),
        values: terms.values_fingerprint(),
    };
    let parties = [
        json!({ "party_id": consent.giver(), "party_role": "pii-principal", "party_type": giver_is }),
        json!({
            "party_id": other.id,
            "party_name": other.name,
            "party_role": "third-party",
            "party_type": giver_is.other(),
        }),
    ];
    record(
        consent.id(),
        consent.giver(),
        &notice,
        &purpose(consent, giver_is, &other, service),
        parties,
        events,
        service,
    )
}

/// The receipt of a consent to be in the mentors' list, which lasts until its giver takes it back.
pub fn publication_receipt(publication: &Publication, giver: MemberId, service: &Settings) -> Value {
    let readers = "every member who reads the mentors' list";
    let notice = Notice { versions: publication.versions(), card: publication.card(), text: None, values: None };
    let fields = Field::ALL.into_iter().filter(|field| publication.fields().contains(field));
    let fields: Vec<Value> =
        fields.map(|field| json!({ "pii_type": field, "shown": "in the mentors' list" })).collect();
    let purpose = json!({
        "purpose": "to be found and asked by members who are looking for a mentor",
        "purpose_type": "mentors-list",
        "lawful_basis": "consent",
        "services": ["the mentors' list"],
        "pii_information": fields,
        "pii_controllers": [service.service],
        "collection_method": COLLECTED,
        "processing_method": "shown to members who ask for the list and to nobody else; nothing is kept of who looked",
        "storage_locations": STORED,
        "retention_period": retention("the person leaves the list", "unlist me", service),
        "recipient_third_parties": [readers],
        "withdrawal_method": to_the_porter("unlist me"),
        "privacy_rights": rights(),
    });
    let parties = [
        json!({ "party_id": giver, "party_role": "pii-principal", "party_type": "mentor" }),
        json!({ "party_id": readers, "party_name": readers, "party_role": "third-party", "party_type": "member" }),
    ];
    let event = json!({
        "event_time": utc(publication.given_at()),
        "validity_duration": { "until": null },
        "entity_id": giver,
        "event_type": "explicit",
        "event_state": "given",
    });
    record(publication.id(), giver, &notice, &purpose, parties, vec![event], service)
}

/// The notice that somebody was shown when they agreed.
struct Notice<'a> {
    versions: &'a Versions,
    card: &'a CardVersion,
    text: Option<&'a Fingerprint>,
    values: Option<Fingerprint>,
}

fn record(
    id: ConsentId,
    giver: MemberId,
    notice: &Notice<'_>,
    purpose: &Value,
    parties: [Value; 2],
    events: Vec<Value>,
    service: &Settings,
) -> Value {
    let [principal, third] = parties;
    json!({
        "receipt_metadata": {
            "schema_version": SCHEMA,
            "receipt_id": format!("{id}-{}", events.len()),
        },
        "header": {
            "schema_version": SCHEMA,
            "record_id": id,
            "pii_principal_id": giver,
        },
        "pii_processing": {
            "privacy_notice": {
                "policy_edition": notice.versions.policy,
                "wording_edition": notice.versions.wording,
                "shown_text_fingerprint": notice.text,
                "shown_values_fingerprint": notice.values,
                "card_version": notice.card,
                "read_it": "write \"policy\" to the porter",
            },
            "language": LANGUAGE,
            "purposes": [purpose],
        },
        "party_identification": [
            {
                "party_id": service.service,
                "party_name": service.service,
                "party_role": "pii-controller",
                "party_type": "careers-service",
                "party_contact": service.porter,
            },
            principal,
            third,
        ],
        "event": events,
    })
}

/// The other person, as far as the giver was told of them when they agreed.
struct Other {
    id: String,
    name: String,
}

fn other_party(consent: &Consent, giver_is: Party) -> Other {
    match consent.terms().recipient() {
        // The giver typed it, so it tells them nothing.
        Recipient::Named(address) => Other { id: address.to_string(), name: address.to_string() },
        recipient @ (Recipient::Member(_) | Recipient::Entry(_)) => {
            let listed = matches!(recipient, Recipient::Entry(_));
            let name = match giver_is {
                Party::Requester if listed => "the person chosen from the mentors' list",
                Party::Requester => "the person described in the text",
                Party::Addressee => "the person whose request is shown",
            };
            Other {
                id: format!("the other person of introduction {}", consent.terms().introduction()),
                name: name.to_owned(),
            }
        }
    }
}

fn purpose(consent: &Consent, giver_is: Party, other: &Other, service: &Settings) -> Value {
    let terms = consent.terms();
    // A purpose that the service no longer offers is known by its short name only.
    let label = service.purpose(terms.purpose()).map_or(terms.purpose().as_str(), |purpose| &purpose.label);
    json!({
        "purpose": label,
        "purpose_type": terms.purpose(),
        "lawful_basis": "consent",
        "services": [format!("introduction {}", terms.introduction())],
        "pii_information": pii_information(terms.with_request(), terms.after_both(), giver_is),
        "pii_controllers": [service.service],
        "collection_method": COLLECTED,
        "processing_method": "shown to the recipient and to nobody else",
        "storage_locations": STORED,
        "retention_period": retention("the person asks to be forgotten", "forget me", service),
        "recipient_third_parties": [other.id],
        "withdrawal_method": to_the_porter("withdraw"),
        "privacy_rights": rights(),
    })
}

const COLLECTED: &str = "from the service's list of members, and from what the person wrote to the porter";

const STORED: [&str; 2] = ["the service's hub", "encrypted messages in conversations with the porter"];

fn retention(until: &str, words: &str, service: &Settings) -> Value {
    let until = format!("{until}: {}", to_the_porter(words));
    json!({ "until": until, "erased_within": iso_duration(service.forget_within) })
}

fn rights() -> [Value; 2] {
    let right = |right: &str, words: &str| json!({ "right": right, "exercise": to_the_porter(words) });
    [right("access", "my data"), right("erasure", "forget me")]
}

fn to_the_porter(words: &str) -> String {
    format!("write \"{words}\" in the conversation with the porter")
}

fn pii_information(with_request: &Fields, after_both: &Fields, giver_is: Party) -> Vec<Value> {
    const WITH_REQUEST: &str = "with the request";
    let shown = |fields: &Fields, when: &str| {
        let fields = Field::ALL.into_iter().filter(|field| fields.contains(field));
        fields.map(|field| json!({ "pii_type": field, "shown": when })).collect::<Vec<_>>()
    };
    let written = match giver_is {
        Party::Requester => vec![json!({ "pii_type": "request-text", "shown": WITH_REQUEST })],
        Party::Addressee => vec![],
    };
    [written, shown(with_request, WITH_REQUEST), shown(after_both, "once both have agreed")].concat()
}

/// The events of the consent up to `now`, oldest first: it was given, and ended in at most one way.
fn events(consent: &Consent, withdrawn_at: Option<Timestamp>, service: &Settings, now: Timestamp) -> Vec<Value> {
    let event = |state: &str, at: Timestamp, until: Option<Timestamp>, entity: Value| {
        json!({
            "event_time": utc(at),
            "validity_duration": { "until": until.and_then(utc) },
            "entity_id": entity,
            "event_type": "explicit",
            "event_state": state,
        })
    };
    let given = event("given", consent.given_at(), Some(consent.until()), json!(consent.giver()));
    let ended = match withdrawn_at.filter(|at| *at < consent.until()) {
        Some(at) => Some(event("withdrawn", at, None, json!(consent.giver()))),
        None if consent.until() <= now => Some(event("expired", consent.until(), None, json!(service.service))),
        None => None,
    };
    [given].into_iter().chain(ended).collect()
}

/// By RFC 3339, in UTC; nothing for moments thousands of years away.
fn utc(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(at.as_millis()).ok().map(|at| at.to_string())
}

/// By ISO 8601, in days where it is whole days.
fn iso_duration(span: Span) -> String {
    let day = Span::from_days(1).as_millis();
    match span.as_millis() {
        millis if millis > 0 && millis.is_multiple_of(day) => format!("P{}D", millis / day),
        millis => SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX)).to_string(),
    }
}

/// One of the documents that [`pages`] makes.
#[derive(Serialize)]
struct Page<'a> {
    part: usize,
    of: usize,
    records: &'a [Value],
}

impl Page<'_> {
    fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("numbers and JSON values can be written as JSON")
    }
}

/// The records as JSON documents to be read one by one, each `{"part": n, "of": m, "records": […]}` and complete in
/// itself. None is longer than `max_bytes`, unless a single record is too long for that: then it stands alone. No
/// records are no documents.
pub fn pages(records: Vec<Value>, max_bytes: usize) -> Vec<String> {
    let cuts = cuts(&records, max_bytes);
    let of = cuts.len();
    let page = |(number, cut): (usize, std::ops::Range<usize>)| Page { part: number + 1, of, records: &records[cut] };
    cuts.into_iter().enumerate().map(|cut| page(cut).text()).collect()
}

/// Divides the records into pages, in order.
fn cuts(records: &[Value], max_bytes: usize) -> Vec<std::ops::Range<usize>> {
    // There are at most as many parts as records, so that no number in a page is longer than this one. A list that is
    // not empty has two more line breaks, and a closing bracket two spaces in.
    let frame = Page { part: records.len(), of: records.len(), records: &[] }.text().len() + "\n\n  ".len();
    let mut cuts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut used = 0;
    for (index, record) in records.iter().enumerate() {
        let more = size_in_list(record);
        match cuts.last_mut() {
            Some(cut) if used + ",\n".len() + more <= max_bytes => {
                cut.end = index + 1;
                used += ",\n".len() + more;
            }
            _ => {
                cuts.push(index..index + 1);
                used = frame + more;
            }
        }
    }
    cuts
}

/// The number of bytes that a record takes in the list of a page, where each of its lines is moved in by four spaces.
fn size_in_list(record: &Value) -> usize {
    let text = format!("{record:#}");
    text.len() + 4 * text.lines().count()
}
