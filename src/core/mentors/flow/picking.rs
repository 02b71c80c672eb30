//! Picking somebody from the mentors' list in words of one's own: "the second one sounds good", "I'll take Robin", "both".

use crate::command::phrases::is_spelt;
use crate::command::{numbered, plain_words};
use crate::dialogue::Dialogue;
use crate::id::MemberId;
use crate::input::{Reply, Said};
use crate::people::member::Field;
use crate::turn::Turn;

/// Somebody picks in a sentence of at most this many words. A longer one is about something else.
const WORDS_MAX: usize = 10;

/// A name may stand in words of its own if it has so many characters at least.
const NAME_CHARS_MIN: usize = 3;

/// A choice from the list that was shown last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Picked {
    /// This entry: its number or its name, as the list gives it.
    Entry(String),
    /// Somebody in it, or several at once.
    Unclear,
    /// Nobody in it.
    Nobody,
}

impl Turn<'_> {
    /// The choice that these words are, if they are said immediately after the list or in reply to it.
    pub(crate) fn picked(&self, dialogue: &Dialogue, said: &Said, text: &str) -> Option<Picked> {
        let shown = &dialogue.browsing.as_ref()?.said;
        let follows = match said.reply {
            Reply::To(message) => shown.contains(&message),
            Reply::None | Reply::Elsewhere => said.before.last().is_some_and(|last| shown.contains(&last)),
        };
        let words = plain_words(text);
        if !follows || words.len() > WORDS_MAX {
            return None;
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if picks_nobody(&words) {
            return Some(Picked::Nobody);
        }
        if turns_round(&words) {
            return None;
        }
        let named = self.shown_name(&dialogue.browsing.as_ref()?.shown, &words);
        let entry = named.or_else(|| ordinal(&words).map(|number| number.to_string()));
        entry.map(Picked::Entry).or_else(|| leaves_it_open(&words).then_some(Picked::Unclear))
    }

    /// The name of the only one of these entries that is named among some words.
    fn shown_name(&self, shown: &[MemberId], words: &[&str]) -> Option<String> {
        let names = shown.iter().filter_map(|member| Some(self.published(*member)?.value(Field::Name)?.to_owned()));
        let mut said = names.filter(|name| {
            let mut own = plain_words(name).into_iter().filter(|own| own.chars().count() >= NAME_CHARS_MIN);
            own.any(|own| words.iter().any(|word| is_spelt(&own, word)))
        });
        said.next().filter(|_| said.next().is_none())
    }
}

/// The number that stands among some words: "the second one sounds good", "maybe number 2?".
fn ordinal(words: &[&str]) -> Option<usize> {
    let mut numbers = (0..words.len()).filter_map(|at| match words[at..] {
        ["the", word, ..] | [word, "one", ..] if word != "one" => numbered(&format!("the {word} one")),
        ["number" | "nr" | "option", word, ..] => numbered(word),
        _ => None,
    });
    let first = numbers.next()?;
    numbers.all(|other| other == first).then_some(first)
}

fn picks_nobody(words: &[&str]) -> bool {
    let begins = words.first().is_some_and(|first| matches!(*first, "neither" | "none" | "nobody"));
    let only = matches!(words, ["only" | "just", _] | ["keep", "going" | "looking"] | ["is", "that", "all" | "it", ..]);
    begins || only
}

/// Whether something in these words may turn round a choice, or ask for another.
fn turns_round(words: &[&str]) -> bool {
    const ROUND: [&str; 10] = ["not", "dont", "cant", "isnt", "never", "without", "except", "else", "instead", "block"];
    words.iter().any(|word| ROUND.contains(word))
}

/// Whether they pick, and leave it open whom.
fn leaves_it_open(words: &[&str]) -> bool {
    let any = words.iter().any(|word| matches!(*word, "both" | "either" | "whichever" | "whoever"));
    let leaves = |pair: &[&str]| matches!(pair, ["you", "choose" | "pick" | "decide"] | ["any", "of"]);
    any || words.windows(2).any(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_among_words_and_other_words_are_none() {
        let words = |text: &str| plain_words(text);
        for (text, number) in [
            ("the first one sounds good", Some(1)),
            ("ooh second one please", Some(2)),
            ("maybe number 2?", Some(2)),
            ("the second, or no, the first", None),
            ("I'm in my first year", None),
            ("the one with the dog", None),
        ] {
            let words = words(text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(ordinal(&words), number, "{text}");
        }
    }
}
