//! The keepsake: the session, and the key that recovers the porter's keys. Both must outlive a restart, beside the
//! SDK's own store. One sealed file, for its owner alone, and a copy of it beside the store and in the mirror.
//!
//! The SDK's own store is never copied. A device whose keys are older than what it sent would use them a second time,
//! and no member's app reads that. So a session whose keys are not there leads to a new device, which recovers the
//! porter's identity.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tracing::error;
use zeroize::{Zeroize, Zeroizing};

use super::rooms::KEYS_DIRECTORY;
use super::session::SessionError;
use crate::files::{SecretError, read_private};
use crate::store::seal::{self, Key};
use crate::store::{MasterKey, durable};

const NAME: &str = "session";

/// The seal is bound to nothing but its key, by which nothing else is sealed.
const NOTHING: &[u8] = b"";

/// The content of the file.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) user: String,
    pub(super) device: String,
    pub(super) token: String,
    pub(super) recovery_key: Option<String>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.token.zeroize();
        self.recovery_key.zeroize();
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

/// The file it is kept in.
pub(super) struct Keepsake {
    path: PathBuf,
    /// The same file in other places.
    copies: Vec<PathBuf>,
    key: Key,
}

impl Keepsake {
    /// The file in `directory`, which is made if it is not there; and the directories with its copies.
    pub(super) fn new(directory: &Path, copies: &[PathBuf], key: &MasterKey) -> Result<Self, SessionError> {
        let made = durable::create_directory(directory);
        let path = directory.join(NAME);
        made.map_err(|cause| SessionError::Kept { path: path.clone(), why: cause.to_string() })?;
        let copies = copies.iter().map(|copy| copy.join(NAME)).collect();
        Ok(Self { path, copies, key: key.derive("matrix session") })
    }

    /// Reads the file; `None` before anything was kept.
    pub(super) fn load(&self) -> Result<Option<Kept>, SessionError> {
        self.read(&self.path)
    }

    /// Reads the first of its copies that is of this account.
    pub(super) fn load_copy(&self, user: &str) -> Option<Kept> {
        self.copies.iter().find_map(|copy| match self.read(copy) {
            Ok(kept) => kept.filter(|kept| kept.user == user),
            Err(error) => {
                error!(%error, "a copy of the session cannot be used");
                None
            }
        })
    }

