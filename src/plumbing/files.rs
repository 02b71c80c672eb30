//! Files that only their owner may read.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::store::durable;

/// The ways in which a secret's file is refused.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// Others could read it.
    #[error("{}: is open to others (mode {mode:03o}); chmod it to 600", path.display())]
    Open {
        /// The file as it was named.
        path: PathBuf,
        /// The permission bits, without the file's type.
        mode: u32,
    },
    /// Something else stands in it.
    #[error("{}: expected one line with a secret and nothing else", path.display())]
    Unfit {
        /// The file as it was named.
        path: PathBuf,
    },
}

/// Writes a new file, readable by its owner alone. A file that is there already is an error.
pub fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    durable::create(path, content)
}

/// Reads a secret from a file that is not open to others. Its group may read it, since that is how systemd hands out
/// credentials.
pub fn read_secret(path: &Path) -> Result<SecretString, SecretError> {
    let text = Zeroizing::new(read_private(path)?);
    let text = std::str::from_utf8(&text).unwrap_or_default().trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err(SecretError::Unfit { path: path.to_owned() });
    }
    Ok(SecretString::from(text.to_owned()))
}

/// Reads a file that is not open to others, as [`read_secret`] does.
pub fn read_private(path: &Path) -> Result<Vec<u8>, SecretError> {
    let unreadable = |cause| SecretError::Unreadable { path: path.to_owned(), cause };
    let mut file = File::open(path).map_err(unreadable)?;
    // Permissions are read from the open file, so nobody can put another in its place between the look and the reading.
    let mode = file.metadata().map_err(unreadable)?.permissions().mode() & 0o777;
    if is_open_to_others(mode) {
        return Err(SecretError::Open { path: path.to_owned(), mode });
    }
    let mut content = Vec::new();
    file.read_to_end(&mut content).map_err(unreadable)?;
    Ok(content)
}

/// Whether a file of this mode is open to more than its owner and, for reading, its group.
pub(crate) fn is_open_to_others(mode: u32) -> bool {
    mode & 0o037 != 0
}

#[cfg(test)]
mod tests {
    use std::fs;

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_secret_is_read_from_a_file_that_is_not_open_to_others() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("token");
        let chmod = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(read_secret(&path), Err(SecretError::Unreadable { .. })));
        fs::write(&path, "syt_secret\n").unwrap();
        for mode in [0o644, 0o604, 0o620] {
            chmod(mode);
            let error = read_secret(&path).unwrap_err().to_string();
            assert!(error.ends_with(&format!("is open to others (mode {mode:03o}); chmod it to 600")), "{error}");
        }
        for mode in [0o600, 0o440] {
            chmod(mode);
            assert_eq!(read_secret(&path).unwrap().expose_secret(), "syt_secret");
        }
        chmod(0o600);
        for nothing in ["", " \n", "two words"] {
            fs::write(&path, nothing).unwrap();
            assert!(matches!(read_secret(&path), Err(SecretError::Unfit { .. })), "{nothing:?}");
        }
    }

    #[test]
    fn a_replaced_file_is_its_owners_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("list.json");
        for content in ["one", "another"] {
            durable::replace(&path, content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
