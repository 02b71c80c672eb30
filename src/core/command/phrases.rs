//! Phrases: things that people write without knowing any command, and what they mean by them.
//!
//! They stand in a file beside the sentences, and a service can have its own. No phrase is a consent: those are words of
//! the program alone.

use std::collections::BTreeSet;

use lodge_ground::link;

use super::{
    Answer, Command, DeskCommand, MentorsCommand, PeopleCommand, Profile, RequestCommand, RightsCommand, RoomCommand,
};
use super::{Topic, courtesy, numbered, plain_words};
use crate::introduction::words::introducing::INDEFINITE;
use crate::introduction::words::own::Chosen;
use crate::mentors::words::topic;

/// Words beyond these are not looked at: nobody asks for something in a letter.
const WORDS_MAX: usize = 40;

/// A friendly word with others behind it has no more words than this.
const CLOSING_WORDS_MAX: usize = 4;

/// A word this long, in characters, may have one letter wrong.
const MISSPELT_CHARS_MIN: usize = 5;

/// The phrases of a language, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrases(Vec<(Intent, Vec<Part>)>);

/// Something that people want when they write a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Intent {
    Help,
    About,
    Outcome,
    Advice,
    Language,
    Closing,
    Stop,
    Staff,
    Mentors,
    Introduce,
    Desk,
    Requests,
    Again,
    Withdraw,
    Undo,
    Cancel,
    Later,
    Pause,
    Resume,
    Limit,
    Settings,
    Report,
    Rooms,
    Profile,
    List,
    Unlist,
    Data,
    Forget,
    Policy,
}

/// The names by which the files call them.
const INTENTS: [(&str, Intent); 29] = [
    ("help", Intent::Help),
    ("about", Intent::About),
    ("outcome", Intent::Outcome),
    ("advice", Intent::Advice),
    ("language", Intent::Language),
    ("closing", Intent::Closing),
    ("stop", Intent::Stop),
    ("staff", Intent::Staff),
    ("mentors", Intent::Mentors),
    ("introduce", Intent::Introduce),
    ("desk", Intent::Desk),
    ("requests", Intent::Requests),
    ("again", Intent::Again),
    ("withdraw", Intent::Withdraw),
    ("undo", Intent::Undo),
    ("cancel", Intent::Cancel),
    ("later", Intent::Later),
    ("pause", Intent::Pause),
    ("resume", Intent::Resume),
    ("limit", Intent::Limit),
    ("settings", Intent::Settings),
    ("report", Intent::Report),
    ("rooms", Intent::Rooms),
    ("profile", Intent::Profile),
    ("list", Intent::List),
    ("unlist", Intent::Unlist),
    ("data", Intent::Data),
    ("forget", Intent::Forget),
    ("policy", Intent::Policy),
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
                let found = INTENTS.iter().find(|(known, _)| *known == name).map(|(_, intent)| *intent);
                let names: Vec<&str> = INTENTS.iter().map(|(name, _)| *name).collect();
                let unknown = || wrong(format!("no section is called [{name}]; there are: {}", names.join(", ")));
                section = Some(found.ok_or_else(unknown)?);
                continue;
            }
            let intent = section.ok_or_else(|| wrong("a phrase stands below a section such as [help]".to_owned()))?;
            let parts: Vec<Part> = line.split_whitespace().map(part).collect();
            if parts.iter().filter(|part| **part == Part::Subject).count() > 1 {
                return Err(wrong("one * is enough in a phrase".to_owned()));
            }
            phrases.push((intent, parts));
        }
        Ok(Self(phrases))
    }

    /// These phrases, where each section that the others have too is as they have it.
    #[must_use]
    pub fn replaced_by(self, own: Self) -> Self {
        let replaced: BTreeSet<Intent> = own.0.iter().map(|(intent, _)| *intent).collect();
        let kept = self.0.into_iter().filter(|(intent, _)| !replaced.contains(intent));
        Self(own.0.into_iter().chain(kept).collect())
    }

    /// The command that somebody means by these words, if a phrase says so.
    pub fn read(&self, text: &str) -> Option<Command> {
        let (rest, _) = courtesy::unaddressed(text);
        let asked = || {
            let (rest, how) = courtesy::asked(rest)?;
            self.found(rest).filter(|command| how.allows(command))
        };
        self.found(rest).or_else(asked)
    }

    fn found(&self, text: &str) -> Option<Command> {
        let all = plain_words(text);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let words = courtesy::without_thanks(&all);
        if words.is_empty() || words.len() > WORDS_MAX {
            return None;
        }
        let fits = |intent: &Intent, parts: &[Part]| {
            // Many things begin with "great" or "thanks" that are more than a friendly word.
            *intent != Intent::Closing || words.len() <= CLOSING_WORDS_MAX || !parts.contains(&Part::Any)
        };
        let mut fitting = self.0.iter().filter(|(intent, parts)| fits(intent, parts));
        fitting.find_map(|(intent, parts)| intent.command(matched(parts, words)?))
    }
}

