//! Each kind of row in its table, under its key, with its owners: as they stand on disk.

use std::collections::BTreeSet;

use lodge_core::conduct::Case;
use lodge_core::conduct::report::Report;
use lodge_core::consent::Entry;
use lodge_core::desk::Enquiry;
use lodge_core::events::{Event, HandOver, SignUp};
use lodge_core::id::MemberId;
use lodge_core::introduction::Introduction;
use lodge_core::mark::Mark;
use lodge_core::name::Address;
use lodge_core::notes::Notebook;
use lodge_core::people::member::Member;
use lodge_core::people::roster::{Listing, Organisation};
use lodge_core::rooms::{CommunityRoom, Proposal};
use lodge_core::timer::Timer;
use lodge_ground::stored::Stored;
use lodge_matrix::device::Pinned;
use serde_json::{Value, json};

use super::trial::{Trial, words};
use crate::audit;
use crate::news::{Heard, Text};
use crate::outbox::Job;
use crate::store::{Store as _, Table};
use crate::tables::{
    self, Asked, AuditHead, AuditKept, Ciphers, Conversation, Era, HeadTold, Restored, Seen, Token, Unread, Waiting,
};

const ONE: MemberId = MemberId::from_bytes([0x11; 16]);
const TWO: MemberId = MemberId::from_bytes([0x22; 16]);
const ID: &str = "33333333333333333333333333333333";
const KEY: &[u8] = &[0x33; 16];

/// The row that reads so stands there, and is whose it should be.
fn stands<S: Stored>(row: Value, table: Table, key: &[u8], owners: &[MemberId]) {
    let row = tables::row(&serde_json::from_value::<S>(row).unwrap()).unwrap();
    let owners: BTreeSet<MemberId> = owners.iter().copied().collect();
    assert_eq!((row.table, &*row.key, row.owners), (table, key, owners), "{}", std::any::type_name::<S>());
}

/// A hub of which one member asks the other.
fn hub() -> Trial {
    let mut trial = Trial::new();
    trial.show_all();
    for body in ["agree", "introduce @alex:example.org for career advice: Hello.", "no", "send"] {
        let (room, cipher) = (trial.room(trial.sam()), Some(trial.encrypt()));
        let sam = Address::exact("@sam:example.org").unwrap();
        trial.hear(&room, Heard::Text(Text { cipher, ..words(sam, body) }));
        trial.settle();
        trial.show_all();
    }
    trial
}

/// A row of this kind that a hub wrote, of the members one and two.
fn written<S: Stored>(trial: &Trial) -> Value {
    let rows = trial.store.load(S::TABLE).unwrap();
    let text = String::from_utf8(rows.into_iter().next().unwrap().value).unwrap();
    let text = text.replace(&trial.sam().to_string(), &ONE.to_string());
    serde_json::from_str(&text.replace(&trial.alex().to_string(), &TWO.to_string())).unwrap()
}

fn with(mut row: Value, field: &str, value: impl Into<Value>) -> Value {
    row[field] = value.into();
    row
}

#[test]
fn each_kind_of_the_cores_has_its_table_its_key_and_its_owners() {
    let trial = hub();
    let introduction = with(written::<Introduction>(&trial), "id", ID);
    stands::<Introduction>(introduction.clone(), Table::Introductions, KEY, &[ONE, TWO]);
    stands::<Introduction>(with(introduction, "addressee", Value::Null), Table::Introductions, KEY, &[ONE]);
    let member = with(written::<Member>(&trial), "id", ONE.to_string());
    stands::<Member>(member, Table::Members, &ONE.to_bytes(), &[ONE]);
    stands::<Timer>(with(written::<Timer>(&trial), "id", ID), Table::Timers, KEY, &[]);
    stands::<Mark>(json!({ "id": KEY, "until": null }), Table::Marks, KEY, &[]);
    let report = json!({ "id": ID, "introduction": ID, "by": TWO, "words": null, "room": null, "at": 7 });
    stands::<Report>(report, Table::Reports, KEY, &[TWO]);
    let listing = with(written::<Listing>(&trial), "member", ONE.to_string());
    stands::<Listing>(listing, Table::Listings, &ONE.to_bytes(), &[ONE]);
    stands::<Organisation>(json!({ "id": ID, "approved": [ONE, 7] }), Table::Organisations, KEY, &[]);
    let case = json!({ "id": ID, "number": 7, "room": ID, "by": ONE, "about": { "member": TWO }, "words": "",
                       "message": null, "quoted": null, "at": 7, "judged": null });
    stands::<Case>(case.clone(), Table::Cases, KEY, &[ONE, TWO]);
    stands::<Case>(with(case.clone(), "about", "writer"), Table::Cases, KEY, &[ONE]);
    let mut introduced = with(case, "introduction", ID);
    introduced.as_object_mut().unwrap().remove("room");
    stands::<Case>(introduced, Table::Cases, KEY, &[ONE, TWO]);
    let enquiry =
        json!({ "id": ID, "by": ONE, "words": "May I come by?", "at": 7, "answered": { "by": TWO, "at": 8 } });
    stands::<Enquiry>(enquiry, Table::Enquiries, KEY, &[ONE]);
    let note = json!({ "number": 3, "at": 7, "about": ID, "question": null, "words": "Archives smell of dust." });
    let notebook = json!({ "of": ONE, "notes": [note], "numbered": 3 });
    stands::<Notebook>(notebook, Table::Notebooks, &ONE.to_bytes(), &[ONE]);
    let plan = json!({ "title": "Working in museums", "organisation": null, "from": 7, "until": 8, "place": "Room 4",
                       "open_to": ["student"], "places": null, "sign_up_by": 7, "about": "Three curators." });
    let event = json!({ "id": ID, "number": 4, "plan": plan, "stage": "ahead", "announced": 5, "code": 7351,
                        "counted": null });
    stands::<Event>(event, Table::Events, KEY, &[]);
    let sign_up = json!({ "id": ID, "event": ID, "member": TWO, "at": 6, "standing": { "offered": 7 }, "came": false });
    stands::<SignUp>(sign_up, Table::SignUps, KEY, &[TWO]);
    let terms = json!({ "event": ID, "organisation": "City Museum", "values": [],
                        "versions": { "wording": "1", "policy": "1" } });
    let asked = json!({ "asked": { "terms": terms, "by": ID } });
    stands::<HandOver>(json!({ "id": ID, "event": ID, "member": TWO, "stage": asked }), Table::HandOvers, KEY, &[TWO]);
    stands::<Entry>(json!({ "of": TWO, "fields": [] }), Table::Entries, &TWO.to_bytes(), &[TWO]);
    let matter = json!({ "room": { "key": "books", "name": "Books", "topic": "" } });
    let proposal = json!({ "id": ID, "number": 7, "by": TWO, "matter": matter, "at": 7, "decided": null });
    stands::<Proposal>(proposal, Table::Proposals, KEY, &[TWO]);
    let declared = json!({ "key": "books", "name": "Books", "topic": "", "purpose": "interest", "joins": [],
                           "cohorts": [], "posts": [], "encryption": "none", "history": "shared", "bridged": false,
                           "federated": false, "space": null });
    let room = json!({ "id": ID, "declared": declared, "origin": "configuration", "stage": { "open": "!room" },
                       "edition": 1, "tended": null, "disturbed": false, "spoken": 7, "warned": null, "told": null });
    stands::<CommunityRoom>(room, Table::Rooms, KEY, &[]);
}

