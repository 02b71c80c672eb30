//! Case words: what counsellors call a case by, before they know whose it is and where others might read it.

use std::fmt;

use lodge_ground::id::{Draw, Ids};
use serde::{Deserialize, Serialize};

/// A word of five letters that means nothing, such as `tobek`, by which a case is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseWord(String);

/// Letters that are not taken for others, by ear or by eye.
const CONSONANTS: &[u8] = b"bdfgkmnprstvz";

/// The vowels that follow them.
const VOWELS: &[u8] = b"aeiou";

/// Words of this shape that nobody should be called by.
const UNKIND: [&str; 10] = ["bigot", "nazis", "nigar", "niger", "penis", "raped", "raper", "rapes", "vomit", "putas"];

/// A number without any meaning.
struct Number(u128);

impl Draw for Number {
    fn from_number(number: u128) -> Self {
        Self(number)
    }
}

impl CaseWord {
    /// A word that is not among those taken, and hurts nobody.
    pub fn draw(ids: &mut Ids, taken: impl Fn(&Self) -> bool) -> Self {
        loop {
            let Number(mut number) = ids.draw();
            let mut letter = |from: &[u8]| {
                let length = from.len() as u128;
                let at = usize::try_from(number % length).unwrap_or_default();
                number /= length;
                char::from(from[at])
            };
            let word = [CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS].map(&mut letter);
            let word = Self(word.iter().collect());
            if !UNKIND.contains(&word.as_str()) && !taken(&word) {
                return word;
            }
        }
    }

    /// The case word that somebody typed, if it has the shape of one.
    pub fn read(text: &str) -> Option<Self> {
        let word = text.to_lowercase();
        let fits = |(at, letter): (usize, u8)| if at % 2 == 0 { CONSONANTS } else { VOWELS }.contains(&letter);
        (word.len() == 5 && word.bytes().enumerate().all(fits)).then_some(Self(word))
    }

    /// The word as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_word_is_read_as_it_was_drawn_and_none_is_drawn_twice() {
        let mut ids = Ids::from_seed([3; 32]);
        let mut drawn = std::collections::BTreeSet::new();
        for _ in 0..2000 {
            let word = CaseWord::draw(&mut ids, |word| drawn.contains(word));
            assert_eq!(CaseWord::read(&word.to_string().to_uppercase()), Some(word.clone()));
            assert!(drawn.insert(word));
        }
        for other in ["", "tobe", "tobekk", "claim", "later", "töbek", "t0bek"] {
            assert_eq!(CaseWord::read(other), None, "{other}");
        }
    }
}
