//! Examples: sentences by which people told what they want. Words that no phrase takes are compared with them.
//!
//! Each word that a text shares with examples speaks for the wishes of those examples, and against the others, as strongly
//! as it tells them apart (the logarithm of how often it stands in the one and in the others; a naive Bayes classifier).
//! No order of the words is asked for, but two words that stand side by side count as one more.

use std::collections::BTreeMap;

use super::plain_words;
use super::wish::Wish;

/// The weight of two words side by side, beside that of one alone.
const PAIR: f64 = 0.6;

/// The weight of two words near each other.
const NEAR: f64 = 0.5;

/// Words are near each other with fewer words than this between them.
const BETWEEN_MAX: usize = 4;

/// The weight of a beginning, which a word shares with its other forms and misspellings.
const BEGINNING: f64 = 0.4;

/// A beginning has this many characters.
const BEGINNING_CHARS: usize = 4;

/// The weight of how many examples a wish has.
const COMMONNESS: f64 = 0.5;

/// Words that no example of a wish has count as though this part of an example had them as often as all examples do.
const UNSEEN: f64 = 0.1;

/// A wish is clear from here on. Of those that are, in sentences that were no examples yet, 24 in 25 are right.
const CLEAR_MIN: f64 = 16.0;

/// No more wishes are offered at once.
const OFFERED_MAX: usize = 3;

/// Words beyond these are not looked at.
const WORDS_MAX: usize = 60;

/// Examples, by the words in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Examples {
    /// In how many examples of each wish a sign stands.
    signs: BTreeMap<String, BTreeMap<Wish, u32>>,
    /// The number of examples of each wish.
    wishes: BTreeMap<Wish, u32>,
}

impl Examples {
    /// The examples of these lines.
    pub(super) fn new<'a>(lines: impl Iterator<Item = (Wish, &'a str)>) -> Self {
        let mut examples = Self::default();
        for (wish, line) in lines {
            *examples.wishes.entry(wish).or_default() += 1;
            for (sign, _) in signs(line) {
                *examples.signs.entry(sign).or_default().entry(wish).or_default() += 1;
            }
        }
        examples
    }

    /// Whether there are examples of this wish.
    pub(super) fn has(&self, wish: Wish) -> bool {
        self.wishes.contains_key(&wish)
    }

    /// The wishes, the likeliest first; none, where no word of the text is in any example.
    pub(super) fn ranked(&self, text: &str) -> Ranked {
        let all = f64::from(self.wishes.values().sum::<u32>());
        let known: Vec<(&BTreeMap<Wish, u32>, f64)> =
            signs(text).into_iter().filter_map(|(sign, weight)| Some((self.signs.get(&sign)?, weight))).collect();
        let mut ranked: Vec<(Wish, f64)> = self
            .wishes
            .iter()
            .map(|(wish, of_it)| {
                let of_it = f64::from(*of_it);
                let tells = |(in_wishes, weight): &(&BTreeMap<Wish, u32>, f64)| {
                    let everywhere = f64::from(in_wishes.values().sum::<u32>());
                    let here = f64::from(in_wishes.get(wish).copied().unwrap_or_default());
                    let unseen = UNSEEN * everywhere / all;
                    let for_it = (here + unseen) / (of_it + UNSEEN);
                    let against = (everywhere - here + unseen) / (all - of_it + UNSEEN);
                    weight * (for_it / against).ln()
                };
                (*wish, COMMONNESS * (of_it / all).ln() + known.iter().map(tells).sum::<f64>())
            })
            .collect();
        ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Ranked(if known.is_empty() { vec![] } else { ranked })
    }
}

/// The wishes that some words may mean, the likeliest first.
pub(super) struct Ranked(Vec<(Wish, f64)>);

impl Ranked {
    /// The same without some.
    pub(super) fn only(mut self, are: impl Fn(Wish) -> bool) -> Self {
        self.0.retain(|(wish, _)| are(*wish));
        self
    }

    /// The likeliest.
    pub(super) fn first(&self) -> Option<Wish> {
        self.0.first().map(|(wish, _)| *wish)
    }

