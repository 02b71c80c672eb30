//! Reports about rooms that the porter has left, which only the homeserver's operator can close: `lodge reports`.
//!
//! The running hub alone opens the store, so the facts that the operator needs stand in a file beside it,
//! `reports.json`, which the hub writes whole. Neither a name nor a word is in it. The rooms that were closed stand in
//! `reports-closed.json`, which the operator's command writes and the hub does not look at.

mod close;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use lodge_core::conduct::report::Report;
use lodge_core::id::IntroductionId;
use lodge_core::state::State;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tracing::error;

use crate::config::Config;
use lodge_plumbing::store::durable::{self, if_there};

pub use close::{CloseError, Closing, close};
pub use lodge_core::id::ReportId;

/// The list that the hub keeps, in the store's directory.
const LIST: &str = "reports.json";

/// The list of rooms that were closed, in the same place.
const CLOSED: &str = "reports-closed.json";

/// A report about a room that the porter has left, without who or what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The id by which the operator names the report.
    pub report: ReportId,
    /// The introduction that it is about.
    pub introduction: IntroductionId,
    /// The room of the two.
    pub room: RoomRef,
    /// The time at which it was made.
    pub at: Timestamp,
}

/// A report as the operator finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The report as the hub wrote it.
    pub reported: Reported,
    /// The time at which its room was closed, if it was.
    pub closed: Option<Timestamp>,
}

