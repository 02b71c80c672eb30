//! Information interviews: half an hour with somebody who does the job, from the first draft to the notes afterwards.

pub mod bank;
pub(crate) mod flow;
pub mod plan;
pub mod referrals;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod sections;
pub mod tips;
mod weeks;
pub(crate) mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::EffectId;
use crate::notes::reflection::Reflections;
use crate::policy::PurposeId;
use crate::wording::ENGLISH_LISTS;

use bank::Bank;
use referrals::Referrals;
pub use sections::NotALine;
use tips::Rules;

/// The purpose of an information interview.
const PURPOSE: &str = "information-interview";

/// Whether somebody says with these words that they would like to hear about a person's work, which is what an information
/// interview is for.
pub(crate) fn asks_about_work(words: &[&str]) -> bool {
    const OWN: [&str; 4] = ["her", "his", "their", "your"];
    const WORK: [&str; 8] = ["job", "work", "role", "career", "path", "field", "industry", "profession"];
    const OTHERWISE: [&str; 8] = ["date", "dinner", "drink", "drinks", "reference", "apply", "hire", "vacancy"];
    let says = |window: &[&str]| match window {
        [own, work] if OWN.contains(own) => WORK.contains(work),
        ["working", "in" | "at" | "as" | "for"] | ["coffee", "chat" | "talk"] => true,
        _ => false,
    };
    let begun = |window: &[&str]| {
        matches!(window, ["how", "she" | "he" | "they", "got" | "get" | "gets" | "began" | "started" | "became"])
    };
    !words.iter().any(|word| OTHERWISE.contains(word)) && (words.windows(2).any(says) || words.windows(3).any(begun))
}

/// Whether requests of this purpose ask for an information interview.
pub fn is_interview(purpose: &PurposeId) -> bool {
    purpose.as_str() == PURPOSE
}

/// The lists of a service that help with requests, as it wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists {
    /// The rules by which a message gets tips.
    pub tips: Rules,
    /// Questions to ask in an information interview.
    pub questions: Bank,
    /// Other places where people find help.
    pub referrals: Referrals,
    /// The questions by which somebody thinks over a talk.
    pub reflections: Reflections,
}

/// The questions that a member was last shown, so that "more" shows what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The theme that they are about.
    pub theme: String,
    /// The number of those that they have been shown.
    pub next: usize,
    /// The message that showed the last of them.
    pub message: EffectId,
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
    pub const FILES: [&'static str; 4] = ["tips.txt", "questions.txt", "referrals.txt", "reflection.txt"];

    /// Reads the lists, each the service's own (by the name of its file) or else the program's.
    ///
    /// # Errors
    /// With the first line that cannot be used.
    pub fn read(own: &BTreeMap<&'static str, String>) -> Result<Self, NotAList> {
        Ok(Self {
            tips: list(own, "tips.txt", Rules::parse)?,
            questions: list(own, "questions.txt", Bank::parse)?,
            referrals: list(own, "referrals.txt", Referrals::parse)?,
            reflections: list(own, "reflection.txt", Reflections::parse)?,
        })
    }

    /// The program's lists in English. A test reads them, so they have no line that cannot be used.
    pub fn english() -> Self {
        Self::read(&BTreeMap::new()).unwrap_or_default()
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