#[test]
fn each_kind_of_the_channels_has_its_table_its_key_and_its_owners() {
    let (one, head) = (ONE.to_bytes(), json!({ "number": 7, "hash": written::<audit::Entry>(&hub())["hash"] }));
    let job = json!({ "number": 258, "id": ID, "owners": [ONE, TWO], "errand": { "leave": "!room" } });
    stands::<Job>(job, Table::Chores, &[0, 0, 0, 0, 0, 0, 1, 2], &[ONE, TWO]);
    let act = json!({ "number": 258, "id": ID, "owners": [ONE, TWO], "errand": { "act": { "forget": ONE } } });
    stands::<lodge_engine::outbox::Job>(act, Table::Outbox, &[0, 0, 0, 0, 0, 0, 1, 2], &[ONE, TWO]);
    let conversation = json!({ "member": ONE, "stage": { "open": "!room" } });
    stands::<Conversation>(conversation, Table::Conversations, &one, &[ONE]);
    let waiting = json!({ "event": "$event", "room": "!room", "member": ONE, "sealed": "{}", "since": 7,
                          "asked_again": false });
    stands::<Waiting>(waiting, Table::Waiting, b"$event", &[ONE]);
    let unread = json!({ "number": 258, "event": "$event", "room": "!room", "member": ONE, "since": 7, "body": "Hello",
                         "sender": "@sam:example.org", "reply_to": null, "mentions": [], "is_tied": true });
    stands::<Unread>(unread, Table::Unread, &[0, 0, 0, 0, 0, 0, 1, 2], &[ONE]);
    let ciphers = json!({ "member": ONE, "number": 258, "heard": {} });
    stands::<Ciphers>(ciphers, Table::Ciphers, &[&one[..], &[0, 0, 1, 2]].concat(), &[ONE]);
    stands::<Asked>(json!({ "event": "$event", "effect": ID, "member": ONE }), Table::Asked, b"$event", &[ONE]);
    stands::<Seen>(json!({ "event": "$event", "at": 7 }), Table::Seen, b"$event", &[]);
    let pinned = json!({ "member": ONE, "identity": null, "devices": [], "waiting": [] });
    stands::<Pinned>(pinned, Table::Pinned, &one, &[ONE]);
    let entry = with(written::<audit::Entry>(&hub()), "number", 258);
    stands::<audit::Entry>(entry, Table::Audit, &[0, 0, 0, 0, 0, 0, 1, 2], &[]);
    stands::<Token>(json!({ "token": "s1" }), Table::Singles, b"token", &[]);
    stands::<AuditHead>(json!({ "audit": head }), Table::Singles, b"audit", &[]);
    stands::<HeadTold>(json!({ "audit": head, "at": 7 }), Table::Singles, b"audit-told", &[]);
    let kept = serde_json::to_value(AuditKept::default()).unwrap();
    stands::<AuditKept>(kept, Table::Singles, b"audit-kept", &[]);
    stands::<Restored>(json!({ "from": 7 }), Table::Singles, b"restored", &[]);
    stands::<Era>(json!({ "began": 7 }), Table::Singles, b"era", &[]);
}