    /// The wish that is far likelier than any other.
    pub(super) fn clear(&self) -> Option<Wish> {
        let [(first, best), others @ ..] = &self.0[..] else { return None };
        let next = others.first().map_or(f64::MIN, |(_, next)| *next);
        (best - next >= CLEAR_MIN).then_some(*first)
    }

    /// The likeliest of those that can be offered.
    pub(super) fn offered(&self) -> Vec<Wish> {
        let can = self.0.iter().map(|(wish, _)| *wish).filter(|wish| wish.line_id().is_some());
        can.take(OFFERED_MAX).collect()
    }
}

/// The signs in a text, each with its weight: its words without their endings, those side by side, and beginnings.
fn signs(text: &str) -> BTreeMap<String, f64> {
    let asks = text.trim_end().ends_with('?');
    let words: Vec<String> = plain_words(text).into_iter().take(WORDS_MAX).collect();
    let mut signs = BTreeMap::new();
    let beginnings = words.iter().filter(|word| word.chars().count() > BEGINNING_CHARS);
    signs.extend(beginnings.map(|word| (format!("{}*", beginning(word)), BEGINNING)));
    let stems: Vec<&str> = words.iter().map(|word| stem(word)).chain(asks.then_some("?")).collect();
    let edged: Vec<&str> = std::iter::once("^").chain(stems.iter().copied()).chain(["$"]).collect();
    signs.extend(edged.windows(2).map(|two| (two.join(" "), PAIR)));
    for (at, one) in stems.iter().enumerate() {
        let near = stems.iter().skip(at + 2).take(BETWEEN_MAX - 1);
        signs.extend(near.map(|other| (format!("{one} ~ {other}"), NEAR)));
    }
    signs.extend(stems.iter().map(|stem| ((*stem).to_owned(), 1.0)));
    signs
}

fn beginning(word: &str) -> &str {
    word.char_indices().nth(BEGINNING_CHARS).map_or(word, |(end, _)| &word[..end])
}

/// A word without its ending; short words stay whole.
fn stem(word: &str) -> &str {
    const STEM_CHARS_MIN: usize = 3;
    let endings = ["ing", "ed", "es", "s", "ly"];
    let mut stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.find(|stem| stem.chars().count() >= STEM_CHARS_MIN).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Examples {
        let lines = [
            (Wish::Rooms, "which rooms are there"),
            (Wish::Rooms, "I want to join a room about law"),
            (Wish::Device, "my phone was stolen"),
            (Wish::Device, "I can't read anything on my new phone"),
            (Wish::Chat, "the bus was late"),
        ];
        Examples::new(lines.into_iter())
    }

    #[test]
    fn words_mean_what_the_sentences_most_like_them_mean() {
        let examples = examples();
        for (text, right) in [
            ("Are there any rooms about law?", Wish::Rooms),
            ("somebody stole my phone!!", Wish::Device),
            ("phones: nothing can be read", Wish::Device),
            ("That bus was so late.", Wish::Chat),
        ] {
            assert_eq!(examples.ranked(text).first(), Some(right), "{text}");
        }
    }

    #[test]
    fn words_that_are_in_no_sentence_mean_nothing_and_few_are_clear() {
        let examples = examples();
        assert_eq!(examples.ranked("purple monkey").first(), None);
        assert_eq!(examples.ranked("").clear(), None);
        assert_eq!(examples.ranked("was").clear(), None);
        assert_eq!(examples.ranked("I can't read anything on my new phone").clear(), Some(Wish::Device));
        assert_eq!(examples.ranked("was").only(|wish| wish != Wish::Chat).offered(), [Wish::Device, Wish::Rooms]);
    }

    #[test]
    fn endings_and_misspelt_ends_do_not_matter() {
        for (word, right) in
            [("joined", "join"), ("meetings", "meeting"), ("meeting", "meet"), ("is", "is"), ("bed", "bed")]
        {
            assert_eq!(stem(word), right);
        }
        assert_eq!(beginning("counselling"), beginning("councelling"));
    }
}
