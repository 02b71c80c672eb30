//! `lodge export` and `lodge restore`, and the exports that a running hub makes of itself.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::Timestamp as Moment;
use lodge_core::time::{Span, Timestamp};
use lodge_plumbing::matrix::retire_device;
use lodge_plumbing::store::{self, Exported, MasterKey, Rebuilt, SledStore};
use tracing::{debug, error, info};

pub use lodge_plumbing::store::{Progress, RestoreFrom};

use crate::config::Config;
use crate::run::{clock, open_store, session_directory, store_directory, store_options};

/// The beginning and the end of the names of exports that a hub makes of itself; the time stands between.
const NAME: (&str, &str) = ("lodge-", ".export");

/// The form of the time in an export's name.
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// An export that failed is tried again after this long.
const AGAIN_AFTER: Span = Span::from_millis(3_600_000);

/// Writes an export of a hub that is not running to a new file, or, where that is `-`, to `out`.
pub fn export(config: &Config, file: &Path, out: &mut dyn Write) -> anyhow::Result<Exported> {
    let master = MasterKey::read(&config.store.key_file)?;
    let mut store = open_store(config, &master)
        .context("stop the hub first, or let it make exports of itself (store.export_directory)")?;
    let exported = if file == Path::new("-") {
        store.export_to(out, &master, clock())
    } else {
        store.export(file, &master, clock())
    };
    Ok(exported?)
}

/// The outcome of a restore.
#[derive(Debug)]
pub struct Restored {
    /// The store's rows.
    pub store: Rebuilt,
    /// Whether there was a copy of the porter's session, with which a new device recovers the porter's identity.
    pub has_session: bool,
}

/// Makes a store from an export and the commit log since, where there is none, and says meanwhile how far that is. The porter's
/// device is retired: its keys are lost, or those of an older copy, which must not be used again (decision 35).
pub fn restore(config: &Config, from: &RestoreFrom, progress: &mut dyn FnMut(Progress)) -> anyhow::Result<Restored> {
    let master = MasterKey::read(&config.store.key_file)?;
    let store = store::restore(&store_directory(config), &master, &store_options(config), from, progress)?;
    // A mirror has it beside the keys, and a damaged data directory beside its store.
    let copies = [from.keys.clone(), from.keys.join("../matrix")];
    let has_session = retire_device(&session_directory(config), &master, &copies)?;
    Ok(Restored { store, has_session })
}

/// The outcome of a restore, in lines for the administrator.
pub fn told(restored: &Restored) -> Vec<String> {
    let Restored { store: Rebuilt { export, log, has_journal, rows, left_out }, has_session } = restored;
    let mut lines = vec![format!("Restored: {rows} rows; {left_out} of people who were forgotten since are left out.")];
    match log {
        Some(log) => {
            let (last, commits) = (log.last, log.commits);
            lines.push(format!("This is the hub after commit {last}: the export and {commits} commits since."));
            lines.extend(log.torn.as_ref().map(|(file, offset)| {
                format!(
                    "{} ends at byte {offset} with a commit that was cut short, as a loss of power does. It was never \
                     acknowledged, and is left out.",
                    file.display()
                )
            }));
        }
        None => {
            let made = Moment::from_millisecond(export.made.as_millis())
                .map_or_else(|_| String::new(), |made| format!("{made:.0}"));
            lines.extend([
                format!("This is the hub as it was on {made}. What came after that is lost."),
                "At its next start it tells each member so, once, in a new conversation. Requests that were open come to \
                 nothing, and nobody is in the mentors' list until they ask for it again."
                    .to_owned(),
                "Take in the list of people again, so that it is as it is today: lodge roster import.".to_owned(),
            ]);
        }
    }
    if *has_session {
        lines.push("The porter logs in as a new device at its next start. The old one is logged out.".to_owned());
    } else {
        lines.push(
            "There is NO COPY OF THE PORTER'S SESSION here, so a new device cannot prove that it is the porter. Put the file \
             matrix/session of the old data directory into the new one, or start once with --new-identity: members' apps \
             then say that the porter's identity has changed."
                .to_owned(),
        );
    }
    if !has_journal {
        lines.push(
            "There is NO ERASURE JOURNAL here. If the key file is a copy, people who were forgotten since it was made are \
             back. If the journal is anywhere else, restore again with it: --erasures."
                .to_owned(),
        );
    }
    lines
}

/// The exports that a running hub makes of itself.
#[derive(Debug)]
pub struct Exports {
    directory: PathBuf,
    every: Span,
    keep: usize,
    master: MasterKey,
    due: Timestamp,
}

