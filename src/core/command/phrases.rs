//! Phrases: things that people write without knowing any command, and what they mean by them.
//!
//! They stand in a file beside the sentences, and a service can have its own. No phrase is a consent: those are words of
//! the program alone.

use std::collections::BTreeSet;

use super::examples::Examples;
use super::wish::Wish;
use super::{Command, Topic, clauses, courtesy, numbered, plain_words};

/// Words beyond these are not looked at: nobody asks for something in a letter.
const WORDS_MAX: usize = 40;

/// Fewer words than these may mean anything, unless it is clear.
const WORDS_MIN: usize = 3;

/// A friendly word with others behind it has no more words than this.
const CLOSING_WORDS_MAX: usize = 4;

/// Words that may stand before a phrase and say nothing by themselves.
const BESIDE: [&str; 14] =
    ["sorry", "oh", "ah", "hmm", "um", "er", "well", "so", "ok", "okay", "and", "but", "actually", "also"];

/// A word this long, in characters, may have one letter wrong.
const MISSPELT_CHARS_MIN: usize = 5;

/// The phrases of a language, and the examples for words that none of them takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrases {
    /// The lines, in the order in which they are tried.
    lines: Vec<Line>,
    examples: Examples,
}

/// A line of a file, and the section in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    wish: Wish,
    says: Says,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// A pattern that the words have to fit as a whole.
    Phrase(Vec<Part>),
    /// A sentence of a section such as `[rooms by example]`.
    Example(String),
}

/// The wishes that somebody can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// Whether they are staff, who wish for things that nobody else does.
    pub staff: bool,
    /// Whether they look at a list of which there can be more.
    pub browses: bool,
    /// Whether a request waits for their answer, so that most words are about that.
    pub asked: bool,
}

impl Wishes {
    fn has(self, wish: Wish) -> bool {
        // Somebody who was asked talks about that: they look for nobody.
        let looks = matches!(wish, Wish::Mentors | Wish::Introduce | Wish::List | Wish::Code);
        (self.staff || !wish.is_of_staff()) && (self.browses || wish != Wish::More) && !(self.asked && looks)
    }
}

