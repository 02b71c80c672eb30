//! The network map: people whom a member knows or would like to know, by description, and gaps (requirement D2). It has nobody's
//! address, and nobody but its author reads it.

use lodge_ground::bounded::Bulk;
use lodge_ground::drawing::{Drawing, Group};
use serde::{Deserialize, Serialize};

use crate::command::plain_words;
use crate::interview::tips::has_phone;
use crate::mentors::words::topic;

/// One list of a map has this many lines, so that the three fit a phone.
pub(super) const LINES_MAX: usize = 12;

/// All three have this many lines together.
pub(super) const ALL_MAX: usize = 3 * LINES_MAX;

/// A line has this many characters at most.
pub const LINE_CHARS_MAX: usize = 120;

/// One of the three lists of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// People they know.
    Know,
    /// People they would like to know.
    Want,
    /// Fields or kinds of people that nobody they know stands for.
    Gap,
}

impl List {
    /// Every list, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Know, Self::Want, Self::Gap];
}

/// A line of a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The number by which its author names it.
    pub number: u32,
    /// The list that it stands in.
    pub list: List,
    /// The author's words.
    pub words: String,
}

impl Bulk for Spot {
    fn bytes(&self) -> usize {
        self.words.len()
    }
}

impl Spot {
    /// The topic by which mentors can be looked for who would fill a wish or a gap.
    pub(crate) fn topic(&self) -> Option<String> {
        let words = plain_words(&self.words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if self.list == List::Know { None } else { topic(&words) }
    }
}

/// The map as a picture. The first line of `words` is for those who do not see it; the others stand in it: the middle, the titles of
/// the three lists, a word for an empty one, and a line about words that cannot be drawn.
pub(super) fn drawing(spots: &[Spot], words: &str) -> Drawing {
    let mut words = words.lines().filter(|line| !line.is_empty()).map(str::to_owned);
    let mut next = || words.next().unwrap_or_default();
    let (instead, middle) = (next(), next());
    let groups = List::ALL.map(|list| Group {
        title: next(),
        lines: spots.iter().filter(|spot| spot.list == list).map(|spot| (spot.number, spot.words.clone())).collect(),
    });
    Drawing { name: "network.png", instead, middle, groups, none: next(), left_out: next() }
}

/// Whether a description has an address or a telephone number in it, which a map needs not.
pub(super) fn reaches(words: &str) -> bool {
    words.contains('@') || has_phone(words)
}
