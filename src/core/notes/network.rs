//! The network map: people whom a member knows or would like to know, by description, and gaps (requirement D2). It has nobody's
//! address, and nobody but its author reads it.

use lodge_ground::bounded::Bulk;
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

/// Whether a description has an address or a telephone number in it, which a map needs not.
pub(super) fn reaches(words: &str) -> bool {
    words.contains('@') || has_phone(words)
}