/// The nearest meaning of words that no phrase takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// This wish, and its command, which only shows or explains something, or asks.
    Clear(Wish, Command),
    /// One of these, the likeliest first.
    OneOf(Vec<Wish>),
    /// Something that the porter can do nothing with.
    Nothing,
}

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
        let (mut lines, mut section) = (vec![], None);
        for (at, line) in text.lines().enumerate() {
            let wrong = |problem: String| NotAPhrase { line: at + 1, problem };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                let (plain, by_example) = name.strip_suffix(" by example").map_or((name, false), |plain| (plain, true));
                let names = || Wish::ALL.iter().map(|wish| wish.name()).collect::<Vec<_>>().join(", ");
                let unknown = || wrong(format!("no section is called [{name}]; there are: {}", names()));
                section = Some((Wish::named(plain).ok_or_else(unknown)?, by_example));
                continue;
            }
            let without = || wrong("a phrase stands below a section such as [help]".to_owned());
            let (wish, by_example) = section.ok_or_else(without)?;
            let says =
                if by_example { Says::Example(line.to_owned()) } else { Says::Phrase(phrase(line).map_err(wrong)?) };
            lines.push(Line { wish, says });
        }
        Ok(Self::of(lines))
    }

    fn of(lines: Vec<Line>) -> Self {
        let examples = lines.iter().filter_map(|line| match &line.says {
            Says::Example(sentence) => Some((line.wish, sentence.as_str())),
            Says::Phrase(_) => None,
        });
        let examples = Examples::new(examples);
        Self { lines, examples }
    }

    /// These phrases, where each section that the others have too is as they have it.
    #[must_use]
    pub fn replaced_by(self, own: Self) -> Self {
        let replaced: BTreeSet<(Wish, bool)> = own.lines.iter().map(Line::section).collect();
        let kept = self.lines.into_iter().filter(|line| !replaced.contains(&line.section()));
        Self::of(own.lines.into_iter().chain(kept).collect())
    }

    /// The command that somebody means by these words, if a phrase says so.
    pub fn read(&self, text: &str, wishes: Wishes) -> Option<Command> {
        let (rest, _) = courtesy::unaddressed(text);
        let asked = || {
            let (rest, how) = courtesy::asked(rest)?;
            self.found(rest, wishes).filter(|command| how.allows(command))
        };
        self.found(rest, wishes).or_else(asked)
    }

    /// The nearest meaning of words that no phrase takes, by the examples.
    pub fn nearest(&self, text: &str, wishes: Wishes) -> Nearest {
        let ranked = self.examples.ranked(text).only(|wish| wishes.has(wish));
        let clear = ranked.clear();
        if clear == Some(Wish::Chat) || numbered(text).is_some() {
            return Nearest::Nothing;
        }
        if ranked.first().is_none() && is_another_script(text) {
            return Nearest::Clear(Wish::Language, Command::Explain(Topic::Language));
        }
        let command = clear.and_then(|wish| Some((wish, clauses::harmless_or_kind(wish.command(&[])?)?)));
        if let Some((wish, command)) = command {
            return Nearest::Clear(wish, command);
        }
        let offered = match clear.filter(|wish| wish.line_id().is_some()) {
            Some(wish) => vec![wish],
            // A word or two may mean anything.
            None if plain_words(text).len() < WORDS_MIN => vec![],
            None => ranked.offered(),
        };
        if offered.is_empty() { Nearest::Nothing } else { Nearest::OneOf(offered) }
    }

    /// The command in one of the sentences of this text; it does nothing by itself.
    pub fn read_among(&self, text: &str, wishes: Wishes) -> Option<Command> {
        clauses::among(text, |clause| self.read(clause, wishes))
    }

    fn found(&self, text: &str, wishes: Wishes) -> Option<Command> {
        let all = plain_words(text);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let words = courtesy::without_thanks(&all);
        if words.is_empty() || words.len() > WORDS_MAX {
            return None;
        }
        self.saying(words, wishes).or_else(|| {
            let begins = words.iter().take_while(|word| BESIDE.contains(word)).count();
            if begins > 0 { self.saying(&words[begins..], wishes) } else { None }
        })
    }

    /// The command of the first phrase that these words are.
    fn saying(&self, words: &[&str], wishes: Wishes) -> Option<Command> {
        self.lines.iter().find_map(|line| {
            let Says::Phrase(parts) = &line.says else { return None };
            // Members ask by the words of the desk what waits for them.
            if !wishes.has(line.wish) && line.wish != Wish::Desk {
                return None;
            }
            // Many things begin with "great" or "thanks" that are more than a friendly word.
            if line.wish == Wish::Closing && words.len() > CLOSING_WORDS_MAX && parts.contains(&Part::Any) {
                return None;
            }
            let subject = matched(parts, words)?;
            if parts.contains(&Part::Any) && self.is_otherwise(line.wish, words, wishes) {
                return None;
            }
            line.wish.command(subject)
        })
    }

    /// Whether examples say that these words mean something else, since the words of a phrase may stand in any sentence. Help
    /// for somebody in trouble is not argued away, nor an end by somebody who was asked.
    fn is_otherwise(&self, wish: Wish, words: &[&str], wishes: Wishes) -> bool {
        let stays = matches!(wish, Wish::Trouble | Wish::HardTime) || (wishes.asked && wish == Wish::Stop);
        if stays || !self.examples.has(wish) {
            return false;
        }
        let ranked = self.examples.ranked(&words.join(" "));
        if wishes.asked { ranked.first() != Some(wish) } else { ranked.clear().is_some_and(|clear| clear != wish) }
    }
}

impl Line {
    /// The section, by its wish and whether it has examples.
    fn section(&self) -> (Wish, bool) {
        (self.wish, matches!(self.says, Says::Example(_)))
    }
}

/// Whether most letters are of another script than the Latin one.
fn is_another_script(text: &str) -> bool {
    const LATIN_END: char = '\u{24f}';
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().filter(|c| *c > LATIN_END).count() * 2 > letters().count()
}

