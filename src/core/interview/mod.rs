//! Information interviews: half an hour with somebody who does the job, from the first draft to the notes afterwards.

pub(crate) mod flow;
mod sections;
pub mod tips;

use std::collections::BTreeMap;

use crate::policy::PurposeId;
use crate::wording::ENGLISH_LISTS;

pub use sections::NotALine;
use tips::Rules;

/// The purpose of an information interview.
const PURPOSE: &str = "information-interview";

/// Whether requests of this purpose ask for an information interview.
pub fn is_interview(purpose: &PurposeId) -> bool {
    purpose.as_str() == PURPOSE
}

/// The lists of a service that help with requests, as it wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// The rules by which a message gets tips.
    pub tips: Rules,
}

/// A list with a line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {cause}")]
pub struct NotAList {
    /// The name of the list's file.
    pub file: &'static str,
    /// The line, and the mistake.
    pub cause: NotALine,
}

impl Lists {
    /// The names of the files.
    pub const FILES: [&'static str; 1] = ["tips.txt"];

    /// Reads the lists, each the service's own (by the name of its file) or else the program's.
    ///
    /// # Errors
    /// With the first line that cannot be used.
    pub fn read(own: &BTreeMap<&'static str, String>) -> Result<Self, NotAList> {
        Ok(Self { tips: list(own, "tips.txt", Rules::parse)? })
    }

    /// The program's lists in English. A test reads them, so they have no line that cannot be used.
    pub fn english() -> Self {
        Self::read(&BTreeMap::new()).unwrap_or(Self { tips: Rules::default() })
    }
}

fn list<T>(
    own: &BTreeMap<&'static str, String>,
    file: &'static str,
    parse: fn(&str) -> Result<T, NotALine>,
) -> Result<T, NotAList> {
    let english = || ENGLISH_LISTS.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| *text);
    let text = own.get(file).map_or_else(english, String::as_str);
    parse(text).map_err(|cause| NotAList { file, cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_lists_have_no_mistake() {
        Lists::read(&BTreeMap::new()).unwrap();
    }
}
