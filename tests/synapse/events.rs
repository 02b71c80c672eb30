//! An employer's event as everybody's own client shows it: announced, joined, moved, called off, and in their calendars.

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use serde_json::Value;

use crate::joining::{CASEY, ERIN, NOOR, SAM, guest, lodging};
use crate::lodging::nothing_more;
use crate::reading::as_read_by_another;

/// The calendar file of this wording that comes next, as their client opens it.
async fn file(guest: &Guest, wording: &str, name: &str) -> Result<String> {
    let seen = guest.person.hears(wording).await?;
    let message = seen.message().context("a message")?;
    ensure!(message.file_name() == Some(name) && message.is_sealed_file(), "{message:?}");
    Ok(String::from_utf8(guest.person.open(message).await?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn b11_an_event_is_joined_and_changes_in_calendars_and_its_host_hears_of_nobody() -> Result<()> {
    let name = "events";
    let lodging = lodging(name, &[CASEY, SAM, NOOR, ERIN], &[]).await?;
    let casey = guest(&lodging, name, &CASEY).await?;
    casey.asks("approve organisation City Museum", "organisation-approved").await?;
    let (sam, noor) = (guest(&lodging, name, &SAM).await?, guest(&lodging, name, &NOOR).await?);
    let erin = guest(&lodging, name, &ERIN).await?;
    for (words, heard) in [
        ("new event", "event-ask-title"),
        ("Working in museums", "event-ask-organisation"),
        ("City Museum", "event-ask-when"),
        ("tomorrow, 17:30 to 19:00", "event-ask-place"),
        ("Room 4, Main Building", "event-ask-open-to"),
        ("students", "event-ask-places"),
        ("1", "event-ask-sign-up-by"),
        ("until it begins", "event-ask-about"),
        ("Three curators tell how they began.", "event-preview"),
        ("announce", "event-announced"),
    ] {
        casey.asks(words, heard).await?;
    }
    let mut files = vec![];
    sam.asks("what's on?", "events").await?;
    sam.asks("event 1", "event-shown").await?;
    sam.asks("yes please", "event-coming").await?;
    files.push(file(&sam, "event-calendar", "event.ics").await?);
    noor.asks("come 1", "event-waits").await?;
    let shown = erin.asks("event 1", "event-shown").await?;
    ensure!(shown.contains("once sign-up is over"), "{shown}");
    let guests = casey.asks("guests 1", "event-guests").await?;
    ensure!([&sam, &noor].iter().all(|one| guests.contains(one.person.user_id().as_str())), "{guests}");

    for (words, heard) in [
        ("change event 1", "event-preview"),
        ("change the time", "event-ask-when"),
        ("tomorrow, 18:00 to 19:30", "event-preview"),
        ("announce", "event-change-told"),
    ] {
        casey.asks(words, heard).await?;
    }
    sam.hears("event-changed").await?;
    files.push(file(&sam, "event-calendar", "event.ics").await?);
    noor.hears("event-changed").await?;
    sam.asks("not coming 1", "event-not-coming").await?;
    files.push(file(&sam, "event-calendar-called-off", "event-called-off.ics").await?);
    noor.hears("event-place-offered").await?;
    noor.asks("yes", "event-coming").await?;
    file(&noor, "event-calendar", "event.ics").await?;
    casey.asks("call off event 1", "event-call-off-sure").await?;
    casey.asks("call off event 1 now", "event-is-called-off").await?;
    noor.hears("event-called-off").await?;
    file(&noor, "event-calendar-called-off", "event-called-off.ics").await?;

    let read = as_read_by_another(&files);
    let each = |key: &str| read.iter().map(|file| file[key].clone()).collect::<Vec<Value>>();
    assert_eq!(each("uid"), vec![read[0]["uid"].clone(); 3], "one event for good");
    assert_eq!(each("method"), ["REQUEST", "REQUEST", "CANCEL"]);
    assert_eq!(each("summary"), ["Working in museums"; 3]);
    let kept: Vec<usize> = read.iter().filter_map(|file| Some(file["kept"].as_array()?.len())).collect();
    assert_eq!(kept, [1, 1, 0], "moved in place, and taken out");
    let sequences: Vec<i64> = read.iter().filter_map(|file| file["sequence"].as_i64()).collect();
    ensure!(sequences.is_sorted_by(|one, next| one < next), "a calendar takes the newest: {sequences:?}");
    for (file, text) in read.iter().zip(&files) {
        assert_eq!((&file["errors"], file["from"] == file["from by rules"]), (&serde_json::json!([]), true), "{file}");
        ensure!(!text.contains(sam.person.user_id().as_str()), "an address: {text}");
    }
    nothing_more(&erin).await?;
    lodging.close(&[&casey, &sam, &noor, &erin]).await
}
