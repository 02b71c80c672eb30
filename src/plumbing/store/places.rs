//! The options with which a store is opened, and the places of its parts.

use std::path::{Path, PathBuf};

use lodge_ground::store::StoreError;

use super::commit_log::{self, MirrorFault, alert};
use super::durable;
use super::rows::SEGMENT;
use super::sled_store::failed;

/// The options with which a store is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The share of the rows that sled keeps in memory, in bytes.
    pub cache_bytes: u64,
    /// A directory on another disk in which the key file, the erasure journal and the commit log are kept a second time,
    /// always as they are now. It must not be one whose older states are kept.
    pub mirror: Option<PathBuf>,
    /// The fate of commits that the mirror does not take.
    pub mirror_fault: MirrorFault,
    /// Whether a commit log is kept. It grows until an export is made.
    pub log: bool,
    /// In parts of how many bytes sled writes its rows: a power of two, and the same as long as the store is there. A row
    /// is at most a 128th of it.
    pub segment_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cache_bytes: 64 * 1024 * 1024,
            mirror: None,
            mirror_fault: MirrorFault::Stop,
            log: true,
            segment_bytes: SEGMENT,
        }
    }
}

impl Options {
    /// The number of places in which keys, erasures and the log are kept.
    pub(super) fn copies(&self) -> usize {
        1 + usize::from(self.mirror.is_some())
    }
}

/// The places of a store's parts.
pub(super) struct Places {
    pub(super) rows: PathBuf,
    pub(super) last_commit: PathBuf,
    pub(super) keys: Vec<PathBuf>,
    pub(super) erasures: Vec<PathBuf>,
    pub(super) logs: Vec<PathBuf>,
}

impl Places {
    /// Those of a store in `dir`, whose directories are made where they are missing.
    pub(super) fn of(dir: &Path, options: &Options) -> Result<Self, StoreError> {
        let mut homes = vec![dir];
        durable::create_directory(dir).map_err(|cause| failed("make its directory", &cause))?;
        if let Some(mirror) = options.mirror.as_deref() {
            match (durable::writable_directory(mirror), options.mirror_fault) {
                (Ok(()), _) => homes.push(mirror),
                (Err(cause), MirrorFault::GoOn) => alert(mirror, &cause),
                (Err(cause), MirrorFault::Stop) => {
                    let cause = format!("{}: {cause}", mirror.display());
                    return Err(StoreError::Engine { doing: "write to its mirror", cause });
                }
            }
        }
        let each = |name: &str| homes.iter().map(|home| home.join(name)).collect();
        let (keys, erasures, logs) = (each("keys"), each("erasures"), each(commit_log::DIRECTORY));
        Ok(Self { rows: dir.join("rows"), last_commit: dir.join("last-commit"), keys, erasures, logs })
    }
}
