//! Phrases: things that people write without knowing any command, and what they mean by them.
//!
//! They stand in a file beside the sentences, and a service can have its own. No phrase is a consent: those are words of
//! the program alone.

use std::collections::BTreeSet;

use lodge_ground::link;

use super::{
    Answer, Command, DeskCommand, MentorsCommand, PeopleCommand, RequestCommand, Topic, clauses, courtesy, numbered,
    plain_words,
};
use crate::introduction::words::introducing::INDEFINITE;
use crate::mentors::words::topic;
use crate::name::Address;

/// Words beyond these are not looked at: nobody asks for something in a letter.
const WORDS_MAX: usize = 40;

/// A friendly word with others behind it has no more words than this.
const CLOSING_WORDS_MAX: usize = 4;

/// Words that may stand before a phrase and say nothing by themselves.
const BESIDE: [&str; 14] =
    ["sorry", "oh", "ah", "hmm", "um", "er", "well", "so", "ok", "okay", "and", "but", "actually", "also"];

/// A word this long, in characters, may have one letter wrong.
const MISSPELT_CHARS_MIN: usize = 5;

/// The phrases of a language, in the order in which they are tried, each with its section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrases(Vec<(Section, Vec<Part>)>);

/// A section of a file: its name, and whether its phrases are only a word or two that give it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Section {
    name: &'static str,
    loose: bool,
}

/// The meaning of the phrases of a section.
#[derive(Clone, Copy)]
enum Means {
    /// The same as these words.
    Words(&'static str),
    /// A command about what stands in the place of the `*`.
    Of(fn(&[&str]) -> Option<Command>),
}

/// The sections by the names that the files call them by.
const SECTIONS: [(&str, Means); 44] = [
    ("help", Means::Words("help")),
    ("about", Means::Words("who are you")),
    ("outcome", Means::Words("how it ends")),
    ("advice", Means::Words("an example")),
    ("language", Means::Words("other languages")),
    ("trouble", Means::Words("something is wrong")),
    ("hard-time", Means::Words("a hard time")),
    ("closing", Means::Words("ok thanks")),
    ("greeting", Means::Words("hello")),
    ("stop", Means::Words("stop everything")),
    ("staff", Means::Words("ask staff")),
    ("mentors", Means::Of(|subject| Some(MentorsCommand::Find(topic(subject)).into()))),
    ("introduce", Means::Of(|subject| Some(introduce(subject)))),
    ("more", Means::Words("more")),
    ("choices", Means::Words("more answers")),
    ("desk", Means::Of(|_| Some(DeskCommand::Desk { plainly: false }.into()))),
    ("requests", Means::Words("requests")),
    ("again", Means::Words("again")),
    ("drafts", Means::Words("drafts")),
    ("withdraw", Means::Words("withdraw")),
    ("undo", Means::Words("undo")),
    ("cancel", Means::Words("cancel")),
    ("ignore", Means::Words("ignore")),
    ("later", Means::Of(|day| Some(Command::Answer { number: None, answer: Answer::Later(day.join(" ")) }))),
    ("pause", Means::Of(|day| Some(PeopleCommand::Pause(day.join(" ")).into()))),
    ("resume", Means::Words("resume")),
    ("limit", Means::Of(limit)),
    ("settings", Means::Words("my settings")),
    ("block", Means::Of(|subject| Some(block(subject)))),
    ("report", Means::Words("report")),
    ("rooms", Means::Words("rooms")),
    ("suggest", Means::Words("suggest room")),
    ("offer", Means::Words("opportunity")),
    ("profile", Means::Words("profile")),
    ("list", Means::Words("list me")),
    ("unlist", Means::Words("unlist me")),
    ("device", Means::Words("my new device")),
    ("data", Means::Words("my data")),
    ("forget", Means::Words("forget me")),
    ("policy", Means::Words("policy")),
    ("reports", Means::Words("reports")),
    ("moderate", Means::Words("mute")),
    ("organisations", Means::Words("organisations")),
    ("verify", Means::Words("verify")),
];

/// One part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// One of these words, which may be left out where it is optional.
    Word { any: Vec<String>, optional: bool },
    /// Any words, or none.
    Any,
    /// The words that say what is wanted: one or more.
    Subject,
}