impl Exports {
    /// The exports that the configuration asks for, if it does. The first is due when the last one of an earlier run is
    /// old, and at once when the store's commit log has none that goes with it.
    pub fn of(config: &Config, master: &MasterKey, store: &SledStore) -> anyhow::Result<Option<Self>> {
        let Some(directory) = config.store.export_directory.clone() else { return Ok(None) };
        std::fs::create_dir_all(&directory).with_context(|| format!("{} cannot be made", directory.display()))?;
        let (every, keep, master) = (config.store.export_every, config.store.export_keep, master.clone());
        let last = made(&directory)?
            .last()
            .filter(|_| !store.wants_export())
            .map(|(made, _)| Timestamp::from_millis(made.as_millisecond()));
        let due = last.map_or(Timestamp::from_millis(0), |last| last.after(every));
        Ok(Some(Self { directory, every, keep, master, due }))
    }

    /// The time at which the next export is due.
    pub fn due(&self) -> Timestamp {
        self.due
    }

    /// Makes one, and takes away the oldest of those that are too many. A failure is logged; it stops nothing.
    pub fn make(&mut self, store: &mut SledStore, now: Timestamp) {
        match self.try_to_make(store, now) {
            Ok(exported) => {
                info!(rows = exported.rows, commit = exported.commit, "exported");
                self.due = now.after(self.every);
            }
            Err(cause) => {
                error!("no export could be made; it is tried again in an hour");
                debug!(%cause, "no export could be made");
                self.due = now.after(AGAIN_AFTER);
            }
        }
    }

    fn try_to_make(&self, store: &mut SledStore, now: Timestamp) -> anyhow::Result<Exported> {
        let made_at = Moment::from_millisecond(now.as_millis())?;
        let name = format!("{}{}{}", NAME.0, made_at.strftime(TIME), NAME.1);
        let exported = store.export(&self.directory.join(name), &self.master, now)?;
        let made = made(&self.directory)?;
        for (_, old) in &made[..made.len().saturating_sub(self.keep)] {
            std::fs::remove_file(old)?;
        }
        Ok(exported)
    }
}

/// The exports in a directory that a hub made of itself, oldest first.
fn made(directory: &Path) -> anyhow::Result<Vec<(Moment, PathBuf)>> {
    let mut made = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name();
        let time = name.to_str().and_then(|name| name.strip_prefix(NAME.0)?.strip_suffix(NAME.1));
        let time = time.and_then(|time| jiff::civil::DateTime::strptime(TIME, time).ok());
        let moment = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok()).map(|time| time.timestamp());
        made.extend(moment.map(|moment| (moment, entry.path())));
    }
    made.sort();
    Ok(made)
}

#[cfg(test)]
mod tests {
    use lodge_channel::store::{Store as _, Table, Write};
    use lodge_plumbing::store::Options;

    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn a_hub_keeps_its_newest_exports_and_nothing_else_is_touched() {
        let dir = tempfile::tempdir().unwrap();
        let (home, directory) = (dir.path().join("store"), dir.path().join("exports"));
        std::fs::create_dir(&directory).unwrap();
        std::fs::write(directory.join("lodge-notes.txt"), "mine").unwrap();
        let master = MasterKey::from_bytes([1; 32]);
        let mut store = SledStore::open(&home, &master, Options::default()).unwrap();
        let due = Timestamp::from_millis(0);
        let mut exports = Exports { directory: directory.clone(), every: Span::from_days(1), keep: 2, master, due };
        for day in 0..4 {
            let now = Timestamp::from_millis(day * DAY);
            assert!(exports.due() <= now);
            exports.make(&mut store, now);
            assert_eq!(exports.due(), now.after(Span::from_days(1)));
        }
        let mut names: Vec<_> =
            std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["lodge-19700103T000000Z.export", "lodge-19700104T000000Z.export", "lodge-notes.txt"]);
        // The same second again: there is such a file, and no other is lost for it.
        let again = Timestamp::from_millis(3 * DAY);
        exports.make(&mut store, again);
        assert_eq!(exports.due(), again.after(AGAIN_AFTER));
        assert_eq!(made(&directory).unwrap().len(), 2);
    }

    #[test]
    fn an_export_that_cannot_be_written_is_tried_again_and_the_hub_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let (home, directory) = (dir.path().join("store"), dir.path().join("exports"));
        let master = MasterKey::from_bytes([1; 32]);
        let mut store = SledStore::open(&home, &master, Options::default()).unwrap();
        let now = Timestamp::from_millis(0);
        let every = Span::from_days(1);
        let mut exports = Exports { directory: directory.clone(), every, keep: 2, master: master.clone(), due: now };
        // In the place of the disk there is something that takes no files.
        std::fs::write(&directory, "").unwrap();
        exports.make(&mut store, now);
        assert_eq!(exports.due(), now.after(AGAIN_AFTER));
        store.commit(&vec![Write::Delete { table: Table::Seen, key: b"one".to_vec() }]).unwrap();
        std::fs::remove_file(&directory).unwrap();
        std::fs::create_dir(&directory).unwrap();
        exports.make(&mut store, exports.due());
        assert_eq!((exports.due(), made(&directory).unwrap().len()), (now.after(AGAIN_AFTER).after(every), 1));
    }
}
