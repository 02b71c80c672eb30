//! The size of the store on its disk, and the age of the last export.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lodge_ground::time::Timestamp;

use crate::clock::system_time;

/// The number of levels of directories that are looked into.
const DEEP: u8 = 4;

/// The places in which a service keeps its data.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The store's rows and keys.
    pub store: PathBuf,
    /// The directories of its commit log.
    pub logs: Vec<PathBuf>,
    /// The directory of the exports, if any are made.
    pub exports: Option<PathBuf>,
}

/// The sizes and dates that were found in the directories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Bytes in the store's directory, its log left out.
    pub(super) store: u64,
    /// Bytes in the log, in all its copies.
    pub(super) log: u64,
    /// The age of the newest export; `None` where there is none.
    pub(super) export_age: Option<Duration>,
}

impl Places {
    /// Looks at the disk. A file that cannot be looked at counts as nothing: files come and go.
    pub(super) fn measure(&self, now: Timestamp) -> Sizes {
        let log = self.logs.iter().map(|log| bytes(log, DEEP, &[])).sum();
        let newest = self.exports.iter().flat_map(|exports| fs::read_dir(exports).into_iter().flatten().flatten());
        let newest = newest.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "export"));
        let newest = newest.filter_map(|entry| entry.metadata().ok()?.modified().ok()).max();
        let export_age = newest.map(|made| system_time(now).duration_since(made).unwrap_or_default());
        Sizes { store: bytes(&self.store, DEEP, &self.logs), log, export_age }
    }
}

fn bytes(directory: &Path, deep: u8, but: &[PathBuf]) -> u64 {
    let Some(deeper) = deep.checked_sub(1) else { return 0 };
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let of = |entry: fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() && !but.contains(&entry.path()) => bytes(&entry.path(), deeper, but),
        Ok(found) if found.is_file() => found.len(),
        Ok(_) | Err(_) => 0,
    };
    entries.map(of).sum()
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    #[test]
    fn the_store_and_its_log_are_measured_apart() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for (file, length) in [("store/rows/db", 100), ("store/keys", 20), ("store/log/1", 3), ("mirror/log/1", 4)] {
            fs::create_dir_all(at(file).parent().unwrap()).unwrap();
            fs::write(at(file), vec![0; length]).unwrap();
        }
        let places =
            Places { store: at("store"), logs: vec![at("store/log"), at("mirror/log")], exports: Some(at("none")) };
        assert_eq!(places.measure(NOW), Sizes { store: 120, log: 7, export_age: None });
        fs::write(at("mirror/lodge.export"), "").unwrap();
        let places = Places { exports: Some(at("mirror")), ..places };
        let made = system_time(Timestamp::from_millis(999_000));
        File::options().write(true).open(at("mirror/lodge.export")).unwrap().set_modified(made).unwrap();
        assert_eq!(places.measure(NOW).export_age, Some(Duration::from_secs(1)));
    }
}