/// A line of a file of phrases that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct NotAPhrase {
    /// The line, counted from 1.
    pub line: usize,
    /// The mistake, and the right way.
    pub problem: String,
}

impl Phrases {
    /// Reads phrases: in each section, which begins with a name such as `[help]`, one on each line.
    ///
    /// # Errors
    /// When a section has a name that is none, a phrase stands before the first section, or two things stand in one
    /// phrase for what is wanted.
    pub fn parse(text: &str) -> Result<Self, NotAPhrase> {
        let (mut phrases, mut section) = (vec![], None);
        for (at, line) in text.lines().enumerate() {
            let wrong = |problem: String| NotAPhrase { line: at + 1, problem };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                let names: Vec<&'static str> = SECTIONS.iter().map(|(name, _)| *name).collect();
                let (plain, loose) = name.strip_suffix(" loosely").map_or((name, false), |plain| (plain, true));
                let found = names.iter().copied().find(|known| *known == plain);
                let found = found.map(|name| Section { name, loose });
                let unknown = || wrong(format!("no section is called [{name}]; there are: {}", names.join(", ")));
                section = Some(found.ok_or_else(unknown)?);
                continue;
            }
            let section = section.ok_or_else(|| wrong("a phrase stands below a section such as [help]".to_owned()))?;
            let parts: Vec<Part> = line.split_whitespace().map(part).collect();
            if parts.iter().filter(|part| **part == Part::Subject).count() > 1 {
                return Err(wrong("one * is enough in a phrase".to_owned()));
            }
            if line.split_whitespace().any(|word| word.trim_end_matches('?').contains('?')) {
                return Err(wrong("a ? stands behind all of \"one/two\", as in \"one/two?\"".to_owned()));
            }
            phrases.push((section, parts));
        }
        Ok(Self(phrases))
    }

    /// These phrases, where each section that the others have too is as they have it.
    #[must_use]
    pub fn replaced_by(self, own: Self) -> Self {
        let replaced: BTreeSet<Section> = own.0.iter().map(|(section, _)| *section).collect();
        let kept = self.0.into_iter().filter(|(section, _)| !replaced.contains(section));
        Self(own.0.into_iter().chain(kept).collect())
    }

    /// The command that somebody means by these words, if a phrase says so.
    pub fn read(&self, text: &str) -> Option<Command> {
        self.asked(text, false)
    }

    /// The same by a word or two in them. It does nothing by itself.
    pub fn read_loosely(&self, text: &str) -> Option<Command> {
        clauses::harmless(self.asked(text, true)?)
    }

    /// The command in one of the sentences of this text; it does nothing by itself.
    pub fn read_among(&self, text: &str) -> Option<Command> {
        clauses::among(text, |clause| self.read(clause))
    }

    fn asked(&self, text: &str, loose: bool) -> Option<Command> {
        let (rest, _) = courtesy::unaddressed(text);
        let asked = || {
            let (rest, how) = courtesy::asked(rest)?;
            self.found(rest, loose).filter(|command| how.allows(command))
        };
        self.found(rest, loose).or_else(asked)
    }

    fn found(&self, text: &str, loose: bool) -> Option<Command> {
        let all = plain_words(text);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let words = courtesy::without_thanks(&all);
        if words.is_empty() || words.len() > WORDS_MAX {
            return None;
        }
        self.saying(words, loose).or_else(|| {
            let begins = words.iter().take_while(|word| BESIDE.contains(word)).count();
            if begins > 0 { self.saying(&words[begins..], loose) } else { None }
        })
    }

    /// The command of the first phrase that these words are.
    fn saying(&self, words: &[&str], loose: bool) -> Option<Command> {
        let fits = |section: &Section, parts: &[Part]| {
            // Many things begin with "great" or "thanks" that are more than a friendly word.
            let ends = section.name != "closing" || words.len() <= CLOSING_WORDS_MAX || !parts.contains(&Part::Any);
            section.loose == loose && ends
        };
        let mut fitting = self.0.iter().filter(|(section, parts)| fits(section, parts));
        fitting.find_map(|(section, parts)| {
            let subject = matched(parts, words, if loose { is_stem } else { is_spelt })?;
            let (_, means) = SECTIONS.iter().find(|(name, _)| *name == section.name)?;
            match means {
                Means::Words(words) => Some(super::read(words)),
                Means::Of(command) => command(subject),
            }
        })
    }
}