/// The reasons for which the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The hub has not written one.
    #[error("{}: there is no list of reports; the hub writes it when it starts. Is store.directory right?", path.display())]
    None {
        /// The path at which it was expected.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{}: {cause}; only the account that the hub runs as can open it", path.display())]
    File {
        /// The file's path.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// A file is not as the hub or this program wrote it.
    #[error("{}: not as it was written: {cause}", path.display())]
    Damaged {
        /// The file's path.
        path: PathBuf,
        /// The parser's message, with the place.
        cause: serde_json::Error,
    },
}

/// The list as the hub keeps it.
#[derive(Debug)]
pub struct Desk {
    path: PathBuf,
    /// The reports in the file; `None` when an earlier process wrote it, whose file is not trusted.
    written: Option<Vec<ReportId>>,
}

impl Desk {
    /// The list in the store's directory.
    pub fn new(directory: &Path) -> Self {
        Self { path: directory.join(LIST), written: None }
    }

    /// Writes the list anew if it has changed. A failure is logged, and the list is written the next time.
    pub fn keep(&mut self, state: &State) {
        let current = || state.reports().filter_map(|report| Some((report, report.room.as_ref()?)));
        if self.written.as_ref().is_some_and(|ids| ids.iter().copied().eq(current().map(|(report, _)| report.id))) {
            return;
        }
        let list: Vec<Reported> = current().map(|(report, room)| reported(report, &RoomRef::from(room))).collect();
        // The disk is waited for where it stops nobody else.
        let written = tokio::task::block_in_place(|| write(&self.path, &list));
        match written {
            Ok(()) => self.written = Some(list.iter().map(|reported| reported.report).collect()),
            Err(cause) => {
                self.written = None;
                error!(%cause, "the list of reports for the operator cannot be written");
            }
        }
    }
}

impl Listed {
    /// The report in one line: when, which, the room, and how it stands. Times are in this zone.
    pub fn line(&self, zone: &TimeZone) -> String {
        let Reported { report, introduction: _, room, at } = &self.reported;
        let stands = match self.closed {
            Some(closed) => format!("closed {}", time(closed, zone)),
            None => "open".to_owned(),
        };
        format!("{}  {report}  {}  {stands}", time(*at, zone), room.0)
    }
}

/// The reports of a hub, running or not, the oldest first.
pub fn list(config: &Config) -> Result<Vec<Listed>, ListError> {
    let closed = closed(config)?;
    let path = config.store.directory.join(LIST);
    let mut reports: Vec<Reported> = read(&path)?.ok_or(ListError::None { path })?;
    reports.sort_by_key(|reported| (reported.at, reported.report));
    let listed = |reported: Reported| Listed { closed: closed.get(&reported.room.0).copied(), reported };
    Ok(reports.into_iter().map(listed).collect())
}

/// The rooms that were closed, and when.
fn closed(config: &Config) -> Result<BTreeMap<String, Timestamp>, ListError> {
    Ok(read(&config.store.directory.join(CLOSED))?.unwrap_or_default())
}

/// Notes that a room was closed.
fn note_closed(config: &Config, room: &RoomRef, at: Timestamp) -> Result<(), ListError> {
    let mut closed = closed(config)?;
    closed.insert(room.0.clone(), at);
    let path = config.store.directory.join(CLOSED);
    write(&path, &closed).map_err(|cause| ListError::File { path, cause })
}

fn reported(report: &Report, room: &RoomRef) -> Reported {
    Reported { report: report.id, introduction: report.introduction, room: room.clone(), at: report.at }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, ListError> {
    let text = if_there(std::fs::read(path)).map_err(|cause| ListError::File { path: path.to_owned(), cause })?;
    let Some(text) = text else { return Ok(None) };
    serde_json::from_slice(&text).map(Some).map_err(|cause| ListError::Damaged { path: path.to_owned(), cause })
}

fn write(path: &Path, content: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(content)?;
    text.push(b'\n');
    durable::replace(path, &text)
}

fn time(at: Timestamp, zone: &TimeZone) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use lodge_channel::store::Memory;
    use lodge_core::id::{Draw, MemberId};
    use lodge_core::introduction::Venue;

    use super::*;

    const EXAMPLE: &str = include_str!("../../../config/lodge.example.toml");

    /// A configuration whose store is in this directory.
    fn config(directory: &Path) -> Config {
        let path = directory.join("lodge.toml");
        std::fs::write(&path, EXAMPLE).unwrap();
        crate::config::load(&path, &["store.directory=.".parse().unwrap()]).unwrap()
    }

    fn report(number: u128, room: Option<&str>) -> Report {
        Report {
            id: ReportId::from_number(number),
            introduction: IntroductionId::from_number(70 + number),
            by: MemberId::from_number(7),
            words: Some("He would not stop".to_owned()),
            room: room.map(|room| Venue(room.to_owned())),
            // Monday 2 November 2026, ten in the morning in London, and as many minutes before.
            at: Timestamp::from_millis(1_793_613_600_000 - 60_000 * i64::try_from(number).unwrap()),
        }
    }

    fn state(reports: &[Report]) -> State {
        State::load(&Memory::of(reports.to_vec())).unwrap()
    }

    fn rooms(config: &Config) -> Vec<String> {
        list(config).unwrap().into_iter().map(|listed| listed.reported.room.0).collect()
    }

    #[test]
    fn the_list_follows_the_reports_and_holds_no_words() {
        let directory = tempfile::tempdir().unwrap();
        let config = config(directory.path());
        let mut desk = Desk::new(&config.store.directory);
        let mut reports = vec![report(1, Some("!one")), report(2, None)];
        desk.keep(&state(&reports));
        assert_eq!(rooms(&config), ["!one"], "a room that the porter is still in is closed by the porter");
        reports.push(report(3, Some("!three")));
        desk.keep(&state(&reports));
        assert_eq!(rooms(&config), ["!three", "!one"], "the oldest first");
        let text = std::fs::read_to_string(desk.path.clone()).unwrap();
        assert!(!text.contains("stop") && !text.contains(&reports[0].by.to_string()), "{text}");
        assert_eq!(std::fs::metadata(&desk.path).unwrap().permissions().mode() & 0o777, 0o600);
        reports.remove(0);
        desk.keep(&state(&reports));
        assert_eq!(rooms(&config), ["!three"]);
        // An earlier process's file is not believed.
        Desk::new(&config.store.directory).keep(&state(&[]));
        assert_eq!(rooms(&config), [""; 0]);
    }

    #[test]
    fn the_list_is_written_only_when_it_changes_and_again_after_it_could_not_be() {
        let directory = tempfile::tempdir().unwrap();
        let config = config(directory.path());
        let mut desk = Desk::new(&config.store.directory.join("later"));
        let state = state(&[report(1, Some("!one"))]);
        desk.keep(&state);
        assert!(!desk.path.exists());
        std::fs::create_dir(config.store.directory.join("later")).unwrap();
        desk.keep(&state);
        assert!(desk.path.exists());
        std::fs::remove_file(&desk.path).unwrap();
        desk.keep(&state);
        assert!(!desk.path.exists(), "nothing had changed");
    }

    #[test]
    fn a_report_reads_in_one_line_and_every_report_of_a_closed_room_is_closed() {
        let directory = tempfile::tempdir().unwrap();
        let config = config(directory.path());
        Desk::new(&config.store.directory).keep(&state(&[report(1, Some("!one")), report(2, Some("!one"))]));
        let lines =
            || list(&config).unwrap().iter().map(|listed| listed.line(&config.service.zone)).collect::<Vec<_>>();
        assert_eq!(
            lines(),
            [
                "2026-11-02 09:58 GMT  00000000000000000000000000000002  !one  open",
                "2026-11-02 09:59 GMT  00000000000000000000000000000001  !one  open"
            ]
        );
        note_closed(&config, &RoomRef("!one".to_owned()), Timestamp::from_millis(1_793_613_600_000)).unwrap();
        assert!(lines().iter().all(|line| line.ends_with("!one  closed 2026-11-02 10:00 GMT")), "{:?}", lines());
    }

    #[test]
    fn a_list_that_is_missing_or_damaged_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let config = config(directory.path());
        let error = list(&config).unwrap_err().to_string();
        assert!(error.contains("reports.json: there is no list of reports"), "{error}");
        std::fs::write(directory.path().join(LIST), "[{}]").unwrap();
        let error = list(&config).unwrap_err().to_string();
        assert!(error.contains("reports.json: not as it was written: missing field `report`"), "{error}");
    }
}