/// The parts of a phrase.
fn phrase(line: &str) -> Result<Vec<Part>, String> {
    let parts: Vec<Part> = line.split_whitespace().map(part).collect();
    if parts.iter().filter(|part| **part == Part::Subject).count() > 1 {
        return Err("one * is enough in a phrase".to_owned());
    }
    if line.split_whitespace().any(|word| word.trim_end_matches('?').contains('?')) {
        return Err("a ? stands behind all of \"one/two\", as in \"one/two?\"".to_owned());
    }
    Ok(parts)
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
    let rest = |words| matched(parts, words);
    match first {
        Part::Word { any, optional } => {
            let fits = words.split_first().filter(|(word, _)| any.iter().any(|one| is_spelt(one, word)));
            let with = fits.and_then(|(_, words)| rest(words));
            with.or_else(|| if *optional { rest(words) } else { None })
        }
        Part::Any => (0..=words.len()).find_map(|from| rest(&words[from..])),
        Part::Subject => (1..=words.len()).rev().find_map(|end| rest(&words[end..]).map(|_| &words[..end])),
    }
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
    use crate::command::{MentorsCommand, RightsCommand};

    const ANYBODY: Wishes = Wishes { staff: false, browses: false, asked: false };

    fn phrases(text: &str) -> Phrases {
        Phrases::parse(text).unwrap()
    }

    #[test]
    fn a_phrase_has_choices_and_words_that_can_be_left_out_and_a_subject() {
        let found = phrases("# a comment\n\n[mentors]\n... someone/anyone in *\n[help]\nwhat's? this for\n");
        let mentors = |topic: &str| Some(MentorsCommand::Find(Some(topic.to_owned())).into());
        assert_eq!(found.read("Do you know anyone in law, please?", ANYBODY), mentors("law"));
        assert_eq!(found.read("Someone in  Museums and archives!", ANYBODY), mentors("museums and archives"));
        assert_eq!(found.read("what\u{2019}s this for?", ANYBODY), Some(Command::Help));
        assert_eq!(found.read("this for", ANYBODY), Some(Command::Help));
        for text in ["someone in", "what this is for", "this for me", "", &"someone in law ".repeat(20)] {
            assert_eq!(found.read(text, ANYBODY), None, "{text}");
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
        assert_eq!(both.read("hjelp", ANYBODY), Some(Command::Help));
        assert_eq!(both.read("support me", ANYBODY), None);
        assert_eq!(both.read("the law here", ANYBODY), Some(RightsCommand::Policy.into()));
    }

    #[test]
    fn a_phrase_gives_way_where_the_examples_clearly_say_something_else() {
        let found = phrases(
            "[mentors]\n... someone in *\n[trouble]\n... abusive ...\n\
             [mentors by example]\nI need a lawyer to talk to\nintroduce me to someone in publishing\n\
             [rooms by example]\nwhich rooms are there\n[device by example]\nsomeone in my family broke my phone\n",
        );
        assert_eq!(found.read("someone in my family broke my phone", ANYBODY), None);
        assert!(found.read("I need someone in law", ANYBODY).is_some());
        let trouble = Some(Command::Explain(Topic::Trouble));
        assert_eq!(found.read("abusive: which rooms are there", ANYBODY), trouble);
        let asked = Wishes { asked: true, ..ANYBODY };
        assert_eq!(found.read("rooms with someone in law", asked), None, "they were asked, and talk about that");
    }

    #[test]
    fn the_nearest_meaning_does_nothing_by_itself() {
        let ours = crate::wording::english_phrases();
        let staff = Wishes { staff: true, ..ANYBODY };
        assert_eq!(
            ours.nearest("please erase everything that you keep about me", ANYBODY),
            Nearest::Clear(Wish::Forget, RightsCommand::Forget { sure: false }.into())
        );
        assert!(matches!(
            ours.nearest("who waits for verification at the desk today", staff),
            Nearest::Clear(..) | Nearest::OneOf(_)
        ));
        let language = Nearest::Clear(Wish::Language, Command::Explain(Topic::Language));
        for text in [
            "\u{4f60}\u{597d}",
            "\u{417}\u{434}\u{440}\u{430}\u{432}\u{441}\u{442}\u{432}\u{443}\u{439}\u{442}\u{435}!",
        ] {
            assert_eq!(ours.nearest(text, ANYBODY), language, "{text}");
        }
        for text in ["7", "", "zzz", "yes", "\u{1f642}", "r\u{e9}sum\u{e9}zz"] {
            assert_eq!(ours.nearest(text, ANYBODY), Nearest::Nothing, "{text}");
        }
        for wish in Wish::ALL {
            for subject in [&[][..], &["@sam:example.org"], &["tomorrow"]] {
                let Some(command) = wish.command(subject).and_then(clauses::harmless_or_kind) else { continue };
                let friendly = matches!(command, Command::Closing | Command::Greeting | Command::Stop { .. });
                assert!(friendly || clauses::harmless(command.clone()) == Some(command), "{wish:?}");
            }
        }
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
