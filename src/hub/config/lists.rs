//! The lists that help with requests: the program's, or the service's beside its sentences.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use lodge_core::interview::{Lists, NotAList};

/// The reasons for which a service's lists cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListsError {
    /// A file cannot be read.
    #[error("{} cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// A line of one cannot be used.
    #[error("{}/{cause}", directory.display())]
    Unusable {
        /// The wording directory.
        directory: PathBuf,
        /// The file, the line, and the mistake.
        cause: NotAList,
    },
}

/// The lists in force: each is the service's own, if there is one in its wording directory, or else the program's.
///
/// # Errors
/// When a file of the service's cannot be read, or a line of it cannot be used.
pub fn load(directory: Option<&Path>) -> Result<Lists, ListsError> {
    let Some(directory) = directory else { return Ok(Lists::english()) };
    let mut own = BTreeMap::new();
    for name in Lists::FILES {
        let path = directory.join(name);
        match std::fs::read_to_string(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(ListsError::Unreadable { path, cause }),
            Ok(text) => drop(own.insert(name, text)),
        }
    }
    Lists::read(&own).map_err(|cause| ListsError::Unusable { directory: directory.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_has_lists_of_its_own_and_is_told_of_a_mistake_with_file_and_line() {
        assert_eq!(load(None).unwrap(), Lists::english());
        let directory = tempfile::tempdir().unwrap();
        let loaded = |text: &str| {
            std::fs::write(directory.path().join("tips.txt"), text).unwrap();
            load(Some(directory.path()))
                .map_err(|error| error.to_string().replace(&*directory.path().to_string_lossy(), "."))
        };
        assert_eq!(load(Some(directory.path())).unwrap(), Lists::english());
        assert_ne!(loaded("[short]\n10\n").unwrap(), Lists::english());
        let error = loaded("# ours\n[jobs]\ncv\n").unwrap_err();
        assert!(
            error.starts_with("./tips.txt, line 2: no rule is called [jobs]; there are: for-the-porter, "),
            "{error}"
        );
    }
}
