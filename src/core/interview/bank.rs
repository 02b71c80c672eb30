//! The question bank: questions for an information interview, by theme, as the service wrote them.

use super::sections::{NotALine, sections};
use crate::command::plain_words;

/// So many questions are shown at a time.
pub(crate) const PAGE: usize = 6;

/// A question has this many characters at most, so that a page of them fits a phone.
const QUESTION_CHARS_MAX: usize = 160;

/// A word that is looked for may be a part of a theme's name, or the other way round, from this many characters on.
const STEM_CHARS_MIN: usize = 4;

/// The questions of a service, by theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bank(Vec<Theme>);

/// The questions on one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Theme {
    /// The names by which it is found. The first is shown.
    names: Vec<String>,
    /// The questions, in the order in which they are shown.
    pub questions: Vec<String>,
}

impl Bank {
    /// Reads the questions of a file: below the names of each theme, one on each line. The first theme goes anywhere.
    ///
    /// # Errors
    /// When a theme has no name or no question, or a question is too long.
    pub fn parse(text: &str) -> Result<Self, NotALine> {
        let themes = sections(text)?.into_iter().map(|section| {
            let names: Vec<String> =
                section.name.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
            if names.is_empty() {
                return Err(NotALine::new(section.line, "a theme has a name, such as [museums, archives]"));
            }
            if section.entries.is_empty() {
                return Err(NotALine::new(section.line, format!("no question stands below [{}]", section.name)));
            }
            let too_long = section.entries.iter().find(|(_, text)| text.chars().count() > QUESTION_CHARS_MAX);
            if let Some((line, text)) = too_long {
                let found = text.chars().count();
                let problem =
                    format!("a question has at most {QUESTION_CHARS_MAX} characters, and this one has {found}");
                return Err(NotALine::new(*line, problem));
            }
            Ok(Theme { names, questions: section.entries.iter().map(|(_, text)| (*text).to_owned()).collect() })
        });
        themes.collect::<Result<_, _>>().map(Self)
    }

    /// The theme that somebody names in these words.
    pub(crate) fn theme(&self, words: &str) -> Option<&Theme> {
        let wanted = plain_words(words);
        let is =
            |theme: &&Theme| theme.names.iter().any(|name| plain_words(name).iter().any(|own| is_in(own, &wanted)));
        let exactly = self.0.iter().find(|theme| theme.names.iter().any(|name| name.eq_ignore_ascii_case(words)));
        exactly.or_else(|| self.0.iter().find(is))
    }

    /// The questions that go anywhere.
    pub(crate) fn general(&self) -> Option<&Theme> {
        self.0.first()
    }

    /// The names of all other themes.
    pub(crate) fn others(&self, than: &Theme) -> Vec<String> {
        self.0.iter().filter(|theme| *theme != than).map(|theme| theme.name().to_owned()).collect()
    }
}

impl Theme {
    /// The name by which it is shown.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// Whether one of these words is this word of a theme's name, in the singular or the plural, or its beginning.
fn is_in(own: &str, wanted: &[String]) -> bool {
    let begins = |long: &str, short: &str| short.chars().count() >= STEM_CHARS_MIN && long.starts_with(short);
    wanted.iter().any(|word| {
        let (own, word) = (own.trim_end_matches('s'), word.trim_end_matches('s'));
        own == word || begins(own, word) || begins(word, own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "[any job]\nHow did you begin?\n[museums, archives]\nWhat do you collect?\n[law]\nWhich court?\n";

    #[test]
    fn d03_a_theme_is_found_by_each_of_its_names_however_people_write_it() {
        let bank = Bank::parse(FILE).unwrap();
        for (words, right) in [
            ("museums", Some("museums")),
            ("Museum", Some("museums")),
            ("museum work", Some("museums")),
            ("archive", Some("museums")),
            ("LAW", Some("law")),
            ("law firms", Some("law")),
            ("any job", Some("any job")),
            ("medicine", None),
            ("a", None),
        ] {
            assert_eq!(bank.theme(words).map(Theme::name), right, "{words}");
        }
        assert_eq!(bank.others(bank.theme("law").unwrap()), ["any job", "museums"]);
    }

    #[test]
    fn a_mistake_in_the_questions_is_named_with_its_line() {
        let long = format!("[law]\n{}?\n", "why ".repeat(60));
        for (text, line, part) in [
            ("[law]\n[museums]\nWhat?\n", 1, "no question stands below [law]"),
            ("# ours\n[ , ]\nWhat?\n", 2, "a theme has a name"),
            (&*long, 2, "at most 160 characters, and this one has 241"),
        ] {
            let error = Bank::parse(text).unwrap_err();
            assert!(error.line == line && error.problem.contains(part), "{error}");
        }
    }
}
