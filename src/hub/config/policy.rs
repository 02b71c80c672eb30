//! The policy page: the service's promises and requests to everybody, in its own words.

use std::io;
use std::path::PathBuf;

use serde::Deserialize;

/// The policy page that a service can begin with, which `lodge setup` writes.
pub const FIRST_POLICY: &str = include_str!("../../../config/policy.md");

/// The longest page, in bytes. In two forms and encrypted it must fit in a Matrix event of 65,536 bytes.
const LONGEST: usize = 20_000;

/// The policy page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// The file that the page is read from.
    pub file: PathBuf,
    /// Its edition, which consents name.
    pub version: String,
}

/// The reasons for which there is no policy page.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The file cannot be read.
    #[error("policy.file: {} cannot be read: {cause}; `lodge setup` writes a first one", path.display())]
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// The page has no words in it.
    #[error("policy.file: {} is empty: expected what the service promises; `lodge setup` writes a first one where there is none", path.display())]
    Empty {
        /// The file as it was named.
        path: PathBuf,
    },
    /// The page does not fit in a message.
    #[error("policy.file: {} is longer than a message can be: expected at most {LONGEST} bytes, found {found}", path.display())]
    TooLong {
        /// The file as it was named.
        path: PathBuf,
        /// The page's length in bytes.
        found: usize,
    },
}

impl Policy {
    /// Reads the page from its file.
    pub fn read(&self) -> Result<String, PolicyError> {
        let path = self.file.clone();
        match std::fs::read_to_string(&path) {
            Err(cause) => Err(PolicyError::Unreadable { path, cause }),
            Ok(text) if text.trim().is_empty() => Err(PolicyError::Empty { path }),
            Ok(text) if text.len() > LONGEST => Err(PolicyError::TooLong { path, found: text.len() }),
            Ok(text) => Ok(text.trim().to_owned()),
        }
    }

    pub(super) fn problems(&self) -> Option<String> {
        let wrong = self.version.trim().is_empty();
        wrong.then(|| "policy.version: expected a short name of the edition, such as \"1\", found nothing".to_owned())
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { file: PathBuf::from("policy.md"), version: "1".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: Option<&[u8]>) -> Result<String, String> {
        let directory = tempfile::tempdir().unwrap();
        let policy = Policy { file: directory.path().join("policy.md"), ..Policy::default() };
        if let Some(content) = content {
            std::fs::write(&policy.file, content).unwrap();
        }
        policy.read().map_err(|error| error.to_string().replace(&*directory.path().to_string_lossy(), "."))
    }

    #[test]
    fn the_policy_page_is_what_stands_in_its_file() {
        assert_eq!(read(Some(b"\nWe introduce people.\n\n")).unwrap(), "We introduce people.");
        assert_eq!(read(Some(&vec![b'x'; LONGEST])).unwrap().len(), LONGEST);
    }

    #[test]
    fn a_policy_page_that_is_missing_empty_too_long_or_no_text_is_named_with_what_would_be_right() {
        for (content, expected) in [
            (
                None,
                "policy.file: ./policy.md cannot be read: No such file or directory (os error 2); `lodge setup` writes a first one",
            ),
            (
                Some(&b" \n"[..]),
                "policy.file: ./policy.md is empty: expected what the service promises; `lodge setup` writes a first one where there is none",
            ),
            (
                Some(&vec![b'x'; LONGEST + 1]),
                "policy.file: ./policy.md is longer than a message can be: expected at most 20000 bytes, found 20001",
            ),
            (
                Some(b"\xff"),
                "policy.file: ./policy.md cannot be read: stream did not contain valid UTF-8; `lodge setup` writes a first one",
            ),
        ] {
            assert_eq!(read(content).unwrap_err(), expected);
        }
    }

    #[test]
    fn the_first_policy_page_can_be_used_as_it_is() {
        assert_eq!(read(Some(FIRST_POLICY.as_bytes())).unwrap(), FIRST_POLICY.trim());
    }
}
