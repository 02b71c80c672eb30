//! Calendar files as a program reads them that shares no code with Lodge: the icalendar of the Python package index.

#![expect(clippy::unwrap_used, reason = "a test whose preparation fails has failed")]

mod reading;

use jiff::tz::TimeZone;
use lodge_calendar::invitation::{Invitation, Party, Standing};
use lodge_calendar::overlap::Slot;
use lodge_ground::time::Timestamp;
use reading::as_read_by_another;
use serde_json::{Value, json};

fn moment(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn slot(from: &str, to: &str) -> Slot {
    Slot { from: moment(from), to: moment(to) }
}

const LONG: &str = "The two talk for three quarters of an hour; bring your questions, your CV (if you like), and a pen.\n\
                    Zoë will ask: \"why physics?\" \u{2013} \\o/ \u{1F600}, 老虎 and äöü to the end of a long, long line";

fn invitation(slot: Slot, zone: &str) -> Invitation {
    let party = |name: &str, uri: &str| Party { name: name.to_owned(), uri: uri.to_owned() };
    Invitation {
        uid: "4f1c;2,b\\7@lodge".to_owned(),
        sequence: 0,
        stamp: moment("2026-11-30T10:00:00Z"),
        slot,
        zone: TimeZone::get(zone).unwrap(),
        standing: Standing::Agreed,
        summary: "A talk; with Zoë, on physics".to_owned(),
        description: LONG.to_owned(),
        location: "by phone, at the number that Zoë gave".to_owned(),
        url: "https://meet.example.org/a,b;c#d".to_owned(),
        organiser: party("Lodge", "https://hub.example.ac.uk/"),
        attendees: vec![
            party("Sam \"the Lamb\"; Lamb, Esq: PhD", "urn:uuid:0d2c1a58-0000-4000-8000-3a5c1f000001"),
            party("Zoë", "https://matrix.to/#/@zoe:example.ac.uk"),
        ],
    }
}

#[test]
fn another_program_reads_the_time_that_was_meant_by_the_zones_name_and_by_the_files_own_rules() {
    // Before, between and after the changes of clocks in spring and autumn, in zones with and without them, and over a change itself.
    let zones = [
        "Europe/London",
        "America/New_York",
        "Europe/Dublin",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "UTC",
    ];
    let times = [
        ("2026-12-03T17:00:00Z", "2026-12-03T18:00:00Z"),
        ("2027-03-13T17:00:00Z", "2027-03-13T18:00:00Z"),
        ("2027-03-14T17:00:00Z", "2027-03-14T18:00:00Z"),
        ("2027-03-27T17:00:00Z", "2027-03-27T18:00:00Z"),
        ("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"),
        ("2027-03-28T17:00:00Z", "2027-03-28T18:00:00Z"),
        ("2027-07-01T08:00:00Z", "2027-07-01T08:45:00Z"),
        ("2026-10-24T17:00:00Z", "2026-10-24T18:00:00Z"),
        ("2026-10-25T02:30:00Z", "2026-10-25T03:00:00Z"),
        ("2026-11-02T17:00:00Z", "2026-11-02T18:00:00Z"),
    ];
    let all: Vec<_> = zones.iter().flat_map(|zone| times.iter().map(move |(from, to)| (*zone, *from, *to))).collect();
    let files: Vec<String> = all.iter().map(|(zone, from, to)| invitation(slot(from, to), zone).to_ics()).collect();
    for ((zone, from, to), read) in all.iter().zip(as_read_by_another(&files)) {
        for (what, expected) in [("from", from), ("from by rules", from), ("to", to), ("to by rules", to)] {
            assert_eq!(read[what], json!(expected), "{what} in {zone}");
        }
        assert_eq!(read["zone"], if *zone == "UTC" { Value::Null } else { json!(zone) });
        assert_eq!(read["errors"], json!([]), "in {zone}");
    }
}

#[test]
fn a_file_with_wrong_rules_is_seen_to_be_wrong() {
    let good = invitation(slot("2027-03-28T17:00:00Z", "2027-03-28T18:00:00Z"), "Europe/London").to_ics();
    let wrong = [("TZOFFSETTO:+0100", "TZOFFSETTO:+0000"), ("DTSTART:20270328T010000", "DTSTART:20270329T010000")];
    let files: Vec<String> = wrong.iter().map(|(right, wrong)| good.replace(right, wrong)).collect();
    for (read, fault) in as_read_by_another(&files).iter().zip(wrong) {
        assert_eq!(read["from"], "2027-03-28T17:00:00Z", "the name of the zone still says it");
        assert_ne!(read["from by rules"], "2027-03-28T17:00:00Z", "{fault:?} was not seen");
    }
}

#[test]
fn a_meeting_is_made_moved_and_called_off_under_one_name() {
    let first = invitation(slot("2026-12-03T17:00:00Z", "2026-12-03T18:00:00Z"), "Europe/London");
    let moved = first.moved(slot("2027-03-29T16:00:00Z", "2027-03-29T17:00:00Z"), moment("2026-12-01T09:00:00Z"));
    let off = moved.called_off(moment("2026-12-02T09:00:00Z"));
    let read = as_read_by_another(&[first.to_ics(), moved.to_ics(), off.to_ics()]);
    let told = |what: &str| read.iter().map(|file| file[what].clone()).collect::<Vec<Value>>();
    assert_eq!(told("uid"), vec![json!(first.uid); 3]);
    assert_eq!(told("sequence"), [0, 1, 2]);
    assert_eq!(told("method"), ["REQUEST", "REQUEST", "CANCEL"]);
    assert_eq!(told("status"), ["CONFIRMED", "CONFIRMED", "CANCELLED"]);
    assert_eq!(told("from"), ["2026-12-03T17:00:00Z", "2027-03-29T16:00:00Z", "2027-03-29T16:00:00Z"]);
    let [winter, summer] = ["2026-12-03T17:00:00Z", "2027-03-29T16:00:00Z"];
    assert_eq!(told("kept"), [json!([winter]), json!([summer]), json!([])], "one event, moved in place and taken out");
    assert_eq!(told("stamp"), ["2026-11-30T10:00:00Z", "2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z"]);
}

#[test]
fn files_that_come_late_bring_nothing_back() {
    let first = invitation(slot("2026-12-03T17:00:00Z", "2026-12-03T18:00:00Z"), "Europe/London");
    let moved = first.moved(slot("2027-03-29T16:00:00Z", "2027-03-29T17:00:00Z"), moment("2026-12-01T09:00:00Z"));
    let off = moved.called_off(moment("2026-12-02T09:00:00Z"));
    let read = as_read_by_another(&[moved.to_ics(), first.to_ics(), off.to_ics(), moved.to_ics()]);
    let kept: Vec<Value> = read.iter().map(|file| file["kept"].clone()).collect();
    assert_eq!(kept, [json!(["2027-03-29T16:00:00Z"]), json!(["2027-03-29T16:00:00Z"]), json!([]), json!([])]);
}

#[test]
fn two_people_in_two_zones_get_one_meeting_each_by_their_own_clock() {
    let at = slot("2027-03-15T16:00:00Z", "2027-03-15T17:00:00Z");
    let read =
        as_read_by_another(&[invitation(at, "Europe/London").to_ics(), invitation(at, "America/New_York").to_ics()]);
    assert_eq!([&read[0]["clock"], &read[1]["clock"]], ["2027-03-15 16:00", "2027-03-15 12:00"]);
    assert_eq!([&read[0]["from"], &read[0]["to"]], ["2027-03-15T16:00:00Z", "2027-03-15T17:00:00Z"]);
    assert_eq!([&read[1]["from"], &read[1]["to"]], ["2027-03-15T16:00:00Z", "2027-03-15T17:00:00Z"]);
}

#[test]
fn texts_come_through_as_they_are_and_nobody_writes_lines_of_the_file() {
    let good = invitation(slot("2026-12-03T17:00:00Z", "2026-12-03T18:00:00Z"), "Europe/London");
    let attack = "x\r\nATTENDEE:mailto:evil@example.org\rSTATUS:CANCELLED\u{7}\nEND:VEVENT";
    let party = Party { name: format!("\"Eve\"\n{attack}\""), uri: format!("urn:eve {attack}") };
    let mut bad = good.clone();
    bad.attendees = vec![party];
    for text in [&mut bad.summary, &mut bad.description, &mut bad.location, &mut bad.uid] {
        attack.clone_into(text);
    }
    let read = as_read_by_another(&[good.to_ics(), bad.to_ics()]);
    assert_eq!(read[0]["summary"], json!(good.summary));
    assert_eq!(read[0]["description"], json!(LONG));
    assert_eq!(read[0]["location"], json!(good.location));
    assert_eq!(read[0]["url"], json!(good.url));
    assert_eq!(read[1]["url"], json!(good.url));
    assert_eq!(read[0]["organiser"], json!([{ "uri": "https://hub.example.ac.uk/", "name": "Lodge", "standing": "" }]));
    let sam = "Sam 'the Lamb'; Lamb, Esq: PhD";
    let attendees = json!([
        { "uri": good.attendees[0].uri, "name": sam, "standing": "ACCEPTED" },
        { "uri": good.attendees[1].uri, "name": "Zoë", "standing": "ACCEPTED" },
    ]);
    assert_eq!(read[0]["attendees"], attendees);
    assert_eq!(read[1]["status"], "CONFIRMED");
    assert_eq!(read[1]["attendees"].as_array().map(Vec::len), Some(1));
    assert_eq!(read[1]["description"], "x\nATTENDEE:mailto:evil@example.org\nSTATUS:CANCELLED\nEND:VEVENT");
    for file in &read {
        assert!(file["longest line"].as_u64().unwrap() <= 75, "{file}");
        assert_eq!(file["odd line ends"], 0);
        assert_eq!(file["errors"], json!([]));
    }
}