    fn read(&self, path: &Path) -> Result<Option<Kept>, SessionError> {
        let wrong = |why: String| SessionError::Kept { path: path.to_owned(), why };
        let sealed = match read_private(path) {
            Ok(sealed) => sealed,
            Err(SecretError::Unreadable { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(SecretError::Unreadable { cause, .. }) => return Err(wrong(cause.to_string())),
            Err(error @ (SecretError::Open { .. } | SecretError::Unfit { .. })) => {
                return Err(wrong(error.to_string()));
            }
        };
        let content = seal::open(&self.key, NOTHING, &sealed).ok_or_else(|| {
            wrong("it was sealed with another master key, or is damaged; give the key it was made with".to_owned())
        })?;
        serde_json::from_slice(&content).map(Some).map_err(|cause| wrong(cause.to_string()))
    }

    /// Puts this in the place of the old content. It survives a loss of power.
    pub(super) fn save(&self, kept: &Kept) -> Result<(), SessionError> {
        let content = serde_json::to_vec(kept).map(Zeroizing::new).map_err(|cause| self.wrong(cause.to_string()))?;
        let content = seal::seal(&self.key, NOTHING, &content).map_err(|cause| self.wrong(cause.to_string()))?;
        durable::replace(&self.path, &content).map_err(|cause| self.wrong(cause.to_string()))?;
        // A disk that cannot be written is the store's fault, which has told of it or stopped.
        for copy in &self.copies {
            if let Err(cause) = durable::replace(copy, &content) {
                error!(path = %copy.display(), %cause, "the copy of the session cannot be written");
            }
        }
        Ok(())
    }

    fn wrong(&self, why: impl Into<String>) -> SessionError {
        SessionError::Kept { path: self.path.clone(), why: why.into() }
    }
}

/// Reduces the session in `directory`, whose store is restored, to the part that a new device needs: the keys of the
/// old one are lost, or older than its last messages, and are put aside. The session is the first one that is found in
/// `copies` or `directory`; returns whether there is any.
///
/// # Errors
/// When the files cannot be read or written.
pub fn retire_device(directory: &Path, key: &MasterKey, copies: &[PathBuf]) -> Result<bool, SessionError> {
    let homes = copies.iter().map(PathBuf::as_path).chain([directory]).filter(|home| home.join(NAME).exists());
    let found = homes.map(|home| Keepsake::new(home, &[], key)?.load()).find_map(Result::transpose).transpose()?;
    put_keys_aside(directory)?;
    found.as_ref().map_or(Ok(()), |found| Keepsake::new(directory, &[], key)?.save(found))?;
    Ok(found.is_some())
}

/// Gives the keys of a device that is lost another name, if they are there.
pub(super) fn put_keys_aside(directory: &Path) -> Result<(), SessionError> {
    let keys = directory.join(KEYS_DIRECTORY);
    let aside = if keys.exists() { durable::set_aside(&keys, "before") } else { Ok(()) };
    aside.map_err(|cause| SessionError::Kept { path: keys, why: cause.to_string() })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn kept() -> Kept {
        Kept {
            user: "@porter:example.org".to_owned(),
            device: "DEVICE".to_owned(),
            token: "a token".to_owned(),
            recovery_key: None,
        }
    }

    #[test]
    fn what_is_kept_is_sealed_and_the_owners_alone_and_the_last_word_counts() {
        let directory = tempfile::tempdir().unwrap();
        let keepsake = Keepsake::new(&directory.path().join("a/b"), &[], &MasterKey::from_bytes([1; 32])).unwrap();
        assert!(keepsake.load().unwrap().is_none());
        let mut kept = kept();
        keepsake.save(&kept).unwrap();
        kept.recovery_key = Some("a key".to_owned());
        keepsake.save(&kept).unwrap();
        let read = keepsake.load().unwrap().unwrap();
        assert_eq!((read.token.as_str(), read.recovery_key.as_deref()), ("a token", Some("a key")));
        assert_eq!(fs::metadata(&keepsake.path).unwrap().permissions().mode() & 0o777, 0o600);
        let on_disk = fs::read(&keepsake.path).unwrap();
        assert!(!on_disk.windows(5).any(|part| part == b"token"));
        fs::set_permissions(&keepsake.path, fs::Permissions::from_mode(0o644)).unwrap();
        let error = keepsake.load().unwrap_err().to_string();
        assert!(error.contains("is open to others (mode 644); chmod it to 600"), "{error}");
    }

    #[test]
    fn another_master_key_is_named_as_the_cause() {
        let directory = tempfile::tempdir().unwrap();
        Keepsake::new(directory.path(), &[], &MasterKey::from_bytes([1; 32])).unwrap().save(&kept()).unwrap();
        let other = Keepsake::new(directory.path(), &[], &MasterKey::from_bytes([2; 32])).unwrap();
        assert!(other.load().unwrap_err().to_string().contains("another master key"));
    }

    #[test]
    fn a_restore_retires_the_device_of_the_newest_copy_and_puts_its_keys_aside() {
        let place = tempfile::tempdir().unwrap();
        let [data, mirror] = ["matrix", "mirror"].map(|name| place.path().join(name));
        let (key, copies) = (MasterKey::from_bytes([1; 32]), [mirror.clone()]);
        fs::create_dir(&mirror).unwrap();
        assert!(!retire_device(&data, &key, &copies).unwrap());
        Keepsake::new(&data, &copies, &key).unwrap().save(&kept()).unwrap();
        let keys = data.join(KEYS_DIRECTORY);
        let mut newer = kept();
        newer.device = "NEWER".to_owned();
        newer.recovery_key = Some("a key".to_owned());
        Keepsake::new(&mirror, &[], &key).unwrap().save(&newer).unwrap();
        // Twice, as by somebody who is not sure; and where the directory is lost with its disk.
        for lost in [false, false, true] {
            if lost {
                fs::remove_dir_all(&data).unwrap();
            } else {
                fs::create_dir(&keys).unwrap();
            }
            assert!(retire_device(&data, &key, &copies).unwrap());
            let found = Keepsake::new(&data, &[], &key).unwrap().load().unwrap().unwrap();
            assert_eq!((found.device.as_str(), found.recovery_key.as_deref()), ("NEWER", Some("a key")));
            assert!(!keys.exists());
        }
    }
}
