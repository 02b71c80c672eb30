//! Referrals: where else a student finds help, as the institution wrote it (requirement A5).

use serde::{Deserialize, Serialize};

use super::sections::{NotALine, sections};

/// A kind of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A talk with a person of the service.
    Appointments,
    /// People who help the service's students.
    Mentors,
    /// Talks, fairs and the like.
    Events,
    /// Pages, guides and collections.
    Resources,
}

/// So many entries of one kind fit on a phone with those of the others.
const OF_KIND_MAX: usize = 3;

/// An entry has this many characters at most.
const ENTRY_CHARS_MAX: usize = 200;

const NAMES: [(&str, Kind); 4] = [
    ("appointments", Kind::Appointments),
    ("mentors", Kind::Mentors),
    ("events", Kind::Events),
    ("resources", Kind::Resources),
];

/// The institution's list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Referrals(Vec<(Kind, Vec<String>)>);

impl Referrals {
    /// Reads a file: below each kind, an entry on each line.
    ///
    /// # Errors
    /// When a kind is none, stands there twice or has too many entries, or an entry is too long.
    pub fn parse(text: &str) -> Result<Self, NotALine> {
        let mut kinds: Vec<(Kind, Vec<String>)> = vec![];
        for section in sections(text)? {
            let Some((name, kind)) = NAMES.iter().find(|(name, _)| *name == section.name) else {
                let names = NAMES.map(|(name, _)| name).join(", ");
                let problem = format!("no kind is called [{}]; there are: {names}", section.name);
                return Err(NotALine::new(section.line, problem));
            };
            if kinds.iter().any(|(other, _)| other == kind) {
                return Err(NotALine::new(section.line, format!("[{name}] stands there twice")));
            }
            if let Some((line, _)) = section.entries.get(OF_KIND_MAX) {
                return Err(NotALine::new(*line, format!("[{name}] has at most {OF_KIND_MAX} entries")));
            }
            let too_long = section.entries.iter().find(|(_, text)| text.chars().count() > ENTRY_CHARS_MAX);
            if let Some((line, _)) = too_long {
                return Err(NotALine::new(*line, format!("an entry has at most {ENTRY_CHARS_MAX} characters")));
            }
            kinds.push((*kind, section.entries.iter().map(|(_, text)| (*text).to_owned()).collect()));
        }
        Ok(Self(kinds))
    }

    /// The kinds that have entries, in the institution's order, each with its entries.
    pub(crate) fn kinds(&self) -> Vec<(Kind, Vec<String>)> {
        self.0.iter().filter(|(_, entries)| !entries.is_empty()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a05_an_institution_lists_four_kinds_of_help_and_hears_of_a_mistake_with_its_line() {
        let own = Referrals::parse("[events]\nThe law fair\n[resources]\n# none yet\n").unwrap();
        assert_eq!(own.kinds(), [(Kind::Events, vec!["The law fair".to_owned()])]);
        let long = format!("[events]\n{}\n", "x".repeat(201));
        for (text, line, part) in [
            ("[fairs]\n", 1, "no kind is called [fairs]; there are: appointments, mentors, events, resources"),
            ("[events]\n\n[events]\n", 3, "twice"),
            ("[events]\n1\n2\n3\n4\n", 5, "at most 3 entries"),
            (&*long, 2, "at most 200 characters"),
        ] {
            let error = Referrals::parse(text).unwrap_err();
            assert!(error.line == line && error.problem.contains(part), "{error}");
        }
    }
}