fn introduce(subject: &[&str]) -> Command {
    let words = subject.join(" ");
    if subject.first().is_some_and(|first| INDEFINITE.contains(first)) && numbered(&words).is_none() {
        return MentorsCommand::Find(topic(subject)).into();
    }
    let account = account(subject);
    let to = account.map(Ok).or_else(|| (!subject.is_empty()).then_some(Err(words)));
    RequestCommand::Introduce { to, purpose: None, message: None }.into()
}

fn limit(subject: &[&str]) -> Option<Command> {
    Some(PeopleCommand::Limit(Some(u32::try_from(numbered(&subject.join(" "))?).ok()?)).into())
}

/// Somebody whose address stands there is blocked; of anybody else they are told how that is done.
fn block(subject: &[&str]) -> Command {
    let trouble = Command::Explain(Topic::Trouble);
    account(subject).map_or(trouble, |who| PeopleCommand::BlockAddress(who).into())
}

fn account(words: &[&str]) -> Option<Address> {
    words.iter().find_map(|word| link::to_account(word).ok())
}

fn part(word: &str) -> Part {
    match word {
        "..." => Part::Any,
        "*" => Part::Subject,
        _ => {
            let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
            Part::Word { any: word.split('/').map(|one| one.replace('\'', "")).collect(), optional }
        }
    }
}

