//! The phrases: the program's, and those of the service beside its sentences.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lodge_core::command::phrases::{NotAPhrase, Phrases};
use lodge_core::wording::english_phrases;

/// The file of the service's own phrases, in its wording directory.
const FILE: &str = "phrases.txt";

/// The reasons for which a service's phrases cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PhrasesError {
    /// The file cannot be read.
    #[error("the phrases in {} cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// A line of it cannot be used.
    #[error("{}, {cause}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// The line, and the mistake.
        cause: NotAPhrase,
    },
}

/// The phrases in force: the program's, with each section replaced that the service has in its wording directory.
///
/// # Errors
/// When the service's file cannot be read, or a line of it cannot be used.
pub fn load(directory: Option<&Path>) -> Result<Arc<Phrases>, PhrasesError> {
    let Some(path) = directory.map(|directory| directory.join(FILE)) else { return Ok(english_phrases()) };
    match std::fs::read_to_string(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(english_phrases()),
        Err(cause) => Err(PhrasesError::Unreadable { path, cause }),
        Ok(text) => {
            let own = Phrases::parse(&text).map_err(|cause| PhrasesError::Unusable { path, cause })?;
            Ok(Arc::new((*english_phrases()).clone().replaced_by(own)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lodge_core::command::phrases::Wishes;

    const ANYBODY: Wishes = Wishes { staff: false, browses: false, asked: false };

    fn loaded(text: &str) -> Result<Arc<Phrases>, String> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(FILE), text).unwrap();
        load(Some(directory.path()))
            .map_err(|error| error.to_string().replace(&*directory.path().to_string_lossy(), "."))
    }

    #[test]
    fn a_service_has_phrases_of_its_own_for_what_it_likes() {
        assert_eq!(load(None).unwrap(), english_phrases());
        let own = loaded("[help]\nwo bin ich\n").unwrap();
        assert!(own.read("Wo bin ich?", ANYBODY).is_some() && english_phrases().read("Wo bin ich?", ANYBODY).is_none());
        assert_eq!(own.read("delete my account", ANYBODY), english_phrases().read("delete my account", ANYBODY));
    }

    #[test]
    fn a_mistake_in_them_is_named_with_its_line() {
        let error = loaded("# ours\n[yes]\nok\n").unwrap_err();
        assert!(error.starts_with("./phrases.txt, line 2: no section is called [yes]; there are: help, "), "{error}");
    }

    #[test]
    fn the_programs_own_have_no_mistake() {
        Phrases::parse(lodge_core::wording::ENGLISH_PHRASES).unwrap();
    }
}
