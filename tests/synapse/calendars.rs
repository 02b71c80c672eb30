//! Files: two people who were introduced arrange to meet, and what their clients get goes into their calendars; notes and a map come to
//! their author alone.

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use serde_json::Value;

use crate::lodging::{Lodging, agreed, meet, request};
use crate::reading::as_read_by_another;

/// The calendar file that comes next, as their client opens it.
async fn file(guest: &Guest, name: &str) -> Result<String> {
    Ok(String::from_utf8(opened(guest, "meeting-calendar", name).await?)?)
}

/// The file of this wording that comes next, as their client opens it.
async fn opened(guest: &Guest, wording: &str, name: &str) -> Result<Vec<u8>> {
    let seen = guest.person.hears(wording).await?;
    let message = seen.message().context("a message")?;
    ensure!(seen.room == guest.room && seen.sender == guest.porter, "it was sent elsewhere: {seen}");
    ensure!(message.file_name() == Some(name), "{message:?}");
    ensure!(message.is_sealed_file(), "the homeserver can read it: {message:?}");
    guest.person.open(message).await
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_come_as_a_file_and_a_map_as_a_picture_that_the_homeserver_cannot_read() -> Result<()> {
    let (lodging, [sam]) = Lodging::open("notes", ["sam"], &[]).await?;
    sam.asks("note: Ask about Mondays & dust", "note-kept").await?;
    sam.asks("send me my notes as a file", "notes-follow").await?;
    let text = String::from_utf8(opened(&sam, "notes-file", "notes.txt").await?)?;
    ensure!(text.contains("> Ask about Mondays & dust\n"), "{text}");
    sam.asks("network add know: an aunt in law", "network-added").await?;
    sam.asks("network", "network").await?;
    let picture = opened(&sam, "network-map", "network.png").await?;
    ensure!(picture.starts_with(b"\x89PNG\r\n\x1a\n"), "{} bytes", picture.len());
    lodging.close(&[&sam]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_comes_into_both_calendars_is_moved_there_and_taken_out_again() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("calendars", ["sam", "alex"], &[]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    let mut files = Vec::new();
    for (teller, other, words, answer, news, name) in [
        (&sam, &alex, "arranged tomorrow 17:00", "meeting-noted", "meeting-told", "meeting.ics"),
        (&alex, &sam, "arranged tomorrow 18:00", "meeting-noted", "meeting-told", "meeting.ics"),
        (&sam, &alex, "not arranged", "meeting-dropped", "meeting-dropped-by-other", "meeting-called-off.ics"),
    ] {
        teller.asks(words, answer).await?;
        other.hears(news).await?;
        for guest in [&sam, &alex] {
            files.push(file(guest, name).await?);
        }
    }
    let read = as_read_by_another(&files);
    let each = |key: &str| read.iter().map(|file| file[key].clone()).collect::<Vec<Value>>();
    assert_eq!(each("uid"), vec![read[0]["uid"].clone(); 6], "one meeting, for both and for good");
    assert_eq!(each("method"), ["REQUEST", "REQUEST", "REQUEST", "REQUEST", "CANCEL", "CANCEL"]);
    assert_eq!(each("sequence"), [0, 0, 2, 2, 3, 3]);
    let clock: Vec<&str> = read.iter().filter_map(|file| file["clock"].as_str()?.split(' ').nth(1)).collect();
    assert_eq!(clock, ["17:00", "17:00", "18:00", "18:00", "18:00", "18:00"]);
    let [of_sam, of_alex] = ["Meeting with Sam".to_owned(), format!("Meeting with {}", alex.person.user_id())];
    assert_eq!(each("summary"), [&of_alex, &of_sam, &of_alex, &of_sam, &of_alex, &of_sam].map(String::as_str));
    for (file, text) in read.iter().zip(&files) {
        assert_eq!((&file["errors"], file["from"] == file["from by rules"]), (&serde_json::json!([]), true), "{file}");
        ensure!(!text.contains(sam.person.user_id().as_str()), "an address that nobody disclosed: {text}");
    }
    lodging.close(&[&sam, &alex]).await
}
