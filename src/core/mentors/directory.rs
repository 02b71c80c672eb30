//! The mentors' list: finding in it, and where its readers are.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::consent::Published;
use crate::id::{EffectId, MemberId};
use crate::people::member::Field;
use crate::time::Timestamp;

/// The part of the mentors' list that a member was last shown. It is the only trace of their looking, and it is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browsing {
    /// Since when the list they looked at is as it is: the order is another after the next change.
    pub day: Timestamp,
    /// The topic they looked for.
    pub topic: Option<String>,
    /// The mentors whose entries they were shown, in the order of their numbers from 1.
    pub shown: Vec<MemberId>,
    /// The messages that showed them.
    pub said: Vec<EffectId>,
}

/// Words shorter than this, in characters, are found whole only.
const STEM_CHARS_MIN: usize = 3;

/// A word that is looked for may be this much longer than a word of the entry, in characters: as in "museums".
const ENDING_CHARS_MAX: usize = 2;

const FILLERS: [&str; 9] = ["a", "an", "and", "at", "for", "in", "of", "the", "with"];

/// Whether an entry is about this topic: each word looked for, in upper or lower case, with or without accents, begins
/// a word of the entry, or is one with a plural's ending. Names are not looked at, for there is no search by name, and
/// neither are topics that somebody would rather not be asked about.
pub fn is_about(entry: &Published, topic: &str) -> bool {
    let shown = entry.fields().iter().filter(|shown| is_searched(shown.field()));
    let words: Vec<String> = shown.flat_map(|shown| words(shown.value())).collect();
    significant(topic).iter().all(|wanted| words.iter().any(|word| is_found(wanted, word)))
}

/// The words of a topic by which entries can be told apart.
fn significant(topic: &str) -> Vec<String> {
    words(topic).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect()
}

fn is_found(wanted: &str, word: &str) -> bool {
    let (wanted_chars, word_chars) = (wanted.chars().count(), word.chars().count());
    let begins = wanted_chars >= STEM_CHARS_MIN && word.starts_with(wanted);
    let ending = word_chars > STEM_CHARS_MIN && wanted_chars <= word_chars + ENDING_CHARS_MAX;
    wanted == word || begins || (ending && wanted.starts_with(word))
}

fn is_searched(field: Field) -> bool {
    match field {
        Field::Headline
        | Field::Course
        | Field::Organisation
        | Field::Work
        | Field::Year
        | Field::Gladly
        | Field::Languages => true,
        Field::Name | Field::Address | Field::RatherNot | Field::AnswerTime | Field::Email | Field::Phone => false,
    }
}

/// The words of a text as they are compared.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry() -> Published {
        let shown = |field: &str, value: &str| json!({ "field": field, "value": value });
        let fields = [
            shown("name", "Alex Law"),
            shown("headline", "Museum curator"),
            shown("gladly", "Café culture in Zürich; changing from law"),
            shown("rather-not", "pharma"),
        ];
        let id = "0".repeat(32);
        serde_json::from_value(json!({ "of": id, "consent": id, "fields": fields })).unwrap()
    }

    #[test]
    fn a_topic_is_found_whatever_its_case_accents_and_endings() {
        for topic in
            ["museums", "Museum", "MUSEUMS and cafes", "zurich", "Zürich", "the law", "curating museums", "cur"]
        {
            let expected = topic != "curating museums";
            assert_eq!(is_about(&entry(), topic), expected, "{topic}");
        }
    }

    #[test]
    fn names_and_what_somebody_would_rather_not_be_asked_are_not_searched() {
        for topic in ["Alex", "pharma", "banking", "mu"] {
            assert!(!is_about(&entry(), topic), "{topic}");
        }
    }
}