/// The subject, if the words are such a phrase; empty where the phrase has none.
fn matched<'a>(parts: &[Part], words: &'a [&'a str], is: fn(&str, &str) -> bool) -> Option<&'a [&'a str]> {
    let Some((first, parts)) = parts.split_first() else { return words.is_empty().then_some(words) };
    let rest = |words| matched(parts, words, is);
    match first {
        Part::Word { any, optional } => {
            let fits = words.split_first().filter(|(word, _)| any.iter().any(|one| is(one, word)));
            let with = fits.and_then(|(_, words)| rest(words));
            with.or_else(|| if *optional { rest(words) } else { None })
        }
        Part::Any => (0..=words.len()).find_map(|from| rest(&words[from..])),
        Part::Subject => (1..=words.len()).rev().find_map(|end| rest(&words[end..]).map(|_| &words[..end])),
    }
}

/// Whether a word is this one, or begins with it where it is long enough.
fn is_stem(stem: &str, word: &str) -> bool {
    stem == word || (stem.len() >= MISSPELT_CHARS_MIN && word.starts_with(stem))
}

/// Whether a word is this one, with at most one letter wrong where it is long enough.
pub(crate) fn is_spelt(right: &str, word: &str) -> bool {
    if right == word {
        return true;
    }
    // No letter has more than four bytes.
    if right.len() < MISSPELT_CHARS_MIN || right.len().abs_diff(word.len()) > 4 {
        return false;
    }
    let (right, word): (Vec<char>, Vec<char>) = (right.chars().collect(), word.chars().collect());
    if right.len() < MISSPELT_CHARS_MIN || right.len().abs_diff(word.len()) > 1 {
        return false;
    }
    let same = right.iter().zip(&word).take_while(|(one, two)| one == two).count();
    let (right, word) = (&right[same..], &word[same..]);
    let swapped = match (right, word) {
        ([a, b, right @ ..], [c, d, word @ ..]) => a == d && b == c && right == word,
        _ => false,
    };
    let after = |letters: &[char]| letters.get(1..).map(<[char]>::to_vec);
    let replaced = after(right).is_some_and(|rest| after(word).is_some_and(|other| rest == other));
    let missing = after(right).is_some_and(|rest| rest == word);
    let added = after(word).is_some_and(|rest| rest == right);
    swapped || replaced || missing || added
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::RightsCommand;

    fn phrases(text: &str) -> Phrases {
        Phrases::parse(text).unwrap()
    }

    #[test]
    fn a_phrase_has_choices_and_words_that_can_be_left_out_and_a_subject() {
        let found = phrases("# a comment\n\n[mentors]\n... someone/anyone in *\n[help]\nwhat's? this for\n");
        let mentors = |topic: &str| Some(MentorsCommand::Find(Some(topic.to_owned())).into());
        assert_eq!(found.read("Do you know anyone in law, please?"), mentors("law"));
        assert_eq!(found.read("Someone in  Museums and archives!"), mentors("museums and archives"));
        assert_eq!(found.read("what\u{2019}s this for?"), Some(Command::Help));
        assert_eq!(found.read("this for"), Some(Command::Help));
        for text in ["someone in", "what this is for", "this for me", "", &"someone in law ".repeat(20)] {
            assert_eq!(found.read(text), None, "{text}");
        }
    }

    #[test]
    fn the_words_of_every_section_are_a_command_and_none_is_a_consent() {
        for (name, means) in SECTIONS {
            let Means::Words(words) = means else { continue };
            let command = super::super::read(words);
            assert!(!matches!(command, Command::Text(_)), "{name}");
            let answers = matches!(command, Command::Answer { answer: Answer::Ignore | Answer::Report(_), .. });
            let closes = command == Command::Closing;
            assert!(answers || closes || courtesy::How::Asking.allows(&command), "{name}");
        }
    }

    #[test]
    fn a_long_word_may_have_one_letter_wrong() {
        for word in ["deadline", "dedline", "deadlines", "deadlnie", "deadlime", "eadline"] {
            assert!(is_spelt("deadline", word), "{word}");
        }
        for word in ["dealine2x", "headlines", "deadlock", "dead", ""] {
            assert!(!is_spelt("deadline", word), "{word}");
        }
        assert!(!is_spelt("yes", "yet") && !is_spelt("note", "not"));
    }

    #[test]
    fn a_section_of_the_services_own_takes_the_place_of_ours() {
        let own = phrases("[help]\nhjelp\n");
        let both = phrases("[help]\nsupport me\n[policy]\nthe law here\n").replaced_by(own);
        assert_eq!(both.read("hjelp"), Some(Command::Help));
        assert_eq!(both.read("support me"), None);
        assert_eq!(both.read("the law here"), Some(RightsCommand::Policy.into()));
    }

    #[test]
    fn a_telling_word_comes_last_and_does_nothing_by_itself() {
        let found = phrases("[rooms loosely]\n... room ...\n[withdraw loosely]\n... back ...\n[help]\nroom for one\n");
        assert_eq!(found.read("which room?"), None);
        assert_eq!(found.read("room for one"), Some(Command::Help));
        assert_eq!(found.read_loosely("which room?"), Some(crate::command::read("rooms")));
        assert_eq!(found.read_loosely("I want it back"), Some(Command::Stop { plainly: false }));
        assert_eq!(found.read_loosely("something else"), None);
    }

    #[test]
    fn a_file_that_cannot_be_used_names_its_line() {
        for (text, line) in
            [("help me\n", 1), ("[help]\nme\n[yes]\nok\n", 3), ("[mentors]\n* in *\n", 2), ("[help]\na?/b\n", 2)]
        {
            assert_eq!(Phrases::parse(text).map_err(|wrong| wrong.line), Err(line), "{text}");
        }
    }
}
