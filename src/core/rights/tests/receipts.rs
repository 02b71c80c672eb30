//! Receipts, and the documents they are handed out in.

use lodge_core::consent::Consent;
use lodge_core::introduction::Party;
use lodge_core::policy::Settings;
use lodge_core::rights::receipt::{pages, receipt};
use lodge_core::time::{Span, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::talk::{START, settings};

const GIVER: &str = "0000000000000000000000000000005a";
const OTHER: &str = "000000000000000000000000000000a1";
const INTRODUCTION: &str = "00000000000000000000000000000011";

fn after(hours: u64) -> Timestamp {
    START.after(Span::from_millis(hours * 3_600_000))
}

/// A yes given at the start, for a thousand hours.
fn consent(recipient: Value, with_request: Value) -> Consent {
    serde_json::from_value(json!({
        "id": "000000000000000000000000000000c0",
        "giver": GIVER,
        "terms": {
            "introduction": INTRODUCTION,
            "recipient": recipient,
            "purpose": "career-advice",
            "with_request": with_request,
            "after_both": ["name", "matrix-id", "email"],
            "text": "5f".repeat(32),
            "versions": { "wording": "w1", "policy": "1" },
        },
        "given_at": START,
        "until": after(1000),
    }))
    .unwrap()
}

fn requesters() -> Consent {
    consent(json!({ "named": "@alex:example.org" }), json!(["name", "course"]))
}

fn addressees() -> Consent {
    consent(json!({ "member": OTHER }), json!([]))
}

fn service() -> Settings {
    Settings { forget_within: Span::from_days(1), ..settings() }
}

#[test]
fn c15_a_receipt_says_what_was_agreed_to_for_whom_and_until_when() {
    let requesters = receipt(&requesters(), Party::Requester, None, &service(), after(1));
    insta::assert_snapshot!("receipt_of_a_request", format!("{requesters:#}"));
    let addressees = receipt(&addressees(), Party::Addressee, Some(after(5)), &service(), after(9));
    insta::assert_snapshot!("receipt_of_a_yes_that_was_taken_back", format!("{addressees:#}"));
}

#[test]
fn a_receipt_names_the_other_only_as_its_giver_did() {
    let of_a_yes = receipt(&addressees(), Party::Addressee, None, &service(), after(1)).to_string();
    assert!(!of_a_yes.contains(OTHER), "{of_a_yes}");
    assert!(of_a_yes.contains("the person whose request is shown") && of_a_yes.contains(INTRODUCTION), "{of_a_yes}");
    let of_a_proposal = receipt(&addressees(), Party::Requester, None, &service(), after(1)).to_string();
    assert!(!of_a_proposal.contains(OTHER), "{of_a_proposal}");
    assert!(of_a_proposal.contains("the person described in the text"), "{of_a_proposal}");
    let of_a_request = receipt(&requesters(), Party::Requester, None, &service(), after(1)).to_string();
    assert!(of_a_request.contains("@alex:example.org"), "{of_a_request}");
}

#[test]
fn a_consent_is_given_until_its_own_end_or_its_givers_withdrawal() {
    let end = |state: &str, at: &str, by: &str| Some(json!([state, at, by]));
    for (withdrawn_at, now, expected) in [
        (None, START, None),
        (None, after(999), None),
        (None, after(1000), end("expired", "2026-12-14T02:00:00Z", "Careers")),
        (None, after(9000), end("expired", "2026-12-14T02:00:00Z", "Careers")),
        (Some(after(24)), after(25), end("withdrawn", "2026-11-03T10:00:00Z", GIVER)),
        (Some(after(24)), after(9000), end("withdrawn", "2026-11-03T10:00:00Z", GIVER)),
        // A consent that has lapsed cannot be taken back any more.
        (Some(after(1000)), after(1001), end("expired", "2026-12-14T02:00:00Z", "Careers")),
    ] {
        let receipt = receipt(&requesters(), Party::Requester, withdrawn_at, &service(), now);
        let events = receipt["event"].as_array().unwrap();
        assert_eq!(events[0]["event_state"], "given");
        assert_eq!(events[0]["event_time"], "2026-11-02T10:00:00Z");
        assert_eq!(events[0]["validity_duration"]["until"], "2026-12-14T02:00:00Z");
        let ended = events.get(1).map(|end| json!([end["event_state"], end["event_time"], end["entity_id"]]));
        assert_eq!(ended, expected, "withdrawn {withdrawn_at:?}, at {now:?}");
        let id = format!("000000000000000000000000000000c0-{}", events.len());
        assert_eq!(receipt["receipt_metadata"]["receipt_id"], json!(id));
    }
}

#[test]
fn every_party_that_a_receipt_refers_to_is_in_its_list() {
    for (consent, giver_is) in [(requesters(), Party::Requester), (addressees(), Party::Addressee)] {
        let receipt = receipt(&consent, giver_is, None, &service(), after(1000));
        let listed: Vec<&Value> =
            receipt["party_identification"].as_array().unwrap().iter().map(|party| &party["party_id"]).collect();
        let purpose = &receipt["pii_processing"]["purposes"][0];
        let events = receipt["event"].as_array().unwrap().iter().map(|event| &event["entity_id"]);
        let named = [
            &receipt["header"]["pii_principal_id"],
            &purpose["pii_controllers"][0],
            &purpose["recipient_third_parties"][0],
        ];
        for party in events.chain(named) {
            assert!(listed.contains(&party), "{party} is not in {listed:?}");
        }
    }
}

#[test]
fn what_is_not_whole_days_is_still_a_duration() {
    for (millis, text) in
        [(86_400_000, "P1D"), (2_592_000_000, "P30D"), (3_000, "PT3S"), (5_400_000, "PT1H30M"), (0, "PT0S")]
    {
        let service = Settings { forget_within: Span::from_millis(millis), ..settings() };
        let receipt = receipt(&requesters(), Party::Requester, None, &service, START);
        assert_eq!(receipt["pii_processing"]["purposes"][0]["retention_period"]["erased_within"], text);
    }
}

#[test]
fn no_records_are_no_documents() {
    assert_eq!(pages(vec![], 1000), Vec::<String>::new());
}

#[test]
fn a_record_that_is_too_long_stands_alone() {
    let long = json!({ "text": "x".repeat(500) });
    let pages = pages(vec![json!(1), json!(2), long.clone(), json!(3)], 200);
    let records: Vec<Value> =
        pages.iter().map(|page| serde_json::from_str::<Value>(page).unwrap()["records"].clone()).collect();
    assert_eq!(records, [json!([1, 2]), json!([long]), json!([3])]);
}

/// Records as deep and as wide as ours, with what JSON writes as an escape.
fn record() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,8}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_is_there_once_and_no_document_is_too_long(
        records in prop::collection::vec(record(), 0..40),
        max_bytes in 0..4000_usize,
    ) {
        let texts = pages(records.clone(), max_bytes);
        let mut found = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let page: Value = serde_json::from_str(text).unwrap();
            prop_assert_eq!(&page["part"], &json!(index + 1));
            prop_assert_eq!(&page["of"], &json!(texts.len()));
            let here = page["records"].as_array().unwrap();
            prop_assert!(text.len() <= max_bytes || here.len() == 1, "{} bytes, at most {max_bytes}", text.len());
            found.extend(here.iter().cloned());
        }
        prop_assert_eq!(found, records);
        // None is begun before the one before it is full.
        for two in texts.windows(2) {
            prop_assert!(two[0].len() + two[1].len() > max_bytes);
        }
    }
}
