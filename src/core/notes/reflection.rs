//! Reflections: a few questions about a talk, or about a request that came to nothing, which their reader answers for
//! themselves alone (requirements A11 and D3).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{EffectId, IntroductionId};
use crate::interview::NotALine;
use crate::interview::sections::sections;

/// A reflection has this many questions at most.
const QUESTIONS_MAX: usize = 7;

/// A question has this many characters at most.
const QUESTION_CHARS_MAX: usize = 160;

/// The matter that somebody thinks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// They have talked with somebody.
    Talk,
    /// They asked somebody, and no talk came of it.
    NoTalk,
}

/// A service's questions for a reflection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reflections {
    talk: Vec<String>,
    no_talk: Vec<String>,
}

/// A reflection that somebody has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reflecting {
    /// The introduction that it is about, if there is one.
    pub about: Option<IntroductionId>,
    /// The matter that it is about.
    pub occasion: Occasion,
    /// The place of the question that they are asked, counted from 0.
    pub place: usize,
    /// The numbers of the notes that hold their answers, by the places of the questions.
    #[serde(default)]
    pub kept: BTreeMap<usize, u32>,
    /// The messages that asked, by the places of the questions: the last one for each.
    #[serde(default)]
    pub asked: BTreeMap<usize, EffectId>,
    /// Whether they have saved it for later.
    #[serde(default)]
    pub saved: bool,
}

impl Reflections {
    /// Reads a file: the questions below `[talk]`, and those below `[no talk]`, one on each line.
    ///
    /// # Errors
    /// When a section is unknown, missing, empty or too long, or a question is too long.
    pub fn parse(text: &str) -> Result<Self, NotALine> {
        let mut read = Self::default();
        for section in sections(text)? {
            let questions = match section.name {
                "talk" => &mut read.talk,
                "no talk" => &mut read.no_talk,
                other => {
                    let problem = format!("no section is called [{other}]; there are: talk, no talk");
                    return Err(NotALine::new(section.line, problem));
                }
            };
            let own = section.entries.iter().map(|(_, text)| (*text).to_owned());
            questions.extend(own);
            if questions.len() > QUESTIONS_MAX {
                let problem = format!("[{}] has at most {QUESTIONS_MAX} questions", section.name);
                return Err(NotALine::new(section.line, problem));
            }
            let too_long = section.entries.iter().find(|(_, text)| text.chars().count() > QUESTION_CHARS_MAX);
            if let Some((line, _)) = too_long {
                return Err(NotALine::new(*line, format!("a question has at most {QUESTION_CHARS_MAX} characters")));
            }
        }
        let empty = [("talk", &read.talk), ("no talk", &read.no_talk)].into_iter().find(|(_, all)| all.is_empty());
        match empty {
            Some((name, _)) => Err(NotALine::new(1, format!("no question stands below [{name}]"))),
            None => Ok(read),
        }
    }

    /// The questions for this occasion.
    pub(crate) fn on(&self, occasion: Occasion) -> &[String] {
        match occasion {
            Occasion::Talk => &self.talk,
            Occasion::NoTalk => &self.no_talk,
        }
    }
}

impl Reflecting {
    /// One that begins with the first question.
    pub(crate) fn new(about: Option<IntroductionId>, occasion: Occasion) -> Self {
        Self { about, occasion, place: 0, kept: BTreeMap::new(), asked: BTreeMap::new(), saved: false }
    }

    /// The place of the question that this message asked.
    pub(crate) fn asked_by(&self, message: EffectId) -> Option<usize> {
        self.asked.iter().find(|(_, asked)| **asked == message).map(|(place, _)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d03_a_service_has_questions_of_its_own_and_hears_of_a_mistake_with_its_line() {
        let own = Reflections::parse("# ours\n[talk]\nWhat now?\n[no talk]\nAnd now?\n").unwrap();
        assert_eq!(
            (own.on(Occasion::Talk), own.on(Occasion::NoTalk)),
            (&["What now?".to_owned()][..], &["And now?".to_owned()][..])
        );
        let many = format!("[talk]\n{}", "Why?\n".repeat(8));
        let long = format!("[talk]\nWhy?\n{}\n", "x".repeat(161));
        for (text, line, part) in [
            ("[after]\nWhy?\n", 1, "no section is called [after]; there are: talk, no talk"),
            ("[talk]\nWhy?\n", 1, "no question stands below [no talk]"),
            (&*many, 1, "at most 7 questions"),
            (&*long, 3, "at most 160 characters"),
        ] {
            let error = Reflections::parse(text).unwrap_err();
            assert!(error.line == line && error.problem.contains(part), "{error}");
        }
    }
}