impl Intent {
    /// The command for it; `subject` is what they want it for.
    fn command(self, subject: &[&str]) -> Option<Command> {
        let words = || subject.join(" ");
        Some(match self {
            Self::Help => Command::Help,
            Self::About => PeopleCommand::About.into(),
            Self::Outcome => Command::Explain(Topic::Outcome),
            Self::Advice => Command::Explain(Topic::Advice),
            Self::Language => Command::Explain(Topic::Language),
            Self::Closing => Command::Closing,
            Self::Stop => Command::Stop { plainly: false },
            Self::Staff => PeopleCommand::AskStaff(String::new()).into(),
            Self::Mentors => MentorsCommand::Find(topic(subject)).into(),
            Self::Introduce
                if subject.first().is_some_and(|first| INDEFINITE.contains(first)) && numbered(&words()).is_none() =>
            {
                MentorsCommand::Find(topic(subject)).into()
            }
            Self::Introduce => {
                let account = subject.iter().find_map(|word| link::to_account(word).ok());
                let to = account.map(Ok).or_else(|| (!subject.is_empty()).then(|| Err(words())));
                RequestCommand::Introduce { to, purpose: None, message: None }.into()
            }
            Self::Desk => DeskCommand::Desk { plainly: false }.into(),
            Self::Requests => RequestCommand::Requests.into(),
            Self::Again => RequestCommand::Again.into(),
            Self::Withdraw => RequestCommand::Withdraw(Chosen::Only).into(),
            Self::Undo => RequestCommand::Undo.into(),
            Self::Cancel => RequestCommand::Cancel.into(),
            Self::Later => Command::Answer { number: None, answer: Answer::Later(words()) },
            Self::Pause => PeopleCommand::Pause(words()).into(),
            Self::Resume => PeopleCommand::Resume.into(),
            Self::Limit => PeopleCommand::Limit(Some(words().parse().ok()?)).into(),
            Self::Settings => PeopleCommand::OwnSettings.into(),
            Self::Report => Command::Answer { number: None, answer: Answer::Report(String::new()) },
            Self::Rooms => Command::Room(RoomCommand::List),
            Self::Profile => Command::Profile(Profile::Show),
            Self::List => Command::Profile(Profile::List { sure: false }),
            Self::Unlist => Command::Profile(Profile::Unlist),
            Self::Data => RightsCommand::MyData.into(),
            Self::Forget => RightsCommand::Forget { sure: false }.into(),
            Self::Policy => RightsCommand::Policy.into(),
        })
    }
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
fn matched<'a>(parts: &[Part], words: &'a [&'a str]) -> Option<&'a [&'a str]> {
    let Some((first, parts)) = parts.split_first() else { return words.is_empty().then_some(words) };
    match first {
        Part::Word { any, optional } => {
            let fits = words.split_first().filter(|(word, _)| any.iter().any(|one| is_spelt(one, word)));
            let with = fits.and_then(|(_, words)| matched(parts, words));
            with.or_else(|| if *optional { matched(parts, words) } else { None })
        }
        Part::Any => (0..=words.len()).find_map(|from| matched(parts, &words[from..])),
        Part::Subject => (1..=words.len()).rev().find_map(|end| matched(parts, &words[end..]).map(|_| &words[..end])),
    }
}

/// Whether a word is this one, with at most one letter wrong where it is long enough.
pub(crate) fn is_spelt(right: &str, word: &str) -> bool {
    if right == word {
        return true;
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
    fn a_file_that_cannot_be_used_names_its_line() {
        for (text, line) in [("help me\n", 1), ("[help]\nme\n[yes]\nok\n", 3), ("[mentors]\n* in *\n", 2)] {
            assert_eq!(Phrases::parse(text).map_err(|wrong| wrong.line), Err(line), "{text}");
        }
    }
}
